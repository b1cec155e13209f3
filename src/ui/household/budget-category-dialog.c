/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-dialog.h"
#include "budget-starter.h"

#include <glib/gi18n.h>

/**
 * BudgetCategoryDialog:
 *
 * A form to add or edit a category.
 */

struct _BudgetCategoryDialog
{
  BudgetFormDialog parent_instance;

  BudgetCategory *category; /* the one to change, or %NULL */

  GtkWidget *name_row;
  BudgetFieldMessage *name_message;
  GtkWidget *color_button;
  AdwComboRow *kind_row;
};

G_DEFINE_FINAL_TYPE (BudgetCategoryDialog, budget_category_dialog, BUDGET_TYPE_FORM_DIALOG)

/* Each field shows its own error. */
static gboolean
set_fields (BudgetCategoryDialog *self, BudgetCategory *category)
{
  g_autofree char *color = NULL;
  GdkRGBA rgba;

  if (!budget_form_dialog_set_text (BUDGET_FORM_DIALOG (self), category, "name", self->name_row,
                                    self->name_message))
    return FALSE;

  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (self->color_button), &rgba);
  color = g_strdup_printf ("#%02X%02X%02X", (guint) (rgba.red * 255 + 0.5),
                           (guint) (rgba.green * 255 + 0.5), (guint) (rgba.blue * 255 + 0.5));

  return budget_category_set_color (category, color) &&
         budget_category_set_kind (category, adw_combo_row_get_selected (self->kind_row));
}

static gboolean
budget_category_dialog_save (BudgetFormDialog *form, char **label, GError **error)
{
  BudgetCategoryDialog *self = BUDGET_CATEGORY_DIALOG (form);
  OrmSession *session = budget_book_get_session (budget_form_dialog_get_book (form));
  g_autoptr (BudgetCategory) trial = budget_category_new ();

  /* Validate on a category outside the book first, so that no list shows a mistake. */
  if (!set_fields (self, trial))
    return FALSE;
  if (self->category != NULL && !set_fields (self, self->category))
    return FALSE;
  if (self->category == NULL && !orm_session_add (session, trial, error))
    return FALSE;

  /* Translators: %s is the name of a category */
  *label =
    g_strdup_printf (self->category != NULL ? _("Changed “%s”")
                                            : _("Added “%s”"), budget_category_get_name (trial));
  return TRUE;
}

static void
budget_category_dialog_dispose (GObject *object)
{
  g_clear_object (&BUDGET_CATEGORY_DIALOG (object)->category);

  G_OBJECT_CLASS (budget_category_dialog_parent_class)->dispose (object);
}

static void
budget_category_dialog_class_init (BudgetCategoryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_category_dialog_dispose;
  BUDGET_FORM_DIALOG_CLASS (klass)->save = budget_category_dialog_save;

  g_type_ensure (BUDGET_TYPE_FIELD_MESSAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-category-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetCategoryDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, BudgetCategoryDialog, name_message);
  gtk_widget_class_bind_template_child (widget_class, BudgetCategoryDialog, color_button);
  gtk_widget_class_bind_template_child (widget_class, BudgetCategoryDialog, kind_row);
}

static void
budget_category_dialog_init (BudgetCategoryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_color (BudgetCategoryDialog *self, const char *color)
{
  GdkRGBA rgba;

  if (color != NULL && gdk_rgba_parse (&rgba, color))
    gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->color_button), &rgba);
}

/**
 * budget_category_dialog_new:
 * @book: a book
 * @category: (nullable): the category to change, or %NULL for a new one
 *
 * Returns: (transfer none): a form
 */
GtkWidget *
budget_category_dialog_new (BudgetBook *book, BudgetCategory *category)
{
  BudgetCategoryDialog *self = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (category == NULL || BUDGET_IS_CATEGORY (category), NULL);

  self = g_object_new (BUDGET_TYPE_CATEGORY_DIALOG, NULL);
  budget_form_dialog_set_book (BUDGET_FORM_DIALOG (self), book);
  gtk_window_set_title (GTK_WINDOW (self),
                        category != NULL ? _("Edit Category") : _("New Category"));
  show_color (self, category != NULL ? budget_category_get_color (category)
                                     : budget_starter_get_color (g_list_model_get_n_items (
                                         budget_book_get_categories (book))));
  if (g_set_object (&self->category, category))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name_row), budget_category_get_name (category));
      adw_combo_row_set_selected (self->kind_row, budget_category_get_kind (category));
    }

  return GTK_WIDGET (self);
}
