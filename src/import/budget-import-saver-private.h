/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-row-reader-private.h"
#include "budget-steps.h"
#include "budget-transfer-finder-private.h"

G_BEGIN_DECLS

/* A file of an import. */
typedef struct
{
  char *name;
  BudgetStatement *statement;
  char *account;    /* as it was given, or NULL */
  gboolean forgets; /* how the book reads such files is forgotten */
} BudgetImportFile;

/* What is to be saved. It belongs to the importer, which outlives the saver. */
typedef struct
{
  BudgetBook *book;
  const char *new_currency; /* that the empty book will get, or NULL */
  GPtrArray *files;         /* of BudgetImportFile */
  GPtrArray *drafts;        /* of BudgetDraft, file by file */
  BudgetRowReader *rows;    /* which read the drafts */
  BudgetTransferFinder *transfers;
  GHashTable *decisions; /* as BudgetKnownRows has them */
  guint n_changed;       /* expenses that will be added or changed */
  gboolean flushes;      /* after each step, so that the last one is short */
} BudgetImportPlan;

typedef struct _BudgetImportSaver BudgetImportSaver;

extern const BudgetSteps _budget_import_saver_steps;

BudgetImportSaver *
_budget_import_saver_new (const BudgetImportPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
void _budget_import_saver_free (BudgetImportSaver *self);

G_END_DECLS
