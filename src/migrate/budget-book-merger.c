/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-merger.h"
#include "budget-foreign-book-private.h"
#include "budget-import.h"
#include "budget-merged-names-private.h"
#include "budget-money.h"
#include "budget-rule-order.h"
#include "budget-starter.h"
#include "budget-steps.h"
#include "budget-tag.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetBookMerger:
 *
 * Migrates another program's whole book into a book as one undoable step: all
 * of it or nothing.
 *
 * Categories, accounts and tags that the book already has, by name or number,
 * are reused. Expenses of an earlier migration match by their key and are
 * skipped.
 */

#define MAX_NAME 100
#define MAX_TAG 50
#define MAX_NUMBER 50
#define MAX_FILE_NAME 255
#define PARTS_A_STEP 1000

struct _BudgetBookMerger
{
  GObject parent_instance;

  BudgetBook *book;
  BudgetForeignBook *foreign;
  BudgetUser *user;
  char *name;
  gboolean takes_currency;
  gboolean is_committed;

  BudgetMergedNames category_names;
  BudgetMergedNames account_names;
  BudgetMergedNames account_numbers;
  BudgetMergedNames tag_names;
  GHashTable *categories;          /* BudgetForeignCategory → BudgetMergedName */
  GHashTable *accounts;            /* BudgetForeignAccount → BudgetMergedName */
  GHashTable *tags;                /* a tag's name → BudgetMergedName */
  BudgetForeignCategory *none;     /* for parts without a category */
  BudgetForeignCategory *transfer; /* of transfers */
  GHashTable *known;               /* the import keys that the book already has */
  guint n_new;
  guint n_duplicates;
  gint64 sum;
  GPtrArray *report;
};

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
                 _("The file uses %1$s and the book uses %2$s. Import it into a new book "
                   "instead."),
                    foreign, currency);
  return self->takes_currency;
}

/*
 * Reads the import keys of all expenses from the same program.
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

  merged->name = _budget_merged_names_take_category (&self->category_names, category, &found);
  merged->entity = found != NULL ? g_object_ref (found) : NULL;
  g_hash_table_insert (self->categories, category, merged);
}

static void
name_account (BudgetBookMerger *self, BudgetForeignAccount *account)
{
  BudgetMergedName *merged = g_new0 (BudgetMergedName, 1);
  gpointer found = NULL;

  /* Of two accounts with the same number, the second matches by name. */
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
    merged->name =
      _budget_merged_names_take (&self->account_names, account->name, MAX_NAME, account, &found);
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
  merged->name = _budget_merged_names_take (&self->tag_names, tag, MAX_TAG, self, &found);
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
 * Transfers use the book's own category for transfers, if it has one. Expenses
 * without a category get a separate one, so that the other totals stay the
 * same.
 */
static void
name_builtin (BudgetBookMerger *self)
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
    /* Translators: the category of expenses that had none in another program. */
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

  name_builtin (self);
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

/* How many of the names belong to rows that are still to be created. */
static guint
count_new (GHashTable *names)
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
report_names (BudgetBookMerger *self)
{
  guint n_accounts = g_hash_table_size (self->accounts);
  guint n_categories = g_hash_table_size (self->categories);
  guint n_tags = g_hash_table_size (self->tags);

  if (n_accounts > 0)
    g_ptr_array_add (self->report, g_strdup_printf (_("Accounts: %1$u (%2$u new)"), n_accounts,
                                                       count_new (self->accounts)));
  if (n_categories > 0)
    g_ptr_array_add (self->report, g_strdup_printf (_("Categories: %1$u (%2$u new)"), n_categories,
                                                       count_new (self->categories)));
  if (n_tags > 0)
    g_ptr_array_add (self->report,
                     g_strdup_printf (_("Tags: %1$u (%2$u new)"), n_tags, count_new (self->tags)));
}

static void
report_count (BudgetBookMerger *self, const char *what, guint n)
{
  if (n > 0)
    /* Translators: a line of a report, such as “Not imported: budgets”, and how many. */
    g_ptr_array_add (self->report, g_strdup_printf (_("%1$s (%2$u)"), what, n));
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

  report_names (self);
  report_count (self, _("Transfers between your accounts, linked and not included in totals"),
                         n_linked / 2);
  report_count (self, _("Transfers to or from accounts outside the book, not included in totals"),
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

/* Shortens the name of a file at the beginning, which says less than the end. */
static char *
dup_file_name (const char *name)
{
  glong length = g_utf8_strlen (name, -1);

  return length > MAX_FILE_NAME ? g_utf8_substring (name, length - MAX_FILE_NAME, length)
                                : g_strdup (name);
}

static gboolean
make_category (BudgetBookMerger *self,
               BudgetForeignCategory *foreign,
               BudgetMergedName *merged,
               guint number,
               GError **error)
{
  g_autoptr (BudgetCategory) category = NULL;

  if (merged->entity != NULL)
    return TRUE;

  category = budget_category_new ();
  budget_category_set_name (category, merged->name);
  budget_category_set_kind (category, foreign->kind);
  budget_category_set_color (category, budget_starter_get_color (number));
  if (!orm_session_add (budget_book_get_session (self->book), category, error))
    return FALSE;

  merged->entity = g_steal_pointer (&category);
  return TRUE;
}

static gboolean
make_categories (BudgetBookMerger *self, GError **error)
{
  GPtrArray *categories = self->foreign->categories;
  guint n_old = g_list_model_get_n_items (budget_book_get_categories (self->book));
  BudgetForeignCategory *own[] = { self->transfer, self->none };

  for (guint i = 0; i < categories->len; i++)
    if (!make_category (self, categories->pdata[i],
                        g_hash_table_lookup (self->categories, categories->pdata[i]), n_old + i,
                        error))
      return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (own[i] != NULL &&
        !make_category (self, own[i], g_hash_table_lookup (self->categories, own[i]),
                        n_old + categories->len + i, error))
      return FALSE;

  return TRUE;
}

static gboolean
make_account (BudgetBookMerger *self, BudgetForeignAccount *foreign, GError **error)
{
  BudgetMergedName *merged = g_hash_table_lookup (self->accounts, foreign);
  g_autoptr (BudgetAccount) account = NULL;

  /* An existing account keeps its properties. */
  if (merged->entity != NULL)
    return TRUE;

  account = budget_account_new ();
  budget_account_set_name (account, merged->name);
  budget_account_set_kind (account, foreign->kind);
  budget_account_set_opening_balance (account, foreign->opening_balance);
  if (g_date_valid (&foreign->opening_date))
    budget_account_set_opening_date (account, &foreign->opening_date);
  if (merged->has_number && g_utf8_strlen (foreign->number, -1) <= MAX_NUMBER)
    budget_account_set_number (account, foreign->number);
  if (!orm_session_add (budget_book_get_session (self->book), account, error))
    return FALSE;

  merged->entity = g_steal_pointer (&account);
  return TRUE;
}

static gboolean
make_tags (BudgetBookMerger *self, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tags);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BudgetMergedName *merged = value;
      g_autoptr (BudgetTag) tag = NULL;

      if (merged->entity != NULL)
        continue;

      tag = budget_tag_new ();
      budget_tag_set_name (tag, merged->name);
      if (!orm_session_add (budget_book_get_session (self->book), tag, error))
        return FALSE;
      merged->entity = g_steal_pointer (&tag);
    }

  return TRUE;
}

static gpointer
get_entity (GHashTable *names, gpointer foreign)
{
  BudgetMergedName *merged = foreign != NULL ? g_hash_table_lookup (names, foreign) : NULL;

  return merged != NULL ? merged->entity : NULL;
}

static BudgetExpense *
make_expense (BudgetBookMerger *self, BudgetForeignPart *part, BudgetImport *import, GError **error)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();
  BudgetForeignCategory *category = part->is_transfer ? self->transfer : part->category;

  budget_expense_set_description (expense, part->description);
  budget_expense_set_amount (expense, part->amount);
  budget_expense_set_date (expense, &part->date);
  if (part->note != NULL)
    budget_expense_set_note (expense, part->note);
  budget_expense_set_import_key (expense, part->key);
  budget_expense_set_user (expense, self->user);
  budget_expense_set_category (
    expense, get_entity (self->categories, category != NULL ? category : self->none));
  if (part->account != NULL)
    budget_expense_set_account (expense, get_entity (self->accounts, part->account));
  budget_expense_set_import (expense, import);
  if (!orm_session_add (budget_book_get_session (self->book), expense, error))
    return NULL;

  for (guint i = 0; part->tags != NULL && part->tags[i] != NULL; i++)
    orm_collection_append (budget_expense_get_tags (expense),
                           get_entity (self->tags, part->tags[i]));

  return g_steal_pointer (&expense);
}

/* The case-folded patterns of all rules. */
static GHashTable *
list_patterns (BudgetBook *book)
{
  GHashTable *patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *rules = budget_book_get_rules (book);

  for (guint i = 0; i < g_list_model_get_n_items (rules); i++)
    {
      g_autoptr (BudgetRule) rule = g_list_model_get_item (rules, i);

      g_hash_table_add (patterns, g_utf8_casefold (budget_rule_get_pattern (rule), -1));
    }

  return patterns;
}

/* The book's own rules take precedence over those of the other program. */
static gboolean
make_rules (BudgetBookMerger *self, GError **error)
{
  g_autoptr (GHashTable) patterns = list_patterns (self->book);

  for (guint i = 0; i < self->foreign->rules->len; i++)
    {
      BudgetForeignRule *foreign = g_ptr_array_index (self->foreign->rules, i);
      g_autoptr (BudgetRule) rule = NULL;

      /* The book's list does not have rules yet that are added in a group. */
      if (!g_hash_table_add (patterns, g_utf8_casefold (foreign->pattern, -1)))
        continue;

      rule = budget_rule_new ();
      budget_rule_set_pattern (rule, foreign->pattern);
      budget_rule_set_category (rule, get_entity (self->categories, foreign->category));
      if (!budget_rule_order_add (self->book, rule, error))
        return FALSE;
    }

  return TRUE;
}

/* Adds all that the expenses refer to. */
static gboolean
make_others (BudgetBookMerger *self, BudgetImport *import, GError **error)
{
  g_autofree char *name = dup_file_name (self->name);

  if (self->takes_currency &&
      !budget_book_set_currency (self->book, self->foreign->currency, error))
    return FALSE;

  budget_import_set_name (import, name);
  budget_import_set_format (import, self->foreign->program);
  if (!orm_session_add (budget_book_get_session (self->book), import, error) ||
      !make_categories (self, error))
    return FALSE;

  for (guint i = 0; i < self->foreign->accounts->len; i++)
    if (!make_account (self, g_ptr_array_index (self->foreign->accounts, i), error))
      return FALSE;

  return make_tags (self, error) && make_rules (self, error);
}

/* The work of saving. */
typedef struct
{
  BudgetBookMerger *merger;
  BudgetImport *import;
  GPtrArray *halves; /* of transfers: by the position of the part, most are NULL */
  guint position;
  gboolean has_begun;
} Saving;

static void
half_free (gpointer half)
{
  g_clear_object (&half);
}

static void
saving_init (Saving *self, BudgetBookMerger *merger)
{
  *self = (Saving){ .merger = merger, .import = budget_import_new () };
  self->halves = g_ptr_array_new_with_free_func (half_free);
  g_ptr_array_set_size (self->halves, (gint) merger->foreign->parts->len);
}

static void
saving_clear (Saving *self)
{
  g_clear_object (&self->import);
  g_clear_pointer (&self->halves, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Saving, saving_clear)

static gboolean
save_part (Saving *self, guint position, GError **error)
{
  BudgetForeignPart *part = g_ptr_array_index (self->merger->foreign->parts, position);
  g_autoptr (BudgetExpense) expense = NULL;
  BudgetExpense *other = part->other != 0 ? self->halves->pdata[part->other - 1] : NULL;

  if (g_hash_table_contains (self->merger->known, part->key))
    return TRUE;

  expense = make_expense (self->merger, part, self->import, error);
  if (expense == NULL)
    return FALSE;

  /* The half that left an account refers to the other half. */
  if (other != NULL && part->amount > 0)
    budget_expense_set_counterpart (expense, other);
  else if (other != NULL)
    budget_expense_set_counterpart (other, expense);
  if (part->other != 0)
    self->halves->pdata[position] = g_steal_pointer (&expense);
  return TRUE;
}

static void
begin_saving (Saving *self)
{
  orm_session_begin_group (budget_book_get_session (self->merger->book), NULL);
  self->has_begun = TRUE;
}

static void
end_saving (Saving *self)
{
  if (self->has_begun)
    orm_session_end_group (budget_book_get_session (self->merger->book));
  self->has_begun = FALSE;
}

static gboolean
finish_saving (Saving *self, GError **error)
{
  g_autofree char *label = NULL;

  /* Translators: a step that can be undone; %s is a program, HomeBank or GnuCash. */
  label = g_strdup_printf (_("Migration from %s"), self->merger->foreign->program);
  end_saving (self);
  return budget_book_commit (self->merger->book, label, error);
}

static gboolean
saving_step (gpointer job, gboolean *is_done, GError **error)
{
  Saving *self = job;
  guint n_parts = self->merger->foreign->parts->len;

  *is_done = FALSE;
  if (!self->has_begun)
    {
      begin_saving (self);
      return make_others (self->merger, self->import, error);
    }

  for (guint i = 0; i < PARTS_A_STEP && self->position < n_parts; i++)
    if (!save_part (self, self->position++, error))
      return FALSE;

  *is_done = self->position == n_parts;
  return !*is_done || finish_saving (self, error);
}

static void
saving_abandon (gpointer job)
{
  Saving *self = job;

  end_saving (self);
  orm_session_rollback (budget_book_get_session (self->merger->book));
}

static const BudgetSteps saving_steps = { saving_step, NULL, saving_abandon, NULL };

/**
 * budget_book_merger_new:
 * @book: the target; it must not change until the merger has committed
 * @foreign: another program's book
 * @name: the name of the file
 * @user: (nullable): the person whose expenses they are, %NULL for the first
 * one
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Finds out what is new and what the book already has. Does not change the
 * book.
 *
 * Returns: (transfer full): a merger, or %NULL if the books are incompatible
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
                           _("The book has no person to assign the expenses to"));
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
 * Returns: (transfer none): the other program's book
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
 * Returns: the currency of the amounts: the book's or, if the book is empty,
 * the file's
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
 * Returns: how many expenses will be added
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
 * Returns: how many expenses the book already has
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
 * Returns: the sum of the new expenses in minor units; spending is positive
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
 * Returns: (transfer none) (array zero-terminated=1): what will be added and
 * what is not imported, in the user's language
 */
const char *const *
budget_book_merger_get_report (BudgetBookMerger *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK_MERGER (self), NULL);

  return (const char *const *) self->report->pdata;
}

/**
 * budget_book_merger_commit:
 * @self: a merger
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, an #OrmError or a #GIOErrorEnum
 *
 * Adds all that is new as one undoable step and as one import, which can be
 * deleted as a whole. If that fails, the book is unchanged.
 *
 * Returns: %TRUE if it is saved
 */
gboolean
budget_book_merger_commit (BudgetBookMerger *self, GCancellable *cancellable, GError **error)
{
  g_auto (Saving) saving = { 0 };

  g_return_val_if_fail (BUDGET_IS_BOOK_MERGER (self), FALSE);
  g_return_val_if_fail (!self->is_committed, FALSE);

  /* Everything was added earlier, or there is nothing to add. */
  if (self->n_new == 0 && (self->n_duplicates > 0 ||
                           (count_new (self->accounts) == 0 && count_new (self->categories) == 0)))
    return TRUE;

  saving_init (&saving, self);
  self->is_committed = budget_steps_run (&saving_steps, &saving, NULL, NULL, cancellable, error);
  return self->is_committed;
}
