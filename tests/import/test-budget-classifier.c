/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-classifier.h"

#include <string.h>

static char food[] = "food", health[] = "health", leisure[] = "leisure";

typedef struct
{
  BudgetClassifier *classifier;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->classifier = budget_classifier_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->classifier);
}

static void
add (Fixture *self, const char *description, char *category, guint n)
{
  for (guint i = 0; i < n; i++)
    budget_classifier_add (self->classifier, description, 1250, category);
}

static void
add_history (Fixture *self)
{
  add (self, "Hirsch Apotheke", health, 6);
  add (self, "Apotheke am Markt", health, 4);
  add (self, "Adler Apotheke", health, 5);
  add (self, "Bäckerei Huber", food, 8);
  add (self, "Bäckerei Sonne", food, 8);
  add (self, "Kino Central", leisure, 5);
}

static const char *
guess (Fixture *self, const char *description, double *confidence)
{
  return budget_classifier_guess (self->classifier, description, 1250, confidence);
}

static void
test_nothing_learned_is_no_guess (Fixture *self, gconstpointer data)
{
  double confidence = 2;

  g_assert_null (guess (self, "Bäckerei Huber", &confidence));
  g_assert_cmpfloat (confidence, ==, 0);
  g_assert_null (guess (self, "", NULL));
  g_assert_null (guess (self, NULL, NULL));
}

static void
test_a_payee_is_filed_as_before (Fixture *self, gconstpointer data)
{
  double confidence;

  add_history (self);
  add (self, "Kino Central", food, 1);

  g_assert_cmpstr (guess (self, "KINO CENTRAL 12/05 10:52 DE", &confidence), ==, "leisure");
  g_assert_cmpfloat (confidence, >=, 0.5);
  g_assert_cmpfloat (confidence, <=, 1);
}

static void
test_the_latest_counts_of_equals (Fixture *self, gconstpointer data)
{
  add (self, "Corner shop", food, 2);
  add (self, "Corner shop", leisure, 2);
  budget_classifier_set_threshold (self->classifier, 0);

  g_assert_cmpstr (guess (self, "Corner shop", NULL), ==, "leisure");
}

static void
test_words_classify_a_new_payee (Fixture *self, gconstpointer data)
{
  double confidence;

  add_history (self);

  g_assert_cmpstr (guess (self, "Löwen Apotheke", &confidence), ==, "health");
  g_assert_cmpfloat (confidence, >=, BUDGET_CLASSIFIER_THRESHOLD);
  g_assert_cmpstr (guess (self, "BÄCKEREI MÜLLER 0223", NULL), ==, "food");
}

static void
test_the_end_of_a_long_word_counts (Fixture *self, gconstpointer data)
{
  budget_classifier_set_threshold (self->classifier, 0);
  add_history (self);

  g_assert_cmpstr (guess (self, "Löwenapotheke", NULL), ==, "health");
}

static void
test_unknown_words_are_no_guess (Fixture *self, gconstpointer data)
{
  double confidence = 2;

  add_history (self);
  budget_classifier_set_threshold (self->classifier, 0);

  /* Its amount and sign alone would be enough for a guess. */
  g_assert_null (guess (self, "Zovelti", &confidence));
  g_assert_cmpfloat (confidence, ==, 0);
}

static void
test_below_the_threshold_is_no_guess (Fixture *self, gconstpointer data)
{
  double confidence;

  for (guint i = 0; i < 20; i++)
    {
      add (self, "Corner shop", food, 1);
      add (self, "Corner shop", leisure, 1);
      add (self, "Corner shop", health, 1);
    }

  g_assert_null (guess (self, "Corner shop", &confidence));
  g_assert_cmpfloat (confidence, <, 0.5);
  budget_classifier_set_threshold (self->classifier, 0.001);
  g_assert_cmpfloat (budget_classifier_get_threshold (self->classifier), ==, 0.001);
  g_assert_nonnull (guess (self, "Corner shop", NULL));
}

/* If words were often wrong, guesses by words are less certain. */
static void
test_confidence_follows_past_results (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  char *const categories[] = { food, health, leisure };
  double sum = 0;
  guint n = 0;
  guint n_right = 0;

  budget_classifier_set_threshold (self->classifier, 0);
  for (guint i = 0; i < 3000; i++)
    {
      guint trade = (guint) g_rand_int_range (random, 0, 3);
      guint filed = g_rand_int_range (random, 0, 10) < 7 ? trade : (trade + 1) % 3;
      static const char *const trades[] = { "bakery", "pharmacy", "cinema" };
      char name[] = { (char) ('a' + i % 26), (char) ('a' + i / 26 % 26), (char) ('a' + i / 676),
                      0 };
      g_autofree char *description = g_strdup_printf ("x%s %s", name, trades[trade]);
      double confidence;
      char *guessed = budget_classifier_guess (self->classifier, description, 1250, &confidence);

      if (i >= 1000)
        {
          sum += confidence;
          n++;
          n_right += guessed == categories[filed];
        }
      budget_classifier_add (self->classifier, description, 1250, categories[filed]);
    }

  g_assert_cmpfloat_with_epsilon (sum / n, (double) n_right / n, 0.05);
  g_assert_cmpfloat_with_epsilon (sum / n, 0.7, 0.05);
}

static void
test_hostile_texts_are_learned (Fixture *self, gconstpointer data)
{
  g_autofree char *words = g_malloc (100001);
  g_autofree char *letters = g_strnfill (100000, 'x');

  for (guint i = 0; i < 100000; i++)
    words[i] = i % 2 == 0 ? (char) ('a' + i / 2 % 26) : ' ';
  words[100000] = '\0';

  budget_classifier_add (self->classifier, words, G_MININT64, food);
  budget_classifier_add (self->classifier, letters, G_MAXINT64, health);
  budget_classifier_add (self->classifier, "\xff\xfe bad", 0, leisure);
  budget_classifier_add (self->classifier, NULL, 0, leisure);
  g_assert_cmpuint (budget_classifier_get_n_added (self->classifier), ==, 4);
  g_assert_cmpstr (guess (self, words, NULL), ==, "food");
  g_assert_cmpstr (guess (self, letters, NULL), ==, "health");
}

static void
test_the_same_history_guesses_alike (Fixture *self, gconstpointer data)
{
  g_autoptr (BudgetClassifier) other = budget_classifier_new ();
  double here, there;

  add_history (self);
  add_history (&(Fixture){ other });

  g_assert_true (budget_classifier_guess (self->classifier, "Neue Apotheke", 99, &here) ==
                 budget_classifier_guess (other, "Neue Apotheke", 99, &there));
  g_assert_cmpfloat (here, ==, there);
}

#define ADD(name, func) g_test_add ("/classifier/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("nothing-learned-is-no-guess", test_nothing_learned_is_no_guess);
  ADD ("a-payee-is-filed-as-before", test_a_payee_is_filed_as_before);
  ADD ("the-latest-counts-of-equals", test_the_latest_counts_of_equals);
  ADD ("words-classify-a-new-payee", test_words_classify_a_new_payee);
  ADD ("the-end-of-a-long-word-counts", test_the_end_of_a_long_word_counts);
  ADD ("unknown-words-are-no-guess", test_unknown_words_are_no_guess);
  ADD ("below-the-threshold-is-no-guess", test_below_the_threshold_is_no_guess);
  ADD ("confidence-follows-past-results", test_confidence_follows_past_results);
  ADD ("hostile-texts-are-learned", test_hostile_texts_are_learned);
  ADD ("the-same-history-guesses-alike", test_the_same_history_guesses_alike);

  return g_test_run ();
}
