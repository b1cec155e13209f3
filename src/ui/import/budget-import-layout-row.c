/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-layout-row.h"
#include "budget-import-source.h"

#include <glib/gi18n.h>

/**
 * BudgetImportLayoutRow:
 *
 * The layout that was detected in a bank's table, for the user to check and
 * correct: its marks, and the role of each column with an example of its cells.
 *
 * The row corrects nothing itself. It emits each choice as text for
 * budget_csv_layout_map(), and shows it once the file was read with it.
 */

struct _BudgetImportLayoutRow
{
  AdwExpanderRow parent_instance;

  gboolean is_showing; /* the selection is not the user's choice */
  GString *delimiters; /* one for each entry */
  GPtrArray *columns;  /* of AdwComboRow */

  AdwComboRow *encoding_row;
  AdwComboRow *delimiter_row;
  GtkSpinButton *header_spin;
  guint header_source;
  AdwComboRow *date_order_row;
  AdwComboRow *decimal_row;
  GtkSwitch *inverted_switch;
};

enum
{
  SIGNAL_CORRECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetImportLayoutRow, budget_import_layout_row, ADW_TYPE_EXPANDER_ROW)

#define MAX_SAMPLE_LENGTH 60

/* In milliseconds. */
#define HEADER_DELAY 400

static const struct
{
  char mark;
  const char *name;
} delimiters[] = {
  /* Translators: the character between the columns of a file */
  { ',', NC_ ("separator", "Comma") },
  { ';', NC_ ("separator", "Semicolon") },
  { '\t', NC_ ("separator", "Tab") },
  { '|', NC_ ("separator", "Vertical bar") },
};

static const char *const role_names[BUDGET_N_CSV_ROLES] = {
  /* Translators: these are what a column of a bank's file can be */
  [BUDGET_CSV_ROLE_IGNORED] = NC_ ("column", "Ignored"),
  [BUDGET_CSV_ROLE_DATE] = NC_ ("column", "Date"),
  [BUDGET_CSV_ROLE_VALUE_DATE] = NC_ ("column", "Value date"),
  [BUDGET_CSV_ROLE_DESCRIPTION] = NC_ ("column", "Description"),
  [BUDGET_CSV_ROLE_PAYEE] = NC_ ("column", "Payee"),
  [BUDGET_CSV_ROLE_AMOUNT] = NC_ ("column", "Amount"),
  [BUDGET_CSV_ROLE_DEBIT] = NC_ ("column", "Money out"),
  [BUDGET_CSV_ROLE_CREDIT] = NC_ ("column", "Money in"),
  [BUDGET_CSV_ROLE_DIRECTION] = NC_ ("column", "In or out"),
  [BUDGET_CSV_ROLE_BALANCE] = NC_ ("column", "Balance"),
  [BUDGET_CSV_ROLE_FEE] = NC_ ("column", "Fee"),
  [BUDGET_CSV_ROLE_CURRENCY] = NC_ ("column", "Currency"),
  [BUDGET_CSV_ROLE_CATEGORY] = NC_ ("column", "Category"),
  [BUDGET_CSV_ROLE_PERSON] = NC_ ("column", "Person"),
  [BUDGET_CSV_ROLE_ACCOUNT] = NC_ ("column", "Account"),
  [BUDGET_CSV_ROLE_COUNTERPART] = NC_ ("column", "Other account"),
  [BUDGET_CSV_ROLE_NOTE] = NC_ ("column", "Note"),
  [BUDGET_CSV_ROLE_BANK_ID] = NC_ ("column", "Bank’s reference"),
  [BUDGET_CSV_ROLE_STATUS] = NC_ ("column", "Status"),
};

static GListModel *
create_role_names (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < BUDGET_N_CSV_ROLES; i++)
    gtk_string_list_append (names, g_dpgettext2 (NULL, "column", role_names[i]));

  return G_LIST_MODEL (names);
}

static void
correct (BudgetImportLayoutRow *self, const char *name, const char *value)
{
  g_autofree char *assignment = g_strconcat (name, "=", value, NULL);

  if (!self->is_showing)
    g_signal_emit (self, signals[SIGNAL_CORRECTED], 0, assignment);
}

static void
on_encoding_notify_selected (BudgetImportLayoutRow *self)
{
  guint selected = adw_combo_row_get_selected (self->encoding_row);

  if (selected <= BUDGET_TEXT_ENCODING_WINDOWS_1250)
    correct (self, "encoding", budget_text_encoding_get_name (selected));
}

static void
on_delimiter_notify_selected (BudgetImportLayoutRow *self)
{
  guint selected = adw_combo_row_get_selected (self->delimiter_row);
  char value[] = { '\0', '\0' };

  if (selected >= self->delimiters->len)
    return;

  value[0] = self->delimiters->str[selected];
  correct (self, "delimiter", value);
}

static gboolean
on_header_timeout (gpointer user_data)
{
  BudgetImportLayoutRow *self = user_data;
  g_autofree char *line =
    g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (self->header_spin));

  self->header_source = 0;
  correct (self, "header-line", line);
  return G_SOURCE_REMOVE;
}

/* Wait until the user has finished clicking the spin button. */
static void
on_header_value_changed (BudgetImportLayoutRow *self)
{
  if (self->is_showing)
    return;

  g_clear_handle_id (&self->header_source, g_source_remove);
  self->header_source = g_timeout_add (HEADER_DELAY, on_header_timeout, self);
}

static void
on_date_order_notify_selected (BudgetImportLayoutRow *self)
{
  guint selected = adw_combo_row_get_selected (self->date_order_row);

  if (selected < BUDGET_N_DATE_ORDERS)
    correct (self, "date-order", budget_date_order_get_name (selected));
}

static void
on_decimal_notify_selected (BudgetImportLayoutRow *self)
{
  correct (self, "decimal", adw_combo_row_get_selected (self->decimal_row) == 0 ? "." : ",");
}

static void
on_inverted_notify_active (BudgetImportLayoutRow *self)
{
  correct (self, "sign", gtk_switch_get_active (self->inverted_switch) ? "inverted" : "bank");
}

static void
on_column_notify_selected (BudgetImportLayoutRow *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);
  g_autofree char *number = NULL;
  guint column;

  if (selected >= BUDGET_N_CSV_ROLES || !g_ptr_array_find (self->columns, row, &column))
    return;

  number = g_strdup_printf ("%u", column + 1);
  correct (self, budget_csv_role_get_name (selected), number);
}

static const char *
find_sample (BudgetStatement *statement, guint column)
{
  for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (statement, i);

      if (row->fields != NULL && column < g_strv_length ((char **) row->fields) &&
          *row->fields[column] != '\0')
        return row->fields[column];
    }

  return NULL;
}

static char *
dup_sample (BudgetStatement *statement, guint column)
{
  const char *sample = find_sample (statement, column);
  g_autofree char *cut = NULL;
  g_autofree char *line = NULL;

  if (sample == NULL)
    return g_strdup (_("always empty"));

  line = g_strdelimit (g_strdup (sample), "\r\n\t", ' ');
  if (g_utf8_strlen (line, -1) <= MAX_SAMPLE_LENGTH)
    return g_markup_escape_text (line, -1);

  cut = g_utf8_substring (line, 0, MAX_SAMPLE_LENGTH);
  g_free (line);
  /* Translators: %s is the beginning of a text that is too long */
  line = g_strdup_printf (_("%s…"), cut);
  return g_markup_escape_text (line, -1);
}

static void
resize_columns (BudgetImportLayoutRow *self, guint n_columns)
{
  while (self->columns->len > n_columns)
    {
      guint last = self->columns->len - 1;

      adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->columns, last));
      g_ptr_array_remove_index (self->columns, last);
    }

  while (self->columns->len < n_columns)
    {
      GtkWidget *row = adw_combo_row_new ();
      g_autoptr (GListModel) names = create_role_names ();

      adw_combo_row_set_model (ADW_COMBO_ROW (row), names);
      /* GTK 4.8 warns of a label of one letter that may be cut short. */
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_column_notify_selected),
                               self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->columns, row);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
}

static void
show_columns (BudgetImportLayoutRow *self, BudgetCsvLayout *layout, BudgetStatement *statement)
{
  resize_columns (self, budget_csv_layout_get_n_columns (layout));
  for (guint i = 0; i < self->columns->len; i++)
    {
      AdwComboRow *row = g_ptr_array_index (self->columns, i);
      const char *title = budget_csv_layout_get_title (layout, i);
      g_autofree char *escaped = g_markup_escape_text (title, -1);
      g_autofree char *sample = dup_sample (statement, i);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sample);
      adw_combo_row_set_selected (row, budget_csv_layout_get_role (layout, i));
    }
}

/* An unusual separator becomes an entry, too. */
static void
show_delimiter (BudgetImportLayoutRow *self, char mark)
{
  const char *found = strchr (self->delimiters->str, mark);

  if (found == NULL)
    {
      char name[] = { mark, '\0' };
      GListModel *names = adw_combo_row_get_model (self->delimiter_row);

      g_string_append_c (self->delimiters, mark);
      gtk_string_list_append (GTK_STRING_LIST (names), name);
      found = self->delimiters->str + self->delimiters->len - 1;
    }

  adw_combo_row_set_selected (self->delimiter_row, (guint) (found - self->delimiters->str));
}

static const char *
get_selected_name (AdwComboRow *row)
{
  return gtk_string_object_get_string (adw_combo_row_get_selected_item (row));
}

static void
fill_rows (BudgetImportLayoutRow *self)
{
  g_autoptr (GtkStringList) encodings = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) marks = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) orders = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) decimals = gtk_string_list_new (NULL);

  for (guint i = 0; i <= BUDGET_TEXT_ENCODING_WINDOWS_1250; i++)
    gtk_string_list_append (encodings, budget_text_encoding_get_name (i));
  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      gtk_string_list_append (marks, g_dpgettext2 (NULL, "separator", delimiters[i].name));
      g_string_append_c (self->delimiters, delimiters[i].mark);
    }
  for (guint i = 0; i < BUDGET_N_DATE_ORDERS; i++)
    gtk_string_list_append (orders, budget_ui_get_date_order_name (i));
  gtk_string_list_append (decimals, "1,234.56");
  gtk_string_list_append (decimals, "1.234,56");

  adw_combo_row_set_model (self->encoding_row, G_LIST_MODEL (encodings));
  adw_combo_row_set_model (self->delimiter_row, G_LIST_MODEL (marks));
  adw_combo_row_set_model (self->date_order_row, G_LIST_MODEL (orders));
  adw_combo_row_set_model (self->decimal_row, G_LIST_MODEL (decimals));
}

static void
budget_import_layout_row_finalize (GObject *object)
{
  BudgetImportLayoutRow *self = BUDGET_IMPORT_LAYOUT_ROW (object);

  g_clear_handle_id (&self->header_source, g_source_remove);
  g_string_free (self->delimiters, TRUE);
  g_ptr_array_unref (self->columns);

  G_OBJECT_CLASS (budget_import_layout_row_parent_class)->finalize (object);
}

#define BIND(child)                                                                                \
  gtk_widget_class_bind_template_child (widget_class, BudgetImportLayoutRow, child)

static void
budget_import_layout_row_class_init (BudgetImportLayoutRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = budget_import_layout_row_finalize;

  /**
   * BudgetImportLayoutRow::corrected:
   * @self: the row
   * @assignment: the correction, for budget_csv_layout_map()
   */
  signals[SIGNAL_CORRECTED] =
    g_signal_new ("corrected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-import-layout-row.ui");
  BIND (encoding_row);
  BIND (delimiter_row);
  BIND (header_spin);
  BIND (date_order_row);
  BIND (decimal_row);
  BIND (inverted_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_date_order_notify_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_decimal_notify_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_delimiter_notify_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_encoding_notify_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_header_value_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_inverted_notify_active);
}

static void
budget_import_layout_row_init (BudgetImportLayoutRow *self)
{
  self->delimiters = g_string_new (NULL);
  self->columns = g_ptr_array_new ();
  self->is_showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_rows (self);
  self->is_showing = FALSE;
}

/**
 * budget_import_layout_row_show:
 * @self: a row
 * @layout: how a table was read
 * @statement: what was read, for the examples
 */
void
budget_import_layout_row_show (BudgetImportLayoutRow *self,
                               BudgetCsvLayout *layout,
                               BudgetStatement *statement)
{
  g_autofree char *subtitle = NULL;

  g_return_if_fail (BUDGET_IS_IMPORT_LAYOUT_ROW (self));
  g_return_if_fail (BUDGET_IS_CSV_LAYOUT (layout));
  g_return_if_fail (BUDGET_IS_STATEMENT (statement));

  self->is_showing = TRUE;
  adw_combo_row_set_selected (self->encoding_row, budget_csv_layout_get_encoding (layout));
  show_delimiter (self, budget_csv_layout_get_delimiter (layout));
  gtk_spin_button_set_value (self->header_spin, budget_csv_layout_get_header_line (layout));
  adw_combo_row_set_selected (self->date_order_row, budget_csv_layout_get_date_order (layout));
  adw_combo_row_set_selected (self->decimal_row,
                              budget_csv_layout_get_decimal_mark (layout) == ',' ? 1 : 0);
  gtk_switch_set_active (self->inverted_switch, budget_csv_layout_get_inverted (layout));
  show_columns (self, layout, statement);
  self->is_showing = FALSE;

  /* Translators: an encoding, a separator and the order of dates */
  subtitle = g_strdup_printf (_("%1$s · %2$s · %3$s"), get_selected_name (self->encoding_row),
                                 get_selected_name (self->delimiter_row),
                                 get_selected_name (self->date_order_row));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}
