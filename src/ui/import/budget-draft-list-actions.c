/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-list-private.h"
#include "budget-money.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* What can be done with bookings before they are in the book, one or many at a time. */

static gboolean
is_usable (BudgetDraft *draft)
{
  return budget_draft_get_state (draft) != BUDGET_DRAFT_REJECTED;
}

static gpointer
find_entity (BudgetDraftList *self, GType type, GVariant *id)
{
  return orm_session_get (budget_book_get_session (self->book), type, g_variant_get_int64 (id),
                          NULL);
}

static gboolean
is_called_so (BudgetDraft *draft, BudgetDraft *other)
{
  return g_strcmp0 (budget_draft_get_description (draft), budget_draft_get_description (other)) ==
         0;
}

/* Whether a draft may be filed as another of the same description was. */
static gboolean
may_follow (BudgetDraft *draft, BudgetDraft *filed)
{
  return draft != filed && is_usable (draft) && is_called_so (draft, filed) &&
         !budget_draft_get_transfer (draft) &&
         budget_draft_get_category (draft) != budget_draft_get_category (filed);
}

static guint
file_alike (BudgetDraftList *self, gboolean only_count)
{
  GListModel *drafts = G_LIST_MODEL (self->importer);
  guint n_alike = 0;

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (drafts, i);

      if (!may_follow (draft, self->filed))
        continue;

      n_alike++;
      if (only_count)
        continue;
      budget_draft_set_category (draft, budget_draft_get_category (self->filed));
      _budget_draft_list_note (self, draft, "category");
    }

  return n_alike;
}

static void
on_offer_dismissed (BudgetDraftList *self, AdwToast *toast)
{
  if (self->offer == toast)
    self->offer = NULL;
}

static void
offer_the_same (BudgetDraftList *self)
{
  guint n_alike = file_alike (self, TRUE);
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  if (self->offer != NULL)
    adw_toast_dismiss (self->offer);
  if (n_alike == 0)
    return;

  text = g_strdup_printf (
    /* Translators: %1$u more bookings have the description %2$s */
    ngettext ("%1$u more is called “%2$s”", "%1$u more are called “%2$s”", n_alike), n_alike,
    budget_draft_get_description (self->filed));
  title = g_markup_escape_text (text, -1);
  self->offer = adw_toast_new (title);
  /* Translators: a button that files all bookings of one description alike */
  adw_toast_set_button_label (self->offer, _("_The Same for All"));
  adw_toast_set_action_name (self->offer, "drafts.same-for-all");
  g_signal_connect_object (self->offer, "dismissed", G_CALLBACK (on_offer_dismissed), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, self->offer);
}

/* Files one, and offers to do the same to what is called so. */
void
_budget_draft_list_file (BudgetDraftList *self, BudgetDraft *draft, BudgetCategory *category)
{
  budget_draft_set_category (draft, category);
  _budget_draft_list_note (self, draft, "category");
  g_set_object (&self->filed, draft);
  offer_the_same (self);
  _budget_draft_list_tell (self);
}

static void
same_for_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);

  if (self->filed == NULL)
    return;

  file_alike (self, FALSE);
  _budget_draft_list_tell (self);
}

static void
file_under (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = _budget_draft_list_dup_selected (self);
  g_autoptr (BudgetCategory) category = find_entity (self, BUDGET_TYPE_CATEGORY, parameter);

  if (category == NULL)
    return;

  if (drafts->len == 1)
    {
      _budget_draft_list_file (self, g_ptr_array_index (drafts, 0), category);
      return;
    }

  for (guint i = 0; i < drafts->len; i++)
    {
      budget_draft_set_category (g_ptr_array_index (drafts, i), category);
      _budget_draft_list_note (self, g_ptr_array_index (drafts, i), "category");
    }
  _budget_draft_list_tell (self);
}

static void
give_to (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = _budget_draft_list_dup_selected (self);
  g_autoptr (BudgetUser) user = find_entity (self, BUDGET_TYPE_USER, parameter);

  for (guint i = 0; user != NULL && i < drafts->len; i++)
    {
      budget_draft_set_user (g_ptr_array_index (drafts, i), user);
      _budget_draft_list_note (self, g_ptr_array_index (drafts, i), "user");
    }
  _budget_draft_list_tell (self);
}

static void
include_all (BudgetDraftList *self, GPtrArray *drafts, gboolean include)
{
  for (guint i = 0; i < drafts->len; i++)
    if (is_usable (g_ptr_array_index (drafts, i)))
      {
        budget_draft_set_include (g_ptr_array_index (drafts, i), include);
        _budget_draft_list_note (self, g_ptr_array_index (drafts, i), "include");
      }
  _budget_draft_list_tell (self);
}

static void
include (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GPtrArray) drafts = _budget_draft_list_dup_selected (BUDGET_DRAFT_LIST (widget));

  include_all (BUDGET_DRAFT_LIST (widget), drafts, TRUE);
}

static void
leave_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GPtrArray) drafts = _budget_draft_list_dup_selected (BUDGET_DRAFT_LIST (widget));

  include_all (BUDGET_DRAFT_LIST (widget), drafts, FALSE);
}

/* As the first that can be is not. */
static void
toggle (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GPtrArray) drafts = _budget_draft_list_dup_selected (BUDGET_DRAFT_LIST (widget));

  for (guint i = 0; i < drafts->len; i++)
    if (is_usable (g_ptr_array_index (drafts, i)))
      {
        include_all (BUDGET_DRAFT_LIST (widget), drafts,
                     !budget_draft_get_include (g_ptr_array_index (drafts, i)));
        return;
      }
}

static void
turn_sign (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = _budget_draft_list_dup_selected (self);

  for (guint i = 0; i < drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (drafts, i);

      if (!is_usable (draft) || budget_draft_get_amount (draft) == 0)
        continue;
      budget_draft_set_amount (draft, -budget_draft_get_amount (draft));
      _budget_draft_list_note (self, draft, "amount");
    }
  _budget_draft_list_tell (self);
}

static gboolean
shift (GDate *date, int count, char unit)
{
  if (unit == 'd' && count > 0)
    g_date_add_days (date, (guint) count);
  else if (unit == 'd' && g_date_get_julian (date) > (guint) -count)
    g_date_subtract_days (date, (guint) -count);
  else if (unit == 'm' && count > 0)
    g_date_add_months (date, (guint) count);
  else if (unit == 'm' && g_date_get_year (date) > 1)
    g_date_subtract_months (date, (guint) -count);
  else if (unit == 'y' && count > 0)
    g_date_add_years (date, (guint) count);
  else if (unit == 'y' && g_date_get_year (date) > 1)
    g_date_subtract_years (date, (guint) -count);

  return g_date_valid (date) && g_date_get_year (date) <= 9999;
}

static void
shift_dates (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = _budget_draft_list_dup_selected (self);
  int count = 0;
  char unit = '\0';

  if (sscanf (g_variant_get_string (parameter, NULL), "%d%c", &count, &unit) != 2)
    return;

  for (guint i = 0; i < drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (drafts, i);
      GDate date;

      if (budget_draft_get_date (draft) == NULL)
        continue;
      date = *budget_draft_get_date (draft);
      if (!shift (&date, count, unit))
        continue;
      budget_draft_set_date (draft, &date);
      _budget_draft_list_note (self, draft, "date");
    }
  _budget_draft_list_tell (self);
}

static void
set_matched (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = _budget_draft_list_dup_selected (self);

  for (guint i = 0; i < drafts->len; i++)
    if (budget_draft_can_match (g_ptr_array_index (drafts, i)))
      {
        budget_draft_set_matched (g_ptr_array_index (drafts, i), g_variant_get_boolean (parameter));
        _budget_draft_list_note (self, g_ptr_array_index (drafts, i), "matched");
      }
  _budget_draft_list_tell (self);
}

static void
set_transfer (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GPtrArray) drafts = _budget_draft_list_dup_selected (self);

  for (guint i = 0; i < drafts->len; i++)
    if (budget_draft_can_transfer (g_ptr_array_index (drafts, i)))
      {
        budget_draft_set_transfer (g_ptr_array_index (drafts, i),
                                   g_variant_get_boolean (parameter));
        _budget_draft_list_note (self, g_ptr_array_index (drafts, i), "transfer");
      }
  _budget_draft_list_tell (self);
}

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BudgetDraftList *self = BUDGET_DRAFT_LIST (widget);
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint position = _budget_draft_list_get_focus (self);

  if (position == GTK_INVALID_LIST_POSITION && !gtk_bitset_is_empty (selected))
    position = gtk_bitset_get_minimum (selected);
  if (position != GTK_INVALID_LIST_POSITION)
    _budget_draft_list_edit (self, position);
}

static void
select_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (BUDGET_DRAFT_LIST (widget)->selection));
}

static int
compare_dates (BudgetDraft *a, BudgetDraft *b)
{
  const GDate *first = budget_draft_get_date (a);
  const GDate *second = budget_draft_get_date (b);

  /* What has none comes first: it has to be looked at. */
  if (first == NULL || second == NULL)
    return (first != NULL) - (second != NULL);

  return g_date_compare (first, second);
}

static int
compare_amounts (BudgetDraft *a, BudgetDraft *b)
{
  gint64 first = budget_draft_get_amount (a);
  gint64 second = budget_draft_get_amount (b);

  return (first > second) - (first < second);
}

static int
compare_texts (const char *a, const char *b)
{
  return g_utf8_collate (a != NULL ? a : "", b != NULL ? b : "");
}

/* The sort is stable, so that equal ones stay in the order of the file. */
static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const char *sort = user_data;
  BudgetDraft *first = (BudgetDraft *) a;
  BudgetDraft *second = (BudgetDraft *) b;

  if (g_str_equal (sort, "oldest"))
    return compare_dates (first, second);
  if (g_str_equal (sort, "newest"))
    return compare_dates (second, first);
  if (g_str_equal (sort, "smallest"))
    return compare_amounts (first, second);
  if (g_str_equal (sort, "largest"))
    return compare_amounts (second, first);
  if (g_str_equal (sort, "description"))
    return compare_texts (budget_draft_get_description (first),
                          budget_draft_get_description (second));
  if (g_str_equal (sort, "category"))
    return compare_texts (budget_draft_get_category_name (first),
                          budget_draft_get_category_name (second));

  return (int) budget_draft_get_state (second) - (int) budget_draft_get_state (first);
}

void
_budget_draft_list_sort (BudgetDraftList *self, const char *sort)
{
  static const char *const sorts[] = { "oldest",   "newest",      "smallest", "largest",
                                       "category", "description", "state",    NULL };

  g_free (self->sort);
  self->sort = g_strdup (sort != NULL ? sort : "file");
  if (g_strv_contains (sorts, self->sort))
    gtk_custom_sorter_set_sort_func (self->sorter, compare, g_strdup (self->sort), g_free);
  else
    gtk_custom_sorter_set_sort_func (self->sorter, NULL, NULL, NULL);
}

void
_budget_draft_list_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "drafts.edit", NULL, edit);
  gtk_widget_class_install_action (widget_class, "drafts.file-under", "x", file_under);
  gtk_widget_class_install_action (widget_class, "drafts.give-to", "x", give_to);
  gtk_widget_class_install_action (widget_class, "drafts.include", NULL, include);
  gtk_widget_class_install_action (widget_class, "drafts.leave-out", NULL, leave_out);
  gtk_widget_class_install_action (widget_class, "drafts.same-for-all", NULL, same_for_all);
  gtk_widget_class_install_action (widget_class, "drafts.select-all", NULL, select_all);
  gtk_widget_class_install_action (widget_class, "drafts.set-matched", "b", set_matched);
  gtk_widget_class_install_action (widget_class, "drafts.set-transfer", "b", set_transfer);
  gtk_widget_class_install_action (widget_class, "drafts.shift-dates", "s", shift_dates);
  gtk_widget_class_install_action (widget_class, "drafts.toggle", NULL, toggle);
  gtk_widget_class_install_action (widget_class, "drafts.turn-sign", NULL, turn_sign);
}
