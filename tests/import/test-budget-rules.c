/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"
#include "budget-rule-change.h"
#include "budget-rule-order.h"
#include "budget-rule-set.h"
#include "budget-rules.h"

static BudgetRule *
make_rule (const char *pattern, BudgetRuleMatch match_kind, BudgetCategory *category)
{
  BudgetRule *rule = budget_rule_new ();

  g_assert_true (budget_rule_set_pattern (rule, pattern));
  g_assert_true (budget_rule_set_match_kind (rule, match_kind));
  g_assert_true (budget_rule_set_category (rule, category));
  return rule;
}

static BudgetRule *
add_rule (BookFixture *self,
          const char *pattern,
          BudgetRuleMatch match_kind,
          BudgetCategory *category)
{
  g_autoptr (BudgetRule) rule = make_rule (pattern, match_kind, category);
  g_autoptr (GError) error = NULL;

  budget_rule_order_add (self->book, rule, &error);
  g_assert_no_error (error);
  budget_book_commit (self->book, "Rule", &error);
  g_assert_no_error (error);
  return rule;
}

static BudgetRule *
learn (BookFixture *self, const char *description, BudgetCategory *category, BudgetUser *user)
{
  g_autoptr (GError) error = NULL;
  gboolean can_learn = budget_rules_can_learn (self->book, description, category, user);
  BudgetRule *rule = budget_rules_learn (self->book, description, category, user, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rule != NULL, ==, can_learn);
  return rule;
}

static void
commit (BookFixture *self, const char *label)
{
  g_autoptr (GError) error = NULL;

  budget_book_commit (self->book, label, &error);
  g_assert_no_error (error);
}

static void
undo (BookFixture *self)
{
  g_autoptr (GError) error = NULL;

  budget_book_undo (self->book, NULL, &error);
  g_assert_no_error (error);
}

/* Compares the patterns in order, with disabled rules in brackets. */
static void
assert_rules (BookFixture *self, const char *expected)
{
  GListModel *rules = budget_book_get_rules (self->book);
  g_autoptr (GString) patterns = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rules); i++)
    {
      g_autoptr (BudgetRule) rule = g_list_model_get_item (rules, i);
      gboolean is_on = budget_rule_get_enabled (rule);

      g_string_append_printf (patterns, is_on ? "%s%s" : "%s(%s)", i > 0 ? ", " : "",
                              budget_rule_get_pattern (rule));
    }

  g_assert_cmpstr (patterns->str, ==, expected);
}

static gboolean
matches (const char *pattern, BudgetRuleMatch match_kind, const char *description)
{
  g_autoptr (BudgetRule) rule = budget_rule_new ();
  g_autoptr (GListStore) rules = g_list_store_new (BUDGET_TYPE_RULE);
  g_autoptr (BudgetRuleSet) set = NULL;
  gboolean is_match;

  budget_rule_set_pattern (rule, pattern);
  budget_rule_set_match_kind (rule, match_kind);
  g_list_store_append (rules, rule);
  set = budget_rule_set_new (G_LIST_MODEL (rules));

  is_match = budget_rule_matches (rule, description);
  g_assert_true ((budget_rule_set_find (set, description) == rule) == is_match);
  return is_match;
}

static void
test_words_are_compared (void)
{
  g_assert_true (matches ("cafe nero", BUDGET_RULE_MATCH_CONTAINS, "CAFÉ-NERO 0223"));
  g_assert_true (matches ("Café Nero", BUDGET_RULE_MATCH_CONTAINS, "at the cafe nero today"));
  g_assert_false (matches ("cafe nero", BUDGET_RULE_MATCH_CONTAINS, "Cafe Neronian"));
  g_assert_false (matches ("cafe nero", BUDGET_RULE_MATCH_CONTAINS, "Nero cafe"));
  g_assert_true (matches ("nero", BUDGET_RULE_MATCH_CONTAINS, "nero nero"));
  g_assert_true (matches ("aa bb aa cc", BUDGET_RULE_MATCH_CONTAINS, "xx aa bb aa bb aa cc"));
  g_assert_true (matches ("H&M", BUDGET_RULE_MATCH_CONTAINS, "H & M Berlin"));
  g_assert_true (matches ("mcdonalds", BUDGET_RULE_MATCH_CONTAINS, "MCDONALD’S #112"));
  g_assert_false (matches ("nero", BUDGET_RULE_MATCH_CONTAINS, ""));
  g_assert_false (matches ("nero", BUDGET_RULE_MATCH_CONTAINS, NULL));
  g_assert_false (matches ("***", BUDGET_RULE_MATCH_CONTAINS, "*** nero"));
  g_assert_false (matches ("***", BUDGET_RULE_MATCH_EQUALS, "***"));
  g_assert_true (matches ("咖啡", BUDGET_RULE_MATCH_CONTAINS, "咖啡 12"));
}

static void
test_a_beginning_and_a_whole_are_compared (void)
{
  g_assert_true (matches ("green", BUDGET_RULE_MATCH_STARTS_WITH, "Green Grocer"));
  g_assert_false (matches ("green", BUDGET_RULE_MATCH_STARTS_WITH, "Greener"));
  g_assert_false (matches ("grocer", BUDGET_RULE_MATCH_STARTS_WITH, "Green Grocer"));
  g_assert_true (matches ("pos", BUDGET_RULE_MATCH_STARTS_WITH, "POS PURCHASE GREEN GROCER"));
  g_assert_true (matches ("green", BUDGET_RULE_MATCH_STARTS_WITH, "POS PURCHASE GREEN GROCER"));
  g_assert_true (matches ("Green Grocer", BUDGET_RULE_MATCH_EQUALS, "green grocer"));
  g_assert_false (matches ("Green Grocer", BUDGET_RULE_MATCH_EQUALS, "Green Grocer Leeds"));
  g_assert_true (
    matches ("Green Grocer", BUDGET_RULE_MATCH_EQUALS, "POS PURCHASE GREEN GROCER 12/05 0223"));
}

static void
test_the_first_that_is_on_counts (BookFixture *self, gconstpointer data)
{
  BudgetRule *first = add_rule (self, "grocer", BUDGET_RULE_MATCH_CONTAINS, self->food);
  BudgetRule *second = add_rule (self, "green", BUDGET_RULE_MATCH_STARTS_WITH, self->entertainment);
  g_autoptr (BudgetRuleSet) both = budget_rule_set_new (budget_book_get_rules (self->book));
  g_autoptr (BudgetRuleSet) one = NULL;

  g_assert_true (budget_rule_set_find (both, "Green Grocer") == first);
  g_assert_true (budget_rule_set_find (both, "Green Market") == second);
  g_assert_null (budget_rule_set_find (both, "Red Market"));
  g_assert_true (budget_rule_set_find_for_either (both, "Green Market", "GROCER 0223") == first);
  g_assert_true (budget_rule_set_find_for_either (both, "Something", "GREEN 0223") == second);
  g_assert_null (budget_rule_set_find_for_either (both, NULL, NULL));

  budget_rule_set_enabled (first, FALSE);
  one = budget_rule_set_new (budget_book_get_rules (self->book));
  g_assert_true (budget_rule_set_find (one, "Green Grocer") == second);
  commit (self, "Off");
}

/* A set and its single rules give the same answers. */
static void
test_a_set_is_its_rules (void)
{
  static const char *const words[] = { "green", "Grocer", "café", "bar", "0223", "DE", "of" };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (GListStore) rules = g_list_store_new (BUDGET_TYPE_RULE);
  g_autoptr (BudgetRuleSet) set = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (BudgetRule) rule = budget_rule_new ();
      g_autofree char *pattern =
        g_strdup_printf ("%s %s", words[g_rand_int_range (random, 0, 7)],
                         i % 3 == 0 ? "" : words[g_rand_int_range (random, 0, 7)]);

      budget_rule_set_pattern (rule, g_strstrip (pattern));
      budget_rule_set_match_kind (rule, (BudgetRuleMatch) g_rand_int_range (random, 0, 3));
      budget_rule_set_enabled (rule, g_rand_int_range (random, 0, 4) > 0);
      g_list_store_append (rules, rule);
    }
  set = budget_rule_set_new (G_LIST_MODEL (rules));

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *description = g_strdup_printf (
        "%s %s %s", words[g_rand_int_range (random, 0, 7)], words[g_rand_int_range (random, 0, 7)],
        words[g_rand_int_range (random, 0, 7)]);
      BudgetRule *expected = NULL;

      for (guint k = 0; k < 40 && expected == NULL; k++)
        {
          g_autoptr (BudgetRule) rule = g_list_model_get_item (G_LIST_MODEL (rules), k);

          if (budget_rule_get_enabled (rule) && budget_rule_matches (rule, description))
            expected = rule;
        }

      g_assert_true (budget_rule_set_find (set, description) == expected);
    }
}

static void
test_a_rule_is_learned (BookFixture *self, gconstpointer data)
{
  BudgetRule *rule =
    learn (self, "POS PURCHASE CAFÉ NERO 0223 12/05", self->entertainment, self->bob);

  g_assert_cmpstr (budget_rule_get_pattern (rule), ==, "Café Nero");
  g_assert_cmpint (budget_rule_get_match_kind (rule), ==, BUDGET_RULE_MATCH_EQUALS);
  g_assert_true (budget_rule_get_learned (rule));
  g_assert_true (budget_rule_get_category (rule) == self->entertainment);
  g_assert_true (budget_rule_get_user (rule) == self->bob);
  g_assert_true (budget_rule_matches (rule, "cafe nero"));
  commit (self, "Edit");
  assert_rules (self, "Café Nero");

  /* The rule already exists. */
  g_assert_null (learn (self, "Café Nero", self->entertainment, NULL));
}

static void
test_one_undo_takes_both_back (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) expense = book_fixture_get (self, BOOK_FIXTURE_CONCERT);

  orm_session_begin_group (self->session, NULL);
  budget_expense_set_category (expense, self->food);
  learn (self, "Concert", self->food, NULL);
  learn (self, "Opera", self->food, NULL);
  learn (self, "Concert", self->entertainment, NULL);
  orm_session_end_group (self->session);
  commit (self, "Edit");
  assert_rules (self, "Concert, Opera");

  undo (self);
  assert_rules (self, "");
  g_assert_true (budget_expense_get_category (expense) == self->entertainment);
}

static void
test_a_generic_text_teaches_nothing (BookFixture *self, gconstpointer data)
{
  g_assert_null (learn (self, "ATM WITHDRAWAL 12/05", self->food, NULL));
  g_assert_null (learn (self, "Kartenzahlung", self->food, NULL));
  g_assert_null (learn (self, "4711", self->food, NULL));
  g_assert_null (learn (self, "", self->food, NULL));
  g_assert_null (learn (self, NULL, self->food, NULL));
  assert_rules (self, "");
}

static void
test_the_latest_contradiction_counts (BookFixture *self, gconstpointer data)
{
  BudgetRule *rule = learn (self, "Green Grocer", self->food, self->alice);

  commit (self, "Edit");
  budget_rule_set_enabled (rule, FALSE);
  commit (self, "Off");

  g_assert_true (learn (self, "GREEN GROCER 0223", self->entertainment, NULL) == rule);
  g_assert_true (budget_rule_get_category (rule) == self->entertainment);
  g_assert_true (budget_rule_get_user (rule) == self->alice);
  g_assert_true (budget_rule_get_enabled (rule));
  commit (self, "Edit");
  assert_rules (self, "Green Grocer");
}

static void
test_a_hand_made_rule_stays (BookFixture *self, gconstpointer data)
{
  BudgetRule *rule = add_rule (self, "green", BUDGET_RULE_MATCH_CONTAINS, self->food);

  g_assert_null (learn (self, "Green Grocer", self->entertainment, NULL));
  g_assert_true (budget_rule_get_category (rule) == self->food);

  /* A disabled rule has no effect. */
  budget_rule_set_enabled (rule, FALSE);
  commit (self, "Off");
  g_assert_nonnull (learn (self, "Green Grocer", self->entertainment, NULL));
  commit (self, "Edit");
  assert_rules (self, "(green), Green Grocer");
}

static void
test_a_new_rule_can_be_reached (BookFixture *self, gconstpointer data)
{
  BudgetRule *wide = add_rule (self, "green", BUDGET_RULE_MATCH_CONTAINS, self->food);

  budget_rule_set_learned (wide, TRUE);
  add_rule (self, "other", BUDGET_RULE_MATCH_CONTAINS, self->food);
  g_assert_nonnull (learn (self, "Green Grocer", self->entertainment, NULL));
  commit (self, "Edit");
  assert_rules (self, "Green Grocer, green, other");
}

static void
move (BookFixture *self, BudgetRule *rule, guint place)
{
  g_autoptr (GError) error = NULL;

  budget_rule_order_move (self->book, rule, place, &error);
  g_assert_no_error (error);
  commit (self, "Move");
}

static void
test_rules_are_moved (BookFixture *self, gconstpointer data)
{
  BudgetRule *a = add_rule (self, "a1", BUDGET_RULE_MATCH_CONTAINS, self->food);
  BudgetRule *b = add_rule (self, "b1", BUDGET_RULE_MATCH_CONTAINS, self->food);
  BudgetRule *c = add_rule (self, "c1", BUDGET_RULE_MATCH_CONTAINS, self->food);

  assert_rules (self, "a1, b1, c1");
  move (self, c, 0);
  assert_rules (self, "c1, a1, b1");
  undo (self);
  assert_rules (self, "a1, b1, c1");
  move (self, a, 1);
  assert_rules (self, "b1, a1, c1");
  move (self, b, 99);
  assert_rules (self, "a1, c1, b1");

  /* Until there is no position left between the first and the last. */
  for (guint i = 0; i < 15; i++)
    {
      move (self, c, 1);
      assert_rules (self, "a1, c1, b1");
      move (self, b, 1);
      assert_rules (self, "a1, b1, c1");
    }
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static GListModel *
preview (BookFixture *self, BudgetFilter *filter, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  budget_rules_preview_async (self->book, filter, cancellable, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return budget_rules_preview_finish (self->book, result, error);
}

static void
test_a_preview_changes_nothing (BookFixture *self, gconstpointer data)
{
  g_autoptr (GListModel) changes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetRuleChange) change = NULL;

  add_rule (self, "lunch", BUDGET_RULE_MATCH_EQUALS, self->entertainment);
  add_rule (self, "concert", BUDGET_RULE_MATCH_EQUALS, self->entertainment);

  changes = preview (self, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (changes), ==, 2);
  g_assert_cmpuint (budget_rules_count_included (changes), ==, 2);

  change = g_list_model_get_item (changes, 0);
  g_assert_cmpstr (budget_expense_get_description (budget_rule_change_get_expense (change)), ==,
                   "Lunch");
  g_assert_true (budget_rule_change_get_category (change) == self->entertainment);
  g_assert_null (budget_rule_change_get_user (change));
  g_assert_true (budget_expense_get_category (budget_rule_change_get_expense (change)) ==
                 self->food);
  g_assert_false (orm_session_get_dirty (self->session));
}

static void
test_a_preview_can_be_cancelled (BookFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_rule (self, "lunch", BUDGET_RULE_MATCH_EQUALS, self->entertainment);
  g_cancellable_cancel (cancellable);
  g_assert_null (preview (self, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_applying_is_one_step (BookFixture *self, gconstpointer data)
{
  g_autoptr (GListModel) changes = NULL;
  g_autoptr (GListModel) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetRuleChange) first = NULL;
  g_autoptr (BudgetExpense) lunch = book_fixture_get (self, BOOK_FIXTURE_ALICES_LUNCH);
  g_autofree char *label = NULL;
  BudgetRule *rule = add_rule (self, "lunch", BUDGET_RULE_MATCH_EQUALS, self->entertainment);
  int n_notified = 0;

  budget_rule_set_user (rule, self->bob);
  add_rule (self, "gas", BUDGET_RULE_MATCH_EQUALS, self->food);

  changes = preview (self, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (changes), ==, 3);
  first = g_list_model_get_item (changes, 0);
  g_signal_connect_swapped (first, "notify::include", G_CALLBACK (on_notify_count), &n_notified);
  budget_rule_change_set_include (first, FALSE);
  budget_rule_change_set_include (first, FALSE);
  g_assert_cmpint (n_notified, ==, 1);

  budget_rules_apply (self->book, changes, &error);
  g_assert_no_error (error);
  g_assert_true (budget_expense_get_category (lunch) == self->entertainment);
  g_assert_true (budget_expense_get_user (lunch) == self->bob);
  g_assert_true (budget_expense_get_category (budget_rule_change_get_expense (first)) ==
                 self->food);

  rest = preview (self, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (rest), ==, 1);

  budget_book_undo (self->book, &label, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "Rules for 2 expenses");
  g_assert_true (budget_expense_get_category (lunch) == self->food);
  g_assert_true (budget_expense_get_user (lunch) == self->alice);
}

static void
test_a_filter_bounds_the_preview (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autoptr (GListModel) changes = NULL;
  g_autoptr (GError) error = NULL;

  add_rule (self, "lunch", BUDGET_RULE_MATCH_EQUALS, self->entertainment);
  budget_filter_set_user (filter, self->bob);

  changes = preview (self, filter, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (changes), ==, 1);
}

static void
test_transfers_stay (BookFixture *self, gconstpointer data)
{
  g_autoptr (BudgetExpense) lunch = book_fixture_get (self, BOOK_FIXTURE_ALICES_LUNCH);
  g_autoptr (BudgetExpense) gas = book_fixture_get (self, BOOK_FIXTURE_GAS);
  g_autoptr (GListModel) changes = NULL;
  g_autoptr (GError) error = NULL;

  add_rule (self, "gas", BUDGET_RULE_MATCH_EQUALS, self->food);
  add_rule (self, "concert", BUDGET_RULE_MATCH_EQUALS, self->food);
  budget_category_set_kind (self->entertainment, BUDGET_CATEGORY_TRANSFER);
  budget_expense_set_counterpart (gas, lunch);
  commit (self, "Link");

  changes = preview (self, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (changes), ==, 0);
}

static void
test_what_was_deleted_is_left_out (BookFixture *self, gconstpointer data)
{
  g_autoptr (GListModel) changes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetRuleChange) first = NULL;

  add_rule (self, "lunch", BUDGET_RULE_MATCH_EQUALS, self->entertainment);
  changes = preview (self, NULL, NULL, &error);
  g_assert_no_error (error);

  first = g_list_model_get_item (changes, 0);
  orm_session_delete (self->session, budget_rule_change_get_expense (first), &error);
  g_assert_no_error (error);
  commit (self, "Delete");

  budget_rules_apply (self->book, changes, &error);
  g_assert_no_error (error);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/rules/" name, BookFixture, NULL, book_fixture_set_up, func, book_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rules/words-are-compared", test_words_are_compared);
  g_test_add_func ("/rules/a-beginning-and-a-whole-are-compared",
                   test_a_beginning_and_a_whole_are_compared);
  g_test_add_func ("/rules/a-set-is-its-rules", test_a_set_is_its_rules);
  ADD ("the-first-that-is-on-counts", test_the_first_that_is_on_counts);
  ADD ("a-rule-is-learned", test_a_rule_is_learned);
  ADD ("one-undo-takes-both-back", test_one_undo_takes_both_back);
  ADD ("a-generic-text-teaches-nothing", test_a_generic_text_teaches_nothing);
  ADD ("the-latest-contradiction-counts", test_the_latest_contradiction_counts);
  ADD ("a-hand-made-rule-stays", test_a_hand_made_rule_stays);
  ADD ("a-new-rule-can-be-reached", test_a_new_rule_can_be_reached);
  ADD ("rules-are-moved", test_rules_are_moved);
  ADD ("a-preview-changes-nothing", test_a_preview_changes_nothing);
  ADD ("a-preview-can-be-cancelled", test_a_preview_can_be_cancelled);
  ADD ("applying-is-one-step", test_applying_is_one_step);
  ADD ("a-filter-bounds-the-preview", test_a_filter_bounds_the_preview);
  ADD ("transfers-stay", test_transfers_stay);
  ADD ("what-was-deleted-is-left-out", test_what_was_deleted_is_left_out);

  return g_test_run ();
}
