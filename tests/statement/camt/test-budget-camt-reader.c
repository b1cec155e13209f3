/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-statement-reader.h"
#include "camt-fixture.h"
#include "statement-fixture.h"

#include <string.h>

static BudgetStatement *
read_text (const char *text)
{
  return camt_fixture_read (text, strlen (text));
}

static void
check_day (const GDate *date, const char *expected)
{
  char day[16];

  g_assert_true (g_date_valid (date));
  g_date_strftime (day, sizeof day, "%Y-%m-%d", date);
  g_assert_cmpstr (day, ==, expected);
}

static void
check_rejected (const char *entry, const char *reason)
{
  g_autofree char *text = g_strconcat (BEGIN, entry, ENTRY (""), END, NULL);
  g_autoptr (BudgetStatement) statement = read_text (text);
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_nonnull (row->reject_reason);
  g_assert_nonnull (strstr (row->reject_reason, reason));
  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 1);
}

static void
test_statement (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (BEGIN "\n<Ntry>" HEAD (
      "12.34",
      "DBIT") "<Sts>BOOK</Sts>" DAYS "<ValDt><Dt>2026-02-02</Dt></ValDt><AcctSvcrRef>B-1</"
              "AcctSvcrRef>" PAYMENT ("<Refs><EndToEndId>E-1</EndToEndId></"
                                      "Refs><RltdPties><Dbtr><Nm>We</Nm></"
                                      "Dbtr>"
                                      "<Cdtr><Nm>Baker  &amp;\n "
                                      "Sons</Nm></Cdtr>"
                                      "<CdtrAcct><Id><IBAN>NL91ABNA0417164300<"
                                      "/IBAN></Id></CdtrAcct></RltdPties>"
                                      "<RmtInf><Ustrd>Rolls "
                                      "and</Ustrd><Ustrd>bread</Ustrd></"
                                      "RmtInf>") "</Ntry>\n<Ntry>" HEAD ("100"
                                                                         "0",
                                                                         "CRD"
                                                                         "T") "<Sts>BOOK</Sts>" DAYS
                 PAYMENT ("<RltdPties><Dbtr><Nm>Employer</Nm></Dbtr><Cdtr><Nm>We</"
                          "Nm></Cdtr></RltdPties>") "</Ntry>" END);
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);
  gint64 sum;

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 2);
  g_assert_true (statement_fixture_sum (statement, &sum));
  g_assert_cmpint (sum, ==, 98766);
  g_assert_cmpstr (budget_statement_get_currency (statement), ==, "EUR");
  g_assert_cmpstr (budget_statement_get_account (statement), ==, "DE02120300000000202051");
  g_assert_cmpint (row->amount, ==, -1234);
  check_day (&row->date, "2026-01-31");
  check_day (&row->value_date, "2026-02-02");
  g_assert_cmpstr (row->description, ==, "Baker & Sons");
  g_assert_cmpstr (row->note, ==, "Rolls and bread");
  g_assert_cmpstr (row->counterpart, ==, "NL91ABNA0417164300");
  g_assert_cmpstr (row->account, ==, "DE02120300000000202051");
  g_assert_cmpstr (row->bank_id, ==, "B-1");
  g_assert_cmpuint (row->line, ==, 3);

  row = budget_statement_get_row (statement, 1);
  g_assert_cmpint (row->amount, ==, 100000);
  g_assert_cmpstr (row->description, ==, "Employer");
  g_assert_cmpstr (row->bank_id, ==, NULL);
}

/* Any version, prefix and message: version 1 has other element names, version 8 one more level. */
static void
test_dialects (void)
{
  static const char *const cases[] = {
    "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.052.001.01\"><BkToCstmrAcctRptV01><Rpt>"
    "<Acct><Id><PrtryAcct><Id>1</Id></PrtryAcct></Id></Acct><Ntry>" HEAD ("5", "DBIT") DAYS
    "<TxDtls><RltdPties><Cdtr><Nm>Baker</Nm></Cdtr></RltdPties></TxDtls></Ntry></Rpt>"
    "</BkToCstmrAcctRptV01></Document>",
    "<d:Document "
    "xmlns:d=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.13\"><d:BkToCstmrDbtCdtNtfctn>"
    "<d:Ntfctn><d:Acct><d:Id><d:Othr><d:Id>1</d:Id></d:Othr></d:Id></d:Acct>"
    "<d:Ntry><d:Amt Ccy=\"EUR\">5.00</d:Amt><d:CdtDbtInd>DBIT</d:CdtDbtInd><d:Sts><d:Cd>BOOK</d:Cd>"
    "</d:Sts><d:BookgDt><d:DtTm>2026-01-31T23:30:00-11:00</d:DtTm></d:BookgDt><d:NtryDtls>"
    "<d:TxDtls><d:RltdPties><d:Cdtr><d:Pty><d:Nm>Baker</d:Nm></d:Pty></d:Cdtr></d:RltdPties>"
    "</d:TxDtls></d:NtryDtls></d:Ntry></d:Ntfctn></d:BkToCstmrDbtCdtNtfctn></d:Document>",
    "<x:Document><x:BkToCstmrStmt><x:Stmt><x:Acct><x:Id><x:IBAN>1</x:IBAN></x:Id></x:Acct><x:Ntry>"
    "<x:Amt Ccy=\"EUR\">5.0</x:Amt><x:CdtDbtInd>DBIT</x:CdtDbtInd><x:BookgDt><x:Dt>2026-01-31+01:00"
    "</x:Dt></x:BookgDt><x:AddtlNtryInf>Baker</x:AddtlNtryInf></x:Ntry></x:Stmt></x:BkToCstmrStmt>"
    "</x:Document>",
    "\n\n <?xml "
    "version=\"1.0\"?>\n<Envelope><Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>1</IBAN>"
    "</Id><Ccy>EUR</Ccy></Acct><Ntry><Amt>5</Amt><CdtDbtInd>DBIT</CdtDbtInd><ValDt><Dt>2026-01-31"
    "</Dt></ValDt><AddtlNtryInf><![CDATA[Baker]]></AddtlNtryInf></Ntry></Stmt></BkToCstmrStmt>"
    "</Document></Envelope>\n\x1a",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BudgetStatement) statement = read_text (cases[i]);
      const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

      g_test_message ("%.60s", cases[i]);
      g_assert_cmpstr (row->reject_reason, ==, NULL);
      g_assert_cmpint (row->amount, ==, -500);
      g_assert_cmpstr (row->currency, ==, "EUR");
      g_assert_cmpstr (row->account, ==, "1");
      g_assert_cmpstr (row->description, ==, "Baker");
      check_day (&row->date, "2026-01-31");
      g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, 1);
      g_assert_cmpint (camt_fixture_has_note (statement, "notification"), ==, i == 1);
    }
}

static void
test_encodings (void)
{
  static const char *const encodings[] = { "UTF-16", "ISO-8859-1", "windows-1252", "UTF-8" };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "<?xml version=\"1.0\" encoding=\"%s\"?><Document xmlns=\"" NAMESPACE
        "\"><BkToCstmrStmt><Stmt>" ACCOUNT ENTRY ("<AddtlNtryInf>Bäckerei</AddtlNtryInf>") END,
        encodings[i]);
      gsize size;
      g_autofree char *data = g_convert (text, -1, encodings[i], "UTF-8", NULL, &size, NULL);
      g_autoptr (BudgetStatement) statement = camt_fixture_read (data, size);

      g_assert_cmpstr (budget_statement_get_row (statement, 0)->description, ==, "Bäckerei");
    }
}

/* The declared encoding may be wrong, and the file may not be XML. */
static void
test_false_encoding (void)
{
  static const char *const encodings[] = { "UTF-16", "UTF-16LE", "UCS-4", "US-ASCII", "nonsense" };
  g_autoptr (BudgetStatement) latin = read_text (BEGIN ENTRY ("<AddtlNtryInf>B\xe4"
                                                              "ckerei</AddtlNtryInf>") END);
  g_autoptr (BudgetStatement) control = read_text (BEGIN ENTRY ("<AddtlNtryInf>Bäcker\x02"
                                                                "ei</AddtlNtryInf>") END);

  g_assert_cmpstr (budget_statement_get_row (latin, 0)->description, ==, "Bäckerei");
  g_assert_cmpstr (budget_statement_get_row (control, 0)->description, ==, "Bäcker ei");
  g_assert_cmpuint (budget_statement_get_n_rows (latin), ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "<?xml version=\"1.0\" encoding=\"%s\"?><Document xmlns=\"" NAMESPACE
        "\"><BkToCstmrStmt><Stmt>" ACCOUNT ENTRY ("<AddtlNtryInf>Bäckerei</AddtlNtryInf>") END,
        encodings[i]);
      g_autoptr (BudgetStatement) statement = read_text (text);

      g_assert_cmpstr (budget_statement_get_row (statement, 0)->description, ==, "Bäckerei");
    }
}

static void
test_several_statements (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (BEGIN ENTRY ("") "</Stmt><Stmt><Acct><Id><Othr><Id>2</Id></Othr></Id>"
                                "<Ccy>CHF</Ccy></Acct><Ntry><Amt>7.5</Amt>"
                                "<CdtDbtInd>CRDT</CdtDbtInd>" DAYS "</Ntry>" END);
  const BudgetStatementRow *row = budget_statement_get_row (statement, 1);

  g_assert_cmpstr (budget_statement_get_account (statement), ==, "DE02120300000000202051");
  g_assert_cmpstr (row->account, ==, "2");
  g_assert_cmpstr (row->currency, ==, "CHF");
  g_assert_cmpint (row->amount, ==, 750);
}

static void
test_only_booked (void)
{
  g_autoptr (BudgetStatement) statement = read_text (BEGIN "<Ntry>" HEAD (
    "1", "DBIT") "<Sts>PDNG</Sts>" DAYS "</Ntry>"
                 "<Ntry>" HEAD ("2", "DBIT") "<Sts><Cd>INFO</Cd></Sts>" DAYS "</Ntry>"
                                             "<Ntry>" HEAD (
                                               "4", "DBIT") "<Sts>\n <Cd>BOOK</Cd>\n</Sts>" DAYS
                                                            "</Ntry>"
                                                            "<Ntry>" HEAD ("8", "DBIT") DAYS
                                                     "</Ntry>" END);
  gint64 sum;

  g_assert_true (statement_fixture_sum (statement, &sum));
  g_assert_cmpint (sum, ==, -1200);
  g_assert_true (camt_fixture_has_note (statement, "2 pending transactions"));
}

static void
test_batch (void)
{
  g_autoptr (BudgetStatement) statement = read_text (BEGIN "<Ntry>" HEAD (
    "30.00", "DBIT") "<Sts>BOOK</Sts>" DAYS "<AcctSvcrRef>B</AcctSvcrRef>"
                     "<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>"
                     "<TxDtls><Refs><AcctSvcrRef>B-1</AcctSvcrRef></Refs>" HEAD (
                       "10.00",
                       "DBIT") "<RltdPties><Cdtr><Nm>Baker</Nm></Cdtr></RltdPties></TxDtls>"
                               "<TxDtls><AmtDtls><InstdAmt><Amt Ccy=\"USD\">22.00</Amt></InstdAmt>"
                               "<TxAmt><Amt Ccy=\"EUR\">20.00</Amt></TxAmt></AmtDtls>"
                               "<RltdPties><Cdtr><Nm>Butcher</Nm></Cdtr></RltdPties></TxDtls></"
                               "NtryDtls></Ntry>" END);
  const BudgetStatementRow *first = budget_statement_get_row (statement, 0);
  const BudgetStatementRow *second = budget_statement_get_row (statement, 1);

  g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, 2);
  g_assert_cmpint (first->amount, ==, -1000);
  g_assert_cmpstr (first->description, ==, "Baker");
  g_assert_cmpstr (first->bank_id, ==, "B-1");
  g_assert_cmpint (second->amount, ==, -2000);
  g_assert_cmpstr (second->description, ==, "Butcher");
  g_assert_cmpstr (second->bank_id, ==, "B");
  g_assert_nonnull (strstr (second->note, "22.00"));
}

/* A payment that is returned within a batch is subtracted from it. */
static void
test_batch_with_return (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (BEGIN "<Ntry>" HEAD ("30.00", "CRDT") DAYS
               "<NtryDtls><TxDtls>" HEAD ("40.00", "CRDT") "</TxDtls><TxDtls>" HEAD (
                 "10.00", "DBIT") "</TxDtls></NtryDtls></Ntry>" END);

  g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, 2);
  g_assert_cmpint (budget_statement_get_row (statement, 0)->amount, ==, 4000);
  g_assert_cmpint (budget_statement_get_row (statement, 1)->amount, ==, -1000);
}

/* The entry's amount counts, whatever the sum of its payments. */
static void
test_batch_that_does_not_add_up (void)
{
  static const char *const payments[] = {
    "<TxDtls>" HEAD ("10", "DBIT") "</TxDtls><TxDtls>" HEAD ("19.99", "DBIT") "</TxDtls>",
    "<TxDtls>" HEAD ("30", "DBIT") "</TxDtls><TxDtls><Refs/></TxDtls>",
    "<TxDtls>" HEAD ("30", "DBIT") "</TxDtls><TxDtls>" HEAD ("0", "DBIT") "</TxDtls>",
    "<TxDtls><Amt Ccy=\"SEK\">10</Amt></TxDtls><TxDtls><Amt Ccy=\"SEK\">20</Amt></TxDtls>",
    "<TxDtls><Amt Ccy=\"EUR\">105.750</Amt></TxDtls>",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (payments); i++)
    {
      g_autofree char *text =
        g_strconcat (BEGIN "<Ntry>" HEAD ("30", "DBIT") DAYS "<NtryDtls>", payments[i],
                     "</NtryDtls><AddtlNtryInf>Batch</AddtlNtryInf></Ntry>" END, NULL);
      g_autoptr (BudgetStatement) statement = read_text (text);
      const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

      g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, 1);
      g_assert_cmpint (row->amount, ==, -3000);
      g_assert_cmpstr (row->description, ==, "Batch");
    }
}

static void
test_reversal (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (BEGIN "<Ntry>" HEAD ("9.99", "CRDT") "<RvslInd>true</RvslInd>" DAYS PAYMENT (
      "<RltdPties><Dbtr><Nm>We</Nm></Dbtr><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties>") "</Ntry>" END);
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_cmpint (row->amount, ==, 999);
  g_assert_cmpstr (row->description, ==, "Shop");
}

static void
test_texts (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    BEGIN ENTRY (PAYMENT ("<RltdPties><UltmtCdtr><Nm>Shop</Nm></UltmtCdtr></RltdPties>"))
      ENTRY (PAYMENT ("<RltdPties><Cdtr><Nm>Payments Ltd</Nm></Cdtr><UltmtCdtr><Nm>Shop</Nm>"
                      "</UltmtCdtr></RltdPties>"))
        ENTRY (PAYMENT ("<RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf>"))
          ENTRY ("<BkTxCd><Domn><Cd>ACMT</Cd><Fmly><Cd>MDOP</Cd><SubFmlyCd>CHRG</SubFmlyCd></Fmly>"
                 "</Domn></BkTxCd>")
            ENTRY (
              "<NtryDtls><TxDtls><RltdPties><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties></TxDtls><TxDtls>"
              "<RltdPties><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>") ENTRY ("")
              END);
  static const char *const expected[] = { "Shop", "Payments Ltd", "RF18", "Service charge",
                                          "Shop" };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (budget_statement_get_row (statement, i)->description, ==, expected[i]);

  g_assert_cmpstr (budget_statement_get_row (statement, 1)->note, ==, "Shop");
  g_assert_cmpstr (budget_statement_get_row (statement, 5)->description, ==, NULL);
}

static void
test_references (void)
{
#define REFS(refs) ENTRY (PAYMENT ("<Refs>" refs "</Refs>"))
  g_autoptr (BudgetStatement) statement = read_text (
    BEGIN REFS ("<EndToEndId>NOTPROVIDED</EndToEndId>") REFS ("<EndToEndId>E-1</EndToEndId>")
      REFS ("<EndToEndId>E-1</EndToEndId><TxId>T-1</TxId>")
        ENTRY ("<AcctSvcrRef>NONREF</AcctSvcrRef>")
          ENTRY ("<NtryRef>1</NtryRef><AcctSvcrRef>000000</AcctSvcrRef>") END);
  static const char *const expected[] = { NULL, "E-1", "T-1", NULL, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (budget_statement_get_row (statement, i)->bank_id, ==, expected[i]);
}

static void
test_undated (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (BEGIN "<Ntry>" HEAD ("1", "DBIT") "</Ntry>" END);
  g_autoptr (BudgetStatement) none =
    read_text ("<Document><BkToCstmrStmt><Stmt><Ntry>" HEAD ("1", "DBIT") "</Ntry>" END);

  check_day (&budget_statement_get_row (statement, 0)->date, "2026-02-01");
  g_assert_true (camt_fixture_has_note (statement, "without a date"));
  g_assert_cmpuint (budget_statement_get_n_rejected (none), ==, 1);
}

static void
test_rejected (void)
{
  check_rejected ("<Ntry>" HEAD ("12,34", "DBIT") DAYS "</Ntry>", "not an amount");
  check_rejected ("<Ntry>" HEAD ("-12.34", "DBIT") DAYS "</Ntry>", "not an amount");
  check_rejected ("<Ntry>" HEAD ("1e3", "DBIT") DAYS "</Ntry>", "not an amount");
  check_rejected ("<Ntry>" HEAD ("1.234", "DBIT") DAYS "</Ntry>", "more decimals");
  check_rejected ("<Ntry>" HEAD ("99999999999999999999", "DBIT") DAYS "</Ntry>", "99999");
  check_rejected ("<Ntry>" HEAD ("", "DBIT") DAYS "</Ntry>", "missing");
  check_rejected ("<Ntry>" HEAD ("1", "BOTH") DAYS "</Ntry>", "received or spent");
  check_rejected ("<Ntry>" DAYS "</Ntry>", "received or spent");
  check_rejected ("<Ntry>" HEAD ("1", "DBIT") "<BookgDt><Dt>2026-02-30</Dt></BookgDt></Ntry>",
                  "2026-02-30");
  check_rejected ("<Ntry>" HEAD ("1", "DBIT") "<BookgDt><Dt>31.01.2026</Dt></BookgDt></Ntry>",
                  "31.01.2026");
}

static void
test_decimals (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    BEGIN "<Ntry><Amt Ccy=\"JPY\">2700.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>" DAYS "</Ntry>"
          "<Ntry><Amt Ccy=\"KWD\">1.234</Amt><CdtDbtInd>DBIT</CdtDbtInd>" DAYS "</Ntry>"
          "<Ntry>" HEAD ("0.1000", "DBIT") DAYS "</Ntry>"
                                                "<Ntry>" HEAD ("99999999.99", "DBIT") DAYS
    "</Ntry>" END);

  g_assert_cmpint (budget_statement_get_row (statement, 0)->amount, ==, -2700);
  g_assert_cmpint (budget_statement_get_row (statement, 1)->amount, ==, -1234);
  g_assert_cmpint (budget_statement_get_row (statement, 2)->amount, ==, -10);
  g_assert_cmpint (budget_statement_get_row (statement, 3)->amount, ==, -9999999999);
}

static void
test_balances (void)
{
#define BALANCE(type, amount, sign)                                                                \
  "<Bal><Tp><CdOrPrtry><Cd>" type                                                                  \
  "</Cd></CdOrPrtry></Tp>" HEAD (amount, sign) "<Dt><Dt>2026-01-31"                                \
                                               "</Dt></Dt></Bal>"
  g_autoptr (BudgetStatement) good = read_text (BEGIN BALANCE ("OPBD", "10.00", "CRDT")
                                                  BALANCE ("CLBD", "2.34", "DBIT") ENTRY ("") END);
  g_autoptr (BudgetStatement) bad = read_text (BEGIN BALANCE ("PRCD", "10.00", "CRDT")
                                                 BALANCE ("CLBD", "2.35", "DBIT") ENTRY ("") END);
  g_autoptr (BudgetStatement) none =
    read_text (BEGIN BALANCE ("CLBD", "2.35", "DBIT") ENTRY ("") END);

  g_assert_true (camt_fixture_has_note (good, "Balance of account"));
  g_assert_false (camt_fixture_has_note (good, "do not match"));
  g_assert_true (camt_fixture_has_note (bad, "do not match"));
  g_assert_false (camt_fixture_has_note (none, "do not match"));
  g_assert_cmpuint (statement_fixture_count_accepted (bad), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/camt-reader/statement", test_statement);
  g_test_add_func ("/camt-reader/dialects", test_dialects);
  g_test_add_func ("/camt-reader/encodings", test_encodings);
  g_test_add_func ("/camt-reader/false-encoding", test_false_encoding);
  g_test_add_func ("/camt-reader/several-statements", test_several_statements);
  g_test_add_func ("/camt-reader/only-booked", test_only_booked);
  g_test_add_func ("/camt-reader/batch", test_batch);
  g_test_add_func ("/camt-reader/batch-with-return", test_batch_with_return);
  g_test_add_func ("/camt-reader/batch-that-does-not-add-up", test_batch_that_does_not_add_up);
  g_test_add_func ("/camt-reader/reversal", test_reversal);
  g_test_add_func ("/camt-reader/texts", test_texts);
  g_test_add_func ("/camt-reader/references", test_references);
  g_test_add_func ("/camt-reader/undated", test_undated);
  g_test_add_func ("/camt-reader/rejected", test_rejected);
  g_test_add_func ("/camt-reader/decimals", test_decimals);
  g_test_add_func ("/camt-reader/balances", test_balances);

  return g_test_run ();
}
