/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz-statement-checks.h"
#include "fuzz.h"

/* The input is a file that is said to be MT940. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  BudgetStatement *statement = fuzz_read_statement (bytes, BUDGET_STATEMENT_FORMAT_MT940, NULL);

  g_clear_object (&statement);

  return 0;
}
