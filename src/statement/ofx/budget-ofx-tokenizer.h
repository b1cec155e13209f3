/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BudgetOfxToken:
 * @BUDGET_OFX_TOKEN_OPEN: a start tag
 * @BUDGET_OFX_TOKEN_CLOSE: an end tag
 * @BUDGET_OFX_TOKEN_TEXT: text between two tags, unless it is only white space
 * @BUDGET_OFX_TOKEN_END: the end of the file
 *
 * The tokens of a file of Open Financial Exchange.
 */
typedef enum
{
  BUDGET_OFX_TOKEN_OPEN,
  BUDGET_OFX_TOKEN_CLOSE,
  BUDGET_OFX_TOKEN_TEXT,
  BUDGET_OFX_TOKEN_END
} BudgetOfxToken;

/*
 * BudgetOfxTokenizer:
 * @line: on which line the token begins, from 1
 * @text: a tag's name in capitals without its prefix, or the text
 *
 * Reads a file token by token.
 */
typedef struct
{
  guint line;
  GString *text;

  const char *at;
  const char *end;
  guint next_line;
  gboolean is_empty_tag;
  guint n_lost; /* which kinds of markup have no end in the rest of the file */
} BudgetOfxTokenizer;

void _budget_ofx_tokenizer_init (BudgetOfxTokenizer *self, GBytes *text);
void _budget_ofx_tokenizer_clear (BudgetOfxTokenizer *self);
BudgetOfxToken _budget_ofx_tokenizer_next (BudgetOfxTokenizer *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudgetOfxTokenizer, _budget_ofx_tokenizer_clear)

G_END_DECLS
