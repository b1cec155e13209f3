/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-account-number.h"
#include "budget-category-history.h"
#include "budget-currency.h"
#include "budget-description.h"
#include "budget-draft-private.h"
#include "budget-money.h"
#include "budget-name-index.h"
#include "budget-number.h"
#include "budget-own-csv.h"
#include "budget-row-reader-private.h"
#include "budget-rule-set.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Reads the rows of statements into drafts: with the sign of an expense, texts
 * that fit, and the accounts, people and categories of the book. The book is not
 * changed.
 */

#define MAX_CATEGORY 50
#define MAX_NAME 100

/* Of the number of an account. */
#define MIN_DIGITS 6

struct _BudgetRowReader
{
  BudgetBook *book;
  gboolean as_is;
  BudgetUser *user;         /* of all rows, or NULL */
  BudgetCategory *category; /* of rows without one, or NULL */

  /* The file whose rows are read. */
  BudgetStatement *statement;
  char *currency;
  char *account;             /* as it was given, or NULL */
  BudgetAccount *remembered; /* that the book remembers for such files, or NULL */
  GHashTable *n_equal;       /* key without its number → how many rows have it */

  GStringChunk *names;
  GHashTable *spellings;       /* a name in any letter case → the one in @names */
  BudgetNameIndex *categories; /* of the book, made when first needed */
  BudgetNameIndex *users;
  BudgetNameIndex *accounts;
  GHashTable *new_accounts;       /* names of those to be made, kept in @names */
  GHashTable *new_cards;          /* those of them that are credit cards' */
  GHashTable *numbers;            /* plain number → BudgetAccount, or NULL as yet */
  BudgetUser *default_user;       /* the book's */
  BudgetCategoryHistory *history; /* of the book */
  BudgetRuleSet *rules;
  GHashTable *tidied; /* text → what is shown */
};

/* Returns: (transfer full): a reader for @book without a file */
BudgetRowReader *
_budget_row_reader_new (BudgetBook *book)
{
  BudgetRowReader *self = g_new0 (BudgetRowReader, 1);

  self->book = g_object_ref (book);
  self->n_equal = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names = g_string_chunk_new (1024);
  self->spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->new_accounts = g_hash_table_new (g_str_hash, g_str_equal);
  self->new_cards = g_hash_table_new (g_str_hash, g_str_equal);
  self->history = budget_category_history_new ();
  self->rules = budget_rule_set_new (budget_book_get_rules (book));
  self->tidied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
_budget_row_reader_free (BudgetRowReader *self)
{
  g_clear_object (&self->user);
  g_clear_object (&self->category);
  g_clear_object (&self->statement);
  g_free (self->currency);
  g_free (self->account);
  g_clear_object (&self->remembered);
  g_hash_table_unref (self->n_equal);
  g_hash_table_unref (self->spellings);
  g_clear_pointer (&self->categories, budget_name_index_free);
  g_clear_pointer (&self->users, budget_name_index_free);
  g_clear_pointer (&self->accounts, budget_name_index_free);
  g_hash_table_unref (self->new_accounts);
  g_hash_table_unref (self->new_cards);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_object (&self->default_user);
  budget_category_history_free (self->history);
  budget_rule_set_free (self->rules);
  g_hash_table_unref (self->tidied);
  g_string_chunk_free (self->names);
  g_object_unref (self->book);
  g_free (self);
}

/* @as_is: whether amounts in another currency are taken as they stand */
void
_budget_row_reader_set_as_is (BudgetRowReader *self, gboolean as_is)
{
  self->as_is = as_is;
}

/* @user: (nullable): the person of all rows, %NULL for that of the file */
void
_budget_row_reader_set_user (BudgetRowReader *self, BudgetUser *user)
{
  g_set_object (&self->user, user);
}

/* @category: (nullable): that of rows without one, %NULL to choose one */
void
_budget_row_reader_set_category (BudgetRowReader *self, BudgetCategory *category)
{
  g_set_object (&self->category, category);
}

/*
 * Begins another file. Equal rows are numbered, and the numbers begin again with
 * each file, so that the next file with the same rows has the same keys.
 *
 * @currency: what the drafts' amounts are in
 * @account: (nullable): the account as it was given, see
 *   budget_importer_set_account()
 * @remembered: (nullable): the account if neither @account nor the file names one
 */
void
_budget_row_reader_begin_file (BudgetRowReader *self,
                               BudgetStatement *statement,
                               const char *currency,
                               const char *account,
                               BudgetAccount *remembered)
{
  g_set_object (&self->statement, statement);
  g_free (self->currency);
  self->currency = g_strdup (currency);
  g_free (self->account);
  self->account = g_strdup (account);
  g_set_object (&self->remembered, remembered);
  g_hash_table_remove_all (self->n_equal);
}

/* Learns the category of an expense of the book, oldest first. */
void
_budget_row_reader_learn (BudgetRowReader *self, BudgetExpense *expense)
{
  budget_category_history_learn (self->history, expense);
}

/* Forgets the categories of the book's expenses. */
void
_budget_row_reader_forget (BudgetRowReader *self)
{
  budget_category_history_free (self->history);
  self->history = budget_category_history_new ();
}

/*
 * Returns: (transfer none): the names of the accounts that the drafts need and the
 *   book does not have
 */
GHashTable *
_budget_row_reader_get_new_accounts (BudgetRowReader *self)
{
  return self->new_accounts;
}

/* Returns: whether a new account is that of a credit card */
gboolean
_budget_row_reader_is_card (BudgetRowReader *self, const char *name)
{
  return g_hash_table_contains (self->new_cards, name);
}

/*
 * Returns the first spelling of a name, for all rows that have it in any letter
 * case: what is new is added to the book only with the commit.
 */
static const char *
intern_name (BudgetRowReader *self, const char *text)
{
  const char *spelling = g_hash_table_lookup (self->spellings, text);
  g_autofree char *folded = NULL;

  if (spelling != NULL)
    return spelling;

  folded = g_utf8_casefold (text, -1);
  spelling = g_hash_table_lookup (self->spellings, folded);
  if (spelling == NULL)
    {
      spelling = g_string_chunk_insert (self->names, text);
      g_hash_table_insert (self->spellings, g_steal_pointer (&folded), (gpointer) spelling);
    }

  g_hash_table_insert (self->spellings, g_strdup (text), (gpointer) spelling);
  return spelling;
}

/* Strips a name and shortens it to what the book allows. */
static const char *
take_name (BudgetRowReader *self, const char *text, glong max_length)
{
  g_autofree char *stripped = NULL;
  g_autofree char *cut = NULL;

  if (text == NULL)
    return NULL;

  stripped = g_strstrip (g_strdup (text));
  if (g_utf8_strlen (stripped, -1) > max_length)
    {
      cut = g_utf8_substring (stripped, 0, max_length);
      g_strchomp (cut);
    }

  text = cut != NULL ? cut : stripped;
  return *text != '\0' ? intern_name (self, text) : NULL;
}

static BudgetUser *
find_user (BudgetRowReader *self, const char *name)
{
  if (self->users == NULL)
    self->users = budget_name_index_new (budget_book_get_users (self->book), "email", "name");

  return budget_name_index_find (self->users, name);
}

static BudgetAccount *
find_account (BudgetRowReader *self, const char *name)
{
  if (self->accounts == NULL)
    self->accounts =
      budget_name_index_new (budget_book_get_accounts (self->book), "number", "name");

  return budget_name_index_find (self->accounts, name);
}

static char *
dup_number (const char *text)
{
  guint n_digits;
  g_autofree char *plain = budget_account_number_dup_plain (text, &n_digits);

  return n_digits >= MIN_DIGITS ? g_steal_pointer (&plain) : NULL;
}

/* Numbers of accounts lose their blanks, so that two spellings do not become two accounts. */
static const char *
take_account_name (BudgetRowReader *self, const char *text)
{
  const char *name = take_name (self, text, MAX_NAME);
  g_autofree char *number = NULL;
  guint n_digits = 0;

  for (const char *at = name; at != NULL && *at != '\0'; at++)
    {
      if (!g_ascii_isdigit (*at) && !g_ascii_isupper (*at) && *at != ' ' && *at != '-')
        return name;
      n_digits += g_ascii_isdigit (*at);
    }

  if (name == NULL || n_digits * 2 < strlen (name))
    return name;

  number = dup_number (name);
  return number != NULL ? intern_name (self, number) : name;
}

static BudgetAccount *
find_number (BudgetRowReader *self, const char *text)
{
  GListModel *accounts = budget_book_get_accounts (self->book);
  g_autofree char *wanted = dup_number (text);

  if (wanted == NULL)
    return NULL;

  if (self->numbers == NULL)
    {
      self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
        {
          g_autoptr (BudgetAccount) account = g_list_model_get_item (accounts, i);
          const char *number = budget_account_get_number (account);
          char *plain = number != NULL ? dup_number (number) : NULL;

          if (plain != NULL)
            g_hash_table_insert (self->numbers, plain, g_steal_pointer (&account));
        }
    }

  return g_hash_table_lookup (self->numbers, wanted);
}

static BudgetUser *
get_default_user (BudgetRowReader *self)
{
  if (self->default_user == NULL)
    g_set_object (&self->default_user, budget_book_get_default_user (self->book));

  return self->default_user;
}

static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at != text && at[1] != '\0' && strpbrk (text, " <>,;") == NULL;
}

/*
 * Only our own CSV files name the person of an expense; in those of banks it is
 * the payee.
 */
static void
take_user (BudgetRowReader *self,
           BudgetDraft *draft,
           const BudgetStatementRow *row,
           gboolean is_own)
{
  const char *name = take_name (self, row->person, MAX_NAME);
  BudgetUser *user = self->user;

  if (user == NULL && name != NULL)
    {
      user = find_user (self, name);
      if (user == NULL && is_own && is_email (name))
        {
          draft->user_email = name;
          return;
        }
    }

  if (user == NULL)
    user = get_default_user (self);
  g_set_object (&draft->user, user);
}

/*
 * Returns: (nullable): the name of the account, as the file or the user has it
 */
static const char *
take_account (BudgetRowReader *self, BudgetDraft *draft, const BudgetStatementRow *row)
{
  const char *name = take_account_name (self, self->account);
  BudgetAccount *account;

  if (name == NULL)
    name = take_account_name (self, row->account);
  if (name == NULL)
    name = take_account_name (self, budget_statement_get_account (self->statement));
  if (name == NULL && self->remembered != NULL)
    name = take_account_name (self, budget_account_get_name (self->remembered));
  if (name == NULL)
    return NULL;

  account = find_account (self, name);
  if (account == NULL)
    account = find_number (self, name);
  g_set_object (&draft->account, account);
  draft->account_name = draft->account == NULL ? name : NULL;
  if (account == NULL)
    g_hash_table_add (self->new_accounts, (gpointer) name);
  if (account == NULL && row->is_card)
    g_hash_table_add (self->new_cards, (gpointer) name);

  return name;
}

static char *
join_notes (const char *first, const char *second)
{
  if (second == NULL || *second == '\0' || g_str_equal (first, second))
    return g_strdup (first);

  return g_strconcat (first, "\n", second, NULL);
}

/* Banks repeat their texts, so each is tidied once. */
static const char *
tidy (BudgetRowReader *self, const char *text)
{
  const char *tidied = g_hash_table_lookup (self->tidied, text);
  g_autofree char *tidy = NULL;

  if (tidied != NULL)
    return tidied;

  tidy = budget_description_tidy (text);
  tidied = g_string_chunk_insert_const (self->names, tidy);
  g_hash_table_insert (self->tidied, g_strdup (text), (gpointer) tidied);
  return tidied;
}

static void
take_texts (BudgetRowReader *self,
            BudgetDraft *draft,
            const BudgetStatementRow *row,
            gboolean is_own)
{
  const char *text = row->description;
  const char *tidied;

  if (text == NULL || *text == '\0')
    text = row->category;
  if (text == NULL || *text == '\0')
    text = row->counterpart;
  if (text == NULL || *text == '\0')
    text = _("(no description)");

  if (g_utf8_strlen (text, -1) <= BUDGET_DRAFT_MAX_DESCRIPTION)
    {
      draft->description = g_strdup (text);
      draft->note = row->note != NULL && *row->note != '\0' ? g_strdup (row->note) : NULL;
    }
  else
    {
      draft->description = g_utf8_substring (text, 0, BUDGET_DRAFT_MAX_DESCRIPTION);
      draft->note = join_notes (text, row->note);
    }

  if (is_own)
    return;

  tidied = tidy (self, draft->description);
  if (g_str_equal (tidied, draft->description))
    return;

  draft->original = g_steal_pointer (&draft->description);
  draft->description = g_strdup (tidied);
}

/* Takes over the digits of an amount in another currency, which may have other decimals. */
static gboolean
scale_amount (BudgetRowReader *self, BudgetDraft *draft, const BudgetStatementRow *row)
{
  guint digits = budget_currency_get_digits (self->currency);
  g_autoptr (GError) error = NULL;
  gint64 amount;

  switch (budget_number_scale (-row->amount, row->digits, digits, &amount))
    {
    case BUDGET_NUMBER_TOO_PRECISE:
      _budget_draft_take_rejection (
        draft, g_strdup (_("The amount has more decimals than the book’s currency")));
      return FALSE;
    case BUDGET_NUMBER_TOO_LARGE:
      amount = G_MAXINT64;
      break;
    case BUDGET_NUMBER_FITS:
    default:
      break;
    }

  if (budget_money_check (amount, &error))
    draft->amount = amount;
  else
    _budget_draft_take_rejection (draft, g_strdup (error->message));

  return error == NULL;
}

/* The statement's own reason goes first. */
static void
take_amount (BudgetRowReader *self, BudgetDraft *draft, const BudgetStatementRow *row)
{
  if (!self->as_is && row->currency != NULL && !g_str_equal (row->currency, self->currency))
    {
      _budget_draft_take_rejection (draft,
                                    /* Translators: two currencies, such as USD and EUR. */
                                    g_strdup_printf (_("The amount is in %1$s, the book in %2$s"),
                                                        row->currency, self->currency));
      draft->needs_amount = TRUE;
    }
  else
    {
      draft->needs_amount = !scale_amount (self, draft, row);
    }

  if (row->reject_reason == NULL)
    return;

  _budget_draft_take_rejection (draft, g_strdup (row->reject_reason));
  if (row->currency == NULL || g_str_equal (row->currency, self->currency))
    draft->needs_amount = FALSE;
}

/*
 * The same row has the same key in every file; equal rows are numbered. The day
 * comes first, so that a query can find the keys of some days; rows without a
 * date have the day 0.
 */
static char *
dup_key (const GDate *date, const char *const *parts, guint n_parts)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean has_date = g_date_valid (date);

  for (guint i = 0; i < n_parts; i++)
    if (parts[i] != NULL)
      g_checksum_update (checksum, (const guchar *) parts[i], (gssize) strlen (parts[i]) + 1);

  return g_strdup_printf ("%04u-%02u-%02u:%.32s", has_date ? (guint) g_date_get_year (date) : 0,
                          has_date ? (guint) g_date_get_month (date) : 0,
                          has_date ? (guint) g_date_get_day (date) : 0,
                          g_checksum_get_string (checksum));
}

/* Takes @base. */
static void
take_key (BudgetRowReader *self, BudgetDraft *draft, char *base)
{
  guint n_equal = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_equal, base)) + 1;

  draft->import_key = g_strdup_printf ("%s:%u", base, n_equal);
  g_hash_table_insert (self->n_equal, base, GUINT_TO_POINTER (n_equal));
}

static void
take_transaction_key (BudgetRowReader *self, BudgetDraft *draft, const char *account)
{
  g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT, draft->amount);
  gboolean has_id = draft->bank_id != NULL;
  const char *parts[] = { amount, has_id ? "id" : "text",
                          has_id ? draft->bank_id : _budget_draft_get_text (draft), account };

  take_key (self, draft, dup_key (&draft->date, parts, G_N_ELEMENTS (parts)));
}

/* A rejected row may be corrected by hand, so its key is made of the fields in the file. */
static void
take_rejected_key (BudgetRowReader *self,
                   BudgetDraft *draft,
                   const BudgetStatementRow *row,
                   const char *account)
{
  g_autofree char *fields = row->fields != NULL ? g_strjoinv ("\n", (char **) row->fields) : NULL;
  g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT, row->amount);
  const char *parts[] = { "rejected", fields, amount, _budget_draft_get_text (draft), account };
  GDate none;

  g_date_clear (&none, 1);
  take_key (self, draft, dup_key (&none, parts, G_N_ELEMENTS (parts)));
}

/*
 * Returns: the number of the account, if it has one, because its name may change
 */
static const char *
get_lasting_name (BudgetDraft *draft, const char *name)
{
  const char *number = NULL;

  if (draft->account != NULL)
    number = budget_account_get_number (draft->account);

  return number != NULL ? number : name;
}

/*
 * Returns: (transfer none) (nullable): the book's category of that name
 */
BudgetCategory *
_budget_row_reader_find_category (BudgetRowReader *self, const char *name)
{
  if (self->categories == NULL)
    self->categories =
      budget_name_index_new (budget_book_get_categories (self->book), "name", NULL);

  return budget_name_index_find (self->categories, name);
}

static void
choose_name (BudgetRowReader *self, BudgetDraft *draft, const char *name, BudgetDraftSource source)
{
  _budget_draft_choose (draft, _budget_row_reader_find_category (self, name), name, source, 1);
}

static gboolean
choose_by_rule (BudgetRowReader *self, BudgetDraft *draft)
{
  BudgetRule *rule =
    budget_rule_set_find_for_either (self->rules, draft->description, draft->original);

  if (rule == NULL)
    return FALSE;

  _budget_draft_choose (draft, budget_rule_get_category (rule), NULL, BUDGET_DRAFT_SOURCE_RULE, 1);
  if (self->user == NULL && draft->user_email == NULL && budget_rule_get_user (rule) != NULL)
    g_set_object (&draft->user, budget_rule_get_user (rule));
  return TRUE;
}

static gboolean
choose_by_history (BudgetRowReader *self, BudgetDraft *draft)
{
  const char *text = _budget_draft_get_text (draft);
  BudgetCategory *category = budget_category_history_find (self->history, text);
  double confidence = 0;

  if (category == NULL)
    category = budget_category_history_find (self->history, draft->description);
  if (category != NULL)
    {
      _budget_draft_choose (draft, category, NULL, BUDGET_DRAFT_SOURCE_HISTORY, 1);
      return TRUE;
    }

  category = budget_category_history_guess (self->history, text, draft->amount, &confidence);
  if (category == NULL)
    return FALSE;

  _budget_draft_choose (draft, category, NULL, BUDGET_DRAFT_SOURCE_GUESS, confidence);
  return TRUE;
}

/*
 * Chooses the category of a draft: @category, which is the one in the file, else
 * the one given for the whole import, else that of a rule, else that of the
 * latest expense with the same description, else a guess.
 */
static void
categorize (BudgetRowReader *self, BudgetDraft *draft, const char *category)
{
  if (category != NULL)
    choose_name (self, draft, category, BUDGET_DRAFT_SOURCE_FILE);
  else if (self->category != NULL)
    _budget_draft_choose (draft, self->category, NULL, BUDGET_DRAFT_SOURCE_GIVEN, 1);
  else if (!choose_by_rule (self, draft) && !choose_by_history (self, draft))
    /* Translators: the category of what belongs to no other. */
    choose_name (self, draft,
                 intern_name (self, C_ ("category", "Other")), BUDGET_DRAFT_SOURCE_NONE);
}

/* Returns: (transfer full): a row of the current file as a draft of file @file of the import */
BudgetDraft *
_budget_row_reader_read (BudgetRowReader *self, guint file, const BudgetStatementRow *row)
{
  gboolean is_own = budget_own_csv_wrote (self->statement);
  BudgetDraft *draft = g_object_new (BUDGET_TYPE_DRAFT, NULL);
  const char *account;

  draft->file = file;
  draft->line = row->line;
  draft->date = row->date;
  draft->tags = g_strdupv (row->tags);
  draft->bank_id = row->bank_id != NULL && *row->bank_id != '\0' ? g_strdup (row->bank_id) : NULL;
  draft->counterpart =
    row->counterpart != NULL && *row->counterpart != '\0' ? g_strdup (row->counterpart) : NULL;
  take_texts (self, draft, row, is_own);
  take_user (self, draft, row, is_own);
  account = get_lasting_name (draft, take_account (self, draft, row));
  take_amount (self, draft, row);
  categorize (self, draft, take_name (self, row->category, MAX_CATEGORY));

  if (draft->state == BUDGET_DRAFT_NEW)
    take_transaction_key (self, draft, account);
  else
    take_rejected_key (self, draft, row, account);

  return draft;
}
