/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz-statement-checks.h"
#include "fuzz.h"

/* The input is a file of any kind. Whichever reader has it says the same when it is asked for. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (BudgetStatement) statement =
    fuzz_read_statement (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL);
  g_autoptr (BudgetStatement) named = NULL;
  g_autofree char *text = NULL;
  g_autofree char *named_text = NULL;
  BudgetStatementFormat format;

  if (statement == NULL)
    return 0;

  /* Our own tables are a kind of CSV. */
  if (!budget_statement_format_from_name (budget_statement_get_format (statement), &format))
    format = BUDGET_STATEMENT_FORMAT_CSV;

  named = budget_statement_read (bytes, format, NULL, NULL, NULL);
  g_assert_nonnull (named);
  text = fuzz_dup_statement_text (statement);
  named_text = fuzz_dup_statement_text (named);
  g_assert_cmpstr (text, ==, named_text);

  return 0;
}
