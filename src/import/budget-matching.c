/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description.h"
#include "budget-matching-private.h"
#include "budget-money.h"

#include <glib/gi18n.h>

/*
 * Finds the expense that a draft already is, from the most reliable criterion to
 * the least. All drafts are tried by one criterion before any is tried by the
 * next, and the nearest days come first, so that no draft takes an expense that
 * fits another draft better.
 *
 * Two equal payments of one day stay two: an expense matches one draft at most,
 * and two IDs of the bank are two transactions. The less reliable criteria apply
 * only to the days that the file covers.
 */

typedef enum
{
  CRITERION_KEY,
  CRITERION_BANK_ID,
  CRITERION_SIGNATURE,
  CRITERION_NEAR,
  CRITERION_BY_HAND,
  N_CRITERIA
} Criterion;

/* The date of a transaction may differ between a bank's file formats. */
#define NEAR_DAYS 3
#define MIN_SIMILARITY 0.5

/* Banks may use an ID again for another transaction, whose text differs more. */
#define MIN_SIMILARITY_OF_SAME_ID 0.6

/* Of the rows with one amount on one day, at most so many are compared. */
#define MAX_COMPARED 50

/* How many transactions must have changed their ID before the bank's IDs are ignored. */
#define MIN_RENAMED 3

struct _BudgetMatching
{
  BudgetKnownRows *known;
  const char *currency; /* of the amounts, borrowed */
  GPtrArray *drafts;
  gboolean is_own;
  gint32 first_day;
  gint32 last_day;

  Criterion criterion;
  gint32 distance; /* in days, for the criteria that have one */
  guint position;

  guint n_same_id;
  gboolean ids_change; /* the bank makes new IDs for each file */
};

BudgetMatching *
_budget_matching_new (BudgetKnownRows *known,
                      const char *currency,
                      GPtrArray *drafts,
                      gboolean is_own,
                      const GDate *first,
                      const GDate *last)
{
  BudgetMatching *self = g_new0 (BudgetMatching, 1);

  _budget_known_rows_release (known);
  self->known = known;
  self->currency = currency;
  self->drafts = g_ptr_array_ref (drafts);
  self->is_own = is_own;
  if (g_date_valid (first))
    {
      self->first_day = (gint32) g_date_get_julian (first);
      self->last_day = (gint32) g_date_get_julian (last);
    }

  return self;
}

void
_budget_matching_free (BudgetMatching *self)
{
  g_ptr_array_unref (self->drafts);
  g_free (self);
}

static void
set_match (BudgetMatching *self, BudgetDraft *draft, BudgetKnownRow *row, BudgetDraftState state)
{
  _budget_known_rows_match (self->known, row);
  draft->known_id = row->id;
  draft->known_key = row->key;
  _budget_draft_set_state (draft, state);
}

static gint32
get_day (BudgetDraft *draft)
{
  return (gint32) g_date_get_julian (&draft->date);
}

/* If both have an ID of the bank, it must be the same. */
static gboolean
is_compatible (BudgetMatching *self, const BudgetKnownRow *row, BudgetDraft *draft)
{
  if (row->is_matched || !_budget_known_row_is_compatible (row, draft))
    return FALSE;

  return self->ids_change || row->bank_id == NULL || draft->bank_id == NULL ||
         g_str_equal (row->bank_id, draft->bank_id);
}

static void
match_key (BudgetMatching *self, BudgetDraft *draft)
{
  BudgetKnownRows *known = self->known;
  BudgetKnownRow *row;
  const char *same_as;

  if (draft->import_key == NULL)
    return;

  row = g_hash_table_lookup (known->by_key, draft->import_key);
  if (row != NULL && !row->is_matched)
    {
      draft->has_known_key = TRUE;
      self->n_same_id += draft->bank_id != NULL;
      set_match (self, draft, row, BUDGET_DRAFT_DUPLICATE);
      return;
    }

  same_as = g_hash_table_lookup (known->decisions, draft->import_key);
  if (same_as == NULL || draft->state != BUDGET_DRAFT_NEW)
    return;

  if (*same_as == '\0')
    {
      _budget_draft_set_state (draft, BUDGET_DRAFT_LEFT_OUT);
      return;
    }

  row = g_hash_table_lookup (known->by_key, same_as);
  if (row != NULL)
    set_match (self, draft, row, BUDGET_DRAFT_DUPLICATE);
}

static void
explain_difference (BudgetMatching *self, BudgetDraft *draft, const BudgetKnownRow *row)
{
  const char *currency = self->currency;
  g_autofree char *there = budget_money_format (row->amount, currency);
  g_autofree char *here = budget_money_format (draft->amount, currency);

  _budget_draft_take_reason (
    draft, row->amount != draft->amount
    /* Translators: two amounts. */
    ? g_strdup_printf (_("The book has %1$s, the bank now has %2$s"), there, here)
    : g_strdup (_("The bank now has another date")));
}

static void
match_bank_id (BudgetMatching *self, BudgetDraft *draft)
{
  GPtrArray *rows =
    draft->bank_id != NULL ? g_hash_table_lookup (self->known->by_bank_id, draft->bank_id) : NULL;

  for (guint i = 0; rows != NULL && i < MIN (rows->len, MAX_COMPARED); i++)
    {
      BudgetKnownRow *row = g_ptr_array_index (rows, i);
      gint32 distance = ABS (row->day - get_day (draft));

      if (!is_compatible (self, row, draft) || distance > BUDGET_IMPORT_MATCH_DAYS)
        continue;

      if (row->amount != draft->amount &&
          budget_description_compare (row->text, _budget_draft_get_text (draft)) <
            MIN_SIMILARITY_OF_SAME_ID)
        continue;

      self->n_same_id++;
      if (row->amount == draft->amount && distance == 0)
        set_match (self, draft, row, BUDGET_DRAFT_DUPLICATE);
      else
        {
          set_match (self, draft, row, BUDGET_DRAFT_DIFFERENT);
          explain_difference (self, draft, row);
        }
      return;
    }
}

static GPtrArray *
find_same_signature (BudgetMatching *self, BudgetDraft *draft)
{
  g_autofree char *signature = _budget_known_rows_dup_signature (get_day (draft), draft->amount,
                                                                 _budget_draft_get_text (draft));

  return g_hash_table_lookup (self->known->by_signature, signature);
}

/*
 * Some banks give their transactions new IDs in each file. It shows where the
 * days were imported before: no ID is known, but nearly all signatures are.
 */
static void
detect_changing_ids (BudgetMatching *self)
{
  guint n_renamed = 0, n_unknown = 0;
  gint32 first = G_MAXINT32, last = G_MININT32;
  GPtrArray *rows = self->known->rows;

  for (guint i = 0; i < rows->len; i++)
    {
      const BudgetKnownRow *row = g_ptr_array_index (rows, i);

      if (row->bank_id != NULL)
        {
          first = MIN (first, row->day);
          last = MAX (last, row->day);
        }
    }

  for (guint i = 0; self->n_same_id == 0 && i < self->drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (self->drafts, i);
      GPtrArray *alike;

      if (draft->state != BUDGET_DRAFT_NEW || draft->bank_id == NULL || get_day (draft) < first ||
          get_day (draft) > last)
        continue;

      alike = find_same_signature (self, draft);
      if (alike != NULL && _budget_known_row_is_compatible (g_ptr_array_index (alike, 0), draft))
        n_renamed++;
      else
        n_unknown++;
    }

  self->ids_change = n_renamed >= MIN_RENAMED && n_renamed >= 4 * n_unknown;
}

static void
match_signature (BudgetMatching *self, BudgetDraft *draft)
{
  GPtrArray *rows = find_same_signature (self, draft);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      BudgetKnownRow *row = g_ptr_array_index (rows, i);

      if (!is_compatible (self, row, draft))
        continue;

      set_match (self, draft, row,
                 row->key == NULL && !self->is_own ? BUDGET_DRAFT_MATCHED : BUDGET_DRAFT_DUPLICATE);

      /* The next draft with this signature need not skip it again. */
      g_ptr_array_remove_index_fast (rows, i);
      row->is_off_signature = TRUE;
      return;
    }
}

/*
 * A transaction that was imported from a file in another format. Unless both
 * have the account, it must be of the same day.
 */
static gboolean
is_compatible_near (BudgetMatching *self, const BudgetKnownRow *row, BudgetDraft *draft)
{
  gboolean have_accounts = row->account_id != 0 && draft->account != NULL;

  return row->key != NULL && is_compatible (self, row, draft) && row->day >= self->first_day &&
         row->day <= self->last_day && (self->distance == 0 || have_accounts);
}

static gboolean
is_compatible_by_hand (BudgetMatching *self, const BudgetKnownRow *row, BudgetDraft *draft)
{
  return row->key == NULL && row->id != 0 && is_compatible (self, row, draft);
}

static BudgetKnownRow *
find_best_match (BudgetMatching *self, BudgetDraft *draft, gint32 day, double *similarity)
{
  GPtrArray *rows = _budget_known_rows_find (self->known, day, draft->amount);
  BudgetKnownRow *best = NULL;
  guint n_compared = 0;

  for (guint i = 0; rows != NULL && i < rows->len && n_compared < MAX_COMPARED; i++)
    {
      BudgetKnownRow *row = g_ptr_array_index (rows, i);
      double candidate;

      if (row->is_matched)
        {
          g_ptr_array_remove_index_fast (rows, i--);
          row->is_off_amount = TRUE;
          continue;
        }

      n_compared++;
      if (!(self->criterion == CRITERION_NEAR ? is_compatible_near (self, row, draft)
                                              : is_compatible_by_hand (self, row, draft)))
        continue;

      candidate = budget_description_compare (row->text, _budget_draft_get_text (draft));
      if (candidate >= *similarity)
        {
          *similarity = candidate;
          best = row;
        }
    }

  return best;
}

static void
match_around (BudgetMatching *self, BudgetDraft *draft)
{
  double similarity = self->criterion == CRITERION_NEAR ? MIN_SIMILARITY : 0;
  gint32 day = get_day (draft);
  BudgetKnownRow *row = find_best_match (self, draft, day - self->distance, &similarity);
  BudgetKnownRow *later =
    self->distance > 0 ? find_best_match (self, draft, day + self->distance, &similarity) : NULL;

  if (later != NULL)
    row = later;
  if (row != NULL)
    set_match (self, draft, row,
               self->criterion == CRITERION_NEAR ? BUDGET_DRAFT_DUPLICATE : BUDGET_DRAFT_MATCHED);
}

static void
match (BudgetMatching *self, BudgetDraft *draft)
{
  if (self->criterion == CRITERION_KEY)
    {
      match_key (self, draft);
      return;
    }

  if (draft->state != BUDGET_DRAFT_NEW)
    return;

  if (self->criterion == CRITERION_BANK_ID)
    match_bank_id (self, draft);
  else if (self->criterion == CRITERION_SIGNATURE)
    match_signature (self, draft);
  else
    match_around (self, draft);
}

static gint32
get_max_distance (BudgetMatching *self)
{
  switch (self->criterion)
    {
    case CRITERION_NEAR:
      return NEAR_DAYS;
    case CRITERION_BY_HAND:
      return BUDGET_IMPORT_MATCH_DAYS;
    case CRITERION_KEY:
    case CRITERION_BANK_ID:
    case CRITERION_SIGNATURE:
    case N_CRITERIA:
    default:
      return 0;
    }
}

/* Skip what cannot find anything; our own CSV files are exact. */
static gboolean
is_needless (BudgetMatching *self)
{
  const BudgetKnownRows *known = self->known;

  if (self->criterion == CRITERION_NEAR)
    return self->is_own || g_hash_table_size (known->by_key) == 0;
  if (self->criterion == CRITERION_BY_HAND)
    return self->is_own || known->n_by_hand == 0;

  return FALSE;
}

static void
advance (BudgetMatching *self)
{
  self->position = 0;
  if (self->distance < get_max_distance (self))
    {
      self->distance++;
      return;
    }

  do
    {
      self->criterion++;
      self->distance = 0;
    }
  while (self->criterion < N_CRITERIA && is_needless (self));

  if (self->criterion == CRITERION_SIGNATURE)
    detect_changing_ids (self);
}

/*
 * Matches some of the drafts.
 *
 * Returns: whether all are done
 */
gboolean
_budget_matching_step (BudgetMatching *self, guint n_rows)
{
  for (guint i = 0; i < n_rows && self->criterion < N_CRITERIA; i++)
    {
      if (self->position >= self->drafts->len)
        advance (self);
      else
        match (self, g_ptr_array_index (self->drafts, self->position++));
    }

  return self->criterion == N_CRITERIA;
}

double
_budget_matching_get_fraction (BudgetMatching *self)
{
  double part = self->drafts->len > 0 ? (double) self->position / self->drafts->len : 0;

  part = (self->distance + part) / (get_max_distance (self) + 1);
  return (self->criterion + part) / N_CRITERIA;
}
