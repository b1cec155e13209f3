/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BUDGET_MONEY_MAX:
 *
 * The largest amount of one expense, in minor units: 99,999,999.99.
 */
#define BUDGET_MONEY_MAX (G_GINT64_CONSTANT (9999999999))

const char *budget_money_get_local_currency (void);
char budget_money_get_decimal_mark (void);

gboolean budget_money_parse_decimal (const char *text, guint digits, gint64 *minor, GError **error);

char *budget_money_format (gint64 minor, const char *currency) G_GNUC_WARN_UNUSED_RESULT;
char *budget_money_format_plain (gint64 minor, guint digits) G_GNUC_WARN_UNUSED_RESULT;
char *budget_money_to_decimal (gint64 minor, guint digits) G_GNUC_WARN_UNUSED_RESULT;

gboolean budget_money_add (gint64 a, gint64 b, gint64 *sum);
gboolean budget_money_check (gint64 minor, GError **error);

G_END_DECLS
