/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean budget_csv_needs_guard (const char *text);
const char *budget_csv_unguard (const char *text);

G_END_DECLS
