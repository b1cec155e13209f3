/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-guesser.h"
#include "budget-category-history.h"
#include "budget-rule-set.h"
#include "orm-session-query.h"

/**
 * BudgetCategoryGuesser:
 *
 * Guesses the category of an expense that is being entered: by the book's rules, then
 * by its history.
 *
 * A book has one guesser. It reads the latest expenses once and then follows
 * the changes of the book.
 */

/* How many expenses are read before a window may draw again. */
#define ROWS_A_STEP 500

/* More new expenses at once are read again, in steps, instead of being learned in the handler. */
#define MAX_LEARNED_AT_ONCE 50

struct _BudgetCategoryGuesser
{
  GObject parent_instance;

  BudgetBook *book;               /* owns the guesser */
  BudgetRuleSet *rules;           /* NULL: to be made */
  BudgetCategoryHistory *history; /* NULL: to be read */
  GListModel *expenses;           /* what is still being read, the latest first */
  guint n_unread;
  gboolean is_prepared; /* reads ahead whenever the book has changed */
  guint idle_source;
};

G_DEFINE_FINAL_TYPE (BudgetCategoryGuesser, budget_category_guesser, G_TYPE_OBJECT)

static gboolean
begin_reading (BudgetCategoryGuesser *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);

  if (self->history != NULL)
    return self->expenses != NULL;

  orm_query_order_by (query, "date", ORM_DESCENDING);
  orm_query_order_by (query, "id", ORM_DESCENDING);
  orm_query_limit (query, BUDGET_CATEGORY_HISTORY_MAX_EXPENSES, 0);
  self->expenses = orm_session_find (budget_book_get_session (self->book), query, NULL);
  if (self->expenses == NULL)
    return FALSE;

  self->history = budget_category_history_new ();
  self->n_unread = g_list_model_get_n_items (self->expenses);
  return TRUE;
}

/* Returns: whether there is more to read */
static gboolean
read_some (BudgetCategoryGuesser *self)
{
  if (!begin_reading (self))
    return FALSE;

  for (guint i = 0; i < ROWS_A_STEP && self->n_unread > 0; i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (self->expenses, --self->n_unread);

      if (expense != NULL)
        budget_category_history_learn (self->history, expense);
    }

  if (self->n_unread == 0)
    g_clear_object (&self->expenses);
  return self->expenses != NULL;
}

static gboolean
on_idle (gpointer user_data)
{
  BudgetCategoryGuesser *self = user_data;

  if (read_some (self))
    return G_SOURCE_CONTINUE;

  self->idle_source = 0;
  return G_SOURCE_REMOVE;
}

static void
read_ahead (BudgetCategoryGuesser *self)
{
  if (self->is_prepared && self->idle_source == 0)
    self->idle_source = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

static void
forget_history (BudgetCategoryGuesser *self)
{
  g_clear_object (&self->expenses);
  g_clear_pointer (&self->history, budget_category_history_free);
  read_ahead (self);
}

/* Of an expense, the history knows only these. */
static gboolean
has_changed (OrmChangeSet *changes, guint index)
{
  static const char *const properties[] = { "description", "original", "date", "amount",
                                            "category" };

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    if (orm_change_set_has_changed (changes, index, properties[i]))
      return TRUE;

  return FALSE;
}

static void
follow_expense (BudgetCategoryGuesser *self, OrmChangeSet *changes, guint index)
{
  OrmChangeKind kind = orm_change_set_get_kind (changes, index);

  if (self->history == NULL || (kind == ORM_CHANGE_UPDATED && !has_changed (changes, index)))
    return;

  if (kind == ORM_CHANGE_INSERTED && self->expenses == NULL &&
      orm_change_set_get_n_changes (changes) <= MAX_LEARNED_AT_ONCE)
    budget_category_history_learn (self->history,
                                   BUDGET_EXPENSE (orm_change_set_get_entity (changes, index)));
  else
    forget_history (self);
}

static void
on_session_changed (BudgetCategoryGuesser *self, OrmChangeSet *changes)
{
  for (guint i = 0; i < orm_change_set_get_n_changes (changes); i++)
    {
      OrmEntity *entity = orm_change_set_get_entity (changes, i);

      if (BUDGET_IS_EXPENSE (entity))
        follow_expense (self, changes, i);
      else if (BUDGET_IS_RULE (entity))
        g_clear_pointer (&self->rules, budget_rule_set_free);
    }
}

static void
budget_category_guesser_finalize (GObject *object)
{
  BudgetCategoryGuesser *self = BUDGET_CATEGORY_GUESSER (object);

  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_clear_pointer (&self->rules, budget_rule_set_free);
  g_clear_pointer (&self->history, budget_category_history_free);
  g_clear_object (&self->expenses);

  G_OBJECT_CLASS (budget_category_guesser_parent_class)->finalize (object);
}

static void
budget_category_guesser_class_init (BudgetCategoryGuesserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_category_guesser_finalize;
}

static void
budget_category_guesser_init (BudgetCategoryGuesser *self)
{
}

/**
 * budget_category_guesser_get_for_book:
 * @book: a book
 *
 * Returns: (transfer none): the book's guesser, which lives as long as the book
 */
BudgetCategoryGuesser *
budget_category_guesser_get_for_book (BudgetBook *book)
{
  static GQuark quark;
  BudgetCategoryGuesser *self;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  if (quark == 0)
    quark = g_quark_from_static_string ("budget-category-guesser");

  self = g_object_get_qdata (G_OBJECT (book), quark);
  if (self != NULL)
    return self;

  self = g_object_new (BUDGET_TYPE_CATEGORY_GUESSER, NULL);
  self->book = book;
  g_signal_connect_object (budget_book_get_session (book), "changed",
                           G_CALLBACK (on_session_changed), self, G_CONNECT_SWAPPED);
  g_object_set_qdata_full (G_OBJECT (book), quark, self, g_object_unref);
  return self;
}

/**
 * budget_category_guesser_prepare:
 * @self: a guesser
 *
 * Reads the history in steps when the main loop is idle, now and after changes,
 * so that the next guess does not wait for it.
 */
void
budget_category_guesser_prepare (BudgetCategoryGuesser *self)
{
  g_return_if_fail (BUDGET_IS_CATEGORY_GUESSER (self));

  self->is_prepared = TRUE;
  read_ahead (self);
}

/**
 * budget_category_guesser_find_rule:
 * @self: a guesser
 * @description: what was paid for
 *
 * Returns: (transfer none) (nullable): the first rule of the book that fits
 */
BudgetRule *
budget_category_guesser_find_rule (BudgetCategoryGuesser *self, const char *description)
{
  g_return_val_if_fail (BUDGET_IS_CATEGORY_GUESSER (self), NULL);
  g_return_val_if_fail (description != NULL, NULL);

  if (self->rules == NULL)
    self->rules = budget_rule_set_new (budget_book_get_rules (self->book));

  return budget_rule_set_find (self->rules, description);
}

/**
 * budget_category_guesser_guess:
 * @self: a guesser
 * @description: what was paid for
 * @amount: how much, in minor units; positive is money spent
 *
 * Returns: (transfer none) (nullable): the category that a rule gives, else
 *   that of the latest expense with the same description, else the most likely
 *   by its words; %NULL if nothing is known
 */
BudgetCategory *
budget_category_guesser_guess (BudgetCategoryGuesser *self, const char *description, gint64 amount)
{
  BudgetRule *rule;
  BudgetCategory *category;

  g_return_val_if_fail (BUDGET_IS_CATEGORY_GUESSER (self), NULL);
  g_return_val_if_fail (description != NULL, NULL);

  rule = budget_category_guesser_find_rule (self, description);
  if (rule != NULL && budget_rule_get_category (rule) != NULL)
    return budget_rule_get_category (rule);

  while (read_some (self))
    ;
  if (self->history == NULL)
    return NULL;

  category = budget_category_history_find (self->history, description);
  return category != NULL
           ? category
           : budget_category_history_guess (self->history, description, amount, NULL);
}
