/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-query-model-private.h"

/* A list of up to this many is read with its rows. */
#define SHORT_LIST 256

static OrmResult *
select_rows (OrmQueryModel *self, const char *text, OrmQuerySql *sql, GError **error)
{
  return _orm_connection_select (orm_session_get_connection (self->session), text,
                                 (const OrmValue *) sql->parameters->data, sql->parameters->len,
                                 self->query->mapper->reads, self->query->mapper->n_reads, error);
}

/*
 * A row that cannot be read is told when somebody looks at it, unless that is
 * now: to prefetch from it. Until then it has the rank of the one before, so
 * that ranks are in order.
 */
static gboolean
take_rows (OrmQueryModel *self, OrmResult *result, OrmKeys *keys, GError **error)
{
  OrmMapper *mapper = self->query->mapper;
  OrmRowCache *rows = _orm_session_get_rows (self->session, mapper);
  const OrmOrder *order =
    _orm_keys_has_ranks (keys) ? g_ptr_array_index (self->query->orders, 0) : NULL;

  gboolean is_strict = self->query->prefetches->len > 0;
  gint64 id, rank = 0;

  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    {
      OrmRow *row;

      if (!_orm_row_read_id (mapper, result, i, &id, error))
        return FALSE;

      row = _orm_row_cache_take_result (rows, result, i, is_strict ? error : NULL);
      if (row == NULL && is_strict)
        return FALSE;
      if (order != NULL && row != NULL)
        rank = _orm_query_rank_value (self->query, &row->values[order->path->slot]);
      _orm_keys_append (keys, id, rank);
    }

  return TRUE;
}

/*
 * Reads all ids by the statement of _orm_query_sql_ids(), with their ranks if
 * @keys have some. Any thread may do that that has a connection of its own.
 */
gboolean
_orm_query_read_ids (OrmConnection *connection,
                     OrmMapper *mapper,
                     const char *text,
                     GArray *parameters,
                     OrmKeys *keys,
                     GError **error)
{
  static const OrmRead reads[] = { ORM_READ_TEXT, ORM_READ_TEXT, ORM_READ_TEXT };
  gboolean has_ranks = _orm_keys_has_ranks (keys);
  g_autoptr (OrmResult) result =
    _orm_connection_select (connection, text, (const OrmValue *) parameters->data, parameters->len,
                            reads, has_ranks ? 3 : 1, error);

  if (result == NULL)
    return FALSE;

  if (_orm_result_get_text (result, 0, 0) == NULL)
    return TRUE;

  return _orm_parse_keys (mapper, _orm_result_get_text (result, 0, 0),
                          has_ranks ? _orm_result_get_text (result, 0, 1) : NULL,
                          has_ranks ? _orm_result_get_text (result, 0, 2) : NULL, keys, error);
}

/*
 * Reads a short result with its rows in one statement, of a long one the ids.
 */
gboolean
_orm_query_model_read (OrmQueryModel *self, OrmKeys *keys, GError **error)
{
  g_auto (OrmQuerySql) sql = { 0 };
  g_autoptr (OrmResult) result = NULL;
  g_autofree char *text = NULL, *ids_text = NULL;
  gboolean wants_all = self->query->prefetches->len > 0;

  _orm_query_sql_init (&sql, self->query);
  text = _orm_query_sql_rows (self->query, &sql, wants_all ? 0 : SHORT_LIST + 1);
  result = select_rows (self, text, &sql, error);
  if (result == NULL)
    return FALSE;

  if (wants_all || _orm_result_get_n_rows (result) <= SHORT_LIST)
    return take_rows (self, result, keys, error);

  ids_text = _orm_query_sql_ids (self->query, &sql, _orm_keys_has_ranks (keys));
  return _orm_query_read_ids (orm_session_get_connection (self->session), self->query->mapper,
                              ids_text, sql.parameters, keys, error);
}
