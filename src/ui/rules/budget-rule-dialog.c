/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-rule-dialog.h"
#include "budget-rule-order.h"

#include <glib/gi18n.h>

/**
 * BudgetRuleDialog:
 *
 * A form to add or edit a rule. Editing a learned rule makes it one added by
 * hand, which learning no longer changes.
 */

struct _BudgetRuleDialog
{
  BudgetFormDialog parent_instance;

  BudgetRule *rule; /* the one to change, or %NULL */

  GtkWidget *pattern_row;
  BudgetFieldMessage *pattern_message;
  AdwComboRow *match_row;
  AdwComboRow *category_row;
  AdwComboRow *user_row;
};

G_DEFINE_FINAL_TYPE (BudgetRuleDialog, budget_rule_dialog, BUDGET_TYPE_FORM_DIALOG)

/* The first item means no person. */
static BudgetUser *
dup_user (BudgetRuleDialog *self)
{
  GListModel *users =
    budget_book_get_users (budget_form_dialog_get_book (BUDGET_FORM_DIALOG (self)));
  guint selected = adw_combo_row_get_selected (self->user_row);

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION
           ? g_list_model_get_item (users, selected - 1)
           : NULL;
}

static gboolean
set_fields (BudgetRuleDialog *self, BudgetRule *rule)
{
  g_autoptr (BudgetUser) user = dup_user (self);

  return budget_form_dialog_set_text (BUDGET_FORM_DIALOG (self), rule, "pattern", self->pattern_row,
                                      self->pattern_message) &&
         budget_rule_set_match_kind (rule, adw_combo_row_get_selected (self->match_row)) &&
         budget_rule_set_category (rule, adw_combo_row_get_selected_item (self->category_row)) &&
         budget_rule_set_user (rule, user) && budget_rule_set_learned (rule, FALSE);
}

/* Words alone can be found again. */
static gboolean
check_words (BudgetRuleDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->pattern_row));

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      return TRUE;

  budget_field_message_show (self->pattern_message, self->pattern_row,
                             _("Enter a word of the description"));
  return FALSE;
}

static gboolean
budget_rule_dialog_save (BudgetFormDialog *form, char **label, GError **error)
{
  BudgetRuleDialog *self = BUDGET_RULE_DIALOG (form);
  g_autoptr (BudgetRule) rule = NULL;
  gboolean is_new = self->rule == NULL;

  if (!check_words (self))
    return FALSE;

  if (adw_combo_row_get_selected_item (self->category_row) == NULL)
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT,
                           _("Add a category first"));
      return FALSE;
    }

  rule = is_new ? budget_rule_new () : g_object_ref (self->rule);
  if (!set_fields (self, rule) ||
      (is_new && !budget_rule_order_add (budget_form_dialog_get_book (form), rule, error)))
    return FALSE;

  *label = g_strdup_printf (is_new ? _("Added “%s”")
                                   : _("Changed “%s”"), budget_rule_get_pattern (rule));
  return TRUE;
}

static void
budget_rule_dialog_dispose (GObject *object)
{
  g_clear_object (&BUDGET_RULE_DIALOG (object)->rule);

  G_OBJECT_CLASS (budget_rule_dialog_parent_class)->dispose (object);
}

static void
budget_rule_dialog_class_init (BudgetRuleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_rule_dialog_dispose;
  BUDGET_FORM_DIALOG_CLASS (klass)->save = budget_rule_dialog_save;

  g_type_ensure (BUDGET_TYPE_FIELD_MESSAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-rule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetRuleDialog, category_row);
  gtk_widget_class_bind_template_child (widget_class, BudgetRuleDialog, match_row);
  gtk_widget_class_bind_template_child (widget_class, BudgetRuleDialog, pattern_message);
  gtk_widget_class_bind_template_child (widget_class, BudgetRuleDialog, pattern_row);
  gtk_widget_class_bind_template_child (widget_class, BudgetRuleDialog, user_row);
}

static void
budget_rule_dialog_init (BudgetRuleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_users (BudgetRuleDialog *self, GListModel *users)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  /* Translators: the rule leaves the person of a transaction as it is */
  gtk_string_list_append (names, C_ ("person of a rule", "As it is"));
  for (guint i = 0; i < g_list_model_get_n_items (users); i++)
    {
      g_autoptr (BudgetUser) user = g_list_model_get_item (users, i);
      const char *name = budget_user_get_name (user);

      gtk_string_list_append (names, name != NULL ? name : "");
    }

  adw_combo_row_set_model (self->user_row, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), g_list_model_get_n_items (users) > 1);
}

/* Returns: the place of @item, or 0 */
static guint
find (GListModel *model, gpointer item)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) other = g_list_model_get_item (model, i);

      if (other == item)
        return i;
    }

  return 0;
}

/**
 * budget_rule_dialog_new:
 * @book: a book
 * @rule: (nullable): the rule to change, or %NULL for a new one
 *
 * Returns: (transfer none): a form
 */
GtkWidget *
budget_rule_dialog_new (BudgetBook *book, BudgetRule *rule)
{
  BudgetRuleDialog *self;
  GListModel *categories, *users;
  g_autoptr (GtkExpression) name = gtk_property_expression_new (BUDGET_TYPE_CATEGORY, NULL, "name");

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (rule == NULL || BUDGET_IS_RULE (rule), NULL);

  self = g_object_new (BUDGET_TYPE_RULE_DIALOG, NULL);
  categories = budget_book_get_categories (book);
  users = budget_book_get_users (book);
  budget_form_dialog_set_book (BUDGET_FORM_DIALOG (self), book);
  gtk_window_set_title (GTK_WINDOW (self), rule != NULL ? _("Edit Rule") : _("New Rule"));
  adw_combo_row_set_expression (self->category_row, name);
  adw_combo_row_set_model (self->category_row, categories);
  fill_users (self, users);

  if (g_set_object (&self->rule, rule))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->pattern_row), budget_rule_get_pattern (rule));
      adw_combo_row_set_selected (self->match_row, budget_rule_get_match_kind (rule));
      adw_combo_row_set_selected (self->category_row,
                                  find (categories, budget_rule_get_category (rule)));
      if (budget_rule_get_user (rule) != NULL)
        adw_combo_row_set_selected (self->user_row, find (users, budget_rule_get_user (rule)) + 1);
    }

  return GTK_WIDGET (self);
}
