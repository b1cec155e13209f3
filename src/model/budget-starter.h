/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-session.h"

G_BEGIN_DECLS

gboolean budget_starter_fill (OrmSession *session, GError **error);
const char *budget_starter_get_color (guint index);
guint budget_starter_get_n_colors (void);

G_END_DECLS
