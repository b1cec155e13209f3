/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer-private.h"

#include <glib/gi18n.h>

/*
 * Chooses the category of a draft: the file's, else the one given for the whole
 * import, else that of a rule, else that of the latest expense with the same
 * description, else a guess.
 */

/*
 * Returns: (transfer none) (nullable): the book's category of that name
 */
BudgetCategory *
_budget_importer_find_category (BudgetImporter *self, const char *name)
{
  if (self->categories == NULL)
    self->categories =
      budget_name_index_new (budget_book_get_categories (self->book), "name", NULL);

  return budget_name_index_find (self->categories, name);
}

static void
choose_name (BudgetImporter *self, BudgetDraft *draft, const char *name, BudgetDraftSource source)
{
  _budget_draft_choose (draft, _budget_importer_find_category (self, name), name, source, 1);
}

static gboolean
choose_by_rule (BudgetImporter *self, BudgetDraft *draft)
{
  BudgetRule *rule =
    budget_rule_set_find_for_either (self->rules, draft->description, draft->original);

  if (rule == NULL)
    return FALSE;

  _budget_draft_choose (draft, budget_rule_get_category (rule), NULL, BUDGET_DRAFT_SOURCE_RULE, 1);
  if (self->user == NULL && draft->user_email == NULL && budget_rule_get_user (rule) != NULL)
    g_set_object (&draft->user, budget_rule_get_user (rule));
  return TRUE;
}

static gboolean
choose_by_history (BudgetImporter *self, BudgetDraft *draft)
{
  const char *text = _budget_draft_get_text (draft);
  BudgetCategory *category = budget_category_history_find (self->history, text);
  double confidence = 0;

  if (category == NULL)
    category = budget_category_history_find (self->history, draft->description);
  if (category != NULL)
    {
      _budget_draft_choose (draft, category, NULL, BUDGET_DRAFT_SOURCE_HISTORY, 1);
      return TRUE;
    }

  category = budget_category_history_guess (self->history, text, draft->amount, &confidence);
  if (category == NULL)
    return FALSE;

  _budget_draft_choose (draft, category, NULL, BUDGET_DRAFT_SOURCE_GUESS, confidence);
  return TRUE;
}

/*
 * @category: (nullable): the category in the file
 */
void
_budget_importer_categorize (BudgetImporter *self, BudgetDraft *draft, const char *category)
{
  if (category != NULL)
    choose_name (self, draft, category, BUDGET_DRAFT_SOURCE_FILE);
  else if (self->category != NULL)
    _budget_draft_choose (draft, self->category, NULL, BUDGET_DRAFT_SOURCE_GIVEN, 1);
  else if (!choose_by_rule (self, draft) && !choose_by_history (self, draft))
    /* Translators: the category of what belongs to no other. */
    choose_name (self, draft,
                 _budget_importer_intern_name (self, C_ ("category", "Other")),
                                               BUDGET_DRAFT_SOURCE_NONE);
}
