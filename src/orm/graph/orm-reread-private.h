/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-collection.h"

G_BEGIN_DECLS

/*
 * Reads a loaded list again in the worker, after another program changed the
 * rows.
 */
gboolean _orm_reread_is_worth_it (OrmCollection *self);
void _orm_reread_start (OrmCollection *self);
gboolean _orm_reread_is_running (OrmCollection *self);

G_END_DECLS
