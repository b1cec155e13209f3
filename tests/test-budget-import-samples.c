/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-money.h"
#include "budget-statement-reader.h"
#include "program-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * Imports every statement of the folder BUDGET_SAMPLES as a user would, and
 * compares what was added with its MANIFEST.tsv: file, class, transactions,
 * sum, …, notes. The notes of a file with two honest readings name the others
 * as alt=COUNT/SUM. A file without bookings may be refused, for a reason. Kinds
 * of files that cannot be read yet are passed over.
 */

enum
{
  FIELD_FILE,
  FIELD_CLASS,
  FIELD_COUNT,
  FIELD_SUM,
  FIELD_NOTES = 8,
  N_FIELDS
};

/* Two decimals are enough: what has none is told without, and reads the same. */
static gboolean
is_reading (const char *count, const char *sum, guint n_added, gint64 minor)
{
  gint64 expected;

  return budget_money_parse_decimal (sum, 2, &expected, NULL) && -expected == minor &&
         g_ascii_strtoull (count, NULL, 10) == n_added;
}

static gboolean
is_alternative (const char *notes, guint n_added, gint64 minor)
{
  for (const char *at = strstr (notes, "alt="); at != NULL; at = strstr (at + 1, "alt="))
    {
      g_autofree char *reading = g_strndup (at + 4, strspn (at + 4, "-.0123456789/"));
      char *slash = strchr (reading, '/');

      if (slash == NULL)
        continue;

      *slash = '\0';
      if (g_str_has_suffix (slash + 1, "."))
        slash[strlen (slash + 1)] = '\0';
      if (is_reading (reading, slash + 1, n_added, minor))
        return TRUE;
    }

  return FALSE;
}

/* FILE: 42 added, 3 duplicates, 1 rejected, sum 1234.56 */
static void
read_line (const char *output, guint *n_added, gint64 *sum)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", 2);
  const char *counts = g_strrstr (lines[0], ": ");
  const char *amount = g_strrstr (lines[0], ", sum ");

  g_assert_nonnull (counts);
  g_assert_nonnull (amount);
  *n_added = (guint) g_ascii_strtoull (counts + 2, NULL, 10);
  g_assert_true (budget_money_parse_decimal (amount + strlen (", sum "), 2, sum, NULL));
}

/* A file with nothing in it to import is refused, unless its rows are, each with its reason. */
static gboolean
check_refused (ProgramFixture *fixture, const char *path, char **fields)
{
  program_fixture_fail (fixture, "--book", fixture->book, "import", "--as-is", path, NULL);
  g_test_message ("refused %s", fields[FIELD_FILE]);
  return g_ascii_strtoull (fields[FIELD_COUNT], NULL, 10) == 0 ||
         is_alternative (fields[FIELD_NOTES], 0, 0);
}

static gboolean
is_refused (const char *path)
{
  g_autoptr (BudgetStatement) statement =
    budget_statement_read_file (path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, NULL);

  return statement == NULL;
}

static gboolean
check_file (const char *samples, char **fields)
{
  ProgramFixture fixture = { 0 };
  g_autofree char *path = g_build_filename (samples, fields[FIELD_FILE], NULL);
  gboolean is_right;
  guint n_added;
  gint64 sum;

  program_fixture_set_up (&fixture, NULL);
  if (is_refused (path))
    {
      is_right = check_refused (&fixture, path, fields);
      program_fixture_tear_down (&fixture, NULL);
      return is_right;
    }

  program_fixture_run (&fixture, "--book", fixture.book, "import", "--as-is", path, NULL);
  read_line (fixture.output, &n_added, &sum);
  is_right = is_reading (fields[FIELD_COUNT], fields[FIELD_SUM], n_added, sum) ||
             is_alternative (fields[FIELD_NOTES], n_added, sum);
  g_test_message ("%s %s: %u added, %" G_GINT64_FORMAT, is_right ? "right" : "WRONG",
                  fields[FIELD_FILE], n_added, sum);

  program_fixture_run (&fixture, "--book", fixture.book, "import", "--as-is", path, NULL);
  read_line (fixture.output, &n_added, &sum);
  if (n_added > 0)
    g_test_message ("WRONG %s: %u added again", fields[FIELD_FILE], n_added);

  program_fixture_tear_down (&fixture, NULL);
  return is_right && n_added == 0;
}

static void
test_samples (gconstpointer data)
{
  const char *kind = data;
  const char *samples = g_getenv ("BUDGET_SAMPLES");
  g_autofree char *manifest =
    g_build_filename (samples != NULL ? samples : "", "MANIFEST.tsv", NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_files = 0;
  guint n_right = 0;

  if (samples == NULL || !g_file_get_contents (manifest, &contents, NULL, NULL))
    {
      g_test_skip ("There is no folder of sample statements");
      return;
    }

  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

      if (g_strv_length (fields) < N_FIELDS - 1 || !g_str_has_prefix (fields[FIELD_FILE], kind))
        continue;

      n_files++;
      n_right += check_file (samples, fields);
    }

  g_test_message ("%u of %u files are right", n_right, n_files);
  g_assert_cmpuint (n_right, ==, n_files);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/import-samples/csv", "csv/", test_samples);
  g_test_add_data_func ("/import-samples/ofx", "ofx", test_samples);
  g_test_add_data_func ("/import-samples/qfx", "qfx/", test_samples);
  g_test_add_data_func ("/import-samples/qif", "qif/", test_samples);

  return g_test_run ();
}
