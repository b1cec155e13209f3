/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-field-message.h"

/**
 * BudgetFieldMessage:
 *
 * The error message below a field of a form.
 */

struct _BudgetFieldMessage
{
  AdwPreferencesRow parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (BudgetFieldMessage, budget_field_message, ADW_TYPE_PREFERENCES_ROW)

static void
budget_field_message_class_init (BudgetFieldMessageClass *klass)
{
}

static void
budget_field_message_init (BudgetFieldMessage *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "error");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->label));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "field-message");
}

/**
 * budget_field_message_show:
 * @self: a message
 * @field: the field that it is about
 * @message: what is wrong, worded for the person at the form
 *
 * Shows what is wrong under a field and marks the field, also for a screen
 * reader.
 */
void
budget_field_message_show (BudgetFieldMessage *self, GtkWidget *field, const char *message)
{
  g_return_if_fail (BUDGET_IS_FIELD_MESSAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (field));

  gtk_label_set_label (self->label, message);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (field, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  message, -1);
}

/**
 * budget_field_message_hide:
 * @self: a message
 * @field: the field that it was about
 *
 * Removes the message and the mark.
 */
void
budget_field_message_hide (BudgetFieldMessage *self, GtkWidget *field)
{
  g_return_if_fail (BUDGET_IS_FIELD_MESSAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (field));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_remove_css_class (field, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}
