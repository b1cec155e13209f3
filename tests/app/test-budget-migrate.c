/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book.h"
#include "orm-session-query.h"
#include "program-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

/*
 * Migrating from other programs on the command line, with books that GnuCash
 * made itself, where its Python bindings are installed.
 */

#define HOMEBANK                                                                                   \
  "<?xml version=\"1.0\"?>\n<homebank v=\"1.4\" d=\"050602\">\n"                                   \
  "<properties title=\"Home\" curr=\"1\"/>\n<cur key=\"1\" iso=\"EUR\"/>\n"                        \
  "<account key=\"1\" type=\"1\" curr=\"1\" name=\"Bank\"/>\n"                                     \
  "<cat key=\"1\" name=\"Food\"/>\n"                                                               \
  "<ope date=\"739617\" amount=\"-5.25\" account=\"1\" category=\"1\" wording=\"soup\"/>\n"        \
  "<ope date=\"0\" amount=\"-5.25\" account=\"1\"/>\n"                                             \
  "<fav key=\"1\" flags=\"4\"/>\n</homebank>\n"

static void
test_reports_what_was_imported (ProgramFixture *self, gconstpointer data)
{
  /* A file is detected by its content, not its name. */
  g_autofree char *path = program_fixture_write (self, "bank.csv", HOMEBANK);
  const char *expected = "bank.csv: 1 added, 0 duplicates, 1 rejected, sum 5.25\n"
                         "  line 8: There is no such date\n"
                         "  note: Accounts: 1 (1 new)\n"
                         "  note: Categories: 1 (1 new)\n"
                         "  note: Not imported: scheduled transactions (1)\n";

  program_fixture_run (self, "--book", self->book, "import", "--dry-run", "bank.csv", NULL);
  g_assert_cmpstr (self->output, ==, expected);
  g_assert_false (g_file_test (self->book, G_FILE_TEST_EXISTS));

  program_fixture_run (self, "--book", self->book, "import", "bank.csv", NULL);
  g_assert_cmpstr (self->output, ==, expected);

  program_fixture_run (self, "--book", self->book, "import", "bank.csv", NULL);
  g_assert_true (
    g_str_has_prefix (self->output, "bank.csv: 0 added, 1 duplicates, 1 rejected, sum 0.00\n"));
}

static void
test_refuses_invalid_options (ProgramFixture *self, gconstpointer data)
{
  g_autofree char *path = program_fixture_write (self, "home.xhb", HOMEBANK);
  g_autofree char *other = program_fixture_write (self, "bank.csv", "Date,Amount\n2026-01-01,1\n");
  g_autofree char *broken = program_fixture_write (self, "broken.xhb", "<homebank>\n<ope");

  program_fixture_fail (self, "--book", self->book, "import", "home.xhb", "bank.csv", NULL);
  g_assert_nonnull (strstr (self->errors, "on its own"));
  program_fixture_fail (self, "--book", self->book, "import", "--category", "Food", "home.xhb",
                        NULL);
  program_fixture_fail (self, "--book", self->book, "import", "--person", "nobody", "home.xhb",
                        NULL);
  program_fixture_fail (self, "--book", self->book, "import", "broken.xhb", NULL);
  g_assert_nonnull (strstr (self->errors, "broken.xhb: The file is damaged or incomplete"));
  g_assert_false (g_file_test (self->book, G_FILE_TEST_EXISTS));
}

/*
 * Returns: GnuCash's own figures of the book it created, or %NULL without its
 * Python bindings
 */
static char *
make_gnucash_book (ProgramFixture *self, const char *scheme)
{
  g_autofree char *script =
    g_test_build_filename (G_TEST_DIST, "migrate", "make-gnucash-book.py", NULL);
  g_autofree char *uri = g_strdup_printf ("%s://%s/book.gnucash", scheme, self->folder);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  char *output = NULL;

  /* GnuCash writes settings and a list of recent files: not into the home folder. */
  g_subprocess_launcher_setenv (launcher, "HOME", self->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", self->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", self->folder, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_CHECK_");
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  process =
    g_subprocess_launcher_spawn (launcher, NULL, "/usr/bin/python3", script, uri, "120", NULL);
  if (process == NULL)
    return NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL);
  if (g_subprocess_get_successful (process))
    return output;

  g_free (output);
  return NULL;
}

static gint64
to_minor (const char *decimal)
{
  g_auto (GStrv) parts = g_strsplit (decimal, ".", 2);
  g_autofree char *digits = g_strconcat (parts[0], parts[1], NULL);

  return g_ascii_strtoll (digits, NULL, 10);
}

/* Reads the program's total of each category in a month. */
static GHashTable *
read_month (ProgramFixture *self, const char *month)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *first = g_strconcat (month, "-01", NULL);
  g_autofree char *last = g_strconcat (month, g_str_has_suffix (month, "02") ? "-28" : "-30", NULL);
  GHashTable *sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;
  JsonArray *rows;

  if (g_str_has_suffix (month, "01") || g_str_has_suffix (month, "03") ||
      g_str_has_suffix (month, "05"))
    last[strlen (last) - 1] = '1';
  program_fixture_run (self, "--book", self->book, "summary", "--json", "--by", "category",
                       "--from", first, "--to", last, NULL);
  json_parser_load_from_data (parser, self->output, -1, &error);
  g_assert_no_error (error);
  rows =
    json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "rows");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      gint64 sum = to_minor (json_object_get_string_member (row, "sum"));

      g_hash_table_insert (sums, g_strdup (json_object_get_string_member (row, "name")),
                           g_memdup2 (&sum, sizeof sum));
    }

  return sums;
}

/* Expenses:Food:Groceries is Food: Groceries here; there are two of Interest. */
static char *
dup_name (const char *account)
{
  g_auto (GStrv) names = g_strsplit (account, ":", -1);

  if (g_str_equal (account, "Expenses:Interest"))
    return g_strdup ("Interest (spending)");

  return g_strjoinv (": ", names + 1);
}

static guint
check_month (ProgramFixture *self, JsonObject *categories, const char *month)
{
  g_autoptr (GHashTable) sums = read_month (self, month);
  g_autoptr (GList) accounts = json_object_get_members (categories);
  guint n = 0;

  for (GList *node = accounts; node != NULL; node = node->next)
    {
      JsonObject *months = json_object_get_object_member (categories, node->data);
      g_autofree char *name = dup_name (node->data);
      const gint64 *sum = g_hash_table_lookup (sums, name);

      if (!json_object_has_member (months, month))
        continue;

      g_assert_nonnull (sum);
      /* That account is in dollars: 100 for 91 euro, and 5 that no euro was paid for. */
      if (g_str_equal (name, "Travel: Abroad"))
        g_assert_cmpint (*sum, ==, 9100);
      else
        g_assert_cmpint (*sum, ==, json_object_get_int_member (months, month));
      n++;
    }

  return n;
}

static void
check_accounts (ProgramFixture *self, JsonObject *balances)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetBook) book = budget_book_open (self->book, &error);
  GListModel *accounts;

  g_assert_no_error (error);
  accounts = budget_book_get_accounts (book);
  g_assert_cmpuint (g_list_model_get_n_items (accounts), ==, 4);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (BudgetAccount) account = g_list_model_get_item (accounts, i);
      const char *name = budget_account_get_name (account);
      g_autofree char *path =
        g_strconcat (g_str_equal (name, "Visa") ? "Liabilities:" : "Assets:", name, NULL);
      g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
      gint64 sum = 0;
      guint64 n;

      orm_query_where (query, "account", ORM_EQUAL, account);
      orm_session_sum (budget_book_get_session (book), query, "amount", &sum, &n, &error);
      g_assert_no_error (error);
      g_assert_cmpint (budget_account_get_opening_balance (account) - sum, ==,
                       json_object_get_int_member (balances, path));
    }
}

static void
test_gnucash (ProgramFixture *self, gconstpointer data)
{
  static const char *const months[] = { "2026-01", "2026-02", "2026-03",
                                        "2026-04", "2026-05", "2026-06" };
  g_autofree char *told = make_gnucash_book (self, data);
  g_autofree char *path = g_build_filename (self->folder, "book.gnucash", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length_before, length_after;
  JsonObject *root;
  guint n = 0;

  if (told == NULL)
    {
      g_test_skip ("GnuCash’s Python bindings are not there");
      return;
    }

  g_assert_true (json_parser_load_from_data (parser, told, -1, NULL));
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));
  program_fixture_run (self, "--book", self->book, "import", "book.gnucash", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    n += check_month (self, json_object_get_object_member (root, "categories"), months[i]);
  g_assert_cmpuint (n, >, 50);
  check_accounts (self, json_object_get_object_member (root, "accounts"));

  program_fixture_run (self, "--book", self->book, "import", "book.gnucash", NULL);
  g_assert_true (g_str_has_prefix (self->output, "book.gnucash: 0 added, "));
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (after, length_after, before, length_before);
}

#define ADD(name, data, test)                                                                      \
  g_test_add ("/budget/migrate/" name, ProgramFixture, data, program_fixture_set_up, test,         \
              program_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("reports-what-was-imported", NULL, test_reports_what_was_imported);
  ADD ("refuses-invalid-options", NULL, test_refuses_invalid_options);
  ADD ("gnucash-xml", "xml", test_gnucash);
  ADD ("gnucash-database", "sqlite3", test_gnucash);

  return g_test_run ();
}
