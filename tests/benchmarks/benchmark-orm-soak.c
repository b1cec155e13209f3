/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Whether memory and file stay the same size while the program is used for
 * years: benchmark-orm-soak [ROUNDS] [COMMITS].
 *
 * Opens, edits, undoes and closes a book ROUNDS times, and then commits
 * COMMITS changes to one book with a list, totals and a collection open. Fails
 * if memory grows by more than 2 MB, and what libgda keeps of closed
 * connections, after the first tenth.
 */

#include "config.h"

#include "benchmark-orm-book.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <stdlib.h>

#define N_EXPENSES 10000
#define USUAL_ROUNDS 10000
#define USUAL_COMMITS 1000000
#define MAX_GROWTH 2.0 /* MB */

/* libgda keeps a little of each statement of a closed connection, about half of this in a round. */
#define LIBGDA_KEEPS_PER_ROUND (1.0 / 1024) /* MB */

typedef struct
{
  OrmConnection *connection;
  OrmSession *session;
  GListModel *list;
  OrmTotals *totals;
  GListModel *collection;
  GPtrArray *users;
  GPtrArray *categories;
  GRand *random;
  guint64 n_emitted;
} Soak;

static double
file_size (const char *path, const char *ending)
{
  g_autofree char *file = g_strconcat (path, ending, NULL);
  GStatBuf info;

  return g_stat (file, &info) == 0 ? (double) info.st_size / (1024 * 1024) : 0;
}

static void
print_size (const char *path, gint64 done, gint64 all)
{
  g_print ("%4" G_GINT64_FORMAT " %%  %9" G_GINT64_FORMAT "  memory %7.2f MB, in use %6.2f MB, "
           "file %6.2f MB, log %5.2f MB\n",
           done * 100 / all, done, bench_memory ("VmRSS:"),
           (double) mallinfo2 ().uordblks / (1024 * 1024), file_size (path, ""),
           file_size (path, "-wal"));
}

static gpointer
random_entity (Soak *soak)
{
  gint32 n = (gint32) g_list_model_get_n_items (soak->list);

  return g_list_model_get_item (soak->list, (guint) g_rand_int_range (soak->random, 0, n));
}

static void
set_amount (Soak *soak, OrmEntity *expense)
{
  orm_entity_set_int64 (expense, BENCH_EXPENSE_AMOUNT, g_rand_int_range (soak->random, 1, 1000000));
}

static void
set_date (Soak *soak, OrmEntity *expense)
{
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 2020);

  g_date_add_days (date, (guint) g_rand_int_range (soak->random, 0, 2500));
  orm_entity_set_date (expense, BENCH_EXPENSE_DATE, date);
}

static void
set_description (Soak *soak, OrmEntity *expense)
{
  g_autofree char *text =
    g_strdup_printf ("Something else, number %u", g_rand_int (soak->random) % 1000000);

  orm_entity_set_text (expense, BENCH_EXPENSE_DESCRIPTION, text);
}

static void
set_category (Soak *soak, OrmEntity *expense)
{
  guint index = (guint) g_rand_int_range (soak->random, 0, BENCH_N_CATEGORIES);

  orm_entity_set_reference (expense, "category", g_ptr_array_index (soak->categories, index));
}

static void
set_user (Soak *soak, OrmEntity *expense)
{
  guint index = (guint) g_rand_int_range (soak->random, 0, BENCH_N_USERS);

  orm_entity_set_reference (expense, "user", g_ptr_array_index (soak->users, index));
}

static void
add (Soak *soak)
{
  g_autoptr (OrmEntity) expense = g_object_new (BENCH_TYPE_EXPENSE, NULL);
  g_autoptr (GError) error = NULL;

  set_description (soak, expense);
  set_amount (soak, expense);
  set_date (soak, expense);
  set_user (soak, expense);
  set_category (soak, expense);
  if (!orm_session_add (soak->session, expense, &error))
    g_error ("%s", error->message);
}

static void
remove_one (Soak *soak)
{
  g_autoptr (OrmEntity) expense = random_entity (soak);
  g_autoptr (GError) error = NULL;

  if (!orm_session_delete (soak->session, expense, &error))
    g_error ("%s", error->message);
}

/*
 * Of ten changes, four set an amount, one each sets a text, a date, a category
 * and a person, one adds and one deletes, so that the book keeps its size.
 */
static void
change (Soak *soak, gint64 number)
{
  static void (*const edits[]) (Soak *, OrmEntity *) = {
    set_amount, set_description, set_amount, set_category,
    set_amount, set_user,        set_amount, set_date,
  };
  guint which = (guint) (number % 10);

  if (which < G_N_ELEMENTS (edits))
    {
      g_autoptr (OrmEntity) expense = random_entity (soak);

      edits[which](soak, expense);
    }
  else if (which == 8)
    add (soak);
  else
    remove_one (soak);

  bench_commit (soak->session);
}

static void
on_emitted (guint64 *n_emitted)
{
  (*n_emitted)++;
}

static GPtrArray *
get_all (OrmSession *session, GType type, guint n)
{
  GPtrArray *entities = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 1; i <= n; i++)
    g_ptr_array_add (entities, bench_get (session, type, i));
  return entities;
}

static void
soak_open (Soak *soak, const char *path)
{
  soak->connection = bench_book_open (path);
  soak->session = bench_session_new (soak->connection);
  soak->random = g_rand_new_with_seed (7);
  soak->list = bench_observe_sorted (soak->session, 0);
  soak->totals = bench_observe_totals (soak->session, "category");
  soak->users = get_all (soak->session, BENCH_TYPE_USER, BENCH_N_USERS);
  soak->categories = get_all (soak->session, BENCH_TYPE_CATEGORY, BENCH_N_CATEGORIES);
  soak->collection = orm_entity_get_collection (g_ptr_array_index (soak->users, 0), "expenses");
  g_list_model_get_n_items (soak->collection);

  g_signal_connect_swapped (soak->list, "items-changed", G_CALLBACK (on_emitted), &soak->n_emitted);
  g_signal_connect_swapped (soak->collection, "items-changed", G_CALLBACK (on_emitted),
                            &soak->n_emitted);
  g_signal_connect_swapped (soak->totals, "notify::sum", G_CALLBACK (on_emitted), &soak->n_emitted);
}

static void
soak_close (Soak *soak)
{
  g_signal_handlers_disconnect_by_data (soak->collection, &soak->n_emitted);
  g_clear_object (&soak->list);
  g_clear_object (&soak->totals);
  g_clear_pointer (&soak->users, g_ptr_array_unref);
  g_clear_pointer (&soak->categories, g_ptr_array_unref);
  g_clear_pointer (&soak->random, g_rand_free);

  g_object_add_weak_pointer (G_OBJECT (soak->session), (gpointer *) &soak->session);
  g_object_unref (soak->session);
  if (soak->session != NULL)
    g_error ("Somebody still holds the session");
  g_clear_object (&soak->connection);
}

/*
 * The book is opened, something is changed and undone.
 */
static void
round_trip (const char *path, gint64 number)
{
  g_autoptr (OrmConnection) connection = bench_book_open (path);
  g_autoptr (OrmSession) session = bench_session_new (connection);
  g_autoptr (OrmEntity) expense =
    bench_get (session, BENCH_TYPE_EXPENSE, number * 7919 % N_EXPENSES + 1);
  gint64 amount = bench_expense_get_amount (BENCH_EXPENSE (expense));
  g_autoptr (GError) error = NULL;

  orm_entity_set_int64 (expense, BENCH_EXPENSE_AMOUNT, amount + 1);
  orm_entity_set_text (expense, BENCH_EXPENSE_DESCRIPTION, "Changed for a moment");
  bench_commit (session);

  if (!orm_session_undo (session, &error))
    g_error ("%s", error->message);
  if (bench_expense_get_amount (BENCH_EXPENSE (expense)) != amount)
    g_error ("Undo did not bring the amount back");
}

/*
 * Prints the memory after a part of the work, and remembers it after a tenth.
 */
static void
mark (const char *path, gint64 done, gint64 all, double *tenth)
{
  print_size (path, done, all);
  if (done == all / 10)
    *tenth = bench_memory ("VmRSS:");
}

static gboolean
judge (const char *what, double tenth, double most)
{
  double growth = bench_memory ("VmRSS:") - tenth;

  g_print ("%s: memory grew by %.2f MB after the first tenth (at most %.1f): %s\n\n", what, growth,
           most, growth <= most ? "met" : "MISSED");
  return growth <= most;
}

static gboolean
soak_rounds (const char *path, gint64 n)
{
  double tenth = bench_memory ("VmRSS:");

  g_print ("%" G_GINT64_FORMAT " times open, edit, commit, undo, close:\n", n);
  for (gint64 i = 1; i <= n; i++)
    {
      round_trip (path, i);
      if (i == n / 100 || i == n / 10 || i == n / 2 || i == n)
        mark (path, i, n, &tenth);
    }

  return judge ("Rounds", tenth, MAX_GROWTH + (double) n * LIBGDA_KEEPS_PER_ROUND);
}

static gboolean
soak_commits (const char *path, gint64 n)
{
  double tenth = bench_memory ("VmRSS:");
  gint64 start = g_get_monotonic_time ();
  Soak soak = { 0 };
  gboolean is_met;

  soak_open (&soak, path);
  g_print ("%" G_GINT64_FORMAT " commits to one book, with a list, totals and a collection open:\n",
           n);
  for (gint64 i = 1; i <= n; i++)
    {
      change (&soak, i);
      if (i % MAX (n / 10, 1) == 0)
        mark (path, i, n, &tenth);
    }

  g_print ("%.3f ms a commit, %" G_GUINT64_FORMAT " emissions, %u expenses\n",
           (double) (g_get_monotonic_time () - start) / 1000 / (double) MAX (n, 1), soak.n_emitted,
           g_list_model_get_n_items (soak.list));
  is_met = judge ("Commits", tenth, MAX_GROWTH);
  soak_close (&soak);
  return is_met;
}

static gboolean
read_number (const char *text, gint64 *number)
{
  return text == NULL || g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, number, NULL);
}

int
main (int argc, char **argv)
{
  gint64 n_rounds = USUAL_ROUNDS, n_commits = USUAL_COMMITS;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  gboolean is_met = TRUE;

  if (argc > 3 || !read_number (argc > 1 ? argv[1] : NULL, &n_rounds) ||
      !read_number (argc > 2 ? argv[2] : NULL, &n_commits))
    {
      g_printerr ("Usage: benchmark-orm-soak [ROUNDS] [COMMITS]\n");
      return 2;
    }

  folder = bench_folder_new ();
  path = g_build_filename (folder, "book", NULL);
  bench_book_make (path, N_EXPENSES);

  if (n_rounds > 0)
    is_met &= soak_rounds (path, n_rounds);
  if (n_commits > 0)
    is_met &= soak_commits (path, n_commits);

  bench_folder_remove (folder);
  return is_met ? EXIT_SUCCESS : EXIT_FAILURE;
}
