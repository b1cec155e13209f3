/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-classifier.h"

G_BEGIN_DECLS

/* Features besides the words; build-aux/benchmark categories measures them. */
typedef enum
{
  BUDGET_FEATURE_NONE = 0,
  BUDGET_FEATURE_SIGN = 1 << 0,    /* whether money was spent or received */
  BUDGET_FEATURE_AMOUNT = 1 << 1,  /* the amount, by powers of two */
  BUDGET_FEATURE_ENDINGS = 1 << 2, /* the endings of long words: Hirschapotheke, Stadtwerke */
  BUDGET_FEATURE_DEFAULT = BUDGET_FEATURE_SIGN | BUDGET_FEATURE_AMOUNT | BUDGET_FEATURE_ENDINGS
} BudgetFeatures;

BudgetClassifier *
_budget_classifier_new_with_features (BudgetFeatures features) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
