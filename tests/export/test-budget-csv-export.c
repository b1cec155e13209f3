/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-exporter.h"
#include "budget-importer.h"
#include "budget-starter.h"
#include "budget-tag.h"
#include "import-fixture.h"
#include "orm-session-query.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

static char *
export_file (BudgetBook *book, BudgetFilter *filter, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("budget-XXXXXX", &error);
  g_autofree char *path = NULL;
  char *contents;

  g_assert_no_error (error);
  path = g_build_filename (folder, name, NULL);
  budget_exporter_write_file (book, filter, path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return contents;
}

static char *
export_csv (BudgetBook *book)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();

  return export_file (book, filter, "list.csv");
}

static BudgetBook *
import_csv (const char *text)
{
  g_autoptr (GError) error = NULL;
  BudgetBook *book = budget_book_new_in_memory (&error);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (BudgetStatement) statement = NULL;
  g_autoptr (BudgetImporter) importer = NULL;

  g_assert_no_error (error);
  budget_starter_fill (budget_book_get_session (book), &error);
  g_assert_no_error (error);
  g_assert_true (budget_book_commit (book, NULL, NULL));

  statement = budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  g_assert_no_error (error);
  importer = budget_importer_new (book);
  budget_importer_add_statement (importer, "export.csv", statement, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (import_fixture_count_drafts (importer).n_rejected, ==, 0);
  budget_importer_commit (importer, NULL, &error);
  g_assert_no_error (error);

  return book;
}

static void
add_expense (BookFixture *self, const char *description, const char *note, gint64 amount, int day)
{
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) day, G_DATE_DECEMBER, 2026);
  g_autoptr (BudgetExpense) expense =
    book_fixture_new_expense (self->bob, self->food, description, amount, date);
  g_autoptr (GError) error = NULL;

  budget_expense_set_note (expense, note);
  orm_session_add (self->session, expense, &error);
  g_assert_no_error (error);
  budget_book_commit (self->book, NULL, &error);
  g_assert_no_error (error);
}

static void
test_columns (BookFixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (budget_book_set_currency (self->book, "EUR", NULL));
  g_assert_true (budget_book_commit (self->book, NULL, NULL));
  text = export_csv (self->book);
  lines = g_strsplit (text, "\r\n", -1);

  g_assert_cmpstr (lines[0], ==,
                   "Date,Description,Category,Person,Spent,Currency,Note,Account,Tags");
  g_assert_cmpstr (lines[1], ==, "2026-11-07,Concert,Entertainment,bob@example.com,50.00,EUR,,,");
}

/* These texts are those that the reader of bank files would change. */
static void
test_round_trip (BookFixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (BudgetBook) copy = NULL;

  add_expense (self, "Total", "Total", 100, 1);
  add_expense (self, "Balance brought forward", NULL, -5000, 1);
  add_expense (self, "=HYPERLINK(\"http://example.com\")", "+1\n-2\n@x", 1, 2);
  add_expense (self, "'=1", "'quoted'", 2, 3);
  add_expense (self, "two  blanks, \"quotes\"; semicolon", "a\n\nb", 9999999999, 4);
  add_expense (self, "Twice", NULL, 250, 5);
  add_expense (self, "Twice", NULL, 250, 5);
  add_expense (self, "Naïve café ☕ 💶", "Zoë", 0, 6);
  before = export_csv (self->book);

  copy = import_csv (before);
  after = export_csv (copy);

  g_assert_cmpstr (after, ==, before);
}

/* The format is detected by the heading, not by the text of a note. */
static void
test_is_detected_by_its_heading (BookFixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (BudgetBook) copy = NULL;

  add_expense (self, "Fee", "What the bank sent:\n!Type:Bank\nD1/12/26\nT-1.00\n^", 100, 8);
  add_expense (self, "<STMTTRN>", "<OFX>", 100, 8);
  before = export_csv (self->book);

  copy = import_csv (before);
  after = export_csv (copy);

  g_assert_cmpstr (after, ==, before);
}

static void
test_formulas_are_text (BookFixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;

  add_expense (self, "=1+1", "@sum", 100, 1);
  text = export_csv (self->book);

  g_assert_nonnull (strstr (text, "\"'=1+1\""));
  g_assert_nonnull (strstr (text, "\"'@sum\""));
}

static void
add_tag (BookFixture *self, BudgetExpense *expense, const char *name)
{
  g_autoptr (BudgetTag) tag = budget_tag_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (budget_tag_set_name (tag, name));
  orm_session_add (self->session, tag, &error);
  g_assert_no_error (error);
  orm_collection_append (budget_expense_get_tags (expense), tag);
}

/* Names with commas, backslashes and blanks need escaping. */
static void
test_tags_come_back (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) gas = book_fixture_get (self, BOOK_FIXTURE_GAS);
  g_autoptr (BudgetExpense) concert = book_fixture_get (self, BOOK_FIXTURE_CONCERT);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (BudgetBook) copy = NULL;
  g_autoptr (GError) error = NULL;

  add_tag (self, gas, "tax, 2026");
  add_tag (self, gas, "a\\b\\");
  add_tag (self, gas, " both ends ");
  add_tag (self, gas, "=1+1");
  add_tag (self, concert, "ünïcode \"quoted\"");
  budget_book_commit (self->book, NULL, &error);
  g_assert_no_error (error);
  before = export_csv (self->book);
  g_assert_nonnull (strstr (before, "\"\\ both ends\\ , =1+1, a\\\\b\\\\, tax\\, 2026\""));

  copy = import_csv (before);
  after = export_csv (copy);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_tags (copy)), ==, 5);
}

/* All expenses share one tag, whatever the case of its letters. */
static void
test_tags_are_made_once (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBook) copy =
    import_csv ("Date,Description,Category,Person,Spent,Currency,Note,Account,Tags\r\n"
                "2026-11-07,Concert,Fun,bob@example.com,50.00,EUR,,,\"Music, fun\"\r\n"
                "2026-11-06,Record,Fun,bob@example.com,5.00,EUR,,,\"music,,  ,\"\r\n");

  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_tags (copy)), ==, 2);
}

/* Older versions wrote no column for tags. */
static void
test_older_tables_are_read (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBook) copy =
    import_csv ("Date,Description,Category,Person,Spent,Currency,Note,Account\r\n"
                "2026-11-07,Total,Fun,bob@example.com,50.00,EUR,\"'=1\",Purse\r\n");
  g_autofree char *text = export_csv (copy);

  g_assert_nonnull (
    strstr (text, "2026-11-07,Total,Fun,bob@example.com,50.00,EUR,\"'=1\",Purse,\r\n"));
}

/* Each of the characters that a spreadsheet begins a formula with, in each column of text. */
static void
test_every_formula_is_text (BookFixture *self, gconstpointer data)
{
  static const char *const starts[] = { "=", "+", "-", "@", "\t", "\r", "\r\n=", "'\r" };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (BudgetBook) copy = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *text = g_strconcat (starts[i], "1", NULL);
      g_autofree char *guarded = g_strconcat ("\"'", text, "\",", NULL);
      g_autofree char *exported = NULL;

      add_expense (self, text, text, -100 - (gint64) i, 1);
      exported = export_csv (self->book);
      g_assert_nonnull (strstr (exported, guarded));
      g_assert_nonnull (strstr (exported, ",-1.0"));
    }

  before = export_csv (self->book);
  copy = import_csv (before);
  after = export_csv (copy);
  g_assert_cmpstr (after, ==, before);
}

static void
test_a_file_is_replaced_whole (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("budget-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "list.csv", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *expected = export_csv (self->book);
  guint n_written = 0;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  budget_exporter_write_file (self->book, filter, path, &n_written, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (n_written, ==, 6);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_a_cancelled_export_leaves_the_file (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("budget-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "list.csv", NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (budget_exporter_write_file (self->book, filter, path, NULL, cancellable, &error));

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "old");
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_other_kinds_are_refused (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (
    budget_exporter_write_file (self->book, filter, "/tmp/list.xls", NULL, NULL, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_UNKNOWN_FORMAT);
}

static void
test_json (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autoptr (BudgetPeriod) november = budget_period_new_month (2026, 11);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JsonObject *root, *row;

  /* A filter for everything would export the whole book. */
  budget_filter_set_period (filter, november);
  text = export_file (self->book, filter, "list.json");
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);

  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (root, "currency"), ==,
                   budget_book_get_currency (self->book));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "rows")), ==, 6);
  row = json_array_get_object_element (json_object_get_array_member (root, "rows"), 0);
  g_assert_cmpstr (json_object_get_string_member (row, "description"), ==, "Concert");
  g_assert_cmpstr (json_object_get_string_member (row, "amount"), ==, "50.00");
  g_assert_true (json_object_get_null_member (row, "note"));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/csv-export/" name, BookFixture, NULL, book_fixture_set_up, func,                   \
              book_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("columns", test_columns);
  ADD ("round-trip", test_round_trip);
  ADD ("is-detected-by-its-heading", test_is_detected_by_its_heading);
  ADD ("formulas-are-text", test_formulas_are_text);
  ADD ("every-formula-is-text", test_every_formula_is_text);
  ADD ("tags-come-back", test_tags_come_back);
  ADD ("tags-are-made-once", test_tags_are_made_once);
  ADD ("older-tables-are-read", test_older_tables_are_read);
  ADD ("a-file-is-replaced-whole", test_a_file_is_replaced_whole);
  ADD ("a-cancelled-export-leaves-the-file", test_a_cancelled_export_leaves_the_file);
  ADD ("other-kinds-are-refused", test_other_kinds_are_refused);
  ADD ("json", test_json);

  return g_test_run ();
}
