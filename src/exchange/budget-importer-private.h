/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-draft-private.h"
#include "budget-importer.h"

G_BEGIN_DECLS

/* One expense of the book, as far as it takes to know it again. */
typedef struct
{
  gint64 account_id;
  gboolean is_matched;
} BudgetKnownRow;

/* What is in the book already around the days of the files. */
typedef struct
{
  GHashTable *ids;      /* of gint64: what was looked at */
  GHashTable *by_key;   /* import key → BudgetKnownRow */
  GHashTable *by_looks; /* day, amount and description → GPtrArray of BudgetKnownRow */
} BudgetKnownRows;

typedef struct
{
  char *name;
  BudgetStatement *statement;
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
  GHashTable *spellings;  /* a name in any case → the one in @names */
  GHashTable *categories; /* name → BudgetCategory, or NULL for one to be made */
  GHashTable *users;
  GHashTable *accounts;
  GHashTable *usual;   /* description → BudgetCategory, from the book's latest */
  GHashTable *n_equal; /* how many rows there are of one key without its number */
  BudgetKnownRows known;

  BudgetImportProgress progress;
  gpointer progress_data;
};

/* One file on its way into the importer, in steps that are short enough for a window. */
typedef struct _BudgetImportJob BudgetImportJob;

BudgetImportJob *_budget_import_job_new (BudgetImporter *importer,
                                         const char *name,
                                         BudgetStatement *statement) G_GNUC_WARN_UNUSED_RESULT;
gboolean _budget_import_job_step (BudgetImportJob *self, gboolean *is_done, GError **error);
void _budget_import_job_free (BudgetImportJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetImportJob, _budget_import_job_free)

/* budget-importer-row.c */
BudgetDraft *
_budget_importer_draft (BudgetImporter *self, guint file, const BudgetStatementRow *row);

/* budget-importer-known.c */
void _budget_known_rows_init (BudgetKnownRows *self);
void _budget_known_rows_clear (BudgetKnownRows *self);
void _budget_known_rows_add (BudgetKnownRows *self, BudgetExpense *expense);
gboolean _budget_known_rows_match_key (BudgetKnownRows *self, BudgetDraft *draft);
gboolean _budget_known_rows_match_looks (BudgetKnownRows *self, BudgetDraft *draft);

G_END_DECLS
