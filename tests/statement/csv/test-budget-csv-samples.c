/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout.h"
#include "samples-fixture.h"
#include "statement-fixture.h"

#include <string.h>

/* Reads every table of the samples, and compares count and sum. */

static void
tell_roles (BudgetCsvLayout *layout)
{
  for (guint i = 0; i < budget_csv_layout_get_n_columns (layout); i++)
    {
      BudgetCsvRole role = budget_csv_layout_get_role (layout, i);

      if (role != BUDGET_CSV_ROLE_IGNORED)
        g_test_message ("  %s: %s", budget_csv_role_get_name (role),
                        budget_csv_layout_get_title (layout, i));
    }
}

static gboolean
check_file (const char *path, char **fields)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BudgetCsvTable) table = NULL;
  g_autoptr (BudgetCsvLayout) layout = NULL;
  g_autoptr (BudgetStatement) statement = NULL;
  gsize length;
  gint64 sum = 0;
  guint n_rows;
  const char *verdict;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&contents), length);
  table = budget_csv_table_new (bytes);
  layout = budget_csv_layout_detect (table, &error);

  if (layout != NULL)
    statement = budget_csv_layout_read (layout, table, NULL, &error);

  if (statement == NULL)
    {
      gboolean ok = strcmp (fields[SAMPLE_CLASS], "reject") == 0;

      g_test_message ("%s %s: %s", ok ? "refused  " : "WRONG    ", fields[SAMPLE_FILE],
                      error->message);
      return ok;
    }

  n_rows = statement_fixture_count_accepted (statement);
  statement_fixture_sum (statement, &sum);

  if (samples_fixture_is_stated (fields, n_rows, sum))
    verdict = "as stated";
  else
    verdict = samples_fixture_is_alternative (fields, n_rows, sum) ? "alternate" : "WRONG    ";

  g_test_message ("%s %s: %u rows, %" G_GINT64_FORMAT " minor units, %s", verdict,
                  fields[SAMPLE_FILE], n_rows, sum, budget_statement_get_currency (statement));
  tell_roles (layout);
  samples_fixture_tell (statement);

  return *verdict != 'W';
}

static void
test_samples (void)
{
  samples_fixture_check ("csv/", check_file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-samples/count-and-sum", test_samples);

  return g_test_run ();
}
