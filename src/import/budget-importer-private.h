/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-category-adder.h"
#include "budget-category-history.h"
#include "budget-draft-private.h"
#include "budget-importer.h"
#include "budget-known-rows-private.h"
#include "budget-layout-memory-private.h"
#include "budget-matching-private.h"
#include "budget-name-index.h"
#include "budget-rule-set.h"
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
  gboolean as_is;
  BudgetUser *user;
  BudgetCategory *category;
  char *account;
  char *currency; /* of the book, or what an empty one takes on */
  gboolean takes_currency;
  gboolean is_committed;

  GPtrArray *drafts;
  GPtrArray *files; /* of BudgetImportFile */

  GStringChunk *names;
  GHashTable *spellings;       /* a name in any letter case → the one in @names */
  BudgetNameIndex *categories; /* of the book, made when first needed */
  BudgetNameIndex *users;
  BudgetNameIndex *accounts;
  GHashTable *new_accounts;       /* names of those to be made, kept in @names */
  GHashTable *new_cards;          /* those of them that are credit cards' */
  GHashTable *numbers;            /* plain number → BudgetAccount, or NULL as yet */
  BudgetUser *default_user;       /* the book's */
  BudgetCategoryHistory *history; /* of the book */
  GHashTable *tidied;             /* text → what is shown */
  BudgetLayoutMemory *memory;     /* of the book, made when first needed */
  gboolean is_forgetful;
  BudgetRuleSet *rules;
  BudgetTransferFinder *transfers;
  GHashTable *n_equal; /* key without its number → how many rows have it */
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

/* budget-importer-row.c */
BudgetDraft *
_budget_importer_create_draft (BudgetImporter *self, guint file, const BudgetStatementRow *row);

BudgetCategory *_budget_importer_find_category (BudgetImporter *self, const char *name);

G_END_DECLS
