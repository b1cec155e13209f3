/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book-merger.h"
#include "budget-foreign-reader.h"

G_BEGIN_DECLS

/*
 * MigrateFixture:
 *
 * A folder for the files of other programs, and a book to merge them into.
 */
typedef struct
{
  char *folder;
  char *path; /* of the last written file */
  BudgetBook *book;
} MigrateFixture;

void migrate_fixture_set_up (MigrateFixture *self, gconstpointer data);
void migrate_fixture_tear_down (MigrateFixture *self, gconstpointer data);

void migrate_fixture_write (MigrateFixture *self, const char *contents, gssize length);
BudgetForeignBook *migrate_fixture_read (MigrateFixture *self) G_GNUC_WARN_UNUSED_RESULT;
BudgetBookMerger *migrate_fixture_merge (MigrateFixture *self) G_GNUC_WARN_UNUSED_RESULT;
char *migrate_fixture_refuse (MigrateFixture *self) G_GNUC_WARN_UNUSED_RESULT;

char *migrate_fixture_dup_expenses (MigrateFixture *self) G_GNUC_WARN_UNUSED_RESULT;
char *migrate_fixture_dup_accounts (MigrateFixture *self) G_GNUC_WARN_UNUSED_RESULT;
char *migrate_fixture_dup_categories (MigrateFixture *self) G_GNUC_WARN_UNUSED_RESULT;
char *migrate_fixture_dup_rejected (BudgetBookMerger *merger) G_GNUC_WARN_UNUSED_RESULT;
gboolean migrate_fixture_reports (BudgetBookMerger *merger, const char *line);

G_END_DECLS
