/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-command-line-private.h"
#include "budget-json-export.h"
#include "budget-money.h"
#include "budget-summary.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>

/*
 * budget summary: totals by category, month or person. Transfers between own
 * accounts are not included.
 */

typedef struct
{
  char *name;
  const char *color; /* NULL if there is none */
  guint64 count;
  gint64 sum;
} Row;

typedef struct
{
  BudgetCommandFilter filter_options;
  char *by;
  gboolean is_json;
  char **rest;

  BudgetBook *book;
  BudgetFilter *filter;
  GPtrArray *rows;
  guint64 count;
  gint64 total;
} Summary;

static void
row_free (Row *row)
{
  g_free (row->name);
  g_free (row);
}

static void
summary_clear (Summary *self)
{
  _budget_command_filter_clear (&self->filter_options);
  g_free (self->by);
  g_strfreev (self->rest);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->filter);
  g_clear_object (&self->book);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Summary, summary_clear)

static gboolean
parse (Summary *self, BudgetCommand *command, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &self->filter_options.from,
      N_ ("The first day"), N_ ("DATE") },
      { "to", 0, 0, G_OPTION_ARG_STRING, &self->filter_options.to,
        N_ ("The last day"), N_ ("DATE") },
        { "person", 0, 0, G_OPTION_ARG_STRING, &self->filter_options.person,
          N_ ("Only this person’s expenses"), N_ ("EMAIL") },
          { "by", 0, 0, G_OPTION_ARG_STRING, &self->by,
            N_ ("category, month or person"), N_ ("WHAT") },
            { "json", 0, 0, G_OPTION_ARG_NONE, &self->is_json, N_ ("Print JSON"), NULL },
              { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->rest, NULL, NULL },
              G_OPTION_ENTRY_NULL,
           };

  if (!_budget_command_parse (command, entries, NULL,
                              _("Shows where the money went."), &argc, &argv, error))
    return FALSE;

  return self->rest == NULL ||
         _budget_command_refuse_usage (error, _("The summary takes no files"));
}

static void
add_row (Summary *self, char *name, const char *color, gint64 sum, guint64 count)
{
  Row *row = g_new0 (Row, 1);

  row->name = name;
  row->color = color;
  row->sum = sum;
  row->count = count;
  g_ptr_array_add (self->rows, row);
  self->total += sum;
  self->count += count;
}

static gboolean
add_categories (Summary *self, GError **error)
{
  g_autoptr (BudgetSummary) summary = budget_summary_new (self->book, self->filter);
  guint n_items;

  if (!budget_summary_load (summary, error))
    return FALSE;

  n_items = g_list_model_get_n_items (G_LIST_MODEL (summary));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BudgetCategoryTotal) item = g_list_model_get_item (G_LIST_MODEL (summary), i);

      /* The book keeps the category alive, and so its colour. */
      add_row (self, g_strdup (budget_category_total_get_name (item)),
               budget_category_get_color (budget_category_total_get_category (item)),
               budget_category_total_get_total (item), budget_category_total_get_count (item));
    }

  return TRUE;
}

static GListModel *
read_totals (Summary *self, const char *path, GError **error)
{
  g_autoptr (OrmQuery) query = budget_filter_build_query (self->filter, BUDGET_FILTER_SUMMARY);
  g_autoptr (OrmTotals) totals = NULL;

  orm_query_where (query, "category.kind", ORM_NOT_EQUAL, BUDGET_CATEGORY_TRANSFER);
  totals =
    orm_session_observe_totals (budget_book_get_session (self->book), query, path, "amount", error);
  if (totals == NULL || !orm_totals_load (totals, error))
    return NULL;

  return G_LIST_MODEL (g_steal_pointer (&totals));
}

static int
compare_totals (gconstpointer a, gconstpointer b)
{
  gint64 key_a = orm_total_get_key (*(OrmTotal **) a);
  gint64 key_b = orm_total_get_key (*(OrmTotal **) b);

  return key_a < key_b ? -1 : key_a > key_b;
}

static GPtrArray *
sort_totals (GListModel *totals)
{
  guint n_items = g_list_model_get_n_items (totals);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (sorted, g_list_model_get_item (totals, i));
  g_ptr_array_sort (sorted, compare_totals);
  return sorted;
}

static gboolean
add_months (Summary *self, GError **error)
{
  g_autoptr (GListModel) totals = read_totals (self, "date.month", error);
  g_autoptr (GPtrArray) sorted = NULL;

  if (totals == NULL)
    return FALSE;

  sorted = sort_totals (totals);
  for (guint i = 0; i < sorted->len; i++)
    {
      OrmTotal *total = g_ptr_array_index (sorted, i);
      int month = (int) orm_total_get_key (total);

      if (orm_total_get_count (total) > 0)
        add_row (self, g_strdup_printf ("%04d-%02d", month / 12, month % 12 + 1), NULL,
                 orm_total_get_sum (total), orm_total_get_count (total));
    }

  return TRUE;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *row_a = *(Row **) a;
  const Row *row_b = *(Row **) b;

  if (row_a->sum != row_b->sum)
    return row_a->sum > row_b->sum ? -1 : 1;

  return g_utf8_collate (row_a->name, row_b->name);
}

static gboolean
add_people (Summary *self, GError **error)
{
  g_autoptr (GListModel) totals = read_totals (self, "user", error);
  guint n_items;

  if (totals == NULL)
    return FALSE;

  n_items = g_list_model_get_n_items (totals);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (OrmTotal) total = g_list_model_get_item (totals, i);
      BudgetUser *user = orm_total_get_group (total);

      if (user != NULL && orm_total_get_count (total) > 0)
        add_row (self, g_strdup (budget_user_get_name (user)), NULL, orm_total_get_sum (total),
                 orm_total_get_count (total));
    }

  g_ptr_array_sort (self->rows, compare_rows);
  return TRUE;
}

static const struct
{
  const char *name;
  gboolean (*add) (Summary *self, GError **error);
} groupings[] = {
  { "category", add_categories },
  { "month", add_months },
  { "person", add_people },
};

static gboolean
add_rows (Summary *self, GError **error)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);

  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++)
    if (self->by == NULL || g_str_equal (self->by, groupings[i].name))
      return groupings[i].add (self, error);

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: %s is what was given; the three words are typed as they are. */
               _("Unknown grouping “%s”; use category, month or person"), self->by);
  return FALSE;
}

static void
print_text (Summary *self)
{
  const char *currency = budget_book_get_currency (self->book);
  g_autofree char *total = budget_money_format (self->total, currency);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      g_autofree char *sum = budget_money_format (row->sum, currency);
      g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, row->count);

      _budget_command_print_cell (row->name, 24);
      _budget_command_print_cell (count, -6);
      _budget_command_print_cell (sum, -14);
      g_print ("\n");
    }

  _budget_command_print_cell (C_ ("summary", "Total"), 24);
  _budget_command_print_cell ("", -6);
  _budget_command_print_cell (total, -14);
  g_print ("\n");
}

static void
build_row (Summary *self, JsonBuilder *builder, const Row *row)
{
  json_builder_begin_object (builder);
  budget_json_add_text (builder, "name", row->name);
  if (row->color != NULL)
    budget_json_add_text (builder, "color", row->color);
  json_builder_set_member_name (builder, "count");
  json_builder_add_int_value (builder, (gint64) row->count);
  budget_json_add_amount (builder, "sum", row->sum, budget_book_get_digits (self->book));
  json_builder_end_object (builder);
}

/* A missing end is null. */
static void
build_period (Summary *self, JsonBuilder *builder)
{
  BudgetPeriod *period = budget_filter_get_period (self->filter);

  budget_json_add_date (
    builder, "from", self->filter_options.from != NULL ? budget_period_get_first (period) : NULL);
  budget_json_add_date (builder, "to",
                        self->filter_options.to != NULL ? budget_period_get_last (period) : NULL);
}

static gboolean
print_json (Summary *self, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GOutputStream) output = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  budget_json_add_text (builder, "currency", budget_book_get_currency (self->book));
  build_period (self, builder);
  budget_json_add_amount (builder, "total", self->total, budget_book_get_digits (self->book));
  json_builder_set_member_name (builder, "count");
  json_builder_add_int_value (builder, (gint64) self->count);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rows->len; i++)
    build_row (self, builder, g_ptr_array_index (self->rows, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  output = _budget_command_open_output ();
  return g_output_stream_printf (output, NULL, NULL, error, "%s\n", text);
}

gboolean
_budget_command_summary (BudgetCommand *command, int argc, char **argv, GError **error)
{
  g_auto (Summary) summary = { 0 };

  if (!parse (&summary, command, argc, argv, error))
    return FALSE;

  summary.book = _budget_command_open (command, error);
  if (summary.book == NULL)
    return FALSE;

  summary.filter = _budget_command_filter_build (&summary.filter_options, summary.book, error);
  if (summary.filter == NULL || !add_rows (&summary, error))
    return FALSE;

  if (summary.is_json)
    return print_json (&summary, error);

  print_text (&summary);
  return TRUE;
}
