/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-money.h"
#include "statement-fixture.h"

/* What tests of every format ask of the rows that were not rejected. */

guint
statement_fixture_count_accepted (BudgetStatement *statement)
{
  return budget_statement_get_n_rows (statement) - budget_statement_get_n_rejected (statement);
}

/* The sum of the accepted rows, whatever their currency; %FALSE if it does not fit. */
gboolean
statement_fixture_sum (BudgetStatement *statement, gint64 *sum)
{
  *sum = 0;

  for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (statement, i);

      if (row->reject_reason == NULL && !budget_money_add (*sum, row->amount, sum))
        return FALSE;
    }

  return TRUE;
}
