/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-statement-reader.h"
#include "camt-fixture.h"

#include <string.h>

/* Reads a CAMT statement, whose format is detected by its content. */
BudgetStatement *
camt_fixture_read (const char *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  BudgetStatement *statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (budget_statement_get_format (statement), ==, "CAMT");
  return statement;
}

gboolean
camt_fixture_has_note (BudgetStatement *statement, const char *part)
{
  const char *const *notes = budget_statement_get_notes (statement);

  for (guint i = 0; notes[i] != NULL; i++)
    if (strstr (notes[i], part) != NULL)
      return TRUE;

  return FALSE;
}
