/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-check-private.h"

#include <glib/gi18n.h>

/*
 * Checks texts that people typed. Errors are worded for the form.
 */

gboolean
_budget_check_length (const char *text, guint max_length, GError **error)
{
  if (text == NULL)
    return TRUE;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT,
                           _("The text has characters that cannot be read"));
      return FALSE;
    }

  if (g_utf8_strlen (text, -1) > max_length)
    {
      g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT,
                   /* Translators: %u is the most characters that a text may have. */
                   g_dngettext (GETTEXT_PACKAGE, "The text is longer than %u character",
                                "The text is longer than %u characters", max_length),
                   max_length);
      return FALSE;
    }

  return TRUE;
}

/*
 * A name of blanks would be invisible in a list.
 */
gboolean
_budget_check_name (const char *name, guint max_length, GError **error)
{
  g_autofree char *stripped = NULL;

  if (!_budget_check_length (name, max_length, error))
    return FALSE;

  stripped = g_strstrip (g_strdup (name != NULL ? name : ""));
  if (*stripped != '\0')
    return TRUE;

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT, _("The name is empty"));
  return FALSE;
}
