/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-person-dialog.h"

#include <glib/gi18n.h>

/**
 * BudgetPersonDialog:
 *
 * A form to add or edit a person.
 */

struct _BudgetPersonDialog
{
  BudgetFormDialog parent_instance;

  BudgetUser *user; /* the one to change, or %NULL */

  GtkWidget *name_row;
  BudgetFieldMessage *name_message;
  GtkWidget *email_row;
  BudgetFieldMessage *email_message;
};

G_DEFINE_FINAL_TYPE (BudgetPersonDialog, budget_person_dialog, BUDGET_TYPE_FORM_DIALOG)

/* Each field shows its own error. */
static gboolean
set_fields (BudgetPersonDialog *self, BudgetUser *user)
{
  gboolean is_right = budget_form_dialog_set_text (BUDGET_FORM_DIALOG (self), user, "name",
                                                   self->name_row, self->name_message);

  return budget_form_dialog_set_text (BUDGET_FORM_DIALOG (self), user, "email", self->email_row,
                                      self->email_message) &&
         is_right;
}

static gboolean
budget_person_dialog_save (BudgetFormDialog *form, char **label, GError **error)
{
  BudgetPersonDialog *self = BUDGET_PERSON_DIALOG (form);
  OrmSession *session = budget_book_get_session (budget_form_dialog_get_book (form));
  g_autoptr (BudgetUser) trial = budget_user_new ();

  /* Validate on a person outside the book first, so that no list shows a mistake. */
  if (!set_fields (self, trial))
    return FALSE;
  if (self->user != NULL && !set_fields (self, self->user))
    return FALSE;
  if (self->user == NULL && !orm_session_add (session, trial, error))
    return FALSE;

  /* Translators: %s is the name of a person */
  *label = g_strdup_printf (self->user != NULL ? _("Changed “%s”")
                                               : _("Added “%s”"), budget_user_get_name (trial));
  return TRUE;
}

static void
budget_person_dialog_dispose (GObject *object)
{
  g_clear_object (&BUDGET_PERSON_DIALOG (object)->user);

  G_OBJECT_CLASS (budget_person_dialog_parent_class)->dispose (object);
}

static void
budget_person_dialog_class_init (BudgetPersonDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_person_dialog_dispose;
  BUDGET_FORM_DIALOG_CLASS (klass)->save = budget_person_dialog_save;

  g_type_ensure (BUDGET_TYPE_FIELD_MESSAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-person-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetPersonDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, BudgetPersonDialog, name_message);
  gtk_widget_class_bind_template_child (widget_class, BudgetPersonDialog, email_row);
  gtk_widget_class_bind_template_child (widget_class, BudgetPersonDialog, email_message);
}

static void
budget_person_dialog_init (BudgetPersonDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * budget_person_dialog_new:
 * @book: a book
 * @user: (nullable): the person to change, or %NULL for a new one
 *
 * Returns: (transfer none): a form
 */
GtkWidget *
budget_person_dialog_new (BudgetBook *book, BudgetUser *user)
{
  BudgetPersonDialog *self = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (user == NULL || BUDGET_IS_USER (user), NULL);

  self = g_object_new (BUDGET_TYPE_PERSON_DIALOG, NULL);
  budget_form_dialog_set_book (BUDGET_FORM_DIALOG (self), book);
  gtk_window_set_title (GTK_WINDOW (self), user != NULL ? _("Edit Person") : _("New Person"));
  if (g_set_object (&self->user, user))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name_row), budget_user_get_name (user));
      gtk_editable_set_text (GTK_EDITABLE (self->email_row), budget_user_get_email (user));
    }

  return GTK_WIDGET (self);
}
