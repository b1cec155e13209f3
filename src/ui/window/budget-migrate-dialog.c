/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-foreign-reader.h"
#include "budget-migrate-dialog.h"
#include "budget-money.h"

#include <glib/gi18n.h>

/**
 * BudgetMigrateDialog:
 *
 * Another program's whole book, before any of it is in this one: how much there
 * is, what was not imported, and what cannot be used. It comes in whole or not
 * at all.
 */

struct _BudgetMigrateDialog
{
  AdwWindow parent_instance;

  BudgetBook *book;
  char *name;
  BudgetBookMerger *merger;
  GCancellable *cancellable;

  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *failed_page;
  AdwPreferencesGroup *counts_group;
  AdwPreferencesGroup *report_group;
  AdwPreferencesGroup *rejected_group;
  GtkLabel *new_label;
  GtkLabel *known_label;
  GtkLabel *rejected_label;
  GtkLabel *sum_label;
};

enum
{
  SIGNAL_IMPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetMigrateDialog, budget_migrate_dialog, ADW_TYPE_WINDOW)

/* More rows than this would not tell the user more. */
#define MAX_ROWS 200

static void
show_failure (BudgetMigrateDialog *self, const char *message)
{
  gtk_spinner_stop (self->spinner);
  adw_status_page_set_description (self->failed_page, message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
add_row (AdwPreferencesGroup *group, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  /* What came out of a file is no markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (group, row);
}

static void
set_number (GtkLabel *label, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  gtk_label_set_label (label, text);
}

static void
show_rejected (BudgetMigrateDialog *self)
{
  BudgetForeignBook *foreign = budget_book_merger_get_foreign_book (self->merger);
  guint n = budget_foreign_book_get_n_rejected (foreign);

  gtk_widget_set_visible (GTK_WIDGET (self->rejected_group), n > 0);
  for (guint i = 0; i < MIN (n, MAX_ROWS); i++)
    {
      guint line;
      const char *reason = budget_foreign_book_get_rejected (foreign, i, &line);
      /* Translators: a line of a file, and what is wrong with it. */
      g_autofree char *numbered = g_strdup_printf (_("Line %1$u: %2$s"), line, reason);

      add_row (self->rejected_group, line > 0 ? numbered : reason);
    }

  if (n > MAX_ROWS)
    {
      /* Translators: %u is how many more there are. */
      g_autofree char *more = g_strdup_printf (_("And %u more"), n - MAX_ROWS);

      add_row (self->rejected_group, more);
    }
}

static void
show_merger (BudgetMigrateDialog *self)
{
  BudgetForeignBook *foreign = budget_book_merger_get_foreign_book (self->merger);
  const char *const *report = budget_book_merger_get_report (self->merger);
  guint n_new = budget_book_merger_get_n_new (self->merger);
  g_autofree char *title = NULL;
  g_autofree char *sum = budget_money_format (budget_book_merger_get_sum (self->merger),
                                              budget_book_merger_get_currency (self->merger));

  /* Translators: a program, HomeBank or GnuCash, and the name of a file. */
  title = g_strdup_printf (_("Book of %1$s, “%2$s”"), budget_foreign_book_get_program (foreign),
                              self->name);
  {
    g_autofree char *escaped = g_markup_escape_text (title, -1);

    adw_preferences_group_set_title (self->counts_group, escaped);
  }

  set_number (self->new_label, n_new);
  set_number (self->known_label, budget_book_merger_get_n_duplicates (self->merger));
  set_number (self->rejected_label, budget_foreign_book_get_n_rejected (foreign));
  gtk_label_set_label (self->sum_label, sum);
  for (guint i = 0; report[i] != NULL; i++)
    add_row (self->report_group, report[i]);
  show_rejected (self);

  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "report");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "migrate.commit", n_new > 0);
}

typedef struct
{
  char *path;
  char *currency; /* or NULL */
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->path);
  g_free (reading->currency);
  g_free (reading);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  BudgetForeignBook *foreign =
    budget_foreign_reader_read_file (reading->path, reading->currency, cancellable, &error);

  if (foreign != NULL)
    g_task_return_pointer (task, foreign, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BudgetMigrateDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetForeignBook) foreign = g_task_propagate_pointer (G_TASK (result), &error);

  /* Nobody waits for it any more. */
  if (self->book == NULL)
    return;

  if (foreign != NULL)
    self->merger = budget_book_merger_new (self->book, foreign, self->name, NULL, &error);

  if (self->merger != NULL)
    show_merger (self);
  else
    show_failure (self, error->message);
}

static void
start_reading (BudgetMigrateDialog *self, const char *path)
{
  Reading *reading = g_new0 (Reading, 1);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_read, g_object_ref (self));

  reading->path = g_strdup (path);
  if (!budget_book_is_empty (self->book))
    reading->currency = g_strdup (budget_book_get_currency (self->book));
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_in_thread);
}

static void
on_commit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetMigrateDialog *self = BUDGET_MIGRATE_DIALOG (widget);
  guint n_new = budget_book_merger_get_n_new (self->merger);
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  gtk_widget_action_set_enabled (widget, "migrate.commit", FALSE);
  if (!budget_book_merger_commit (self->merger, NULL, &error))
    {
      show_failure (self, error->message);
      return;
    }

  label = g_strdup_printf (ngettext ("Imported %u expense", "Imported %u expenses", n_new), n_new);
  g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, label);
  gtk_window_close (GTK_WINDOW (self));
}

static void
budget_migrate_dialog_dispose (GObject *object)
{
  BudgetMigrateDialog *self = BUDGET_MIGRATE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->merger);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_migrate_dialog_parent_class)->dispose (object);
}

static void
budget_migrate_dialog_finalize (GObject *object)
{
  BudgetMigrateDialog *self = BUDGET_MIGRATE_DIALOG (object);

  g_object_unref (self->cancellable);
  g_free (self->name);

  G_OBJECT_CLASS (budget_migrate_dialog_parent_class)->finalize (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetMigrateDialog, child)

static void
budget_migrate_dialog_class_init (BudgetMigrateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_migrate_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = budget_migrate_dialog_finalize;

  /**
   * BudgetMigrateDialog::imported:
   * @self: the dialog
   * @label: what was done, for a toast
   */
  signals[SIGNAL_IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-migrate-dialog.ui");
  BIND (stack);
  BIND (spinner);
  BIND (failed_page);
  BIND (counts_group);
  BIND (report_group);
  BIND (rejected_group);
  BIND (new_label);
  BIND (known_label);
  BIND (rejected_label);
  BIND (sum_label);
  gtk_widget_class_install_action (widget_class, "migrate.commit", NULL, on_commit);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
budget_migrate_dialog_init (BudgetMigrateDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "migrate.commit", FALSE);
}

/**
 * budget_migrate_dialog_new:
 * @book: a book
 * @path: (type filename): where another program's book is
 *
 * Returns: (transfer none): a dialog that begins to read the file
 */
GtkWidget *
budget_migrate_dialog_new (BudgetBook *book, const char *path)
{
  BudgetMigrateDialog *self = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (BUDGET_TYPE_MIGRATE_DIALOG, NULL);
  self->book = g_object_ref (book);
  self->name = g_filename_display_basename (path);
  start_reading (self, path);

  return GTK_WIDGET (self);
}

/**
 * budget_migrate_dialog_get_merger:
 * @self: a dialog
 *
 * Returns: (transfer none) (nullable): what is about to come in, once it is read
 */
BudgetBookMerger *
budget_migrate_dialog_get_merger (BudgetMigrateDialog *self)
{
  g_return_val_if_fail (BUDGET_IS_MIGRATE_DIALOG (self), NULL);

  return self->merger;
}
