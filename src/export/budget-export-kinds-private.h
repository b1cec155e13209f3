/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-export-writer-private.h"

G_BEGIN_DECLS

/* The kinds of files that budget_exporter_write_file() supports. */

#define BUDGET_TYPE_BOOK_EXPORT (budget_book_export_get_type ())
#define BUDGET_TYPE_CSV_EXPORT (budget_csv_export_get_type ())
#define BUDGET_TYPE_JSON_EXPORT (budget_json_export_get_type ())
#define BUDGET_TYPE_OFX_EXPORT (budget_ofx_export_get_type ())
#define BUDGET_TYPE_PDF_EXPORT (budget_pdf_export_get_type ())
#define BUDGET_TYPE_QIF_EXPORT (budget_qif_export_get_type ())

G_DECLARE_FINAL_TYPE (BudgetBookExport, budget_book_export, BUDGET, BOOK_EXPORT, BudgetExportWriter)
G_DECLARE_FINAL_TYPE (BudgetCsvExport, budget_csv_export, BUDGET, CSV_EXPORT, BudgetExportWriter)
G_DECLARE_FINAL_TYPE (BudgetJsonExport, budget_json_export, BUDGET, JSON_EXPORT, BudgetExportWriter)
G_DECLARE_FINAL_TYPE (BudgetOfxExport, budget_ofx_export, BUDGET, OFX_EXPORT, BudgetExportWriter)
G_DECLARE_FINAL_TYPE (BudgetPdfExport, budget_pdf_export, BUDGET, PDF_EXPORT, BudgetExportWriter)
G_DECLARE_FINAL_TYPE (BudgetQifExport, budget_qif_export, BUDGET, QIF_EXPORT, BudgetExportWriter)

G_END_DECLS
