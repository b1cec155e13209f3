/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-gnucash-shares-private.h"

/*
 * A transaction of GnuCash may have several accounts and several categories; an
 * expense has one of each. This splits a transaction into shares so that each
 * category and each account keeps its exact amount.
 *
 * Spent money is matched with what left an account, received money with what
 * came in. If categories remain, they cancel one another (such as a salary's
 * tax) and go to the first account; if accounts remain, money moved between
 * them.
 */

static void
add (GArray *shares, guint category, guint account, guint other, gint64 amount)
{
  BudgetGnucashShare share = { category, account, other, amount };

  g_array_append_val (shares, share);
}

/* The amount that @a and @b have in common: 0 if their signs differ. */
static gint64
get_common (gint64 a, gint64 b)
{
  if (a > 0 && b > 0)
    return MIN (a, b);
  if (a < 0 && b < 0)
    return MAX (a, b);

  return 0;
}

static void
share_categories (GArray *shares, gint64 *spent, guint n_spent, gint64 *left, guint n_left)
{
  /* For each sign, match the first category and account that have some left. */
  for (int sign = -1; sign <= 1; sign += 2)
    for (guint i = 0, j = 0; i < n_spent && j < n_left;)
      {
        gint64 amount;

        if (spent[i] * sign <= 0)
          {
            i++;
            continue;
          }
        if (left[j] * sign <= 0)
          {
            j++;
            continue;
          }

        amount = get_common (spent[i], left[j]);
        add (shares, i, j, G_MAXUINT, amount);
        spent[i] -= amount;
        left[j] -= amount;
      }
}

static void
share_transfers (GArray *shares, gint64 *left, guint n_left)
{
  for (guint from = 0, to = 0; from < n_left && to < n_left;)
    {
      gint64 amount;

      if (left[from] <= 0)
        {
          from++;
          continue;
        }
      if (left[to] >= 0)
        {
          to++;
          continue;
        }

      amount = MIN (left[from], -left[to]);
      add (shares, G_MAXUINT, to, from, amount);
      left[from] -= amount;
      left[to] += amount;
    }
}

/*
 * _budget_gnucash_share:
 * @categories: what was spent on each category
 * @n_categories: how many
 * @accounts: what left each account; their sum is that of @categories
 * @n_accounts: how many
 *
 * Returns: (transfer full) (element-type BudgetGnucashShare): the shares
 */
GArray *
_budget_gnucash_share (const gint64 *categories,
                       guint n_categories,
                       const gint64 *accounts,
                       guint n_accounts)
{
  GArray *shares = g_array_new (FALSE, FALSE, sizeof (BudgetGnucashShare));
  g_autofree gint64 *spent = g_memdup2 (categories, n_categories * sizeof *categories);
  g_autofree gint64 *left = g_memdup2 (accounts, n_accounts * sizeof *accounts);
  guint first = n_accounts > 0 ? 0 : G_MAXUINT;

  /* A single account takes all categories. */
  if (n_accounts > 1)
    share_categories (shares, spent, n_categories, left, n_accounts);
  for (guint i = 0; i < n_categories; i++)
    if (spent[i] != 0 || categories[i] == 0)
      add (shares, i, first, G_MAXUINT, spent[i]);
  if (n_accounts > 1)
    share_transfers (shares, left, n_accounts);

  return shares;
}
