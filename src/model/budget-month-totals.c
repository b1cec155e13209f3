/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-month-totals.h"
#include "budget-next-totals-private.h"
#include "orm-session-query.h"

/**
 * BudgetMonthTotals:
 *
 * Spending by month, the earliest first, as a #GListModel of #BudgetMonthTotal. A
 * month without expenses between two others has a total of 0. It has all months of
 * the filter's person and follows every change of the book.
 */

/**
 * BudgetMonthTotal:
 *
 * Spending in one month, less refunds. Income and transfers between own accounts
 * are not included.
 */

struct _BudgetMonthTotal
{
  GObject parent_instance;

  int index; /* the months since January of the year 0 */
  char *label;
  gint64 total;
};

struct _BudgetMonthTotals
{
  GObject parent_instance;

  BudgetBook *book;
  BudgetFilter *filter;
  OrmTotals *totals;
  OrmTotals *next;  /* replaces @totals once it is filled */
  GPtrArray *items; /* of BudgetMonthTotal */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (BudgetMonthTotal, budget_month_total, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (BudgetMonthTotals,
                               budget_month_totals,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum
{
  PROP_0,
  PROP_YEAR,
  PROP_MONTH,
  PROP_LABEL,
  PROP_TOTAL,
  N_PROPS
};

#define MONTHS_OF_A_YEAR 12

/* Longer gaps are left out: a single date in another century is a typing error. */
#define MAX_GAP 24

typedef struct
{
  int index;
  gint64 total;
} Month;

static GParamSpec *properties[N_PROPS];

static void
budget_month_total_finalize (GObject *object)
{
  g_free (BUDGET_MONTH_TOTAL (object)->label);

  G_OBJECT_CLASS (budget_month_total_parent_class)->finalize (object);
}

static void
budget_month_total_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BudgetMonthTotal *self = BUDGET_MONTH_TOTAL (object);

  switch (prop_id)
    {
    case PROP_YEAR:
      g_value_set_int (value, budget_month_total_get_year (self));
      break;
    case PROP_MONTH:
      g_value_set_int (value, budget_month_total_get_month (self));
      break;
    case PROP_LABEL:
      g_value_set_string (value, budget_month_total_get_label (self));
      break;
    case PROP_TOTAL:
      g_value_set_int64 (value, budget_month_total_get_total (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
budget_month_total_class_init (BudgetMonthTotalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = budget_month_total_finalize;
  object_class->get_property = budget_month_total_get_property;

  properties[PROP_YEAR] = g_param_spec_int ("year", NULL, NULL, 0, 9999, 0, flags);
  properties[PROP_MONTH] = g_param_spec_int ("month", NULL, NULL, 1, 12, 1, flags);

  /**
   * BudgetMonthTotal:label:
   *
   * The name of the month, in the user's language.
   */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);

  /**
   * BudgetMonthTotal:total:
   *
   * How much, in minor units.
   */
  properties[PROP_TOTAL] =
    g_param_spec_int64 ("total", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_month_total_init (BudgetMonthTotal *self)
{
}

static BudgetMonthTotal *
new_month (const Month *month)
{
  BudgetMonthTotal *self = g_object_new (BUDGET_TYPE_MONTH_TOTAL, NULL);
  g_autoptr (BudgetPeriod) period = NULL;

  self->index = month->index;
  self->total = month->total;
  period = budget_period_new_month (budget_month_total_get_year (self),
                                    budget_month_total_get_month (self));
  self->label = budget_period_dup_label (period);
  return self;
}

static void
set_total (BudgetMonthTotal *self, gint64 total)
{
  if (self->total == total)
    return;

  self->total = total;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
}

/**
 * budget_month_total_get_year:
 * @self: a total
 *
 * Returns: the year
 */
int
budget_month_total_get_year (BudgetMonthTotal *self)
{
  g_return_val_if_fail (BUDGET_IS_MONTH_TOTAL (self), 0);

  return self->index / MONTHS_OF_A_YEAR;
}

/**
 * budget_month_total_get_month:
 * @self: a total
 *
 * Returns: the month, 1 to 12
 */
int
budget_month_total_get_month (BudgetMonthTotal *self)
{
  g_return_val_if_fail (BUDGET_IS_MONTH_TOTAL (self), 1);

  return self->index % MONTHS_OF_A_YEAR + 1;
}

/**
 * budget_month_total_get_label:
 * @self: a total
 *
 * Returns: the name of the month, in the user's language
 */
const char *
budget_month_total_get_label (BudgetMonthTotal *self)
{
  g_return_val_if_fail (BUDGET_IS_MONTH_TOTAL (self), NULL);

  return self->label;
}

/**
 * budget_month_total_get_total:
 * @self: a total
 *
 * Returns: how much, in minor units
 */
gint64
budget_month_total_get_total (BudgetMonthTotal *self)
{
  g_return_val_if_fail (BUDGET_IS_MONTH_TOTAL (self), 0);

  return self->total;
}

static int
compare_months (gconstpointer a, gconstpointer b)
{
  return ((const Month *) a)->index - ((const Month *) b)->index;
}

static GArray *
read_months (BudgetMonthTotals *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->totals));
  g_autoptr (GArray) found = g_array_sized_new (FALSE, FALSE, sizeof (Month), n_items);
  GArray *months = g_array_new (FALSE, FALSE, sizeof (Month));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (OrmTotal) total = g_list_model_get_item (G_LIST_MODEL (self->totals), i);
      Month month = { (int) orm_total_get_key (total), orm_total_get_sum (total) };

      /* An invalid date is in no month. */
      if (month.index >= MONTHS_OF_A_YEAR)
        g_array_append_val (found, month);
    }
  g_array_sort (found, compare_months);

  for (guint i = 0; i < found->len; i++)
    {
      Month next = g_array_index (found, Month, i);
      Month gap = { i > 0 ? g_array_index (found, Month, i - 1).index + 1 : next.index, 0 };

      for (; gap.index < next.index && next.index - gap.index <= MAX_GAP; gap.index++)
        g_array_append_val (months, gap);
      g_array_append_val (months, next);
    }

  return months;
}

static void
remove_months (BudgetMonthTotals *self, guint position, int up_to)
{
  guint n_removed = 0;

  while (position + n_removed < self->items->len &&
         ((BudgetMonthTotal *) g_ptr_array_index (self->items, position + n_removed))->index <
           up_to)
    n_removed++;

  if (n_removed == 0)
    return;

  g_ptr_array_remove_range (self->items, position, n_removed);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, 0);
}

/*
 * Merges the new totals into the items. Both are sorted by month.
 */
static void
update_months (BudgetMonthTotals *self)
{
  g_autoptr (GArray) months = read_months (self);

  for (guint i = 0; i < months->len; i++)
    {
      const Month *month = &g_array_index (months, Month, i);
      BudgetMonthTotal *item;

      remove_months (self, i, month->index);
      item = i < self->items->len ? g_ptr_array_index (self->items, i) : NULL;

      if (item != NULL && item->index == month->index)
        {
          set_total (item, month->total);
          continue;
        }

      g_ptr_array_insert (self->items, (gint) i, new_month (month));
      g_list_model_items_changed (G_LIST_MODEL (self), i, 0, 1);
    }

  remove_months (self, months->len, G_MAXINT);
}

static void
connect_totals (BudgetMonthTotals *self, guint position, guint n_items)
{
  for (guint i = position; i < position + n_items; i++)
    {
      g_autoptr (OrmTotal) total = g_list_model_get_item (G_LIST_MODEL (self->totals), i);

      g_signal_connect_object (total, "notify::sum", G_CALLBACK (update_months), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
on_totals_items_changed (BudgetMonthTotals *self, guint position, guint removed, guint added)
{
  connect_totals (self, position, added);
  update_months (self);
}

static void
forget_totals (BudgetMonthTotals *self)
{
  guint n_items = self->totals != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->totals)) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (OrmTotal) total = g_list_model_get_item (G_LIST_MODEL (self->totals), i);

      g_signal_handlers_disconnect_by_data (total, self);
    }

  if (self->totals != NULL)
    g_signal_handlers_disconnect_by_data (self->totals, self);
  g_clear_object (&self->totals);
}

static void
take_over (BudgetMonthTotals *self, OrmTotals *totals)
{
  forget_totals (self);
  self->totals = totals;
  g_signal_connect_object (totals, "items-changed", G_CALLBACK (on_totals_items_changed), self,
                           G_CONNECT_SWAPPED);
  connect_totals (self, 0, g_list_model_get_n_items (G_LIST_MODEL (totals)));
  update_months (self);
}

static void
on_next_changed (BudgetMonthTotals *self)
{
  OrmTotals *totals = _budget_next_totals_take (&self->next, self);

  if (totals != NULL)
    take_over (self, totals);
  else if (self->next != NULL && !_budget_next_totals_get_loading (self->next))
    g_message ("The months could not be read: %s", orm_totals_get_error (self->next)->message);
}

static void
reload (BudgetMonthTotals *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  BudgetUser *user = budget_filter_get_user (self->filter);
  g_autoptr (GError) error = NULL;
  OrmTotals *totals;

  orm_query_where (query, "category.kind", ORM_EQUAL, BUDGET_CATEGORY_SPENDING);
  if (user != NULL)
    orm_query_where (query, "user", ORM_EQUAL, user);

  totals = orm_session_observe_totals (budget_book_get_session (self->book), query, "date.month",
                                       "amount", &error);
  if (totals == NULL)
    {
      g_message ("The months could not be asked for: %s", error->message);
      return;
    }

  _budget_next_totals_set (&self->next, totals, self, G_CALLBACK (on_next_changed));
  on_next_changed (self);
}

static gpointer
budget_month_totals_get_item (GListModel *model, guint position)
{
  BudgetMonthTotals *self = BUDGET_MONTH_TOTALS (model);

  if (position >= self->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static guint
budget_month_totals_get_n_items (GListModel *model)
{
  return BUDGET_MONTH_TOTALS (model)->items->len;
}

static GType
budget_month_totals_get_item_type (GListModel *model)
{
  return BUDGET_TYPE_MONTH_TOTAL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item = budget_month_totals_get_item;
  iface->get_n_items = budget_month_totals_get_n_items;
  iface->get_item_type = budget_month_totals_get_item_type;
}

static void
budget_month_totals_dispose (GObject *object)
{
  BudgetMonthTotals *self = BUDGET_MONTH_TOTALS (object);

  _budget_next_totals_set (&self->next, NULL, self, NULL);
  forget_totals (self);
  g_clear_object (&self->filter);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_month_totals_parent_class)->dispose (object);
}

static void
budget_month_totals_finalize (GObject *object)
{
  g_ptr_array_unref (BUDGET_MONTH_TOTALS (object)->items);

  G_OBJECT_CLASS (budget_month_totals_parent_class)->finalize (object);
}

static void
budget_month_totals_class_init (BudgetMonthTotalsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = budget_month_totals_dispose;
  object_class->finalize = budget_month_totals_finalize;
}

static void
budget_month_totals_init (BudgetMonthTotals *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * budget_month_totals_new:
 * @book: a book
 * @filter: what is looked at; its person is followed
 *
 * Returns: (transfer full): the totals by month
 */
BudgetMonthTotals *
budget_month_totals_new (BudgetBook *book, BudgetFilter *filter)
{
  BudgetMonthTotals *self;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (BUDGET_IS_FILTER (filter), NULL);

  self = g_object_new (BUDGET_TYPE_MONTH_TOTALS, NULL);
  self->book = g_object_ref (book);
  self->filter = g_object_ref (filter);
  g_signal_connect_object (filter, "notify::user", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return self;
}
