/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-account-number.h"
#include "budget-transfer-finder-private.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Finds transfers between the household's own accounts, so that the payment of a
 * card's bill is not counted in addition to what was paid with the card.
 *
 * The two halves have the same amount with opposite signs, on two accounts of
 * the book, a few days apart. The number of the other account is the most
 * reliable, then a word such as “transfer”. Without either, the two halves must
 * be the only candidates.
 */

#define MAX_DAYS_APART 5
#define MAX_DAYS_WITHOUT_WORD 3
#define MAX_COMPARED 50

/* Words for transfers, folded. */
static const char *const words[] = {
  "transfer",      "xfer",          "trf",          "own account", "payment thank you",
  "thank you",     "autopay",       "card payment", "credit card", "umbuchung",
  "ubertrag",      "eigenubertrag", "kreditkarte",  "ausgleich",   "virement",
  "versement",     "carte credit",  "giroconto",    "bonifico",    "traspaso",
  "transferencia", "tarjeta",       "overboeking",  "overforing",  "overforsel",
  "przelew",       "prevod",        "siirto",       "savings",     "sparkonto",
  "epargne",       "spaarrekening", "eigene",
};

struct _BudgetTransferFinder
{
  BudgetBook *book;
  BudgetKnownRows *known;   /* borrowed */
  GHashTable *new_accounts; /* names of those to be made */
  gboolean has_category;
  BudgetCategory *category; /* of the book, or NULL for one to be made */
};

typedef struct
{
  BudgetTransferFinder *finder;
  BudgetDraft *draft;
  BudgetKnownRow *best;
  gint32 best_distance;
  gboolean best_is_named;
  gboolean best_has_word;
  guint n_candidates;
} Search;

static gboolean
is_account (BudgetAccount *account, const char *name, const char *number)
{
  if (number == NULL)
    return FALSE;

  if (account == NULL)
    return name != NULL && budget_account_number_equal (name, number);

  return budget_account_number_equal (budget_account_get_number (account), number);
}

static BudgetAccount *
find_account (BudgetTransferFinder *self, gint64 id)
{
  GListModel *accounts = budget_book_get_accounts (self->book);

  for (guint i = 0; id != 0 && i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (BudgetAccount) account = g_list_model_get_item (accounts, i);

      /* Borrowed: the book holds a reference. */
      if (orm_entity_get_id (ORM_ENTITY (account)) == id)
        return account;
    }

  return NULL;
}

static gboolean
has_word (const char *text)
{
  g_autofree char *folded = g_str_to_ascii (text != NULL ? text : "", "C");
  g_autofree char *lower = g_ascii_strdown (folded, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* Whether the draft names that account as the other one. */
static gboolean
is_named (BudgetDraft *draft, BudgetAccount *account, const char *name)
{
  return is_account (account, name, draft->counterpart);
}

static gboolean
is_elsewhere (const BudgetKnownRow *row, BudgetDraft *draft)
{
  gint64 id = draft->account != NULL ? orm_entity_get_id (ORM_ENTITY (draft->account)) : 0;

  if (row->account_id == 0 && row->account_name == NULL)
    return FALSE;

  return row->account_id != id || row->account_name != draft->account_name;
}

static gboolean
is_free (const BudgetKnownRow *row)
{
  if (row->draft != NULL)
    return row->draft->state == BUDGET_DRAFT_NEW && !row->draft->is_transfer;

  return !row->is_paired;
}

static void
consider (Search *self, BudgetKnownRow *row, gint32 distance)
{
  BudgetDraft *draft = self->draft;
  BudgetAccount *account = find_account (self->finder, row->account_id);
  gboolean is_named_here = is_named (draft, account, row->account_name);
  gboolean has_said_word;

  /* It names another account. */
  if (draft->counterpart != NULL && !is_named_here)
    return;

  if (row->draft != NULL && row->draft->counterpart != NULL)
    {
      if (!is_named (row->draft, draft->account, draft->account_name))
        return;
      is_named_here = TRUE;
    }

  has_said_word = has_word (_budget_draft_get_text (draft)) || has_word (row->text);
  if (!is_named_here && !has_said_word && distance > MAX_DAYS_WITHOUT_WORD)
    return;

  self->n_candidates++;
  if (self->best != NULL &&
      (self->best_is_named > is_named_here || self->best_has_word > has_said_word))
    return;
  if (self->best != NULL && self->best_is_named == is_named_here &&
      self->best_has_word == has_said_word && self->best_distance <= distance)
    return;

  self->best = row;
  self->best_distance = distance;
  self->best_is_named = is_named_here;
  self->best_has_word = has_said_word;
}

static void
look_at (Search *self, gint32 day, gint32 distance)
{
  GPtrArray *rows = _budget_known_rows_find (self->finder->known, day, -self->draft->amount);

  for (guint i = 0; rows != NULL && i < MIN (rows->len, MAX_COMPARED); i++)
    {
      BudgetKnownRow *row = g_ptr_array_index (rows, i);

      if (is_elsewhere (row, self->draft) && is_free (row))
        consider (self, row, distance);
    }
}

/* Whether another transaction of the account could be the half as well. */
static gboolean
has_twin (Search *self)
{
  gint32 day = (gint32) g_date_get_julian (&self->draft->date);
  guint n_twins = 0;

  for (gint32 distance = -MAX_DAYS_WITHOUT_WORD; distance <= MAX_DAYS_WITHOUT_WORD; distance++)
    {
      GPtrArray *rows =
        _budget_known_rows_find (self->finder->known, day + distance, self->draft->amount);

      for (guint i = 0; rows != NULL && i < MIN (rows->len, MAX_COMPARED); i++)
        {
          BudgetKnownRow *row = g_ptr_array_index (rows, i);

          n_twins += !is_elsewhere (row, self->draft) && is_free (row);
        }
    }

  return n_twins > 1;
}

static void
find_partner (Search *self)
{
  gint32 day = (gint32) g_date_get_julian (&self->draft->date);

  for (gint32 distance = 0; distance <= MAX_DAYS_APART; distance++)
    {
      look_at (self, day - distance, distance);
      if (distance > 0)
        look_at (self, day + distance, distance);
    }

  if (self->best == NULL || self->best_is_named || self->best_has_word)
    return;

  if (self->n_candidates > 1 || has_twin (self))
    self->best = NULL;
}

/* The other half may be in a later file. */
static gboolean
goes_to_own_account (BudgetTransferFinder *self, BudgetDraft *draft)
{
  GHashTableIter iter;
  gpointer name;
  GListModel *accounts = budget_book_get_accounts (self->book);

  if (draft->counterpart == NULL ||
      is_account (draft->account, draft->account_name, draft->counterpart))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (BudgetAccount) own = g_list_model_get_item (accounts, i);

      if (is_account (own, NULL, draft->counterpart))
        return TRUE;
    }

  g_hash_table_iter_init (&iter, self->new_accounts);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (is_account (NULL, name, draft->counterpart))
      return TRUE;

  return FALSE;
}

/*
 * Finds the book's first category of transfers.
 */
static void
find_category (BudgetTransferFinder *self)
{
  GListModel *categories = budget_book_get_categories (self->book);

  for (guint i = 0; i < g_list_model_get_n_items (categories); i++)
    {
      g_autoptr (BudgetCategory) category = g_list_model_get_item (categories, i);

      if (budget_category_get_kind (category) == BUDGET_CATEGORY_TRANSFER)
        {
          g_set_object (&self->category, category);
          return;
        }
    }
}

static void
pair (BudgetTransferFinder *self, BudgetDraft *draft)
{
  Search search = { .finder = self, .draft = draft };

  if (draft->state != BUDGET_DRAFT_NEW || draft->is_transfer || draft->amount == 0)
    return;

  find_partner (&search);
  if (search.best == NULL)
    {
      if (goes_to_own_account (self, draft))
        _budget_draft_pair (draft, NULL, 0);
      return;
    }

  search.best->is_paired = TRUE;
  _budget_draft_pair (draft, search.best->draft, search.best->id);
}

/*
 * @known: what the drafts may be the other halves of; it has to live as long as
 *   the finder
 * @new_accounts: names of accounts that will be made, which may grow
 */
BudgetTransferFinder *
_budget_transfer_finder_new (BudgetBook *book, BudgetKnownRows *known, GHashTable *new_accounts)
{
  BudgetTransferFinder *self = g_new0 (BudgetTransferFinder, 1);

  self->book = g_object_ref (book);
  self->known = known;
  self->new_accounts = g_hash_table_ref (new_accounts);
  return self;
}

void
_budget_transfer_finder_free (BudgetTransferFinder *self)
{
  g_clear_object (&self->category);
  g_hash_table_unref (self->new_accounts);
  g_object_unref (self->book);
  g_free (self);
}

/*
 * Returns: (nullable): what the category of transfers is to be called, %NULL if
 *   the book has one
 */
const char *
_budget_transfer_finder_get_new_category (BudgetTransferFinder *self)
{
  /* Interned, because drafts only borrow it. */
  return self->category == NULL ? g_intern_string (C_ ("category", "Transfer")) : NULL;
}

/*
 * Finds the other halves of a file's new drafts, among the drafts of all files
 * so far and the expenses of the book.
 */
void
_budget_transfer_finder_find (BudgetTransferFinder *self, GPtrArray *drafts)
{
  if (!self->has_category)
    find_category (self);
  self->has_category = TRUE;

  for (guint i = 0; i < drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (drafts, i);

      if (draft->account == NULL && draft->account_name == NULL)
        continue;

      g_set_object (&draft->transfer_category, self->category);
      draft->transfer_name = _budget_transfer_finder_get_new_category (self);
    }

  for (guint i = 0; i < drafts->len; i++)
    {
      BudgetDraft *draft = g_ptr_array_index (drafts, i);

      if (budget_draft_can_transfer (draft))
        pair (self, draft);
    }
}
