/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

G_BEGIN_DECLS

/* A live list and the entities in it. */
typedef struct
{
  GListModel *model;
  GPtrArray *held;
} BudgetShelf;

enum
{
  BUDGET_SHELF_USERS,
  BUDGET_SHELF_CATEGORIES,
  BUDGET_SHELF_ACCOUNTS,
  BUDGET_SHELF_TAGS,
  BUDGET_SHELF_RULES,
  BUDGET_SHELF_SETTINGS,
  BUDGET_N_SHELVES
};

struct _BudgetBook
{
  GObject parent_instance;

  char *path;
  char *file_key;
  OrmConnection *connection;
  OrmSession *session;
  BudgetShelf shelves[BUDGET_N_SHELVES];
  char *currency; /* as it was last told */
};

/* budget-book-lists.c */
gboolean _budget_book_fill_lists (BudgetBook *self, GError **error);
void _budget_book_clear_lists (BudgetBook *self);

/* budget-book-error.c */
void _budget_book_word_error (GError **error);
gboolean _budget_book_refuse (GError **error, BudgetError code, const char *path, const char *what);

/* budget-book-file.c */
char *_budget_book_hold_file (const char *path);
void _budget_book_release_file (char *key);
char *_budget_book_claim_file (const char *path, GError **error);
void _budget_book_abandon_file (const char *path, const char *first_folder);
OrmConnection *_budget_book_open_file (const char *path, int *version, GError **error);

/* budget-book-backup.c */
gboolean _budget_book_backup_before (OrmConnection *connection,
                                     const char *path,
                                     int version,
                                     GError **error);

G_END_DECLS
