/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gboolean (*OrmArrayFunc) (gpointer item, gpointer data);

void _orm_array_keep (GPtrArray *array, OrmArrayFunc keeps, gpointer data);

G_END_DECLS
