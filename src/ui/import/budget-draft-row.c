/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-row.h"
#include "budget-draft-text.h"
#include "budget-ui-closures.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetDraftRow:
 *
 * A transaction of a bank file: whether it is imported, what it is, and its
 * category.
 *
 * The row shows a draft and emits signals for what the user asks, but changes
 * nothing: reading the file again makes new drafts, to which the list applies
 * the same changes.
 */

#define MAIN_SPACING 12
#define CATEGORY_WIDTH 168

struct _BudgetDraftRow
{
  GtkBox parent_instance;

  BudgetBook *book;
  BudgetDraft *draft;
  GMenuModel *categories;
  char *currency;
  guint position;
  guint revision;
  gboolean is_compact;
  GSignalGroup *draft_signals;

  GtkCheckButton *tick;
  GtkMenuButton *category_button;
};

enum
{
  PROP_0,
  PROP_COMPACT,
  PROP_REVISION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CATEGORY_CHOSEN,
  SIGNAL_TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetDraftRow, budget_draft_row, GTK_TYPE_BOX)

static void
on_change_category (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftRow *self = BUDGET_DRAFT_ROW (widget);

  if (self->draft != NULL)
    g_signal_emit (self, signals[SIGNAL_CATEGORY_CHOSEN], 0, g_variant_get_int64 (parameter));
}

/* Created when it is opened: a long file has many rows on the screen. */
static void
create_popup (GtkMenuButton *button, gpointer user_data)
{
  BudgetDraftRow *self = user_data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->categories);
}

static gboolean
has_several (GListModel *entities)
{
  return g_list_model_get_n_items (entities) > 1;
}

static gboolean
is_usable (BudgetDraftRow *self)
{
  return self->draft != NULL && budget_draft_get_state (self->draft) != BUDGET_DRAFT_REJECTED;
}

static gboolean
is_included (BudgetDraftRow *self)
{
  return self->draft != NULL && budget_draft_get_include (self->draft);
}

/* A draft that matches or changes an expense keeps that expense's category. */
static gboolean
has_own_category (BudgetDraftRow *self)
{
  BudgetDraftState state;

  if (self->draft == NULL)
    return FALSE;

  state = budget_draft_get_state (self->draft);
  if (state == BUDGET_DRAFT_MATCHED || state == BUDGET_DRAFT_DIFFERENT)
    return FALSE;

  return state == BUDGET_DRAFT_NEW || is_included (self);
}

static char *
dup_title (BudgetDraftRow *self)
{
  const char *description = self->draft != NULL ? budget_draft_get_description (self->draft) : NULL;

  return g_strdup (description != NULL ? description : _("Unusable"));
}

/* The date, the state, and the person if the book has several. */
static char *
describe_details (BudgetDraftRow *self)
{
  const GDate *date;
  BudgetUser *user;
  g_autofree char *state = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->draft == NULL)
    return NULL;

  date = budget_draft_get_date (self->draft);
  if (date != NULL)
    {
      g_autofree char *day = budget_ui_format_date (date, BUDGET_UI_DATE_SHORT);

      g_string_append (text, day);
    }

  state = budget_draft_describe_state (self->draft, self->book);
  g_string_append_printf (text, text->len > 0 ? " · %s" : "%s", state);
  user = budget_draft_get_user (self->draft);
  if (user != NULL && has_several (budget_book_get_users (self->book)))
    g_string_append_printf (text, " · %s", budget_user_get_name (user));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_icon_name (BudgetDraftRow *self)
{
  return self->draft != NULL ? g_strdup (budget_draft_get_icon_name (self->draft)) : NULL;
}

static GStrv
dup_details_classes (BudgetDraftRow *self)
{
  BudgetDraftState state =
    self->draft != NULL ? budget_draft_get_state (self->draft) : BUDGET_DRAFT_NEW;

  return g_strsplit (state == BUDGET_DRAFT_REJECTED    ? "caption error"
                     : state == BUDGET_DRAFT_DIFFERENT ? "caption warning"
                                                       : "caption dim-label",
                     " ", -1);
}

static GStrv
dup_title_classes (BudgetDraftRow *self)
{
  return g_strsplit (is_included (self) ? "" : "dim-label", " ", -1);
}

static GStrv
dup_amount_classes (BudgetDraftRow *self)
{
  if (!is_included (self))
    return g_strsplit ("numeric dim-label", " ", -1);

  return g_strsplit (budget_draft_get_amount (self->draft) < 0 ? "numeric success" : "numeric", " ",
                     -1);
}

static char *
format_amount (BudgetDraftRow *self)
{
  gint64 amount = self->draft != NULL ? budget_draft_get_amount (self->draft) : 0;

  return is_usable (self) || amount != 0 ? budget_ui_format_amount (amount, self->currency) : NULL;
}

static char *
dup_color (BudgetDraftRow *self)
{
  BudgetCategory *category = self->draft != NULL ? budget_draft_get_category (self->draft) : NULL;

  return category != NULL ? g_strdup (budget_category_get_color (category)) : NULL;
}

static char *
dup_category_name (BudgetDraftRow *self)
{
  const char *name = self->draft != NULL ? budget_draft_get_category_name (self->draft) : NULL;

  return g_strdup (name != NULL ? name : "");
}

static char *
describe_source (BudgetDraftRow *self)
{
  return self->draft != NULL ? budget_draft_describe_source (self->draft) : NULL;
}

static char *
describe_category (BudgetDraftRow *self, const char *name, const char *source)
{
  /* Translators: said of the button that chooses another category: which it is now, and why */
  return g_strdup_printf (_("Category: %1$s, %2$s"), name, source);
}

static char *
describe_row (BudgetDraftRow *self,
              const char *title,
              const char *amount,
              const char *details,
              const char *category)
{
  /* Translators: said of a row: description, amount, what it is, category */
  return g_strdup_printf (_("%1$s, %2$s, %3$s, %4$s"), title, amount, details,
                             has_own_category (self) ? category : "");
}

static GtkOrientation
vertical_if (BudgetDraftRow *self, gboolean is_vertical)
{
  return is_vertical ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
}

static GtkOrientation
horizontal_if (BudgetDraftRow *self, gboolean is_horizontal)
{
  return vertical_if (self, !is_horizontal);
}

static int
get_main_spacing (BudgetDraftRow *self, gboolean is_compact)
{
  return is_compact ? 0 : MAIN_SPACING;
}

static int
get_category_width (BudgetDraftRow *self, gboolean is_compact)
{
  return is_compact ? -1 : CATEGORY_WIDTH;
}

/* The tooltip has the bank's original text. */
static gboolean
on_query_tooltip (BudgetDraftRow *self, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  const char *original;
  const char *note;
  g_autofree char *details = describe_details (self);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->draft == NULL)
    return FALSE;

  original = budget_draft_get_original (self->draft);
  note = budget_draft_get_note (self->draft);
  if (original != NULL)
    /* Translators: %s is a text as a bank wrote it */
    g_string_append_printf (text, _("The bank wrote: %s"), original);
  g_string_append_printf (text, text->len > 0 ? "\n%s" : "%s", details);
  if (note != NULL)
    g_string_append_printf (text, "\n%s", note);
  gtk_tooltip_set_text (tooltip, text->str);

  return TRUE;
}

static void
notify_revision (BudgetDraftRow *self)
{
  self->revision++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVISION]);
}

/* The tick always shows the draft's state, also if the change is refused. */
static void
on_tick_toggled (BudgetDraftRow *self)
{
  g_autoptr (BudgetDraftRow) alive = g_object_ref (self);
  gboolean include = gtk_check_button_get_active (self->tick);

  if (self->draft == NULL || include == is_included (self))
    return;

  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0, include);
  if (self->draft != NULL)
    gtk_check_button_set_active (self->tick, is_included (self));
}

static void
set_compact (BudgetDraftRow *self, gboolean is_compact)
{
  if (self->is_compact == is_compact)
    return;

  self->is_compact = is_compact;
  if (is_compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}

static void
budget_draft_row_dispose (GObject *object)
{
  BudgetDraftRow *self = BUDGET_DRAFT_ROW (object);

  g_clear_object (&self->draft_signals);
  g_clear_object (&self->draft);
  g_clear_object (&self->categories);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_draft_row_parent_class)->dispose (object);
}

static void
budget_draft_row_finalize (GObject *object)
{
  g_free (BUDGET_DRAFT_ROW (object)->currency);

  G_OBJECT_CLASS (budget_draft_row_parent_class)->finalize (object);
}

static void
budget_draft_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, BUDGET_DRAFT_ROW (object)->is_compact);
      break;

    case PROP_REVISION:
      g_value_set_uint (value, BUDGET_DRAFT_ROW (object)->revision);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_draft_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COMPACT:
      set_compact (BUDGET_DRAFT_ROW (object), g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_closures (GtkWidgetClass *widget_class)
{
  budget_ui_bind_closures (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, describe_category);
  gtk_widget_class_bind_template_callback (widget_class, describe_details);
  gtk_widget_class_bind_template_callback (widget_class, describe_row);
  gtk_widget_class_bind_template_callback (widget_class, describe_source);
  gtk_widget_class_bind_template_callback (widget_class, dup_amount_classes);
  gtk_widget_class_bind_template_callback (widget_class, dup_category_name);
  gtk_widget_class_bind_template_callback (widget_class, dup_color);
  gtk_widget_class_bind_template_callback (widget_class, dup_details_classes);
  gtk_widget_class_bind_template_callback (widget_class, dup_icon_name);
  gtk_widget_class_bind_template_callback (widget_class, dup_title);
  gtk_widget_class_bind_template_callback (widget_class, dup_title_classes);
  gtk_widget_class_bind_template_callback (widget_class, format_amount);
  gtk_widget_class_bind_template_callback (widget_class, get_category_width);
  gtk_widget_class_bind_template_callback (widget_class, get_main_spacing);
  gtk_widget_class_bind_template_callback (widget_class, has_own_category);
  gtk_widget_class_bind_template_callback (widget_class, horizontal_if);
  gtk_widget_class_bind_template_callback (widget_class, is_included);
  gtk_widget_class_bind_template_callback (widget_class, is_usable);
  gtk_widget_class_bind_template_callback (widget_class, on_query_tooltip);
  gtk_widget_class_bind_template_callback (widget_class, on_tick_toggled);
  gtk_widget_class_bind_template_callback (widget_class, vertical_if);
}

static void
install_properties (GObjectClass *object_class)
{
  /**
   * BudgetDraftRow:compact:
   *
   * Whether the category stands below the description.
   */
  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                          (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  /**
   * BudgetDraftRow:revision:
   *
   * Changes whenever the draft does, so that each binding is evaluated once.
   */
  properties[PROP_REVISION] =
    g_param_spec_uint ("revision", NULL, NULL, 0, G_MAXUINT, 0,
                       (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_draft_row_class_init (BudgetDraftRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_draft_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = budget_draft_row_finalize;
  G_OBJECT_CLASS (klass)->get_property = budget_draft_row_get_property;
  G_OBJECT_CLASS (klass)->set_property = budget_draft_row_set_property;

  install_properties (G_OBJECT_CLASS (klass));

  /**
   * BudgetDraftRow::category-chosen:
   * @self: the row
   * @id: the category to give the draft
   */
  signals[SIGNAL_CATEGORY_CHOSEN] =
    g_signal_new ("category-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  /**
   * BudgetDraftRow::toggled:
   * @self: the row
   * @include: whether to import the draft
   */
  signals[SIGNAL_TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-draft-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetDraftRow, category_button);
  gtk_widget_class_bind_template_child (widget_class, BudgetDraftRow, tick);
  gtk_widget_class_bind_template_child_full (widget_class, "spoken", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "spoken_category", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "spoken_tick", FALSE, 0);
  bind_closures (widget_class);
  gtk_widget_class_install_action (widget_class, "draft.change-category", "x", on_change_category);
}

static void
budget_draft_row_init (BudgetDraftRow *self)
{
  self->position = GTK_INVALID_LIST_POSITION;
  self->draft_signals = g_signal_group_new (BUDGET_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "notify", G_CALLBACK (notify_revision),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->category_button, create_popup, self, NULL);
}

/**
 * budget_draft_row_new:
 * @book: the book that the drafts are for
 * @currency: what their amounts are in
 * @categories: what `draft.change-category` can be
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
budget_draft_row_new (BudgetBook *book, const char *currency, GMenuModel *categories)
{
  BudgetDraftRow *self = g_object_new (BUDGET_TYPE_DRAFT_ROW, NULL);

  self->book = g_object_ref (book);
  self->currency = g_strdup (currency);
  self->categories = g_object_ref (categories);

  return GTK_WIDGET (self);
}

/**
 * budget_draft_row_show:
 * @self: a row
 * @draft: what it is to show, and to follow
 * @position: where in the list it is
 */
void
budget_draft_row_show (BudgetDraftRow *self, BudgetDraft *draft, guint position)
{
  g_return_if_fail (BUDGET_IS_DRAFT_ROW (self));
  g_return_if_fail (BUDGET_IS_DRAFT (draft));

  g_set_object (&self->draft, draft);
  g_signal_group_set_target (self->draft_signals, draft);
  self->position = position;
  notify_revision (self);
}

/**
 * budget_draft_row_clear:
 * @self: a row
 *
 * Releases the draft when the row is not in use.
 */
void
budget_draft_row_clear (BudgetDraftRow *self)
{
  g_return_if_fail (BUDGET_IS_DRAFT_ROW (self));

  g_signal_group_set_target (self->draft_signals, NULL);
  g_clear_object (&self->draft);
  self->position = GTK_INVALID_LIST_POSITION;
}

/**
 * budget_draft_row_get_draft:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the draft that it shows
 */
BudgetDraft *
budget_draft_row_get_draft (BudgetDraftRow *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT_ROW (self), NULL);

  return self->draft;
}

/**
 * budget_draft_row_get_position:
 * @self: a row
 *
 * Returns: where in the list its draft is, or %GTK_INVALID_LIST_POSITION
 */
guint
budget_draft_row_get_position (BudgetDraftRow *self)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT_ROW (self), GTK_INVALID_LIST_POSITION);

  return self->position;
}
