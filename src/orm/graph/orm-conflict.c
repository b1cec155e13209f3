/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-conflict-private.h"
#include "orm-loader-private.h"

/* Rows in one statement. */
#define CHUNK 1000

static gboolean
conflict (OrmMapper *mapper, gint64 id, const char *what, GError **error)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_STALE,
               "Row %" G_GINT64_FORMAT " of %s was %s by another program", id, mapper->table, what);
  return FALSE;
}

static gboolean
check_row (OrmMapper *mapper, const OrmExpectedRow *expected, const OrmRow *row, GError **error)
{
  if (row == NULL)
    return expected->is_absent || conflict (mapper, expected->id, "deleted", error);
  if (expected->is_absent)
    return conflict (mapper, expected->id, "added", error);

  for (guint i = 0; i < mapper->n_slots; i++)
    if ((expected->slots & ORM_SLOT_BIT (i)) != 0 &&
        !_orm_value_equal (&row->values[i], &expected->values[i]) &&
        (expected->wanted == NULL || !_orm_value_equal (&row->values[i], &expected->wanted[i])))
      {
        g_set_error (error, ORM_ERROR, ORM_ERROR_STALE,
                     "%s of row %" G_GINT64_FORMAT " of %s was changed by another program",
                     mapper->slot_names[i], row->id, mapper->table);
        return FALSE;
      }

  return TRUE;
}

/*
 * Reads the rows again into the cache. Rows that do not exist are not in the
 * cache afterwards.
 */
static gboolean
read_rows (OrmSession *session, OrmMapper *mapper, GArray *expected, guint from, GError **error)
{
  OrmRowCache *rows = _orm_session_get_rows (session, mapper);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = from; i < MIN (from + CHUNK, expected->len); i++)
    {
      gint64 id = g_array_index (expected, OrmExpectedRow, i).id;

      _orm_row_cache_remove (rows, id);
      g_array_append_val (ids, id);
    }

  return _orm_session_read_rows (session, mapper, ids, error);
}

/*
 * Checks that the rows of a class have the expected values. All detection of
 * conflicts with other programs uses this function. The caller has opened a
 * transaction, so that no other program can write between the check and the
 * write.
 *
 * Calls @found with each row that exists, in order.
 *
 * Returns: %FALSE with %ORM_ERROR_STALE for the first difference; the message
 *   names table, row and column
 */
gboolean
_orm_session_check_expected (OrmSession *session,
                             OrmMapper *mapper,
                             GArray *expected,
                             OrmExpectedFunc found,
                             gpointer data,
                             GError **error)
{
  for (guint i = 0; i < expected->len; i++)
    {
      const OrmExpectedRow *one = &g_array_index (expected, OrmExpectedRow, i);
      const OrmRow *row;

      if (i % CHUNK == 0 && !read_rows (session, mapper, expected, i, error))
        return FALSE;

      row = _orm_row_cache_lookup (_orm_session_get_rows (session, mapper), one->id);
      if (!check_row (mapper, one, row, error))
        return FALSE;
      if (row != NULL && found != NULL)
        found (data, i, row);
    }

  return TRUE;
}
