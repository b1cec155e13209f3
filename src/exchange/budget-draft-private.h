/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-draft.h"

G_BEGIN_DECLS

/*
 * The names are of what is not in the book and will be made; texts that many
 * drafts share are kept once, by the importer.
 */
struct _BudgetDraft
{
  GObject parent_instance;

  GDate date;
  char *description;
  gint64 amount;
  char *note;
  BudgetCategory *category;
  const char *category_name;
  BudgetUser *user;
  const char *user_email;
  BudgetAccount *account;
  const char *account_name;
  BudgetDraftState state;
  char *reason;
  guint file;
  guint line;
  char *import_key;
  gboolean include;
};

void _budget_draft_set_duplicate (BudgetDraft *self);
void _budget_draft_take_rejection (BudgetDraft *self, char *reason);

G_END_DECLS
