/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

G_BEGIN_DECLS

/*
 * BudgetMt940Transaction:
 * @line: the line on which it begins
 * @head: its :61:, without what follows in further lines
 * @more: those further lines
 * @details: its :86:, joined
 * @lines: its :NS:, line by line
 * @is_full: whether the last line of @details fills the width of a line
 * @is_cut: whether the file ends within @head
 *
 * A transaction as it is in the file.
 */
typedef struct
{
  guint line;
  char *head;
  GString *more;
  GString *details;
  GString *lines;
  gboolean is_full;
  gboolean is_cut;
} BudgetMt940Transaction;

BudgetMt940Transaction *_budget_mt940_transaction_new (guint line,
                                                       const char *head) G_GNUC_WARN_UNUSED_RESULT;
void _budget_mt940_transaction_free (BudgetMt940Transaction *self);
void _budget_mt940_transaction_take_more (BudgetMt940Transaction *self, const char *text);
void _budget_mt940_transaction_take_details (BudgetMt940Transaction *self,
                                             const char *text,
                                             gboolean is_first);
void _budget_mt940_transaction_take_line (BudgetMt940Transaction *self, const char *text);
gboolean _budget_mt940_transaction_is_expected (const BudgetMt940Transaction *self);
BudgetStatementRow *_budget_mt940_transaction_read (const BudgetMt940Transaction *self,
                                                    const char *account,
                                                    const char *currency) G_GNUC_WARN_UNUSED_RESULT;

gboolean _budget_mt940_read_day (const char *text, GDate *day);

G_END_DECLS
