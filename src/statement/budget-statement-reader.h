/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BudgetStatementFormat:
 * @BUDGET_STATEMENT_FORMAT_AUTO: whatever is in the file
 * @BUDGET_STATEMENT_FORMAT_CSV: a table
 * @BUDGET_STATEMENT_FORMAT_OFX: Open Financial Exchange, QFX too
 * @BUDGET_STATEMENT_FORMAT_QIF: Quicken Interchange Format
 * @BUDGET_STATEMENT_FORMAT_CAMT: ISO 20022 CAMT.052, CAMT.053 and CAMT.054
 * @BUDGET_STATEMENT_FORMAT_MT940: SWIFT MT940 and MT942
 *
 * The kinds of files that banks hand out.
 */
typedef enum
{
  BUDGET_STATEMENT_FORMAT_AUTO,
  BUDGET_STATEMENT_FORMAT_CSV,
  BUDGET_STATEMENT_FORMAT_OFX,
  BUDGET_STATEMENT_FORMAT_QIF,
  BUDGET_STATEMENT_FORMAT_CAMT,
  BUDGET_STATEMENT_FORMAT_MT940
} BudgetStatementFormat;

gboolean budget_statement_format_from_name (const char *name, BudgetStatementFormat *format);

BudgetStatement *budget_statement_read (GBytes *bytes,
                                        BudgetStatementFormat format,
                                        const char *const *map,
                                        GCancellable *cancellable,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetStatement *budget_statement_read_file (const char *path,
                                             BudgetStatementFormat format,
                                             const char *const *map,
                                             GCancellable *cancellable,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetStatement *budget_statement_read_again (BudgetStatement *self,
                                              const char *const *map,
                                              GCancellable *cancellable,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

BudgetStatement *budget_statement_preview_file (const char *path,
                                                const char *const *map) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
