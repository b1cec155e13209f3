/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-list.h"
#include "budget-import-choices.h"
#include "budget-import-dialog.h"
#include "budget-import-file-group.h"
#include "budget-import-source.h"
#include "budget-import-target-row.h"

#include <glib/gi18n.h>

/**
 * BudgetImportDialog:
 *
 * A preview of an import: each transaction as it will be saved, and how each
 * file was read.
 *
 * The user can correct how the files are read. They are then read again in the
 * background, and the user's changes to transactions are kept.
 */

struct _BudgetImportDialog
{
  AdwWindow parent_instance;

  BudgetBook *book;
  BudgetImporter *importer;
  GPtrArray *sources; /* of BudgetImportSource */
  GPtrArray *read;    /* the sources that are the importer's files */
  GPtrArray *file_groups;
  BudgetImportChoices *choices;
  guint n_tried;
  GCancellable *cancellable;
  gboolean has_shown; /* it was read once */
  gboolean is_saving;
  gboolean closes; /* once saving was called off */

  GtkStack *stack;
  AdwStatusPage *working_page;
  GtkProgressBar *progress;
  AdwStatusPage *failed_page;
  AdwViewStack *pages;
  AdwViewStackPage *files_page;
  AdwViewSwitcherTitle *switcher;
  BudgetDraftList *list;
  GtkBox *groups;
  GtkSpinner *spinner;
  BudgetImportTargetRow *target_row;
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

static void
show_warning (BudgetImportDialog *self, const char *text)
{
  gtk_label_set_label (self->warning_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->warning, text != NULL && *text != '\0');
}

/* Changes to a transaction are kept when the file is read with other settings. */
static void
restore_choices (BudgetImportDialog *self)
{
  GListModel *drafts = G_LIST_MODEL (self->importer);

  budget_import_choices_restart (self->choices);
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (drafts, i);
      BudgetImportSource *source = g_ptr_array_index (self->read, budget_draft_get_file (draft));

      budget_import_choices_name (self->choices, draft, source->path);
    }
}

static void
update_commit (BudgetImportDialog *self)
{
  BudgetImportCounts counts = { 0 };
  gboolean is_idle = !gtk_spinner_get_spinning (self->spinner) && !self->is_saving;

  if (self->importer != NULL)
    budget_importer_count (self->importer, &counts);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.commit",
                                 is_idle &&
                                   counts.n_included + counts.n_matched + counts.n_updated > 0);
}

static void
on_list_edited (BudgetImportDialog *self)
{
  update_commit (self);
}

static char *
dup_problems (BudgetImportDialog *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->sources->len; i++)
    {
      BudgetImportSource *source = g_ptr_array_index (self->sources, i);

      if (source->problem != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", source->name,
                                source->problem);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
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
show_files (BudgetImportDialog *self)
{
  gboolean needs_attention = FALSE;

  for (guint i = 0; i < self->sources->len; i++)
    {
      BudgetImportFileGroup *group = g_ptr_array_index (self->file_groups, i);
      guint file = 0;

      g_ptr_array_find (self->read, g_ptr_array_index (self->sources, i), &file);
      budget_import_file_group_show (group, self->importer, file);
      needs_attention |= budget_import_file_group_needs_attention (group);
    }

  adw_view_stack_page_set_needs_attention (self->files_page, needs_attention);
}

/* Shows the transactions, or the files if there are none to show. */
static void
show_page (BudgetImportDialog *self, const char *problems)
{
  gboolean has_rows = g_list_model_get_n_items (G_LIST_MODEL (self->importer)) > 0;
  gboolean has_content = has_rows || can_be_corrected (self);
  g_autofree char *reason = g_markup_escape_text (problems, -1);

  adw_status_page_set_description (self->failed_page,
                                   *reason != '\0' ? reason : _("It has no transactions."));
  show_warning (self, has_content ? problems : NULL);
  if (!has_rows && has_content && !self->has_shown)
    adw_view_stack_set_visible_child_name (self->pages, "files");
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher, has_content);
  gtk_stack_set_visible_child_name (self->stack, has_content ? "content" : "failed");
  if (has_rows && !self->has_shown)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  self->has_shown = TRUE;
}

static void
show_result (BudgetImportDialog *self)
{
  g_autofree char *problems = dup_problems (self);

  gtk_spinner_stop (self->spinner);
  restore_choices (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), TRUE);
  budget_draft_list_set_importer (self->list, self->importer);
  show_files (self);
  show_page (self, problems);
  update_commit (self);
}

static void read_next (BudgetImportDialog *self);

static void
show_progress (BudgetImportDialog *self, guint n_done, double fraction)
{
  gtk_progress_bar_set_fraction (self->progress,
                                 MIN ((n_done + fraction) / MAX (self->sources->len, 1), 1));
}

static void
on_read_progress (double fraction, gpointer user_data)
{
  BudgetImportDialog *self = user_data;

  show_progress (self, self->n_tried, fraction);
}

static void
on_save_progress (double fraction, gpointer user_data)
{
  gtk_progress_bar_set_fraction (BUDGET_IMPORT_DIALOG (user_data)->progress, fraction);
}

static void
take_problem (BudgetImportDialog *self, const char *problem, BudgetStatement *lines)
{
  budget_import_source_take_problem (g_ptr_array_index (self->sources, self->n_tried), problem,
                                     lines);
  self->n_tried++;
  read_next (self);
}

static void
on_looked_at (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BudgetImportDialog) self = BUDGET_IMPORT_DIALOG (g_object_ref (object));
  g_autofree char *problem = user_data;
  g_autoptr (BudgetStatement) lines = NULL;

  if (budget_import_source_look_at_finish (result, &lines) &&
      g_task_get_cancellable (G_TASK (result)) == self->cancellable)
    take_problem (self, problem, lines);
}

/* The user may be able to say what the columns of an unreadable table are. */
static void
look_at (BudgetImportDialog *self, const char *problem)
{
  budget_import_source_look_at (g_ptr_array_index (self->sources, self->n_tried), self,
                                self->cancellable, on_looked_at, g_strdup (problem));
}

static void
on_file_added (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BudgetImportDialog) self = user_data;
  BudgetImporter *importer = BUDGET_IMPORTER (object);
  g_autoptr (GError) error = NULL;
  gboolean is_added = budget_importer_add_file_finish (importer, result, &error);
  BudgetImportSource *source;

  /* The file is already being read again, or the dialog is closed. */
  if (importer != self->importer || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!is_added)
    {
      look_at (self, error->message);
      return;
    }

  source = g_ptr_array_index (self->sources, self->n_tried);
  budget_import_source_take_statement (
    source, budget_importer_get_file_statement (importer, self->read->len));
  g_ptr_array_add (self->read, source);
  self->n_tried++;
  read_next (self);
}

static void
read_next (BudgetImportDialog *self)
{
  BudgetImportSource *source;
  g_auto (GStrv) map = NULL;

  show_progress (self, self->n_tried, 0);
  if (self->n_tried == self->sources->len)
    {
      show_result (self);
      return;
    }

  source = g_ptr_array_index (self->sources, self->n_tried);
  if (source->path == NULL)
    {
      take_problem (self, _("It is not on this computer"), NULL);
      return;
    }

  map = budget_import_source_dup_map (source);
  budget_importer_set_account (self->importer, source->account);
  budget_importer_set_as_is (self->importer, source->as_is);
  budget_importer_set_forgetful (self->importer, source->forgets);
  budget_importer_add_file_async (self->importer, source->path, BUDGET_STATEMENT_FORMAT_AUTO,
                                  (const char *const *) map, self->cancellable, on_file_added,
                                  g_object_ref (self));
}

static void
drop_importer (BudgetImportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->importer != NULL)
    budget_importer_set_progress (self->importer, NULL, NULL);
  g_clear_object (&self->importer);
}

/* An importer takes each file once, so each reading needs a new one. */
static void
read_all (BudgetImportDialog *self)
{
  drop_importer (self);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  self->importer = budget_importer_new (self->book);
  budget_importer_set_progress (self->importer, on_read_progress, self);
  budget_import_target_row_apply (self->target_row, self->importer);
  g_ptr_array_set_size (self->read, 0);
  self->n_tried = 0;

  gtk_spinner_start (self->spinner);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  update_commit (self);
  read_next (self);
}

static void
on_target_changed (BudgetImportDialog *self)
{
  read_all (self);
}

static char *
describe_done (const BudgetImportCounts *counts)
{
  if (counts->n_included > 0)
    return g_strdup_printf (
      ngettext ("Imported %u expense", "Imported %u expenses", counts->n_included),
      counts->n_included);
  if (counts->n_matched > 0)
    return g_strdup_printf (
      ngettext ("Matched %u expense", "Matched %u expenses", counts->n_matched), counts->n_matched);

  return g_strdup_printf (ngettext ("Changed %u expense", "Changed %u expenses", counts->n_updated),
                          counts->n_updated);
}

static void
end_saving (BudgetImportDialog *self, const GError *error)
{
  self->is_saving = FALSE;
  budget_importer_set_progress (self->importer, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "content");
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher, TRUE);
  show_warning (self,
                g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? NULL : error->message);
  update_commit (self);
  if (self->closes)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_committed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BudgetImportDialog) self = user_data;
  BudgetImporter *importer = BUDGET_IMPORTER (object);
  BudgetImportCounts counts;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  if (!budget_importer_commit_finish (importer, result, &error))
    {
      if (self->importer == importer)
        end_saving (self, error);
      return;
    }

  budget_importer_count (importer, &counts);
  label = describe_done (&counts);
  g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, label);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_commit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetImportDialog *self = BUDGET_IMPORT_DIALOG (widget);

  self->is_saving = TRUE;
  update_commit (self);
  show_warning (self, NULL);
  adw_status_page_set_title (self->working_page, _("Saving…"));
  adw_status_page_set_icon_name (self->working_page, "document-save-symbolic");
  gtk_progress_bar_set_fraction (self->progress, 0);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "working");

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  budget_importer_set_progress (self->importer, on_save_progress, self);
  budget_importer_commit_async (self->importer, self->cancellable, on_committed,
                                g_object_ref (self));
}

/* Cancel the saving first, and keep the preview. */
static void
on_cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetImportDialog *self = BUDGET_IMPORT_DIALOG (widget);

  if (self->is_saving)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetImportDialog *self = BUDGET_IMPORT_DIALOG (widget);

  adw_view_stack_set_visible_child_name (self->pages, "transactions");
  budget_draft_list_start_search (self->list);
}

/* Close the dialog only once the saving has ended. */
static gboolean
budget_import_dialog_close_request (GtkWindow *window)
{
  BudgetImportDialog *self = BUDGET_IMPORT_DIALOG (window);

  if (self->is_saving)
    {
      self->closes = TRUE;
      g_cancellable_cancel (self->cancellable);
      return GDK_EVENT_STOP;
    }

  return GTK_WINDOW_CLASS (budget_import_dialog_parent_class)->close_request (window);
}

static void
budget_import_dialog_dispose (GObject *object)
{
  BudgetImportDialog *self = BUDGET_IMPORT_DIALOG (object);

  drop_importer (self);
  if (self->list != NULL)
    budget_draft_list_set_importer (self->list, NULL);
  self->list = NULL;
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_import_dialog_parent_class)->dispose (object);
}

static void
budget_import_dialog_finalize (GObject *object)
{
  BudgetImportDialog *self = BUDGET_IMPORT_DIALOG (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->read);
  g_ptr_array_unref (self->file_groups);
  g_ptr_array_unref (self->sources);
  budget_import_choices_free (self->choices);

  G_OBJECT_CLASS (budget_import_dialog_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetImportDialog, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (stack);
  BIND (working_page);
  BIND (progress);
  BIND (failed_page);
  BIND (pages);
  BIND (files_page);
  BIND (switcher);
  BIND (list);
  BIND (groups);
  BIND (spinner);
  BIND (target_row);
  BIND (warning);
  BIND (warning_label);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "import.commit", NULL, on_commit);
  gtk_widget_class_install_action (widget_class, "import.search", NULL, on_search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "import.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "import.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "import.commit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "import.commit", NULL);
}

static void
budget_import_dialog_class_init (BudgetImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = budget_import_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = budget_import_dialog_close_request;

  /**
   * BudgetImportDialog::imported:
   * @self: the dialog
   * @label: what was done, for a toast
   */
  signals[SIGNAL_IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (BUDGET_TYPE_DRAFT_LIST);
  g_type_ensure (BUDGET_TYPE_IMPORT_TARGET_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-import-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_list_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_target_changed);
  add_actions (widget_class);
}

static void
budget_import_dialog_init (BudgetImportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->read = g_ptr_array_new ();
  self->file_groups = g_ptr_array_new ();
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) budget_import_source_free);
  self->choices = budget_import_choices_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.commit", FALSE);
}

static void
take_files (BudgetImportDialog *self, GListModel *files)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      BudgetImportSource *source = budget_import_source_new (file);
      GtkWidget *group = budget_import_file_group_new (self->book, source);

      g_ptr_array_add (self->sources, source);
      g_ptr_array_add (self->file_groups, group);
      g_signal_connect_object (group, "changed", G_CALLBACK (read_all), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->groups, group);
    }
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
  budget_draft_list_set_book (self->list, book, self->choices);
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
