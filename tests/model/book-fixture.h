/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

G_BEGIN_DECLS

/*
 * BookFixture:
 *
 * A book in memory with two people, four categories and six expenses.
 */
typedef struct
{
  BudgetBook *book;
  OrmSession *session;
  BudgetUser *alice;
  BudgetUser *bob;
  BudgetCategory *food;
  BudgetCategory *entertainment;
  BudgetCategory *transportation;
  BudgetCategory *empty;
  char *folder; /* of a book in a file */
} BookFixture;

#define BOOK_FIXTURE_GROCERIES 1
#define BOOK_FIXTURE_ALICES_LUNCH 2
#define BOOK_FIXTURE_GAS 3
#define BOOK_FIXTURE_BOBS_LUNCH 5
#define BOOK_FIXTURE_DINNER 6
#define BOOK_FIXTURE_CONCERT 7

void book_fixture_set_up (BookFixture *self, gconstpointer data);
/* The same in a file that is not small, so that its lists are filled in the background. */
void book_fixture_set_up_big (BookFixture *self, gconstpointer data);
void book_fixture_tear_down (BookFixture *self, gconstpointer data);

BudgetExpense *book_fixture_get (BookFixture *self, gint64 id);
BudgetExpense *book_fixture_new_expense (BudgetUser *user,
                                         BudgetCategory *category,
                                         const char *description,
                                         gint64 amount,
                                         const GDate *date);

void on_notify_count (int *n_notified);

/*
 * ShadowList:
 *
 * A copy of a list, updated only from its emissions.
 */
typedef struct
{
  GListModel *model;
  GPtrArray *items;
  GString *changes;
} ShadowList;

ShadowList *shadow_list_new (GListModel *model);
void shadow_list_check (ShadowList *self);
char *shadow_list_take_changes (ShadowList *self);
void shadow_list_free (ShadowList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShadowList, shadow_list_free)

G_END_DECLS
