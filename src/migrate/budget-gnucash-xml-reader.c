/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-gnucash-private.h"
#include "budget-xml-reader.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Reads GnuCash's XML, version 2, plain or compressed. This follows the schema in
 * GnuCash's sources (libgnucash/doc/xml/gnucash-v2.rnc) and what GnuCash 4.13 writes.
 */

typedef struct
{
  BudgetXmlReader *xml;
  BudgetGnucashBook book;
  BudgetGnucashAccount *account;         /* the open one, or NULL */
  BudgetGnucashTransaction *transaction; /* the same */
  BudgetGnucashSplit *split;             /* the same */
  GString *text;                         /* since the last start or end of an element */
  char *space;                           /* of a commodity: CURRENCY for a currency */
  char *slot_key;
  char *slot_value;
  guint slot_depth; /* how many elements of slots are open */
  gboolean is_book;
} Reader;

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->xml, budget_xml_reader_free);
  _budget_gnucash_book_clear (&self->book);
  g_clear_pointer (&self->account, _budget_gnucash_account_free);
  g_clear_pointer (&self->transaction, _budget_gnucash_transaction_free);
  g_clear_pointer (&self->split, _budget_gnucash_split_free);
  g_string_free (self->text, TRUE);
  g_free (self->space);
  g_free (self->slot_key);
  g_free (self->slot_value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
is_any (const char *name, const char *const *names)
{
  return g_strv_contains (names, name);
}

/*
 * Skips elements that are only counted, or ignored.
 */
static gboolean
pass_over (Reader *self, const char *name)
{
  static const char *const ignored[] = { "act:lots", "gnc:commodity", "gnc:template-transactions",
                                         "book:slots", NULL };

  if (g_str_equal (name, "gnc:schedxaction"))
    self->book.n_scheduled++;
  else if (g_str_equal (name, "gnc:budget"))
    self->book.n_budgets++;
  else if (g_str_equal (name, "price"))
    self->book.n_prices++;
  else if (g_str_has_prefix (name, "gnc:Gnc"))
    self->book.n_business++;
  else if (!is_any (name, ignored))
    return FALSE;

  budget_xml_reader_skip (self->xml);
  return TRUE;
}

static gboolean
is_slots (const char *name)
{
  static const char *const slots[] = { "act:slots", "trn:slots", "split:slots", "slot:value",
                                       NULL };

  return is_any (name, slots);
}

static void
begin (Reader *self, const char *name)
{
  g_string_truncate (self->text, 0);
  if (pass_over (self, name))
    return;

  if (is_slots (name))
    {
      self->slot_depth++;
      g_clear_pointer (&self->slot_value, g_free);
    }
  else if (g_str_equal (name, "gnc:book"))
    self->is_book = TRUE;
  else if (g_str_equal (name, "gnc:account"))
    {
      g_clear_pointer (&self->account, _budget_gnucash_account_free);
      self->account = g_new0 (BudgetGnucashAccount, 1);
    }
  else if (g_str_equal (name, "gnc:transaction"))
    {
      g_clear_pointer (&self->transaction, _budget_gnucash_transaction_free);
      self->transaction = _budget_gnucash_transaction_new ();
      self->transaction->line = budget_xml_reader_get_line (self->xml);
    }
  else if (g_str_equal (name, "trn:split"))
    {
      g_clear_pointer (&self->split, _budget_gnucash_split_free);
      self->split = g_new0 (BudgetGnucashSplit, 1);
      self->split->is_bad = TRUE;
    }
}

static void
take_text (Reader *self, char **place)
{
  g_free (*place);
  *place = g_strdup (self->text->str);
}

static void
end_account (Reader *self, const char *name)
{
  BudgetGnucashAccount *account = self->account;

  if (g_str_equal (name, "act:name"))
    take_text (self, &account->name);
  else if (g_str_equal (name, "act:id"))
    take_text (self, &account->guid);
  else if (g_str_equal (name, "act:type"))
    take_text (self, &account->type);
  else if (g_str_equal (name, "act:code"))
    take_text (self, &account->code);
  else if (g_str_equal (name, "act:parent"))
    take_text (self, &account->parent);
  else if (g_str_equal (name, "cmdty:id") && g_strcmp0 (self->space, "CURRENCY") == 0)
    take_text (self, &account->currency);
  else if (g_str_equal (name, "gnc:account"))
    {
      if (account->guid != NULL && account->type != NULL)
        _budget_gnucash_book_add_account (&self->book, g_steal_pointer (&self->account));
      g_clear_pointer (&self->account, _budget_gnucash_account_free);
    }
}

static void
take_fraction (Reader *self, gint64 *fraction, gboolean *is_good)
{
  *is_good = _budget_gnucash_read_fraction (self->text->str, fraction);
}

static void
end_split (Reader *self, const char *name)
{
  BudgetGnucashSplit *split = self->split;
  gboolean is_good = TRUE;

  if (g_str_equal (name, "split:id"))
    take_text (self, &split->guid);
  else if (g_str_equal (name, "split:memo"))
    take_text (self, &split->memo);
  else if (g_str_equal (name, "split:action"))
    take_text (self, &split->action);
  else if (g_str_equal (name, "split:account"))
    take_text (self, &split->account);
  else if (g_str_equal (name, "split:reconciled-state"))
    split->state = self->text->str[0];
  else if (g_str_equal (name, "split:value"))
    take_fraction (self, split->value, &is_good);
  else if (g_str_equal (name, "split:quantity"))
    take_fraction (self, split->quantity, &is_good);
  else if (g_str_equal (name, "trn:split") && self->transaction != NULL)
    {
      /* A denominator is never zero, so zero means that the value is missing. */
      split->is_bad = split->value[1] == 0 || split->quantity[1] == 0 || split->guid == NULL;
      g_ptr_array_add (self->transaction->splits, g_steal_pointer (&self->split));
    }

  if (!is_good)
    memset (g_str_equal (name, "split:value") ? split->value : split->quantity, 0,
            sizeof split->value);
}

static void
end_transaction (Reader *self, const char *name)
{
  BudgetGnucashTransaction *transaction = self->transaction;

  if (g_str_equal (name, "trn:id"))
    take_text (self, &transaction->guid);
  else if (g_str_equal (name, "trn:num"))
    take_text (self, &transaction->number);
  else if (g_str_equal (name, "trn:description"))
    take_text (self, &transaction->description);
  else if (g_str_equal (name, "cmdty:id") && g_strcmp0 (self->space, "CURRENCY") == 0)
    take_text (self, &transaction->currency);
  else if (g_str_equal (name, "trn:date-posted"))
    {
      /* Prefer the date in the slots, which has no time zone. */
      if (!g_date_valid (&transaction->date) && self->slot_value != NULL)
        _budget_gnucash_read_day (self->slot_value, &transaction->date);
    }
  else if (g_str_equal (name, "gnc:transaction"))
    g_ptr_array_add (self->book.transactions, g_steal_pointer (&self->transaction));
}

/*
 * Slots are named values without an element of their own. Slots within slots are
 * ignored.
 */
static void
take_slot (Reader *self)
{
  const char *key = self->slot_key != NULL ? self->slot_key : "";
  const char *value = self->slot_value != NULL ? self->slot_value : self->text->str;
  BudgetGnucashTransaction *transaction = self->transaction;

  if (self->split != NULL)
    return;

  if (self->account != NULL && g_str_equal (key, "placeholder"))
    self->account->is_placeholder = g_str_equal (value, "true");
  else if (transaction != NULL && g_str_equal (key, "notes"))
    {
      g_free (transaction->notes);
      transaction->notes = g_strdup (value);
    }
  else if (transaction != NULL && g_str_equal (key, "date-posted"))
    _budget_gnucash_read_day (value, &transaction->date);
  else if (transaction != NULL && g_str_equal (key, "void-reason"))
    transaction->is_void = TRUE;
  else if (transaction != NULL && g_str_equal (key, "book_closing"))
    transaction->is_closing = !g_str_equal (value, "0");
}

static void
end (Reader *self, const char *name)
{
  if (is_slots (name))
    {
      /* The value of a slot that is not within another slot. */
      if (g_str_equal (name, "slot:value") && self->slot_depth == 2)
        take_slot (self);
      if (g_str_equal (name, "slot:value"))
        g_clear_pointer (&self->slot_value, g_free);
      if (self->slot_depth > 0)
        self->slot_depth--;
    }
  else if (self->slot_depth > 0)
    {
      if (g_str_equal (name, "slot:key") && self->slot_depth == 1)
        take_text (self, &self->slot_key);
      else if (g_str_equal (name, "gdate"))
        take_text (self, &self->slot_value);
    }
  else if (g_str_equal (name, "ts:date"))
    take_text (self, &self->slot_value);
  else if (g_str_equal (name, "cmdty:space"))
    take_text (self, &self->space);
  else if (self->split != NULL)
    end_split (self, name);
  else if (self->transaction != NULL)
    end_transaction (self, name);
  else if (self->account != NULL)
    end_account (self, name);

  g_string_truncate (self->text, 0);
}

static gboolean
read_nodes (Reader *self, GError **error)
{
  BudgetXmlNode node;

  while ((node = budget_xml_reader_next (self->xml, error)) < BUDGET_XML_DONE)
    {
      const char *name = budget_xml_reader_get_name (self->xml);

      if (node == BUDGET_XML_TEXT)
        g_string_append (self->text, budget_xml_reader_get_text (self->xml));
      else if (node == BUDGET_XML_END)
        end (self, name);
      else if (budget_xml_reader_get_depth (self->xml) == 0 && !g_str_equal (name, "gnc-v2"))
        return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                              _("The file is not a book of GnuCash"));
      else
        begin (self, name);
    }

  return node == BUDGET_XML_DONE;
}

BudgetForeignBook *
_budget_gnucash_read_xml (const char *path,
                          const char *currency,
                          GCancellable *cancellable,
                          GError **error)
{
  g_auto (Reader) self = { 0 };

  _budget_gnucash_book_init (&self.book);
  self.text = g_string_new (NULL);
  self.xml = budget_xml_reader_new_for_path (path, cancellable, error);
  if (self.xml == NULL || !read_nodes (&self, error))
    return NULL;

  if (!self.is_book)
    {
      budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                     _("The file is of GnuCash, but there is no book in it"));
      return NULL;
    }

  return _budget_gnucash_book_finish (&self.book, currency);
}
