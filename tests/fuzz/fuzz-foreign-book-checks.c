/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE /* memfd_create () */

#include "config.h"

#include "budget-book-merger.h"
#include "budget-foreign-book-private.h"
#include "budget-money.h"
#include "budget-rule.h"
#include "budget-tag.h"
#include "fuzz-book.h"
#include "fuzz-foreign-book-checks.h"
#include "fuzz.h"
#include "orm-session-query.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* What is true of every book of another program, whatever was in the file. */

#define MAX_DESCRIPTION_LENGTH 200

/*
 * The readers want a file. This one is in memory, and gone whatever happens.
 */
static char *
make_file (const void *data, gsize size, int *fd)
{
  *fd = memfd_create ("book", MFD_CLOEXEC);
  g_assert_cmpint (*fd, >=, 0);
  g_assert_cmpint (write (*fd, data, size), ==, (gssize) size);
  return g_strdup_printf ("/proc/self/fd/%d", *fd);
}

static void
check_account (const BudgetForeignAccount *account)
{
  g_assert_nonnull (account->name);
  fuzz_check_text (account->name);
  fuzz_check_text (account->number);
  g_assert_true (budget_money_check (account->opening_balance, NULL));
}

static void
check_category (const BudgetForeignCategory *category)
{
  g_assert_nonnull (category->path);
  g_assert_nonnull (category->path[0]);
  for (guint i = 0; category->path[i] != NULL; i++)
    fuzz_check_text (category->path[i]);
}

static void
check_halves (BudgetForeignBook *book, guint number)
{
  const BudgetForeignPart *part = g_ptr_array_index (book->parts, number);
  const BudgetForeignPart *other;

  if (part->other == 0)
    return;

  g_assert_cmpuint (part->other, <=, book->parts->len);
  other = g_ptr_array_index (book->parts, part->other - 1);
  g_assert_cmpuint (other->other, ==, number + 1);
  g_assert_true (part->is_transfer && other->is_transfer && part != other);
  g_assert_cmpint (part->amount, ==, -other->amount);
}

static void
check_part (BudgetForeignBook *book, guint number)
{
  const BudgetForeignPart *part = g_ptr_array_index (book->parts, number);

  g_assert_cmpstr (part->key, !=, NULL);
  fuzz_check_text (part->key);
  fuzz_check_text (part->description);
  fuzz_check_text (part->note);
  g_assert_true (g_date_valid (&part->date));
  g_assert_cmpuint (g_date_get_year (&part->date), <=, 9999);
  g_assert_true (budget_money_check (part->amount, NULL));
  g_assert_cmpstr (part->description, !=, NULL);
  g_assert_cmpint (g_utf8_strlen (part->description, -1), <=, MAX_DESCRIPTION_LENGTH);

  for (guint i = 0; part->tags != NULL && part->tags[i] != NULL; i++)
    {
      fuzz_check_text (part->tags[i]);
      g_assert_cmpstr (part->tags[i], !=, "");
    }

  check_halves (book, number);
}

static void
check_rule (const BudgetForeignRule *rule)
{
  fuzz_check_text (rule->pattern);
  g_assert_cmpstr (rule->pattern, !=, NULL);
  g_assert_cmpstr (rule->pattern, !=, "");
  g_assert_nonnull (rule->category);
}

static void
check_foreign (BudgetForeignBook *book)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (book->digits, <=, 3);
  for (guint i = 0; i < book->accounts->len; i++)
    check_account (g_ptr_array_index (book->accounts, i));
  for (guint i = 0; i < book->categories->len; i++)
    check_category (g_ptr_array_index (book->categories, i));
  for (guint i = 0; i < book->rules->len; i++)
    check_rule (g_ptr_array_index (book->rules, i));

  for (guint i = 0; i < book->parts->len; i++)
    {
      check_part (book, i);
      g_assert_true (g_hash_table_add (keys, ((BudgetForeignPart *) book->parts->pdata[i])->key));
    }

  for (guint i = 0; i < budget_foreign_book_get_n_rejected (book); i++)
    {
      const char *reason = budget_foreign_book_get_rejected (book, i, NULL);

      g_assert_cmpstr (reason, !=, "");
      fuzz_check_text (reason);
    }
}

static void
add_text (GString *string, const char *text)
{
  g_string_append_printf (string, "%s|", text != NULL ? text : "(none)");
}

static void
add_texts (GString *string, char **texts)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    add_text (string, texts[i]);
}

static void
add_date (GString *string, const GDate *date)
{
  g_string_append_printf (string, "%u|", g_date_valid (date) ? g_date_get_julian (date) : 0);
}

static void
add_account (gpointer data, gpointer user_data)
{
  const BudgetForeignAccount *account = data;
  GString *string = user_data;

  add_text (string, account->name);
  add_text (string, account->number);
  add_date (string, &account->opening_date);
  g_string_append_printf (string, "%d|%" G_GINT64_FORMAT "\n", (int) account->kind,
                          account->opening_balance);
}

static void
add_category (gpointer data, gpointer user_data)
{
  const BudgetForeignCategory *category = data;
  GString *string = user_data;

  add_texts (string, category->path);
  g_string_append_printf (string, "%d\n", (int) category->kind);
}

static void
add_part (gpointer data, gpointer user_data)
{
  const BudgetForeignPart *part = data;
  GString *string = user_data;

  add_text (string, part->key);
  add_date (string, &part->date);
  add_text (string, part->description);
  add_text (string, part->note);
  add_text (string, part->account != NULL ? part->account->name : NULL);
  if (part->category != NULL)
    add_texts (string, part->category->path);
  add_texts (string, part->tags);
  g_string_append_printf (string, "%u|%" G_GINT64_FORMAT "|%d|%u\n", part->line, part->amount,
                          part->is_transfer, part->other);
}

static void
add_rule (gpointer data, gpointer user_data)
{
  const BudgetForeignRule *rule = data;
  GString *string = user_data;

  add_text (string, rule->pattern);
  add_texts (string, rule->category->path);
}

/*
 * Returns: (transfer full): all that a book says, by which two can be compared
 */
static char *
dup_foreign_text (BudgetForeignBook *book)
{
  GString *string = g_string_new (NULL);

  add_text (string, budget_foreign_book_get_program (book));
  add_text (string, book->currency);
  g_ptr_array_foreach (book->accounts, add_account, string);
  g_ptr_array_foreach (book->categories, add_category, string);
  g_ptr_array_foreach (book->parts, add_part, string);
  g_ptr_array_foreach (book->rules, add_rule, string);

  for (guint i = 0; i < book->rejections->len; i++)
    add_text (string, budget_foreign_book_get_rejected (book, i, NULL));
  for (guint i = 0; i < book->counts->len; i++)
    {
      const BudgetForeignCount *count = &g_array_index (book->counts, BudgetForeignCount, i);

      g_string_append_printf (string, "%s %u|", count->what, count->n);
    }
  for (guint i = 0; i < book->notes->len; i++)
    add_text (string, g_ptr_array_index (book->notes, i));

  return g_string_free (string, FALSE);
}

static BudgetForeignBook *
read_once (const char *path, const char *currency, FuzzForeignReadFunc read, char **text)
{
  g_autoptr (GError) error = NULL;
  BudgetForeignBook *book = read (path, currency, NULL, &error);

  fuzz_check_error (book != NULL, error);
  *text = book != NULL ? dup_foreign_text (book) : g_strdup (error->message);

  return book;
}

/*
 * What is packed is the same book. Where a damaged one is found to be damaged
 * depends on how much of it is unpacked at a time.
 */
static void
check_packed (
  const guint8 *data, gsize size, const char *text, gboolean is_good, FuzzForeignReadFunc read)
{
  g_autoptr (GConverter) compressor =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  gsize room = size + size / 8 + 64, n_read, n_written;
  g_autofree guint8 *packed = g_malloc (room);
  g_autofree char *path = NULL;
  g_autofree char *packed_text = NULL;
  g_autoptr (BudgetForeignBook) book = NULL;
  int fd;

  g_assert_cmpint (g_converter_convert (compressor, data, size, packed, room,
                                        G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL),
                   ==, G_CONVERTER_FINISHED);
  path = make_file (packed, n_written, &fd);
  book = read_once (path, NULL, read, &packed_text);
  g_assert_true ((book != NULL) == is_good);
  if (is_good)
    g_assert_cmpstr (packed_text, ==, text);
  close (fd);
}

static BudgetBookMerger *
merge (BudgetBook *book, BudgetForeignBook *foreign)
{
  g_autoptr (GError) error = NULL;
  BudgetBookMerger *merger = budget_book_merger_new (book, foreign, "their book", NULL, &error);
  const char *const *report;

  g_assert_no_error (error);
  report = budget_book_merger_get_report (merger);
  for (guint i = 0; report[i] != NULL; i++)
    fuzz_check_text (report[i]);

  return merger;
}

/* What a reader takes, the book takes. */
static void
commit (BudgetBookMerger *merger)
{
  g_autoptr (GError) error = NULL;
  gboolean is_good = budget_book_merger_commit (merger, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (is_good);
}

static GListModel *
find_expenses (BudgetBook *book)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GError) error = NULL;
  GListModel *expenses;

  orm_query_order_by (query, "import-key", ORM_ASCENDING);
  expenses = orm_session_find (budget_book_get_session (book), query, &error);
  g_assert_no_error (error);

  return expenses;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_tags (GString *string, GListModel *tags)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (tags); i++)
    {
      g_autoptr (BudgetTag) tag = g_list_model_get_item (tags, i);

      g_ptr_array_add (names, g_strdup (budget_tag_get_name (tag)));
    }

  g_ptr_array_sort (names, compare_texts);
  for (guint i = 0; i < names->len; i++)
    add_text (string, g_ptr_array_index (names, i));
}

/* The category, account and tags of every expense. */
static char *
dup_places (BudgetBook *book)
{
  g_autoptr (GListModel) expenses = find_expenses (book);
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (expenses); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);
      BudgetAccount *account = budget_expense_get_account (expense);

      add_text (string, budget_expense_get_import_key (expense));
      add_text (string, budget_category_get_name (budget_expense_get_category (expense)));
      add_text (string, account != NULL ? budget_account_get_name (account) : NULL);
      add_tags (string, G_LIST_MODEL (budget_expense_get_tags (expense)));
      g_string_append_c (string, '\n');
    }

  return g_string_free (string, FALSE);
}

static void
delete_expenses (BudgetBook *book)
{
  g_autoptr (GListModel) expenses = find_expenses (book);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (expenses); i++)
    {
      g_autoptr (BudgetExpense) expense = g_list_model_get_item (expenses, i);

      orm_session_delete (budget_book_get_session (book), expense, &error);
      g_assert_no_error (error);
    }

  budget_book_commit (book, NULL, &error);
  g_assert_no_error (error);
}

/* No two rules are of one text, and each has a place of its own. */
static void
check_rules (BudgetBook *book)
{
  GListModel *rules = budget_book_get_rules (book);
  g_autoptr (GHashTable) patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 last = -1;

  for (guint i = 0; i < g_list_model_get_n_items (rules); i++)
    {
      g_autoptr (BudgetRule) rule = g_list_model_get_item (rules, i);

      g_assert_true (
        g_hash_table_add (patterns, g_utf8_casefold (budget_rule_get_pattern (rule), -1)));
      g_assert_cmpint (budget_rule_get_position (rule), >, last);
      last = budget_rule_get_position (rule);
    }
}

static void
check_counts (BudgetBook *book, guint n_accounts, guint n_categories, guint n_tags, guint n_rules)
{
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_accounts (book)), ==, n_accounts);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_categories (book)), ==, n_categories);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_tags (book)), ==, n_tags);
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_rules (book)), ==, n_rules);
}

/* A second merge adds nothing. Without the expenses, it adds them where they were. */
static void
check_merging_again (BudgetBook *book, BudgetForeignBook *foreign, gint64 sum)
{
  g_autoptr (BudgetBookMerger) second = merge (book, foreign);
  g_autoptr (BudgetBookMerger) third = NULL;
  g_autofree char *places = dup_places (book);
  g_autofree char *places_again = NULL;
  guint n_accounts = g_list_model_get_n_items (budget_book_get_accounts (book));
  guint n_categories = g_list_model_get_n_items (budget_book_get_categories (book));
  guint n_tags = g_list_model_get_n_items (budget_book_get_tags (book));
  guint n_rules = g_list_model_get_n_items (budget_book_get_rules (book));

  g_assert_cmpuint (budget_book_merger_get_n_new (second), ==, 0);
  g_assert_cmpuint (budget_book_merger_get_n_duplicates (second), ==, foreign->parts->len);
  commit (second);
  fuzz_check_book (book, sum, foreign->parts->len);
  check_counts (book, n_accounts, n_categories, n_tags, n_rules);

  delete_expenses (book);
  third = merge (book, foreign);
  g_assert_cmpuint (budget_book_merger_get_n_new (third), ==, foreign->parts->len);
  commit (third);
  fuzz_check_book (book, sum, foreign->parts->len);
  check_counts (book, n_accounts, n_categories, n_tags, n_rules);
  places_again = dup_places (book);
  g_assert_cmpstr (places_again, ==, places);
}

static void
check_merging (const char *path, BudgetForeignBook *foreign, FuzzForeignReadFunc read)
{
  g_autoptr (BudgetBook) book = fuzz_make_book ();
  g_autoptr (BudgetBookMerger) first = merge (book, foreign);
  g_autoptr (BudgetForeignBook) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 sum = budget_book_merger_get_sum (first);

  g_assert_cmpuint (budget_book_merger_get_n_new (first), ==, foreign->parts->len);
  g_assert_cmpuint (budget_book_merger_get_n_duplicates (first), ==, 0);
  commit (first);
  fuzz_check_book (book, sum, foreign->parts->len);
  check_rules (book);

  again = read (path, foreign->currency, NULL, &error);
  g_assert_no_error (error);
  check_merging_again (book, again, sum);
}

/*
 * Reads a file twice and packed, which comes to the same, and checks what was
 * read.
 */
void
fuzz_foreign_book (const guint8 *data, gsize size, FuzzForeignReadFunc read)
{
  int fd;
  g_autofree char *path = make_file (data, size, &fd);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (BudgetForeignBook) book = read_once (path, NULL, read, &first);
  g_autoptr (BudgetForeignBook) again = read_once (path, NULL, read, &second);

  g_assert_true ((book == NULL) == (again == NULL));
  g_assert_cmpstr (first, ==, second);
  if (size < 3 || data[0] != 0x1f || data[1] != 0x8b)
    check_packed (data, size, first, book != NULL, read);

  if (book != NULL)
    {
      check_foreign (book);
      check_merging (path, book, read);
    }

  close (fd);
}
