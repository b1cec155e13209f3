/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-money.h"
#include "budget-statement-reader.h"

#include <string.h>

/*
 * Reads every OFX and QIF of the folder BUDGET_SAMPLES, found out by content,
 * and compares count, sum and days with its MANIFEST.tsv: file, class,
 * transactions, sum, currency, first and last day, …, notes. The notes of a file
 * with two honest readings name the others as alt=COUNT/SUM.
 */

enum
{
  FIELD_FILE,
  FIELD_CLASS,
  FIELD_COUNT,
  FIELD_SUM,
  FIELD_CURRENCY,
  FIELD_FIRST,
  FIELD_LAST,
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

      if (strlen (fields[FIELD_CURRENCY]) == 3)
        g_assert_cmpstr (row->currency, ==, fields[FIELD_CURRENCY]);
    }

  return g_strcmp0 (first, fields[FIELD_FIRST]) == 0 && g_strcmp0 (last, fields[FIELD_LAST]) == 0;
}

/* What cannot be imported says why, for the file or for each row. */
static gboolean
check_rejected (BudgetStatement *statement, const GError *error)
{
  if (statement == NULL)
    return error != NULL && error->message[0] != '\0';

  return budget_statement_get_n_accepted (statement) == 0 &&
         budget_statement_get_n_rejected (statement) > 0;
}

static gboolean
check_file (const char *folder, char **fields)
{
  g_autofree char *path = g_build_filename (folder, fields[FIELD_FILE], NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement = NULL;
  gint64 sum = 0;
  guint n_rows = 0;
  gboolean is_right;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_message ("missing   %s", fields[FIELD_FILE]);
      return TRUE;
    }

  statement = budget_statement_read_file (path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  if (statement != NULL)
    {
      n_rows = budget_statement_get_n_accepted (statement);
      budget_statement_get_sum (statement, &sum);
    }

  if (strcmp (fields[FIELD_CLASS], "reject") == 0)
    is_right = check_rejected (statement, error);
  else if (is_alternative (fields[FIELD_NOTES], n_rows, sum))
    is_right = TRUE;
  else
    is_right = is_reading (fields[FIELD_COUNT], fields[FIELD_SUM], n_rows, sum) &&
               (n_rows == 0 ? check_rejected (statement, error) : has_days (statement, fields));

  g_test_message ("%s %s: %s, %u rows, %" G_GINT64_FORMAT " minor units, %s",
                  is_right ? "right" : "WRONG", fields[FIELD_FILE],
                  statement != NULL ? budget_statement_get_format (statement) : "none", n_rows, sum,
                  error != NULL ? error->message : "");
  if (statement != NULL)
    tell_notes (statement);

  return is_right;
}

static void
test_samples (gconstpointer data)
{
  const char *kind = data;
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

      if (g_strv_length (fields) < N_FIELDS - 1 || !g_str_has_prefix (fields[FIELD_FILE], kind))
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

  g_test_add_data_func ("/ofx-samples/sgml", "ofx1-sgml/", test_samples);
  g_test_add_data_func ("/ofx-samples/xml", "ofx2-xml/", test_samples);
  g_test_add_data_func ("/ofx-samples/quicken", "qfx/", test_samples);
  g_test_add_data_func ("/ofx-samples/malformed", "ofx-malformed/", test_samples);
  g_test_add_data_func ("/qif-samples/all", "qif/", test_samples);

  return g_test_run ();
}
