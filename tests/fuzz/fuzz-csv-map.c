/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout.h"
#include "fuzz-statement-checks.h"
#include "fuzz.h"

#include <string.h>

/* The corrected layout reads the file the same a second time. */
static void
check_layout (GBytes *bytes, BudgetStatement *statement)
{
  BudgetCsvLayout *layout = budget_csv_layout_get_for_statement (statement);
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_autoptr (BudgetStatement) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  if (layout == NULL)
    return;

  again = budget_csv_layout_read (layout, table, NULL, &error);
  g_assert_no_error (error);
  text = fuzz_dup_statement_text (statement);
  text_again = fuzz_dup_statement_text (again);
  g_assert_cmpstr (text, ==, text_again);
}

/* The input is a line of corrections with blanks between them, and the table below it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *end = size > 0 ? memchr (data, '\n', size) : NULL;
  g_autofree char *line = NULL;
  g_auto (GStrv) map = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BudgetStatement) statement = NULL;

  if (end == NULL)
    return 0;

  line = fuzz_dup_text (data, (gsize) (end - data));
  map = g_strsplit (line, " ", -1);
  bytes = g_bytes_new (end + 1, size - (gsize) (end - data) - 1);
  statement = fuzz_read_statement (bytes, BUDGET_STATEMENT_FORMAT_CSV, (const char *const *) map);

  if (statement != NULL)
    check_layout (bytes, statement);

  return 0;
}
