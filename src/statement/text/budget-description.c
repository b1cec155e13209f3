/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description-private.h"
#include "budget-description.h"

#include <string.h>

/*
 * What banks write, made fit for reading.
 */

/* A text that is longer is somebody's letter, not a description. */
#define LONGEST 2048

/* Fewer capitals are an acronym, not shouting. */
#define LEAST_SHOUTING 4

/* With as many of dates, times and numbers, two capitals are a name. */
#define LEAST_NUMBERS 3

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

/*
 * Drops the words for good, unless no name is left then.
 */
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

      /* The x of a hidden number is no letter. */
      if (word->n_lower > 0 && shape != BUDGET_SHAPE_CARD)
        return FALSE;
      n_upper += word->n_upper;
      n_numbers += shape != BUDGET_SHAPE_WORD && shape != BUDGET_SHAPE_MARK;
    }

  return n_upper >= LEAST_SHOUTING || (n_upper >= 2 && n_numbers >= LEAST_NUMBERS);
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

/* From "//BERLIN/DE" on nothing names the payee. */
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

/* What belongs to an amount: 9.95 USD, EUR 12, 1 USD = 0.88 EUR, and in Austria 60,36 AT. */
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

  /* Austrian terminals number the card, as in K2, before the day. */
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

/* "DANKT", "SAGT DANKE": where a till says more of the shop, too. */
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

      /* A number that comes first is part of a name, such as 1001 Nights. */
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

      /* "TO", "BEI", "CHEZ": what joined the verb and the name. */
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

/* Codes of a country or a state behind a name, and what is said after it. */
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

/* What a name neither begins nor ends with. */
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
        _budget_word_append_cased (text, word, text->len == 0);
      else
        g_string_append_len (text, word->start, (gssize) word->length);
      is_after_gap = FALSE;
    }

  if (is_bank)
    trim (text);

  return g_string_free (text, FALSE);
}

/* One round; what it drops may show more to be dropped. */
static char *
tidy_once (const char *text)
{
  g_autofree char *purpose = _budget_description_dup_purpose (text);
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
 * @text: (nullable): what a bank wrote
 *
 * Makes a bank's text fit to be shown: without the numbers of cards (hidden in
 * part, too), of terminals, references and authorisations, without dates, times
 * and amounts, countries at the end, keywords of SEPA and the verbs of booking
 * in front; and with small letters where it shouts. Keep the original: this is
 * for display, see budget_expense_set_original().
 *
 * A text is taken for a bank's if it has no small letters and at least four
 * capitals, or if it has what nobody else writes: a SEPA keyword, a booking's
 * verb such as “Kartenzahlung” at its beginning, a hidden card number, a moment
 * such as 2024-05-12T12:33, twelve digits on end. All others are left alone but
 * for their blanks, and so are texts of more than 2,048 bytes.
 *
 * What was tidied is tidy: a second time changes nothing.
 *
 * Returns: (transfer full): the text as it is shown, valid UTF-8 and never empty
 *   unless @text has nothing but blanks
 */
char *
budget_description_tidy (const char *text)
{
  char *tidied;

  if (text == NULL)
    return g_strdup ("");

  tidied = g_utf8_make_valid (text, -1);
  if (strlen (tidied) > LONGEST)
    return tidied;

  /* Each round takes words away or makes capitals small, so it comes to an end. */
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
