/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_SPOKEN_LABEL (budget_spoken_label_get_type ())

G_DECLARE_FINAL_TYPE (BudgetSpokenLabel, budget_spoken_label, BUDGET, SPOKEN_LABEL, GObject)

G_END_DECLS
