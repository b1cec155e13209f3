/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-query-private.h"

#include "orm-entity.h"

#include <string.h>

/**
 * OrmQuery:
 *
 * A query for entities of one class. Columns and relationships are named by
 * paths, such as `"category.name"`; the joins follow from the relationships. A
 * query can be run any number of times.
 *
 * A mistake in a path, or an operator that cannot be used with it, is reported
 * when the query is run.
 */

G_DEFINE_FINAL_TYPE (OrmQuery, orm_query, G_TYPE_OBJECT)

static void
take_first_error (OrmQuery *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
}

static void
term_free (OrmTerm *term)
{
  g_ptr_array_unref (term->paths);
  _orm_value_clear (&term->value);
  g_clear_pointer (&term->texts, g_ptr_array_unref);
  g_clear_pointer (&term->keys, g_array_unref);
  g_clear_pointer (&term->entities, g_ptr_array_unref);
  g_free (term);
}

static void
order_free (OrmOrder *order)
{
  _orm_path_free (order->path);
  g_free (order);
}

static void
orm_query_finalize (GObject *object)
{
  OrmQuery *self = ORM_QUERY (object);

  g_ptr_array_unref (self->terms);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->prefetches);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (orm_query_parent_class)->finalize (object);
}

static void
orm_query_class_init (OrmQueryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = orm_query_finalize;
}

static void
orm_query_init (OrmQuery *self)
{
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) order_free);
  self->prefetches = g_ptr_array_new_with_free_func (g_free);
}

/**
 * orm_query_new:
 * @type: an entity class
 *
 * Returns: (transfer full): a query for all entities of the class, in the
 *   order of their ids
 */
OrmQuery *
orm_query_new (GType type)
{
  OrmMapper *mapper = _orm_mapper_for_type (type);
  OrmQuery *self;

  g_return_val_if_fail (mapper != NULL, NULL);

  self = g_object_new (ORM_TYPE_QUERY, NULL);
  self->mapper = mapper;
  return self;
}

static OrmTerm *
term_copy (const OrmTerm *term)
{
  OrmTerm *copy = g_new0 (OrmTerm, 1);

  copy->paths = g_ptr_array_new_with_free_func ((GDestroyNotify) _orm_path_free);
  for (guint i = 0; i < term->paths->len; i++)
    g_ptr_array_add (copy->paths, _orm_path_copy (g_ptr_array_index (term->paths, i)));
  copy->op = term->op;
  copy->value = _orm_value_copy (&term->value);
  if (term->texts != NULL)
    copy->texts = g_ptr_array_ref (term->texts);
  if (term->keys != NULL)
    copy->keys = g_array_copy (term->keys);
  if (term->entities != NULL)
    copy->entities = g_ptr_array_ref (term->entities);
  return copy;
}

/**
 * orm_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): a copy of the query
 */
OrmQuery *
orm_query_copy (OrmQuery *self)
{
  OrmQuery *copy;

  g_return_val_if_fail (ORM_IS_QUERY (self), NULL);

  copy = orm_query_new (self->mapper->type);

  for (guint i = 0; i < self->terms->len; i++)
    g_ptr_array_add (copy->terms, term_copy (g_ptr_array_index (self->terms, i)));

  for (guint i = 0; i < self->orders->len; i++)
    {
      const OrmOrder *order = g_ptr_array_index (self->orders, i);
      OrmOrder *order_copy = g_new0 (OrmOrder, 1);

      order_copy->path = _orm_path_copy (order->path);
      order_copy->direction = order->direction;
      g_ptr_array_add (copy->orders, order_copy);
    }

  for (guint i = 0; i < self->prefetches->len; i++)
    g_ptr_array_add (copy->prefetches, g_strdup (g_ptr_array_index (self->prefetches, i)));

  copy->limit = self->limit;
  copy->offset = self->offset;
  copy->error = self->error != NULL ? g_error_copy (self->error) : NULL;
  return copy;
}

/*
 * Updates the keys of entities in the query's conditions. The key of an entity
 * changes when its row is inserted, and when that is rolled back.
 */
void
_orm_query_update_keys (OrmQuery *self)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      OrmTerm *term = g_ptr_array_index (self->terms, i);

      for (guint j = 0; term->entities != NULL && j < term->entities->len; j++)
        {
          gint64 key = _orm_entity_get_key (g_ptr_array_index (term->entities, j));

          if (term->keys != NULL)
            g_array_index (term->keys, gint64, j) = key;
          else
            term->value.integer = key;
        }
    }
}

static gboolean
is_entity_path (OrmPath *path)
{
  return path->ends_with_members || (_orm_path_get_column (path) == NULL && path->slot >= 0);
}

static void
collect_entity (OrmTerm *term, OrmEntity *entity)
{
  if (term->entities == NULL)
    term->entities = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (term->entities, g_object_ref (entity));
}

static void
collect_keys (OrmTerm *term, OrmPath *path, guint n, gpointer array)
{
  gboolean is_key = is_entity_path (path);

  term->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n; i++)
    {
      gint64 key =
        is_key ? _orm_entity_get_key (((OrmEntity **) array)[i]) : ((const gint64 *) array)[i];

      if (is_key)
        collect_entity (term, ((OrmEntity **) array)[i]);
      g_array_append_val (term->keys, key);
    }
}

static OrmValue
collect_value (OrmTerm *term, OrmPath *path, va_list *arguments)
{
  const OrmColumn *column = _orm_path_get_column (path);

  if (is_entity_path (path))
    {
      OrmEntity *entity = va_arg (*arguments, OrmEntity *);

      if (entity == NULL)
        return ORM_VALUE_NULL;

      collect_entity (term, entity);
      return ORM_VALUE_INTEGER (_orm_entity_get_key (entity));
    }

  if (column == NULL)
    return ORM_VALUE_INTEGER (va_arg (*arguments, gint64));

  switch (column->type)
    {
    case ORM_COLUMN_TYPE_INT64:
      return ORM_VALUE_INTEGER (va_arg (*arguments, gint64));
    case ORM_COLUMN_TYPE_BOOLEAN:
    case ORM_COLUMN_TYPE_ENUM:
      return ORM_VALUE_INTEGER (va_arg (*arguments, gint));
    case ORM_COLUMN_TYPE_TEXT:
      return _orm_value_text (va_arg (*arguments, const char *));
    case ORM_COLUMN_TYPE_DATE:
      return _orm_value_from_date (va_arg (*arguments, const GDate *));
    case ORM_COLUMN_TYPE_TIMESTAMP:
      {
        GDateTime *time = va_arg (*arguments, GDateTime *);

        return time != NULL ? ORM_VALUE_INTEGER (g_date_time_to_unix (time)) : ORM_VALUE_NULL;
      }
    default:
      g_assert_not_reached ();
    }
}

static void
add_text (GPtrArray *texts, char *text)
{
  if (g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (texts, text);
}

/*
 * SQLite's LIKE ignores case only for ASCII letters. A text with other letters
 * is searched for as it is, in lower case, in upper case and capitalised.
 */
static GPtrArray *
get_spellings (const char *text)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *lower = NULL, *first = NULL;

  add_text (texts, g_strdup (text));
  if (g_str_is_ascii (text))
    return texts;

  lower = g_utf8_strdown (text, -1);
  first = g_utf8_strup (lower, (gssize) (g_utf8_next_char (lower) - lower));
  add_text (texts, g_strdup (lower));
  add_text (texts, g_utf8_strup (text, -1));
  add_text (texts, g_strconcat (first, g_utf8_next_char (lower), NULL));
  return texts;
}

static gboolean
is_text_search (OrmOperator op)
{
  return op == ORM_CONTAINS || op == ORM_STARTS_WITH;
}

static gboolean
check_operator (OrmPath *path, const char *text, OrmOperator op, GError **error)
{
  const OrmColumn *column = _orm_path_get_column (path);

  if (is_text_search (op) && (column == NULL || column->type != ORM_COLUMN_TYPE_TEXT))
    g_set_error (error, ORM_ERROR, ORM_ERROR_NO_PATH, "“%s” has no text to search", text);
  else if (op == ORM_IN && column != NULL && column->type != ORM_COLUMN_TYPE_INT64)
    g_set_error (error, ORM_ERROR, ORM_ERROR_NO_PATH, "“%s” is neither a relationship nor a number",
                 text);
  else
    return TRUE;

  return FALSE;
}

/*
 * Returns: (transfer full) (nullable): the path that @op compares, or %NULL
 */
static OrmPath *
parse_path (OrmQuery *self, const char *text, OrmOperator op)
{
  GError *error = NULL;
  OrmPath *path = _orm_path_parse (self->mapper, text, &error);

  if (path != NULL && !check_operator (path, text, op, &error))
    g_clear_pointer (&path, _orm_path_free);
  if (path == NULL)
    take_first_error (self, error);

  return path;
}

static gsize
get_argument_size (OrmPath *path, OrmOperator op)
{
  const OrmColumn *column = _orm_path_get_column (path);

  if (op == ORM_IN)
    return sizeof (guint);
  if (is_entity_path (path))
    return sizeof (gpointer);
  if (column == NULL)
    return sizeof (gint64);

  switch (column->type)
    {
    case ORM_COLUMN_TYPE_INT64:
      return sizeof (gint64);
    case ORM_COLUMN_TYPE_BOOLEAN:
    case ORM_COLUMN_TYPE_ENUM:
      return sizeof (gint);
    case ORM_COLUMN_TYPE_TEXT:
    case ORM_COLUMN_TYPE_DATE:
    case ORM_COLUMN_TYPE_TIMESTAMP:
      return sizeof (gpointer);
    default:
      g_assert_not_reached ();
    }
}

/*
 * A value of another size than the column's would be read with bytes that were
 * not passed. The query then fails, so that it cannot return wrong rows.
 */
static gboolean
check_size (OrmQuery *self, OrmPath *path, const char *text, OrmOperator op, gsize size)
{
  gsize expected = get_argument_size (path, op);

  if (size == expected)
    return TRUE;

  g_critical ("orm_query_where(): “%s” takes %s of %" G_GSIZE_FORMAT
              " bytes, and not one of %" G_GSIZE_FORMAT ": cast it",
              text, op == ORM_IN ? "a number of values" : "a value", expected, size);
  take_first_error (self, g_error_new (ORM_ERROR, ORM_ERROR_MAPPING,
                                       "“%s” is compared with a value of another type", text));
  return FALSE;
}

/*
 * @size is that of the first argument, or 0 if it is not known.
 */
static void
add_condition (OrmQuery *self, const char *text, OrmOperator op, gsize size, va_list *arguments)
{
  OrmPath *path = parse_path (self, text, op);
  OrmTerm *term;

  if (path == NULL)
    return;

  if (size > 0 && !check_size (self, path, text, op, size))
    {
      _orm_path_free (path);
      return;
    }

  term = g_new0 (OrmTerm, 1);
  term->paths = g_ptr_array_new_with_free_func ((GDestroyNotify) _orm_path_free);
  g_ptr_array_add (term->paths, path);
  term->op = op;
  term->value = ORM_VALUE_NULL;

  if (op == ORM_IN)
    {
      guint n = va_arg (*arguments, guint);

      collect_keys (term, path, n, va_arg (*arguments, gpointer));
    }
  else
    term->value = collect_value (term, path, arguments);

  if (is_text_search (op) && term->value.is_text && !term->value.is_null)
    term->texts = get_spellings (term->value.text);

  g_ptr_array_add (self->terms, term);
}

/**
 * orm_query_where:
 * @self: a query
 * @path: names of relationships and then a column, the id or a relationship,
 *   with dots
 * @op: how to compare
 * @...: the value, of the column's type: a #gint64, a text, a `const GDate *`,
 *   an entity for a relationship; for %ORM_IN, see there. As with
 *   g_object_set(), a plain number has to be cast; in C, a value of another
 *   size is a critical warning
 *
 * Adds a condition; all conditions have to hold. Over a to-many, a condition
 * holds if it holds for one of the members. A to-many is %ORM_EQUAL to %NULL if
 * it has no members.
 *
 * If a to-one on the path is %NULL, the value at its end is %NULL too.
 * %ORM_EQUAL to %NULL holds for such a row; any other comparison, also
 * %ORM_NOT_EQUAL, holds only if there is a value, as in SQL.
 *
 * Returns: (transfer none): @self
 */
OrmQuery *(orm_query_where) (OrmQuery *self, const char *path, OrmOperator op, ...)
{
  va_list arguments;

  g_return_val_if_fail (ORM_IS_QUERY (self), NULL);
  g_return_val_if_fail (path != NULL, self);

  va_start (arguments, op);
  add_condition (self, path, op, 0, &arguments);
  va_end (arguments);
  return self;
}

/**
 * orm_query_where_sized: (skip)
 * @self: a query
 * @path: as for orm_query_where()
 * @op: how to compare
 * @size: the size of the first argument after it, in bytes
 * @...: the value, as for orm_query_where()
 *
 * The implementation of orm_query_where() in C, where a macro passes @size.
 *
 * Returns: (transfer none): @self
 */
OrmQuery *
orm_query_where_sized (OrmQuery *self, const char *path, OrmOperator op, gsize size, ...)
{
  va_list arguments;

  g_return_val_if_fail (ORM_IS_QUERY (self), NULL);
  g_return_val_if_fail (path != NULL, self);

  va_start (arguments, size);
  add_condition (self, path, op, size, &arguments);
  va_end (arguments);
  return self;
}

/**
 * orm_query_search:
 * @self: a query
 * @text: the text to search for, as the user typed it
 * @first_path: a path to a text column
 * @...: further ones, then %NULL
 *
 * Adds the condition that each word of @text occurs in one of the columns,
 * ignoring case.
 *
 * Returns: (transfer none): @self
 */
OrmQuery *
orm_query_search (OrmQuery *self, const char *text, const char *first_path, ...)
{
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (ORM_IS_QUERY (self), NULL);
  g_return_val_if_fail (text != NULL && first_path != NULL, self);

  words = g_strsplit_set (text, " \t\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      OrmTerm *term;
      va_list arguments;

      if (*words[i] == '\0')
        continue;

      term = g_new0 (OrmTerm, 1);
      term->paths = g_ptr_array_new_with_free_func ((GDestroyNotify) _orm_path_free);
      term->op = ORM_CONTAINS;
      term->value = _orm_value_text (words[i]);
      term->texts = get_spellings (words[i]);

      va_start (arguments, first_path);
      for (const char *path = first_path; path != NULL; path = va_arg (arguments, const char *))
        {
          OrmPath *parsed = parse_path (self, path, ORM_CONTAINS);

          if (parsed != NULL)
            g_ptr_array_add (term->paths, parsed);
        }
      va_end (arguments);

      g_ptr_array_add (self->terms, term);
    }

  return self;
}

/**
 * orm_query_join:
 * @self: a query
 * @target: an entity class
 * @path: (out) (transfer none): the relationship that leads to @target
 * @error: return location for an #OrmError
 *
 * Finds the relationship from the query's class to another class, if there is
 * exactly one. More than one is %ORM_ERROR_AMBIGUOUS_PATH, with the candidates
 * in the message; none is %ORM_ERROR_NO_PATH.
 *
 * Returns: (transfer none) (nullable): @self, or %NULL
 */
OrmQuery *
orm_query_join (OrmQuery *self, GType target, const char **path, GError **error)
{
  g_autoptr (GString) candidates = g_string_new (NULL);
  guint n = 0;

  g_return_val_if_fail (ORM_IS_QUERY (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  for (guint i = 0; i < self->mapper->n_sides; i++)
    if (self->mapper->sides[i].spec->target () == target)
      {
        *path = self->mapper->sides[i].spec->name;
        g_string_append_printf (candidates, "%s%s", n++ > 0 ? ", " : "", *path);
      }

  if (n == 1)
    return self;

  if (n == 0)
    g_set_error (error, ORM_ERROR, ORM_ERROR_NO_PATH, "No relationship leads from %s to %s",
                 g_type_name (self->mapper->type), g_type_name (target));
  else
    g_set_error (error, ORM_ERROR, ORM_ERROR_AMBIGUOUS_PATH,
                 "More than one relationship leads from %s to %s: %s",
                 g_type_name (self->mapper->type), g_type_name (target), candidates->str);

  *path = NULL;
  return NULL;
}

/**
 * orm_query_order_by:
 * @self: a query
 * @path: names of to-ones and then a column, with dots
 * @direction: whether the least or the greatest value comes first
 *
 * Adds a term to the order. Entities that are equal by all terms are in the
 * order of their ids. Text is compared ignoring the case of ASCII letters.
 *
 * Returns: (transfer none): @self
 */
OrmQuery *
orm_query_order_by (OrmQuery *self, const char *path, OrmDirection direction)
{
  GError *error = NULL;
  OrmPath *parsed;
  OrmOrder *order;

  g_return_val_if_fail (ORM_IS_QUERY (self), NULL);
  g_return_val_if_fail (path != NULL, self);

  parsed = _orm_path_parse (self->mapper, path, &error);
  for (guint i = 0; parsed != NULL && i < parsed->sides->len; i++)
    {
      const OrmSide *side = g_ptr_array_index (parsed->sides, i);

      if (side->spec->kind != ORM_RELATIONSHIP_TO_ONE && error == NULL)
        error = g_error_new (ORM_ERROR, ORM_ERROR_AMBIGUOUS_PATH, "“%s” has many values to sort by",
                             path);
    }

  if (error != NULL)
    {
      g_clear_pointer (&parsed, _orm_path_free);
      take_first_error (self, error);
      return self;
    }

  order = g_new0 (OrmOrder, 1);
  order->path = parsed;
  order->direction = direction;
  g_ptr_array_add (self->orders, order);
  return self;
}

/**
 * orm_query_prefetch:
 * @self: a query
 * @path: names of relationships, with dots
 *
 * Reads the relationships on the path together with the result, with one
 * statement for each level and 500 owners instead of one for each owner.
 *
 * Returns: (transfer none): @self
 */
OrmQuery *
orm_query_prefetch (OrmQuery *self, const char *path)
{
  g_return_val_if_fail (ORM_IS_QUERY (self), NULL);
  g_return_val_if_fail (path != NULL, self);

  g_ptr_array_add (self->prefetches, g_strdup (path));
  return self;
}

/**
 * orm_query_limit:
 * @self: a query
 * @limit: the maximum number of entities; 0 for all
 * @offset: the number of entities to skip first
 *
 * Returns: (transfer none): @self
 */
OrmQuery *
orm_query_limit (OrmQuery *self, guint limit, guint offset)
{
  g_return_val_if_fail (ORM_IS_QUERY (self), NULL);

  self->limit = limit;
  self->offset = offset;
  return self;
}

/**
 * orm_collection_new_query:
 * @self: a collection
 *
 * Creates a query for the members without loading them. Add conditions and an
 * order, then find or observe it, for a filtered or sorted list of the members.
 * A live result follows the members as the collection does; for a many-to-many,
 * it follows when the links are written.
 *
 * Returns: (transfer full): a query for the members
 */
OrmQuery *
orm_collection_new_query (OrmCollection *self)
{
  OrmQuery *query;
  OrmSide *side;

  g_return_val_if_fail (ORM_IS_COLLECTION (self), NULL);
  g_return_val_if_fail (orm_collection_get_owner (self) != NULL, NULL);

  side = _orm_collection_get_side (self);
  query = orm_query_new (side->target->type);
  return orm_query_where (query, side->inverse->spec->name, ORM_EQUAL,
                          orm_collection_get_owner (self));
}
