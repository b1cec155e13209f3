/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The folded length of the longest entry of the tables. */
#define BUDGET_WORD_MAX_FOLDED 31

/*
 * A word of a description, and the start of it as budget_text_fold() folds it, to look
 * it up.
 */
typedef struct
{
  const char *start;
  gsize length;
  char folded[BUDGET_WORD_MAX_FOLDED + 1];
  guint n_letters;
  guint n_upper;
  guint n_lower;
  guint n_digits;
  gboolean is_glued; /* no space before it */
  gboolean is_dropped;
} BudgetWord;

typedef enum
{
  BUDGET_SHAPE_WORD,
  BUDGET_SHAPE_DATE,      /* a day or a time */
  BUDGET_SHAPE_AMOUNT,    /* of money */
  BUDGET_SHAPE_CARD,      /* a card number, partly hidden */
  BUDGET_SHAPE_REFERENCE, /* the number of a terminal, an order, a branch … */
  BUDGET_SHAPE_MARK       /* punctuation alone */
} BudgetShape;

typedef enum
{
  BUDGET_PREFIX_NONE,
  BUDGET_PREFIX_WEAK,  /* a bank's word only if it is in capitals */
  BUDGET_PREFIX_STRONG /* only banks use it */
} BudgetPrefix;

GArray *_budget_words_split (const char *text) G_GNUC_WARN_UNUSED_RESULT;
BudgetShape _budget_word_get_shape (const BudgetWord *word);
gboolean _budget_word_is_surely_banks (const BudgetWord *word);

BudgetPrefix _budget_words_match_prefix (GArray *words, guint first, guint *n_words);
guint _budget_words_match_suffix (GArray *words, guint end);
gboolean _budget_word_is_label (const char *folded);
gboolean _budget_word_is_before_date (const char *folded);
gboolean _budget_word_is_month (const char *folded);
gboolean _budget_word_is_link (const char *folded);
gboolean _budget_word_is_acronym (const char *folded);
gboolean _budget_word_is_country (const char *folded);
gboolean _budget_word_is_generic (const char *folded);
gboolean _budget_word_is_ending (const char *folded);
const char *_budget_word_get_legal_form (const char *folded);

G_END_DECLS
