/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BudgetDateOrder:
 * @BUDGET_DATE_ORDER_DMY: day, month, year
 * @BUDGET_DATE_ORDER_MDY: month, day, year
 * @BUDGET_DATE_ORDER_YMD: year, month, day
 * @BUDGET_DATE_ORDER_YDM: year, day, month
 *
 * The order of the parts of a date in a file.
 */
typedef enum
{
  BUDGET_DATE_ORDER_DMY,
  BUDGET_DATE_ORDER_MDY,
  BUDGET_DATE_ORDER_YMD,
  BUDGET_DATE_ORDER_YDM
} BudgetDateOrder;

#define BUDGET_N_DATE_ORDERS 4

/* Three numbers that may be a date, in an order that is not yet known. */
typedef struct
{
  guint values[3];
  guint lengths[3];
  int month_at; /* the index of a month that was written as a name, or -1 */
  char mark;
} BudgetDateText;

const char *budget_date_order_get_name (BudgetDateOrder order);
gboolean budget_date_order_from_name (const char *name, BudgetDateOrder *order);

gboolean budget_date_text_scan (const char *text, BudgetDateText *date);
gboolean budget_date_text_read (const BudgetDateText *self, BudgetDateOrder order, GDate *date);

G_END_DECLS
