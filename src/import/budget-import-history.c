/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-change.h"
#include "budget-import-history.h"
#include "orm-query-model.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>
#include <stdio.h>

/*
 * The files that were imported, and how an import is undone long after it was
 * made.
 */

/**
 * budget_import_history_open:
 * @book: a book
 * @error: return location for an #OrmError
 *
 * Returns: (transfer full): its imports, the latest first, live
 */
GListModel *
budget_import_history_open (BudgetBook *book, GError **error)
{
  g_autoptr (OrmQuery) query = NULL;
  g_autoptr (GListModel) imports = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  query = orm_query_new (BUDGET_TYPE_IMPORT);
  orm_query_order_by (query, "made-at", ORM_DESCENDING);
  orm_query_order_by (query, "id", ORM_DESCENDING);
  imports = orm_session_observe (budget_book_get_session (book), query, error);

  /* Even a large book has few imports, so they are loaded at once. */
  if (imports == NULL || !orm_query_model_load (ORM_QUERY_MODEL (imports), error))
    return NULL;

  return g_steal_pointer (&imports);
}

static gboolean
count (BudgetImport *import, gboolean matched, guint *n_rows)
{
  OrmSession *session = orm_entity_get_session (ORM_ENTITY (import));
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  guint64 n = 0;
  gboolean is_good;

  orm_query_where (query, "import", ORM_EQUAL, import);
  orm_query_where (query, "matched", ORM_EQUAL, matched);
  is_good = session != NULL && orm_session_count (session, query, &n, NULL);
  *n_rows = (guint) MIN (n, G_MAXUINT);
  return is_good;
}

/**
 * budget_import_history_count:
 * @import: an import of a book
 * @n_added: (out): how many expenses came with it and are still there
 * @n_matched: (out): how many that were there were matched with it
 *
 * Returns: %TRUE if they could be counted
 */
gboolean
budget_import_history_count (BudgetImport *import, guint *n_added, guint *n_matched)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT (import), FALSE);
  g_return_val_if_fail (n_added != NULL && n_matched != NULL, FALSE);

  return count (import, FALSE, n_added) && count (import, TRUE, n_matched);
}

/**
 * budget_import_history_count_changed:
 * @import: an import of a book
 *
 * Returns: in how many expenses of other imports it changed something
 */
guint
budget_import_history_count_changed (BudgetImport *import)
{
  GListModel *changes;
  guint n_changed = 0;

  g_return_val_if_fail (BUDGET_IS_IMPORT (import), 0);

  changes = G_LIST_MODEL (budget_import_get_changes (import));
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (BudgetImportChange) change = g_list_model_get_item (changes, i);
      BudgetExpense *expense = change != NULL ? budget_import_change_get_expense (change) : NULL;

      n_changed += expense != NULL && budget_expense_get_import (expense) != import;
    }

  return n_changed;
}

/* Removes from an expense entered by hand what came from the bank. */
static void
remove_bank_values (BudgetExpense *expense)
{
  budget_expense_set_import_key (expense, NULL);
  budget_expense_set_bank_id (expense, NULL);
  budget_expense_set_original (expense, NULL);
  budget_expense_set_matched (expense, FALSE);
  budget_expense_set_import (expense, NULL);
}

/* Returns: %FALSE with @error set if the expense refuses a value that it had */
static gboolean
put_back (BudgetImportChange *change, GError **error)
{
  BudgetExpense *expense = budget_import_change_get_expense (change);

  if (budget_import_change_put_back (change))
    return TRUE;

  g_propagate_error (error, g_error_copy (orm_entity_get_error (ORM_ENTITY (expense))));
  return FALSE;
}

static gboolean
put_back_all (BudgetImport *import, GError **error)
{
  GListModel *changes = G_LIST_MODEL (budget_import_get_changes (import));

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (BudgetImportChange) change = g_list_model_get_item (changes, i);

      if (change != NULL && !put_back (change, error))
        return FALSE;
    }

  return TRUE;
}

/* Puts back what matching changed, and forgets it, so that it is not put back
 * again with the import. */
static gboolean
put_back_match (OrmSession *session, BudgetImport *import, BudgetExpense *expense, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_IMPORT_CHANGE);
  g_autoptr (BudgetImportChange) change = NULL;

  if (import == NULL)
    return TRUE;

  orm_query_where (query, "import", ORM_EQUAL, import);
  orm_query_where (query, "expense", ORM_EQUAL, expense);
  change = orm_session_find_first (session, query, NULL);
  return change == NULL ||
         (put_back (change, error) && orm_session_delete (session, change, error));
}

static GPtrArray *
find_expenses (OrmSession *session, BudgetImport *import, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) found = NULL;
  GPtrArray *expenses;

  orm_query_where (query, "import", ORM_EQUAL, import);
  found = orm_session_find (session, query, error);
  if (found == NULL)
    return NULL;

  expenses = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      gpointer expense = g_list_model_get_item (found, i);

      if (expense != NULL)
        g_ptr_array_add (expenses, expense);
    }

  return expenses;
}

static gboolean
undo (OrmSession *session, BudgetImport *import, GPtrArray *expenses, GError **error)
{
  for (guint i = 0; i < expenses->len; i++)
    {
      BudgetExpense *expense = g_ptr_array_index (expenses, i);

      if (budget_expense_get_matched (expense))
        remove_bank_values (expense);
      else if (!orm_session_delete (session, expense, error))
        return FALSE;
    }

  return put_back_all (import, error) && orm_session_delete (session, import, error);
}

/**
 * budget_import_history_undo:
 * @book: a book without unsaved changes
 * @import: one of its imports
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Deletes the expenses that an import added, including later changes to them,
 * and the decisions about its other transactions. Expenses that were in the
 * book before stay: they are no longer matched, and get back what the import
 * changed, except for what the user has changed since. This is one step, which
 * can be undone; the same file can be imported again.
 *
 * Returns: %TRUE if it was undone; else the book is as it was
 */
gboolean
budget_import_history_undo (BudgetBook *book, BudgetImport *import, GError **error)
{
  g_autoptr (GPtrArray) expenses = NULL;
  g_autofree char *label = NULL;
  OrmSession *session;
  gboolean is_good;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (BUDGET_IS_IMPORT (import), FALSE);

  session = budget_book_get_session (book);
  expenses = find_expenses (session, import, error);
  if (expenses == NULL)
    return FALSE;

  /* Translators: a step that can be undone; %s is the name of a file that was imported. */
  label = g_strdup_printf (_("Undo Import of “%s”"), budget_import_get_name (import));
  orm_session_begin_group (session, NULL);
  is_good = undo (session, import, expenses, error);
  orm_session_end_group (session);
  if (is_good)
    return budget_book_commit (book, label, error);

  orm_session_rollback (session);
  return FALSE;
}

/* Import keys begin with the bank's date. */
static gboolean
read_day (const char *key, GDate *date)
{
  guint year, month, day;

  g_date_clear (date, 1);
  if (key == NULL || sscanf (key, "%4u-%2u-%2u:", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

static BudgetExpense *
split (BudgetExpense *expense)
{
  BudgetExpense *transaction = budget_expense_new ();
  const char *original = budget_expense_get_original (expense);
  GDate date;

  if (!read_day (budget_expense_get_import_key (expense), &date))
    date = *budget_expense_get_date (expense);

  budget_expense_set_description (
    transaction, original != NULL ? original : budget_expense_get_description (expense));
  budget_expense_set_date (transaction, &date);
  budget_expense_set_amount (transaction, budget_expense_get_amount (expense));
  budget_expense_set_bank_id (transaction, budget_expense_get_bank_id (expense));
  return transaction;
}

static void
take_references (BudgetExpense *transaction,
                 BudgetExpense *expense,
                 BudgetAccount *account,
                 BudgetImport *import)
{
  budget_expense_set_user (transaction, budget_expense_get_user (expense));
  budget_expense_set_category (transaction, budget_expense_get_category (expense));
  budget_expense_set_account (transaction, account);
  budget_expense_set_import (transaction, import);
}

/**
 * budget_import_history_unmatch:
 * @book: a book without unsaved changes
 * @expense: an expense that was entered by hand and matched with a transaction
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Separates the two: the transaction becomes an expense of its own, with the
 * bank's date and text, and the other one gets back what matching changed. This
 * is one step, which can be undone.
 *
 * Returns: %TRUE if they are two now; else the book is as it was
 */
gboolean
budget_import_history_unmatch (BudgetBook *book, BudgetExpense *expense, GError **error)
{
  g_autoptr (BudgetExpense) transaction = NULL;
  g_autoptr (BudgetImport) import = NULL;
  g_autoptr (BudgetAccount) account = NULL;
  g_autofree char *key = NULL;
  OrmSession *session;
  gboolean is_good;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (BUDGET_IS_EXPENSE (expense), FALSE);
  g_return_val_if_fail (budget_expense_get_matched (expense), FALSE);

  session = budget_book_get_session (book);
  key = g_strdup (budget_expense_get_import_key (expense));
  g_set_object (&import, budget_expense_get_import (expense));
  g_set_object (&account, budget_expense_get_account (expense));
  transaction = split (expense);

  /* The key is unique: clear it in the database before another row gets it. */
  orm_session_begin_group (session, NULL);
  remove_bank_values (expense);
  is_good = put_back_match (session, import, expense, error) && orm_session_flush (session, error);
  budget_expense_set_import_key (transaction, key);
  take_references (transaction, expense, account, import);
  is_good = is_good && orm_session_add (session, transaction, error);
  orm_session_end_group (session);
  if (is_good)
    /* Translators: a step that can be undone. */
    return budget_book_commit (book, _("Separate From Bank Transaction"), error);

  orm_session_rollback (session);
  return FALSE;
}
