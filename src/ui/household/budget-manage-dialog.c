/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category.h"
#include "budget-color-dot.h"
#include "budget-manage-dialog.h"
#include "budget-ui-text.h"
#include "budget-user.h"

#include <glib/gi18n.h>

/**
 * BudgetManageDialog:
 *
 * A list of the categories or the people, with buttons to add, edit and delete
 * them. The dialog activates the actions of its window.
 */

struct _BudgetManageDialog
{
  AdwWindow parent_instance;

  gboolean is_people;

  GtkListBox *rows;
  GtkButton *add_button;
};

G_DEFINE_FINAL_TYPE (BudgetManageDialog, budget_manage_dialog, ADW_TYPE_WINDOW)

static GtkWidget *
create_button (const char *icon, const char *tooltip, const char *action, gint64 id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  budget_ui_set_label (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);

  return button;
}

static void
add_dot (AdwActionRow *row, gpointer category)
{
  GtkWidget *dot = budget_color_dot_new ();

  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  g_object_bind_property (category, "color", dot, "color", G_BINDING_SYNC_CREATE);
  adw_action_row_add_prefix (row, dot);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  BudgetManageDialog *self = user_data;
  GtkWidget *row = adw_action_row_new ();
  gint64 id = orm_entity_get_id (item);
  const char *edit_action = self->is_people ? "win.edit-person" : "win.edit-category";
  const char *delete_action = self->is_people ? "win.delete-person" : "win.delete-category";
  g_autofree char *name = NULL;
  g_autofree char *edit = NULL;
  g_autofree char *delete = NULL;

  g_object_get (item, "name", &name, NULL);
  /* Translators: %s is the name of a category or a person */
  edit = g_strdup_printf (_("Edit %s"), name);
  /* Translators: %s is the name of a category or a person */
  delete = g_strdup_printf (_("Delete %s"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_bind_property (item, "name", row, "title", G_BINDING_SYNC_CREATE);
  if (self->is_people)
    g_object_bind_property (item, "email", row, "subtitle", G_BINDING_SYNC_CREATE);
  else
    add_dot (ADW_ACTION_ROW (row), item);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             create_button ("document-edit-symbolic", edit, edit_action, id));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             create_button ("user-trash-symbolic", delete, delete_action, id));

  return row;
}

static void
budget_manage_dialog_class_init (BudgetManageDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-manage-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetManageDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, BudgetManageDialog, rows);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
budget_manage_dialog_init (BudgetManageDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * budget_manage_dialog_new_for_categories:
 * @book: a book
 *
 * Returns: (transfer full): a dialog that lists the categories, to add,
 *   change and delete them
 */
GtkWidget *
budget_manage_dialog_new_for_categories (BudgetBook *book)
{
  BudgetManageDialog *self = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  self = g_object_new (BUDGET_TYPE_MANAGE_DIALOG, NULL);
  gtk_window_set_title (GTK_WINDOW (self), _("Categories"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_button), "win.add-category");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add_button), _("Add a Category"));
  gtk_list_box_bind_model (self->rows, budget_book_get_categories (book), create_row, self, NULL);

  return GTK_WIDGET (self);
}

/**
 * budget_manage_dialog_new_for_people:
 * @book: a book
 *
 * Returns: (transfer full): a dialog that lists the people, to add, change
 *   and delete them
 */
GtkWidget *
budget_manage_dialog_new_for_people (BudgetBook *book)
{
  BudgetManageDialog *self = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  self = g_object_new (BUDGET_TYPE_MANAGE_DIALOG, NULL);
  self->is_people = TRUE;
  gtk_window_set_title (GTK_WINDOW (self), _("People"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_button), "win.add-person");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add_button), _("Add a Person"));
  gtk_list_box_bind_model (self->rows, budget_book_get_users (book), create_row, self, NULL);

  return GTK_WIDGET (self);
}
