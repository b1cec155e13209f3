/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-homebank-private.h"
#include "budget-money.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Converts a transaction of HomeBank into one expense, or into one for each
 * split.
 */

#define FLAG_RECONCILED (1 << 0) /* before there was a status */
#define FLAG_TRANSFER (1 << 3)
#define FLAG_REMINDER (1 << 5) /* before there was a status */

#define MODE_OLD_TRANSFER 5

/* HomeBank itself allows ten splits and short lists of tags. */
#define MAX_PARTS 1000
#define MAX_TAGS 100

/* 31 December 9999. */
#define LAST_DAY 3652059

#define STATUS_CLEARED 1
#define STATUS_RECONCILED 2
#define STATUS_REMINDER 3
#define STATUS_VOID 4

typedef struct
{
  BudgetHomebankFile *file;
  const BudgetHomebankEntry *entry;
  BudgetHomebankAccount *account;
  GDate date;
  gint64 amount; /* as in HomeBank: spending is negative */
  char *more;    /* for the note */
} Entry;

static gpointer
look_up (GHashTable *table, guint key)
{
  return g_hash_table_lookup (table, GUINT_TO_POINTER (key));
}

static gboolean
is_transfer (const BudgetHomebankEntry *entry)
{
  return (entry->flags & FLAG_TRANSFER) != 0 || entry->mode == MODE_OLD_TRANSFER ||
         (entry->transfer != 0 && entry->other_account != 0);
}

static void
append_line (GString *text, const char *format, const char *value)
{
  const char *place = strstr (format, "%s");

  if (value == NULL || *value == '\0')
    return;

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_len (text, format, place - format);
  g_string_append (text, value);
  g_string_append (text, place + strlen ("%s"));
}

static char *
dup_more (Entry *self)
{
  const BudgetHomebankEntry *entry = self->entry;
  BudgetHomebankCategory *category = look_up (self->file->categories, entry->category);
  GString *more = g_string_new (NULL);

  /* Translators: %s is the number of a cheque or the like. */
  append_line (more, _("Number: %s"), entry->info);

  /* A transfer has the category for transfers, so keep its own in the note. */
  if (is_transfer (entry) && category != NULL)
    /* Translators: %s is a category. */
    append_line (more, _("Category: %s"), category->path);

  if (entry->status == STATUS_CLEARED)
    append_line (more, "%s", _("Cleared"));
  else if (entry->status == STATUS_RECONCILED || (entry->flags & FLAG_RECONCILED) != 0)
    append_line (more, "%s", _("Reconciled"));

  return g_string_free (more, FALSE);
}

static char **
split_tags (const char *tags)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (tags == NULL)
    return NULL;

  words = g_strsplit (tags, " ", MAX_TAGS + 1);
  for (guint i = 0; words[i] != NULL && i < MAX_TAGS; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);

  return g_strv_builder_end (builder);
}

/*
 * HomeBank's transactions have no id, so build a key from properties that
 * rarely change. It has the account's key rather than its name, which can
 * change.
 */
static char *
dup_key (Entry *self, guint number)
{
  const BudgetHomebankEntry *entry = self->entry;
  g_autofree char *text = g_strdup_printf (
    "%s\n%u\n%u\n%" G_GINT64_FORMAT "\n%s\n%s\n%u",
    self->file->title != NULL ? self->file->title : "", entry->account, entry->date, self->amount,
    entry->memo != NULL ? entry->memo : "", entry->info != NULL ? entry->info : "", number);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("homebank:%.32s", sum);
}

static BudgetForeignPart *
add_part (Entry *self, guint number, guint category, gint64 amount, const char *memo)
{
  BudgetHomebankFile *file = self->file;
  g_autofree char *key = dup_key (self, number);
  BudgetForeignPart *part = _budget_foreign_book_add_part (file->book, key, &self->date);
  BudgetHomebankCategory *found = look_up (file->categories, category);

  part->line = self->entry->line;
  part->amount = -amount;
  part->account = self->account->account;
  part->category = found != NULL ? found->category : NULL;
  part->tags = split_tags (self->entry->tags);
  _budget_foreign_part_set_texts (part, look_up (file->payees, self->entry->payee), memo,
                                  self->more);
  if (found == NULL && category != 0)
    _budget_foreign_book_count (file->book, _("Expenses whose category is not in the file"), 1);
  return part;
}

static char *
dup_look (Entry *self, guint from, guint to, gint64 amount)
{
  return g_strdup_printf ("%u %u %u %u %" G_GINT64_FORMAT, self->entry->transfer,
                          self->entry->transfer != 0 ? 0 : self->entry->date, from, to, amount);
}

/*
 * The halves of a transfer match by a number or, in older files, by their
 * signature.
 */
static void
add_transfer (Entry *self)
{
  const BudgetHomebankEntry *entry = self->entry;
  GHashTable *halves = self->file->halves;
  BudgetForeignPart *part = add_part (self, 0, 0, self->amount, entry->memo);
  GPtrArray *parts = self->file->book->parts;
  g_autofree char *wanted = dup_look (self, entry->other_account, entry->account, -self->amount);
  guint other = GPOINTER_TO_UINT (g_hash_table_lookup (halves, wanted));

  part->is_transfer = TRUE;
  if (other != 0 && entry->account != entry->other_account)
    {
      part->other = other;
      ((BudgetForeignPart *) g_ptr_array_index (parts, other - 1))->other = parts->len;
      g_hash_table_remove (halves, wanted);
    }
  else
    g_hash_table_insert (halves,
                         dup_look (self, entry->account, entry->other_account, self->amount),
                         GUINT_TO_POINTER (parts->len));
}

/*
 * Reads all amounts before adding the first part, so that a rejected
 * transaction adds none.
 */
static gboolean
read_amounts (Entry *self, char **texts, gint64 *amounts, gint64 *rest, GError **error)
{
  *rest = self->amount;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      if (!_budget_foreign_number_read (texts[i], self->file->book->digits, &amounts[i], error))
        return FALSE;
      *rest -= amounts[i];
    }

  return budget_money_check (*rest, error);
}

static gboolean
add_split (Entry *self, GError **error)
{
  const BudgetHomebankEntry *entry = self->entry;
  g_auto (GStrv) categories = g_strsplit (entry->split_categories, "||", -1);
  g_auto (GStrv) texts =
    g_strsplit (entry->split_amounts != NULL ? entry->split_amounts : "", "||", -1);
  g_auto (GStrv) memos =
    g_strsplit (entry->split_memos != NULL ? entry->split_memos : "", "||", -1);
  guint n_parts = g_strv_length (texts);
  guint n_categories = g_strv_length (categories);
  guint n_memos = g_strv_length (memos);
  g_autofree gint64 *amounts = g_new0 (gint64, n_parts + 1);
  gint64 rest = 0;

  if (n_parts > MAX_PARTS)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _("It is split into too many parts"));
  if (!read_amounts (self, texts, amounts, &rest, error))
    return FALSE;

  for (guint i = 0; i < n_parts; i++)
    {
      guint64 category = i < n_categories ? g_ascii_strtoull (categories[i], NULL, 10) : 0;
      const char *memo = i < n_memos && *memos[i] != '\0' ? memos[i] : entry->memo;

      add_part (self, i, (guint) MIN (category, G_MAXUINT32), amounts[i], memo);
    }

  if (rest != 0)
    add_part (self, n_parts, 0, rest, entry->memo);
  _budget_foreign_book_count (self->file->book,
                              _("Split transactions, imported as one expense for each part"), 1);
  _budget_foreign_book_count (
    self->file->book, _("Split transactions whose parts do not add up; the rest has no category"),
                         rest != 0);
  return TRUE;
}

static gboolean
take_date (Entry *self, GError **error)
{
  if (!g_date_valid_julian (self->entry->date) || self->entry->date > LAST_DAY)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("There is no such date"));

  g_date_clear (&self->date, 1);
  g_date_set_julian (&self->date, self->entry->date);
  return TRUE;
}

static gboolean
add (Entry *self, GError **error)
{
  const BudgetHomebankEntry *entry = self->entry;
  const char *categories = entry->split_categories;

  if (!take_date (self, error) ||
      !_budget_foreign_number_read (entry->amount != NULL ? entry->amount : "",
                                    self->file->book->digits, &self->amount, error))
    return FALSE;

  self->more = dup_more (self);
  if (is_transfer (entry))
    add_transfer (self);
  else if (categories != NULL && *categories != '\0')
    return add_split (self, error);
  else
    add_part (self, 0, entry->category, self->amount, entry->memo);

  return TRUE;
}

/*
 * Whether HomeBank itself ignores the transaction in its totals.
 */
static gboolean
is_left_out (BudgetForeignBook *book, const BudgetHomebankEntry *entry)
{
  gboolean is_reminder = entry->status == STATUS_REMINDER || (entry->flags & FLAG_REMINDER) != 0;

  _budget_foreign_book_count (book, _("Not imported: reminders"), is_reminder);
  _budget_foreign_book_count (book, _("Not imported: void transactions"),
                                       entry->status == STATUS_VOID);
  return is_reminder || entry->status == STATUS_VOID;
}

/*
 * Adds the expenses of a transaction to the book.
 */
void
_budget_homebank_add_entry (BudgetHomebankFile *file, const BudgetHomebankEntry *entry)
{
  Entry self = { .file = file, .entry = entry };
  g_autoptr (GError) error = NULL;

  self.account = look_up (file->accounts, entry->account);
  if (self.account != NULL && self.account->account == NULL)
    {
      self.account->n_left_out++;
      return;
    }

  if (is_left_out (file->book, entry))
    return;

  if (self.account == NULL)
    _budget_foreign_book_reject (file->book, entry->line, _("Its account is not in the file"));
  else if (!add (&self, &error))
    _budget_foreign_book_reject (file->book, entry->line, error->message);
  else
    _budget_foreign_book_count (file->book,
                                _("Not imported: payment methods"),
                                   entry->mode != 0 && entry->mode != MODE_OLD_TRANSFER);

  g_free (self.more);
}
