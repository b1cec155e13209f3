/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-camt-entry.h"

#include <string.h>

/* Where in an entry of CAMT, or in a payment of it, which value stands. */

#define LONGEST_VALUE 2000

typedef struct
{
  const char *path;
  BudgetCamtValue value;
} Place;

/*
 * Version 8 puts Pty between a role and its name. In version 1, an account is
 * a PrtryAcct where it is an Othr later, and a creditor's reference a CdtrRef.
 */
static const Place places[] = {
  { "Amt", BUDGET_CAMT_AMOUNT },
  { "CdtDbtInd", BUDGET_CAMT_SIGN },
  { "RvslInd", BUDGET_CAMT_REVERSAL },
  { "Sts", BUDGET_CAMT_STATUS },
  { "Sts/Cd", BUDGET_CAMT_STATUS },
  { "Sts/Prtry", BUDGET_CAMT_STATUS },
  { "BookgDt/Dt", BUDGET_CAMT_BOOKING_DAY },
  { "BookgDt/DtTm", BUDGET_CAMT_BOOKING_DAY },
  { "ValDt/Dt", BUDGET_CAMT_VALUE_DAY },
  { "ValDt/DtTm", BUDGET_CAMT_VALUE_DAY },
  { "AmtDtls/TxAmt/Amt", BUDGET_CAMT_PAID_AMOUNT },
  { "AmtDtls/InstdAmt/Amt", BUDGET_CAMT_INSTRUCTED_AMOUNT },
  { "AcctSvcrRef", BUDGET_CAMT_BANK_ID },
  { "Refs/AcctSvcrRef", BUDGET_CAMT_BANK_ID },
  { "Refs/TxId", BUDGET_CAMT_TRANSACTION_ID },
  { "Refs/EndToEndId", BUDGET_CAMT_END_TO_END_ID },
  { "RltdPties/Dbtr/Nm", BUDGET_CAMT_DEBTOR },
  { "RltdPties/Dbtr/Pty/Nm", BUDGET_CAMT_DEBTOR },
  { "RltdPties/Dbtr/Agt/FinInstnId/Nm", BUDGET_CAMT_DEBTOR },
  { "RltdPties/UltmtDbtr/Nm", BUDGET_CAMT_ULTIMATE_DEBTOR },
  { "RltdPties/UltmtDbtr/Pty/Nm", BUDGET_CAMT_ULTIMATE_DEBTOR },
  { "RltdPties/DbtrAcct/Id/IBAN", BUDGET_CAMT_DEBTOR_ACCOUNT },
  { "RltdPties/DbtrAcct/Id/BBAN", BUDGET_CAMT_DEBTOR_ACCOUNT },
  { "RltdPties/DbtrAcct/Id/Othr/Id", BUDGET_CAMT_DEBTOR_ACCOUNT },
  { "RltdPties/DbtrAcct/Id/PrtryAcct/Id", BUDGET_CAMT_DEBTOR_ACCOUNT },
  { "RltdPties/Cdtr/Nm", BUDGET_CAMT_CREDITOR },
  { "RltdPties/Cdtr/Pty/Nm", BUDGET_CAMT_CREDITOR },
  { "RltdPties/Cdtr/Agt/FinInstnId/Nm", BUDGET_CAMT_CREDITOR },
  { "RltdPties/UltmtCdtr/Nm", BUDGET_CAMT_ULTIMATE_CREDITOR },
  { "RltdPties/UltmtCdtr/Pty/Nm", BUDGET_CAMT_ULTIMATE_CREDITOR },
  { "RltdPties/CdtrAcct/Id/IBAN", BUDGET_CAMT_CREDITOR_ACCOUNT },
  { "RltdPties/CdtrAcct/Id/BBAN", BUDGET_CAMT_CREDITOR_ACCOUNT },
  { "RltdPties/CdtrAcct/Id/Othr/Id", BUDGET_CAMT_CREDITOR_ACCOUNT },
  { "RltdPties/CdtrAcct/Id/PrtryAcct/Id", BUDGET_CAMT_CREDITOR_ACCOUNT },
  { "RmtInf/Ustrd", BUDGET_CAMT_REMITTANCE },
  { "RmtInf/Strd/AddtlRmtInf", BUDGET_CAMT_REMITTANCE },
  { "RmtInf/Strd/CdtrRefInf/Ref", BUDGET_CAMT_REFERENCE },
  { "RmtInf/Strd/CdtrRefInf/CdtrRef", BUDGET_CAMT_REFERENCE },
  { "RmtInf/Strd/RfrdDocInf/Nb", BUDGET_CAMT_REFERENCE },
  { "RmtInf/Strd/RfrdDocInf/RfrdDocNb", BUDGET_CAMT_REFERENCE },
  { "BkTxCd/Domn/Fmly/Cd", BUDGET_CAMT_FAMILY },
  { "BkTxCd/Domn/Fmly/SubFmlyCd", BUDGET_CAMT_SUBFAMILY },
  { "AddtlNtryInf", BUDGET_CAMT_ADDITIONAL },
  { "AddtlTxInf", BUDGET_CAMT_ADDITIONAL },
};

static gpointer
make_table (gpointer data)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_hash_table_insert (table, (gpointer) places[i].path, (gpointer) &places[i]);

  return table;
}

/*
 * _budget_camt_find_value:
 * @path: the names of the elements below the entry or payment, with slashes
 *
 * Returns: which value it is, or %BUDGET_N_CAMT_VALUES
 */
BudgetCamtValue
_budget_camt_find_value (const char *path)
{
  static GOnce once = G_ONCE_INIT;
  const Place *place = g_hash_table_lookup (g_once (&once, make_table, NULL), path);

  return place != NULL ? place->value : BUDGET_N_CAMT_VALUES;
}

static char *
dup_shortened (const char *text, gsize longest)
{
  gsize length = strlen (text);

  if (length > longest)
    for (length = longest; length > 0 && (text[length] & 0xc0) == 0x80; length--)
      ;

  return g_strndup (text, length);
}

/*
 * _budget_camt_values_take:
 * @self: what is said so far
 * @value: which value
 * @text: what it is, in UTF-8
 *
 * Lines of a text follow each other; of all else the first counts.
 */
void
_budget_camt_values_take (BudgetCamtValues *self, BudgetCamtValue value, const char *text)
{
  gboolean is_text = value == BUDGET_CAMT_REMITTANCE || value == BUDGET_CAMT_REFERENCE ||
                     value == BUDGET_CAMT_ADDITIONAL;
  char *before = self->values[value];
  g_autofree char *part = NULL;
  gsize length;

  if (*text == '\0')
    return;

  if (before == NULL)
    {
      self->values[value] = dup_shortened (text, LONGEST_VALUE);
      return;
    }

  length = strlen (before);
  if (!is_text || length >= LONGEST_VALUE)
    return;

  part = dup_shortened (text, LONGEST_VALUE);
  self->values[value] = g_strconcat (before, " ", part, NULL);
  g_free (before);
}
