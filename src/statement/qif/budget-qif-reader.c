/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-date-text.h"
#include "budget-error.h"
#include "budget-line-reader.h"
#include "budget-number.h"
#include "budget-qif-reader.h"
#include "budget-qif-record.h"
#include "budget-written-amounts.h"
#include "budget-written-dates.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Reads the Quicken Interchange Format. A line is a letter and a text, "^" ends a
 * record, and lines with "!" introduce a section. The file does not declare the order
 * of its dates or its decimal mark.
 */

#define SNIFFED_SIZE (64 * 1024)
#define SNIFFED_LINES 20

typedef enum
{
  SECTION_TRANSACTIONS,
  SECTION_ACCOUNTS,
  SECTION_CLASSES,
  SECTION_INVESTMENTS,
  SECTION_LIST /* of anything but transactions */
} Section;

typedef struct
{
  BudgetLineReader lines;
  BudgetStatement *statement;
  GPtrArray *rows;
  BudgetWrittenAmounts amounts;
  BudgetWrittenDates dates;
  BudgetQifRecord record;
  GHashTable *classes;

  Section section;
  guint n_sections;
  guint n_accounts; /* listed in this section */
  gboolean is_card; /* this section's account is a credit card's */
  guint n_records;
  char *account;

  guint n_investments;
  guint n_listed;
} Reading;

static gboolean
next_line (BudgetLineReader *lines)
{
  if (!budget_line_reader_next (lines))
    return FALSE;

  g_strstrip (lines->text);
  return TRUE;
}

static void
reading_clear (Reading *self)
{
  budget_line_reader_clear (&self->lines);
  budget_written_amounts_clear (&self->amounts);
  budget_written_dates_clear (&self->dates);
  _budget_qif_record_clear (&self->record);
  g_clear_pointer (&self->classes, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->statement);
  g_free (self->account);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* Headers are compared in capitals and without spaces. */
static char *
dup_header (const char *line)
{
  GString *header = g_string_new (NULL);

  for (; *line != '\0'; line++)
    if (*line != ' ')
      g_string_append_c (header, g_ascii_toupper (*line));

  return g_string_free (header, FALSE);
}

static Section
find_section (const char *type)
{
  static const char *const investments[] = { "INVST", "PORT", "401", "INVESTMENT" };
  static const char *const lists[] = { "CAT",    "MEMORIZED", "MEMORISED", "SECURITY", "PRICES",
                                       "BUDGET", "TAG",       "TAX",       "INVITEM",  "TEMPLATE" };

  if (g_str_has_prefix (type, "CLASS"))
    return SECTION_CLASSES;

  for (guint i = 0; i < G_N_ELEMENTS (investments); i++)
    if (g_str_has_prefix (type, investments[i]))
      return SECTION_INVESTMENTS;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_has_prefix (type, lists[i]))
      return SECTION_LIST;

  /* Bank, Cash, CCard, Oth A, Oth L, or their names in the language of a bank. */
  return SECTION_TRANSACTIONS;
}

/*
 * A single account owns the transactions that follow. A list of several accounts
 * says nothing about the owner.
 */
static void
take_account (Reading *self)
{
  self->n_accounts++;
  g_clear_pointer (&self->account, g_free);
  if (self->n_accounts == 1)
    self->account = g_strdup (self->record.number);
}

static void
leave_out_opening (Reading *self)
{
  gsize length;
  const char *name = _budget_qif_record_get_transfer (&self->record, &length);
  g_autofree char *note = NULL;

  if (self->account == NULL && length > 0)
    self->account = g_strndup (name, length);

  note = g_strdup_printf (
    /* Translators: the name of an account, and an amount. */
    _("The opening balance of %1$s, %2$s, is not a transaction and was left out"),
       self->account != NULL ? self->account : "?",
       self->record.amount != NULL ? self->record.amount : "0");
  budget_statement_add_note (self->statement, note);
}

/* Returns: whether the text may be the start of a longer amount */
static gboolean
is_cut_amount (const char *line)
{
  gsize length = strlen (line);

  if (*line != 'T' && *line != 'U' && *line != '$')
    return FALSE;

  return length < 4 || !g_ascii_isdigit (line[length - 1]) || !g_ascii_isdigit (line[length - 2]) ||
         (line[length - 3] != '.' && line[length - 3] != ',');
}

static void
take_transaction (Reading *self, gboolean is_cut)
{
  BudgetStatementRow *row;

  if (self->n_records++ == 0 && _budget_qif_record_is_opening (&self->record, self->account))
    {
      leave_out_opening (self);
      return;
    }

  row = _budget_qif_record_read (&self->record, self->classes);
  row->account = g_strdup (self->account);
  row->is_card = self->is_card;
  g_ptr_array_add (self->rows, row);

  if (is_cut)
    row->reject_reason = g_strdup (_("The file ends in the middle of this transaction"));

  budget_written_dates_take (&self->dates, row, self->record.date, self->n_sections);
  budget_written_amounts_take (&self->amounts, row, self->record.amount);
}

static void
end_record (Reading *self, gboolean is_cut)
{
  gboolean has_begun = self->record.line > 0;

  if (has_begun && self->section == SECTION_TRANSACTIONS &&
      !_budget_qif_record_is_empty (&self->record))
    take_transaction (self, is_cut);
  else if (has_begun && self->section == SECTION_ACCOUNTS)
    take_account (self);
  else if (self->section == SECTION_CLASSES && self->record.number != NULL)
    g_hash_table_add (self->classes, g_strdup (self->record.number));

  if (self->section == SECTION_INVESTMENTS)
    self->n_investments += has_begun;
  if (self->section == SECTION_LIST || self->section == SECTION_CLASSES)
    self->n_listed += has_begun;

  if (has_begun)
    {
      _budget_qif_record_clear (&self->record);
      _budget_qif_record_init (&self->record);
    }
}

static void
take_header (Reading *self, const char *line)
{
  g_autofree char *header = dup_header (line);

  if (g_str_has_prefix (header, "!ACCOUNT"))
    {
      self->section = SECTION_ACCOUNTS;
      self->n_accounts = 0;
    }
  else if (g_str_has_prefix (header, "!TYPE:"))
    {
      /* A further list without an account does not belong to the account of the list before. */
      if (self->section == SECTION_TRANSACTIONS && self->n_sections > 0)
        g_clear_pointer (&self->account, g_free);

      self->section = find_section (header + strlen ("!TYPE:"));
      self->is_card = g_str_has_prefix (header + strlen ("!TYPE:"), "CCARD");
      self->n_sections++;
      self->n_records = 0;
    }
}

static void
take_line (Reading *self)
{
  const char *line = self->lines.text;
  g_autofree char *text = NULL;

  if (*line == '!' || *line == '^')
    {
      end_record (self, FALSE);
      if (*line == '!')
        take_header (self, line);
      return;
    }

  if (*line == '\0')
    return;

  if (self->record.line == 0)
    self->record.line = self->lines.number;

  text = g_strstrip (g_strdup (line + 1));
  _budget_qif_record_take (&self->record, *line, text);
}

static gboolean
read_lines (Reading *self, GCancellable *cancellable, GError **error)
{
  gboolean is_cut = FALSE;

  while (next_line (&self->lines))
    {
      if (self->lines.number % 4096 == 1 &&
          g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      take_line (self);
      is_cut = self->lines.is_cut && is_cut_amount (self->lines.text);
    }

  end_record (self, is_cut);

  if (self->rows->len > 0)
    return TRUE;

  if (self->n_investments > 0)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _("The file contains only investments, which are not expenses"));

  return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("The file has no transactions"));
}

static void
tell_rest (Reading *self)
{
  if (self->n_investments > 0)
    budget_statement_take_note (
      self->statement,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    /* Translators: %u is a number. */
                                    "%u investment was skipped", "%u investments were skipped",
                                    self->n_investments),
                       self->n_investments));

  if (self->n_listed > 0)
    budget_statement_add_note (
      self->statement,
      _("The file’s lists of categories, classes and memorized payees were skipped"));
}

static void
fill_statement (Reading *self)
{
  BudgetDateOrder order;

  budget_written_amounts_settle (&self->amounts);

  /* No country writes the month first and a decimal comma. */
  self->dates.prefers_day = self->amounts.n_commas > self->amounts.n_dots;

  if (!budget_written_dates_settle (&self->dates, &order))
    budget_statement_add_note (
      self->statement, order == BUDGET_DATE_ORDER_DMY
      ? _("The dates could be day first or month first; they are read day first")
      : _("The dates could be day first or month first; they are read month first"));

  budget_statement_set_date_order (self->statement, order);
  for (guint i = 0; i < self->rows->len; i++)
    budget_statement_add_row (self->statement, g_ptr_array_index (self->rows, i));

  g_ptr_array_set_free_func (self->rows, NULL);
  g_ptr_array_set_size (self->rows, 0);
}

/* A record without a header: lines with known letters, a date and an amount, then "^". */
static gboolean
is_bare_record (BudgetLineReader *lines)
{
  gboolean has_date = FALSE, has_amount = FALSE;

  do
    {
      const char *line = lines->text;
      BudgetDateText date;
      BudgetNumber number;
      g_autofree char *text = NULL;

      if (*line == '\0')
        continue;
      if (*line == '^')
        return has_date && has_amount;
      if (strchr ("DTUPMLNCASEF$%XBK", *line) == NULL)
        return FALSE;

      text = g_strdelimit (g_strstrip (g_strdup (line + 1)), "'", '/');
      has_date |= *line == 'D' && budget_date_text_scan (text, &date);
      has_amount |= (*line == 'T' || *line == 'U') && budget_number_scan (text, &number);
    }
  while (next_line (lines));

  return FALSE;
}

static gboolean
is_header (const char *line)
{
  g_autofree char *header = *line == '!' ? dup_header (line) : NULL;

  return header != NULL &&
         (g_str_has_prefix (header, "!TYPE:") || g_str_has_prefix (header, "!ACCOUNT") ||
          g_str_has_prefix (header, "!OPTION:") || g_str_has_prefix (header, "!CLEAR:"));
}

/**
 * budget_qif_sniff:
 * @bytes: the contents of the file
 *
 * Returns: whether it has a header of QIF near its start, or begins with a
 *   record
 */
gboolean
budget_qif_sniff (GBytes *bytes)
{
  g_auto (BudgetLineReader) lines = { 0 };

  budget_line_reader_init (&lines, bytes, SNIFFED_SIZE);
  while (lines.number < SNIFFED_LINES && next_line (&lines))
    if (is_header (lines.text))
      return TRUE;

  budget_line_reader_clear (&lines);
  budget_line_reader_init (&lines, bytes, SNIFFED_SIZE);
  return next_line (&lines) && is_bare_record (&lines);
}

/* QIF has no columns, so only the order of the dates can be given. */
static gboolean
take_map (Reading *self, const char *const *map, GError **error)
{
  static const char name[] = "date-order=";

  for (guint i = 0; map != NULL && map[i] != NULL; i++)
    {
      self->dates.is_told = g_ascii_strncasecmp (map[i], name, strlen (name)) == 0 &&
                            budget_date_order_from_name (map[i] + strlen (name), &self->dates.told);

      if (!self->dates.is_told)
        {
          g_autofree char *reason = g_strdup_printf (
            /* Translators: %s is what was given; date-order is not to be translated. */
            _("“%s” is not an option for QIF files; the only one is date-order"), map[i]);

          return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, reason);
        }
    }

  return TRUE;
}

/**
 * budget_qif_read:
 * @bytes: the contents of the file
 * @map: (nullable) (array zero-terminated=1): `date-order=` and `dmy`, `mdy`,
 *   `ymd` or `ydm`, if the user chose one
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Reads the transactions of all accounts of a file as one statement. A split
 * transaction is one row with a note on its parts. A transaction that cannot be read
 * becomes a rejected row.
 *
 * Returns: (transfer full): the statement, or %NULL if there are no transactions
 */
BudgetStatement *
budget_qif_read (GBytes *bytes, const char *const *map, GCancellable *cancellable, GError **error)
{
  g_auto (Reading) self = { 0 };

  self.statement = budget_statement_new (BUDGET_QIF_FORMAT);
  self.rows = g_ptr_array_new_with_free_func ((GDestroyNotify) budget_statement_row_free);
  self.classes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  budget_written_amounts_init (&self.amounts, FALSE);
  budget_written_dates_init (&self.dates);
  _budget_qif_record_init (&self.record);
  budget_line_reader_init (&self.lines, bytes, G_MAXSIZE);

  if (!take_map (&self, map, error) || !read_lines (&self, cancellable, error))
    return NULL;

  budget_statement_set_reading (self.statement, NULL, map);
  tell_rest (&self);
  fill_statement (&self);

  return g_steal_pointer (&self.statement);
}
