/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-csv-columns-private.h"
#include "budget-csv-layout.h"
#include "budget-csv-words.h"

G_BEGIN_DECLS

/* What the user has said, so that detection does not say otherwise. */
typedef enum
{
  BUDGET_CSV_FIXED_ENCODING = 1 << 0,
  BUDGET_CSV_FIXED_DELIMITER = 1 << 1,
  BUDGET_CSV_FIXED_HEADER = 1 << 2,
  BUDGET_CSV_FIXED_DATE_ORDER = 1 << 3,
  BUDGET_CSV_FIXED_DECIMAL = 1 << 4,
  BUDGET_CSV_FIXED_SIGN = 1 << 5,
  BUDGET_CSV_FIXED_CURRENCY = 1 << 6
} BudgetCsvFixed;

struct _BudgetCsvLayout
{
  GObject parent_instance;

  BudgetTextEncoding encoding;
  char delimiter;
  guint header_line;
  BudgetDateOrder date_order;
  char decimal;
  gboolean inverted;
  gboolean has_fee;
  char *currency;

  GPtrArray *titles;
  GArray *roles; /* of BudgetCsvRole */
  GPtrArray *ambiguities;
  guint fixed;
  char *signature;      /* of the file that was detected */
  gboolean lacks_roles; /* no dates or no amounts were found */
};

/* A file while its layout is being found. */
typedef struct
{
  BudgetCsvLayout *layout;
  BudgetCsvColumns columns;
  guint (*scores)[BUDGET_N_CSV_ROLES];
  char decimal;
} BudgetCsvFinder;

/* The columns a row is read from; -1 where there is none. */
typedef struct
{
  int date;
  int value_date;
  int amount;
  int debit;
  int credit;
  int direction;
  int balance;
  int fee;
  int currency;
  int status;
} BudgetCsvPlaces;

gboolean _budget_csv_detect (BudgetCsvLayout *self, BudgetCsvTable *table, GError **error);
guint _budget_csv_find_first_row (BudgetCsvLayout *self, BudgetCsvTable *table);
void _budget_csv_detect_date_order (BudgetCsvLayout *self,
                                    BudgetCsvTable *table,
                                    guint column,
                                    gboolean may_note);

gboolean _budget_csv_balance_find (BudgetCsvFinder *finder, BudgetCsvPlaces *places);

char *_budget_csv_signature_new (BudgetCsvFinder *finder) G_GNUC_WARN_UNUSED_RESULT;

void _budget_csv_layout_add_ambiguity (BudgetCsvLayout *self, const char *text);
void _budget_csv_layout_take_role (BudgetCsvLayout *self, guint column, BudgetCsvRole role);
int _budget_csv_layout_find_role (BudgetCsvLayout *self, BudgetCsvRole role);
gboolean _budget_csv_layout_is_complete (BudgetCsvLayout *self);
void _budget_csv_layout_get_places (BudgetCsvLayout *self, BudgetCsvPlaces *places);

G_END_DECLS
