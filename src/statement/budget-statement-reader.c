/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-camt-reader.h"
#include "budget-csv-layout.h"
#include "budget-error.h"
#include "budget-mt940-reader.h"
#include "budget-ofx-reader.h"
#include "budget-own-csv.h"
#include "budget-qif-reader.h"
#include "budget-statement-reader.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/*
 * Reads a file of any format. The first reader of the table that recognises the
 * contents reads them.
 */

#define MAX_FILE_SIZE (G_GINT64_CONSTANT (512) * 1024 * 1024)

typedef struct
{
  BudgetStatementFormat format;
  gboolean (*sniff) (GBytes *bytes);
  BudgetStatement *(*read) (GBytes *bytes,
                            const char *const *map,
                            GCancellable *cancellable,
                            GError **error);
} Reader;

static const char *const format_names[] = {
  [BUDGET_STATEMENT_FORMAT_AUTO] = "auto", [BUDGET_STATEMENT_FORMAT_CSV] = "csv",
  [BUDGET_STATEMENT_FORMAT_OFX] = "ofx",   [BUDGET_STATEMENT_FORMAT_QIF] = "qif",
  [BUDGET_STATEMENT_FORMAT_CAMT] = "camt", [BUDGET_STATEMENT_FORMAT_MT940] = "mt940",
};

/* Any text may be a table. */
static gboolean
sniff_csv (GBytes *bytes)
{
  return TRUE;
}

/* The signature must not depend on the corrections, so it is taken without any. */
static char *
dup_signature (BudgetCsvTable *table, const char *const *map, BudgetCsvLayout *layout)
{
  g_autoptr (BudgetCsvLayout) detected = NULL;

  if (map != NULL && map[0] != NULL)
    detected = budget_csv_layout_detect (table, NULL);

  return g_strdup (budget_csv_layout_get_signature (detected != NULL ? detected : layout));
}

static BudgetStatement *
read_csv (GBytes *bytes, const char *const *map, GCancellable *cancellable, GError **error)
{
  g_autoptr (BudgetCsvTable) table = NULL;
  g_autoptr (BudgetCsvLayout) layout = NULL;
  g_autofree char *signature = NULL;
  BudgetStatement *statement;

  /* This program's own table needs no detection, unless the user corrects it. */
  if ((map == NULL || map[0] == NULL) && budget_own_csv_sniff (bytes))
    return budget_own_csv_read (bytes, cancellable, error);

  table = budget_csv_table_new (bytes);
  layout = budget_csv_layout_detect_mapped (table, map, error);
  if (layout == NULL)
    return NULL;

  signature = dup_signature (table, map, layout);
  statement = budget_csv_layout_read (layout, table, cancellable, error);
  if (statement != NULL)
    budget_statement_set_reading (statement, signature, map);
  return statement;
}

static BudgetStatement *
read_camt (GBytes *bytes, const char *const *map, GCancellable *cancellable, GError **error)
{
  return budget_camt_read (bytes, cancellable, error);
}

static BudgetStatement *
read_mt940 (GBytes *bytes, const char *const *map, GCancellable *cancellable, GError **error)
{
  return budget_mt940_read (bytes, cancellable, error);
}

static BudgetStatement *
read_ofx (GBytes *bytes, const char *const *map, GCancellable *cancellable, GError **error)
{
  return budget_ofx_read (bytes, cancellable, error);
}

static BudgetStatement *
read_qif (GBytes *bytes, const char *const *map, GCancellable *cancellable, GError **error)
{
  return budget_qif_read (bytes, map, cancellable, error);
}

/*
 * Formats that the first line identifies come before those that a tag anywhere
 * identifies, since the tag may be part of a text. CSV is last: any other format could
 * be taken for a table.
 */
static const Reader readers[] = {
  { BUDGET_STATEMENT_FORMAT_CSV, budget_own_csv_sniff, read_csv },
  { BUDGET_STATEMENT_FORMAT_QIF, budget_qif_sniff, read_qif },
  { BUDGET_STATEMENT_FORMAT_CAMT, budget_camt_sniff, read_camt },
  { BUDGET_STATEMENT_FORMAT_MT940, budget_mt940_sniff, read_mt940 },
  { BUDGET_STATEMENT_FORMAT_OFX, budget_ofx_sniff, read_ofx },
  { BUDGET_STATEMENT_FORMAT_CSV, sniff_csv, read_csv },
};

static const Reader *
find_reader (GBytes *bytes, BudgetStatementFormat format)
{
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    if (format == readers[i].format ||
        (format == BUDGET_STATEMENT_FORMAT_AUTO && readers[i].sniff (bytes)))
      return &readers[i];

  return NULL;
}

/**
 * budget_statement_format_from_name:
 * @name: `auto`, `csv`, `ofx`, `qif`, `camt` or `mt940`, in either case
 * @format: (out): the format
 *
 * Returns: %FALSE if there is none of that name
 */
gboolean
budget_statement_format_from_name (const char *name, BudgetStatementFormat *format)
{
  g_return_val_if_fail (name != NULL && format != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (g_ascii_strcasecmp (format_names[i], name) == 0)
      {
        *format = (BudgetStatementFormat) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * budget_statement_read:
 * @bytes: the contents of the file
 * @format: what kind of file it is
 * @map: (nullable) (array zero-terminated=1): corrections, as
 *   budget_csv_layout_map() takes them
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, or a #GIOErrorEnum
 *
 * Reads a statement. It may be called in any thread.
 *
 * Returns: (transfer full): the statement, or %NULL
 */
BudgetStatement *
budget_statement_read (GBytes *bytes,
                       BudgetStatementFormat format,
                       const char *const *map,
                       GCancellable *cancellable,
                       GError **error)
{
  const Reader *reader;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (g_bytes_get_size (bytes) == 0)
    {
      budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("The file is empty"));
      return NULL;
    }

  reader = find_reader (bytes, format);
  if (reader == NULL)
    {
      g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_UNKNOWN_FORMAT,
                   /* Translators: %s is a kind of file, such as OFX. */
                   _("Files of the kind %s cannot be read yet"), format_names[format]);
      return NULL;
    }

  if (map != NULL && map[0] != NULL && reader->format != BUDGET_STATEMENT_FORMAT_CSV &&
      reader->format != BUDGET_STATEMENT_FORMAT_QIF)
    {
      budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                     _("Only the columns of a table can be mapped"));
      return NULL;
    }

  return reader->read (bytes, map, cancellable, error);
}

static gboolean
check_file (const char *path, GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    {
      int code = errno;

      g_set_error_literal (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code),
                           g_strerror (code));
      return FALSE;
    }

  if (S_ISDIR (info.st_mode))
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _("This is a folder; choose the files in it"));

  if (!S_ISREG (info.st_mode))
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("This is not a file"));

  return info.st_size <= MAX_FILE_SIZE ||
         budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("The file is too large"));
}

/**
 * budget_statement_read_file:
 * @path: (type filename): where the file is
 * @format: what kind of file it is
 * @map: (nullable) (array zero-terminated=1): corrections, as
 *   budget_csv_layout_map() takes them
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, a #GFileError or a #GIOErrorEnum
 *
 * Reads the statement in a file. It may be called in any thread.
 *
 * Returns: (transfer full): the statement, or %NULL
 */
BudgetStatement *
budget_statement_read_file (const char *path,
                            BudgetStatementFormat format,
                            const char *const *map,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) cause = NULL;
  char *contents;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_file (path, error))
    return NULL;

  /* GLib's message names the file, but our callers add the name themselves. */
  if (!g_file_get_contents (path, &contents, &length, &cause))
    {
      const char *colon = g_strrstr (cause->message, ": ");

      g_set_error_literal (error, cause->domain, cause->code,
                           colon != NULL ? colon + 2 : cause->message);
      return NULL;
    }

  bytes = g_bytes_new_take (contents, length);
  return budget_statement_read (bytes, format, map, cancellable, error);
}

/**
 * budget_statement_read_again:
 * @self: a statement from a table
 * @map: (array zero-terminated=1): corrections, as budget_csv_layout_map()
 *   takes them
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError or a #GIOErrorEnum
 *
 * Reads the same table with corrections. The file is not needed for that. It may
 * be called in any thread.
 *
 * Returns: (transfer full): another statement, or %NULL
 */
BudgetStatement *
budget_statement_read_again (BudgetStatement *self,
                             const char *const *map,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (BudgetCsvTable) table = NULL;
  g_autoptr (BudgetCsvLayout) layout = NULL;
  BudgetStatement *again;

  g_return_val_if_fail (BUDGET_IS_STATEMENT (self), NULL);
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (budget_statement_get_table (self)), NULL);
  g_return_val_if_fail (map != NULL, NULL);

  table = budget_csv_table_dup (BUDGET_CSV_TABLE (budget_statement_get_table (self)));
  layout = budget_csv_layout_detect_mapped (table, map, error);
  if (layout == NULL)
    return NULL;

  again = budget_csv_layout_read (layout, table, cancellable, error);
  if (again != NULL)
    budget_statement_set_reading (again, budget_statement_get_signature (self), map);
  return again;
}

/**
 * budget_statement_preview_file:
 * @path: (type filename): a file that could not be read
 * @map: (nullable) (array zero-terminated=1): corrections, as
 *   budget_csv_layout_map() takes them
 *
 * Reads the start of a table in which no transactions were found, so that the user can
 * tell which columns they are in. It may be called in any thread.
 *
 * Returns: (transfer full) (nullable): its first lines, with a layout; %NULL
 *   if it is no text, or of another kind
 */
BudgetStatement *
budget_statement_preview_file (const char *path, const char *const *map)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BudgetCsvTable) table = NULL;
  g_autoptr (BudgetCsvLayout) layout = NULL;
  char *contents;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_file (path, NULL) || !g_file_get_contents (path, &contents, &length, NULL))
    return NULL;

  bytes = g_bytes_new_take (contents, length);
  if (length == 0 ||
      find_reader (bytes, BUDGET_STATEMENT_FORMAT_AUTO)->format != BUDGET_STATEMENT_FORMAT_CSV)
    return NULL;

  table = budget_csv_table_new (bytes);
  layout = budget_csv_layout_detect_partly (table, map);
  return layout != NULL ? budget_csv_layout_preview (layout, table) : NULL;
}
