/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-total-private.h"
#include "budget-next-totals-private.h"
#include "budget-summary.h"
#include "orm-session-query.h"

/**
 * BudgetSummary:
 *
 * Where the money went: a #GListModel of #BudgetCategoryTotal, the greatest
 * first, over the period and the person of a filter. It follows every change
 * of the book at once; the item of a category stays the same as long as there
 * are expenses in it. While it is loading, the figures are those of the period
 * and the person before.
 *
 * A transfer between own accounts is neither spent nor received and is in no
 * total.
 */

/* One of the database's totals and what stands for it here, shown or not. */
typedef struct
{
  OrmTotal *total;
  BudgetCategoryTotal *item; /* NULL if the category could not be read */
} Entry;

struct _BudgetSummary
{
  GObject parent_instance;

  BudgetBook *book;
  BudgetFilter *filter;
  OrmTotals *totals;
  OrmTotals *next;    /* what takes the place of @totals once it is filled */
  GPtrArray *entries; /* of Entry, in the order of @totals */
  GPtrArray *items;   /* of BudgetCategoryTotal, those that are shown */
  gint64 total;
  gint64 spent;
  gint64 received;
  guint64 count;
  gboolean is_loading;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BudgetSummary,
                               budget_summary,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum
{
  PROP_0,
  PROP_TOTAL,
  PROP_COUNT,
  PROP_SPENT,
  PROP_RECEIVED,
  PROP_LOADING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_figure (BudgetSummary *self, gint64 *figure, gint64 value, guint property)
{
  if (*figure == value)
    return;

  *figure = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gpointer
ref_item (gconstpointer item, gpointer data)
{
  return g_object_ref ((gpointer) item);
}

static void
update_shares (BudgetSummary *self, gint64 whole)
{
  g_autoptr (GPtrArray) items = g_ptr_array_copy (self->items, ref_item, NULL);

  for (guint i = 0; i < items->len; i++)
    _budget_category_total_set_whole (g_ptr_array_index (items, i), whole);
}

/*
 * The figures over all items, after the items themselves have told.
 */
static void
update_figures (BudgetSummary *self)
{
  gint64 total = 0, spent = 0, received = 0, whole = 0;
  guint64 count = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      BudgetCategoryTotal *item = g_ptr_array_index (self->items, i);
      gint64 amount = budget_category_total_get_total (item);
      BudgetCategory *category = budget_category_total_get_category (item);

      total += amount;
      count += budget_category_total_get_count (item);
      whole += MAX (amount, 0);
      if (budget_category_get_kind (category) == BUDGET_CATEGORY_INCOME)
        received -= amount;
      else
        spent += amount;
    }

  update_shares (self, whole);
  set_figure (self, &self->spent, spent, PROP_SPENT);
  set_figure (self, &self->received, received, PROP_RECEIVED);
  set_figure (self, &self->total, total, PROP_TOTAL);

  if (self->count != count)
    {
      self->count = count;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
    }
}

static void
take_out (BudgetSummary *self, guint position)
{
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Comparing names is slow, so as few items as possible are looked at. */
static guint
find_place (BudgetSummary *self, BudgetCategoryTotal *item)
{
  guint low = 0, high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (_budget_category_total_compare (g_ptr_array_index (self->items, middle), item) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
put_in (BudgetSummary *self, BudgetCategoryTotal *item)
{
  guint position = find_place (self, item);

  g_ptr_array_insert (self->items, (gint) position, g_object_ref (item));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static gboolean
is_in_place (BudgetSummary *self, guint position)
{
  BudgetCategoryTotal *item = g_ptr_array_index (self->items, position);

  if (position > 0 &&
      _budget_category_total_compare (g_ptr_array_index (self->items, position - 1), item) > 0)
    return FALSE;

  return position + 1 >= self->items->len ||
         _budget_category_total_compare (item, g_ptr_array_index (self->items, position + 1)) <= 0;
}

static gboolean
is_shown (Entry *entry)
{
  BudgetCategory *category;

  if (entry->item == NULL)
    return FALSE;

  category = budget_category_total_get_category (entry->item);
  return budget_category_get_kind (category) != BUDGET_CATEGORY_TRANSFER;
}

/*
 * Takes over the values of one total; all other items are in order.
 */
static void
update_entry (BudgetSummary *self, Entry *entry)
{
  g_autoptr (BudgetCategoryTotal) item = g_object_ref (entry->item);
  gboolean is_visible = is_shown (entry);
  gboolean is_listed;
  guint position;

  _budget_category_total_update (item, orm_total_get_sum (entry->total),
                                 orm_total_get_count (entry->total));

  is_listed = g_ptr_array_find (self->items, item, &position);
  if (is_listed && is_visible && is_in_place (self, position))
    return;

  if (is_listed)
    take_out (self, position);
  if (is_visible)
    put_in (self, item);
}

/*
 * The entry of an OrmTotal or a category.
 */
static Entry *
find_entry (BudgetSummary *self, gpointer object)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->item != NULL &&
          (entry->total == object ||
           (gpointer) budget_category_total_get_category (entry->item) == object))
        return entry;
    }

  return NULL;
}

static void
on_figure_notify (GObject *object, GParamSpec *pspec, BudgetSummary *self)
{
  Entry *entry = find_entry (self, object);

  if (entry == NULL)
    return;

  update_entry (self, entry);
  update_figures (self);
}

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->total);
  g_clear_object (&entry->item);
  g_free (entry);
}

static void
disconnect_entry (BudgetSummary *self, Entry *entry)
{
  g_signal_handlers_disconnect_by_data (entry->total, self);
  if (entry->item != NULL)
    g_signal_handlers_disconnect_by_data (budget_category_total_get_category (entry->item), self);
}

static Entry *
new_entry (BudgetSummary *self, guint position, GHashTable *known)
{
  Entry *entry = g_new0 (Entry, 1);
  BudgetCategory *category;

  entry->total = g_list_model_get_item (G_LIST_MODEL (self->totals), position);
  category = orm_total_get_group (entry->total);
  if (category == NULL)
    return entry;

  if (known != NULL && g_hash_table_contains (known, category))
    entry->item = g_object_ref (g_hash_table_lookup (known, category));
  else
    entry->item = _budget_category_total_new (category);

  g_signal_connect_object (entry->total, "notify::sum", G_CALLBACK (on_figure_notify), self, 0);
  g_signal_connect_object (entry->total, "notify::count", G_CALLBACK (on_figure_notify), self, 0);
  g_signal_connect_object (category, "notify::name", G_CALLBACK (on_figure_notify), self, 0);
  g_signal_connect_object (category, "notify::kind", G_CALLBACK (on_figure_notify), self, 0);
  return entry;
}

static void
hide_item (BudgetSummary *self, BudgetCategoryTotal *item)
{
  guint position;

  if (item != NULL && g_ptr_array_find (self->items, item, &position))
    take_out (self, position);
}

static void
on_totals_items_changed (BudgetSummary *self, guint position, guint removed, guint added)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);

  for (guint i = 0; i < removed; i++)
    {
      Entry *entry = g_ptr_array_steal_index (self->entries, position);

      disconnect_entry (self, entry);
      g_ptr_array_add (gone, entry);
    }
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->entries, (gint) (position + i), new_entry (self, position + i, NULL));

  for (guint i = 0; i < gone->len; i++)
    hide_item (self, ((Entry *) g_ptr_array_index (gone, i))->item);
  for (guint i = 0; i < added && position + i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, position + i);

      if (entry->item != NULL)
        update_entry (self, entry);
    }

  update_figures (self);
}

static OrmTotals *
observe (BudgetSummary *self)
{
  g_autoptr (OrmQuery) query = budget_filter_build_query (self->filter, BUDGET_FILTER_SUMMARY);
  g_autoptr (GError) error = NULL;
  OrmTotals *totals = orm_session_observe_totals (budget_book_get_session (self->book), query,
                                                  "category", "amount", &error);

  if (totals == NULL)
    g_message ("The summary could not be asked for: %s", error->message);
  return totals;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return _budget_category_total_compare (*(BudgetCategoryTotal *const *) a,
                                         *(BudgetCategoryTotal *const *) b);
}

/* Lists the items of all entries at once; none is listed yet. */
static void
fill (BudgetSummary *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->item != NULL)
        _budget_category_total_update (entry->item, orm_total_get_sum (entry->total),
                                       orm_total_get_count (entry->total));
      if (is_shown (entry))
        g_ptr_array_add (self->items, g_object_ref (entry->item));
    }

  g_ptr_array_sort (self->items, compare_items);
  if (self->items->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->items->len);
}

static void
update_entries (BudgetSummary *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->item != NULL)
        update_entry (self, entry);
    }
}

static GHashTable *
index_items (GPtrArray *entries)
{
  GHashTable *known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      if (entry->item != NULL)
        g_hash_table_insert (known, budget_category_total_get_category (entry->item), entry->item);
    }

  return known;
}

static void
forget_totals (BudgetSummary *self)
{
  if (self->totals != NULL)
    g_signal_handlers_disconnect_by_data (self->totals, self);
  for (guint i = 0; i < self->entries->len; i++)
    disconnect_entry (self, g_ptr_array_index (self->entries, i));
  g_clear_object (&self->totals);
}

/*
 * Takes other totals; what is in both the old ones and the new keeps its item.
 */
static void
take_over (BudgetSummary *self, OrmTotals *totals)
{
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GHashTable) known = NULL, kept = NULL;
  guint n_items;

  forget_totals (self);
  old = g_steal_pointer (&self->entries);
  known = index_items (old);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->totals = totals;
  g_signal_connect_object (self->totals, "items-changed", G_CALLBACK (on_totals_items_changed),
                           self, G_CONNECT_SWAPPED);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->totals));
  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (self->entries, new_entry (self, i, known));

  kept = index_items (self->entries);
  for (guint i = 0; i < old->len; i++)
    {
      BudgetCategoryTotal *item = ((Entry *) g_ptr_array_index (old, i))->item;

      if (item != NULL && !g_hash_table_contains (kept, budget_category_total_get_category (item)))
        hide_item (self, item);
    }

  if (self->items->len == 0)
    fill (self);
  else
    update_entries (self);

  update_figures (self);
}

static void
set_loading (BudgetSummary *self, gboolean is_loading)
{
  if (self->is_loading == is_loading)
    return;

  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
on_next_changed (BudgetSummary *self)
{
  gboolean is_loading = _budget_next_totals_get_loading (self->next);
  OrmTotals *totals = _budget_next_totals_take (&self->next, self);

  if (totals != NULL)
    take_over (self, totals);
  else if (!is_loading && self->next != NULL)
    g_message ("The summary could not be read: %s", orm_totals_get_error (self->next)->message);

  set_loading (self, is_loading);
}

static void
reload (BudgetSummary *self)
{
  _budget_next_totals_set (&self->next, observe (self), self, G_CALLBACK (on_next_changed));
  on_next_changed (self);
}

static gpointer
budget_summary_get_item (GListModel *model, guint position)
{
  BudgetSummary *self = BUDGET_SUMMARY (model);

  if (position >= self->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static guint
budget_summary_get_n_items (GListModel *model)
{
  return BUDGET_SUMMARY (model)->items->len;
}

static GType
budget_summary_get_item_type (GListModel *model)
{
  return BUDGET_TYPE_CATEGORY_TOTAL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item = budget_summary_get_item;
  iface->get_n_items = budget_summary_get_n_items;
  iface->get_item_type = budget_summary_get_item_type;
}

static void
budget_summary_dispose (GObject *object)
{
  BudgetSummary *self = BUDGET_SUMMARY (object);

  _budget_next_totals_set (&self->next, NULL, self, NULL);
  forget_totals (self);
  g_clear_object (&self->filter);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_summary_parent_class)->dispose (object);
}

static void
budget_summary_finalize (GObject *object)
{
  BudgetSummary *self = BUDGET_SUMMARY (object);

  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (budget_summary_parent_class)->finalize (object);
}

static void
budget_summary_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BudgetSummary *self = BUDGET_SUMMARY (object);

  switch (prop_id)
    {
    case PROP_TOTAL:
      g_value_set_int64 (value, budget_summary_get_total (self));
      break;
    case PROP_COUNT:
      g_value_set_uint64 (value, budget_summary_get_count (self));
      break;
    case PROP_SPENT:
      g_value_set_int64 (value, budget_summary_get_spent (self));
      break;
    case PROP_RECEIVED:
      g_value_set_int64 (value, budget_summary_get_received (self));
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, budget_summary_get_loading (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
budget_summary_class_init (BudgetSummaryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = budget_summary_dispose;
  object_class->finalize = budget_summary_finalize;
  object_class->get_property = budget_summary_get_property;

  /**
   * BudgetSummary:total:
   *
   * The sum of all items: what was spent less what was received.
   */
  properties[PROP_TOTAL] =
    g_param_spec_int64 ("total", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  /**
   * BudgetSummary:count:
   *
   * How many expenses the items are made of.
   */
  properties[PROP_COUNT] = g_param_spec_uint64 ("count", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * BudgetSummary:spent:
   *
   * The sum of the items that are spending, refunds taken off.
   */
  properties[PROP_SPENT] =
    g_param_spec_int64 ("spent", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  /**
   * BudgetSummary:received:
   *
   * What the items that are income brought in, above zero.
   */
  properties[PROP_RECEIVED] =
    g_param_spec_int64 ("received", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  /**
   * BudgetSummary:loading:
   *
   * Whether the figures are still those of another period or person, or none
   * yet.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_summary_init (BudgetSummary *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * budget_summary_new:
 * @book: a book
 * @filter: what is looked at; its period and its person are followed
 *
 * Returns: (transfer full): the totals by category
 */
BudgetSummary *
budget_summary_new (BudgetBook *book, BudgetFilter *filter)
{
  BudgetSummary *self;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (BUDGET_IS_FILTER (filter), NULL);

  self = g_object_new (BUDGET_TYPE_SUMMARY, NULL);
  self->book = g_object_ref (book);
  self->filter = g_object_ref (filter);
  g_signal_connect_object (filter, "notify::period", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "notify::user", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return self;
}

/**
 * budget_summary_get_total:
 * @self: a summary
 *
 * Returns: the sum of all items: what was spent less what was received
 */
gint64
budget_summary_get_total (BudgetSummary *self)
{
  g_return_val_if_fail (BUDGET_IS_SUMMARY (self), 0);

  return self->total;
}

/**
 * budget_summary_get_count:
 * @self: a summary
 *
 * Returns: how many expenses the items are made of
 */
guint64
budget_summary_get_count (BudgetSummary *self)
{
  g_return_val_if_fail (BUDGET_IS_SUMMARY (self), 0);

  return self->count;
}

/**
 * budget_summary_get_spent:
 * @self: a summary
 *
 * Returns: the sum of the items that are spending, refunds taken off
 */
gint64
budget_summary_get_spent (BudgetSummary *self)
{
  g_return_val_if_fail (BUDGET_IS_SUMMARY (self), 0);

  return self->spent;
}

/**
 * budget_summary_get_received:
 * @self: a summary
 *
 * Returns: what the items that are income brought in, above zero
 */
gint64
budget_summary_get_received (BudgetSummary *self)
{
  g_return_val_if_fail (BUDGET_IS_SUMMARY (self), 0);

  return self->received;
}

/**
 * budget_summary_get_loading:
 * @self: a summary
 *
 * Returns: whether the figures are still to come
 */
gboolean
budget_summary_get_loading (BudgetSummary *self)
{
  g_return_val_if_fail (BUDGET_IS_SUMMARY (self), FALSE);

  return self->is_loading;
}

/**
 * budget_summary_has_figures:
 * @self: a summary
 *
 * Returns: whether any could be read yet; until then all are 0
 */
gboolean
budget_summary_has_figures (BudgetSummary *self)
{
  g_return_val_if_fail (BUDGET_IS_SUMMARY (self), FALSE);

  return self->totals != NULL;
}

/**
 * budget_summary_load:
 * @self: a summary
 * @error: return location for an error
 *
 * Waits for the figures.
 *
 * Returns: %TRUE if they could be read
 */
gboolean
budget_summary_load (BudgetSummary *self, GError **error)
{
  g_autoptr (OrmTotals) next = NULL;

  g_return_val_if_fail (BUDGET_IS_SUMMARY (self), FALSE);

  if (self->next == NULL)
    return TRUE;

  next = g_object_ref (self->next);
  return orm_totals_load (next, error);
}
