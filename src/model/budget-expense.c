/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-check-private.h"
#include "budget-import-change.h"
#include "budget-money.h"

#include <glib/gi18n.h>

/**
 * BudgetExpense:
 *
 * Money that left the household on one day, spent by one person on one thing.
 *
 * Amounts are whole minor units (cents), so sums are exact. What the household
 * received, a refund or a salary, has a negative amount.
 *
 * A transfer between own accounts has two halves. One has the other as its
 * counterpart, and the other has it in #BudgetExpense:counterpart-of. If each had
 * the other as counterpart, they would keep each other alive.
 */

struct _BudgetExpense
{
  OrmEntity parent_instance;

  char *description;
  gint64 amount;
  GDate *date;
  char *note;
  GDateTime *created_at;
  char *import_key;
  char *bank_id;
  char *original;
  gboolean matched;
};

G_DEFINE_FINAL_TYPE (BudgetExpense, budget_expense, ORM_TYPE_ENTITY)

#define DESCRIPTION_MAX 200

enum
{
  COLUMN_DESCRIPTION,
  COLUMN_AMOUNT,
  COLUMN_DATE,
  COLUMN_NOTE,
  COLUMN_CREATED_AT,
  COLUMN_IMPORT_KEY,
  COLUMN_BANK_ID,
  COLUMN_ORIGINAL,
  COLUMN_MATCHED,
  N_COLUMNS
};

static const OrmColumn columns[N_COLUMNS] = {
  [COLUMN_DESCRIPTION] = ORM_COLUMN ("description",
                                     TEXT,
                                     BudgetExpense,
                                     description,
                                     .flags = ORM_COLUMN_NOT_NULL,
                                     .max_length = DESCRIPTION_MAX),
  [COLUMN_AMOUNT] = ORM_COLUMN ("amount",
                                INT64,
                                BudgetExpense,
                                amount,
                                .minimum = -BUDGET_MONEY_MAX,
                                .maximum = BUDGET_MONEY_MAX),
  [COLUMN_DATE] = ORM_COLUMN ("date",
                              DATE,
                              BudgetExpense,
                              date,
                              .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_INDEXED,
                              .fallback = "today"),
  [COLUMN_NOTE] = ORM_COLUMN ("note", TEXT, BudgetExpense, note),
  [COLUMN_CREATED_AT] = ORM_COLUMN ("created-at",
                                    TIMESTAMP,
                                    BudgetExpense,
                                    created_at,
                                    .flags = ORM_COLUMN_NOT_NULL,
                                    .fallback = "now"),
  [COLUMN_IMPORT_KEY] =
    ORM_COLUMN ("import-key", TEXT, BudgetExpense, import_key, .flags = ORM_COLUMN_UNIQUE),
  [COLUMN_BANK_ID] = ORM_COLUMN ("bank-id", TEXT, BudgetExpense, bank_id),
  [COLUMN_ORIGINAL] = ORM_COLUMN ("original", TEXT, BudgetExpense, original),
  [COLUMN_MATCHED] = ORM_COLUMN ("matched", BOOLEAN, BudgetExpense, matched, .fallback = "0"),
};

static const OrmRelationship relationships[] = {
  ORM_TO_ONE (
    "user", budget_user_get_type, "expenses", "user_id", .flags = ORM_RELATIONSHIP_NOT_NULL),
  ORM_TO_ONE ("category",
              budget_category_get_type,
              "expenses",
              "category_id",
              .flags = ORM_RELATIONSHIP_NOT_NULL),
  ORM_TO_ONE ("account", budget_account_get_type, "expenses", "account_id"),
  ORM_TO_ONE ("counterpart", budget_expense_get_type, "counterpart-of", "counterpart_id"),
  ORM_TO_MANY (
    "counterpart-of", budget_expense_get_type, "counterpart", .rule = ORM_DELETE_NULLIFY),
  ORM_TO_ONE ("import", budget_import_get_type, "expenses", "import_id"),
  ORM_TO_MANY (
    "import-changes", budget_import_change_get_type, "expense", .rule = ORM_DELETE_CASCADE),
  ORM_MANY_TO_MANY ("tags", budget_tag_get_type, "expenses", "expense_tags", "expense_id"),
};

static gboolean
refuse_text (GError **error, const char *message)
{
  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT, message);
  return FALSE;
}

/*
 * The date may be missing: a row without one gets today's.
 */
static gboolean
check_whole (BudgetExpense *self, GError **error)
{
  OrmEntity *entity = ORM_ENTITY (self);

  if (self->description == NULL)
    return refuse_text (error, _("The expense has no description"));

  if (!orm_entity_has_reference (entity, "user"))
    return refuse_text (error, _("The expense has no person"));

  if (!orm_entity_has_reference (entity, "category"))
    return refuse_text (error, _("The expense has no category"));

  return _budget_check_length (self->description, DESCRIPTION_MAX, error) &&
         budget_money_check (self->amount, error);
}

static gboolean
check_date (const GDate *date, GError **error)
{
  if (date == NULL || (g_date_valid (date) && g_date_get_year (date) <= 9999))
    return TRUE;

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_DATE, _("There is no such date"));
  return FALSE;
}

static gboolean
budget_expense_validate (OrmEntity *entity,
                         const char *property,
                         const GValue *value,
                         GError **error)
{
  BudgetExpense *self = BUDGET_EXPENSE (entity);

  if (property == NULL)
    return check_whole (self, error);

  if (g_str_equal (property, "description"))
    return _budget_check_length (g_value_get_string (value), DESCRIPTION_MAX, error);

  if (g_str_equal (property, "amount"))
    return budget_money_check (g_value_get_int64 (value), error);

  if (g_str_equal (property, "date"))
    return check_date (g_value_get_boxed (value), error);

  if (g_str_equal (property, "counterpart") && g_value_get_object (value) == (gpointer) self)
    return refuse_text (error, _("An expense cannot be its own counterpart"));

  return TRUE;
}

static void
budget_expense_class_init (BudgetExpenseClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = budget_expense_validate;

  orm_entity_class_map (entity_class, "expenses", columns, N_COLUMNS);
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
budget_expense_init (BudgetExpense *self)
{
}

BudgetExpense *
budget_expense_new (void)
{
  return g_object_new (BUDGET_TYPE_EXPENSE, NULL);
}

/**
 * budget_expense_get_description:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): what it was for
 */
const char *
budget_expense_get_description (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return self->description;
}

/**
 * budget_expense_set_description:
 * @self: an expense
 * @description: (nullable): what it was for
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_description (BudgetExpense *self, const char *description)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_DESCRIPTION, description);
}

/**
 * budget_expense_get_amount:
 * @self: an expense
 *
 * Returns: how much, in minor units; negative for what was received
 */
gint64
budget_expense_get_amount (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), 0);

  return self->amount;
}

/**
 * budget_expense_set_amount:
 * @self: an expense
 * @amount: how much, in minor units; negative for what was received
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_amount (BudgetExpense *self, gint64 amount)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);

  return orm_entity_set_int64 (ORM_ENTITY (self), COLUMN_AMOUNT, amount);
}

/**
 * budget_expense_get_date:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): the day the money left; a new row without one gets today
 */
const GDate *
budget_expense_get_date (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return self->date;
}

/**
 * budget_expense_set_date:
 * @self: an expense
 * @date: (nullable): the day the money left; a new row without one gets today
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_date (BudgetExpense *self, const GDate *date)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);
  g_return_val_if_fail (date == NULL || g_date_valid (date), FALSE);

  return orm_entity_set_date (ORM_ENTITY (self), COLUMN_DATE, date);
}

/**
 * budget_expense_get_note:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): its note
 */
const char *
budget_expense_get_note (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return self->note;
}

/**
 * budget_expense_set_note:
 * @self: an expense
 * @note: (nullable): its note
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_note (BudgetExpense *self, const char *note)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_NOTE, note);
}

/**
 * budget_expense_get_created_at:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): when it was entered
 */
GDateTime *
budget_expense_get_created_at (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return self->created_at;
}

/**
 * budget_expense_get_import_key:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): its key in the bank's files, or %NULL if it
 *   was entered by hand
 */
const char *
budget_expense_get_import_key (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return self->import_key;
}

/**
 * budget_expense_set_import_key:
 * @self: an expense
 * @import_key: (nullable): what tells it apart in a bank's files, %NULL for what was entered by
 * hand
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_import_key (BudgetExpense *self, const char *import_key)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_IMPORT_KEY, import_key);
}

/**
 * budget_expense_get_bank_id:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): the bank's id of the transaction, if it gave one
 */
const char *
budget_expense_get_bank_id (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return self->bank_id;
}

/**
 * budget_expense_set_bank_id:
 * @self: an expense
 * @bank_id: (nullable): the bank's id of the transaction
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_bank_id (BudgetExpense *self, const char *bank_id)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_BANK_ID, bank_id);
}

/**
 * budget_expense_get_original:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): the description as the bank wrote it, %NULL if that is
 *   #BudgetExpense:description or there was no bank
 */
const char *
budget_expense_get_original (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return self->original;
}

/**
 * budget_expense_set_original:
 * @self: an expense
 * @original: (nullable): the description as the bank wrote it
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_original (BudgetExpense *self, const char *original)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);

  return orm_entity_set_text (ORM_ENTITY (self), COLUMN_ORIGINAL, original);
}

/**
 * budget_expense_get_matched:
 * @self: an expense
 *
 * Returns: whether it was entered by hand and later matched with the bank's
 *   transaction
 */
gboolean
budget_expense_get_matched (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);

  return self->matched;
}

/**
 * budget_expense_set_matched:
 * @self: an expense
 * @matched: whether it was in the book before the bank's file
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_matched (BudgetExpense *self, gboolean matched)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);

  return orm_entity_set_boolean (ORM_ENTITY (self), COLUMN_MATCHED, matched);
}

/**
 * budget_expense_get_user:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): who spent it
 */
BudgetUser *
budget_expense_get_user (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "user");
}

/**
 * budget_expense_set_user:
 * @self: an expense
 * @user: (nullable): who spent it
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_user (BudgetExpense *self, BudgetUser *user)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);
  g_return_val_if_fail (user == NULL || BUDGET_IS_USER (user), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "user", user);
}

/**
 * budget_expense_get_category:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): what it was spent on
 */
BudgetCategory *
budget_expense_get_category (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "category");
}

/**
 * budget_expense_set_category:
 * @self: an expense
 * @category: (nullable): what it was spent on
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_category (BudgetExpense *self, BudgetCategory *category)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);
  g_return_val_if_fail (category == NULL || BUDGET_IS_CATEGORY (category), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "category", category);
}

/**
 * budget_expense_get_account:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): the account it left, if that is known
 */
BudgetAccount *
budget_expense_get_account (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "account");
}

/**
 * budget_expense_set_account:
 * @self: an expense
 * @account: (nullable): the account it left, if that is known
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_account (BudgetExpense *self, BudgetAccount *account)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);
  g_return_val_if_fail (account == NULL || BUDGET_IS_ACCOUNT (account), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "account", account);
}

/**
 * budget_expense_get_counterpart:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): the other half of a transfer
 */
BudgetExpense *
budget_expense_get_counterpart (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "counterpart");
}

/**
 * budget_expense_set_counterpart:
 * @self: an expense
 * @counterpart: (nullable): the other half of a transfer
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_counterpart (BudgetExpense *self, BudgetExpense *counterpart)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);
  g_return_val_if_fail (counterpart == NULL || BUDGET_IS_EXPENSE (counterpart), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "counterpart", counterpart);
}

/**
 * budget_expense_get_counterpart_of:
 * @self: an expense
 *
 * Returns: (transfer none): the expenses whose counterpart this is
 */
OrmCollection *
budget_expense_get_counterpart_of (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_collection (ORM_ENTITY (self), "counterpart-of");
}

/**
 * budget_expense_get_import:
 * @self: an expense
 *
 * Returns: (transfer none) (nullable): the import that added or matched it
 */
BudgetImport *
budget_expense_get_import (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_reference (ORM_ENTITY (self), "import");
}

/**
 * budget_expense_set_import:
 * @self: an expense
 * @import: (nullable): the import that added or matched it
 *
 * Returns: %FALSE if it was refused: see orm_entity_get_error()
 */
gboolean
budget_expense_set_import (BudgetExpense *self, BudgetImport *import)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), FALSE);

  return orm_entity_set_reference (ORM_ENTITY (self), "import", import);
}

/**
 * budget_expense_get_tags:
 * @self: an expense
 *
 * Returns: (transfer none): its tags
 */
OrmCollection *
budget_expense_get_tags (BudgetExpense *self)
{
  g_return_val_if_fail (BUDGET_IS_EXPENSE (self), NULL);

  return orm_entity_get_collection (ORM_ENTITY (self), "tags");
}
