/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category-guesser.h"
#include "budget-entry-line.h"
#include "budget-entry-plan.h"
#include "budget-ui-history.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

/**
 * BudgetEntryLine:
 *
 * The line an expense is typed into, `12.50 lunch #food @alice yesterday`,
 * with what the program makes of it below, before it is added. What was
 * bought before is offered while it is typed.
 */

struct _BudgetEntryLine
{
  GtkBox parent_instance;

  BudgetBook *book;
  BudgetQuickEntry *quick_entry; /* how the line is read, %NULL if it is not */
  guint suggest_source;
  gboolean is_choosing;

  GtkEntry *entry;
  GtkWidget *preview;
  GtkLabel *preview_label;
  GtkWidget *popover;
  GtkListBox *suggestions;
};

enum
{
  SIGNAL_ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BudgetEntryLine, budget_entry_line, GTK_TYPE_BOX)

#define SUGGEST_DELAY 120

static void
show_preview (BudgetEntryLine *self, const char *text, gboolean is_error)
{
  gtk_label_set_label (self->preview_label, text);
  gtk_widget_set_visible (self->preview, text != NULL && *text != '\0');

  if (is_error)
    gtk_widget_add_css_class (self->preview, "error");
  else
    gtk_widget_remove_css_class (self->preview, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

/* How the line is read, with the names as the book has them. */
static char *
describe (BudgetEntryLine *self, GError **error)
{
  const BudgetQuickEntry *quick = self->quick_entry;
  g_autoptr (BudgetEntryPlan) plan = budget_entry_plan_new (self->book, quick, error);
  g_autofree char *amount = NULL;
  g_autofree char *date = NULL;
  g_autofree char *category = NULL;

  if (plan == NULL)
    return NULL;

  amount = budget_ui_format_amount (quick->amount, budget_book_get_currency (self->book));
  date = budget_ui_format_date (&quick->date, BUDGET_UI_DATE_FULL);
  if (plan->category == NULL)
    /* Translators: said of a category that will be added: “Travel (new)” */
    category = g_strdup_printf (_("%s (new)"), plan->category_name);
  else
    category = g_strdup (plan->category_name);

  /* Translators: how a typed line is read: amount, description, category, person, day */
  return g_strdup_printf (_("%1$s · %2$s · %3$s · %4$s · %5$s"), amount, quick->description,
                             category, budget_user_get_name (plan->user), date);
}

static void
read_line (BudgetEntryLine *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GError) error = NULL;
  g_autofree char *preview = NULL;
  GDate today;

  g_clear_pointer (&self->quick_entry, budget_quick_entry_free);
  if (self->book == NULL || strspn (text, " ") == strlen (text))
    {
      show_preview (self, NULL, FALSE);
      return;
    }

  budget_ui_get_today (&today);
  self->quick_entry =
    budget_quick_entry_parse (text, &today, budget_book_get_currency (self->book), &error);
  if (self->quick_entry != NULL)
    preview = describe (self, &error);
  if (preview != NULL)
    {
      show_preview (self, preview, FALSE);
      return;
    }

  g_clear_pointer (&self->quick_entry, budget_quick_entry_free);
  show_preview (self, error->message, TRUE);
}

/* What stands in the line as a description, or would if the amount were there. */
static char *
dup_typed_description (BudgetEntryLine *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (BudgetQuickEntry) quick = NULL;
  g_autofree char *line = NULL;
  GDate today;

  if (self->quick_entry != NULL)
    return g_strdup (self->quick_entry->description);

  budget_ui_get_today (&today);
  line = g_strconcat (text, " 1", NULL);
  quick = budget_quick_entry_parse (line, &today, budget_book_get_currency (self->book), NULL);

  return quick != NULL ? g_strdup (quick->description) : NULL;
}

static GtkWidget *
create_suggestion (BudgetExpense *expense)
{
  BudgetCategory *category = budget_expense_get_category (expense);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (budget_expense_get_description (expense));
  GtkWidget *hint = gtk_label_new (category != NULL ? budget_category_get_name (category) : NULL);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), hint);
  g_object_set_data_full (G_OBJECT (box), "expense", g_object_ref (expense), g_object_unref);

  return box;
}

static void
hide_suggestions (BudgetEntryLine *self)
{
  g_clear_handle_id (&self->suggest_source, g_source_remove);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static gboolean
on_suggest_timeout (gpointer user_data)
{
  BudgetEntryLine *self = user_data;
  g_autofree char *typed = dup_typed_description (self);
  g_autoptr (GPtrArray) found = NULL;
  GtkListBoxRow *row = NULL;

  self->suggest_source = 0;
  while ((row = gtk_list_box_get_row_at_index (self->suggestions, 0)) != NULL)
    gtk_list_box_remove (self->suggestions, GTK_WIDGET (row));

  if (typed != NULL && g_utf8_strlen (typed, -1) > 1)
    found = budget_ui_history_find (self->book, typed);
  for (guint i = 0; found != NULL && i < found->len; i++)
    gtk_list_box_append (self->suggestions, create_suggestion (g_ptr_array_index (found, i)));

  gtk_list_box_unselect_all (self->suggestions);
  if (found != NULL && found->len > 0 && gtk_widget_get_mapped (GTK_WIDGET (self->entry)))
    gtk_popover_popup (GTK_POPOVER (self->popover));
  else
    gtk_popover_popdown (GTK_POPOVER (self->popover));

  return G_SOURCE_REMOVE;
}

static void
on_entry_changed (BudgetEntryLine *self)
{
  read_line (self);

  g_clear_handle_id (&self->suggest_source, g_source_remove);
  if (self->book != NULL && !self->is_choosing &&
      gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)))))
    self->suggest_source = g_timeout_add (SUGGEST_DELAY, on_suggest_timeout, self);
  else
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Puts what was bought before in the place of what was typed of it. */
static void
choose (BudgetEntryLine *self, BudgetExpense *expense)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  BudgetCategory *category = budget_expense_get_category (expense);
  g_autofree char *typed = dup_typed_description (self);
  const char *at = typed != NULL ? strstr (text, typed) : NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (at == NULL)
    return;

  g_string_append_len (line, text, at - text);
  g_string_append (line, budget_expense_get_description (expense));
  g_string_append (line, at + strlen (typed));
  if (category != NULL && strchr (text, '#') == NULL)
    g_string_append_printf (
      line, strchr (budget_category_get_name (category), ' ') != NULL ? " #\"%s\"" : " #%s",
      budget_category_get_name (category));

  self->is_choosing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), line->str);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->is_choosing = FALSE;
}

static void
on_suggestions_row_activated (BudgetEntryLine *self, GtkListBoxRow *row)
{
  g_autoptr (BudgetExpense) expense =
    g_object_ref (g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (row)), "expense"));

  hide_suggestions (self);
  choose (self, expense);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
on_entry_activate (BudgetEntryLine *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->suggestions);

  if (row != NULL && gtk_widget_get_mapped (self->popover))
    {
      on_suggestions_row_activated (self, row);
      return;
    }

  hide_suggestions (self);
  read_line (self);
  if (self->quick_entry != NULL)
    g_signal_emit (self, signals[SIGNAL_ENTERED], 0, self->quick_entry);
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    gtk_widget_error_bell (GTK_WIDGET (self->entry));
}

static void
move_suggestion (BudgetEntryLine *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->suggestions);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : (step > 0 ? 0 : -1);

  gtk_list_box_select_row (self->suggestions,
                           gtk_list_box_get_row_at_index (self->suggestions, index));
}

static gboolean
on_key_pressed (BudgetEntryLine *self, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean is_open = gtk_widget_get_mapped (self->popover);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (is_open && (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up))
    {
      move_suggestion (self, keyval == GDK_KEY_Down ? 1 : -1);
      return TRUE;
    }
  if (is_open && keyval == GDK_KEY_Escape)
    {
      hide_suggestions (self);
      return TRUE;
    }

  /* An empty line has nothing to undo; the last change of the book has. */
  if ((state & GDK_CONTROL_MASK) != 0 && *text == '\0' && gdk_keyval_to_lower (keyval) == GDK_KEY_z)
    return gtk_widget_activate_action (
      GTK_WIDGET (self), (state & GDK_SHIFT_MASK) != 0 ? "win.redo" : "win.undo", NULL);

  return FALSE;
}

static void
budget_entry_line_dispose (GObject *object)
{
  BudgetEntryLine *self = BUDGET_ENTRY_LINE (object);

  g_clear_handle_id (&self->suggest_source, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->quick_entry, budget_quick_entry_free);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (budget_entry_line_parent_class)->dispose (object);
}

static void
budget_entry_line_class_init (BudgetEntryLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = budget_entry_line_dispose;

  /**
   * BudgetEntryLine::entered:
   * @self: the line
   * @entry: how it is read
   *
   * Somebody wants what is typed to be added. Whoever does it clears the line.
   */
  signals[SIGNAL_ENTERED] =
    g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BUDGET_TYPE_QUICK_ENTRY);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Budget/budget-entry-line.ui");
  gtk_widget_class_bind_template_child (widget_class, BudgetEntryLine, entry);
  gtk_widget_class_bind_template_child (widget_class, BudgetEntryLine, preview);
  gtk_widget_class_bind_template_child (widget_class, BudgetEntryLine, preview_label);
  gtk_widget_class_bind_template_child (widget_class, BudgetEntryLine, popover);
  gtk_widget_class_bind_template_child (widget_class, BudgetEntryLine, suggestions);
  gtk_widget_class_bind_template_callback (widget_class, hide_suggestions);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_suggestions_row_activated);
}

static void
budget_entry_line_init (BudgetEntryLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

/**
 * budget_entry_line_set_book:
 * @self: a line
 * @book: (nullable): the book that what is typed goes to
 *
 * Gives the line a book; its currency and its history are what the line reads
 * by.
 */
void
budget_entry_line_set_book (BudgetEntryLine *self, BudgetBook *book)
{
  g_return_if_fail (BUDGET_IS_ENTRY_LINE (self));
  g_return_if_fail (book == NULL || BUDGET_IS_BOOK (book));

  if (!g_set_object (&self->book, book))
    return;

  if (book != NULL)
    budget_category_guesser_prepare (budget_category_guesser_get_for_book (book));
  read_line (self);
}

/**
 * budget_entry_line_get_entry:
 * @self: a line
 *
 * Returns: (transfer none): the field to type into
 */
GtkEntry *
budget_entry_line_get_entry (BudgetEntryLine *self)
{
  g_return_val_if_fail (BUDGET_IS_ENTRY_LINE (self), NULL);

  return self->entry;
}

/**
 * budget_entry_line_clear:
 * @self: a line
 *
 * Empties the line, and with it what it said about the text.
 */
void
budget_entry_line_clear (BudgetEntryLine *self)
{
  g_return_if_fail (BUDGET_IS_ENTRY_LINE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

/**
 * budget_entry_line_show_error:
 * @self: a line
 * @message: why what is typed was not added
 */
void
budget_entry_line_show_error (BudgetEntryLine *self, const char *message)
{
  g_return_if_fail (BUDGET_IS_ENTRY_LINE (self));

  show_preview (self, message, TRUE);
}
