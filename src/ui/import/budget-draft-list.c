/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-editor.h"
#include "budget-draft-list.h"
#include "budget-draft-menu.h"
#include "budget-draft-row.h"
#include "budget-draft-sorter.h"
#include "budget-list-scroll.h"
#include "budget-money.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* The category stands below the description under this width. */
#define NARROW_WIDTH 520

/* A count of more selected than this is not worth waiting for. */
#define MAX_SEEN 1000

/**
 * BudgetDraftList:
 *
 * The transactions of an import, to be checked and corrected, one or many at
 * a time. Filtering and sorting the list does not change what is imported.
 */

struct _BudgetDraftList
{
  AdwBin parent_instance;

  BudgetBook *book;
  BudgetImporter *importer;
  BudgetImportChoices *choices; /* the dialog's */
  GMenuModel *categories;
  GMenuModel *context;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  GtkMultiSelection *selection;
  GtkCustomFilter *filter;
  BudgetDraftView view_shown;
  char *search; /* folded, or NULL */
  char *sort;
  BudgetDraft *recategorized; /* the latest whose category was set by hand */
  AdwToast *offer;
  gboolean is_narrow;
  gboolean is_filling;
  guint narrow_source;
  guint bar_source;

  GtkDropDown *views;
  GtkSearchEntry *search_entry;
  GtkLabel *summary;
  GtkMenuButton *selected_button;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkListView *view;
  GtkWidget *menu;
  GtkWidget *editor;
};

enum
{
  PROP_0,
  PROP_NARROW,
  PROP_SORT,
  N_PROPS
};

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetDraftList, budget_draft_list, ADW_TYPE_BIN)

static gboolean
matches (gpointer item, gpointer user_data)
{
  BudgetDraftList *self = user_data;
  BudgetDraft *draft = item;

  if (!budget_draft_view_has (self->view_shown, draft))
    return FALSE;

  return self->search == NULL || budget_draft_has_text (draft, self->search);
}

static void
update_state (BudgetDraftList *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0 &&
                      self->importer != NULL &&
                      g_list_model_get_n_items (G_LIST_MODEL (self->importer)) > 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
}

/*
 * A corrected row stays in place until the filter changes: a row that
 * disappeared while it is edited would be hard to find again.
 */
static void
filter_again (BudgetDraftList *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_state (self);
}

static GPtrArray *
dup_selected (BudgetDraftList *self)
{
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GPtrArray *drafts = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        gpointer draft = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

        if (draft != NULL)
          g_ptr_array_add (drafts, draft);
      }
    while (gtk_bitset_iter_next (&iter, &position));

  return drafts;
}

static void
note_choice (BudgetDraftList *self, BudgetDraft *draft, const char *property)
{
  if (self->choices != NULL)
    budget_import_choices_note (self->choices, draft, property);
}

static void
show_views (BudgetDraftList *self)
{
  GListModel *drafts = G_LIST_MODEL (self->importer);
  guint n_drafts = drafts != NULL ? g_list_model_get_n_items (drafts) : 0;
  guint counts[BUDGET_N_DRAFT_VIEWS] = { 0 };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < n_drafts; i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (drafts, i);

      for (guint j = 0; j < BUDGET_N_DRAFT_VIEWS; j++)
        counts[j] += budget_draft_view_has (j, draft);
    }

  for (guint i = 0; i < BUDGET_N_DRAFT_VIEWS; i++)
    {
      /* Translators: which rows are shown, and how many of them there are */
      g_autofree char *name =
        g_strdup_printf (_("%1$s (%2$u)"), budget_draft_view_get_name (i), counts[i]);

      gtk_string_list_append (names, name);
    }

  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->views, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->views, self->view_shown);
  self->is_filling = FALSE;
}

static void
show_summary (BudgetDraftList *self)
{
  g_autofree char *text = NULL;

  if (self->importer == NULL)
    return;

  text = budget_importer_describe_counts (self->importer);
  gtk_label_set_label (self->summary, text);
}

/* Disables actions that apply to none of the selected. Many selected are not counted. */
static void
enable_actions (BudgetDraftList *self, GtkBitset *selected)
{
  GListModel *drafts = G_LIST_MODEL (self->selection);
  gboolean can_match = FALSE;
  gboolean can_transfer = FALSE;
  GtkBitsetIter iter;
  guint position;
  guint n_seen = 0;

  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        g_autoptr (BudgetDraft) draft = g_list_model_get_item (drafts, position);

        can_match |= draft != NULL && budget_draft_can_match (draft);
        can_transfer |= draft != NULL && budget_draft_can_transfer (draft);
      }
    while (++n_seen < MAX_SEEN && !(can_match && can_transfer) &&
           gtk_bitset_iter_next (&iter, &position));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "drafts.set-matched",
                                 can_match || n_seen == MAX_SEEN);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "drafts.set-transfer",
                                 can_transfer || n_seen == MAX_SEEN);
}

static void
show_selected (BudgetDraftList *self)
{
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint n_selected = (guint) gtk_bitset_get_size (selected);
  g_autofree char *label =
    /* Translators: how many rows are selected */
    g_strdup_printf (ngettext ("%u Selected", "%u Selected", n_selected), n_selected);

  gtk_menu_button_set_label (self->selected_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->selected_button), n_selected > 0);
  enable_actions (self, selected);
}

static void
update_bar (BudgetDraftList *self)
{
  show_views (self);
  show_summary (self);
  show_selected (self);
}

static gboolean
on_bar_idle (gpointer user_data)
{
  BudgetDraftList *self = user_data;

  self->bar_source = 0;
  update_bar (self);
  return G_SOURCE_REMOVE;
}

/* Many changes cause one update. */
static void
queue_bar (BudgetDraftList *self)
{
  if (self->bar_source == 0)
    self->bar_source = g_idle_add_full (GTK_PRIORITY_RESIZE, on_bar_idle, self, NULL);
}

static void
tell_edited (BudgetDraftList *self)
{
  queue_bar (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static gboolean
is_usable (BudgetDraft *draft)
{
  return budget_draft_get_state (draft) != BUDGET_DRAFT_REJECTED;
}

static void
include_all (BudgetDraftList *self, GPtrArray *drafts, gboolean include)
{
  for (guint i = 0; i < drafts->len; i++)
    if (is_usable (g_ptr_array_index (drafts, i)))
      {
        budget_draft_set_include (g_ptr_array_index (drafts, i), include);
        note_choice (self, g_ptr_array_index (drafts, i), "include");
      }
  tell_edited (self);
}

static void
include (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GPtrArray) drafts = dup_selected (BUDGET_DRAFT_LIST (widget));

  include_all (BUDGET_DRAFT_LIST (widget), drafts, TRUE);
}

static void
on_row_toggled (BudgetDraftList *self, gboolean include, BudgetDraftRow *row)
{
  BudgetDraft *draft = budget_draft_row_get_draft (row);

  budget_draft_set_include (draft, include);
  note_choice (self, draft, "include");
  tell_edited (self);
}

static gboolean
is_called_so (BudgetDraft *draft, BudgetDraft *other)
{
  return g_strcmp0 (budget_draft_get_description (draft), budget_draft_get_description (other)) ==
         0;
}

/* Whether a draft may get the category of another with the same description. */
static gboolean
may_follow (BudgetDraft *draft, BudgetDraft *recategorized)
{
  return draft != recategorized && is_usable (draft) && is_called_so (draft, recategorized) &&
         !budget_draft_get_transfer (draft) &&
         budget_draft_get_category (draft) != budget_draft_get_category (recategorized);
}

static guint
apply_category_to_similar (BudgetDraftList *self, gboolean only_count)
{
  GListModel *drafts = G_LIST_MODEL (self->importer);
  guint n_alike = 0;

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (drafts, i);

      if (!may_follow (draft, self->recategorized))
        continue;

      n_alike++;
      if (only_count)
        continue;
      budget_draft_set_category (draft, budget_draft_get_category (self->recategorized));
      note_choice (self, draft, "category");
    }

  return n_alike;
}

static void
on_offer_dismissed (BudgetDraftList *self, AdwToast *toast)
{
  if (self->offer == toast)
    self->offer = NULL;
}

static void
offer_the_same (BudgetDraftList *self)
{
  guint n_alike = apply_category_to_similar (self, TRUE);
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  if (self->offer != NULL)
    adw_toast_dismiss (self->offer);
  if (n_alike == 0)
    return;

  text = g_strdup_printf (
    /* Translators: %1$u more transactions have the description %2$s */
    ngettext ("%1$u more transaction named “%2$s”", "%1$u more transactions named “%2$s”", n_alike),
    n_alike, budget_draft_get_description (self->recategorized));
  title = g_markup_escape_text (text, -1);
  self->offer = adw_toast_new (title);
  /* Translators: a button that sets the category of all transactions of one description */
  adw_toast_set_button_label (self->offer, _("_Apply to All"));
  adw_toast_set_action_name (self->offer, "drafts.same-for-all");
  g_signal_connect_object (self->offer, "dismissed", G_CALLBACK (on_offer_dismissed), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, self->offer);
}

/* Sets the category of one, and offers to apply it to all of the same description. */
static void
set_category (BudgetDraftList *self, BudgetDraft *draft, BudgetCategory *category)
{
  budget_draft_set_category (draft, category);
  note_choice (self, draft, "category");
  g_set_object (&self->recategorized, draft);
  offer_the_same (self);
  tell_edited (self);
}

static void
on_row_category_chosen (BudgetDraftList *self, gint64 id, BudgetDraftRow *row)
{
  g_autoptr (BudgetCategory) category =
    orm_session_get (budget_book_get_session (self->book), BUDGET_TYPE_CATEGORY, id, NULL);

  if (category != NULL)
    set_category (self, budget_draft_row_get_draft (row), category);
}

/* The menu of actions for the selected. */
static void
pop_up_menu (BudgetDraftList *self, double x, double y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_row_pressed (BudgetDraftList *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  guint position = budget_draft_row_get_position (BUDGET_DRAFT_ROW (row));
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  if (!gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);

  gtk_widget_translate_coordinates (row, GTK_WIDGET (self), x, y, &x, &y);
  pop_up_menu (self, x, y);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_factory_setup (BudgetDraftList *self, GtkListItem *item)
{
  GtkWidget *row = budget_draft_row_new (self->book, budget_importer_get_currency (self->importer),
                                         self->categories);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_row_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (row, "category-chosen", G_CALLBACK (on_row_category_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "toggled", G_CALLBACK (on_row_toggled), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self, "narrow", row, "compact", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

static void
on_factory_bind (BudgetDraftList *self, GtkListItem *item)
{
  budget_draft_row_show (BUDGET_DRAFT_ROW (gtk_list_item_get_child (item)),
                         gtk_list_item_get_item (item), gtk_list_item_get_position (item));
}

static void
on_factory_unbind (BudgetDraftList *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  if (row != NULL)
    budget_draft_row_clear (BUDGET_DRAFT_ROW (row));
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

/* Opens the form at its row. */
static void
edit_position (BudgetDraftList *self, guint position)
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

static void
on_view_activate (BudgetDraftList *self, guint position)
{
  edit_position (self, position);
}

static void
on_editor_edited (BudgetDraftList *self, BudgetDraft *draft, const char *property)
{
  note_choice (self, draft, property);
  tell_edited (self);
}

static void
on_editor_closed (BudgetDraftList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
set_narrow (BudgetDraftList *self, gboolean is_narrow)
{
  if (self->is_narrow == is_narrow)
    return;

  self->is_narrow = is_narrow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static gboolean
on_narrow_idle (gpointer user_data)
{
  BudgetDraftList *self = user_data;

  self->narrow_source = 0;
  set_narrow (self, gtk_widget_get_width (GTK_WIDGET (self)) < NARROW_WIDTH);
  return G_SOURCE_REMOVE;
}

static void
install_signals (GType type)
{
  /**
   * BudgetDraftList::edited:
   * @self: the list
   *
   * The user changed drafts.
   */
  signals[SIGNAL_EDITED] =
    g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
on_show_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  budget_draft_list_set_search (self, NULL);
  gtk_drop_down_set_selected (self->views, BUDGET_DRAFT_VIEW_ALL);
}

static void
add_models (BudgetDraftList *self)
{
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, GTK_FILTER (self->filter));
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (self->filtered), NULL);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (self->sorted));
}

static gpointer
find_entity (BudgetDraftList *self, GType type, GVariant *id)
{
  return orm_session_get (budget_book_get_session (self->book), type, g_variant_get_int64 (id),
                          NULL);
}

static void
same_for_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);

  if (self->recategorized == NULL)
    return;

  apply_category_to_similar (self, FALSE);
  tell_edited (self);
}

static void
change_category (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = dup_selected (self);
  g_autoptr (BudgetCategory) category = find_entity (self, BUDGET_TYPE_CATEGORY, parameter);

  if (category == NULL)
    return;

  if (drafts->len == 1)
    {
      set_category (self, g_ptr_array_index (drafts, 0), category);
      return;
    }

  for (guint i = 0; i < drafts->len; i++)
    {
      budget_draft_set_category (g_ptr_array_index (drafts, i), category);
      note_choice (self, g_ptr_array_index (drafts, i), "category");
    }
  tell_edited (self);
}

static void
change_person (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = dup_selected (self);
  g_autoptr (BudgetUser) user = find_entity (self, BUDGET_TYPE_USER, parameter);

  for (guint i = 0; user != NULL && i < drafts->len; i++)
    {
      budget_draft_set_user (g_ptr_array_index (drafts, i), user);
      note_choice (self, g_ptr_array_index (drafts, i), "user");
    }
  tell_edited (self);
}

static void
leave_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GPtrArray) drafts = dup_selected (BUDGET_DRAFT_LIST (widget));

  include_all (BUDGET_DRAFT_LIST (widget), drafts, FALSE);
}

/* All become the opposite of the first that can be matched. */
static void
toggle (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GPtrArray) drafts = dup_selected (BUDGET_DRAFT_LIST (widget));

  for (guint i = 0; i < drafts->len; i++)
    if (is_usable (g_ptr_array_index (drafts, i)))
      {
        include_all (BUDGET_DRAFT_LIST (widget), drafts,
                     !budget_draft_get_include (g_ptr_array_index (drafts, i)));
        return;
      }
}

static void
turn_sign (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = dup_selected (self);

  for (guint i = 0; i < drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (drafts, i);

      if (!is_usable (draft) || budget_draft_get_amount (draft) == 0)
        continue;
      budget_draft_set_amount (draft, -budget_draft_get_amount (draft));
      note_choice (self, draft, "amount");
    }
  tell_edited (self);
}

static gboolean
shift (GDate *date, int count, char unit)
{
  if (unit == 'd' && count > 0)
    g_date_add_days (date, (guint) count);
  else if (unit == 'd' && g_date_get_julian (date) > (guint) -count)
    g_date_subtract_days (date, (guint) -count);
  else if (unit == 'm' && count > 0)
    g_date_add_months (date, (guint) count);
  else if (unit == 'm' && g_date_get_year (date) > 1)
    g_date_subtract_months (date, (guint) -count);
  else if (unit == 'y' && count > 0)
    g_date_add_years (date, (guint) count);
  else if (unit == 'y' && g_date_get_year (date) > 1)
    g_date_subtract_years (date, (guint) -count);

  return g_date_valid (date) && g_date_get_year (date) <= 9999;
}

static void
shift_dates (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = dup_selected (self);
  int count = 0;
  char unit = '\0';

  if (sscanf (g_variant_get_string (parameter, NULL), "%d%c", &count, &unit) != 2)
    return;

  for (guint i = 0; i < drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (drafts, i);
      GDate date;

      if (budget_draft_get_date (draft) == NULL)
        continue;
      date = *budget_draft_get_date (draft);
      if (!shift (&date, count, unit))
        continue;
      budget_draft_set_date (draft, &date);
      note_choice (self, draft, "date");
    }
  tell_edited (self);
}

static void
set_matched (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = dup_selected (self);

  for (guint i = 0; i < drafts->len; i++)
    if (budget_draft_can_match (g_ptr_array_index (drafts, i)))
      {
        budget_draft_set_matched (g_ptr_array_index (drafts, i), g_variant_get_boolean (parameter));
        note_choice (self, g_ptr_array_index (drafts, i), "matched");
      }
  tell_edited (self);
}

static void
set_transfer (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = dup_selected (self);

  for (guint i = 0; i < drafts->len; i++)
    if (budget_draft_can_transfer (g_ptr_array_index (drafts, i)))
      {
        budget_draft_set_transfer (g_ptr_array_index (drafts, i),
                                   g_variant_get_boolean (parameter));
        note_choice (self, g_ptr_array_index (drafts, i), "transfer");
      }
  tell_edited (self);
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

static guint
get_focus_position (BudgetDraftList *self)
{
  BudgetDraftRow *row = find_focus_row (self);

  return row != NULL ? budget_draft_row_get_position (row) : GTK_INVALID_LIST_POSITION;
}

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint position = get_focus_position (self);

  if (position == GTK_INVALID_LIST_POSITION && !gtk_bitset_is_empty (selected))
    position = gtk_bitset_get_minimum (selected);
  if (position != GTK_INVALID_LIST_POSITION)
    edit_position (self, position);
}

static void
select_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (BUDGET_DRAFT_LIST (widget)->selection));
}

static void
sort_by (BudgetDraftList *self, const char *sort)
{
  g_autoptr (GtkSorter) sorter = budget_draft_sorter_new (sort);

  g_free (self->sort);
  self->sort = g_strdup (sort != NULL ? sort : "file");
  gtk_sort_list_model_set_sorter (self->sorted, sorter);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "drafts.edit", NULL, edit);
  gtk_widget_class_install_action (widget_class, "drafts.change-category", "x", change_category);
  gtk_widget_class_install_action (widget_class, "drafts.change-person", "x", change_person);
  gtk_widget_class_install_action (widget_class, "drafts.include", NULL, include);
  gtk_widget_class_install_action (widget_class, "drafts.leave-out", NULL, leave_out);
  gtk_widget_class_install_action (widget_class, "drafts.same-for-all", NULL, same_for_all);
  gtk_widget_class_install_action (widget_class, "drafts.select-all", NULL, select_all);
  gtk_widget_class_install_action (widget_class, "drafts.set-matched", "b", set_matched);
  gtk_widget_class_install_action (widget_class, "drafts.set-transfer", "b", set_transfer);
  gtk_widget_class_install_action (widget_class, "drafts.shift-dates", "s", shift_dates);
  gtk_widget_class_install_action (widget_class, "drafts.toggle", NULL, toggle);
  gtk_widget_class_install_action (widget_class, "drafts.turn-sign", NULL, turn_sign);
}

static void
on_views_notify_selected (BudgetDraftList *self)
{
  guint selected = gtk_drop_down_get_selected (self->views);

  if (!self->is_filling && selected < BUDGET_N_DRAFT_VIEWS)
    budget_draft_list_set_view (self, selected);
}

static void
on_search_changed (BudgetDraftList *self)
{
  budget_draft_list_set_search (self, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* Escape leaves the search before it leaves the window. */
static void
on_search_stopped (BudgetDraftList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
init_bar (BudgetDraftList *self)
{
  g_signal_connect_object (self->views, "notify::selected", G_CALLBACK (on_views_notify_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_entry, "search-changed", G_CALLBACK (on_search_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_entry, "stop-search", G_CALLBACK (on_search_stopped), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (show_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (queue_bar), self,
                           G_CONNECT_SWAPPED);
  budget_ui_set_label (self->search_entry, _("Search the transactions"));
  budget_ui_set_label (self->views, _("Which transactions are shown"));
}

/* Only for the rows themselves: buttons inside them use the same keys. */
static gboolean
on_key (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BudgetDraftList *self = user_data;
  const char *action = g_variant_get_string (arguments, NULL);
  BudgetDraftRow *row = find_focus_row (self);
  guint position;

  if (row == NULL)
    return FALSE;

  /* Select the row with the focus, so that the action applies to it, too. */
  position = budget_draft_row_get_position (row);
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);

  if (!g_str_equal (action, "menu"))
    return gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);

  {
    double x = 0, y = 0;

    gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (self), 24,
                                      gtk_widget_get_height (GTK_WIDGET (row)) / 2.0, &x, &y);
    pop_up_menu (self, x, y);
  }
  return TRUE;
}

static void
add_keys (BudgetDraftList *self)
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

static void
budget_draft_list_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      NULL, NULL);

  /* Rows that need more room than there is become narrow ones. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 280);
}

static void
budget_draft_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int minimum = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (width, minimum), height, baseline, NULL);
  if ((width < NARROW_WIDTH) != self->is_narrow && self->narrow_source == 0)
    self->narrow_source = g_idle_add_full (GTK_PRIORITY_RESIZE, on_narrow_idle, self, NULL);
  gtk_popover_present (GTK_POPOVER (self->menu));
  gtk_popover_present (GTK_POPOVER (self->editor));
}

static void
budget_draft_list_dispose (GObject *object)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (object);

  g_clear_handle_id (&self->narrow_source, g_source_remove);
  g_clear_handle_id (&self->bar_source, g_source_remove);
  self->choices = NULL;
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->editor, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->recategorized);
  g_clear_object (&self->importer);
  g_clear_object (&self->categories);
  g_clear_object (&self->context);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_draft_list_parent_class)->dispose (object);
}

static void
budget_draft_list_finalize (GObject *object)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (object);

  g_free (self->search);
  g_free (self->sort);

  G_OBJECT_CLASS (budget_draft_list_parent_class)->finalize (object);
}

static void
budget_draft_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, BUDGET_DRAFT_LIST (object)->is_narrow);
      break;

    case PROP_SORT:
      g_value_set_string (value, BUDGET_DRAFT_LIST (object)->sort);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_draft_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SORT:
      sort_by (BUDGET_DRAFT_LIST (object), g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_draft_list_class_init (BudgetDraftListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = budget_draft_list_dispose;
  object_class->finalize = budget_draft_list_finalize;
  object_class->get_property = budget_draft_list_get_property;
  object_class->set_property = budget_draft_list_set_property;
  widget_class->measure = budget_draft_list_measure;
  widget_class->size_allocate = budget_draft_list_size_allocate;

  /**
   * BudgetDraftList:narrow:
   *
   * Whether there is no room for the category beside the description.
   */
  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  /**
   * BudgetDraftList:sort:
   *
   * The order: `file`, `oldest`, `newest`, `smallest`, `largest`,
   * `category`, `description` or `state`.
   */
  properties[PROP_SORT] =
    g_param_spec_string ("sort", NULL, NULL, "file", (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-draft-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetDraftList, menu);
  gtk_widget_class_bind_template_child (widget_class, BudgetDraftList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BudgetDraftList, selected_button);
  gtk_widget_class_bind_template_child (widget_class, BudgetDraftList, stack);
  gtk_widget_class_bind_template_child (widget_class, BudgetDraftList, summary);
  gtk_widget_class_bind_template_child (widget_class, BudgetDraftList, toasts);
  gtk_widget_class_bind_template_child (widget_class, BudgetDraftList, view);
  gtk_widget_class_bind_template_child (widget_class, BudgetDraftList, views);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_view_activate);
  gtk_widget_class_install_action (widget_class, "drafts.show-all", NULL, on_show_all);
  gtk_widget_class_install_property_action (widget_class, "drafts.sort", "sort");
  install_actions (widget_class);
}

static void
budget_draft_list_init (BudgetDraftList *self)
{
  self->sort = g_strdup ("file");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  /* The bin's own would allocate the child without asking how narrow it is. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);

  self->editor = budget_draft_editor_new ();
  gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
  g_signal_connect_object (self->editor, "edited", G_CALLBACK (on_editor_edited), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "closed", G_CALLBACK (on_editor_closed), self,
                           G_CONNECT_SWAPPED);

  add_models (self);
  init_bar (self);
  add_keys (self);
  budget_list_work_around_scroll_jump (GTK_SCROLLABLE (self->view));
}

/**
 * budget_draft_list_set_book:
 * @self: a list, once
 * @book: the book that the drafts are for
 * @choices: where what somebody says of them is kept; it has to outlive @self
 */
void
budget_draft_list_set_book (BudgetDraftList *self, BudgetBook *book, BudgetImportChoices *choices)
{
  g_return_if_fail (BUDGET_IS_DRAFT_LIST (self));
  g_return_if_fail (BUDGET_IS_BOOK (book));
  g_return_if_fail (self->book == NULL);

  self->book = g_object_ref (book);
  self->choices = choices;
  self->categories = budget_draft_menu_new_categories (book, "draft.change-category");
  self->context = budget_draft_menu_new (book);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), self->context);
  gtk_menu_button_set_menu_model (self->selected_button, self->context);
}

/**
 * budget_draft_list_set_importer:
 * @self: a list with a book
 * @importer: (nullable): the drafts to show
 */
void
budget_draft_list_set_importer (BudgetDraftList *self, BudgetImporter *importer)
{
  g_return_if_fail (BUDGET_IS_DRAFT_LIST (self));
  g_return_if_fail (importer == NULL || BUDGET_IS_IMPORTER (importer));

  if (self->offer != NULL)
    adw_toast_dismiss (self->offer);
  g_clear_object (&self->recategorized);
  gtk_popover_popdown (GTK_POPOVER (self->editor));
  gtk_list_view_set_model (self->view, NULL);
  g_set_object (&self->importer, importer);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (importer));
  if (importer != NULL)
    gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  update_state (self);
  update_bar (self);
}

/**
 * budget_draft_list_set_view:
 * @self: a list
 * @view: which drafts to show
 */
void
budget_draft_list_set_view (BudgetDraftList *self, BudgetDraftView view)
{
  g_return_if_fail (BUDGET_IS_DRAFT_LIST (self));
  g_return_if_fail (view < BUDGET_N_DRAFT_VIEWS);

  self->view_shown = view;
  self->is_filling = TRUE;
  gtk_drop_down_set_selected (self->views, view);
  self->is_filling = FALSE;
  filter_again (self);
}

/**
 * budget_draft_list_get_view:
 * @self: a list
 *
 * Returns: which drafts it shows
 */
BudgetDraftView
budget_draft_list_get_view (BudgetDraftList *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT_LIST (self), BUDGET_DRAFT_VIEW_ALL);

  return self->view_shown;
}

/**
 * budget_draft_list_set_search:
 * @self: a list
 * @search: (nullable): what the drafts have to have in their texts
 */
void
budget_draft_list_set_search (BudgetDraftList *self, const char *search)
{
  g_return_if_fail (BUDGET_IS_DRAFT_LIST (self));

  g_free (self->search);
  self->search = search != NULL && *search != '\0' ? g_utf8_casefold (search, -1) : NULL;
  filter_again (self);
}

/**
 * budget_draft_list_get_selection:
 * @self: a list
 *
 * Returns: (transfer none): which of the drafts that are shown are selected
 */
GtkSelectionModel *
budget_draft_list_get_selection (BudgetDraftList *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT_LIST (self), NULL);

  return GTK_SELECTION_MODEL (self->selection);
}

/**
 * budget_draft_list_start_search:
 * @self: a list
 *
 * Moves the focus into the search entry.
 */
void
budget_draft_list_start_search (BudgetDraftList *self)
{
  g_return_if_fail (BUDGET_IS_DRAFT_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
