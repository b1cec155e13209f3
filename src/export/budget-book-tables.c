/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-tables-private.h"
#include "budget-decision.h"
#include "budget-import-change.h"
#include "budget-layout.h"
#include "budget-rule.h"
#include "budget-setting.h"
#include "budget-tag.h"

/*
 * The tables and columns of a book's file, for both the export and the
 * importer. Add new columns here; renaming or removing one needs a new
 * %BUDGET_BOOK_JSON_VERSION.
 */

#define TEXT(member, property)                                                                     \
  {                                                                                                \
    member, property, BUDGET_FIELD_TEXT, FALSE, 0                                                  \
  }
#define NEEDED(member, property)                                                                   \
  {                                                                                                \
    member, property, BUDGET_FIELD_TEXT, TRUE, 0                                                   \
  }
#define REFERENCE(member, property, table)                                                         \
  {                                                                                                \
    member, property, BUDGET_FIELD_REFERENCE, FALSE, table                                         \
  }

static const BudgetField settings[] = {
  NEEDED ("name", "name"),
  TEXT ("value", "value"),
};

static const BudgetField people[] = {
  NEEDED ("email", "email"),
  NEEDED ("name", "name"),
  { "created_at", "created-at", BUDGET_FIELD_TIME, FALSE, 0 },
};

static const BudgetField categories[] = {
  NEEDED ("name", "name"),
  NEEDED ("color", "color"),
  { "kind", "kind", BUDGET_FIELD_ENUM, TRUE, 0 },
};

static const BudgetField accounts[] = {
  NEEDED ("name", "name"),
  TEXT ("number", "number"),
  { "kind", "kind", BUDGET_FIELD_ENUM, TRUE, 0 },
  { "opening_balance", "opening-balance", BUDGET_FIELD_AMOUNT, FALSE, 0 },
  { "opening_date", "opening-date", BUDGET_FIELD_DATE, FALSE, 0 },
};

static const BudgetField tags[] = {
  NEEDED ("name", "name"),
};

static const BudgetField imports[] = {
  NEEDED ("name", "name"),
  TEXT ("format", "format"),
  { "made_at", "made-at", BUDGET_FIELD_TIME, FALSE, 0 },
  REFERENCE ("account", "account", BUDGET_TABLE_ACCOUNTS),
};

static const BudgetField layouts[] = {
  NEEDED ("fingerprint", "fingerprint"),
  TEXT ("fields", "fields"),
  REFERENCE ("account", "account", BUDGET_TABLE_ACCOUNTS),
};

static const BudgetField decisions[] = {
  NEEDED ("import_key", "import-key"),
  TEXT ("same_as", "same-as"),
  REFERENCE ("import", "import", BUDGET_TABLE_IMPORTS),
};

static const BudgetField rules[] = {
  NEEDED ("pattern", "pattern"),
  { "match", "match-kind", BUDGET_FIELD_ENUM, TRUE, 0 },
  { "position", "position", BUDGET_FIELD_INTEGER, TRUE, 0 },
  { "learned", "learned", BUDGET_FIELD_BOOLEAN, FALSE, 0 },
  { "enabled", "enabled", BUDGET_FIELD_BOOLEAN, TRUE, 0 },
  { "category", "category", BUDGET_FIELD_REFERENCE, TRUE, BUDGET_TABLE_CATEGORIES },
  REFERENCE ("person", "user", BUDGET_TABLE_PEOPLE),
};

static const BudgetField expenses[] = {
  { "date", "date", BUDGET_FIELD_DATE, TRUE, 0 },
  NEEDED ("description", "description"),
  { "amount", "amount", BUDGET_FIELD_AMOUNT, TRUE, 0 },
  { "category", "category", BUDGET_FIELD_REFERENCE, TRUE, BUDGET_TABLE_CATEGORIES },
  { "person", "user", BUDGET_FIELD_REFERENCE, TRUE, BUDGET_TABLE_PEOPLE },
  REFERENCE ("account", "account", BUDGET_TABLE_ACCOUNTS),
  TEXT ("note", "note"),
  { "tags", "tags", BUDGET_FIELD_LINKS, FALSE, BUDGET_TABLE_TAGS },
  REFERENCE ("counterpart", "counterpart", BUDGET_TABLE_EXPENSES),
  REFERENCE ("import", "import", BUDGET_TABLE_IMPORTS),
  TEXT ("import_key", "import-key"),
  TEXT ("bank_id", "bank-id"),
  TEXT ("original", "original"),
  { "matched", "matched", BUDGET_FIELD_BOOLEAN, FALSE, 0 },
  { "created_at", "created-at", BUDGET_FIELD_TIME, FALSE, 0 },
};

static const BudgetField import_changes[] = {
  { "import", "import", BUDGET_FIELD_REFERENCE, TRUE, BUDGET_TABLE_IMPORTS },
  { "expense", "expense", BUDGET_FIELD_REFERENCE, TRUE, BUDGET_TABLE_EXPENSES },
  { "amount_before", "amount-before", BUDGET_FIELD_AMOUNT, TRUE, 0 },
  { "amount_after", "amount-after", BUDGET_FIELD_AMOUNT, TRUE, 0 },
  { "date_before", "date-before", BUDGET_FIELD_DATE, FALSE, 0 },
  { "date_after", "date-after", BUDGET_FIELD_DATE, FALSE, 0 },
  TEXT ("original_before", "original-before"),
  TEXT ("bank_id_before", "bank-id-before"),
  REFERENCE ("account_after", "account-after", BUDGET_TABLE_ACCOUNTS),
  REFERENCE ("category_before", "category-before", BUDGET_TABLE_CATEGORIES),
};

#define TABLE(fields, get_type)                                                                    \
  {                                                                                                \
#fields, get_type, fields, G_N_ELEMENTS(fields)                                                \
  }

static const BudgetTable tables[BUDGET_N_TABLES] = {
  [BUDGET_TABLE_SETTINGS] = TABLE (settings, budget_setting_get_type),
  [BUDGET_TABLE_PEOPLE] = TABLE (people, budget_user_get_type),
  [BUDGET_TABLE_CATEGORIES] = TABLE (categories, budget_category_get_type),
  [BUDGET_TABLE_ACCOUNTS] = TABLE (accounts, budget_account_get_type),
  [BUDGET_TABLE_TAGS] = TABLE (tags, budget_tag_get_type),
  [BUDGET_TABLE_IMPORTS] = TABLE (imports, budget_import_get_type),
  [BUDGET_TABLE_LAYOUTS] = TABLE (layouts, budget_layout_get_type),
  [BUDGET_TABLE_DECISIONS] = TABLE (decisions, budget_decision_get_type),
  [BUDGET_TABLE_RULES] = TABLE (rules, budget_rule_get_type),
  [BUDGET_TABLE_EXPENSES] = TABLE (expenses, budget_expense_get_type),
  [BUDGET_TABLE_IMPORT_CHANGES] = TABLE (import_changes, budget_import_change_get_type),
};

const BudgetTable *
_budget_table_get (BudgetTableId id)
{
  return &tables[id];
}
