/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-draft-list.h"

G_BEGIN_DECLS

struct _BudgetDraftList
{
  AdwBin parent_instance;

  BudgetBook *book;
  BudgetImporter *importer;
  BudgetImportChoices *choices; /* the dialog's */
  GMenuModel *categories;
  GMenuModel *context;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  GtkMultiSelection *selection;
  GtkCustomFilter *filter;
  GtkCustomSorter *sorter;
  BudgetDraftView view_shown;
  char *search; /* folded, or NULL */
  char *sort;
  BudgetDraft *filed; /* the latest to be filed by hand, on which others may follow */
  AdwToast *offer;
  gboolean is_narrow;
  gboolean is_filling;
  guint narrow_source;
  guint bar_source;

  GtkDropDown *views;
  GtkSearchEntry *search_entry;
  GtkLabel *summary;
  GtkMenuButton *selected_button;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkListView *view;
  GtkWidget *menu;
  GtkWidget *editor;
};

void _budget_draft_list_install_actions (GtkWidgetClass *widget_class);

/* budget-draft-list-bar.c */
void _budget_draft_list_init_bar (BudgetDraftList *self);
void _budget_draft_list_update_bar (BudgetDraftList *self);
void _budget_draft_list_queue_bar (BudgetDraftList *self);

GPtrArray *_budget_draft_list_dup_selected (BudgetDraftList *self);
void _budget_draft_list_note (BudgetDraftList *self, BudgetDraft *draft, const char *property);
void _budget_draft_list_tell (BudgetDraftList *self);
void _budget_draft_list_file (BudgetDraftList *self, BudgetDraft *draft, BudgetCategory *category);
/* budget-draft-list-keys.c */
void _budget_draft_list_add_keys (BudgetDraftList *self);
void _budget_draft_list_pop_up (BudgetDraftList *self, double x, double y);
void _budget_draft_list_edit (BudgetDraftList *self, guint position);
guint _budget_draft_list_get_focus (BudgetDraftList *self);
void _budget_draft_list_sort (BudgetDraftList *self, const char *sort);

G_END_DECLS
