/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-editor.h"
#include "budget-draft-list-private.h"
#include "budget-draft-row.h"

/* The rows of the list as the keyboard finds them. */

/* The menu of what can be done with the selected. */
void
_budget_draft_list_pop_up (BudgetDraftList *self, double x, double y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* Returns: (nullable): the row that has the focus, if no part of it has */
static BudgetDraftRow *
find_focus_row (BudgetDraftList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child;

  if (focus == NULL || gtk_widget_get_parent (focus) != GTK_WIDGET (self->view))
    return NULL;

  child = gtk_widget_get_first_child (focus);
  return BUDGET_IS_DRAFT_ROW (child) ? BUDGET_DRAFT_ROW (child) : NULL;
}

guint
_budget_draft_list_get_focus (BudgetDraftList *self)
{
  BudgetDraftRow *row = find_focus_row (self);

  return row != NULL ? budget_draft_row_get_position (row) : GTK_INVALID_LIST_POSITION;
}

static GtkWidget *
find_row (BudgetDraftList *self, guint position)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (BUDGET_IS_DRAFT_ROW (row) && gtk_widget_get_mapped (row) &&
          budget_draft_row_get_position (BUDGET_DRAFT_ROW (row)) == position)
        return row;
    }

  return NULL;
}

/* Opens the form at the row that it is about. */
void
_budget_draft_list_edit (BudgetDraftList *self, guint position)
{
  g_autoptr (BudgetDraft) draft = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  GtkWidget *row;
  graphene_rect_t bounds;

  if (draft == NULL)
    return;

  row = find_row (self, position);
  if (row != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->editor),
                                 &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                                  (int) bounds.size.width,
                                                  (int) bounds.size.height });
  budget_draft_editor_edit (BUDGET_DRAFT_EDITOR (self->editor), self->book,
                            budget_importer_get_currency (self->importer), draft);
}

/* Keys are the rows' alone: a button within a row has its own use for them. */
static gboolean
on_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BudgetDraftList *self = user_data;
  const char *action = g_variant_get_string (arguments, NULL);
  BudgetDraftRow *row = find_focus_row (self);
  guint position;

  if (row == NULL)
    return FALSE;

  /* What is done to the selected is done to the one with the focus at least. */
  position = budget_draft_row_get_position (row);
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);

  if (!g_str_equal (action, "menu"))
    return gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);

  {
    double x = 0, y = 0;

    gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (self), 24,
                                      gtk_widget_get_height (GTK_WIDGET (row)) / 2.0, &x, &y);
    _budget_draft_list_pop_up (self, x, y);
  }
  return TRUE;
}

void
_budget_draft_list_add_keys (BudgetDraftList *self)
{
  static const struct
  {
    guint keyval;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_F2, 0, "drafts.edit" },
    { GDK_KEY_space, 0, "drafts.toggle" },
    { GDK_KEY_KP_Space, 0, "drafts.toggle" },
    { GDK_KEY_Delete, 0, "drafts.leave-out" },
    { GDK_KEY_KP_Delete, 0, "drafts.leave-out" },
    { GDK_KEY_Menu, 0, "menu" },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "menu" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* Before the row itself, for which the space bar selects. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
                          gtk_callback_action_new (on_key, self, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i].action));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}
