/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-collection.h"

G_BEGIN_DECLS

/*
 * Changes of several members of a list as one: orm_collection_splice(),
 * orm_collection_replace(), and removing several members or none.
 */
gboolean _orm_splice_remove (OrmCollection *self, GPtrArray *members, GError **error);

G_END_DECLS
