/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-expense.h"
#include "budget-filter.h"

/**
 * BudgetFilter:
 *
 * Which expenses are shown, and in what order. The list and the totals use the
 * same filter, so that they cannot disagree.
 */

struct _BudgetFilter
{
  GObject parent_instance;

  BudgetPeriod *period;
  BudgetUser *user;
  BudgetCategory *category;
  char *search;
  BudgetFilterColumn sort_column;
  OrmDirection sort_direction;
};

G_DEFINE_FINAL_TYPE (BudgetFilter, budget_filter, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (BudgetFilterColumn,
                    budget_filter_column,
                    G_DEFINE_ENUM_VALUE (BUDGET_FILTER_COLUMN_DATE, "date"),
                    G_DEFINE_ENUM_VALUE (BUDGET_FILTER_COLUMN_DESCRIPTION, "description"),
                    G_DEFINE_ENUM_VALUE (BUDGET_FILTER_COLUMN_CATEGORY, "category"),
                    G_DEFINE_ENUM_VALUE (BUDGET_FILTER_COLUMN_USER, "user"),
                    G_DEFINE_ENUM_VALUE (BUDGET_FILTER_COLUMN_AMOUNT, "amount"))

enum
{
  PROP_0,
  PROP_PERIOD,
  PROP_USER,
  PROP_CATEGORY,
  PROP_SEARCH,
  PROP_SORT_COLUMN,
  PROP_SORT_DESCENDING,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const char *const sort_paths[] = {
  [BUDGET_FILTER_COLUMN_DATE] = "date",
  [BUDGET_FILTER_COLUMN_DESCRIPTION] = "description",
  [BUDGET_FILTER_COLUMN_CATEGORY] = "category.name",
  [BUDGET_FILTER_COLUMN_USER] = "user.name",
  [BUDGET_FILTER_COLUMN_AMOUNT] = "amount",
};

static void
announce (BudgetFilter *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_period (BudgetFilter *self, OrmQuery *query)
{
  const GDate *first = budget_period_get_first (self->period);
  const GDate *last = budget_period_get_last (self->period);

  if (first == NULL || last == NULL)
    return;

  orm_query_where (query, "date", ORM_GREATER_EQUAL, first);
  orm_query_where (query, "date", ORM_LESS_EQUAL, last);
}

static void
add_order (BudgetFilter *self, OrmQuery *query)
{
  orm_query_order_by (query, sort_paths[self->sort_column], self->sort_direction);

  /* Expenses that are equal in the column are sorted by date, the latest first. */
  if (self->sort_column != BUDGET_FILTER_COLUMN_DATE)
    orm_query_order_by (query, "date", ORM_DESCENDING);
  orm_query_order_by (query, "id",
                      self->sort_column == BUDGET_FILTER_COLUMN_DATE ? self->sort_direction
                                                                     : ORM_DESCENDING);
}

static void
budget_filter_finalize (GObject *object)
{
  BudgetFilter *self = BUDGET_FILTER (object);

  g_clear_object (&self->period);
  g_clear_object (&self->user);
  g_clear_object (&self->category);
  g_free (self->search);

  G_OBJECT_CLASS (budget_filter_parent_class)->finalize (object);
}

static void
budget_filter_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BudgetFilter *self = BUDGET_FILTER (object);

  switch (prop_id)
    {
    case PROP_PERIOD:
      g_value_set_object (value, budget_filter_get_period (self));
      break;
    case PROP_USER:
      g_value_set_object (value, budget_filter_get_user (self));
      break;
    case PROP_CATEGORY:
      g_value_set_object (value, budget_filter_get_category (self));
      break;
    case PROP_SEARCH:
      g_value_set_string (value, budget_filter_get_search (self));
      break;
    case PROP_SORT_COLUMN:
      g_value_set_enum (value, (gint) budget_filter_get_sort_column (self));
      break;
    case PROP_SORT_DESCENDING:
      g_value_set_boolean (value, budget_filter_get_sort_direction (self) == ORM_DESCENDING);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
budget_filter_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  BudgetFilter *self = BUDGET_FILTER (object);

  switch (prop_id)
    {
    case PROP_PERIOD:
      budget_filter_set_period (self, g_value_get_object (value));
      break;
    case PROP_USER:
      budget_filter_set_user (self, g_value_get_object (value));
      break;
    case PROP_CATEGORY:
      budget_filter_set_category (self, g_value_get_object (value));
      break;
    case PROP_SEARCH:
      budget_filter_set_search (self, g_value_get_string (value));
      break;
    case PROP_SORT_COLUMN:
      budget_filter_set_sort (self, (BudgetFilterColumn) g_value_get_enum (value),
                              self->sort_direction);
      break;
    case PROP_SORT_DESCENDING:
      budget_filter_set_sort (self, self->sort_column,
                              g_value_get_boolean (value) ? ORM_DESCENDING : ORM_ASCENDING);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * BudgetFilter:period:
   *
   * The days whose expenses are shown.
   */
  properties[PROP_PERIOD] = g_param_spec_object ("period", NULL, NULL, BUDGET_TYPE_PERIOD, flags);

  /**
   * BudgetFilter:user:
   *
   * The person whose expenses are shown, or %NULL for all persons.
   */
  properties[PROP_USER] = g_param_spec_object ("user", NULL, NULL, BUDGET_TYPE_USER, flags);

  /**
   * BudgetFilter:category:
   *
   * The category the list shows, %NULL for all of them.
   */
  properties[PROP_CATEGORY] =
    g_param_spec_object ("category", NULL, NULL, BUDGET_TYPE_CATEGORY, flags);

  /**
   * BudgetFilter:search:
   *
   * The text that the list's expenses have to contain, or %NULL for none.
   */
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, flags);

  /**
   * BudgetFilter:sort-column:
   *
   * What the list is sorted by.
   */
  properties[PROP_SORT_COLUMN] = g_param_spec_enum (
    "sort-column", NULL, NULL, BUDGET_TYPE_FILTER_COLUMN, BUDGET_FILTER_COLUMN_DATE, flags);

  /**
   * BudgetFilter:sort-descending:
   *
   * Whether the list is sorted from large to small.
   */
  properties[PROP_SORT_DESCENDING] =
    g_param_spec_boolean ("sort-descending", NULL, NULL, TRUE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_filter_class_init (BudgetFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = budget_filter_finalize;
  object_class->get_property = budget_filter_get_property;
  object_class->set_property = budget_filter_set_property;

  install_properties (object_class);

  /**
   * BudgetFilter::changed:
   * @self: a filter
   *
   * Emitted after a property changed, so that budget_filter_build_query() gives a
   * different query for %BUDGET_FILTER_LIST.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
budget_filter_init (BudgetFilter *self)
{
  self->period = budget_period_new_everything ();
  self->sort_direction = ORM_DESCENDING;
}

/**
 * budget_filter_new:
 *
 * Returns: (transfer full): a filter that shows all expenses, the latest first
 */
BudgetFilter *
budget_filter_new (void)
{
  return g_object_new (BUDGET_TYPE_FILTER, NULL);
}

/**
 * budget_filter_copy:
 * @self: a filter
 *
 * Returns: (transfer full): an independent filter with the same properties
 */
BudgetFilter *
budget_filter_copy (BudgetFilter *self)
{
  BudgetFilter *copy;

  g_return_val_if_fail (BUDGET_IS_FILTER (self), NULL);

  copy = budget_filter_new ();
  budget_filter_set_period (copy, self->period);
  budget_filter_set_user (copy, self->user);
  budget_filter_set_category (copy, self->category);
  budget_filter_set_search (copy, self->search);
  budget_filter_set_sort (copy, self->sort_column, self->sort_direction);

  return copy;
}

/**
 * budget_filter_get_period:
 * @self: a filter
 *
 * Returns: (transfer none): the days whose expenses are shown
 */
BudgetPeriod *
budget_filter_get_period (BudgetFilter *self)
{
  g_return_val_if_fail (BUDGET_IS_FILTER (self), NULL);

  return self->period;
}

/**
 * budget_filter_set_period:
 * @self: a filter
 * @period: (nullable): the days that are looked at, %NULL for everything
 */
void
budget_filter_set_period (BudgetFilter *self, BudgetPeriod *period)
{
  g_autoptr (BudgetPeriod) wanted = NULL;

  g_return_if_fail (BUDGET_IS_FILTER (self));
  g_return_if_fail (period == NULL || BUDGET_IS_PERIOD (period));

  wanted = period != NULL ? g_object_ref (period) : budget_period_new_everything ();
  if (budget_period_equal (self->period, wanted))
    return;

  g_set_object (&self->period, wanted);
  announce (self, PROP_PERIOD);
}

/**
 * budget_filter_get_user:
 * @self: a filter
 *
 * Returns: (transfer none) (nullable): the person whose expenses are shown, or
 *   %NULL for all persons
 */
BudgetUser *
budget_filter_get_user (BudgetFilter *self)
{
  g_return_val_if_fail (BUDGET_IS_FILTER (self), NULL);

  return self->user;
}

/**
 * budget_filter_set_user:
 * @self: a filter
 * @user: (nullable): whose expenses are looked at, %NULL for everybody's
 */
void
budget_filter_set_user (BudgetFilter *self, BudgetUser *user)
{
  g_return_if_fail (BUDGET_IS_FILTER (self));
  g_return_if_fail (user == NULL || BUDGET_IS_USER (user));

  if (g_set_object (&self->user, user))
    announce (self, PROP_USER);
}

/**
 * budget_filter_get_category:
 * @self: a filter
 *
 * Returns: (transfer none) (nullable): the category the list shows, %NULL for
 *   all of them
 */
BudgetCategory *
budget_filter_get_category (BudgetFilter *self)
{
  g_return_val_if_fail (BUDGET_IS_FILTER (self), NULL);

  return self->category;
}

/**
 * budget_filter_set_category:
 * @self: a filter
 * @category: (nullable): the category the list shows, %NULL for all of them
 */
void
budget_filter_set_category (BudgetFilter *self, BudgetCategory *category)
{
  g_return_if_fail (BUDGET_IS_FILTER (self));
  g_return_if_fail (category == NULL || BUDGET_IS_CATEGORY (category));

  if (g_set_object (&self->category, category))
    announce (self, PROP_CATEGORY);
}

/**
 * budget_filter_get_search:
 * @self: a filter
 *
 * Returns: (transfer none) (nullable): the text that the list's expenses have to
 *   contain
 */
const char *
budget_filter_get_search (BudgetFilter *self)
{
  g_return_val_if_fail (BUDGET_IS_FILTER (self), NULL);

  return self->search;
}

/**
 * budget_filter_set_search:
 * @self: a filter
 * @search: (nullable): what the list's expenses have to have somewhere; blanks
 *   around it do not count
 */
void
budget_filter_set_search (BudgetFilter *self, const char *search)
{
  g_autofree char *stripped = NULL;

  g_return_if_fail (BUDGET_IS_FILTER (self));

  stripped = g_strstrip (g_strdup (search != NULL ? search : ""));
  if (*stripped == '\0')
    g_clear_pointer (&stripped, g_free);

  if (g_strcmp0 (self->search, stripped) == 0)
    return;

  g_free (self->search);
  self->search = g_steal_pointer (&stripped);
  announce (self, PROP_SEARCH);
}

/**
 * budget_filter_get_sort_column:
 * @self: a filter
 *
 * Returns: what the list is sorted by
 */
BudgetFilterColumn
budget_filter_get_sort_column (BudgetFilter *self)
{
  g_return_val_if_fail (BUDGET_IS_FILTER (self), BUDGET_FILTER_COLUMN_DATE);

  return self->sort_column;
}

/**
 * budget_filter_get_sort_direction:
 * @self: a filter
 *
 * Returns: the direction that the list is sorted in
 */
OrmDirection
budget_filter_get_sort_direction (BudgetFilter *self)
{
  g_return_val_if_fail (BUDGET_IS_FILTER (self), ORM_DESCENDING);

  return self->sort_direction;
}

/**
 * budget_filter_set_sort:
 * @self: a filter
 * @column: what the list is sorted by
 * @direction: which end of the list the greatest is at
 */
void
budget_filter_set_sort (BudgetFilter *self, BudgetFilterColumn column, OrmDirection direction)
{
  gboolean has_column_changed, has_direction_changed;

  g_return_if_fail (BUDGET_IS_FILTER (self));
  g_return_if_fail (column < G_N_ELEMENTS (sort_paths));

  has_column_changed = self->sort_column != column;
  has_direction_changed = self->sort_direction != direction;
  self->sort_column = column;
  self->sort_direction = direction;

  if (has_column_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT_COLUMN]);
  if (has_direction_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT_DESCENDING]);
  if (has_column_changed || has_direction_changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * budget_filter_build_query:
 * @self: a filter
 * @scope: which part of the filter
 *
 * Returns: (transfer full): a query for the expenses that are shown
 */
OrmQuery *
budget_filter_build_query (BudgetFilter *self, BudgetFilterScope scope)
{
  OrmQuery *query;

  g_return_val_if_fail (BUDGET_IS_FILTER (self), NULL);

  query = orm_query_new (BUDGET_TYPE_EXPENSE);
  add_period (self, query);
  if (self->user != NULL)
    orm_query_where (query, "user", ORM_EQUAL, self->user);

  if (scope == BUDGET_FILTER_SUMMARY)
    return query;

  if (self->category != NULL)
    orm_query_where (query, "category", ORM_EQUAL, self->category);
  if (self->search != NULL)
    orm_query_search (query, self->search, "description", "note", "category.name", "user.name",
                      NULL);
  add_order (self, query);
  return query;
}
