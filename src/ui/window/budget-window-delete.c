/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-ui-text.h"
#include "budget-user.h"
#include "budget-window-private.h"

#include <glib/gi18n.h>

/* A category or a person with expenses is asked about before it goes: they would go with it. */

typedef struct
{
  BudgetWindow *window;
  OrmEntity *owner;
  const char *relationship; /* what an expense calls it */
  GPtrArray *others;
  GtkDropDown *drop_down;
} Deletion;

static void
deletion_free (Deletion *self)
{
  g_object_unref (self->owner);
  g_ptr_array_unref (self->others);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

static char *
dup_name (gpointer entity)
{
  char *name = NULL;

  g_object_get (entity, "name", &name, NULL);

  return name;
}

static gboolean
move_expenses (Deletion *deletion, OrmEntity *target, GError **error)
{
  GListModel *expenses = G_LIST_MODEL (orm_entity_get_collection (deletion->owner, "expenses"));

  for (guint n_items = g_list_model_get_n_items (expenses); n_items > 0;
       n_items = g_list_model_get_n_items (expenses))
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (expenses, n_items - 1);
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, G_TYPE_OBJECT);
      g_value_set_object (&value, target);
      if (expense == NULL || !orm_entity_set (expense, deletion->relationship, &value, error))
        return FALSE;
      if (g_list_model_get_n_items (expenses) >= n_items)
        return FALSE;
    }

  return TRUE;
}

static void
delete_owner (Deletion *deletion, OrmEntity *target)
{
  BudgetWindow *self = deletion->window;
  OrmSession *session = budget_book_get_session (self->book);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dup_name (deletion->owner);
  /* Translators: %s is the name of a category or a person */
  g_autofree char *label = g_strdup_printf (_("Deleted “%s”"), name);
  gboolean is_done = FALSE;

  if ((gpointer) budget_filter_get_category (self->filter) == deletion->owner)
    budget_filter_set_category (self->filter, NULL);
  if ((gpointer) budget_filter_get_user (self->filter) == deletion->owner)
    budget_filter_set_user (self->filter, NULL);

  orm_session_begin_group (session, label);
  is_done = (target == NULL || move_expenses (deletion, target, &error)) &&
            orm_session_delete (session, deletion->owner, &error);
  orm_session_end_group (session);

  if (is_done)
    _budget_window_commit (self, label);
  else
    _budget_window_abandon (self, error);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Deletion *deletion)
{
  guint selected;

  if (g_str_equal (response, "delete"))
    delete_owner (deletion, NULL);
  if (!g_str_equal (response, "move"))
    return;

  selected = gtk_drop_down_get_selected (deletion->drop_down);
  if (selected < deletion->others->len)
    delete_owner (deletion, g_ptr_array_index (deletion->others, selected));
}

static void
on_dialog_destroy (Deletion *deletion)
{
  deletion_free (deletion);
}

/* Where the expenses may go instead. */
static void
offer_others (Deletion *deletion, AdwMessageDialog *dialog)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < deletion->others->len; i++)
    {
      g_autofree char *other = dup_name (g_ptr_array_index (deletion->others, i));

      gtk_string_list_append (names, other);
    }

  deletion->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  budget_ui_set_label (deletion->drop_down, _("Move to"));
  adw_message_dialog_set_extra_child (dialog, GTK_WIDGET (deletion->drop_down));
  adw_message_dialog_add_response (dialog, "move", _("_Move"));
  adw_message_dialog_set_response_appearance (dialog, "move", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "move");
}

static void
ask (Deletion *deletion, guint n_expenses)
{
  g_autofree char *name = dup_name (deletion->owner);
  /* Translators: %s is the name of a category or a person */
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), name);
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog = NULL;

  body = g_strdup_printf (
    ngettext ("%u expense belongs to it. It can be moved to another, or be deleted too.",
              "%u expenses belong to it. They can be moved to another, or be deleted too.",
              n_expenses),
    n_expenses);
  dialog =
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (deletion->window), heading, body));
  adw_message_dialog_add_response (dialog, "cancel", _("_Cancel"));
  adw_message_dialog_add_response (dialog, "delete", _("_Delete All"));
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  if (deletion->others->len > 0)
    offer_others (deletion, dialog);

  g_signal_connect (dialog, "response", G_CALLBACK (on_response), deletion);
  g_signal_connect_swapped (dialog, "destroy", G_CALLBACK (on_dialog_destroy), deletion);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
start (BudgetWindow *self, gpointer owner, const char *relationship, GListModel *all)
{
  g_autoptr (Deletion) deletion = g_new0 (Deletion, 1);
  GListModel *expenses = G_LIST_MODEL (orm_entity_get_collection (owner, "expenses"));
  guint n_expenses = g_list_model_get_n_items (expenses);

  deletion->window = self;
  deletion->owner = g_object_ref (owner);
  deletion->relationship = relationship;
  deletion->others = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (OrmEntity) other = g_list_model_get_item (all, i);

      if ((gpointer) other != owner)
        g_ptr_array_add (deletion->others, g_steal_pointer (&other));
    }

  if (n_expenses == 0)
    delete_owner (deletion, NULL);
  else
    ask (g_steal_pointer (&deletion), n_expenses);
}

void
_budget_window_delete_category (BudgetWindow *self, BudgetCategory *category)
{
  start (self, category, "category", budget_book_get_categories (self->book));
}

void
_budget_window_delete_user (BudgetWindow *self, BudgetUser *user)
{
  GListModel *users = budget_book_get_users (self->book);

  if (g_list_model_get_n_items (users) < 2)
    {
      _budget_window_show_problem (self, _("A book needs at least one person"));
      return;
    }

  start (self, user, "user", users);
}
