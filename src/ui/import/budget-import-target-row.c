/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-target-row.h"

#include <glib/gi18n.h>

/**
 * BudgetImportTargetRow:
 *
 * Whose expenses an import brings, what they are filed under where the file
 * does not say.
 */

struct _BudgetImportTargetRow
{
  AdwExpanderRow parent_instance;

  BudgetBook *book;
  gboolean is_filling;

  AdwComboRow *user_row;
  AdwComboRow *category_row;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetImportTargetRow, budget_import_target_row, ADW_TYPE_EXPANDER_ROW)

/* The first item leaves it to the file; the others are those of the book. */
static void
fill_row (AdwComboRow *row, GListModel *entities, const char *none)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, none);
  for (guint i = 0; i < g_list_model_get_n_items (entities); i++)
    {
      g_autoptr (GObject) entity = g_list_model_get_item (entities, i);
      g_autofree char *name = NULL;

      g_object_get (entity, "name", &name, NULL);
      gtk_string_list_append (names, name != NULL ? name : "");
    }

  adw_combo_row_set_model (row, G_LIST_MODEL (names));

  /* There is nothing to choose from. */
  gtk_widget_set_visible (GTK_WIDGET (row), g_list_model_get_n_items (entities) > 0);
}

static gpointer
dup_chosen (AdwComboRow *row, GListModel *entities)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;

  return g_list_model_get_item (entities, selected - 1);
}

static void
on_notify_selected (BudgetImportTargetRow *self)
{
  if (!self->is_filling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
budget_import_target_row_dispose (GObject *object)
{
  BudgetImportTargetRow *self = BUDGET_IMPORT_TARGET_ROW (object);

  self->is_filling = TRUE;
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_import_target_row_parent_class)->dispose (object);
}

#define BIND(child)                                                                                \
  gtk_widget_class_bind_template_child (widget_class, BudgetImportTargetRow, child)

static void
budget_import_target_row_class_init (BudgetImportTargetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_import_target_row_dispose;

  /**
   * BudgetImportTargetRow::changed:
   * @self: the row
   *
   * Another item was chosen.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-import-target-row.ui");
  BIND (user_row);
  BIND (category_row);
  gtk_widget_class_bind_template_callback (widget_class, on_notify_selected);
}

static void
budget_import_target_row_init (BudgetImportTargetRow *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * budget_import_target_row_set_book:
 * @self: a row
 * @book: the book to import into
 */
void
budget_import_target_row_set_book (BudgetImportTargetRow *self, BudgetBook *book)
{
  g_return_if_fail (BUDGET_IS_IMPORT_TARGET_ROW (self));
  g_return_if_fail (BUDGET_IS_BOOK (book));

  self->is_filling = TRUE;
  g_set_object (&self->book, book);
  fill_row (self->user_row, budget_book_get_users (book), _("As in the file"));
  fill_row (self->category_row, budget_book_get_categories (book), _("As for earlier expenses"));
  self->is_filling = FALSE;
}

/**
 * budget_import_target_row_apply:
 * @self: a row with a book
 * @importer: an importer without files
 */
void
budget_import_target_row_apply (BudgetImportTargetRow *self, BudgetImporter *importer)
{
  g_autoptr (BudgetUser) user = NULL;
  g_autoptr (BudgetCategory) category = NULL;

  g_return_if_fail (BUDGET_IS_IMPORT_TARGET_ROW (self));
  g_return_if_fail (BUDGET_IS_IMPORTER (importer));

  user = dup_chosen (self->user_row, budget_book_get_users (self->book));
  category = dup_chosen (self->category_row, budget_book_get_categories (self->book));

  budget_importer_set_user (importer, user);
  budget_importer_set_category (importer, category);
}
