/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-rule.h"
#include "migrate-fixture.h"

#include <string.h>

#define HEAD                                                                                       \
  "<?xml version=\"1.0\"?>\n"                                                                      \
  "<homebank v=\"1.4\" d=\"050602\">\n"                                                            \
  "<properties title=\"Home\" curr=\"1\"/>\n"                                                      \
  "<cur key=\"1\" iso=\"EUR\" frac=\"2\"/>\n"                                                      \
  "<cur key=\"2\" iso=\"JPY\" frac=\"0\"/>\n"                                                      \
  "<account key=\"1\" type=\"1\" curr=\"1\" name=\"Bank\" number=\"DE 02\" "                       \
  "initial=\"1234.5599999999999\"/>\n"                                                             \
  "<account key=\"2\" type=\"4\" curr=\"1\" name=\"Card\" initial=\"-50\"/>\n"                     \
  "<account key=\"3\" type=\"2\" curr=\"1\" name=\"Purse\"/>\n"                                    \
  "<account key=\"4\" type=\"7\" curr=\"2\" name=\"Tokyo\" initial=\"500\"/>\n"                    \
  "<pay key=\"1\" name=\"Market &amp; Co\"/>\n"                                                    \
  "<cat key=\"1\" name=\"Food\" b0=\"-300\"/>\n"                                                   \
  "<cat key=\"2\" parent=\"1\" flags=\"1\" name=\"Groceries\"/>\n"                                 \
  "<cat key=\"4\" flags=\"2\" name=\"Salary\"/>\n"                                                 \
  "<tag key=\"1\" name=\"work\"/>\n"

#define TAIL "</homebank>\n"

/* 739617 is 1 January 2026. */
#define DAY "date=\"739617\" "

static BudgetBookMerger *
merge (MigrateFixture *self, const char *entries)
{
  g_autofree char *text = g_strconcat (HEAD, entries, TAIL, NULL);

  migrate_fixture_write (self, text, -1);
  return migrate_fixture_merge (self);
}

static void
check_expenses (MigrateFixture *self, const char *entries, const char *expected)
{
  g_autoptr (BudgetBookMerger) merger = merge (self, entries);
  g_autofree char *expenses = migrate_fixture_dup_expenses (self);

  g_assert_cmpstr (expenses, ==, expected);
}

static void
test_brings_accounts_and_categories (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = merge (self, "<ope " DAY "amount=\"-1\" account=\"1\"/>");
  g_autofree char *accounts = migrate_fixture_dup_accounts (self);
  g_autofree char *categories = migrate_fixture_dup_categories (self);

  g_assert_cmpstr (accounts, ==, "Bank|DE02|current|123456\nCard||card|-5000\nPurse||cash|0\n");
  g_assert_cmpstr (categories, ==,
                   "Food|spending\nFood: Groceries|spending\nSalary|income\n"
                   "Without category|spending\n");
  g_assert_cmpstr (budget_book_get_currency (self->book), ==, "EUR");
  g_assert_true (migrate_fixture_reports (merger, "Accounts: 3 (3 new)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: budgets of categories (1)"));
}

static void
test_payee_and_memo_become_description_and_note (MigrateFixture *self, gconstpointer data)
{
  check_expenses (
    self,
    "<ope " DAY "amount=\"-5.4900000000000002\" account=\"1\" payee=\"1\" category=\"2\" "
    "wording=\"apples\" info=\"77\" st=\"2\" tags=\"work fun\"/>\n"
    "<ope " DAY "amount=\"2.1499999999999999\" account=\"1\" category=\"2\" wording=\"refund\" "
    "st=\"1\"/>\n"
    "<ope " DAY "amount=\"-1\" account=\"3\" flags=\"1\"/>\n",
    "2026-01-01 Market & Co|apples/Number: 77/Reconciled|Food: Groceries|Bank|549 +work +fun\n"
    "2026-01-01 refund|Cleared|Food: Groceries|Bank|-215\n"
    "2026-01-01 (no description)|Reconciled|Without category|Purse|100\n");
}

static void
test_each_part_of_a_split_is_an_expense (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = merge (
    self, "<ope " DAY "amount=\"-30.300000000000001\" account=\"3\" flags=\"256\" payee=\"1\" "
          "wording=\"all\" scat=\"2||1||0\" samt=\"-20.100000000000001||-15.199999999999999||5\" "
          "smem=\"food||||deposit\"/>\n"
          "<ope " DAY "amount=\"-10\" account=\"3\" scat=\"1||2\" samt=\"-4||-5\" smem=\"||\"/>\n");
  g_autofree char *expenses = migrate_fixture_dup_expenses (self);

  g_assert_cmpstr (expenses, ==,
                   "2026-01-01 Market & Co|food|Food: Groceries|Purse|2010\n"
                   "2026-01-01 Market & Co|all|Food|Purse|1520\n"
                   "2026-01-01 Market & Co|deposit|Without category|Purse|-500\n"
                   "2026-01-01 (no description)||Food|Purse|400\n"
                   "2026-01-01 (no description)||Food: Groceries|Purse|500\n"
                   "2026-01-01 (no description)||Without category|Purse|100\n");
  g_assert_true (migrate_fixture_reports (
    merger, "Split transactions, imported as one expense for each part (2)"));
  g_assert_true (migrate_fixture_reports (
    merger, "Split transactions whose parts do not add up; the rest has no category (1)"));
}

static void
test_halves_of_transfers_find_each_other (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = merge (
    self,
    "<ope " DAY "amount=\"-100\" account=\"1\" dst_account=\"3\" flags=\"8\" category=\"2\" "
    "wording=\"a\" kxfer=\"1\"/>\n"
    "<ope " DAY "amount=\"-100\" account=\"1\" dst_account=\"3\" flags=\"8\" wording=\"b\" "
    "kxfer=\"2\"/>\n"
    "<ope " DAY "amount=\"100\" account=\"3\" dst_account=\"1\" flags=\"10\" wording=\"b\" "
    "kxfer=\"2\"/>\n"
    "<ope " DAY "amount=\"100\" account=\"3\" dst_account=\"1\" flags=\"10\" wording=\"a\" "
    "kxfer=\"1\"/>\n"
    "<ope " DAY "amount=\"-7\" account=\"1\" dst_account=\"2\" paymode=\"5\" wording=\"old\"/>\n"
    "<ope " DAY "amount=\"7\" account=\"2\" dst_account=\"1\" paymode=\"5\" wording=\"old\"/>\n"
    "<ope " DAY "amount=\"-9\" account=\"1\" dst_account=\"4\" flags=\"24\" kxfer=\"3\" "
    "wording=\"yen\"/>\n"
    "<ope " DAY "amount=\"900\" account=\"4\" dst_account=\"1\" flags=\"26\" kxfer=\"3\" "
    "wording=\"yen\"/>\n");
  g_autofree char *expenses = migrate_fixture_dup_expenses (self);

  g_assert_cmpstr (expenses, ==,
                   "2026-01-01 a|Category: Food: Groceries|Transfer|Bank|10000 -> Purse\n"
                   "2026-01-01 b||Transfer|Bank|10000 -> Purse\n"
                   "2026-01-01 b||Transfer|Purse|-10000\n"
                   "2026-01-01 a||Transfer|Purse|-10000\n"
                   "2026-01-01 old||Transfer|Bank|700 -> Card\n"
                   "2026-01-01 old||Transfer|Card|-700\n"
                   "2026-01-01 yen||Transfer|Bank|900\n");
  g_assert_true (migrate_fixture_reports (
    merger, "Transfers between your accounts, linked and not included in totals (3)"));
  g_assert_true (migrate_fixture_reports (
    merger, "Transfers to or from accounts outside the book, not included in totals (1)"));
  g_assert_true (migrate_fixture_reports (
    merger, "Not imported: account “Tokyo”, which is in JPY (1 transaction)"));
}

static void
test_leaves_out_what_homebank_does_not_count (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger =
    merge (self, "<ope " DAY "amount=\"-1\" account=\"1\" st=\"3\"/>\n"
                 "<ope " DAY "amount=\"-1\" account=\"1\" flags=\"32\"/>\n"
                 "<ope " DAY "amount=\"-1\" account=\"1\" st=\"4\"/>\n"
                 "<fav key=\"1\" amount=\"-1\" account=\"1\" flags=\"516\"/>\n"
                 "<fav key=\"2\" amount=\"-1\" account=\"1\"/>\n"
                 "<asg key=\"1\" name=\"x\"/>\n");
  g_autofree char *expenses = migrate_fixture_dup_expenses (self);

  g_assert_cmpstr (expenses, ==, "");
  g_assert_true (migrate_fixture_reports (merger, "Not imported: reminders (2)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: void transactions (1)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: scheduled transactions (1)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: templates (1)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: assignments (1)"));
}

/* An assignment of a text to a category is a rule; those of a payee, or by
 * regular expression, are not. */
static void
test_assignments_are_rules (MigrateFixture *self, gconstpointer data)
{
  const char *entries = "<asg key=\"1\" flags=\"4\" name=\" freebox \" category=\"2\"/>\n"
                        "<asg key=\"2\" flags=\"6\" name=\"home\" payee=\"1\" category=\"2\"/>\n"
                        "<asg key=\"3\" flags=\"2\" name=\"x\" payee=\"1\"/>\n"
                        "<asg key=\"4\" flags=\"260\" name=\"a.*\" category=\"2\"/>\n"
                        "<asg key=\"5\" flags=\"4\" name=\"y\" category=\"99\"/>\n"
                        "<ope " DAY "amount=\"-1\" account=\"1\"/>\n";
  g_autoptr (BudgetBookMerger) first = merge (self, entries);
  g_autoptr (BudgetBookMerger) second = NULL;
  GListModel *rules = budget_book_get_rules (self->book);
  g_autoptr (BudgetRule) rule = g_list_model_get_item (rules, 0);

  g_assert_cmpuint (g_list_model_get_n_items (rules), ==, 2);
  g_assert_cmpstr (budget_rule_get_pattern (rule), ==, "freebox");
  g_assert_nonnull (budget_rule_get_category (rule));
  g_assert_true (budget_rule_get_enabled (rule));
  g_assert_true (migrate_fixture_reports (first, "Assignments, which are rules here (2)"));
  g_assert_true (migrate_fixture_reports (first, "Not imported: assignments (3)"));

  second = merge (self, "<asg key=\"1\" flags=\"4\" name=\"FREEBOX\" category=\"2\"/>\n"
                        "<ope " DAY "amount=\"-2\" account=\"1\"/>\n");
  g_assert_cmpuint (budget_book_merger_get_n_new (second), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (rules), ==, 2);
}

static void
test_a_second_time_adds_nothing (MigrateFixture *self, gconstpointer data)
{
  const char *entries =
    "<ope " DAY "amount=\"-3\" account=\"1\" category=\"2\" wording=\"twice\"/>\n"
    "<ope " DAY "amount=\"-3\" account=\"1\" category=\"2\" wording=\"twice\"/>\n"
    "<ope " DAY "amount=\"-9\" account=\"3\" scat=\"1||2\" samt=\"-4||-5\" smem=\"||\"/>\n"
    "<ope " DAY "amount=\"-7\" account=\"1\" dst_account=\"2\" kxfer=\"1\" flags=\"8\"/>\n"
    "<ope " DAY "amount=\"7\" account=\"2\" dst_account=\"1\" kxfer=\"1\" flags=\"10\"/>\n";
  g_autoptr (BudgetBookMerger) first = merge (self, entries);
  g_autofree char *before = migrate_fixture_dup_expenses (self);
  g_autofree char *after = NULL;
  g_autoptr (BudgetBookMerger) second = merge (self, entries);

  g_assert_cmpuint (budget_book_merger_get_n_new (first), ==, 6);
  g_assert_cmpuint (budget_book_merger_get_n_new (second), ==, 0);
  g_assert_cmpuint (budget_book_merger_get_n_duplicates (second), ==, 6);
  g_assert_true (migrate_fixture_reports (second, "Accounts: 3 (0 new)"));
  g_assert_true (migrate_fixture_reports (second, "Categories: 4 (0 new)"));
  after = migrate_fixture_dup_expenses (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (orm_session_get_undo_label (budget_book_get_session (self->book)), ==,
                   "Migration from HomeBank");
}

static void
test_is_one_step_to_undo (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger =
    merge (self, "<ope " DAY "amount=\"-7\" account=\"1\" dst_account=\"2\" kxfer=\"1\"/>\n"
                 "<ope " DAY "amount=\"7\" account=\"2\" dst_account=\"1\" kxfer=\"1\"/>\n"
                 "<ope " DAY "amount=\"-1\" account=\"1\" tags=\"x\"/>\n");
  OrmSession *session = budget_book_get_session (self->book);
  g_autofree char *before = migrate_fixture_dup_expenses (self);
  g_autofree char *none = NULL, *accounts = NULL, *categories = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  budget_book_undo (self->book, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (orm_session_can_undo (session));
  none = migrate_fixture_dup_expenses (self);
  accounts = migrate_fixture_dup_accounts (self);
  categories = migrate_fixture_dup_categories (self);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (accounts, ==, "");
  g_assert_cmpstr (categories, ==, "");
  g_assert_cmpstr (budget_book_get_currency (self->book), ==, "USD");

  budget_book_redo (self->book, NULL, &error);
  g_assert_no_error (error);
  after = migrate_fixture_dup_expenses (self);
  g_assert_cmpstr (after, ==, before);
}

/* The book already has names of the other program. */
static void
test_merges_with_existing_rows (MigrateFixture *self, gconstpointer data)
{
  OrmSession *session = budget_book_get_session (self->book);
  g_autoptr (BudgetAccount) account = budget_account_new ();
  g_autoptr (BudgetCategory) food = budget_category_new ();
  g_autoptr (BudgetCategory) salary = budget_category_new ();
  g_autoptr (BudgetBookMerger) merger = NULL;
  g_autofree char *accounts = NULL, *categories = NULL;

  budget_account_set_name (account, "Current account");
  budget_account_set_number (account, "DE02");
  budget_account_set_opening_balance (account, 1);
  budget_category_set_name (food, "food: groceries");
  budget_category_set_name (salary, "SALARY");
  orm_session_add (session, account, NULL);
  orm_session_add (session, food, NULL);
  orm_session_add (session, salary, NULL);
  budget_book_commit (self->book, NULL, NULL);

  merger = merge (self, "<ope " DAY "amount=\"-7\" account=\"1\" category=\"2\"/>\n"
                        "<ope " DAY "amount=\"7\" account=\"1\" category=\"4\"/>\n");
  accounts = migrate_fixture_dup_accounts (self);
  categories = migrate_fixture_dup_categories (self);
  g_assert_cmpstr (accounts, ==,
                   "Card||card|-5000\nCurrent account|DE02|current|1\nPurse||cash|0\n");
  g_assert_cmpstr (categories, ==,
                   "Food|spending\nfood: groceries|spending\nSALARY|spending\n"
                   "Salary (income)|income\n");
}

static void
test_names_fit_the_book (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = merge (
    self,
    "<cat key=\"20\" name=\"A category whose name is as long as it may be\"/>\n"
    "<cat key=\"21\" parent=\"20\" flags=\"1\" name=\"Small\"/>\n"
    "<cat key=\"22\" name=\"Small\"/>\n"
    "<cat key=\"23\" name=\"A name that is so long that it cannot be kept as it is here\"/>\n"
    "<cat key=\"24\" name=\"A name that is so long that it cannot be kept as it is there\"/>\n"
    "<cat key=\"25\" parent=\"26\" flags=\"1\" name=\"Loop\"/>\n"
    "<cat key=\"26\" parent=\"25\" flags=\"1\" name=\"Pool\"/>\n"
    "<cat key=\"27\" parent=\"99\" flags=\"1\" name=\"Lost\"/>\n"
    "<cat key=\"28\" parent=\"28\" flags=\"1\" name=\"Self\"/>\n"
    "<cat key=\"29\" name=\"\"/>\n");
  g_autofree char *categories = migrate_fixture_dup_categories (self);

  g_assert_cmpstr (categories, ==,
                   "(no name)|spending\n"
                   "A category whose name is as long as it may be|spending\n"
                   "A name that is so long that it cannot be kept as…|spending\n"
                   "A name that is so long that it cannot be kept a… 2|spending\n"
                   "Food|spending\nFood: Groceries|spending\nLoop|spending\nLost|spending\n"
                   "Pool|spending\nSalary|income\nSelf|spending\nSmall|spending\n"
                   "Small 2|spending\n");
  g_assert_true (migrate_fixture_reports (
    merger, "Categories whose parent is missing or that contain themselves (4)"));
}

static void
test_names_what_cannot_be_used (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger =
    merge (self, "<ope date=\"0\" amount=\"-1\" account=\"1\"/>\n"
                 "<ope amount=\"-1\" account=\"1\"/>\n"
                 "<ope date=\"4294967295\" amount=\"-1\" account=\"1\"/>\n"
                 "<ope date=\"-5\" amount=\"-1\" account=\"1\"/>\n"
                 "<ope " DAY "amount=\"-1\" account=\"9\"/>\n"
                 "<ope " DAY "account=\"1\"/>\n"
                 "<ope " DAY "amount=\"1e+30\" account=\"1\"/>\n"
                 "<ope " DAY "amount=\"100000000\" account=\"1\"/>\n"
                 "<ope " DAY "amount=\"99999999999999999999999999\" account=\"1\"/>\n"
                 "<ope " DAY "amount=\"nan\" account=\"1\"/>\n"
                 "<ope " DAY "amount=\"1.005\" account=\"1\"/>\n"
                 "<ope " DAY "amount=\"-3\" account=\"1\" scat=\"1||2\" samt=\"-1||x\"/>\n"
                 "<ope " DAY "amount=\"-1\" account=\"1\" category=\"77\" payee=\"88\"/>\n"
                 "<ope " DAY "amount=\"-99999999.989999995\" account=\"1\"/>\n");
  g_autofree char *rejected = migrate_fixture_dup_rejected (merger);
  g_autofree char *expenses = migrate_fixture_dup_expenses (self);

  g_assert_cmpstr (rejected, ==,
                   "15 There is no such date\n"
                   "16 There is no such date\n"
                   "17 There is no such date\n"
                   "18 There is no such date\n"
                   "19 Its account is not in the file\n"
                   "20 The amount cannot be read\n"
                   "21 The amount cannot be read\n"
                   "22 The amount is too large\n"
                   "23 The amount is too large\n"
                   "24 The amount cannot be read\n"
                   "25 The amount has more decimals than the book’s currency\n"
                   "26 The amount cannot be read\n");
  g_assert_cmpstr (expenses, ==,
                   "2026-01-01 (no description)||Without category|Bank|100\n"
                   "2026-01-01 (no description)||Without category|Bank|9999999999\n");
  g_assert_true (
    migrate_fixture_reports (merger, "Expenses whose category is not in the file (1)"));
}

static void
test_refuses_what_is_no_whole_book (MigrateFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { HEAD, "The file is damaged or incomplete at line 14" },
    { HEAD "<ope " DAY "amo", "The file is damaged or incomplete at line 15" },
    { HEAD "<ope amount=\"&nowhere;\"/>" TAIL, "The file is damaged or incomplete at line 15" },
    { "<other><homebank/></other>", "The file is not a book of HomeBank" },
    { "<homebank", "The file is damaged or incomplete at line 1" },
    { "<!DOCTYPE homebank [<!ENTITY a \"a\">]>\n<homebank><ope wording=\"&a;\"/></homebank>",
      "The file contains unsupported XML: a document type declaration" },
    { "<!DOCTYPE homebank SYSTEM \"file:///etc/passwd\">\n<homebank/>",
      "The file contains unsupported XML: a document type declaration" },
    { "homebank", "The file is not a HomeBank or GnuCash book" },
    { "", "The file is not a HomeBank or GnuCash book" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = NULL;

      migrate_fixture_write (self, cases[i].text, -1);
      message = migrate_fixture_refuse (self);
      g_assert_cmpstr (message, ==, cases[i].message);
    }
}

/* An entity bomb: ten entities, each ten times the one before, would be a gigabyte. */
static void
test_refuses_entity_bombs (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("<?xml version=\"1.0\"?><!DOCTYPE homebank [");
  g_autofree char *message = NULL;

  g_string_append (text, "<!ENTITY l0 \"laughs\">");
  for (guint i = 1; i < 10; i++)
    {
      g_string_append_printf (text, "<!ENTITY l%u \"", i);
      for (guint j = 0; j < 10; j++)
        g_string_append_printf (text, "&l%u;", i - 1);
      g_string_append (text, "\">");
    }
  g_string_append (text, "]><homebank><pay key=\"1\" name=\"&l9;\"/>&l9;</homebank>");

  migrate_fixture_write (self, text->str, -1);
  message = migrate_fixture_refuse (self);
  g_assert_cmpstr (message, ==, "The file contains unsupported XML: a document type declaration");
}

/* Text in a comment or in quotes is no tag, but text that only seems to be in one is. */
static void
test_ignores_comments_and_quotes (MigrateFixture *self, gconstpointer data)
{
  static const char *const good[] = {
    "<!-- <!DOCTYPE x> it's <a b=\"c > --><homebank/>",
    "<?xml version=\"1.0\"?><!-- --><homebank><x y='![CDATA[>' z=\"'\"/></homebank>",
    "<homebank><![CDATA[ <!DOCTYPE x> ]] > ' ]]]></homebank>",
  };
  static const char *const bad[] = {
    "<!-- > <x y=' --><!DOCTYPE homebank><homebank/>",
    "<homebank><![CDATA[]]><!ENTITY a 'b'></homebank>",
    "<homebank><!x></homebank>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (BudgetForeignBook) foreign = NULL;

      migrate_fixture_write (self, good[i], -1);
      foreign = migrate_fixture_read (self);
      g_assert_nonnull (foreign);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *message = NULL;

      migrate_fixture_write (self, bad[i], -1);
      message = migrate_fixture_refuse (self);
      g_assert_cmpstr (message, ==,
                       "The file contains unsupported XML: a document type declaration");
    }
}

/* The parser compares each attribute of a tag with all others. */
static void
test_refuses_tags_without_end (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("<homebank><!-- > <x y=' --><a z=\"'>\"");
  g_autofree char *message = NULL;

  for (guint i = 0; i < 90000; i++)
    g_string_append_printf (text, " a%u=''", i);
  g_string_append (text, "/></homebank>");
  migrate_fixture_write (self, text->str, -1);
  message = migrate_fixture_refuse (self);
  g_assert_cmpstr (message, ==,
                   "The file contains unsupported XML: an element with too many attributes");
}

static void
test_limits_parts_and_tags (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("<ope " DAY "amount=\"-1001\" account=\"1\" scat=\"1\"");
  g_autoptr (BudgetBookMerger) merger = NULL;
  g_autofree char *rejected = NULL;

  g_string_append (text, " samt=\"-1");
  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "||-1");
  g_string_append (text, "\"/>\n<ope " DAY "amount=\"-1\" account=\"1\" tags=\"");
  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "t%u ", i);
  g_string_append (text, "\"/>\n");
  merger = merge (self, text->str);
  rejected = migrate_fixture_dup_rejected (merger);
  g_assert_cmpstr (rejected, ==, "15 It is split into too many parts\n");
  g_assert_true (migrate_fixture_reports (merger, "Tags: 100 (100 new)"));
}

static void
test_refuses_another_currency (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = merge (self, "<ope " DAY "amount=\"-1\" account=\"1\"/>");
  g_autoptr (BudgetForeignBook) foreign = NULL;
  g_autoptr (GError) error = NULL;

  budget_book_set_currency (self->book, "CHF", NULL);
  budget_book_commit (self->book, NULL, NULL);
  foreign = migrate_fixture_read (self);
  g_assert_null (budget_book_merger_new (self->book, foreign, "f", NULL, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==,
                   "The file uses EUR and the book uses CHF. Import it into a new book instead.");
}

/* The book's currency decides which of the file's currencies is imported. */
static void
test_takes_the_accounts_of_the_books_currency (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetForeignBook) foreign = NULL;
  g_autoptr (GError) error = NULL;

  migrate_fixture_write (self, HEAD "<ope " DAY "amount=\"-10\" account=\"4\"/>" TAIL, -1);
  foreign = budget_foreign_reader_read_file (self->path, "JPY", NULL, &error);
  g_assert_no_error (error);
  budget_book_set_currency (self->book, "JPY", NULL);
  budget_book_commit (self->book, NULL, NULL);
  {
    g_autoptr (BudgetBookMerger) merger =
      budget_book_merger_new (self->book, foreign, "f", NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (budget_book_merger_get_currency (merger), ==, "JPY");
    g_assert_cmpint (budget_book_merger_get_sum (merger), ==, 10);
  }
}

static void
test_can_be_cancelled (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BudgetForeignBook) foreign = NULL;
  g_autoptr (BudgetBookMerger) merger = NULL;
  g_autofree char *accounts = NULL;
  g_autoptr (GError) error = NULL;

  migrate_fixture_write (self, HEAD "<ope " DAY "amount=\"-1\" account=\"1\"/>" TAIL, -1);
  g_cancellable_cancel (cancellable);
  g_assert_null (budget_foreign_reader_read_file (self->path, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  foreign = migrate_fixture_read (self);
  merger = budget_book_merger_new (self->book, foreign, "f", NULL, NULL);
  g_assert_false (budget_book_merger_commit (merger, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  accounts = migrate_fixture_dup_accounts (self);
  g_assert_cmpstr (accounts, ==, "");
  g_assert_false (orm_session_get_dirty (budget_book_get_session (self->book)));
}

/* The file is truncated or changed at every position. */
static void
test_survives_damage (MigrateFixture *self, gconstpointer data)
{
  const char *text =
    HEAD "<ope " DAY "amount=\"-9\" account=\"3\" scat=\"1||2\" samt=\"-4||-5\"/>\n"
         "<ope " DAY "amount=\"-7\" account=\"1\" dst_account=\"2\" kxfer=\"1\"/>\n" TAIL;
  gsize length = strlen (text);
  GRand *rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *damaged = g_strdup (text);
      g_autoptr (BudgetForeignBook) foreign = NULL;
      g_autoptr (GError) error = NULL;
      guint n = i % 5;

      for (guint j = 0; j < n; j++)
        damaged[g_rand_int_range (rand, 0, (gint) length)] = (char) g_rand_int_range (rand, 1, 256);
      migrate_fixture_write (self, damaged,
                             n == 0 ? g_rand_int_range (rand, 0, (gint) length) : (gssize) length);
      foreign = budget_foreign_reader_read_file (self->path, NULL, NULL, &error);
      g_assert_true ((foreign != NULL) == (error == NULL));
      if (foreign != NULL && i % 20 == 1)
        {
          g_autoptr (BudgetBookMerger) merger = migrate_fixture_merge (self);

          g_assert_nonnull (merger);
          budget_book_undo (self->book, NULL, NULL);
        }
    }

  g_rand_free (rand);
}

/* HomeBank's own example, if it is installed. The figures are those of HomeBank 5.6.2. */
static void
test_homebanks_example (MigrateFixture *self, gconstpointer data)
{
  const char *samples = g_getenv ("BUDGET_SAMPLES");
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  g_autoptr (BudgetBookMerger) merger = NULL;

  if (samples != NULL)
    path = g_build_filename (samples, "xhb", "homebank-example.xhb", NULL);
  if (path == NULL || !g_file_get_contents (path, &contents, &length, NULL))
    {
      g_test_skip ("The example is not there");
      return;
    }

  migrate_fixture_write (self, contents, (gssize) length);
  merger = migrate_fixture_merge (self);
  g_assert_cmpuint (budget_book_merger_get_n_new (merger), ==, 200);
  /* 668.10 in euro, of which a reminder of -55.00 does not count. */
  g_assert_cmpint (budget_book_merger_get_sum (merger), ==, -72310);
  g_assert_cmpuint (
    budget_foreign_book_get_n_rejected (budget_book_merger_get_foreign_book (merger)), ==, 0);
  g_assert_true (migrate_fixture_reports (
    merger, "Transfers between your accounts, linked and not included in totals (13)"));
}

#define ADD(name, test)                                                                            \
  g_test_add ("/budget/homebank/" name, MigrateFixture, NULL, migrate_fixture_set_up, test,        \
              migrate_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("brings-accounts-and-categories", test_brings_accounts_and_categories);
  ADD ("payee-and-memo-become-description-and-note",
       test_payee_and_memo_become_description_and_note);
  ADD ("each-part-of-a-split-is-an-expense", test_each_part_of_a_split_is_an_expense);
  ADD ("halves-of-transfers-find-each-other", test_halves_of_transfers_find_each_other);
  ADD ("leaves-out-what-homebank-does-not-count", test_leaves_out_what_homebank_does_not_count);
  ADD ("assignments-are-rules", test_assignments_are_rules);
  ADD ("a-second-time-adds-nothing", test_a_second_time_adds_nothing);
  ADD ("is-one-step-to-undo", test_is_one_step_to_undo);
  ADD ("merges-with-existing-rows", test_merges_with_existing_rows);
  ADD ("names-fit-the-book", test_names_fit_the_book);
  ADD ("names-what-cannot-be-used", test_names_what_cannot_be_used);
  ADD ("refuses-what-is-no-whole-book", test_refuses_what_is_no_whole_book);
  ADD ("refuses-entity-bombs", test_refuses_entity_bombs);
  ADD ("ignores-comments-and-quotes", test_ignores_comments_and_quotes);
  ADD ("refuses-tags-without-end", test_refuses_tags_without_end);
  ADD ("limits-parts-and-tags", test_limits_parts_and_tags);
  ADD ("refuses-another-currency", test_refuses_another_currency);
  ADD ("takes-the-accounts-of-the-books-currency", test_takes_the_accounts_of_the_books_currency);
  ADD ("can-be-cancelled", test_can_be_cancelled);
  ADD ("survives-damage", test_survives_damage);
  ADD ("homebanks-example", test_homebanks_example);

  return g_test_run ();
}
