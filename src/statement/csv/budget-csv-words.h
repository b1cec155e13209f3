/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-csv-layout.h"

G_BEGIN_DECLS

/**
 * BudgetCsvDirection:
 * @BUDGET_CSV_DIRECTION_NONE: the word does not say so
 * @BUDGET_CSV_DIRECTION_OUT: money was spent
 * @BUDGET_CSV_DIRECTION_IN: money was received
 * @BUDGET_CSV_DIRECTION_A: Dutch for out, Italian for in
 * @BUDGET_CSV_DIRECTION_B: Dutch for in
 *
 * What a word says about whether money was spent or received.
 */
typedef enum
{
  BUDGET_CSV_DIRECTION_NONE,
  BUDGET_CSV_DIRECTION_OUT,
  BUDGET_CSV_DIRECTION_IN,
  BUDGET_CSV_DIRECTION_A,
  BUDGET_CSV_DIRECTION_B
} BudgetCsvDirection;

typedef enum
{
  BUDGET_CSV_STATUS_UNKNOWN,
  BUDGET_CSV_STATUS_BOOKED,
  BUDGET_CSV_STATUS_PENDING,
  BUDGET_CSV_STATUS_CANCELLED
} BudgetCsvStatus;

void budget_csv_words_match_title (const char *title, guint scores[BUDGET_N_CSV_ROLES]);
BudgetCsvDirection budget_csv_words_get_direction (const char *cell);
BudgetCsvStatus budget_csv_words_get_status (const char *cell);
gboolean budget_csv_words_is_total (const char *cell);
gboolean budget_csv_words_is_balance (const char *cell);
int budget_csv_words_get_card_sign (const char *cell);

G_END_DECLS
