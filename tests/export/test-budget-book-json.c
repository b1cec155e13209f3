/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-importer.h"
#include "budget-book-tables-private.h"
#include "budget-decision.h"
#include "budget-import-change.h"
#include "budget-layout.h"
#include "budget-rule.h"
#include "budget-starter.h"
#include "budget-tag.h"
#include "export-fixture.h"
#include "orm-session-query.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static gpointer
add (BudgetBook *book, gpointer entity)
{
  g_autoptr (GError) error = NULL;

  orm_session_add (budget_book_get_session (book), entity, &error);
  g_assert_no_error (error);
  g_object_unref (entity);
  return entity;
}

static void
commit (BudgetBook *book)
{
  g_autoptr (GError) error = NULL;

  budget_book_commit (book, "Test", &error);
  g_assert_no_error (error);
}

static BudgetTag *
add_tag (BudgetBook *book, const char *name)
{
  BudgetTag *tag = add (book, budget_tag_new ());

  g_assert_true (budget_tag_set_name (tag, name));
  return tag;
}

/* What an import changed in an expense that was there before. */
static void
add_import_change (ExportFixture *self, BudgetImport *import)
{
  g_autoptr (GDate) day = g_date_new_dmy (3, G_DATE_AUGUST, 2026);
  BudgetExpense *expense =
    export_fixture_add (self, NULL, self->book.food, "Bread", NULL, 320, "2026-08-02");
  BudgetImportChange *change = budget_import_change_new (expense);

  g_assert_true (budget_expense_set_amount (expense, 330));
  g_assert_true (budget_expense_set_date (expense, day));
  g_assert_true (budget_expense_set_account (expense, self->bank));
  g_assert_true (budget_expense_set_category (expense, self->book.empty));
  g_assert_true (budget_import_change_finish (change, import, expense));
  add (self->book.book, change);
}

/* Adds what only a whole book has: tags, rules, imports, decisions, layouts, and a transfer. */
static void
fill (ExportFixture *self)
{
  BudgetBook *book = self->book.book;
  g_autoptr (GDate) date = g_date_new_dmy (31, G_DATE_DECEMBER, 2025);
  BudgetTag *holiday, *deductible;
  BudgetImport *import;
  BudgetRule *rule;
  BudgetLayout *layout;
  BudgetDecision *decision;
  BudgetExpense *out, *in;

  g_assert_true (budget_account_set_opening_balance (self->bank, -12345));
  g_assert_true (budget_account_set_opening_date (self->bank, date));
  g_assert_true (budget_category_set_kind (self->book.empty, BUDGET_CATEGORY_TRANSFER));
  holiday = add_tag (book, "Holiday “2026”\n");
  deductible = add_tag (book, "deductible");

  import = add (book, budget_import_new ());
  g_assert_true (budget_import_set_name (import, "kontoauszug.csv"));
  g_assert_true (budget_import_set_format (import, "CSV"));
  g_assert_true (budget_import_set_account (import, self->bank));

  rule = add (book, budget_rule_new ());
  g_assert_true (budget_rule_set_pattern (rule, "REWE"));
  g_assert_true (budget_rule_set_match_kind (rule, BUDGET_RULE_MATCH_STARTS_WITH));
  g_assert_true (budget_rule_set_position (rule, 3));
  g_assert_true (budget_rule_set_learned (rule, TRUE));
  g_assert_true (budget_rule_set_enabled (rule, FALSE));
  g_assert_true (budget_rule_set_category (rule, self->book.food));
  g_assert_true (budget_rule_set_user (rule, self->book.alice));

  layout = add (book, budget_layout_new ());
  g_assert_true (budget_layout_set_signature (layout, "a;b;c"));
  g_assert_true (budget_layout_set_fields (layout, "date=1"));
  g_assert_true (budget_layout_set_account (layout, self->bank));

  decision = add (book, budget_decision_new ());
  g_assert_true (budget_decision_set_import_key (decision, "2026-01-01:x:1"));
  g_assert_true (budget_decision_set_same_as (decision, "2026-01-02:y:1"));
  g_assert_true (budget_decision_set_import (decision, import));

  out = export_fixture_add (self, self->bank, self->book.empty, "To purse", "a\n\"b\"\tc\\", 5000,
                            "2026-08-01");
  in =
    export_fixture_add (self, self->cash, self->book.empty, "From bank", NULL, -5000, "2026-08-01");
  g_assert_true (budget_expense_set_counterpart (out, in));
  g_assert_true (budget_expense_set_import_key (out, "2026-08-01:key:1"));
  g_assert_true (budget_expense_set_bank_id (out, "BANK 1"));
  g_assert_true (budget_expense_set_original (out, "TO PURSE 4711"));
  g_assert_true (budget_expense_set_matched (out, TRUE));
  g_assert_true (budget_expense_set_import (out, import));
  orm_collection_append (budget_expense_get_tags (out), deductible);
  orm_collection_append (budget_expense_get_tags (out), holiday);
  orm_collection_append (budget_expense_get_tags (in), holiday);
  add_import_change (self, import);
  commit (book);
}

static void
set_up (ExportFixture *self, gconstpointer data)
{
  export_fixture_set_up (self, data);
  fill (self);
}

static BudgetBook *
create_new (void)
{
  g_autoptr (GError) error = NULL;
  BudgetBook *book = budget_book_new_in_memory (&error);

  g_assert_no_error (error);
  budget_starter_fill (budget_book_get_session (book), &error);
  g_assert_no_error (error);
  commit (book);
  return book;
}

static gboolean
read_text (BudgetBook *book, const char *text, BudgetBookImportCounts *counts, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return budget_book_importer_read (book, bytes, BUDGET_BOOK_IMPORT_NONE, counts, NULL, error);
}

static char *
dup_text (BudgetBook *book)
{
  ExportFixture other = { .book.book = book, .folder = g_dir_make_tmp ("budget-XXXXXX", NULL) };
  char *text = export_fixture_write (&other, "test.json", NULL);
  g_autofree char *path = export_fixture_dup_path (&other, "test.json");

  g_unlink (path);
  g_rmdir (other.folder);
  g_free (other.folder);
  return text;
}

static void
test_comes_back (ExportFixture *self, gconstpointer data)
{
  g_autofree char *before = dup_text (self->book.book);
  g_autofree char *after = NULL;
  g_autoptr (BudgetBook) copy = create_new ();
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;

  read_text (copy, before, &counts, &error);
  g_assert_no_error (error);
  after = dup_text (copy);

  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (counts.n_added, ==, 21);
  g_assert_cmpuint (counts.n_duplicates, ==, 0);
  g_assert_cmpstr (budget_book_get_currency (copy), ==, budget_book_get_currency (self->book.book));
}

static int
on_row (void *data, int n_columns, char **values, char **names)
{
  GString *text = data;

  for (int i = 0; i < n_columns; i++)
    g_string_append_printf (text, "%s=%s|", names[i], values[i] != NULL ? values[i] : "null");
  g_string_append_c (text, '\n');
  return 0;
}

static int
on_table (void *data, int n_columns, char **values, char **names)
{
  g_ptr_array_add (data, g_strdup (values[0]));
  return 0;
}

/* Dumps all tables of a book's database as text. */
static char *
dup_rows (const char *path)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database,
                                 "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT "
                                 "LIKE 'sqlite_%' ORDER BY name",
                                 on_table, tables, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpuint (tables->len, >=, 11);
  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *query = g_strdup_printf ("SELECT * FROM \"%s\" ORDER BY 1, 2",
                                                (const char *) g_ptr_array_index (tables, i));

      g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (tables, i));
      g_assert_cmpint (sqlite3_exec (database, query, on_row, text, NULL), ==, SQLITE_OK);
    }

  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
  return g_string_free (text, FALSE);
}

static void
remove_book (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

/* Compares all columns of all tables, as the two databases have them. */
static void
test_every_row_of_every_table (ExportFixture *self, gconstpointer data)
{
  g_autofree char *first = export_fixture_dup_path (self, "one.budget");
  g_autofree char *second = export_fixture_dup_path (self, "two.budget");
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;
  BudgetBook *book;

  /* The fixture's book is in memory only; its copy on the disk is saved by the database itself. */
  g_assert_true (orm_connection_backup (
    orm_session_get_connection (budget_book_get_session (self->book.book)), first, &error));
  g_assert_no_error (error);
  text = dup_text (self->book.book);
  book = budget_book_create (second, NULL, &error);
  g_assert_no_error (error);
  read_text (book, text, &counts, &error);
  g_assert_no_error (error);
  g_object_unref (book);

  before = dup_rows (first);
  after = dup_rows (second);
  g_assert_cmpstr (after, ==, before);
  g_assert_nonnull (strstr (before, "expense_tags\nexpense_id=20|tag_id=1"));
  remove_book (first);
  remove_book (second);
}

static gboolean
is_written (const BudgetTable *table, const char *property)
{
  for (guint i = 0; i < table->n_fields; i++)
    if (g_str_equal (table->fields[i].property, property))
      return TRUE;

  return FALSE;
}

/* Fails when a new column is missing from the file of a whole book. */
static void
test_every_column_is_written (void)
{
  for (int i = 0; i < BUDGET_N_TABLES; i++)
    {
      const BudgetTable *table = _budget_table_get ((BudgetTableId) i);
      g_autoptr (GTypeClass) klass = g_type_class_ref (table->get_type ());
      guint n_properties;
      g_autofree GParamSpec **properties =
        g_object_class_list_properties ((GObjectClass *) klass, &n_properties);

      for (guint j = 0; j < n_properties; j++)
        {
          GType type = G_PARAM_SPEC_VALUE_TYPE (properties[j]);

          /* A list is the other side of what is written. */
          if (properties[j]->owner_type == table->get_type () &&
              !g_type_is_a (type, G_TYPE_LIST_MODEL) && !g_type_is_a (type, ORM_TYPE_COLLECTION))
            {
              g_test_message ("%s of %s", properties[j]->name, table->member);
              g_assert_true (is_written (table, properties[j]->name));
            }
        }
    }
}

static void
test_twice_adds_nothing (ExportFixture *self, gconstpointer data)
{
  g_autofree char *before = dup_text (self->book.book);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;

  read_text (self->book.book, before, &counts, &error);
  g_assert_no_error (error);
  after = dup_text (self->book.book);

  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (counts.n_added, ==, 0);
  g_assert_cmpuint (counts.n_duplicates, ==, 21);
}

/* Only missing rows are added, and equal expenses as often as in the file. */
static void
test_merging (ExportFixture *self, gconstpointer data)
{
  g_autofree char *text = dup_text (self->book.book);
  g_autofree char *before = export_fixture_list (self->book.book);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;
  g_autoptr (BudgetExpense) gas = book_fixture_get (&self->book, BOOK_FIXTURE_GAS);
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (BudgetExpense) twice = NULL;

  orm_query_where (query, "description", ORM_EQUAL, "Twice");
  twice = orm_session_find_first (self->book.session, query, &error);
  g_assert_no_error (error);
  g_assert_true (orm_session_delete (self->book.session, gas, NULL));
  g_assert_true (orm_session_delete (self->book.session, twice, NULL));
  g_assert_true (budget_category_set_name (self->book.food, "FOOD"));
  commit (self->book.book);
  g_assert_true (budget_category_set_name (self->book.food, "Food"));
  commit (self->book.book);

  read_text (self->book.book, text, &counts, &error);
  g_assert_no_error (error);
  after = export_fixture_list (self->book.book);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (counts.n_added, ==, 2);
  g_assert_cmpuint (counts.n_duplicates, ==, 19);
  g_assert_cmpint (counts.sum, ==, 4500 + 250);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_categories (self->book.book)), ==, 4);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_rules (self->book.book)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_tags (self->book.book)), ==, 2);
}

/* A book of another household is added completely, even if the ids are taken. */
static void
test_into_another_book (ExportFixture *self, gconstpointer data)
{
  g_autofree char *text = dup_text (self->book.book);
  g_autoptr (BudgetBook) other = create_new ();
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_MAY, 2026);
  BudgetUser *user = budget_book_get_default_user (other);
  BudgetCategory *category = budget_book_ensure_category (other, "food", NULL);
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (BudgetExpense) out = NULL;
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;

  g_assert_true (budget_book_set_currency (other, "EUR", NULL));
  add (other, book_fixture_new_expense (user, category, "Bread", 300, date));
  commit (other);
  read_text (other, text, &counts, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (counts.n_added, ==, 21);
  orm_query_where (query, "description", ORM_EQUAL, "To purse");
  out = orm_session_find_first (budget_book_get_session (other), query, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (budget_expense_get_description (budget_expense_get_counterpart (out)), ==,
                   "From bank");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (budget_expense_get_tags (out))), ==, 2);
  g_assert_true (budget_book_find_category (other, "Food") == category);
  g_assert_nonnull (budget_book_find_user (other, "alice@example.com"));
}

static void
test_undo (ExportFixture *self, gconstpointer data)
{
  g_autofree char *text = dup_text (self->book.book);
  g_autoptr (BudgetBook) other = create_new ();
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_MAY, 2026);
  g_autofree char *before = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *after = NULL;
  g_autofree char *redone = NULL;
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;

  g_assert_true (budget_book_set_currency (other, "EUR", NULL));
  add (other, book_fixture_new_expense (budget_book_get_default_user (other),
                                        budget_book_ensure_category (other, "Food", NULL), "Bread",
                                        300, date));
  commit (other);
  before = dup_text (other);
  read_text (other, text, &counts, &error);
  g_assert_no_error (error);
  after = dup_text (other);
  budget_book_undo (other, NULL, &error);
  g_assert_no_error (error);
  undone = dup_text (other);
  g_assert_cmpstr (undone, ==, before);
  budget_book_redo (other, NULL, &error);
  g_assert_no_error (error);
  redone = dup_text (other);
  g_assert_cmpstr (redone, ==, after);
}

/* Undo restores the starter rows of a new book, and redo removes them. */
static void
test_undo_in_a_new_book (ExportFixture *self, gconstpointer data)
{
  g_autofree char *text = dup_text (self->book.book);
  g_autoptr (BudgetBook) copy = create_new ();
  g_autofree char *before = dup_text (copy);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;

  read_text (copy, text, &counts, &error);
  g_assert_no_error (error);
  budget_book_undo (copy, NULL, &error);
  g_assert_no_error (error);
  undone = dup_text (copy);
  g_assert_cmpstr (undone, ==, before);
  budget_book_redo (copy, NULL, &error);
  g_assert_no_error (error);
  redone = dup_text (copy);
  g_assert_cmpstr (redone, ==, text);
}

static void
test_a_trial_changes_nothing (ExportFixture *self, gconstpointer data)
{
  g_autofree char *text = dup_text (self->book.book);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (BudgetBook) copy = create_new ();
  g_autofree char *before = dup_text (copy);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;

  budget_book_importer_read (copy, bytes, BUDGET_BOOK_IMPORT_DRY_RUN, &counts, NULL, &error);
  g_assert_no_error (error);
  after = dup_text (copy);

  g_assert_cmpuint (counts.n_added, ==, 21);
  g_assert_cmpstr (after, ==, before);
}

static void
test_cancelling_changes_nothing (ExportFixture *self, gconstpointer data)
{
  g_autofree char *text = dup_text (self->book.book);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (BudgetBook) copy = create_new ();
  g_autofree char *before = dup_text (copy);
  g_autofree char *after = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;

  g_cancellable_cancel (cancellable);
  g_assert_false (
    budget_book_importer_read (copy, bytes, BUDGET_BOOK_IMPORT_NONE, &counts, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = dup_text (copy);
  g_assert_cmpstr (after, ==, before);
}

static void
test_another_currency_is_refused (ExportFixture *self, gconstpointer data)
{
  g_autofree char *text = dup_text (self->book.book);
  g_auto (GStrv) parts = g_strsplit (text, "\"EUR\"", -1);
  g_autofree char *dollars = g_strjoinv ("\"USD\"", parts);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;

  g_assert_false (read_text (self->book.book, dollars, &counts, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "USD"));
  after = dup_text (self->book.book);
  g_assert_cmpstr (after, ==, text);
}

#define HEADING "{\"format\":\"budget-book\",\"version\":1,\"currency\":\"EUR\",\n"
#define PEOPLE "\"people\":[{\"id\":1,\"email\":\"a@b.c\",\"name\":\"A\"}],\n"
#define CATEGORIES                                                                                 \
  "\"categories\":[{\"id\":7,\"name\":\"Food\",\"color\":\"#123456\",\"kind\":\"spending\"}],\n"
#define TAGS "\"tags\":[{\"id\":4,\"name\":\"x\"}],\n"
#define EXPENSE(id, amount, person, more)                                                          \
  "{\"id\":" id ",\"date\":\"2026-01-31\",\"description\":\"Bread\",\"amount\":" amount            \
  ",\"category\":7,\"person\":" person more "}"
#define LONG                                                                                       \
  "a description of more than two hundred letters, which is more than a book can keep of one"
#define ROWS(rows) HEADING PEOPLE CATEGORIES TAGS "\"expenses\":[\n" rows "]}\n"

static const char small_file[] =
  ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"counterpart\":2,\"tags\":[4]") ",\n" EXPENSE (
    "2", "\"-2.50\"", "1", ""));

static const struct
{
  const char *text;
  const char *message;
} wrong[] = {
  { "{}", "not a Budget book" },
  { "[]", "{" },
  { "{\"format\":\"budget-book\"}", "not a Budget book" },
  { "{\"format\":\"budget-book\",\"version\":\"1\"}", "not a Budget book" },
  { "{\"format\":\"budget-book\",\"version\":2,\"currency\":\"EUR\"}", "newer" },
  { "{\"format\":\"budget-book\",\"version\":1}", "currency" },
  { HEADING "\"people\":[]}", "categories" },
  { HEADING "\"people\":{},\"categories\":[],\"expenses\":[]}", "people" },
  { HEADING PEOPLE CATEGORIES "\"expenses\":[", "ends too early" },
  { HEADING PEOPLE CATEGORIES "\"expenses\":[]", "}" },
  { HEADING PEOPLE CATEGORIES "\"expenses\":[]} x", "after the end" },
  { HEADING PEOPLE CATEGORIES "\"expenses\":[1]}", "Line 4: the row is not" },
  { ROWS (EXPENSE ("1", "2.50", "1", "")), "Line 6: “amount”" },
  { ROWS (EXPENSE ("1", "\"much\"", "1", "")), "Line 6: " },
  { ROWS (EXPENSE ("1", "\"1e5\"", "1", "")), "Line 6: " },
  { ROWS (EXPENSE ("1", "\"2.505\"", "1", "")), "Line 6: " },
  { ROWS (EXPENSE ("1", "\"999999999.00\"", "1", "")), "Line 6: " },
  { ROWS (EXPENSE ("1", "null", "1", "")), "“amount” is missing" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "2", "")), "“person” refers to row 2 of “people”" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "\"1\"", "")), "“person”" },
  { ROWS (EXPENSE ("\"1\"", "\"2.50\"", "1", "")), "no valid id" },
  { ROWS (EXPENSE ("0", "\"2.50\"", "1", "")), "no valid id" },
  { ROWS (EXPENSE ("-1", "\"2.50\"", "1", "")), "no valid id" },
  { ROWS (EXPENSE ("9223372036854775807", "\"2.50\"", "1", "")), "no valid id" },
  { HEADING PEOPLE CATEGORIES "\"rules\":[{\"id\":1,\"pattern\":\"x\",\"match\":\"contains\","
                              "\"position\":9223372036854775807,"
                              "\"enabled\":true,\"category\":7}],\"expenses\":[]}",
    "“position”" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"counterpart\":9")), "other half" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"counterpart\":\"9\"")), "other half" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"tags\":[5]")), "“tags” refers to row 5" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"tags\":\"x\"")), "“tags”" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"matched\":\"x\"")), "“matched”" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"created_at\":\"yesterday\"")), "“created_at”" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"date\":\"2026-02-30\"")), "not a date" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"date\":\"31.1.2026\"")), "not a date" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"description\":\"" LONG LONG LONG "\"")), "Line 6: " },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"description\":null")), "“description” is missing" },
  { ROWS (EXPENSE ("1", "\"2.50\"", "1", "") "," EXPENSE ("1", "\"2.50\"", "1", "")),
    "no valid id" },
  { ROWS ("{\"id\":1 \"date\"}"), "JSON" },
  { ROWS ("{\"id\":1,\"x\":[[[[[[[[[[1]]]]]]]]]]}"), "deeply" },
};

static void
test_what_is_wrong_is_refused (void)
{
  g_autoptr (BudgetBook) book = create_new ();
  g_autofree char *before = dup_text (book);
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      BudgetBookImportCounts counts;

      g_test_message ("%s", wrong[i].text);
      g_assert_false (read_text (book, wrong[i].text, &counts, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, wrong[i].message));
    }

  after = dup_text (book);
  g_assert_cmpstr (after, ==, before);
}

/* Years before 1000 are written with four digits. */
static void
test_years_have_four_digits (void)
{
  g_autoptr (BudgetBook) book = create_new ();
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;

  read_text (book,
             ROWS (EXPENSE ("1", "\"2.50\"", "1", ",\"created_at\":\"0500-01-02T00:00:00Z\"")),
             &counts, &error);
  g_assert_no_error (error);
  text = dup_text (book);
  g_assert_nonnull (strstr (text, "\"0500-01-02T00:00:00Z\""));
}

/* A list nested 100,000 times would overflow the stack of a recursive parser. */
static void
test_deep_nesting (void)
{
  g_autoptr (GString) text = g_string_new (HEADING "\"people\":");
  g_autoptr (BudgetBook) book = create_new ();
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '[');

  g_assert_false (read_text (book, text->str, &counts, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
}

static void
read_anything (BudgetBook *book, const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  BudgetBookImportCounts counts;
  gboolean is_good;

  is_good =
    budget_book_importer_read (book, bytes, BUDGET_BOOK_IMPORT_DRY_RUN, &counts, NULL, &error);
  g_assert_true (is_good == (error == NULL));
}

static void
test_cut_at_every_byte (void)
{
  g_autoptr (BudgetBook) book = create_new ();
  g_autofree char *before = dup_text (book);
  g_autofree char *after = NULL;

  read_anything (book, small_file, strlen (small_file));
  for (gsize length = 0; length < strlen (small_file); length++)
    read_anything (book, small_file, length);

  after = dup_text (book);
  g_assert_cmpstr (after, ==, before);
}

static void
test_bytes_spoilt (void)
{
  static const char spoilers[] = { '\0', '"', '{', ']', '\\', '\xff', '9', '-' };
  g_autoptr (BudgetBook) book = create_new ();
  g_autofree char *before = dup_text (book);
  g_autofree char *after = NULL;

  for (gsize at = 0; at < strlen (small_file); at += 3)
    {
      g_autofree char *copy = g_strdup (small_file);

      copy[at] = spoilers[at % G_N_ELEMENTS (spoilers)];
      read_anything (book, copy, strlen (small_file));
    }

  after = dup_text (book);
  g_assert_cmpstr (after, ==, before);
}

static void
test_sniffing (void)
{
  static const struct
  {
    const char *text;
    gboolean is_book;
  } cases[] = {
    { small_file, TRUE },
    { "\xef\xbb\xbf { \"format\" : \"budget-book\" }", TRUE },
    { "", FALSE },
    { "{\"currency\": \"EUR\", \"rows\": []}", FALSE },
    { "Date,\"format\",\"budget-book\"\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].text, strlen (cases[i].text));

      g_assert_cmpint (budget_book_importer_sniff (bytes), ==, cases[i].is_book);
    }
}

#define ADD(name, func)                                                                            \
  g_test_add ("/book-json/" name, ExportFixture, "EUR", set_up, func, export_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("comes-back", test_comes_back);
  g_test_add ("/book-json/comes-back-with-three-decimals", ExportFixture, "KWD", set_up,
              test_comes_back, export_fixture_tear_down);
  ADD ("every-row-of-every-table", test_every_row_of_every_table);
  ADD ("twice-adds-nothing", test_twice_adds_nothing);
  ADD ("merging", test_merging);
  ADD ("into-another-book", test_into_another_book);
  ADD ("undo", test_undo);
  ADD ("undo-in-a-new-book", test_undo_in_a_new_book);
  ADD ("a-trial-changes-nothing", test_a_trial_changes_nothing);
  ADD ("cancelling-changes-nothing", test_cancelling_changes_nothing);
  ADD ("another-currency-is-refused", test_another_currency_is_refused);
  g_test_add_func ("/book-json/every-column-is-written", test_every_column_is_written);
  g_test_add_func ("/book-json/what-is-wrong-is-refused", test_what_is_wrong_is_refused);
  g_test_add_func ("/book-json/years-have-four-digits", test_years_have_four_digits);
  g_test_add_func ("/book-json/deep-nesting", test_deep_nesting);
  g_test_add_func ("/book-json/cut-at-every-byte", test_cut_at_every_byte);
  g_test_add_func ("/book-json/bytes-spoilt", test_bytes_spoilt);
  g_test_add_func ("/book-json/sniffing", test_sniffing);

  return g_test_run ();
}
