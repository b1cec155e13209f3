/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book-merger.h"
#include "budget-foreign-reader.h"

G_BEGIN_DECLS

/*
 * SwitchFixture:
 *
 * A folder for the books of other programs, and a book to bring them into.
 */
typedef struct
{
  char *folder;
  char *path; /* of the file that was written last */
  BudgetBook *book;
} SwitchFixture;

void switch_fixture_set_up (SwitchFixture *self, gconstpointer data);
void switch_fixture_tear_down (SwitchFixture *self, gconstpointer data);

void switch_fixture_write (SwitchFixture *self, const char *contents, gssize length);
BudgetForeignBook *switch_fixture_read (SwitchFixture *self) G_GNUC_WARN_UNUSED_RESULT;
BudgetBookMerger *switch_fixture_merge (SwitchFixture *self) G_GNUC_WARN_UNUSED_RESULT;
char *switch_fixture_refuse (SwitchFixture *self) G_GNUC_WARN_UNUSED_RESULT;

char *switch_fixture_dup_expenses (SwitchFixture *self) G_GNUC_WARN_UNUSED_RESULT;
char *switch_fixture_dup_accounts (SwitchFixture *self) G_GNUC_WARN_UNUSED_RESULT;
char *switch_fixture_dup_categories (SwitchFixture *self) G_GNUC_WARN_UNUSED_RESULT;
char *switch_fixture_dup_rejected (BudgetBookMerger *merger) G_GNUC_WARN_UNUSED_RESULT;
gboolean switch_fixture_reports (BudgetBookMerger *merger, const char *line);

G_END_DECLS
