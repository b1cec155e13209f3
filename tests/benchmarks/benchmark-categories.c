/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "benchmark-categories-household.h"
#include "budget-classifier-private.h"
#include "budget-description.h"

#include <math.h>
#include <stdlib.h>

/*
 * How well categories are guessed: four fifths of a household's payments are
 * learned, the others guessed. Two simple methods are compared: the most
 * frequent category, and that of the payee's last payment.
 *
 *   benchmark categories [PAYMENTS] [SEEDS]
 */

#define N_BINS 10

typedef struct
{
  guint n;          /* payments to guess */
  guint n_new;      /* of them of payees that were not learned */
  guint frequent;   /* right with the most frequent category */
  guint looked_up;  /* right by looking up */
  guint n_found;    /* payments whose payee was found */
  guint forced;     /* right if everything is guessed */
  guint covered;    /* guessed with enough confidence */
  guint right;      /* of them right */
  guint new_forced; /* the same for new payees */
  guint new_covered;
  guint new_right;
  guint in_bin[N_BINS];
  guint right_in_bin[N_BINS];
  double told_in_bin[N_BINS];
} Figures;

/* What the simple methods have learned. */
typedef struct
{
  GHashTable *latest; /* core → category */
  guint counts[HOUSEHOLD_N_CATEGORIES + 1];
  guint most;
} Baseline;

static void
learn (Baseline *baseline, const Payment *payment)
{
  guint category = GPOINTER_TO_UINT (payment->category);

  g_hash_table_insert (baseline->latest, budget_description_dup_core (payment->description),
                       payment->category);
  baseline->counts[category]++;
  if (baseline->counts[category] > baseline->counts[baseline->most])
    baseline->most = category;
}

static void
count_bin (Figures *figures, double confidence, gboolean is_right)
{
  guint bin = MIN ((guint) (confidence * N_BINS), N_BINS - 1);

  figures->in_bin[bin]++;
  figures->right_in_bin[bin] += is_right;
  figures->told_in_bin[bin] += confidence;
}

static void
try_one (BudgetClassifier *classifier, Baseline *baseline, const Payment *payment, Figures *figures)
{
  g_autofree char *core = budget_description_dup_core (payment->description);
  gpointer known = g_hash_table_lookup (baseline->latest, core);
  gboolean is_new = known == NULL;
  double confidence;
  gpointer guessed =
    budget_classifier_guess (classifier, payment->description, payment->amount, &confidence);
  gboolean is_right = guessed == payment->category;
  gboolean is_covered = guessed != NULL && confidence >= BUDGET_CLASSIFIER_THRESHOLD;

  figures->n++;
  figures->n_new += is_new;
  figures->frequent += GUINT_TO_POINTER (baseline->most) == payment->category;
  figures->n_found += !is_new;
  figures->looked_up += known == payment->category;
  figures->forced += is_right;
  figures->covered += is_covered;
  figures->right += is_covered && is_right;
  figures->new_forced += is_new && is_right;
  figures->new_covered += is_new && is_covered;
  figures->new_right += is_new && is_covered && is_right;
  if (guessed != NULL)
    count_bin (figures, confidence, is_right);
}

static void
measure (guint n_payments, guint32 seed, BudgetFeatures features, Figures *figures)
{
  g_autoptr (GPtrArray) payments = household_make (n_payments, seed);
  g_autoptr (BudgetClassifier) classifier = _budget_classifier_new_with_features (features);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed + 1000);
  g_autofree gboolean *is_test = g_new0 (gboolean, payments->len);
  Baseline baseline = { 0 };

  baseline.latest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  budget_classifier_set_threshold (classifier, 0);
  for (guint i = 0; i < payments->len; i++)
    {
      const Payment *payment = g_ptr_array_index (payments, i);

      is_test[i] = g_rand_int_range (random, 0, 5) == 0;
      if (is_test[i])
        continue;

      learn (&baseline, payment);
      budget_classifier_add (classifier, payment->description, payment->amount, payment->category);
    }

  for (guint i = 0; i < payments->len; i++)
    if (is_test[i])
      try_one (classifier, &baseline, g_ptr_array_index (payments, i), figures);

  g_hash_table_unref (baseline.latest);
}

static double
percent (guint part, guint whole)
{
  return whole > 0 ? 100.0 * part / whole : 0;
}

static void
print_figures (const char *name, const Figures *figures)
{
  g_print (
    "%-26s %7.1f %10.1f %10.1f %11.1f %10.1f %10.1f\n", name, percent (figures->forced, figures->n),
    percent (figures->covered, figures->n), percent (figures->right, figures->covered),
    percent (figures->new_forced, figures->n_new), percent (figures->new_covered, figures->n_new),
    percent (figures->new_right, figures->new_covered));
}

static void
print_calibration (const Figures *figures)
{
  double error = 0;
  guint n = 0;

  g_print ("\nCalibration\n%10s %8s %10s %10s\n", "confidence", "guesses", "told", "right");
  for (guint i = 0; i < N_BINS; i++)
    {
      double told, right;

      if (figures->in_bin[i] == 0)
        continue;

      told = 100 * figures->told_in_bin[i] / figures->in_bin[i];
      right = percent (figures->right_in_bin[i], figures->in_bin[i]);
      error += fabs (told - right) * figures->in_bin[i];
      n += figures->in_bin[i];
      g_print ("  %.1f-%.1f  %8u %9.1f%% %9.1f%%\n", i / 10.0, (i + 1) / 10.0, figures->in_bin[i],
               told, right);
    }
  g_print ("Expected calibration error: %.1f points\n", n > 0 ? error / n : 0);
}

static void
measure_speed (void)
{
  g_autoptr (GPtrArray) payments = household_make (20000, 99);
  g_autoptr (BudgetClassifier) classifier = budget_classifier_new ();
  gint64 start = g_get_monotonic_time ();
  gint64 added, guessed;

  for (guint i = 0; i < payments->len; i++)
    {
      const Payment *payment = g_ptr_array_index (payments, i);

      budget_classifier_add (classifier, payment->description, payment->amount, payment->category);
    }
  added = g_get_monotonic_time ();

  for (guint i = 0; i < 5 * payments->len; i++)
    {
      const Payment *payment = g_ptr_array_index (payments, i % payments->len);

      budget_classifier_guess (classifier, payment->description, payment->amount, NULL);
    }
  guessed = g_get_monotonic_time ();

  g_print ("\nSpeed\n20,000 additions: %.0f ms; 100,000 guesses: %.0f ms\n",
           (added - start) / 1000.0, (guessed - added) / 1000.0);
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *name;
    BudgetFeatures features;
  } kinds[] = {
    { "words", BUDGET_FEATURE_NONE },
    { "words, sign", BUDGET_FEATURE_SIGN },
    { "words, amount", BUDGET_FEATURE_AMOUNT },
    { "words, endings", BUDGET_FEATURE_ENDINGS },
    { "words, sign, amount", BUDGET_FEATURE_SIGN | BUDGET_FEATURE_AMOUNT },
    { "words, sign, endings", BUDGET_FEATURE_SIGN | BUDGET_FEATURE_ENDINGS },
    { "all", BUDGET_FEATURE_SIGN | BUDGET_FEATURE_AMOUNT | BUDGET_FEATURE_ENDINGS },
  };
  guint n_payments = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 3000;
  guint n_seeds = argc > 2 ? (guint) strtoul (argv[2], NULL, 10) : 10;
  Figures chosen = { 0 };

  g_print ("%u payments, %u households; in percent\n\n", n_payments, n_seeds);
  g_print ("%-26s %7s %10s %10s %11s %10s %10s\n", "", "right", "guessed", "of them", "new payees",
           "guessed", "of them");
  g_print ("%-26s %7s %10s %10s %11s %10s %10s\n", "", "", "", "right", "right", "", "right");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Figures figures = { 0 };

      for (guint seed = 1; seed <= n_seeds; seed++)
        measure (n_payments, seed, kinds[i].features, &figures);

      if (i == 0)
        {
          g_print ("%-26s %7.1f %10.1f\n", "most frequent category",
                   percent (figures.frequent, figures.n), 100.0);
          g_print ("%-26s %7.1f %10.1f %10.1f %11.1f\n", "the same payee's latest",
                   percent (figures.looked_up, figures.n), percent (figures.n_found, figures.n),
                   percent (figures.looked_up, figures.n_found), 0.0);
        }
      print_figures (kinds[i].name, &figures);
      if (kinds[i].features == BUDGET_FEATURE_DEFAULT)
        chosen = figures;
    }

  print_calibration (&chosen);
  measure_speed ();
  return EXIT_SUCCESS;
}
