/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * What a many-to-many would cost as an entity with two to-ones:
 * benchmark-orm-links [RUNS].
 *
 * Expenses and tags are related once by ORM_MANY_TO_MANY and once by an entity
 * between the two. Both do the same operations, each run on a new copy of a
 * book with 100,000 expenses for one tag. Times are processor times of all
 * threads.
 */

#include "config.h"

#include "benchmark-orm-book.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/resource.h>

#define USUAL_RUNS 5
#define MAX_RUNS 99

/* The tag with the long list, the number of its expenses, and of the others. */
#define LONG_TAG 1
#define N_LINKED 100000
#define N_CHANGED 10000
#define N_EXPENSES (N_LINKED + N_CHANGED)
#define N_TAGS 11
#define N_ASKED 1000

typedef enum
{
  LINKS,
  ENTITY,
  N_SHAPES
} Shape;

/* In the order of a run. */
typedef enum
{
  ASK_UNLOADED,
  OPEN,
  ASK_LOADED,
  LINK,
  UNLINK,
  UNDO,
  MERGE,
  MEMORY_LOADED,
  MEMORY_UNSAVED,
  FILE_SIZE,
  N_WORKS
} Work;

static const char *const works[N_WORKS] = {
  [ASK_UNLOADED] = "ask of 1,000 whether one is linked, ms",
  [OPEN] = "open a tag's list of 100,000, ms",
  [ASK_LOADED] = "ask of 1,000, the list loaded, ms",
  [LINK] = "link 10,000 and commit, ms",
  [UNLINK] = "unlink 10,000 and commit, ms",
  [UNDO] = "undo that, ms",
  [MERGE] = "merge after another program linked one, ms",
  [MEMORY_LOADED] = "memory per link in the list, bytes",
  [MEMORY_UNSAVED] = "memory per unsaved link, bytes",
  [FILE_SIZE] = "file per link, bytes",
};

#define LINKED_TYPE_EXPENSE (linked_expense_get_type ())
G_DECLARE_FINAL_TYPE (LinkedExpense, linked_expense, LINKED, EXPENSE, OrmEntity)

#define LINKED_TYPE_TAG (linked_tag_get_type ())
G_DECLARE_FINAL_TYPE (LinkedTag, linked_tag, LINKED, TAG, OrmEntity)

#define PAIRED_TYPE_EXPENSE (paired_expense_get_type ())
G_DECLARE_FINAL_TYPE (PairedExpense, paired_expense, PAIRED, EXPENSE, OrmEntity)

#define PAIRED_TYPE_TAG (paired_tag_get_type ())
G_DECLARE_FINAL_TYPE (PairedTag, paired_tag, PAIRED, TAG, OrmEntity)

/* The entity between the two. */
#define EXPENSE_TYPE_TAG (expense_tag_get_type ())
G_DECLARE_FINAL_TYPE (ExpenseTag, expense_tag, EXPENSE, TAG, OrmEntity)

struct _LinkedExpense
{
  OrmEntity parent_instance;

  gint64 amount;
};

struct _LinkedTag
{
  OrmEntity parent_instance;

  char *name;
};

struct _PairedExpense
{
  OrmEntity parent_instance;

  gint64 amount;
};

struct _PairedTag
{
  OrmEntity parent_instance;

  char *name;
};

struct _ExpenseTag
{
  OrmEntity parent_instance;
};

G_DEFINE_FINAL_TYPE (LinkedExpense, linked_expense, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (LinkedTag, linked_tag, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (PairedExpense, paired_expense, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (PairedTag, paired_tag, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (ExpenseTag, expense_tag, ORM_TYPE_ENTITY)

static const OrmColumn linked_expense_columns[] = {
  ORM_COLUMN ("amount", INT64, LinkedExpense, amount),
};

static const OrmColumn linked_tag_columns[] = {
  ORM_COLUMN ("name", TEXT, LinkedTag, name),
};

static const OrmColumn paired_expense_columns[] = {
  ORM_COLUMN ("amount", INT64, PairedExpense, amount),
};

static const OrmColumn paired_tag_columns[] = {
  ORM_COLUMN ("name", TEXT, PairedTag, name),
};

/* It has no columns, but the array is needed. */
static const OrmColumn expense_tag_columns[] = { { NULL } };

static const OrmRelationship linked_expense_sides[] = {
  ORM_MANY_TO_MANY ("tags", linked_tag_get_type, "expenses", "expense_tags", "expense_id"),
};

static const OrmRelationship linked_tag_sides[] = {
  ORM_MANY_TO_MANY ("expenses", linked_expense_get_type, "tags", "expense_tags", "tag_id"),
};

static const OrmRelationship paired_expense_sides[] = {
  ORM_TO_MANY ("pairs",
               expense_tag_get_type,
               "expense",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DB_CASCADE),
};

static const OrmRelationship paired_tag_sides[] = {
  ORM_TO_MANY ("pairs",
               expense_tag_get_type,
               "tag",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DB_CASCADE),
};

static const OrmRelationship expense_tag_sides[] = {
  ORM_TO_ONE (
    "expense", paired_expense_get_type, "pairs", "expense_id", .flags = ORM_RELATIONSHIP_NOT_NULL),
  ORM_TO_ONE ("tag", paired_tag_get_type, "pairs", "tag_id", .flags = ORM_RELATIONSHIP_NOT_NULL),
};

static void
linked_expense_class_init (LinkedExpenseClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "expenses", linked_expense_columns,
                        G_N_ELEMENTS (linked_expense_columns));
  orm_entity_class_map_relationships (entity_class, linked_expense_sides,
                                      G_N_ELEMENTS (linked_expense_sides));
}

static void
linked_expense_init (LinkedExpense *self)
{
}

static void
linked_tag_class_init (LinkedTagClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "tags", linked_tag_columns,
                        G_N_ELEMENTS (linked_tag_columns));
  orm_entity_class_map_relationships (entity_class, linked_tag_sides,
                                      G_N_ELEMENTS (linked_tag_sides));
}

static void
linked_tag_init (LinkedTag *self)
{
}

static void
paired_expense_class_init (PairedExpenseClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "expenses", paired_expense_columns,
                        G_N_ELEMENTS (paired_expense_columns));
  orm_entity_class_map_relationships (entity_class, paired_expense_sides,
                                      G_N_ELEMENTS (paired_expense_sides));
}

static void
paired_expense_init (PairedExpense *self)
{
}

static void
paired_tag_class_init (PairedTagClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "tags", paired_tag_columns,
                        G_N_ELEMENTS (paired_tag_columns));
  orm_entity_class_map_relationships (entity_class, paired_tag_sides,
                                      G_N_ELEMENTS (paired_tag_sides));
}

static void
paired_tag_init (PairedTag *self)
{
}

static void
expense_tag_class_init (ExpenseTagClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "expense_tags", expense_tag_columns, 0);
  orm_entity_class_map_relationships (entity_class, expense_tag_sides,
                                      G_N_ELEMENTS (expense_tag_sides));
}

static void
expense_tag_init (ExpenseTag *self)
{
}

typedef struct
{
  Shape shape;
  char *path;
  OrmConnection *connection;
  OrmSession *session;
  OrmEntity *tag;
  GListModel *list;    /* the tag's expenses, or the entities between */
  GPtrArray *expenses; /* those to link */
  GPtrArray *pairs;    /* the entities between the expenses and the tag */
} Run;

static void
check (gboolean is_done, GError *error)
{
  if (!is_done)
    g_error ("%s", error != NULL ? error->message : "It was refused");
}

static OrmSession *
new_session (Shape shape, OrmConnection *connection)
{
  if (shape == LINKS)
    return orm_session_new (connection, LINKED_TYPE_EXPENSE, LINKED_TYPE_TAG, G_TYPE_INVALID);

  return orm_session_new (connection, PAIRED_TYPE_EXPENSE, PAIRED_TYPE_TAG, EXPENSE_TYPE_TAG,
                          G_TYPE_INVALID);
}

static void
run_sql (const char *path, const char *format, ...)
{
  g_autofree char *sql = NULL;
  sqlite3 *db = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (sqlite3_open (path, &db) != SQLITE_OK || sqlite3_exec (db, sql, NULL, NULL, NULL))
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  sqlite3_close (db);
}

static double
get_file_size (const char *path)
{
  GStatBuf info;

  run_sql (path, "PRAGMA wal_checkpoint(TRUNCATE)");
  return g_stat (path, &info) == 0 ? (double) info.st_size : 0;
}

/*
 * The first expenses have the tag with the long list and one other tag.
 *
 * Returns: the bytes of each link in the file
 */
static double
make_book (Shape shape, const char *path)
{
  g_autoptr (OrmConnection) connection = bench_book_open (path);
  g_autoptr (OrmSession) session = new_session (shape, connection);
  g_autoptr (GError) error = NULL;
  double size;

  check (orm_session_create_tables (session, &error), error);
  g_clear_object (&session);
  g_clear_object (&connection);

  run_sql (path,
           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
           "INSERT INTO tags (name) SELECT 'Tag ' || i FROM n",
           N_TAGS);
  run_sql (path,
           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
           "INSERT INTO expenses (amount) SELECT i FROM n",
           N_EXPENSES);
  size = get_file_size (path);

  run_sql (path,
           "INSERT INTO expense_tags (expense_id, tag_id) "
           "SELECT id, %d FROM expenses WHERE id <= %d UNION ALL "
           "SELECT id, 2 + id %% %d FROM expenses WHERE id <= %d ORDER BY 1; ANALYZE",
           LONG_TAG, N_LINKED, N_TAGS - 1, N_LINKED);
  return (get_file_size (path) - size) / (2 * N_LINKED);
}

static double
get_processor_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

static double
get_memory (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double) (info.uordblks + info.hblkhd);
}

static GPtrArray *
get_expenses (Run *run, guint first, guint step, guint n)
{
  GType type = run->shape == LINKS ? LINKED_TYPE_EXPENSE : PAIRED_TYPE_EXPENSE;
  GPtrArray *expenses = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (expenses, bench_get (run->session, type, first + i * step));
  return expenses;
}

static void
open_list (Run *run)
{
  run->list = orm_entity_get_collection (run->tag, run->shape == LINKS ? "expenses" : "pairs");
  g_assert_cmpuint (g_list_model_get_n_items (run->list), ==, N_LINKED);
}

static void
open_session (Run *run)
{
  run->session = new_session (run->shape, run->connection);
  run->tag =
    bench_get (run->session, run->shape == LINKS ? LINKED_TYPE_TAG : PAIRED_TYPE_TAG, LONG_TAG);
}

static void
close_session (Run *run)
{
  g_clear_object (&run->tag);
  g_clear_object (&run->session);
}

/*
 * An expense has few tags, so its list is the short one to search.
 */
static gboolean
is_linked (Run *run, OrmEntity *expense)
{
  GListModel *pairs;

  if (run->shape == LINKS)
    return orm_collection_contains (orm_entity_get_collection (run->tag, "expenses"), expense);

  pairs = orm_entity_get_collection (expense, "pairs");
  for (guint i = 0; i < g_list_model_get_n_items (pairs); i++)
    {
      g_autoptr (OrmEntity) pair = g_list_model_get_item (pairs, i);

      if (orm_entity_get_reference_id (pair, "tag") == LONG_TAG)
        return TRUE;
    }

  return FALSE;
}

static double
ask (Run *run, guint first)
{
  g_autoptr (GPtrArray) expenses = get_expenses (run, first, N_EXPENSES / N_ASKED, N_ASKED);
  guint n_linked = 0, n_wanted = 0;
  double start = get_processor_ms ();

  for (guint i = 0; i < expenses->len; i++)
    n_linked += is_linked (run, g_ptr_array_index (expenses, i));
  start = get_processor_ms () - start;

  for (guint i = 0; i < expenses->len; i++)
    n_wanted += orm_entity_get_id (g_ptr_array_index (expenses, i)) <= N_LINKED;
  g_assert_cmpuint (n_linked, ==, n_wanted);
  return start;
}

static void
link_one (Run *run, OrmEntity *expense)
{
  g_autoptr (GError) error = NULL;
  OrmEntity *pair;

  if (run->shape == LINKS)
    {
      check (orm_collection_append (ORM_COLLECTION (run->list), expense), NULL);
      return;
    }

  pair = g_object_new (EXPENSE_TYPE_TAG, NULL);
  g_ptr_array_add (run->pairs, pair);
  orm_entity_set_reference (pair, "expense", expense);
  orm_entity_set_reference (pair, "tag", run->tag);
  check (orm_session_add (run->session, pair, &error), error);
}

static void
link_all (Run *run)
{
  orm_session_begin_group (run->session, "Link");
  for (guint i = 0; i < run->expenses->len; i++)
    link_one (run, g_ptr_array_index (run->expenses, i));
  orm_session_end_group (run->session);
}

/*
 * The entities between are already in memory; otherwise each would have to be
 * found first, as is_linked() does.
 */
static void
unlink_all (Run *run)
{
  g_autoptr (GError) error = NULL;

  orm_session_begin_group (run->session, "Unlink");
  for (guint i = 0; i < run->expenses->len; i++)
    if (run->shape == LINKS)
      check (
        orm_collection_remove (ORM_COLLECTION (run->list), g_ptr_array_index (run->expenses, i)),
        NULL);
    else
      check (orm_session_delete (run->session, g_ptr_array_index (run->pairs, i), &error), error);
  orm_session_end_group (run->session);
}

static void
merge (Run *run)
{
  guint n = g_list_model_get_n_items (run->list);
  g_autoptr (GError) error = NULL;

  check (orm_session_merge (run->session, NULL, &error), error);
  while (g_list_model_get_n_items (run->list) == n)
    g_main_context_iteration (NULL, TRUE);
}

static void
do_reading (Run *run, double *results)
{
  double start;

  /* The connection caches pages, and the class its first statements. */
  open_session (run);
  open_list (run);
  close_session (run);

  open_session (run);
  results[ASK_UNLOADED] = ask (run, 1);

  results[MEMORY_LOADED] = get_memory ();
  start = get_processor_ms ();
  open_list (run);
  results[OPEN] = get_processor_ms () - start;
  results[MEMORY_LOADED] = (get_memory () - results[MEMORY_LOADED]) / N_LINKED;

  results[ASK_LOADED] = ask (run, 2);
}

static void
do_writing (Run *run, double *results)
{
  g_autoptr (GError) error = NULL;
  double start;

  run->expenses = get_expenses (run, N_LINKED + 1, 1, N_CHANGED);
  run->pairs = g_ptr_array_new_with_free_func (g_object_unref);

  results[MEMORY_UNSAVED] = get_memory ();
  start = get_processor_ms ();
  link_all (run);
  results[LINK] = get_processor_ms () - start;
  results[MEMORY_UNSAVED] = (get_memory () - results[MEMORY_UNSAVED]) / N_CHANGED;
  start = get_processor_ms ();
  bench_commit (run->session);
  results[LINK] += get_processor_ms () - start;

  start = get_processor_ms ();
  unlink_all (run);
  bench_commit (run->session);
  results[UNLINK] = get_processor_ms () - start;
  g_assert_cmpuint (g_list_model_get_n_items (run->list), ==, N_LINKED);

  start = get_processor_ms ();
  check (orm_session_undo (run->session, &error), error);
  results[UNDO] = get_processor_ms () - start;
  g_assert_cmpuint (g_list_model_get_n_items (run->list), ==, N_EXPENSES);
}

static void
do_merge (Run *run, double *results)
{
  double start;

  run_sql (run->path,
           "INSERT INTO expenses (id, amount) VALUES (%d, 1);"
           "INSERT INTO expense_tags (expense_id, tag_id) VALUES (%d, %d)",
           N_EXPENSES + 1, N_EXPENSES + 1, LONG_TAG);
  start = get_processor_ms ();
  merge (run);
  results[MERGE] = get_processor_ms () - start;
  g_assert_cmpuint (g_list_model_get_n_items (run->list), ==, N_EXPENSES + 1);
}

static void
run_once (Shape shape, const char *book, const char *copy, double *results)
{
  Run run = { .shape = shape, .path = (char *) copy };

  bench_book_copy (book, copy);
  run.connection = bench_book_open (copy);

  do_reading (&run, results);
  do_writing (&run, results);
  do_merge (&run, results);

  g_ptr_array_unref (run.expenses);
  g_ptr_array_unref (run.pairs);
  close_session (&run);
  g_object_unref (run.connection);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
print_row (Work work, double *results[N_SHAPES], guint n_runs)
{
  double medians[N_SHAPES];

  g_print ("%-44s", works[work]);
  for (Shape shape = 0; shape < N_SHAPES; shape++)
    {
      double values[MAX_RUNS];
      g_autofree char *text = NULL;

      for (guint i = 0; i < n_runs; i++)
        values[i] = results[shape][i * N_WORKS + work];
      qsort (values, n_runs, sizeof *values, compare_doubles);
      medians[shape] = values[n_runs / 2];
      text = g_strdup_printf ("%.2f (%.2f-%.2f)", medians[shape], values[0], values[n_runs - 1]);
      g_print ("%-26s", text);
    }
  g_print ("%.1fx\n", medians[ENTITY] / medians[LINKS]);
}

int
main (int argc, char **argv)
{
  gint64 n_runs = USUAL_RUNS;
  g_autofree char *folder = NULL, *copy = NULL;
  double *results[N_SHAPES];

  if (argc > 2 ||
      (argc == 2 && !g_ascii_string_to_signed (argv[1], 10, 1, MAX_RUNS, &n_runs, NULL)))
    {
      g_printerr ("Usage: benchmark-orm-links [RUNS]\n");
      return 2;
    }

  folder = bench_folder_new ();
  copy = g_build_filename (folder, "copy", NULL);
  for (Shape shape = 0; shape < N_SHAPES; shape++)
    {
      g_autofree char *book = g_strdup_printf ("%s/book-%u", folder, shape);
      double file_size = make_book (shape, book);

      results[shape] = g_new0 (double, n_runs *N_WORKS);
      for (guint i = 0; i < n_runs; i++)
        {
          double *run = results[shape] + i * N_WORKS;

          run_once (shape, book, copy, run);
          run[FILE_SIZE] = file_size;
        }
    }

  g_print ("%-44s%-26s%-26s%s\n", "median (least-greatest)", "many-to-many", "entity", "ratio");
  for (Work work = 0; work < N_WORKS; work++)
    print_row (work, results, (guint) n_runs);

  for (Shape shape = 0; shape < N_SHAPES; shape++)
    g_free (results[shape]);
  bench_folder_remove (folder);
  return EXIT_SUCCESS;
}
