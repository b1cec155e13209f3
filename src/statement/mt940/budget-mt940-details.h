/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * BudgetMt940Details:
 * @name: (nullable): the other party
 * @account: (nullable): the other party's account
 * @ultimate: (nullable): the party that the other party acts for
 * @purpose: (nullable): the purpose
 * @posting: (nullable): the bank's name for the kind of transaction
 *
 * The field :86: of a transaction, in any dialect.
 */
typedef struct
{
  char *name;
  char *account;
  char *ultimate;
  char *purpose;
  char *posting;
} BudgetMt940Details;

void _budget_mt940_details_clear (BudgetMt940Details *self);
void _budget_mt940_details_read (BudgetMt940Details *self, const char *text);
void _budget_mt940_details_read_lines (BudgetMt940Details *self, const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudgetMt940Details, _budget_mt940_details_clear)

G_END_DECLS
