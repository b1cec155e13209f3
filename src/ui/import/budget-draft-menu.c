/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-menu.h"

#include <glib/gi18n.h>

/*
 * The menu of what can be done with the selected transactions of an import.
 */

static GMenuModel *
create_entities (GListModel *entities, const char *action)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (entities); i++)
    {
      g_autoptr (OrmEntity) entity = g_list_model_get_item (entities, i);
      g_autofree char *name = NULL;
      g_autoptr (GMenuItem) item = NULL;

      g_object_get (entity, "name", &name, NULL);
      item = g_menu_item_new (g_strdelimit (name, "_", ' '), NULL);
      g_menu_item_set_action_and_target (item, action, "x", orm_entity_get_id (entity));
      g_menu_append_item (menu, item);
    }

  return G_MENU_MODEL (menu);
}

/**
 * budget_draft_menu_new_categories:
 * @book: a book
 * @action: what the items do, with a category’s id
 *
 * Returns: (transfer full): a menu of the book's categories
 */
GMenuModel *
budget_draft_menu_new_categories (BudgetBook *book, const char *action)
{
  return create_entities (budget_book_get_categories (book), action);
}

static void
append_section (GMenu *menu, const char *const *items)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; items[i] != NULL; i += 2)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(items[i]), items[i + 1]);

      g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
create_shifts (void)
{
  static const char *const shifts[] = {
    N_ ("A Day _Earlier"), "drafts.shift-dates::-1d",
        N_ ("A Day _Later"), "drafts.shift-dates::1d",
            N_ ("A Month Earlier"), "drafts.shift-dates::-1m",
                N_ ("A Month Later"), "drafts.shift-dates::1m",
                    N_ ("A Year Earlier"), "drafts.shift-dates::-1y",
                        N_ ("A Year Later"), "drafts.shift-dates::1y", NULL,
                    };
  GMenu *menu = g_menu_new ();

  append_section (menu, shifts);
  return G_MENU_MODEL (menu);
}

/**
 * budget_draft_menu_new:
 * @book: a book
 *
 * Returns: (transfer full): a menu of the actions `drafts.…`
 */
GMenuModel *
budget_draft_menu_new (BudgetBook *book)
{
  static const char *const first[] = { N_ ("_Edit…"), "drafts.edit", NULL };
  static const char *const ticks[] = { N_ ("_Import Them"), "drafts.include",
                                           N_ ("_Leave Out"), "drafts.leave-out", NULL };
  static const char *const sorts[] = { N_ ("_Match With Existing Expenses"),
                                           "drafts.set-matched(true)",
                                           N_ ("Do N_ot Match"),
                                               "drafts.set-matched(false)",
                                               N_ ("Mark as _Transfers"),
                                                   "drafts.set-transfer(true)",
                                                   N_ ("Mark as Or_dinary Transactions"),
                                                       "drafts.set-transfer(false)",
                                                       NULL };
  static const char *const last[] = { N_ ("Select _All"), "drafts.select-all", NULL };
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenuModel) categories =
    budget_draft_menu_new_categories (book, "drafts.change-category");
  g_autoptr (GMenuModel) people =
    create_entities (budget_book_get_users (book), "drafts.change-person");
  g_autoptr (GMenuModel) shifts = create_shifts ();

  append_section (menu, first);
  append_section (menu, ticks);
  g_menu_append_submenu (section, _("_Category"), categories);
  if (g_list_model_get_n_items (budget_book_get_users (book)) > 1)
    g_menu_append_submenu (section, _("_Person"), people);
  g_menu_append_submenu (section, _("_Date"), shifts);
  g_menu_append (section, _("Reverse the _Sign"), "drafts.turn-sign");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  append_section (menu, sorts);
  append_section (menu, last);
  return G_MENU_MODEL (menu);
}
