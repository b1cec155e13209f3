/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BUDGET_ERROR (budget_error_quark ())

/**
 * BudgetError:
 * @BUDGET_ERROR_FAILED: any other error
 * @BUDGET_ERROR_INVALID_AMOUNT: an amount that cannot be read, is zero or too large
 * @BUDGET_ERROR_INVALID_DATE: a date that cannot be read or does not exist
 * @BUDGET_ERROR_INVALID_TEXT: a text that is missing, too long or of the wrong form
 * @BUDGET_ERROR_INVALID_COLOR: a colour that is not #RRGGBB
 * @BUDGET_ERROR_NOT_A_BOOK: the file is not a book of this program
 * @BUDGET_ERROR_NEWER_BOOK: the book was made by a newer version
 * @BUDGET_ERROR_DAMAGED_BOOK: the book's file is damaged
 * @BUDGET_ERROR_NOT_A_STATEMENT: the file holds nothing that can be imported
 * @BUDGET_ERROR_UNKNOWN_FORMAT: the kind of file is not known
 * @BUDGET_ERROR_NOT_FOUND: there is no such person, category or account
 *
 * Errors of the household's data. The messages are meant for the user.
 */
typedef enum
{
  BUDGET_ERROR_FAILED,
  BUDGET_ERROR_INVALID_AMOUNT,
  BUDGET_ERROR_INVALID_DATE,
  BUDGET_ERROR_INVALID_TEXT,
  BUDGET_ERROR_INVALID_COLOR,
  BUDGET_ERROR_NOT_A_BOOK,
  BUDGET_ERROR_NEWER_BOOK,
  BUDGET_ERROR_DAMAGED_BOOK,
  BUDGET_ERROR_NOT_A_STATEMENT,
  BUDGET_ERROR_UNKNOWN_FORMAT,
  BUDGET_ERROR_NOT_FOUND
} BudgetError;

GQuark budget_error_quark (void);
gboolean budget_refuse (GError **error, BudgetError code, const char *message);

G_END_DECLS
