/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"
#include "orm-loader-private.h"
#include "orm-query-private.h"

#include <string.h>

/*
 * Turns queries into SQL. A condition over a relationship becomes a sub-select
 * for the keys of the other side, which never multiplies rows and uses the
 * index of the foreign key.
 */

static void
add_parameter (OrmQuerySql *sql, GString *text, const OrmValue *value)
{
  OrmValue copy = _orm_value_copy (value);

  g_string_append_printf (text, "##p%u::%s", sql->parameters->len,
                          value->is_text ? "string" : "gint64");
  g_array_append_val (sql->parameters, copy);
}

static void
add_text_parameter (OrmQuerySql *sql, GString *text, const char *parameter)
{
  OrmValue value = { .is_text = TRUE, .text = (char *) parameter };

  add_parameter (sql, text, &value);
}

/*
 * The escape character is "!" because libgda's parser interprets a backslash in
 * a quoted text.
 */
static char *
like_pattern (const char *text, OrmOperator op)
{
  GString *pattern = g_string_new (op == ORM_CONTAINS ? "%" : "");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '%' || *p == '_' || *p == '!')
        g_string_append_c (pattern, '!');
      g_string_append_c (pattern, *p);
    }

  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

static void
append_like (OrmQuerySql *sql, GString *text, const char *column, const OrmTerm *term)
{
  g_string_append_c (text, '(');
  for (guint i = 0; i < term->texts->len; i++)
    {
      g_autofree char *pattern = like_pattern (g_ptr_array_index (term->texts, i), term->op);

      g_string_append_printf (text, "%s%s LIKE ", i > 0 ? " OR " : "", column);
      add_text_parameter (sql, text, pattern);
      g_string_append (text, " ESCAPE '!'");
    }
  g_string_append_c (text, ')');
}

static void
append_comparison (
  OrmQuerySql *sql, GString *text, const char *column, const OrmTerm *term, OrmPath *path)
{
  static const char *const operators[] = {
    [ORM_EQUAL] = "=",       [ORM_NOT_EQUAL] = "<>", [ORM_LESS] = "<",
    [ORM_LESS_EQUAL] = "<=", [ORM_GREATER] = ">",    [ORM_GREATER_EQUAL] = ">=",
  };
  const OrmColumn *definition = _orm_path_get_column (path);
  g_autofree char *stored = NULL;

  if (term->op == ORM_IN)
    {
      g_autofree char *keys = _orm_format_ids ((const gint64 *) term->keys->data, term->keys->len);

      g_string_append_printf (text, "%s IN (SELECT value FROM json_each(", column);
      add_text_parameter (sql, text, keys);
      g_string_append (text, "))");
      return;
    }

  if (term->value.is_null)
    {
      if (term->op == ORM_EQUAL || term->op == ORM_NOT_EQUAL)
        g_string_append_printf (text, "%s IS %sNULL", column,
                                term->op == ORM_NOT_EQUAL ? "NOT " : "");
      else
        g_string_append (text, "false");
      return;
    }

  if (term->texts != NULL)
    {
      append_like (sql, text, column, term);
      return;
    }

  g_string_append_printf (text, "%s %s ", column, operators[term->op]);
  if (definition == NULL || definition->type == ORM_COLUMN_TYPE_INT64 ||
      definition->type == ORM_COLUMN_TYPE_BOOLEAN)
    add_parameter (sql, text, &term->value);
  else
    {
      stored = _orm_value_to_storage (&term->value, definition);
      add_text_parameter (sql, text, stored);
    }
}

static const char *
slot_name (OrmMapper *mapper, gint slot)
{
  return slot >= 0 ? mapper->sql_names[slot] : "id";
}

/*
 * The first level from which a path has at most one end: the to-ones after the
 * last to-many, not counting a to-many that the path ends with.
 */
static guint
get_single_level (OrmPath *path)
{
  guint level = path->sides->len - (path->ends_with_members ? 1 : 0);

  while (level > 0 && ((const OrmSide *) g_ptr_array_index (path->sides, level - 1))->spec->kind ==
                        ORM_RELATIONSHIP_TO_ONE)
    level--;

  return level;
}

static void
append_condition (OrmQuerySql *sql, GString *text, const OrmTerm *term, OrmPath *path, guint level)
{
  g_autofree char *alias = level == 0 ? g_strdup ("t") : g_strdup_printf ("j%u", level);
  g_autofree char *column = NULL;
  const OrmSide *side;

  if (level == path->sides->len)
    {
      column = g_strdup_printf ("%s.%s", alias, slot_name (path->end, path->slot));
      append_comparison (sql, text, column, term, path);
      return;
    }

  /* The value is %NULL also if a to-one on the path is %NULL: negate that the
   * path leads to a value. */
  if (term->op == ORM_EQUAL && term->value.is_null && level == get_single_level (path))
    {
      OrmTerm has_value = *term;

      has_value.op = ORM_NOT_EQUAL;
      g_string_append_c (text, '(');
      append_condition (sql, text, &has_value, path, level);
      g_string_append (text, ") IS NOT TRUE");
      return;
    }

  side = g_ptr_array_index (path->sides, level);
  if (_orm_side_has_links (side))
    {
      g_string_append_printf (text, "%s.id ", alias);
      _orm_dialect_append_linked (text, side, level + 1);
    }
  else if (side->spec->kind == ORM_RELATIONSHIP_TO_ONE)
    g_string_append_printf (text, "%s.%s IN (SELECT j%u.id FROM %s j%u WHERE ", alias,
                            side->sql_column, level + 1, side->target->sql_table, level + 1);
  else
    g_string_append_printf (text, "%s.id IN (SELECT j%u.%s FROM %s j%u WHERE ", alias, level + 1,
                            side->inverse->sql_column, side->target->sql_table, level + 1);

  append_condition (sql, text, term, path, level + 1);
  g_string_append_c (text, ')');
}

static void
append_term (OrmQuerySql *sql, const OrmTerm *term)
{
  g_string_append (sql->where, sql->where->len == 0 ? " WHERE " : " AND ");

  if (term->paths->len > 1)
    g_string_append_c (sql->where, '(');
  for (guint i = 0; i < term->paths->len; i++)
    {
      if (i > 0)
        g_string_append (sql->where, " OR ");
      append_condition (sql, sql->where, term, g_ptr_array_index (term->paths, i), 0);
    }
  if (term->paths->len > 1)
    g_string_append_c (sql->where, ')');
}

/*
 * A column of the row at the end of a path of to-ones, as an expression.
 */
static char *
end_expression (OrmPath *path, const char *name)
{
  GString *text = g_string_new (NULL);
  guint n = path->sides->len;

  if (n == 0)
    g_string_append_printf (text, "t.%s", name);
  else
    {
      g_string_append_printf (text, "(SELECT j%u.%s FROM ", n, name);
      for (guint i = 0; i < n; i++)
        {
          const OrmSide *side = g_ptr_array_index (path->sides, i);

          g_string_append_printf (text, "%s%s j%u", i > 0 ? ", " : "", side->target->sql_table,
                                  i + 1);
        }
      for (guint i = 0; i < n; i++)
        {
          const OrmSide *side = g_ptr_array_index (path->sides, i);

          g_string_append_printf (text, " %s j%u.id = ", i == 0 ? "WHERE" : "AND", i + 1);
          if (i == 0)
            g_string_append_printf (text, "t.%s", side->sql_column);
          else
            g_string_append_printf (text, "j%u.%s", i, side->sql_column);
        }
      g_string_append_c (text, ')');
    }

  return g_string_free (text, FALSE);
}

static char *
path_expression (OrmPath *path)
{
  return end_expression (path, slot_name (path->end, path->slot));
}

static void
append_order (GString *text, const OrmOrder *order)
{
  const OrmColumn *column = _orm_path_get_column (order->path);
  g_autofree char *expression = path_expression (order->path);

  g_string_append_printf (text, "%s%s%s, ", expression,
                          column != NULL && column->type == ORM_COLUMN_TYPE_TEXT ? " COLLATE NOCASE"
                                                                                 : "",
                          order->direction == ORM_DESCENDING ? " DESC" : "");
}

static gboolean
orders_by_id (OrmQuery *query)
{
  for (guint i = 0; i < query->orders->len; i++)
    {
      const OrmOrder *order = g_ptr_array_index (query->orders, i);

      if (order->path->sides->len == 0 && order->path->slot < 0)
        return TRUE;
    }

  return FALSE;
}

void
_orm_query_sql_init (OrmQuerySql *sql, OrmQuery *query)
{
  sql->where = g_string_new (NULL);
  sql->order = g_string_new (" ORDER BY ");
  sql->parameters = g_array_new (FALSE, FALSE, sizeof (OrmValue));
  g_array_set_clear_func (sql->parameters, (GDestroyNotify) _orm_value_clear);
  _orm_query_update_keys (query);

  for (guint i = 0; i < query->terms->len; i++)
    append_term (sql, g_ptr_array_index (query->terms, i));

  for (guint i = 0; i < query->orders->len; i++)
    append_order (sql->order, g_ptr_array_index (query->orders, i));

  if (orders_by_id (query))
    g_string_truncate (sql->order, sql->order->len - strlen (", "));
  else
    g_string_append (sql->order, "t.id");
}

void
_orm_query_sql_clear (OrmQuerySql *sql)
{
  if (sql->where == NULL)
    return;

  g_string_free (sql->where, TRUE);
  g_string_free (sql->order, TRUE);
  g_array_unref (sql->parameters);
}

static void
append_limit (GString *text, OrmQuery *query, guint limit)
{
  if (query->limit > 0)
    limit = limit > 0 ? MIN (limit, query->limit) : query->limit;

  if (limit > 0 || query->offset > 0)
    g_string_append_printf (text, " LIMIT %d", limit > 0 ? (int) limit : -1);
  if (query->offset > 0)
    g_string_append_printf (text, " OFFSET %u", query->offset);
}

/*
 * Selects the rows, at most @limit unless it is 0.
 */
char *
_orm_query_sql_rows (OrmQuery *query, OrmQuerySql *sql, guint limit)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "SELECT %s FROM %s t%s%s", query->mapper->select_list,
                          query->mapper->sql_table, sql->where->str, sql->order->str);
  append_limit (text, query, limit);
  return g_string_free (text, FALSE);
}

/*
 * Whether the query sorts first by a number or a date of the class itself,
 * which can be kept beside each id.
 */
gboolean
_orm_query_has_ranks (OrmQuery *query)
{
  const OrmOrder *order = query->orders->len > 0 ? g_ptr_array_index (query->orders, 0) : NULL;
  const OrmColumn *column = order != NULL ? _orm_path_get_column (order->path) : NULL;

  return column != NULL && order->path->sides->len == 0 &&
         (column->type == ORM_COLUMN_TYPE_INT64 || column->type == ORM_COLUMN_TYPE_DATE);
}

/*
 * Whether the path is the id, or a column or to-one of the class itself with an
 * index that can sort by it. Text is sorted ignoring case, but its index is
 * not.
 */
static gboolean
is_indexed (OrmPath *path)
{
  const OrmColumn *column = _orm_path_get_column (path);

  if (path->sides->len > 0)
    return FALSE;

  return column == NULL || (column->type != ORM_COLUMN_TYPE_TEXT &&
                            (column->flags & (ORM_COLUMN_INDEXED | ORM_COLUMN_UNIQUE)) != 0);
}

static gboolean
compares_slot (const OrmTerm *term, gint slot)
{
  const OrmPath *path = g_ptr_array_index (term->paths, 0);

  switch (term->op)
    {
    case ORM_EQUAL:
    case ORM_LESS:
    case ORM_LESS_EQUAL:
    case ORM_GREATER:
    case ORM_GREATER_EQUAL:
      return term->paths->len == 1 && path->sides->len == 0 && path->slot == slot;
    case ORM_NOT_EQUAL:
    case ORM_IN:
    case ORM_CONTAINS:
    case ORM_STARTS_WITH:
    default:
      return FALSE;
    }
}

/*
 * Whether an index has the rows of the result in order and next to each other,
 * so that reading the first ones takes the same time for a table of any size.
 */
gboolean
_orm_query_is_bounded (OrmQuery *query)
{
  const OrmOrder *first = query->orders->len > 0 ? g_ptr_array_index (query->orders, 0) : NULL;
  gint slot = first != NULL ? first->path->slot : -1;
  OrmDirection direction = ORM_ASCENDING;

  if (query->offset > 0 || (first != NULL && !is_indexed (first->path)))
    return FALSE;

  /* In an index, rows with the same value are in the order of their ids. */
  if (query->orders->len > 1)
    {
      const OrmOrder *second = g_ptr_array_index (query->orders, 1);

      if (second->path->sides->len > 0 || second->path->slot >= 0)
        return FALSE;
      direction = second->direction;
    }
  if (slot >= 0 && first->direction != direction)
    return FALSE;

  for (guint i = 0; i < query->terms->len; i++)
    if (!compares_slot (g_ptr_array_index (query->terms, i), slot))
      return FALSE;

  return TRUE;
}

/*
 * A date may be %NULL, which sorts first; a number may not.
 */
static const char *
get_null_rank (OrmPath *path)
{
  return _orm_path_get_column (path)->type == ORM_COLUMN_TYPE_DATE ? "0" : "'?'";
}

/*
 * Whether the result has all rows, sorted by an indexed date: then many rows
 * share one rank.
 */
static gboolean
has_few_ranks (OrmQuery *query, OrmQuerySql *sql)
{
  const OrmOrder *order = g_ptr_array_index (query->orders, 0);
  const OrmColumn *column = _orm_path_get_column (order->path);

  return column->type == ORM_COLUMN_TYPE_DATE && (column->flags & ORM_COLUMN_INDEXED) != 0 &&
         sql->where->len == 0 && query->limit == 0 && query->offset == 0;
}

/*
 * Selects all ids as one text, each distinct rank once as another, and the
 * number of ids of each rank as a third. Converting the rank of every row to
 * text would take longer than the ids.
 */
static char *
ids_by_rank (OrmQuery *query, OrmQuerySql *sql)
{
  const OrmOrder *order = g_ptr_array_index (query->orders, 0);
  const char *column = query->mapper->sql_names[order->path->slot];

  return g_strdup_printf (
    "SELECT (SELECT group_concat(id, ' ') FROM (SELECT t.id AS id FROM %s t%s)), "
    "group_concat(rank, ' '), group_concat(n, ' ') FROM "
    "(SELECT coalesce(t.%s, %s) AS rank, count(*) AS n FROM %s t GROUP BY t.%s ORDER BY t.%s%s)",
    query->mapper->sql_table, sql->order->str, column, get_null_rank (order->path),
    query->mapper->sql_table, column, column, order->direction == ORM_DESCENDING ? " DESC" : "");
}

/*
 * Selects all ids as one text. With ranks, selects the numbers or dates that
 * they are sorted by first as a second text, and as a third either %NULL or how
 * many ids have each of them.
 */
char *
_orm_query_sql_ids (OrmQuery *query, OrmQuerySql *sql, gboolean with_ranks)
{
  const OrmOrder *order = with_ranks ? g_ptr_array_index (query->orders, 0) : NULL;
  GString *text;

  if (with_ranks && has_few_ranks (query, sql))
    return ids_by_rank (query, sql);

  text = g_string_new ("SELECT group_concat(id, ' ')");
  if (with_ranks)
    g_string_append_printf (text,
                            ", group_concat(coalesce(rank, %s), ' '), NULL FROM (SELECT t.id AS "
                            "id, t.%s AS rank",
                            get_null_rank (order->path),
                            query->mapper->sql_names[order->path->slot]);
  else
    g_string_append (text, " FROM (SELECT t.id AS id");

  g_string_append_printf (text, " FROM %s t%s%s", query->mapper->sql_table, sql->where->str,
                          sql->order->str);
  append_limit (text, query, 0);
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

char *
_orm_query_sql_count (OrmQuery *query, OrmQuerySql *sql)
{
  return g_strdup_printf ("SELECT count(*) FROM %s t%s", query->mapper->sql_table, sql->where->str);
}

/*
 * An expression for whether sum() is valid. The sum is a real number if a value
 * is not an integer. A value of the class itself must not be %NULL either;
 * checking that reads nothing if the column is NOT NULL.
 */
static char *
is_sound (OrmQuery *query, OrmQuerySql *sql, OrmPath *path, const char *sum)
{
  g_autofree char *value = NULL;

  if (path->sides->len > 0)
    return g_strdup_printf ("typeof(sum(%s)) <> 'real'", sum);

  value = path_expression (path);
  return g_strdup_printf ("typeof(sum(%s)) <> 'real' AND NOT EXISTS (SELECT 1 FROM %s t%s %s "
                          "%s IS NULL)",
                          sum, query->mapper->sql_table, sql->where->str,
                          sql->where->len > 0 ? "AND" : "WHERE", value);
}

/*
 * Selects the sum, the number of rows, and whether the sum is valid.
 */
char *
_orm_query_sql_sum (OrmQuery *query, OrmQuerySql *sql, OrmPath *sum)
{
  g_autofree char *value = path_expression (sum);
  g_autofree char *sound = is_sound (query, sql, sum, value);

  return g_strdup_printf ("SELECT coalesce(sum(%s), 0), count(*), %s FROM %s t%s", value, sound,
                          query->mapper->sql_table, sql->where->str);
}

/*
 * The first and last date of a group; empty if it is not a text.
 */
static const char days[] =
  "CASE typeof(min(d)) WHEN 'text' THEN min(d) WHEN 'null' THEN NULL ELSE '' END, "
  "CASE typeof(max(d)) WHEN 'text' THEN max(d) WHEN 'null' THEN NULL ELSE '' END";

/*
 * Selects one row for each group: its key, sum and count, whether the sum is
 * valid, the type of the key and, for a date, the first and the last of the
 * group. The key is the id of the target for a to-one, and the number of the
 * month since the year 0 for a date.
 */
char *
_orm_query_sql_totals (OrmQuery *query, OrmQuerySql *sql, OrmPath *group, OrmPath *sum)
{
  g_autofree char *value = path_expression (sum);
  g_autofree char *path = path_expression (group);
  g_autofree char *sound = is_sound (query, sql, sum, "v");
  const OrmColumn *column = _orm_path_get_column (group);
  gboolean is_date = column != NULL && column->type == ORM_COLUMN_TYPE_DATE;
  g_autofree char *dated = g_strconcat (path, " AS d", NULL);
  g_autofree char *key = NULL;

  if (is_date)
    key = g_strdup_printf ("substr(%s, 1, 4) * 12 + substr(%s, 6, 2) - 1", path, path);
  else
    key = g_strdup (path);

  return g_strdup_printf ("SELECT k, coalesce(sum(v), 0), count(*), %s, typeof(k), %s FROM "
                          "(SELECT %s AS k, %s AS v%s%s FROM %s t%s) GROUP BY k",
                          sound, is_date ? days : "NULL, NULL", key, value, is_date ? ", " : "",
                          is_date ? dated : "", query->mapper->sql_table, sql->where->str);
}

static char *
fault_condition (OrmPath *path, const char *value)
{
  const OrmColumn *column = _orm_path_get_column (path);

  if (column == NULL)
    return g_strdup_printf ("%s IS NOT NULL AND (typeof(%s) <> 'integer' OR %s <= 0)", value, value,
                            value);

  if (column->type == ORM_COLUMN_TYPE_DATE)
    return g_strdup_printf (
      "%s IS NOT NULL AND (typeof(%s) <> 'text' OR %s IS NOT date(%s, '+0 days') OR %s < '0001')",
      value, value, value, value, value);

  return g_strdup_printf ("typeof(%s) NOT IN ('integer', '%s')", value,
                          path->sides->len > 0 ? "null" : "integer");
}

/*
 * Selects the id of a row at the end of a path whose value is invalid for the
 * column.
 */
char *
_orm_query_sql_fault (OrmQuery *query, OrmQuerySql *sql, OrmPath *path)
{
  g_autofree char *value = path_expression (path);
  g_autofree char *id = end_expression (path, "id");
  g_autofree char *condition = fault_condition (path, value);

  return g_strdup_printf ("SELECT %s FROM %s t%s %s %s LIMIT 1", id, query->mapper->sql_table,
                          sql->where->str, sql->where->len > 0 ? "AND" : "WHERE", condition);
}
