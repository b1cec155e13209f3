/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-draft-private.h"

G_BEGIN_DECLS

/* How many days an expense entered by hand and the bank's transaction may be apart. */
#define BUDGET_IMPORT_MATCH_DAYS 10

/*
 * BudgetKnownRow:
 *
 * What is needed of an expense of the book, or of a draft of an earlier file, to
 * recognize it in a file.
 */
typedef struct
{
  gint64 id;          /* of the expense, or 0 */
  BudgetDraft *draft; /* of an earlier file, or NULL */
  gint32 day;         /* as g_date_get_julian() counts */
  gint64 amount;
  gint64 account_id; /* 0 if there is none */
  const char *account_name;
  const char *text; /* the bank's text, else the description */
  const char *bank_id;
  const char *key;
  gboolean is_paired;        /* with its other half, if it is a transfer */
  gboolean is_matched;       /* with a transaction of the file that is being matched */
  gboolean is_off_signature; /* not in by_signature and by_amount until the next file */
  gboolean is_off_amount;
} BudgetKnownRow;

/* The expenses around the days of the files, and the drafts so far. */
typedef struct
{
  GStringChunk *texts;
  GPtrArray *rows;          /* of BudgetKnownRow */
  GPtrArray *matched;       /* those with is_matched */
  GHashTable *ids;          /* id of an expense → BudgetKnownRow */
  GHashTable *by_key;       /* import key → BudgetKnownRow */
  GHashTable *by_bank_id;   /* → GPtrArray of BudgetKnownRow */
  GHashTable *by_signature; /* day, amount and text → GPtrArray of BudgetKnownRow */
  GHashTable *by_amount;    /* day and amount → GPtrArray of BudgetKnownRow */
  GHashTable *decisions; /* import key → that of the expense it is, or "" if it is not wanted */
  guint n_by_hand;       /* rows of the book without a key */
} BudgetKnownRows;

void _budget_known_rows_init (BudgetKnownRows *self);
void _budget_known_rows_clear (BudgetKnownRows *self);
void _budget_known_rows_add (BudgetKnownRows *self, BudgetExpense *expense);
void _budget_known_rows_add_draft (BudgetKnownRows *self, BudgetDraft *draft);
void _budget_known_rows_decide (BudgetKnownRows *self, const char *key, const char *same_as);
char *_budget_known_rows_dup_signature (gint32 day, gint64 amount, const char *text);
void _budget_known_rows_match (BudgetKnownRows *self, BudgetKnownRow *row);
void _budget_known_rows_release (BudgetKnownRows *self);
GPtrArray *_budget_known_rows_find (BudgetKnownRows *self, gint32 day, gint64 amount);
gboolean _budget_known_row_is_compatible (const BudgetKnownRow *row, BudgetDraft *draft);

G_END_DECLS
