/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-category-adder.h"
#include "budget-category-history.h"
#include "budget-draft-private.h"
#include "budget-importer.h"
#include "budget-name-index.h"
#include "budget-rules.h"
#include "budget-tag-adder.h"

G_BEGIN_DECLS

/* A hand-entered expense and the bank's booking may be so many days apart. */
#define BUDGET_IMPORT_MATCH_DAYS 10

/*
 * BudgetKnownRow:
 *
 * One expense of the book, or a draft of an earlier file, as far as it takes to
 * know it again. What stands for one booking stands for no other.
 */
typedef struct
{
  gint64 id;          /* of the expense, or 0 */
  BudgetDraft *draft; /* of an earlier file, or NULL */
  gint32 day;         /* as g_date_get_julian() counts */
  gint64 amount;
  gint64 account_id; /* 0 if there is none */
  const char *account_name;
  const char *text; /* as the bank wrote it, else as it is */
  const char *bank_id;
  const char *key;
  gboolean is_paired;    /* with its other half, if it is a transfer */
  gboolean is_matched;   /* with a booking of the file that is being matched */
  gboolean is_off_looks; /* not in by_looks and by_amount until the next file */
  gboolean is_off_amount;
} BudgetKnownRow;

/* What is known around the days of the files. */
typedef struct
{
  GStringChunk *texts;
  GPtrArray *rows;        /* of BudgetKnownRow */
  GPtrArray *matched;     /* those of them that are */
  GHashTable *ids;        /* id of an expense → BudgetKnownRow */
  GHashTable *by_key;     /* import key → BudgetKnownRow */
  GHashTable *by_bank_id; /* → GPtrArray of BudgetKnownRow */
  GHashTable *by_looks;   /* day, amount and text → GPtrArray of BudgetKnownRow */
  GHashTable *by_amount;  /* day and amount → GPtrArray of BudgetKnownRow */
  GHashTable *decisions;  /* import key → another, or "" for what is not wanted */
  guint n_by_hand;        /* rows of the book without a key */
} BudgetKnownRows;

typedef struct
{
  char *name;
  BudgetStatement *statement;
  char *account;             /* as it was given, or NULL */
  BudgetAccount *remembered; /* of the bank's tables, or NULL */
  gboolean forgets;          /* what is remembered of such tables is dropped */
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
  GHashTable *spellings;       /* a name in any case → the one in @names */
  BudgetNameIndex *categories; /* of the book, made when they are asked for */
  BudgetNameIndex *users;
  BudgetNameIndex *accounts;
  GHashTable *new_accounts;       /* names of those to be made, kept in @names */
  GHashTable *new_cards;          /* those of them that are credit cards' */
  GHashTable *numbers;            /* plain number → BudgetAccount, or NULL as yet */
  BudgetUser *default_user;       /* the book's */
  BudgetCategoryHistory *history; /* of the book */
  GHashTable *tidied;             /* text → what is shown */
  GHashTable *layouts;            /* see budget-importer-file.c */
  GHashTable *layout_accounts;
  gboolean is_forgetful;
  BudgetRuleSet *rules;
  BudgetCategory *transfer_category; /* of the book, or NULL for one to be made */
  const char *transfer_name;
  GHashTable *n_equal; /* how many rows there are of one key without its number */
  BudgetKnownRows known;

  BudgetProgress progress;
  gpointer progress_data;
};

void _budget_importer_tell_progress (double fraction, gpointer importer);

/* One file on its way into the importer, in steps that are short enough for a window. */
typedef struct _BudgetImportJob BudgetImportJob;

BudgetImportJob *_budget_import_job_new (BudgetImporter *importer,
                                         const char *name,
                                         BudgetStatement *statement) G_GNUC_WARN_UNUSED_RESULT;
extern const BudgetSteps _budget_import_job_steps;
void _budget_import_job_free (BudgetImportJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetImportJob, _budget_import_job_free)

/* budget-importer-file.c */
BudgetAccount *_budget_importer_find_layout_account (BudgetImporter *self,
                                                     BudgetStatement *statement);

/* budget-importer-row.c */
BudgetDraft *
_budget_importer_draft (BudgetImporter *self, guint file, const BudgetStatementRow *row);

const char *_budget_importer_keep_name (BudgetImporter *self, const char *text);

/* budget-importer-known.c */
void _budget_known_rows_init (BudgetKnownRows *self);
void _budget_known_rows_clear (BudgetKnownRows *self);
void _budget_known_rows_add (BudgetKnownRows *self, BudgetExpense *expense);
void _budget_known_rows_add_draft (BudgetKnownRows *self, BudgetDraft *draft);
void _budget_known_rows_decide (BudgetKnownRows *self, const char *key, const char *same_as);
char *_budget_known_rows_dup_looks (gint32 day, gint64 amount, const char *text);
void _budget_known_rows_match (BudgetKnownRows *self, BudgetKnownRow *row);
void _budget_known_rows_release (BudgetKnownRows *self);
GPtrArray *_budget_known_rows_find (BudgetKnownRows *self, gint32 day, gint64 amount);
gboolean _budget_known_row_may_be (const BudgetKnownRow *row, BudgetDraft *draft);

/* budget-importer-match.c */
typedef struct _BudgetMatching BudgetMatching;

BudgetMatching *_budget_matching_new (BudgetImporter *importer,
                                      GPtrArray *drafts,
                                      gboolean is_own,
                                      const GDate *first,
                                      const GDate *last) G_GNUC_WARN_UNUSED_RESULT;
gboolean _budget_matching_step (BudgetMatching *self, guint n_rows);
double _budget_matching_get_fraction (BudgetMatching *self);
void _budget_matching_free (BudgetMatching *self);

/* budget-importer-transfer.c */
void _budget_importer_find_transfers (BudgetImporter *self, GPtrArray *drafts);

/* budget-importer-category.c */
BudgetCategory *_budget_importer_find_category (BudgetImporter *self, const char *name);
void _budget_importer_categorize (BudgetImporter *self, BudgetDraft *draft, const char *category);

G_END_DECLS
