/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description-words-private.h"
#include "budget-description.h"
#include "budget-text-fold.h"

#include <string.h>

/*
 * Turns the descriptions that banks write into ones that people can read and the
 * program can compare.
 *
 * The keywords of remittance texts come first. The German ones are those of the
 * agreement on remote data transmission (DFÜ-Abkommen, annex 3, field 86 of MT940),
 * such as "EREF+123 SVWZ+Rent". The Dutch ones are between slashes, such as
 * "/TRTP/SEPA OVERBOEKING/NAME/Baker/REMI/Bread".
 */

typedef enum
{
  KEY_NONE,
  KEY_NUMBER,
  KEY_NAME,
  KEY_PURPOSE
} Key;

typedef struct
{
  const char *name;
  Key key;
} Keyword;

static const Keyword german[] = {
  { "EREF", KEY_NUMBER }, { "KREF", KEY_NUMBER }, { "MREF", KEY_NUMBER }, { "CRED", KEY_NUMBER },
  { "DEBT", KEY_NUMBER }, { "BREF", KEY_NUMBER }, { "RREF", KEY_NUMBER }, { "COAM", KEY_NUMBER },
  { "OAMT", KEY_NUMBER }, { "PURP", KEY_NUMBER }, { "IBAN", KEY_NUMBER }, { "BIC", KEY_NUMBER },
  { "MDAT", KEY_NUMBER }, { "RTRN", KEY_NUMBER }, { "SVCL", KEY_NUMBER }, { "ABWA", KEY_NAME },
  { "ABWE", KEY_NAME },   { "ULTC", KEY_NAME },   { "ULTD", KEY_NAME },   { "SVWZ", KEY_PURPOSE },
};

static const Keyword dutch[] = {
  { "TRTP", KEY_NUMBER }, { "IBAN", KEY_NUMBER },  { "BIC", KEY_NUMBER },  { "EREF", KEY_NUMBER },
  { "MARF", KEY_NUMBER }, { "CSID", KEY_NUMBER },  { "ORDP", KEY_NUMBER }, { "BENM", KEY_NUMBER },
  { "ISDT", KEY_NUMBER }, { "PREF", KEY_NUMBER },  { "ADDR", KEY_NUMBER }, { "CNTP", KEY_NUMBER },
  { "RTRN", KEY_NUMBER }, { "PURP", KEY_NUMBER },  { "SVCL", KEY_NUMBER }, { "TRCD", KEY_NUMBER },
  { "ID", KEY_NUMBER },   { "NRTX", KEY_NUMBER },  { "ULTB", KEY_NUMBER }, { "ULTD", KEY_NUMBER },
  { "NAME", KEY_NAME },   { "REMI", KEY_PURPOSE }, { "CD", KEY_NUMBER },   { "ISSR", KEY_NUMBER },
};

static gboolean
is_mark (char c)
{
  return c == '+' || c == ':';
}

/* Matches a keyword of three or four letters at @at; @length includes its mark. */
static Key
match_keyword (const char *text, const char *at, gsize *length)
{
  gboolean is_first = at == text || at[-1] == ' ' || at[-1] == '\n';

  if (strnlen (at, 5) < 4 || (!is_mark (at[3]) && !is_mark (at[4])))
    return KEY_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (german); i++)
    {
      gsize n = strlen (german[i].name);

      if (strncmp (at, german[i].name, n) == 0 && (at[n] == '+' || (at[n] == ':' && is_first)))
        {
          *length = n + 1;
          return german[i].key;
        }
    }

  return KEY_NONE;
}

static Key
match_slashes (const char *at, gsize *length)
{
  for (gsize i = 0; *at == '/' && i < G_N_ELEMENTS (dutch); i++)
    {
      gsize n = strlen (dutch[i].name);

      if (strncmp (at + 1, dutch[i].name, n) == 0 && at[n + 1] == '/')
        {
          *length = n + 2;
          return dutch[i].key;
        }
    }

  return KEY_NONE;
}

static void
append_part (GString *out, const char *start, const char *end)
{
  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append_len (out, start, end - start);
}

/*
 * Returns: (transfer full) (nullable): the text without keywords and their numbers, or
 *   %NULL if it has no keywords or nothing else
 */
static char *
dup_purpose (const char *text)
{
  g_autoptr (GString) purpose = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  gboolean has_slashes = text[0] == '/' && g_ascii_isupper (text[1]);
  gboolean has_keys = FALSE;
  Key key = KEY_PURPOSE;
  const char *start = text;

  if (!has_slashes && strpbrk (text, "+:") == NULL)
    return NULL;

  for (const char *at = text;; at++)
    {
      gsize length = 0;
      Key next = *at == '\0'             ? KEY_NONE
                 : has_slashes           ? match_slashes (at, &length)
                 : g_ascii_isupper (*at) ? match_keyword (text, at, &length)
                                         : KEY_NONE;

      if (next == KEY_NONE && *at != '\0')
        continue;

      if (at > start && key != KEY_NUMBER)
        append_part (key == KEY_NAME ? names : purpose, start, at);
      if (*at == '\0')
        break;

      has_keys = TRUE;
      key = next;
      start = at + length;
      at = start - 1;
    }

  if (!has_keys)
    return NULL;

  /* The name is the ultimate payee's in German texts and the payee's in Dutch ones. */
  if (has_slashes || purpose->len == 0)
    {
      append_part (names, purpose->str, purpose->str + purpose->len);
      return g_strdup (names->str);
    }

  return g_strdup (purpose->str);
}

/*
 * Texts in capitals get the capitals of a name. These words stay as they are:
 *
 * - words with a small letter, which somebody wrote with care;
 * - single letters and initials, alone or joined: E.D.F., H&M, C & A;
 * - up to five letters without a vowel, such as KFZ, DB or SNCF, but not St, Str, Dr,
 *   Mr and Mrs;
 * - acronyms in the table, such as ATM and IKEA;
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

/* Single letters with marks between them. */
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

/* Returns: whether the letter at @at is a capital, after what precedes it: Saint-Paul, O'Reilly,
 * but McDonald's. */
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

/* Appends a word with the capitals of a name. */
static void
append_cased (GString *out, const BudgetWord *word, gboolean is_first)
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

/* Longer texts are letters, not descriptions. */
#define MAX_LENGTH 2048

/* Fewer capitals are an acronym, not a text in capitals. */
#define MIN_SHOUTED_LETTERS 4

/* Next to this many dates, times and numbers, two capitals are a name. */
#define MIN_NUMBERS 3

static gboolean
has_name (GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      const BudgetWord *word = &g_array_index (words, BudgetWord, i);

      if (!word->is_dropped && word->n_letters >= 2)
        return TRUE;
    }

  return FALSE;
}

static guint
find_kept (GArray *words, guint first)
{
  while (first < words->len && g_array_index (words, BudgetWord, first).is_dropped)
    first++;

  return first;
}

static void
drop (GArray *words, guint first, guint n_words)
{
  for (guint i = first; i < first + n_words; i++)
    g_array_index (words, BudgetWord, i).is_dropped = TRUE;
}

/* Drops the words, unless no name would be left. */
static gboolean
try_drop (GArray *words, guint first, guint n_words)
{
  g_autofree gboolean *kept = g_new (gboolean, n_words);

  for (guint i = 0; i < n_words; i++)
    kept[i] = g_array_index (words, BudgetWord, first + i).is_dropped;

  drop (words, first, n_words);
  if (has_name (words))
    return TRUE;

  for (guint i = 0; i < n_words; i++)
    g_array_index (words, BudgetWord, first + i).is_dropped = kept[i];
  return FALSE;
}

static gboolean
is_shouting (GArray *words)
{
  guint n_upper = 0, n_numbers = 0;

  for (guint i = 0; i < words->len; i++)
    {
      const BudgetWord *word = &g_array_index (words, BudgetWord, i);
      BudgetShape shape = _budget_word_get_shape (word);

      /* The x in a hidden number is not a letter. */
      if (word->n_lower > 0 && shape != BUDGET_SHAPE_CARD)
        return FALSE;
      n_upper += word->n_upper;
      n_numbers += shape != BUDGET_SHAPE_WORD && shape != BUDGET_SHAPE_MARK;
    }

  return n_upper >= MIN_SHOUTED_LETTERS || (n_upper >= 2 && n_numbers >= MIN_NUMBERS);
}

static gboolean
is_surely_banks (GArray *words)
{
  guint n_words;
  BudgetPrefix prefix = _budget_words_match_prefix (words, 0, &n_words);
  gboolean is_weak =
    prefix == BUDGET_PREFIX_WEAK && g_array_index (words, BudgetWord, 0).n_lower == 0;

  if (prefix == BUDGET_PREFIX_STRONG)
    return TRUE;

  for (guint i = 0; i < words->len; i++)
    {
      const BudgetWord *word = &g_array_index (words, BudgetWord, i);

      if (_budget_word_is_surely_banks (word) ||
          (is_weak && _budget_word_get_shape (word) == BUDGET_SHAPE_DATE))
        return TRUE;
    }

  return FALSE;
}

/* The place, such as "//BERLIN/DE", and what follows it do not name the payee. */
static void
drop_place (GArray *words)
{
  for (guint i = 1; i < words->len; i++)
    {
      const BudgetWord *word = &g_array_index (words, BudgetWord, i);

      if (word->length >= 2 && strncmp (word->start, "//", 2) == 0)
        {
          try_drop (words, i, words->len - i);
          return;
        }
    }
}

static gboolean
is_currency (const BudgetWord *word)
{
  return word->n_upper == 3 && word->n_letters == 3 && word->n_digits == 0 &&
         strstr (" eur usd gbp chf sek nok dkk pln czk huf jpy cad aud ", word->folded) != NULL;
}

static gboolean
is_number (const BudgetWord *word)
{
  return word->n_digits > 0 && word->n_letters == 0;
}

/* Drops the currency of an amount: 9.95 USD, EUR 12, 1 USD = 0.88 EUR, and in Austria 60,36 AT. */
static void
drop_around_amount (GArray *words, guint i, gboolean is_amount)
{
  BudgetWord *before = i > 0 ? &g_array_index (words, BudgetWord, i - 1) : NULL;
  BudgetWord *after = i + 1 < words->len ? &g_array_index (words, BudgetWord, i + 1) : NULL;

  if (before != NULL && is_currency (before))
    before->is_dropped = g_array_index (words, BudgetWord, i).is_dropped = TRUE;

  if (after != NULL && is_currency (after))
    after->is_dropped = g_array_index (words, BudgetWord, i).is_dropped = TRUE;

  if (is_amount && after != NULL && after->length == 2 && after->n_upper == 2 &&
      i + 2 < words->len && _budget_word_is_country (after->folded))
    after->is_dropped = TRUE;
}

static void
drop_label (GArray *words, guint i, BudgetShape shape)
{
  BudgetWord *label = i > 0 ? &g_array_index (words, BudgetWord, i - 1) : NULL;

  if (label == NULL)
    return;

  if (shape == BUDGET_SHAPE_DATE ? _budget_word_is_before_date (label->folded)
                                 : _budget_word_is_label (label->folded))
    label->is_dropped = TRUE;

  /* Austrian terminals write the number of the card, such as K2, before the day. */
  if (shape == BUDGET_SHAPE_DATE && strlen (label->folded) == 2 && label->folded[0] == 'k' &&
      g_ascii_isdigit (label->folded[1]))
    label->is_dropped = TRUE;
}

/* SEP 08, 12 MAY 2024, 8. MAI: a month with its day and year. */
static gboolean
drop_month (GArray *words, guint i)
{
  BudgetWord *word = &g_array_index (words, BudgetWord, i);
  gboolean is_dated = FALSE;

  if (!_budget_word_is_month (word->folded))
    return FALSE;

  for (guint k = i > 0 ? i - 1 : i + 1; k <= i + 2 && k < words->len; k++)
    {
      BudgetWord *near = &g_array_index (words, BudgetWord, k);
      gsize length = strlen (near->folded);

      if (near->n_letters == 0 && near->n_digits == length && length > 0 &&
          (length <= 2 || (is_dated && length == 4)))
        {
          near->is_dropped = TRUE;
          is_dated = TRUE;
        }
    }

  if (is_dated)
    {
      guint first = i > 0 && g_array_index (words, BudgetWord, i - 1).is_dropped ? i - 1 : i;

      word->is_dropped = TRUE;
      drop_label (words, first, BUDGET_SHAPE_DATE);
    }

  return is_dated;
}

/* The thanks that a shop's till adds: "DANKT", "SAGT DANKE". */
static guint
match_thanks (GArray *words, guint i)
{
  const BudgetWord *word = &g_array_index (words, BudgetWord, i);

  if (i == 0 || word->n_lower > 0)
    return 0;
  if (strcmp (word->folded, "dankt") == 0)
    return 1;

  return strcmp (word->folded, "sagt") == 0 && i + 1 < words->len &&
             strcmp (g_array_index (words, BudgetWord, i + 1).folded, "danke") == 0
           ? 2
           : 0;
}

static void
drop_by_shape (GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      BudgetWord *word = &g_array_index (words, BudgetWord, i);
      BudgetShape shape = _budget_word_get_shape (word);

      drop (words, i, match_thanks (words, i));
      if (word->is_dropped || drop_month (words, i))
        continue;

      if (is_number (word))
        drop_around_amount (words, i, shape == BUDGET_SHAPE_AMOUNT);

      /* A number at the start is part of a name, such as 1001 Nights. */
      if (shape == BUDGET_SHAPE_WORD ||
          (i == 0 && shape == BUDGET_SHAPE_REFERENCE && word->length <= 4))
        continue;

      word->is_dropped = TRUE;
      if (shape != BUDGET_SHAPE_MARK)
        drop_label (words, i, shape);
    }
}

static void
drop_shapes (GArray *words)
{
  g_autofree gboolean *kept = g_new (gboolean, words->len);

  for (guint i = 0; i < words->len; i++)
    kept[i] = g_array_index (words, BudgetWord, i).is_dropped;

  drop_by_shape (words);

  if (!has_name (words))
    for (guint i = 0; i < words->len; i++)
      g_array_index (words, BudgetWord, i).is_dropped = kept[i];
}

static void
drop_prefixes (GArray *words)
{
  guint first = find_kept (words, 0);

  while (first < words->len)
    {
      guint n_words = 0;
      BudgetPrefix prefix = _budget_words_match_prefix (words, first, &n_words);

      if (prefix == BUDGET_PREFIX_NONE ||
          (prefix == BUDGET_PREFIX_WEAK && g_array_index (words, BudgetWord, first).n_lower > 0) ||
          !try_drop (words, first, n_words))
        return;

      /* Drop the word between the verb and the name: "TO", "BEI", "CHEZ". */
      first = find_kept (words, first);
      if (first < words->len &&
          _budget_word_is_link (g_array_index (words, BudgetWord, first).folded) &&
          g_array_index (words, BudgetWord, first).n_letters > 1)
        try_drop (words, first, 1);
      first = find_kept (words, first);
    }
}

static guint
count_kept (GArray *words)
{
  guint n = 0;

  for (guint i = 0; i < words->len; i++)
    n += !g_array_index (words, BudgetWord, i).is_dropped;

  return n;
}

/* Drops the code of a country or state after a name, and what banks add there. */
static void
drop_suffixes (GArray *words)
{
  guint end = words->len;

  while (end > 1)
    {
      const BudgetWord *word = &g_array_index (words, BudgetWord, end - 1);
      guint n_words = word->is_dropped ? 1 : _budget_words_match_suffix (words, end);

      if (n_words == 0 && word->length == word->n_letters && word->n_upper == word->n_letters &&
          _budget_word_is_country (word->folded) && count_kept (words) > 1)
        n_words = 1;

      if (n_words == 0 || (!word->is_dropped && !try_drop (words, end - n_words, n_words)))
        return;

      end -= n_words;
    }
}

/* Removes marks that no name begins or ends with. */
static void
trim (GString *text)
{
  static const char marks[] = ",;:/*-|~=#";

  while (text->len > 1 &&
         (strchr (marks, text->str[text->len - 1]) != NULL || text->str[text->len - 1] == ' '))
    g_string_truncate (text, text->len - 1);

  while (text->len > 1 &&
         (strchr (marks, text->str[0]) != NULL || text->str[0] == ' ' || text->str[0] == '.'))
    g_string_erase (text, 0, 1);
}

static char *
join (GArray *words, gboolean is_bank)
{
  GString *text = g_string_sized_new (64);
  gboolean is_after_gap = FALSE;

  for (guint i = 0; i < words->len; i++)
    {
      const BudgetWord *word = &g_array_index (words, BudgetWord, i);

      is_after_gap = is_after_gap || !word->is_glued;
      if (word->is_dropped)
        {
          is_after_gap = TRUE;
          continue;
        }

      if (text->len > 0 && is_after_gap)
        g_string_append_c (text, ' ');
      if (is_bank)
        append_cased (text, word, text->len == 0);
      else
        g_string_append_len (text, word->start, (gssize) word->length);
      is_after_gap = FALSE;
    }

  if (is_bank)
    trim (text);

  return g_string_free (text, FALSE);
}

/* Tidies once; what is left may have more to drop. */
static char *
tidy_once (const char *text)
{
  g_autofree char *purpose = dup_purpose (text);
  g_autoptr (GArray) words = _budget_words_split (purpose != NULL ? purpose : text);

  if (purpose != NULL && !has_name (words))
    {
      g_array_unref (words);
      words = _budget_words_split (text);
    }

  if (words->len == 0 || !has_name (words))
    return join (words, FALSE);

  if (purpose == NULL && !is_shouting (words) && !is_surely_banks (words))
    return join (words, FALSE);

  drop_place (words);
  drop_prefixes (words);
  drop_shapes (words);
  drop_suffixes (words);
  drop_prefixes (words);
  return join (words, TRUE);
}

/**
 * budget_description_tidy:
 * @text: (nullable): a text from a bank
 *
 * Makes a bank's text readable. It drops the numbers of cards (also if partly
 * hidden), terminals, references and authorisations; dates, times and amounts;
 * countries at the end; SEPA keywords; and the kind of transaction at the start. Text
 * in capitals gets small letters. Keep the original, see
 * budget_expense_set_original(): this is for display.
 *
 * A text counts as a bank's if it has no small letters and at least four capitals, or
 * something that only banks write: a SEPA keyword, the kind of transaction at the
 * start, such as “Kartenzahlung”, a hidden card number, a date with a time such as
 * 2024-05-12T12:33, or twelve digits in a row. Any other text, and a text of more
 * than 2,048 bytes, keeps everything but superfluous white space.
 *
 * Tidying a tidied text changes nothing.
 *
 * Returns: (transfer full): the text to show, valid UTF-8; empty only if @text is
 *   only white space
 */
char *
budget_description_tidy (const char *text)
{
  char *tidied;

  if (text == NULL)
    return g_strdup ("");

  tidied = g_utf8_make_valid (text, -1);
  if (strlen (tidied) > MAX_LENGTH)
    return tidied;

  /* Each round removes words or capitals, so this ends. */
  for (;;)
    {
      char *before = tidied;

      tidied = tidy_once (before);
      if (g_str_equal (before, tidied) || *tidied == '\0')
        {
          g_free (before);
          return tidied;
        }
      g_free (before);
    }
}

/* Any text after this is not part of a name. */
#define MAX_CORE_LENGTH 512
#define MAX_COMPARED 32

/* Too many words have a shorter prefix in common. */
#define MIN_PREFIX_LENGTH 3

/* Joins single letters to a word: "e d f" becomes "edf". */
static char *
join_letters (const char *folded)
{
  GString *joined = g_string_sized_new (strlen (folded));
  gboolean was_letter = FALSE;

  while (*folded != '\0')
    {
      gsize length = strcspn (folded, " ");
      gboolean is_letter = length == 1 && g_ascii_isalpha (*folded);

      if (joined->len > 0 && !(is_letter && was_letter))
        g_string_append_c (joined, ' ');
      g_string_append_len (joined, folded, (gssize) length);
      was_letter = is_letter;
      folded += length + (folded[length] == ' ');
    }

  return g_string_free (joined, FALSE);
}

/**
 * budget_description_fold:
 * @text: a description in UTF-8
 *
 * Rules and comparisons work on this form.
 *
 * Returns: (transfer full): the words of @text in small letters without
 *   accents and apostrophes, with one space between them
 */
char *
budget_description_fold (const char *text)
{
  g_autofree char *plain = NULL;
  g_autofree char *folded = NULL;

  if (strchr (text, '\'') != NULL || strstr (text, "’") != NULL)
    {
      GString *out = g_string_sized_new (strlen (text));

      while (*text != '\0')
        if (*text == '\'')
          text++;
        else if (strncmp (text, "’", strlen ("’")) == 0)
          text += strlen ("’");
        else
          g_string_append_c (out, *text++);
      plain = g_string_free (out, FALSE);
      text = plain;
    }

  folded = budget_text_fold (text);
  return join_letters (folded);
}

static gboolean
names_payee (const char *word, gboolean is_strict)
{
  guint n_digits = 0, n_other = 0;

  for (const char *at = word; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      n_digits++;
    else
      n_other++;

  if (n_other == 0 || n_digits >= 4)
    return FALSE;

  return !is_strict ||
         !(_budget_word_get_legal_form (word) != NULL || _budget_word_is_link (word) ||
           strcmp (word, "com") == 0 || strcmp (word, "www") == 0 || strcmp (word, "http") == 0 ||
           strcmp (word, "https") == 0);
}

static char *
dup_core_words (const char *folded, gboolean is_strict)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  GString *core = g_string_sized_new (strlen (folded));

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && names_payee (words[i], is_strict))
      {
        if (core->len > 0)
          g_string_append_c (core, ' ');
        g_string_append (core, words[i]);
      }

  return g_string_free (core, FALSE);
}

static char *
dup_cut (const char *text)
{
  const char *end = text + MAX_CORE_LENGTH;

  if (strlen (text) <= MAX_CORE_LENGTH)
    return g_strdup (text);

  while (((guchar) *end & 0xc0) == 0x80)
    end--;
  return g_strndup (text, (gsize) (end - text));
}

static char *
dup_core_of_tidied (const char *tidied)
{
  g_autofree char *cut = dup_cut (tidied);
  g_autofree char *folded = budget_description_fold (cut);
  char *core = dup_core_words (folded, TRUE);

  if (*core == '\0')
    {
      g_free (core);
      core = dup_core_words (folded, FALSE);
    }

  return core;
}

/**
 * budget_description_dup_core:
 * @text: (nullable): a description, as a bank or a person wrote it
 *
 * Finds the words that identify the payee: those of the tidied text (see
 * budget_description_tidy()) in small letters and without accents, in their
 * order and with one space between them; without numbers, small words such as
 * “of”, and the form of a firm such as GmbH. Single letters are joined to
 * one word, so that H&amp;M is “hm”.
 *
 * Returns: (transfer full): the words, empty if the text has none
 */
char *
budget_description_dup_core (const char *text)
{
  g_autofree char *tidied = budget_description_tidy (text);

  return dup_core_of_tidied (tidied);
}

/**
 * budget_description_dup_payee:
 * @text: (nullable): a description, as a bank or a person wrote it
 *
 * The same as budget_description_dup_core(), written for people: “Café Nero”
 * where the core is “cafe nero”. The core of the one is the other.
 *
 * Returns: (transfer full): the words, empty if the text has none
 */
char *
budget_description_dup_payee (const char *text)
{
  g_autofree char *tidied = budget_description_tidy (text);
  g_autofree char *core = dup_core_of_tidied (tidied);
  g_autofree char *folded = NULL;
  g_autoptr (GString) payee = g_string_new (NULL);
  g_autoptr (GArray) words = NULL;

  if (strlen (tidied) > MAX_CORE_LENGTH)
    return g_steal_pointer (&core);

  words = _budget_words_split (tidied);
  for (guint i = 0; i < words->len; i++)
    {
      const BudgetWord *word = &g_array_index (words, BudgetWord, i);
      g_autofree char *part = g_strndup (word->start, word->length);
      g_autofree char *part_folded = budget_description_fold (part);
      g_autofree char *part_core = dup_core_words (part_folded, TRUE);

      if (*part_core == '\0' && !(word->length == 1 && word->start[0] == '&'))
        continue;
      if (payee->len > 0 && !word->is_glued)
        g_string_append_c (payee, ' ');
      g_string_append (payee, part);
    }

  folded = budget_description_fold (payee->str);
  return g_str_equal (folded, core) ? g_strdup (payee->str) : g_steal_pointer (&core);
}

/**
 * budget_description_is_generic:
 * @text: (nullable): a description, as a bank or a person wrote it
 *
 * Nothing can be learned from a text such as “Transfer” or “Cash withdrawal”.
 *
 * Returns: whether the text does not identify a payee
 */
gboolean
budget_description_is_generic (const char *text)
{
  g_autofree char *core = budget_description_dup_core (text);
  g_auto (GStrv) words = g_strsplit (core, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_utf8_strlen (words[i], -1) > 1 && !_budget_word_is_generic (words[i]) &&
        !_budget_word_is_month (words[i]))
      return FALSE;

  return TRUE;
}

/* Some banks write a for ä, others ae. */
static void
strip_umlauts (char *folded)
{
  char *out = folded;

  for (const char *at = folded; *at != '\0'; at++)
    {
      *out++ = *at;
      if (strchr ("aou", *at) != NULL && at[1] == 'e')
        at++;
    }

  *out = '\0';
}

typedef struct
{
  char **words;
  guint n_words;
  gboolean is_taken[MAX_COMPARED];
} Side;

static guint
weigh (const char *word)
{
  return (guint) MIN (strlen (word), 8);
}

static guint
weigh_side (const Side *side)
{
  guint weight = 0;

  for (guint i = 0; i < side->n_words; i++)
    weight += weigh (side->words[i]);

  return weight;
}

static void
fill_side (Side *side, char *core)
{
  strip_umlauts (core);
  side->words = g_strsplit (core, " ", -1);
  side->n_words = MIN (g_strv_length (side->words), MAX_COMPARED);
  memset (side->is_taken, 0, sizeof side->is_taken);
}

static gboolean
is_beginning (const char *word, const char *of)
{
  gsize length = strlen (word);

  return length >= MIN_PREFIX_LENGTH && strncmp (word, of, length) == 0;
}

/*
 * Returns: the weight of the matching words of both sides together
 */
static double
match_sides (Side *a, Side *b, gboolean by_beginning)
{
  double matched = 0;

  for (guint i = 0; i < a->n_words; i++)
    for (guint k = 0; k < b->n_words && !a->is_taken[i]; k++)
      {
        gboolean is_same = strcmp (a->words[i], b->words[k]) == 0;

        if (b->is_taken[k] || (by_beginning ? !is_beginning (a->words[i], b->words[k]) &&
                                                !is_beginning (b->words[k], a->words[i])
                                            : !is_same))
          continue;

        a->is_taken[i] = b->is_taken[k] = TRUE;
        matched += (weigh (a->words[i]) + weigh (b->words[k])) * (is_same ? 0.5 : 0.45);
      }

  return matched;
}

static double
compare_cores (char *a, char *b)
{
  Side left, right;
  guint weight_a, weight_b;
  double matched, dice, overlap;

  fill_side (&left, a);
  fill_side (&right, b);
  matched = match_sides (&left, &right, FALSE);
  matched += match_sides (&left, &right, TRUE);

  weight_a = weigh_side (&left);
  weight_b = weigh_side (&right);
  dice = 2 * matched / (weight_a + weight_b);
  overlap = MIN (1, matched / MIN (weight_a, weight_b));
  g_strfreev (left.words);
  g_strfreev (right.words);
  return MIN (1, (dice + overlap) / 2);
}

/**
 * budget_description_compare:
 * @a: (nullable): a description
 * @b: (nullable): another
 *
 * Compares two descriptions, regardless of the order of words, capitals, accents,
 * punctuation, and what banks add to the payee. The result is the mean of two
 * measures of the words of both cores (see budget_description_dup_core()),
 * weighed by their length up to eight letters: the coefficient of Sørensen and
 * Dice (Dice, “Measures of the Amount of Ecologic Association Between Species”,
 * 1945) and that of overlap (Simpson, “Notes on the measurement of faunal
 * resemblance”, 1960), which ignores what only the longer text has. A word
 * that is the beginning of another counts nine tenths, since banks cut texts at 18, 24
 * or 32 characters.
 *
 * Returns: 0 if they have nothing in common, 1 if they name the same payee in
 *   the same words; the same for @b and @a
 */
double
budget_description_compare (const char *a, const char *b)
{
  g_autofree char *core_a = budget_description_dup_core (a);
  g_autofree char *core_b = budget_description_dup_core (b);

  if (*core_a == '\0' || *core_b == '\0')
    {
      g_autofree char *tidy_a = budget_description_tidy (a);
      g_autofree char *tidy_b = budget_description_tidy (b);

      return *tidy_a != '\0' && g_str_equal (tidy_a, tidy_b) ? 1 : 0;
    }

  if (g_str_equal (core_a, core_b))
    return 1;

  /* The result may depend on the order, so always use the same. */
  return strcmp (core_a, core_b) < 0 ? compare_cores (core_a, core_b)
                                     : compare_cores (core_b, core_a);
}
