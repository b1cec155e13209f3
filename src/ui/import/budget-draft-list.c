/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-editor.h"
#include "budget-draft-list-private.h"
#include "budget-draft-menu.h"
#include "budget-draft-row.h"
#include "budget-list-scroll.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetDraftList:
 *
 * The bookings of an import, to be looked through and put right, one or many
 * at a time. Which of them are shown, and in which order, changes nothing of
 * what will be imported.
 */

/* The category stands below the description under this width. */
#define NARROW_WIDTH 520

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
has_text (const char *text, const char *search)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, search) != NULL;
}

static gboolean
matches (gpointer item, gpointer user_data)
{
  BudgetDraftList *self = user_data;
  BudgetDraft *draft = item;

  if (!budget_draft_view_has (self->view_shown, draft))
    return FALSE;

  return self->search == NULL || has_text (budget_draft_get_description (draft), self->search) ||
         has_text (budget_draft_get_original (draft), self->search) ||
         has_text (budget_draft_get_category_name (draft), self->search) ||
         has_text (budget_draft_get_note (draft), self->search);
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
 * What was put right stays where it is until something else is asked for: a
 * row that went away under one's hands would be hard to find again.
 */
static void
filter_again (BudgetDraftList *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_state (self);
}

GPtrArray *
_budget_draft_list_dup_selected (BudgetDraftList *self)
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

void
_budget_draft_list_note (BudgetDraftList *self, BudgetDraft *draft, const char *property)
{
  if (self->choices != NULL)
    budget_import_choices_note (self->choices, draft, property);
}

void
_budget_draft_list_tell (BudgetDraftList *self)
{
  _budget_draft_list_queue_bar (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
on_row_ticked (BudgetDraftList *self, gboolean include, BudgetDraftRow *row)
{
  BudgetDraft *draft = budget_draft_row_get_draft (row);

  budget_draft_set_include (draft, include);
  _budget_draft_list_note (self, draft, "include");
  _budget_draft_list_tell (self);
}

static void
on_row_filed (BudgetDraftList *self, gint64 id, BudgetDraftRow *row)
{
  g_autoptr (BudgetCategory) category =
    orm_session_get (budget_book_get_session (self->book), BUDGET_TYPE_CATEGORY, id, NULL);

  if (category != NULL)
    _budget_draft_list_file (self, budget_draft_row_get_draft (row), category);
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
  _budget_draft_list_pop_up (self, x, y);
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
  g_signal_connect_object (row, "filed", G_CALLBACK (on_row_filed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "ticked", G_CALLBACK (on_row_ticked), self, G_CONNECT_SWAPPED);
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

static void
on_view_activate (BudgetDraftList *self, guint position)
{
  _budget_draft_list_edit (self, position);
}

static void
on_editor_edited (BudgetDraftList *self, BudgetDraft *draft, const char *property)
{
  _budget_draft_list_note (self, draft, property);
  _budget_draft_list_tell (self);
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
  g_clear_object (&self->filed);
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
      _budget_draft_list_sort (BUDGET_DRAFT_LIST (object), g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_signals (GType type)
{
  /**
   * BudgetDraftList::edited:
   * @self: the list
   *
   * Somebody has changed drafts.
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
   * What comes first: `file`, `oldest`, `newest`, `smallest`, `largest`,
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
  _budget_draft_list_install_actions (widget_class);
}

static void
add_models (BudgetDraftList *self)
{
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, GTK_FILTER (self->filter));
  self->sorter = gtk_custom_sorter_new (NULL, NULL, NULL);
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (self->filtered), GTK_SORTER (self->sorter));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (self->sorted));
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
  _budget_draft_list_init_bar (self);
  _budget_draft_list_add_keys (self);
  budget_list_scroll_cure (GTK_SCROLLABLE (self->view));
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
  self->categories = budget_draft_menu_new_categories (book, "draft.file-under");
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
  g_clear_object (&self->filed);
  gtk_popover_popdown (GTK_POPOVER (self->editor));
  gtk_list_view_set_model (self->view, NULL);
  g_set_object (&self->importer, importer);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (importer));
  if (importer != NULL)
    gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  update_state (self);
  _budget_draft_list_update_bar (self);
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
 * Puts the cursor where one types what to look for.
 */
void
budget_draft_list_start_search (BudgetDraftList *self)
{
  g_return_if_fail (BUDGET_IS_DRAFT_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
