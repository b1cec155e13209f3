/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-rule-dialog.h"
#include "budget-rule-order.h"
#include "budget-rule-row.h"
#include "budget-rules-apply-dialog.h"
#include "budget-rules-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetRulesDialog:
 *
 * The rules in the order in which they are tried, to be looked through, made,
 * changed, moved, turned off and applied to what is in the book already.
 */

struct _BudgetRulesDialog
{
  AdwWindow parent_instance;

  BudgetBook *book;
  GtkFilterListModel *found;
  char *search; /* folded, or %NULL */
  AdwToast *undo_toast;

  AdwToastOverlay *toasts;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkWidget *search_button;
  GtkStack *stack;
  GtkListBox *rows;
  GtkWidget *action_bar;
};

G_DEFINE_FINAL_TYPE (BudgetRulesDialog, budget_rules_dialog, ADW_TYPE_WINDOW)

static void
on_undo_toast_dismissed (BudgetRulesDialog *self, AdwToast *toast)
{
  if (self->undo_toast == toast)
    self->undo_toast = NULL;
}

static void
withdraw_toast (BudgetRulesDialog *self)
{
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
}

static void
show_done (BudgetRulesDialog *self, const char *label)
{
  g_autofree char *title = g_markup_escape_text (label, -1);
  AdwToast *toast = adw_toast_new (title);

  withdraw_toast (self);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "rules.undo");
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_undo_toast_dismissed), self,
                           G_CONNECT_SWAPPED);
  self->undo_toast = toast;
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_problem (BudgetRulesDialog *self, const GError *error)
{
  OrmSession *session = budget_book_get_session (self->book);
  g_autofree char *title =
    g_markup_escape_text (error != NULL ? error->message : _("The change could not be made"), -1);

  if (orm_session_get_dirty (session))
    orm_session_rollback (session);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (title));
}

static BudgetRule *
dup_rule (BudgetRulesDialog *self, GVariant *parameter)
{
  g_autoptr (GError) error = NULL;
  BudgetRule *rule = orm_session_get (budget_book_get_session (self->book), BUDGET_TYPE_RULE,
                                      g_variant_get_int64 (parameter), &error);

  if (rule == NULL)
    show_problem (self, error);
  return rule;
}

static BudgetRuleRow *
find_row (BudgetRulesDialog *self, BudgetRule *rule)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (budget_rule_row_get_rule (BUDGET_RULE_ROW (row)) == rule)
      return BUDGET_RULE_ROW (row);

  return NULL;
}

/* A list takes the focus of a row along when the row goes. */
static void
focus_rule (BudgetRulesDialog *self, BudgetRule *rule)
{
  BudgetRuleRow *row = find_row (self, rule);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static gboolean
find_place (GListModel *rules, gpointer rule, guint *place)
{
  for (guint i = 0; i < g_list_model_get_n_items (rules); i++)
    {
      g_autoptr (BudgetRule) other = g_list_model_get_item (rules, i);

      if (other == rule)
        {
          *place = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* Moves a rule in front of another, or behind it. */
static void
move_beside (BudgetRulesDialog *self, BudgetRule *rule, BudgetRule *other, gboolean is_after)
{
  GListModel *rules = budget_book_get_rules (self->book);
  g_autoptr (BudgetRule) held = g_object_ref (rule);
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;
  guint from, to;

  if (!find_place (rules, rule, &from) || !find_place (rules, other, &to))
    return;

  /* Counted without the rule itself. */
  to = to + is_after - (from < to);
  if (to == from)
    return;

  /* Translators: %s is what a rule looks for */
  label = g_strdup_printf (_("Moved “%s”"), budget_rule_get_pattern (rule));
  withdraw_toast (self);
  if (!budget_rule_order_move (self->book, rule, to, &error) ||
      !budget_book_commit (self->book, label, &error))
    show_problem (self, error);
  focus_rule (self, rule);
}

/* Among those that are shown. */
static void
move_by (BudgetRulesDialog *self, GVariant *parameter, int step)
{
  g_autoptr (BudgetRule) rule = dup_rule (self, parameter);
  g_autoptr (BudgetRule) other = NULL;
  GListModel *found = G_LIST_MODEL (self->found);
  guint place;

  if (rule == NULL || !find_place (found, rule, &place) || (step < 0 && place == 0))
    return;

  other = g_list_model_get_item (found, (guint) ((int) place + step));
  if (other != NULL)
    move_beside (self, rule, other, step > 0);
}

static void
move_up (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_by (BUDGET_RULES_DIALOG (widget), parameter, -1);
}

static void
move_down (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_by (BUDGET_RULES_DIALOG (widget), parameter, 1);
}

static void
present (BudgetRulesDialog *self, GtkWidget *dialog)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "saved", G_CALLBACK (show_done), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_rule (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetRulesDialog *self = BUDGET_RULES_DIALOG (widget);

  present (self, budget_rule_dialog_new (self->book, NULL));
}

static void
edit_rule (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetRulesDialog *self = BUDGET_RULES_DIALOG (widget);
  g_autoptr (BudgetRule) rule = dup_rule (self, parameter);

  if (rule != NULL)
    present (self, budget_rule_dialog_new (self->book, rule));
}

static void
delete_rule (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetRulesDialog *self = BUDGET_RULES_DIALOG (widget);
  g_autoptr (BudgetRule) rule = dup_rule (self, parameter);
  g_autoptr (BudgetRule) next = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  guint place;

  if (rule == NULL)
    return;

  if (find_place (G_LIST_MODEL (self->found), rule, &place))
    next = g_list_model_get_item (G_LIST_MODEL (self->found), place > 0 ? place - 1 : 1);
  label = g_strdup_printf (_("Deleted “%s”"), budget_rule_get_pattern (rule));

  if (!orm_session_delete (budget_book_get_session (self->book), rule, &error) ||
      !budget_book_commit (self->book, label, &error))
    {
      show_problem (self, error);
      return;
    }

  show_done (self, label);
  if (next != NULL)
    focus_rule (self, next);
}

static void
toggle_rule (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetRulesDialog *self = BUDGET_RULES_DIALOG (widget);
  g_autoptr (BudgetRule) rule = dup_rule (self, parameter);
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  if (rule == NULL)
    return;

  label = g_strdup_printf (_("Changed “%s”"), budget_rule_get_pattern (rule));
  withdraw_toast (self);
  budget_rule_set_enabled (rule, !budget_rule_get_enabled (rule));
  if (!budget_book_commit (self->book, label, &error))
    show_problem (self, error);
}

static void
apply (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetRulesDialog *self = BUDGET_RULES_DIALOG (widget);

  present (self, budget_rules_apply_dialog_new (self->book));
}

static void
undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetRulesDialog *self = BUDGET_RULES_DIALOG (widget);

  withdraw_toast (self);
  gtk_widget_activate_action (widget, "win.undo", NULL);
}

static void
search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetRulesDialog *self = BUDGET_RULES_DIALOG (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static gboolean
has_search (const char *text, const char *search)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, search) != NULL;
}

static gboolean
is_found (gpointer item, gpointer user_data)
{
  BudgetRulesDialog *self = user_data;
  BudgetCategory *category = budget_rule_get_category (item);
  BudgetUser *user = budget_rule_get_user (item);

  return self->search == NULL || has_search (budget_rule_get_pattern (item), self->search) ||
         (category != NULL && has_search (budget_category_get_name (category), self->search)) ||
         (user != NULL && has_search (budget_user_get_name (user), self->search));
}

static void
update_page (BudgetRulesDialog *self)
{
  gboolean has_rules = g_list_model_get_n_items (budget_book_get_rules (self->book)) > 0;
  gboolean has_found = g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0;

  gtk_stack_set_visible_child_name (self->stack, has_found   ? "rules"
                                                 : has_rules ? "nothing"
                                                             : "empty");
  gtk_widget_set_visible (self->search_button, has_rules);
  gtk_widget_set_visible (self->action_bar, has_rules);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.apply", has_rules);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.search", has_rules);
  if (!has_rules)
    gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

static void
on_search_changed (BudgetRulesDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_clear_pointer (&self->search, g_free);
  if (*text != '\0')
    self->search = g_utf8_casefold (text, -1);
  if (self->found != NULL)
    gtk_filter_changed (gtk_filter_list_model_get_filter (self->found),
                        GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_row_activated (BudgetRulesDialog *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "rule-row.edit", NULL);
}

static void
on_row_dropped (BudgetRulesDialog *self, BudgetRule *rule, gboolean is_after, BudgetRuleRow *row)
{
  move_beside (self, rule, budget_rule_row_get_rule (row), is_after);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = budget_rule_row_new (item);

  g_signal_connect_object (row, "dropped", G_CALLBACK (on_row_dropped), user_data,
                           G_CONNECT_SWAPPED);
  return row;
}

static void
budget_rules_dialog_dispose (GObject *object)
{
  BudgetRulesDialog *self = BUDGET_RULES_DIALOG (object);

  if (self->rows != NULL)
    gtk_list_box_bind_model (self->rows, NULL, NULL, NULL, NULL);
  if (self->found != NULL)
    gtk_filter_list_model_set_filter (self->found, NULL);
  g_clear_object (&self->found);
  g_clear_object (&self->book);
  g_clear_pointer (&self->search, g_free);

  G_OBJECT_CLASS (budget_rules_dialog_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "rules.add", NULL, add_rule);
  gtk_widget_class_install_action (widget_class, "rules.apply", NULL, apply);
  gtk_widget_class_install_action (widget_class, "rules.delete", "x", delete_rule);
  gtk_widget_class_install_action (widget_class, "rules.edit", "x", edit_rule);
  gtk_widget_class_install_action (widget_class, "rules.move-down", "x", move_down);
  gtk_widget_class_install_action (widget_class, "rules.move-up", "x", move_up);
  gtk_widget_class_install_action (widget_class, "rules.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "rules.toggle", "x", toggle_rule);
  gtk_widget_class_install_action (widget_class, "rules.undo", NULL, undo);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "rules.add",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "rules.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "rules.apply", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "rules.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "win.redo", NULL);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetRulesDialog, child)

static void
budget_rules_dialog_class_init (BudgetRulesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_rules_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-rules-dialog.ui");
  BIND (action_bar);
  BIND (rows);
  BIND (search_bar);
  BIND (search_button);
  BIND (search_entry);
  BIND (stack);
  BIND (toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  install_actions (widget_class);
}

static void
budget_rules_dialog_init (BudgetRulesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
}

/**
 * budget_rules_dialog_new:
 * @book: a book
 *
 * Give it the actions of the book's window as `win`, for undo and redo.
 *
 * Returns: (transfer none): a dialog that lists the rules
 */
GtkWidget *
budget_rules_dialog_new (BudgetBook *book)
{
  BudgetRulesDialog *self;
  GtkFilter *filter;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  self = g_object_new (BUDGET_TYPE_RULES_DIALOG, NULL);
  self->book = g_object_ref (book);
  filter = GTK_FILTER (gtk_custom_filter_new (is_found, self, NULL));
  self->found = gtk_filter_list_model_new (g_object_ref (budget_book_get_rules (book)), filter);
  gtk_list_box_bind_model (self->rows, G_LIST_MODEL (self->found), create_row, self, NULL);
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  update_page (self);

  /* The arrows can be used at once. */
  if (gtk_list_box_get_row_at_index (self->rows, 0) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->rows, 0)));

  return GTK_WIDGET (self);
}
