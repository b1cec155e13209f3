/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *budget_account_number_dup_plain (const char *text, guint *n_digits) G_GNUC_WARN_UNUSED_RESULT;
gboolean budget_account_number_equal (const char *a, const char *b);

G_END_DECLS
