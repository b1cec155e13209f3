/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-list-scroll.h"
#include "budget-rule-change-row.h"
#include "budget-rule-change.h"
#include "budget-rules-apply-dialog.h"

#include <glib/gi18n.h>

/**
 * BudgetRulesApplyDialog:
 *
 * What the rules would change in the book, each with a tick, before any of it
 * is changed.
 */

struct _BudgetRulesApplyDialog
{
  AdwWindow parent_instance;

  BudgetBook *book;
  GCancellable *cancellable;
  GListModel *changes; /* %NULL until they are found */
  guint n_included;
  gboolean is_showing;

  GtkStack *stack;
  GtkLabel *problem;
  GtkLabel *summary;
  GtkCheckButton *all_button;
  GtkListView *view;
};

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetRulesApplyDialog, budget_rules_apply_dialog, ADW_TYPE_WINDOW)

static void
update (BudgetRulesApplyDialog *self)
{
  guint n_changes = g_list_model_get_n_items (self->changes);
  g_autofree char *text = NULL;

  text = g_strdup_printf (
    /* Translators: the first number is of what is ticked, the second of all */
    ngettext ("%1$u of %2$u expense will change", "%1$u of %2$u expenses will change", n_changes),
    self->n_included, n_changes);
  gtk_label_set_label (self->summary, text);

  self->is_showing = TRUE;
  gtk_check_button_set_active (self->all_button, self->n_included == n_changes);
  gtk_check_button_set_inconsistent (self->all_button,
                                     self->n_included > 0 && self->n_included < n_changes);
  self->is_showing = FALSE;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "apply.commit", self->n_included > 0);
}

/* Updated with each change, because a book may have very many. */
static void
on_include_notify (BudgetRulesApplyDialog *self, GParamSpec *pspec, BudgetRuleChange *change)
{
  if (budget_rule_change_get_include (change))
    self->n_included++;
  else
    self->n_included--;

  if (!self->is_showing)
    update (self);
}

static void
on_all_toggled (BudgetRulesApplyDialog *self)
{
  gboolean include = gtk_check_button_get_active (self->all_button);

  if (self->is_showing || self->changes == NULL)
    return;

  self->is_showing = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (self->changes); i++)
    {
      g_autoptr (BudgetRuleChange) change = g_list_model_get_item (self->changes, i);

      budget_rule_change_set_include (change, include);
    }
  self->is_showing = FALSE;
  update (self);
}

static void
on_view_activate (BudgetRulesApplyDialog *self, guint position)
{
  g_autoptr (BudgetRuleChange) change = g_list_model_get_item (self->changes, position);

  budget_rule_change_set_include (change, !budget_rule_change_get_include (change));
}

static void
on_factory_setup (BudgetRulesApplyDialog *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, budget_rule_change_row_new ());
}

static void
on_factory_bind (BudgetRulesApplyDialog *self, GtkListItem *item)
{
  budget_rule_change_row_set_change (BUDGET_RULE_CHANGE_ROW (gtk_list_item_get_child (item)),
                                     gtk_list_item_get_item (item));
}

static void
on_factory_unbind (BudgetRulesApplyDialog *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  if (row != NULL)
    budget_rule_change_row_set_change (BUDGET_RULE_CHANGE_ROW (row), NULL);
}

static void
show_problem (BudgetRulesApplyDialog *self, const GError *error)
{
  gtk_label_set_label (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
on_commit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetRulesApplyDialog *self = BUDGET_RULES_APPLY_DIALOG (widget);
  guint n_included = self->n_included;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  if (!budget_rules_apply (self->book, self->changes, &error))
    {
      show_problem (self, error);
      return;
    }

  label = g_strdup_printf (ngettext ("Changed %u expense", "Changed %u expenses", n_included),
                           n_included);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, label);
  gtk_window_close (GTK_WINDOW (self));
}

static void
budget_rules_apply_dialog_dispose (GObject *object)
{
  BudgetRulesApplyDialog *self = BUDGET_RULES_APPLY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->changes);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_rules_apply_dialog_parent_class)->dispose (object);
}

#define BIND(child)                                                                                \
  gtk_widget_class_bind_template_child (widget_class, BudgetRulesApplyDialog, child)

static void
budget_rules_apply_dialog_finalize (GObject *object)
{
  g_object_unref (BUDGET_RULES_APPLY_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (budget_rules_apply_dialog_parent_class)->finalize (object);
}

static void
budget_rules_apply_dialog_class_init (BudgetRulesApplyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_rules_apply_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = budget_rules_apply_dialog_finalize;

  /**
   * BudgetRulesApplyDialog::saved:
   * @self: the dialog
   * @label: what was done, for a toast
   */
  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-rules-apply-dialog.ui");
  BIND (all_button);
  BIND (problem);
  BIND (stack);
  BIND (summary);
  BIND (view);
  gtk_widget_class_bind_template_callback (widget_class, on_all_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_view_activate);

  gtk_widget_class_install_action (widget_class, "apply.commit", NULL, on_commit);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "apply.commit", NULL);
}

static void
budget_rules_apply_dialog_init (BudgetRulesApplyDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  budget_list_work_around_scroll_jump (GTK_SCROLLABLE (self->view));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "apply.commit", FALSE);
}

static void
set_changes (BudgetRulesApplyDialog *self)
{
  guint n_changes = g_list_model_get_n_items (self->changes);

  for (guint i = 0; i < n_changes; i++)
    {
      g_autoptr (BudgetRuleChange) change = g_list_model_get_item (self->changes, i);

      g_signal_connect_object (change, "notify::include", G_CALLBACK (on_include_notify), self,
                               G_CONNECT_SWAPPED);
    }

  self->n_included = n_changes;
  gtk_list_view_set_model (
    self->view, GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->changes))));
  gtk_stack_set_visible_child_name (self->stack, n_changes > 0 ? "changes" : "nothing");
  update (self);
}

/* The dialog is gone if this was cancelled. */
static void
on_preview_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BudgetRulesApplyDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) changes =
    budget_rules_preview_finish (BUDGET_BOOK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (changes != NULL)
    {
      self->changes = g_steal_pointer (&changes);
      set_changes (self);
      return;
    }

  show_problem (self, error);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

/**
 * budget_rules_apply_dialog_new:
 * @book: a book
 *
 * Returns: (transfer none): a dialog that shows what the book's rules would
 *   change
 */
GtkWidget *
budget_rules_apply_dialog_new (BudgetBook *book)
{
  BudgetRulesApplyDialog *self;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  self = g_object_new (BUDGET_TYPE_RULES_APPLY_DIALOG, NULL);
  self->book = g_object_ref (book);
  budget_rules_preview_async (book, NULL, self->cancellable, on_preview_ready, self);

  return GTK_WIDGET (self);
}

/**
 * budget_rules_apply_dialog_get_changes:
 * @self: a dialog
 *
 * Returns: (transfer none) (nullable): what it shows, of #BudgetRuleChange;
 *   %NULL while it is still looking
 */
GListModel *
budget_rules_apply_dialog_get_changes (BudgetRulesApplyDialog *self)
{
  g_return_val_if_fail (BUDGET_IS_RULES_APPLY_DIALOG (self), NULL);

  return self->changes;
}
