/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_FIELD_MESSAGE (budget_field_message_get_type ())

G_DECLARE_FINAL_TYPE (
  BudgetFieldMessage, budget_field_message, BUDGET, FIELD_MESSAGE, AdwPreferencesRow)

void budget_field_message_show (BudgetFieldMessage *self, GtkWidget *field, const char *message);
void budget_field_message_hide (BudgetFieldMessage *self, GtkWidget *field);

G_END_DECLS
