/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean budget_currency_is_known (const char *code);
guint budget_currency_get_digits (const char *code);
const char *budget_currency_get_symbol (const char *code);
const char *budget_currency_find (const char *text);
char *budget_currency_dup_code (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
