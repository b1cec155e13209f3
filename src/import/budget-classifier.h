/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BUDGET_CLASSIFIER_THRESHOLD:
 *
 * The least confidence of a guess, unless budget_classifier_set_threshold()
 * says otherwise: it is more likely right than wrong.
 */
#define BUDGET_CLASSIFIER_THRESHOLD 0.5

#define BUDGET_TYPE_CLASSIFIER (budget_classifier_get_type ())

G_DECLARE_FINAL_TYPE (BudgetClassifier, budget_classifier, BUDGET, CLASSIFIER, GObject)

BudgetClassifier *budget_classifier_new (void) G_GNUC_WARN_UNUSED_RESULT;

double budget_classifier_get_threshold (BudgetClassifier *self);
void budget_classifier_set_threshold (BudgetClassifier *self, double threshold);
guint64 budget_classifier_get_n_added (BudgetClassifier *self);

void budget_classifier_add (BudgetClassifier *self,
                            const char *description,
                            gint64 amount,
                            gpointer category);
gpointer budget_classifier_guess (BudgetClassifier *self,
                                  const char *description,
                                  gint64 amount,
                                  double *confidence);

G_END_DECLS
