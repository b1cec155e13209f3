/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-matcher-private.h"
#include "budget-decision.h"
#include "budget-layout.h"
#include "budget-rule.h"
#include "budget-setting.h"
#include "budget-tag.h"
#include "orm-session-query.h"

/*
 * Finds the rows of a file that a book already has. People match by their
 * e-mail address, accounts by number or name, and other rows by name. An
 * imported expense matches by its import key; one entered by hand by the second
 * in which it was entered, its date, amount and description. Of equal expenses,
 * each matches only once.
 */

static char *
dup_folded (const char *prefix, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text != NULL ? text : "", -1);

  return g_strconcat (prefix, folded, NULL);
}

static char *
dup_import_key (BudgetImport *import)
{
  GDateTime *time = budget_import_get_made_at (import);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", time != NULL ? g_date_time_to_unix (time) : 0,
                          budget_import_get_name (import));
}

static char *
dup_rule_key (BudgetRule *rule)
{
  g_autofree char *pattern = dup_folded ("", budget_rule_get_pattern (rule));

  return g_strdup_printf ("%d %s", (int) budget_rule_get_match_kind (rule), pattern);
}

/* Accounts have two keys; the number takes precedence over the name. */
static void
fill_keys (gpointer entity, char *keys[2])
{
  if (BUDGET_IS_SETTING (entity))
    keys[0] = g_strdup (budget_setting_get_name (entity));
  else if (BUDGET_IS_USER (entity))
    keys[0] = dup_folded ("", budget_user_get_email (entity));
  else if (BUDGET_IS_CATEGORY (entity))
    keys[0] = dup_folded ("", budget_category_get_name (entity));
  else if (BUDGET_IS_TAG (entity))
    keys[0] = dup_folded ("", budget_tag_get_name (entity));
  else if (BUDGET_IS_IMPORT (entity))
    keys[0] = dup_import_key (entity);
  else if (BUDGET_IS_LAYOUT (entity))
    keys[0] = g_strdup (budget_layout_get_signature (entity));
  else if (BUDGET_IS_DECISION (entity))
    keys[0] = g_strdup (budget_decision_get_import_key (entity));
  else if (BUDGET_IS_RULE (entity))
    keys[0] = dup_rule_key (entity);
  else if (BUDGET_IS_ACCOUNT (entity))
    {
      if (budget_account_get_number (entity) != NULL)
        keys[0] = dup_folded ("#", budget_account_get_number (entity));
      keys[1] = dup_folded (" ", budget_account_get_name (entity));
    }
}

static char *
dup_signature (BudgetExpense *expense)
{
  const char *key = budget_expense_get_import_key (expense);
  const GDate *date = budget_expense_get_date (expense);
  GDateTime *time = budget_expense_get_created_at (expense);

  if (key != NULL)
    return g_strconcat ("#", key, NULL);

  return g_strdup_printf (
    "%" G_GINT64_FORMAT " %u %" G_GINT64_FORMAT " %s",
    time != NULL ? g_date_time_to_unix (time) : 0, date != NULL ? g_date_get_julian (date) : 0,
    budget_expense_get_amount (expense), budget_expense_get_description (expense));
}

static void
add_expense (BudgetBookMatcher *self, BudgetExpense *expense)
{
  g_autofree char *signature = dup_signature (expense);
  GArray *ids = g_hash_table_lookup (self->expenses, signature);
  gint64 id = orm_entity_get_id (ORM_ENTITY (expense));

  if (ids == NULL)
    {
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->expenses, g_steal_pointer (&signature), ids);
    }

  g_array_append_val (ids, id);
}

static void
add_row (BudgetBookMatcher *self, BudgetTableId table, gpointer entity)
{
  char *keys[2] = { NULL, NULL };

  if (BUDGET_IS_RULE (entity))
    self->last_position = MAX (self->last_position, budget_rule_get_position (entity));

  fill_keys (entity, keys);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i] != NULL)
      g_hash_table_insert (self->tables[table], keys[i], g_object_ref (entity));
}

/*
 * _budget_book_matcher_init:
 * @self: (out caller-allocates): a matcher
 * @book: a book
 * @error: return location for an #OrmError
 *
 * Clear @self even if this fails.
 *
 * Returns: %TRUE if the book could be read
 */
gboolean
_budget_book_matcher_init (BudgetBookMatcher *self, BudgetBook *book, GError **error)
{
  *self = (BudgetBookMatcher){ 0 };
  self->expenses =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);

  for (int i = 0; i < BUDGET_N_TABLES; i++)
    {
      g_autoptr (OrmQuery) query =
        orm_query_new (_budget_table_get ((BudgetTableId) i)->get_type ());
      g_autoptr (GListModel) rows = NULL;

      self->tables[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      rows = orm_session_find (budget_book_get_session (book), query, error);
      if (rows == NULL)
        return FALSE;

      for (guint j = 0; j < g_list_model_get_n_items (rows); j++)
        {
          g_autoptr (OrmEntity) entity = g_list_model_get_item (rows, j);

          if (entity != NULL && i == BUDGET_TABLE_EXPENSES)
            add_expense (self, BUDGET_EXPENSE (entity));
          else if (entity != NULL)
            add_row (self, (BudgetTableId) i, entity);
        }
    }

  return TRUE;
}

void
_budget_book_matcher_clear (BudgetBookMatcher *self)
{
  for (guint i = 0; i < BUDGET_N_TABLES; i++)
    g_clear_pointer (&self->tables[i], g_hash_table_unref);
  g_clear_pointer (&self->expenses, g_hash_table_unref);
}

/*
 * _budget_book_matcher_find:
 * @self: a matcher
 * @table: any table except that of the expenses
 * @entity: a row of a file
 *
 * Returns: (transfer none) (nullable): the book's row that matches
 */
gpointer
_budget_book_matcher_find (BudgetBookMatcher *self, BudgetTableId table, OrmEntity *entity)
{
  char *keys[2] = { NULL, NULL };
  gpointer found = NULL;

  fill_keys (entity, keys);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (found == NULL && keys[i] != NULL)
        found = g_hash_table_lookup (self->tables[table], keys[i]);
      g_free (keys[i]);
    }

  return found;
}

/*
 * _budget_book_matcher_take_expense:
 * @self: a matcher
 * @expense: an expense of a file
 *
 * Finds the expense that matches, and does not find that one again.
 *
 * Returns: its id, or 0
 */
gint64
_budget_book_matcher_take_expense (BudgetBookMatcher *self, BudgetExpense *expense)
{
  g_autofree char *signature = dup_signature (expense);
  GArray *ids = g_hash_table_lookup (self->expenses, signature);
  gint64 id;

  if (ids == NULL || ids->len == 0)
    return 0;

  id = g_array_index (ids, gint64, 0);
  g_array_remove_index (ids, 0);
  return id;
}
