/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-number.h"
#include "budget-qif-record.h"

#include <glib/gi18n.h>
#include <string.h>

/* Turns the lines of a record of QIF into a row of a statement. */

/* Further parts of a split transaction are ignored. */
#define MAX_SPLITS 100

/* Programs' names for the first record of an account, its opening balance. */
static const char *const openings[] = {
  "opening balance", "anfangsbestand",    "anfangssaldo",    "eröffnungssaldo",
  "solde initial",   "solde d'ouverture", "solde de départ", "saldo iniziale",
  "saldo inicial",   "beginsaldo",        "startsaldo",
};

static void
split_clear (gpointer data)
{
  BudgetQifSplit *self = data;

  g_free (self->category);
  g_free (self->memo);
  g_free (self->amount);
}

void
_budget_qif_record_init (BudgetQifRecord *self)
{
  memset (self, 0, sizeof *self);
  self->splits = g_array_new (FALSE, TRUE, sizeof (BudgetQifSplit));
  g_array_set_clear_func (self->splits, split_clear);
}

/* The record has to be initialized again before it takes lines. */
void
_budget_qif_record_clear (BudgetQifRecord *self)
{
  g_free (self->date);
  g_free (self->amount);
  g_free (self->payee);
  g_free (self->memo);
  g_free (self->address);
  g_free (self->category);
  g_free (self->number);
  g_clear_pointer (&self->splits, g_array_unref);
  memset (self, 0, sizeof *self);
}

static void
take (char **target, const char *text)
{
  if (*target == NULL && *text != '\0')
    *target = g_strdup (text);
}

/* Several lines with the same letter are one text. */
static void
append (char **target, const char *text)
{
  char *longer;

  if (*target == NULL || *text == '\0' || strlen (*target) > 4096)
    {
      take (target, text);
      return;
    }

  longer = g_strconcat (*target, ", ", text, NULL);
  g_free (*target);
  *target = longer;
}

/* A part begins with its category, or with its amount if it has none. */
static BudgetQifSplit *
get_split (BudgetQifRecord *self, char field)
{
  BudgetQifSplit *last = NULL;

  if (self->splits->len > 0)
    last = &g_array_index (self->splits, BudgetQifSplit, self->splits->len - 1);

  if (last != NULL && field != 'S' && (field == 'E' || last->amount == NULL))
    return last;

  if (self->splits->len == MAX_SPLITS)
    return NULL;

  g_array_set_size (self->splits, self->splits->len + 1);
  return &g_array_index (self->splits, BudgetQifSplit, self->splits->len - 1);
}

static void
take_split (BudgetQifRecord *self, char field, const char *text)
{
  BudgetQifSplit *split = get_split (self, field);

  if (split == NULL)
    return;

  if (field == 'S')
    take (&split->category, text);
  else if (field == 'E')
    take (&split->memo, text);
  else
    take (&split->amount, text);
}

/*
 * _budget_qif_record_take:
 * @self: a record
 * @field: the letter that a line begins with
 * @text: the rest of the line, without spaces around it
 *
 * Adds a line to the record.
 */
void
_budget_qif_record_take (BudgetQifRecord *self, char field, const char *text)
{
  switch (field)
    {
    case 'D':
      take (&self->date, text);
      break;
    case 'T':
      g_free (self->amount);
      self->amount = *text != '\0' ? g_strdup (text) : NULL;
      break;
    case 'U': /* the amount again */
      take (&self->amount, text);
      break;
    case 'P':
      append (&self->payee, text);
      break;
    case 'M':
      append (&self->memo, text);
      break;
    case 'A':
      append (&self->address, text);
      break;
    case 'L':
      take (&self->category, text);
      break;
    case 'N':
      take (&self->number, text);
      break;
    case 'S':
    case 'E':
    case '$':
      take_split (self, field, text);
      break;
    default:
      break;
    }
}

gboolean
_budget_qif_record_is_empty (const BudgetQifRecord *self)
{
  return self->date == NULL && self->amount == NULL && self->payee == NULL && self->memo == NULL &&
         self->category == NULL && self->splits->len == 0;
}

static const char *
get_transfer (const char *category, gsize *length)
{
  const char *end;

  if (category == NULL || category[0] != '[')
    return NULL;

  end = strchr (category, ']');
  *length = end != NULL ? (gsize) (end - category) - 1 : strlen (category) - 1;

  return category + 1;
}

/*
 * _budget_qif_record_get_transfer:
 * @self: a record
 * @length: (out): how many bytes the name has
 *
 * Returns: (nullable): the account at the other end
 */
const char *
_budget_qif_record_get_transfer (const BudgetQifRecord *self, gsize *length)
{
  return get_transfer (self->category, length);
}

/*
 * _budget_qif_record_is_opening:
 * @self: the first record of an account
 * @account: (nullable): the account's name, if it is known
 *
 * Returns: whether it is the opening balance, which is written as a transfer of the
 *   account to itself
 */
gboolean
_budget_qif_record_is_opening (const BudgetQifRecord *self, const char *account)
{
  gsize length;
  const char *name = _budget_qif_record_get_transfer (self, &length);
  g_autofree char *payee = NULL;

  if (name == NULL || self->payee == NULL ||
      (account != NULL && (strlen (account) != length || strncmp (name, account, length) != 0)))
    return FALSE;

  payee = g_utf8_strdown (self->payee, -1);
  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    if (g_str_equal (payee, openings[i]))
      return TRUE;

  return FALSE;
}

/* A class may follow the category after a "/", but categories may contain "/", too. */
static char *
dup_category (const char *text, GHashTable *classes)
{
  const char *slash = text != NULL ? strrchr (text, '/') : NULL;

  if (text == NULL || *text == '\0' || text[0] == '[' || text[0] == '|' ||
      g_str_has_prefix (text, "--"))
    return NULL;

  if (slash != NULL && g_hash_table_contains (classes, slash + 1))
    return slash > text ? g_strndup (text, (gsize) (slash - text)) : NULL;

  return g_strdup (text);
}

/* A split transaction gets the category of its largest part. */
static char *
dup_split_category (const BudgetQifRecord *self, GHashTable *classes)
{
  g_autofree char *largest = NULL;
  gint64 maximum = -1;

  for (guint i = 0; i < self->splits->len; i++)
    {
      const BudgetQifSplit *split = &g_array_index (self->splits, BudgetQifSplit, i);
      char *category = dup_category (split->category, classes);
      gint64 amount = 0;

      if (split->amount != NULL && !budget_number_read_thousandths (split->amount, '.', &amount))
        amount = 0;

      amount = ABS (amount);
      if (category == NULL || amount <= maximum)
        {
          g_free (category);
          continue;
        }

      g_free (largest);
      largest = category;
      maximum = amount;
    }

  return g_steal_pointer (&largest);
}

static void
add_note (GString *note, const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  if (note->len > 0)
    g_string_append (note, "; ");
  g_string_append (note, text);
}

static void
add_splits (GString *note, const BudgetQifRecord *self)
{
  for (guint i = 0; self->splits->len > 1 && i < self->splits->len; i++)
    {
      const BudgetQifSplit *split = &g_array_index (self->splits, BudgetQifSplit, i);
      g_autoptr (GString) part = g_string_new (split->category);

      if (split->amount != NULL)
        g_string_append_printf (part, "%s%s", part->len > 0 ? " " : "", split->amount);
      if (split->memo != NULL)
        g_string_append_printf (part, " (%s)", split->memo);
      add_note (note, part->str);
    }
}

static char *
dup_note (const BudgetQifRecord *self, const char *description)
{
  g_autoptr (GString) note = g_string_new (NULL);
  g_autofree char *number = NULL;

  if (g_strcmp0 (self->memo, description) != 0)
    add_note (note, self->memo);

  if (self->number != NULL && strpbrk (self->number, "123456789") != NULL)
    {
      /* Translators: %s is a cheque's number. */
      number = g_strdup_printf (_("No. %s"), self->number);
      add_note (note, number);
    }

  if (g_strcmp0 (self->address, description) != 0)
    add_note (note, self->address);
  add_splits (note, self);

  return note->len > 0 ? g_string_free (g_steal_pointer (&note), FALSE) : NULL;
}

/*
 * _budget_qif_record_read:
 * @self: a record
 * @classes: the names of the file's classes
 *
 * Returns: (transfer full): the transaction without its date and amount
 */
BudgetStatementRow *
_budget_qif_record_read (const BudgetQifRecord *self, GHashTable *classes)
{
  BudgetStatementRow *row = budget_statement_row_new ();
  gsize length;
  const char *transfer = _budget_qif_record_get_transfer (self, &length);

  row->line = self->line;
  row->description = g_strdup (self->payee != NULL ? self->payee : self->memo);
  row->note = dup_note (self, row->description);

  row->category = dup_split_category (self, classes);
  if (row->category == NULL)
    row->category = dup_category (self->category, classes);

  if (transfer != NULL && length > 0)
    row->counterpart = g_strndup (transfer, length);

  return row;
}
