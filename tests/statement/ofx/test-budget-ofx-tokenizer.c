/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-statement-reader.h"
#include "statement-fixture.h"

#include <string.h>
#include <time.h>

#define N_TRANSACTIONS 100000
#define HOSTILE_SIZE 1000000

/*
 * The syntax of files, and invalid ones: truncated, damaged, hostile and huge.
 */

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

static void
test_entities (void)
{
  static const struct
  {
    const char *text;
    const char *description;
  } cases[] = {
    { "A &amp; B", "A & B" },
    { "A & B", "A & B" },
    { "A&B;", "A&B;" },
    { "&lt;3 &gt; &quot;x&quot; &apos;", "<3 > \"x\" '" },
    { "&#65;&#x42;&#X43;", "ABC" },
    { "&#233;", "é" },
    { "&#0;&#x110000;&#xD800;&#;", "&#0;&#x110000;&#xD800;&#;" },
    { "&eacute;&unknown;", "&eacute;&unknown;" },
    { "&amp;lt;", "&lt;" },
    { "a&nbsp;b", "a b" },
    { "&", "&" },
    { "&&&amp", "&&&amp" },
    { "1 < 2", "1 < 2" },
    { "SMITH <JOHN DOE>", "SMITH <JOHN DOE>" },
    { "I <3 U", "I <3 U" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (DAY "<TRNAMT>-1<NAME>", cases[i].text, NULL);
      g_autoptr (BudgetStatement) statement = read_transaction (text);

      g_assert_cmpstr (budget_statement_get_row (statement, 0)->description, ==,
                       cases[i].description);
    }
}

static void
test_comments (void)
{
  g_autoptr (BudgetStatement) statement = read_transaction (
    DAY " <!-- posted\non two lines --><TRNAMT>-1.50 <!-- <TRNAMT>9 --><NAME>A<!-- x -->B<!--");

  g_assert_cmpint (budget_statement_get_row (statement, 0)->amount, ==, -150);
  g_assert_true (g_str_has_prefix (budget_statement_get_row (statement, 0)->description, "AB"));
}

static void
test_encodings (void)
{
  static const struct
  {
    const char *header;
    const char *name;
    const char *expected;
  } cases[] = {
    { "ENCODING:USASCII\nCHARSET:1252\n", "Caf\xe9 \x80", "Café €" },
    { "ENCODING:USASCII\nCHARSET:1252\n", "Caf\xc3\xa9", "Café" },
    { "ENCODING:USASCII\nCHARSET:8859-1\n", "Caf\xe9", "Café" },
    { "ENCODING:USASCII\nCHARSET:ISO-8859-15\n", "\xa4 5 \xa4", "€ 5 €" },
    { "ENCODING:USASCII\nCHARSET:1251\n", "\xcc\xe0\xe3\xe0\xe7\xe8\xed", "Магазин" },
    { "ENCODING:UTF-8\nCHARSET:NONE\n", "Caf\xc3\xa9", "Café" },
    { "ENCODING:UTF-8\nCHARSET:CSUNICODE\n", "Caf\xe9 M\xfcnchen", "Café München" },
    { "ENCODING:USASCII\nCHARSET:KLINGON\n", "Caf\xe9", "Café" },
    { "ENCODING:USASCII\nCHARSET:\n", "Caf\xe9", "Café" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("OFXHEADER:100\nDATA:OFXSGML\n", cases[i].header,
                                           "\n" START "<STMTTRN>" DAY "<TRNAMT>-1<NAME>",
                                           cases[i].name, "</STMTTRN>" END, NULL);
      g_autoptr (BudgetStatement) statement = read_text (text);

      g_assert_cmpstr (budget_statement_get_row (statement, 0)->description, ==, cases[i].expected);
    }
}

static void
test_xml_encoding_and_utf_16 (void)
{
  g_autoptr (BudgetStatement) latin =
    read_text ("<?xml version='1.0' encoding='windows-1252'?><OFX><STMTTRN>" DAY
               "<TRNAMT>-1<NAME>Caf\xe9</STMTTRN></OFX>");
  g_autofree char *wide = NULL;
  g_autoptr (BudgetStatement) utf_16 = NULL;
  gsize size;

  g_assert_cmpstr (budget_statement_get_row (latin, 0)->description, ==, "Café");

  wide = g_convert ("<OFX><STMTTRN>" DAY "<TRNAMT>-1<NAME>Café</STMTTRN></OFX>", -1, "UTF-16LE",
                    "UTF-8", NULL, &size, NULL);
  utf_16 = read_bytes (wide, size);
  g_assert_cmpstr (budget_statement_get_row (utf_16, 0)->description, ==, "Café");
}

static void
test_line_ends (void)
{
  static const char *const ends[] = { "\n", "\r\n", "\r" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_auto (GStrv) lines =
        g_strsplit ("OFXHEADER:100||<OFX>|<STMTTRN>|<DTPOSTED>20260131|<TRNAMT>-1|<NAME>a|"
                    "</STMTTRN>|<STMTTRN>|<DTPOSTED>20260131|<TRNAMT>x|</STMTTRN>|</OFX>|",
                    "|", -1);
      g_autofree char *text = g_strjoinv (ends[i], lines);
      g_autoptr (BudgetStatement) statement = read_text (text);

      g_assert_cmpuint (budget_statement_get_row (statement, 0)->line, ==, 4);
      g_assert_cmpuint (budget_statement_get_row (statement, 1)->line, ==, 9);
      g_assert_cmpuint (budget_statement_get_n_rejected (statement), ==, 1);
    }
}

static void
read_anything (const char *data, gsize size, BudgetStatementFormat format)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement = budget_statement_read (bytes, format, NULL, NULL, &error);

  g_assert_true ((statement != NULL) != (error != NULL));
  for (guint i = 0; statement != NULL && i < budget_statement_get_n_rows (statement); i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (statement, i);

      g_assert_true (row->reject_reason != NULL || g_date_valid (&row->date));
      g_assert_true (row->description == NULL || g_utf8_validate (row->description, -1, NULL));
      g_assert_true (row->note == NULL || g_utf8_validate (row->note, -1, NULL));
    }
}

static const char whole[] =
  HEADER START "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260131120000.000[-5:EST]<TRNAMT>-12.34<FITID>1"
               "<NAME>Caf\xe9 &amp; &#233; <![CDATA[x<y]]><!-- c --><MEMO>m</STMTTRN>" END;

static void
test_cut_at_every_byte (void)
{
  for (gsize size = 0; size < sizeof whole; size++)
    {
      read_anything (whole, size, BUDGET_STATEMENT_FORMAT_AUTO);
      read_anything (whole, size, BUDGET_STATEMENT_FORMAT_OFX);
      read_anything (whole + size, sizeof whole - size, BUDGET_STATEMENT_FORMAT_OFX);
    }
}

static void
test_every_byte_spoilt (void)
{
  static const char spoilers[] = { '\0', '<', '>', '&', '\xff', '\n', '-' };

  for (gsize at = 0; at < sizeof whole; at++)
    for (guint i = 0; i < sizeof spoilers; i++)
      {
        g_autofree char *copy = g_memdup2 (whole, sizeof whole);

        copy[at] = spoilers[i];
        read_anything (copy, sizeof whole, BUDGET_STATEMENT_FORMAT_OFX);
      }
}

static void
test_random_bytes (void)
{
  for (guint round = 0; round < 300; round++)
    {
      gsize size = (gsize) g_test_rand_int_range (0, 600);
      g_autofree char *data = g_malloc (size + 6);

      memcpy (data, "<OFX>\n", 6);
      for (gsize i = 0; i < size; i++)
        data[i + 6] = "<>&;/!-[]CDATA STMTTRN=\"'\xc3\xa9\r\n"[g_test_rand_int_range (0, 29)];
      read_anything (data, size + 6, BUDGET_STATEMENT_FORMAT_OFX);
    }
}

/* Each is read long before the test's timeout. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { "<A>",
                                        "<STMTTRN>",
                                        "<!--",
                                        "<![CDATA[",
                                        "<?",
                                        "<!",
                                        "<",
                                        "&",
                                        "<a a ",
                                        "</",
                                        "&#x",
                                        "<A",
                                        "<STATUS>",
                                        "<PAYEE>",
                                        "<A/>",
                                        "]]>",
                                        "-->",
                                        "\xff",
                                        "<LEDGERBAL><BALAMT>1" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new ("<OFX><STMTTRN><NAME>");
      clock_t start = clock ();

      while (text->len < HOSTILE_SIZE)
        g_string_append (text, pieces[i]);
      read_anything (text->str, text->len, BUDGET_STATEMENT_FORMAT_OFX);
      g_test_message ("%u: %d ms", i, (int) ((clock () - start) * 1000 / CLOCKS_PER_SEC));
    }
}

static void
test_huge_values (void)
{
  g_autofree char *name = g_strnfill (2000000, 'x');
  g_autofree char *digits = g_strnfill (100000, '9');
  g_autofree char *text = g_strconcat (DAY "<TRNAMT>", digits, "<NAME>", name, NULL);
  g_autoptr (BudgetStatement) statement = read_transaction (text);
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_nonnull (row->reject_reason);
  g_assert_cmpuint (strlen (row->reject_reason), <, 1000);
  g_assert_cmpuint (strlen (row->description), <, 10000);
}

static void
test_many_transactions (void)
{
  g_autoptr (GString) text = g_string_new (HEADER START);
  g_autoptr (BudgetStatement) statement = NULL;
  gint64 start;

  for (guint i = 0; i < N_TRANSACTIONS; i++)
    g_string_append_printf (text,
                            "<STMTTRN>\r\n<TRNTYPE>DEBIT\r\n<DTPOSTED>20260131120000\r\n"
                            "<TRNAMT>-%u.%02u\r\n<FITID>%u\r\n<NAME>Shop &amp; sons %u\r\n"
                            "<MEMO>Thank you for your purchase\r\n</STMTTRN>\r\n",
                            i % 1000, i % 100, i, i);
  g_string_append (text, END);

  start = g_get_monotonic_time ();
  statement = read_bytes (text->str, text->len);
  g_test_message ("%d transactions in %d ms", N_TRANSACTIONS,
                  (int) ((g_get_monotonic_time () - start) / 1000));
  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, N_TRANSACTIONS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ofx-tokenizer/entities", test_entities);
  g_test_add_func ("/ofx-tokenizer/comments", test_comments);
  g_test_add_func ("/ofx-tokenizer/encodings", test_encodings);
  g_test_add_func ("/ofx-tokenizer/xml-encoding-and-utf-16", test_xml_encoding_and_utf_16);
  g_test_add_func ("/ofx-tokenizer/line-ends", test_line_ends);
  g_test_add_func ("/ofx-tokenizer/cut-at-every-byte", test_cut_at_every_byte);
  g_test_add_func ("/ofx-tokenizer/every-byte-spoilt", test_every_byte_spoilt);
  g_test_add_func ("/ofx-tokenizer/random-bytes", test_random_bytes);
  g_test_add_func ("/ofx-tokenizer/hostile", test_hostile);
  g_test_add_func ("/ofx-tokenizer/huge-values", test_huge_values);
  g_test_add_func ("/ofx-tokenizer/many-transactions", test_many_transactions);

  return g_test_run ();
}
