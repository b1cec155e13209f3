/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "program-fixture.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/mount.h>

#define BANK                                                                                       \
  "Date,Description,Amount,Currency,Category\n"                                                    \
  "2026-11-01,Baker,-3.20,EUR,Food\n"                                                              \
  "2026-11-02,Market,-52.50,EUR,Food\n"                                                            \
  "2026-11-02,Market,-52.50,EUR,Food\n"                                                            \
  "2026-12-03,Train,-45.00,EUR,Travel\n"                                                           \
  "2026-12-04,Refund,5.00,EUR,Travel\n"

static void
import_bank (ProgramFixture *self)
{
  g_autofree char *path = program_fixture_write (self, "bank.csv", BANK);

  program_fixture_run (self, "--book", self->book, "import", "bank.csv", NULL);
}

static JsonObject *
parse_output (ProgramFixture *self, JsonParser *parser)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, self->output, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static JsonObject *
get_row (JsonObject *root, guint position)
{
  return json_array_get_object_element (json_object_get_array_member (root, "rows"), position);
}

static guint
count_rows (JsonObject *root)
{
  return json_array_get_length (json_object_get_array_member (root, "rows"));
}

static void
test_help_needs_no_display (ProgramFixture *self, gconstpointer data)
{
  static const char *const names[] = { "import", "summary", "list", "add", "export", "check" };

  program_fixture_run (self, "--version", NULL);
  g_assert_cmpstr (self->output, ==, "budget " PACKAGE_VERSION "\n");
  program_fixture_run (self, "--help", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (strstr (self->output, names[i]));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      program_fixture_run (self, names[i], "--help", NULL);
      g_assert_nonnull (strstr (self->output, "--book"));
    }
}

static void
test_import_reports_its_results (ProgramFixture *self, gconstpointer data)
{
  import_bank (self);
  g_assert_cmpstr (self->output, ==, "bank.csv: 5 added, 0 duplicates, 0 rejected, sum 148.20\n");

  program_fixture_run (self, "--book", self->book, "import", "bank.csv", NULL);
  g_assert_cmpstr (self->output, ==, "bank.csv: 0 added, 5 duplicates, 0 rejected, sum 0.00\n");
}

static void
test_import_ofx_and_qif (ProgramFixture *self, gconstpointer data)
{
  static const char *const books[][2] = {
    { "bank.ofx", "OFXHEADER:100\r\nDATA:OFXSGML\r\n\r\n<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM>"
                  "<ACCTID>DE12</BANKACCTFROM><BANKTRANLIST>\r\n"
                  "<STMTTRN><DTPOSTED>20261101<TRNAMT>-3.20<FITID>1<NAME>Baker</STMTTRN>\r\n"
                  "<STMTTRN><DTPOSTED>20261102<TRNAMT>-52,50<FITID>2<NAME>Market</STMTTRN>\r\n"
                  "<STMTTRN><DTPOSTED>20261102<TRNAMT>-52,50<FITID>2<NAME>Market</STMTTRN>\r\n"
                  "<STMTTRN><DTPOSTED>20261103<TRNAMT>+5.00<FITID>3<NAME>Refund</STMTTRN>\r\n"
                  "<STMTTRN><DTPOSTED>20261199<TRNAMT>-1<FITID>4<NAME>Never</STMTTRN>\r\n"
                  "</BANKTRANLIST></STMTRS></OFX>\r\n" },
    { "bank.qif", "!Type:Bank\nD11/01'26\nT-3.20\nPBaker\n^\nD11/02'26\nT-52.50\nPMarket\n^\n"
                  "D11/02'26\nT-52.50\nPMarket\n^\nD11/13'26\nT5.00\nPRefund\n^\n"
                  "D11/99'26\nT-1\nPNever\n^\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (books); i++)
    {
      g_autofree char *path = program_fixture_write (self, books[i][0], books[i][1]);
      g_autofree char *book = g_strconcat (self->folder, "/", books[i][0], ".budget", NULL);
      g_autofree char *first =
        g_strconcat (books[i][0], ": 4 added, 0 duplicates, 1 rejected, sum 103.20\n  line ", NULL);
      g_autofree char *again =
        g_strconcat (books[i][0], ": 0 added, 4 duplicates, 1 rejected, sum 0.00\n  line ", NULL);

      program_fixture_run (self, "--book", book, "import", "--dry-run", books[i][0], NULL);
      g_assert_true (g_str_has_prefix (self->output, first));
      g_assert_false (g_file_test (book, G_FILE_TEST_EXISTS));

      program_fixture_run (self, "--book", book, "import", books[i][0], NULL);
      g_assert_true (g_str_has_prefix (self->output, first));
      program_fixture_run (self, "--book", book, "import", books[i][0], NULL);
      g_assert_true (g_str_has_prefix (self->output, again));
      program_fixture_run (self, "--book", book, "import", "--dry-run", books[i][0], NULL);
      g_assert_true (g_str_has_prefix (self->output, again));
    }

  program_fixture_fail (self, "--book", self->book, "import", "--format", "ofx", "bank.qif", NULL);
}

static void
test_import_reports_each_rejected_row (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *path = program_fixture_write (self, "mixed.csv",
                                                 "Date,Description,Amount,Currency\n"
                                                 "2026-11-01,Baker,-3.20,EUR\n"
                                                 "2026-11-02,Diner,-12.00,USD\n"
                                                 "2026-11-03,Kiosk,much,EUR\n"
                                                 "2026-11-04,Fair,-4.00,EUR\n");
  g_auto (GStrv) lines = NULL;

  program_fixture_run (self, "--book", self->book, "import", "mixed.csv", NULL);
  lines = g_strsplit (self->output, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "mixed.csv: 2 added, 0 duplicates, 2 rejected, sum 7.20");
  g_assert_true (g_str_has_prefix (lines[1], "  line 3: "));
  g_assert_true (g_str_has_prefix (lines[2], "  line 4: "));
  g_assert_cmpstr (lines[3], ==, "");
}

static void
test_dry_run_writes_nothing (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *path = program_fixture_write (self, "bank.csv", BANK);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;

  program_fixture_run (self, "--book", self->book, "import", "--dry-run", path, NULL);
  g_assert_nonnull (strstr (self->output, "5 added"));
  g_assert_false (g_file_test (self->book, G_FILE_TEST_EXISTS));

  import_bank (self);
  g_assert_true (g_file_get_contents (self->book, &before, &length_before, NULL));
  program_fixture_run (self, "--book", self->book, "import", "--dry-run", "--as-is", path, NULL);
  g_assert_true (g_file_get_contents (self->book, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

static void
test_import_reads_all_files_first (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *path = program_fixture_write (self, "bank.csv", BANK);

  program_fixture_fail (self, "--book", self->book, "import", path, "missing.csv", NULL);
  g_assert_nonnull (strstr (self->errors, "missing.csv"));
  g_assert_false (g_file_test (self->book, G_FILE_TEST_EXISTS));
}

static void
test_import_maps_columns (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *path = program_fixture_write (self, "odd.csv",
                                                 "A,B,C,D\n"
                                                 "2026-11-01,Baker,1.00,-3.20\n"
                                                 "2026-11-02,Market,2.00,-4.20\n");

  program_fixture_run (self, "--book", self->book, "import", "--map", "amount=D", "--map",
                       "description=B", path, NULL);
  g_assert_nonnull (strstr (self->output, "2 added, 0 duplicates, 0 rejected, sum 7.40"));
}

static void
test_import_takes_person_category_account (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *path =
    program_fixture_write (self, "plain.csv", "Date,Description,Amount\n2026-11-05,Kiosk,-4.40\n");
  g_autofree char *contents = NULL;
  g_autofree char *exported = g_build_filename (self->folder, "all.csv", NULL);

  import_bank (self);
  program_fixture_run (self, "--book", self->book, "import", "--category", "food", "--account",
                       "Giro", path, NULL);
  program_fixture_run (self, "--book", self->book, "export", exported, "--search", "Kiosk", NULL);
  g_assert_true (g_file_get_contents (exported, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "2026-11-05,Kiosk,Food,"));
  g_assert_nonnull (strstr (contents, ",4.40,EUR,,Giro,\r\n"));
  program_fixture_fail (self, "--book", self->book, "import", "--category", "Nothing", path, NULL);
  program_fixture_fail (self, "--book", self->book, "import", "--person", "nobody", path, NULL);
}

static void
test_list_as_json (ProgramFixture *self, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root, *row;

  import_bank (self);
  program_fixture_run (self, "--book", self->book, "list", "--json", NULL);
  root = parse_output (self, parser);

  g_assert_cmpuint (count_rows (root), ==, 5);
  row = get_row (root, 0);
  g_assert_cmpint (json_object_get_int_member (row, "id"), >, 0);
  g_assert_cmpstr (json_object_get_string_member (row, "date"), ==, "2026-12-04");
  g_assert_cmpstr (json_object_get_string_member (row, "description"), ==, "Refund");
  g_assert_cmpstr (json_object_get_string_member (row, "category"), ==, "Travel");
  g_assert_cmpstr (json_object_get_string_member (row, "amount"), ==, "-5.00");
  g_assert_nonnull (json_object_get_string_member (row, "person"));
  g_assert_cmpuint (json_object_get_size (row), ==, 6);
}

static void
test_list_is_narrowed (ProgramFixture *self, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  import_bank (self);
  program_fixture_run (self, "list", "--book", self->book, "--json", "--from", "2026-11-02", "--to",
                       "2026-12-03", NULL);
  g_assert_cmpuint (count_rows (parse_output (self, parser)), ==, 3);
  program_fixture_run (self, "list", "--book", self->book, "--json", "--category", "food",
                       "--search", "mark", NULL);
  g_assert_cmpuint (count_rows (parse_output (self, parser)), ==, 2);
  program_fixture_run (self, "list", "--book", self->book, "--search", "Train", NULL);
  g_assert_nonnull (strstr (self->output, "Train"));
  g_assert_null (strstr (self->output, "Baker"));
}

static void
test_summary_by_category (ProgramFixture *self, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root, *row;

  import_bank (self);
  program_fixture_run (self, "--book", self->book, "summary", "--json", "--from", "2026-11-01",
                       NULL);
  root = parse_output (self, parser);

  g_assert_cmpstr (json_object_get_string_member (root, "currency"), ==, "EUR");
  g_assert_cmpstr (json_object_get_string_member (root, "from"), ==, "2026-11-01");
  g_assert_true (json_object_get_null_member (root, "to"));
  g_assert_cmpstr (json_object_get_string_member (root, "total"), ==, "148.20");
  g_assert_cmpint (json_object_get_int_member (root, "count"), ==, 5);
  g_assert_cmpuint (count_rows (root), ==, 2);
  row = get_row (root, 0);
  g_assert_cmpstr (json_object_get_string_member (row, "name"), ==, "Food");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (row, "color"), "#"));
  g_assert_cmpint (json_object_get_int_member (row, "count"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (row, "sum"), ==, "108.20");
}

static void
test_summary_by_month_and_person (ProgramFixture *self, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root;

  import_bank (self);
  program_fixture_run (self, "--book", self->book, "summary", "--json", "--by", "month", NULL);
  root = parse_output (self, parser);
  g_assert_cmpuint (count_rows (root), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (get_row (root, 0), "name"), ==, "2026-11");
  g_assert_cmpstr (json_object_get_string_member (get_row (root, 1), "sum"), ==, "40.00");

  program_fixture_run (self, "--book", self->book, "summary", "--json", "--by", "person", NULL);
  root = parse_output (self, parser);
  g_assert_cmpuint (count_rows (root), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (root, "total"), ==, "148.20");
  program_fixture_fail (self, "--book", self->book, "summary", "--by", "colour", NULL);
}

static void
test_add_is_the_windows_line (ProgramFixture *self, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *row;

  program_fixture_run (self, "--book", self->book, "add", "12.50 lunch #Eating 2026-11-21", NULL);
  program_fixture_run (self, "--book", self->book, "add", "3*4.20", "lunch", NULL);
  program_fixture_run (self, "--book", self->book, "list", "--json", "--to", "2026-11-21", NULL);
  row = get_row (parse_output (self, parser), 0);
  g_assert_cmpstr (json_object_get_string_member (row, "amount"), ==, "12.50");
  g_assert_cmpstr (json_object_get_string_member (row, "category"), ==, "Eating");

  /* The category of the last lunch. */
  program_fixture_run (self, "--book", self->book, "list", "--json", "--category", "Eating", NULL);
  g_assert_cmpuint (count_rows (parse_output (self, parser)), ==, 2);
  program_fixture_fail (self, "--book", self->book, "add", "lunch", NULL);
  program_fixture_fail (self, "--book", self->book, "add", "3 lunch @nobody", NULL);
}

/* The program was never started on this machine. */
static void
test_no_book_yet (ProgramFixture *self, gconstpointer data)
{
  static const char *const commands[][3] = {
    { "summary", NULL }, { "list", NULL }, { "check", NULL }, { "export", "out.csv", NULL }
  };
  g_autofree char *folder = g_build_filename (self->folder, "budget", NULL);
  g_autofree char *book = g_build_filename (folder, "household.budget", NULL);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *copy = g_build_filename (backups, "household-2026-11-01.budget", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      program_fixture_fail (self, commands[i][0], commands[i][1], NULL);
      g_assert_nonnull (strstr (self->errors, "no book yet"));
      g_assert_nonnull (strstr (self->errors, "budget add"));
      g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
    }

  /* A named book must exist, and so must one that has backups. */
  program_fixture_fail (self, "--book", self->book, "summary", NULL);
  g_assert_null (strstr (self->errors, "no book yet"));

  program_fixture_run (self, "add", "12.50 lunch", NULL);
  program_fixture_run (self, "summary", NULL);
  g_assert_cmpint (g_mkdir_with_parents (backups, 0700), ==, 0);
  g_assert_cmpint (g_rename (book, copy), ==, 0);
  program_fixture_fail (self, "summary", NULL);
  g_assert_null (strstr (self->errors, "no book yet"));
}

static void
test_a_line_that_is_wrong_makes_no_book (ProgramFixture *self, gconstpointer data)
{
  program_fixture_fail (self, "--book", self->book, "add", "lunch", NULL);
  program_fixture_fail (self, "--book", self->book, "add", "3 lunch @nobody", NULL);
  g_assert_false (g_file_test (self->book, G_FILE_TEST_EXISTS));
}

static void
test_export_comes_back (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *first = g_build_filename (self->folder, "first.csv", NULL);
  g_autofree char *second = g_build_filename (self->folder, "second.csv", NULL);
  g_autofree char *copy = g_build_filename (self->folder, "copy.budget", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  import_bank (self);
  program_fixture_run (self, "--book", self->book, "export", first, NULL);
  program_fixture_run (self, "--book", copy, "import", first, NULL);
  program_fixture_run (self, "--book", copy, "export", second, NULL);
  g_assert_true (g_file_get_contents (first, &before, NULL, NULL));
  g_assert_true (g_file_get_contents (second, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);

  program_fixture_run (self, "--book", self->book, "import", first, NULL);
  g_assert_nonnull (strstr (self->output, "0 added, 5 duplicates"));
  program_fixture_fail (self, "--book", self->book, "export", "list.xls", NULL);
  program_fixture_fail (self, "--book", self->book, "export", NULL);
  program_fixture_fail (self, "--book", self->book, "export", "no/such/folder/list.csv", NULL);
}

static void
check_leaves_and_comes_back (ProgramFixture *self, const char *name)
{
  g_autofree char *file = g_build_filename (self->folder, name, NULL);
  g_autofree char *copy = g_build_filename (self->folder, "copy.budget", NULL);
  g_autofree char *before = NULL;

  g_remove (copy);
  program_fixture_run (self, "--book", self->book, "list", NULL);
  before = g_strdup (self->output);
  program_fixture_run (self, "--book", self->book, "export", file, NULL);
  g_assert_nonnull (strstr (self->output, ": 5 written"));
  program_fixture_run (self, "--book", self->book, "import", file, NULL);
  g_assert_nonnull (strstr (self->output, "0 added, 5 duplicates"));
  program_fixture_run (self, "--book", copy, "import", "--dry-run", file, NULL);
  g_assert_nonnull (strstr (self->output, "5 added, 0 duplicates"));
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  program_fixture_run (self, "--book", copy, "import", file, NULL);
  g_assert_nonnull (strstr (self->output, "5 added, 0 duplicates"));
  program_fixture_run (self, "--book", copy, "list", NULL);
  g_assert_cmpuint (strlen (self->output), ==, strlen (before));
}

/* Each exported format is recognized by the same book, and imported into a new one. */
static void
test_every_kind_comes_back (ProgramFixture *self, gconstpointer data)
{
  import_bank (self);
  check_leaves_and_comes_back (self, "all.csv");
  check_leaves_and_comes_back (self, "all.ofx");
  check_leaves_and_comes_back (self, "all.qif");
  check_leaves_and_comes_back (self, "all.json");
}

static void
test_a_whole_book_is_the_same (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *first = g_build_filename (self->folder, "first.json", NULL);
  g_autofree char *second = g_build_filename (self->folder, "second.json", NULL);
  g_autofree char *part = g_build_filename (self->folder, "part.json", NULL);
  g_autofree char *copy = g_build_filename (self->folder, "copy.budget", NULL);
  g_autofree char *broken = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  import_bank (self);
  program_fixture_run (self, "--book", self->book, "export", first, NULL);
  program_fixture_run (self, "--book", copy, "import", first, NULL);
  program_fixture_run (self, "--book", copy, "export", second, NULL);
  g_assert_true (g_file_get_contents (first, &before, NULL, NULL));
  g_assert_true (g_file_get_contents (second, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
  g_assert_true (g_str_has_prefix (before, "{\"format\": \"budget-book\""));

  /* A filtered export is a list and not a book. */
  program_fixture_run (self, "--book", self->book, "export", part, "--from", "2026-01-01", NULL);
  program_fixture_fail (self, "--book", self->book, "import", part, NULL);
  program_fixture_fail (self, "--book", self->book, "import", first, second, NULL);
  program_fixture_fail (self, "--book", self->book, "import", "--account", "x", first, NULL);

  /* A truncated file makes no book. */
  before[strlen (before) - 20] = '\0';
  broken = program_fixture_write (self, "broken.json", before);
  g_remove (copy);
  program_fixture_fail (self, "--book", copy, "import", broken, NULL);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

static void
test_report (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *report = g_build_filename (self->folder, "report.pdf", NULL);
  g_autofree char *contents = NULL;

  import_bank (self);
  program_fixture_run (self, "--book", self->book, "export", report, NULL);
  g_assert_true (g_file_get_contents (report, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));
}

static void
test_check (ProgramFixture *self, gconstpointer data)
{
  import_bank (self);
  program_fixture_run (self, "--book", self->book, "check", NULL);
  g_assert_cmpstr (self->output, !=, "");
}

static void
test_a_book_by_its_uri (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *uri = g_strconcat ("sqlite:", self->book, NULL);

  import_bank (self);
  program_fixture_run (self, "--book", uri, "list", NULL);
  program_fixture_fail (self, "--book", "postgresql://host/name", "list", NULL);
}

static void
test_files_that_are_no_statements (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *empty = program_fixture_write (self, "empty.csv", "");
  g_autofree char *heading = program_fixture_write (self, "heading.csv", "Date,Text,Amount\n");
  g_autofree char *prose = program_fixture_write (self, "prose.csv", "Dear bank,\nhello.\n");
  g_autofree char *binary = g_build_filename (self->folder, "binary.csv", NULL);
  g_autofree char *line = g_malloc (100 * 1000 * 1000);
  g_autofree char *longest = g_build_filename (self->folder, "longest.csv", NULL);
  const char *const files[] = { empty,  heading,      prose,   "missing.csv",
                                binary, self->folder, longest, "/dev/null" };

  g_assert_true (g_file_set_contents (binary, "\0\1\2\377,\0\0\n\0\3\4\5", 12, NULL));
  memset (line, 'x', 100 * 1000 * 1000);
  g_assert_true (g_file_set_contents (longest, line, 100 * 1000 * 1000, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    program_fixture_fail (self, "--book", self->book, "import", files[i], NULL);
  g_assert_false (g_file_test (self->book, G_FILE_TEST_EXISTS));
}

static void
test_a_file_that_may_not_be_read (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *path = program_fixture_write (self, "secret.csv", BANK);

  g_chmod (path, 0);
  if (g_access (path, R_OK) == 0)
    {
      g_test_skip ("This user may read everything");
      return;
    }

  program_fixture_fail (self, "--book", self->book, "import", path, NULL);
}

static void
test_options_that_are_wrong (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *path = program_fixture_write (self, "bank.csv", BANK);

  program_fixture_fail (self, "--book", self->book, "import", NULL);
  program_fixture_fail (self, "--book", self->book, "import", "--format", "xls", path, NULL);
  program_fixture_fail (self, "--book", self->book, "import", "--map", "date", path, NULL);
  program_fixture_fail (self, "--book", self->book, "import", "--map", "date=Nothing", path, NULL);
  program_fixture_fail (self, "--book", self->book, "import", "--colour", path, NULL);
  import_bank (self);
  program_fixture_fail (self, "--book", self->book, "list", "--from", "soon", NULL);
  program_fixture_fail (self, "--book", self->book, "list", "--from", "2026-02-01", "--to",
                        "2026-01-01", NULL);
  program_fixture_fail (self, "--book", self->book, "list", "--person", "nobody", NULL);
  program_fixture_fail (self, "--book", self->book, "list", "--category", "nothing", NULL);
}

static void
test_other_files_are_no_books (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *bank = program_fixture_write (self, "bank.csv", BANK);
  g_autofree char *text = program_fixture_write (self, "text.budget", "Dear diary,\n");
  g_autofree char *contents = NULL;

  program_fixture_fail (self, "--book", self->book, "list", NULL);
  program_fixture_fail (self, "--book", self->book, "summary", NULL);
  program_fixture_fail (self, "--book", self->book, "check", NULL);
  program_fixture_fail (self, "--book", self->book, "export", "list.csv", NULL);
  g_assert_false (g_file_test (self->book, G_FILE_TEST_EXISTS));
  program_fixture_fail (self, "--book", self->folder, "import", bank, NULL);
  program_fixture_fail (self, "--book", text, "import", bank, NULL);
  program_fixture_fail (self, "--book", text, "add", "3 lunch", NULL);
  g_assert_true (g_file_get_contents (text, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "Dear diary,\n");
}

/* SQLite's header has the version at byte 60. */
static void
test_a_newer_book_is_left_alone (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *contents = NULL;
  g_autofree char *after = NULL;
  gsize length, length_after;

  import_bank (self);
  g_assert_true (g_file_get_contents (self->book, &contents, &length, NULL));
  contents[63] = 99;
  g_assert_true (g_file_set_contents (self->book, contents, (gssize) length, NULL));

  program_fixture_fail (self, "--book", self->book, "import", "bank.csv", NULL);
  program_fixture_fail (self, "--book", self->book, "list", NULL);
  g_assert_true (g_file_get_contents (self->book, &after, &length_after, NULL));
  g_assert_cmpmem (after, length_after, contents, length);
}

/* Returns: whether a small disk is mounted at @path, in our own namespace */
static gboolean
mount_small_disk (const char *path)
{
  return mount ("tmpfs", path, "tmpfs", 0, "size=512k") == 0;
}

/* An existing file is unchanged, and there is no incomplete one. */
static void
check_full_disk (ProgramFixture *self, const char *disk)
{
  static const char *const names[] = { "list.csv", "list.json", "list.ofx", "list.pdf",
                                       "list.qif" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *exported = g_build_filename (disk, names[i], NULL);
      g_autofree char *contents = NULL;

      g_assert_true (g_file_set_contents (exported, "old", -1, NULL));
      program_fixture_fail (self, "--book", self->book, "export", exported, NULL);
      g_assert_true (g_file_get_contents (exported, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, "old");
    }
}

static void
test_a_full_disk_changes_nothing (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *disk = g_build_filename (self->folder, "disk", NULL);
  g_autofree char *book = g_build_filename (disk, "small.budget", NULL);
  g_autofree char *small = program_fixture_write (self, "small.csv", BANK);
  g_autofree char *large = NULL;
  g_autoptr (GString) text = g_string_new ("Date,Description,Amount\n");

  g_assert_cmpint (g_mkdir (disk, 0700), ==, 0);
  if (!mount_small_disk (disk))
    {
      g_test_skip ("This user may not mount a small disk");
      return;
    }

  for (guint i = 0; i < 8000; i++)
    g_string_append_printf (text, "2026-11-%02u,Shop number %u,-1.00\n", i % 28 + 1, i);
  large = program_fixture_write (self, "large.csv", text->str);

  program_fixture_run (self, "--book", book, "import", small, NULL);
  program_fixture_fail (self, "--book", book, "import", large, NULL);
  program_fixture_run (self, "--book", book, "list", "--search", "Shop", NULL);
  g_assert_cmpstr (self->output, ==, "");
  program_fixture_run (self, "--book", book, "check", NULL);

  import_bank (self);
  program_fixture_run (self, "--book", self->book, "import", large, NULL);
  check_full_disk (self, disk);
  g_assert_cmpint (umount2 (disk, MNT_DETACH), ==, 0);
}

static void
test_a_book_that_may_only_be_read (ProgramFixture *self, gconstpointer data)
{
  import_bank (self);
  g_chmod (self->book, 0400);
  if (g_access (self->book, W_OK) == 0)
    {
      g_test_skip ("This user may write everything");
      return;
    }

  program_fixture_run (self, "--book", self->book, "list", NULL);
  program_fixture_fail (self, "--book", self->book, "add", "3 lunch", NULL);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/command-line/" name, ProgramFixture, NULL, program_fixture_set_up, func,           \
              program_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("help-needs-no-display", test_help_needs_no_display);
  ADD ("import-reports-its-results", test_import_reports_its_results);
  ADD ("import-ofx-and-qif", test_import_ofx_and_qif);
  ADD ("import-reports-each-rejected-row", test_import_reports_each_rejected_row);
  ADD ("dry-run-writes-nothing", test_dry_run_writes_nothing);
  ADD ("import-reads-all-files-first", test_import_reads_all_files_first);
  ADD ("import-maps-columns", test_import_maps_columns);
  ADD ("import-takes-person-category-account", test_import_takes_person_category_account);
  ADD ("list-as-json", test_list_as_json);
  ADD ("list-is-narrowed", test_list_is_narrowed);
  ADD ("summary-by-category", test_summary_by_category);
  ADD ("summary-by-month-and-person", test_summary_by_month_and_person);
  ADD ("add-is-the-windows-line", test_add_is_the_windows_line);
  ADD ("no-book-yet", test_no_book_yet);
  ADD ("a-line-that-is-wrong-makes-no-book", test_a_line_that_is_wrong_makes_no_book);
  ADD ("export-comes-back", test_export_comes_back);
  ADD ("every-kind-comes-back", test_every_kind_comes_back);
  ADD ("a-whole-book-is-the-same", test_a_whole_book_is_the_same);
  ADD ("report", test_report);
  ADD ("check", test_check);
  ADD ("a-book-by-its-uri", test_a_book_by_its_uri);
  ADD ("files-that-are-no-statements", test_files_that_are_no_statements);
  ADD ("a-file-that-may-not-be-read", test_a_file_that_may_not_be_read);
  ADD ("options-that-are-wrong", test_options_that_are_wrong);
  ADD ("other-files-are-no-books", test_other_files_are_no_books);
  ADD ("a-newer-book-is-left-alone", test_a_newer_book_is_left_alone);
  ADD ("a-full-disk-changes-nothing", test_a_full_disk_changes_nothing);
  ADD ("a-book-that-may-only-be-read", test_a_book_that_may_only_be_read);

  return g_test_run ();
}
