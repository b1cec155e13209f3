/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-writer.h"
#include "budget-export-kinds-private.h"
#include "budget-export-writer-private.h"
#include "budget-own-csv.h"
#include "budget-tag.h"

#include <string.h>

/*
 * Expenses as a table that a spreadsheet opens and that this program imports
 * again without loss: the column titles stay the same in every language.
 */
struct _BudgetCsvExport
{
  BudgetExportWriter parent_instance;

  BudgetCsvWriter *writer;
};

G_DEFINE_FINAL_TYPE (BudgetCsvExport, budget_csv_export, BUDGET_TYPE_EXPORT_WRITER)

static gboolean
write_heading (BudgetCsvWriter *writer, GError **error)
{
  for (guint i = 0; i < BUDGET_N_OWN_CSV_COLUMNS; i++)
    budget_csv_writer_add_text (writer, budget_own_csv_get_title ((BudgetOwnCsvColumn) i));

  return budget_csv_writer_end_row (writer, NULL, error);
}

/* Tags are separated by commas; a comma within a name is escaped with a backslash. */
static void
append_tag (GString *text, const char *name)
{
  gsize length = strlen (name);

  if (text->len > 0)
    g_string_append (text, ", ");

  for (gsize i = 0; i < length; i++)
    {
      gboolean is_edge = i == 0 || i + 1 == length;

      if (name[i] == ',' || name[i] == '\\' || (name[i] == ' ' && is_edge))
        g_string_append_c (text, '\\');
      g_string_append_c (text, name[i]);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of the tags, sorted so that exporting twice gives the same file. */
static char *
join_tags (BudgetExpense *expense)
{
  GListModel *tags = G_LIST_MODEL (budget_expense_get_tags (expense));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (tags); i++)
    {
      g_autoptr (BudgetTag) tag = g_list_model_get_item (tags, i);

      if (tag != NULL && budget_tag_get_name (tag) != NULL)
        g_ptr_array_add (names, g_strdup (budget_tag_get_name (tag)));
    }

  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    append_tag (text, g_ptr_array_index (names, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The cells are in the order of BudgetOwnCsvColumn. */
static gboolean
write_expense (BudgetCsvWriter *writer, BudgetBook *book, BudgetExpense *expense, GError **error)
{
  BudgetCategory *category = budget_expense_get_category (expense);
  BudgetUser *user = budget_expense_get_user (expense);
  BudgetAccount *account = budget_expense_get_account (expense);
  g_autofree char *tags = NULL;

  if (!_budget_export_check_expense (expense, error))
    return FALSE;

  budget_csv_writer_add_date (writer, budget_expense_get_date (expense));
  budget_csv_writer_add_text (writer, budget_expense_get_description (expense));
  budget_csv_writer_add_text (writer, budget_category_get_name (category));
  budget_csv_writer_add_text (writer, budget_user_get_email (user));
  budget_csv_writer_add_amount (writer, budget_expense_get_amount (expense),
                                budget_book_get_digits (book));
  budget_csv_writer_add_text (writer, budget_book_get_currency (book));
  budget_csv_writer_add_text (writer, budget_expense_get_note (expense));
  budget_csv_writer_add_text (writer, account != NULL ? budget_account_get_name (account) : NULL);
  tags = join_tags (expense);
  budget_csv_writer_add_text (writer, tags);

  return budget_csv_writer_end_row (writer, NULL, error);
}

static gboolean
budget_csv_export_start (BudgetExportWriter *writer, GError **error)
{
  BudgetCsvExport *self = BUDGET_CSV_EXPORT (writer);

  self->writer = budget_csv_writer_new (_budget_export_writer_get_stream (writer));
  return write_heading (self->writer, error);
}

static gboolean
budget_csv_export_add (BudgetExportWriter *writer, gpointer item, GError **error)
{
  BudgetCsvExport *self = BUDGET_CSV_EXPORT (writer);

  return write_expense (self->writer, _budget_export_writer_get_book (writer), item, error);
}

static gboolean
budget_csv_export_finish (BudgetExportWriter *writer, GError **error)
{
  return budget_csv_writer_close (BUDGET_CSV_EXPORT (writer)->writer, NULL, error);
}

static void
budget_csv_export_finalize (GObject *object)
{
  g_clear_object (&BUDGET_CSV_EXPORT (object)->writer);

  G_OBJECT_CLASS (budget_csv_export_parent_class)->finalize (object);
}

static void
budget_csv_export_class_init (BudgetCsvExportClass *klass)
{
  BudgetExportWriterClass *writer_class = BUDGET_EXPORT_WRITER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = budget_csv_export_finalize;
  writer_class->plan = _budget_export_writer_add_list;
  writer_class->start = budget_csv_export_start;
  writer_class->add = budget_csv_export_add;
  writer_class->finish = budget_csv_export_finish;
}

static void
budget_csv_export_init (BudgetCsvExport *self)
{
}
