/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BUDGET_NUMBER_MAX_DIGITS 32
#define BUDGET_NUMBER_MAX_MARKS 12

/**
 * BudgetNumber:
 * @digits: the decimal digits, without any mark
 * @n_digits: how many
 * @marks: the marks between them: `.`, `,`, `'` or a blank
 * @mark_at: how many digits stand before each mark
 * @n_marks: how many
 * @negative: whether it has a minus, parentheses or DR
 * @has_sign: whether a sign was written, minus or plus
 * @currency: (nullable): the currency whose sign or letters stand beside it
 *
 * A written number whose decimal mark is not decided yet.
 */
typedef struct
{
  char digits[BUDGET_NUMBER_MAX_DIGITS + 1];
  guint n_digits;
  char marks[BUDGET_NUMBER_MAX_MARKS];
  guint mark_at[BUDGET_NUMBER_MAX_MARKS];
  guint n_marks;
  gboolean negative;
  gboolean has_sign;
  const char *currency;
} BudgetNumber;

/**
 * BudgetNumberFit:
 * @BUDGET_NUMBER_FITS: the number can be written with so many decimals
 * @BUDGET_NUMBER_TOO_PRECISE: it has more decimals
 * @BUDGET_NUMBER_TOO_LARGE: it would have too many digits
 *
 * Whether a number can be written with some decimals.
 */
typedef enum
{
  BUDGET_NUMBER_FITS,
  BUDGET_NUMBER_TOO_PRECISE,
  BUDGET_NUMBER_TOO_LARGE
} BudgetNumberFit;

gboolean budget_number_scan (const char *text, BudgetNumber *number);
char budget_number_guess_decimal (const BudgetNumber *number);
gboolean
budget_number_read (const BudgetNumber *number, char decimal, gint64 *mantissa, guint *n_decimals);
BudgetNumberFit
budget_number_scale (gint64 mantissa, guint n_decimals, guint digits, gint64 *minor);
gboolean budget_number_read_thousandths (const char *text, char decimal, gint64 *thousandths);

G_END_DECLS
