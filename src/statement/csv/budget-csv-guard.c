/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-guard.h"

#include <string.h>

/*
 * A cell that begins like a formula is run by a spreadsheet that opens the file.
 * An apostrophe in front of it prevents that.
 */

static gboolean
is_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

/**
 * budget_csv_needs_guard:
 * @text: a text
 *
 * Returns: whether a spreadsheet would take @text for a formula. An apostrophe
 *   in front of a formula is guarded too, so that reading gives it back.
 */
gboolean
budget_csv_needs_guard (const char *text)
{
  const char *at = text;

  while (*at == '\'')
    at++;

  return is_formula (at);
}

/**
 * budget_csv_unguard:
 * @text: a text from a file
 *
 * Returns: @text without the apostrophe that guards a formula
 */
const char *
budget_csv_unguard (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return *text == '\'' && budget_csv_needs_guard (text + 1) ? text + 1 : text;
}
