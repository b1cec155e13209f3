/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-connection.h"
#include "orm-foreign.h"

#include <glib/gstdio.h>
#include <string.h>

/* The file of another program, alone in a folder. */
typedef struct
{
  char *folder;
  char *path;
  OrmConnection *owner; /* the other program's connection, while it is open */
} Fixture;

static void
run (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  orm_connection_execute (self->owner, sql, &error);
  g_assert_no_error (error);
}

static void
leave (Fixture *self)
{
  orm_connection_close (self->owner);
  g_clear_object (&self->owner);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  self->folder = g_dir_make_tmp ("orm foreign %41?#XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "their book", NULL);
  uri = g_strconcat ("sqlite:", self->path, NULL);
  self->owner = orm_connection_open (uri, &error);
  g_assert_no_error (error);

  run (self, "CREATE TABLE books (guid TEXT PRIMARY KEY NOT NULL, title TEXT, pages BIGINT)");
  run (self, "INSERT INTO books VALUES ('b', 'Solaris', 204), ('a', NULL, 12345678901)");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (self->owner != NULL)
    leave (self);

  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Returns the names and contents of the folder's files. */
static char *
dup_folder (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names->pdata[i], NULL);
      g_autofree char *contents = NULL, *sum = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) contents, length);
      g_string_append_printf (text, "%s %s\n", (char *) names->pdata[i], sum);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
take_row (const char *const *values, gpointer data, GError **error)
{
  g_string_append_printf (data, "%s|%s|%s\n", values[0], values[1] != NULL ? values[1] : "-",
                          values[2]);
  return TRUE;
}

static const char *const columns[] = { "guid", "title", "pages", NULL };

static char *
read_books (OrmForeign *file)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  orm_foreign_read (file, "books", columns, take_row, text, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define BOOKS "b|Solaris|204\na|-|12345678901\n"

static void
test_reads_rows_by_the_name_of_a_column (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmForeign) file = NULL;
  g_autofree char *books = NULL;

  leave (self);
  file = orm_foreign_open (self->path, &error);
  g_assert_no_error (error);
  g_assert_true (orm_foreign_has_table (file, "books"));
  g_assert_false (orm_foreign_has_table (file, "authors"));
  books = read_books (file);
  g_assert_cmpstr (books, ==, BOOKS);
}

static void
test_reads_more_rows_than_one_page (Fixture *self, gconstpointer data)
{
  g_autoptr (OrmForeign) file = NULL;
  g_autofree char *books = NULL;
  g_auto (GStrv) lines = NULL;

  run (self, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4998) "
             "INSERT INTO books SELECT 'n' || i, 'T', i FROM n");
  leave (self);
  file = orm_foreign_open (self->path, NULL);
  books = read_books (file);
  lines = g_strsplit (books, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5001);
  g_assert_cmpstr (lines[4999], ==, "n4998|T|4998");
}

static void
check_leaves_no_trace (Fixture *self)
{
  g_autofree char *before = dup_folder (self);
  g_autofree char *after = NULL;
  g_autofree char *books = NULL;
  g_autofree char *during = NULL;
  g_autoptr (GError) error = NULL;
  OrmForeign *file = orm_foreign_open (self->path, &error);

  g_assert_no_error (error);
  books = read_books (file);
  g_assert_cmpstr (books, ==, BOOKS);
  during = dup_folder (self);
  orm_foreign_free (file);
  after = dup_folder (self);
  g_assert_cmpstr (during, ==, before);
  g_assert_cmpstr (after, ==, before);
}

static void
test_leaves_no_trace (Fixture *self, gconstpointer data)
{
  leave (self);
  check_leaves_no_trace (self);

  /* As on a read-only medium. */
  g_assert_cmpint (g_chmod (self->folder, 0500), ==, 0);
  check_leaves_no_trace (self);
  g_chmod (self->folder, 0700);
}

static void
test_leaves_no_trace_while_it_is_open (Fixture *self, gconstpointer data)
{
  check_leaves_no_trace (self);
}

static void
set_wal (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  /* The first transaction turns on write-ahead logging. */
  orm_connection_begin (self->owner, &error);
  g_assert_no_error (error);
  run (self, "INSERT INTO books VALUES ('c', 'Eden', 1)");
  run (self, "DELETE FROM books WHERE guid = 'c'");
  orm_connection_commit (self->owner, &error);
  g_assert_no_error (error);
}

static void
test_leaves_no_trace_beside_a_file_with_a_log (Fixture *self, gconstpointer data)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);

  set_wal (self);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  leave (self);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  check_leaves_no_trace (self);
}

static void
test_refuses_a_file_with_an_unmerged_log (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  set_wal (self);
  before = dup_folder (self);
  g_assert_null (orm_foreign_open (self->path, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_BUSY);
  after = dup_folder (self);
  g_assert_cmpstr (after, ==, before);
}

static void
test_cannot_write (Fixture *self, gconstpointer data)
{
  g_autofree char *missing = g_strconcat (self->path, " missing", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (orm_foreign_open (missing, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
}

static void
test_names_a_missing_column (Fixture *self, gconstpointer data)
{
  static const char *const wrong[] = { "guid", "colour", "pages", NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmForeign) file = NULL;

  leave (self);
  file = orm_foreign_open (self->path, NULL);
  g_assert_false (orm_foreign_read (file, "authors", columns, take_row, text, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* SQLite reads an unknown name in double quotes as text. */
  g_assert_false (orm_foreign_read (file, "books", wrong, take_row, text, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND);
  g_assert_cmpstr (text->str, ==, "");
}

static void
test_ignores_views_and_generated_columns (Fixture *self, gconstpointer data)
{
  g_autoptr (OrmForeign) file = NULL;

  run (self, "CREATE VIEW for_ever AS WITH RECURSIVE n (guid) AS (SELECT 1 UNION ALL "
             "SELECT guid + 1 FROM n) SELECT guid, guid AS title, guid AS pages FROM n");
  run (self, "CREATE TABLE made (guid TEXT, title TEXT AS (guid || guid), pages)");
  leave (self);
  file = orm_foreign_open (self->path, NULL);
  g_assert_false (orm_foreign_has_table (file, "for_ever"));
  g_assert_false (orm_foreign_has_table (file, "made"));
}

static gboolean
stop (const char *const *values, gpointer data, GError **error)
{
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_DENIED, "Enough");
  return FALSE;
}

static void
test_callback_can_stop (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmForeign) file = NULL;

  leave (self);
  file = orm_foreign_open (self->path, NULL);
  g_assert_false (orm_foreign_read (file, "books", columns, stop, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DENIED);
}

static void
test_refuses_columns_named_like_row_ids (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmForeign) file = NULL;

  run (self, "CREATE TABLE odd (rowid TEXT, guid, title, pages)");
  run (self, "INSERT INTO odd VALUES ('5', 1, 2, 3), ('5', 1, 2, 3)");
  leave (self);
  file = orm_foreign_open (self->path, NULL);
  g_assert_false (orm_foreign_read (file, "odd", columns, take_row, text, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CORRUPT);
}

/* Each page of the file in turn is replaced by zeroes or by another page. */
static void
test_survives_damage (Fixture *self, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  run (self, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 998) "
             "INSERT INTO books SELECT 'n' || i, 'T', i FROM n");
  leave (self);
  g_file_get_contents (self->path, &contents, &length, NULL);
  g_assert_cmpuint (length % 4096, ==, 0);

  for (gsize page = 0; page < length / 4096; page++)
    for (guint way = 0; way < 3; way++)
      {
        g_autofree char *damaged = g_memdup2 (contents, length);
        g_autoptr (GString) text = g_string_new (NULL);
        g_autoptr (GError) error = NULL;
        g_autoptr (OrmForeign) file = NULL;

        if (way == 0)
          memset (damaged + page * 4096, 0, 4096);
        else if (way == 1)
          memcpy (damaged + page * 4096, contents + 4096, 4096);
        g_file_set_contents (self->path, damaged, (gssize) (way == 2 ? page * 4096 + 100 : length),
                             NULL);

        file = orm_foreign_open (self->path, &error);
        if (file != NULL)
          orm_foreign_read (file, "books", columns, take_row, text, &error);
        g_assert_true (error != NULL || g_str_has_suffix (text->str, "n998|T|998\n"));
      }
}

#define ADD(name, test) g_test_add ("/orm/foreign/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("reads-rows-by-the-name-of-a-column", test_reads_rows_by_the_name_of_a_column);
  ADD ("reads-more-rows-than-one-page", test_reads_more_rows_than_one_page);
  ADD ("leaves-no-trace", test_leaves_no_trace);
  ADD ("leaves-no-trace-while-it-is-open", test_leaves_no_trace_while_it_is_open);
  ADD ("leaves-no-trace-beside-a-file-with-a-log", test_leaves_no_trace_beside_a_file_with_a_log);
  ADD ("refuses-a-file-with-an-unmerged-log", test_refuses_a_file_with_an_unmerged_log);
  ADD ("cannot-write", test_cannot_write);
  ADD ("names-a-missing-column", test_names_a_missing_column);
  ADD ("ignores-views-and-generated-columns", test_ignores_views_and_generated_columns);
  ADD ("callback-can-stop", test_callback_can_stop);
  ADD ("refuses-columns-named-like-row-ids", test_refuses_columns_named_like_row_ids);
  ADD ("survives-damage", test_survives_damage);

  return g_test_run ();
}
