/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

/* The whole library. */
#include "orm-change-set.h"
#include "orm-collection.h"
#include "orm-connection.h"
#include "orm-entity.h"
#include "orm-error.h"
#include "orm-foreign.h"
#include "orm-query-model.h"
#include "orm-query.h"
#include "orm-session-query.h"
#include "orm-session.h"
#include "orm-totals.h"
#include "orm-types.h"
