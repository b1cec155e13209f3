/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-importer.h"

G_BEGIN_DECLS

typedef struct _BudgetImportSaver BudgetImportSaver;

extern const BudgetSteps _budget_import_saver_steps;

BudgetImportSaver *_budget_import_saver_new (BudgetImporter *importer,
                                             gboolean flushes) G_GNUC_WARN_UNUSED_RESULT;
void _budget_import_saver_free (BudgetImportSaver *self);

G_END_DECLS
