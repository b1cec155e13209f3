/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-change.h"
#include "budget-money.h"

/**
 * BudgetImportChange:
 *
 * What an import changed in an expense that was in the book before, so that it
 * can be put back when the import is undone.
 *
 * The amount and the date are noted as they were before and after; they have
 * not changed where both are the same. Of what the bank wrote, of the account
 * and of the category only what changed is noted: an import fills in an account
 * that is missing, and files the other half of a transfer as a transfer.
 */

struct _BudgetImportChange
{
  OrmEntity parent_instance;

  gint64 amount_before;
  gint64 amount_after;
  GDate *date_before;
  GDate *date_after;
  char *original_before;
  char *bank_id_before;
};

G_DEFINE_FINAL_TYPE (BudgetImportChange, budget_import_change, ORM_TYPE_ENTITY)

enum
{
  COLUMN_AMOUNT_BEFORE,
  COLUMN_AMOUNT_AFTER,
  COLUMN_DATE_BEFORE,
  COLUMN_DATE_AFTER,
  COLUMN_ORIGINAL_BEFORE,
  COLUMN_BANK_ID_BEFORE,
  N_COLUMNS
};

#define AMOUNT(name, field)                                                                        \
  ORM_COLUMN (name, INT64, BudgetImportChange, field, .minimum = -BUDGET_MONEY_MAX,                \
              .maximum = BUDGET_MONEY_MAX)

static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_AMOUNT_BEFORE] = AMOUNT ("amount-before", amount_before),
  [COLUMN_AMOUNT_AFTER] = AMOUNT ("amount-after", amount_after),
  [COLUMN_DATE_BEFORE] = ORM_COLUMN ("date-before", DATE, BudgetImportChange, date_before),
  [COLUMN_DATE_AFTER] = ORM_COLUMN ("date-after", DATE, BudgetImportChange, date_after),
  [COLUMN_ORIGINAL_BEFORE] =
    ORM_COLUMN ("original-before", TEXT, BudgetImportChange, original_before),
  [COLUMN_BANK_ID_BEFORE] = ORM_COLUMN ("bank-id-before", TEXT, BudgetImportChange, bank_id_before),
};

static const OrmRelationship relationships[] = {
  ORM_TO_ONE (
    "import", budget_import_get_type, "changes", "import_id", .flags = ORM_RELATIONSHIP_NOT_NULL),
  ORM_TO_ONE ("expense",
              budget_expense_get_type,
              "import-changes",
              "expense_id",
              .flags = ORM_RELATIONSHIP_NOT_NULL),
  ORM_TO_ONE ("account-after", budget_account_get_type, "import-changes", "account_after_id"),
  ORM_TO_ONE ("category-before", budget_category_get_type, "import-changes", "category_before_id"),
};

static void
budget_import_change_class_init (BudgetImportChangeClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "import_changes", columns, N_COLUMNS);
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
budget_import_change_init (BudgetImportChange *self)
{
}

/**
 * budget_import_change_new:
 * @expense: an expense that an import is about to change
 *
 * Notes how an expense is. Change it, and call budget_import_change_finish().
 *
 * Returns: (transfer full): the change
 */
BudgetImportChange *
budget_import_change_new (BudgetExpense *expense)
{
  BudgetImportChange *self;
  OrmEntity *entity;

  g_return_val_if_fail (BUDGET_IS_EXPENSE (expense), NULL);

  self = g_object_new (BUDGET_TYPE_IMPORT_CHANGE, NULL);
  entity = ORM_ENTITY (self);
  orm_entity_set_int64 (entity, COLUMN_AMOUNT_BEFORE, budget_expense_get_amount (expense));
  orm_entity_set_date (entity, COLUMN_DATE_BEFORE, budget_expense_get_date (expense));
  orm_entity_set_text (entity, COLUMN_ORIGINAL_BEFORE, budget_expense_get_original (expense));
  orm_entity_set_text (entity, COLUMN_BANK_ID_BEFORE, budget_expense_get_bank_id (expense));
  orm_entity_set_reference (entity, "account-after", budget_expense_get_account (expense));
  orm_entity_set_reference (entity, "category-before", budget_expense_get_category (expense));
  return self;
}

static gboolean
is_same_day (const GDate *a, const GDate *b)
{
  return a == b || (a != NULL && b != NULL && g_date_compare (a, b) == 0);
}

/* Until now the account was noted as it was before. */
static gboolean
finish_references (BudgetImportChange *self, BudgetExpense *expense)
{
  OrmEntity *entity = ORM_ENTITY (self);
  gboolean has_account = orm_entity_get_reference (entity, "account-after") == NULL &&
                         budget_expense_get_account (expense) != NULL;
  gboolean has_category = orm_entity_get_reference (entity, "category-before") !=
                          (gpointer) budget_expense_get_category (expense);

  orm_entity_set_reference (entity, "account-after",
                            has_account ? budget_expense_get_account (expense) : NULL);
  if (!has_category)
    orm_entity_set_reference (entity, "category-before", NULL);

  return has_account || has_category;
}

static gboolean
finish_texts (BudgetImportChange *self, BudgetExpense *expense)
{
  gboolean has_original =
    g_strcmp0 (self->original_before, budget_expense_get_original (expense)) != 0;
  gboolean has_bank_id =
    g_strcmp0 (self->bank_id_before, budget_expense_get_bank_id (expense)) != 0;

  if (!has_original)
    orm_entity_set_text (ORM_ENTITY (self), COLUMN_ORIGINAL_BEFORE, NULL);
  if (!has_bank_id)
    orm_entity_set_text (ORM_ENTITY (self), COLUMN_BANK_ID_BEFORE, NULL);

  return has_original || has_bank_id;
}

/**
 * budget_import_change_finish:
 * @self: a new change
 * @import: what made it
 * @expense: the expense, changed
 *
 * Notes what became of an expense.
 *
 * Returns: %FALSE if nothing has changed, so that there is nothing to save
 */
gboolean
budget_import_change_finish (BudgetImportChange *self, BudgetImport *import, BudgetExpense *expense)
{
  OrmEntity *entity = ORM_ENTITY (self);
  gboolean has_references, has_texts;

  g_return_val_if_fail (BUDGET_IS_IMPORT_CHANGE (self), FALSE);
  g_return_val_if_fail (BUDGET_IS_IMPORT (import), FALSE);
  g_return_val_if_fail (BUDGET_IS_EXPENSE (expense), FALSE);

  orm_entity_set_int64 (entity, COLUMN_AMOUNT_AFTER, budget_expense_get_amount (expense));
  orm_entity_set_date (entity, COLUMN_DATE_AFTER, budget_expense_get_date (expense));
  has_references = finish_references (self, expense);
  has_texts = finish_texts (self, expense);
  if (!has_references && !has_texts && self->amount_before == self->amount_after &&
      is_same_day (self->date_before, self->date_after))
    return FALSE;

  orm_entity_set_reference (entity, "import", import);
  orm_entity_set_reference (entity, "expense", expense);
  return TRUE;
}

/* A later import began with what this one had set. */
static void
hand_down (BudgetImportChange *self, BudgetExpense *expense)
{
  GListModel *changes =
    G_LIST_MODEL (orm_entity_get_collection (ORM_ENTITY (expense), "import-changes"));

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (BudgetImportChange) other = g_list_model_get_item (changes, i);

      if (other == NULL ||
          orm_entity_get_id (ORM_ENTITY (other)) <= orm_entity_get_id (ORM_ENTITY (self)))
        continue;

      if (other->amount_before != other->amount_after && other->amount_before == self->amount_after)
        orm_entity_set_int64 (ORM_ENTITY (other), COLUMN_AMOUNT_BEFORE, self->amount_before);
      if (!is_same_day (other->date_before, other->date_after) &&
          is_same_day (other->date_before, self->date_after))
        orm_entity_set_date (ORM_ENTITY (other), COLUMN_DATE_BEFORE, self->date_before);
    }
}

static gboolean
put_back_references (BudgetImportChange *self, BudgetExpense *expense)
{
  gpointer account = orm_entity_get_reference (ORM_ENTITY (self), "account-after");
  gpointer category = orm_entity_get_reference (ORM_ENTITY (self), "category-before");
  BudgetCategory *now = budget_expense_get_category (expense);

  if (account != NULL && (gpointer) budget_expense_get_account (expense) == account &&
      !budget_expense_set_account (expense, NULL))
    return FALSE;

  return category == NULL || now == NULL ||
         budget_category_get_kind (now) != BUDGET_CATEGORY_TRANSFER ||
         budget_expense_set_category (expense, category);
}

/**
 * budget_import_change_put_back:
 * @self: a change
 *
 * Makes the expense as it was before the import, except for what somebody has
 * changed since. If a later import changed it again, that one's change now
 * begins where this one did.
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error() of the expense
 */
gboolean
budget_import_change_put_back (BudgetImportChange *self)
{
  BudgetExpense *expense;

  g_return_val_if_fail (BUDGET_IS_IMPORT_CHANGE (self), FALSE);

  expense = budget_import_change_get_expense (self);
  if (expense == NULL)
    return TRUE;

  hand_down (self, expense);
  if (self->amount_before != self->amount_after &&
      budget_expense_get_amount (expense) == self->amount_after &&
      !budget_expense_set_amount (expense, self->amount_before))
    return FALSE;

  if (!is_same_day (self->date_before, self->date_after) &&
      is_same_day (budget_expense_get_date (expense), self->date_after) &&
      !budget_expense_set_date (expense, self->date_before))
    return FALSE;

  if (self->original_before != NULL)
    budget_expense_set_original (expense, self->original_before);
  if (self->bank_id_before != NULL)
    budget_expense_set_bank_id (expense, self->bank_id_before);

  return put_back_references (self, expense);
}

/**
 * budget_import_change_get_import:
 * @self: a change
 *
 * Returns: (transfer none) (nullable): the import that made it
 */
BudgetImport *
budget_import_change_get_import (BudgetImportChange *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT_CHANGE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "import");
}

/**
 * budget_import_change_get_expense:
 * @self: a change
 *
 * Returns: (transfer none) (nullable): what was changed
 */
BudgetExpense *
budget_import_change_get_expense (BudgetImportChange *self)
{
  g_return_val_if_fail (BUDGET_IS_IMPORT_CHANGE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "expense");
}
