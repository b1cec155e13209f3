/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description-private.h"
#include "budget-description.h"
#include "budget-text-fold.h"

#include <string.h>

/*
 * What of a description tells who was paid, and how alike two of them are.
 */

/* What follows is no name any more. */
#define LONGEST_CORE 512
#define MAX_COMPARED 32

/* A shorter beginning is of too many words. */
#define LEAST_BEGINNING 3

/* "l'oreal" is "loreal", and letters one by one are a word: "e d f" is "edf". */
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

/*
 * Returns: (transfer full): the words of @text in small letters without
 *   accents, with one blank between them
 */
char *
_budget_description_fold (const char *text)
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
  const char *end = text + LONGEST_CORE;

  if (strlen (text) <= LONGEST_CORE)
    return g_strdup (text);

  while (((guchar) *end & 0xc0) == 0x80)
    end--;
  return g_strndup (text, (gsize) (end - text));
}

static char *
dup_core_of_tidied (const char *tidied)
{
  g_autofree char *cut = dup_cut (tidied);
  g_autofree char *folded = _budget_description_fold (cut);
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
 * What identifies the payee: the words of the tidied text (see
 * budget_description_tidy()) in small letters and without accents, in their
 * order and with one blank between them; without numbers, small words such as
 * “of”, and the form of a firm such as GmbH. Letters that stand one by one are
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

  if (strlen (tidied) > LONGEST_CORE)
    return g_steal_pointer (&core);

  words = _budget_words_split (tidied);
  for (guint i = 0; i < words->len; i++)
    {
      const BudgetWord *word = &g_array_index (words, BudgetWord, i);
      g_autofree char *part = g_strndup (word->start, word->length);
      g_autofree char *part_folded = _budget_description_fold (part);
      g_autofree char *part_core = dup_core_words (part_folded, TRUE);

      if (*part_core == '\0' && !(word->length == 1 && word->start[0] == '&'))
        continue;
      if (payee->len > 0 && !word->is_glued)
        g_string_append_c (payee, ' ');
      g_string_append (payee, part);
    }

  folded = _budget_description_fold (payee->str);
  return g_str_equal (folded, core) ? g_strdup (payee->str) : g_steal_pointer (&core);
}

/**
 * budget_description_is_generic:
 * @text: (nullable): a description, as a bank or a person wrote it
 *
 * Whether a text says nothing of who was paid, as “Transfer” or “Cash
 * withdrawal” do, so that nothing can be learned from it.
 *
 * Returns: %TRUE if it does not
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

/* German ä is a to some banks and ae to others. */
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

  return length >= LEAST_BEGINNING && strncmp (word, of, length) == 0;
}

/*
 * Returns: how much of both sides is the same, counted on each side
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
 * How alike two descriptions are, whatever their order, capitals, accents,
 * punctuation, and what banks put around the payee. It is the mean of two
 * measures of the words of both cores (see budget_description_dup_core()),
 * weighed by their length up to eight letters: the coefficient of Sørensen and
 * Dice (Dice, “Measures of the Amount of Ecologic Association Between Species”,
 * 1945) and that of overlap (Simpson, “Notes on the measurement of faunal
 * resemblance”, 1960), which forgives what only the longer text says. A word
 * counts nine tenths for one that it is the beginning of, for banks cut texts
 * at 18, 24 or 32 characters.
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

  /* What is matched first may depend on the order, so that is always the same. */
  return strcmp (core_a, core_b) < 0 ? compare_cores (core_a, core_b)
                                     : compare_cores (core_b, core_a);
}
