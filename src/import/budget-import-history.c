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
 * The files that were imported, and how they are taken back, later than undo
 * reaches.
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

  /* There are few, whatever the size of the book. */
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

/* What was entered by hand has nothing of the bank's any more. */
static void
let_go (BudgetExpense *expense)
{
  budget_expense_set_import_key (expense, NULL);
  budget_expense_set_bank_id (expense, NULL);
  budget_expense_set_original (expense, NULL);
  budget_expense_set_matched (expense, FALSE);
  budget_expense_set_import (expense, NULL);
}

/* Returns: %FALSE with @error set if the expense refuses to be as it was */
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

/* Matching changed the expense once; that is put back now and not with the import. */
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
take_back (OrmSession *session, BudgetImport *import, GPtrArray *expenses, GError **error)
{
  for (guint i = 0; i < expenses->len; i++)
    {
      BudgetExpense *expense = g_ptr_array_index (expenses, i);

      if (budget_expense_get_matched (expense))
        let_go (expense);
      else if (!orm_session_delete (session, expense, error))
        return FALSE;
    }

  return put_back_all (import, error) && orm_session_delete (session, import, error);
}

/**
 * budget_import_history_take_back:
 * @book: a book without unsaved changes
 * @import: one of its imports
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Deletes the expenses that came with a file, whatever was changed in them
 * since, and what was decided about its bookings. Expenses that were there
 * before stay, are no longer matched, and are as they were before, except for
 * what somebody has changed since. It is one step, which can be undone; the
 * same file can be imported again.
 *
 * Returns: %TRUE if it was taken back; else the book is as it was
 */
gboolean
budget_import_history_take_back (BudgetBook *book, BudgetImport *import, GError **error)
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
  label = g_strdup_printf (_("Taking back of “%s”"), budget_import_get_name (import));
  orm_session_begin_group (session, NULL);
  is_good = take_back (session, import, expenses, error);
  orm_session_end_group (session);
  if (is_good)
    return budget_book_commit (book, label, error);

  orm_session_rollback (session);
  return FALSE;
}

/* The key begins with the day that the bank gave. */
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
  BudgetExpense *booking = budget_expense_new ();
  const char *original = budget_expense_get_original (expense);
  GDate date;

  if (!read_day (budget_expense_get_import_key (expense), &date))
    date = *budget_expense_get_date (expense);

  budget_expense_set_description (
    booking, original != NULL ? original : budget_expense_get_description (expense));
  budget_expense_set_date (booking, &date);
  budget_expense_set_amount (booking, budget_expense_get_amount (expense));
  budget_expense_set_bank_id (booking, budget_expense_get_bank_id (expense));
  return booking;
}

static void
take_references (BudgetExpense *booking,
                 BudgetExpense *expense,
                 BudgetAccount *account,
                 BudgetImport *import)
{
  budget_expense_set_user (booking, budget_expense_get_user (expense));
  budget_expense_set_category (booking, budget_expense_get_category (expense));
  budget_expense_set_account (booking, account);
  budget_expense_set_import (booking, import);
}

/**
 * budget_import_history_unmatch:
 * @book: a book without unsaved changes
 * @expense: an expense that was entered by hand and matched with a bank's booking
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Says that the two are not the same: the booking becomes an expense of its own,
 * of the day and with the text that the bank gave, and the other one is as it
 * was before. It is one step, which can be undone.
 *
 * Returns: %TRUE if they are two now; else the book is as it was
 */
gboolean
budget_import_history_unmatch (BudgetBook *book, BudgetExpense *expense, GError **error)
{
  g_autoptr (BudgetExpense) booking = NULL;
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
  booking = split (expense);

  /* No two rows may have the key, not even for a moment. */
  orm_session_begin_group (session, NULL);
  let_go (expense);
  is_good = put_back_match (session, import, expense, error) && orm_session_flush (session, error);
  budget_expense_set_import_key (booking, key);
  take_references (booking, expense, account, import);
  is_good = is_good && orm_session_add (session, booking, error);
  orm_session_end_group (session);
  if (is_good)
    /* Translators: a step that can be undone. */
    return budget_book_commit (book, _("Separate Bank’s Booking"), error);

  orm_session_rollback (session);
  return FALSE;
}
