/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-classifier-private.h"
#include "budget-description.h"

#include <math.h>
#include <string.h>

/**
 * BudgetClassifier:
 *
 * Guesses the category of a payment from those of earlier payments, and says how
 * likely it is.
 *
 * A payee that was seen before gets its most frequent category. For others it is
 * multinomial naive Bayes over the words of the description's core (see
 * budget_description_dup_core()), the endings of long words, and the sign and
 * size of the amount, with Lidstone's smoothing (Manning, Raghavan and Schütze,
 * “Introduction to Information Retrieval”, chapter 13). If no word is known
 * there is no guess.
 *
 * The probabilities of naive Bayes are far too high. So each payment is guessed
 * before it is learned, and the share of such guesses that were right is the
 * confidence (Dawid, “Statistical Theory: The Prequential Approach”,
 * 1984).
 */

/* Lidstone's addition to each count. */
#define SMOOTHING 0.1

#define MAX_FEATURES 40
#define ENDING_LENGTH 5
#define N_LOGS 1024

/* Guesses are counted in so many bins, by their first probability. */
#define N_BINS 10

/* The weight of the first probability, in guesses. */
#define BIN_PRIOR 8

/* A bin with so many guesses is halved, so that newer ones count more. */
#define BIN_FULL 512

/* How often something had each category. */
typedef struct
{
  guint n_counts;
  guint total;
  guint last; /* the category of the latest */
  guint *counts;
} Counts;

typedef struct
{
  guint n_guessed;
  guint n_right;
} Bin;

typedef struct
{
  char *core;
  gboolean knows_word;
  guint n_features;
  char *features[MAX_FEATURES];
} Sample;

struct _BudgetClassifier
{
  GObject parent_instance;

  BudgetFeatures features;
  double threshold;

  GHashTable *cores;     /* → Counts */
  GHashTable *words;     /* → Counts */
  GPtrArray *categories; /* borrowed */
  GHashTable *positions; /* category → its position plus one */
  Counts payments;       /* by category */
  Counts occurrences;    /* of all words, by category */
  GArray *scores;        /* of double: room for one guess */

  Bin by_core[N_BINS];
  Bin by_words[N_BINS];
};

G_DEFINE_FINAL_TYPE (BudgetClassifier, budget_classifier, G_TYPE_OBJECT)

static double logs[N_LOGS];

static void
counts_free (Counts *counts)
{
  g_free (counts->counts);
  g_free (counts);
}

static guint
counts_get (const Counts *counts, guint category)
{
  return category < counts->n_counts ? counts->counts[category] : 0;
}

static void
counts_add (Counts *counts, guint category)
{
  if (category >= counts->n_counts)
    {
      guint n_counts = MAX (category + 1, counts->n_counts * 2);

      counts->counts = g_renew (guint, counts->counts, n_counts);
      memset (counts->counts + counts->n_counts, 0, (n_counts - counts->n_counts) * sizeof (guint));
      counts->n_counts = n_counts;
    }

  counts->counts[category]++;
  counts->total++;
  counts->last = category;
}

/* Returns: the most frequent category; of several the latest, else the first added */
static guint
counts_find_most (const Counts *counts)
{
  guint most = counts->last;

  for (guint i = 0; i < counts->n_counts; i++)
    if (counts->counts[i] > counts->counts[most])
      most = i;

  return most;
}

static double
log_of_count (guint count)
{
  return count < N_LOGS ? logs[count] : log (count + SMOOTHING);
}

static void
add_feature (Sample *sample, char *feature)
{
  if (sample->n_features < MAX_FEATURES)
    sample->features[sample->n_features++] = feature;
  else
    g_free (feature);
}

/* Words of the core are lower case; other features begin with a capital letter. */
static void
fill_words (Sample *sample, gboolean with_endings)
{
  const char *at = sample->core;

  while (*at != '\0' && sample->n_features < MAX_FEATURES - 4)
    {
      gsize length = strcspn (at, " ");

      add_feature (sample, g_strndup (at, length));
      if (with_endings && g_utf8_strlen (at, (gssize) length) > ENDING_LENGTH)
        {
          const char *ending = g_utf8_offset_to_pointer (at + length, -ENDING_LENGTH);

          add_feature (sample, g_strdup_printf ("E%.*s", (int) (at + length - ending), ending));
        }
      at += length + (at[length] == ' ');
    }
}

static void
fill_sample (BudgetClassifier *self, Sample *sample, const char *description, gint64 amount)
{
  sample->n_features = 0;
  sample->core = budget_description_dup_core (description);
  fill_words (sample, (self->features & BUDGET_FEATURE_ENDINGS) != 0);

  if (*sample->core == '\0')
    return;

  if ((self->features & BUDGET_FEATURE_SIGN) != 0)
    add_feature (sample, g_strdup (amount < 0 ? "S-" : "S+"));

  if ((self->features & BUDGET_FEATURE_AMOUNT) != 0)
    {
      guint64 size = amount < 0 ? 0 - (guint64) amount : (guint64) amount;

      add_feature (sample, g_strdup_printf ("A%u", g_bit_storage ((gulong) size)));
    }
}

static void
clear_sample (Sample *sample)
{
  for (guint i = 0; i < sample->n_features; i++)
    g_free (sample->features[i]);
  g_free (sample->core);
}

/*
 * Adds the scores of all features for each category.
 *
 * Returns: whether a word was known
 */
static gboolean
score_features (BudgetClassifier *self, const Sample *sample, double *scores)
{
  guint n_categories = self->categories->len;
  double n_words = g_hash_table_size (self->words);
  gboolean knows_word = FALSE;
  guint n_known = 0;

  memset (scores, 0, n_categories * sizeof (double));
  for (guint i = 0; i < sample->n_features; i++)
    {
      const Counts *counts = g_hash_table_lookup (self->words, sample->features[i]);

      if (counts == NULL)
        continue;

      n_known++;
      knows_word = knows_word || (sample->features[i][0] != 'S' && sample->features[i][0] != 'A');
      for (guint k = 0; k < n_categories; k++)
        scores[k] += log_of_count (counts_get (counts, k));
    }

  for (guint k = 0; k < n_categories; k++)
    scores[k] += log_of_count (counts_get (&self->payments, k)) -
                 n_known * log (counts_get (&self->occurrences, k) + SMOOTHING * n_words);

  return knows_word;
}

static guint
guess_by_words (BudgetClassifier *self, const Sample *sample, double *posterior)
{
  guint n_categories = self->categories->len;
  guint best = 0;
  double *scores;
  double sum = 0;

  g_array_set_size (self->scores, n_categories);
  scores = (double *) (gpointer) self->scores->data;
  *posterior = 0;
  if (!score_features (self, sample, scores))
    return 0;

  for (guint k = 1; k < n_categories; k++)
    if (scores[k] > scores[best])
      best = k;

  for (guint k = 0; k < n_categories; k++)
    sum += exp (scores[k] - scores[best]);

  *posterior = 1 / sum;
  return best;
}

static Bin *
find_bin (Bin *bins, double probability)
{
  return &bins[MIN ((guint) (probability * N_BINS), N_BINS - 1)];
}

/*
 * Returns: the position of the category, with the bin of such guesses and its
 * first probability; @bin is %NULL if there is no guess
 */
static guint
guess (BudgetClassifier *self, const Sample *sample, Bin **bin, double *probability)
{
  const Counts *seen;
  guint category;

  *bin = NULL;
  *probability = 0;
  if (self->categories->len == 0 || *sample->core == '\0')
    return 0;

  seen = g_hash_table_lookup (self->cores, sample->core);
  if (seen != NULL)
    {
      category = counts_find_most (seen);
      *probability = (counts_get (seen, category) + 0.5) / (seen->total + 1.0);
      *bin = find_bin (self->by_core, *probability);
      return category;
    }

  category = guess_by_words (self, sample, probability);
  if (*probability > 0)
    *bin = find_bin (self->by_words, *probability);
  return category;
}

static guint
ensure_position (BudgetClassifier *self, gpointer category)
{
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (self->positions, category));

  if (position > 0)
    return position - 1;

  g_ptr_array_add (self->categories, category);
  g_hash_table_insert (self->positions, category, GUINT_TO_POINTER (self->categories->len));
  return self->categories->len - 1;
}

static Counts *
ensure_counts (GHashTable *table, const char *key)
{
  Counts *counts = g_hash_table_lookup (table, key);

  if (counts == NULL)
    {
      counts = g_new0 (Counts, 1);
      g_hash_table_insert (table, g_strdup (key), counts);
    }

  return counts;
}

static void
count_guess (Bin *bin, gboolean is_right)
{
  if (bin->n_guessed >= BIN_FULL)
    {
      bin->n_guessed /= 2;
      bin->n_right /= 2;
    }

  bin->n_guessed++;
  bin->n_right += is_right;
}

static void
budget_classifier_finalize (GObject *object)
{
  BudgetClassifier *self = BUDGET_CLASSIFIER (object);

  g_hash_table_unref (self->cores);
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->positions);
  g_ptr_array_unref (self->categories);
  g_array_unref (self->scores);
  g_free (self->payments.counts);
  g_free (self->occurrences.counts);

  G_OBJECT_CLASS (budget_classifier_parent_class)->finalize (object);
}

static void
budget_classifier_class_init (BudgetClassifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_classifier_finalize;

  for (guint i = 0; i < N_LOGS; i++)
    logs[i] = log (i + SMOOTHING);
}

static void
budget_classifier_init (BudgetClassifier *self)
{
  self->features = BUDGET_FEATURE_DEFAULT;
  self->threshold = BUDGET_CLASSIFIER_THRESHOLD;
  self->cores =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) counts_free);
  self->words =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) counts_free);
  self->positions = g_hash_table_new (NULL, NULL);
  self->categories = g_ptr_array_new ();
  self->scores = g_array_new (FALSE, TRUE, sizeof (double));
}

BudgetClassifier *
budget_classifier_new (void)
{
  return g_object_new (BUDGET_TYPE_CLASSIFIER, NULL);
}

BudgetClassifier *
_budget_classifier_new_with_features (BudgetFeatures features)
{
  BudgetClassifier *self = budget_classifier_new ();

  self->features = features;
  return self;
}

/**
 * budget_classifier_get_threshold:
 * @self: a classifier
 *
 * Returns: the least confidence of a guess, 0 to 1
 */
double
budget_classifier_get_threshold (BudgetClassifier *self)
{
  g_return_val_if_fail (BUDGET_IS_CLASSIFIER (self), 0);

  return self->threshold;
}

/**
 * budget_classifier_set_threshold:
 * @self: a classifier
 * @threshold: the least confidence of a guess, 0 to 1
 */
void
budget_classifier_set_threshold (BudgetClassifier *self, double threshold)
{
  g_return_if_fail (BUDGET_IS_CLASSIFIER (self));
  g_return_if_fail (threshold >= 0 && threshold <= 1);

  self->threshold = threshold;
}

/**
 * budget_classifier_get_n_added:
 * @self: a classifier
 *
 * Returns: how many payments it has learned from
 */
guint64
budget_classifier_get_n_added (BudgetClassifier *self)
{
  g_return_val_if_fail (BUDGET_IS_CLASSIFIER (self), 0);

  return self->payments.total;
}

/**
 * budget_classifier_add:
 * @self: a classifier
 * @description: (nullable): what was paid for, as a bank or a person wrote it
 * @amount: how much, in minor units; positive is money that left
 * @category: its category; the classifier only compares pointers, so keep
 *   it for as long as you guess
 *
 * Learns the category of a payment. Add payments oldest first: if a payee has two
 * categories equally often, the latest counts.
 */
void
budget_classifier_add (BudgetClassifier *self,
                       const char *description,
                       gint64 amount,
                       gpointer category)
{
  Sample sample;
  Bin *bin;
  double probability;
  guint position, guessed;

  g_return_if_fail (BUDGET_IS_CLASSIFIER (self));
  g_return_if_fail (category != NULL);

  fill_sample (self, &sample, description, amount);
  guessed = guess (self, &sample, &bin, &probability);
  position = ensure_position (self, category);
  if (bin != NULL)
    count_guess (bin, guessed == position);

  counts_add (&self->payments, position);
  if (*sample.core != '\0')
    counts_add (ensure_counts (self->cores, sample.core), position);

  for (guint i = 0; i < sample.n_features; i++)
    {
      counts_add (ensure_counts (self->words, sample.features[i]), position);
      counts_add (&self->occurrences, position);
    }

  clear_sample (&sample);
}

/**
 * budget_classifier_guess:
 * @self: a classifier
 * @description: (nullable): what was paid for, as a bank or a person wrote it
 * @amount: how much, in minor units; positive is money that left
 * @confidence: (out) (optional): how sure that is, 0 to 1: of all guesses with
 *   0.8, about eight in ten are right. It is set even if it is below the
 *   threshold, and 0 if there is no guess.
 *
 * Returns: (transfer none) (nullable): the category, or %NULL if the confidence
 *   is below the threshold
 */
gpointer
budget_classifier_guess (BudgetClassifier *self,
                         const char *description,
                         gint64 amount,
                         double *confidence)
{
  Sample sample;
  Bin *bin;
  double sure = 0;
  guint category;

  g_return_val_if_fail (BUDGET_IS_CLASSIFIER (self), NULL);

  fill_sample (self, &sample, description, amount);
  category = guess (self, &sample, &bin, &sure);
  if (bin != NULL)
    sure = (bin->n_right + BIN_PRIOR * sure) / (bin->n_guessed + BIN_PRIOR);
  clear_sample (&sample);

  if (confidence != NULL)
    *confidence = sure;

  return bin != NULL && sure >= self->threshold ? g_ptr_array_index (self->categories, category)
                                                : NULL;
}
