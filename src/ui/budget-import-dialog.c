/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout.h"
#include "budget-draft-row.h"
#include "budget-import-dialog.h"
#include "budget-import-layout-row.h"
#include "budget-import-source.h"
#include "budget-import-target-row.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetImportDialog:
 *
 * What is in the bank's files, before any of it is in the book: each booking
 * with a tick, those that are in the book already without one, and those that
 * cannot be used with the reason.
 *
 * How the files were read can be put right. They are read again then, in the
 * background, and what was ticked or filed by hand stays so.
 */

struct _BudgetImportDialog
{
  AdwWindow parent_instance;

  BudgetBook *book;
  BudgetImporter *importer;
  GPtrArray *sources; /* of BudgetImportSource */
  GPtrArray *read;    /* the sources that are the importer's files */
  GHashTable *ticks;  /* what was ticked by hand: line and path → gboolean */
  GHashTable *filed;  /* what was filed by hand: line and path → BudgetCategory */
  GMenuModel *categories;
  guint n_tried;
  GString *failures;
  GCancellable *cancellable;

  GtkStack *stack;
  GtkProgressBar *progress;
  AdwStatusPage *failed_page;
  GtkListView *view;
  GtkLabel *summary;
  GtkSpinner *spinner;
  AdwComboRow *file_row;
  BudgetImportLayoutRow *layout_row;
  BudgetImportTargetRow *target_row;
  GtkWidget *notes;
  GtkLabel *notes_label;
  GtkWidget *warning;
  GtkLabel *warning_label;
};

enum
{
  SIGNAL_IMPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetImportDialog, budget_import_dialog, ADW_TYPE_WINDOW)

static BudgetImportSource *
get_chosen_source (BudgetImportDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->file_row);

  return selected < self->sources->len ? g_ptr_array_index (self->sources, selected) : NULL;
}

static char *
dup_key (BudgetImportDialog *self, BudgetDraft *draft)
{
  BudgetImportSource *source = g_ptr_array_index (self->read, budget_draft_get_file (draft));

  return g_strdup_printf ("%u %s", budget_draft_get_line (draft), source->path);
}

/* What somebody said of a line holds however the line is read. */
static void
restore_choices (BudgetImportDialog *self)
{
  guint n_drafts = g_list_model_get_n_items (G_LIST_MODEL (self->importer));

  if (g_hash_table_size (self->ticks) + g_hash_table_size (self->filed) == 0)
    return;

  for (guint i = 0; i < n_drafts; i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (G_LIST_MODEL (self->importer), i);
      g_autofree char *key = dup_key (self, draft);
      BudgetCategory *category = g_hash_table_lookup (self->filed, key);
      gpointer include;

      if (budget_draft_get_state (draft) == BUDGET_DRAFT_REJECTED)
        continue;
      if (g_hash_table_lookup_extended (self->ticks, key, NULL, &include))
        budget_draft_set_include (draft, GPOINTER_TO_INT (include));
      if (category != NULL)
        budget_draft_set_category (draft, category);
    }
}

static void
update_summary (BudgetImportDialog *self)
{
  BudgetImportCounts counts;
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;

  budget_importer_count (self->importer, &counts);
  sum = budget_ui_format_amount (counts.sum, budget_importer_get_currency (self->importer));
  /* Translators: numbers of bookings; the last is an amount */
  text = g_strdup_printf (_("%1$u to add · %2$u already there · %3$u unusable · %4$s"),
                             counts.n_included, counts.n_duplicates, counts.n_rejected, sum);
  gtk_label_set_label (self->summary, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.commit", counts.n_included > 0);
}

/*
 * What somebody chose stays on the screen when the file cannot be read so. Of a
 * table only what can be corrected is told; other files tell all.
 */
static void
show_source (BudgetImportDialog *self)
{
  BudgetImportSource *source = get_chosen_source (self);
  BudgetCsvLayout *layout = source != NULL ? budget_import_source_get_layout (source) : NULL;
  const char *const *remarks;
  g_autofree char *notes = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->layout_row), layout != NULL);
  gtk_widget_set_visible (self->notes, FALSE);
  if (source == NULL || source->statement == NULL || !source->is_good)
    return;

  if (layout != NULL)
    budget_import_layout_row_show (self->layout_row, layout, source->statement);

  remarks = layout != NULL ? budget_csv_layout_get_ambiguities (layout)
                           : budget_statement_get_notes (source->statement);
  notes = g_strjoinv ("\n", (char **) remarks);
  gtk_label_set_label (self->notes_label, notes);
  gtk_widget_set_visible (self->notes, *notes != '\0');
}

static gboolean
can_be_corrected (BudgetImportDialog *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    if (budget_import_source_get_layout (g_ptr_array_index (self->sources, i)) != NULL)
      return TRUE;

  return FALSE;
}

static void
show_result (BudgetImportDialog *self)
{
  gboolean has_rows = g_list_model_get_n_items (G_LIST_MODEL (self->importer)) > 0;
  g_autofree char *reason = g_markup_escape_text (self->failures->str, -1);
  g_autoptr (GtkNoSelection) selection = NULL;

  adw_status_page_set_description (self->failed_page,
                                   *reason != '\0' ? reason : _("There are no bookings in it."));
  gtk_label_set_label (self->warning_label, self->failures->str);
  gtk_widget_set_visible (self->warning, self->failures->len > 0);
  gtk_spinner_stop (self->spinner);

  restore_choices (self);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->importer)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  show_source (self);
  gtk_stack_set_visible_child_name (self->stack,
                                    has_rows || can_be_corrected (self) ? "drafts" : "failed");
  update_summary (self);
}

static void
take_failure (BudgetImportDialog *self, BudgetImportSource *source, const char *reason)
{
  source->is_good = FALSE;
  g_string_append_printf (self->failures, "%s%s: %s", self->failures->len > 0 ? "\n" : "",
                          source->name, reason);
}

static void
take_source (BudgetImportDialog *self, BudgetImportSource *source)
{
  source->is_good = TRUE;
  g_set_object (&source->statement,
                budget_importer_get_file_statement (self->importer, self->read->len));
  g_ptr_array_add (self->read, source);
}

static void read_next (BudgetImportDialog *self);

static void
on_file_added (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BudgetImportDialog) self = user_data;
  BudgetImporter *importer = BUDGET_IMPORTER (object);
  g_autoptr (GError) error = NULL;
  gboolean is_added = budget_importer_add_file_finish (importer, result, &error);
  BudgetImportSource *source;

  /* The file is being read in another way by now, or nobody waits for it. */
  if (importer != self->importer || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  source = g_ptr_array_index (self->sources, self->n_tried);
  if (is_added)
    take_source (self, source);
  else
    take_failure (self, source, error->message);

  self->n_tried++;
  read_next (self);
}

static void
read_next (BudgetImportDialog *self)
{
  gtk_progress_bar_pulse (self->progress);
  for (; self->n_tried < self->sources->len; self->n_tried++)
    {
      BudgetImportSource *source = g_ptr_array_index (self->sources, self->n_tried);
      g_auto (GStrv) map = budget_import_source_dup_map (source);

      if (source->path != NULL)
        {
          budget_importer_add_file_async (self->importer, source->path,
                                          BUDGET_STATEMENT_FORMAT_AUTO, (const char *const *) map,
                                          self->cancellable, on_file_added, g_object_ref (self));
          return;
        }
      take_failure (self, source, _("It is not on this computer"));
    }

  show_result (self);
}

/* An importer takes each file once, so there is a new one for each time. */
static void
read_all (BudgetImportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  g_clear_object (&self->importer);
  self->importer = budget_importer_new (self->book);
  budget_import_target_row_apply (self->target_row, self->importer);
  g_ptr_array_set_size (self->read, 0);
  g_string_truncate (self->failures, 0);
  self->n_tried = 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.commit", FALSE);
  gtk_spinner_start (self->spinner);
  read_next (self);
}

static void
on_layout_corrected (BudgetImportDialog *self, const char *assignment)
{
  budget_import_source_correct (get_chosen_source (self), assignment);
  read_all (self);
}

static void
on_target_changed (BudgetImportDialog *self)
{
  read_all (self);
}

static void
on_file_notify_selected (BudgetImportDialog *self)
{
  if (self->importer != NULL)
    show_source (self);
}

/* While another reading is under way, these are not its drafts any more. */
static void
on_row_ticked (BudgetImportDialog *self, gboolean include, BudgetDraftRow *row)
{
  BudgetDraft *draft = budget_draft_row_get_draft (row);

  if (!gtk_spinner_get_spinning (self->spinner))
    {
      budget_draft_set_include (draft, include);
      g_hash_table_insert (self->ticks, dup_key (self, draft), GINT_TO_POINTER (include));
      update_summary (self);
    }
  budget_draft_row_show (row, draft, budget_importer_get_currency (self->importer));
}

static void
on_row_filed (BudgetImportDialog *self, gint64 id, BudgetDraftRow *row)
{
  BudgetDraft *draft = budget_draft_row_get_draft (row);
  g_autoptr (BudgetCategory) category = NULL;

  if (gtk_spinner_get_spinning (self->spinner))
    return;

  category = orm_session_get (budget_book_get_session (self->book), BUDGET_TYPE_CATEGORY, id, NULL);
  if (category == NULL)
    return;

  budget_draft_set_category (draft, category);
  g_hash_table_insert (self->filed, dup_key (self, draft), g_object_ref (category));
  budget_draft_row_show (row, draft, budget_importer_get_currency (self->importer));
}

static void
on_factory_setup (BudgetImportDialog *self, GtkListItem *item)
{
  GtkWidget *row = budget_draft_row_new (self->categories);

  g_signal_connect_object (row, "filed", G_CALLBACK (on_row_filed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "ticked", G_CALLBACK (on_row_ticked), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_factory_bind (BudgetImportDialog *self, GtkListItem *item)
{
  budget_draft_row_show (BUDGET_DRAFT_ROW (gtk_list_item_get_child (item)),
                         gtk_list_item_get_item (item),
                         budget_importer_get_currency (self->importer));
}

static void
on_factory_unbind (BudgetImportDialog *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  if (row != NULL)
    budget_draft_row_clear (BUDGET_DRAFT_ROW (row));
}

static void
on_commit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetImportDialog *self = BUDGET_IMPORT_DIALOG (widget);
  BudgetImportCounts counts;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  budget_importer_count (self->importer, &counts);
  if (!budget_importer_commit (self->importer, NULL, &error))
    {
      gtk_label_set_label (self->warning_label, error->message);
      gtk_widget_set_visible (self->warning, TRUE);
      return;
    }

  label = g_strdup_printf (
    ngettext ("Imported %u expense", "Imported %u expenses", counts.n_included), counts.n_included);
  g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, label);
  gtk_window_close (GTK_WINDOW (self));
}

static void
budget_import_dialog_dispose (GObject *object)
{
  BudgetImportDialog *self = BUDGET_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->importer);
  g_clear_object (&self->book);
  g_clear_object (&self->categories);

  G_OBJECT_CLASS (budget_import_dialog_parent_class)->dispose (object);
}

static void
budget_import_dialog_finalize (GObject *object)
{
  BudgetImportDialog *self = BUDGET_IMPORT_DIALOG (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->read);
  g_ptr_array_unref (self->sources);
  g_hash_table_unref (self->ticks);
  g_hash_table_unref (self->filed);
  g_string_free (self->failures, TRUE);

  G_OBJECT_CLASS (budget_import_dialog_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetImportDialog, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (stack);
  BIND (progress);
  BIND (failed_page);
  BIND (view);
  BIND (summary);
  BIND (spinner);
  BIND (file_row);
  BIND (layout_row);
  BIND (target_row);
  BIND (notes);
  BIND (notes_label);
  BIND (warning);
  BIND (warning_label);
}

static void
budget_import_dialog_class_init (BudgetImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = budget_import_dialog_finalize;

  /**
   * BudgetImportDialog::imported:
   * @self: the dialog
   * @label: what was done, for a toast
   */
  signals[SIGNAL_IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (BUDGET_TYPE_IMPORT_LAYOUT_ROW);
  g_type_ensure (BUDGET_TYPE_IMPORT_TARGET_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-import-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_factory_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_file_notify_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_layout_corrected);
  gtk_widget_class_bind_template_callback (widget_class, on_target_changed);
  gtk_widget_class_install_action (widget_class, "import.commit", NULL, on_commit);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
budget_import_dialog_init (BudgetImportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->failures = g_string_new (NULL);
  self->read = g_ptr_array_new ();
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) budget_import_source_free);
  self->filed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->ticks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.commit", FALSE);
}

static void
take_files (BudgetImportDialog *self, GListModel *files)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      BudgetImportSource *source = budget_import_source_new (file);

      gtk_string_list_append (names, source->name);
      g_ptr_array_add (self->sources, source);
    }

  adw_combo_row_set_model (self->file_row, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->file_row), self->sources->len > 1);
}

static GMenuModel *
create_menu (BudgetBook *book)
{
  GListModel *categories = budget_book_get_categories (book);
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (categories); i++)
    {
      g_autoptr (BudgetCategory) category = g_list_model_get_item (categories, i);
      g_autofree char *name =
        g_strdelimit (g_strdup (budget_category_get_name (category)), "_", ' ');
      g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, "draft.file-under", "x",
                                         orm_entity_get_id (ORM_ENTITY (category)));
      g_menu_append_item (menu, item);
    }

  return G_MENU_MODEL (menu);
}

/**
 * budget_import_dialog_new:
 * @book: a book
 * @files: #GFile items
 *
 * Returns: (transfer none): a dialog that begins to read the files
 */
GtkWidget *
budget_import_dialog_new (BudgetBook *book, GListModel *files)
{
  BudgetImportDialog *self = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (files), NULL);

  self = g_object_new (BUDGET_TYPE_IMPORT_DIALOG, NULL);
  self->book = g_object_ref (book);
  self->categories = create_menu (book);
  take_files (self, files);
  budget_import_target_row_set_book (self->target_row, book);
  read_all (self);

  return GTK_WIDGET (self);
}

/**
 * budget_import_dialog_get_importer:
 * @self: a dialog
 *
 * Returns: (transfer none) (nullable): what is about to be imported; another
 *   one after each correction
 */
BudgetImporter *
budget_import_dialog_get_importer (BudgetImportDialog *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT_DIALOG (self), NULL);

  return self->importer;
}
