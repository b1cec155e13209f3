/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-connection-private.h"

/*
 * What a program does with a database as a whole: whose it is, whether it is
 * sound, a copy of it.
 */

/**
 * orm_connection_is_empty:
 * @self: a connection
 * @is_empty: (out): whether there is no table yet
 * @error: return location for an #OrmError
 *
 * Returns: %TRUE if it could be read
 */
gboolean
orm_connection_is_empty (OrmConnection *self, gboolean *is_empty, GError **error)
{
  gint64 n_tables;

  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (is_empty != NULL, FALSE);

  if (!_orm_connection_select_int64 (self, "SELECT count(*) FROM sqlite_master", NULL, 0, &n_tables,
                                     error))
    return FALSE;

  *is_empty = n_tables == 0;
  return TRUE;
}

/**
 * orm_connection_get_schema_version:
 * @self: a connection
 * @application_id: (out): the program that made the database, 0 if unknown
 * @version: (out): the version of its schema
 * @error: return location for an #OrmError
 *
 * Reads the two numbers that SQLite keeps for the program that uses it
 * (`PRAGMA application_id` and `PRAGMA user_version`).
 *
 * Returns: %TRUE if they could be read
 */
gboolean
orm_connection_get_schema_version (OrmConnection *self,
                                   gint *application_id,
                                   gint *version,
                                   GError **error)
{
  gint64 id, number;

  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (application_id != NULL && version != NULL, FALSE);

  if (!_orm_connection_select_int64 (self, "PRAGMA application_id", NULL, 0, &id, error) ||
      !_orm_connection_select_int64 (self, "PRAGMA user_version", NULL, 0, &number, error))
    return FALSE;

  *application_id = (gint) id;
  *version = (gint) number;
  return TRUE;
}

/**
 * orm_connection_set_schema_version:
 * @self: a connection
 * @application_id: the program
 * @version: the version of its schema
 * @error: return location for an #OrmError
 *
 * Writes the two numbers; inside a transaction they follow its end.
 *
 * Returns: %TRUE if they were written
 */
gboolean
orm_connection_set_schema_version (OrmConnection *self,
                                   gint application_id,
                                   gint version,
                                   GError **error)
{
  g_autofree char *set_id = g_strdup_printf ("PRAGMA application_id=%d", application_id);
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version=%d", version);

  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);

  return _orm_connection_control (self, set_id, error) &&
         _orm_connection_control (self, set_version, error);
}

/**
 * orm_connection_check:
 * @self: a connection
 * @problems: (element-type utf8): takes a line for each thing that is wrong
 * @error: return location for an #OrmError
 *
 * Checks the pages and indexes of the database and all foreign keys.
 *
 * Returns: %TRUE if the check could be made, whatever it found
 */
gboolean
orm_connection_check (OrmConnection *self, GPtrArray *problems, GError **error)
{
  static const OrmRead integrity_reads[] = { ORM_READ_TEXT };
  static const OrmRead key_reads[] = { ORM_READ_TEXT, ORM_READ_INT64, ORM_READ_TEXT };
  g_autoptr (OrmResult) integrity = NULL, keys = NULL;

  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  integrity =
    _orm_connection_select (self, "PRAGMA integrity_check", NULL, 0, integrity_reads, 1, error);
  if (integrity == NULL)
    return FALSE;

  for (guint i = 0; i < _orm_result_get_n_rows (integrity); i++)
    if (g_strcmp0 (_orm_result_get_text (integrity, i, 0), "ok") != 0)
      g_ptr_array_add (problems, g_strdup (_orm_result_get_text (integrity, i, 0)));

  keys =
    _orm_connection_select (self, "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check",
                            NULL, 0, key_reads, 3, error);
  if (keys == NULL)
    return FALSE;

  for (guint i = 0; i < _orm_result_get_n_rows (keys); i++)
    g_ptr_array_add (problems,
                     g_strdup_printf ("row %" G_GINT64_FORMAT " of %s refers to a row of %s that "
                                      "is not there",
                                      _orm_result_get_int64 (keys, i, 1),
                                      _orm_result_get_text (keys, i, 0),
                                      _orm_result_get_text (keys, i, 2)));
  return TRUE;
}

/**
 * orm_connection_backup:
 * @self: a connection
 * @path: (type filename): where to; no file may be there
 * @error: return location for an #OrmError
 *
 * Writes a copy of the database as it is committed. Copying the file itself
 * would let another program write into the middle of it.
 *
 * Returns: %TRUE if the copy is complete
 */
gboolean
orm_connection_backup (OrmConnection *self, const char *path, GError **error)
{
  OrmValue parameter = { .is_text = TRUE, .text = (char *) path };

  g_return_val_if_fail (ORM_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return _orm_connection_execute (self, "VACUUM INTO ##p0::string", &parameter, 1, error) >= 0;
}
