/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-account.h"
#include "budget-category.h"
#include "budget-foreign-book.h"

G_BEGIN_DECLS

/* An account of the household. */
typedef struct
{
  char *name;
  char *number; /* or NULL */
  BudgetAccountKind kind;
  gint64 opening_balance;
  GDate opening_date; /* or not valid */
} BudgetForeignAccount;

/* A category. Its path has the names of its ancestors and its own. */
typedef struct
{
  char **path;
  BudgetCategoryKind kind;
} BudgetForeignCategory;

/* A transaction, or a part of one, that becomes one expense. */
typedef struct
{
  char *key; /* the same each time the book is read */
  guint line;
  GDate date;
  char *description;
  char *note;                      /* or NULL */
  gint64 amount;                   /* in the book's minor units; positive is spent */
  BudgetForeignAccount *account;   /* or NULL */
  BudgetForeignCategory *category; /* or NULL if it has none */
  gboolean is_transfer;
  char **tags; /* or NULL */
  guint other; /* the position of the other half of a transfer + 1, or 0 */
} BudgetForeignPart;

/* A rule that sets the category of transactions with a text. */
typedef struct
{
  char *pattern;
  BudgetForeignCategory *category;
} BudgetForeignRule;

typedef struct
{
  guint line; /* or 0 */
  char *reason;
} BudgetForeignRejection;

typedef struct
{
  const char *what; /* in the user's language */
  guint n;
} BudgetForeignCount;

/*
 * A book of another program in a common form: the readers fill it, the merger
 * adds it to a book.
 */
struct _BudgetForeignBook
{
  GObject parent_instance;

  const char *program;
  char *currency; /* or NULL if the program does not say */
  guint digits;
  GPtrArray *accounts;   /* of BudgetForeignAccount */
  GPtrArray *categories; /* of BudgetForeignCategory */
  GPtrArray *parts;      /* of BudgetForeignPart */
  GPtrArray *rules;      /* of BudgetForeignRule */
  GArray *rejections;    /* of BudgetForeignRejection */
  GArray *counts;        /* of BudgetForeignCount */
  GPtrArray *notes;
  GHashTable *keys; /* how often each was requested */
};

BudgetForeignBook *_budget_foreign_book_new (const char *program,
                                             const char *currency) G_GNUC_WARN_UNUSED_RESULT;
char *_budget_foreign_dup_number (const char *text) G_GNUC_WARN_UNUSED_RESULT;
BudgetForeignAccount *_budget_foreign_book_add_account (BudgetForeignBook *self, const char *name);
BudgetForeignCategory *
_budget_foreign_book_add_category (BudgetForeignBook *self, char **path, BudgetCategoryKind kind);
BudgetForeignPart *
_budget_foreign_book_add_part (BudgetForeignBook *self, const char *key, const GDate *date);
void _budget_foreign_append_line (GString *note, const char *text);
void _budget_foreign_part_set_texts (BudgetForeignPart *self,
                                     const char *payee,
                                     const char *memo,
                                     const char *more);
void _budget_foreign_book_add_rule (BudgetForeignBook *self,
                                    const char *pattern,
                                    BudgetForeignCategory *category);
void _budget_foreign_book_reject (BudgetForeignBook *self, guint line, const char *reason);
void _budget_foreign_book_count (BudgetForeignBook *self, const char *what, guint n);
void _budget_foreign_book_note (BudgetForeignBook *self, const char *note);

gboolean
_budget_foreign_number_read (const char *text, guint digits, gint64 *minor, GError **error);
gboolean _budget_foreign_fraction_read (
  gint64 numerator, gint64 denominator, guint digits, gint64 *minor, GError **error);

G_END_DECLS
