/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "book-fixture.h"
#include "budget-import-history.h"
#include "budget-importer.h"

G_BEGIN_DECLS

/*
 * ImportFixture:
 *
 * A book in euros with people and categories and without expenses, and an
 * importer, which is replaced after each commit.
 */
typedef struct
{
  BookFixture book;
  BudgetImporter *importer;
} ImportFixture;

void import_fixture_set_up (ImportFixture *self, gconstpointer data);
void import_fixture_tear_down (ImportFixture *self, gconstpointer data);

void import_fixture_renew (ImportFixture *self);
void import_fixture_add (ImportFixture *self, const char *text);
void import_fixture_read (ImportFixture *self, const char *text);
void import_fixture_commit (ImportFixture *self);
void import_fixture_import (ImportFixture *self, const char *text);
BudgetDraft *import_fixture_get (ImportFixture *self, guint position);
void import_fixture_assert_states (ImportFixture *self, const char *states);

guint import_fixture_count (ImportFixture *self);
BudgetImportCounts import_fixture_count_drafts (BudgetImporter *importer);
BudgetExpense *import_fixture_find (ImportFixture *self, const char *description);
BudgetExpense *
import_fixture_type (ImportFixture *self, const char *description, gint64 amount, const char *day);

G_END_DECLS
