/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-entity-private.h"

G_BEGIN_DECLS

GPtrArray *_orm_levels_new (GPtrArray *entities);

G_END_DECLS
