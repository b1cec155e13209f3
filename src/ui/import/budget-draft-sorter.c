/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-sorter.h"
#include "budget-draft.h"

/*
 * The orders of the drafts of an import.
 */

static int
compare_dates (BudgetDraft *a, BudgetDraft *b)
{
  const GDate *first = budget_draft_get_date (a);
  const GDate *second = budget_draft_get_date (b);

  /* Those without a date come first: they need to be checked. */
  if (first == NULL || second == NULL)
    return (first != NULL) - (second != NULL);

  return g_date_compare (first, second);
}

static int
compare_amounts (BudgetDraft *a, BudgetDraft *b)
{
  gint64 first = budget_draft_get_amount (a);
  gint64 second = budget_draft_get_amount (b);

  return (first > second) - (first < second);
}

static int
compare_texts (const char *a, const char *b)
{
  return g_utf8_collate (a != NULL ? a : "", b != NULL ? b : "");
}

/* GtkSortListModel keeps equal drafts in the order of the file. */
static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const char *sort = user_data;
  BudgetDraft *first = (BudgetDraft *) a;
  BudgetDraft *second = (BudgetDraft *) b;

  if (g_str_equal (sort, "oldest"))
    return compare_dates (first, second);
  if (g_str_equal (sort, "newest"))
    return compare_dates (second, first);
  if (g_str_equal (sort, "smallest"))
    return compare_amounts (first, second);
  if (g_str_equal (sort, "largest"))
    return compare_amounts (second, first);
  if (g_str_equal (sort, "description"))
    return compare_texts (budget_draft_get_description (first),
                          budget_draft_get_description (second));
  if (g_str_equal (sort, "category"))
    return compare_texts (budget_draft_get_category_name (first),
                          budget_draft_get_category_name (second));

  return (int) budget_draft_get_state (second) - (int) budget_draft_get_state (first);
}

/**
 * budget_draft_sorter_new:
 * @sort: (nullable): `oldest`, `newest`, `smallest`, `largest`, `category`,
 *   `description` or `state`; anything else keeps the order of the file
 *
 * Returns: (transfer full) (nullable): a sorter of #BudgetDraft items, or %NULL
 *   for the order of the file
 */
GtkSorter *
budget_draft_sorter_new (const char *sort)
{
  static const char *const sorts[] = { "oldest",   "newest",      "smallest", "largest",
                                       "category", "description", "state",    NULL };

  if (sort == NULL || !g_strv_contains (sorts, sort))
    return NULL;

  return GTK_SORTER (gtk_custom_sorter_new (compare, g_strdup (sort), g_free));
}
