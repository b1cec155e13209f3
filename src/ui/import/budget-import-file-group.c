/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-file-group.h"
#include "budget-import-layout-row.h"

#include <glib/gi18n.h>

/**
 * BudgetImportFileGroup:
 *
 * One file of an import: its format, what was found in it, and the settings that
 * it was read with. Changes go into the file's source, and the file then has to
 * be read again.
 */

struct _BudgetImportFileGroup
{
  AdwPreferencesGroup parent_instance;

  BudgetBook *book;
  BudgetImportSource *source; /* the dialog's */
  gboolean is_showing;        /* what is selected is not somebody's choice */
  gboolean needs_attention;

  AdwActionRow *problem_row;
  AdwActionRow *notes_row;
  GtkWidget *remembered_row;
  GtkWidget *forget_button;
  AdwComboRow *account_row;
  AdwEntryRow *new_account_row;
  AdwActionRow *currency_row;
  GtkSwitch *as_is_switch;
  AdwComboRow *date_order_row;
  BudgetImportLayoutRow *layout_row;
  GtkWidget *lines_row;
  GtkLabel *lines;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define MAX_LINE_LENGTH 160

G_DEFINE_FINAL_TYPE (BudgetImportFileGroup, budget_import_file_group, ADW_TYPE_PREFERENCES_GROUP)

static void
tell (BudgetImportFileGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_layout_corrected (BudgetImportFileGroup *self, const char *assignment)
{
  budget_import_source_correct (self->source, assignment);
  tell (self);
}

static void
on_date_order_notify_selected (BudgetImportFileGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->date_order_row);
  g_autofree char *assignment = NULL;

  if (self->is_showing || selected >= BUDGET_N_DATE_ORDERS)
    return;

  assignment = g_strconcat ("date-order=", budget_date_order_get_name (selected), NULL);
  budget_import_source_correct (self->source, assignment);
  tell (self);
}

static void
on_forget_clicked (BudgetImportFileGroup *self)
{
  budget_import_source_forget (self->source);
  tell (self);
}

static void
on_as_is_notify_active (BudgetImportFileGroup *self)
{
  if (self->is_showing)
    return;

  self->source->as_is = gtk_switch_get_active (self->as_is_switch);
  tell (self);
}

static void
take_account (BudgetImportFileGroup *self, const char *name)
{
  g_free (self->source->account);
  self->source->account = g_strdup (name);
  tell (self);
}

static guint
get_n_accounts (BudgetImportFileGroup *self)
{
  return g_list_model_get_n_items (budget_book_get_accounts (self->book));
}

/* The account in the file, one of the book's, or a new one. */
static void
on_account_notify_selected (BudgetImportFileGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->account_row);
  gboolean is_new = selected == get_n_accounts (self) + 1;
  g_autoptr (BudgetAccount) account = NULL;

  if (self->is_showing || selected == GTK_INVALID_LIST_POSITION)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->new_account_row), is_new);
  if (is_new)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->new_account_row));
      return;
    }

  if (selected > 0)
    account = g_list_model_get_item (budget_book_get_accounts (self->book), selected - 1);
  take_account (self, account != NULL ? budget_account_get_name (account) : "");
}

static void
on_new_account_apply (BudgetImportFileGroup *self)
{
  g_autofree char *name =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->new_account_row))));

  if (*name != '\0')
    take_account (self, name);
}

static void
budget_import_file_group_dispose (GObject *object)
{
  BudgetImportFileGroup *self = BUDGET_IMPORT_FILE_GROUP (object);

  self->is_showing = TRUE;
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_import_file_group_parent_class)->dispose (object);
}

#define BIND(child)                                                                                \
  gtk_widget_class_bind_template_child (widget_class, BudgetImportFileGroup, child)

static void
budget_import_file_group_class_init (BudgetImportFileGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_import_file_group_dispose;

  /**
   * BudgetImportFileGroup::changed:
   * @self: the group
   *
   * A setting changed, and the file has to be read again.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BUDGET_TYPE_IMPORT_LAYOUT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-import-file-group.ui");
  BIND (problem_row);
  BIND (notes_row);
  BIND (remembered_row);
  BIND (forget_button);
  BIND (account_row);
  BIND (new_account_row);
  BIND (currency_row);
  BIND (as_is_switch);
  BIND (date_order_row);
  BIND (layout_row);
  BIND (lines_row);
  BIND (lines);
  gtk_widget_class_bind_template_callback (widget_class, on_account_notify_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_as_is_notify_active);
  gtk_widget_class_bind_template_callback (widget_class, on_date_order_notify_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_forget_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_layout_corrected);
  gtk_widget_class_bind_template_callback (widget_class, on_new_account_apply);
}

static void
budget_import_file_group_init (BudgetImportFileGroup *self)
{
  g_autoptr (GtkStringList) orders = gtk_string_list_new (NULL);

  self->is_showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < BUDGET_N_DATE_ORDERS; i++)
    gtk_string_list_append (orders, budget_ui_get_date_order_name (i));
  adw_combo_row_set_model (self->date_order_row, G_LIST_MODEL (orders));
}

/**
 * budget_import_file_group_new:
 * @book: the book to import into
 * @source: a file; it has to outlive the group
 *
 * Returns: (transfer floating): a group that shows nothing yet
 */
GtkWidget *
budget_import_file_group_new (BudgetBook *book, BudgetImportSource *source)
{
  BudgetImportFileGroup *self = g_object_new (BUDGET_TYPE_IMPORT_FILE_GROUP, NULL);
  g_autofree char *title = g_markup_escape_text (source->name, -1);

  self->book = g_object_ref (book);
  self->source = source;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);

  return GTK_WIDGET (self);
}

/* The account in the file, or else the remembered one. */
static char *
dup_found_account (BudgetImporter *importer, guint file, gboolean *has_several)
{
  GListModel *drafts = G_LIST_MODEL (importer);
  const char *found = NULL;

  *has_several = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (drafts, i);
      const char *name = budget_draft_get_account_name (draft);

      if (budget_draft_get_file (draft) != file || name == NULL)
        continue;

      /* The importer holds the draft, and the draft the name. */
      if (found != NULL && !g_str_equal (found, name))
        {
          *has_several = TRUE;
          return NULL;
        }
      found = name;
    }

  return g_strdup (found);
}

static void
show_account (BudgetImportFileGroup *self, BudgetImporter *importer, guint file)
{
  GListModel *accounts = budget_book_get_accounts (self->book);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gboolean has_several;
  g_autofree char *found = dup_found_account (importer, file, &has_several);
  const char *said = self->source->account;
  gboolean is_said = said != NULL && *said != '\0';
  guint selected = 0;

  /* Translators: the account of a bank's file */
  gtk_string_list_append (names, found == NULL && !has_several ? C_ ("account", "None")
                                                                     : _("As in the file"));
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (BudgetAccount) account = g_list_model_get_item (accounts, i);

      gtk_string_list_append (names, budget_account_get_name (account));
      if (g_strcmp0 (found, budget_account_get_name (account)) == 0)
        selected = i + 1;
    }
  gtk_string_list_append (names, _("New Account…"));
  if (selected == 0 && is_said)
    selected = get_n_accounts (self) + 1;

  adw_combo_row_set_model (self->account_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->account_row, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->new_account_row), selected > get_n_accounts (self));
  if (selected > get_n_accounts (self))
    gtk_editable_set_text (GTK_EDITABLE (self->new_account_row), said);

  if (has_several)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->account_row), _("Several, as in the file"));
  else if (found != NULL && selected == 0)
    {
      g_autofree char *escaped = g_markup_escape_text (found, -1);
      /* Translators: %s is the name or the number of an account */
      g_autofree char *text = g_strdup_printf (_("%s, which is new"), escaped);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->account_row), text);
    }
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->account_row), "");
}

static const char *
find_other_currency (BudgetStatement *statement, const char *currency)
{
  for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
    {
      const char *own = budget_statement_get_row (statement, i)->currency;

      if (own != NULL && !g_str_equal (own, currency))
        return own;
    }

  return NULL;
}

static void
show_currency (BudgetImportFileGroup *self, BudgetImporter *importer)
{
  const char *currency = budget_importer_get_currency (importer);
  const char *other =
    self->source->is_good ? find_other_currency (self->source->statement, currency) : NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->currency_row), other != NULL);
  if (other == NULL)
    return;

  /* Translators: two currencies, such as USD and EUR */
  text = g_strdup_printf (_("It is in %1$s and the book in %2$s. Nothing is converted."), other,
                             currency);
  adw_action_row_set_subtitle (self->currency_row, text);
  gtk_switch_set_active (self->as_is_switch, self->source->as_is);
  self->needs_attention |= !self->source->as_is;
}

static void
show_notes (BudgetImportFileGroup *self, BudgetCsvLayout *layout)
{
  const char *const *remarks =
    self->source->is_good ? budget_statement_get_notes (self->source->statement) : NULL;
  g_autofree char *notes = remarks != NULL ? g_strjoinv ("\n", (char **) remarks) : NULL;
  gboolean has_notes = notes != NULL && *notes != '\0';

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->notes_row), has_notes ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_row), has_notes);
  self->needs_attention |= has_notes;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row),
                                 self->source->problem != NULL ? self->source->problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_row), self->source->problem != NULL);
  self->needs_attention |= self->source->problem != NULL;
}

static void
show_lines (BudgetImportFileGroup *self)
{
  BudgetStatement *lines = self->source->lines;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; lines != NULL && i < budget_statement_get_n_rows (lines); i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (lines, i);
      g_autofree char *line = g_strjoinv (" | ", (char **) row->fields);
      g_autofree char *cut = NULL;

      g_strdelimit (line, "\r\n\t", ' ');
      if (g_utf8_strlen (line, -1) > MAX_LINE_LENGTH)
        cut = g_utf8_substring (line, 0, MAX_LINE_LENGTH);
      g_string_append_printf (text, "%s%u  %s%s", i > 0 ? "\n" : "", row->line,
                              cut != NULL ? cut : line, cut != NULL ? "…" : "");
    }

  gtk_label_set_label (self->lines, text->str);
  gtk_widget_set_visible (self->lines_row, lines != NULL);
}

/* Keep the user's choice on the screen even if the file cannot be read with it. */
static void
show_layout (BudgetImportFileGroup *self, BudgetCsvLayout *layout)
{
  BudgetImportSource *source = self->source;
  BudgetDateOrder order = BUDGET_DATE_ORDER_DMY;
  gboolean has_order = source->is_good && layout == NULL &&
                       budget_statement_get_date_order (source->statement, &order);

  gtk_widget_set_visible (GTK_WIDGET (self->layout_row), layout != NULL);
  if (layout != NULL)
    budget_import_layout_row_show (self->layout_row, layout,
                                   source->lines != NULL ? source->lines : source->statement);
  if (source->lines != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->layout_row), TRUE);

  gtk_widget_set_visible (GTK_WIDGET (self->date_order_row), has_order);
  adw_combo_row_set_selected (self->date_order_row, order);
  gtk_widget_set_visible (self->remembered_row, source->is_remembered);
}

static char *
describe (BudgetImportFileGroup *self, BudgetImporter *importer, guint file)
{
  BudgetImportCounts counts;
  g_autoptr (GString) text = g_string_new (budget_statement_get_format (self->source->statement));

  budget_importer_count_file (importer, file, &counts);
  /* Translators: %u transactions of a file will be added */
  g_string_append_printf (text, _(" · %u to add"), counts.n_included);
  if (counts.n_matched > 0)
    /* Translators: %u transactions of a file match expenses entered by hand */
    g_string_append_printf (text, _(" · %u to match"), counts.n_matched);
  if (counts.n_duplicates > counts.n_matched)
    /* Translators: %u transactions of a file are in the book already */
    g_string_append_printf (text, _(" · %u already there"),
                                     counts.n_duplicates - counts.n_matched);
  if (counts.n_rejected > 0)
    /* Translators: %u rows of a file cannot be used */
    g_string_append_printf (text, _(" · %u unusable"), counts.n_rejected);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * budget_import_file_group_show:
 * @self: a group
 * @importer: what was made of the file
 * @file: which of the importer's files it is, if it could be read
 *
 * Shows how the file was read.
 */
void
budget_import_file_group_show (BudgetImportFileGroup *self, BudgetImporter *importer, guint file)
{
  BudgetCsvLayout *layout;
  g_autofree char *description = NULL;

  g_return_if_fail (BUDGET_IS_IMPORT_FILE_GROUP (self));
  g_return_if_fail (BUDGET_IS_IMPORTER (importer));

  layout = budget_import_source_get_layout (self->source);
  if (self->source->is_good)
    description = describe (self, importer, file);

  self->is_showing = TRUE;
  self->needs_attention = FALSE;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), description);
  gtk_widget_set_visible (GTK_WIDGET (self->account_row), self->source->is_good);
  gtk_widget_set_visible (GTK_WIDGET (self->new_account_row), FALSE);
  if (self->source->is_good)
    show_account (self, importer, file);
  show_currency (self, importer);
  show_notes (self, layout);
  show_layout (self, layout);
  show_lines (self);
  self->is_showing = FALSE;
}

/**
 * budget_import_file_group_needs_attention:
 * @self: a group
 *
 * Returns: whether somebody should look at how the file was read
 */
gboolean
budget_import_file_group_needs_attention (BudgetImportFileGroup *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT_FILE_GROUP (self), FALSE);

  return self->needs_attention;
}
