/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-import-history.h"
#include "budget-import.h"
#include "budget-rule.h"
#include "migrate-fixture.h"

#include <string.h>

/* Merging another program's book. */

#define BOOK                                                                                       \
  "<homebank><properties title=\"Home\" curr=\"1\"/><cur key=\"1\" iso=\"EUR\"/>"                  \
  "<account key=\"1\" curr=\"1\" name=\"Bank\"/><account key=\"2\" curr=\"1\" name=\"Card\"/>"     \
  "<cat key=\"1\" name=\"Food\"/>"                                                                 \
  "<ope date=\"739617\" amount=\"-3\" account=\"1\" category=\"1\" tags=\"x\" wording=\"soup\"/>"  \
  "<ope date=\"739617\" amount=\"-7\" account=\"1\" dst_account=\"2\" kxfer=\"1\"/>"               \
  "<ope date=\"739617\" amount=\"7\" account=\"2\" dst_account=\"1\" kxfer=\"1\"/></homebank>"

static guint
count_imports (MigrateFixture *self, BudgetImport **latest)
{
  g_autoptr (GListModel) imports = budget_import_history_open (self->book, NULL);

  *latest = g_list_model_get_item (imports, 0);
  return g_list_model_get_n_items (imports);
}

static void
test_is_an_import_like_any_other (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) first = NULL;
  g_autoptr (BudgetBookMerger) again = NULL;
  g_autoptr (BudgetImport) import = NULL;
  g_autoptr (BudgetImport) same = NULL;
  g_autofree char *before = NULL, *none = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  guint n_added, n_matched;

  migrate_fixture_write (self, BOOK, -1);
  first = migrate_fixture_merge (self);
  before = migrate_fixture_dup_expenses (self);
  g_assert_cmpuint (count_imports (self, &import), ==, 1);
  g_assert_cmpstr (budget_import_get_name (import), ==, "their book");
  g_assert_cmpstr (budget_import_get_format (import), ==, "HomeBank");
  g_assert_true (budget_import_history_count (import, &n_added, &n_matched));
  g_assert_cmpuint (n_added, ==, 3);

  /* A merge that adds nothing creates no import. */
  again = migrate_fixture_merge (self);
  g_assert_cmpuint (count_imports (self, &same), ==, 1);
  g_clear_object (&again);

  budget_import_history_undo (self->book, import, &error);
  g_assert_no_error (error);
  none = migrate_fixture_dup_expenses (self);
  g_assert_cmpstr (none, ==, "");

  again = migrate_fixture_merge (self);
  after = migrate_fixture_dup_expenses (self);
  g_assert_cmpstr (after, ==, before);
}

static void
test_brings_only_what_is_new (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (BOOK);
  g_autoptr (BudgetBookMerger) first = NULL;
  g_autoptr (BudgetBookMerger) second = NULL;
  g_autofree char *expenses = NULL;

  migrate_fixture_write (self, BOOK, -1);
  first = migrate_fixture_merge (self);
  g_string_replace (text, "</homebank>",
                    "<cat key=\"2\" name=\"Rent\"/><ope date=\"739618\" amount=\"-9\" "
                    "account=\"2\" category=\"2\"/></homebank>",
                    1);
  migrate_fixture_write (self, text->str, -1);
  second = migrate_fixture_merge (self);
  g_assert_cmpuint (budget_book_merger_get_n_new (second), ==, 1);
  g_assert_cmpint (budget_book_merger_get_sum (second), ==, 900);
  expenses = migrate_fixture_dup_expenses (self);
  g_assert_true (g_str_has_suffix (expenses, "2026-01-02 (no description)||Rent|Card|900\n"));
}

static void
test_needs_a_person (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBook) nobody = budget_book_new_in_memory (NULL);
  g_autoptr (BudgetForeignBook) foreign = NULL;
  g_autoptr (GError) error = NULL;

  migrate_fixture_write (self, BOOK, -1);
  foreign = migrate_fixture_read (self);
  g_assert_null (budget_book_merger_new (nobody, foreign, "f", NULL, &error));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_FOUND);
}

/* An empty book takes the file's currency immediately. */
static void
test_gives_a_book_its_currency (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetUser) user = budget_user_new ();
  g_autoptr (BudgetBookMerger) first = NULL;
  g_autoptr (BudgetBookMerger) second = NULL;
  g_autoptr (GError) error = NULL;

  g_object_unref (self->book);
  self->book = budget_book_new_in_memory (&error);
  g_assert_no_error (error);
  budget_user_set_name (user, "Alice");
  budget_user_set_email (user, "alice@example.com");
  orm_session_add (budget_book_get_session (self->book), user, &error);
  g_assert_no_error (error);
  budget_book_commit (self->book, NULL, &error);
  g_assert_no_error (error);

  migrate_fixture_write (self,
                         "<homebank><properties curr=\"1\"/><cur key=\"1\" iso=\"JPY\"/>"
                         "<account key=\"1\" curr=\"1\" name=\"Bank\"/>"
                         "<ope date=\"739617\" amount=\"-120\" account=\"1\"/></homebank>",
                         -1);
  first = migrate_fixture_merge (self);
  g_assert_cmpstr (budget_book_get_currency (self->book), ==, "JPY");
  second = migrate_fixture_merge (self);
  g_assert_cmpuint (budget_book_merger_get_n_duplicates (second), ==, 1);
}

/*
 * Two accounts with the same name, one of which has a number, stay separate
 * when the file is merged again.
 */
static void
test_tells_accounts_of_one_name_apart (MigrateFixture *self, gconstpointer data)
{
  const char *more = "<ope date=\"739618\" amount=\"-9\" account=\"2\"/></homebank>";
  g_autoptr (GString) text =
    g_string_new ("<homebank><properties curr=\"1\"/><cur key=\"1\" iso=\"EUR\"/>"
                  "<account key=\"1\" curr=\"1\" name=\"Bank\" number=\"1\"/>"
                  "<account key=\"2\" curr=\"1\" name=\"Bank\"/>"
                  "<ope date=\"739617\" amount=\"-3\" account=\"1\"/>"
                  "<ope date=\"739617\" amount=\"-7\" account=\"2\"/></homebank>");
  g_autoptr (BudgetBookMerger) first = NULL;
  g_autoptr (BudgetBookMerger) second = NULL;
  g_autofree char *expenses = NULL;

  migrate_fixture_write (self, text->str, -1);
  first = migrate_fixture_merge (self);
  g_string_replace (text, "</homebank>", more, 1);
  migrate_fixture_write (self, text->str, -1);
  second = migrate_fixture_merge (self);
  expenses = migrate_fixture_dup_expenses (self);
  g_assert_cmpstr (expenses, ==,
                   "2026-01-01 (no description)||Without category|Bank|300\n"
                   "2026-01-01 (no description)||Without category|Bank 2|700\n"
                   "2026-01-02 (no description)||Without category|Bank 2|900\n");
}

/* Equal patterns make one rule, whatever their case. */
static void
test_makes_one_rule_of_a_text (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = NULL;
  g_autoptr (BudgetRule) rule = NULL;

  migrate_fixture_write (self,
                         "<homebank><properties curr=\"1\"/><cur key=\"1\" iso=\"EUR\"/>"
                         "<account key=\"1\" curr=\"1\" name=\"Bank\"/>"
                         "<cat key=\"1\" name=\"Food\"/><cat key=\"2\" name=\"Rent\"/>"
                         "<asg key=\"1\" flags=\"4\" name=\"pears\" category=\"1\"/>"
                         "<asg key=\"2\" flags=\"4\" name=\"PEARS\" category=\"2\"/>"
                         "<ope date=\"739617\" amount=\"-1\" account=\"1\"/></homebank>",
                         -1);
  merger = migrate_fixture_merge (self);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_rules (self->book)), ==, 1);
  rule = g_list_model_get_item (budget_book_get_rules (self->book), 0);
  g_assert_cmpstr (budget_rule_get_pattern (rule), ==, "pears");
}

#define GNUCASH(contents)                                                                          \
  "<gnc-v2><gnc:book><gnc:account><act:name>Root</act:name><act:id>R</act:id>"                     \
  "<act:type>ROOT</act:type></gnc:account>" ACCOUNT ("BANK", "Bank") ACCOUNT ("EXPENSE", "Food")   \
    ACCOUNT ("EQUITY", "Opening") contents "</gnc:book></gnc-v2>"
#define ACCOUNT(type, name)                                                                        \
  "<gnc:account><act:name>" name "</act:name><act:id>" name "</act:id><act:type>" type             \
  "</act:type><act:commodity><cmdty:space>CURRENCY</cmdty:space><cmdty:id>EUR</cmdty:id>"          \
  "</act:commodity><act:parent>R</act:parent></gnc:account>"
#define TRANSACTION(splits)                                                                        \
  "<gnc:transaction><trn:currency><cmdty:space>CURRENCY</cmdty:space><cmdty:id>EUR</cmdty:id>"     \
  "</trn:currency><trn:date-posted><ts:date>2026-01-01</ts:date></trn:date-posted>"                \
  "<trn:description>D</trn:description><trn:splits>" splits "</trn:splits></gnc:transaction>"
#define SPLIT(guid, account, amount)                                                               \
  "<trn:split><split:id>" guid "</split:id><split:value>" amount                                   \
  "</split:value><split:quantity>" amount "</split:quantity><split:account>" account               \
  "</split:account></trn:split>"

/* A name with an appended number may collide with another name. */
static void
test_keeps_keys_unique (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) first = NULL;
  g_autoptr (BudgetBookMerger) second = NULL;

  migrate_fixture_write (
    self,
    GNUCASH (TRANSACTION (SPLIT ("a", "Food", "1/1") SPLIT ("b", "Bank", "-1/1"))
               TRANSACTION (SPLIT ("a", "Food", "2/1") SPLIT ("b", "Bank", "-2/1"))
                 TRANSACTION (SPLIT ("a:2", "Food", "3/1") SPLIT ("b", "Bank", "-3/1"))),
    -1);
  first = migrate_fixture_merge (self);
  g_assert_cmpuint (budget_book_merger_get_n_new (first), ==, 3);
  second = migrate_fixture_merge (self);
  g_assert_cmpuint (budget_book_merger_get_n_duplicates (second), ==, 3);
}

/* Each part may be within the limits, but their sum may not. */
static void
test_refuses_too_large_an_opening_balance (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = NULL;
  g_autofree char *accounts = NULL;
  g_autofree char *rejected = NULL;

  migrate_fixture_write (
    self,
    GNUCASH (
      TRANSACTION (SPLIT ("a", "Bank", "60000000/1") SPLIT ("b", "Bank", "60000000/1")
                     SPLIT ("c", "Opening", "-60000000/1") SPLIT ("d", "Opening", "-60000000/1"))
        TRANSACTION (SPLIT ("e", "Bank", "5/1") SPLIT ("f", "Opening", "-5/1"))),
    -1);
  merger = migrate_fixture_merge (self);
  accounts = migrate_fixture_dup_accounts (self);
  rejected = migrate_fixture_dup_rejected (merger);
  g_assert_cmpstr (accounts, ==, "Bank||current|500\n");
  g_assert_cmpstr (rejected, ==, "1 2026-01-01 D: The amount is too large\n");
}

#define ADD(name, test)                                                                            \
  g_test_add ("/budget/book-merger/" name, MigrateFixture, NULL, migrate_fixture_set_up, test,     \
              migrate_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("is-an-import-like-any-other", test_is_an_import_like_any_other);
  ADD ("brings-only-what-is-new", test_brings_only_what_is_new);
  ADD ("needs-a-person", test_needs_a_person);
  ADD ("gives-a-book-its-currency", test_gives_a_book_its_currency);
  ADD ("tells-accounts-of-one-name-apart", test_tells_accounts_of_one_name_apart);
  ADD ("makes-one-rule-of-a-text", test_makes_one_rule_of_a_text);
  ADD ("keeps-keys-unique", test_keeps_keys_unique);
  ADD ("refuses-too-large-an-opening-balance", test_refuses_too_large_an_opening_balance);

  return g_test_run ();
}
