/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-form-dialog.h"

#include <glib/gi18n.h>

/**
 * BudgetFormDialog:
 *
 * A form for one thing of the book. Enter saves it and closes the form;
 * nothing is saved until all of it is right, and each field says below itself
 * what is not.
 */

typedef struct
{
  BudgetBook *book;

  GtkWidget *form;
  GtkWidget *next_button;
  GtkWidget *save_button;
  GtkLabel *message;
  AdwBin *bin;
} BudgetFormDialogPrivate;

enum
{
  PROP_0,
  PROP_FORM,
  N_PROPS
};

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_TYPE_WITH_PRIVATE (BudgetFormDialog, budget_form_dialog, ADW_TYPE_WINDOW)

static BudgetFormDialogPrivate *
get_private (BudgetFormDialog *self)
{
  return budget_form_dialog_get_instance_private (self);
}

static void
show_message (BudgetFormDialog *self, const char *message)
{
  BudgetFormDialogPrivate *priv = get_private (self);

  gtk_label_set_label (priv->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->message), message != NULL);
}

static void
on_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (budget_form_dialog_save (BUDGET_FORM_DIALOG (widget)))
    gtk_window_close (GTK_WINDOW (widget));
}

static void
on_save_and_next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetFormDialog *self = BUDGET_FORM_DIALOG (widget);

  if (budget_form_dialog_save (self) && BUDGET_FORM_DIALOG_GET_CLASS (self)->reset != NULL)
    BUDGET_FORM_DIALOG_GET_CLASS (self)->reset (self);
}

/* Typing can begin at once, in the first field. */
static void
budget_form_dialog_map (GtkWidget *widget)
{
  BudgetFormDialogPrivate *priv = get_private (BUDGET_FORM_DIALOG (widget));

  GTK_WIDGET_CLASS (budget_form_dialog_parent_class)->map (widget);
  if (priv->form != NULL)
    gtk_widget_child_focus (priv->form, GTK_DIR_TAB_FORWARD);
}

static void
budget_form_dialog_dispose (GObject *object)
{
  g_clear_object (&get_private (BUDGET_FORM_DIALOG (object))->book);

  G_OBJECT_CLASS (budget_form_dialog_parent_class)->dispose (object);
}

static void
budget_form_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FORM:
      g_value_set_object (value, get_private (BUDGET_FORM_DIALOG (object))->form);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_form_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BudgetFormDialogPrivate *priv = get_private (BUDGET_FORM_DIALOG (object));

  switch (id)
    {
    case PROP_FORM:
      priv->form = g_value_get_object (value);
      adw_bin_set_child (priv->bin, priv->form);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "form.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "form.save-and-next", NULL, on_save_and_next);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "form.save-and-next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "form.save-and-next", NULL);
}

static void
budget_form_dialog_class_init (BudgetFormDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = budget_form_dialog_dispose;
  object_class->get_property = budget_form_dialog_get_property;
  object_class->set_property = budget_form_dialog_set_property;
  widget_class->map = budget_form_dialog_map;

  /**
   * BudgetFormDialog:form:
   *
   * The fields.
   */
  properties[PROP_FORM] = g_param_spec_object ("form", NULL, NULL, GTK_TYPE_WIDGET,
                                               (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BudgetFormDialog::saved:
   * @self: the form
   * @label: what was done, for a toast
   */
  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-form-dialog.ui");
  gtk_widget_class_bind_template_child_private (widget_class, BudgetFormDialog, bin);
  gtk_widget_class_bind_template_child_private (widget_class, BudgetFormDialog, message);
  gtk_widget_class_bind_template_child_private (widget_class, BudgetFormDialog, next_button);
  gtk_widget_class_bind_template_child_private (widget_class, BudgetFormDialog, save_button);
  install_actions (widget_class);
}

static void
budget_form_dialog_init (BudgetFormDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save-and-next", FALSE);
}

/**
 * budget_form_dialog_get_book:
 * @self: a form
 *
 * Returns: (transfer none) (nullable): the book that it writes to
 */
BudgetBook *
budget_form_dialog_get_book (BudgetFormDialog *self)
{
  g_return_val_if_fail (BUDGET_IS_FORM_DIALOG (self), NULL);

  return get_private (self)->book;
}

/**
 * budget_form_dialog_set_book:
 * @self: a form
 * @book: (nullable): a book
 *
 * Says which book the form writes to.
 */
void
budget_form_dialog_set_book (BudgetFormDialog *self, BudgetBook *book)
{
  g_return_if_fail (BUDGET_IS_FORM_DIALOG (self));
  g_return_if_fail (BUDGET_IS_BOOK (book));

  g_set_object (&get_private (self)->book, book);
}

/**
 * budget_form_dialog_allow_next:
 * @self: a form
 *
 * Lets the user save several entries in a row without closing the form.
 */
void
budget_form_dialog_allow_next (BudgetFormDialog *self)
{
  g_return_if_fail (BUDGET_IS_FORM_DIALOG (self));

  gtk_widget_set_visible (get_private (self)->next_button, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save-and-next", TRUE);
}

/**
 * budget_form_dialog_set_text:
 * @self: a form
 * @entity: an #OrmEntity
 * @property: its property
 * @row: a #GtkEditable; an empty text is none
 * @message: where to say what is wrong
 *
 * Sets a property of an entity to a field's text, if it is valid.
 *
 * Returns: %TRUE if it did
 */
gboolean
budget_form_dialog_set_text (BudgetFormDialog *self,
                             gpointer entity,
                             const char *property,
                             GtkWidget *row,
                             BudgetFieldMessage *message)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, *text != '\0' ? text : NULL);
  if (orm_entity_set (entity, property, &value, &error))
    {
      budget_field_message_hide (message, row);
      return TRUE;
    }

  budget_field_message_show (message, row, error->message);
  return FALSE;
}

/**
 * budget_form_dialog_save:
 * @self: a form
 *
 * Saves the form, or shows what is wrong with it.
 *
 * Returns: %TRUE if it is saved
 */
gboolean
budget_form_dialog_save (BudgetFormDialog *self)
{
  BudgetFormDialogPrivate *priv = get_private (self);
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (BUDGET_IS_FORM_DIALOG (self), FALSE);

  show_message (self, NULL);
  if (BUDGET_FORM_DIALOG_GET_CLASS (self)->save (self, &label, &error) &&
      budget_book_commit (priv->book, label, &error))
    {
      g_signal_emit (self, signals[SIGNAL_SAVED], 0, label);
      return TRUE;
    }

  if (orm_session_get_dirty (budget_book_get_session (priv->book)))
    orm_session_rollback (budget_book_get_session (priv->book));
  if (error != NULL)
    show_message (self, error->message);
  gtk_widget_error_bell (GTK_WIDGET (self));

  return FALSE;
}
