/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean budget_expression_evaluate (const char *text, guint digits, gint64 *minor, GError **error);

G_END_DECLS
