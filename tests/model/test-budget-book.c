/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-book-backup-private.h"
#include "budget-book-error-private.h"
#include "budget-name-index.h"
#include "budget-starter.h"
#include "orm-session-query.h"
#include "sample-book.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The tests' files are in the data folder that each test has for itself.
 */
static char *
in_folder (const char *name)
{
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize length;
  char *sum;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, length);
  g_free (contents);
  return sum;
}

static BudgetBook *
create (const char *path)
{
  g_autoptr (GError) error = NULL;
  BudgetBook *book = budget_book_create (path, "EUR", &error);

  g_assert_no_error (error);
  return book;
}

static BudgetBook *
reopen (const char *path)
{
  g_autoptr (GError) error = NULL;
  BudgetBook *book = budget_book_open (path, &error);

  g_assert_no_error (error);
  return book;
}

/*
 * Asserts that a file is refused with this code, and not changed.
 */
static void
assert_refused (const char *path, int code)
{
  g_autofree char *before = read_file (path);
  g_autofree char *after = NULL;
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_autoptr (GError) error = NULL, error_again = NULL;

  g_assert_null (budget_book_open (path, &error));
  g_assert_error (error, BUDGET_ERROR, code);
  g_assert_null (budget_book_open_or_create (path, &error_again));
  g_assert_error (error_again, BUDGET_ERROR, code);

  after = read_file (path);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (shm, G_FILE_TEST_EXISTS));
}

static void
test_a_new_book_has_starter_rows (void)
{
  g_autofree char *path = in_folder ("a/b/household.budget");
  g_autoptr (BudgetBook) book = create (path);
  g_autoptr (GHashTable) colors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *categories = budget_book_get_categories (book);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_true (budget_book_is_empty (book));
  g_assert_cmpstr (budget_book_get_currency (book), ==, "EUR");
  g_assert_cmpuint (budget_book_get_digits (book), ==, 2);
  g_assert_false (orm_session_can_undo (budget_book_get_session (book)));
  g_assert_false (orm_session_get_dirty (budget_book_get_session (book)));

  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_users (book)), ==, 1);
  g_assert_nonnull (budget_book_get_default_user (book));
  g_assert_true (
    g_str_has_suffix (budget_user_get_email (budget_book_get_default_user (book)), "@localhost"));

  g_assert_cmpuint (g_list_model_get_n_items (categories), >=, 14);
  for (guint i = 0; i < g_list_model_get_n_items (categories); i++)
    {
      g_autoptr (BudgetCategory) category = g_list_model_get_item (categories, i);

      g_assert_true (g_hash_table_add (colors, g_strdup (budget_category_get_color (category))));
    }
}

static void
test_a_book_keeps_what_is_in_it (void)
{
  g_autofree char *path = in_folder ("household.budget");
  g_autoptr (BudgetBook) book = create (path);
  g_autoptr (BudgetExpense) expense = NULL;
  g_autoptr (GError) error = NULL;
  BudgetCategory *groceries = budget_book_find_category (book, "groceries");

  g_assert_nonnull (groceries);
  expense =
    book_fixture_new_expense (budget_book_get_default_user (book), groceries, "Milk", 119, NULL);
  orm_session_add (budget_book_get_session (book), expense, &error);
  budget_book_set_currency (book, "JPY", &error);
  budget_book_commit (book, "Add Milk", &error);
  g_assert_no_error (error);
  g_clear_object (&expense);
  g_assert_finalize_object (g_steal_pointer (&book));

  book = reopen (path);
  g_assert_false (budget_book_is_empty (book));
  g_assert_cmpstr (budget_book_get_currency (book), ==, "JPY");
  g_assert_cmpuint (budget_book_get_digits (book), ==, 0);
  groceries = budget_book_find_category (book, " GROCERIES ");
  g_assert_cmpuint (
    g_list_model_get_n_items (G_LIST_MODEL (budget_category_get_expenses (groceries))), ==, 1);
}

static void
test_an_existing_file_is_not_overwritten (void)
{
  g_autofree char *path = in_folder ("household.budget");
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "mine", -1, NULL);
  g_assert_null (budget_book_create (path, NULL, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED);

  g_file_get_contents (path, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==, "mine");
}

static void
test_open_or_create_does_either (void)
{
  g_autofree char *path = in_folder ("new/household.budget");
  g_autoptr (BudgetBook) made = NULL, opened = NULL;
  g_autoptr (GError) error = NULL;

  made = budget_book_open_or_create (path, &error);
  g_assert_no_error (error);
  g_clear_object (&made);
  opened = budget_book_open_or_create (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (budget_book_get_path (opened), ==, path);
}

static void
test_a_missing_book_is_reported (void)
{
  g_autofree char *path = in_folder ("nowhere.budget");
  g_autoptr (GError) error = NULL;

  g_assert_null (budget_book_open (path, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "nowhere.budget"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_a_folder_is_no_book (void)
{
  g_autofree char *path = in_folder ("folder");
  g_autoptr (GError) error = NULL;

  g_mkdir (path, 0700);
  g_assert_null (budget_book_open (path, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_BOOK);
}

static void
test_other_files_are_no_books (void)
{
  g_autofree char *text = in_folder ("letter.txt");
  g_autofree char *nothing = in_folder ("empty.budget");
  g_autofree char *foreign = in_folder ("foreign.db");
  g_autofree char *uri = g_strconcat ("sqlite:", foreign, NULL);
  g_autoptr (OrmConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (text,
                       "Dear diary, this is a letter and not a book at all. It is long enough "
                       "to have a header of a hundred bytes, which this is not.",
                       -1, NULL);
  assert_refused (text, BUDGET_ERROR_NOT_A_BOOK);

  g_file_set_contents (nothing, "", -1, NULL);
  assert_refused (nothing, BUDGET_ERROR_NOT_A_BOOK);

  connection = orm_connection_open (uri, &error);
  orm_connection_begin (connection, &error);
  orm_connection_execute (connection, "CREATE TABLE users (id INTEGER PRIMARY KEY)", &error);
  orm_connection_commit (connection, &error);
  orm_connection_close (connection);
  g_assert_no_error (error);
  assert_refused (foreign, BUDGET_ERROR_NOT_A_BOOK);
}

static void
test_a_newer_book_is_refused (void)
{
  g_autofree char *path = in_folder ("newer.budget");
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (BudgetBook) book = create (path);
  g_autoptr (OrmConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (g_steal_pointer (&book));
  connection = orm_connection_open (uri, &error);
  orm_connection_set_schema_version (connection, BUDGET_BOOK_APPLICATION_ID,
                                     BUDGET_BOOK_VERSION + 1, &error);
  orm_connection_close (connection);
  g_assert_no_error (error);

  assert_refused (path, BUDGET_ERROR_NEWER_BOOK);
}

static void
damage (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 40000);
  memset (contents + 20000, 0x55, 12000);
  g_file_set_contents (path, contents, (gssize) length, NULL);
}

static void
test_a_damaged_book_is_refused (void)
{
  g_autofree char *path = in_folder ("damaged.budget");
  g_autoptr (BudgetBook) book = create (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (sample_book_fill (book, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (g_steal_pointer (&book));
  damage (path);

  assert_refused (path, BUDGET_ERROR_DAMAGED_BOOK);
}

/* As the message says, there are copies, and one can be opened. */
static void
test_a_damaged_book_has_a_copy (void)
{
  g_autofree char *path = in_folder ("with-copy.budget");
  g_autofree char *folder = _budget_book_dup_backup_folder ();
  g_autofree char *copy = NULL;
  g_autoptr (BudgetBook) book = create (path);
  g_autoptr (GError) corrupt = g_error_new_literal (ORM_ERROR, ORM_ERROR_CORRUPT, "malformed");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_assert_true (sample_book_fill (book, &error));
  g_assert_true (budget_book_backup_daily (book, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (g_steal_pointer (&book));
  damage (path);
  book = budget_book_open (path, &error);
  g_assert_null (book);
  g_assert_nonnull (strstr (error->message, folder));

  _budget_book_word_error (&corrupt);
  g_assert_error (corrupt, ORM_ERROR, ORM_ERROR_CORRUPT);
  g_assert_nonnull (strstr (corrupt->message, folder));

  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "with-copy"))
      copy = g_build_filename (folder, name, NULL);
  g_assert_nonnull (copy);
  book = reopen (copy);
  g_assert_nonnull (book);
}

static void
test_a_truncated_book_is_refused (void)
{
  g_autofree char *path = in_folder ("half.budget");
  g_autofree char *contents = NULL;
  g_autoptr (BudgetBook) book = create (path);
  gsize length;

  g_assert_finalize_object (g_steal_pointer (&book));
  g_file_get_contents (path, &contents, &length, NULL);
  g_file_set_contents (path, contents, (gssize) (length / 2), NULL);

  assert_refused (path, BUDGET_ERROR_DAMAGED_BOOK);
}

static void
test_an_unreadable_book_is_refused (void)
{
  g_autofree char *path = in_folder ("secret.budget");
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }

  book = create (path);
  g_clear_object (&book);
  g_chmod (path, 0000);
  g_assert_null (budget_book_open (path, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED);
  g_chmod (path, 0600);
}

static void
test_a_read_only_book_cannot_be_changed (void)
{
  g_autofree char *path = in_folder ("read-only.budget");
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (GError) error = NULL;
  BudgetCategory *groceries;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everything");
      return;
    }

  book = create (path);
  g_assert_finalize_object (g_steal_pointer (&book));
  g_chmod (path, 0400);
  book = reopen (path);
  groceries = budget_book_find_category (book, "Groceries");
  budget_category_set_name (groceries, "Food");
  g_assert_false (budget_book_commit (book, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_READ_ONLY);
  g_assert_cmpstr (budget_category_get_name (groceries), ==, "Groceries");
  g_chmod (path, 0600);
}

static void
test_two_books_over_one_file (void)
{
  g_autofree char *path = in_folder ("shared.budget");
  g_autoptr (BudgetBook) book = create (path);
  g_autoptr (BudgetBook) other = reopen (path);
  g_autoptr (BudgetBook) third = NULL;
  g_autoptr (GError) error = NULL;

  budget_category_set_name (budget_book_find_category (book, "Groceries"), "Food");
  budget_book_commit (book, NULL, &error);
  g_assert_no_error (error);
  budget_category_set_color (budget_book_find_category (other, "Housing"), "#111111");
  budget_book_commit (other, NULL, &error);
  g_assert_no_error (error);

  third = reopen (path);
  g_assert_nonnull (budget_book_find_category (third, "Food"));
  g_assert_cmpstr (budget_category_get_color (budget_book_find_category (third, "Housing")), ==,
                   "#111111");
}

/*
 * On a disk of 200 kB, if one can be mounted.
 */
static void
test_a_full_disk_loses_nothing (void)
{
  g_autofree char *folder = in_folder ("disk");
  g_autofree char *path = g_build_filename (folder, "household.budget", NULL);
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *note = g_strnfill (100000, 'x');
  g_autoptr (BudgetExpense) expense = NULL;

  g_mkdir (folder, 0700);
  if (mount ("tmpfs", folder, "tmpfs", 0, "size=400k") != 0)
    {
      g_test_skip ("a small disk cannot be mounted here");
      return;
    }

  book = create (path);
  for (guint i = 0; i < 10 && error == NULL; i++)
    {
      g_clear_object (&expense);
      expense =
        book_fixture_new_expense (budget_book_get_default_user (book),
                                  budget_book_find_category (book, "Groceries"), "Milk", 119, NULL);
      budget_expense_set_note (expense, note);
      orm_session_add (budget_book_get_session (book), expense, NULL);
      budget_book_commit (book, NULL, &error);
    }

  g_assert_error (error, ORM_ERROR, ORM_ERROR_FULL);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (expense)), ==, ORM_ENTITY_TRANSIENT);
  g_assert_false (orm_session_get_dirty (budget_book_get_session (book)));
  g_clear_object (&expense);
  g_clear_object (&book);

  book = reopen (path);
  g_clear_object (&book);
  g_assert_cmpint (umount2 (folder, 0), ==, 0);
}

static void
test_a_new_book_on_a_full_disk_leaves_nothing (void)
{
  g_autofree char *folder = in_folder ("disk");
  g_autofree char *path = g_build_filename (folder, "a", "b", "household.budget", NULL);
  g_autofree char *first = g_build_filename (folder, "a", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir (folder, 0700);
  if (mount ("tmpfs", folder, "tmpfs", 0, "size=24k") != 0)
    {
      g_test_skip ("a small disk cannot be mounted here");
      return;
    }

  g_assert_null (budget_book_create (path, NULL, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_cmpint (umount2 (folder, 0), ==, 0);
}

static void
test_a_failed_commit_is_rolled_back (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetExpense) gas = book_fixture_get (fixture, BOOK_FIXTURE_GAS);
  g_autoptr (GError) error = NULL;

  budget_expense_set_amount (gas, 1);
  budget_category_set_name (fixture->empty, "Food");
  g_assert_false (budget_book_commit (fixture->book, "Half", &error));

  g_assert_error (error, ORM_ERROR, ORM_ERROR_UNIQUE);
  g_assert_cmpint (budget_expense_get_amount (gas), ==, 4500);
  g_clear_error (&error);

  budget_expense_set_amount (gas, 2);
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);
}

static void
test_names_are_found_in_either_case (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetAccount) account = budget_account_new ();

  budget_account_set_name (account, "Household");
  budget_account_set_number (account, "DE02");
  orm_session_add (fixture->session, account, NULL);
  budget_category_set_name (fixture->empty, "Öl & Gas");
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);

  g_assert_true (budget_book_find_user (fixture->book, "ALICE@example.com") == fixture->alice);
  g_assert_true (budget_book_find_user (fixture->book, "bob") == fixture->bob);
  g_assert_null (budget_book_find_user (fixture->book, "bo"));
  g_assert_null (budget_book_find_user (fixture->book, ""));
  g_assert_true (budget_book_find_category (fixture->book, "öL & GAS") == fixture->empty);
  g_assert_true (budget_book_find_category (fixture->book, "O\xcc\x88l & gas") == fixture->empty);
  g_assert_true (budget_book_find_account (fixture->book, "de02") == account);
  g_assert_true (budget_book_find_account (fixture->book, "HOUSEHOLD") == account);
  g_assert_true (budget_book_get_default_user (fixture->book) == fixture->alice);
}

/* Finding many names at once gives the same results as finding each. */
static void
test_an_index_finds_the_same_names (BookFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "ALICE@example.com", " bob ", "bo", "", "alice" };
  g_autoptr (BudgetNameIndex) index = NULL;

  /* An email address takes precedence over a name. */
  budget_user_set_name (fixture->alice, "bob@example.com");
  budget_book_commit (fixture->book, NULL, NULL);
  index = budget_name_index_new (budget_book_get_users (fixture->book), "email", "name");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (budget_name_index_find (index, names[i]) ==
                   (gpointer) budget_book_find_user (fixture->book, names[i]));
  g_assert_true (budget_name_index_find (index, "Bob@Example.com") == (gpointer) fixture->bob);
}

static void
test_a_category_is_created_once (BookFixture *fixture, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (60, 'x');
  g_autoptr (GError) error = NULL;
  BudgetCategory *pets = budget_book_ensure_category (fixture->book, " Pets ", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (budget_category_get_name (pets), ==, "Pets");
  g_assert_true (budget_book_ensure_category (fixture->book, "pets", &error) == pets);
  g_assert_cmpstr (budget_category_get_color (pets), ==, budget_starter_get_color (0));
  g_assert_cmpstr (
    budget_category_get_color (budget_book_ensure_category (fixture->book, "Garden", &error)), ==,
    budget_starter_get_color (1));

  g_assert_null (budget_book_ensure_category (fixture->book, long_name, &error));
  g_assert_nonnull (error);
}

static void
test_lists_are_live_and_by_name (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (ShadowList) shadow = shadow_list_new (budget_book_get_categories (fixture->book));
  g_autofree char *changes = NULL;
  g_autoptr (BudgetCategory) first = NULL;

  budget_category_set_name (fixture->transportation, "aardvarks");
  first = g_list_model_get_item (budget_book_get_categories (fixture->book), 0);
  g_assert_true (first == fixture->transportation);
  changes = shadow_list_take_changes (shadow);
  g_assert_cmpstr (changes, ==, "3-1+0 0-0+1 ");
  shadow_list_check (shadow);
}

static void
test_the_currency_notifies_and_is_undone (BookFixture *fixture, gconstpointer data)
{
  int n_notified = 0;
  g_autoptr (GError) error = NULL;

  g_assert_true (budget_book_set_currency (fixture->book, "EUR", &error));
  budget_book_commit (fixture->book, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (fixture->book, "notify::currency", G_CALLBACK (on_notify_count),
                            &n_notified);

  g_assert_true (budget_book_set_currency (fixture->book, "CHF", &error));
  g_assert_true (budget_book_set_currency (fixture->book, "CHF", &error));
  g_assert_cmpint (n_notified, ==, 1);
  budget_book_commit (fixture->book, "Currency", &error);
  budget_book_undo (fixture->book, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (budget_book_get_currency (fixture->book), ==, "EUR");
  g_assert_cmpint (n_notified, ==, 2);

  g_assert_false (budget_book_set_currency (fixture->book, "francs", &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT);
}

static void
test_steps_have_labels (BookFixture *fixture, gconstpointer data)
{
  g_autofree char *undone = NULL, *redone = NULL;
  g_autoptr (GError) error = NULL;

  budget_category_set_name (fixture->food, "Meals");
  budget_book_commit (fixture->book, "Rename Food", &error);
  budget_book_undo (fixture->book, &undone, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone, ==, "Rename Food");
  g_assert_cmpstr (budget_category_get_name (fixture->food), ==, "Food");

  budget_book_redo (fixture->book, &redone, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (redone, ==, "Rename Food");
  g_assert_cmpstr (budget_category_get_name (fixture->food), ==, "Meals");
}

static void
test_a_sample_adds_up (void)
{
  g_autoptr (BudgetBook) book = NULL, again = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  gint64 sum, sum_again;
  guint64 n_rows, n_rows_again;

  book = budget_book_new_in_memory (&error);
  g_assert_true (sample_book_fill (book, &error));
  g_assert_no_error (error);
  orm_session_sum (budget_book_get_session (book), query, "amount", &sum, &n_rows, &error);
  g_assert_cmpuint (n_rows, >, 800);
  g_assert_cmpuint (n_rows, <, 1000);

  g_assert_true (budget_book_check (book, problems, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);

  again = budget_book_new_in_memory (&error);
  g_assert_true (sample_book_fill (again, &error));
  orm_session_sum (budget_book_get_session (again), query, "amount", &sum_again, &n_rows_again,
                   &error);
  g_assert_cmpint (sum, ==, sum_again);
  g_assert_cmpuint (n_rows, ==, n_rows_again);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_a_backup_a_day (void)
{
  g_autofree char *path = budget_book_dup_default_path ();
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "budget", "backups", NULL);
  g_autofree char *oldest = g_build_filename (folder, "household-2001-01-01.budget", NULL);
  g_autofree char *foreign = g_build_filename (folder, "household-of-mine.budget", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "household-%Y-%m-%d.budget");
  g_autofree char *today = g_build_filename (folder, name, NULL);
  g_autoptr (BudgetBook) book = create (path);
  g_autoptr (BudgetBook) copy = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (foreign, "x", -1, NULL);
  for (guint i = 1; i <= 12; i++)
    {
      g_autofree char *old_name = g_strdup_printf ("household-2001-01-%02u.budget", i);
      g_autofree char *old = g_build_filename (folder, old_name, NULL);

      g_file_set_contents (old, "x", -1, NULL);
    }

  g_assert_true (budget_book_backup_daily (book, &error));
  g_assert_no_error (error);
  g_assert_true (budget_book_backup_daily (book, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (count_files (folder), ==, 11);
  g_assert_false (g_file_test (oldest, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (today, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);

  copy = reopen (today);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_categories (copy)), ==,
                    g_list_model_get_n_items (budget_book_get_categories (book)));
}

static void
add (const char *path, void (*test) (BookFixture *, gconstpointer))
{
  g_test_add (path, BookFixture, NULL, book_fixture_set_up, test, book_fixture_tear_down);
}

/*
 * The book's list is told of both only at the end of the group.
 */
static void
test_new_categories_of_a_group_differ (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetBook) book = budget_book_new_in_memory (&error);
  BudgetCategory *one, *two;

  g_assert_no_error (error);
  orm_session_begin_group (budget_book_get_session (book), NULL);
  one = budget_book_ensure_category (book, "Boats", &error);
  two = budget_book_ensure_category (book, "Bees", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (budget_category_get_color (one), !=, budget_category_get_color (two));
  orm_session_end_group (budget_book_get_session (book));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/book/new-categories-of-a-group-differ", test_new_categories_of_a_group_differ);

  g_test_add_func ("/book/a-new-book-has-starter-rows", test_a_new_book_has_starter_rows);
  g_test_add_func ("/book/a-book-keeps-what-is-in-it", test_a_book_keeps_what_is_in_it);
  g_test_add_func ("/book/an-existing-file-is-not-overwritten",
                   test_an_existing_file_is_not_overwritten);
  g_test_add_func ("/book/open-or-create-does-either", test_open_or_create_does_either);
  g_test_add_func ("/book/a-missing-book-is-reported", test_a_missing_book_is_reported);
  g_test_add_func ("/book/a-folder-is-no-book", test_a_folder_is_no_book);
  g_test_add_func ("/book/other-files-are-no-books", test_other_files_are_no_books);
  g_test_add_func ("/book/a-newer-book-is-refused", test_a_newer_book_is_refused);
  g_test_add_func ("/book/a-damaged-book-is-refused", test_a_damaged_book_is_refused);
  g_test_add_func ("/book/a-damaged-book-has-a-copy", test_a_damaged_book_has_a_copy);
  g_test_add_func ("/book/a-truncated-book-is-refused", test_a_truncated_book_is_refused);
  g_test_add_func ("/book/an-unreadable-book-is-refused", test_an_unreadable_book_is_refused);
  g_test_add_func ("/book/a-read-only-book-cannot-be-changed",
                   test_a_read_only_book_cannot_be_changed);
  g_test_add_func ("/book/two-books-over-one-file", test_two_books_over_one_file);
  g_test_add_func ("/book/a-full-disk-loses-nothing", test_a_full_disk_loses_nothing);
  g_test_add_func ("/book/a-new-book-on-a-full-disk-leaves-nothing",
                   test_a_new_book_on_a_full_disk_leaves_nothing);
  add ("/book/a-failed-commit-is-rolled-back", test_a_failed_commit_is_rolled_back);
  add ("/book/names-are-found-in-either-case", test_names_are_found_in_either_case);
  add ("/book/an-index-finds-the-same-names", test_an_index_finds_the_same_names);
  add ("/book/a-category-is-created-once", test_a_category_is_created_once);
  add ("/book/lists-are-live-and-by-name", test_lists_are_live_and_by_name);
  add ("/book/the-currency-notifies-and-is-undone", test_the_currency_notifies_and_is_undone);
  add ("/book/steps-have-labels", test_steps_have_labels);
  g_test_add_func ("/book/a-sample-adds-up", test_a_sample_adds_up);
  g_test_add_func ("/book/a-backup-a-day", test_a_backup_a_day);

  return g_test_run ();
}
