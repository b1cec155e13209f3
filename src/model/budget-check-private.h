/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-error.h"

G_BEGIN_DECLS

gboolean _budget_check_length (const char *text, guint max_length, GError **error);
gboolean _budget_check_name (const char *name, guint max_length, GError **error);

G_END_DECLS
