/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-category-adder.h"
#include "budget-draft-private.h"
#include "budget-importer.h"
#include "budget-known-rows-private.h"
#include "budget-layout-memory-private.h"
#include "budget-matching-private.h"
#include "budget-row-reader-private.h"
#include "budget-tag-adder.h"
#include "budget-transfer-finder-private.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  BudgetStatement *statement;
  char *account;             /* as it was given, or NULL */
  BudgetAccount *remembered; /* that the book remembers for such files, or NULL */
  gboolean forgets;          /* how the book reads such files is forgotten */
} BudgetImportFile;

struct _BudgetImporter
{
  GObject parent_instance;

  BudgetBook *book;
  char *account;
  char *currency; /* of the book, or what an empty one takes on */
  gboolean takes_currency;
  gboolean is_forgetful;
  gboolean is_committed;

  GPtrArray *drafts;
  GPtrArray *files; /* of BudgetImportFile */

  BudgetRowReader *rows;
  BudgetLayoutMemory *memory; /* of the book, made when first needed */
  BudgetTransferFinder *transfers;
  BudgetKnownRows known;

  BudgetProgress progress;
  gpointer progress_data;
};

void _budget_importer_tell_progress (double fraction, gpointer importer);

/* Adds one file, in steps that are short enough for a window. */
typedef struct _BudgetImportJob BudgetImportJob;

BudgetImportJob *_budget_import_job_new (BudgetImporter *importer,
                                         const char *name,
                                         BudgetStatement *statement) G_GNUC_WARN_UNUSED_RESULT;
extern const BudgetSteps _budget_import_job_steps;
void _budget_import_job_free (BudgetImportJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetImportJob, _budget_import_job_free)

G_END_DECLS
