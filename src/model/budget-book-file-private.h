/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-connection.h"

G_BEGIN_DECLS

char *_budget_book_hold_file (const char *path);
void _budget_book_release_file (char *key);
char *_budget_book_claim_file (const char *path, GError **error);
void _budget_book_abandon_file (const char *path, const char *first_folder);
OrmConnection *_budget_book_open_file (const char *path, int *version, GError **error);

G_END_DECLS
