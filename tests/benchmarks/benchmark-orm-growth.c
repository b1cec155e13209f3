/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * How the time of each operation grows with its number of elements:
 * benchmark-orm-growth [FIRST] [DOUBLINGS] [NAME].
 *
 * Runs each operation with FIRST elements and twice as many, DOUBLINGS times,
 * and prints the processor time of each and the exponent: the base-2 logarithm
 * of the mean growth for each doubling. Quadratic time has the exponent 2.0.
 * Fails if an exponent is above 1.25. With NAME, only operations with that
 * name run.
 */

#include "config.h"

#include "benchmark-orm-growth-book.h"
#include "orm-session-query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define USUAL_FIRST 5000
#define USUAL_DOUBLINGS 3
#define MAX_SIZES 12
#define MAX_EXPONENT 1.25

/* The growth of shorter times cannot be measured. */
#define MIN_SECONDS 0.01

/* The shortest of these trials counts. */
#define N_TRIALS 2

typedef void (*GrowthFunc) (Growth *growth);

/* What follows the operation, each timed separately. */
typedef enum
{
  AFTER_NOTHING,
  AFTER_COMMIT,  /* commit, undo, redo */
  AFTER_ALL,     /* the same, and twice the operation again: rollback; back to a savepoint */
  AFTER_ROLLBACK /* rollback */
} After;

typedef struct
{
  const char *name;
  GrowthFunc set_up;
  GrowthFunc run;
  After after;
  guint kinds;        /* bits of GrowthKind; 0 if the kind does not matter */
  gboolean is_either; /* with and without a group */
} Work;

#define IN_ORDERS (1 << GROWTH_BY_ID | 1 << GROWTH_IN_OWN_ORDER)
#define IN_ALL_ORDERS (IN_ORDERS | 1 << GROWTH_BY_COLUMN)

typedef struct
{
  char *stage;
  double seconds[MAX_SIZES];
} Row;

typedef struct
{
  GPtrArray *rows; /* of Row */
  guint n_sizes;
  guint size;
} Table;

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static void
row_free (Row *row)
{
  g_free (row->stage);
  g_free (row);
}

static Row *
ensure_row (Table *table, const char *stage)
{
  Row *row;

  for (guint i = 0; i < table->rows->len; i++)
    {
      row = g_ptr_array_index (table->rows, i);
      if (g_str_equal (row->stage, stage))
        return row;
    }

  row = g_new0 (Row, 1);
  row->stage = g_strdup (stage);
  g_ptr_array_add (table->rows, row);
  return row;
}

static void
measure (Table *table, const char *stage, Growth *growth, GrowthFunc function)
{
  Row *row = ensure_row (table, stage);
  double start = now (), seconds;

  function (growth);
  seconds = now () - start;
  if (row->seconds[table->size] <= 0 || seconds < row->seconds[table->size])
    row->seconds[table->size] = seconds;
}

/*
 * Two loaded lists with items in both; a third of the first list's items are
 * held.
 */
static void
set_up_lists (Growth *growth)
{
  growth_fill (growth, growth->kind == GROWTH_BY_COLUMN ? "dated_list_id" : "list_id", 2);
  growth->from = growth_hold (growth, growth_get (growth, GROWTH_TYPE_LIST, 1));
  growth->to = growth_hold (growth, growth_get (growth, GROWTH_TYPE_LIST, 2));
  growth->from_list = orm_entity_get_collection (growth->from, growth_to_many (growth));
  growth->to_list = orm_entity_get_collection (growth->to, growth_to_many (growth));
  growth_load (growth, growth->from_list);
  growth_load (growth, growth->to_list);

  if (growth->kind == GROWTH_IN_OWN_ORDER)
    {
      orm_collection_move (growth->from_list, growth->n - 1, 1);
      orm_collection_move (growth->to_list, growth->n / 2 - 1, 1);
      growth_commit (growth);
    }

  for (guint i = 0; i + 2 < growth->n; i += 3)
    g_ptr_array_add (growth->items,
                     g_list_model_get_item (G_LIST_MODEL (growth->from_list), i + 2));
  growth_shuffle (growth->items);
}

/*
 * The same, with nothing loaded.
 */
static void
set_up_unloaded (Growth *growth)
{
  g_autoptr (GPtrArray) items = NULL;

  growth_fill (growth, "list_id", 2);
  growth->from = growth_hold (growth, growth_get (growth, GROWTH_TYPE_LIST, 1));
  growth->to = growth_hold (growth, growth_get (growth, GROWTH_TYPE_LIST, 2));
  growth->from_list = orm_entity_get_collection (growth->from, "members");
  growth->to_list = orm_entity_get_collection (growth->to, "members");
  items = growth_get_many (growth, GROWTH_TYPE_ITEM, growth->n / 3);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (growth->items, g_object_ref (items->pdata[i]));
}

static void
run_set_to_one (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    orm_entity_set_reference (growth->items->pdata[i], growth_to_one (growth), growth->to);
  growth_end (growth);
}

static void
run_remove (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    orm_collection_remove (growth->from_list, growth->items->pdata[i]);
  growth_end (growth);
}

static void
run_append (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    orm_collection_append (growth->to_list, growth->items->pdata[i]);
  growth_end (growth);
}

static void
run_delete (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    growth_check (orm_session_delete (growth->session, growth->items->pdata[i], NULL), NULL);
  growth_end (growth);
}

static void
add_new (Growth *growth)
{
  for (guint i = 0; i < growth->n / 3; i++)
    {
      OrmEntity *item = growth_hold (growth, growth_new_item (growth, i));

      growth_check (orm_session_add (growth->session, item, NULL), NULL);
      orm_entity_set_reference (item, growth_to_one (growth), growth->from);
    }
}

static void
run_add (Growth *growth)
{
  growth_begin (growth);
  add_new (growth);
  growth_end (growth);
}

static void
run_add_and_delete (Growth *growth)
{
  guint first = growth->held->len;

  growth_begin (growth);
  add_new (growth);
  for (guint i = first; i < growth->held->len; i++)
    growth_check (orm_session_delete (growth->session, growth->held->pdata[i], NULL), NULL);
  growth_end (growth);
}

static void
run_delete_and_add_again (Growth *growth)
{
  run_delete (growth);
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    growth_check (orm_session_add (growth->session, growth->items->pdata[i], NULL), NULL);
  growth_end (growth);
}

static void
run_move_within (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->n / 3; i++)
    orm_collection_move (growth->from_list, (guint) ((guint64) i * 7919 % growth->n),
                         (guint) ((guint64) i * 104729 % growth->n));
  growth_end (growth);
}

static void
run_move_to_and_fro (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->n / 6; i++)
    {
      orm_collection_move (growth->from_list, 0, growth->n - 1);
      orm_collection_move (growth->from_list, growth->n - 1, 0);
    }
  growth_end (growth);
}

static void
run_find_in (Growth *growth)
{
  guint position;

  for (guint i = 0; i < growth->items->len; i++)
    growth_check (orm_collection_find (growth->from_list, growth->items->pdata[i], &position),
                  NULL);
}

static void
run_set_date (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    {
      g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 2019);

      g_date_add_days (date, i * 1013 % 3000);
      orm_entity_set_date (growth->items->pdata[i], GROWTH_ITEM_DATE, date);
    }
  growth_end (growth);
}

static void
run_splice_out (Growth *growth)
{
  orm_session_set_label (growth->session, "A step");
  orm_collection_splice (growth->from_list, growth->n / 3, growth->n / 3, NULL, 0);
}

static void
run_splice_in (Growth *growth)
{
  orm_session_set_label (growth->session, "A step");
  orm_collection_splice (growth->to_list, growth->n / 6, 0, growth->items->pdata,
                         growth->items->len);
}

static void
run_splice_over (Growth *growth)
{
  orm_session_set_label (growth->session, "A step");
  orm_collection_splice (growth->from_list, 0, growth->n / 2, growth->items->pdata,
                         growth->items->len);
}

static void
run_replace (Growth *growth)
{
  orm_session_set_label (growth->session, "A step");
  orm_collection_replace (growth->from_list, growth->items->pdata, growth->items->len);
}

static void
run_rotate (Growth *growth)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint n = growth->items->len;

  for (guint i = 0; i < n; i++)
    {
      char *name;

      g_object_get (growth->items->pdata[i], "name", &name, NULL);
      g_ptr_array_add (names, name);
    }

  growth_begin (growth);
  for (guint i = 0; i < n; i++)
    orm_entity_set_text (growth->items->pdata[i], GROWTH_ITEM_NAME, names->pdata[(i + 1) % n]);
  growth_end (growth);
}

static void
run_reuse_ids (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    {
      OrmEntity *item = growth_hold (growth, growth_new_item (growth, i));

      orm_entity_set_id (item, orm_entity_get_id (growth->items->pdata[i]));
      growth_check (orm_session_delete (growth->session, growth->items->pdata[i], NULL), NULL);
      growth_check (orm_session_add (growth->session, item, NULL), NULL);
    }
  growth_end (growth);
}

/*
 * Each item changes other columns.
 */
static void
run_set_many (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    {
      OrmEntity *item = growth->items->pdata[i];
      g_autofree char *name = g_strdup_printf ("changed %u", i);

      if (i % 2 == 0)
        orm_entity_set_text (item, GROWTH_ITEM_NAME, name);
      if (i % 3 == 0)
        orm_entity_set_int64 (item, GROWTH_ITEM_NUMBER, -(gint64) i);
      if (i % 5 == 0)
        orm_entity_set_date (item, GROWTH_ITEM_DATE, NULL);
      orm_entity_set_int64 (item, GROWTH_ITEM_NUMBER, 7 + i);
    }
  growth_end (growth);
}

/*
 * A value that is set and set back is not written.
 */
static void
run_set_and_set_back (Growth *growth)
{
  for (guint i = 0; i < growth->items->len; i++)
    {
      gint64 number;

      g_object_get (growth->items->pdata[i], "number", &number, NULL);
      orm_entity_set_int64 (growth->items->pdata[i], GROWTH_ITEM_NUMBER, -1);
      if (i % 2 == 0)
        orm_entity_set_int64 (growth->items->pdata[i], GROWTH_ITEM_NUMBER, number);
    }
}

/*
 * One list with members of one kind.
 */
static void
set_up_owner (Growth *growth, const char *column, const char *to_many, gboolean is_loaded)
{
  growth_fill (growth, column, 2);
  growth->from = growth_hold (growth, growth_get (growth, GROWTH_TYPE_LIST, 1));
  growth->from_list = orm_entity_get_collection (growth->from, to_many);
  if (is_loaded)
    growth_load (growth, growth->from_list);
}

static void
set_up_members (Growth *growth)
{
  set_up_owner (growth, "list_id", "members", TRUE);
}

static void
set_up_parts (Growth *growth)
{
  set_up_owner (growth, "whole_id", "parts", TRUE);
}

static void
set_up_rows (Growth *growth)
{
  set_up_owner (growth, "table_id", "rows", FALSE);
}

static void
run_delete_owner (Growth *growth)
{
  orm_session_set_label (growth->session, "A step");
  growth_check (orm_session_delete (growth->session, growth->from, NULL), NULL);
}

static void
run_delete_owner_unread (Growth *growth)
{
  growth_check (orm_session_delete (growth->session, growth->from, NULL), NULL);
}

static void
run_orphan (Growth *growth)
{
  orm_session_set_label (growth->session, "A step");
  orm_collection_splice (growth->from_list, 0, growth->n, NULL, 0);
}

/*
 * A third as many lists as items, each with few members of one kind.
 */
static void
set_up_owners (Growth *growth, const char *column, const char *to_many)
{
  g_autoptr (GPtrArray) lists = NULL;

  growth_fill (growth, column, growth->n / 3);
  lists = growth_get_many (growth, GROWTH_TYPE_LIST, growth->n / 3);
  for (guint i = 0; i < lists->len; i++)
    {
      g_ptr_array_add (growth->items, g_object_ref (lists->pdata[i]));
      if (to_many != NULL)
        growth_load (growth, orm_entity_get_collection (lists->pdata[i], to_many));
    }
}

static void
set_up_lists_of_members (Growth *growth)
{
  set_up_owners (growth, "list_id", "members");
}

static void
set_up_lists_of_parts (Growth *growth)
{
  set_up_owners (growth, "whole_id", "parts");
}

static void
set_up_lists_of_rows (Growth *growth)
{
  set_up_owners (growth, "table_id", NULL);
}

static void
set_up_lists_of_guards (Growth *growth)
{
  set_up_owners (growth, "guarded_id", NULL);
}

static void
run_denied (Growth *growth)
{
  for (guint i = 0; i < growth->items->len; i++)
    if (orm_session_delete (growth->session, growth->items->pdata[i], NULL))
      g_error ("A deletion was not denied");
}

/*
 * Lists and their members are added together.
 */
static void
run_add_owners (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->n / 3; i++)
    {
      OrmEntity *list = growth_hold (growth, g_object_new (GROWTH_TYPE_LIST, NULL));
      OrmEntity *item = growth_hold (growth, growth_new_item (growth, i));

      orm_collection_append (orm_entity_get_collection (list, "guards"), item);
      growth_check (orm_session_add (growth->session, list, NULL), NULL);
    }
  growth_end (growth);
}

static void
set_up_nothing (Growth *growth)
{
}

/*
 * Rows that another connection has written.
 */
static void
set_up_updated (Growth *growth)
{
  set_up_lists (growth);
  growth_run_elsewhere (growth, "UPDATE items SET number = number + 1, date = '2020-02-02'");
}

static void
set_up_inserted (Growth *growth)
{
  set_up_lists (growth);
  growth_run_elsewhere (growth,
                        "INSERT INTO items (number, date, list_id, dated_list_id) "
                        "SELECT number, date, list_id, dated_list_id FROM items WHERE id <= %u",
                        growth->n / 3);
}

static void
set_up_gone (Growth *growth)
{
  set_up_lists (growth);
  growth_run_elsewhere (growth, "DELETE FROM items WHERE id %% 2 = 0 AND id <= %u", growth->n);
}

static void
set_up_moved (Growth *growth)
{
  set_up_lists (growth);
  growth_run_elsewhere (growth, "UPDATE items SET list_id = 2 WHERE id %% 2 = 0 AND list_id = 1");
  growth_run_elsewhere (growth, "UPDATE items SET dated_list_id = 2 WHERE id %% 2 = 0 AND "
                                "dated_list_id = 1");
}

static void
set_up_updated_unsaved (Growth *growth)
{
  set_up_lists (growth);
  run_set_to_one (growth);
  for (guint i = 0; i < growth->items->len; i++)
    orm_entity_set_int64 (growth->items->pdata[i], GROWTH_ITEM_NUMBER, 1 + i);
  growth_run_elsewhere (growth, "UPDATE items SET number = number + 1, date = '2020-02-02'");
}

static void
set_up_many_lists_updated (Growth *growth)
{
  set_up_lists_of_members (growth);
  for (guint i = 0; i < growth->items->len; i++)
    growth_hold (growth, g_list_model_get_item (
                           orm_entity_get_collection (growth->items->pdata[i], "members"), 0));
  growth_run_elsewhere (growth, "UPDATE items SET number = 7");
}

static void
run_merge (Growth *growth)
{
  g_autoptr (GError) error = NULL;
  gboolean has_changed = FALSE;

  growth_check (orm_session_merge (growth->session, &has_changed, &error), &error);
  growth_check (has_changed, NULL);
  growth_iterate (growth);
}

static void
run_refresh (Growth *growth)
{
  g_autoptr (GError) error = NULL;

  growth_check (orm_session_refresh (growth->session, NULL, &error), &error);
}

static void
run_refresh_each (Growth *growth)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < growth->items->len; i++)
    growth_check (orm_session_refresh (growth->session, growth->items->pdata[i], &error), &error);
}

/*
 * Many-to-many: one item and many labels, many items and one label, or one of
 * the labels for each item.
 */
static void
set_up_links (Growth *growth)
{
  g_autoptr (GPtrArray) labels = NULL;

  growth_fill_links (growth, 2, growth->n / 3);
  growth->from = growth_hold (growth, growth_get (growth, GROWTH_TYPE_ITEM, 1));
  growth->to = growth_hold (growth, growth_get (growth, GROWTH_TYPE_ITEM, 2));
  growth->from_list = orm_entity_get_collection (growth->from, "labels");
  growth->to_list = orm_entity_get_collection (growth->to, "labels");
  labels = growth_get_many (growth, GROWTH_TYPE_LABEL, growth->n / 3);
  for (guint i = 0; i < labels->len; i++)
    g_ptr_array_add (growth->items, g_object_ref (labels->pdata[i]));
}

static void
set_up_loaded_links (Growth *growth)
{
  set_up_links (growth);
  growth_load (growth, growth->from_list);
  growth_load (growth, growth->to_list);
}

static void
fill_pairs (Growth *growth)
{
  growth_run (growth, "INSERT INTO item_labels (item_id, label_id) SELECT 1, id FROM labels");
}

static void
set_up_linked (Growth *growth)
{
  set_up_links (growth);
  fill_pairs (growth);
}

static void
set_up_loaded_linked (Growth *growth)
{
  set_up_linked (growth);
  growth_load (growth, growth->from_list);
  growth_load (growth, growth->to_list);
  if (growth->kind == GROWTH_IN_OWN_ORDER)
    {
      orm_collection_move (growth->from_list, growth->items->len - 1, 1);
      growth_commit (growth);
    }
  growth_shuffle (growth->items);
}

static void
set_up_all_loaded_linked (Growth *growth)
{
  set_up_loaded_linked (growth);
  for (guint i = 0; i < growth->items->len; i++)
    growth_load (growth, orm_entity_get_collection (growth->items->pdata[i], "items"));
}

static void
run_link (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    orm_collection_append (growth->from_list, growth->items->pdata[i]);
  growth_end (growth);
}

static void
run_link_from_other_side (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    orm_collection_append (orm_entity_get_collection (growth->items->pdata[i], "items"),
                           growth->from);
  growth_end (growth);
}

static void
run_splice_links (Growth *growth)
{
  guint n = growth->items->len;

  orm_session_set_label (growth->session, "A step");
  orm_collection_splice (growth->from_list, n / 4, n / 2, growth->items->pdata, n / 2);
}

static void
run_replace_links (Growth *growth)
{
  guint n = growth->items->len;

  orm_session_set_label (growth->session, "A step");
  orm_collection_replace (growth->from_list, growth->items->pdata, n / 2);
}

static void
run_delete_item (Growth *growth)
{
  run_delete_owner (growth);
}

static void
run_load_each_of_links (Growth *growth)
{
  orm_session_set_autoflush (growth->session, FALSE);
  run_link (growth);
  for (guint i = 0; i < growth->items->len; i++)
    growth_load (growth, orm_entity_get_collection (growth->items->pdata[i], "items"));
}

static void
set_up_links_elsewhere (Growth *growth)
{
  set_up_all_loaded_linked (growth);
  for (guint i = 0; i < growth->items->len; i++)
    orm_collection_append (growth->to_list, growth->items->pdata[i]);
  growth_run_elsewhere (growth, "DELETE FROM item_labels WHERE label_id %% 2 = 0");
}

/*
 * Live lists and totals.
 */
static void
set_up_observed (Growth *growth)
{
  static const char *const orders[][2] = {
    { NULL, NULL },     { "id", NULL },       { "date", NULL },
    { "date", "name" }, { "number", "name" }, { "name", NULL },
  };

  set_up_lists (growth);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (GROWTH_TYPE_ITEM);

      for (guint j = 0; j < 2 && orders[i][j] != NULL; j++)
        orm_query_order_by (query, orders[i][j], j == 0 ? ORM_DESCENDING : ORM_ASCENDING);
      growth_hold (growth, growth_observe (growth, query));
    }
}

static void
set_up_observed_alike (Growth *growth)
{
  g_autoptr (OrmQuery) query = orm_query_new (GROWTH_TYPE_ITEM);

  set_up_lists (growth);
  growth_run (growth, "UPDATE items SET number = 7");
  growth_check (orm_session_refresh (growth->session, NULL, NULL), NULL);
  orm_query_order_by (query, "number", ORM_ASCENDING);
  orm_query_order_by (query, "name", ORM_ASCENDING);
  growth_hold (growth, growth_observe (growth, query));
}

static void
run_set_numbers (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    orm_entity_set_int64 (growth->items->pdata[i], GROWTH_ITEM_NUMBER, 8 + i % 2);
  growth_end (growth);
}

static void
set_up_observed_filtered (Growth *growth)
{
  g_autoptr (OrmQuery) query = orm_query_new (GROWTH_TYPE_ITEM);

  set_up_lists (growth);
  orm_query_where (query, "number", ORM_GREATER, (gint64) 100);
  orm_query_where (query, "list.name", ORM_EQUAL, "list 1");
  growth_hold (growth, growth_observe (growth, query));
}

static void
observe_totals (Growth *growth, const char *group)
{
  g_autoptr (OrmQuery) query = orm_query_new (GROWTH_TYPE_ITEM);
  g_autoptr (GError) error = NULL;
  OrmTotals *totals = orm_session_observe_totals (growth->session, query, group, "number", &error);

  growth_check (totals != NULL, &error);
  while (orm_totals_get_loading (totals))
    g_main_context_iteration (NULL, TRUE);
  growth_hold (growth, totals);
}

static void
set_up_totals (Growth *growth)
{
  set_up_lists (growth);
  observe_totals (growth, growth_to_one (growth));
  observe_totals (growth, "date.month");
}

/*
 * One group for each of many lists.
 */
static void
set_up_many_totals (Growth *growth)
{
  set_up_lists_of_members (growth);
  observe_totals (growth, "list");
}

static void
run_observe_totals (Growth *growth)
{
  observe_totals (growth, "list");
}

static void
run_empty_lists (Growth *growth)
{
  growth_begin (growth);
  for (guint i = 0; i < growth->items->len; i++)
    {
      OrmCollection *list = orm_entity_get_collection (growth->items->pdata[i], "members");

      orm_collection_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), NULL, 0);
    }
  growth_end (growth);
}

static void
run_find (Growth *growth)
{
  g_autoptr (OrmQuery) query = orm_query_new (GROWTH_TYPE_ITEM);
  g_autoptr (GListModel) list = NULL;

  orm_query_order_by (query, "name", ORM_ASCENDING);
  list = growth_find (growth, query);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_object_unref (g_list_model_get_item (list, i));
}

static void
prefetch (Growth *growth, GType type, const char *path)
{
  g_autoptr (OrmQuery) query = orm_query_new (type);

  orm_query_prefetch (query, path);
  growth_hold (growth, growth_find (growth, query));
}

static void
run_prefetch_members (Growth *growth)
{
  prefetch (growth, GROWTH_TYPE_LIST, "rows");
}

static void
run_prefetch_list (Growth *growth)
{
  prefetch (growth, GROWTH_TYPE_ITEM, "table");
}

static void
run_prefetch_links (Growth *growth)
{
  prefetch (growth, GROWTH_TYPE_LABEL, "items");
}

/*
 * Opens and releases small live lists.
 */
static void
run_open_queries (Growth *growth)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < growth->n / 3; i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (GROWTH_TYPE_LABEL);

      g_ptr_array_add (lists, growth_observe (growth, query));
    }
}

static void
run_unsaved_and_close (Growth *growth)
{
  run_set_to_one (growth);
  add_new (growth);
  orm_session_close (growth->session);
}

static void
run_release_unsaved (Growth *growth)
{
  run_set_to_one (growth);
  add_new (growth);
  g_clear_object (&growth->session);
}

static void
run_savepoints (Growth *growth)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < growth->items->len / 4; i++)
    {
      orm_entity_set_int64 (growth->items->pdata[i], GROWTH_ITEM_NUMBER, 7 + i);
      growth_check (orm_session_savepoint (growth->session, "here", &error), &error);
      orm_entity_set_int64 (growth->items->pdata[i], GROWTH_ITEM_NUMBER, 8 + i);
      growth_check (orm_session_rollback_to (growth->session, "here", &error), &error);
    }
}

static void
run_commit_each (Growth *growth)
{
  for (guint i = 0; i < growth->items->len / 4; i++)
    {
      orm_entity_set_reference (growth->items->pdata[i], growth_to_one (growth), growth->to);
      growth_commit (growth);
    }
}

/*
 * A read flushes, except items without their owner and new items that belong
 * to those.
 */
static void
set_up_moving (Growth *growth)
{
  set_up_parts (growth);
  for (guint i = 0; i < growth->n / 3; i++)
    g_ptr_array_add (growth->items, g_list_model_get_item (G_LIST_MODEL (growth->from_list), i));
}

static void
run_moves_and_reads (Growth *growth)
{
  for (guint i = 0; i < growth->items->len; i++)
    {
      OrmEntity *label = growth_hold (growth, g_object_new (GROWTH_TYPE_LABEL, NULL));

      orm_collection_remove (growth->from_list, growth->items->pdata[i]);
      orm_collection_append (orm_entity_get_collection (growth->items->pdata[i], "labels"), label);
    }

  for (guint i = 0; i < 4; i++)
    run_find (growth);
}

static const Work works[] = {
  { "set to-one", set_up_lists, run_set_to_one, AFTER_ALL, IN_ALL_ORDERS, TRUE },
  { "remove", set_up_lists, run_remove, AFTER_ALL, IN_ALL_ORDERS, TRUE },
  { "append", set_up_lists, run_append, AFTER_ALL, IN_ALL_ORDERS, TRUE },
  { "add new", set_up_lists, run_add, AFTER_ALL, IN_ALL_ORDERS, TRUE },
  { "delete", set_up_lists, run_delete, AFTER_ALL, IN_ALL_ORDERS, TRUE },
  { "splice out", set_up_lists, run_splice_out, AFTER_ALL, IN_ALL_ORDERS, FALSE },
  { "splice in", set_up_lists, run_splice_in, AFTER_ALL, IN_ALL_ORDERS, FALSE },
  { "splice over", set_up_lists, run_splice_over, AFTER_ALL, IN_ALL_ORDERS, FALSE },
  { "replace", set_up_lists, run_replace, AFTER_ALL, IN_ALL_ORDERS, FALSE },
  { "move within", set_up_lists, run_move_within, AFTER_ROLLBACK, IN_ORDERS, TRUE },
  { "move to and fro", set_up_lists, run_move_to_and_fro, AFTER_ROLLBACK, IN_ORDERS, TRUE },
  { "set date", set_up_lists, run_set_date, AFTER_ALL, IN_ALL_ORDERS, TRUE },
  { "find position", set_up_lists, run_find_in, AFTER_NOTHING, IN_ALL_ORDERS, FALSE },
  { "add and delete", set_up_lists, run_add_and_delete, AFTER_ROLLBACK, IN_ALL_ORDERS, TRUE },
  { "delete and add again", set_up_lists, run_delete_and_add_again, AFTER_ROLLBACK, IN_ALL_ORDERS,
    TRUE },
  { "set to-one, unloaded", set_up_unloaded, run_set_to_one, AFTER_ALL, 0, TRUE },
  { "append, unloaded", set_up_unloaded, run_append, AFTER_ALL, 0, TRUE },
  { "add new, unloaded", set_up_unloaded, run_add, AFTER_ALL, 0, TRUE },
  { "delete, unloaded", set_up_unloaded, run_delete, AFTER_ALL, 0, TRUE },
  { "set several columns", set_up_lists, run_set_many, AFTER_ALL, 0, TRUE },
  { "set and set back", set_up_lists, run_set_and_set_back, AFTER_ALL, 0, FALSE },
  { "rotate unique names", set_up_lists, run_rotate, AFTER_ALL, 0, TRUE },
  { "reuse ids", set_up_lists, run_reuse_ids, AFTER_ALL, 0, TRUE },
  { "delete owner, nullify", set_up_members, run_delete_owner, AFTER_ALL, 0, FALSE },
  { "delete owner, cascade", set_up_parts, run_delete_owner, AFTER_ALL, 0, FALSE },
  { "delete owner, database", set_up_rows, run_delete_owner, AFTER_ALL, 0, FALSE },
  { "delete owner, unread", set_up_rows, run_delete_owner_unread, AFTER_ROLLBACK, 0, FALSE },
  { "delete orphans", set_up_parts, run_orphan, AFTER_ALL, 0, FALSE },
  { "delete owners, nullify", set_up_lists_of_members, run_delete, AFTER_ALL, 0, TRUE },
  { "delete owners, cascade", set_up_lists_of_parts, run_delete, AFTER_ALL, 0, TRUE },
  { "delete owners, database", set_up_lists_of_rows, run_delete, AFTER_ALL, 0, TRUE },
  { "denied deletion", set_up_lists_of_guards, run_denied, AFTER_NOTHING, 0, FALSE },
  { "add owners, deny", set_up_nothing, run_add_owners, AFTER_ALL, 0, TRUE },
  { "merge updates", set_up_updated, run_merge, AFTER_NOTHING, IN_ALL_ORDERS, FALSE },
  { "merge inserts", set_up_inserted, run_merge, AFTER_NOTHING, IN_ALL_ORDERS, FALSE },
  { "merge deletions", set_up_gone, run_merge, AFTER_NOTHING, IN_ALL_ORDERS, FALSE },
  { "merge moves", set_up_moved, run_merge, AFTER_NOTHING, IN_ALL_ORDERS, FALSE },
  { "merge over unsaved", set_up_updated_unsaved, run_merge, AFTER_ROLLBACK, IN_ALL_ORDERS, FALSE },
  { "merge into many lists", set_up_many_lists_updated, run_merge, AFTER_NOTHING, 0, FALSE },
  { "refresh all", set_up_updated, run_refresh, AFTER_NOTHING, IN_ALL_ORDERS, FALSE },
  { "refresh each", set_up_updated, run_refresh_each, AFTER_NOTHING, IN_ALL_ORDERS, FALSE },
  { "link", set_up_links, run_link, AFTER_ALL, 0, TRUE },
  { "link, loaded", set_up_loaded_links, run_link, AFTER_ALL, 0, TRUE },
  { "link from other side", set_up_links, run_link_from_other_side, AFTER_ALL, 0, TRUE },
  { "unlink", set_up_linked, run_remove, AFTER_ALL, 0, TRUE },
  { "unlink, loaded", set_up_loaded_linked, run_remove, AFTER_ALL, IN_ORDERS, TRUE },
  { "unlink, all loaded", set_up_all_loaded_linked, run_remove, AFTER_ALL, 0, TRUE },
  { "splice links", set_up_loaded_linked, run_splice_links, AFTER_ALL, IN_ORDERS, FALSE },
  { "replace links", set_up_loaded_linked, run_replace_links, AFTER_ALL, IN_ORDERS, FALSE },
  { "delete linked", set_up_linked, run_delete, AFTER_ALL, 0, TRUE },
  { "delete linked, loaded", set_up_loaded_linked, run_delete, AFTER_ALL, 0, TRUE },
  { "delete linked, all loaded", set_up_all_loaded_linked, run_delete, AFTER_ALL, 0, TRUE },
  { "delete item of links", set_up_all_loaded_linked, run_delete_item, AFTER_ALL, 0, FALSE },
  { "load each of links", set_up_links, run_load_each_of_links, AFTER_NOTHING, 0, FALSE },
  { "merge links", set_up_links_elsewhere, run_merge, AFTER_ROLLBACK, 0, FALSE },
  { "observe, set to-one", set_up_observed, run_set_to_one, AFTER_ALL, 0, TRUE },
  { "observe, set columns", set_up_observed, run_set_many, AFTER_ALL, 0, TRUE },
  { "observe, delete", set_up_observed, run_delete, AFTER_ALL, 0, TRUE },
  { "observe, add", set_up_observed, run_add, AFTER_ALL, 0, TRUE },
  { "observe alike", set_up_observed_alike, run_set_numbers, AFTER_ALL, 0, TRUE },
  { "observe filtered", set_up_observed_filtered, run_set_to_one, AFTER_ALL, 0, TRUE },
  { "observe filtered numbers", set_up_observed_filtered, run_set_numbers, AFTER_ALL, 0, TRUE },
  { "totals, set to-one", set_up_totals, run_set_to_one, AFTER_ALL, 0, TRUE },
  { "totals, set columns", set_up_totals, run_set_many, AFTER_ALL, 0, TRUE },
  { "totals, many groups", set_up_many_totals, run_empty_lists, AFTER_ALL, 0, TRUE },
  { "totals, delete groups", set_up_many_totals, run_delete, AFTER_ALL, 0, TRUE },
  { "open totals", set_up_lists_of_members, run_observe_totals, AFTER_NOTHING, 0, FALSE },
  { "find", set_up_lists, run_find, AFTER_NOTHING, 0, FALSE },
  { "prefetch lists", set_up_lists_of_rows, run_prefetch_members, AFTER_NOTHING, 0, FALSE },
  { "prefetch to-ones", set_up_lists_of_rows, run_prefetch_list, AFTER_NOTHING, 0, FALSE },
  { "prefetch links", set_up_linked, run_prefetch_links, AFTER_NOTHING, 0, FALSE },
  { "open live lists", set_up_nothing, run_open_queries, AFTER_NOTHING, 0, FALSE },
  { "close with unsaved", set_up_lists, run_unsaved_and_close, AFTER_NOTHING, IN_ALL_ORDERS, TRUE },
  { "release unsaved", set_up_lists, run_release_unsaved, AFTER_NOTHING, 0, TRUE },
  { "savepoint for each", set_up_lists, run_savepoints, AFTER_COMMIT, 0, FALSE },
  { "commit each", set_up_lists, run_commit_each, AFTER_NOTHING, IN_ALL_ORDERS, FALSE },
  { "moves and reads", set_up_moving, run_moves_and_reads, AFTER_ROLLBACK, 0, FALSE },
};

static void
run_with_rollback (Table *table, const Work *work, Growth *growth)
{
  work->set_up (growth);
  measure (table, "itself", growth, work->run);
  measure (table, "rollback", growth, growth_rollback);
}

static void
run_with_savepoint (Table *table, const Work *work, Growth *growth)
{
  work->set_up (growth);
  growth_savepoint (growth);
  work->run (growth);
  measure (table, "flush", growth, growth_flush);
  measure (table, "rollback_to", growth, growth_rollback_to);
}

static void
run_with_commit (Table *table, const Work *work, Growth *growth)
{
  work->set_up (growth);
  measure (table, "itself", growth, work->run);
  if (work->after == AFTER_NOTHING)
    return;

  measure (table, "commit", growth, growth_commit);
  if (!orm_session_can_undo (growth->session))
    return;

  measure (table, "undo", growth, growth_undo);
  measure (table, "redo", growth, growth_redo);
}

static void
run_once (Table *table, const Work *work, guint n, GrowthKind kind, gboolean is_grouped)
{
  typedef void (*RunFunc) (Table *, const Work *, Growth *);
  static const RunFunc functions[] = { run_with_commit, run_with_rollback, run_with_savepoint };
  guint first = work->after == AFTER_ROLLBACK ? 1 : 0;
  guint end = work->after == AFTER_ALL ? 3 : first + 1;

  for (guint i = first; i < end; i++)
    {
      Growth growth;

      growth_open (&growth, n, kind, is_grouped);
      functions[i](table, work, &growth);
      growth_close (&growth);
    }
}

static gboolean
print_row (Table *table, const Row *row)
{
  double first = row->seconds[0], last = row->seconds[table->n_sizes - 1];
  double exponent = table->n_sizes > 1 ? log2 (last / first) / (double) (table->n_sizes - 1) : 0;
  gboolean is_met = exponent <= MAX_EXPONENT || last < MIN_SECONDS;

  g_print ("  %-12s", row->stage);
  for (guint i = 0; i < table->n_sizes; i++)
    g_print (" %8.3f", row->seconds[i]);
  g_print ("  %5.2f%s\n", exponent, is_met ? "" : "  MISSED");
  return is_met;
}

static gboolean
run_work (const Work *work, guint n_first, guint n_doublings, GrowthKind kind, gboolean is_grouped)
{
  static const char *const kinds[] = { ", by id", ", in own order", ", by column" };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  Table table = { .rows = rows, .n_sizes = n_doublings + 1 };
  gboolean is_met = TRUE;

  for (; table.size < table.n_sizes; table.size++)
    for (guint trial = 0; trial < N_TRIALS; trial++)
      run_once (&table, work, n_first << table.size, kind, is_grouped);

  g_print ("%s%s%s\n", work->name, work->kinds != 0 ? kinds[kind] : "",
           !work->is_either ? ""
           : is_grouped     ? ", in a group"
                            : ", one by one");
  for (guint i = 0; i < rows->len; i++)
    is_met &= print_row (&table, g_ptr_array_index (rows, i));
  return is_met;
}

static gboolean
run_each (const Work *work, guint n_first, guint n_doublings)
{
  gboolean is_met = TRUE;

  for (guint kind = GROWTH_BY_ID; kind <= GROWTH_BY_COLUMN; kind++)
    for (guint grouped = 0; grouped < (work->is_either ? 2 : 1); grouped++)
      if ((work->kinds & 1 << kind) != 0 || (work->kinds == 0 && kind == GROWTH_BY_ID))
        is_met &= run_work (work, n_first, n_doublings, (GrowthKind) kind, grouped == 1);

  return is_met;
}

static gboolean
read_number (const char *text, guint64 most, guint64 *number)
{
  return text == NULL || g_ascii_string_to_unsigned (text, 10, 0, most, number, NULL);
}

int
main (int argc, char **argv)
{
  guint64 n_first = USUAL_FIRST, n_doublings = USUAL_DOUBLINGS;
  const char *name = argc > 3 ? argv[3] : "";
  gboolean is_met = TRUE;

  if (argc > 4 || !read_number (argc > 1 ? argv[1] : NULL, G_MAXINT32 / 4096, &n_first) ||
      !read_number (argc > 2 ? argv[2] : NULL, MAX_SIZES - 1, &n_doublings) || n_first < 30)
    {
      g_printerr ("Usage: benchmark-orm-growth [FIRST] [DOUBLINGS] [NAME]\n");
      return 2;
    }

  g_print ("Seconds of processor time for %u", (guint) n_first);
  for (guint i = 1; i <= n_doublings; i++)
    g_print (", %u", (guint) n_first << i);
  g_print (" elements, and the exponent (at most %.2f):\n", MAX_EXPONENT);

  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    if (strstr (works[i].name, name) != NULL)
      is_met &= run_each (&works[i], (guint) n_first, (guint) n_doublings);

  return is_met ? EXIT_SUCCESS : EXIT_FAILURE;
}
