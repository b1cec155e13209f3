/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

G_BEGIN_DECLS

/* A CAMT.053 with an account, and entries of 12.34 euros that left it. */
#define NAMESPACE "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"
#define ACCOUNT "<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>"
#define BEGIN                                                                                      \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"" NAMESPACE                       \
  "\"><BkToCstmrStmt><GrpHdr><CreDtTm>2026-02-01T00:10:00+01:00</CreDtTm></GrpHdr><Stmt>" ACCOUNT
#define END "</Stmt></BkToCstmrStmt></Document>"
#define DAYS "<BookgDt><Dt>2026-01-31</Dt></BookgDt>"
#define HEAD(amount, sign) "<Amt Ccy=\"EUR\">" amount "</Amt><CdtDbtInd>" sign "</CdtDbtInd>"
#define ENTRY(more) "<Ntry>" HEAD ("12.34", "DBIT") "<Sts>BOOK</Sts>" DAYS more "</Ntry>"
#define PAYMENT(more) "<NtryDtls><TxDtls>" more "</TxDtls></NtryDtls>"

BudgetStatement *camt_fixture_read (const char *data, gsize size) G_GNUC_WARN_UNUSED_RESULT;
gboolean camt_fixture_has_note (BudgetStatement *statement, const char *part);

G_END_DECLS
