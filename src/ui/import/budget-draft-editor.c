/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-date-row.h"
#include "budget-draft-editor.h"
#include "budget-draft-text.h"
#include "budget-expression.h"
#include "budget-field-message.h"
#include "budget-money.h"

#include <glib/gi18n.h>

/**
 * BudgetDraftEditor:
 *
 * A form for one transaction of an import. The transaction changes only once
 * every field is valid.
 */

struct _BudgetDraftEditor
{
  GtkPopover parent_instance;

  BudgetBook *book;
  BudgetDraft *draft;
  guint digits;
  GPtrArray *categories; /* with a %NULL first for what will be made, if it will */
  GPtrArray *users;

  GtkLabel *original;
  GtkWidget *description_row;
  BudgetFieldMessage *description_message;
  GtkWidget *amount_row;
  BudgetFieldMessage *amount_message;
  BudgetDateRow *date_row;
  BudgetFieldMessage *date_message;
  AdwComboRow *category_row;
  AdwComboRow *user_row;
  GtkWidget *note_row;
  AdwActionRow *match_row;
  GtkSwitch *match_switch;
  GtkWidget *transfer_row;
  GtkSwitch *transfer_switch;
  GtkWidget *include_row;
  GtkSwitch *include_switch;
};

/* What stands in the form. */
typedef struct
{
  const char *description;
  gint64 amount; /* 0 if it was not touched */
  GDate date;    /* not valid if it was not touched */
} Reading;

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetDraftEditor, budget_draft_editor, GTK_TYPE_POPOVER)

static void
fill_row (
  AdwComboRow *row, GPtrArray *array, GListModel *entities, const char *none, gpointer chosen)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint position = 0;

  g_ptr_array_set_size (array, 0);
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
      if (entity == chosen)
        position = array->len;
      gtk_string_list_append (names, name != NULL ? name : "");
      g_ptr_array_add (array, entity);
    }

  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, position);
}

static gpointer
get_chosen (AdwComboRow *row, GPtrArray *entities)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < entities->len ? g_ptr_array_index (entities, selected) : NULL;
}

static gboolean
read_amount (BudgetDraftEditor *self, gint64 *amount)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->amount_row));
  g_autoptr (GError) error = NULL;

  if (budget_expression_evaluate (text, self->digits, amount, &error) && *amount != 0 &&
      budget_money_check (*amount, &error))
    {
      budget_field_message_hide (self->amount_message, self->amount_row);
      return TRUE;
    }

  budget_field_message_show (self->amount_message, self->amount_row,
                             error != NULL ? error->message : _("Enter an amount"));
  return FALSE;
}

static gboolean
read_date (BudgetDraftEditor *self, GDate *date)
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
read_description (BudgetDraftEditor *self, const char **description)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->description_row));
  const char *message = NULL;

  *description = text;
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  if (*text == '\0')
    message = _("Enter what it was for");
  else if (g_utf8_strlen (text, -1) > 200)
    message = _("A description has at most 200 characters");

  if (message != NULL)
    budget_field_message_show (self->description_message, self->description_row, message);
  else
    budget_field_message_hide (self->description_message, self->description_row);
  return message == NULL;
}

static gboolean
read_form (BudgetDraftEditor *self, Reading *reading)
{
  gboolean is_right = read_description (self, &reading->description);

  is_right = read_amount (self, &reading->amount) && is_right;
  return read_date (self, &reading->date) && is_right;
}

static void
tell (BudgetDraftEditor *self, const char *property)
{
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, self->draft, property);
}

/* Only fields that differ count as the user's changes. */
static void
set_fields (BudgetDraftEditor *self, const Reading *reading)
{
  BudgetDraft *draft = self->draft;
  const GDate *date = budget_draft_get_date (draft);
  const char *note = gtk_editable_get_text (GTK_EDITABLE (self->note_row));

  if (g_strcmp0 (reading->description, budget_draft_get_description (draft)) != 0)
    {
      budget_draft_set_description (draft, reading->description);
      tell (self, "description");
    }
  if (date == NULL || g_date_compare (date, &reading->date) != 0)
    {
      budget_draft_set_date (draft, &reading->date);
      tell (self, "date");
    }
  if (reading->amount != budget_draft_get_amount (draft) ||
      budget_draft_get_state (draft) == BUDGET_DRAFT_REJECTED)
    {
      budget_draft_set_amount (draft, reading->amount);
      tell (self, "amount");
    }
  if (g_strcmp0 (note, budget_draft_get_note (draft)) != 0 &&
      (*note != '\0' || budget_draft_get_note (draft) != NULL))
    {
      budget_draft_set_note (draft, note);
      tell (self, "note");
    }
}

static void
set_flags (BudgetDraftEditor *self, gboolean was_rejected)
{
  BudgetDraft *draft = self->draft;
  gboolean matched = gtk_switch_get_active (self->match_switch);
  gboolean transfer = gtk_switch_get_active (self->transfer_switch);
  gboolean include = gtk_switch_get_active (self->include_switch);

  if (budget_draft_can_match (draft) && matched != budget_draft_get_matched (draft))
    {
      budget_draft_set_matched (draft, matched);
      tell (self, "matched");
    }
  if (budget_draft_can_transfer (draft) && transfer != budget_draft_get_transfer (draft))
    {
      budget_draft_set_transfer (draft, transfer);
      tell (self, "transfer");
    }
  if (!was_rejected && include != budget_draft_get_include (draft))
    {
      budget_draft_set_include (draft, include);
      tell (self, "include");
    }
}

static void
set_filing (BudgetDraftEditor *self)
{
  BudgetCategory *category = get_chosen (self->category_row, self->categories);
  BudgetUser *user = get_chosen (self->user_row, self->users);

  if (user != NULL && user != budget_draft_get_user (self->draft))
    {
      budget_draft_set_user (self->draft, user);
      tell (self, "user");
    }
  if (category != NULL && category != budget_draft_get_category (self->draft))
    {
      budget_draft_set_category (self->draft, category);
      tell (self, "category");
    }
}

static void
on_apply (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftEditor *self = BUDGET_DRAFT_EDITOR (widget);
  gboolean was_rejected;
  Reading reading;

  if (self->draft == NULL || !read_form (self, &reading))
    return;

  /* The switches show the draft as it was when the form was filled. */
  was_rejected = budget_draft_get_state (self->draft) == BUDGET_DRAFT_REJECTED;
  set_flags (self, was_rejected);
  set_fields (self, &reading);
  set_filing (self);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_popover_popdown (GTK_POPOVER (widget));
}

static void
budget_draft_editor_dispose (GObject *object)
{
  BudgetDraftEditor *self = BUDGET_DRAFT_EDITOR (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->book);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  g_clear_pointer (&self->users, g_ptr_array_unref);

  G_OBJECT_CLASS (budget_draft_editor_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, BudgetDraftEditor, child)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (original);
  BIND (description_row);
  BIND (description_message);
  BIND (amount_row);
  BIND (amount_message);
  BIND (date_row);
  BIND (date_message);
  BIND (category_row);
  BIND (user_row);
  BIND (note_row);
  BIND (match_row);
  BIND (match_switch);
  BIND (transfer_row);
  BIND (transfer_switch);
  BIND (include_row);
  BIND (include_switch);
}

static void
budget_draft_editor_class_init (BudgetDraftEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_draft_editor_dispose;

  /**
   * BudgetDraftEditor::edited:
   * @self: the editor
   * @draft: what was corrected
   * @property: the property that is another now
   */
  signals[SIGNAL_EDITED] =
    g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, BUDGET_TYPE_DRAFT, G_TYPE_STRING);

  g_type_ensure (BUDGET_TYPE_DATE_ROW);
  g_type_ensure (BUDGET_TYPE_FIELD_MESSAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-draft-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "editor.apply", NULL, on_apply);
  gtk_widget_class_install_action (widget_class, "editor.cancel", NULL, on_cancel);
}

static void
unref_entity (gpointer entity)
{
  g_clear_object (&entity);
}

static void
budget_draft_editor_init (BudgetDraftEditor *self)
{
  self->categories = g_ptr_array_new_with_free_func (unref_entity);
  self->users = g_ptr_array_new_with_free_func (unref_entity);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * budget_draft_editor_new:
 *
 * Returns: (transfer floating): an editor that shows nothing yet
 */
GtkWidget *
budget_draft_editor_new (void)
{
  return g_object_new (BUDGET_TYPE_DRAFT_EDITOR, NULL);
}

/* The bank's original text, and any error. */
static void
show_original (BudgetDraftEditor *self)
{
  const char *original = budget_draft_get_original (self->draft);
  const char *reason = budget_draft_get_reason (self->draft);
  g_autoptr (GString) text = g_string_new (NULL);

  if (original != NULL)
    /* Translators: %s is a text as a bank wrote it */
    g_string_append_printf (text, _("The bank wrote: %s"), original);
  if (reason != NULL)
    g_string_append_printf (text, text->len > 0 ? "\n%s" : "%s", reason);

  gtk_label_set_label (self->original, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->original), text->len > 0);
}

static void
show_draft (BudgetDraftEditor *self)
{
  BudgetDraft *draft = self->draft;
  const char *note = budget_draft_get_note (draft);
  const char *description = budget_draft_get_description (draft);
  gint64 value = budget_draft_get_amount (draft);
  g_autofree char *amount = value != 0 ? budget_money_format_plain (value, self->digits) : NULL;

  gtk_editable_set_text (GTK_EDITABLE (self->description_row),
                         description != NULL ? description : "");
  gtk_editable_set_text (GTK_EDITABLE (self->amount_row), amount != NULL ? amount : "");
  gtk_editable_set_text (GTK_EDITABLE (self->note_row), note != NULL ? note : "");
  gtk_editable_set_text (GTK_EDITABLE (self->date_row), "");
  if (budget_draft_get_date (draft) != NULL)
    budget_date_row_set_date (self->date_row, budget_draft_get_date (draft));

  budget_field_message_hide (self->description_message, self->description_row);
  budget_field_message_hide (self->amount_message, self->amount_row);
  budget_field_message_hide (self->date_message, GTK_WIDGET (self->date_row));
}

static void
show_flags (BudgetDraftEditor *self)
{
  BudgetDraft *draft = self->draft;
  g_autofree char *match = budget_draft_dup_match (draft, self->book);

  gtk_widget_set_visible (GTK_WIDGET (self->match_row), budget_draft_can_match (draft));
  adw_action_row_set_subtitle (self->match_row, match != NULL ? match : "");
  gtk_switch_set_active (self->match_switch, budget_draft_get_matched (draft));
  gtk_widget_set_visible (self->transfer_row, budget_draft_can_transfer (draft));
  gtk_switch_set_active (self->transfer_switch, budget_draft_get_transfer (draft));
  gtk_widget_set_visible (self->include_row,
                          budget_draft_get_state (draft) != BUDGET_DRAFT_REJECTED);
  gtk_switch_set_active (self->include_switch, budget_draft_get_include (draft));
}

/**
 * budget_draft_editor_edit:
 * @self: an editor
 * @book: the book that the draft is for
 * @currency: what its amount is in
 * @draft: what is to be corrected
 *
 * Fills the form and shows it.
 */
void
budget_draft_editor_edit (BudgetDraftEditor *self,
                          BudgetBook *book,
                          const char *currency,
                          BudgetDraft *draft)
{
  BudgetCategory *category;

  g_return_if_fail (BUDGET_IS_DRAFT_EDITOR (self));
  g_return_if_fail (BUDGET_IS_BOOK (book));
  g_return_if_fail (BUDGET_IS_DRAFT (draft));

  g_set_object (&self->book, book);
  g_set_object (&self->draft, draft);
  self->digits = budget_currency_get_digits (currency);
  category = budget_draft_get_category (draft);
  show_original (self);
  show_draft (self);
  fill_row (self->category_row, self->categories, budget_book_get_categories (book),
            category == NULL ? budget_draft_get_category_name (draft) : NULL, category);
  fill_row (self->user_row, self->users, budget_book_get_users (book),
            budget_draft_get_user (draft) == NULL
            ? _("As in the file") : NULL, budget_draft_get_user (draft));
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), self->users->len > 1);
  show_flags (self);

  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->description_row);
}
