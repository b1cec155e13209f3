/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

G_BEGIN_DECLS

/* The format and the version that a file names in its heading. */
#define BUDGET_BOOK_JSON_FORMAT "budget-book"
#define BUDGET_BOOK_JSON_VERSION 1

/* The tables of a book, in an order in which rows refer only to earlier tables or to their own. */
typedef enum
{
  BUDGET_TABLE_SETTINGS,
  BUDGET_TABLE_PEOPLE,
  BUDGET_TABLE_CATEGORIES,
  BUDGET_TABLE_ACCOUNTS,
  BUDGET_TABLE_TAGS,
  BUDGET_TABLE_IMPORTS,
  BUDGET_TABLE_LAYOUTS,
  BUDGET_TABLE_DECISIONS,
  BUDGET_TABLE_RULES,
  BUDGET_TABLE_EXPENSES,
  BUDGET_TABLE_IMPORT_CHANGES,
  BUDGET_N_TABLES
} BudgetTableId;

typedef enum
{
  BUDGET_FIELD_TEXT,
  BUDGET_FIELD_INTEGER,
  BUDGET_FIELD_AMOUNT,
  BUDGET_FIELD_BOOLEAN,
  BUDGET_FIELD_ENUM,
  BUDGET_FIELD_DATE,
  BUDGET_FIELD_TIME,
  BUDGET_FIELD_REFERENCE, /* the id of a row of the field's table */
  BUDGET_FIELD_LINKS      /* the ids of several rows */
} BudgetFieldKind;

/*
 * BudgetField:
 * @member: the name in the file
 * @property: the property of the entity
 * @kind: the type
 * @is_needed: whether a value is required
 * @table: the table that it refers to
 *
 * A column of a table.
 */
typedef struct
{
  const char *member;
  const char *property;
  BudgetFieldKind kind;
  gboolean is_needed;
  BudgetTableId table;
} BudgetField;

typedef struct
{
  const char *member;
  GType (*get_type) (void);
  const BudgetField *fields;
  guint n_fields;
} BudgetTable;

const BudgetTable *_budget_table_get (BudgetTableId id);

G_END_DECLS
