/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-csv-words.h"
#include "budget-currency.h"
#include "budget-error.h"
#include "budget-number.h"

#include <glib/gi18n.h>
#include <string.h>

/* Detects the layout of a table: first the delimiter, then the heading, then the columns. */

#define GOOD_NAME 500
#define MAX_PREAMBLE 100
#define MAX_SIGN_ROWS 2000
#define SAMPLE_ROWS 200
#define SPECIAL_BONUS 150

/* The columns of amounts are proven by the balance, named by their titles, or guessed. */

static BudgetCsvRole
get_role (BudgetCsvFinder *finder, guint column)
{
  return budget_csv_layout_get_role (finder->layout, column);
}

static gboolean
may_be_money (BudgetCsvFinder *finder, guint i)
{
  return get_role (finder, i) == BUDGET_CSV_ROLE_IGNORED &&
         _budget_csv_column_is_numeric (&finder->columns.counts[i]) &&
         finder->scores[i][BUDGET_CSV_ROLE_IGNORED] < GOOD_NAME;
}

static gboolean
fill_alternately (BudgetCsvFinder *finder, guint a, guint b)
{
  guint n_both = 0;
  guint n_one = 0;

  for (guint i = finder->columns.first_row; i < budget_csv_table_get_n_rows (finder->columns.table);
       i++)
    {
      gint64 in_a = 0;
      gint64 in_b = 0;

      budget_number_read_thousandths (budget_csv_table_get_cell (finder->columns.table, i, a), '.',
                                      &in_a);
      budget_number_read_thousandths (budget_csv_table_get_cell (finder->columns.table, i, b), '.',
                                      &in_b);
      n_both += in_a != 0 && in_b != 0;
      n_one += (in_a != 0) != (in_b != 0);
    }

  return n_one > 0 && n_both * 20 < n_one;
}

static void
take_pair (BudgetCsvFinder *finder, guint a, guint b)
{
  /* Households spend more often than they earn. */
  gboolean a_is_debit = finder->columns.counts[a].n_filled - finder->columns.counts[a].n_zero >=
                        finder->columns.counts[b].n_filled - finder->columns.counts[b].n_zero;

  _budget_csv_layout_take_role (finder->layout, a_is_debit ? a : b, BUDGET_CSV_ROLE_DEBIT);
  _budget_csv_layout_take_role (finder->layout, a_is_debit ? b : a, BUDGET_CSV_ROLE_CREDIT);
  _budget_csv_layout_add_ambiguity (
    finder->layout, _ ("Two columns hold amounts; the one with more entries is read as spending"));
}

/* Looks for two adjacent columns without a minus of which each row fills one. */
static gboolean
find_pair (BudgetCsvFinder *finder)
{
  for (guint i = 0; i + 1 < budget_csv_table_get_n_columns (finder->columns.table); i++)
    {
      const BudgetCsvColumn *a = &finder->columns.counts[i];
      const BudgetCsvColumn *b = &finder->columns.counts[i + 1];

      if (get_role (finder, i) != BUDGET_CSV_ROLE_IGNORED ||
          get_role (finder, i + 1) != BUDGET_CSV_ROLE_IGNORED ||
          !(_budget_csv_column_is_numeric (a) || _budget_csv_column_is_empty (a)) ||
          !(_budget_csv_column_is_numeric (b) || _budget_csv_column_is_empty (b)) ||
          a->n_decimals + b->n_decimals == 0 || a->n_negative + b->n_negative > 0 ||
          a->n_filled + b->n_filled < finder->columns.n_transactions)
        continue;

      if (fill_alternately (finder, i, i + 1))
        {
          take_pair (finder, i, i + 1);
          return TRUE;
        }
    }

  return FALSE;
}

/* How likely a column without a title holds the amounts: signs count most, then decimals. */
static guint
weigh_money (BudgetCsvFinder *finder, guint i)
{
  const BudgetCsvColumn *column = &finder->columns.counts[i];

  if (!may_be_money (finder, i) || column->n_filled * 2 < finder->columns.n_transactions)
    return 0;

  if (column->n_negative > 0)
    return 4;

  if (column->n_decimals > 0)
    return 3;

  return column->n_zero == column->n_filled ? 1 : 2;
}

static void
find_money (BudgetCsvFinder *finder)
{
  guint best = 0;
  guint found = 0;

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    if (weigh_money (finder, i) > best)
      {
        best = weigh_money (finder, i);
        found = i;
      }

  if (best < 4 && find_pair (finder))
    return;

  if (best > 0)
    _budget_csv_layout_take_role (finder->layout, found, BUDGET_CSV_ROLE_AMOUNT);
}

static void
take_if (BudgetCsvFinder *finder, int column, BudgetCsvRole role)
{
  if (column >= 0)
    _budget_csv_layout_take_role (finder->layout, (guint) column, role);
}

static void
drop (BudgetCsvFinder *finder, int column)
{
  if (column >= 0)
    g_array_index (finder->layout->roles, BudgetCsvRole, column) = BUDGET_CSV_ROLE_IGNORED;
}

/* A signed amount makes debit and credit columns redundant; an unsigned one needs them. */
static void
choose_amount_or_pair (BudgetCsvFinder *finder)
{
  BudgetCsvPlaces places;

  _budget_csv_layout_get_places (finder->layout, &places);

  /* A credit column without a debit column holds signed amounts, whatever its title. */
  if (places.amount < 0 && places.debit < 0 && places.credit >= 0)
    {
      take_if (finder, places.credit, BUDGET_CSV_ROLE_AMOUNT);
      return;
    }

  if (places.amount < 0 || (places.debit < 0 && places.credit < 0))
    return;

  if (places.debit >= 0 && places.credit >= 0 &&
      finder->columns.counts[places.amount].n_negative == 0 &&
      fill_alternately (finder, (guint) places.debit, (guint) places.credit))
    {
      drop (finder, places.amount);
      return;
    }

  drop (finder, places.debit);
  drop (finder, places.credit);
}

static gboolean
is_named (BudgetCsvFinder *finder, int column, BudgetCsvRole role)
{
  return column >= 0 && finder->scores[column][role] >= GOOD_NAME;
}

/* A proof by the balance overrides the titles. */
static gboolean
obey_balance (BudgetCsvFinder *finder)
{
  BudgetCsvPlaces named, proven;

  _budget_csv_layout_get_places (finder->layout, &named);
  proven = named;

  if (!_budget_csv_balance_find (finder, &proven))
    return FALSE;

  /* A card's balance is a debt, which says nothing against the titles of debit and credit. */
  if (is_named (finder, named.debit, BUDGET_CSV_ROLE_DEBIT) &&
      is_named (finder, named.credit, BUDGET_CSV_ROLE_CREDIT) &&
      (proven.amount < 0 || proven.amount == named.debit || proven.amount == named.credit))
    {
      drop (finder, named.amount);
      finder->layout->inverted = FALSE;
      return TRUE;
    }

  drop (finder, named.amount);
  drop (finder, named.debit);
  drop (finder, named.credit);

  if (proven.direction < 0)
    drop (finder, named.direction);

  take_if (finder, proven.balance, BUDGET_CSV_ROLE_BALANCE);
  take_if (finder, proven.amount, BUDGET_CSV_ROLE_AMOUNT);
  take_if (finder, proven.debit, BUDGET_CSV_ROLE_DEBIT);
  take_if (finder, proven.credit, BUDGET_CSV_ROLE_CREDIT);

  return TRUE;
}

/*
 * Finds the columns of amounts. Those with a title have their roles already.
 *
 * Returns: %TRUE if a running balance proves them
 */
static gboolean
find_all_money (BudgetCsvFinder *finder)
{
  BudgetCsvPlaces places;

  if (obey_balance (finder))
    return TRUE;

  _budget_csv_layout_get_places (finder->layout, &places);

  if (places.amount < 0 && places.debit < 0 && places.credit < 0)
    find_money (finder);

  choose_amount_or_pair (finder);

  return FALSE;
}

/* A column gets its role from its title if its cells agree, and from its cells otherwise. */

/* A bank's reference is on most rows, is never short, and is never repeated. */
static gboolean
is_unique (BudgetCsvFinder *finder, guint column)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (finder->columns.counts[column].n_filled * 2 < finder->columns.n_transactions)
    return FALSE;

  for (guint i = finder->columns.first_row; i < budget_csv_table_get_n_rows (finder->columns.table);
       i++)
    {
      const char *cell = budget_csv_table_get_cell (finder->columns.table, i, column);

      if (*cell != '\0' && (strlen (cell) < 5 || !g_hash_table_add (seen, (char *) cell)))
        return FALSE;
    }

  return g_hash_table_size (seen) > 0;
}

/* Whether the cells of a column fit the role that its title names. */
static gboolean
allows (BudgetCsvFinder *finder, guint i, BudgetCsvRole role)
{
  const BudgetCsvColumn *column = &finder->columns.counts[i];

  switch (role)
    {
    case BUDGET_CSV_ROLE_DATE:
    case BUDGET_CSV_ROLE_VALUE_DATE:
      return _budget_csv_column_is_date (column);
    case BUDGET_CSV_ROLE_AMOUNT:
      return _budget_csv_column_is_numeric (column) &&
             (!_budget_csv_column_is_date (column) || column->n_compact == column->n_dates);
    case BUDGET_CSV_ROLE_DEBIT:
    case BUDGET_CSV_ROLE_CREDIT:
    case BUDGET_CSV_ROLE_BALANCE:
    case BUDGET_CSV_ROLE_FEE:
      return _budget_csv_column_is_numeric (column) || _budget_csv_column_is_empty (column);
    case BUDGET_CSV_ROLE_DIRECTION:
      return _budget_csv_column_is_direction (column);
    case BUDGET_CSV_ROLE_CURRENCY:
      return _budget_csv_column_is_currency (column);
    case BUDGET_CSV_ROLE_STATUS:
      return _budget_csv_column_is_status (column);
    case BUDGET_CSV_ROLE_BANK_ID:
      return is_unique (finder, i);
    case BUDGET_CSV_ROLE_DESCRIPTION:
    case BUDGET_CSV_ROLE_PAYEE:
      return _budget_csv_column_is_text (column);
    case BUDGET_CSV_ROLE_CATEGORY:
    case BUDGET_CSV_ROLE_PERSON:
    case BUDGET_CSV_ROLE_ACCOUNT:
    case BUDGET_CSV_ROLE_COUNTERPART:
    case BUDGET_CSV_ROLE_NOTE:
      return !_budget_csv_column_is_empty (column) && _budget_csv_column_is_text (column);
    case BUDGET_CSV_ROLE_IGNORED:
    default:
      return TRUE;
    }
}

static gboolean
is_special (BudgetCsvRole role)
{
  return role == BUDGET_CSV_ROLE_DIRECTION || role == BUDGET_CSV_ROLE_CURRENCY ||
         role == BUDGET_CSV_ROLE_STATUS || role == BUDGET_CSV_ROLE_DATE ||
         role == BUDGET_CSV_ROLE_VALUE_DATE;
}

/*
 * Scores a role by the column's title, and higher if only few columns can have
 * that role. A title that clearly names one role scores for no other.
 */
static guint
get_score (BudgetCsvFinder *finder, guint column, BudgetCsvRole role)
{
  guint score = finder->scores[column][role];

  for (guint i = 0; i < BUDGET_N_CSV_ROLES; i++)
    if (finder->scores[column][i] > 2 * score)
      return 0;

  return score > 0 && is_special (role) ? score + SPECIAL_BONUS : score;
}

/*
 * Finds the best pair of column and role that is left. An empty column gets a
 * role only if no other column fits.
 */
static gboolean
find_best_pair (BudgetCsvFinder *finder,
                const gboolean *column_done,
                gboolean (*refused)[BUDGET_N_CSV_ROLES],
                guint *column,
                BudgetCsvRole *role)
{
  guint best = 0;

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    for (guint j = 1; !column_done[i] && j < BUDGET_N_CSV_ROLES; j++)
      {
        guint score = refused[i][j] ? 0 : get_score (finder, i, (BudgetCsvRole) j);

        if (score > 0 && _budget_csv_column_is_empty (&finder->columns.counts[i]))
          score = 1;

        if (score > best)
          {
            best = score;
            *column = i;
            *role = (BudgetCsvRole) j;
          }
      }

  return best > 0;
}

static gboolean
may_repeat (BudgetCsvRole role)
{
  return role == BUDGET_CSV_ROLE_DESCRIPTION || role == BUDGET_CSV_ROLE_PAYEE ||
         role == BUDGET_CSV_ROLE_NOTE;
}

static void
assign_by_title (BudgetCsvFinder *finder)
{
  guint n_columns = budget_csv_table_get_n_columns (finder->columns.table);
  g_autofree gboolean *done = g_new0 (gboolean, n_columns);
  gboolean (*refused)[BUDGET_N_CSV_ROLES] = g_malloc0_n (n_columns, sizeof *refused);
  guint column = 0;
  BudgetCsvRole role = BUDGET_CSV_ROLE_IGNORED;

  while (find_best_pair (finder, done, refused, &column, &role))
    {
      if ((!may_repeat (role) && _budget_csv_layout_find_role (finder->layout, role) >= 0) ||
          !allows (finder, column, role))
        {
          refused[column][role] = TRUE;
          continue;
        }

      _budget_csv_layout_take_role (finder->layout, column, role);
      done[column] = TRUE;
    }

  g_free (refused);
}

/* Without titles, the first column of dates is the date and the second one the value date. */
static void
find_dates (BudgetCsvFinder *finder)
{
  BudgetCsvLayout *layout = finder->layout;
  int value_date = _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_VALUE_DATE);

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    {
      const BudgetCsvColumn *column = &finder->columns.counts[i];

      if (get_role (finder, i) != BUDGET_CSV_ROLE_IGNORED || !_budget_csv_column_is_date (column) ||
          column->n_filled * 2 < finder->columns.n_transactions)
        continue;

      if (_budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_DATE) < 0)
        _budget_csv_layout_take_role (layout, i, BUDGET_CSV_ROLE_DATE);
      else if (_budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_VALUE_DATE) < 0 &&
               column->n_compact == 0)
        _budget_csv_layout_take_role (layout, i, BUDGET_CSV_ROLE_VALUE_DATE);
    }

  if (_budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_DATE) < 0 && value_date >= 0)
    _budget_csv_layout_take_role (layout, (guint) value_date, BUDGET_CSV_ROLE_DATE);
}

static void
find_words (BudgetCsvFinder *finder, gboolean proven)
{
  BudgetCsvLayout *layout = finder->layout;
  int amount = _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_AMOUNT);

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    {
      const BudgetCsvColumn *column = &finder->columns.counts[i];

      if (get_role (finder, i) != BUDGET_CSV_ROLE_IGNORED ||
          finder->scores[i][BUDGET_CSV_ROLE_IGNORED] > 0)
        continue;

      if (_budget_csv_column_is_currency (column) &&
          _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_CURRENCY) < 0)
        _budget_csv_layout_take_role (layout, i, BUDGET_CSV_ROLE_CURRENCY);
      else if (_budget_csv_column_is_direction (column) && amount >= 0 && !proven &&
               finder->columns.counts[amount].n_negative == 0 &&
               _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_DIRECTION) < 0)
        _budget_csv_layout_take_role (layout, i, BUDGET_CSV_ROLE_DIRECTION);
    }
}

static gboolean
may_describe (BudgetCsvFinder *finder, guint i)
{
  const BudgetCsvColumn *column = &finder->columns.counts[i];

  return get_role (finder, i) == BUDGET_CSV_ROLE_IGNORED && _budget_csv_column_is_text (column) &&
         !_budget_csv_column_is_currency (column) && !_budget_csv_column_is_numeric (column) &&
         column->n_filled > 0 && column->n_accounts * 2 < column->n_filled &&
         finder->scores[i][BUDGET_CSV_ROLE_IGNORED] < GOOD_NAME;
}

/* The longest texts are the description; the first of several that are about as long. */
static void
find_description (BudgetCsvFinder *finder)
{
  gsize longest = 0;

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
      {
        const BudgetCsvColumn *column = &finder->columns.counts[i];
        gsize length =
          column->n_filled > 0
            ? column->text_length / MAX (column->n_filled, finder->columns.n_transactions)
            : 0;

        if (!may_describe (finder, i))
          continue;

        longest = MAX (longest, length);

        if (pass == 1 && length > 0 && length * 10 >= longest * 7)
          {
            _budget_csv_layout_take_role (finder->layout, i, BUDGET_CSV_ROLE_DESCRIPTION);
            return;
          }
      }
}

/* A name on every row is the account holder's, unless rows have no other text. */
static gboolean
is_constant (BudgetCsvFinder *finder, guint column)
{
  const char *first = NULL;

  if (finder->columns.counts[column].n_filled < 2 ||
      finder->columns.counts[column].n_filled * 2 < finder->columns.n_transactions)
    return FALSE;

  for (guint i = finder->columns.first_row; i < budget_csv_table_get_n_rows (finder->columns.table);
       i++)
    {
      const char *cell = budget_csv_table_get_cell (finder->columns.table, i, column);

      if (first != NULL && *cell != '\0' && strcmp (cell, first) != 0)
        return FALSE;

      if (*cell != '\0')
        first = cell;
    }

  return TRUE;
}

static gboolean
has_other_text (BudgetCsvFinder *finder, guint column)
{
  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    {
      BudgetCsvRole role = get_role (finder, i);

      if (i != column && finder->columns.counts[i].n_filled * 2 > finder->columns.n_transactions &&
          _budget_csv_column_is_text (&finder->columns.counts[i]) &&
          !_budget_csv_column_is_numeric (&finder->columns.counts[i]) && !is_constant (finder, i) &&
          (role == BUDGET_CSV_ROLE_DESCRIPTION || role == BUDGET_CSV_ROLE_PAYEE ||
           (role == BUDGET_CSV_ROLE_IGNORED &&
            !_budget_csv_column_is_currency (&finder->columns.counts[i]) &&
            finder->scores[i][BUDGET_CSV_ROLE_IGNORED] == 0)))
        return TRUE;
    }

  return FALSE;
}

/* A payee is neither the account holder nor the number of an account. */
static void
check_payees (BudgetCsvFinder *finder)
{
  BudgetCsvLayout *layout = finder->layout;

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    {
      const BudgetCsvColumn *column = &finder->columns.counts[i];

      if (get_role (finder, i) != BUDGET_CSV_ROLE_PAYEE || column->n_filled == 0)
        continue;

      if (column->n_accounts * 2 > column->n_filled)
        _budget_csv_layout_take_role (
          layout, i,
          _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_COUNTERPART) < 0
            ? BUDGET_CSV_ROLE_COUNTERPART
            : BUDGET_CSV_ROLE_IGNORED);
      else if (is_constant (finder, i) && has_other_text (finder, i))
        _budget_csv_layout_take_role (layout, i, BUDGET_CSV_ROLE_IGNORED);
    }
}

/* An IBAN that differs between rows is the other party's. */
static void
check_account (BudgetCsvFinder *finder)
{
  BudgetCsvLayout *layout = finder->layout;
  int column = _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_ACCOUNT);

  if (column < 0 || finder->columns.counts[column].n_filled < 2 ||
      is_constant (finder, (guint) column) ||
      g_ascii_strncasecmp (budget_csv_layout_get_title (layout, (guint) column), "iban", 4) != 0)
    return;

  _budget_csv_layout_take_role (layout, (guint) column,
                                _budget_csv_layout_find_role (layout, BUDGET_CSV_ROLE_COUNTERPART) <
                                    0
                                  ? BUDGET_CSV_ROLE_COUNTERPART
                                  : BUDGET_CSV_ROLE_IGNORED);
}

/* Makes notes of weaker descriptions if there is a better one, and ignores kinds of transactions.
 */
static void
sort_descriptions (BudgetCsvFinder *finder)
{
  gboolean has_better = _budget_csv_layout_find_role (finder->layout, BUDGET_CSV_ROLE_PAYEE) >= 0;

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    has_better |= get_role (finder, i) == BUDGET_CSV_ROLE_DESCRIPTION &&
                  finder->columns.counts[i].n_filled * 2 > finder->columns.n_transactions &&
                  finder->scores[i][BUDGET_CSV_ROLE_DESCRIPTION] >= 950;

  for (guint i = 0; has_better && i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    if (get_role (finder, i) == BUDGET_CSV_ROLE_DESCRIPTION &&
        finder->scores[i][BUDGET_CSV_ROLE_DESCRIPTION] < 950)
      _budget_csv_layout_take_role (finder->layout, i,
                                    finder->scores[i][BUDGET_CSV_ROLE_DIRECTION] > 0
                                      ? BUDGET_CSV_ROLE_IGNORED
                                      : BUDGET_CSV_ROLE_NOTE);
}

static void
assign_roles (BudgetCsvFinder *finder)
{
  gboolean proven;

  assign_by_title (finder);
  find_dates (finder);
  proven = find_all_money (finder);
  find_words (finder, proven);
  check_payees (finder);
  check_account (finder);
  sort_descriptions (finder);

  if (_budget_csv_layout_find_role (finder->layout, BUDGET_CSV_ROLE_DESCRIPTION) < 0 &&
      _budget_csv_layout_find_role (finder->layout, BUDGET_CSV_ROLE_PAYEE) < 0)
    find_description (finder);
}

/* The sign and the currency of the amounts, once their columns are known. */

/* Finds the currency in titles such as "Umsatz in EUR", "Amount (USD)" or "Importe €". */
static const char *
find_currency_in_title (const char *title)
{
  g_auto (GStrv) words = g_strsplit_set (title, " ()[]_/,:", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean capitals = strlen (words[i]) == 3 && g_ascii_isupper (words[i][0]) &&
                          g_ascii_isupper (words[i][1]) && g_ascii_isupper (words[i][2]);

      if (capitals && budget_currency_is_known (words[i]))
        return budget_currency_find (words[i]);

      if (g_ascii_strcasecmp (words[i], "euro") == 0 || g_ascii_strcasecmp (words[i], "euros") == 0)
        return "EUR";

      if (!g_str_is_ascii (words[i]) && strlen (words[i]) <= 8 &&
          budget_currency_find (words[i]) != NULL)
        return budget_currency_find (words[i]);
    }

  return NULL;
}

static void
find_currency (BudgetCsvFinder *finder, const BudgetCsvPlaces *places)
{
  const int columns[] = { places->amount, places->debit, places->credit, places->balance };
  const char *currency = NULL;

  if (finder->layout->fixed & BUDGET_CSV_FIXED_CURRENCY)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (columns) && currency == NULL; i++)
    if (columns[i] >= 0)
      {
        currency = finder->columns.counts[columns[i]].currency;

        if (currency == NULL && finder->columns.first_row > 0)
          currency = find_currency_in_title (budget_csv_table_get_cell (
            finder->columns.table, finder->columns.first_row - 1, (guint) columns[i]));
      }

  g_free (finder->layout->currency);
  finder->layout->currency = g_strdup (currency);
}

/* Whether the words of a row say that a card was paid off (1) or used (-1). */
static int
get_card_sign (BudgetCsvFinder *finder, guint row)
{
  guint n_cells = budget_csv_table_get_n_cells (finder->columns.table, row);

  for (guint i = 0; i < n_cells; i++)
    {
      int sign =
        budget_csv_words_get_card_sign (budget_csv_table_get_cell (finder->columns.table, row, i));

      if (sign != 0)
        return sign;
    }

  return 0;
}

/* Many card companies write purchases without a minus and payments with one. */
static gboolean
is_inverted (BudgetCsvFinder *finder, guint amount)
{
  guint n_rows = MIN (budget_csv_table_get_n_rows (finder->columns.table),
                      finder->columns.first_row + MAX_SIGN_ROWS);
  guint n_for = 0, n_against = 0, n_positive = 0, n_negative = 0;

  for (guint i = finder->columns.first_row; i < n_rows; i++)
    {
      gint64 value;
      int sign;

      if (!budget_number_read_thousandths (
            budget_csv_table_get_cell (finder->columns.table, i, amount), finder->decimal,
            &value) ||
          value == 0)
        continue;

      sign = get_card_sign (finder, i);
      n_positive += value > 0;
      n_negative += value < 0;
      n_for += sign != 0 && (sign > 0) != (value > 0);
      n_against += sign != 0 && (sign > 0) == (value > 0);
    }

  if (n_for > 0 && n_for > 3 * n_against)
    return n_positive >= n_negative;

  /* Only card companies name the holder on every line. */
  return n_against == 0 && n_negative > 0 && n_positive > 3 * n_negative &&
         _budget_csv_layout_find_role (finder->layout, BUDGET_CSV_ROLE_PERSON) >= 0;
}

static void
find_sign (BudgetCsvFinder *finder)
{
  BudgetCsvLayout *layout = finder->layout;
  BudgetCsvPlaces places;

  _budget_csv_layout_get_places (layout, &places);
  find_currency (finder, &places);

  if (places.fee >= 0 && places.balance < 0 && !layout->has_fee &&
      finder->columns.counts[places.fee].n_numbers > finder->columns.counts[places.fee].n_zero)
    _budget_csv_layout_add_ambiguity (layout,
                                      _ ("There are fees beside the amounts; they are not added"));

  if (layout->fixed & BUDGET_CSV_FIXED_SIGN || places.amount < 0 || places.direction >= 0)
    return;

  if (places.balance < 0 && is_inverted (finder, (guint) places.amount))
    {
      layout->inverted = TRUE;
      _budget_csv_layout_add_ambiguity (
        layout,
        _ ("Purchases have no minus in this file; its positive amounts are read as spending"));
    }
  else if (finder->columns.counts[places.amount].n_negative == 0 && !layout->inverted)
    {
      _budget_csv_layout_add_ambiguity (
        layout, _ ("No amount in this file has a minus; all are read as income"));
    }
}

typedef struct
{
  guint n_transactions; /* rows with a date and a number */
  guint n_alike;        /* rows with the most common number of cells */
  guint n_titles;
} DelimiterEvidence;

/* How many cells of a row are known titles; 0 if there are dates or numbers among them. */
static guint
score_heading (BudgetCsvTable *table, guint row, gboolean *full)
{
  guint n_cells = budget_csv_table_get_n_cells (table, row);
  guint n_known = 0;
  gboolean has_date = FALSE;
  gboolean has_money = FALSE;

  *full = FALSE;

  for (guint i = 0; i < n_cells; i++)
    {
      const char *cell = budget_csv_table_get_cell (table, row, i);
      guint scores[BUDGET_N_CSV_ROLES];
      guint best = 0;

      if (_budget_csv_cell_is_date (cell) || _budget_csv_cell_is_number (cell))
        return 0;

      budget_csv_words_match_title (cell, scores);

      for (guint j = 0; j < BUDGET_N_CSV_ROLES; j++)
        best = MAX (best, scores[j]);

      n_known += best > 0;
      has_date |= scores[BUDGET_CSV_ROLE_DATE] > 0 || scores[BUDGET_CSV_ROLE_VALUE_DATE] > 0;
      has_money |= scores[BUDGET_CSV_ROLE_AMOUNT] > 0 || scores[BUDGET_CSV_ROLE_DEBIT] > 0 ||
                   scores[BUDGET_CSV_ROLE_CREDIT] > 0;
    }

  *full = has_date && has_money && n_known >= 2;

  return n_known;
}

static void
weigh_delimiter (BudgetCsvTable *table, DelimiterEvidence *evidence)
{
  g_autofree guint *counts = NULL;

  memset (evidence, 0, sizeof *evidence);

  if (budget_csv_table_get_n_rows (table) == 0)
    return;

  counts = g_new0 (guint, budget_csv_table_get_n_columns (table) + 1);

  for (guint i = 0; i < budget_csv_table_get_n_rows (table); i++)
    {
      guint n_cells = budget_csv_table_get_n_cells (table, i);
      gboolean full;

      if (n_cells < 2)
        continue;

      evidence->n_transactions += _budget_csv_table_is_transaction (table, i);
      evidence->n_alike = MAX (evidence->n_alike, ++counts[n_cells]);

      if (evidence->n_titles == 0 && i < MAX_PREAMBLE)
        evidence->n_titles = score_heading (table, i, &full);
    }
}

static gboolean
is_better_delimiter (const DelimiterEvidence *a, const DelimiterEvidence *b)
{
  if (a->n_transactions != b->n_transactions)
    return a->n_transactions > b->n_transactions;

  if (a->n_titles != b->n_titles)
    return a->n_titles > b->n_titles;

  return a->n_alike > b->n_alike;
}

/* Takes the delimiter under which the most rows have a date and an amount. */
static void
find_delimiter (BudgetCsvLayout *self, BudgetCsvTable *table)
{
  static const char candidates[] = { ',', ';', '\t', '|' };
  gsize size;
  const char *data = g_bytes_get_data (budget_csv_table_get_text (table, self->encoding), &size);
  DelimiterEvidence best = { 0 };

  if (self->fixed & BUDGET_CSV_FIXED_DELIMITER)
    return;

  self->delimiter = ',';

  /* The first line may name the delimiter, for spreadsheets. */
  if (size > 5 && g_ascii_strncasecmp (data, "sep=", 4) == 0 &&
      (data[5] == '\r' || data[5] == '\n') && (g_ascii_ispunct (data[4]) || data[4] == '\t'))
    {
      self->delimiter = data[4];
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      g_autoptr (BudgetCsvTable) sample =
        budget_csv_table_new_sample (table, self->encoding, candidates[i], SAMPLE_ROWS);
      DelimiterEvidence evidence;

      weigh_delimiter (sample, &evidence);

      if (i == 0 || is_better_delimiter (&evidence, &best))
        {
          best = evidence;
          self->delimiter = candidates[i];
        }
    }
}

/* A row of words right above the first transaction is its heading, in any language. */
static gboolean
may_be_heading (BudgetCsvTable *table, guint row)
{
  guint n_cells = budget_csv_table_get_n_cells (table, row);
  guint n_next = budget_csv_table_get_n_cells (table, row + 1);
  guint n_filled = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      const char *cell = budget_csv_table_get_cell (table, row, i);

      if (strpbrk (cell, "0123456789") != NULL || strlen (cell) > 60)
        return FALSE;

      n_filled += *cell != '\0';
    }

  return n_cells >= 3 && n_filled * 2 > n_cells && n_cells + 2 >= n_next;
}

static void
find_heading (BudgetCsvLayout *self, BudgetCsvTable *table)
{
  guint limit = MIN (budget_csv_table_get_n_rows (table), MAX_PREAMBLE);
  guint first_transaction = limit;
  guint best = 0;
  int found = -1;

  if (self->fixed & BUDGET_CSV_FIXED_HEADER)
    return;

  for (guint i = 0; i < limit; i++)
    {
      gboolean full;
      guint score = score_heading (table, i, &full);

      if (first_transaction == limit && _budget_csv_table_is_transaction (table, i))
        first_transaction = i;

      /* A heading below many transactions is a repeated one, or that of another table. */
      if (full && score > best && (found < 0 || i < first_transaction) &&
          i < first_transaction + 10)
        {
          best = score;
          found = (int) i;
        }
    }

  if (found < 0 && first_transaction > 0 && first_transaction < limit &&
      may_be_heading (table, first_transaction - 1))
    found = (int) first_transaction - 1;

  self->header_line = found >= 0 ? budget_csv_table_get_line (table, (guint) found) : 0;
}

/* Returns: the row below the heading, or the first of the table */
guint
_budget_csv_find_first_row (BudgetCsvLayout *self, BudgetCsvTable *table)
{
  for (guint i = 0; i < budget_csv_table_get_n_rows (table) && self->header_line > 0; i++)
    if (budget_csv_table_get_line (table, i) >= self->header_line)
      return i + 1;

  return 0;
}

static void
detect_titles (BudgetCsvLayout *self, BudgetCsvTable *table)
{
  guint first_row = _budget_csv_find_first_row (self, table);

  g_ptr_array_set_size (self->titles, 0);
  g_array_set_size (self->roles, 0);
  g_array_set_size (self->roles, budget_csv_table_get_n_columns (table));

  for (guint i = 0; i < budget_csv_table_get_n_columns (table); i++)
    {
      const char *cell = first_row > 0 ? budget_csv_table_get_cell (table, first_row - 1, i) : "";

      /* Translators: %u is the number of a column of a file. */
      g_ptr_array_add (self->titles,
                       *cell != '\0' ? g_strdup (cell) : g_strdup_printf (_ ("Column %u"), i + 1));
    }
}

static void
match_titles (BudgetCsvFinder *finder)
{
  if (finder->columns.first_row == 0)
    return;

  for (guint i = 0; i < budget_csv_table_get_n_columns (finder->columns.table); i++)
    budget_csv_words_match_title (
      budget_csv_table_get_cell (finder->columns.table, finder->columns.first_row - 1, i),
      finder->scores[i]);
}

/* American files have dollars, and no semicolons or decimal commas. */
static gboolean
is_american (BudgetCsvLayout *self, BudgetCsvTable *table)
{
  const char *cell;
  int column = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_CURRENCY);

  if (self->decimal != '.' || self->delimiter == ';')
    return FALSE;

  if (column < 0)
    return g_strcmp0 (self->currency, "USD") == 0;

  cell =
    budget_csv_table_get_cell (table, _budget_csv_find_first_row (self, table), (guint) column);

  return g_ascii_strcasecmp (cell, "USD") == 0;
}

/* Finds how the dates of @column are written; with @may_note, adds a note if nothing proves it. */
void
_budget_csv_detect_date_order (BudgetCsvLayout *self,
                               BudgetCsvTable *table,
                               guint column,
                               gboolean may_note)
{
  gboolean is_doubtful;

  if (self->fixed & BUDGET_CSV_FIXED_DATE_ORDER)
    return;

  self->date_order = _budget_csv_columns_find_date_order (
    table, _budget_csv_find_first_row (self, table), column, &is_doubtful);

  if (!is_doubtful)
    return;

  if (is_american (self, table))
    self->date_order = BUDGET_DATE_ORDER_MDY;

  /* Countries that write the month first have a decimal dot. */
  if (may_note && self->decimal == '.')
    _budget_csv_layout_add_ambiguity (
      self, self->date_order == BUDGET_DATE_ORDER_DMY
      ? _ ("The dates could be day first or month first; they are read day first")
      : _ ("The dates could be day first or month first; they are read month first"));
}

/* Detects what depends on the roles of the columns. */
static gboolean
find_forms (BudgetCsvFinder *finder, GError **error)
{
  BudgetCsvLayout *layout = finder->layout;
  BudgetCsvPlaces places;

  _budget_csv_layout_get_places (layout, &places);

  layout->lacks_roles = !_budget_csv_layout_is_complete (layout);
  if (finder->columns.n_transactions == 0 && finder->columns.first_row > 0)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _ ("The file has a heading but no transactions below it"));

  if (places.date < 0)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _ ("No column of the file holds dates"));

  if (places.amount < 0 && places.debit < 0 && places.credit < 0)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _ ("No column of the file holds amounts"));

  find_sign (finder);
  _budget_csv_detect_date_order (layout, finder->columns.table, (guint) places.date, TRUE);

  return TRUE;
}

static gboolean
find_columns (BudgetCsvFinder *finder, GError **error)
{
  BudgetCsvLayout *layout = finder->layout;
  gboolean sure;
  char decimal;

  match_titles (finder);
  decimal = _budget_csv_columns_find_decimal (&finder->columns, &sure);

  if (!(layout->fixed & BUDGET_CSV_FIXED_DECIMAL))
    {
      layout->decimal = decimal;

      if (!sure)
        _budget_csv_layout_add_ambiguity (
          layout, decimal == '.'
          ? _ ("Amounts like 1.234 could be thousands; the dot is read as decimal mark")
          : _ ("Amounts like 1,234 could be thousands; the comma is read as decimal mark"));
    }

  layout->has_fee = FALSE;

  if (!(layout->fixed & BUDGET_CSV_FIXED_SIGN))
    layout->inverted = FALSE;

  finder->decimal = layout->decimal;
  assign_roles (finder);

  return find_forms (finder, error);
}

gboolean
_budget_csv_detect (BudgetCsvLayout *self, BudgetCsvTable *table, GError **error)
{
  BudgetCsvFinder finder = { .layout = self };
  gboolean ok;

  find_delimiter (self, table);

  if (!budget_csv_table_parse (table, self->encoding, self->delimiter, NULL, error))
    return FALSE;

  if (budget_csv_table_get_n_rows (table) == 0)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _ ("The file is not a table of transactions"));

  find_heading (self, table);
  detect_titles (self, table);
  if (budget_csv_table_get_n_columns (table) < 2)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _ ("The file is not a table of transactions"));

  _budget_csv_columns_init (&finder.columns, table, _budget_csv_find_first_row (self, table));
  finder.scores = g_malloc0_n (budget_csv_table_get_n_columns (table), sizeof *finder.scores);
  ok = find_columns (&finder, error);
  self->signature = _budget_csv_signature_new (&finder);
  _budget_csv_columns_clear (&finder.columns);
  g_free (finder.scores);

  return ok;
}
