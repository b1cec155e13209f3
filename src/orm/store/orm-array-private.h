/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gboolean (*OrmArrayFunc) (gpointer item, gpointer data);

void _orm_array_keep (GPtrArray *array, OrmArrayFunc keeps, gpointer data);

G_END_DECLS
