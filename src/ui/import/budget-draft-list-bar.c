/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-list-private.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>

#define MOST_SEEN 1000

/* What stands above and below the bookings: which are shown, and what they come to. */

static void
show_views (BudgetDraftList *self)
{
  GListModel *drafts = G_LIST_MODEL (self->importer);
  guint n_drafts = drafts != NULL ? g_list_model_get_n_items (drafts) : 0;
  guint counts[BUDGET_N_DRAFT_VIEWS] = { 0 };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < n_drafts; i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (drafts, i);

      for (guint j = 0; j < BUDGET_N_DRAFT_VIEWS; j++)
        counts[j] += budget_draft_view_has (j, draft);
    }

  for (guint i = 0; i < BUDGET_N_DRAFT_VIEWS; i++)
    {
      /* Translators: which rows are shown, and how many of them there are */
      g_autofree char *name =
        g_strdup_printf (_("%1$s (%2$u)"), budget_draft_view_get_name (i), counts[i]);

      gtk_string_list_append (names, name);
    }

  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->views, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->views, self->view_shown);
  self->is_filling = FALSE;
}

static void
append (GString *text, const char *format, guint number)
{
  g_autofree char *part = NULL;

  if (number == 0)
    return;

    /* The formats are all from below. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  part = g_strdup_printf (format, number);
#pragma GCC diagnostic pop
  g_string_append_printf (text, text->len > 0 ? " · %s" : "%s", part);
}

static void
show_summary (BudgetDraftList *self)
{
  BudgetImportCounts counts = { 0 };
  g_autofree char *sum = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->importer == NULL)
    return;

  budget_importer_count (self->importer, &counts);
  sum = budget_ui_format_amount (counts.sum, budget_importer_get_currency (self->importer));
  /* Translators: how many expenses will be added, and their sum */
  g_string_append_printf (text, _("%1$u to add, %2$s"), counts.n_included, sum);
  /* Translators: %u expenses that were entered by hand are the bank's, too */
  append (text, _("%u to match"), counts.n_matched);
  /* Translators: %u expenses will be as the bank says now */
  append (text, _("%u to change"), counts.n_updated);
  /* Translators: %u rows of a file cannot be used */
  append (text, _("%u unusable"), counts.n_rejected);
  gtk_label_set_label (self->summary, text->str);
}

/* What cannot be done with any of the selected is not offered. Nobody waits for a count of many. */
static void
enable_actions (BudgetDraftList *self, GtkBitset *selected)
{
  GListModel *drafts = G_LIST_MODEL (self->selection);
  gboolean can_match = FALSE;
  gboolean can_transfer = FALSE;
  GtkBitsetIter iter;
  guint position;
  guint n_seen = 0;

  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        g_autoptr (BudgetDraft) draft = g_list_model_get_item (drafts, position);

        can_match |= draft != NULL && budget_draft_can_match (draft);
        can_transfer |= draft != NULL && budget_draft_can_transfer (draft);
      }
    while (++n_seen < MOST_SEEN && !(can_match && can_transfer) &&
           gtk_bitset_iter_next (&iter, &position));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "drafts.set-matched",
                                 can_match || n_seen == MOST_SEEN);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "drafts.set-transfer",
                                 can_transfer || n_seen == MOST_SEEN);
}

static void
show_selected (BudgetDraftList *self)
{
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint n_selected = (guint) gtk_bitset_get_size (selected);
  g_autofree char *label =
    /* Translators: how many rows are selected */
    g_strdup_printf (ngettext ("%u Selected", "%u Selected", n_selected), n_selected);

  gtk_menu_button_set_label (self->selected_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->selected_button), n_selected > 0);
  enable_actions (self, selected);
}

static gboolean
on_bar_idle (gpointer user_data)
{
  BudgetDraftList *self = user_data;

  self->bar_source = 0;
  _budget_draft_list_update_bar (self);
  return G_SOURCE_REMOVE;
}

/* Many changes make one count. */
void
_budget_draft_list_queue_bar (BudgetDraftList *self)
{
  if (self->bar_source == 0)
    self->bar_source = g_idle_add_full (GTK_PRIORITY_RESIZE, on_bar_idle, self, NULL);
}

void
_budget_draft_list_update_bar (BudgetDraftList *self)
{
  show_views (self);
  show_summary (self);
  show_selected (self);
}

static void
on_views_notify_selected (BudgetDraftList *self)
{
  guint selected = gtk_drop_down_get_selected (self->views);

  if (!self->is_filling && selected < BUDGET_N_DRAFT_VIEWS)
    budget_draft_list_set_view (self, selected);
}

static void
on_search_changed (BudgetDraftList *self)
{
  budget_draft_list_set_search (self, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* Escape leaves the search before it leaves the window. */
static void
on_search_stopped (BudgetDraftList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
_budget_draft_list_init_bar (BudgetDraftList *self)
{
  g_signal_connect_object (self->views, "notify::selected", G_CALLBACK (on_views_notify_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_entry, "search-changed", G_CALLBACK (on_search_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_entry, "stop-search", G_CALLBACK (on_search_stopped), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (show_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed",
                           G_CALLBACK (_budget_draft_list_queue_bar), self, G_CONNECT_SWAPPED);
  budget_ui_set_label (self->search_entry, _("Search the bookings"));
  budget_ui_set_label (self->views, _("Which bookings are shown"));
}
