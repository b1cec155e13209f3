/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-error.h"
#include "budget-expense.h"
#include "orm-session.h"

G_BEGIN_DECLS

/**
 * BUDGET_BOOK_APPLICATION_ID:
 *
 * What SQLite's header says of the program a book belongs to: "Budg".
 */
#define BUDGET_BOOK_APPLICATION_ID 0x42756467

/**
 * BUDGET_BOOK_VERSION:
 *
 * The version of the schema that this program writes.
 */
#define BUDGET_BOOK_VERSION 3

#define BUDGET_TYPE_BOOK (budget_book_get_type ())

G_DECLARE_FINAL_TYPE (BudgetBook, budget_book, BUDGET, BOOK, GObject)

BudgetBook *budget_book_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetBook *budget_book_create (const char *path,
                                const char *currency,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetBook *budget_book_open_or_create (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetBook *budget_book_new_in_memory (GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *budget_book_dup_default_path (void) G_GNUC_WARN_UNUSED_RESULT;

OrmSession *budget_book_get_session (BudgetBook *self);
const char *budget_book_get_path (BudgetBook *self);
const char *budget_book_get_currency (BudgetBook *self);
gboolean budget_book_set_currency (BudgetBook *self, const char *currency, GError **error);
guint budget_book_get_digits (BudgetBook *self);
gboolean budget_book_is_empty (BudgetBook *self);

GListModel *budget_book_get_users (BudgetBook *self);
GListModel *budget_book_get_categories (BudgetBook *self);
GListModel *budget_book_get_accounts (BudgetBook *self);
GListModel *budget_book_get_rules (BudgetBook *self);
GListModel *budget_book_get_tags (BudgetBook *self);
BudgetUser *budget_book_get_default_user (BudgetBook *self);
BudgetUser *budget_book_find_user (BudgetBook *self, const char *email_or_name);
BudgetCategory *budget_book_find_category (BudgetBook *self, const char *name);
BudgetAccount *budget_book_find_account (BudgetBook *self, const char *name_or_number);
BudgetCategory *budget_book_ensure_category (BudgetBook *self, const char *name, GError **error);

gboolean budget_book_commit (BudgetBook *self, const char *label, GError **error);
gboolean budget_book_undo (BudgetBook *self, char **label, GError **error);
gboolean budget_book_redo (BudgetBook *self, char **label, GError **error);

gboolean budget_book_check (BudgetBook *self, GPtrArray *problems, GError **error);
gboolean budget_book_backup_daily (BudgetBook *self, GError **error);

G_END_DECLS
