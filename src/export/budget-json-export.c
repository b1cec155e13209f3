/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-export-kinds-private.h"
#include "budget-export-writer-private.h"
#include "budget-json-export.h"
#include "budget-money.h"

/*
 * Expenses for other programs. Amounts are strings with a decimal point, so
 * that no parser rounds them; dates are those of ISO 8601.
 *
 * The rows are written one by one: memory use does not grow with the book.
 */

struct _BudgetJsonExport
{
  BudgetExportWriter parent_instance;
};

G_DEFINE_FINAL_TYPE (BudgetJsonExport, budget_json_export, BUDGET_TYPE_EXPORT_WRITER)

/*
 * Detail:
 * @DETAIL_LIST: the rows and what a list shows of them
 * @DETAIL_FILE: the currency, notes and accounts too
 */
typedef enum
{
  DETAIL_LIST,
  DETAIL_FILE
} Detail;

#define BUFFER_SIZE (64 * 1024)

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
build_expense (JsonBuilder *builder, BudgetBook *book, BudgetExpense *expense, Detail detail)
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
  if (detail == DETAIL_FILE)
    {
      budget_json_add_text (builder, "note", budget_expense_get_note (expense));
      budget_json_add_text (builder, "account",
                            account != NULL ? budget_account_get_name (account) : NULL);
    }
  json_builder_end_object (builder);
}

static void
append_heading (GString *text, BudgetBook *book, Detail detail)
{
  /* A currency is three letters. */
  if (detail == DETAIL_FILE)
    g_string_append_printf (text, "{\"currency\": \"%s\", \"rows\": [",
                            budget_book_get_currency (book));
  else
    g_string_append (text, "{\"rows\": [");
}

static void
append_expense (
  GString *text, BudgetBook *book, BudgetExpense *expense, Detail detail, gboolean is_first)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *object = NULL;

  build_expense (builder, book, expense, detail);
  node = json_builder_get_root (builder);
  object = json_to_string (node, FALSE);
  g_string_append (text, is_first ? "\n" : ",\n");
  g_string_append (text, object);
}

static void
append_end (GString *text, gboolean is_empty)
{
  g_string_append (text, is_empty ? "]}\n" : "\n]}\n");
}

static gboolean
write_buffer (GOutputStream *stream, GString *text, GCancellable *cancellable, GError **error)
{
  if (!g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error))
    return FALSE;

  g_string_truncate (text, 0);
  return TRUE;
}

static gboolean
budget_json_export_start (BudgetExportWriter *writer, GError **error)
{
  append_heading (_budget_export_writer_get_buffer (writer),
                  _budget_export_writer_get_book (writer), DETAIL_FILE);
  return TRUE;
}

static gboolean
budget_json_export_add (BudgetExportWriter *writer, gpointer item, GError **error)
{
  append_expense (_budget_export_writer_get_buffer (writer),
                  _budget_export_writer_get_book (writer), item, DETAIL_FILE,
                  _budget_export_writer_get_n_written (writer) == 1);
  return TRUE;
}

static gboolean
budget_json_export_finish (BudgetExportWriter *writer, GError **error)
{
  append_end (_budget_export_writer_get_buffer (writer),
              _budget_export_writer_get_n_written (writer) == 0);
  return TRUE;
}

static void
budget_json_export_class_init (BudgetJsonExportClass *klass)
{
  BudgetExportWriterClass *writer_class = BUDGET_EXPORT_WRITER_CLASS (klass);

  writer_class->plan = _budget_export_writer_add_list;
  writer_class->start = budget_json_export_start;
  writer_class->add = budget_json_export_add;
  writer_class->finish = budget_json_export_finish;
}

static void
budget_json_export_init (BudgetJsonExport *self)
{
}

/**
 * budget_json_export_write_list:
 * @stream: the output, which is closed at the end
 * @book: a book
 * @expenses: some of its expenses
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError
 *
 * Writes the columns that a list shows of some expenses as one JSON object.
 *
 * Returns: %FALSE if writing failed; the object is then incomplete
 */
gboolean
budget_json_export_write_list (GOutputStream *stream,
                               BudgetBook *book,
                               GListModel *expenses,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (BUFFER_SIZE);
  guint n_items;
  guint n_written = 0;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (G_IS_LIST_MODEL (expenses), FALSE);

  append_heading (text, book, DETAIL_LIST);
  n_items = g_list_model_get_n_items (expenses);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);

      /* Another program may have deleted it in the meantime. */
      if (expense != NULL)
        append_expense (text, book, expense, DETAIL_LIST, n_written++ == 0);
      if (text->len >= BUFFER_SIZE && !write_buffer (stream, text, cancellable, error))
        return FALSE;
    }

  append_end (text, n_written == 0);
  return write_buffer (stream, text, cancellable, error) &&
         g_output_stream_close (stream, cancellable, error);
}
