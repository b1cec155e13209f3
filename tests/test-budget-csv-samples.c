/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout.h"
#include "budget-money.h"

#include <string.h>

/*
 * Reads every statement of the folder BUDGET_SAMPLES and compares count and
 * sum with its MANIFEST.tsv: file, class, transactions, sum, …, notes. The
 * notes of a file with two honest readings name the others as alt=COUNT/SUM.
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

static gboolean
is_reading (const char *count, const char *sum, guint n_rows, gint64 minor)
{
  gint64 expected;

  return budget_money_parse_decimal (sum, 2, &expected, NULL) && expected == minor &&
         g_ascii_strtoull (count, NULL, 10) == n_rows;
}

static gboolean
is_alternative (const char *notes, guint n_rows, gint64 minor)
{
  for (const char *at = strstr (notes, "alt="); at != NULL; at = strstr (at + 1, "alt="))
    {
      g_autofree char *reading = g_strndup (at + 4, strspn (at + 4, "-.0123456789/"));
      char *slash = strchr (reading, '/');

      if (slash == NULL)
        continue;

      *slash = '\0';

      /* A sentence may end behind the number. */
      if (g_str_has_suffix (slash + 1, "."))
        slash[strlen (slash + 1)] = '\0';

      if (is_reading (reading, slash + 1, n_rows, minor))
        return TRUE;
    }

  return FALSE;
}

static void
tell_notes (BudgetStatement *statement)
{
  const char *const *notes = budget_statement_get_notes (statement);

  for (guint i = 0; notes[i] != NULL; i++)
    g_test_message ("  note: %s", notes[i]);

  for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (statement, i);

      if (row->reject_reason != NULL)
        g_test_message ("  line %u: %s", row->line, row->reject_reason);
    }
}

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
check_file (const char *folder, char **fields)
{
  g_autofree char *path = g_build_filename (folder, fields[FIELD_FILE], NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BudgetCsvLayout) layout = NULL;
  g_autoptr (BudgetStatement) statement = NULL;
  gsize length;
  gint64 sum = 0;
  guint n_rows;
  const char *verdict;

  if (!g_file_get_contents (path, &contents, &length, NULL))
    {
      g_test_message ("missing   %s", fields[FIELD_FILE]);
      return TRUE;
    }

  bytes = g_bytes_new_take (g_steal_pointer (&contents), length);
  layout = budget_csv_layout_detect (bytes, &error);

  if (layout != NULL)
    statement = budget_csv_layout_read (layout, bytes, NULL, &error);

  if (statement == NULL)
    {
      gboolean ok = strcmp (fields[FIELD_CLASS], "reject") == 0;

      g_test_message ("%s %s: %s", ok ? "refused  " : "WRONG    ", fields[FIELD_FILE],
                      error->message);
      return ok;
    }

  n_rows = budget_statement_get_n_accepted (statement);
  budget_statement_get_sum (statement, &sum);

  if (is_reading (fields[FIELD_COUNT], fields[FIELD_SUM], n_rows, sum))
    verdict = "as stated";
  else
    verdict = is_alternative (fields[FIELD_NOTES], n_rows, sum) ? "alternate" : "WRONG    ";

  g_test_message ("%s %s: %u rows, %" G_GINT64_FORMAT " minor units, %s", verdict,
                  fields[FIELD_FILE], n_rows, sum, budget_statement_get_currency (statement));
  tell_roles (layout);
  tell_notes (statement);

  return *verdict != 'W';
}

static void
test_samples (void)
{
  const char *folder = g_getenv ("BUDGET_SAMPLES");
  g_autofree char *manifest = NULL;
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_files = 0;
  guint n_right = 0;

  manifest = g_build_filename (folder != NULL ? folder : "", "MANIFEST.tsv", NULL);

  if (folder == NULL || !g_file_get_contents (manifest, &contents, NULL, NULL))
    {
      g_test_skip ("There is no folder of sample statements");
      return;
    }

  lines = g_strsplit (contents, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

      if (g_strv_length (fields) < N_FIELDS - 1 || !g_str_has_prefix (fields[FIELD_FILE], "csv/"))
        continue;

      n_files++;
      n_right += check_file (folder, fields);
    }

  g_test_message ("%u of %u files are right", n_right, n_files);
  g_assert_cmpuint (n_right, ==, n_files);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-samples/count-and-sum", test_samples);

  return g_test_run ();
}
