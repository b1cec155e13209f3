/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-connection.h"

G_BEGIN_DECLS

gboolean _budget_book_backup_before (OrmConnection *connection,
                                     const char *path,
                                     int version,
                                     GError **error);

G_END_DECLS
