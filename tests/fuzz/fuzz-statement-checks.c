/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-money.h"
#include "fuzz-statement-checks.h"
#include "fuzz.h"

/* What is true of every statement, whatever was in the file. */

static void
check_fields (const char *const *fields)
{
  for (guint i = 0; fields != NULL && fields[i] != NULL; i++)
    fuzz_check_text (fields[i]);
}

static void
check_row (const BudgetStatementRow *row)
{
  fuzz_check_text (row->description);
  fuzz_check_text (row->note);
  fuzz_check_text (row->currency);
  fuzz_check_text (row->category);
  fuzz_check_text (row->person);
  fuzz_check_text (row->account);
  fuzz_check_text (row->counterpart);
  fuzz_check_text (row->bank_id);
  fuzz_check_text (row->reject_reason);
  check_fields (row->fields);
  g_assert_cmpuint (row->digits, <=, 3);

  if (row->reject_reason != NULL)
    {
      g_assert_cmpstr (row->reject_reason, !=, "");
      return;
    }

  g_assert_true (g_date_valid (&row->date));
  g_assert_cmpuint (g_date_get_year (&row->date), <=, 9999);
  g_assert_true (budget_money_check (row->amount, NULL));
}

static void
check_statement (BudgetStatement *statement)
{
  const char *const *notes = budget_statement_get_notes (statement);
  guint n_rows = budget_statement_get_n_rows (statement);
  guint n_accepted = 0;
  gint64 sum = 0;

  g_assert_cmpuint (n_rows, >, 0);
  g_assert_nonnull (budget_statement_get_format (statement));
  fuzz_check_text (budget_statement_get_currency (statement));
  fuzz_check_text (budget_statement_get_account (statement));

  for (guint i = 0; notes[i] != NULL; i++)
    fuzz_check_text (notes[i]);

  for (guint i = 0; i < n_rows; i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (statement, i);

      check_row (row);
      if (row->reject_reason == NULL)
        {
          n_accepted++;
          g_assert_true (budget_money_add (sum, row->amount, &sum));
        }
    }

  g_assert_cmpuint (budget_statement_get_n_rejected (statement), ==, n_rows - n_accepted);
}

static void
add_text (GString *string, const char *text)
{
  g_string_append_printf (string, "%s|", text != NULL ? text : "(none)");
}

static void
add_date (GString *string, const GDate *date)
{
  g_string_append_printf (string, "%u|", g_date_valid (date) ? g_date_get_julian (date) : 0);
}

static void
add_row (GString *string, const BudgetStatementRow *row)
{
  g_string_append_printf (string, "%u|", row->line);
  add_date (string, &row->date);
  add_date (string, &row->value_date);
  g_string_append_printf (string, "%" G_GINT64_FORMAT "|%u|", row->amount, row->digits);
  g_string_append_printf (string, "%" G_GINT64_FORMAT "|%d|", row->balance, row->has_balance);
  add_text (string, row->description);
  add_text (string, row->note);
  add_text (string, row->currency);
  add_text (string, row->category);
  add_text (string, row->person);
  add_text (string, row->account);
  add_text (string, row->counterpart);
  add_text (string, row->bank_id);
  add_text (string, row->reject_reason);

  for (guint i = 0; row->fields != NULL && row->fields[i] != NULL; i++)
    add_text (string, row->fields[i]);

  g_string_append_c (string, '\n');
}

/*
 * Returns: (transfer full): all that a statement says, by which two can be
 *   compared
 */
char *
fuzz_dup_statement_text (BudgetStatement *statement)
{
  const char *const *notes = budget_statement_get_notes (statement);
  GString *string = g_string_new (NULL);

  add_text (string, budget_statement_get_format (statement));
  add_text (string, budget_statement_get_currency (statement));
  add_text (string, budget_statement_get_account (statement));

  for (guint i = 0; notes[i] != NULL; i++)
    add_text (string, notes[i]);

  for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
    add_row (string, budget_statement_get_row (statement, i));

  return g_string_free (string, FALSE);
}

static BudgetStatement *
read_once (GBytes *bytes, BudgetStatementFormat format, const char *const *map, char **text)
{
  g_autoptr (GError) error = NULL;
  BudgetStatement *statement = budget_statement_read (bytes, format, map, NULL, &error);

  fuzz_check_error (statement != NULL, error);
  *text = statement != NULL ? fuzz_dup_statement_text (statement) : g_strdup (error->message);

  return statement;
}

/*
 * Reads a file twice, which comes to the same, and checks what was read.
 *
 * Returns: (transfer full): the statement, or %NULL if it was refused
 */
BudgetStatement *
fuzz_read_statement (GBytes *bytes, BudgetStatementFormat format, const char *const *map)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (BudgetStatement) statement = read_once (bytes, format, map, &first);
  g_autoptr (BudgetStatement) again = read_once (bytes, format, map, &second);

  g_assert_true ((statement == NULL) == (again == NULL));
  g_assert_cmpstr (first, ==, second);

  if (statement != NULL)
    check_statement (statement);

  return g_steal_pointer (&statement);
}
