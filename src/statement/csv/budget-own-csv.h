/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The format of a statement that this program wrote. */
#define BUDGET_OWN_CSV_FORMAT "Budget"

typedef enum
{
  BUDGET_OWN_CSV_DATE,
  BUDGET_OWN_CSV_DESCRIPTION,
  BUDGET_OWN_CSV_CATEGORY,
  BUDGET_OWN_CSV_PERSON,
  BUDGET_OWN_CSV_SPENT,
  BUDGET_OWN_CSV_CURRENCY,
  BUDGET_OWN_CSV_NOTE,
  BUDGET_OWN_CSV_ACCOUNT,
  BUDGET_OWN_CSV_TAGS
} BudgetOwnCsvColumn;

#define BUDGET_N_OWN_CSV_COLUMNS (BUDGET_OWN_CSV_TAGS + 1)

/* Older tables end with this column. */
#define BUDGET_N_OLD_OWN_CSV_COLUMNS (BUDGET_OWN_CSV_ACCOUNT + 1)

const char *budget_own_csv_get_title (BudgetOwnCsvColumn column);
gboolean budget_own_csv_wrote (BudgetStatement *statement);
gboolean budget_own_csv_sniff (GBytes *bytes);
BudgetStatement *budget_own_csv_read (GBytes *bytes,
                                      GCancellable *cancellable,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
