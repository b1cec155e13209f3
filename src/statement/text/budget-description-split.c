/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description-private.h"
#include "budget-text-fold.h"

#include <string.h>

/*
 * The words of a description, and what each looks like.
 */

#define MAX_GROUPS 8

/* A word of digits and marks alone, such as 24.05.11/09.18. */
typedef struct
{
  guint n_groups;
  guint n_digits;
  guint lengths[MAX_GROUPS];
  guint values[MAX_GROUPS];
  char marks[MAX_GROUPS + 1]; /* the one after each group, or '\0' */
} Groups;

static gboolean
is_blank (const char *at)
{
  return (guchar) *at < 0x80 ? g_ascii_isspace (*at) : g_unichar_isspace (g_utf8_get_char (at));
}

/* 08SEP, in capitals */
static gboolean
begins_named_date (const char *at)
{
  char month[4] = { 0 };

  if (!g_ascii_isdigit (at[0]) || !g_ascii_isdigit (at[1]))
    return FALSE;

  for (guint i = 0; i < 3; i++)
    {
      if (!g_ascii_isupper (at[2 + i]))
        return FALSE;
      month[i] = g_ascii_tolower (at[2 + i]);
    }

  return _budget_word_is_month (month);
}

/*
 * Where a word is two: "KATWI,PAS999", "NR:123", "PAYPAL*SHOP", "SHOP//TOWN",
 * "POS08SEP".
 */
static gboolean
is_joint (const char *start, const char *at)
{
  if (at == start)
    return FALSE;

  switch (at[-1])
    {
    case ',':
    case ';':
      return g_ascii_isalpha (*at);
    case ':':
      return at - start > 1 && g_ascii_isalpha (at[-2]) && *at != '/';
    case '*':
      return at - start > 1 && g_ascii_isalpha (at[-2]) && g_ascii_isalpha (*at);
    default:
      if (g_ascii_isupper (at[-1]) && at - start >= 3 && at - start <= 4 && begins_named_date (at))
        return TRUE;
      return at[0] == '/' && at[1] == '/' && at[-1] != ':';
    }
}

static void
fold_ascii (BudgetWord *word)
{
  gsize n = 0;
  gboolean has_gap = FALSE;

  for (gsize i = 0; i < word->length && n + 2 <= BUDGET_WORD_MAX_FOLDED; i++)
    {
      char c = word->start[i];

      if (g_ascii_isalnum (c))
        {
          if (has_gap && n > 0)
            word->folded[n++] = ' ';
          has_gap = FALSE;
          word->folded[n++] = g_ascii_tolower (c);
        }
      else if (c != '\'')
        has_gap = TRUE;
    }
  word->folded[n] = '\0';
}

static void
finish_word (BudgetWord *word)
{
  gboolean is_ascii = TRUE;

  for (const char *at = word->start; at < word->start + word->length; at = g_utf8_next_char (at))
    {
      gunichar c = (guchar) *at < 0x80 ? (gunichar) *at : g_utf8_get_char (at);

      if (c >= 0x80)
        {
          is_ascii = FALSE;
          word->n_letters += g_unichar_isalpha (c);
          word->n_upper += g_unichar_isupper (c);
          word->n_lower += g_unichar_islower (c);
        }
      else if (g_ascii_isdigit ((char) c))
        word->n_digits++;
      else if (g_ascii_isalpha ((char) c))
        {
          word->n_letters++;
          word->n_upper += g_ascii_isupper ((char) c);
          word->n_lower += g_ascii_islower ((char) c);
        }
    }

  if (is_ascii)
    fold_ascii (word);
  else if (word->length <= 4 * BUDGET_WORD_MAX_FOLDED)
    {
      g_autofree char *text = g_strndup (word->start, word->length);
      g_autofree char *folded = budget_text_fold (text);

      if (strlen (folded) <= BUDGET_WORD_MAX_FOLDED)
        strcpy (word->folded, folded);
    }
}

/*
 * Returns: (element-type BudgetWord): the words of @text, which must outlive them
 */
GArray *
_budget_words_split (const char *text)
{
  GArray *words = g_array_sized_new (FALSE, FALSE, sizeof (BudgetWord), 16);
  gboolean is_glued = FALSE;

  while (*text != '\0')
    {
      BudgetWord word = { .start = text, .is_glued = is_glued };

      while (*text != '\0' && !is_blank (text) && !is_joint (word.start, text))
        text = g_utf8_next_char (text);

      word.length = (gsize) (text - word.start);
      is_glued = word.length > 0 && *text != '\0' && !is_blank (text);
      if (word.length > 0)
        {
          finish_word (&word);
          g_array_append_val (words, word);
        }

      while (*text != '\0' && is_blank (text))
        text = g_utf8_next_char (text);
    }

  return words;
}

static gboolean
read_groups (const BudgetWord *word, Groups *groups)
{
  const char *at = word->start;
  const char *end = at + word->length;

  memset (groups, 0, sizeof *groups);
  while (at < end && strchr ("([+#-", *at) != NULL)
    at++;
  while (end > at && strchr (")],;:", end[-1]) != NULL)
    end--;

  while (at < end)
    {
      guint i = groups->n_groups++;

      for (; at < end && g_ascii_isdigit (*at); at++)
        {
          groups->lengths[i]++;
          groups->values[i] = MIN (groups->values[i], 100000) * 10 + (guint) (*at - '0');
        }
      groups->n_digits += groups->lengths[i];
      if (groups->lengths[i] == 0)
        return FALSE;
      if (at == end)
        return TRUE;
      if (strchr (".,/:-Thx", *at) == NULL || groups->n_groups == MAX_GROUPS)
        return FALSE;
      groups->marks[i] = *at++;
    }

  return groups->n_groups > 0;
}

static gboolean
is_in (const Groups *groups, guint i, guint least, guint most)
{
  return i < groups->n_groups && groups->lengths[i] <= 2 && groups->values[i] >= least &&
         groups->values[i] <= most;
}

static gboolean
is_year (const Groups *groups, guint i)
{
  return i < groups->n_groups &&
         (groups->lengths[i] == 2 ||
          (groups->lengths[i] == 4 && groups->values[i] >= 1900 && groups->values[i] <= 2100));
}

/* From group @i on: 10:52, 10:52:13, 10h52. After a day also 10.52. */
static gboolean
is_time (const Groups *groups, guint i)
{
  char mark = i < groups->n_groups ? groups->marks[i] : '\0';

  if (!is_in (groups, i, 0, 24) || !is_in (groups, i + 1, 0, 59) || groups->lengths[i + 1] != 2)
    return FALSE;
  if (mark != ':' && mark != 'h' && (i == 0 || (mark != '.' && mark != '-')))
    return FALSE;

  return groups->n_groups <= i + 2 || (groups->n_groups <= i + 4 && is_in (groups, i + 2, 0, 60));
}

/* A day with a year in front or behind, or without one, and perhaps a time. */
static gboolean
is_date (const Groups *groups)
{
  gboolean same = groups->n_groups > 2 && groups->marks[0] == groups->marks[1];
  char mark = groups->marks[0];

  if (groups->n_groups < 2 || strchr ("./-", mark) == NULL)
    return FALSE;

  if (same && groups->lengths[0] == 4 && is_year (groups, 0) && is_in (groups, 1, 1, 12) &&
      is_in (groups, 2, 1, 31))
    return groups->n_groups == 3 || is_time (groups, 3);

  if (!(is_in (groups, 0, 1, 31) && is_in (groups, 1, 1, 12)) &&
      !(is_in (groups, 0, 1, 12) && is_in (groups, 1, 1, 31)))
    return FALSE;

  if (groups->n_groups == 2)
    return mark == '.' ? groups->marks[1] == '.' || groups->lengths[1] == 2 : mark == '/';

  return (same && is_year (groups, 2) && (groups->n_groups == 3 || is_time (groups, 3))) ||
         is_time (groups, 2);
}

static gboolean
is_amount (const Groups *groups)
{
  guint last = groups->n_groups - 1;

  if (groups->n_groups < 2 || groups->lengths[last] != 2 || groups->marks[last] != '\0')
    return FALSE;

  for (guint i = 0; i < last; i++)
    if ((groups->marks[i] != '.' && groups->marks[i] != ',') || (i > 0 && groups->lengths[i] != 3))
      return FALSE;

  return TRUE;
}

/* 08SEP, 12MAY24, 12MAY2024 */
static gboolean
is_named_date (const BudgetWord *word)
{
  const char *at = word->folded;
  char month[5] = { 0 };
  gsize n_days = strspn (at, "0123456789");
  gsize n_letters = strcspn (at + n_days, "0123456789 ");
  const char *year = at + n_days + n_letters;

  if (n_days < 1 || n_days > 2 || n_letters < 3 || n_letters > 4)
    return FALSE;

  memcpy (month, at + n_days, n_letters);
  return _budget_word_is_month (month) && strspn (year, "0123456789") == strlen (year) &&
         (strlen (year) == 0 || strlen (year) == 2 || strlen (year) == 4);
}

/* Returns: how many marks hide digits, or 0 if it is no card's number: ****1234, 4111XXXXXXXX1234
 */
static guint
count_hidden (const BudgetWord *word)
{
  const char *end = word->start + word->length;
  guint n_hidden = 0, n_last = 0;

  for (const char *at = word->start; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '*' || c == 'x' || c == 'X' || c == '#' || c == 0x2022 || c == 0x2026)
        {
          n_hidden++;
          n_last = 0;
        }
      else if (c < 0x80 && g_ascii_isdigit ((char) c))
        n_last++;
      else if (c != '-' && c != '.' && c != ',' && c != ')' && c != '(')
        return 0;
    }

  if (n_hidden == 1 && (word->start[0] == '#' || word->n_digits != n_last))
    return 0;

  return n_last >= 3 && n_last <= 6 ? n_hidden : 0;
}

/* Letters and digits in one: PAS999, FIL6017, 78154807RG994149F. Not A44, O2 or 7ELEVEN. */
static gboolean
is_code (const BudgetWord *word)
{
  if (word->n_digits >= 4 && word->length >= 8 && word->n_digits * 3 >= word->n_letters)
    return TRUE;

  return word->n_digits >= 3 && word->n_letters <= 4 && g_ascii_isalpha (word->start[0]);
}

static BudgetShape
get_shape_of_groups (const BudgetWord *word, const Groups *groups)
{
  if (is_date (groups) || is_time (groups, 0))
    return BUDGET_SHAPE_DATE;

  if (is_amount (groups))
    return BUDGET_SHAPE_AMOUNT;

  if (groups->n_digits >= 4 || (groups->n_digits == 3 && word->start[0] == '0') ||
      word->start[0] == '#')
    return BUDGET_SHAPE_REFERENCE;

  return BUDGET_SHAPE_WORD;
}

/*
 * What a word looks like in a bank's text; in other texts it may be anything.
 */
BudgetShape
_budget_word_get_shape (const BudgetWord *word)
{
  Groups groups;

  if (word->n_letters == 0 && word->n_digits == 0)
    {
      /* A sign of other scripts is a word, as are the joints between two. */
      if ((guchar) word->start[0] >= 0x80 || strchr ("&+-", word->start[0]) != NULL)
        return BUDGET_SHAPE_WORD;
      return BUDGET_SHAPE_MARK;
    }

  if (word->n_digits == 0)
    return BUDGET_SHAPE_WORD;

  if (count_hidden (word) > 0)
    return BUDGET_SHAPE_CARD;

  if (read_groups (word, &groups))
    return get_shape_of_groups (word, &groups);

  if (is_named_date (word))
    return BUDGET_SHAPE_DATE;

  return word->n_letters == 0 ? (word->n_digits >= 3 ? BUDGET_SHAPE_REFERENCE : BUDGET_SHAPE_WORD)
         : is_code (word)     ? BUDGET_SHAPE_REFERENCE
                              : BUDGET_SHAPE_WORD;
}

/*
 * Whether nobody but a bank writes such a word: a card's number with two
 * digits hidden or more, a moment to the minute as in 2024-05-12T12:33, twelve
 * digits on end.
 */
gboolean
_budget_word_is_surely_banks (const BudgetWord *word)
{
  const char *mark = word->n_digits >= 8 ? memchr (word->start, 'T', word->length) : NULL;
  Groups groups;

  if (word->n_digits < 3)
    return FALSE;

  return word->n_digits >= 12 || count_hidden (word) >= 2 ||
         (mark != NULL && read_groups (word, &groups) && is_date (&groups));
}
