/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book.h"
#include "budget-error.h"
#include "budget-foreign-reader.h"
#include "budget-gnucash-private.h"
#include "budget-homebank-reader-private.h"
#include "budget-xml-reader.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/*
 * Finds the reader for another program's book by the beginning of the file.
 */

#define START_LENGTH 4096
#define MAX_FILE_SIZE (G_GINT64_CONSTANT (512) * 1024 * 1024)

/* Where SQLite's header says which program made a database, high byte first.
 * https://www.sqlite.org/fileformat.html#the_database_header */
#define SQLITE_MAGIC "SQLite format 3"
#define SQLITE_APPLICATION_ID 68

typedef BudgetForeignBook *(*ReadFunc) (const char *path,
                                        const char *currency,
                                        GCancellable *cancellable,
                                        GError **error);

static gsize
read_start (const char *path, char *start)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  GStatBuf info;
  FILE *file;
  gsize length;

  /* Reading a pipe could block. */
  if (g_stat (absolute, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > MAX_FILE_SIZE)
    return 0;

  file = g_fopen (absolute, "rbe");
  if (file == NULL)
    return 0;

  length = fread (start, 1, START_LENGTH, file);
  fclose (file);
  start[length] = '\0';
  return length;
}

static gboolean
is_other_database (const char *start, gsize length)
{
  const guchar *id = (const guchar *) start + SQLITE_APPLICATION_ID;

  return length >= 100 && memcmp (start, SQLITE_MAGIC, sizeof SQLITE_MAGIC) == 0 &&
         (id[0] << 24 | id[1] << 16 | id[2] << 8 | id[3]) != BUDGET_BOOK_APPLICATION_ID;
}

static ReadFunc
find_reader (const char *path)
{
  char start[START_LENGTH + 1];
  gsize length = read_start (path, start);
  g_autofree char *text = NULL;

  if (is_other_database (start, length))
    return _budget_gnucash_is_database (path) ? _budget_gnucash_read_database : NULL;

  text = budget_xml_dup_start (start, length);
  if (strstr (text, "<homebank") != NULL)
    return _budget_homebank_read;
  if (strstr (text, "<gnc-v2") != NULL)
    return _budget_gnucash_read_xml;

  return NULL;
}

/**
 * budget_foreign_reader_knows:
 * @path: (type filename): where a file is
 *
 * Looks at the beginning of a file. The file must not be a book that is open in
 * this program: closing it would drop SQLite's locks.
 *
 * Returns: whether it is another program's whole book
 */
gboolean
budget_foreign_reader_knows (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return find_reader (path) != NULL;
}

/**
 * budget_foreign_reader_read_file:
 * @path: (type filename): where the file is
 * @currency: (nullable): the currency of the book that the file is migrated
 *   into, an ISO 4217 code; %NULL if that book is empty
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError or a #GIOErrorEnum
 *
 * Reads a whole book of HomeBank or of GnuCash (its XML, plain or compressed,
 * and its SQLite files). The file is not written, whether or not its program
 * has it open. It may be called in any thread.
 *
 * Returns: (transfer full): the book, or %NULL
 */
BudgetForeignBook *
budget_foreign_reader_read_file (const char *path,
                                 const char *currency,
                                 GCancellable *cancellable,
                                 GError **error)
{
  ReadFunc read;

  g_return_val_if_fail (path != NULL, NULL);

  read = find_reader (path);
  if (read == NULL)
    {
      budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                     _("The file is not a HomeBank or GnuCash book"));
      return NULL;
    }

  return read (path, currency, cancellable, error);
}
