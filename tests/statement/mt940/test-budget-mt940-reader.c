/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-statement-reader.h"
#include "statement-fixture.h"

#include <string.h>

#define N_TRANSACTIONS 100000
#define HOSTILE_SIZE 1000000

#define BEGIN ":20:START\r\n:25:10020030/1234567EUR\r\n:28C:1/1\r\n:60F:C260101EUR100,00\r\n"
#define TRANSACTION ":61:2601310131D12,34NTRFNONREF//B-1\r\n"
#define END ":62F:C260131EUR87,66\r\n-\r\n"

static BudgetStatement *
read_data (const char *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  BudgetStatement *statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (budget_statement_get_format (statement), ==, "MT940");
  return statement;
}

static BudgetStatement *
read_text (const char *text)
{
  return read_data (text, strlen (text));
}

static void
check_refused (const char *text, const char *part)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_MT940, NULL, NULL, &error);

  g_assert_null (statement);
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
  g_assert_nonnull (strstr (error->message, part));
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
test_statement (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (BEGIN TRANSACTION ":86:Baker\r\n:61:2602020131RD5,NTRFNONREF\r\n" END);
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 2);
  g_assert_cmpstr (budget_statement_get_account (statement), ==, "10020030/1234567");
  g_assert_cmpstr (budget_statement_get_currency (statement), ==, "EUR");
  g_assert_cmpint (row->amount, ==, -1234);
  g_assert_cmpstr (row->description, ==, "Baker");
  g_assert_cmpstr (row->note, ==, NULL);
  g_assert_cmpstr (row->bank_id, ==, "B-1");
  g_assert_cmpstr (row->account, ==, "10020030/1234567");
  g_assert_cmpuint (row->line, ==, 5);

  row = budget_statement_get_row (statement, 1);
  g_assert_cmpint (row->amount, ==, 500);
  check_day (&row->date, "2026-01-31");
  check_day (&row->value_date, "2026-02-02");
  g_assert_cmpstr (row->bank_id, ==, NULL);
  g_assert_cmpstr (row->description, ==, NULL);
}

/* The field :61: and the row it becomes. */
static void
test_transactions (void)
{
  static const struct
  {
    const char *text;
    const char *day;
    gint64 amount;
    const char *id;
  } cases[] = {
    { "2601310131C1234567,89NTRFREF//ID", "2026-01-31", 123456789, "ID" },
    { "260131D9,NTRFNONREF", "2026-01-31", -900, NULL },
    { "260131D11,8NMSC", "2026-01-31", -1180, NULL },
    { "260131D,5NMSC", "2026-01-31", -50, NULL },
    { "260131DR5,00N024NONREF//NONREF", "2026-01-31", -500, NULL },
    { "260131RC5,00NTRF", "2026-01-31", -500, NULL },
    { "260131RDR5,00NTRF", "2026-01-31", 500, NULL },
    { "260131CF5,00S   X", "2026-01-31", 500, NULL },
    { "260131C5,00", "2026-01-31", 500, NULL },
    { "260131C1.234,50NTRF", "2026-01-31", 123450, NULL },
    { "260131C1234.50NTRF", "2026-01-31", 123450, NULL },
    { " 260131C5,00NTRFA/B//C/D", "2026-01-31", 500, "C/D" },
    { "260131C5,00NTRF//000000", "2026-01-31", 500, NULL },
    { "2512310102C5,00NTRF", "2026-01-02", 500, NULL },
    { "2601021230C5,00NTRF", "2025-12-30", 500, NULL },
    { "2401310229C5,00NTRF", "2024-02-29", 500, NULL },
    { "2601310000C5,00NTRF", "2026-01-31", 500, NULL },
    { "1602300301D5,00NTRF", "2016-03-01", -500, NULL },
    { "160230D5,00NTRF", "2016-02-29", -500, NULL },
    { "150230D5,00NTRF", "2015-02-28", -500, NULL },
    { "2604310430D5,00NTRF", "2026-04-30", -500, NULL },
    { "790131D5,00NTRF", "2079-01-31", -500, NULL },
    { "800131D5,00NTRF", "1980-01-31", -500, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (BEGIN ":61:", cases[i].text, "\n", END, NULL);
      g_autoptr (BudgetStatement) statement = read_text (text);
      const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (row->reject_reason, ==, NULL);
      g_assert_cmpint (row->amount, ==, cases[i].amount);
      g_assert_cmpstr (row->bank_id, ==, cases[i].id);
      check_day (&row->date, cases[i].day);
    }
}

static void
test_rejected (void)
{
  static const char *const cases[][2] = {
    { "", "not a date" },
    { "2601", "not a date" },
    { "261331D5,00NTRF", "261331" },
    { "260431D5,00NTRF", "260431" },
    { "260131X5,00NTRF", "received or spent" },
    { "2601315,00", "received or spent" },
    { "260131DNTRF", "missing" },
    { "260131D1,2,3NTRF", "not an amount" },
    { "260131D1,234NTRF", "more decimals" },
    { "260131D99999999999999,99NTRF", "too large" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (BEGIN ":61:", cases[i][0], "\n", TRANSACTION, END, NULL);
      g_autoptr (BudgetStatement) statement = read_text (text);
      const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

      g_test_message ("%s: %s", cases[i][0], row->reject_reason);
      g_assert_nonnull (strstr (row->reject_reason, cases[i][1]));
      g_assert_cmpuint (row->line, ==, 5);
      g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 1);
    }
}

/* The same payment in several dialects of the field :86:. */
static void
test_details (void)
{
  static const struct
  {
    const char *text;
    const char *description;
    const char *note;
    const char *counterpart;
  } cases[] = {
    { "166?00UEBERWEISUNG?109310?20EREF+E-1?21SVWZ+Rolls and bread?30BANKDEFF?31"
      "DE02120300000000202051?32Baker?33 und Soehne",
      "Baker und Soehne", "Rolls and bread", "DE02120300000000202051" },
    { "166>00UEBERWEISUNG>20Rolls and>21bread>311234567>32Baker", "Baker", "Rolls and bread",
      "1234567" },
    { "020~00X~20Rolls~60and bread~32Baker", "Baker", "Rolls and bread", NULL },
    { " 020/00X/20Rolls/32Baker", "Baker", "Rolls", NULL },
    { "?20Rolls?32Baker", "Baker", "Rolls", NULL },
    { "105?00CARD?20SVWZ+Rolls ABWE+Shop?32Baker", "Baker", "Shop; Rolls", NULL },
    { "105?00CARD?20EREF+12345678901234567890ab?21c KREF+1?22SVWZ+Why??23Because?32Baker", "Baker",
      "Why? Because", NULL },
    { "808?00FEE?10931", "FEE", NULL, NULL },
    { "/TRTP/SEPA/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/Baker/REMI/Rolls 1/2/EREF/E-1", "Baker",
      "Rolls 1/2", "NL91ABNA0417164300" },
    { "/EREF/E-1//CNTP/NL91ABNA0417164300/ABNANL2A/Baker///REMI/USTD//Rolls/", "Baker", "Rolls",
      "NL91ABNA0417164300" },
    { "/BENM//NAME/Baker/REMI/Rolls/ISDT/2026-01-31", "Baker", "Rolls", NULL },
    { "/TRTP/FEE", "FEE", NULL, NULL },
    { "EREF+E-1 SVWZ+Rolls", "Rolls", NULL, NULL },
    { "999PN0907TRANSFER", "TRANSFER", NULL, NULL },
    { "100.00 at the baker", "100.00 at the baker", NULL, NULL },
    { "100,20 and 30", "100,20 and 30", NULL, NULL },
    { "  Baker   and\r\n Sons ", "Baker and Sons", NULL, NULL },
    { "", NULL, NULL, NULL },
    { "?", "?", NULL, NULL },
    { "166?", "166?", NULL, NULL },
    { "166?0", "166?0", NULL, NULL },
    { "166?20", NULL, NULL, NULL },
    { "/NAME/", NULL, NULL, NULL },
    { "//", "//", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        g_strconcat (BEGIN TRANSACTION ":86:", cases[i].text, "\n", END, NULL);
      g_autoptr (BudgetStatement) statement = read_text (text);
      const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (row->amount, ==, -1234);
      g_assert_cmpstr (row->description, ==, cases[i].description);
      g_assert_cmpstr (row->note, ==, cases[i].note);
      g_assert_cmpstr (row->counterpart, ==, cases[i].counterpart);
    }
}

/* Lines are wrapped after 65 characters, with or without the tag. */
static void
test_wrapped (void)
{
  g_autofree char *start = g_strnfill (61 - strlen ("166?20"), 'x');
  g_autofree char *full = g_strnfill (65, 'y');
  g_autofree char *text = g_strconcat (BEGIN TRANSACTION ":86:166?20", start, "\r\n", full,
                                       "\r\nend of\r\nline\r\n?32Baker\r\n?33Ltd\r\n" END, NULL);
  g_autofree char *note = g_strconcat (start, full, "end of line", NULL);
  g_autoptr (BudgetStatement) statement = read_text (text);
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_cmpstr (row->description, ==, "Baker Ltd");
  g_assert_cmpstr (row->note, ==, note);
}

static void
test_numbered_lines (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    BEGIN ":NS:22US\n25110\n" TRANSACTION ":NS:01Rolls and\n02bread\n15Baker\n16and Sons\n"
          "17TRANSFER\n341234567\n:86:\n" END);
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_cmpstr (row->description, ==, "Baker and Sons");
  g_assert_cmpstr (row->note, ==, "Rolls and bread");
  g_assert_cmpstr (row->counterpart, ==, "1234567");
}

/* If the customer's reference is an account, its owner follows, and again in :86:. */
static void
test_owner (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (BEGIN ":61:260131D5,00NOVBNL91ABNA0417164300\nbaker\n"
                     ":86:NL91ABNA0417164300 Baker\n\nRolls\n\n" END);
  const BudgetStatementRow *row = budget_statement_get_row (statement, 0);

  g_assert_cmpstr (row->description, ==, "baker");
  g_assert_cmpstr (row->note, ==, "Rolls");
  g_assert_cmpstr (row->counterpart, ==, "NL91ABNA0417164300");
}

static void
test_envelope (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    "{1:F01BANKDEFFAXXX0000000000}{2:O9400000}{3:}{4:\r\n" BEGIN TRANSACTION
    ":62F:C260131EUR87,66\r\n"
    "-}{5:}{1:F01BANKDEFFAXXX0000000000}{2:O9400000}{4:\r\n:20:2\r\n:25P:2\r\nBANKDEFF\r\n"
    ":60F:D260131USD1,00\r\n:61:260131C1,00NTRF\r\n:62F:C260131USD0,\r\n-}\r\n"
    "{1:X}{4::20:3\r\n:25:3\r\n:60F:C260131JPY0\r\n:61:260131C7,00NTRF\r\n:62F:C260131JPY7,\r\n-}");
  const BudgetStatementRow *row = budget_statement_get_row (statement, 1);

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 3);
  g_assert_cmpstr (row->account, ==, "2");
  g_assert_cmpstr (row->currency, ==, "USD");
  g_assert_cmpint (budget_statement_get_row (statement, 2)->amount, ==, 7);
  g_assert_false (has_note (statement, "do not match"));
  g_assert_false (has_note (statement, "outside any statement"));
}

/* Some banks leave out the reference, or state the currency only at the end. */
static void
test_bare_messages (void)
{
  g_autoptr (BudgetStatement) statement = read_text (
    ":25:1\n:28C:1\n" TRANSACTION ":62F:C260131USD1,00\n:25:2\n:60M:C260131EUR1,00\n" TRANSACTION
    ":62M:D260131EUR11,34\n:64:D260131EUR11,34\n:86:Not about a transaction\n");
  const BudgetStatementRow *row = budget_statement_get_row (statement, 1);

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 2);
  g_assert_cmpstr (budget_statement_get_row (statement, 0)->currency, ==, "USD");
  g_assert_cmpstr (row->account, ==, "2");
  g_assert_cmpstr (row->description, ==, NULL);
  g_assert_false (has_note (statement, "do not match"));
}

static void
test_stray_transaction (void)
{
  g_autoptr (BudgetStatement) statement = read_text (BEGIN TRANSACTION END TRANSACTION);

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, 2);
  g_assert_cmpstr (budget_statement_get_row (statement, 1)->currency, ==, "EUR");
  g_assert_true (has_note (statement, "outside any statement"));
  g_assert_false (has_note (statement, "do not match"));
}

static void
test_text_like_a_tag (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (BEGIN TRANSACTION ":86:At\n:12:30 with\n-\na friend\n" END);

  g_assert_cmpstr (budget_statement_get_row (statement, 0)->description, ==,
                   "At :12:30 with - a friend");
  g_assert_false (has_note (statement, "do not match"));
}

static void
test_interim_report (void)
{
  g_autoptr (BudgetStatement) statement =
    read_text (":20:START\n:25:1\n:28C:1\n:34F:EUR0,00\n:13D:2601311200+0100\n" TRANSACTION
               ":86:Baker\n:61:260131ED5,00NTRF\n:86:Expected\n:90D:1EUR12,34\n:90C:0EUR0,\n-\n");

  g_assert_cmpuint (budget_statement_get_n_rows (statement), ==, 1);
  g_assert_cmpstr (budget_statement_get_currency (statement), ==, "EUR");
  g_assert_cmpstr (budget_statement_get_row (statement, 0)->description, ==, "Baker");
  g_assert_true (has_note (statement, "interim"));
  g_assert_true (has_note (statement, "1 pending transaction"));
}

static void
test_balances (void)
{
  g_autoptr (BudgetStatement) good = read_text (BEGIN TRANSACTION END);
  g_autoptr (BudgetStatement) bad = read_text (BEGIN TRANSACTION TRANSACTION END);

  g_assert_true (has_note (good, "Balance of account 10020030/1234567 on 2026-01-31"));
  g_assert_false (has_note (good, "do not match"));
  g_assert_true (has_note (bad, "do not match"));
  g_assert_cmpuint (statement_fixture_count_accepted (bad), ==, 2);
}

static void
test_encodings (void)
{
  const char nul[] = BEGIN TRANSACTION ":86:B\xe4"
                                       "cker\0ei\r\n" END;
  g_autoptr (BudgetStatement) utf_8 = read_text (BEGIN TRANSACTION ":86:Bäcker\x01"
                                                                   "ei\r\n" END);
  g_autoptr (BudgetStatement) latin = read_data (nul, sizeof nul - 1);

  g_assert_cmpstr (budget_statement_get_row (utf_8, 0)->description, ==, "Bäcker ei");
  g_assert_cmpstr (budget_statement_get_row (latin, 0)->description, ==, "Bäcker ei");
}

/* A truncated file is reported, unless the balance is still right to the cent. */
static void
test_cut (void)
{
  const char *text = BEGIN TRANSACTION ":86:166?00X?20Rolls?32Baker\r\n" TRANSACTION END;

  for (gsize size = 1; size < strlen (text); size++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (text, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (BudgetStatement) statement =
        budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_MT940, NULL, NULL, &error);

      if (statement == NULL)
        {
          g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
          continue;
        }

      g_assert_true (has_note (statement, "The end of the file is missing") ||
                     strstr (text, ":62F:") + strlen (":62F:") <= text + size);
      for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
        {
          const BudgetStatementRow *row = budget_statement_get_row (statement, i);

          if (row->reject_reason == NULL)
            g_assert_cmpint (row->amount, ==, -1234);
          else
            g_assert_nonnull (strstr (row->reject_reason, "ends in the middle"));
        }
    }
}

static void
test_refused (void)
{
  check_refused ("Date;Amount\n2026-01-31;5\n", "not an MT940");
  check_refused (BEGIN END, "no transactions");
  check_refused (BEGIN ":61:260131EC5,00NTRF\n", "pending");
}

/* Many repetitions of a field do not make reading slow. */
static void
test_hostile (void)
{
  static const struct
  {
    const char *start;
    const char *part;
  } cases[] = {
    { BEGIN, "x" },
    { BEGIN, "\n" },
    { BEGIN TRANSACTION ":86:", "?20" },
    { BEGIN TRANSACTION ":86:166?00", "\n?20x" },
    { BEGIN TRANSACTION ":86:", "\n:86:x" },
    { BEGIN TRANSACTION ":86:166/20", "/" },
    { BEGIN TRANSACTION ":86:", "/NAME" },
    { BEGIN TRANSACTION ":86:", "\n/NAME/" },
    { BEGIN TRANSACTION ":86:", "SVWZ+ " },
    { BEGIN TRANSACTION ":86:", "\nSVWZ+ " },
    { BEGIN TRANSACTION, ":NS:01x\n" },
    { BEGIN TRANSACTION, "15x\n" },
    { BEGIN ":61:260131C", "1" },
    { BEGIN ":61:260131C5,00NTRF", "/" },
    { BEGIN, ":61:\n" },
    { BEGIN, ":20:\n" },
    { BEGIN, ":25:1\n" },
    { "", BEGIN TRANSACTION END },
    { "", ":20:\n:25:1\n:60F:C260101EUR0,\n:62F:C260101EUR1,\n" },
    { "", "{4:" },
    { "", ":" },
    { "", "-\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (cases[i].start);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (BudgetStatement) statement = NULL;

      while (text->len < HOSTILE_SIZE)
        g_string_append (text, cases[i].part);

      bytes = g_bytes_new (text->str, text->len);
      statement = budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_MT940, NULL, NULL, NULL);
      g_test_message ("%.20s: %u rows", cases[i].part,
                      statement != NULL ? budget_statement_get_n_rows (statement) : 0);
    }
}

static void
test_many_transactions (void)
{
  g_autoptr (GString) text = g_string_new (BEGIN);
  g_autoptr (BudgetStatement) statement = NULL;

  for (guint i = 0; i < N_TRANSACTIONS; i++)
    g_string_append (text, TRANSACTION ":86:166?00UEBERWEISUNG?20SVWZ+Rolls?32Baker\r\n");
  g_string_append (text, END);

  statement = read_text (text->str);
  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, N_TRANSACTIONS);
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) bytes =
    g_bytes_new_static (BEGIN TRANSACTION END, strlen (BEGIN TRANSACTION END));
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

  g_test_add_func ("/mt940-reader/statement", test_statement);
  g_test_add_func ("/mt940-reader/transactions", test_transactions);
  g_test_add_func ("/mt940-reader/rejected", test_rejected);
  g_test_add_func ("/mt940-reader/details", test_details);
  g_test_add_func ("/mt940-reader/wrapped", test_wrapped);
  g_test_add_func ("/mt940-reader/numbered-lines", test_numbered_lines);
  g_test_add_func ("/mt940-reader/owner", test_owner);
  g_test_add_func ("/mt940-reader/envelope", test_envelope);
  g_test_add_func ("/mt940-reader/bare-messages", test_bare_messages);
  g_test_add_func ("/mt940-reader/stray-transaction", test_stray_transaction);
  g_test_add_func ("/mt940-reader/text-like-a-tag", test_text_like_a_tag);
  g_test_add_func ("/mt940-reader/interim-report", test_interim_report);
  g_test_add_func ("/mt940-reader/balances", test_balances);
  g_test_add_func ("/mt940-reader/encodings", test_encodings);
  g_test_add_func ("/mt940-reader/cut", test_cut);
  g_test_add_func ("/mt940-reader/refused", test_refused);
  g_test_add_func ("/mt940-reader/hostile", test_hostile);
  g_test_add_func ("/mt940-reader/many-transactions", test_many_transactions);
  g_test_add_func ("/mt940-reader/cancelled", test_cancelled);

  return g_test_run ();
}
