/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-row.h"
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

  BudgetDraft *draft;
  GMenuModel *categories;
  gboolean is_showing;

  GtkCheckButton *tick;
  GtkLabel *title;
  GtkLabel *details;
  GtkMenuButton *category_button;
  GtkLabel *category;
  GtkLabel *amount;
};

enum
{
  SIGNAL_FILED,
  SIGNAL_TICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetDraftRow, budget_draft_row, GTK_TYPE_BOX)

static void
on_tick_toggled (BudgetDraftRow *self)
{
  if (!self->is_showing && self->draft != NULL)
    g_signal_emit (self, signals[SIGNAL_TICKED], 0, gtk_check_button_get_active (self->tick));
}

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

static char *
describe (BudgetDraft *draft)
{
  const GDate *date = budget_draft_get_date (draft);
  g_autofree char *day = date != NULL && g_date_valid (date)
                           ? budget_ui_format_date (date, BUDGET_UI_DATE_SHORT)
                           : g_strdup ("");

  if (budget_draft_get_state (draft) == BUDGET_DRAFT_REJECTED)
    /* Translators: a line of a file, and why it cannot be used */
    return g_strdup_printf (_("Line %1$u: %2$s"), budget_draft_get_line (draft),
                               budget_draft_get_reason (draft));

  if (budget_draft_get_state (draft) == BUDGET_DRAFT_DUPLICATE)
    /* Translators: %s is a day */
    return g_strdup_printf (_("%s · already in the book"), day);

  return g_steal_pointer (&day);
}

static void
budget_draft_row_dispose (GObject *object)
{
  BudgetDraftRow *self = BUDGET_DRAFT_ROW (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->categories);

  G_OBJECT_CLASS (budget_draft_row_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetDraftRow, child)

static void
budget_draft_row_class_init (BudgetDraftRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_draft_row_dispose;

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

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-draft-row.ui");
  BIND (tick);
  BIND (title);
  BIND (details);
  BIND (category_button);
  BIND (category);
  BIND (amount);
  gtk_widget_class_bind_template_callback (widget_class, on_tick_toggled);
  gtk_widget_class_install_action (widget_class, "draft.file-under", "x", on_file_under);
}

static void
budget_draft_row_init (BudgetDraftRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->category_button, create_popup, self, NULL);
}

/**
 * budget_draft_row_new:
 * @categories: what `draft.file-under` can be
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
budget_draft_row_new (GMenuModel *categories)
{
  BudgetDraftRow *self = g_object_new (BUDGET_TYPE_DRAFT_ROW, NULL);

  self->categories = g_object_ref (categories);

  return GTK_WIDGET (self);
}

/**
 * budget_draft_row_show:
 * @self: a row
 * @draft: what it is to show, as it is now
 * @currency: what its amount is in
 */
void
budget_draft_row_show (BudgetDraftRow *self, BudgetDraft *draft, const char *currency)
{
  const char *title;
  const char *category;
  gboolean is_usable;
  g_autofree char *details = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (BUDGET_IS_DRAFT_ROW (self));
  g_return_if_fail (BUDGET_IS_DRAFT (draft));

  g_set_object (&self->draft, draft);
  title = budget_draft_get_description (draft);
  category = budget_draft_get_category_name (draft);
  is_usable = budget_draft_get_state (draft) != BUDGET_DRAFT_REJECTED;
  details = describe (draft);
  amount = budget_ui_format_amount (budget_draft_get_amount (draft), currency);

  self->is_showing = TRUE;
  gtk_check_button_set_active (self->tick, budget_draft_get_include (draft));
  self->is_showing = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->tick), is_usable);
  budget_ui_set_label (self->tick, title != NULL ? title : details);
  gtk_label_set_label (self->title, title != NULL ? title : _("Unusable"));
  gtk_label_set_label (self->details, details);
  gtk_label_set_label (self->amount, is_usable ? amount : "");
  gtk_label_set_label (self->category, category != NULL ? category : "");
  gtk_widget_set_visible (GTK_WIDGET (self->category_button), is_usable);
  /* Translators: said of the button that chooses another; %s is a category */
  label = g_strdup_printf (_("Category: %s"), category != NULL ? category : "");
  budget_ui_set_label (self->category_button, label);
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

  g_clear_object (&self->draft);
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
