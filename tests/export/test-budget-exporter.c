/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer.h"
#include "export-fixture.h"
#include "import-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* The six expenses of the book and those of the fixture. */
#define N_EXPENSES 18

static void
check_round_trip (ExportFixture *self, const char *name, const char *currency)
{
  g_autofree char *path = export_fixture_dup_path (self, name);
  g_autofree char *text = export_fixture_write (self, name, NULL);
  g_autofree char *before = export_fixture_list (self->book.book);
  g_autofree char *after = NULL;
  g_autoptr (BudgetBook) copy = export_fixture_import (path, currency, N_EXPENSES);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  after = export_fixture_list (copy);
  g_assert_cmpstr (after, ==, before);
}

/* A file in QIF names an account, not its number. */
static void
test_qif_comes_back (ExportFixture *self, gconstpointer data)
{
  g_assert_true (budget_account_set_number (self->bank, NULL));
  check_round_trip (self, "test.qif", data);
}

static void
check_twice (ExportFixture *self, const char *name)
{
  g_autofree char *path = export_fixture_dup_path (self, name);
  g_autofree char *text = export_fixture_write (self, name, NULL);
  g_autoptr (BudgetImporter) importer = budget_importer_new (self->book.book);
  g_autoptr (GError) error = NULL;

  budget_importer_add_file (importer, path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (import_fixture_count_drafts (importer).n_new, ==, 0);
  g_assert_cmpuint (import_fixture_count_drafts (importer).n_duplicates, ==, N_EXPENSES);
}

static void
test_exported_expenses_are_recognized (ExportFixture *self, gconstpointer data)
{
  check_twice (self, "test.qif");
  check_twice (self, "test.csv");
}

static void
test_qif_lines (ExportFixture *self, gconstpointer data)
{
  g_autofree char *text = export_fixture_write (self, "test.qif", NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_ends = 0;

  g_assert_true (g_str_has_prefix (text, "!Type:Cat\nN"));
  g_assert_nonnull (
    strstr (text, "!Account\nNVisa\nTCCard\n^\n!Type:CCard\nD2026-04-05\nT-12.34\n"));
  g_assert_nonnull (strstr (text, "!Account\nNPurse\nTCash\n^\n!Type:Cash\n"));
  g_assert_nonnull (strstr (text, "D2026-03-04\nT12.50\nPRefund\nLEntertainment\n^\n"));
  g_assert_nonnull (strstr (text, "\nP!Type:Bank\nM!Account\n"));

  /* Four categories, three accounts, and the transactions. */
  for (guint i = 0; lines[i] != NULL; i++)
    {
      n_ends += g_str_equal (lines[i], "^");
      g_assert_true (*lines[i] != '^' || lines[i][1] == '\0');
    }
  g_assert_cmpuint (n_ends, ==, 4 + 3 + N_EXPENSES);
}

static void
test_qif_texts_stay_in_their_lines (ExportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = book_fixture_get (&self->book, BOOK_FIXTURE_GAS);
  g_autofree char *text = NULL;

  g_assert_true (budget_expense_set_note (expense, "one\n^\nD2020-01-01\r\nT-5\n^"));
  g_assert_true (budget_category_set_name (self->book.transportation, "[Visa] trips"));
  text = export_fixture_write (self, "test.qif", NULL);

  g_assert_nonnull (strstr (text, "\nMone ^ D2020-01-01  T-5 ^\n"));
  g_assert_nonnull (strstr (text, "\nL(Visa] trips\n"));
}

/* Both halves of a transfer name the other account, and an opening balance is no transaction. */
static void
test_qif_transfers_and_openings (ExportFixture *self, gconstpointer data)
{
  g_autofree char *path = export_fixture_dup_path (self, "test.qif");
  g_autofree char *text = NULL;
  g_autoptr (BudgetBook) copy = NULL;
  g_autoptr (GDate) date = g_date_new_dmy (31, G_DATE_DECEMBER, 2025);
  BudgetExpense *out, *in;

  out =
    export_fixture_add (self, self->bank, self->book.empty, "To purse", NULL, 5000, "2026-08-01");
  in =
    export_fixture_add (self, self->cash, self->book.empty, "From bank", NULL, -5000, "2026-08-01");
  g_assert_true (budget_expense_set_counterpart (out, in));
  g_assert_true (budget_account_set_opening_balance (self->bank, 123400));
  g_assert_true (budget_account_set_opening_date (self->bank, date));
  g_assert_true (budget_book_commit (self->book.book, NULL, NULL));
  text = export_fixture_write (self, "test.qif", NULL);

  g_assert_nonnull (strstr (text, "T-50.00\nPTo purse\nL[Purse]\n^\n"));
  g_assert_nonnull (strstr (text, "T50.00\nPFrom bank\nL[Joint “account”]\n^\n"));
  g_assert_nonnull (strstr (text, "!Type:Bank\nD2025-12-31\nT1234.00\nPOpening Balance\n"
                                  "L[Joint “account”]\n^\nD2026"));
  copy = export_fixture_import (path, data, N_EXPENSES + 2);
  g_assert_nonnull (budget_book_find_account (copy, "Purse"));
}

/* Amounts with three decimals are unambiguous. */
static void
test_three_decimals_come_back (ExportFixture *self, gconstpointer data)
{
  g_assert_true (budget_account_set_number (self->bank, NULL));
  check_round_trip (self, "test.qif", data);
  check_round_trip (self, "test.ofx", data);
}

static void
test_ofx_comes_back (ExportFixture *self, gconstpointer data)
{
  check_round_trip (self, "test.ofx", data);
}

static void
test_ofx_is_known_again (ExportFixture *self, gconstpointer data)
{
  check_twice (self, "test.ofx");
}

/* Counts the tags and checks the maximum length of their texts. */
static guint
count_tag (const char *text, const char *tag, glong longest)
{
  g_autofree char *open = g_strdup_printf ("<%s>", tag);
  g_autofree char *close = g_strdup_printf ("</%s>", tag);
  guint n_found = 0;

  for (const char *at = text; (at = strstr (at, open)) != NULL; n_found++)
    {
      const char *end = strstr (at, close);

      g_assert_nonnull (end);
      at += strlen (open);

      /* An entity is one letter. */
      if (memchr (at, '&', (gsize) (end - at)) == NULL)
        g_assert_cmpint (g_utf8_strlen (at, end - at), <=, longest);
    }

  return n_found;
}

static void
test_ofx_shape (ExportFixture *self, gconstpointer data)
{
  g_autofree char *text = export_fixture_write (self, "test.ofx", NULL);
  const char *const xmllint[] = { "xmllint", "--noout", "test.ofx", NULL };
  g_autofree char *path = export_fixture_dup_path (self, "test.ofx");
  const char *argv[] = { xmllint[0], xmllint[1], path, NULL };
  g_autofree char *complaint = export_fixture_run (argv);

  g_assert_true (complaint == NULL || *complaint == '\0');
  g_assert_cmpuint (count_tag (text, "STMTRS", 1000000), ==, 3);
  g_assert_cmpuint (count_tag (text, "CCSTMTRS", 1000000), ==, 1);
  g_assert_cmpuint (count_tag (text, "STMTTRN", 1000000), ==, N_EXPENSES);
  g_assert_cmpuint (count_tag (text, "NAME", 32), ==, N_EXPENSES);
  g_assert_cmpuint (count_tag (text, "FITID", 255), ==, N_EXPENSES);
  g_assert_cmpuint (count_tag (text, "MEMO", 255), >, 3);
  g_assert_nonnull (strstr (text, "<NAME>A description of more than thirt</NAME>\n"
                                  "<MEMO>y-two letters, which"));
  g_assert_nonnull (strstr (text, "<ACCTID>DE89370400440532013000</ACCTID>"));
  g_assert_nonnull (strstr (text, "<NAME>Rent &amp; &lt;heat&gt; \"quoted\"</NAME>"));

  /* Joint account: 850.00, 0.01 and a refund of 12.50. */
  g_assert_nonnull (strstr (text, "<BALAMT>-837.51</BALAMT>"));
}

static GHashTable *
collect_ids (const char *text)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *at = text; (at = strstr (at, "<FITID>")) != NULL;)
    {
      at += strlen ("<FITID>");
      g_hash_table_add (ids, g_strndup (at, (gsize) (strchr (at, '<') - at)));
    }

  return ids;
}

/* A transaction has the same id in every file, and ids are unique. */
static void
test_ofx_ids_stay (ExportFixture *self, gconstpointer data)
{
  g_autofree char *first = export_fixture_write (self, "test.ofx", NULL);
  g_autofree char *second = NULL;
  g_autoptr (GHashTable) before = collect_ids (first);
  g_autoptr (GHashTable) after = NULL;
  GHashTableIter iter;
  gpointer id;

  export_fixture_add (self, self->bank, self->book.food, "First of all", NULL, 1, "2020-01-01");
  g_assert_true (budget_book_commit (self->book.book, NULL, NULL));
  second = export_fixture_write (self, "test.ofx", NULL);
  after = collect_ids (second);

  g_assert_cmpuint (g_hash_table_size (before), ==, N_EXPENSES);
  g_assert_cmpuint (g_hash_table_size (after), ==, N_EXPENSES + 1);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (g_hash_table_contains (after, id));
}

static guint
count (const char *text, const char *part)
{
  guint n_found = 0;

  for (const char *at = text; (at = strstr (at, part)) != NULL; at += strlen (part))
    n_found++;

  return n_found;
}

/* libofx, which GnuCash and KMyMoney use, finds all transactions. */
static void
test_ofx_is_read_by_libofx (ExportFixture *self, gconstpointer data)
{
  g_autofree char *path = export_fixture_dup_path (self, "test.ofx");
  g_autofree char *text = export_fixture_write (self, "test.ofx", NULL);
  const char *argv[] = { "ofxdump", path, NULL };
  g_autofree char *output = export_fixture_run (argv);

  if (output == NULL)
    {
      g_test_skip ("ofxdump is not installed");
      return;
    }

  g_test_message ("%s", output);
  g_assert_cmpuint (count (output, "ofx_proc_transaction():"), ==, N_EXPENSES);
  g_assert_nonnull (strstr (output, "Rent & <heat> \"quoted\""));
  g_assert_nonnull (strstr (output, "DE89370400440532013000"));
  g_assert_nonnull (strstr (output, "CREDITCARD"));
  g_assert_nonnull (strstr (output, "Total money amount: -850.00"));
  g_assert_nonnull (strstr (output, "Total money amount: 12.50"));
}

/* A filter holds for all accounts together. */
static void
test_filter (ExportFixture *self, gconstpointer data)
{
  static const char *const names[] = { "test.csv", "test.json", "test.ofx", "test.qif" };
  g_autoptr (BudgetFilter) filter = budget_filter_new ();

  budget_filter_set_search (filter, "Twice");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = export_fixture_write (self, names[i], filter);

      g_assert_cmpuint (count (text, "Twice"), ==, 2);
      g_assert_null (strstr (text, "Refund"));
      g_assert_null (strstr (text, "Visa"));
    }
}

static void
test_an_empty_list (ExportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autofree char *ofx = NULL;
  g_autofree char *qif = NULL;

  budget_filter_set_search (filter, "no such words");
  ofx = export_fixture_write (self, "test.ofx", filter);
  qif = export_fixture_write (self, "test.qif", filter);

  g_assert_true (g_str_has_suffix (ofx, "</SIGNONMSGSRSV1>\n</OFX>\n"));
  g_assert_true (g_str_has_suffix (qif, "^\n"));
}

typedef struct
{
  GMainLoop *loop;
  GCancellable *cancellable;
  guint n_written;
  guint n_told;
  double fraction;
  GError *error;
} Waiting;

static void
on_progress (double fraction, gpointer data)
{
  Waiting *waiting = data;

  g_assert_cmpfloat (fraction, >=, waiting->fraction);
  g_assert_cmpfloat (fraction, <=, 1.0);
  waiting->fraction = fraction;
  if (waiting->n_told++ == 1 && waiting->cancellable != NULL)
    g_cancellable_cancel (waiting->cancellable);
}

static void
on_written (GObject *object, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;

  budget_exporter_write_file_finish (BUDGET_BOOK (object), result, &waiting->n_written,
                                     &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static void
write_and_wait (ExportFixture *self, const char *path, Waiting *waiting)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();

  waiting->loop = g_main_loop_new (NULL, FALSE);
  budget_exporter_write_file_async (self->book.book, filter, path, on_progress, waiting,
                                    waiting->cancellable, on_written, waiting);
  g_main_loop_run (waiting->loop);
  g_main_loop_unref (waiting->loop);
}

static void
add_many (ExportFixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    export_fixture_add (self, i % 2 == 0 ? self->cash : NULL, self->book.food, "One of many", NULL,
                        100 + i, "2026-10-01");
  g_assert_true (budget_book_commit (self->book.book, NULL, NULL));
}

static void
test_little_by_little (ExportFixture *self, gconstpointer data)
{
  add_many (self, 500);

  for (guint i = 0; i < budget_exporter_get_n_kinds (); i++)
    {
      const char *title;
      const char *suffix = budget_exporter_get_kind (i, &title);
      g_autofree char *name = g_strdup_printf ("test.%s", suffix);
      g_autofree char *path = export_fixture_dup_path (self, name);
      g_autofree char *at_once = export_fixture_write (self, name, NULL);
      g_autofree char *by_and_by = NULL;
      Waiting waiting = { 0 };
      GStatBuf info;

      g_assert_cmpint (*title, !=, '\0');
      g_assert_true (budget_exporter_knows (path));
      g_unlink (path);
      write_and_wait (self, path, &waiting);
      g_assert_no_error (waiting.error);
      g_assert_cmpuint (waiting.n_written, ==, N_EXPENSES + 500);
      g_assert_cmpuint (waiting.n_told, >=, 5);
      g_assert_true (g_file_get_contents (path, &by_and_by, NULL, NULL));
      g_assert_cmpuint (strlen (by_and_by), ==, strlen (at_once));
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
}

static void
test_cancelling_leaves_the_file (ExportFixture *self, gconstpointer data)
{
  add_many (self, 500);

  for (guint i = 0; i < budget_exporter_get_n_kinds (); i++)
    {
      g_autofree char *name = g_strdup_printf ("test.%s", budget_exporter_get_kind (i, NULL));
      g_autofree char *path = export_fixture_dup_path (self, name);
      g_autofree char *contents = NULL;
      g_autoptr (GDir) dir = NULL;
      Waiting waiting = { .cancellable = g_cancellable_new () };

      g_assert_true (g_file_set_contents (path, "old", -1, NULL));
      write_and_wait (self, path, &waiting);
      g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "old");
      g_error_free (waiting.error);
      g_object_unref (waiting.cancellable);
    }
}

static void
test_a_name_without_an_extension (ExportFixture *self, gconstpointer data)
{
  g_autofree char *path = export_fixture_dup_path (self, "test.xls");
  Waiting waiting = { 0 };

  g_assert_false (budget_exporter_knows (path));
  write_and_wait (self, path, &waiting);
  g_assert_error (waiting.error, BUDGET_ERROR, BUDGET_ERROR_UNKNOWN_FORMAT);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_error_free (waiting.error);
}

#define ADD(name, currency, func)                                                                  \
  g_test_add ("/exporter/" name, ExportFixture, currency, export_fixture_set_up, func,             \
              export_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("SOURCE_DATE_EPOCH", "1700000000", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("qif/comes-back", "EUR", test_qif_comes_back);
  ADD ("qif/comes-back-without-decimals", "JPY", test_qif_comes_back);
  ADD ("qif/lines", "EUR", test_qif_lines);
  ADD ("qif/texts-stay-in-their-lines", "EUR", test_qif_texts_stay_in_their_lines);
  ADD ("qif/transfers-and-openings", "EUR", test_qif_transfers_and_openings);
  ADD ("three-decimals-come-back", "KWD", test_three_decimals_come_back);
  ADD ("ofx/comes-back", "EUR", test_ofx_comes_back);
  ADD ("ofx/comes-back-without-decimals", "JPY", test_ofx_comes_back);
  ADD ("ofx/shape", "EUR", test_ofx_shape);
  ADD ("ofx/ids-stay", "EUR", test_ofx_ids_stay);
  ADD ("ofx/is-read-by-libofx", "EUR", test_ofx_is_read_by_libofx);
  ADD ("ofx/is-known-again", "EUR", test_ofx_is_known_again);
  ADD ("exported-expenses-are-recognized", "EUR", test_exported_expenses_are_recognized);
  ADD ("filter", "EUR", test_filter);
  ADD ("an-empty-list", "EUR", test_an_empty_list);
  ADD ("little-by-little", "EUR", test_little_by_little);
  ADD ("cancelling-leaves-the-file", "EUR", test_cancelling_leaves_the_file);
  ADD ("a-name-without-an-extension", "EUR", test_a_name_without_an_extension);

  return g_test_run ();
}
