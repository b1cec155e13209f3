/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-starter.h"
#include "fuzz-book.h"
#include "orm-session-query.h"

/*
 * A book that a household begins with has a person, and categories to choose
 * from.
 */
BudgetBook *
fuzz_make_book (void)
{
  g_autoptr (GError) error = NULL;
  BudgetBook *book = budget_book_new_in_memory (&error);

  g_assert_no_error (error);
  budget_starter_fill (budget_book_get_session (book), &error);
  g_assert_no_error (error);
  budget_book_commit (book, NULL, &error);
  g_assert_no_error (error);

  return book;
}

/*
 * Whatever came into a book, nothing is wrong with it, and it has the expenses
 * it ought to have.
 */
void
fuzz_check_book (BudgetBook *book, gint64 expected_sum, guint64 expected_rows)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gint64 sum = 0;
  guint64 n_rows = 0;
  gboolean is_good = budget_book_check (book, problems, &error);

  g_assert_no_error (error);
  g_assert_true (is_good);
  g_assert_cmpstr (problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL, ==, NULL);

  orm_session_sum (budget_book_get_session (book), query, "amount", &sum, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sum, ==, expected_sum);
  g_assert_cmpuint (n_rows, ==, expected_rows);
}
