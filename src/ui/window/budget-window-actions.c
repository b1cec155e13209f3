/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-dialog.h"
#include "budget-expense-dialog.h"
#include "budget-import-history-dialog.h"
#include "budget-manage-dialog.h"
#include "budget-person-dialog.h"
#include "budget-rules-dialog.h"
#include "budget-ui-text.h"
#include "budget-window-private.h"

#include <glib/gi18n.h>

/* The actions of the window, for menus, keys, buttons and tests. */

static void
on_dialog_saved (BudgetWindow *self, const char *label)
{
  _budget_window_show_done (self, label);
}

static void
present (BudgetWindow *self, GtkWidget *dialog)
{
  GtkWindow *parent = GTK_WINDOW (self);
  GListModel *toplevels = gtk_window_get_toplevels ();

  /* Above the list of categories or people, if that is what it was opened from. */
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (BUDGET_IS_MANAGE_DIALOG (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        parent = window;
    }

  gtk_window_set_transient_for (GTK_WINDOW (dialog), parent);
  gtk_widget_insert_action_group (dialog, "win", G_ACTION_GROUP (self));
  if (BUDGET_IS_FORM_DIALOG (dialog))
    g_signal_connect_object (dialog, "saved", G_CALLBACK (on_dialog_saved), self,
                             G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_expense (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;
  GtkWidget *dialog = budget_expense_dialog_new (budget_window_get_book (self), NULL);

  budget_expense_dialog_set_category (BUDGET_EXPENSE_DIALOG (dialog),
                                      budget_filter_get_category (budget_window_get_filter (self)));
  budget_expense_dialog_set_user (BUDGET_EXPENSE_DIALOG (dialog),
                                  budget_filter_get_user (budget_window_get_filter (self)));
  present (self, dialog);
}

static GPtrArray *
dup_selected (BudgetWindow *self)
{
  return budget_expense_list_dup_selected (
    budget_expense_pane_get_list (_budget_window_get_expense_pane (self)));
}

static void
edit_expense (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;
  g_autoptr (GPtrArray) selected = dup_selected (self);

  if (selected->len > 0)
    {
      BudgetExpense *expense = g_ptr_array_index (selected, 0);
      GtkWidget *dialog = budget_expense_dialog_new (budget_window_get_book (self), expense);

      _budget_window_watch_category (self, dialog, expense);
      present (self, dialog);
    }
}

static void
delete_expenses (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;
  OrmSession *session = budget_book_get_session (budget_window_get_book (self));
  g_autoptr (GPtrArray) selected = dup_selected (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  if (selected->len == 0)
    return;

  label = selected->len == 1
    /* Translators: %s is the description of an expense */
    ? g_strdup_printf (_("Deleted “%s”"),
                          budget_expense_get_description (g_ptr_array_index (selected, 0)))
    : g_strdup_printf (ngettext ("Deleted %u expense", "Deleted %u expenses", selected->len),
                       selected->len);
  orm_session_begin_group (session, label);
  for (guint i = 0; error == NULL && i < selected->len; i++)
    orm_session_delete (session, g_ptr_array_index (selected, i), &error);
  orm_session_end_group (session);

  if (error != NULL)
    _budget_window_abandon (self, error);
  else
    _budget_window_commit (self, label);
}

/* Gives all selected expenses another category or person, in one step. */
static void
set_for_selected (BudgetWindow *self, const char *property, gpointer target)
{
  OrmSession *session = budget_book_get_session (budget_window_get_book (self));
  g_autoptr (GPtrArray) selected = dup_selected (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  if (selected->len == 0)
    return;

  g_object_get (target, "name", &name, NULL);
  label = g_strdup_printf (
    /* Translators: %s is the name of a category or a person */
    ngettext ("Moved %u expense to %s", "Moved %u expenses to %s", selected->len), selected->len,
    name);
  g_value_init (&value, G_TYPE_OBJECT);
  g_value_set_object (&value, target);

  orm_session_begin_group (session, label);
  for (guint i = 0; error == NULL && i < selected->len; i++)
    orm_entity_set (g_ptr_array_index (selected, i), property, &value, &error);
  orm_session_end_group (session);

  if (error != NULL)
    _budget_window_abandon (self, error);
  else if (_budget_window_commit (self, label) && g_str_equal (property, "category"))
    _budget_window_offer_rule (self, selected);
}

static gpointer
find_by_id (BudgetWindow *self, GType type, GVariant *parameter)
{
  g_autoptr (GError) error = NULL;
  gpointer entity = orm_session_get (budget_book_get_session (budget_window_get_book (self)), type,
                                     g_variant_get_int64 (parameter), &error);

  if (entity == NULL)
    _budget_window_show_problem (self, error != NULL ? error->message : _("It no longer exists"));

  return entity;
}

static void
change_category (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (BudgetCategory) category = find_by_id (user_data, BUDGET_TYPE_CATEGORY, parameter);

  if (category != NULL)
    set_for_selected (user_data, "category", category);
}

static void
change_person (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (BudgetUser) user = find_by_id (user_data, BUDGET_TYPE_USER, parameter);

  if (user != NULL)
    set_for_selected (user_data, "user", user);
}

static void
add_category (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  present (self, budget_category_dialog_new (budget_window_get_book (self), NULL));
}

static void
edit_category (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;
  g_autoptr (BudgetCategory) category = find_by_id (self, BUDGET_TYPE_CATEGORY, parameter);

  if (category != NULL)
    present (self, budget_category_dialog_new (budget_window_get_book (self), category));
}

static void
delete_category (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (BudgetCategory) category = find_by_id (user_data, BUDGET_TYPE_CATEGORY, parameter);

  if (category != NULL)
    _budget_window_delete_category (user_data, category);
}

static void
add_person (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  present (self, budget_person_dialog_new (budget_window_get_book (self), NULL));
}

static void
edit_person (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;
  g_autoptr (BudgetUser) user = find_by_id (self, BUDGET_TYPE_USER, parameter);

  if (user != NULL)
    present (self, budget_person_dialog_new (budget_window_get_book (self), user));
}

static void
delete_person (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (BudgetUser) user = find_by_id (user_data, BUDGET_TYPE_USER, parameter);

  if (user != NULL)
    _budget_window_delete_user (user_data, user);
}

static void
manage_categories (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  present (self, budget_manage_dialog_new_for_categories (budget_window_get_book (self)));
}

static void
manage_people (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  present (self, budget_manage_dialog_new_for_people (budget_window_get_book (self)));
}

static void
manage_rules (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  present (self, budget_rules_dialog_new (budget_window_get_book (self)));
}

static void
learn_rule (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GVariant) id = g_variant_get_child_value (parameter, 1);
  g_autoptr (BudgetCategory) category = find_by_id (user_data, BUDGET_TYPE_CATEGORY, id);
  const char *description;

  g_variant_get_child (parameter, 0, "&s", &description);
  if (category != NULL)
    _budget_window_learn_rule (user_data, description, category);
}

/* Undoing a step may delete the category or person that the list is filtered by. */
static void
drop_deleted_filters (BudgetWindow *self)
{
  gpointer category = budget_filter_get_category (budget_window_get_filter (self));
  gpointer user = budget_filter_get_user (budget_window_get_filter (self));

  if (category != NULL && orm_entity_get_state (category) != ORM_ENTITY_PERSISTENT)
    budget_filter_set_category (budget_window_get_filter (self), NULL);
  if (user != NULL && orm_entity_get_state (user) != ORM_ENTITY_PERSISTENT)
    budget_filter_set_user (budget_window_get_filter (self), NULL);
}

static void
undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  _budget_window_withdraw_offers (self);
  if (!budget_book_undo (budget_window_get_book (self), &label, &error))
    _budget_window_abandon (self, error);
  drop_deleted_filters (self);
  _budget_window_update_actions (self);
}

static void
redo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  if (budget_book_redo (budget_window_get_book (self), &label, &error))
    _budget_window_show_done (self, label != NULL ? label : _("Done again"));
  else
    _budget_window_abandon (self, error);
  drop_deleted_filters (self);
}

static void
search (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  _budget_window_show_pane (self, _budget_window_get_expense_pane (self));
  budget_expense_pane_start_search (_budget_window_get_expense_pane (self));
}

static void
previous_period (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;
  g_autoptr (BudgetPeriod) period =
    budget_period_previous (budget_filter_get_period (budget_window_get_filter (self)));

  budget_filter_set_period (budget_window_get_filter (self), period);
}

static void
next_period (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;
  g_autoptr (BudgetPeriod) period =
    budget_period_next (budget_filter_get_period (budget_window_get_filter (self)));

  budget_filter_set_period (budget_window_get_filter (self), period);
}

static void
current_period (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;
  BudgetPeriodKind kind =
    budget_period_get_kind (budget_filter_get_period (budget_window_get_filter (self)));
  g_autoptr (BudgetPeriod) period = NULL;
  GDate today;

  budget_ui_get_today (&today);
  if (kind == BUDGET_PERIOD_CUSTOM)
    kind = BUDGET_PERIOD_MONTH;
  period = budget_period_new_for_date (kind, &today);
  budget_filter_set_period (budget_window_get_filter (self), period);
}

/* Another length, around the same days where that is possible. */
static void
change_period_kind (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  BudgetWindow *self = user_data;
  BudgetPeriod *old = budget_filter_get_period (budget_window_get_filter (self));
  g_autoptr (GEnumClass) klass = g_type_class_ref (BUDGET_TYPE_PERIOD_KIND);
  GEnumValue *kind = g_enum_get_value_by_nick (klass, g_variant_get_string (state, NULL));
  g_autoptr (BudgetPeriod) period = NULL;
  GDate date;

  if (kind == NULL || kind->value == BUDGET_PERIOD_CUSTOM)
    return;

  budget_ui_get_today (&date);
  if (!budget_period_contains (old, &date) && budget_period_get_first (old) != NULL)
    date = *budget_period_get_first (old);
  period = budget_period_new_for_date (kind->value, &date);
  budget_filter_set_period (budget_window_get_filter (self), period);
}

static void
set_person_filter (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  BudgetWindow *self = user_data;
  g_autoptr (BudgetUser) user = NULL;

  if (g_variant_get_int64 (state) != 0)
    user = find_by_id (self, BUDGET_TYPE_USER, state);
  budget_filter_set_user (budget_window_get_filter (self), user);
}

static void
clear_category (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  budget_filter_set_category (budget_window_get_filter (user_data), NULL);
}

static void
clear_person (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  budget_filter_set_user (budget_window_get_filter (user_data), NULL);
}

static void
clear_search (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  budget_filter_set_search (budget_window_get_filter (self), NULL);
  budget_expense_pane_stop_search (_budget_window_get_expense_pane (self));
}

static void
clear_filters (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  clear_category (action, parameter, user_data);
  clear_person (action, parameter, user_data);
  clear_search (action, parameter, user_data);
}

static void
show_expenses (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  _budget_window_show_pane (self, _budget_window_get_expense_pane (self));
}

static void
show_summary (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  _budget_window_show_pane (self, _budget_window_get_summary_pane (self));
}

static void
focus_entry_line (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  show_expenses (action, parameter, user_data);
  gtk_widget_grab_focus (GTK_WIDGET (budget_entry_line_get_entry (
    budget_expense_pane_get_entry_line (_budget_window_get_expense_pane (self)))));
}

static void
choose_period (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  show_summary (action, parameter, user_data);
  budget_period_switcher_open (
    budget_summary_pane_get_period_switcher (_budget_window_get_summary_pane (self)));
}

static void
export_expenses (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _budget_window_choose_export (user_data);
}

static void
import_statements (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _budget_window_choose_statements (user_data);
}

static void
show_import_history (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BudgetWindow *self = user_data;

  present (self, budget_import_history_dialog_new (budget_window_get_book (self)));
}

static void
open_book (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _budget_window_choose_book (user_data);
}

static void
open_own_book (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  budget_window_open_book (user_data, NULL);
}

static void
retry (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _budget_window_retry (user_data);
}

static const GActionEntry entries[] = {
  { "add", add_expense },
  { "add-category", add_category },
  { "add-person", add_person },
  { "categories", manage_categories },
  { "change-category", change_category, "x" },
  { "change-person", change_person, "x" },
  { "choose-period", choose_period },
  { "clear-category", clear_category },
  { "clear-filters", clear_filters },
  { "clear-person", clear_person },
  { "clear-search", clear_search },
  { "current-period", current_period },
  { "delete", delete_expenses },
  { "delete-category", delete_category, "x" },
  { "delete-person", delete_person, "x" },
  { "edit", edit_expense },
  { "edit-category", edit_category, "x" },
  { "edit-person", edit_person, "x" },
  { "export", export_expenses },
  { "import", import_statements },
  { "import-history", show_import_history },
  { "learn-rule", learn_rule, "(sx)" },
  { "next-period", next_period },
  { "open-book", open_book },
  { "open-own-book", open_own_book },
  { "people", manage_people },
  { "period-kind", NULL, "s", "'month'", change_period_kind },
  { "person", NULL, "x", "int64 0", set_person_filter },
  { "previous-period", previous_period },
  { "quick-entry", focus_entry_line },
  { "redo", redo },
  { "retry", retry },
  { "rules", manage_rules },
  { "search", search },
  { "show-expenses", show_expenses },
  { "show-summary", show_summary },
  { "undo", undo },
};

static void
set_enabled (BudgetWindow *self, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static void
set_state (BudgetWindow *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static void
update_selection_actions (BudgetWindow *self)
{
  GtkSelectionModel *selection = budget_expense_list_get_selection (
    budget_expense_pane_get_list (_budget_window_get_expense_pane (self)));
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);
  gboolean has_selected = budget_window_get_book (self) != NULL && !gtk_bitset_is_empty (selected);

  set_enabled (self, "edit", has_selected);
  set_enabled (self, "delete", has_selected);
  set_enabled (self, "change-category", has_selected);
  set_enabled (self, "change-person", has_selected);
}

void
_budget_window_install_actions (BudgetWindow *self)
{
  GtkSelectionModel *selection = budget_expense_list_get_selection (
    budget_expense_pane_get_list (_budget_window_get_expense_pane (self)));

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (selection, "selection-changed", G_CALLBACK (update_selection_actions),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (update_selection_actions), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * _budget_window_update_actions:
 * @self: a window
 *
 * Enables the actions that apply now, and updates their states.
 */
void
_budget_window_update_actions (BudgetWindow *self)
{
  static const char *const with_book[] = {
    "add",    "add-category", "add-person", "categories", "export", "import", "import-history",
    "people", "quick-entry",  "rules",      "search",
  };
  gboolean has_book = budget_window_get_book (self) != NULL;
  OrmSession *session = has_book ? budget_book_get_session (budget_window_get_book (self)) : NULL;
  BudgetUser *user = budget_filter_get_user (budget_window_get_filter (self));
  BudgetPeriodKind kind =
    budget_period_get_kind (budget_filter_get_period (budget_window_get_filter (self)));
  g_autoptr (GEnumClass) kinds = g_type_class_ref (BUDGET_TYPE_PERIOD_KIND);

  for (guint i = 0; i < G_N_ELEMENTS (with_book); i++)
    set_enabled (self, with_book[i], has_book);
  set_enabled (self, "undo", has_book && orm_session_can_undo (session));
  set_enabled (self, "redo", has_book && orm_session_can_redo (session));
  set_enabled (self, "previous-period", kind != BUDGET_PERIOD_EVERYTHING);
  set_enabled (self, "next-period", kind != BUDGET_PERIOD_EVERYTHING);
  set_state (self, "period-kind",
             g_variant_new_string (g_enum_get_value (kinds, kind)->value_nick));
  set_state (self, "person",
             g_variant_new_int64 (user != NULL ? orm_entity_get_id (ORM_ENTITY (user)) : 0));
  update_selection_actions (self);
}
