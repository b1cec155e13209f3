/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-matching-private.h"
#include "import-fixture.h"

/*
 * Matching on its own, with expenses and drafts that were not read from a
 * file.
 */

typedef struct
{
  ImportFixture import;
  BudgetKnownRows known;
  GPtrArray *drafts;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  import_fixture_set_up (&self->import, data);
  _budget_known_rows_init (&self->known);
  self->drafts = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_ptr_array_unref (self->drafts);
  _budget_known_rows_clear (&self->known);
  import_fixture_tear_down (&self->import, data);
}

/* Adds an expense of the book: imported if it has a key, otherwise typed. */
static void
know (Fixture *self, const char *text, gint64 amount, const char *day, const char *key)
{
  g_autoptr (BudgetExpense) expense = import_fixture_type (&self->import, text, amount, day);

  budget_expense_set_import_key (expense, key);
  _budget_known_rows_add (&self->known, expense);
}

/* Returns: (transfer none): a new draft of November 2026 */
static BudgetDraft *
draft (Fixture *self, const char *text, gint64 amount, GDateDay day, const char *bank_id)
{
  BudgetDraft *created = g_object_new (BUDGET_TYPE_DRAFT, NULL);

  created->description = g_strdup (text);
  created->amount = amount;
  g_date_set_dmy (&created->date, day, G_DATE_NOVEMBER, 2026);
  created->bank_id = g_strdup (bank_id);
  created->import_key = g_strdup_printf ("key %s %u", text, self->drafts->len);
  g_ptr_array_add (self->drafts, created);
  return created;
}

static void
match (Fixture *self)
{
  g_autoptr (GDate) first = g_date_new_dmy (1, G_DATE_NOVEMBER, 2026);
  g_autoptr (GDate) last = g_date_new_dmy (30, G_DATE_NOVEMBER, 2026);
  BudgetMatching *matching =
    _budget_matching_new (&self->known, "EUR", self->drafts, FALSE, first, last);
  double fraction = _budget_matching_get_fraction (matching);

  g_assert_cmpfloat (fraction, ==, 0);
  while (!_budget_matching_step (matching, 1))
    {
      g_assert_cmpfloat (_budget_matching_get_fraction (matching), >=, fraction);
      fraction = _budget_matching_get_fraction (matching);
      g_assert_cmpfloat (fraction, <=, 1);
    }

  _budget_matching_free (matching);
}

static void
test_nothing_known_matches_nothing (Fixture *self, gconstpointer data)
{
  BudgetDraft *tea = draft (self, "Tea", 300, 1, NULL);

  match (self);
  g_assert_cmpint (budget_draft_get_state (tea), ==, BUDGET_DRAFT_NEW);
}

static void
test_the_key_goes_first (Fixture *self, gconstpointer data)
{
  BudgetDraft *tea = draft (self, "Tea", 300, 1, NULL);

  know (self, "Renamed", 999, "2026-11-20", tea->import_key);
  know (self, "Tea", 300, "2026-11-01", "another key");
  match (self);
  g_assert_cmpint (budget_draft_get_state (tea), ==, BUDGET_DRAFT_DUPLICATE);
  g_assert_true (tea->has_known_key);
}

static void
test_the_signature_ignores_letter_case (Fixture *self, gconstpointer data)
{
  BudgetDraft *tea = draft (self, "ÖKO-TEA", 300, 1, NULL);

  know (self, "Öko-Tea", 300, "2026-11-01", "another key");
  match (self);
  g_assert_cmpint (budget_draft_get_state (tea), ==, BUDGET_DRAFT_DUPLICATE);
  g_assert_false (tea->has_known_key);
}

static void
test_an_expense_matches_once (Fixture *self, gconstpointer data)
{
  BudgetDraft *first = draft (self, "Tea", 300, 1, NULL);
  BudgetDraft *second = draft (self, "Tea", 300, 1, NULL);

  know (self, "Tea", 300, "2026-11-01", "another key");
  match (self);
  g_assert_cmpint (budget_draft_get_state (first), ==, BUDGET_DRAFT_DUPLICATE);
  g_assert_cmpint (budget_draft_get_state (second), ==, BUDGET_DRAFT_NEW);
}

/* The nearer draft matches, whatever the order in the file. */
static void
test_the_nearest_day_goes_first (Fixture *self, gconstpointer data)
{
  BudgetDraft *far = draft (self, "Kiosk", 300, 6, NULL);
  BudgetDraft *near = draft (self, "Kiosk", 300, 10, NULL);

  know (self, "sweets", 300, "2026-11-09", NULL);
  match (self);
  g_assert_cmpint (budget_draft_get_state (near), ==, BUDGET_DRAFT_MATCHED);
  g_assert_cmpint (budget_draft_get_state (far), ==, BUDGET_DRAFT_NEW);
}

static void
test_matching_again_begins_anew (Fixture *self, gconstpointer data)
{
  BudgetDraft *again;

  draft (self, "Tea", 300, 1, NULL);
  know (self, "Tea", 300, "2026-11-01", "another key");
  match (self);
  g_ptr_array_set_size (self->drafts, 0);

  again = draft (self, "Tea", 300, 1, NULL);
  match (self);
  g_assert_cmpint (budget_draft_get_state (again), ==, BUDGET_DRAFT_DUPLICATE);
}

#define ADD(name, func) g_test_add ("/matching/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("nothing-known-matches-nothing", test_nothing_known_matches_nothing);
  ADD ("the-key-goes-first", test_the_key_goes_first);
  ADD ("the-signature-ignores-letter-case", test_the_signature_ignores_letter_case);
  ADD ("an-expense-matches-once", test_an_expense_matches_once);
  ADD ("the-nearest-day-goes-first", test_the_nearest_day_goes_first);
  ADD ("matching-again-begins-anew", test_matching_again_begins_anew);

  return g_test_run ();
}
