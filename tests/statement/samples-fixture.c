/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-money.h"
#include "samples-fixture.h"

#include <string.h>

/*
 * The statements of the folder BUDGET_SAMPLES and its MANIFEST.tsv, which has
 * the number of transactions of each and their sum. If a file can be read in
 * two ways, its notes have the others as alt=COUNT/SUM.
 */

/* Two decimals are enough: an amount without decimals reads the same with two. */
static gboolean
is_reading (const char *count, const char *text, guint n_rows, gint64 sum)
{
  gint64 expected;

  return budget_money_parse_decimal (text, 2, &expected, NULL) && expected == sum &&
         g_ascii_strtoull (count, NULL, 10) == n_rows;
}

/*
 * samples_fixture_is_stated:
 * @fields: the sample's line
 * @n_rows: how many transactions were read
 * @sum: their sum, with the bank's sign
 *
 * Returns: whether the line says so
 */
gboolean
samples_fixture_is_stated (char **fields, guint n_rows, gint64 sum)
{
  return is_reading (fields[SAMPLE_COUNT], fields[SAMPLE_SUM], n_rows, sum);
}

/*
 * samples_fixture_is_alternative:
 * @fields: the sample's line
 * @n_rows: how many transactions were read
 * @sum: their sum, with the bank's sign
 *
 * Returns: whether the line allows this as another reading
 */
gboolean
samples_fixture_is_alternative (char **fields, guint n_rows, gint64 sum)
{
  const char *notes = fields[SAMPLE_NOTES];

  for (const char *at = strstr (notes, "alt="); at != NULL; at = strstr (at + 1, "alt="))
    {
      g_autofree char *reading = g_strndup (at + 4, strspn (at + 4, "-.0123456789/"));
      char *slash = strchr (reading, '/');

      if (slash == NULL)
        continue;

      *slash = '\0';

      /* The number may be followed by a full stop. */
      if (g_str_has_suffix (slash + 1, "."))
        slash[strlen (slash + 1)] = '\0';

      if (is_reading (reading, slash + 1, n_rows, sum))
        return TRUE;
    }

  return FALSE;
}

/*
 * samples_fixture_tell:
 * @statement: what was read
 *
 * Writes the notes about the file to the test's log.
 */
void
samples_fixture_tell (BudgetStatement *statement)
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

static gboolean
check_file (const char *folder, char **fields, SamplesCheck check)
{
  g_autofree char *path = g_build_filename (folder, fields[SAMPLE_FILE], NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return check (path, fields);

  g_test_message ("missing %s", fields[SAMPLE_FILE]);
  return TRUE;
}

/*
 * samples_fixture_check:
 * @kind: how the names of the samples begin, such as `qif/`
 * @check: what to do with each
 *
 * Fails if one of the samples is wrong, when all were checked, and if there is
 * none. Skips the test where there is no folder of samples.
 */
void
samples_fixture_check (const char *kind, SamplesCheck check)
{
  const char *folder = g_getenv ("BUDGET_SAMPLES");
  g_autofree char *manifest = g_build_filename (folder != NULL ? folder : "", "MANIFEST.tsv", NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_files = 0;
  guint n_right = 0;

  if (folder == NULL || !g_file_get_contents (manifest, &contents, NULL, NULL))
    {
      g_test_skip ("There is no folder of sample statements");
      return;
    }

  lines = g_strsplit (contents, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

      if (g_strv_length (fields) < N_SAMPLE_FIELDS || !g_str_has_prefix (fields[SAMPLE_FILE], kind))
        continue;

      n_files++;
      n_right += check_file (folder, fields, check);
    }

  g_test_message ("%u of %u files are right", n_right, n_files);
  g_assert_cmpuint (n_files, >, 0);
  g_assert_cmpuint (n_right, ==, n_files);
}
