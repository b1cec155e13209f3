/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "migrate-fixture.h"

#include <string.h>

/*
 * Hand-made books of GnuCash. Their guids are words, which are easier to read.
 */

typedef struct
{
  MigrateFixture base;
  GString *text;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  migrate_fixture_set_up (&self->base, data);
  self->text = g_string_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_string_free (self->text, TRUE);
  migrate_fixture_tear_down (&self->base, data);
}

static void
add_account (Fixture *self,
             const char *guid,
             const char *type,
             const char *currency,
             const char *parent,
             const char *more)
{
  g_string_append_printf (self->text,
                          "<gnc:account version=\"2.0.0\"><act:name>%s</act:name>"
                          "<act:id type=\"guid\">%s</act:id><act:type>%s</act:type>",
                          guid, guid, type);
  if (currency != NULL)
    g_string_append_printf (self->text,
                            "<act:commodity><cmdty:space>%s</cmdty:space>"
                            "<cmdty:id>%s</cmdty:id></act:commodity>",
                            strlen (currency) == 3 ? "CURRENCY" : "NASDAQ", currency);
  if (parent != NULL)
    g_string_append_printf (self->text, "<act:parent type=\"guid\">%s</act:parent>", parent);
  g_string_append_printf (self->text, "%s</gnc:account>\n", more);
}

static void
begin_transaction (Fixture *self, const char *currency, const char *day, const char *description)
{
  g_string_append_printf (self->text,
                          "<gnc:transaction version=\"2.0.0\"><trn:id type=\"guid\">%s</trn:id>"
                          "<trn:currency><cmdty:space>CURRENCY</cmdty:space>"
                          "<cmdty:id>%s</cmdty:id></trn:currency><trn:date-posted>"
                          "<ts:date>%s 10:59:00 +0000</ts:date></trn:date-posted>"
                          "<trn:date-entered><ts:date>2025-12-31 23:59:59 +0000</ts:date>"
                          "</trn:date-entered><trn:description>%s</trn:description>",
                          description, currency, day, description);
}

static void
begin_splits (Fixture *self)
{
  g_string_append (self->text, "<trn:splits>");
}

static void
add_split (Fixture *self, const char *account, const char *value, const char *quantity)
{
  static guint number = 0;

  g_string_append_printf (self->text,
                          "<trn:split><split:id type=\"guid\">s%u</split:id>"
                          "<split:reconciled-state>n</split:reconciled-state>"
                          "<split:value>%s</split:value><split:quantity>%s</split:quantity>"
                          "<split:account type=\"guid\">%s</split:account></trn:split>",
                          number++, value, quantity, account);
}

static void
end_transaction (Fixture *self)
{
  g_string_append (self->text, "</trn:splits></gnc:transaction>\n");
}

/* A transaction in euro; accounts and values in turn, ending with NULL. */
static void
add (Fixture *self, const char *day, const char *description, const char *account, ...)
{
  va_list list;

  begin_transaction (self, "EUR", day, description);
  begin_splits (self);
  va_start (list, account);
  for (; account != NULL; account = va_arg (list, const char *))
    {
      const char *value = va_arg (list, const char *);

      add_split (self, account, value, value);
    }
  va_end (list);
  end_transaction (self);
}

static void
add_accounts (Fixture *self)
{
  const char *group = "<act:slots><slot><slot:key>placeholder</slot:key>"
                      "<slot:value type=\"string\">true</slot:value></slot></act:slots>";

  add_account (self, "Root", "ROOT", NULL, NULL, "");
  add_account (self, "Assets", "ASSET", "EUR", "Root", group);
  add_account (self, "Checking", "BANK", "EUR", "Assets", "<act:code>1010</act:code>");
  add_account (self, "Savings", "BANK", "EUR", "Assets", "");
  add_account (self, "Wallet", "CASH", "EUR", "Assets", "");
  add_account (self, "Dollars", "BANK", "USD", "Assets", "");
  add_account (self, "Shares", "STOCK", "ACME", "Assets", "");
  add_account (self, "Visa", "CREDIT", "EUR", "Root", "");
  add_account (self, "Income", "INCOME", "EUR", "Root", group);
  add_account (self, "Salary", "INCOME", "EUR", "Income", "");
  add_account (self, "Expenses", "EXPENSE", "EUR", "Root", group);
  add_account (self, "Food", "EXPENSE", "EUR", "Expenses", "");
  add_account (self, "Groceries", "EXPENSE", "EUR", "Food", "");
  add_account (self, "Tax", "EXPENSE", "EUR", "Expenses", "");
  add_account (self, "Abroad", "EXPENSE", "USD", "Expenses", "");
  add_account (self, "Opening", "EQUITY", "EUR", "Root", "");
}

static void
write_book (Fixture *self)
{
  g_autofree char *text = g_strconcat (
    "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<gnc-v2 xmlns:gnc=\"g\" xmlns:act=\"a\" "
    "xmlns:cmdty=\"c\" xmlns:trn=\"t\" xmlns:ts=\"s\" xmlns:split=\"p\" xmlns:slot=\"l\" "
    "xmlns:sx=\"x\" xmlns:book=\"b\" xmlns:price=\"r\">\n<gnc:book version=\"2.0.0\">\n",
    self->text->str, "</gnc:book>\n</gnc-v2>\n", NULL);

  migrate_fixture_write (&self->base, text, -1);
}

static BudgetBookMerger *
merge (Fixture *self)
{
  write_book (self);
  return migrate_fixture_merge (&self->base);
}

static void
check (Fixture *self, const char *expected)
{
  g_autofree char *expenses = migrate_fixture_dup_expenses (&self->base);

  g_assert_cmpstr (expenses, ==, expected);
}

static void
test_brings_accounts_and_categories (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = NULL;
  g_autofree char *accounts = NULL, *categories = NULL;

  add_accounts (self);
  add (self, "2026-01-01", "Open", "Checking", "123456/100", "Opening", "-123456/100", NULL);
  add (self, "2026-01-01", "Open", "Visa", "-50/1", "Opening", "50/1", NULL);
  add (self, "2026-01-02", "Shop", "Checking", "-550/100", "Groceries", "550/100", NULL);
  add (self, "2026-01-03", "Gift", "Checking", "10/1", "Opening", "-10/1", NULL);
  merger = merge (self);

  accounts = migrate_fixture_dup_accounts (&self->base);
  categories = migrate_fixture_dup_categories (&self->base);
  g_assert_cmpstr (accounts, ==,
                   "Checking|1010|current|123456\nSavings||current|0\nVisa||card|-5000\n"
                   "Wallet||cash|0\n");
  g_assert_cmpstr (categories, ==,
                   "Abroad|spending\nFood|spending\nFood: Groceries|spending\nSalary|income\n"
                   "Tax|spending\nTransfer|transfer\n");
  check (self, "2026-01-02 Shop||Food: Groceries|Checking|550\n"
               "2026-01-03 Gift||Transfer|Checking|-1000\n");
  g_assert_true (migrate_fixture_reports (merger, "Opening balances, set in their accounts (2)"));
}

static void
test_shares_out_what_several_accounts_paid (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = NULL;

  add_accounts (self);
  add (self, "2026-01-28", "Pay", "Checking", "1800/1", "Savings", "200/1", "Salary", "-3000/1",
       "Tax", "1000/1", NULL);
  add (self, "2026-01-29", "Cash back", "Checking", "-100/1", "Wallet", "40/1", "Food", "60/1",
       NULL);
  add (self, "2026-01-30", "Move", "Checking", "-5/1", "Savings", "5/1", NULL);
  add (self, "2026-01-31", "Barter", "Food", "-5/1", "Tax", "5/1", NULL);
  merger = merge (self);

  check (self, "2026-01-28 Pay||Salary|Checking|-180000\n"
               "2026-01-28 Pay||Salary|Savings|-20000\n"
               "2026-01-28 Pay||Salary|Checking|-100000\n"
               "2026-01-28 Pay||Tax|Checking|100000\n"
               "2026-01-29 Cash back||Food|Checking|6000\n"
               "2026-01-29 Cash back||Transfer|Checking|4000 -> Wallet\n"
               "2026-01-29 Cash back||Transfer|Wallet|-4000\n"
               "2026-01-30 Move||Transfer|Checking|500 -> Savings\n"
               "2026-01-30 Move||Transfer|Savings|-500\n"
               "2026-01-31 Barter||Food|-|-500\n"
               "2026-01-31 Barter||Tax|-|500\n");
}

static void
test_keeps_number_notes_and_memos (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = NULL;

  add_accounts (self);
  begin_transaction (self, "EUR", "2026-01-02", "Shop &amp; Söhne");
  g_string_append (
    self->text,
    "<trn:num>17</trn:num><trn:slots>"
    "<slot><slot:key>assoc</slot:key><slot:value type=\"frame\"><slot><slot:key>notes</slot:key>"
    "<slot:value type=\"string\">not these</slot:value></slot></slot:value></slot>"
    "<slot><slot:key>date-posted</slot:key><slot:value type=\"gdate\"><gdate>2026-01-03</gdate>"
    "</slot:value></slot>"
    "<slot><slot:key>notes</slot:key><slot:value type=\"string\">of the whole</slot:value></slot>"
    "</trn:slots><trn:splits>"
    "<trn:split><split:id>x1</split:id><split:memo>of the card</split:memo>"
    "<split:reconciled-state>y</split:reconciled-state><split:value>-5/1</split:value>"
    "<split:quantity>-5/1</split:quantity><split:account>Visa</split:account></trn:split>"
    "<trn:split><split:id>x2</split:id><split:memo>apples</split:memo>"
    "<split:action>Buy</split:action><split:value>5/1</split:value>"
    "<split:quantity>5/1</split:quantity><split:account>Food</split:account></trn:split>"
    "</trn:splits></gnc:transaction>");
  merger = merge (self);

  check (self, "2026-01-03 Shop & Söhne|apples/of the whole/of the card/Number: 17/Buy/Reconciled"
               "|Food|Visa|500\n");
}

static void
test_adds_up_no_two_currencies (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = NULL;

  add_accounts (self);
  begin_transaction (self, "EUR", "2026-02-01", "Change");
  begin_splits (self);
  add_split (self, "Checking", "-90/1", "-90/1");
  add_split (self, "Dollars", "90/1", "100/1");
  end_transaction (self);

  begin_transaction (self, "USD", "2026-02-02", "Diner");
  begin_splits (self);
  add_split (self, "Dollars", "-20/1", "-20/1");
  add_split (self, "Food", "20/1", "18/1");
  end_transaction (self);

  begin_transaction (self, "EUR", "2026-02-03", "Motel");
  begin_splits (self);
  add_split (self, "Visa", "-91/1", "-91/1");
  add_split (self, "Abroad", "91/1", "100/1");
  end_transaction (self);

  begin_transaction (self, "USD", "2026-02-04", "Kiosk");
  begin_splits (self);
  add_split (self, "Dollars", "-5/1", "-5/1");
  add_split (self, "Abroad", "5/1", "5/1");
  end_transaction (self);

  /* 100 euro paid for 30, 30 and 60 dollars. */
  begin_transaction (self, "USD", "2026-02-05", "Trip");
  begin_splits (self);
  add_split (self, "Visa", "-120/1", "-100/1");
  add_split (self, "Abroad", "30/1", "30/1");
  add_split (self, "Abroad", "30/1", "30/1");
  add_split (self, "Dollars", "60/1", "60/1");
  end_transaction (self);

  begin_transaction (self, "EUR", "2026-02-06", "Invest");
  begin_splits (self);
  add_split (self, "Checking", "-500/1", "-500/1");
  add_split (self, "Shares", "500/1", "7/1");
  end_transaction (self);
  add (self, "2026-02-07", "Shop", "Checking", "-3/1", "Food", "1/1", "Tax", "2/1", NULL);
  merger = merge (self);

  check (self, "2026-02-01 Change||Transfer|Checking|9000\n"
               "2026-02-02 Diner||Food|-|1800\n"
               "2026-02-03 Motel||Abroad|Visa|9100\n"
               "2026-02-05 Trip||Abroad|Visa|2500\n"
               "2026-02-05 Trip||Abroad|Visa|2500\n"
               "2026-02-05 Trip||Transfer|Visa|5000\n"
               "2026-02-06 Invest||Transfer|Checking|50000\n"
               "2026-02-07 Shop||Food|Checking|100\n"
               "2026-02-07 Shop||Tax|Checking|200\n");
  g_assert_true (migrate_fixture_reports (
    merger, "Not imported: transactions entirely in another currency (1)"));
  g_assert_true (
    migrate_fixture_reports (merger, "Not imported: accounts of shares, funds and the like (1)"));
  g_assert_true (migrate_fixture_reports (
    merger, "Not imported: account “Dollars” in USD (4 transactions). Transfers to it are in the "
            "other accounts."));
}

#define SLOT(key, value)                                                                           \
  "<trn:slots><slot><slot:key>" key "</slot:key><slot:value type=\"string\">" value                \
  "</slot:value></slot></trn:slots>"

static void
test_skips_what_is_no_transaction (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = NULL;

  add_accounts (self);
  begin_transaction (self, "EUR", "2026-02-01", "Void");
  g_string_append (self->text, SLOT ("void-reason", "a mistake"));
  begin_splits (self);
  add_split (self, "Checking", "0/100", "0/100");
  add_split (self, "Food", "0/100", "0/100");
  end_transaction (self);

  begin_transaction (self, "EUR", "2026-12-31", "Closing");
  g_string_append (self->text, SLOT ("book_closing", "1"));
  begin_splits (self);
  add_split (self, "Food", "-7/1", "-7/1");
  add_split (self, "Opening", "7/1", "7/1");
  end_transaction (self);

  g_string_append (self->text, "<gnc:pricedb><price><price:id>p</price:id></price></gnc:pricedb>"
                               "<gnc:template-transactions>");
  add_account (self, "Template", "BANK", "EUR", "Root", "");
  add (self, "2026-03-01", "Template", "Template", "-1/1", "Food", "1/1", NULL);
  g_string_append (self->text, "</gnc:template-transactions><gnc:schedxaction><sx:id>y</sx:id>"
                               "</gnc:schedxaction><gnc:budget/><gnc:GncCustomer/>");
  merger = merge (self);

  check (self, "");
  g_assert_true (migrate_fixture_reports (merger, "Not imported: void transactions (1)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: year-end closing entries (1)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: prices (1)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: scheduled transactions (1)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: budgets (1)"));
  g_assert_true (
    migrate_fixture_reports (merger, "Not imported: customers, invoices and the like (1)"));
  g_assert_true (migrate_fixture_reports (merger, "Accounts: 4 (4 new)"));
}

static void
test_names_what_cannot_be_used (Fixture *self, gconstpointer data)
{
  static const char *const bad[] = { "1/3",
                                     "1/0",
                                     "1/-5",
                                     "1/1000",
                                     "99999999999/1",
                                     "x",
                                     "1",
                                     "",
                                     "9223372036854775807/1",
                                     "-9223372036854775808/1",
                                     "1/2/3" };
  g_autoptr (BudgetBookMerger) merger = NULL;
  g_autofree char *rejected = NULL;

  add_accounts (self);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *name = g_strdup_printf ("T%u", i);

      add (self, "2026-02-01", name, "Checking", "-1/1", "Food", bad[i], NULL);
    }
  add (self, "2026-02-30", "No day", "Checking", "-1/1", "Food", "1/1", NULL);
  add (self, "0000-00-00", "No day", "Checking", "-1/1", "Food", "1/1", NULL);
  add (self, "2026-02-01", "Lost", "Checking", "-1/1", "Nowhere", "1/1", NULL);
  add (self, "2026-02-01", "Alone", "Food", "1/1", NULL);
  add (self, "2026-02-01", "Unbalanced", "Checking", "-1/1", "Food", "3/1", NULL);
  merger = merge (self);

  rejected = migrate_fixture_dup_rejected (merger);
  g_assert_cmpstr (rejected, ==,
                   "20 2026-02-01 T0: The amount has more decimals than the book’s currency\n"
                   "21 2026-02-01 T1: The amount cannot be read\n"
                   "22 2026-02-01 T2: The amount cannot be read\n"
                   "23 2026-02-01 T3: The amount has more decimals than the book’s currency\n"
                   "24 2026-02-01 T4: The amount is too large\n"
                   "25 2026-02-01 T5: The amount cannot be read\n"
                   "26 2026-02-01 T6: The amount cannot be read\n"
                   "27 2026-02-01 T7: The amount cannot be read\n"
                   "28 2026-02-01 T8: The amount is too large\n"
                   "29 2026-02-01 T9: The amount cannot be read\n"
                   "30 2026-02-01 T10: The amount cannot be read\n"
                   "31 ? No day: There is no such date\n"
                   "32 ? No day: There is no such date\n"
                   "33 2026-02-01 Lost: Its account is not in the file\n");
  check (self, "2026-02-01 Alone||Food|-|100\n"
               "2026-02-01 Unbalanced||Food|Checking|100\n"
               "2026-02-01 Unbalanced||Food|-|200\n");
}

static void
test_accounts_inside_themselves (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = NULL;
  g_autofree char *categories = NULL;

  add_account (self, "Root", "ROOT", NULL, NULL, "");
  add_account (self, "Wallet", "CASH", "EUR", "Wallet", "");
  add_account (self, "Egg", "EXPENSE", "EUR", "Hen", "");
  add_account (self, "Hen", "EXPENSE", "EUR", "Egg", "");
  add_account (self, "Orphan", "EXPENSE", "EUR", "Nobody", "");
  add (self, "2026-02-01", "Shop", "Wallet", "-1/1", "Egg", "1/1", NULL);
  merger = merge (self);

  categories = migrate_fixture_dup_categories (&self->base);
  g_assert_cmpstr (categories, ==, "Egg|spending\nHen|spending\nOrphan|spending\n");
  check (self, "2026-02-01 Shop||Egg|Wallet|100\n");
  g_assert_true (migrate_fixture_reports (
    merger, "Accounts whose parent is missing or that contain themselves (4)"));
}

static void
test_accounts_of_one_name (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = NULL;
  g_autofree char *accounts = NULL;

  add_account (self, "Root", "ROOT", NULL, NULL, "");
  add_account (self, "Assets", "ASSET", "EUR", "Root", "");
  add_account (self, "A", "ASSET", "EUR", "Assets", "<act:name>This bank</act:name>");
  add_account (self, "B", "ASSET", "EUR", "Assets", "<act:name>That bank</act:name>");
  add_account (self, "C", "BANK", "EUR", "A",
               "<act:name>Checking</act:name><act:code>7</act:code>");
  add_account (self, "D", "BANK", "EUR", "B",
               "<act:name>Checking</act:name><act:code>7</act:code>");
  merger = merge (self);

  accounts = migrate_fixture_dup_accounts (&self->base);
  g_assert_cmpstr (accounts, ==,
                   "Assets||savings|0\nThat bank||savings|0\nThat bank: Checking||current|0\n"
                   "This bank||savings|0\nThis bank: Checking|7|current|0\n");
}

static void
test_a_second_time_adds_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) first = NULL;
  g_autoptr (BudgetBookMerger) second = NULL;
  g_autofree char *before = NULL, *after = NULL;

  add_accounts (self);
  add (self, "2026-01-01", "Open", "Checking", "1/1", "Opening", "-1/1", NULL);
  add (self, "2026-01-28", "Pay", "Checking", "1800/1", "Savings", "200/1", "Salary", "-3000/1",
       "Tax", "1000/1", NULL);
  add (self, "2026-01-29", "Cash back", "Checking", "-100/1", "Wallet", "40/1", "Food", "60/1",
       NULL);
  first = merge (self);
  before = migrate_fixture_dup_expenses (&self->base);
  second = merge (self);
  after = migrate_fixture_dup_expenses (&self->base);

  g_assert_cmpuint (budget_book_merger_get_n_new (first), ==, 7);
  g_assert_cmpuint (budget_book_merger_get_n_new (second), ==, 0);
  g_assert_cmpuint (budget_book_merger_get_n_duplicates (second), ==, 7);
  g_assert_cmpstr (after, ==, before);
}

static GBytes *
compress (const char *text, gsize length)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) stream =
    g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_assert_true (g_output_stream_write_all (stream, text, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
test_reads_what_is_compressed (Fixture *self, gconstpointer data)
{
  g_autofree char *contents = NULL, *message = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BudgetBookMerger) merger = NULL;
  gsize length;

  add_accounts (self);
  add (self, "2026-02-01", "Shop", "Wallet", "-1/1", "Food", "1/1", NULL);
  write_book (self);
  g_file_get_contents (self->base.path, &contents, &length, NULL);
  bytes = compress (contents, length);
  migrate_fixture_write (&self->base, g_bytes_get_data (bytes, NULL),
                         (gssize) g_bytes_get_size (bytes));
  merger = migrate_fixture_merge (&self->base);
  check (self, "2026-02-01 Shop||Food|Wallet|100\n");

  /* And the file is truncated. */
  migrate_fixture_write (&self->base, g_bytes_get_data (bytes, NULL),
                         (gssize) g_bytes_get_size (bytes) - 30);
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (budget_foreign_reader_read_file (self->base.path, NULL, NULL, &error));
    g_assert_nonnull (error);
  }
}

/* A gigabyte of blanks, compressed to a megabyte. */
static void
test_limits_decompression (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("<?xml version=\"1.0\"?><gnc-v2>");
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *message = NULL;
  gsize start = text->len;

  g_string_set_size (text, start + 20 * 1024 * 1024);
  memset (text->str + start, ' ', text->len - start);
  g_string_append (text, "</gnc-v2>");
  bytes = compress (text->str, text->len);
  migrate_fixture_write (&self->base, g_bytes_get_data (bytes, NULL),
                         (gssize) g_bytes_get_size (bytes));
  message = migrate_fixture_refuse (&self->base);
  g_assert_true (g_str_equal (message, "The file grows too large when it is unpacked") ||
                 g_str_has_prefix (message, "The file is damaged"));
}

static void
test_refuses_other_files (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "<gnc-v2/>", "The file is of GnuCash, but there is no book in it" },
    { "<gnc-v2><gnc:book>", "The file is damaged or incomplete at line 1" },
    { "<x><gnc-v2/></x>", "The file is not a book of GnuCash" },
    { "<!DOCTYPE x [<!ENTITY a \"b\">]><gnc-v2>&a;</gnc-v2>",
      "The file contains unsupported XML: a document type declaration" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = NULL;

      migrate_fixture_write (&self->base, cases[i].text, -1);
      message = migrate_fixture_refuse (&self->base);
      g_assert_cmpstr (message, ==, cases[i].message);
    }
}

#define ADD(name, test) g_test_add ("/budget/gnucash/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("brings-accounts-and-categories", test_brings_accounts_and_categories);
  ADD ("shares-out-what-several-accounts-paid", test_shares_out_what_several_accounts_paid);
  ADD ("keeps-number-notes-and-memos", test_keeps_number_notes_and_memos);
  ADD ("adds-up-no-two-currencies", test_adds_up_no_two_currencies);
  ADD ("skips-what-is-no-transaction", test_skips_what_is_no_transaction);
  ADD ("names-what-cannot-be-used", test_names_what_cannot_be_used);
  ADD ("accounts-inside-themselves", test_accounts_inside_themselves);
  ADD ("accounts-of-one-name", test_accounts_of_one_name);
  ADD ("a-second-time-adds-nothing", test_a_second_time_adds_nothing);
  ADD ("reads-what-is-compressed", test_reads_what_is_compressed);
  ADD ("limits-decompression", test_limits_decompression);
  ADD ("refuses-other-files", test_refuses_other_files);

  return g_test_run ();
}
