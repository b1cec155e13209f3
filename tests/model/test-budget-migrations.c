/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-backup-private.h"
#include "budget-book-private.h"
#include "budget-book.h"
#include "budget-decision.h"
#include "budget-import-change.h"
#include "budget-layout.h"
#include "budget-rule.h"
#include "orm-session-query.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * Books as earlier versions of the program created them.
 */

static const char *const version_1[] = {
  "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE CHECK "
  "(length(email) <= 100), name TEXT NOT NULL CHECK (length(name) <= 100), created_at TEXT NOT "
  "NULL DEFAULT (datetime('now')))",
  "CREATE TABLE categories (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE CHECK "
  "(length(name) <= 50), color TEXT NOT NULL DEFAULT '#FF6B6B' CHECK (color GLOB "
  "'#[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]'), kind TEXT NOT NULL "
  "DEFAULT 'spending' CHECK (kind IN ('spending', 'income', 'transfer')))",
  "CREATE TABLE accounts (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE CHECK "
  "(length(name) <= 100), number TEXT UNIQUE CHECK (length(number) <= 50), kind TEXT NOT NULL "
  "DEFAULT 'current' CHECK (kind IN ('current', 'card', 'savings', 'cash')), opening_balance "
  "INTEGER NOT NULL CHECK (typeof(opening_balance) = 'integer' AND opening_balance BETWEEN "
  "-9999999999 AND 9999999999), opening_date TEXT CHECK (opening_date = date(opening_date)))",
  "CREATE TABLE expenses (id INTEGER PRIMARY KEY AUTOINCREMENT, description TEXT NOT NULL CHECK "
  "(length(description) <= 200), amount INTEGER NOT NULL CHECK (typeof(amount) = 'integer' AND "
  "amount BETWEEN -9999999999 AND 9999999999), date TEXT NOT NULL DEFAULT (date('now', "
  "'localtime')) CHECK (date = date(date)), note TEXT, created_at TEXT NOT NULL DEFAULT "
  "(datetime('now')), import_key TEXT UNIQUE, user_id INTEGER NOT NULL REFERENCES users (id) ON "
  "DELETE CASCADE, category_id INTEGER NOT NULL REFERENCES categories (id) ON DELETE CASCADE, "
  "account_id INTEGER REFERENCES accounts (id) ON DELETE RESTRICT, counterpart_id INTEGER "
  "REFERENCES expenses (id) ON DELETE SET NULL)",
  "CREATE INDEX expenses_date ON expenses (date)",
  "CREATE INDEX expenses_user_id ON expenses (user_id)",
  "CREATE INDEX expenses_category_id ON expenses (category_id)",
  "CREATE INDEX expenses_account_id ON expenses (account_id)",
  "CREATE INDEX expenses_counterpart_id ON expenses (counterpart_id)",
  "CREATE TABLE settings (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE CHECK "
  "(length(name) <= 50), value TEXT)",
  "INSERT INTO settings (name, value) VALUES ('currency', 'SEK')",
  "INSERT INTO users (email, name) VALUES ('ann@example.com', 'Ann')",
  "INSERT INTO categories (name, color) VALUES ('Food', '#00FF00')",
  "INSERT INTO accounts (name, number, opening_balance) VALUES ('Giro', 'SE35', 5000)",
  "INSERT INTO expenses (description, amount, date, import_key, user_id, category_id, account_id) "
  "VALUES ('Herring', 1250, '2026-03-01', '2026-03-01:abc:1', 1, 1, 1)",
  "INSERT INTO expenses (description, amount, date, user_id, category_id, counterpart_id) "
  "VALUES ('Refund', -300, '2026-03-02', 1, 1, 1)",
};

/* The tables that version 2 added. */
static const char *const version_2[] = {
  "CREATE TABLE imports (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL CHECK "
  "(length(name) <= 255), format TEXT CHECK (length(format) <= 50), made_at TEXT NOT NULL DEFAULT "
  "(datetime('now')), account_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL)",
  "ALTER TABLE expenses ADD COLUMN bank_id TEXT",
  "ALTER TABLE expenses ADD COLUMN original TEXT",
  "ALTER TABLE expenses ADD COLUMN matched INTEGER NOT NULL DEFAULT '0' CHECK (matched IN (0, 1))",
  "ALTER TABLE expenses ADD COLUMN import_id INTEGER REFERENCES imports (id) ON DELETE SET NULL",
  "CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE)",
  "CREATE TABLE rules (id INTEGER PRIMARY KEY AUTOINCREMENT, pattern TEXT NOT NULL, match_kind "
  "TEXT NOT NULL DEFAULT 'contains', position INTEGER NOT NULL, learned INTEGER NOT NULL, enabled "
  "INTEGER NOT NULL DEFAULT '1', category_id INTEGER NOT NULL REFERENCES categories (id) ON DELETE "
  "CASCADE, user_id INTEGER REFERENCES users (id) ON DELETE SET NULL)",
  "CREATE TABLE layouts (id INTEGER PRIMARY KEY AUTOINCREMENT, fingerprint TEXT NOT NULL UNIQUE, "
  "fields TEXT, account_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL)",
  "CREATE TABLE decisions (id INTEGER PRIMARY KEY AUTOINCREMENT, import_key TEXT NOT NULL UNIQUE, "
  "same_as TEXT, import_id INTEGER REFERENCES imports (id) ON DELETE CASCADE)",
  "CREATE TABLE expense_tags (expense_id INTEGER NOT NULL REFERENCES expenses (id) ON DELETE "
  "CASCADE, tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE, PRIMARY KEY "
  "(expense_id, tag_id)) WITHOUT ROWID",
  "INSERT INTO imports (name, format) VALUES ('march.ofx', 'OFX')",
  "INSERT INTO tags (name) VALUES ('Fish')",
  "INSERT INTO expense_tags (expense_id, tag_id) VALUES (1, 1)",
  "INSERT INTO rules (pattern, position, learned, category_id) VALUES ('herring', 0, 0, 1)",
  "INSERT INTO layouts (fingerprint, fields) VALUES ('a;b', 'date=1')",
  "INSERT INTO decisions (import_key, import_id) VALUES ('2026-03-01:x:1', 1)",
  "UPDATE expenses SET bank_id = 'B1', original = 'HERRING 12', matched = 1, import_id = 1 WHERE "
  "id = 1",
};

static char *
make_version_1 (void)
{
  char *path = g_build_filename (g_get_user_data_dir (), "old.budget", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (OrmConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  connection = orm_connection_open (uri, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (version_1); i++)
    orm_connection_execute (connection, version_1[i], &error);
  orm_connection_set_schema_version (connection, BUDGET_BOOK_APPLICATION_ID, 1, &error);
  g_assert_no_error (error);
  orm_connection_close (connection);

  return path;
}

static char *
make_version_2 (void)
{
  char *path = make_version_1 ();
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (OrmConnection) connection = orm_connection_open (uri, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (version_2); i++)
    {
      orm_connection_execute (connection, version_2[i], &error);
      g_assert_no_error (error);
    }
  orm_connection_set_schema_version (connection, BUDGET_BOOK_APPLICATION_ID, 2, &error);
  g_assert_no_error (error);
  orm_connection_close (connection);

  return path;
}

static int
get_version (const char *path)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (OrmConnection) connection = orm_connection_open (uri, NULL);
  int application_id, version;

  g_assert_true (orm_connection_get_schema_version (connection, &application_id, &version, NULL));
  g_assert_cmpint (application_id, ==, BUDGET_BOOK_APPLICATION_ID);
  return version;
}

static void
assert_sound (BudgetBook *book)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (budget_book_check (book, problems, NULL));
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_old_rows_stay (void)
{
  g_autofree char *path = make_version_1 ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetBook) book = budget_book_open (path, &error);
  g_autoptr (BudgetExpense) herring = NULL, refund = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (get_version (path), ==, BUDGET_BOOK_VERSION);
  g_assert_cmpstr (budget_book_get_currency (book), ==, "SEK");
  assert_sound (book);

  herring = orm_session_get (budget_book_get_session (book), BUDGET_TYPE_EXPENSE, 1, &error);
  refund = orm_session_get (budget_book_get_session (book), BUDGET_TYPE_EXPENSE, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (budget_expense_get_description (herring), ==, "Herring");
  g_assert_cmpint (budget_expense_get_amount (herring), ==, 1250);
  g_assert_cmpstr (budget_expense_get_import_key (herring), ==, "2026-03-01:abc:1");
  g_assert_cmpstr (budget_account_get_name (budget_expense_get_account (herring)), ==, "Giro");
  g_assert_true (budget_expense_get_counterpart (refund) == herring);
  g_assert_false (budget_expense_get_matched (herring));
  g_assert_null (budget_expense_get_bank_id (herring));
}

static guint
count (BudgetBook *book, GType type)
{
  g_autoptr (OrmQuery) query = orm_query_new (type);
  guint64 n_rows = 0;

  g_assert_true (orm_session_count (budget_book_get_session (book), query, &n_rows, NULL));
  return (guint) n_rows;
}

static void
test_version_2_keeps_all (void)
{
  g_autofree char *path = make_version_2 ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetBook) book = budget_book_open (path, &error);
  g_autoptr (BudgetExpense) herring = NULL;
  g_autoptr (BudgetImportChange) change = NULL;
  OrmSession *session = budget_book_get_session (book);

  g_assert_no_error (error);
  g_assert_cmpint (get_version (path), ==, BUDGET_BOOK_VERSION);
  assert_sound (book);
  g_assert_cmpuint (count (book, BUDGET_TYPE_EXPENSE), ==, 2);
  g_assert_cmpuint (count (book, BUDGET_TYPE_TAG), ==, 1);
  g_assert_cmpuint (count (book, BUDGET_TYPE_RULE), ==, 1);
  g_assert_cmpuint (count (book, BUDGET_TYPE_LAYOUT), ==, 1);
  g_assert_cmpuint (count (book, BUDGET_TYPE_DECISION), ==, 1);
  g_assert_cmpuint (count (book, BUDGET_TYPE_IMPORT_CHANGE), ==, 0);

  herring = orm_session_get (session, BUDGET_TYPE_EXPENSE, 1, &error);
  g_assert_no_error (error);
  g_assert_true (budget_expense_get_matched (herring));
  g_assert_cmpstr (budget_expense_get_original (herring), ==, "HERRING 12");
  g_assert_cmpstr (budget_expense_get_bank_id (herring), ==, "B1");
  g_assert_cmpstr (budget_import_get_name (budget_expense_get_import (herring)), ==, "march.ofx");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (budget_expense_get_tags (herring))), ==,
                    1);

  /* The new tables can be written. */
  change = budget_import_change_new (herring);
  budget_expense_set_amount (herring, 1300);
  g_assert_true (
    budget_import_change_finish (change, budget_expense_get_import (herring), herring));
  g_assert_true (orm_session_add (session, change, &error));
  g_assert_true (budget_book_commit (book, NULL, &error));
  g_assert_no_error (error);
  assert_sound (book);
}

static void
test_a_copy_is_kept (void)
{
  g_autofree char *path = make_version_1 ();
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "budget", "backups", NULL);
  g_autoptr (BudgetBook) book = budget_book_open (path, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *copy = NULL;
  const char *name;

  g_assert_nonnull (book);
  g_assert_nonnull (dir);
  name = g_dir_read_name (dir);
  g_assert_nonnull (strstr (name, "-version-1-"));
  copy = g_build_filename (folder, name, NULL);
  g_assert_cmpint (get_version (copy), ==, 1);
}

static GPtrArray *
find_copies (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "budget", "backups", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *copies = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (copies, g_build_filename (folder, name, NULL));

  return copies;
}

/* A book of an older version may be opened again on the day of its migration. */
static void
test_each_migration_keeps_a_copy (void)
{
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *path = make_version_1 ();
      g_autoptr (BudgetBook) book = budget_book_open (path, NULL);
      g_autoptr (GPtrArray) copies = find_copies ();

      g_assert_nonnull (book);
      g_assert_cmpuint (copies->len, ==, i);
      for (guint k = 0; k < copies->len; k++)
        {
          g_assert_true (g_str_has_suffix (g_ptr_array_index (copies, k), ".budget"));
          g_assert_cmpint (get_version (g_ptr_array_index (copies, k)), ==, 1);
        }

      g_clear_object (&book);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static void
test_a_copy_of_another_version_is_refused (void)
{
  g_autofree char *path = make_version_1 ();
  g_autoptr (BudgetBook) book = budget_book_open (path, NULL);
  g_autofree char *copy = g_build_filename (g_get_user_data_dir (), "other.budget", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", copy, NULL);
  OrmSession *session = budget_book_get_session (book);
  g_autoptr (OrmConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_connection_backup (orm_session_get_connection (session), copy, NULL));
  connection = orm_connection_open (uri, NULL);
  g_assert_true (
    orm_connection_set_schema_version (connection, BUDGET_BOOK_APPLICATION_ID, 1, NULL));
  orm_connection_close (connection);

  g_assert_false (_budget_book_verify_copy (session, copy, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED);
}

static void
test_a_copy_that_differs_is_refused (void)
{
  static const char *const changes[] = {
    "DELETE FROM expenses WHERE id = 2",
    "UPDATE expenses SET amount = amount + 1 WHERE id = 1",
    "INSERT INTO categories (name) VALUES ('Extra')",
  };
  g_autofree char *path = make_version_1 ();
  g_autoptr (BudgetBook) book = budget_book_open (path, NULL);
  OrmSession *session = budget_book_get_session (book);
  g_autofree char *copy = g_build_filename (g_get_user_data_dir (), "copy.budget", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", copy, NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (OrmConnection) connection = NULL;
      g_autoptr (GError) error = NULL;

      g_unlink (copy);
      g_assert_true (orm_connection_backup (orm_session_get_connection (session), copy, NULL));
      g_assert_true (_budget_book_verify_copy (session, copy, &error));
      g_assert_no_error (error);
      if (i == G_N_ELEMENTS (changes))
        break;

      connection = orm_connection_open (uri, NULL);
      orm_connection_execute (connection, changes[i], &error);
      g_assert_no_error (error);
      orm_connection_close (connection);
      g_assert_false (_budget_book_verify_copy (session, copy, &error));
      g_assert_nonnull (error);
    }
}

static void
test_new_tables_work (void)
{
  g_autofree char *path = make_version_1 ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetBook) book = budget_book_open (path, NULL);
  g_autoptr (BudgetTag) tag = budget_tag_new ();
  g_autoptr (BudgetRule) rule = budget_rule_new ();
  g_autoptr (BudgetImport) import = budget_import_new ();
  g_autoptr (BudgetExpense) herring = NULL;
  OrmSession *session = budget_book_get_session (book);

  herring = orm_session_get (session, BUDGET_TYPE_EXPENSE, 1, NULL);
  budget_tag_set_name (tag, "Fish");
  budget_rule_set_pattern (rule, "herring");
  budget_rule_set_category (rule, budget_book_find_category (book, "food"));
  budget_import_set_name (import, "march.ofx");
  orm_collection_append (budget_expense_get_tags (herring), tag);
  budget_expense_set_import (herring, import);
  orm_session_add (session, rule, NULL);
  g_assert_true (budget_book_commit (book, NULL, &error));
  g_assert_no_error (error);
  assert_sound (book);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_rules (book)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_tags (book)), ==, 1);
  g_assert_nonnull (budget_import_get_made_at (import));
}

/* Deleting a category deletes its rules, and undo restores them. */
static void
test_a_deleted_category_takes_its_rules (void)
{
  g_autofree char *path = make_version_1 ();
  g_autoptr (BudgetBook) book = budget_book_open (path, NULL);
  g_autoptr (BudgetRule) rule = budget_rule_new ();
  OrmSession *session = budget_book_get_session (book);
  GListModel *rules = budget_book_get_rules (book);

  budget_rule_set_pattern (rule, "herring");
  budget_rule_set_category (rule, budget_book_find_category (book, "food"));
  orm_session_add (session, rule, NULL);
  g_assert_true (budget_book_commit (book, "Rule", NULL));
  g_clear_object (&rule);

  g_assert_true (orm_session_delete (session, budget_book_find_category (book, "food"), NULL));
  g_assert_true (budget_book_commit (book, "Delete", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (rules), ==, 0);
  g_assert_true (budget_book_undo (book, NULL, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (rules), ==, 1);
  assert_sound (book);
}

static void
test_rules_are_checked (void)
{
  g_autoptr (BudgetBook) book = budget_book_new_in_memory (NULL);
  g_autoptr (BudgetRule) rule = budget_rule_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (budget_rule_get_enabled (rule));
  budget_rule_set_pattern (rule, "herring");
  g_assert_false (orm_entity_validate (ORM_ENTITY (rule), &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT);
  g_assert_false (budget_rule_set_pattern (rule, "  "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/migrations/old-rows-stay", test_old_rows_stay);
  g_test_add_func ("/migrations/version-2-keeps-all", test_version_2_keeps_all);
  g_test_add_func ("/migrations/a-copy-is-kept", test_a_copy_is_kept);
  g_test_add_func ("/migrations/each-migration-keeps-a-copy", test_each_migration_keeps_a_copy);
  g_test_add_func ("/migrations/a-copy-that-differs-is-refused",
                   test_a_copy_that_differs_is_refused);
  g_test_add_func ("/migrations/a-copy-of-another-version-is-refused",
                   test_a_copy_of_another_version_is_refused);
  g_test_add_func ("/migrations/new-tables-work", test_new_tables_work);
  g_test_add_func ("/migrations/a-deleted-category-takes-its-rules",
                   test_a_deleted_category_takes_its_rules);
  g_test_add_func ("/migrations/rules-are-checked", test_rules_are_checked);

  return g_test_run ();
}
