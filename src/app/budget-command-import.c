/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-importer.h"
#include "budget-command-line-private.h"
#include "budget-currency.h"
#include "budget-foreign-reader.h"
#include "budget-importer.h"
#include "budget-money.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/*
 * budget import: reads all files before it changes the book, so that an
 * unreadable one leaves nothing half done.
 */

typedef struct
{
  gboolean dry_run;
  gboolean as_is;
  char *person;
  char *category;
  char *account;
  char *format_name;
  char **map;
  BudgetStatementFormat format;
  char **paths;
  GPtrArray *statements;
} Import;

static void
import_clear (Import *self)
{
  g_free (self->person);
  g_free (self->category);
  g_free (self->account);
  g_free (self->format_name);
  g_strfreev (self->map);
  g_strfreev (self->paths);
  g_clear_pointer (&self->statements, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static gboolean
parse (Import *self, BudgetCommand *command, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self->dry_run,
      N_ ("Show what would be added, without changing the book"), NULL },
      { "as-is", 0, 0, G_OPTION_ARG_NONE, &self->as_is,
        N_ ("Import amounts in other currencies without converting them"), NULL },
        { "person", 0, 0, G_OPTION_ARG_STRING, &self->person,
          N_ ("The person whose expenses they are"), N_ ("EMAIL") },
          { "category", 0, 0, G_OPTION_ARG_STRING, &self->category,
            N_ ("The category of expenses without one"), N_ ("NAME") },
            { "account", 0, 0, G_OPTION_ARG_STRING, &self->account,
              N_ ("The account of the expenses"), N_ ("NAME") },
              { "format", 0, 0, G_OPTION_ARG_STRING, &self->format_name,
                N_ ("auto, csv, ofx, qif, camt or mt940"), N_ ("FORMAT") },
                { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->map,
                  N_ ("Set the meaning of a table column; can be repeated"), N_ ("FIELD=COLUMN") },
                  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL,
                    NULL },
                  G_OPTION_ENTRY_NULL,
                };

  if (!_budget_command_parse (command, entries,
                              _("FILE…"),
                                 _("Imports bank files into the book. Transactions that the "
                                   "book already has are skipped."),
                                    &argc, &argv, error))
    return FALSE;

  if (self->paths == NULL)
    return _budget_command_refuse_usage (error, _("Name the files to import"));

  if (self->format_name != NULL &&
      !budget_statement_format_from_name (self->format_name, &self->format))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* Translators: %s is what was given for a kind of file. */
                   _("Unknown format “%s”; use auto, csv, ofx, qif, camt or mt940"),
                      self->format_name);
      return FALSE;
    }

  return TRUE;
}

/*
 * Finds out whether one of the files is another program's book, which must be
 * imported alone and without options for columns and categories.
 */
static gboolean
find_foreign_book (Import *self, gboolean *is_found, GError **error)
{
  *is_found = FALSE;
  if (self->format != BUDGET_STATEMENT_FORMAT_AUTO)
    return TRUE;

  for (guint i = 0; !*is_found && self->paths[i] != NULL; i++)
    *is_found = budget_foreign_reader_knows (self->paths[i]);

  if (*is_found && self->paths[1] != NULL)
    return _budget_command_refuse_usage (
      error, _("A book of another program must be imported on its own"));
  if (*is_found &&
      (self->as_is || self->category != NULL || self->account != NULL || self->map != NULL))
    return _budget_command_refuse_usage (
      error, _("A book of another program has its own accounts, categories and amounts, so "
               "these options do not apply"));
  return TRUE;
}

static gboolean
read_statements (Import *self, GError **error)
{
  self->statements = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->paths[i] != NULL; i++)
    {
      BudgetStatement *statement = budget_statement_read_file (
        self->paths[i], self->format, (const char *const *) self->map, NULL, error);

      if (statement == NULL)
        {
          g_autofree char *name = g_filename_display_name (self->paths[i]);

          g_prefix_error (error, "%s: ", name);
          return FALSE;
        }

      g_ptr_array_add (self->statements, statement);
    }

  return TRUE;
}

static gboolean
add_statements (Import *self, BudgetImporter *importer, GError **error)
{
  for (guint i = 0; i < self->statements->len; i++)
    {
      g_autofree char *name = g_filename_display_name (self->paths[i]);

      if (!budget_importer_add_statement (importer, name, g_ptr_array_index (self->statements, i),
                                          NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gpointer
prepare (gpointer data, BudgetBook *book, GError **error)
{
  Import *self = data;
  g_autoptr (BudgetImporter) importer = budget_importer_new (book);

  budget_importer_set_as_is (importer, self->as_is);
  budget_importer_set_account (importer, self->account);

  if (self->person != NULL)
    {
      BudgetUser *user = _budget_command_find_user (book, self->person, error);

      if (user == NULL)
        return NULL;
      budget_importer_set_user (importer, user);
    }

  if (self->category != NULL)
    {
      BudgetCategory *category = _budget_command_find_category (book, self->category, error);

      if (category == NULL)
        return NULL;
      budget_importer_set_category (importer, category);
    }

  return add_statements (self, importer, error) ? g_steal_pointer (&importer) : NULL;
}

/* Prints the rows that need attention: rejected ones, and those that the bank has changed. */
static void
print_rows (BudgetImporter *importer, guint file)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (importer));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (G_LIST_MODEL (importer), i);

      if (budget_draft_get_file (draft) == file && budget_draft_get_reason (draft) != NULL)
        {
          g_autofree char *reason = _budget_command_clean (budget_draft_get_reason (draft));

          g_print ("  line %u: %s\n", budget_draft_get_line (draft), reason);
        }
    }
}

/* Prints how an ambiguous file was read. */
static void
print_notes (BudgetStatement *statement)
{
  const char *const *notes = budget_statement_get_notes (statement);

  for (guint i = 0; notes[i] != NULL; i++)
    {
      g_autofree char *note = _budget_command_clean (notes[i]);

      g_print ("  note: %s\n", note);
    }
}

/* @text: (transfer full): a note */
static void
print_note (char *text)
{
  g_print ("  note: %s\n", text);
  g_free (text);
}

/* Prints how many rows were matched, skipped or recognized as transfers. */
static void
print_counts (const BudgetImportCounts *counts)
{
  guint n_matched = counts->n_matched;
  guint n_left_out = counts->n_left_out;
  guint n_transfers = counts->n_transfers;

  if (n_matched > 0)
    print_note (g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u transaction matches an expense entered by hand",
                   "%u transactions match expenses entered by hand", n_matched),
      n_matched));

  if (n_left_out > 0)
    print_note (g_strdup_printf (
      g_dngettext (
        GETTEXT_PACKAGE, "%u transaction was excluded in an earlier import and is skipped",
        "%u transactions were excluded in an earlier import and are skipped", n_left_out),
      n_left_out));

  if (n_transfers > 0)
    print_note (g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u transaction is a transfer between your accounts and not included in totals",
                   "%u transactions are transfers between your accounts and not included in totals",
                   n_transfers),
      n_transfers));
}

/* Scripts parse these lines, so they are not translated. */
static void
print_result (Import *self, BudgetImporter *importer)
{
  guint digits = budget_currency_get_digits (budget_importer_get_currency (importer));

  for (guint i = 0; i < budget_importer_get_n_files (importer); i++)
    {
      g_autofree char *name = _budget_command_clean (budget_importer_get_file_name (importer, i));
      g_autofree char *sum = NULL;
      BudgetImportCounts counts;

      budget_importer_count_file (importer, i, &counts);
      sum = budget_money_to_decimal (counts.sum, digits);
      g_print ("%s: %u added, %u duplicates, %u rejected, sum %s\n", name, counts.n_included,
               counts.n_duplicates, counts.n_rejected, sum);
      print_rows (importer, i);
      print_counts (&counts);
      if (self->dry_run)
        print_notes (budget_importer_get_file_statement (importer, i));
    }
}

/* Whether one of the files is a whole book. */
static gboolean
has_book (Import *self)
{
  for (guint i = 0; self->paths[i] != NULL; i++)
    if (self->format == BUDGET_STATEMENT_FORMAT_AUTO &&
        budget_book_importer_sniff_file (self->paths[i]))
      return TRUE;

  return FALSE;
}

static gboolean
read_book (Import *self, BudgetBook *book, BudgetBookImportFlags flags, GError **error)
{
  BudgetBookImportCounts counts;
  g_autofree char *name = g_filename_display_name (self->paths[0]);
  g_autofree char *clean = NULL;
  g_autofree char *sum = NULL;

  if (!budget_book_importer_read_file (book, self->paths[0], flags, &counts, NULL, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  clean = _budget_command_clean (name);
  sum = budget_money_to_decimal (counts.sum, budget_book_get_digits (book));
  g_print ("%s: %u added, %u duplicates, 0 rejected, sum %s\n", clean, counts.n_added,
           counts.n_duplicates, sum);
  return TRUE;
}

/* Deletes the new book if the file cannot be imported. */
static gboolean
read_into_new (Import *self, const char *path, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autoptr (BudgetBook) book = NULL;

  book =
    self->dry_run ? _budget_command_new_scratch (error) : budget_book_create (path, NULL, error);
  if (book == NULL)
    return FALSE;

  if (read_book (self, book, BUDGET_BOOK_IMPORT_NONE, error))
    return TRUE;

  g_clear_object (&book);
  for (guint i = 0; !self->dry_run && i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }

  return FALSE;
}

/* Imports a whole book, alone and without options for people, categories and accounts. */
static gboolean
import_book (Import *self, const char *path, GError **error)
{
  g_autoptr (BudgetBook) book = NULL;

  if (g_strv_length (self->paths) > 1)
    return _budget_command_refuse_usage (error, _("A whole book must be imported on its own"));

  if (self->person != NULL || self->category != NULL || self->account != NULL ||
      self->map != NULL || self->as_is)
    return _budget_command_refuse_usage (
      error, _("A whole book has its own people, categories and accounts, so these options "
               "do not apply"));

  if (_budget_command_is_missing (path))
    return read_into_new (self, path, error);

  book = budget_book_open (path, error);
  return book != NULL &&
         read_book (self, book,
                    self->dry_run ? BUDGET_BOOK_IMPORT_DRY_RUN : BUDGET_BOOK_IMPORT_NONE, error);
}

gboolean
_budget_command_import (BudgetCommand *command, int argc, char **argv, GError **error)
{
  g_auto (Import) import = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (BudgetImporter) importer = NULL;
  gboolean is_foreign;

  if (!parse (&import, command, argc, argv, error))
    return FALSE;

  path = _budget_command_dup_path (command, error);
  if (path == NULL)
    return FALSE;

  if (has_book (&import))
    return import_book (&import, path, error);

  if (!find_foreign_book (&import, &is_foreign, error))
    return FALSE;
  if (is_foreign)
    return _budget_command_migrate (path, import.paths[0], import.person, import.dry_run, error);

  if (!read_statements (&import, error))
    return FALSE;

  importer = _budget_command_prepare (path, import.dry_run, prepare, &import, error);
  if (importer == NULL)
    return FALSE;

  if (!import.dry_run && !budget_importer_commit (importer, NULL, error))
    return FALSE;

  print_result (&import, importer);
  return TRUE;
}
