/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-rule-offer.h"
#include "budget-rules.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>

/*
 * Offers a rule after the category of a recurring expense is set by hand.
 */

static gboolean
is_recurring (BudgetBook *book, const char *description)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  guint64 n_rows = 0;

  orm_query_where (query, "description", ORM_EQUAL, description);
  return orm_session_count (budget_book_get_session (book), query, &n_rows, NULL) && n_rows > 1;
}

static gboolean
have_same_description (GPtrArray *expenses)
{
  const char *description = budget_expense_get_description (g_ptr_array_index (expenses, 0));

  for (guint i = 1; i < expenses->len; i++)
    if (g_strcmp0 (budget_expense_get_description (g_ptr_array_index (expenses, i)), description) !=
        0)
      return FALSE;

  return TRUE;
}

/* A narrow window has no room for both names in one line. */
static GtkWidget *
create_rule_title (const char *text)
{
  GtkWidget *title = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (title), 3);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  return title;
}

static AdwToast *
create_toast (const char *description, BudgetCategory *category)
{
  g_autofree char *text = NULL;
  AdwToast *toast = adw_toast_new ("");

  /* Translators: a question; a description and a category */
  text = g_strdup_printf (_("Always set “%1$s” to %2$s?"), description,
                             budget_category_get_name (category));
  adw_toast_set_custom_title (toast, create_rule_title (text));
  adw_toast_set_button_label (toast, _("_Always"));
  adw_toast_set_action_name (toast, "win.learn-rule");
  adw_toast_set_action_target (toast, "(sx)", description,
                               orm_entity_get_id (ORM_ENTITY (category)));

  /* Before the offer to undo, which comes again afterwards. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);

  return toast;
}

/**
 * budget_rule_offer_new:
 * @book: a book
 * @expenses: (element-type BudgetExpense): expenses whose category was changed,
 *   at least one
 *
 * Offers a rule if all the expenses have the same description, and others have
 * it too.
 *
 * Returns: (transfer full) (nullable): a toast that activates `win.learn-rule`,
 *   or %NULL if there is no rule to offer
 */
AdwToast *
budget_rule_offer_new (BudgetBook *book, GPtrArray *expenses)
{
  BudgetCategory *category;
  const char *description;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (expenses != NULL && expenses->len > 0, NULL);

  category = budget_expense_get_category (g_ptr_array_index (expenses, 0));
  description = budget_expense_get_description (g_ptr_array_index (expenses, 0));
  if (category == NULL || description == NULL || !have_same_description (expenses) ||
      !is_recurring (book, description) ||
      !budget_rules_can_learn (book, description, category, NULL))
    return NULL;

  return create_toast (description, category);
}
