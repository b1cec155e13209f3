/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How our own files call the account of what has none. */
#define BUDGET_OFX_NO_ACCOUNT "no-account"

/* What has values of the same names as a booking or as something else. */
typedef enum
{
  BUDGET_OFX_SCOPE_NONE,
  BUDGET_OFX_SCOPE_ACCOUNT,
  BUDGET_OFX_SCOPE_COUNTERPART,
  BUDGET_OFX_SCOPE_PAYEE,
  BUDGET_OFX_SCOPE_CURRENCY,
  BUDGET_OFX_SCOPE_ORIGINAL,
  BUDGET_OFX_SCOPE_BALANCE,
  BUDGET_OFX_SCOPE_OTHER,
  BUDGET_OFX_SCOPE_STATUS
} BudgetOfxScope;

typedef enum
{
  BUDGET_OFX_TAG_UNKNOWN,
  BUDGET_OFX_TAG_VALUE, /* of a booking */
  BUDGET_OFX_TAG_NAME,  /* a value whose meaning depends on where it stands, as do the next */
  BUDGET_OFX_TAG_ACCTID,
  BUDGET_OFX_TAG_CURSYM,
  BUDGET_OFX_TAG_CURRATE,
  BUDGET_OFX_TAG_CURDEF, /* a value of a statement, as are the next */
  BUDGET_OFX_TAG_BALAMT,
  BUDGET_OFX_TAG_DTASOF,
  BUDGET_OFX_TAG_CODE,
  BUDGET_OFX_TAG_SEVERITY,
  BUDGET_OFX_TAG_MESSAGE,
  BUDGET_OFX_TAG_SCOPE,     /* within a booking or a statement */
  BUDGET_OFX_TAG_END_SCOPE, /* the same, and never in a booking */
  BUDGET_OFX_TAG_BOOKING,
  BUDGET_OFX_TAG_PENDING,
  BUDGET_OFX_TAG_INVESTMENT,
  BUDGET_OFX_TAG_TRANSFER,
  BUDGET_OFX_TAG_STATEMENT,
  BUDGET_OFX_TAG_LIST,
  BUDGET_OFX_TAG_FILE
} BudgetOfxTagKind;

typedef struct
{
  const char *name;
  BudgetOfxTagKind kind;
  int detail; /* a BudgetOfxScope, or a BudgetOfxValue */
} BudgetOfxTag;

const BudgetOfxTag *_budget_ofx_tag_find (const char *name);

G_END_DECLS
