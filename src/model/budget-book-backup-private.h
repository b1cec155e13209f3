/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-session.h"

G_BEGIN_DECLS

char *_budget_book_dup_backup_folder (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean
_budget_book_backup_before (OrmSession *session, const char *path, int version, GError **error);
gboolean _budget_book_verify_copy (OrmSession *book, const char *path, GError **error);

G_END_DECLS
