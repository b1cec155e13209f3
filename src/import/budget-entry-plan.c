/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-guesser.h"
#include "budget-entry-plan.h"
#include "budget-tag-adder.h"

#include <glib/gi18n.h>

/*
 * Makes an expense of a typed line, for the window and for the command line.
 */

static BudgetUser *
find_user (BudgetBook *book, const BudgetQuickEntry *entry, BudgetRule *rule, GError **error)
{
  BudgetUser *user = NULL;

  if (entry->person == NULL)
    user = rule != NULL ? budget_rule_get_user (rule) : NULL;
  else
    {
      user = budget_book_find_user (book, entry->person);
      if (user == NULL)
        g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_FOUND,
                     /* Translators: %s is a name or an email address. */
                     _("There is no person “%s” in the book"), entry->person);
      return user;
    }

  if (user == NULL)
    user = budget_book_get_default_user (book);
  if (user == NULL)
    g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_NOT_FOUND,
                         _("The expense has no person"));
  return user;
}

static void
find_category (BudgetEntryPlan *self, BudgetBook *book, const BudgetQuickEntry *entry)
{
  /* Translators: the category of what belongs to no other. */
  const char *name = entry->category != NULL ? entry->category : C_ ("category", "Other");
  BudgetCategory *category = NULL;

  if (entry->category == NULL)
    category = budget_category_guesser_guess (budget_category_guesser_get_for_book (book),
                                              entry->description, entry->amount);
  if (category == NULL)
    category = budget_book_find_category (book, name);

  g_set_object (&self->category, category);
  self->category_name = g_strdup (category != NULL ? budget_category_get_name (category) : name);
}

/**
 * budget_entry_plan_new:
 * @book: a book
 * @entry: a typed line
 * @error: return location for a #BudgetError
 *
 * Looks up whose expense a line is, and its category: what the line says, else
 * what a rule says, else what the like had before (see
 * budget_category_guesser_guess()), else “Other”. Nothing is changed.
 *
 * Returns: (transfer full): the plan, or %NULL if the line's person is not in the
 *   book
 */
BudgetEntryPlan *
budget_entry_plan_new (BudgetBook *book, const BudgetQuickEntry *entry, GError **error)
{
  g_autoptr (BudgetEntryPlan) self = NULL;
  BudgetRule *rule;
  BudgetUser *user;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (entry != NULL, NULL);

  rule = budget_category_guesser_find_rule (budget_category_guesser_get_for_book (book),
                                            entry->description);
  user = find_user (book, entry, rule, error);
  if (user == NULL)
    return NULL;

  self = g_new0 (BudgetEntryPlan, 1);
  self->user = g_object_ref (user);
  find_category (self, book, entry);
  return g_steal_pointer (&self);
}

/**
 * budget_entry_plan_free:
 * @self: a plan
 */
void
budget_entry_plan_free (BudgetEntryPlan *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->user);
  g_clear_object (&self->category);
  g_free (self->category_name);
  g_free (self);
}

static gboolean
fill (BudgetExpense *expense,
      const BudgetQuickEntry *entry,
      BudgetUser *user,
      BudgetCategory *category,
      GError **error)
{
  if (budget_expense_set_description (expense, entry->description) &&
      budget_expense_set_amount (expense, entry->amount) &&
      budget_expense_set_date (expense, &entry->date) && budget_expense_set_user (expense, user) &&
      budget_expense_set_category (expense, category))
    return TRUE;

  g_propagate_error (error, g_error_copy (orm_entity_get_error (ORM_ENTITY (expense))));
  return FALSE;
}

/**
 * budget_entry_plan_add_expense:
 * @book: a book
 * @entry: a typed line
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Adds the expense that a line means, and its category if that is new. Nothing
 * is committed; if it fails, roll the book's session back.
 *
 * Returns: (transfer full): the expense, or %NULL
 */
BudgetExpense *
budget_entry_plan_add_expense (BudgetBook *book, const BudgetQuickEntry *entry, GError **error)
{
  g_autoptr (BudgetEntryPlan) plan = budget_entry_plan_new (book, entry, error);
  g_autoptr (BudgetTagAdder) tags = NULL;
  g_autoptr (BudgetExpense) expense = NULL;
  BudgetCategory *category;

  if (plan == NULL)
    return NULL;

  category = plan->category;
  if (category == NULL)
    category = budget_book_ensure_category (book, plan->category_name, error);
  if (category == NULL)
    return NULL;

  tags = budget_tag_adder_new (book);
  expense = budget_expense_new ();
  if (!fill (expense, entry, plan->user, category, error) ||
      !orm_session_add (budget_book_get_session (book), expense, error) ||
      !budget_tag_adder_add (tags, expense, (const char *const *) entry->tags, error))
    return NULL;

  return g_steal_pointer (&expense);
}
