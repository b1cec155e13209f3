/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-statement-reader.h"
#include "statement-fixture.h"

#include <string.h>

#define HEADER                                                                                     \
  "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\n"          \
  "CHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
#define START                                                                                      \
  "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>DE1234567890"            \
  "</BANKACCTFROM><BANKTRANLIST>"
#define END "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
#define DAY "<DTPOSTED>20260131"

static BudgetStatement *
read_bytes (const void *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  BudgetStatement *statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (budget_statement_get_format (statement), ==, "OFX");
  return statement;
}

static BudgetStatement *
read_text (const char *text)
{
  return read_bytes (text, strlen (text));
}

/* Reads one transaction in an otherwise valid statement. */
static BudgetStatement *
read_transaction (const char *transaction)
{
  g_autofree char *text =
    g_strconcat (HEADER START "<STMTTRN>", transaction, "</STMTTRN>" END, NULL);
  BudgetStatement *statement = read_text (text);

  g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, 1);
  return statement;
}

static char *
dup_refusal (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);

  g_assert_null (statement);
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
  return g_strdup (error->message);
}

static void
check_day (const GDate *date, const char *expected)
{
  char day[16];

  g_assert_true (g_date_valid (date));
  g_date_strftime (day, sizeof day, "%Y-%m-%d", date);
  g_assert_cmpstr (day, ==, expected);
}

static gboolean
has_note (BudgetStatement *statement, const char *part)
{
  const char *const *notes = budget_statement_get_notes (statement);

  for (guint i = 0; notes[i] != NULL; i++)
    if (strstr (notes[i], part) != NULL)
      return TRUE;

  return FALSE;
}

static void
test_sgml (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    HEADER START "\r\n<STMTTRN>\r\n<TRNTYPE>DEBIT\r\n<DTPOSTED>20260131120000.000[-5:EST]\r\n"
                 "<TRNAMT>-12.34\r\n<FITID>A1\r\n<NAME>Baker\r\n<MEMO>Rolls\r\n<CHECKNUM>77\r\n"
                 "</STMTTRN>\r\n<STMTTRN>\r\n<TRNTYPE>CREDIT\r\n<DTPOSTED>20260201\r\n"
                 "<TRNAMT>100\r\n<FITID>A2\r\n<NAME>Refund\r\n</STMTTRN>\r\n" END);
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);
  gint64 sum;

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 2);
  g_assert_true (statement_fixture_sum (statement, &sum));
  g_assert_cmpint (sum, ==, 8766);
  g_assert_cmpstr (budget_statement_get_currency (statement), ==, "EUR");
  g_assert_cmpstr (budget_statement_get_account (statement), ==, "DE1234567890");
  check_day (&row->date, "2026-01-31");
  g_assert_cmpint (row->amount, ==, -1234);
  g_assert_cmpuint (row->line, ==, 12);
  g_assert_cmpstr (row->description, ==, "Baker");
  g_assert_cmpstr (row->note, ==, "Rolls; No. 77");
  g_assert_cmpstr (row->bank_id, ==, "A1");
  g_assert_cmpstr (row->account, ==, "DE1234567890");
  g_assert_cmpstr (row->currency, ==, "EUR");
}

static void
test_xml (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?OFX OFXHEADER=\"200\" "
    "VERSION=\"211\"?>\n<ns:OFX xmlns:ns=\"urn:x\"><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS>"
    "<CURDEF>CHF</CURDEF><CCACCTFROM><ACCTID>4711</ACCTID></CCACCTFROM><BANKTRANLIST>"
    "<STMTTRN><TRNTYPE>POS</TRNTYPE><DTPOSTED>20260131</DTPOSTED><TRNAMT>-7.05</TRNAMT>"
    "<FITID>1</FITID><CHECKNUM/><PAYEE><NAME>Caf\xc3\xa9 &amp; Co</NAME><CITY>Bern</CITY></PAYEE>"
    "<MEMO><![CDATA[a < b & c]]></MEMO><CCACCTTO><ACCTID>99</ACCTID></CCACCTTO></STMTTRN>"
    "</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></ns:OFX>\n");
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 1);
  g_assert_cmpstr (row->description, ==, "Café & Co");
  g_assert_cmpstr (row->note, ==, "a < b & c");
  g_assert_cmpstr (row->counterpart, ==, "99");
  g_assert_cmpstr (row->account, ==, "4711");
  g_assert_cmpstr (row->currency, ==, "CHF");
  g_assert_cmpint (row->amount, ==, -705);
  g_assert_cmpuint (row->line, ==, 3);
}

static void
test_amounts (void)
{
  static const struct
  {
    const char *text;
    gint64 amount;
  } cases[] = {
    { "-12.34", -1234 },
    { "-12,34", -1234 },
    { "+1.234,56", 123456 },
    { "$120", 12000 },
    { "1 234.50", 123450 },
    { "1\xc2\xa0"
      "234,50",
      123450 },
    { "1,234.50", 123450 },
    { "-.5", -50 },
    { "12.3400", 1234 },
    { "10.000", 1000 },
    { "1,234", 123400 },
    { "-1'234.50", -123450 },
    { "0.00", 0 },
    { "12.34-", -1234 },
    { "99999999.99", 9999999999 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (DAY "<TRNAMT>", cases[i].text, "<NAME>x", NULL);
      g_autoptr (BudgetStatement) statement = read_transaction (text);
      const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (row->reject_reason, ==, NULL);
      g_assert_cmpint (row->amount, ==, cases[i].amount);
    }
}

static void
test_bad_amounts (void)
{
  static const char *const cases[] = {
    "",          "much",    "12.345.6",
    "1e5",       "12.3456", "--5",
    "100000000", "NaN",     "99999999999999999999999999999999999999"
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (DAY "<TRNAMT>", cases[i], "<NAME>x", NULL);
      g_autoptr (BudgetStatement) statement = read_transaction (text);
      const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

      g_test_message ("%s: %s", cases[i], row->reject_reason);
      g_assert_nonnull (row->reject_reason);
      g_assert_cmpuint (row->line, ==, 11);
      g_assert_cmpuint (budget_statement_get_n_rejected (statement), ==, 1);
    }
}

/* "1.500" is ambiguous; the rest of the file decides. */
static void
test_decimal_mark_of_the_file (void)
{
  g_autoptr (BudgetStatement) comma =
    read_text (HEADER START "<STMTTRN>" DAY "<TRNAMT>-1.500<NAME>a</STMTTRN>"
                            "<STMTTRN>" DAY "<TRNAMT>-12,50<NAME>b</STMTTRN>" END);
  g_autoptr (BudgetStatement) dot =
    read_text (HEADER START "<STMTTRN>" DAY "<TRNAMT>-1.500<NAME>a</STMTTRN>"
                            "<STMTTRN>" DAY "<TRNAMT>-12.50<NAME>b</STMTTRN>" END);

  g_assert_cmpint (budget_statement_get_row (comma, 0)->amount, ==, -150000);
  g_assert_cmpint (budget_statement_get_row (dot, 0)->amount, ==, -150);
}

static void
test_dates (void)
{
  static const char *const good[] = {
    "20260131",
    "20260131235959",
    "20260131235959.999[-11:SST]",
    "20260131000000[+13]",
    "20260131000000.000[0:GMT]",
    "2026-01-31",
    "2026/01/31 10:00",
    "2026013112",
  };
  static const char *const bad[] = { "20260231",  "20261301", "31012026", "0",
                                     "yesterday", "00000000", "2026",     "260131" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *text = g_strconcat ("<DTPOSTED>", good[i], "<TRNAMT>-1", NULL);
      g_autoptr (BudgetStatement) statement = read_transaction (text);

      g_test_message ("%s", good[i]);
      g_assert_cmpstr (budget_statement_get_row (statement, 0)->reject_reason, ==, NULL);
      check_day (&budget_statement_get_row (statement, 0)->date, "2026-01-31");
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = g_strconcat ("<DTPOSTED>", bad[i], "<TRNAMT>-1", NULL);
      g_autoptr (BudgetStatement) statement = read_transaction (text);

      g_test_message ("%s", bad[i]);
      g_assert_nonnull (strstr (budget_statement_get_row (statement, 0)->reject_reason, bad[i]));
    }
}

static void
test_user_date_is_the_fallback (void)
{
  g_autoptr (BudgetStatement) statement =
    read_transaction ("<DTUSER>20260130<DTAVAIL>20260202<TRNAMT>-1");
  g_autoptr (BudgetStatement) none = read_transaction ("<TRNAMT>-1<NAME>x");
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  check_day (&row->date, "2026-01-30");
  check_day (&row->value_date, "2026-02-02");
  g_assert_nonnull (budget_statement_get_row (none, 0)->reject_reason);
}

static void
test_descriptions (void)
{
  static const struct
  {
    const char *text;
    const char *description;
    const char *note;
  } cases[] = {
    { "<NAME>A<MEMO>B", "A", "B" },
    { "<NAME>A<MEMO>A", "A", NULL },
    { "<MEMO>B", "B", NULL },
    { "<NAME><MEMO>B", "B", NULL },
    { "<PAYEE>P", "P", NULL },
    { "<PAYEE><NAME>P<ADDR1>Street</PAYEE><MEMO>B", "P", "B" },
    { "<NAME>Very lo<EXTDNAME>Very long", "Very long", NULL },
    { "<TRNTYPE>ATM", "Cash machine", NULL },
    { "<TRNTYPE>check<CHECKNUM>12", "Cheque", "No. 12" },
    { "<CHECKNUM>000<TRNTYPE>DEBIT", NULL, NULL },
    { "<NAME>  A \t  B\r\n C  ", "A B C", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (DAY "<TRNAMT>-1", cases[i].text, NULL);
      g_autoptr (BudgetStatement) statement = read_transaction (text);
      const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (row->description, ==, cases[i].description);
      g_assert_cmpstr (row->note, ==, cases[i].note);
    }
}

static void
test_lower_case_and_no_header (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("junk\n\n<ofx><stmtrs><curdef>eur<bankacctfrom><acctid>1</bankacctfrom>"
               "<stmttrn><dtposted>20260131<trnamt>-1<fitid>7<name>a</stmttrn></stmtrs></ofx>");
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_cmpint (row->amount, ==, -100);
  g_assert_cmpstr (row->currency, ==, "EUR");
  g_assert_cmpstr (row->account, ==, "1");
}

static void
test_garbage_before_header (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("\n\n  Content-Type: application/x-ofx\n\n" HEADER START "<STMTTRN>" DAY
               "<TRNAMT>-1<NAME>a</STMTTRN>" END);

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 1);
}

static void
test_unclosed_transactions (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (HEADER START "<STMTTRN>" DAY "<TRNAMT>-1<NAME>a<STMTTRN>" DAY
                            "<TRNAMT>-2<NAME>b<LEDGERBAL><BALAMT>10<DTASOF>20260201</LEDGERBAL>"
                            "</STMTRS></OFX>");

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 2);
  g_assert_cmpint (budget_statement_get_row (statement, 0)->amount, ==, -100);
  g_assert_cmpint (budget_statement_get_row (statement, 1)->amount, ==, -200);
  g_assert_cmpstr (budget_statement_get_row (statement, 1)->description, ==, "b");
  g_assert_true (has_note (statement, "2026-02-01"));
}

static void
test_several_accounts (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    HEADER "<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>111</BANKACCTFROM><STMTTRN>" DAY
           "<TRNAMT>-1<NAME>a</STMTTRN></STMTRS><CCSTMTRS><CURDEF>JPY<CCACCTFROM><ACCTID>222"
           "</CCACCTFROM><STMTTRN>" DAY "<TRNAMT>-1500<NAME>b</STMTTRN></CCSTMTRS></OFX>");
  const BudgetStatementRow *first = budget_statement_get_row (statement, 0);
  const BudgetStatementRow *second = budget_statement_get_row (statement, 1);

  g_assert_cmpstr (first->account, ==, "111");
  g_assert_cmpstr (first->currency, ==, "EUR");
  g_assert_cmpint (first->amount, ==, -100);
  g_assert_cmpstr (second->account, ==, "222");
  g_assert_cmpstr (second->currency, ==, "JPY");
  g_assert_cmpint (second->amount, ==, -1500);
  g_assert_cmpuint (second->digits, ==, 0);
  g_assert_cmpstr (budget_statement_get_currency (statement), ==, "EUR");
}

/* CURRENCY is that of the amount; ORIGCURRENCY is that before the bank converted it. */
static void
test_currencies (void)
{
  g_autoptr (BudgetStatement) foreign =
    read_transaction (DAY "<TRNAMT>-5<CURRENCY><CURRATE>1.1<CURSYM>USD</CURRENCY><NAME>a");
  g_autoptr (BudgetStatement) changed =
    read_transaction (DAY "<TRNAMT>-5<ORIGCURRENCY><CURRATE>1.1<CURSYM>USD</ORIGCURRENCY><NAME>a");
  g_autoptr (BudgetStatement) short_form = read_transaction (DAY "<TRNAMT>-5<CURRENCY>GBP<NAME>a");

  g_assert_cmpstr (budget_statement_get_row (foreign, 0)->currency, ==, "USD");
  g_assert_cmpstr (budget_statement_get_currency (foreign), ==, "USD");
  g_assert_cmpstr (budget_statement_get_row (changed, 0)->currency, ==, "EUR");
  g_assert_nonnull (strstr (budget_statement_get_row (changed, 0)->note, "USD"));
  g_assert_cmpstr (budget_statement_get_row (short_form, 0)->currency, ==, "GBP");
}

static void
test_identical_ids (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (HEADER START "<STMTTRN>" DAY "<TRNAMT>-1<FITID>0000<NAME>a</STMTTRN><STMTTRN>" DAY
                            "<TRNAMT>-1<FITID>0000<NAME>b</STMTTRN>" END);

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 2);
  g_assert_cmpstr (budget_statement_get_row (statement, 0)->bank_id, ==, NULL);
}

static void
test_investments (void)
{
  static const char buy[] = "<BUYSTOCK><INVBUY><INVTRAN><FITID>1<DTTRADE>20260131</INVTRAN>"
                            "<TOTAL>-99</INVBUY></BUYSTOCK>";
  g_autofree char *only = g_strconcat ("<OFX><INVSTMTRS><CURDEF>EUR<INVTRANLIST>", buy,
                                       "</INVTRANLIST></INVSTMTRS></OFX>", NULL);
  g_autofree char *mixed =
    g_strconcat ("<OFX><INVSTMTRS><CURDEF>EUR<INVTRANLIST>", buy,
                 "<INVBANKTRAN><STMTTRN>" DAY
                 "<TRNAMT>-3<NAME>fee</STMTTRN><SUBACCTFUND>CASH</INVBANKTRAN></INVTRANLIST>"
                 "</INVSTMTRS></OFX>",
                 NULL);
  g_autofree char *message = dup_refusal (only);
  g_autoptr (BudgetStatement) statement = read_text (mixed);

  g_assert_nonnull (strstr (message, "investments"));
  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 1);
  g_assert_true (has_note (statement, "1 investment"));
}

static void
test_pending (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    HEADER START "<STMTTRN>" DAY "<TRNAMT>-1<NAME>a</STMTTRN></BANKTRANLIST><BANKTRANLISTP>"
                 "<STMTTRNP><DTTRAN>20260202<TRNAMT>-9<NAME>b</STMTTRNP></BANKTRANLISTP></OFX>");

  g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, 1);
  g_assert_cmpint (budget_statement_get_row (statement, 0)->amount, ==, -100);
  g_assert_true (has_note (statement, "pending"));
}

static void
test_refusals (void)
{
  g_autofree char *sign_on =
    dup_refusal (HEADER "<OFX><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password"
                        "</STATUS></SONRS></OFX>");
  g_autofree char *empty = dup_refusal (HEADER "<OFX></OFX>");
  g_autofree char *header = dup_refusal (HEADER);
  g_autofree char *transfers =
    dup_refusal ("<OFX><INTRARS><XFERINFO><TRNAMT>5</XFERINFO><DTPOSTED>20260131</INTRARS></OFX>");

  g_assert_nonnull (strstr (sign_on, "Wrong password"));
  g_assert_cmpstr (empty, ==, "The file has no transactions");
  g_assert_cmpstr (header, ==, "The file has no transactions");
  g_assert_nonnull (strstr (transfers, "transfer orders"));
}

static void
test_old_ofc (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    "<OFC>\n<DTD>2\n<ACCTSTMT>\n<ACCTFROM>\n<BANKID>1\n<ACCTID>77\n</ACCTFROM>\n<STMTRS>\n"
    "<STMTTRN>\n<TRNTYPE>1\n<DTPOSTED>20260131\n<TRNAMT>-4.00\n<FITID>3\n<CHKNUM>5\n<MEMO>m\n"
    "</STMTTRN>\n</STMTRS>\n</ACCTSTMT>\n</OFC>\n");

  g_assert_cmpint (budget_statement_get_row (statement, 0)->amount, ==, -400);
  g_assert_cmpstr (budget_statement_get_row (statement, 0)->account, ==, "77");
}

static void
test_truncated (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    HEADER START "<STMTTRN>" DAY "<TRNAMT>-1<NAME>a</STMTTRN><STMTTRN>" DAY "<TRNAMT>-12");

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 1);
  g_assert_cmpuint (budget_statement_get_n_rejected (statement), ==, 1);
  g_assert_true (has_note (statement, "end of the file is missing"));
}

static const char whole[] = HEADER START "<STMTTRN>" DAY "<TRNAMT>-1<NAME>x</STMTTRN>" END;

static void
test_other_files_stay_what_they_are (void)
{
  static const char csv[] = "Date,Description,Amount\n2026-01-31,I <3 OFX & <b>,-1.00\n"
                            "2026-02-01,Baker,-2.00\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (csv, strlen (csv));
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (budget_statement_get_format (statement), ==, "CSV");
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (whole, strlen (whole));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ofx-reader/sgml", test_sgml);
  g_test_add_func ("/ofx-reader/xml", test_xml);
  g_test_add_func ("/ofx-reader/amounts", test_amounts);
  g_test_add_func ("/ofx-reader/bad-amounts", test_bad_amounts);
  g_test_add_func ("/ofx-reader/decimal-mark-of-the-file", test_decimal_mark_of_the_file);
  g_test_add_func ("/ofx-reader/dates", test_dates);
  g_test_add_func ("/ofx-reader/user-date-is-the-fallback", test_user_date_is_the_fallback);
  g_test_add_func ("/ofx-reader/descriptions", test_descriptions);
  g_test_add_func ("/ofx-reader/lower-case-and-no-header", test_lower_case_and_no_header);
  g_test_add_func ("/ofx-reader/garbage-before-header", test_garbage_before_header);
  g_test_add_func ("/ofx-reader/unclosed-transactions", test_unclosed_transactions);
  g_test_add_func ("/ofx-reader/several-accounts", test_several_accounts);
  g_test_add_func ("/ofx-reader/currencies", test_currencies);
  g_test_add_func ("/ofx-reader/identical-ids", test_identical_ids);
  g_test_add_func ("/ofx-reader/investments", test_investments);
  g_test_add_func ("/ofx-reader/pending", test_pending);
  g_test_add_func ("/ofx-reader/refusals", test_refusals);
  g_test_add_func ("/ofx-reader/old-ofc", test_old_ofc);
  g_test_add_func ("/ofx-reader/truncated", test_truncated);
  g_test_add_func ("/ofx-reader/other-files-stay-what-they-are",
                   test_other_files_stay_what_they_are);
  g_test_add_func ("/ofx-reader/cancel", test_cancel);

  return g_test_run ();
}
