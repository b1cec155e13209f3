/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-account.h"
#include "budget-date-row.h"
#include "budget-expense-dialog.h"
#include "budget-expression.h"
#include "budget-import-history.h"
#include "budget-money.h"
#include "budget-ui-history.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetExpenseDialog:
 *
 * An expense, new or to be changed. The amount may be reckoned ("3*4.20");
 * what was bought before brings its category along.
 */

struct _BudgetExpenseDialog
{
  BudgetFormDialog parent_instance;

  BudgetExpense *expense; /* the one to change, or %NULL */
  GPtrArray *users;
  GPtrArray *categories;
  GPtrArray *accounts;   /* with a %NULL for none, first */
  gboolean has_category; /* somebody has chosen one */

  GtkWidget *amount_row;
  BudgetFieldMessage *amount_message;
  GtkWidget *description_row;
  BudgetFieldMessage *description_message;
  BudgetDateRow *date_row;
  BudgetFieldMessage *date_message;
  AdwComboRow *category_row;
  AdwComboRow *user_row;
  AdwComboRow *account_row;
  GtkWidget *note_row;
  BudgetFieldMessage *note_message;
  AdwActionRow *bank_row;
  GtkWidget *unmatch_button;
};

/* What stands in the form. */
typedef struct
{
  gint64 amount;
  GDate date;
} Reading;

G_DEFINE_FINAL_TYPE (BudgetExpenseDialog, budget_expense_dialog, BUDGET_TYPE_FORM_DIALOG)

static GPtrArray *
fill_combo (AdwComboRow *row, GListModel *entities, const char *none)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GPtrArray *array = g_ptr_array_new ();

  if (none != NULL)
    {
      gtk_string_list_append (names, none);
      g_ptr_array_add (array, NULL);
    }

  for (guint i = 0; i < g_list_model_get_n_items (entities); i++)
    {
      gpointer entity = g_list_model_get_item (entities, i);
      g_autofree char *name = NULL;

      g_object_get (entity, "name", &name, NULL);
      gtk_string_list_append (names, name != NULL ? name : "");
      g_ptr_array_add (array, entity);
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (names));

  return array;
}

static void
clear_entities (GPtrArray **entities)
{
  for (guint i = 0; *entities != NULL && i < (*entities)->len; i++)
    if (g_ptr_array_index (*entities, i) != NULL)
      g_object_unref (g_ptr_array_index (*entities, i));
  g_clear_pointer (entities, g_ptr_array_unref);
}

static void
choose (AdwComboRow *row, GPtrArray *entities, gpointer entity)
{
  guint position;

  if (g_ptr_array_find (entities, entity, &position))
    adw_combo_row_set_selected (row, position);
}

static gpointer
get_chosen (AdwComboRow *row, GPtrArray *entities)
{
  guint position = adw_combo_row_get_selected (row);

  return position < entities->len ? g_ptr_array_index (entities, position) : NULL;
}

static gboolean
read_amount (BudgetExpenseDialog *self, gint64 *amount)
{
  BudgetBook *book = budget_form_dialog_get_book (BUDGET_FORM_DIALOG (self));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->amount_row));
  g_autoptr (GError) error = NULL;

  if (budget_expression_evaluate (text, budget_book_get_digits (book), amount, &error))
    {
      budget_field_message_hide (self->amount_message, self->amount_row);
      return TRUE;
    }

  budget_field_message_show (self->amount_message, self->amount_row,
                             *text == '\0' ? _("Enter an amount") : error->message);
  return FALSE;
}

static gboolean
read_date (BudgetExpenseDialog *self, GDate *date)
{
  g_autoptr (GError) error = NULL;

  if (budget_date_row_read (self->date_row, date, &error))
    {
      budget_field_message_hide (self->date_message, GTK_WIDGET (self->date_row));
      return TRUE;
    }

  budget_field_message_show (self->date_message, GTK_WIDGET (self->date_row), error->message);
  return FALSE;
}

static gboolean
set_amount (BudgetExpenseDialog *self, BudgetExpense *expense, gint64 amount)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_value_init (&value, G_TYPE_INT64);
  g_value_set_int64 (&value, amount);
  if (orm_entity_set (ORM_ENTITY (expense), "amount", &value, &error))
    return TRUE;

  budget_field_message_show (self->amount_message, self->amount_row, error->message);
  return FALSE;
}

/* The fields that are not relationships; each shows its own error. */
static gboolean
set_fields (BudgetExpenseDialog *self, BudgetExpense *expense)
{
  BudgetFormDialog *form = BUDGET_FORM_DIALOG (self);
  Reading reading;
  gboolean is_right = read_amount (self, &reading.amount);

  is_right = is_right && set_amount (self, expense, reading.amount);
  if (read_date (self, &reading.date))
    budget_expense_set_date (expense, &reading.date);
  else
    is_right = FALSE;

  if (*gtk_editable_get_text (GTK_EDITABLE (self->description_row)) == '\0')
    {
      budget_field_message_show (self->description_message, self->description_row,
                                 _("Enter what it was for"));
      is_right = FALSE;
    }
  else if (!budget_form_dialog_set_text (form, expense, "description", self->description_row,
                                         self->description_message))
    is_right = FALSE;

  return budget_form_dialog_set_text (form, expense, "note", self->note_row, self->note_message) &&
         is_right;
}

static gboolean
set_relationships (BudgetExpenseDialog *self, BudgetExpense *expense)
{
  return budget_expense_set_user (expense, get_chosen (self->user_row, self->users)) &&
         budget_expense_set_category (expense, get_chosen (self->category_row, self->categories)) &&
         budget_expense_set_account (expense, get_chosen (self->account_row, self->accounts));
}

static gboolean
budget_expense_dialog_save (BudgetFormDialog *form, char **label, GError **error)
{
  BudgetExpenseDialog *self = BUDGET_EXPENSE_DIALOG (form);
  OrmSession *session = budget_book_get_session (budget_form_dialog_get_book (form));
  g_autoptr (BudgetExpense) trial = budget_expense_new ();
  BudgetExpense *expense = self->expense != NULL ? self->expense : trial;

  /* Validate on an expense outside the book first, so that no list shows a mistake. */
  if (!set_fields (self, trial))
    return FALSE;

  if (self->expense != NULL && !set_fields (self, self->expense))
    return FALSE;
  if (!set_relationships (self, expense))
    {
      const GError *reason = orm_entity_get_error (ORM_ENTITY (expense));

      if (reason != NULL)
        g_propagate_error (error, g_error_copy (reason));
      return FALSE;
    }

  if (self->expense == NULL && !orm_session_add (session, trial, error))
    return FALSE;

  /* Translators: %s is the description of an expense */
  *label = g_strdup_printf (self->expense != NULL
                            ? _("Changed “%s”")
                            : _("Added “%s”"), budget_expense_get_description (expense));
  return TRUE;
}

static void
budget_expense_dialog_reset (BudgetFormDialog *form)
{
  BudgetExpenseDialog *self = BUDGET_EXPENSE_DIALOG (form);

  gtk_editable_set_text (GTK_EDITABLE (self->amount_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->description_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->note_row), "");
  self->has_category = FALSE;
  gtk_widget_grab_focus (self->amount_row);
}

static void
on_category_notify_selected (BudgetExpenseDialog *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->has_category = TRUE;
}

/* Suggests the category of the latest expense with the same description. */
static void
on_description_changed (BudgetExpenseDialog *self)
{
  BudgetBook *book = budget_form_dialog_get_book (BUDGET_FORM_DIALOG (self));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->description_row));
  g_autoptr (BudgetCategory) category = NULL;
  gboolean had_category = self->has_category;

  if (book == NULL || self->expense != NULL || had_category || g_utf8_strlen (text, -1) < 3)
    return;

  category = budget_ui_history_guess_category (book, text);
  choose (self->category_row, self->categories, category);
  self->has_category = had_category;
}

/* Separating needs a book without unsaved changes, so the form closes without saving. */
static void
on_unmatch (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetExpenseDialog *self = BUDGET_EXPENSE_DIALOG (widget);
  BudgetFormDialog *form = BUDGET_FORM_DIALOG (self);
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  if (self->expense == NULL || !budget_expense_get_matched (self->expense))
    return;

  /* Translators: %s is the description of an expense */
  label = g_strdup_printf (_("Separated “%s” from the bank’s transaction"),
                              budget_expense_get_description (self->expense));
  if (!budget_import_history_unmatch (budget_form_dialog_get_book (form), self->expense, &error))
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->bank_row), error->message);
      return;
    }

  g_signal_emit_by_name (self, "saved", label);
  gtk_window_close (GTK_WINDOW (self));
}

/* The bank's original text, and its file. */
static void
show_bank (BudgetExpenseDialog *self)
{
  const char *original = budget_expense_get_original (self->expense);
  BudgetImport *import = budget_expense_get_import (self->expense);
  gboolean is_matched = budget_expense_get_matched (self->expense);
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->bank_row), original != NULL || import != NULL);
  gtk_widget_set_visible (self->unmatch_button, is_matched);
  if (import == NULL)
    title = g_strdup (is_matched ? _("Matched With the Bank’s Transaction") : _("From the Bank"));
  else
    /* Translators: %s is the name of a bank’s file */
    title =
      g_strdup_printf (is_matched ? _("Matched With the Bank’s Transaction in “%s”")
                                  /* Translators: %s is the name of a bank’s file */
                                  : _("Imported From “%s”"), budget_import_get_name (import));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->bank_row), title);
  adw_action_row_set_subtitle (self->bank_row, original != NULL ? original : "");
}

static void
budget_expense_dialog_dispose (GObject *object)
{
  BudgetExpenseDialog *self = BUDGET_EXPENSE_DIALOG (object);

  clear_entities (&self->users);
  clear_entities (&self->categories);
  clear_entities (&self->accounts);
  g_clear_object (&self->expense);

  G_OBJECT_CLASS (budget_expense_dialog_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetExpenseDialog, child)

static void
budget_expense_dialog_class_init (BudgetExpenseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_expense_dialog_dispose;
  BUDGET_FORM_DIALOG_CLASS (klass)->save = budget_expense_dialog_save;
  BUDGET_FORM_DIALOG_CLASS (klass)->reset = budget_expense_dialog_reset;

  g_type_ensure (BUDGET_TYPE_DATE_ROW);
  g_type_ensure (BUDGET_TYPE_FIELD_MESSAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-expense-dialog.ui");
  BIND (amount_row);
  BIND (amount_message);
  BIND (description_row);
  BIND (description_message);
  BIND (date_row);
  BIND (date_message);
  BIND (category_row);
  BIND (user_row);
  BIND (account_row);
  BIND (note_row);
  BIND (note_message);
  BIND (bank_row);
  BIND (unmatch_button);
  gtk_widget_class_install_action (widget_class, "expense.unmatch", NULL, on_unmatch);
  gtk_widget_class_bind_template_callback (widget_class, on_category_notify_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_description_changed);
}

static void
budget_expense_dialog_init (BudgetExpenseDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_expense (BudgetExpenseDialog *self)
{
  BudgetBook *book = budget_form_dialog_get_book (BUDGET_FORM_DIALOG (self));
  BudgetExpense *expense = self->expense;
  const char *note = budget_expense_get_note (expense);
  g_autofree char *amount =
    budget_money_format_plain (budget_expense_get_amount (expense), budget_book_get_digits (book));

  gtk_editable_set_text (GTK_EDITABLE (self->amount_row), amount);
  gtk_editable_set_text (GTK_EDITABLE (self->description_row),
                         budget_expense_get_description (expense));
  gtk_editable_set_text (GTK_EDITABLE (self->note_row), note != NULL ? note : "");
  if (budget_expense_get_date (expense) != NULL)
    budget_date_row_set_date (self->date_row, budget_expense_get_date (expense));
  choose (self->user_row, self->users, budget_expense_get_user (expense));
  choose (self->category_row, self->categories, budget_expense_get_category (expense));
  choose (self->account_row, self->accounts, budget_expense_get_account (expense));
  show_bank (self);
}

/**
 * budget_expense_dialog_new:
 * @book: a book
 * @expense: (nullable): the expense to change, or %NULL for a new one
 *
 * Returns: (transfer none): a form
 */
GtkWidget *
budget_expense_dialog_new (BudgetBook *book, BudgetExpense *expense)
{
  BudgetExpenseDialog *self = NULL;
  g_autoptr (BudgetCategory) usual = NULL;
  GDate today;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (expense == NULL || BUDGET_IS_EXPENSE (expense), NULL);

  self = g_object_new (BUDGET_TYPE_EXPENSE_DIALOG, NULL);
  budget_form_dialog_set_book (BUDGET_FORM_DIALOG (self), book);
  self->users = fill_combo (self->user_row, budget_book_get_users (book), NULL);
  self->categories = fill_combo (self->category_row, budget_book_get_categories (book), NULL);
  self->accounts =
    fill_combo (self->account_row, budget_book_get_accounts (book), C_ ("account", "None"));
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), self->users->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->account_row), self->accounts->len > 1);

  if (g_set_object (&self->expense, expense))
    {
      gtk_window_set_title (GTK_WINDOW (self), _("Edit Expense"));
      show_expense (self);
      return GTK_WIDGET (self);
    }

  gtk_window_set_title (GTK_WINDOW (self), _("New Expense"));
  budget_ui_get_today (&today);
  budget_date_row_set_date (self->date_row, &today);
  choose (self->user_row, self->users, budget_book_get_default_user (book));
  usual = budget_ui_history_guess_category (book, "");
  choose (self->category_row, self->categories, usual);
  budget_form_dialog_allow_next (BUDGET_FORM_DIALOG (self));

  return GTK_WIDGET (self);
}

/**
 * budget_expense_dialog_set_category:
 * @self: a form
 * @category: (nullable): the category to begin with
 */
void
budget_expense_dialog_set_category (BudgetExpenseDialog *self, BudgetCategory *category)
{
  g_return_if_fail (BUDGET_IS_EXPENSE_DIALOG (self));

  if (category == NULL)
    return;

  choose (self->category_row, self->categories, category);
  self->has_category = TRUE;
}

/**
 * budget_expense_dialog_set_user:
 * @self: a form
 * @user: (nullable): the person to begin with
 */
void
budget_expense_dialog_set_user (BudgetExpenseDialog *self, BudgetUser *user)
{
  g_return_if_fail (BUDGET_IS_EXPENSE_DIALOG (self));

  if (user != NULL)
    choose (self->user_row, self->users, user);
}
