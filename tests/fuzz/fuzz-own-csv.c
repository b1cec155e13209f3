/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-own-csv.h"
#include "fuzz-statement-checks.h"
#include "fuzz.h"

/* The input is what stands below the heading of a table of ours. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *rows = g_utf8_make_valid (size > 0 ? (const char *) data : "", (gssize) size);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BudgetStatement) statement = NULL;

  for (guint i = 0; i < BUDGET_N_OWN_CSV_COLUMNS; i++)
    g_string_append_printf (text, i > 0 ? ",%s" : "%s",
                            budget_own_csv_get_title ((BudgetOwnCsvColumn) i));
  g_string_append_printf (text, "\r\n%s", rows);

  bytes = g_bytes_new (text->str, text->len);
  g_assert_true (budget_own_csv_sniff (bytes));
  statement = fuzz_read_statement (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL);
  if (statement != NULL)
    g_assert_cmpstr (budget_statement_get_format (statement), ==, BUDGET_OWN_CSV_FORMAT);

  return 0;
}
