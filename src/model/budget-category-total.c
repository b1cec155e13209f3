/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-total-private.h"

/**
 * BudgetCategoryTotal:
 *
 * What the household spent on one category: a slice of the chart and a row
 * beneath it.
 *
 * Totals have the sign of their amounts: money received is negative.
 */

struct _BudgetCategoryTotal
{
  GObject parent_instance;

  BudgetCategory *category;
  char *name; /* the name that it is sorted by */
  gint64 total;
  guint64 count;
  double share;
};

G_DEFINE_FINAL_TYPE (BudgetCategoryTotal, budget_category_total, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CATEGORY,
  PROP_NAME,
  PROP_COLOR,
  PROP_TOTAL,
  PROP_COUNT,
  PROP_SHARE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
on_category_notify_color (BudgetCategoryTotal *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR]);
}

static void
budget_category_total_finalize (GObject *object)
{
  BudgetCategoryTotal *self = BUDGET_CATEGORY_TOTAL (object);

  g_clear_object (&self->category);
  g_free (self->name);

  G_OBJECT_CLASS (budget_category_total_parent_class)->finalize (object);
}

static void
budget_category_total_get_property (GObject *object,
                                    guint prop_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  BudgetCategoryTotal *self = BUDGET_CATEGORY_TOTAL (object);

  switch (prop_id)
    {
    case PROP_CATEGORY:
      g_value_set_object (value, budget_category_total_get_category (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, budget_category_total_get_name (self));
      break;
    case PROP_COLOR:
      g_value_set_string (value, budget_category_total_get_color (self));
      break;
    case PROP_TOTAL:
      g_value_set_int64 (value, budget_category_total_get_total (self));
      break;
    case PROP_COUNT:
      g_value_set_uint64 (value, budget_category_total_get_count (self));
      break;
    case PROP_SHARE:
      g_value_set_double (value, budget_category_total_get_share (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
budget_category_total_class_init (BudgetCategoryTotalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = budget_category_total_finalize;
  object_class->get_property = budget_category_total_get_property;

  /**
   * BudgetCategoryTotal:category:
   *
   * What was spent on.
   */
  properties[PROP_CATEGORY] =
    g_param_spec_object ("category", NULL, NULL, BUDGET_TYPE_CATEGORY, flags);

  /**
   * BudgetCategoryTotal:name:
   *
   * The category's name.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);

  /**
   * BudgetCategoryTotal:color:
   *
   * The category's colour, as `#RRGGBB`.
   */
  properties[PROP_COLOR] = g_param_spec_string ("color", NULL, NULL, NULL, flags);

  /**
   * BudgetCategoryTotal:total:
   *
   * How much, in minor units.
   */
  properties[PROP_TOTAL] =
    g_param_spec_int64 ("total", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  /**
   * BudgetCategoryTotal:count:
   *
   * How many expenses.
   */
  properties[PROP_COUNT] = g_param_spec_uint64 ("count", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * BudgetCategoryTotal:share:
   *
   * Its share of the sum of all positive totals, from 0 to 1, for drawing. A
   * negative total has none.
   */
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_category_total_init (BudgetCategoryTotal *self)
{
}

BudgetCategoryTotal *
_budget_category_total_new (BudgetCategory *category)
{
  BudgetCategoryTotal *self = g_object_new (BUDGET_TYPE_CATEGORY_TOTAL, NULL);

  self->category = g_object_ref (category);
  self->name = g_strdup (budget_category_get_name (category));
  g_signal_connect_object (category, "notify::color", G_CALLBACK (on_category_notify_color), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/*
 * The list is given the new values one item at a time, so that it can sort each
 * among others that are in order.
 */
gboolean
_budget_category_total_update (BudgetCategoryTotal *self, gint64 total, guint64 count)
{
  const char *name = budget_category_get_name (self->category);
  gboolean has_name_changed = g_strcmp0 (self->name, name) != 0;
  gboolean has_total_changed = self->total != total;
  gboolean has_count_changed = self->count != count;

  self->total = total;
  self->count = count;
  if (has_name_changed)
    {
      g_free (self->name);
      self->name = g_strdup (name);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
    }
  if (has_total_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
  if (has_count_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);

  return has_name_changed || has_total_changed;
}

/*
 * @whole is the sum of all totals above zero.
 */
void
_budget_category_total_set_whole (BudgetCategoryTotal *self, gint64 whole)
{
  double share = self->total > 0 && whole > 0 ? (double) self->total / (double) whole : 0;

  share = MIN (share, 1);
  if (self->share == share)
    return;

  self->share = share;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHARE]);
}

/*
 * Sorts by total, the largest first, then by name.
 */
int
_budget_category_total_compare (BudgetCategoryTotal *a, BudgetCategoryTotal *b)
{
  gint64 a_id = orm_entity_get_id (ORM_ENTITY (a->category));
  gint64 b_id = orm_entity_get_id (ORM_ENTITY (b->category));
  int by_name;

  if (a->total != b->total)
    return a->total > b->total ? -1 : 1;

  by_name = g_utf8_collate (a->name != NULL ? a->name : "", b->name != NULL ? b->name : "");
  return by_name != 0 ? by_name : (a_id > b_id) - (a_id < b_id);
}

/**
 * budget_category_total_get_category:
 * @self: a total
 *
 * Returns: (transfer none): what was spent on
 */
BudgetCategory *
budget_category_total_get_category (BudgetCategoryTotal *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY_TOTAL (self), NULL);

  return self->category;
}

/**
 * budget_category_total_get_name:
 * @self: a total
 *
 * Returns: (transfer none): the category's name
 */
const char *
budget_category_total_get_name (BudgetCategoryTotal *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY_TOTAL (self), NULL);

  return self->name;
}

/**
 * budget_category_total_get_color:
 * @self: a total
 *
 * Returns: (transfer none): the category's colour, as `#RRGGBB`
 */
const char *
budget_category_total_get_color (BudgetCategoryTotal *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY_TOTAL (self), NULL);

  return budget_category_get_color (self->category);
}

/**
 * budget_category_total_get_total:
 * @self: a total
 *
 * Returns: how much, in minor units
 */
gint64
budget_category_total_get_total (BudgetCategoryTotal *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY_TOTAL (self), 0);

  return self->total;
}

/**
 * budget_category_total_get_count:
 * @self: a total
 *
 * Returns: how many expenses
 */
guint64
budget_category_total_get_count (BudgetCategoryTotal *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY_TOTAL (self), 0);

  return self->count;
}

/**
 * budget_category_total_get_share:
 * @self: a total
 *
 * Returns: its share of the sum of all positive totals, from 0 to 1
 */
double
budget_category_total_get_share (BudgetCategoryTotal *self)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY_TOTAL (self), 0);

  return self->share;
}
