/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-backup-private.h"
#include "budget-book-error-private.h"
#include "budget-book-file-private.h"
#include "budget-book.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/*
 * A book's file, before and while it is opened.
 *
 * The file's header is checked before SQLite opens it, but not while this process
 * has the book open: closing another descriptor of the file would drop SQLite's
 * locks.
 */

/* Up to this size, all pages of a book are checked when it is opened. Checking a
 * larger one takes too long. */
#define CHECKED_SIZE (1024 * 1024)

/* The header of a database, see “Database File Format” in SQLite's manual. */
#define HEADER_SIZE 100
#define OFFSET_PAGE_SIZE 16
#define OFFSET_CHANGES 24
#define OFFSET_N_PAGES 28
#define OFFSET_VERSION 60
#define OFFSET_APPLICATION_ID 68
#define OFFSET_CHANGES_AT_N_PAGES 92

static const char magic[16] = "SQLite format 3";

/* How many open books of this process use each file. */
static GHashTable *open_files;

G_LOCK_DEFINE_STATIC (open_files);

static char *
dup_key (const char *path)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return NULL;

  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) info.st_dev,
                          (guint64) info.st_ino);
}

/*
 * Notes that a book has its file open.
 *
 * Returns: a key for _budget_book_release_file()
 */
char *
_budget_book_hold_file (const char *path)
{
  char *key = dup_key (path);
  guint n_books;

  if (key == NULL)
    return NULL;

  G_LOCK (open_files);
  if (open_files == NULL)
    open_files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  n_books = GPOINTER_TO_UINT (g_hash_table_lookup (open_files, key));
  g_hash_table_insert (open_files, g_strdup (key), GUINT_TO_POINTER (n_books + 1));
  G_UNLOCK (open_files);
  return key;
}

void
_budget_book_release_file (char *key)
{
  guint n_books;

  if (key == NULL)
    return;

  G_LOCK (open_files);
  n_books = GPOINTER_TO_UINT (g_hash_table_lookup (open_files, key));
  if (n_books > 1)
    g_hash_table_insert (open_files, g_strdup (key), GUINT_TO_POINTER (n_books - 1));
  else
    g_hash_table_remove (open_files, key);
  if (g_hash_table_size (open_files) == 0)
    g_clear_pointer (&open_files, g_hash_table_unref);
  G_UNLOCK (open_files);
  g_free (key);
}

/*
 * Whether the header is current: not if the book is open in this process, and
 * not while its write-ahead log has changes.
 */
static gboolean
can_read_header (const char *path)
{
  g_autofree char *key = dup_key (path);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  gboolean is_open;
  GStatBuf info;

  G_LOCK (open_files);
  is_open = open_files != NULL && key != NULL && g_hash_table_contains (open_files, key);
  G_UNLOCK (open_files);

  return !is_open && (g_stat (wal, &info) != 0 || info.st_size == 0);
}

static gboolean
refuse_errno (GError **error, const char *path, int code)
{
  g_autofree char *name = g_filename_display_basename (path);

  /* Translators: the name of a file, then what the system says. */
  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED,
               _("“%s” cannot be used as a book: %s"), name, g_strerror (code));
  return FALSE;
}

/*
 * Whether @path can be a book, judged by the kind of file and its permissions.
 */
static gboolean
check_file (const char *path, GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    {
      if (errno == ENOENT || errno == ENOTDIR)
        return _budget_book_refuse (
          error, BUDGET_ERROR_NOT_FOUND, path,
          _("is not there. Perhaps it was moved, or its disk is not connected."));

      return refuse_errno (error, path, errno);
    }

  if (S_ISDIR (info.st_mode))
    return _budget_book_refuse (error, BUDGET_ERROR_NOT_A_BOOK, path,
                                _("is a folder. Choose the book in it."));

  if (!S_ISREG (info.st_mode))
    return _budget_book_refuse (error, BUDGET_ERROR_NOT_A_BOOK, path,
                                _("is not a file. Choose another one."));

  if (g_access (path, R_OK) != 0)
    return _budget_book_refuse (
      error, BUDGET_ERROR_FAILED, path,
      _("cannot be read. Ask the person it belongs to, or change its permissions."));

  return TRUE;
}

static gboolean
refuse_foreign (const char *path, GError **error)
{
  return _budget_book_refuse (error, BUDGET_ERROR_NOT_A_BOOK, path,
                              _("is not a book of this program. Choose another file."));
}

static gboolean
refuse_damaged (const char *path, GError **error)
{
  g_autofree char *folder = _budget_book_dup_backup_folder ();
  g_autofree char *name = g_filename_display_name (folder);
  g_autofree char *what = NULL;

  /* Translators: goes on after the name of a book; %s is a folder. */
  what = g_strdup_printf (_("is damaged and was left as it is. Open a copy of it instead: copies "
                            "are kept in “%s”."),
                             name);
  return _budget_book_refuse (error, BUDGET_ERROR_DAMAGED_BOOK, path, what);
}

/*
 * SQLite reports the same error for a damaged database and for a file that is not
 * one. The file's first bytes tell them apart.
 */
static gboolean
word_opening (const char *path, GError *cause, GError **error)
{
  gboolean is_foreign = strstr (cause->message, "not a database") != NULL;

  if (g_error_matches (cause, ORM_ERROR, ORM_ERROR_CORRUPT))
    {
      g_error_free (cause);
      return is_foreign ? refuse_foreign (path, error) : refuse_damaged (path, error);
    }

  if (strstr (cause->message, "unable to open database file") != NULL)
    {
      g_error_free (cause);
      return _budget_book_refuse (
        error, BUDGET_ERROR_FAILED, path,
        _("cannot be opened where it is. Copy it to a folder of your own and open the copy."));
    }

  _budget_book_word_error (&cause);
  g_propagate_error (error, cause);
  return FALSE;
}

static gboolean
judge_version (int application_id, int version, const char *path, GError **error)
{
  if (application_id != BUDGET_BOOK_APPLICATION_ID)
    return refuse_foreign (path, error);

  if (version > BUDGET_BOOK_VERSION)
    return _budget_book_refuse (
      error, BUDGET_ERROR_NEWER_BOOK, path,
      _("was made by a newer version of this program. Update the program to open it."));

  return version >= 1 || refuse_damaged (path, error);
}

static guint32
get_number (const guint8 *header, guint offset)
{
  guint32 number;

  memcpy (&number, header + offset, sizeof number);
  return GUINT32_FROM_BE (number);
}

/*
 * Whether the file is as long as its header says.
 */
static gboolean
is_whole (const guint8 *header, goffset size)
{
  guint32 page_size = get_number (header, OFFSET_PAGE_SIZE) >> 16;

  /* The largest page does not fit into two bytes. */
  if (page_size == 1)
    page_size = 65536;

  if (get_number (header, OFFSET_CHANGES) != get_number (header, OFFSET_CHANGES_AT_N_PAGES))
    return TRUE;

  return (goffset) get_number (header, OFFSET_N_PAGES) * page_size <= size;
}

static gboolean
check_header (const char *path, GError **error)
{
  guint8 header[HEADER_SIZE];
  gboolean is_read;
  GStatBuf info;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    return refuse_errno (error, path, errno);

  is_read = read (fd, header, sizeof header) == (gssize) sizeof header;
  g_close (fd, NULL);

  if (!is_read || memcmp (header, magic, sizeof magic) != 0)
    return refuse_foreign (path, error);

  if (!judge_version ((int) get_number (header, OFFSET_APPLICATION_ID),
                      (int) get_number (header, OFFSET_VERSION), path, error))
    return FALSE;

  return g_stat (path, &info) != 0 || is_whole (header, info.st_size) ||
         refuse_damaged (path, error);
}

static gboolean
check_version (OrmConnection *connection, const char *path, int *version, GError **error)
{
  GError *cause = NULL;
  int application_id;

  if (!orm_connection_get_schema_version (connection, &application_id, version, &cause))
    return word_opening (path, cause, error);

  return judge_version (application_id, *version, path, error);
}

static gboolean
check_pages (OrmConnection *connection, const char *path, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  GError *cause = NULL;
  GStatBuf info;

  if (g_stat (path, &info) != 0 || info.st_size > CHECKED_SIZE)
    return TRUE;

  if (!orm_connection_check (connection, problems, &cause))
    return word_opening (path, cause, error);

  return problems->len == 0 || refuse_damaged (path, error);
}

/*
 * Opens a book's file. A file that is refused is not changed.
 */
OrmConnection *
_budget_book_open_file (const char *path, int *version, GError **error)
{
  g_autoptr (OrmConnection) connection = NULL;
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  GError *cause = NULL;

  if (!check_file (path, error) || (can_read_header (path) && !check_header (path, error)))
    return NULL;

  connection = orm_connection_open (uri, &cause);
  if (connection == NULL)
    {
      word_opening (path, cause, error);
      return NULL;
    }

  if (!check_version (connection, path, version, error) || !check_pages (connection, path, error))
    return NULL;

  return g_steal_pointer (&connection);
}

/*
 * Returns: the topmost folder of the path that does not exist
 */
static char *
find_missing_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *missing = NULL;

  while (!g_file_test (folder, G_FILE_TEST_EXISTS))
    {
      char *parent = g_path_get_dirname (folder);

      g_free (missing);
      missing = g_steal_pointer (&folder);
      folder = parent;
    }

  return g_steal_pointer (&missing);
}

/*
 * Creates an empty file for a new book that only its user can read, and the
 * folders above it. Fails if the file exists.
 *
 * Returns: the topmost folder that was created, or an empty text
 */
char *
_budget_book_claim_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *first_folder = find_missing_folder (path);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      refuse_errno (error, path, errno);
      return NULL;
    }

  fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      int code = errno;

      if (code == EEXIST)
        _budget_book_refuse (error, BUDGET_ERROR_FAILED, path,
                             _("is there already and was left as it is. Choose another name."));
      else
        refuse_errno (error, path, code);
      return NULL;
    }

  g_close (fd, NULL);
  return first_folder != NULL ? g_steal_pointer (&first_folder) : g_strdup ("");
}

/*
 * Removes what _budget_book_claim_file() created, except folders that are no
 * longer empty.
 */
void
_budget_book_abandon_file (const char *path, const char *first_folder)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *folder = g_path_get_dirname (path);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }

  while (*first_folder != '\0' && g_str_has_prefix (folder, first_folder) && g_rmdir (folder) == 0)
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }
}
