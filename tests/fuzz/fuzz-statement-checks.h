/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement-reader.h"

G_BEGIN_DECLS

BudgetStatement *fuzz_read_statement (GBytes *bytes,
                                      BudgetStatementFormat format,
                                      const char *const *map) G_GNUC_WARN_UNUSED_RESULT;
char *fuzz_dup_statement_text (BudgetStatement *statement) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
