/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_QUICK_ENTRY (budget_quick_entry_get_type ())

/**
 * BudgetQuickEntry:
 * @amount: minor units; positive is spent, negative received
 * @description: what it was for
 * @category: (nullable): the name after the first `#`
 * @person: (nullable): the text after `@`
 * @tags: the names after any further `#`, ending with %NULL
 * @date: the day; today unless another was typed
 *
 * An expense as it was typed in one line, before anything is looked up.
 */
typedef struct
{
  gint64 amount;
  char *description;
  char *category;
  char *person;
  char **tags;
  GDate date;
} BudgetQuickEntry;

GType budget_quick_entry_get_type (void) G_GNUC_CONST;

BudgetQuickEntry *budget_quick_entry_parse (const char *text,
                                            const GDate *today,
                                            const char *currency,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetQuickEntry *budget_quick_entry_copy (const BudgetQuickEntry *self) G_GNUC_WARN_UNUSED_RESULT;
void budget_quick_entry_free (BudgetQuickEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetQuickEntry, budget_quick_entry_free)

G_END_DECLS
