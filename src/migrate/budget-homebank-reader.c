/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-error.h"
#include "budget-homebank-private.h"

#include <glib/gi18n.h>

/*
 * Reads HomeBank's books (.xhb). Each element under the root is a currency, account,
 * payee, category, assignment, template or transaction, with its values as attributes.
 * There is no specification; this follows what HomeBank 5.6.2 writes, and its example.
 */

#define CATEGORY_IS_INCOME (1 << 1)
#define ACCOUNT_IS_CLOSED (1 << 1)
#define ACCOUNT_IS_NOT_REPORTED (1 << 6)
#define TEMPLATE_IS_SCHEDULED (1 << 2)
#define ASSIGNMENT_SETS_CATEGORY (1 << 2)
#define ASSIGNMENT_IS_EXPRESSION (1 << 8)
#define MAX_PATTERN_LENGTH 200
#define MAX_DEPTH 16

/* Each becomes a rule, and every transaction is compared with all rules. */
#define MAX_ASSIGNMENTS 1000

static void
account_free (BudgetHomebankAccount *account)
{
  g_free (account->name);
  g_free (account->number);
  g_free (account->initial);
  g_free (account);
}

static void
category_free (BudgetHomebankCategory *category)
{
  g_free (category->name);
  g_free (category->path);
  g_free (category);
}

static void
assignment_free (BudgetHomebankAssignment *assignment)
{
  g_free (assignment->text);
  g_free (assignment);
}

static void
entry_free (BudgetHomebankEntry *entry)
{
  g_free (entry->amount);
  g_free (entry->memo);
  g_free (entry->info);
  g_free (entry->tags);
  g_free (entry->split_categories);
  g_free (entry->split_amounts);
  g_free (entry->split_memos);
  g_free (entry);
}

static void
file_init (BudgetHomebankFile *self)
{
  self->currencies = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->payees = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->accounts = g_hash_table_new (NULL, NULL);
  self->categories = g_hash_table_new (NULL, NULL);
  self->order = g_ptr_array_new_with_free_func ((GDestroyNotify) category_free);
  self->account_order = g_ptr_array_new_with_free_func ((GDestroyNotify) account_free);
  self->assignments = g_ptr_array_new_with_free_func ((GDestroyNotify) assignment_free);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->halves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
file_clear (BudgetHomebankFile *self)
{
  g_free (self->title);
  g_hash_table_unref (self->currencies);
  g_hash_table_unref (self->payees);
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->categories);
  g_ptr_array_unref (self->order);
  g_ptr_array_unref (self->account_order);
  g_ptr_array_unref (self->assignments);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->halves);
  g_clear_object (&self->book);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudgetHomebankFile, file_clear)

static guint
get_number (BudgetXmlReader *xml, const char *name)
{
  const char *text = budget_xml_reader_get_attribute (xml, name);
  guint64 number = 0;

  /* An invalid number counts as missing. */
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL))
    return 0;

  return (guint) number;
}

static char *
dup_text (BudgetXmlReader *xml, const char *name)
{
  return g_strdup (budget_xml_reader_get_attribute (xml, name));
}

static gpointer
to_key (guint key)
{
  return GUINT_TO_POINTER (key);
}

static void
take_properties (BudgetHomebankFile *self, BudgetXmlReader *xml)
{
  g_free (self->title);
  self->title = dup_text (xml, "title");
  self->base = get_number (xml, "curr");
}

static void
take_currency (BudgetHomebankFile *self, BudgetXmlReader *xml)
{
  g_hash_table_insert (self->currencies, to_key (get_number (xml, "key")), dup_text (xml, "iso"));
}

static void
take_payee (BudgetHomebankFile *self, BudgetXmlReader *xml)
{
  g_hash_table_insert (self->payees, to_key (get_number (xml, "key")), dup_text (xml, "name"));
}

static void
take_account (BudgetHomebankFile *self, BudgetXmlReader *xml)
{
  BudgetHomebankAccount *account = g_new0 (BudgetHomebankAccount, 1);

  account->key = get_number (xml, "key");
  account->name = dup_text (xml, "name");
  account->number = dup_text (xml, "number");
  account->type = get_number (xml, "type");
  account->flags = get_number (xml, "flags");
  account->currency = get_number (xml, "curr");
  account->initial = dup_text (xml, "initial");
  g_ptr_array_add (self->account_order, account);
  g_hash_table_insert (self->accounts, to_key (account->key), account);
}

static void
take_category (BudgetHomebankFile *self, BudgetXmlReader *xml)
{
  BudgetHomebankCategory *category = g_new0 (BudgetHomebankCategory, 1);

  category->key = get_number (xml, "key");
  category->parent = get_number (xml, "parent");
  category->flags = get_number (xml, "flags");
  category->name = dup_text (xml, "name");
  g_ptr_array_add (self->order, category);
  g_hash_table_insert (self->categories, to_key (category->key), category);

  for (guint i = 0; i <= 12; i++)
    {
      char name[8];

      g_snprintf (name, sizeof name, "b%u", i);
      if (budget_xml_reader_get_attribute (xml, name) != NULL)
        {
          self->n_budgets++;
          break;
        }
    }
}

static void
take_template (BudgetHomebankFile *self, BudgetXmlReader *xml)
{
  if ((get_number (xml, "flags") & TEMPLATE_IS_SCHEDULED) != 0)
    self->n_scheduled++;
  else
    self->n_templates++;
}

static void
take_assignment (BudgetHomebankFile *self, BudgetXmlReader *xml)
{
  BudgetHomebankAssignment *assignment = g_new0 (BudgetHomebankAssignment, 1);

  assignment->text = dup_text (xml, "name");
  assignment->flags = get_number (xml, "flags");
  assignment->category = get_number (xml, "category");
  g_ptr_array_add (self->assignments, assignment);
}

static void
take_entry (BudgetHomebankFile *self, BudgetXmlReader *xml)
{
  BudgetHomebankEntry *entry = g_new0 (BudgetHomebankEntry, 1);

  entry->line = budget_xml_reader_get_line (xml);
  entry->date = get_number (xml, "date");
  entry->amount = dup_text (xml, "amount");
  entry->account = get_number (xml, "account");
  entry->other_account = get_number (xml, "dst_account");
  entry->status = get_number (xml, "st");
  entry->flags = get_number (xml, "flags");
  entry->mode = get_number (xml, "paymode");
  entry->payee = get_number (xml, "payee");
  entry->category = get_number (xml, "category");
  entry->transfer = get_number (xml, "kxfer");
  entry->memo = dup_text (xml, "wording");
  entry->info = dup_text (xml, "info");
  entry->tags = dup_text (xml, "tags");
  entry->split_categories = dup_text (xml, "scat");
  entry->split_amounts = dup_text (xml, "samt");
  entry->split_memos = dup_text (xml, "smem");
  g_ptr_array_add (self->entries, entry);
}

static const struct
{
  const char *name;
  void (*take) (BudgetHomebankFile *self, BudgetXmlReader *xml);
} elements[] = {
  { "account", take_account }, { "asg", take_assignment },        { "cat", take_category },
  { "cur", take_currency },    { "fav", take_template },          { "ope", take_entry },
  { "pay", take_payee },       { "properties", take_properties },
};

static gboolean
take_elements (BudgetHomebankFile *self, BudgetXmlReader *xml, GError **error)
{
  BudgetXmlNode node;

  while ((node = budget_xml_reader_next (xml, error)) < BUDGET_XML_DONE)
    {
      const char *name = budget_xml_reader_get_name (xml);
      guint depth = budget_xml_reader_get_depth (xml);

      if (node != BUDGET_XML_START)
        continue;

      if (depth == 0 && !g_str_equal (name, "homebank"))
        return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                              _("The file is not a book of HomeBank"));

      for (guint i = 0; depth == 1 && i < G_N_ELEMENTS (elements); i++)
        if (g_str_equal (elements[i].name, name))
          elements[i].take (self, xml);
    }

  return node == BUDGET_XML_DONE;
}

static const char *
get_name (const char *name)
{
  return name != NULL && *name != '\0' ? name : _("(no name)");
}

/*
 * Adds the category with its ancestors, unless one is missing or inside itself.
 */
static void
make_category (BudgetHomebankFile *self, BudgetHomebankCategory *category)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  BudgetHomebankCategory *outer = category;

  while (outer != NULL && names->len < MAX_DEPTH)
    {
      g_ptr_array_insert (names, 0, g_strdup (get_name (outer->name)));
      if (outer->parent == 0)
        break;
      outer = g_hash_table_lookup (self->categories, to_key (outer->parent));
    }

  if (outer == NULL || names->len == MAX_DEPTH)
    {
      _budget_foreign_book_count (
        self->book, _("Categories inside one that is missing, or inside themselves"), 1);
      while (names->len > 1)
        g_free (g_ptr_array_remove_index (names, 0));
    }

  g_ptr_array_add (names, NULL);
  category->path = g_strjoinv (": ", (char **) names->pdata);
  category->category = _budget_foreign_book_add_category (
    self->book, (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE),
    (category->flags & CATEGORY_IS_INCOME) != 0 ? BUDGET_CATEGORY_INCOME
                                                : BUDGET_CATEGORY_SPENDING);
}

static void
make_account (BudgetHomebankFile *self, BudgetHomebankAccount *account)
{
  static const BudgetAccountKind kinds[] = {
    BUDGET_ACCOUNT_CURRENT, BUDGET_ACCOUNT_CURRENT, BUDGET_ACCOUNT_CASH,    BUDGET_ACCOUNT_SAVINGS,
    BUDGET_ACCOUNT_CARD,    BUDGET_ACCOUNT_CURRENT, BUDGET_ACCOUNT_CURRENT, BUDGET_ACCOUNT_SAVINGS,
  };
  g_autoptr (GError) error = NULL;

  /* Old versions had one currency and did not write it. */
  if (account->currency != self->base && account->currency != 0)
    return;

  account->account = _budget_foreign_book_add_account (self->book, get_name (account->name));
  account->account->number = _budget_foreign_dup_number (account->number);
  if (account->type < G_N_ELEMENTS (kinds))
    account->account->kind = kinds[account->type];
  if (account->initial != NULL &&
      !_budget_foreign_number_read (account->initial, self->book->digits,
                                    &account->account->opening_balance, &error))
    {
      g_autofree char *note =
        /* Translators: an account's name, and what is wrong. */
        g_strdup_printf (_("The opening balance of “%1$s” was left out: %2$s"),
                            get_name (account->name), error->message);

      _budget_foreign_book_note (self->book, note);
    }

  _budget_foreign_book_count (self->book, _("Closed accounts, which are open here"),
                                             (account->flags & ACCOUNT_IS_CLOSED) != 0);
  _budget_foreign_book_count (
    self->book, _("Accounts that HomeBank kept out of its reports, which count here"),
                   (account->flags & ACCOUNT_IS_NOT_REPORTED) != 0);
}

/*
 * An assignment of a text to a category becomes a rule. Assignments to a payee or
 * payment method, and those with a regular expression, cannot.
 */
static void
make_rules (BudgetHomebankFile *self)
{
  guint n_left_out = 0;

  for (guint i = 0; i < self->assignments->len; i++)
    {
      BudgetHomebankAssignment *assignment = g_ptr_array_index (self->assignments, i);
      BudgetHomebankCategory *category =
        g_hash_table_lookup (self->categories, to_key (assignment->category));
      g_autofree char *text =
        g_strstrip (g_strdup (assignment->text != NULL ? assignment->text : ""));

      if (category == NULL || *text == '\0' || g_utf8_strlen (text, -1) > MAX_PATTERN_LENGTH ||
          (assignment->flags & ASSIGNMENT_SETS_CATEGORY) == 0 ||
          (assignment->flags & ASSIGNMENT_IS_EXPRESSION) != 0 ||
          self->book->rules->len >= MAX_ASSIGNMENTS)
        n_left_out++;
      else
        _budget_foreign_book_add_rule (self->book, text, category->category);
    }

  _budget_foreign_book_count (self->book, _("Assignments, which are rules here"),
                                             self->book->rules->len);
  _budget_foreign_book_count (self->book, _("Assignments, which have no place here"), n_left_out);
}

/* Prefers the target book's currency to the file's own, if the file has it. */
static const char *
choose_currency (BudgetHomebankFile *self, const char *wanted)
{
  GHashTableIter iter;
  gpointer key, code;

  g_hash_table_iter_init (&iter, self->currencies);
  while (wanted != NULL && g_hash_table_iter_next (&iter, &key, &code))
    if (g_strcmp0 (code, wanted) == 0)
      {
        self->base = GPOINTER_TO_UINT (key);
        return wanted;
      }

  code = g_hash_table_lookup (self->currencies, to_key (self->base));
  return code != NULL && budget_currency_is_known (code) ? code : NULL;
}

static void
tell (BudgetHomebankFile *self)
{
  BudgetForeignBook *book = self->book;

  for (guint i = 0; i < self->account_order->len; i++)
    {
      BudgetHomebankAccount *account = g_ptr_array_index (self->account_order, i);
      const char *code = g_hash_table_lookup (self->currencies, to_key (account->currency));
      g_autofree char *note = NULL;

      if (account->account != NULL)
        continue;

      note = g_strdup_printf (
        /* Translators: an account's name, its currency such as USD, and a number. */
        _("The account “%1$s” is in %2$s and was left out. Its transactions: %3$u"),
           get_name (account->name), code != NULL ? code : "?", account->n_left_out);
      _budget_foreign_book_note (book, note);
    }

  _budget_foreign_book_count (book, _("Scheduled transactions, which have no place here"),
                                       self->n_scheduled);
  _budget_foreign_book_count (book, _("Templates, which have no place here"), self->n_templates);
  _budget_foreign_book_count (book, _("Categories’ budgets, which have no place here"),
                                       self->n_budgets);
}

BudgetForeignBook *
_budget_homebank_read (const char *path,
                       const char *currency,
                       GCancellable *cancellable,
                       GError **error)
{
  g_auto (BudgetHomebankFile) file = { 0 };
  g_autoptr (BudgetXmlReader) xml = NULL;

  file_init (&file);
  xml = budget_xml_reader_new_for_path (path, cancellable, error);
  if (xml == NULL || !take_elements (&file, xml, error))
    return NULL;

  file.book = _budget_foreign_book_new ("HomeBank", choose_currency (&file, currency));
  for (guint i = 0; i < file.order->len; i++)
    make_category (&file, g_ptr_array_index (file.order, i));
  for (guint i = 0; i < file.account_order->len; i++)
    make_account (&file, g_ptr_array_index (file.account_order, i));
  for (guint i = 0; i < file.entries->len; i++)
    _budget_homebank_add_entry (&file, g_ptr_array_index (file.entries, i));

  make_rules (&file);
  tell (&file);
  return g_steal_pointer (&file.book);
}
