/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-json-exporter.h"
#include "budget-money.h"

#include <string.h>

/*
 * Expenses for other programs: amounts are texts with a dot, so that no reader
 * makes a rounded number of them, and days are written as in ISO 8601.
 *
 * Row after row goes into the stream; a book of a million expenses takes no
 * more memory than one of ten.
 */

/**
 * budget_json_add_text:
 * @builder: an object that is being built
 * @name: the member's name
 * @text: (nullable): its value
 */
void
budget_json_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/**
 * budget_json_add_amount:
 * @builder: an object that is being built
 * @name: the member's name
 * @minor: an amount in minor units
 * @digits: how many decimals its currency has
 */
void
budget_json_add_amount (JsonBuilder *builder, const char *name, gint64 minor, guint digits)
{
  g_autofree char *text = budget_money_to_decimal (minor, digits);

  budget_json_add_text (builder, name, text);
}

/**
 * budget_json_add_date:
 * @builder: an object that is being built
 * @name: the member's name
 * @date: (nullable): a day
 */
void
budget_json_add_date (JsonBuilder *builder, const char *name, const GDate *date)
{
  g_autofree char *text = NULL;

  if (date != NULL)
    text = g_strdup_printf ("%04u-%02u-%02u", (guint) g_date_get_year (date),
                            (guint) g_date_get_month (date), (guint) g_date_get_day (date));
  budget_json_add_text (builder, name, text);
}

static void
build_expense (JsonBuilder *builder, BudgetBook *book, BudgetExpense *expense, gboolean is_whole)
{
  BudgetCategory *category = budget_expense_get_category (expense);
  BudgetUser *user = budget_expense_get_user (expense);
  BudgetAccount *account = budget_expense_get_account (expense);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_int_value (builder, orm_entity_get_id (ORM_ENTITY (expense)));
  budget_json_add_date (builder, "date", budget_expense_get_date (expense));
  budget_json_add_text (builder, "description", budget_expense_get_description (expense));
  budget_json_add_text (builder, "category",
                        category != NULL ? budget_category_get_name (category) : NULL);
  budget_json_add_text (builder, "person", user != NULL ? budget_user_get_email (user) : NULL);
  budget_json_add_amount (builder, "amount", budget_expense_get_amount (expense),
                          budget_book_get_digits (book));
  if (is_whole)
    {
      budget_json_add_text (builder, "note", budget_expense_get_note (expense));
      budget_json_add_text (builder, "account",
                            account != NULL ? budget_account_get_name (account) : NULL);
    }
  json_builder_end_object (builder);
}

static gboolean
write_text (GOutputStream *stream, const char *text, GCancellable *cancellable, GError **error)
{
  return g_output_stream_write_all (stream, text, strlen (text), NULL, cancellable, error);
}

static gboolean
write_heading (GOutputStream *stream,
               BudgetBook *book,
               BudgetJsonDetail detail,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *text = NULL;

  if (detail == BUDGET_JSON_LIST)
    return write_text (stream, "{\"rows\": [", cancellable, error);

  /* A currency is three letters. */
  text = g_strdup_printf ("{\"currency\": \"%s\", \"rows\": [", budget_book_get_currency (book));
  return write_text (stream, text, cancellable, error);
}

static gboolean
write_expense (GOutputStream *stream,
               BudgetBook *book,
               BudgetExpense *expense,
               gboolean is_whole,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  build_expense (builder, book, expense, is_whole);
  node = json_builder_get_root (builder);
  text = json_to_string (node, FALSE);
  return write_text (stream, text, cancellable, error);
}

/**
 * budget_json_exporter_write:
 * @stream: where the text goes; it is closed
 * @book: a book
 * @expenses: some of its expenses
 * @detail: how much is written
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError
 *
 * Writes expenses as one JSON object.
 *
 * Returns: %FALSE if that failed; the object is then not whole
 */
gboolean
budget_json_exporter_write (GOutputStream *stream,
                            BudgetBook *book,
                            GListModel *expenses,
                            BudgetJsonDetail detail,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GOutputStream) buffered = NULL;
  guint n_items;
  guint n_written = 0;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (G_IS_LIST_MODEL (expenses), FALSE);

  buffered = g_buffered_output_stream_new_sized (stream, 64 * 1024);
  if (!write_heading (buffered, book, detail, cancellable, error))
    return FALSE;

  n_items = g_list_model_get_n_items (expenses);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);

      /* Somebody else may have deleted it in the meantime. */
      if (expense == NULL)
        continue;

      if (!write_text (buffered, n_written++ > 0 ? ",\n" : "\n", cancellable, error) ||
          !write_expense (buffered, book, expense, detail == BUDGET_JSON_WHOLE, cancellable, error))
        return FALSE;
    }

  return write_text (buffered, n_written > 0 ? "\n]}\n" : "]}\n", cancellable, error) &&
         g_output_stream_close (buffered, cancellable, error);
}
