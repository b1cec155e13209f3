/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-loader-private.h"
#include "orm-query-private.h"

#include <string.h>

/*
 * Evaluates queries in memory, with the same result as SQL: whether an entity
 * matches a query, and how two entities are ordered.
 */

static gboolean
has_only_to_ones (OrmPath *path)
{
  for (guint i = 0; i < path->sides->len; i++)
    if (((const OrmSide *) g_ptr_array_index (path->sides, i))->spec->kind !=
        ORM_RELATIONSHIP_TO_ONE)
      return FALSE;

  return TRUE;
}

/*
 * Whether ids are compared with a number, or ordered against each other: a
 * pending entity has no id yet.
 */
static gboolean
compares_ids (const OrmTerm *term)
{
  return _orm_path_get_column (g_ptr_array_index (term->paths, 0)) == NULL &&
         (term->op == ORM_IN || !term->value.is_null) &&
         (term->entities == NULL || (term->op >= ORM_LESS && term->op <= ORM_GREATER_EQUAL));
}

/*
 * Whether the query can be evaluated in memory. It cannot if it leads over a
 * to-many, whose members need not be loaded, if it compares ids, or if it has a
 * limit, which depends on all other rows.
 */
gboolean
_orm_query_can_evaluate (OrmQuery *query)
{
  for (guint i = 0; i < query->terms->len; i++)
    {
      const OrmTerm *term = g_ptr_array_index (query->terms, i);

      if (compares_ids (term))
        return FALSE;

      for (guint j = 0; j < term->paths->len; j++)
        if (!has_only_to_ones (g_ptr_array_index (term->paths, j)))
          return FALSE;
    }

  return query->limit == 0 && query->offset == 0;
}

static gboolean
path_involves (OrmPath *path, OrmMapper *mapper)
{
  for (guint i = 0; i < path->sides->len; i++)
    if (((const OrmSide *) g_ptr_array_index (path->sides, i))->target == mapper)
      return TRUE;

  return FALSE;
}

/*
 * Whether a path of the query leads over entities of a class.
 */
gboolean
_orm_query_involves (OrmQuery *query, OrmMapper *mapper)
{
  for (guint i = 0; i < query->terms->len; i++)
    {
      const OrmTerm *term = g_ptr_array_index (query->terms, i);

      for (guint j = 0; j < term->paths->len; j++)
        if (path_involves (g_ptr_array_index (term->paths, j), mapper))
          return TRUE;
    }

  for (guint i = 0; i < query->orders->len; i++)
    if (path_involves (((const OrmOrder *) g_ptr_array_index (query->orders, i))->path, mapper))
      return TRUE;

  return FALSE;
}

static guint64
get_path_slots (OrmPath *path, OrmMapper *mapper)
{
  guint64 slots = 0;

  for (guint i = 0; i < path->sides->len; i++)
    {
      const OrmSide *next =
        i + 1 < path->sides->len ? g_ptr_array_index (path->sides, i + 1) : NULL;

      if (((const OrmSide *) g_ptr_array_index (path->sides, i))->target != mapper)
        continue;

      if (next == NULL && path->slot >= 0)
        slots |= ORM_SLOT_BIT (path->slot);
      else if (next != NULL && next->spec->kind == ORM_RELATIONSHIP_TO_ONE)
        slots |= ORM_SLOT_BIT (_orm_side_get_slot (next));
    }

  return slots;
}

/*
 * The slots of a class that the query's paths read in related entities: a
 * change of one of them can change whether other entities match, and their
 * order.
 */
guint64
_orm_query_get_related_slots (OrmQuery *query, OrmMapper *mapper)
{
  guint64 slots = 0;

  for (guint i = 0; i < query->terms->len; i++)
    {
      const OrmTerm *term = g_ptr_array_index (query->terms, i);

      for (guint j = 0; j < term->paths->len; j++)
        slots |= get_path_slots (g_ptr_array_index (term->paths, j), mapper);
    }

  for (guint i = 0; i < query->orders->len; i++)
    slots |=
      get_path_slots (((const OrmOrder *) g_ptr_array_index (query->orders, i))->path, mapper);

  return slots;
}

static OrmValue
get_end_value (OrmPath *path, OrmEntity *entity)
{
  if (path->slot < 0)
    return ORM_VALUE_INTEGER (_orm_entity_get_key (entity));

  return _orm_entity_get_slot (entity, (guint) path->slot);
}

static OrmValue
evaluate_from (OrmPath *path, OrmEntity *entity, guint level)
{
  for (guint i = level; i < path->sides->len; i++)
    {
      entity = _orm_entity_get_target (entity, g_ptr_array_index (path->sides, i), NULL);
      if (entity == NULL)
        return ORM_VALUE_NULL;
    }

  return get_end_value (path, entity);
}

/*
 * The value at the end of a path of to-ones; its text is borrowed.
 */
static OrmValue
evaluate (OrmPath *path, OrmEntity *entity)
{
  return evaluate_from (path, entity, 0);
}

/*
 * The same for a change, as a value that the caller owns. For related entities
 * only the present values are known, at either moment: a live query has to
 * notice their changes in another way.
 */
OrmValue
_orm_path_evaluate_change (OrmPath *path, const OrmChange *change, OrmMoment moment)
{
  g_autoptr (OrmEntity) target = NULL;
  OrmValue value, key;
  OrmSide *side;

  if (moment == ORM_NOW)
    {
      value = evaluate (path, change->entity);
      return _orm_value_copy (&value);
    }

  if (path->sides->len == 0)
    {
      value = path->slot < 0 ? ORM_VALUE_INTEGER (change->key)
                             : _orm_change_get_old_slot (change, (guint) path->slot);
      return _orm_value_copy (&value);
    }

  side = g_ptr_array_index (path->sides, 0);
  key = _orm_change_get_old_slot (change, _orm_side_get_slot (side));
  if (key.is_null)
    return ORM_VALUE_NULL;

  g_set_object (&target, _orm_change_get_old_target (change, side));
  if (target == NULL)
    g_set_object (&target, _orm_session_peek (change->session, side->target, key.integer));
  if (target == NULL && key.integer > 0)
    target = _orm_session_load_one (change->session, side->target, key.integer, NULL);
  if (target == NULL)
    return ORM_VALUE_NULL;

  value = evaluate_from (path, target, 1);
  return _orm_value_copy (&value);
}

static gboolean
equal_ignoring_case (const char *text, const char *other, gsize n)
{
  return g_ascii_strncasecmp (text, other, n) == 0;
}

static gboolean
contains (const char *text, const char *word)
{
  gsize n = strlen (word), length = strlen (text);

  for (gsize i = 0; i + n <= length; i++)
    if (equal_ignoring_case (text + i, word, n))
      return TRUE;

  return FALSE;
}

static gboolean
satisfies_text (const OrmTerm *term, const char *text)
{
  for (guint i = 0; i < term->texts->len; i++)
    {
      const char *word = g_ptr_array_index (term->texts, i);

      if (term->op == ORM_CONTAINS ? contains (text, word)
                                   : equal_ignoring_case (text, word, strlen (word)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
satisfies_in (const OrmTerm *term, const OrmValue *value)
{
  for (guint i = 0; i < term->keys->len; i++)
    if (!value->is_null && g_array_index (term->keys, gint64, i) == value->integer)
      return TRUE;

  return FALSE;
}

/*
 * An enumeration is stored and sorted by its nick.
 */
static int
compare_nicks (const OrmColumn *column, const OrmValue *a, const OrmValue *b)
{
  g_autofree char *left = _orm_value_to_storage (a, column);
  g_autofree char *right = _orm_value_to_storage (b, column);

  return strcmp (left, right);
}

/*
 * Compares two values that are not %NULL as SQL does, with regard to case.
 */
static int
compare_exactly (const OrmColumn *column, const OrmValue *a, const OrmValue *b)
{
  if (column != NULL && column->type == ORM_COLUMN_TYPE_ENUM)
    return compare_nicks (column, a, b);

  if (a->is_text)
    return strcmp (a->text, b->text);

  return (a->integer > b->integer) - (a->integer < b->integer);
}

static gboolean
satisfies_null (const OrmTerm *term, const OrmValue *value)
{
  return (term->op == ORM_EQUAL && value->is_null) ||
         (term->op == ORM_NOT_EQUAL && !value->is_null);
}

static gboolean
satisfies (const OrmTerm *term, const OrmColumn *column, const OrmValue *value)
{
  if (term->op == ORM_IN)
    return satisfies_in (term, value);

  if (term->value.is_null)
    return satisfies_null (term, value);

  if (value->is_null)
    return FALSE;

  switch (term->op)
    {
    case ORM_EQUAL:
      return _orm_value_equal (value, &term->value);
    case ORM_NOT_EQUAL:
      return !_orm_value_equal (value, &term->value);
    case ORM_LESS:
      return compare_exactly (column, value, &term->value) < 0;
    case ORM_LESS_EQUAL:
      return compare_exactly (column, value, &term->value) <= 0;
    case ORM_GREATER:
      return compare_exactly (column, value, &term->value) > 0;
    case ORM_GREATER_EQUAL:
      return compare_exactly (column, value, &term->value) >= 0;
    case ORM_CONTAINS:
    case ORM_STARTS_WITH:
      return satisfies_text (term, value->text);
    case ORM_IN:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
satisfies_any (const OrmTerm *term, const OrmChange *change, OrmMoment moment)
{
  for (guint i = 0; i < term->paths->len; i++)
    {
      OrmPath *path = g_ptr_array_index (term->paths, i);
      g_auto (OrmValue) value = _orm_path_evaluate_change (path, change, moment);

      if (satisfies (term, _orm_path_get_column (path), &value))
        return TRUE;
    }

  return FALSE;
}

/*
 * Whether the entity of a change matches the query at @moment: before or after
 * the change.
 */
gboolean
_orm_query_matches (OrmQuery *query, const OrmChange *change, OrmMoment moment)
{
  if (moment == ORM_NOW && change->kind == ORM_CHANGE_DELETED)
    return FALSE;

  if (moment == ORM_BEFORE && change->kind == ORM_CHANGE_INSERTED)
    return FALSE;

  for (guint i = 0; i < query->terms->len; i++)
    if (!satisfies_any (g_ptr_array_index (query->terms, i), change, moment))
      return FALSE;

  return TRUE;
}

/*
 * Entities without a row have negative keys, which count up. They come after
 * all ids, in the order in which they were created.
 */
static int
compare_keys (gint64 a, gint64 b)
{
  if ((a < 0) != (b < 0))
    return a < 0 ? 1 : -1;

  return (a > b) - (a < b);
}

static int
compare_values (const OrmColumn *column, const OrmValue *a, const OrmValue *b)
{
  if (a->is_null || b->is_null)
    return b->is_null - a->is_null;

  if (column == NULL)
    return compare_keys (a->integer, b->integer);

  return column->type == ORM_COLUMN_TYPE_ENUM ? compare_nicks (column, a, b)
                                              : _orm_value_compare (a, b);
}

/*
 * Compares two entities in the query's order.
 */
int
_orm_query_compare (OrmQuery *query, OrmEntity *a, OrmEntity *b)
{
  for (guint i = 0; i < query->orders->len; i++)
    {
      const OrmOrder *order = g_ptr_array_index (query->orders, i);
      OrmValue left = evaluate (order->path, a);
      OrmValue right = evaluate (order->path, b);
      int result = compare_values (_orm_path_get_column (order->path), &left, &right);

      if (result != 0)
        return order->direction == ORM_DESCENDING ? -result : result;
    }

  return compare_keys (_orm_entity_get_key (a), _orm_entity_get_key (b));
}

gint64
_orm_query_rank_value (OrmQuery *query, const OrmValue *value)
{
  const OrmOrder *order = g_ptr_array_index (query->orders, 0);
  GDate date;

  if (value->is_null)
    return 0;

  if (_orm_path_get_column (order->path)->type != ORM_COLUMN_TYPE_DATE)
    return value->integer;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) value->integer);
  return g_date_get_year (&date) * 10000 + g_date_get_month (&date) * 100 + g_date_get_day (&date);
}

/*
 * The number that the query sorts by first, see _orm_query_has_ranks().
 */
gint64
_orm_query_rank (OrmQuery *query, OrmEntity *entity)
{
  const OrmOrder *order = g_ptr_array_index (query->orders, 0);
  OrmValue value = _orm_entity_get_slot (entity, (guint) order->path->slot);

  return _orm_query_rank_value (query, &value);
}

/*
 * Whether a change of these slots can change an entity's position.
 */
gboolean
_orm_query_orders_by_slots (OrmQuery *query, guint64 slots)
{
  for (guint i = 0; i < query->orders->len; i++)
    {
      const OrmOrder *order = g_ptr_array_index (query->orders, i);
      guint64 bit;

      if (order->path->sides->len > 0)
        bit = ORM_SLOT_BIT (_orm_side_get_slot (g_ptr_array_index (order->path->sides, 0)));
      else
        bit = order->path->slot >= 0 ? ORM_SLOT_BIT (order->path->slot) : 0;

      if ((slots & bit) != 0)
        return TRUE;
    }

  return FALSE;
}

/*
 * Whether a result may be wrong beyond the entities that @watch remembers:
 * because related entities that the query reads have changed, or because the
 * query cannot be evaluated in memory.
 */
gboolean
_orm_query_is_invalidated (OrmQuery *query, OrmWatch *watch)
{
  gboolean can_evaluate = _orm_query_can_evaluate (query);
  GHashTableIter iter;
  gpointer mapper, slots;

  if (_orm_watch_has_rows_changed (watch))
    return TRUE;

  /* A query that can be evaluated in memory does not lead over links. */
  g_hash_table_iter_init (&iter, _orm_watch_get_links (watch));
  while (!can_evaluate && g_hash_table_iter_next (&iter, &mapper, NULL))
    if (mapper == query->mapper || _orm_query_involves (query, mapper))
      return TRUE;

  g_hash_table_iter_init (&iter, _orm_watch_get_slots (watch));
  while (g_hash_table_iter_next (&iter, &mapper, &slots))
    if ((*(const guint64 *) slots & _orm_query_get_related_slots (query, mapper)) != 0 ||
        (!can_evaluate && (mapper == query->mapper || _orm_query_involves (query, mapper))))
      return TRUE;

  return FALSE;
}
