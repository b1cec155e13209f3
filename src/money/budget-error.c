/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"

/**
 * budget_error_quark:
 *
 * Returns: the domain of #BudgetError
 */
GQuark
budget_error_quark (void)
{
  return g_quark_from_static_string ("budget-error-quark");
}

/**
 * budget_refuse:
 * @error: return location for a #BudgetError
 * @code: which one
 * @message: the reason, translated; it is copied
 *
 * Sets @error and fails, so that a check can return what this returns.
 *
 * Returns: %FALSE
 */
gboolean
budget_refuse (GError **error, BudgetError code, const char *message)
{
  g_set_error_literal (error, BUDGET_ERROR, (int) code, message);
  return FALSE;
}
