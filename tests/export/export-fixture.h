/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "book-fixture.h"
#include "budget-exporter.h"

G_BEGIN_DECLS

/*
 * ExportFixture:
 * @book: a book with data that is hard to export
 * @folder: where files may be written; it is removed with all in it
 */
typedef struct
{
  BookFixture book;
  BudgetAccount *bank;
  BudgetAccount *card;
  BudgetAccount *cash;
  char *folder;
} ExportFixture;

void export_fixture_set_up (ExportFixture *self, gconstpointer data);
void export_fixture_tear_down (ExportFixture *self, gconstpointer data);

BudgetExpense *export_fixture_add (ExportFixture *self,
                                   BudgetAccount *account,
                                   BudgetCategory *category,
                                   const char *description,
                                   const char *note,
                                   gint64 amount,
                                   const char *day);

char *export_fixture_dup_path (ExportFixture *self, const char *name);
char *export_fixture_write (ExportFixture *self, const char *name, BudgetFilter *filter);
BudgetBook *export_fixture_import (const char *path, const char *currency, guint n_added);
char *export_fixture_list (BudgetBook *book);
char *export_fixture_run (const char *const *argv);

G_END_DECLS
