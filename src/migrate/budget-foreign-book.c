/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-error.h"
#include "budget-foreign-book-private.h"
#include "budget-money.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetForeignBook:
 *
 * A book that was read from the file of another program.
 */

G_DEFINE_FINAL_TYPE (BudgetForeignBook, budget_foreign_book, G_TYPE_OBJECT)

#define MAX_DESCRIPTION 200

static void
account_free (BudgetForeignAccount *account)
{
  g_free (account->name);
  g_free (account->number);
  g_free (account);
}

static void
category_free (BudgetForeignCategory *category)
{
  g_strfreev (category->path);
  g_free (category);
}

static void
part_free (BudgetForeignPart *part)
{
  g_free (part->key);
  g_free (part->description);
  g_free (part->note);
  g_strfreev (part->tags);
  g_free (part);
}

static void
rejection_clear (BudgetForeignRejection *rejection)
{
  g_free (rejection->reason);
}

static void
rule_free (BudgetForeignRule *rule)
{
  g_free (rule->pattern);
  g_free (rule);
}

static void
budget_foreign_book_finalize (GObject *object)
{
  BudgetForeignBook *self = BUDGET_FOREIGN_BOOK (object);

  g_free (self->currency);
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->rules);
  g_array_unref (self->rejections);
  g_array_unref (self->counts);
  g_ptr_array_unref (self->notes);
  g_hash_table_unref (self->keys);

  G_OBJECT_CLASS (budget_foreign_book_parent_class)->finalize (object);
}

static void
budget_foreign_book_class_init (BudgetForeignBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_foreign_book_finalize;
}

static void
budget_foreign_book_init (BudgetForeignBook *self)
{
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) account_free);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  self->categories = g_ptr_array_new_with_free_func ((GDestroyNotify) category_free);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  self->rejections = g_array_new (FALSE, FALSE, sizeof (BudgetForeignRejection));
  g_array_set_clear_func (self->rejections, (GDestroyNotify) rejection_clear);
  self->counts = g_array_new (FALSE, FALSE, sizeof (BudgetForeignCount));
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/*
 * @program: the program's name
 * @currency: the currency of the amounts, or %NULL if unknown
 */
BudgetForeignBook *
_budget_foreign_book_new (const char *program, const char *currency)
{
  BudgetForeignBook *self = g_object_new (BUDGET_TYPE_FOREIGN_BOOK, NULL);

  self->program = program;
  self->currency = g_strdup (currency);
  self->digits = currency != NULL ? budget_currency_get_digits (currency) : 2;
  return self;
}

BudgetForeignAccount *
_budget_foreign_book_add_account (BudgetForeignBook *self, const char *name)
{
  BudgetForeignAccount *account = g_new0 (BudgetForeignAccount, 1);

  account->name = g_strdup (name);
  g_ptr_array_add (self->accounts, account);
  return account;
}

/*
 * Removes the blanks from an account number. Returns: (nullable): the number,
 * %NULL if it is empty
 */
char *
_budget_foreign_dup_number (const char *text)
{
  g_autoptr (GString) number = g_string_new (NULL);

  for (const char *at = text != NULL ? text : ""; *at != '\0'; at++)
    if (!g_ascii_isspace (*at))
      g_string_append_c (number, *at);

  return number->len > 0 ? g_strdup (number->str) : NULL;
}

/*
 * @path: (transfer full): the names from the outermost category to its own
 */
BudgetForeignCategory *
_budget_foreign_book_add_category (BudgetForeignBook *self, char **path, BudgetCategoryKind kind)
{
  BudgetForeignCategory *category = g_new0 (BudgetForeignCategory, 1);

  category->path = path;
  category->kind = kind;
  g_ptr_array_add (self->categories, category);
  return category;
}

/*
 * Makes a key unique by appending how many equal ones there are.
 */
static char *
dup_own_key (BudgetForeignBook *self, const char *key)
{
  guint n_equal = GPOINTER_TO_UINT (g_hash_table_lookup (self->keys, key)) + 1;
  char *own = n_equal > 1 ? g_strdup_printf ("%s:%u", key, n_equal) : g_strdup (key);

  /* Another part may have that key from the start. */
  while (g_hash_table_contains (self->keys, own))
    {
      g_free (own);
      own = g_strdup_printf ("%s:%u", key, ++n_equal);
    }

  g_hash_table_insert (self->keys, g_strdup (key), GUINT_TO_POINTER (n_equal));
  if (n_equal > 1)
    g_hash_table_insert (self->keys, g_strdup (own), GUINT_TO_POINTER (1));
  return own;
}

BudgetForeignPart *
_budget_foreign_book_add_part (BudgetForeignBook *self, const char *key, const GDate *date)
{
  BudgetForeignPart *part = g_new0 (BudgetForeignPart, 1);

  part->key = dup_own_key (self, key);
  part->date = *date;
  g_ptr_array_add (self->parts, part);
  return part;
}

/* The text as one line without surrounding blanks, or %NULL. */
static char *
dup_line (const char *text)
{
  g_autofree char *line = NULL;

  if (text == NULL)
    return NULL;

  line = g_strdup (text);
  for (char *at = line; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';

  g_strstrip (line);
  return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

/*
 * @note: the lines of a note
 * @text: (nullable): a further line; an empty one is left out
 */
void
_budget_foreign_append_line (GString *note, const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  if (note->len > 0)
    g_string_append_c (note, '\n');
  g_string_append (note, text);
}

/*
 * @payee: (nullable): the payee, which becomes the description
 * @memo: (nullable): the memo, which becomes the note, or the description if
 * there is no payee
 * @more: (nullable): more lines for the note
 */
void
_budget_foreign_part_set_texts (BudgetForeignPart *self,
                                const char *payee,
                                const char *memo,
                                const char *more)
{
  g_autofree char *who = dup_line (payee);
  g_autofree char *what = g_strstrip (g_strdup (memo != NULL ? memo : ""));
  g_autofree char *first = who != NULL ? g_strdup (who) : dup_line (what);
  g_autoptr (GString) note = g_string_new (NULL);

  if (first == NULL)
    first = g_strdup (_("(no description)"));

  if (g_utf8_strlen (first, -1) <= MAX_DESCRIPTION)
    self->description = g_strdup (first);
  else
    {
      self->description = g_utf8_substring (first, 0, MAX_DESCRIPTION);
      _budget_foreign_append_line (note, first);
    }

  if (!g_str_equal (what, first))
    _budget_foreign_append_line (note, what);
  _budget_foreign_append_line (note, more);
  self->note = note->len > 0 ? g_strdup (note->str) : NULL;
}

void
_budget_foreign_book_add_rule (BudgetForeignBook *self,
                               const char *pattern,
                               BudgetForeignCategory *category)
{
  BudgetForeignRule *rule = g_new0 (BudgetForeignRule, 1);

  rule->pattern = g_strdup (pattern);
  rule->category = category;
  g_ptr_array_add (self->rules, rule);
}

void
_budget_foreign_book_reject (BudgetForeignBook *self, guint line, const char *reason)
{
  BudgetForeignRejection rejection = { line, g_strdup (reason) };

  g_array_append_val (self->rejections, rejection);
}

/*
 * Adds to a count of the report.
 *
 * @what: a static string in the user's language
 */
void
_budget_foreign_book_count (BudgetForeignBook *self, const char *what, guint n)
{
  BudgetForeignCount count = { what, n };

  for (guint i = 0; i < self->counts->len; i++)
    {
      BudgetForeignCount *old = &g_array_index (self->counts, BudgetForeignCount, i);

      if (g_str_equal (old->what, what))
        {
          old->n += n;
          return;
        }
    }

  if (n > 0)
    g_array_append_val (self->counts, count);
}

void
_budget_foreign_book_note (BudgetForeignBook *self, const char *note)
{
  g_ptr_array_add (self->notes, g_strdup (note));
}

/*
 * Rounds the digits after the last decimal. There are none, or those of a
 * binary fraction that was written with 17 digits (-5.4900000000000002). The
 * amount itself is never converted to a binary fraction.
 *
 * Returns: what to add to the last decimal, or -1 if there are more decimals
 */
static int
read_rest (const char *rest)
{
  gsize length = strspn (rest, "0123456789");
  gsize n_zeros = strspn (rest, "0");
  gsize n_nines = strspn (rest, "9");

  if (rest[length] != '\0')
    return -1;
  if (n_zeros == length || n_zeros >= 4)
    return 0;

  return n_nines >= 4 ? 1 : -1;
}

/*
 * Reads a number with a dot, as written by programs that store amounts as
 * binary fractions.
 */
gboolean
_budget_foreign_number_read (const char *text, guint digits, gint64 *minor, GError **error)
{
  gboolean is_negative = *text == '-';
  const char *at = text + (*text == '-' || *text == '+');
  gint64 value = 0;
  int gained = 0;

  if (!g_ascii_isdigit (*at))
    return budget_refuse (error, BUDGET_ERROR_INVALID_AMOUNT, _("The amount cannot be read"));

  for (; g_ascii_isdigit (*at); at++)
    if ((value = value * 10 + (*at - '0')) > BUDGET_MONEY_MAX)
      return budget_refuse (error, BUDGET_ERROR_INVALID_AMOUNT, _("The amount is too large"));

  at += *at == '.';
  for (guint i = 0; i < digits; i++)
    {
      value *= 10;
      if (g_ascii_isdigit (*at))
        value += *at++ - '0';
    }

  if (*at == 'e' || *at == 'E')
    return budget_refuse (error, BUDGET_ERROR_INVALID_AMOUNT, _("The amount cannot be read"));

  gained = read_rest (at);
  if (gained < 0)
    return budget_refuse (error, BUDGET_ERROR_INVALID_AMOUNT,
                          _("The amount has more decimals than the book’s currency"));

  value += gained;
  *minor = is_negative ? -value : value;
  return budget_money_check (*minor, error);
}

/*
 * Converts a fraction to minor units.
 */
gboolean
_budget_foreign_fraction_read (
  gint64 numerator, gint64 denominator, guint digits, gint64 *minor, GError **error)
{
  gint64 scale = 1;
  gint64 scaled;

  for (guint i = 0; i < digits; i++)
    scale *= 10;

  if (denominator <= 0)
    return budget_refuse (error, BUDGET_ERROR_INVALID_AMOUNT, _("The amount cannot be read"));

  if (__builtin_mul_overflow (numerator, scale, &scaled))
    return budget_refuse (error, BUDGET_ERROR_INVALID_AMOUNT, _("The amount is too large"));

  if (scaled % denominator != 0)
    return budget_refuse (error, BUDGET_ERROR_INVALID_AMOUNT,
                          _("The amount has more decimals than the book’s currency"));

  *minor = scaled / denominator;
  return budget_money_check (*minor, error);
}

/**
 * budget_foreign_book_get_program:
 * @self: a book of another program
 *
 * Returns: the program's name
 */
const char *
budget_foreign_book_get_program (BudgetForeignBook *self)
{
  g_return_val_if_fail (BUDGET_IS_FOREIGN_BOOK (self), NULL);

  return self->program;
}

/**
 * budget_foreign_book_get_n_rejected:
 * @self: a book of another program
 *
 * Returns: the number of rejected entries
 */
guint
budget_foreign_book_get_n_rejected (BudgetForeignBook *self)
{
  g_return_val_if_fail (BUDGET_IS_FOREIGN_BOOK (self), 0);

  return self->rejections->len;
}

/**
 * budget_foreign_book_get_rejected:
 * @self: a book of another program
 * @position: the position of a rejected entry, from 0
 * @line: (out) (optional): its line in the file, or 0 if it has none
 *
 * Returns: the entry and the reason, in the user's language
 */
const char *
budget_foreign_book_get_rejected (BudgetForeignBook *self, guint position, guint *line)
{
  BudgetForeignRejection *rejection = NULL;

  g_return_val_if_fail (BUDGET_IS_FOREIGN_BOOK (self), NULL);
  g_return_val_if_fail (position < self->rejections->len, NULL);

  rejection = &g_array_index (self->rejections, BudgetForeignRejection, position);
  if (line != NULL)
    *line = rejection->line;
  return rejection->reason;
}
