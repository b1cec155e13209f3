/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description-private.h"

#include <string.h>

/*
 * Shouting, turned into the capitals of a name. What stays as it is:
 *
 * - a word with a small letter in it, which somebody has thought about;
 * - single letters and initials, alone or joined: E.D.F., H&M, C & A;
 * - what cannot be read aloud: up to five letters without a vowel, such as
 *   KFZ, DB or SNCF; St, Str, Dr, Mr and Mrs are no such thing;
 * - what the table knows to be said letter by letter, such as ATM and IKEA;
 * - digits with up to three letters, such as A44 and O2, and numbers of three
 *   digits or more.
 *
 * Small words such as "of" and "de" are small unless they come first, and what
 * follows the last point of a site's name is.
 */

static gboolean
is_vowel (char c)
{
  return strchr ("aeiouy", c) != NULL;
}

static gboolean
is_unreadable (const BudgetWord *word)
{
  static const char *const readable[] = { "st", "str", "dr", "mr", "mrs", "jr", "ltd" };

  if (word->n_letters < 2 || word->n_letters > 5)
    return FALSE;

  for (const char *at = word->folded; *at != '\0'; at++)
    if (!g_ascii_isalpha (*at) || is_vowel (*at))
      return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (readable); i++)
    if (strcmp (word->folded, readable[i]) == 0)
      return FALSE;

  return TRUE;
}

/* Letters one by one, with a mark between them. */
static gboolean
is_initials (const BudgetWord *word)
{
  guint n_run = 0;

  for (const char *at = word->folded; *at != '\0'; at++)
    {
      n_run = *at == ' ' ? 0 : n_run + 1;
      if (n_run > 1)
        return FALSE;
    }

  return word->folded[0] != '\0';
}

static gboolean
stays (const BudgetWord *word)
{
  return word->n_upper == 0 || word->n_lower > 0 || word->n_letters == 1 ||
         (word->n_digits > 0 && word->n_letters <= 3) || word->n_digits >= 3 ||
         is_initials (word) || _budget_word_is_acronym (word->folded) || is_unreadable (word);
}

static gboolean
is_site (const BudgetWord *word)
{
  const char *point = g_strrstr_len (word->start, (gssize) word->length, ".");
  char ending[8] = { 0 };
  gsize length = point != NULL ? (gsize) (word->start + word->length - point - 1) : 0;

  if (length < 2 || length >= sizeof ending)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    ending[i] = g_ascii_tolower (point[1 + i]);

  return _budget_word_is_ending (ending);
}

/* Whether a capital comes after what is before @at: Saint-Paul, O'Reilly, but McDonald's. */
static gboolean
begins_name (const BudgetWord *word, const char *at, gboolean is_site_name)
{
  gsize n = (gsize) (at - word->start);

  if (n == 0)
    return TRUE;

  if (n == 2 && word->n_letters > 5 && strncmp (word->start, "MC", 2) == 0)
    return TRUE;

  if (at[-1] == '\'')
    return n == 2;

  if (n >= 3 && strncmp (at - 3, "’", 3) == 0)
    return n == 4;

  if (at[-1] == '.')
    return !is_site_name;

  return strchr ("-/&(*+\"[", at[-1]) != NULL || (guchar) g_ascii_isdigit (at[-1]);
}

/*
 * Appends a word as a name is written.
 */
void
_budget_word_append_cased (GString *out, const BudgetWord *word, gboolean is_first)
{
  const char *form = word->n_lower == 0 ? _budget_word_get_legal_form (word->folded) : NULL;
  gboolean is_plain = word->length == word->n_letters;
  gboolean is_small =
    !is_first && word->n_digits == 0 && word->n_lower == 0 && _budget_word_is_link (word->folded);
  gboolean is_site_name;

  if (form != NULL && is_plain && !is_first)
    {
      g_string_append (out, form);
      return;
    }

  if (!is_small && stays (word))
    {
      g_string_append_len (out, word->start, (gssize) word->length);
      return;
    }

  is_site_name = is_site (word);
  for (const char *at = word->start; at < word->start + word->length; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_small || !begins_name (word, at, is_site_name))
        c = g_unichar_tolower (c);
      g_string_append_unichar (out, c);
    }
}
