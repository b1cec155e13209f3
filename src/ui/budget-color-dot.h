/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_COLOR_DOT (budget_color_dot_get_type ())

G_DECLARE_FINAL_TYPE (BudgetColorDot, budget_color_dot, BUDGET, COLOR_DOT, GtkWidget)

GtkWidget *budget_color_dot_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_color_dot_get_color (BudgetColorDot *self);
void budget_color_dot_set_color (BudgetColorDot *self, const char *color);

G_END_DECLS
