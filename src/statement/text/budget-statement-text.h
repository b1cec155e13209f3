/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *budget_statement_text_dup_clean (const char *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean budget_statement_text_is_reference (const char *text);
void budget_statement_text_add (GString *texts, const char *text);

G_END_DECLS
