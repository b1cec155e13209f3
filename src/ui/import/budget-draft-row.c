/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-color-dot.h"
#include "budget-draft-row.h"
#include "budget-draft-text.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetDraftRow:
 *
 * One booking of a bank's file: a tick that says whether it comes into the
 * book, what it was, and the category it will be filed under.
 *
 * It shows a draft and tells what somebody wants of it, no more: another
 * reading of the file has other drafts, which shall be treated alike.
 */

struct _BudgetDraftRow
{
  GtkBox parent_instance;

  BudgetBook *book;
  BudgetDraft *draft;
  GMenuModel *categories;
  char *currency;
  guint position;
  gboolean is_showing;
  gboolean is_compact;

  GtkCheckButton *tick;
  GtkBox *main;
  GtkLabel *title;
  GtkImage *icon;
  GtkLabel *details;
  GtkBox *filing;
  GtkMenuButton *category_button;
  BudgetColorDot *dot;
  GtkLabel *category;
  GtkLabel *source;
  GtkLabel *amount;
};

enum
{
  PROP_0,
  PROP_COMPACT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_FILED,
  SIGNAL_TICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetDraftRow, budget_draft_row, GTK_TYPE_BOX)

static void
on_file_under (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftRow *self = BUDGET_DRAFT_ROW (widget);

  if (self->draft != NULL)
    g_signal_emit (self, signals[SIGNAL_FILED], 0, g_variant_get_int64 (parameter));
}

/* Not before it is wanted: a long file has many rows on the screen. */
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

/* The day, what it is, and whose, where that is not plain. */
static char *
describe (BudgetDraftRow *self)
{
  const GDate *date = budget_draft_get_date (self->draft);
  BudgetUser *user = budget_draft_get_user (self->draft);
  g_autofree char *day = date != NULL ? budget_ui_format_date (date, BUDGET_UI_DATE_SHORT) : NULL;
  g_autofree char *state = budget_draft_describe_state (self->draft, self->book);
  g_autoptr (GString) text = g_string_new (day);

  g_string_append_printf (text, text->len > 0 ? " · %s" : "%s", state);
  if (user != NULL && has_several (budget_book_get_users (self->book)))
    g_string_append_printf (text, " · %s", budget_user_get_name (user));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What becomes one with another, or changes it, keeps that one's category. */
static gboolean
is_filed (BudgetDraft *draft)
{
  BudgetDraftState state = budget_draft_get_state (draft);

  return state == BUDGET_DRAFT_NEW || budget_draft_get_include (draft)
           ? state != BUDGET_DRAFT_MATCHED && state != BUDGET_DRAFT_DIFFERENT
           : FALSE;
}

static void
show_category (BudgetDraftRow *self)
{
  BudgetCategory *category = budget_draft_get_category (self->draft);
  const char *name = budget_draft_get_category_name (self->draft);
  g_autofree char *source = budget_draft_describe_source (self->draft);
  g_autofree char *label = NULL;

  gtk_label_set_label (self->category, name != NULL ? name : "");
  gtk_label_set_label (self->source, source);
  budget_color_dot_set_color (self->dot,
                              category != NULL ? budget_category_get_color (category) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->filing), is_filed (self->draft));
  /* Translators: said of the button that chooses another category: which it is now, and why */
  label = g_strdup_printf (_("Category: %1$s, %2$s"), name != NULL ? name : "", source);
  budget_ui_set_label (self->category_button, label);
}

static void
set_class (gpointer widget, const char *name, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_looks (BudgetDraftRow *self)
{
  BudgetDraftState state = budget_draft_get_state (self->draft);
  GtkWidget *details = gtk_widget_get_parent (GTK_WIDGET (self->details));

  gtk_image_set_from_icon_name (self->icon, budget_draft_get_icon_name (self->draft));
  set_class (details, "error", state == BUDGET_DRAFT_REJECTED);
  set_class (details, "warning", state == BUDGET_DRAFT_DIFFERENT);
  set_class (details, "dim-label",
             state != BUDGET_DRAFT_REJECTED && state != BUDGET_DRAFT_DIFFERENT);
  set_class (self->title, "dim-label", !budget_draft_get_include (self->draft));
  set_class (self->amount, "dim-label", !budget_draft_get_include (self->draft));
  set_class (self->amount, "success",
             budget_draft_get_include (self->draft) && budget_draft_get_amount (self->draft) < 0);
}

/* A screen reader says all of the row, and the pointer the bank's own words. */
static void
label_row (BudgetDraftRow *self, const char *title, const char *details, const char *amount)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *original = budget_draft_get_original (self->draft);
  const char *note = budget_draft_get_note (self->draft);
  g_autoptr (GString) tooltip = g_string_new (NULL);
  g_autofree char *label = NULL;

  if (original != NULL)
    /* Translators: %s is a text as a bank wrote it */
    g_string_append_printf (tooltip, _("The bank wrote: %s"), original);
  g_string_append_printf (tooltip, tooltip->len > 0 ? "\n%s" : "%s", details);
  if (note != NULL)
    g_string_append_printf (tooltip, "\n%s", note);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->main), tooltip->str);

  if (item == NULL)
    return;

  /* Translators: said of a row: description, amount, what it is, category */
  label = g_strdup_printf (_("%1$s, %2$s, %3$s, %4$s"), title, amount, details,
                              is_filed (self->draft) ? gtk_label_get_label (self->category) : "");
  budget_ui_set_label (item, label);
}

static void
update (BudgetDraftRow *self)
{
  const char *title = budget_draft_get_description (self->draft);
  gboolean is_usable = budget_draft_get_state (self->draft) != BUDGET_DRAFT_REJECTED;
  gint64 value = budget_draft_get_amount (self->draft);
  g_autofree char *details = describe (self);
  g_autofree char *amount =
    is_usable || value != 0 ? budget_ui_format_amount (value, self->currency) : g_strdup ("");

  if (title == NULL)
    title = _("Unusable");

  self->is_showing = TRUE;
  gtk_check_button_set_active (self->tick, budget_draft_get_include (self->draft));
  self->is_showing = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->tick), is_usable);
  budget_ui_set_label (self->tick, title);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->details, details);
  gtk_label_set_label (self->amount, amount);
  show_category (self);
  show_looks (self);
  label_row (self, title, details, amount);
}

/* The tick is what the draft says, whoever refused it. */
static void
on_tick_toggled (BudgetDraftRow *self)
{
  g_autoptr (BudgetDraftRow) alive = g_object_ref (self);

  if (self->is_showing || self->draft == NULL)
    return;

  g_signal_emit (self, signals[SIGNAL_TICKED], 0, gtk_check_button_get_active (self->tick));
  if (self->draft != NULL)
    update (self);
}

static void
set_compact (BudgetDraftRow *self, gboolean is_compact)
{
  self->is_compact = is_compact;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->main), is_compact
                                                                 ? GTK_ORIENTATION_VERTICAL
                                                                 : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->filing), is_compact
                                                                   ? GTK_ORIENTATION_HORIZONTAL
                                                                   : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (self->main, is_compact ? 0 : 12);
  gtk_widget_set_size_request (GTK_WIDGET (self->filing), is_compact ? -1 : 168, -1);
  set_class (self, "compact", is_compact);
}

static void
budget_draft_row_dispose (GObject *object)
{
  BudgetDraftRow *self = BUDGET_DRAFT_ROW (object);

  budget_draft_row_clear (self);
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

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetDraftRow, child)

static void
budget_draft_row_class_init (BudgetDraftRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_draft_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = budget_draft_row_finalize;
  G_OBJECT_CLASS (klass)->get_property = budget_draft_row_get_property;
  G_OBJECT_CLASS (klass)->set_property = budget_draft_row_set_property;

  /**
   * BudgetDraftRow:compact:
   *
   * Whether the category stands below the description.
   */
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                                                   (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  /**
   * BudgetDraftRow::filed:
   * @self: the row
   * @id: the category that it is to be filed under
   */
  signals[SIGNAL_FILED] = g_signal_new ("filed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  /**
   * BudgetDraftRow::ticked:
   * @self: the row
   * @include: whether it is to come into the book
   */
  signals[SIGNAL_TICKED] = g_signal_new ("ticked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (BUDGET_TYPE_COLOR_DOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-draft-row.ui");
  BIND (tick);
  BIND (main);
  BIND (title);
  BIND (icon);
  BIND (details);
  BIND (filing);
  BIND (category_button);
  BIND (dot);
  BIND (category);
  BIND (source);
  BIND (amount);
  gtk_widget_class_bind_template_callback (widget_class, on_tick_toggled);
  gtk_widget_class_install_action (widget_class, "draft.file-under", "x", on_file_under);
}

static void
budget_draft_row_init (BudgetDraftRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->position = GTK_INVALID_LIST_POSITION;
  set_compact (self, FALSE);
  gtk_menu_button_set_create_popup_func (self->category_button, create_popup, self, NULL);
}

/**
 * budget_draft_row_new:
 * @book: the book that the drafts are for
 * @currency: what their amounts are in
 * @categories: what `draft.file-under` can be
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

  budget_draft_row_clear (self);
  self->draft = g_object_ref (draft);
  self->position = position;
  g_signal_connect_swapped (draft, "notify", G_CALLBACK (update), self);
  update (self);
}

/**
 * budget_draft_row_clear:
 * @self: a row
 *
 * Lets go of the draft, when the row is used for none.
 */
void
budget_draft_row_clear (BudgetDraftRow *self)
{
  g_return_if_fail (BUDGET_IS_DRAFT_ROW (self));

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_func (self->draft, update, self);
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
