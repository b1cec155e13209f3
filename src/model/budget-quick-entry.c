/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-date-words.h"
#include "budget-error.h"
#include "budget-expression.h"
#include "budget-quick-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_TEXT 1000
#define MAX_DESCRIPTION 200
#define MAX_NAME 50
#define MAX_PERSON 100

/* What is left of the line while its parts are being recognised. */
typedef struct
{
  GPtrArray *words;
  const GDate *today;
  guint digits;
  BudgetQuickEntry *entry;
  GPtrArray *names; /* after each '#' */
  GString *description;
  gboolean has_amount;
  gboolean has_date;
  GError *amount_error;
} Line;

G_DEFINE_BOXED_TYPE (BudgetQuickEntry,
                     budget_quick_entry,
                     budget_quick_entry_copy,
                     budget_quick_entry_free)

static void
line_clear (Line *line)
{
  g_ptr_array_unref (line->words);
  g_ptr_array_unref (line->names);
  g_string_free (line->description, TRUE);
  g_clear_pointer (&line->entry, budget_quick_entry_free);
  g_clear_error (&line->amount_error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

/* Words end at blanks, except inside the quotes of #"eating out". */
static GPtrArray *
split_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0')
    {
      const char *start;
      gboolean quoted = FALSE;

      while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);

      start = text;

      if ((*text == '#' || *text == '@') && text[1] == '"')
        {
          const char *end = strchr (text + 2, '"');

          quoted = end != NULL;
          text = quoted ? end + 1 : text;
        }

      while (!quoted && *text != '\0' && !g_unichar_isspace (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);

      if (text > start)
        g_ptr_array_add (words, g_strndup (start, (gsize) (text - start)));
    }

  return words;
}

/* The name after a '#' or '@', without its quotes. */
static char *
dup_name (const char *word)
{
  gsize length = strlen (word);

  if (word[1] == '"' && length > 2 && word[length - 1] == '"')
    return g_strstrip (g_strndup (word + 2, length - 3));

  return g_strdup (word + 1);
}

static gboolean
is_operator (char c)
{
  return c != '\0' && strchr ("+-*/(", c) != NULL;
}

/* Blanks may stand around an operator ("3 * 4,20") and between groups ("1 234,50"). */
static gboolean
continues (const char *expression, const char *next)
{
  gsize length = strlen (expression);

  if (is_operator (expression[length - 1]))
    return g_ascii_isdigit (*next) || *next == '(';

  if (strchr ("*/+)", *next) != NULL && (next[1] == '\0' || g_ascii_isdigit (next[1])))
    return TRUE;

  if (*next == '-' && next[1] == '\0')
    return TRUE;

  return strspn (expression, "0123456789") == length && length <= 3 &&
         strspn (next, "0123456789") == 3 && (next[3] == ',' || next[3] == '.') &&
         g_ascii_isdigit (next[4]);
}

static gboolean
starts_amount (const char *word)
{
  gboolean has_digit = FALSE;

  if (g_unichar_type (g_utf8_get_char (word)) == G_UNICODE_CURRENCY_SYMBOL)
    return TRUE;

  if (!g_ascii_isdigit (*word) && strchr ("+-(.,", *word) == NULL && !g_str_has_prefix (word, "−"))
    return FALSE;

  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalpha (c))
        return FALSE;

      has_digit |= g_ascii_isdigit (*at);
    }

  return has_digit || strcmp (word, "(") == 0;
}

/* A plus in front says that the money came in; an expense is positive. */
static gboolean
read_amount (Line *line, const char *expression, gint64 *amount, GError **error)
{
  if (!budget_expression_evaluate (expression, line->digits, amount, error))
    return FALSE;

  if (*expression == '+')
    *amount = -*amount;

  return TRUE;
}

/* The longest run of words from @first that is arithmetic; its length goes to @n_words. */
static gboolean
find_amount (Line *line, guint first, guint *n_words, gint64 *amount, GError **error)
{
  g_autoptr (GString) expression = g_string_new (g_ptr_array_index (line->words, first));
  g_autoptr (GError) first_error = NULL;
  gboolean found;

  if (!starts_amount (expression->str))
    return FALSE;

  *n_words = 1;
  found = read_amount (line, expression->str, amount, &first_error);

  for (guint i = first + 1; i < line->words->len; i++)
    {
      const char *next = g_ptr_array_index (line->words, i);
      gint64 longer;

      if (!continues (expression->str, next))
        break;

      g_string_append_printf (expression, " %s", next);

      if (read_amount (line, expression->str, &longer, NULL))
        {
          found = TRUE;
          *amount = longer;
          *n_words = i - first + 1;
        }
    }

  if (!found)
    g_propagate_error (error, g_steal_pointer (&first_error));

  return found;
}

static void
add_word (Line *line, const char *word)
{
  if (line->description->len > 0)
    g_string_append_c (line->description, ' ');

  g_string_append (line->description, word);
}

/* "10/2 pizza" is a division; in "10/2 pizza 7.50" it is a day. */
static gboolean
is_division (Line *line, guint at)
{
  for (guint i = 0; i < line->words->len; i++)
    {
      const char *word = g_ptr_array_index (line->words, i);
      guint n_words;
      gint64 amount;
      GDate date;

      if (i != at && !budget_date_words_parse (word, line->today, &date) &&
          find_amount (line, i, &n_words, &amount, NULL))
        return FALSE;
    }

  return !line->has_amount;
}

static gboolean
take_date (Line *line, guint at)
{
  const char *word = g_ptr_array_index (line->words, at);
  GDate date;

  if (line->has_date || !budget_date_words_parse (word, line->today, &date))
    return FALSE;

  if (budget_date_words_is_slashed (word) && is_division (line, at))
    return FALSE;

  line->entry->date = date;
  line->has_date = TRUE;

  return TRUE;
}

/* Quotes with nothing between them are no name, and no other word either. */
static gboolean
take_name (Line *line, const char *word)
{
  g_autofree char *name = NULL;

  if ((word[0] != '#' && word[0] != '@') || word[1] == '\0' ||
      (word[0] == '@' && line->entry->person != NULL))
    return FALSE;

  name = dup_name (word);
  if (*name == '\0')
    return TRUE;

  if (word[0] == '#')
    g_ptr_array_add (line->names, g_steal_pointer (&name));
  else
    line->entry->person = g_steal_pointer (&name);

  return TRUE;
}

/* Takes what begins at @at, and says how many words that were. */
static guint
take_words (Line *line, guint at)
{
  const char *word = g_ptr_array_index (line->words, at);
  guint n_words = 1;

  if (!take_name (line, word) && !take_date (line, at))
    {
      g_autoptr (GError) error = NULL;

      if (!line->has_amount && find_amount (line, at, &n_words, &line->entry->amount, &error))
        line->has_amount = TRUE;
      else
        add_word (line, word);

      if (error != NULL && line->amount_error == NULL)
        line->amount_error = g_steal_pointer (&error);
    }

  return n_words;
}

static gboolean
set_text_error (GError **error, const char *message)
{
  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT, message);

  return FALSE;
}

static gboolean
check_amount (Line *line, GError **error)
{
  if (!line->has_amount && line->amount_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&line->amount_error));
      return FALSE;
    }

  if (!line->has_amount || line->entry->amount == 0)
    {
      g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_AMOUNT,
                           line->has_amount ? _ ("The amount is zero")
                                            : _ ("The amount is missing, as in “12.50 lunch”"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_texts (const BudgetQuickEntry *entry, GError **error)
{
  if (*entry->description == '\0')
    return set_text_error (error, _ ("Say what it was for, as in “12.50 lunch”"));

  if (g_utf8_strlen (entry->description, -1) > MAX_DESCRIPTION)
    return set_text_error (error, _ ("The description is too long"));

  if (entry->category != NULL && g_utf8_strlen (entry->category, -1) > MAX_NAME)
    return set_text_error (error, _ ("The name of the category is too long"));

  if (entry->person != NULL && g_utf8_strlen (entry->person, -1) > MAX_PERSON)
    return set_text_error (error, _ ("The name of the person is too long"));

  return TRUE;
}

/* The first name is the category, which also serves where nothing else describes. */
static void
fill_entry (Line *line)
{
  BudgetQuickEntry *entry = line->entry;

  if (line->names->len > 0)
    entry->category = g_ptr_array_steal_index (line->names, 0);

  g_ptr_array_add (line->names, NULL);
  entry->tags = (char **) g_ptr_array_steal (line->names, NULL);
  entry->description = line->description->len > 0 || entry->category == NULL
                         ? g_strdup (line->description->str)
                         : g_strdup (entry->category);
}

/**
 * budget_quick_entry_parse:
 * @text: the line that was typed
 * @today: the day it is
 * @currency: (nullable): the book's currency
 * @error: return location for a #BudgetError
 *
 * Reads an expense from one line, such as `12.50 lunch #food @alice yesterday`
 * or `3*4,20 coffee`. Its parts may come in any order; the first number is the
 * amount, and `+1200 salary` is money received. Amounts and days are read in
 * the user's locale.
 *
 * Returns: (transfer full): the entry, or %NULL with @error set
 */
BudgetQuickEntry *
budget_quick_entry_parse (const char *text,
                          const GDate *today,
                          const char *currency,
                          GError **error)
{
  g_auto (Line) line = { 0 };

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (today != NULL && g_date_valid (today), NULL);

  line.today = today;
  line.digits = budget_currency_get_digits (currency);
  line.entry = g_new0 (BudgetQuickEntry, 1);
  line.entry->date = *today;
  line.names = g_ptr_array_new_with_free_func (g_free);
  line.description = g_string_new (NULL);

  if (strlen (text) > MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    {
      line.words = g_ptr_array_new ();
      set_text_error (error, _ ("The line cannot be read"));
      return NULL;
    }

  line.words = split_words (text);

  for (guint i = 0; i < line.words->len;)
    i += take_words (&line, i);

  fill_entry (&line);

  if (!check_amount (&line, error) || !check_texts (line.entry, error))
    return NULL;

  return g_steal_pointer (&line.entry);
}

/**
 * budget_quick_entry_copy:
 * @self: an entry
 *
 * Returns: (transfer full): a copy
 */
BudgetQuickEntry *
budget_quick_entry_copy (const BudgetQuickEntry *self)
{
  BudgetQuickEntry *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (BudgetQuickEntry, 1);
  copy->amount = self->amount;
  copy->description = g_strdup (self->description);
  copy->category = g_strdup (self->category);
  copy->person = g_strdup (self->person);
  copy->tags = g_strdupv (self->tags);
  copy->date = self->date;

  return copy;
}

/**
 * budget_quick_entry_free:
 * @self: an entry
 */
void
budget_quick_entry_free (BudgetQuickEntry *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->description);
  g_free (self->category);
  g_free (self->person);
  g_strfreev (self->tags);
  g_free (self);
}
