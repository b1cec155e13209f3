/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-filter.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_EXPORT_WRITER (budget_export_writer_get_type ())

G_DECLARE_DERIVABLE_TYPE (BudgetExportWriter, budget_export_writer, BUDGET, EXPORT_WRITER, GObject)

/*
 * BudgetExportWriterClass:
 * @plan: adds the sections that will be written, by
 * _budget_export_writer_add_section()
 * @start: writes the beginning of the file
 * @begin: writes the beginning of a section
 * @add: writes one item of a section
 * @end: writes the end of a section
 * @finish: writes the end of the file
 *
 * A kind of file. Only @plan and @add are required. They append text to
 * _budget_export_writer_get_buffer().
 */
struct _BudgetExportWriterClass
{
  GObjectClass parent_class;

  gboolean (*plan) (BudgetExportWriter *self, GError **error);
  gboolean (*start) (BudgetExportWriter *self, GError **error);
  gboolean (*begin) (BudgetExportWriter *self, guint section, GError **error);
  gboolean (*add) (BudgetExportWriter *self, gpointer item, GError **error);
  gboolean (*end) (BudgetExportWriter *self, guint section, GError **error);
  gboolean (*finish) (BudgetExportWriter *self, GError **error);
};

BudgetExportWriter *_budget_export_writer_new (GType type,
                                               BudgetBook *book,
                                               BudgetFilter *filter,
                                               GOutputStream *stream,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

BudgetBook *_budget_export_writer_get_book (BudgetExportWriter *self);
BudgetFilter *_budget_export_writer_get_filter (BudgetExportWriter *self);
GOutputStream *_budget_export_writer_get_stream (BudgetExportWriter *self);
GString *_budget_export_writer_get_buffer (BudgetExportWriter *self);

gboolean _budget_export_writer_add_list (BudgetExportWriter *self, GError **error);
gboolean _budget_export_writer_add_accounts (BudgetExportWriter *self, GError **error);
gboolean _budget_export_writer_add_query (BudgetExportWriter *self,
                                          gpointer subject,
                                          OrmQuery *query,
                                          GError **error);
void
_budget_export_writer_add_section (BudgetExportWriter *self, gpointer subject, GListModel *items);
gpointer _budget_export_writer_get_subject (BudgetExportWriter *self, guint section);
GListModel *_budget_export_writer_get_items (BudgetExportWriter *self, guint section);
guint _budget_export_writer_get_section (BudgetExportWriter *self);

gboolean _budget_export_writer_step (BudgetExportWriter *self, gboolean *is_done, GError **error);
double _budget_export_writer_get_fraction (BudgetExportWriter *self);
guint _budget_export_writer_get_n_written (BudgetExportWriter *self);
void _budget_export_writer_forget_written (BudgetExportWriter *self);

gboolean _budget_export_is_everything (BudgetFilter *filter);
gboolean _budget_export_check_expense (BudgetExpense *expense, GError **error);
GDateTime *_budget_export_get_time (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
