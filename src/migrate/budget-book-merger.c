/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-merger-private.h"
#include "budget-money.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetBookMerger:
 *
 * Puts another program's whole book into a book: all of it, as one step that
 * can be undone, or nothing.
 *
 * Categories, accounts and tags that are there already, by name or number, are
 * the ones that are used. What came with an earlier merge of the same book is
 * known by its key and does not come again.
 */

#define LONGEST_NAME 100
#define LONGEST_TAG 50

G_DEFINE_FINAL_TYPE (BudgetBookMerger, budget_book_merger, G_TYPE_OBJECT)

static void
merged_name_free (BudgetMergedName *self)
{
  g_free (self->name);
  g_clear_object (&self->entity);
  g_free (self);
}

static void
foreign_category_free (BudgetForeignCategory *category)
{
  g_strfreev (category->path);
  g_free (category);
}

static void
budget_book_merger_finalize (GObject *object)
{
  BudgetBookMerger *self = BUDGET_BOOK_MERGER (object);

  g_hash_table_unref (self->categories);
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->tags);
  g_hash_table_unref (self->known);
  _budget_merged_names_clear (&self->category_names);
  _budget_merged_names_clear (&self->account_names);
  _budget_merged_names_clear (&self->account_numbers);
  _budget_merged_names_clear (&self->tag_names);
  g_clear_pointer (&self->none, foreign_category_free);
  g_clear_pointer (&self->transfer, foreign_category_free);
  g_clear_pointer (&self->report, g_ptr_array_unref);
  g_clear_object (&self->user);
  g_clear_object (&self->foreign);
  g_clear_object (&self->book);
  g_free (self->name);

  G_OBJECT_CLASS (budget_book_merger_parent_class)->finalize (object);
}

static void
budget_book_merger_class_init (BudgetBookMergerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_book_merger_finalize;
}

static void
budget_book_merger_init (BudgetBookMerger *self)
{
  self->categories = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) merged_name_free);
  self->accounts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) merged_name_free);
  self->tags =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) merged_name_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
check_currency (BudgetBookMerger *self, GError **error)
{
  const char *currency = budget_book_get_currency (self->book);
  const char *foreign = self->foreign->currency;

  if (foreign == NULL || g_strcmp0 (foreign, currency) == 0)
    return TRUE;

  self->takes_currency = budget_book_is_empty (self->book);
  if (!self->takes_currency)
    g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED,
                 /* Translators: two currencies, such as USD and EUR. */
                 _("The file is in %1$s and the book in %2$s. Bring it into a new book instead."),
                    foreign, currency);
  return self->takes_currency;
}

/*
 * The keys of all that ever came from the same program.
 */
static gboolean
read_known (BudgetBookMerger *self, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) expenses = NULL;
  g_autofree char *program = g_ascii_strdown (self->foreign->program, -1);
  g_autofree char *start = g_strconcat (program, ":", NULL);

  orm_query_where (query, "import-key", ORM_STARTS_WITH, start);
  expenses = orm_session_find (budget_book_get_session (self->book), query, error);
  if (expenses == NULL)
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (expenses); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);

      if (expense != NULL)
        g_hash_table_add (self->known, g_strdup (budget_expense_get_import_key (expense)));
    }

  return TRUE;
}

static void
name_category (BudgetBookMerger *self, BudgetForeignCategory *category)
{
  BudgetMergedName *merged = g_new0 (BudgetMergedName, 1);
  BudgetCategory *found = NULL;

  merged->name = _budget_merged_names_give_category (&self->category_names, category, &found);
  merged->entity = found != NULL ? g_object_ref (found) : NULL;
  g_hash_table_insert (self->categories, category, merged);
}

static void
name_account (BudgetBookMerger *self, BudgetForeignAccount *account)
{
  BudgetMergedName *merged = g_new0 (BudgetMergedName, 1);
  gpointer found = NULL;

  /* Two accounts of one number: the second is known by its name. */
  merged->has_number =
    account->number != NULL &&
    _budget_merged_names_claim (&self->account_numbers, account->number, account);
  if (merged->has_number)
    found = _budget_merged_names_find (&self->account_numbers, account->number);

  if (found != NULL)
    {
      merged->name = g_strdup (budget_account_get_name (found));
      _budget_merged_names_claim (&self->account_names, merged->name, account);
    }
  else
    merged->name = _budget_merged_names_give (&self->account_names, account->name, LONGEST_NAME,
                                              account, &found);
  merged->entity = found != NULL ? g_object_ref (found) : NULL;
  g_hash_table_insert (self->accounts, account, merged);
}

static void
name_tag (BudgetBookMerger *self, const char *tag)
{
  BudgetMergedName *merged = NULL;
  gpointer found = NULL;

  if (g_hash_table_contains (self->tags, tag))
    return;

  merged = g_new0 (BudgetMergedName, 1);
  merged->name = _budget_merged_names_give (&self->tag_names, tag, LONGEST_TAG, self, &found);
  merged->entity = found != NULL ? g_object_ref (found) : NULL;
  g_hash_table_insert (self->tags, g_strdup (tag), merged);
}

static BudgetCategory *
find_transfer (BudgetBook *book)
{
  GListModel *categories = budget_book_get_categories (book);

  for (guint i = 0; i < g_list_model_get_n_items (categories); i++)
    {
      g_autoptr (BudgetCategory) category = g_list_model_get_item (categories, i);

      if (budget_category_get_kind (category) == BUDGET_CATEGORY_TRANSFER)
        return category; /* the book holds it */
    }

  return NULL;
}

static BudgetForeignCategory *
new_category (const char *name, BudgetCategoryKind kind)
{
  BudgetForeignCategory *category = g_new0 (BudgetForeignCategory, 1);

  category->path = g_new0 (char *, 2);
  category->path[0] = g_strdup (name);
  category->kind = kind;
  return category;
}

/*
 * The category of transfers is the book's, if it has one. What has no category
 * gets one of its own, so that the total of no other differs.
 */
static void
name_own (BudgetBookMerger *self)
{
  gboolean has_none = FALSE, has_transfer = FALSE;
  BudgetCategory *transfer = find_transfer (self->book);

  for (guint i = 0; i < self->foreign->parts->len; i++)
    {
      BudgetForeignPart *part = g_ptr_array_index (self->foreign->parts, i);

      has_transfer = has_transfer || part->is_transfer;
      has_none = has_none || (part->category == NULL && !part->is_transfer);
    }

  if (has_transfer)
    self->transfer =
      new_category (transfer != NULL ? budget_category_get_name (transfer)
                                     : C_ ("category", "Transfer"), BUDGET_CATEGORY_TRANSFER);
  if (has_none)
    /* Translators: the category of what was in no category elsewhere. */
    self->none = new_category (C_ ("category", "Without category"), BUDGET_CATEGORY_SPENDING);

  if (self->transfer != NULL)
    name_category (self, self->transfer);
}

static void
name_all (BudgetBookMerger *self)
{
  BudgetForeignBook *foreign = self->foreign;

  _budget_merged_names_init (&self->category_names, budget_book_get_categories (self->book),
                             "name");
  _budget_merged_names_init (&self->account_names, budget_book_get_accounts (self->book), "name");
  _budget_merged_names_init (&self->account_numbers, budget_book_get_accounts (self->book),
                             "number");
  _budget_merged_names_init (&self->tag_names, budget_book_get_tags (self->book), "name");

  name_own (self);
  for (guint i = 0; i < foreign->categories->len; i++)
    name_category (self, g_ptr_array_index (foreign->categories, i));
  if (self->none != NULL)
    name_category (self, self->none);
  for (guint i = 0; i < foreign->accounts->len; i++)
    name_account (self, g_ptr_array_index (foreign->accounts, i));
  for (guint i = 0; i < foreign->parts->len; i++)
    {
      BudgetForeignPart *part = g_ptr_array_index (foreign->parts, i);

      for (guint j = 0; part->tags != NULL && part->tags[j] != NULL; j++)
        name_tag (self, part->tags[j]);
    }
}

static void
count_parts (BudgetBookMerger *self)
{
  for (guint i = 0; i < self->foreign->parts->len; i++)
    {
      BudgetForeignPart *part = g_ptr_array_index (self->foreign->parts, i);

      if (g_hash_table_contains (self->known, part->key))
        self->n_duplicates++;
      else
        {
          self->n_new++;
          self->sum += part->amount;
        }
    }
}

/*
 * How many of the names are of what is to be made.
 */
guint
_budget_book_merger_count_new (GHashTable *names)
{
  GHashTableIter iter;
  gpointer merged;
  guint n = 0;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, NULL, &merged))
    n += ((BudgetMergedName *) merged)->entity == NULL;

  return n;
}

static void
report_names (BudgetBookMerger *self, const char *what, GHashTable *names)
{
  if (g_hash_table_size (names) > 0)
    g_ptr_array_add (self->report,
                     /* Translators: what, such as “Accounts”, and two numbers. */
                     g_strdup_printf (_("%1$s: %2$u, of them new: %3$u"), what,
                                         g_hash_table_size (names),
                                         _budget_book_merger_count_new (names)));
}

static void
report_count (BudgetBookMerger *self, const char *what, guint n)
{
  if (n > 0)
    /* Translators: what, such as “Transfers”, and how many. */
    g_ptr_array_add (self->report, g_strdup_printf (_("%1$s: %2$u"), what, n));
}

static void
write_report (BudgetBookMerger *self)
{
  BudgetForeignBook *foreign = self->foreign;
  guint n_halves = 0, n_linked = 0;

  self->report = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < foreign->parts->len; i++)
    {
      BudgetForeignPart *part = g_ptr_array_index (foreign->parts, i);

      n_linked += part->is_transfer && part->other != 0;
      n_halves += part->is_transfer && part->other == 0;
    }

  report_names (self, _("Accounts"), self->accounts);
  report_names (self, _("Categories"), self->categories);
  report_names (self, _("Tags"), self->tags);
  report_count (self, _("Transfers between own accounts, linked and counted in no total"),
                         n_linked / 2);
  report_count (self, _("Transfers to or from what is no account here, counted in no total"),
                         n_halves);
  for (guint i = 0; i < foreign->counts->len; i++)
    {
      BudgetForeignCount *count = &g_array_index (foreign->counts, BudgetForeignCount, i);

      report_count (self, count->what, count->n);
    }
  for (guint i = 0; i < foreign->notes->len; i++)
    g_ptr_array_add (self->report, g_strdup (g_ptr_array_index (foreign->notes, i)));
  g_ptr_array_add (self->report, NULL);
}

/**
 * budget_book_merger_new:
 * @book: where it is to go; it must not change until it did
 * @foreign: another program's book
 * @name: what its file is called
 * @user: (nullable): whose expenses they are, %NULL for who was in the book first
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Finds out what is new and what the book has already. Nothing is changed in the
 * book.
 *
 * Returns: (transfer full): a merger, or %NULL if the two do not fit together
 */
BudgetBookMerger *
budget_book_merger_new (
  BudgetBook *book, BudgetForeignBook *foreign, const char *name, BudgetUser *user, GError **error)
{
  g_autoptr (BudgetBookMerger) self = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);
  g_return_val_if_fail (BUDGET_IS_FOREIGN_BOOK (foreign), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (user == NULL || BUDGET_IS_USER (user), NULL);

  self = g_object_new (BUDGET_TYPE_BOOK_MERGER, NULL);
  self->book = g_object_ref (book);
  self->foreign = g_object_ref (foreign);
  self->name = g_utf8_make_valid (name, -1);
  if (user == NULL)
    user = budget_book_get_default_user (book);
  self->user = user != NULL ? g_object_ref (user) : NULL;
  if (self->user == NULL)
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_NOT_FOUND,
                           _("There is nobody in the book whose expenses these could be"));
      return NULL;
    }

  if (!check_currency (self, error) || !read_known (self, error))
    return NULL;

  name_all (self);
  count_parts (self);
  write_report (self);
  return g_steal_pointer (&self);
}

/**
 * budget_book_merger_get_foreign_book:
 * @self: a merger
 *
 * Returns: (transfer none): what is put into the book
 */
BudgetForeignBook *
budget_book_merger_get_foreign_book (BudgetBookMerger *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK_MERGER (self), NULL);

  return self->foreign;
}

/**
 * budget_book_merger_get_currency:
 * @self: a merger
 *
 * Returns: what the amounts are in: the book's currency, or the one that an
 *   empty book takes on
 */
const char *
budget_book_merger_get_currency (BudgetBookMerger *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK_MERGER (self), NULL);

  return self->takes_currency ? self->foreign->currency : budget_book_get_currency (self->book);
}

/**
 * budget_book_merger_get_n_new:
 * @self: a merger
 *
 * Returns: how many expenses are not in the book yet
 */
guint
budget_book_merger_get_n_new (BudgetBookMerger *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK_MERGER (self), 0);

  return self->n_new;
}

/**
 * budget_book_merger_get_n_duplicates:
 * @self: a merger
 *
 * Returns: how many are
 */
guint
budget_book_merger_get_n_duplicates (BudgetBookMerger *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK_MERGER (self), 0);

  return self->n_duplicates;
}

/**
 * budget_book_merger_get_sum:
 * @self: a merger
 *
 * Returns: the sum of what is new, in minor units; positive is money that left
 */
gint64
budget_book_merger_get_sum (BudgetBookMerger *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK_MERGER (self), 0);

  return self->sum;
}

/**
 * budget_book_merger_get_report:
 * @self: a merger
 *
 * Returns: (transfer none) (array zero-terminated=1): what comes in and what has
 *   no place, in the user's language
 */
const char *const *
budget_book_merger_get_report (BudgetBookMerger *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK_MERGER (self), NULL);

  return (const char *const *) self->report->pdata;
}
