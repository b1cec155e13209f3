/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer-private.h"
#include "budget-money.h"

/*
 * What an import comes to.
 */

static void
count_draft (BudgetDraft *draft, BudgetImportCounts *counts)
{
  gboolean is_added = _budget_draft_is_added (draft);

  counts->n_new += draft->state == BUDGET_DRAFT_NEW;
  counts->n_rejected += draft->state == BUDGET_DRAFT_REJECTED;
  counts->n_duplicates += draft->state != BUDGET_DRAFT_NEW && draft->state != BUDGET_DRAFT_REJECTED;
  counts->n_matched += draft->state == BUDGET_DRAFT_MATCHED && draft->include;
  counts->n_updated += draft->state == BUDGET_DRAFT_DIFFERENT && draft->include;
  counts->n_different += draft->state == BUDGET_DRAFT_DIFFERENT;
  counts->n_left_out += draft->state == BUDGET_DRAFT_LEFT_OUT;
  counts->n_transfers += is_added && draft->is_transfer;
  counts->n_included += is_added;

  /* No file is long enough for more than that. */
  if (is_added && !budget_money_add (counts->sum, draft->amount, &counts->sum))
    counts->sum = draft->amount > 0 ? G_MAXINT64 : G_MININT64;
}

/**
 * budget_importer_count_file:
 * @self: an importer
 * @file: which file, from 0
 * @counts: (out caller-allocates): its figures
 */
void
budget_importer_count_file (BudgetImporter *self, guint file, BudgetImportCounts *counts)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (counts != NULL);

  *counts = (BudgetImportCounts){ 0 };
  for (guint i = 0; i < self->drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (self->drafts, i);

      if (draft->file == file)
        count_draft (draft, counts);
    }
}

/**
 * budget_importer_count:
 * @self: an importer
 * @counts: (out caller-allocates): the figures of all files together
 */
void
budget_importer_count (BudgetImporter *self, BudgetImportCounts *counts)
{
  g_return_if_fail (BUDGET_IS_IMPORTER (self));
  g_return_if_fail (counts != NULL);

  *counts = (BudgetImportCounts){ 0 };
  for (guint i = 0; i < self->drafts->len; i++)
    count_draft (g_ptr_array_index (self->drafts, i), counts);
}

/**
 * budget_importer_get_n_new:
 * @self: an importer
 *
 * Returns: how many bookings are not in the book yet
 */
guint
budget_importer_get_n_new (BudgetImporter *self)
{
  BudgetImportCounts counts = { 0 };

  budget_importer_count (self, &counts);
  return counts.n_new;
}

/**
 * budget_importer_get_n_duplicates:
 * @self: an importer
 *
 * Returns: how many bookings are in the book already
 */
guint
budget_importer_get_n_duplicates (BudgetImporter *self)
{
  BudgetImportCounts counts = { 0 };

  budget_importer_count (self, &counts);
  return counts.n_duplicates;
}

/**
 * budget_importer_get_n_rejected:
 * @self: an importer
 *
 * Returns: how many bookings cannot be used
 */
guint
budget_importer_get_n_rejected (BudgetImporter *self)
{
  BudgetImportCounts counts = { 0 };

  budget_importer_count (self, &counts);
  return counts.n_rejected;
}

/**
 * budget_importer_get_sum:
 * @self: an importer
 *
 * Returns: the sum of the drafts to be included, as expenses: positive is
 *   money that left
 */
gint64
budget_importer_get_sum (BudgetImporter *self)
{
  BudgetImportCounts counts = { 0 };

  budget_importer_count (self, &counts);
  return counts.sum;
}
