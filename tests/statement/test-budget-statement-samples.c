/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-statement-reader.h"
#include "samples-fixture.h"
#include "statement-fixture.h"

#include <string.h>

/*
 * Reads every sample that is no table, detects its format by its content, and
 * compares count, sum, currency and days.
 */

/* Whether the days are from FIRST to LAST, and the currency is what the file says. */
static gboolean
has_days (BudgetStatement *statement, char **fields)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (statement, i);
      char day[16];

      if (row->reject_reason != NULL)
        continue;

      g_assert_true (g_date_valid (&row->date));
      g_date_strftime (day, sizeof day, "%Y-%m-%d", &row->date);
      if (first == NULL || strcmp (day, first) < 0)
        {
          g_free (first);
          first = g_strdup (day);
        }
      if (last == NULL || strcmp (day, last) > 0)
        {
          g_free (last);
          last = g_strdup (day);
        }

      if (strlen (fields[SAMPLE_CURRENCY]) == 3)
        g_assert_cmpstr (row->currency, ==, fields[SAMPLE_CURRENCY]);
    }

  return g_strcmp0 (first, fields[SAMPLE_FIRST_DAY]) == 0 &&
         g_strcmp0 (last, fields[SAMPLE_LAST_DAY]) == 0;
}

/* What cannot be imported has a reason, for the file or for each row. */
static gboolean
check_rejected (BudgetStatement *statement, const GError *error)
{
  if (statement == NULL)
    return error != NULL && error->message[0] != '\0';

  return statement_fixture_count_accepted (statement) == 0 &&
         budget_statement_get_n_rejected (statement) > 0;
}

static gboolean
check_file (const char *path, char **fields)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement = NULL;
  gint64 sum = 0;
  guint n_rows = 0;
  gboolean is_right;

  statement = budget_statement_read_file (path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  if (statement != NULL)
    {
      n_rows = statement_fixture_count_accepted (statement);
      statement_fixture_sum (statement, &sum);
    }

  if (strcmp (fields[SAMPLE_CLASS], "reject") == 0)
    is_right = check_rejected (statement, error);
  else if (samples_fixture_is_alternative (fields, n_rows, sum))
    is_right = TRUE;
  else
    is_right = samples_fixture_is_stated (fields, n_rows, sum) &&
               (n_rows == 0 ? check_rejected (statement, error) : has_days (statement, fields));

  g_test_message ("%s %s: %s, %u rows, %" G_GINT64_FORMAT " minor units, %s",
                  is_right ? "right" : "WRONG", fields[SAMPLE_FILE],
                  statement != NULL ? budget_statement_get_format (statement) : "none", n_rows, sum,
                  error != NULL ? error->message : "");
  if (statement != NULL)
    samples_fixture_tell (statement);

  return is_right;
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

  g_test_add_data_func ("/camt-samples/all", "camt053/", test_samples);
  g_test_add_data_func ("/mt940-samples/all", "mt940/", test_samples);
  g_test_add_data_func ("/ofx-samples/sgml", "ofx1-sgml/", test_samples);
  g_test_add_data_func ("/ofx-samples/xml", "ofx2-xml/", test_samples);
  g_test_add_data_func ("/ofx-samples/quicken", "qfx/", test_samples);
  g_test_add_data_func ("/ofx-samples/malformed", "ofx-malformed/", test_samples);
  g_test_add_data_func ("/qif-samples/all", "qif/", test_samples);

  return g_test_run ();
}
