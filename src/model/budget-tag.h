/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity.h"

G_BEGIN_DECLS

#define BUDGET_TYPE_TAG (budget_tag_get_type ())

G_DECLARE_FINAL_TYPE (BudgetTag, budget_tag, BUDGET, TAG, OrmEntity)

BudgetTag *budget_tag_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *budget_tag_get_name (BudgetTag *self);
gboolean budget_tag_set_name (BudgetTag *self, const char *name);

G_END_DECLS
