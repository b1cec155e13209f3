/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-rules.h"
#include "budget-window-private.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>

/*
 * Rules from what is done in the window: who files something that comes again
 * is asked whether it shall always be filed so.
 */

static gboolean
comes_again (BudgetWindow *self, const char *description)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  guint64 n_rows = 0;

  orm_query_where (query, "description", ORM_EQUAL, description);
  return orm_session_count (budget_book_get_session (self->book), query, &n_rows, NULL) &&
         n_rows > 1;
}

static void
on_toast_dismissed (BudgetWindow *self, AdwToast *toast)
{
  if (self->rule_toast == toast)
    self->rule_toast = NULL;
}

/**
 * _budget_window_withdraw_rule:
 * @self: a window
 *
 * Takes back what _budget_window_offer_rule() asked.
 */
void
_budget_window_withdraw_rule (BudgetWindow *self)
{
  if (self->rule_toast != NULL)
    adw_toast_dismiss (self->rule_toast);
}

/* A narrow window has not the room for both names in one line. */
static GtkWidget *
create_title (const char *text)
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

static void
offer (BudgetWindow *self, const char *description, BudgetCategory *category)
{
  g_autofree char *text = NULL;
  AdwToast *toast = adw_toast_new ("");

  /* Translators: a question; a description and a category */
  text = g_strdup_printf (_("Always file “%1$s” under %2$s?"), description,
                             budget_category_get_name (category));
  adw_toast_set_custom_title (toast, create_title (text));
  adw_toast_set_button_label (toast, _("_Always"));
  adw_toast_set_action_name (toast, "win.learn-rule");
  adw_toast_set_action_target (toast, "(sx)", description,
                               orm_entity_get_id (ORM_ENTITY (category)));

  /* Before the offer to undo, which comes again afterwards. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_toast_dismissed), self,
                           G_CONNECT_SWAPPED);
  self->rule_toast = toast;
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * _budget_window_offer_rule:
 * @self: a window
 * @expenses: (element-type BudgetExpense): what was just filed under another
 *   category
 *
 * Asks whether the likes of it shall always be filed so, if all of it is called
 * the same, there is more of it, and a rule can be made of it.
 */
void
_budget_window_offer_rule (BudgetWindow *self, GPtrArray *expenses)
{
  BudgetExpense *first = g_ptr_array_index (expenses, 0);
  BudgetCategory *category = budget_expense_get_category (first);
  const char *description = budget_expense_get_description (first);

  _budget_window_withdraw_rule (self);
  if (category == NULL || description == NULL)
    return;

  for (guint i = 1; i < expenses->len; i++)
    if (g_strcmp0 (budget_expense_get_description (g_ptr_array_index (expenses, i)), description) !=
        0)
      return;

  if (comes_again (self, description) &&
      budget_rules_can_learn (self->book, description, category, NULL))
    offer (self, description, category);
}

/* An expense that is being edited, as it was filed before. */
typedef struct
{
  BudgetWindow *window; /* outlives the form, which is destroyed with it */
  BudgetExpense *expense;
  BudgetCategory *category;
} Edit;

static void
edit_free (gpointer data, GClosure *closure)
{
  Edit *edit = data;

  g_object_unref (edit->expense);
  g_clear_object (&edit->category);
  g_free (edit);
}

static void
on_saved (GtkWidget *form, const char *label, Edit *edit)
{
  g_autoptr (GPtrArray) expenses = g_ptr_array_new ();

  g_ptr_array_add (expenses, edit->expense);
  if (budget_expense_get_category (edit->expense) != edit->category)
    _budget_window_offer_rule (edit->window, expenses);
}

/**
 * _budget_window_watch_filing:
 * @self: a window
 * @form: where @expense is edited
 * @expense: an expense
 *
 * Has _budget_window_offer_rule() ask if the form files it under another category.
 */
void
_budget_window_watch_filing (BudgetWindow *self, GtkWidget *form, BudgetExpense *expense)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->window = self;
  edit->expense = g_object_ref (expense);
  g_set_object (&edit->category, budget_expense_get_category (expense));
  g_signal_connect_data (form, "saved", G_CALLBACK (on_saved), edit, edit_free, G_CONNECT_AFTER);
}

/**
 * _budget_window_learn_rule:
 * @self: a window
 * @description: what was paid for
 * @category: what the likes of it are filed under
 *
 * Makes a rule of it, as a step of its own.
 */
void
_budget_window_learn_rule (BudgetWindow *self, const char *description, BudgetCategory *category)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  BudgetRule *rule = budget_rules_learn (self->book, description, category, NULL, &error);

  if (rule == NULL)
    {
      if (error != NULL)
        _budget_window_abandon (self, error);
      return;
    }

  /* Translators: %s is what a rule looks for */
  label = g_strdup_printf (_("Added the rule “%s”"), budget_rule_get_pattern (rule));
  _budget_window_commit (self, label);
}
