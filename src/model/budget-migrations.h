/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-session.h"

G_BEGIN_DECLS

gboolean budget_migrations_run (OrmSession *session, int from, GError **error);

G_END_DECLS
