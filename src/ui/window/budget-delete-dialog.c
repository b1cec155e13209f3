/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-delete-dialog.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetDeleteDialog:
 *
 * Asks before a category or person with expenses is deleted: its expenses can
 * be deleted too, or moved to another category or person.
 */

struct _BudgetDeleteDialog
{
  AdwMessageDialog parent_instance;

  OrmEntity *owner;
  GPtrArray *others; /* in the order of the drop-down */
  GtkDropDown *drop_down;
};

enum
{
  SIGNAL_CONFIRMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetDeleteDialog, budget_delete_dialog, ADW_TYPE_MESSAGE_DIALOG)

static char *
dup_name (gpointer entity)
{
  char *name = NULL;

  g_object_get (entity, "name", &name, NULL);

  return name;
}

/* Offers the other categories or people to move the expenses to. */
static void
offer_others (BudgetDeleteDialog *self, GListModel *all)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (OrmEntity) other = g_list_model_get_item (all, i);
      g_autofree char *name = dup_name (other);

      if (other == self->owner)
        continue;

      gtk_string_list_append (names, name);
      g_ptr_array_add (self->others, g_steal_pointer (&other));
    }
  if (self->others->len == 0)
    return;

  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (G_LIST_MODEL (names)), NULL));
  budget_ui_set_label (self->drop_down, _("Move to"));
  adw_message_dialog_set_extra_child (dialog, GTK_WIDGET (self->drop_down));
  adw_message_dialog_add_response (dialog, "move", _("_Move"));
  adw_message_dialog_set_response_appearance (dialog, "move", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "move");
}

static void
show_question (BudgetDeleteDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  guint n_expenses =
    g_list_model_get_n_items (G_LIST_MODEL (orm_entity_get_collection (self->owner, "expenses")));
  g_autofree char *name = dup_name (self->owner);
  /* Translators: %s is the name of a category or a person */
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), name);
  g_autofree char *body = g_strdup_printf (
    ngettext ("%u expense belongs to it. It can be moved to another, or be deleted too.",
              "%u expenses belong to it. They can be moved to another, or be deleted too.",
              n_expenses),
    n_expenses);

  adw_message_dialog_set_heading (dialog, heading);
  adw_message_dialog_set_body (dialog, body);
  adw_message_dialog_add_response (dialog, "cancel", _("_Cancel"));
  adw_message_dialog_add_response (dialog, "delete", _("_Delete All"));
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
}

static void
budget_delete_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BudgetDeleteDialog *self = BUDGET_DELETE_DIALOG (dialog);
  guint selected;

  if (g_str_equal (response, "delete"))
    g_signal_emit (self, signals[SIGNAL_CONFIRMED], 0, NULL);
  if (!g_str_equal (response, "move"))
    return;

  selected = gtk_drop_down_get_selected (self->drop_down);
  if (selected < self->others->len)
    g_signal_emit (self, signals[SIGNAL_CONFIRMED], 0, g_ptr_array_index (self->others, selected));
}

static void
budget_delete_dialog_finalize (GObject *object)
{
  BudgetDeleteDialog *self = BUDGET_DELETE_DIALOG (object);

  g_clear_object (&self->owner);
  g_ptr_array_unref (self->others);

  G_OBJECT_CLASS (budget_delete_dialog_parent_class)->finalize (object);
}

static void
budget_delete_dialog_class_init (BudgetDeleteDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_delete_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = budget_delete_dialog_response;

  /**
   * BudgetDeleteDialog::confirmed:
   * @self: the dialog
   * @target: (nullable): where to move the expenses, or %NULL to delete them
   */
  signals[SIGNAL_CONFIRMED] =
    g_signal_new ("confirmed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, ORM_TYPE_ENTITY);
}

static void
budget_delete_dialog_init (BudgetDeleteDialog *self)
{
  self->others = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * budget_delete_dialog_new:
 * @book: a book
 * @owner: a category or person of @book
 *
 * Returns: (transfer floating): the question
 */
GtkWidget *
budget_delete_dialog_new (BudgetBook *book, OrmEntity *owner)
{
  BudgetDeleteDialog *self;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (BUDGET_IS_CATEGORY (owner) || BUDGET_IS_USER (owner), NULL);

  self = g_object_new (BUDGET_TYPE_DELETE_DIALOG, NULL);
  self->owner = g_object_ref (owner);
  show_question (self);
  offer_others (self, BUDGET_IS_CATEGORY (owner) ? budget_book_get_categories (book)
                                                 : budget_book_get_users (book));

  return GTK_WIDGET (self);
}

/**
 * budget_delete_dialog_get_owner:
 * @self: a dialog
 *
 * Returns: (transfer none): the category or person
 */
OrmEntity *
budget_delete_dialog_get_owner (BudgetDeleteDialog *self)
{
  g_return_val_if_fail (BUDGET_IS_DELETE_DIALOG (self), NULL);

  return self->owner;
}
