/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-draft.h"
#include "budget-statement-reader.h"

G_BEGIN_DECLS

typedef struct _BudgetRowReader BudgetRowReader;

BudgetRowReader *_budget_row_reader_new (BudgetBook *book) G_GNUC_WARN_UNUSED_RESULT;
void _budget_row_reader_free (BudgetRowReader *self);

void _budget_row_reader_set_as_is (BudgetRowReader *self, gboolean as_is);
void _budget_row_reader_set_user (BudgetRowReader *self, BudgetUser *user);
void _budget_row_reader_set_category (BudgetRowReader *self, BudgetCategory *category);
void _budget_row_reader_learn (BudgetRowReader *self, BudgetExpense *expense);
void _budget_row_reader_forget (BudgetRowReader *self);

void _budget_row_reader_begin_file (BudgetRowReader *self,
                                    BudgetStatement *statement,
                                    const char *currency,
                                    const char *account,
                                    BudgetAccount *remembered);
BudgetDraft *_budget_row_reader_read (BudgetRowReader *self,
                                      guint file,
                                      const BudgetStatementRow *row) G_GNUC_WARN_UNUSED_RESULT;

BudgetCategory *_budget_row_reader_find_category (BudgetRowReader *self, const char *name);
GHashTable *_budget_row_reader_get_new_accounts (BudgetRowReader *self);
gboolean _budget_row_reader_is_card (BudgetRowReader *self, const char *name);

G_END_DECLS
