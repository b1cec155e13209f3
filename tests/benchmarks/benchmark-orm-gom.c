/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The operations with libgom 0.4: resources, filters and resource groups. It
 * has no relationships, so a foreign key is looked up by hand; it has no sums
 * and no live lists, so it cannot do those operations.
 */

#include "config.h"

#include "benchmark-orm-gom-resources.h"
#include "benchmark-orm.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static GomAdapter *adapter;
static GomRepository *repository;
static gint64 n_all;

/*
 * Renames the copy's columns to names that libgom can use, before it is
 * opened.
 */
static void
rename_columns (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK ||
      sqlite3_exec (db,
                    "ALTER TABLE expenses RENAME COLUMN user_id TO \"user-id\"; "
                    "ALTER TABLE expenses RENAME COLUMN category_id TO \"category-id\"",
                    NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_close (db);
}

/*
 * The adapter runs SQL in its own thread only.
 */
static void
set_pragmas (GomAdapter *self, gpointer data)
{
  static const char *const pragmas[] = {
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    sqlite3_exec (gom_adapter_get_handle (self), pragmas[i], NULL, NULL, NULL);
  g_async_queue_push (data, GINT_TO_POINTER (TRUE));
}

static gboolean
gom_open (const char *path, gint64 n_expenses)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GAsyncQueue) queue = g_async_queue_new ();
  g_autoptr (GError) error = NULL;

  rename_columns (path);
  adapter = gom_adapter_new ();
  if (!gom_adapter_open_sync (adapter, uri, &error))
    g_error ("%s", error->message);
  gom_adapter_queue_write (adapter, set_pragmas, queue);
  g_async_queue_pop (queue);

  repository = gom_repository_new (adapter);
  n_all = n_expenses;
  return TRUE;
}

static void
gom_close (void)
{
  g_clear_object (&repository);
  gom_adapter_close_sync (adapter, NULL);
  g_clear_object (&adapter);
}

static GomFilter *
filter_by (GType type, const char *property, gint64 number)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_INT64);
  g_value_set_int64 (&value, number);
  return gom_filter_new_eq (type, property, &value);
}

static gpointer
find_one (GType type, gint64 id)
{
  g_autoptr (GomFilter) filter = filter_by (type, "id", id);
  g_autoptr (GError) error = NULL;
  gpointer resource = gom_repository_find_one_sync (repository, type, filter, &error);

  if (resource == NULL)
    g_error ("%s", error->message);
  return resource;
}

/*
 * A group has a count; its items have to be fetched.
 */
static GomResourceGroup *
find (GType type, GomFilter *filter, GomSorting *sorting)
{
  g_autoptr (GError) error = NULL;
  GomResourceGroup *group =
    gom_repository_find_sorted_sync (repository, type, filter, sorting, &error);

  if (group == NULL)
    g_error ("%s", error->message);
  return group;
}

static void
fetch (GomResourceGroup *group, guint from, guint n)
{
  g_autoptr (GError) error = NULL;

  if (n > 0 && !gom_resource_group_fetch_sync (group, from, n, &error))
    g_error ("%s", error->message);
}

static GomResourceGroup *
find_expenses_of (gint64 user_id)
{
  g_autoptr (GomFilter) filter = filter_by (GOM_BENCH_TYPE_EXPENSE, "user-id", user_id);
  g_autoptr (GomSorting) sorting =
    gom_sorting_new (GOM_BENCH_TYPE_EXPENSE, "id", GOM_SORTING_ASCENDING, NULL);

  return find (GOM_BENCH_TYPE_EXPENSE, filter, sorting);
}

static GomSorting *
latest_first (void)
{
  return gom_sorting_new (GOM_BENCH_TYPE_EXPENSE, "date", GOM_SORTING_DESCENDING,
                          GOM_BENCH_TYPE_EXPENSE, "id", GOM_SORTING_DESCENDING, NULL);
}

/*
 * The ids can be read only through the resources.
 */
static GArray *
read_ids (GomResourceGroup *group)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = gom_resource_group_get_count (group);

  fetch (group, 0, n);
  for (guint i = 0; i < n; i++)
    g_array_append_val (ids, GOM_BENCH_EXPENSE (gom_resource_group_get_index (group, i))->id);
  return ids;
}

static BenchResult
open_person (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GomResourceGroup) group = find_expenses_of (BENCH_USER_OPENED);
  g_autoptr (GArray) ids = read_ids (group);

  return (BenchResult){ bench_ms_since (start, 1), ids->len };
}

static BenchResult
open_list (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GomSorting) sorting = latest_first ();
  g_autoptr (GomResourceGroup) group = find (GOM_BENCH_TYPE_EXPENSE, NULL, sorting);
  g_autoptr (GArray) ids = read_ids (group);
  BenchResult result = { bench_ms_since (start, 1), 0 };

  result.check = g_array_index (ids, gint64, 0) + g_array_index (ids, gint64, ids->len / 2) +
                 g_array_index (ids, gint64, ids->len - 1);
  return result;
}

static gint64
take_expense (GomBenchExpense *expense)
{
  return bench_check_expense (expense->id, expense->user_id, expense->category_id,
                              expense->description, expense->amount, atoi (expense->date + 8));
}

static BenchResult
show_pages (guint run)
{
  g_auto (GValue) above = G_VALUE_INIT;
  g_autoptr (GomFilter) filter = NULL;
  g_autoptr (GomSorting) sorting = latest_first ();
  g_autoptr (GomResourceGroup) group = NULL;
  gint64 start, check = 0;

  g_value_init (&above, G_TYPE_INT64);
  g_value_set_int64 (&above, BENCH_PAGE_ABOVE);
  filter = gom_filter_new_gt (GOM_BENCH_TYPE_EXPENSE, "amount", &above);
  group = find (GOM_BENCH_TYPE_EXPENSE, filter, sorting);

  start = g_get_monotonic_time ();
  for (guint i = 0; i < BENCH_N_PAGES; i++)
    {
      guint from = bench_pick_page (run, i, gom_resource_group_get_count (group));

      fetch (group, from, BENCH_PAGE_SIZE);
      for (guint j = from; j < from + BENCH_PAGE_SIZE; j++)
        check += take_expense (GOM_BENCH_EXPENSE (gom_resource_group_get_index (group, j)));
    }

  return (BenchResult){ bench_ms_since (start, BENCH_N_PAGES), check };
}

static GHashTable *
read_categories (void)
{
  g_autoptr (GomResourceGroup) group = find (GOM_BENCH_TYPE_CATEGORY, NULL, NULL);
  GHashTable *categories =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_object_unref);

  fetch (group, 0, gom_resource_group_get_count (group));
  for (guint i = 0; i < gom_resource_group_get_count (group); i++)
    {
      GomBenchCategory *category = GOM_BENCH_CATEGORY (gom_resource_group_get_index (group, i));

      g_hash_table_insert (categories, &category->id, g_object_ref (category));
    }

  return categories;
}

static gint64
walk_person (gint64 user_id, GHashTable *categories)
{
  g_autoptr (GomResourceGroup) group = find_expenses_of (user_id);
  guint n = gom_resource_group_get_count (group);
  gint64 check = 0;

  fetch (group, 0, n);
  for (guint i = 0; i < n; i++)
    {
      GomBenchExpense *expense = GOM_BENCH_EXPENSE (gom_resource_group_get_index (group, i));
      GomBenchCategory *category = g_hash_table_lookup (categories, &expense->category_id);

      check += take_expense (expense) + (gint64) strlen (category->name);
    }

  return check;
}

static BenchResult
walk (void)
{
  gint64 start = g_get_monotonic_time (), check = 0;
  g_autoptr (GHashTable) categories = read_categories ();
  g_autoptr (GomResourceGroup) users = find (GOM_BENCH_TYPE_USER, NULL, NULL);

  fetch (users, 0, gom_resource_group_get_count (users));
  for (guint i = 0; i < gom_resource_group_get_count (users); i++)
    check += walk_person (GOM_BENCH_USER (gom_resource_group_get_index (users, i))->id, categories);

  return (BenchResult){ bench_ms_since (start, 1), check };
}

static BenchResult
insert (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GomResourceGroup) group = gom_resource_group_new (repository);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < BENCH_N_INSERTS; i++)
    {
      g_autoptr (GomBenchExpense) expense =
        g_object_new (GOM_BENCH_TYPE_EXPENSE, "repository", repository, NULL);

      expense->user_id = BENCH_USER_INSERTED;
      expense->category_id = i % BENCH_N_CATEGORIES + 1;
      expense->description = g_strdup_printf ("Inserted %d", i);
      expense->amount = i + 1;
      expense->date = g_strdup ("2026-11-22");
      gom_resource_group_append (group, GOM_RESOURCE (expense));
    }

  if (!gom_resource_group_write_sync (group, &error))
    g_error ("%s", error->message);
  return (BenchResult){ bench_ms_since (start, 1), BENCH_N_INSERTS };
}

static BenchResult delete (void)
{
  g_autoptr (GomBenchUser) user = find_one (GOM_BENCH_TYPE_USER, BENCH_USER_DELETED);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (!gom_resource_delete_sync (GOM_RESOURCE (user), &error))
    g_error ("%s", error->message);
  return (BenchResult){ bench_ms_since (start, 1), 1 };
}

static BenchResult
edit (guint run)
{
  g_autoptr (GPtrArray) expenses = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 start;

  for (guint i = 0; i < BENCH_N_EDITS; i++)
    g_ptr_array_add (expenses, find_one (GOM_BENCH_TYPE_EXPENSE, bench_pick (run, i, n_all)));

  start = g_get_monotonic_time ();
  for (guint i = 0; i < BENCH_N_EDITS; i++)
    {
      GomBenchExpense *expense = g_ptr_array_index (expenses, i);
      g_autoptr (GError) error = NULL;
      char text[16];
      GDate date;

      bench_pick_date (run, i, &date);
      g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
      g_object_set (expense, "amount", bench_pick_amount (run, i), "date", text, NULL);
      if (!gom_resource_save_sync (GOM_RESOURCE (expense), &error))
        g_error ("%s", error->message);
    }

  return (BenchResult){ bench_ms_since (start, BENCH_N_EDITS), 1 };
}

static BenchResult
gom_run (BenchWork work, guint run)
{
  switch (work)
    {
    case BENCH_OPEN:
      return open_person ();
    case BENCH_LIST:
      return open_list ();
    case BENCH_PAGE:
      return show_pages (run);
    case BENCH_WALK:
      return walk ();
    case BENCH_INSERT:
      return insert ();
    case BENCH_DELETE:
      return delete ();
    case BENCH_EDIT_COMMIT:
      return edit (run);
    case BENCH_TOTALS:
    case BENCH_INSERT_WITH_VIEWS:
    case BENCH_MOVE:
    case BENCH_EDIT_WITH_VIEWS:
    case BENCH_EDIT_WITH_VIEWS_COMMIT:
      return BENCH_CANNOT;
    case BENCH_N_WORKS:
    default:
      g_assert_not_reached ();
    }
}

const BenchContender bench_gom = { "libgom", gom_open, gom_run, gom_close };
