/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *budget_description_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *budget_description_tidy (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *budget_description_dup_core (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *budget_description_dup_payee (const char *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean budget_description_is_generic (const char *text);
double budget_description_compare (const char *a, const char *b);

G_END_DECLS
