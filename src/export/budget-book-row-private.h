/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book-tables-private.h"
#include "budget-json-slices.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * BudgetBookRows:
 * @parser: reads one row after the other
 * @digits: how many decimals the file's amounts have
 * @rows: of each table, the file's id → the entity that it became
 * @position: added to the positions of rules
 *
 * The rows of a whole book's file, on their way into a book.
 */
typedef struct
{
  JsonParser *parser;
  guint digits;
  GHashTable *rows[BUDGET_N_TABLES];
  gint64 position;
} BudgetBookRows;

void _budget_book_rows_init (BudgetBookRows *self, guint digits);
void _budget_book_rows_clear (BudgetBookRows *self);

JsonObject *_budget_book_rows_parse (BudgetBookRows *self,
                                     const BudgetJsonSlice *slice,
                                     BudgetTableId table,
                                     gint64 *id,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
OrmEntity *_budget_book_rows_read (BudgetBookRows *self,
                                   BudgetTableId table,
                                   JsonObject *object,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean _budget_book_rows_relate (
  BudgetBookRows *self, BudgetTableId table, OrmEntity *entity, JsonObject *object, GError **error);
gboolean _budget_book_rows_link (
  BudgetBookRows *self, BudgetTableId table, OrmEntity *entity, JsonObject *object, GError **error);
void _budget_book_rows_keep (BudgetBookRows *self, BudgetTableId table, gint64 id, gpointer entity);
gpointer _budget_book_rows_find (BudgetBookRows *self, BudgetTableId table, gint64 id);

gboolean _budget_book_row_get_id (JsonObject *object, const char *member, gint64 *id);
void _budget_book_row_prefix_error (const BudgetJsonSlice *slice, GError **error);

G_END_DECLS
