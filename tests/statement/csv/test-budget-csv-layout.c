/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout.h"
#include "budget-error.h"
#include "statement-fixture.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

typedef struct
{
  BudgetCsvLayout *layout;
  BudgetStatement *statement;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_object (&reading->layout);
  g_clear_object (&reading->statement);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static void
reading_init (Reading *reading, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_autoptr (GError) error = NULL;

  reading->layout = budget_csv_layout_detect (table, &error);
  g_assert_no_error (error);
  reading->statement = budget_csv_layout_read (reading->layout, table, NULL, &error);
  g_assert_no_error (error);
}

static gint64
get_amount (Reading *reading, guint row)
{
  return budget_statement_get_row (reading->statement, row)->amount;
}

static const char *
get_reason (Reading *reading, guint row)
{
  return budget_statement_get_row (reading->statement, row)->reject_reason;
}

static char *
dup_date (Reading *reading, guint row)
{
  char text[32];

  g_date_strftime (text, sizeof text, "%Y-%m-%d",
                   &budget_statement_get_row (reading->statement, row)->date);

  return g_strdup (text);
}

static void
assert_amount (const char *cell, gint64 expected)
{
  g_autofree char *text = g_strdup_printf ("Date;Text;Amount\n2024-01-31;first;%s\n", cell);
  g_auto (Reading) reading = { 0 };

  g_test_message ("%s", cell);
  reading_init (&reading, text);
  g_assert_cmpstr (get_reason (&reading, 0), ==, NULL);
  g_assert_cmpint (get_amount (&reading, 0), ==, expected);
}

static void
test_amounts_are_exact (void)
{
  assert_amount ("-8.95000", -895);
  assert_amount ("1.00", 100);
  assert_amount ("1,00", 100);
  assert_amount ("1400,82", 140082);
  assert_amount ("1.400,82", 140082);
  assert_amount ("1,400.82", 140082);
  assert_amount ("(12.00)", -1200);
  assert_amount ("12.00-", -1200);
  assert_amount ("12.00 CR", 1200);
  assert_amount ("12.00DR", -1200);
  assert_amount ("-1 234,50 Kč", -123450);
  assert_amount ("€ 1.234,50", 123450);
  assert_amount ("-$1,234.50", -123450);
  assert_amount ("$-1,234.50", -123450);
  assert_amount ("1\302\240234,50", 123450);
  assert_amount ("1\342\200\257234,50", 123450);
  assert_amount ("1'234.50", 123450);
  assert_amount ("1’234.50", 123450);
  assert_amount ("1,00,000.00", 10000000);
  assert_amount ("−5,00", -500);
  assert_amount ("+5.00", 500);
  assert_amount ("50", 5000);
  assert_amount ("99999999.99", 9999999999);
}

static void
test_what_cannot_be_read_is_refused_with_its_line (void)
{
  g_auto (Reading) reading = { 0 };

  reading_init (&reading,
                "Date,Description,Amount\n2024-01-31,good,1.00\n2024-02-31,no such day,2.00\n"
                "2024-02-01,no amount,\n2024-02-02,not an amount,1.2.3\n,no date,4.00\n"
                "2024-02-03,too precise,1.2345\n2024-02-04,too large,999999999999.00\n");

  g_assert_cmpuint (budget_statement_get_n_rows (reading.statement), ==, 7);
  g_assert_cmpuint (budget_statement_get_n_rejected (reading.statement), ==, 6);

  for (guint i = 0; i < 7; i++)
    {
      g_assert_cmpuint (budget_statement_get_row (reading.statement, i)->line, ==, i + 2);
      g_assert_true ((get_reason (&reading, i) == NULL) == (i == 0));
    }
}

/* Each of two parts may be in range, but not their sum. */
static void
test_parts_that_do_not_fit_together_are_refused (void)
{
  g_auto (Reading) pair = { 0 };
  g_auto (Reading) fee = { 0 };

  reading_init (&pair, "Date,Text,Debit,Credit\n"
                       "2026-11-01,A,,3.00\n"
                       "2026-11-02,B,5.00,\n"
                       "2026-11-03,C,-99999999.99,99999999.99\n"
                       "2026-11-04,D,92233720368547758.07,-92233720368547758.07\n"
                       "2026-11-05,E,6.00,\n"
                       "2026-11-06,F,,7.00\n");

  g_assert_cmpstr (get_reason (&pair, 1), ==, NULL);
  g_assert_cmpstr (get_reason (&pair, 2), ==, "“-99999999.99” is too large");
  g_assert_nonnull (strstr (get_reason (&pair, 3), "is too large"));

  reading_init (&fee, "Date,Text,Amount,Fee,Balance\n"
                      "2026-11-01,A,-3.00,1.00,96.00\n"
                      "2026-11-02,B,-4.00,1.00,91.00\n"
                      "2026-11-03,C,-5.00,1.00,85.00\n"
                      "2026-11-04,D,-99999999.99,1.00,\n"
                      "2026-11-05,E,-92233720368547758.07,1.00,\n");

  g_assert_cmpint (get_amount (&fee, 0), ==, -400);
  g_assert_cmpstr (get_reason (&fee, 3), ==, "“-99999999.99” is too large");
  g_assert_cmpstr (get_reason (&fee, 4), ==, "“-92233720368547758.07” is too large");
}

static void
test_dates_prove_their_order (void)
{
  static const struct
  {
    const char *first;
    const char *second;
    const char *expected;
  } cases[] = {
    { "03/04/2024", "13/04/2024", "2024-04-03" },
    { "03/04/2024", "03/13/2024", "2024-03-04" },
    { "2012/3/22", "2012/3/9", "2012-03-22" },
    { "04 Nov 2009", "05 Nov 2009", "2009-11-04" },
    { "Nov 4, 2009", "Nov 5, 2009", "2009-11-04" },
    { "4. November 2009", "5. Dezember 2009", "2009-11-04" },
    { "20240131", "20240201", "2024-01-31" },
    { "31.01.24", "01.02.24", "2024-01-31" },
    { "2024-01-31T10:11:12Z", "2024-02-01T10:11:12Z", "2024-01-31" },
    { "31-01-2024 23:59:59", "01-02-2024 00:00:01", "2024-01-31" },
    { "2/24/15", "2/8/15", "2015-02-24" },
    { "31-JAN-24", "01-FEB-24", "2024-01-31" },
    { "12 févr. 2024", "13 août 2024", "2024-02-12" },
    { "2025.12.04.", "2025.12.01.", "2025-12-04" },
    { "Mon 05 Feb 2024", "Tue 06 Feb 2024", "2024-02-05" },
    { "31012024", "01022024", "2024-01-31" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("Date;Text;Amount\n%s;a;-1.00\n%s;b;-2.00\n",
                                               cases[i].first, cases[i].second);
      g_autofree char *date = NULL;
      g_auto (Reading) reading = { 0 };

      g_test_message ("%s", cases[i].first);
      reading_init (&reading, text);
      g_assert_cmpuint (statement_fixture_count_accepted (reading.statement), ==, 2);
      date = dup_date (&reading, 0);
      g_assert_cmpstr (date, ==, cases[i].expected);
    }
}

static void
test_doubtful_dates_are_told_and_can_be_set (void)
{
  const char *text = "Date,Text,Amount\n03/04/2024,a,-1.00\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_auto (Reading) reading = { 0 };
  g_autoptr (BudgetStatement) again = NULL;

  reading_init (&reading, text);
  g_assert_nonnull (budget_statement_get_notes (reading.statement)[0]);
  g_assert_cmpint (budget_csv_layout_get_date_order (reading.layout), ==, BUDGET_DATE_ORDER_DMY);

  budget_csv_layout_set_date_order (reading.layout, BUDGET_DATE_ORDER_MDY);
  again = budget_csv_layout_read (reading.layout, table, NULL, NULL);
  g_assert_cmpint (g_date_get_month (&budget_statement_get_row (again, 0)->date), ==, 3);
}

static void
test_balance_proves_the_amount (void)
{
  g_auto (Reading) reading = { 0 };

  reading_init (&reading, "01.02.2024;Bread;3,00;1,00;97,00\n02.02.2024;Milk;2,00;1,00;95,00\n"
                          "03.02.2024;Butter;4,00;1,00;91,00\n");
  g_assert_cmpint (budget_csv_layout_get_role (reading.layout, 4), ==, BUDGET_CSV_ROLE_BALANCE);
  g_assert_cmpint (get_amount (&reading, 0), ==, -300);
  g_assert_cmpint (budget_statement_get_row (reading.statement, 0)->balance, ==, 9700);
}

/* Sixteen digits are some number of the bank's, and no sum of them fits. */
static void
test_balance_is_found_beside_huge_numbers (void)
{
  g_auto (Reading) reading = { 0 };

  reading_init (&reading, "Date,Text,Sequence,Amount,Balance\n"
                          "2026-11-01,A,8999999999999997,-3.00,97.00\n"
                          "2026-11-02,B,8999999999999998,-4.00,93.00\n"
                          "2026-11-03,C,8999999999999999,-5.00,88.00\n");

  g_assert_cmpint (get_amount (&reading, 0), ==, -300);
  g_assert_cmpint (get_amount (&reading, 2), ==, -500);
  g_assert_cmpint (budget_statement_get_row (reading.statement, 0)->balance, ==, 9700);
}

/* Most money leaves; that must not turn what the directions say of the rest. */
static void
test_balance_heeds_directions (void)
{
  g_autoptr (GString) text = g_string_new ("Datum;Naam;Af Bij;Bedrag;Saldo\n");
  g_auto (Reading) reading = { 0 };
  gint64 balance = 100000;
  gint64 sum;

  for (guint i = 1; i <= 12; i++)
    {
      gint64 amount = 1000 + i;

      balance += i % 6 == 0 ? amount : -amount;
      g_string_append_printf (text, "2024-01-%02u;Winkel %u;%s;%u,%02u;%u,%02u\n", i, i,
                              i % 6 == 0 ? "Bij" : "Af", (guint) amount / 100, (guint) amount % 100,
                              (guint) balance / 100, (guint) balance % 100);
    }

  reading_init (&reading, text->str);
  g_assert_true (statement_fixture_sum (reading.statement, &sum));
  g_assert_cmpint (sum, ==, balance - 100000);
  g_assert_cmpint (get_amount (&reading, 5), ==, 1006);
}

static void
test_totals_and_headings_are_told (void)
{
  const char *const *notes;
  guint n_notes = 0;
  g_auto (Reading) reading = { 0 };

  reading_init (&reading, "Date,Description,Amount\n2024-01-31,a,-1.00\nDate,Description,Amount\n"
                          "2024-02-01,b,-2.00\n,Total,-3.00\nPrinted by the bank,,\n");
  g_assert_cmpuint (budget_statement_get_n_rows (reading.statement), ==, 2);
  notes = budget_statement_get_notes (reading.statement);

  while (notes[n_notes] != NULL)
    n_notes++;

  g_assert_cmpuint (n_notes, ==, 3);
}

static void
test_columns_can_be_mapped (void)
{
  const char *text = "When;What;Before;After;Why\n2024-01-31;a;-1,00;-2,00;x\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_autoptr (BudgetStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Reading) reading = { 0 };

  reading_init (&reading, text);
  g_assert_true (budget_csv_layout_map (reading.layout, "amount=After", &error));
  g_assert_true (budget_csv_layout_map (reading.layout, "description=5", &error));
  g_assert_true (budget_csv_layout_map (reading.layout, "category=b", &error));
  g_assert_true (budget_csv_layout_map (reading.layout, "sign=inverted", &error));
  g_assert_no_error (error);

  statement = budget_csv_layout_read (reading.layout, table, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (budget_statement_get_row (statement, 0)->amount, ==, 200);
  g_assert_cmpstr (budget_statement_get_row (statement, 0)->description, ==, "x");
  g_assert_cmpstr (budget_statement_get_row (statement, 0)->category, ==, "a");
}

static void
test_mapping_refuses_what_is_not_there (void)
{
  static const char *const wrong[] = { "amount",   "amount=99", "amount=Nowhere",
                                       "colour=1", "decimal=x", "delimiter=ab",
                                       "",         "=",         "amount=\xff" };
  g_auto (Reading) reading = { 0 };

  reading_init (&reading, "Date,Text,Amount\n2024-01-31,a,-1.00\n");

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (budget_csv_layout_map (reading.layout, wrong[i], &error));
      g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT);
    }
}

static char *
dup_signature (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetCsvLayout) layout = budget_csv_layout_detect (table, &error);

  g_assert_no_error (error);
  return g_strdup (budget_csv_layout_get_signature (layout));
}

static void
assert_same_bank (const char *a, const char *b)
{
  g_autofree char *signature_a = dup_signature (a);
  g_autofree char *signature_b = dup_signature (b);

  g_assert_cmpstr (signature_a, ==, signature_b);
}

static void
assert_other_bank (const char *a, const char *b)
{
  g_autofree char *signature_a = dup_signature (a);
  g_autofree char *signature_b = dup_signature (b);

  g_assert_cmpstr (signature_a, !=, signature_b);
}

/* Books store these keys, so they must not change. */
static void
test_signature_of_titles_stays (void)
{
  g_autofree char *signature = dup_signature ("Date,Text,Amount,Other\n03/04/2024,a,1.00,2.00\n");

  g_assert_cmpstr (signature, ==,
                   "925089fc245d1ffd53d41c881029f94d878b584e8c52290845d64315da56b939");
  assert_same_bank ("Date,Text,Amount\n2024-03-04,a,1.00\n",
                    "Date,Text,Amount\n04/05/2024,b,-2.00\n05/05/2024,c,-3.00\n");
}

#define CARD "01.12.2026;Tea;7,20\n02.12.2026;Cake;3,10\n03.12.2026;Payment;-50,00\n"

static void
test_signature_of_a_table_without_titles_is_its_shape (void)
{
  /* The same file, with more rows, and that of the next month. */
  assert_same_bank (CARD, CARD);
  assert_same_bank (CARD, CARD "04.12.2026;Jam;1,99\n");
  assert_same_bank (CARD, "15.01.2027;Bread;2,00\n16.01.2027;Milk;1,10\n");

  assert_other_bank (CARD, "01.12.2026;Tea;-7,20\n02.12.2026;Cake;-3,10\n03.12.2026;Pay;50,00\n");
  assert_other_bank ("01.12.2026;Tea;7,20\n02.12.2026;Salary;-900,00\n",
                     "01.12.2026;Tea;-7,20\n02.12.2026;Salary;900,00\n");
  assert_other_bank (CARD, "01/12/2026;Tea;7,20\n14/12/2026;Cake;3,10\n");
  assert_other_bank (CARD, "01.12.26;Tea;7,20\n02.12.26;Cake;3,10\n");
  assert_other_bank (CARD, "01.12.2026;Tea;7.20\n02.12.2026;Cake;3.10\n");
  assert_other_bank (CARD, "01.12.2026|Tea|7,20\n02.12.2026|Cake|3,10\n");
  assert_other_bank (CARD, "01.12.2026;Caf\xe9;7,20\n02.12.2026;Cake;3,10\n");
  assert_other_bank (CARD, "01.12.2026;7,20;Tea\n02.12.2026;3,10;Cake\n");
  assert_other_bank ("01/02/2026;Tea;7,20\n01/14/2026;Cake;3,10\n",
                     "02/01/2026;Tea;7,20\n14/01/2026;Cake;3,10\n");
}

/* If both signs are equally likely, there is no signature to remember. */
static void
test_signature_is_missing_in_doubt (void)
{
  g_autofree char *signature = dup_signature ("01.12.2026;Tea;7,20\n02.12.2026;Cake;-7,20\n");

  g_assert_null (signature);
}

static void
test_signature_has_what_never_changes (void)
{
#define ACCOUNT(number) "01.12.2026;Tea;-7,20;" number "\n02.12.2026;Cake;-3,10;" number "\n"
  assert_same_bank (ACCOUNT ("DE89370400440532013000"), ACCOUNT ("DE89370400440532013000"));
  assert_other_bank (ACCOUNT ("DE89370400440532013000"), ACCOUNT ("DE02120300000000202051"));
  assert_other_bank (ACCOUNT ("1234567890"), ACCOUNT ("1234567891"));
  assert_other_bank (ACCOUNT ("EUR"), ACCOUNT ("USD"));
  assert_other_bank (ACCOUNT ("Credit card"), ACCOUNT ("Savings"));

  /* A number above the table may be the account's; a period is not. */
  assert_other_bank ("Account;1234567890\n" CARD, "Account;1234567891\n" CARD);
  assert_same_bank ("Period;2026-12-01 - 2026-12-31\n" CARD,
                    "Period;2027-01-01 - 2027-01-31\n" CARD);
}

/* The signature must not depend on the program's language. */
static void
test_signature_is_the_same_in_every_language (void)
{
  static const char *const texts[] = { CARD, "Date;;Amount\n2026-12-01;Tea;-1,00\n" };
  g_autofree char *catalogues = g_test_build_filename (G_TEST_BUILT, "..", "po", NULL);
  g_autofree char *before = g_strdup (g_getenv ("LANGUAGE"));

  bindtextdomain (GETTEXT_PACKAGE, catalogues);
  textdomain (GETTEXT_PACKAGE);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *english = NULL, *german = NULL;

      g_setenv ("LANGUAGE", "en", TRUE);
      english = dup_signature (texts[i]);
      g_setenv ("LANGUAGE", "de", TRUE);
      if (strcmp (gettext ("Column %u"), "Spalte %u") == 0)
        german = dup_signature (texts[i]);
      else
        g_test_skip ("There is no German here");

      g_assert_true (german == NULL || strcmp (english, german) == 0);
    }

  if (before != NULL)
    g_setenv ("LANGUAGE", before, TRUE);
  else
    g_unsetenv ("LANGUAGE");
}

static void
test_delimiter_can_be_set (void)
{
  const char *text = "Date#Text#Amount\n2024-01-31#a, b#-1.00\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_autoptr (BudgetCsvLayout) layout = g_object_new (BUDGET_TYPE_CSV_LAYOUT, NULL);
  g_autoptr (GError) error = NULL;

  budget_csv_layout_set_delimiter (layout, '#');
  g_assert_true (budget_csv_layout_detect_again (layout, table, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (budget_csv_layout_get_n_columns (layout), ==, 3);
}

static void
test_digits_follow_currency (void)
{
  g_auto (Reading) reading = { 0 };

  reading_init (&reading, "Date,Text,Amount,Currency\n"
                          "2024-01-31,a,-1500,JPY\n"
                          "2024-02-01,b,-1.500,KWD\n");
  g_assert_cmpint (get_amount (&reading, 0), ==, -1500);
  g_assert_cmpuint (budget_statement_get_row (reading.statement, 0)->digits, ==, 0);
  g_assert_cmpuint (budget_statement_get_row (reading.statement, 1)->digits, ==, 3);
}

static void
test_what_is_no_statement_is_refused (void)
{
  static const struct
  {
    const char *data;
    gsize size;
  } cases[] = {
    { "", 0 },
    { "\n\n\n", 3 },
    { "Date,Description,Amount\n", 24 },
    { "Datum;Betrag;Text", 17 },
    { "Dear Sir,\nthank you, and so on.\nYours, A.\n", 42 },
    { "hello", 5 },
    { "a,b\n\0\1\2,3\n", 11 },
    { "%PDF-1.7 1,2,3\n", 15 },
    { "PK\3\4 and so on", 14 },
    { "{\"a\": [1, 2, 3]}\n", 17 },
    { "name,size\nx,1\ny,2\n", 18 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].data, cases[i].size);
      g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
      g_autoptr (GError) error = NULL;

      g_assert_null (budget_csv_layout_detect (table, &error));
      g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

/* Any bytes are read or refused in a short time. */
static void
test_garbage_comes_to_an_end (void)
{
  static const char *const alphabets[] = {
    "\"",
    "\"\"\n",
    "\"\n",
    "\",\n",
    ",",
    ",;\n",
    "1,.-\n ",
    "0123456789./-,\"\n;Date",
    "\n",
    "a\"b,\"\n",
    "\xc3\xa4\xff\n,",
    "12.11.2024;5,00\n\"",
    "'=+-@,\n\"1",
  };
  gsize size = 1024 * 1024;

  for (gsize i = 0; i < G_N_ELEMENTS (alphabets); i++)
    for (guint random = 0; random < 2; random++)
      {
        gsize n = strlen (alphabets[i]);
        char *data = g_malloc (size);
        g_autoptr (GBytes) bytes = NULL;
        g_autoptr (BudgetCsvTable) table = NULL;
        g_autoptr (BudgetCsvLayout) layout = NULL;
        gint64 start = g_get_monotonic_time ();

        for (gsize j = 0; j < size; j++)
          data[j] = alphabets[i][random ? (gsize) g_test_rand_int_range (0, (gint32) n) : j % n];

        bytes = g_bytes_new_take (data, size);

        table = budget_csv_table_new (bytes);
        layout = budget_csv_layout_detect (table, NULL);

        if (layout != NULL)
          {
            g_autoptr (BudgetStatement) statement =
              budget_csv_layout_read (layout, table, NULL, NULL);

            g_test_message ("a statement");
          }

        g_test_message ("%u, %u: %.2f s", (guint) i, random,
                        (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
      }
}

static void
test_a_hundred_thousand_rows (void)
{
  g_autoptr (GString) text = g_string_new ("Date;Payee;Purpose;Amount;Balance;Currency\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BudgetCsvTable) table = NULL;
  g_autoptr (BudgetCsvLayout) layout = NULL;
  g_autoptr (BudgetStatement) statement = NULL;
  gint64 start;
  gint64 sum;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "%02u.%02u.%u;Shop %u;Card payment %u;-%u,%02u;1.000,00;EUR\n",
                            i / 12 % 28 + 1, i % 12 + 1, 2000 + i / 5000, i % 100, i, i % 90 + 1,
                            i % 100);

  bytes = g_bytes_new (text->str, text->len);

  table = budget_csv_table_new (bytes);
  start = g_get_monotonic_time ();
  layout = budget_csv_layout_detect (table, NULL);
  g_test_message ("detected in %.2f s",
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  statement = budget_csv_layout_read (layout, table, NULL, NULL);
  g_test_message ("read in %.2f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 100000);
  g_assert_true (statement_fixture_sum (statement, &sum));
  g_assert_cmpint (sum, <, 0);
}

static void
test_cancelling_stops (void)
{
  const char *text = "Date,Text,Amount\n2024-01-31,a,-1.00\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetCsvLayout) layout = budget_csv_layout_detect (table, NULL);

  g_cancellable_cancel (cancellable);
  g_assert_null (budget_csv_layout_read (layout, table, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv-layout/amounts-are-exact", test_amounts_are_exact);
  g_test_add_func ("/csv-layout/refused-with-its-line",
                   test_what_cannot_be_read_is_refused_with_its_line);
  g_test_add_func ("/csv-layout/parts-that-do-not-fit-together",
                   test_parts_that_do_not_fit_together_are_refused);
  g_test_add_func ("/csv-layout/dates-prove-their-order", test_dates_prove_their_order);
  g_test_add_func ("/csv-layout/doubtful-dates", test_doubtful_dates_are_told_and_can_be_set);
  g_test_add_func ("/csv-layout/balance-proves-the-amount", test_balance_proves_the_amount);
  g_test_add_func ("/csv-layout/balance-beside-huge-numbers",
                   test_balance_is_found_beside_huge_numbers);
  g_test_add_func ("/csv-layout/balance-heeds-directions", test_balance_heeds_directions);
  g_test_add_func ("/csv-layout/totals-and-headings", test_totals_and_headings_are_told);
  g_test_add_func ("/csv-layout/columns-can-be-mapped", test_columns_can_be_mapped);
  g_test_add_func ("/csv-layout/mapping-refuses", test_mapping_refuses_what_is_not_there);
  g_test_add_func ("/csv-layout/signature-of-titles", test_signature_of_titles_stays);
  g_test_add_func ("/csv-layout/signature-of-a-shape",
                   test_signature_of_a_table_without_titles_is_its_shape);
  g_test_add_func ("/csv-layout/signature-in-doubt", test_signature_is_missing_in_doubt);
  g_test_add_func ("/csv-layout/signature-has-constants", test_signature_has_what_never_changes);
  g_test_add_func ("/csv-layout/signature-in-every-language",
                   test_signature_is_the_same_in_every_language);
  g_test_add_func ("/csv-layout/delimiter-can-be-set", test_delimiter_can_be_set);
  g_test_add_func ("/csv-layout/digits", test_digits_follow_currency);
  g_test_add_func ("/csv-layout/no-statement-is-refused", test_what_is_no_statement_is_refused);
  g_test_add_func ("/csv-layout/garbage-comes-to-an-end", test_garbage_comes_to_an_end);
  g_test_add_func ("/csv-layout/a-hundred-thousand-rows", test_a_hundred_thousand_rows);
  g_test_add_func ("/csv-layout/cancelling-stops", test_cancelling_stops);

  return g_test_run ();
}
