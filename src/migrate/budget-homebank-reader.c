/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-currency.h"
#include "budget-error.h"
#include "budget-homebank-reader-private.h"
#include "budget-money.h"
#include "budget-xml-reader.h"

#include <glib/gi18n.h>
#include <string.h>

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

#define FLAG_RECONCILED (1 << 0) /* before there was a status */
#define FLAG_TRANSFER (1 << 3)
#define FLAG_REMINDER (1 << 5) /* before there was a status */

#define MODE_OLD_TRANSFER 5

/* HomeBank itself allows ten splits and short lists of tags. */
#define MAX_PARTS 1000
#define MAX_TAGS 100

/* 31 December 9999. */
#define LAST_DAY 3652059

#define STATUS_CLEARED 1
#define STATUS_RECONCILED 2
#define STATUS_REMINDER 3
#define STATUS_VOID 4

typedef struct
{
  guint key;
  char *name;
  char *number;
  guint type;
  guint flags;
  guint currency;
  char *initial;
  guint n_left_out;
  BudgetForeignAccount *account; /* or NULL if it is in another currency */
} BudgetHomebankAccount;

typedef struct
{
  guint key;
  guint parent;
  guint flags;
  char *name;
  char *path; /* as shown in notes */
  BudgetForeignCategory *category;
} BudgetHomebankCategory;

/* A rule of HomeBank that sets the category of transactions. */
typedef struct
{
  char *text;
  guint flags;
  guint category;
} BudgetHomebankAssignment;

/* A transaction as written in the file. */
typedef struct
{
  guint line;
  guint date;
  char *amount;
  guint account;
  guint other_account;
  guint status;
  guint flags;
  guint mode;
  guint payee;
  guint category;
  guint transfer;
  char *memo;
  char *info;
  char *tags;
  char *split_categories;
  char *split_amounts;
  char *split_memos;
} BudgetHomebankEntry;

/* A file while it is being read. */
typedef struct
{
  char *title;
  guint base;             /* its currency */
  GHashTable *currencies; /* key → code */
  GHashTable *accounts;
  GHashTable *categories;
  GHashTable *payees;
  GPtrArray *order; /* of BudgetHomebankCategory, in the order of the file */
  GPtrArray *account_order;
  GPtrArray *assignments;
  GPtrArray *entries;
  GHashTable *halves; /* of transfers that miss the other half: signature → position + 1 */
  guint n_templates;
  guint n_scheduled;
  guint n_budgets;
  BudgetForeignBook *book;
} BudgetHomebankFile;

typedef struct
{
  BudgetHomebankFile *file;
  const BudgetHomebankEntry *entry;
  BudgetHomebankAccount *account;
  GDate date;
  gint64 amount; /* as in HomeBank: spending is negative */
  char *more;    /* for the note */
} Entry;

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

static gpointer
look_up (GHashTable *table, guint key)
{
  return g_hash_table_lookup (table, to_key (key));
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
 * Adds the category with its ancestors, or at the top level if an ancestor is
 * missing or contains itself.
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
      outer = look_up (self->categories, outer->parent);
    }

  if (outer == NULL || names->len == MAX_DEPTH)
    {
      _budget_foreign_book_count (
        self->book, _("Categories whose parent is missing or that contain themselves"), 1);
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
      BudgetHomebankCategory *category = look_up (self->categories, assignment->category);
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
  _budget_foreign_book_count (self->book, _("Not imported: assignments"), n_left_out);
}

static gboolean
is_transfer (const BudgetHomebankEntry *entry)
{
  return (entry->flags & FLAG_TRANSFER) != 0 || entry->mode == MODE_OLD_TRANSFER ||
         (entry->transfer != 0 && entry->other_account != 0);
}

static char *
dup_more (Entry *self)
{
  const BudgetHomebankEntry *entry = self->entry;
  BudgetHomebankCategory *category = look_up (self->file->categories, entry->category);
  GString *more = g_string_new (NULL);

  if (entry->info != NULL && *entry->info != '\0')
    {
      /* Translators: %s is the number of a cheque or the like. */
      g_autofree char *line = g_strdup_printf (_("Number: %s"), entry->info);

      _budget_foreign_append_line (more, line);
    }

  /* A transfer has the category for transfers, so keep its own in the note. */
  if (is_transfer (entry) && category != NULL)
    {
      /* Translators: %s is a category. */
      g_autofree char *line = g_strdup_printf (_("Category: %s"), category->path);

      _budget_foreign_append_line (more, line);
    }

  if (entry->status == STATUS_CLEARED)
    _budget_foreign_append_line (more, _("Cleared"));
  else if (entry->status == STATUS_RECONCILED || (entry->flags & FLAG_RECONCILED) != 0)
    _budget_foreign_append_line (more, _("Reconciled"));

  return g_string_free (more, FALSE);
}

static char **
split_tags (const char *tags)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (tags == NULL)
    return NULL;

  words = g_strsplit (tags, " ", MAX_TAGS + 1);
  for (guint i = 0; words[i] != NULL && i < MAX_TAGS; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);

  return g_strv_builder_end (builder);
}

/*
 * HomeBank's transactions have no id, so build a key from properties that
 * rarely change. It has the account's key rather than its name, which can
 * change.
 */
static char *
dup_key (Entry *self, guint number)
{
  const BudgetHomebankEntry *entry = self->entry;
  g_autofree char *text = g_strdup_printf (
    "%s\n%u\n%u\n%" G_GINT64_FORMAT "\n%s\n%s\n%u",
    self->file->title != NULL ? self->file->title : "", entry->account, entry->date, self->amount,
    entry->memo != NULL ? entry->memo : "", entry->info != NULL ? entry->info : "", number);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("homebank:%.32s", sum);
}

static BudgetForeignPart *
add_part (Entry *self, guint number, guint category, gint64 amount, const char *memo)
{
  BudgetHomebankFile *file = self->file;
  g_autofree char *key = dup_key (self, number);
  BudgetForeignPart *part = _budget_foreign_book_add_part (file->book, key, &self->date);
  BudgetHomebankCategory *found = look_up (file->categories, category);

  part->line = self->entry->line;
  part->amount = -amount;
  part->account = self->account->account;
  part->category = found != NULL ? found->category : NULL;
  part->tags = split_tags (self->entry->tags);
  _budget_foreign_part_set_texts (part, look_up (file->payees, self->entry->payee), memo,
                                  self->more);
  if (found == NULL && category != 0)
    _budget_foreign_book_count (file->book, _("Expenses whose category is not in the file"), 1);
  return part;
}

static char *
dup_look (Entry *self, guint from, guint to, gint64 amount)
{
  return g_strdup_printf ("%u %u %u %u %" G_GINT64_FORMAT, self->entry->transfer,
                          self->entry->transfer != 0 ? 0 : self->entry->date, from, to, amount);
}

/*
 * The halves of a transfer match by a number or, in older files, by their
 * signature.
 */
static void
add_transfer (Entry *self)
{
  const BudgetHomebankEntry *entry = self->entry;
  GHashTable *halves = self->file->halves;
  BudgetForeignPart *part = add_part (self, 0, 0, self->amount, entry->memo);
  GPtrArray *parts = self->file->book->parts;
  g_autofree char *wanted = dup_look (self, entry->other_account, entry->account, -self->amount);
  guint other = GPOINTER_TO_UINT (g_hash_table_lookup (halves, wanted));

  part->is_transfer = TRUE;
  if (other != 0 && entry->account != entry->other_account)
    {
      part->other = other;
      ((BudgetForeignPart *) g_ptr_array_index (parts, other - 1))->other = parts->len;
      g_hash_table_remove (halves, wanted);
    }
  else
    g_hash_table_insert (halves,
                         dup_look (self, entry->account, entry->other_account, self->amount),
                         GUINT_TO_POINTER (parts->len));
}

/*
 * Reads all amounts before adding the first part, so that a rejected
 * transaction adds none.
 */
static gboolean
read_amounts (Entry *self, char **texts, gint64 *amounts, gint64 *rest, GError **error)
{
  *rest = self->amount;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      if (!_budget_foreign_number_read (texts[i], self->file->book->digits, &amounts[i], error))
        return FALSE;
      *rest -= amounts[i];
    }

  return budget_money_check (*rest, error);
}

static gboolean
add_split (Entry *self, GError **error)
{
  const BudgetHomebankEntry *entry = self->entry;
  g_auto (GStrv) categories = g_strsplit (entry->split_categories, "||", -1);
  g_auto (GStrv) texts =
    g_strsplit (entry->split_amounts != NULL ? entry->split_amounts : "", "||", -1);
  g_auto (GStrv) memos =
    g_strsplit (entry->split_memos != NULL ? entry->split_memos : "", "||", -1);
  guint n_parts = g_strv_length (texts);
  guint n_categories = g_strv_length (categories);
  guint n_memos = g_strv_length (memos);
  g_autofree gint64 *amounts = g_new0 (gint64, n_parts + 1);
  gint64 rest = 0;

  if (n_parts > MAX_PARTS)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _("It is split into too many parts"));
  if (!read_amounts (self, texts, amounts, &rest, error))
    return FALSE;

  for (guint i = 0; i < n_parts; i++)
    {
      guint64 category = i < n_categories ? g_ascii_strtoull (categories[i], NULL, 10) : 0;
      const char *memo = i < n_memos && *memos[i] != '\0' ? memos[i] : entry->memo;

      add_part (self, i, (guint) MIN (category, G_MAXUINT32), amounts[i], memo);
    }

  if (rest != 0)
    add_part (self, n_parts, 0, rest, entry->memo);
  _budget_foreign_book_count (self->file->book,
                              _("Split transactions, imported as one expense for each part"), 1);
  _budget_foreign_book_count (
    self->file->book, _("Split transactions whose parts do not add up; the rest has no category"),
                         rest != 0);
  return TRUE;
}

static gboolean
take_date (Entry *self, GError **error)
{
  if (!g_date_valid_julian (self->entry->date) || self->entry->date > LAST_DAY)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("There is no such date"));

  g_date_clear (&self->date, 1);
  g_date_set_julian (&self->date, self->entry->date);
  return TRUE;
}

static gboolean
add (Entry *self, GError **error)
{
  const BudgetHomebankEntry *entry = self->entry;
  const char *categories = entry->split_categories;

  if (!take_date (self, error) ||
      !_budget_foreign_number_read (entry->amount != NULL ? entry->amount : "",
                                    self->file->book->digits, &self->amount, error))
    return FALSE;

  self->more = dup_more (self);
  if (is_transfer (entry))
    add_transfer (self);
  else if (categories != NULL && *categories != '\0')
    return add_split (self, error);
  else
    add_part (self, 0, entry->category, self->amount, entry->memo);

  return TRUE;
}

/*
 * Whether HomeBank itself ignores the transaction in its totals.
 */
static gboolean
is_left_out (BudgetForeignBook *book, const BudgetHomebankEntry *entry)
{
  gboolean is_reminder = entry->status == STATUS_REMINDER || (entry->flags & FLAG_REMINDER) != 0;

  _budget_foreign_book_count (book, _("Not imported: reminders"), is_reminder);
  _budget_foreign_book_count (book, _("Not imported: void transactions"),
                                       entry->status == STATUS_VOID);
  return is_reminder || entry->status == STATUS_VOID;
}

/*
 * Adds the expenses of a transaction to the book.
 */
static void
add_entry (BudgetHomebankFile *file, const BudgetHomebankEntry *entry)
{
  Entry self = { .file = file, .entry = entry };
  g_autoptr (GError) error = NULL;

  self.account = look_up (file->accounts, entry->account);
  if (self.account != NULL && self.account->account == NULL)
    {
      self.account->n_left_out++;
      return;
    }

  if (is_left_out (file->book, entry))
    return;

  if (self.account == NULL)
    _budget_foreign_book_reject (file->book, entry->line, _("Its account is not in the file"));
  else if (!add (&self, &error))
    _budget_foreign_book_reject (file->book, entry->line, error->message);
  else
    _budget_foreign_book_count (file->book,
                                _("Not imported: payment methods"),
                                   entry->mode != 0 && entry->mode != MODE_OLD_TRANSFER);

  g_free (self.more);
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

  code = look_up (self->currencies, self->base);
  return code != NULL && budget_currency_is_known (code) ? code : NULL;
}

static void
tell (BudgetHomebankFile *self)
{
  BudgetForeignBook *book = self->book;

  for (guint i = 0; i < self->account_order->len; i++)
    {
      BudgetHomebankAccount *account = g_ptr_array_index (self->account_order, i);
      const char *code = look_up (self->currencies, account->currency);
      g_autofree char *note = NULL;

      if (account->account != NULL)
        continue;

      note = g_strdup_printf (
        /* Translators: an account's name, its currency such as USD, and a number. */
        g_dngettext (GETTEXT_PACKAGE,
                     "Not imported: account “%1$s”, which is in %2$s (%3$u transaction)",
                     "Not imported: account “%1$s”, which is in %2$s (%3$u transactions)",
                     account->n_left_out),
        get_name (account->name), code != NULL ? code : "?", account->n_left_out);
      _budget_foreign_book_note (book, note);
    }

  _budget_foreign_book_count (book, _("Not imported: scheduled transactions"), self->n_scheduled);
  _budget_foreign_book_count (book, _("Not imported: templates"), self->n_templates);
  _budget_foreign_book_count (book, _("Not imported: budgets of categories"), self->n_budgets);
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
    add_entry (&file, g_ptr_array_index (file.entries, i));

  make_rules (&file);
  tell (&file);
  return g_steal_pointer (&file.book);
}
