/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-gnucash-shares-private.h"

#define MAX_AMOUNTS 6

/* category|account|other|amount, with - for none */
static char *
list_shares (const gint64 *categories, guint n_categories, const gint64 *accounts, guint n_accounts)
{
  g_autoptr (GArray) shares =
    _budget_gnucash_share (categories, n_categories, accounts, n_accounts);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < shares->len; i++)
    {
      const BudgetGnucashShare *share = &g_array_index (shares, BudgetGnucashShare, i);
      const guint positions[] = { share->category, share->account, share->other };

      for (guint j = 0; j < G_N_ELEMENTS (positions); j++)
        if (positions[j] == G_MAXUINT)
          g_string_append (text, "-|");
        else
          g_string_append_printf (text, "%u|", positions[j]);
      g_string_append_printf (text, "%" G_GINT64_FORMAT " ", share->amount);
    }

  return g_string_free (text, FALSE);
}

#define assert_shares(categories, n_categories, accounts, n_accounts, expected)                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text = list_shares (categories, n_categories, accounts, n_accounts);          \
                                                                                                   \
    g_assert_cmpstr (text, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

static void
test_one_account_takes_every_category (void)
{
  assert_shares (((gint64[]){ 300, 200 }), 2, ((gint64[]){ 500 }), 1, "0|0|-|300 1|0|-|200 ");
}

static void
test_without_account (void)
{
  assert_shares (((gint64[]){ 300, -300 }), 2, NULL, 0, "0|-|-|300 1|-|-|-300 ");
}

static void
test_two_accounts_share_a_category (void)
{
  assert_shares (((gint64[]){ 500 }), 1, ((gint64[]){ 300, 200 }), 2, "0|0|-|300 0|1|-|200 ");
}

static void
test_accounts_alone_are_a_transfer (void)
{
  assert_shares (NULL, 0, ((gint64[]){ 500, -500 }), 2, "-|1|0|500 ");
}

/* A fee on a transfer: 105 leave, 100 arrive. */
static void
test_a_fee_comes_before_the_transfer (void)
{
  assert_shares (((gint64[]){ 5 }), 1, ((gint64[]){ 105, -100 }), 2, "0|0|-|5 -|1|0|100 ");
}

/* A salary of 1000 with a tax of 200, shared by two accounts. */
static void
test_categories_that_cancel_go_to_the_first_account (void)
{
  assert_shares (((gint64[]){ -1000, 200 }), 2, ((gint64[]){ -500, -300 }), 2,
                 "0|0|-|-500 0|1|-|-300 0|0|-|-200 1|0|-|200 ");
}

static void
test_a_category_of_zero_is_kept (void)
{
  assert_shares (((gint64[]){ 0, 5 }), 2, ((gint64[]){ 5 }), 1, "0|0|-|0 1|0|-|5 ");
}

static void
check_shares (const gint64 *categories,
              guint n_categories,
              const gint64 *accounts,
              guint n_accounts)
{
  g_autoptr (GArray) shares =
    _budget_gnucash_share (categories, n_categories, accounts, n_accounts);
  gint64 spent[MAX_AMOUNTS] = { 0 };
  gint64 left[MAX_AMOUNTS] = { 0 };

  for (guint i = 0; i < shares->len; i++)
    {
      const BudgetGnucashShare *share = &g_array_index (shares, BudgetGnucashShare, i);

      g_assert_cmpuint (share->account, <, n_accounts);
      if (share->category != G_MAXUINT)
        {
          g_assert_cmpuint (share->category, <, n_categories);
          spent[share->category] += share->amount;
          left[share->account] += share->amount;
        }
      else
        {
          g_assert_cmpuint (share->other, <, n_accounts);
          g_assert_cmpint (share->amount, >, 0);
          left[share->other] += share->amount;
          left[share->account] -= share->amount;
        }
    }

  g_assert_cmpuint (shares->len, <=, n_categories * n_accounts + n_accounts);
  for (guint i = 0; i < n_categories; i++)
    g_assert_cmpint (spent[i], ==, categories[i]);
  for (guint i = 0; i < n_accounts; i++)
    g_assert_cmpint (left[i], ==, accounts[i]);
}

static void
test_every_category_and_account_keeps_its_amount (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      gint64 categories[MAX_AMOUNTS];
      gint64 accounts[MAX_AMOUNTS];
      guint n_categories = (guint) g_test_rand_int_range (0, MAX_AMOUNTS + 1);
      guint n_accounts = (guint) g_test_rand_int_range (1, MAX_AMOUNTS + 1);
      gint64 rest = 0;

      for (guint j = 0; j < n_categories; j++)
        rest += categories[j] = g_test_rand_int_range (-20, 21);
      for (guint j = 1; j < n_accounts; j++)
        rest -= accounts[j] = g_test_rand_int_range (-20, 21);
      accounts[0] = rest;

      check_shares (categories, n_categories, accounts, n_accounts);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gnucash-shares/one-account-takes-every-category",
                   test_one_account_takes_every_category);
  g_test_add_func ("/gnucash-shares/without-account", test_without_account);
  g_test_add_func ("/gnucash-shares/two-accounts-share-a-category",
                   test_two_accounts_share_a_category);
  g_test_add_func ("/gnucash-shares/accounts-alone-are-a-transfer",
                   test_accounts_alone_are_a_transfer);
  g_test_add_func ("/gnucash-shares/a-fee-comes-before-the-transfer",
                   test_a_fee_comes_before_the_transfer);
  g_test_add_func ("/gnucash-shares/categories-that-cancel-go-to-the-first-account",
                   test_categories_that_cancel_go_to_the_first_account);
  g_test_add_func ("/gnucash-shares/a-category-of-zero-is-kept", test_a_category_of_zero_is_kept);
  g_test_add_func ("/gnucash-shares/every-category-and-account-keeps-its-amount",
                   test_every_category_and_account_keeps_its_amount);

  return g_test_run ();
}
