/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-query-model-private.h"
#include "orm-session-private.h"
#include "orm-session-query.h"
#include "orm-statement-private.h"
#include "orm-totals-private.h"
#include "orm-unit-of-work-private.h"

static gboolean
check_query (OrmSession *self, OrmQuery *query, GError **error)
{
  if (query->error != NULL)
    {
      if (error != NULL)
        *error = g_error_copy (query->error);
      return FALSE;
    }

  if (_orm_session_get_mapper (self, query->mapper->type) == NULL)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_MAPPING,
                   "%s is not among the classes of the session", g_type_name (query->mapper->type));
      return FALSE;
    }

  return _orm_session_check_usable (self, error);
}

/**
 * orm_session_find:
 * @self: a session
 * @query: a query
 * @error: return location for an #OrmError
 *
 * Runs a query. A short result is read in one statement. Of a long one only the
 * ids are read, and rows when their items are requested.
 *
 * Returns: (transfer full) (type OrmQueryModel): the result, which does not
 *   follow later changes, or %NULL
 */
GListModel *
orm_session_find (OrmSession *self, OrmQuery *query, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);
  g_return_val_if_fail (ORM_IS_QUERY (query), NULL);

  if (!check_query (self, query, error))
    return NULL;

  return (GListModel *) _orm_query_model_new (self, query, ORM_SNAPSHOT, error);
}

/**
 * orm_session_find_first:
 * @self: a session
 * @query: a query
 * @error: return location for an #OrmError
 *
 * Runs a query and returns the first entity of its result.
 *
 * Returns: (transfer full) (nullable) (type OrmEntity): the entity; %NULL
 *   without @error set if there is none
 */
gpointer
orm_session_find_first (OrmSession *self, OrmQuery *query, GError **error)
{
  g_autoptr (OrmQuery) first = NULL;
  g_autoptr (GListModel) list = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);
  g_return_val_if_fail (ORM_IS_QUERY (query), NULL);

  first = orm_query_copy (query);
  orm_query_limit (first, 1, query->offset);
  list = orm_session_find (self, first, error);
  return list != NULL ? g_list_model_get_item (list, 0) : NULL;
}

/**
 * orm_session_count:
 * @self: a session
 * @query: a query; its limit is ignored
 * @n_rows: (out): the number of rows
 * @error: return location for an #OrmError
 *
 * Counts the rows that match a query, in the database.
 *
 * Returns: %TRUE if it did
 */
gboolean
orm_session_count (OrmSession *self, OrmQuery *query, guint64 *n_rows, GError **error)
{
  g_auto (OrmQuerySql) sql = { 0 };
  g_autofree char *text = NULL;
  gint64 count;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (ORM_IS_QUERY (query), FALSE);
  g_return_val_if_fail (n_rows != NULL, FALSE);

  if (!check_query (self, query, error) || !_orm_session_autoflush (self, error))
    return FALSE;

  _orm_query_sql_init (&sql, query);
  text = _orm_query_sql_count (query, &sql);
  if (!_orm_connection_select_int64 (orm_session_get_connection (self), text,
                                     (const OrmValue *) sql.parameters->data, sql.parameters->len,
                                     &count, error))
    return FALSE;

  *n_rows = (guint64) count;
  return TRUE;
}

/**
 * orm_session_observe:
 * @self: a session
 * @query: a query
 * @error: return location for an #OrmError
 *
 * Runs a query and keeps its result in step with the session: exact splices are
 * emitted when an entity begins or ceases to match or moves in the order.
 *
 * The result is read at once if the database is in memory or small (up to 1
 * MiB), if the query has prefetches, because the list then holds all its
 * entities anyway, and if the query depends on uncommitted changes that cannot
 * be evaluated in memory. Otherwise it is read in the background while
 * #OrmQueryModel:loading is %TRUE. Until then the list is empty, or has its
 * first rows if an index has them in the query's order: that of ids, or of one
 * indexed column or to-one of the class itself that is not a text, with no
 * conditions except on that column.
 *
 * A mistake in the query sets @error. A read that fails sets
 * #OrmQueryModel:error and emits #OrmSession::load-failed; it is repeated after
 * the next commit of another program, or by orm_query_model_load().
 *
 * Returns: (transfer full) (type OrmQueryModel): the live result, or %NULL
 */
GListModel *
orm_session_observe (OrmSession *self, OrmQuery *query, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);
  g_return_val_if_fail (ORM_IS_QUERY (query), NULL);

  if (!check_query (self, query, error))
    return NULL;

  return (GListModel *) _orm_query_model_new (self, query, ORM_LIVE, error);
}

/**
 * orm_session_sum:
 * @self: a session
 * @query: a query
 * @path: the number to sum; it may lead over to-ones
 * @sum: (out): the sum, 0 over no rows
 * @n_rows: (out) (optional): the number of rows
 * @error: return location for an #OrmError
 *
 * Sums a number over the rows that match a query, in the database. The sum is
 * of integers and exact; one that exceeds 64 bits is an error.
 *
 * Returns: %TRUE if it did
 */
gboolean
orm_session_sum (
  OrmSession *self, OrmQuery *query, const char *path, gint64 *sum, guint64 *n_rows, GError **error)
{
  OrmStatement statement;
  OrmPath *value;
  guint64 n_found;
  gboolean is_read;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (ORM_IS_QUERY (query), FALSE);
  g_return_val_if_fail (path != NULL && sum != NULL, FALSE);

  if (!check_query (self, query, error) || !_orm_session_autoflush (self, error))
    return FALSE;

  value = _orm_path_parse_number (query->mapper, path, error);
  if (value == NULL)
    return FALSE;

  _orm_statement_init_sum (&statement, query, value);
  _orm_path_free (value);
  is_read =
    _orm_statement_run_sum (&statement, orm_session_get_connection (self), sum, &n_found, error);
  _orm_statement_clear (&statement);
  if (is_read && n_rows != NULL)
    *n_rows = n_found;
  return is_read;
}

/**
 * orm_session_observe_totals:
 * @self: a session
 * @query: a query
 * @group_path: a to-one, or a date followed by `.month`
 * @sum_path: a number of the class itself
 * @error: return location for an #OrmError
 *
 * Sums by group, and keeps the sums in step with the session.
 *
 * The totals are read like the list of orm_session_observe(): at once if the
 * database is in memory or small or if any of the rows is uncommitted,
 * otherwise in the background. Until then #OrmTotals:loading is %TRUE and there
 * are no groups.
 *
 * Returns: (transfer full): the live totals, or %NULL
 */
OrmTotals *
orm_session_observe_totals (
  OrmSession *self, OrmQuery *query, const char *group_path, const char *sum_path, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);
  g_return_val_if_fail (ORM_IS_QUERY (query), NULL);
  g_return_val_if_fail (group_path != NULL && sum_path != NULL, NULL);

  if (!check_query (self, query, error))
    return NULL;

  return _orm_totals_new (self, query, group_path, sum_path, error);
}
