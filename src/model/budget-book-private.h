/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-session.h"

G_BEGIN_DECLS

OrmSession *_budget_book_new_session (OrmConnection *connection) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
