/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-statement-reader.h"
#include "statement-fixture.h"

#include <locale.h>
#include <string.h>
#include <time.h>

#define N_TRANSACTIONS 100000
#define HOSTILE_SIZE 1000000

static BudgetStatement *
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BudgetStatement *statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (budget_statement_get_format (statement), ==, "QIF");
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
check_day (BudgetStatement *statement, guint position, const char *expected)
{
  const BudgetStatementRow *row = budget_statement_get_row (statement, position);
  char day[16];

  g_assert_cmpstr (row->reject_reason, ==, NULL);
  g_assert_true (g_date_valid (&row->date));
  g_date_strftime (day, sizeof day, "%Y-%m-%d", &row->date);
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
test_bank (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("!Type:Bank\nD1/31'26\nU-1,234.56\nT-1,234.56\nCX\nN1001\nPBaker\nMRolls\n"
               "A1 Main St\nAAnytown\nLFood:Bread\n^\nD2/1'26\nT100\nPRefund\n^\n");
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);
  gint64 sum;

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 2);
  g_assert_true (statement_fixture_sum (statement, &sum));
  g_assert_cmpint (sum, ==, -113456);
  check_day (statement, 0, "2026-01-31");
  check_day (statement, 1, "2026-02-01");
  g_assert_cmpint (row->amount, ==, -123456);
  g_assert_cmpstr (row->description, ==, "Baker");
  g_assert_cmpstr (row->note, ==, "Rolls; No. 1001; 1 Main St, Anytown");
  g_assert_cmpstr (row->category, ==, "Food:Bread");
  g_assert_cmpstr (row->currency, ==, NULL);
  g_assert_cmpuint (row->line, ==, 2);
  g_assert_cmpuint (budget_statement_get_row (statement, 1)->line, ==, 13);
}

static void
test_date_dialects (void)
{
  static const char *const cases[] = {
    "1/31'26",  "1/31' 26", "31/01/2026",  "01-31-26",  "2026-01-31", "1/31/2026", "31.1.2026",
    "31.01.26", "20260131", "31 Jan 2026", "1/31'2026", "2026/1/31",  " 1/31/26",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("!Type:Bank\nD%s\nT-1\nPx\n^\n", cases[i]);
      g_autoptr (BudgetStatement) statement = read_text (text);

      g_test_message ("%s", cases[i]);
      check_day (statement, 0, "2026-01-31");
    }
}

static void
test_years (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("!Type:Bank\nD1/13'00\nT1\n^\nD1/13/97\nT1\n^\nD1/13' 6\nT1\n^\nD1/13'26\nT1\n^\n");

  check_day (statement, 0, "2000-01-13");
  check_day (statement, 1, "1997-01-13");
  check_day (statement, 2, "2006-01-13");
  check_day (statement, 3, "2026-01-13");
}

static void
test_year_first (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("!Type:Bank\nD98-01-31\nT1\n^\nD98-02-01\nT1\n^\n");

  check_day (statement, 0, "1998-01-31");
  check_day (statement, 1, "1998-02-01");
}

static void
test_order_from_the_whole_file (void)
{
  g_autoptr (BudgetStatement) day_first =
    read_text ("!Type:Bank\nD01/02/2024\nT1\n^\nD13/02/2024\nT1\n^\n");
  g_autoptr (BudgetStatement) month_first =
    read_text ("!Type:Bank\nD01/02/2024\nT1\n^\nD02/13/2024\nT1\n^\n");

  check_day (day_first, 0, "2024-02-01");
  check_day (month_first, 0, "2024-01-02");
}

/* No day is above 12, but only one order makes the days ascend. */
static void
test_order_from_the_sequence (void)
{
  g_autoptr (BudgetStatement) day_first = read_text (
    "!Type:Bank\nD01/02/2024\nT1\n^\nD03/02/2024\nT1\n^\nD07/02/2024\nT1\n^\nD01/03/2024\nT1\n^\n"
    "D05/03/2024\nT1\n^\nD02/04/2024\nT1\n^\n");
  g_autoptr (BudgetStatement) month_first = read_text (
    "!Type:Bank\nD02/01/2024\nT1\n^\nD02/03/2024\nT1\n^\nD02/07/2024\nT1\n^\nD03/01/2024\nT1\n^\n"
    "D03/05/2024\nT1\n^\nD04/02/2024\nT1\n^\n");

  check_day (day_first, 0, "2024-02-01");
  check_day (day_first, 5, "2024-04-02");
  check_day (month_first, 0, "2024-02-01");
  check_day (month_first, 5, "2024-04-02");
}

static void
test_order_undecided (void)
{
  g_autoptr (BudgetStatement) american = read_text ("!Type:Bank\nD01/02/2024\nT1.00\n^\n");
  g_autoptr (BudgetStatement) comma = read_text ("!Type:Bank\nD01/02/2024\nT1,00\n^\n");
  g_autoptr (BudgetStatement) dots = read_text ("!Type:Bank\nD01.02.2024\nT1.00\n^\n");

  check_day (american, 0, "2024-01-02");
  g_assert_true (has_note (american, "month first"));
  check_day (comma, 0, "2024-02-01");
  g_assert_false (has_note (comma, "first"));
  check_day (dots, 0, "2024-02-01");
}

static void
test_order_of_the_locale (void)
{
  g_autoptr (BudgetStatement) statement = NULL;

  if (setlocale (LC_TIME, "en_GB.UTF-8") == NULL && setlocale (LC_TIME, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("There is no locale that begins with the day");
      return;
    }

  statement = read_text ("!Type:Bank\nD01/02/2024\nT1.00\n^\n");
  setlocale (LC_TIME, "C.UTF-8");
  check_day (statement, 0, "2024-02-01");
}

static void
test_bad_dates (void)
{
  static const char *const cases[] = { "",    "31/02/2024", "99/99/99", "soon",
                                       "1/1", "0/0/0",      "1/31/126" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("!Type:Bank\nD%s\nT-1\nPx\n^\nD01/13/2024\nT-2\n^\n", cases[i]);
      g_autoptr (BudgetStatement) statement = read_text (text);
      const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

      g_test_message ("%s: %s", cases[i], row->reject_reason);
      g_assert_nonnull (row->reject_reason);
      g_assert_cmpuint (row->line, ==, 2);
      check_day (statement, 1, "2024-01-13");
    }
}

static void
test_amounts (void)
{
  static const struct
  {
    const char *text;
    gint64 amount;
  } cases[] = {
    { "-12.34", -1234 },    { "-12,34", -1234 },    { "1,234", 123400 },
    { "1.234", 123400 },    { "1.234,56", 123456 }, { "1,234,567.89", 123456789 },
    { "1 234,50", 123450 }, { "$12", 1200 },        { "- 12.50", -1250 },
    { "+5", 500 },          { "12.", 1200 },        { "(3.50)", -350 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("!Type:Bank\nD2026-01-31\nT%s\n^\n", cases[i].text);
      g_autoptr (BudgetStatement) statement = read_text (text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (budget_statement_get_row (statement, 0)->reject_reason, ==, NULL);
      g_assert_cmpint (budget_statement_get_row (statement, 0)->amount, ==, cases[i].amount);
    }
}

static void
test_bad_amounts (void)
{
  static const char *const cases[] = { "", "much", "1.2.3", "12.3456", "999999999.00" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("!Type:Bank\nD2026-01-31\nT%s\n^\n", cases[i]);
      g_autoptr (BudgetStatement) statement = read_text (text);

      g_assert_nonnull (budget_statement_get_row (statement, 0)->reject_reason);
      g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 0);
    }
}

static void
test_precise_amount_is_the_fallback (void)
{
  g_autoptr (BudgetStatement) statement = read_text ("!Type:Bank\nD2026-01-31\nU-7.50\n^\n");

  g_assert_cmpint (budget_statement_get_row (statement, 0)->amount, ==, -750);
}

static void
test_accounts (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("!Account\nNWallet\nTCash\n^\n!Type:Cash\nD2026-01-31\nT-1\n^\n"
               "!Account\nNVisa\nDa card\nTCCard\nL500\n^\n!Type:CCard \nD2026-01-30\nT-2\n^\n"
               "!type:oth a\nD2026-01-29\nT-3\n^\n");

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 3);
  g_assert_cmpstr (budget_statement_get_row (statement, 0)->account, ==, "Wallet");
  g_assert_cmpstr (budget_statement_get_row (statement, 1)->account, ==, "Visa");
  g_assert_cmpstr (budget_statement_get_row (statement, 2)->account, ==, NULL);
}

static void
test_list_of_accounts (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    "!Option:AutoSwitch\n!Account\nNOne\nTBank\n^\nNTwo\nTBank\n^\n!Clear:AutoSwitch\n"
    "!Type:Bank\nD2026-01-31\nT-1\n^\n!Account\nNTwo\n^\n!Type:Bank\nD2026-01-31\nT-2\n^\n");

  g_assert_cmpstr (budget_statement_get_row (statement, 0)->account, ==, NULL);
  g_assert_cmpstr (budget_statement_get_row (statement, 1)->account, ==, "Two");
}

static void
test_transfer (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("!Type:Bank\nD2026-01-31\nT-50\nMto the pig\nL[Savings]\n^\n"
               "D2026-01-31\nT-50\nL[Savings\n^\n");
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_cmpstr (row->counterpart, ==, "Savings");
  g_assert_cmpstr (row->category, ==, NULL);
  g_assert_cmpstr (row->description, ==, "to the pig");
  g_assert_cmpstr (budget_statement_get_row (statement, 1)->counterpart, ==, "Savings");
}

static void
test_splits (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("!Type:Bank\nD2026-01-31\nT-100\nPMarket\nL--Split--\nSFood\nEbread\n$-20.00\n"
               "SHome:Garden\n$-70.00\nS[Wallet]\nEcash\n$-10.00\n^\n"
               "D2026-01-31\nT-5\nPKiosk\nSNews\n$-5\n^\n");
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, 2);
  g_assert_cmpint (row->amount, ==, -10000);
  g_assert_cmpstr (row->category, ==, "Home:Garden");
  g_assert_cmpstr (row->note, ==,
                   "Food -20.00 (bread); Home:Garden -70.00; [Wallet] -10.00 (cash)");
  g_assert_cmpstr (budget_statement_get_row (statement, 1)->category, ==, "News");
  g_assert_cmpstr (budget_statement_get_row (statement, 1)->note, ==, NULL);
}

static void
test_classes (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("!Type:Class\nNHoliday\n^\n!Type:Bank\nD2026-01-31\nT-1\nLFood/Holiday\n^\n"
               "D2026-01-31\nT-1\nLBooks/Papers\n^\nD2026-01-31\nT-1\nL/Holiday\n^\n");

  g_assert_cmpstr (budget_statement_get_row (statement, 0)->category, ==, "Food");
  g_assert_cmpstr (budget_statement_get_row (statement, 1)->category, ==, "Books/Papers");
  g_assert_cmpstr (budget_statement_get_row (statement, 2)->category, ==, NULL);
}

static void
test_opening_balance (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("!Type:Bank\nD2026-01-01\nT1,000.00\nPOpening Balance\nL[Current]\n^\n"
               "D2026-01-31\nT-1\nPx\n^\nD2026-01-31\nT-2\nPOpening Balance\nLDrinks\n^\n");

  g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, 2);
  g_assert_cmpstr (budget_statement_get_row (statement, 0)->account, ==, "Current");
  g_assert_true (has_note (statement, "1,000.00"));
}

static void
test_other_sections (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    "!Type:Cat\nNFood\nE\n^\n!Type:Memorized\nT-5\nPx\n^\n!Type:Invst\nD2026-01-31\nNBuy\nT5\n^\n"
    "!Type:Security\nNACME\n^\n!Type:Bank\nD2026-01-31\nT-1\n^\n!Type:Prices\n\"A\",1,\"x\"\n^\n");
  g_autofree char *only = dup_refusal ("!Type:Invst\nD1/1/26\nNBuy\nT5\n^\n");
  g_autofree char *none = dup_refusal ("!Type:Cat\nNFood\nE\n^\n");

  g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, 1);
  g_assert_true (has_note (statement, "1 investment"));
  g_assert_true (has_note (statement, "lists"));
  g_assert_nonnull (strstr (only, "investments"));
  g_assert_cmpstr (none, ==, "The file has no transactions");
}

static void
test_no_heading (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("\nD31/01/2026\nT-1.50\nPx\n^\nD01/02/2026\nT-2\nPy\n^\n");

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 2);
}

static void
test_loose_writing (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text ("\xef\xbb\xbf\n\n! type : BANK \n^\n  D 31/01/2026 \n T -1.50 \n\n P  Baker \n^^\n"
               "D30/01/2026\nT-2\nPlast");

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 2);
  g_assert_cmpstr (budget_statement_get_row (statement, 0)->description, ==, "Baker");
  g_assert_cmpstr (budget_statement_get_row (statement, 1)->description, ==, "last");
}

static void
test_line_ends (void)
{
  static const char *const ends[] = { "\n", "\r\n", "\r" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_auto (GStrv) lines = g_strsplit ("!Type:Bank|D2026-01-31|T-1|^|D2026-01-31|Tx|^|", "|", -1);
      g_autofree char *text = g_strjoinv (ends[i], lines);
      g_autoptr (BudgetStatement) statement = read_text (text);

      g_assert_cmpuint (budget_statement_get_row (statement, 0)->line, ==, 2);
      g_assert_cmpuint (budget_statement_get_row (statement, 1)->line, ==, 5);
      g_assert_cmpuint (budget_statement_get_n_rejected (statement), ==, 1);
    }
}

static void
test_encodings (void)
{
  static const char *const names[] = { "Caf\xc3\xa9 \xe2\x82\xac", "Caf\xe9 \x80" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf ("!Type:Bank\nD2026-01-31\nT-1\nP%s\n^\n", names[i]);
      g_autoptr (BudgetStatement) statement = read_text (text);

      g_assert_cmpstr (budget_statement_get_row (statement, 0)->description, ==, "Café €");
    }
}

static void
test_truncated (void)
{
  g_autoptr (BudgetStatement) cut =
    read_text ("!Type:Bank\nD2026-01-31\nT-1\n^\nD2026-01-31\nPx\nT-12");
  g_autoptr (BudgetStatement) whole =
    read_text ("!Type:Bank\nD2026-01-31\nT-1\n^\nD2026-01-31\nPx\nT-12.50");

  g_assert_cmpuint (budget_statement_get_n_rejected (cut), ==, 1);
  g_assert_nonnull (
    strstr (budget_statement_get_row (cut, 1)->reject_reason, "ends in the middle"));
  g_assert_cmpuint (budget_statement_get_n_rejected (whole), ==, 0);
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
      g_assert_true (row->category == NULL || g_utf8_validate (row->category, -1, NULL));
      g_assert_true (row->counterpart == NULL || g_utf8_validate (row->counterpart, -1, NULL));
    }
}

static const char whole_file[] = "!Account\nNVisa\n^\n!Type:Class\nNHol\n^\n!Type:CCard\nD1/"
                                 "31'26\nT-1,234.56\nPCaf\xe9\nL[Bank]/Hol\n"
                                 "SFood/Hol\nEx\n$-1\n^\n!Type:Invst\nD1/1/26\nNBuy\n^\n";

static void
test_cut_at_every_byte (void)
{
  for (gsize size = 0; size < sizeof whole_file; size++)
    {
      read_anything (whole_file, size, BUDGET_STATEMENT_FORMAT_AUTO);
      read_anything (whole_file, size, BUDGET_STATEMENT_FORMAT_QIF);
      read_anything (whole_file + size, sizeof whole_file - size, BUDGET_STATEMENT_FORMAT_QIF);
    }
}

static void
test_every_byte_spoilt (void)
{
  static const char spoilers[] = { '\0', '^', '!', '\n', '\r', '\xff', '[', '/', '\'' };

  for (gsize at = 0; at < sizeof whole_file; at++)
    for (guint i = 0; i < sizeof spoilers; i++)
      {
        g_autofree char *copy = g_memdup2 (whole_file, sizeof whole_file);

        copy[at] = spoilers[i];
        read_anything (copy, sizeof whole_file, BUDGET_STATEMENT_FORMAT_QIF);
      }
}

static void
test_random_lines (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) text = g_string_new ("!Type:Bank\n");
      guint n = (guint) g_test_rand_int_range (0, 80);

      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%c%c%d%c", "DTUPMLNASE$^!"[g_test_rand_int_range (0, 13)],
                                "/.,'[]-\n \xc3\xa9"[g_test_rand_int_range (0, 11)],
                                g_test_rand_int (), "\n\r "[g_test_rand_int_range (0, 3)]);
      read_anything (text->str, text->len, BUDGET_STATEMENT_FORMAT_QIF);
    }
}

/* Each is read long before the test's timeout. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { "^\n",      "!Account\n", "!Type:Bank\n",
                                        "Sx\n$1\n", "Mx\n",       "D1/1/1\n",
                                        "x",        "\n",         "T1\n",
                                        "Nx\n^\n" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new ("!Type:Bank\n");
      clock_t start = clock ();

      while (text->len < HOSTILE_SIZE)
        g_string_append (text, pieces[i]);
      read_anything (text->str, text->len, BUDGET_STATEMENT_FORMAT_QIF);
      g_test_message ("%u: %d ms", i, (int) ((clock () - start) * 1000 / CLOCKS_PER_SEC));
    }
}

static void
test_many_transactions (void)
{
  g_autoptr (GString) text = g_string_new ("!Type:Bank\n");
  g_autoptr (BudgetStatement) statement = NULL;
  gint64 start;

  for (guint i = 0; i < N_TRANSACTIONS; i++)
    g_string_append_printf (text, "D%u/%u/2024\nT-%u.%02u\nPShop %u\nLFood\n^\n", i % 12 + 1,
                            i % 28 + 1, i % 1000, i % 100, i);

  start = g_get_monotonic_time ();
  statement = read_text (text->str);
  g_test_message ("%d transactions in %d ms", N_TRANSACTIONS,
                  (int) ((g_get_monotonic_time () - start) / 1000));
  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, N_TRANSACTIONS);
}

static void
test_other_files_stay_what_they_are (void)
{
  static const char *const texts[] = {
    "Date,Payee,Total\n2026-01-31,Baker,-1.00\n2026-02-01,Tailor,-2.00\n",
    "Datum;Text;Betrag\n31.01.2026;B;-1,00\n^;;\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (BudgetStatement) statement =
        budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (budget_statement_get_format (statement), ==, "CSV");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/qif-reader/bank", test_bank);
  g_test_add_func ("/qif-reader/date-dialects", test_date_dialects);
  g_test_add_func ("/qif-reader/years", test_years);
  g_test_add_func ("/qif-reader/year-first", test_year_first);
  g_test_add_func ("/qif-reader/order-from-the-whole-file", test_order_from_the_whole_file);
  g_test_add_func ("/qif-reader/order-from-the-sequence", test_order_from_the_sequence);
  g_test_add_func ("/qif-reader/order-undecided", test_order_undecided);
  g_test_add_func ("/qif-reader/order-of-the-locale", test_order_of_the_locale);
  g_test_add_func ("/qif-reader/bad-dates", test_bad_dates);
  g_test_add_func ("/qif-reader/amounts", test_amounts);
  g_test_add_func ("/qif-reader/bad-amounts", test_bad_amounts);
  g_test_add_func ("/qif-reader/precise-amount-is-the-fallback",
                   test_precise_amount_is_the_fallback);
  g_test_add_func ("/qif-reader/accounts", test_accounts);
  g_test_add_func ("/qif-reader/list-of-accounts", test_list_of_accounts);
  g_test_add_func ("/qif-reader/transfer", test_transfer);
  g_test_add_func ("/qif-reader/splits", test_splits);
  g_test_add_func ("/qif-reader/classes", test_classes);
  g_test_add_func ("/qif-reader/opening-balance", test_opening_balance);
  g_test_add_func ("/qif-reader/other-sections", test_other_sections);
  g_test_add_func ("/qif-reader/no-heading", test_no_heading);
  g_test_add_func ("/qif-reader/loose-writing", test_loose_writing);
  g_test_add_func ("/qif-reader/line-ends", test_line_ends);
  g_test_add_func ("/qif-reader/encodings", test_encodings);
  g_test_add_func ("/qif-reader/truncated", test_truncated);
  g_test_add_func ("/qif-reader/cut-at-every-byte", test_cut_at_every_byte);
  g_test_add_func ("/qif-reader/every-byte-spoilt", test_every_byte_spoilt);
  g_test_add_func ("/qif-reader/random-lines", test_random_lines);
  g_test_add_func ("/qif-reader/hostile", test_hostile);
  g_test_add_func ("/qif-reader/many-transactions", test_many_transactions);
  g_test_add_func ("/qif-reader/other-files-stay-what-they-are",
                   test_other_files_stay_what_they_are);

  return g_test_run ();
}
