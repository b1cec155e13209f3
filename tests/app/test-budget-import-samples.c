/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-money.h"
#include "budget-statement-reader.h"
#include "program-fixture.h"
#include "samples-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * Imports every sample as a user would, and compares count and sum. The sign
 * is turned, because an expense is positive. A file without transactions may
 * be refused, with a reason.
 */

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

/* A file without usable rows is refused, or its rows are rejected, each with a reason. */
static gboolean
check_refused (ProgramFixture *fixture, const char *path, char **fields)
{
  program_fixture_fail (fixture, "--book", fixture->book, "import", "--as-is", path, NULL);
  g_test_message ("refused %s", fields[SAMPLE_FILE]);
  return g_ascii_strtoull (fields[SAMPLE_COUNT], NULL, 10) == 0 ||
         samples_fixture_is_alternative (fields, 0, 0);
}

static gboolean
is_refused (const char *path)
{
  g_autoptr (BudgetStatement) statement =
    budget_statement_read_file (path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, NULL);

  return statement == NULL;
}

static gboolean
check_file (const char *path, char **fields)
{
  ProgramFixture fixture = { 0 };
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
  is_right = samples_fixture_is_stated (fields, n_added, -sum) ||
             samples_fixture_is_alternative (fields, n_added, -sum);
  g_test_message ("%s %s: %u added, %" G_GINT64_FORMAT, is_right ? "right" : "WRONG",
                  fields[SAMPLE_FILE], n_added, sum);

  program_fixture_run (&fixture, "--book", fixture.book, "import", "--as-is", path, NULL);
  read_line (fixture.output, &n_added, &sum);
  if (n_added > 0)
    g_test_message ("WRONG %s: %u added again", fields[SAMPLE_FILE], n_added);

  program_fixture_tear_down (&fixture, NULL);
  return is_right && n_added == 0;
}

static void
test_samples (gconstpointer data)
{
  samples_fixture_check (data, check_file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/import-samples/camt", "camt053/", test_samples);
  g_test_add_data_func ("/import-samples/csv", "csv/", test_samples);
  g_test_add_data_func ("/import-samples/mt940", "mt940/", test_samples);
  g_test_add_data_func ("/import-samples/ofx", "ofx", test_samples);
  g_test_add_data_func ("/import-samples/qfx", "qfx/", test_samples);
  g_test_add_data_func ("/import-samples/qif", "qif/", test_samples);

  return g_test_run ();
}
