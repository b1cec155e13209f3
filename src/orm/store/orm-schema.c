/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"
#include "orm-schema-private.h"

struct _OrmSchema
{
  GPtrArray *mappers; /* in the order of INSERT */
};

typedef gboolean (*BuildTable) (OrmConnection *connection,
                                OrmMapper *mapper,
                                GPtrArray *statements,
                                GError **error);

static gboolean
add_type (OrmSchema *self, GType type, GError **error)
{
  OrmMapper *mapper = _orm_mapper_for_type (type);

  if (mapper == NULL)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_MAPPING, "%s is not a mapped entity class",
                   g_type_name (type));
      return FALSE;
    }

  if (!_orm_mapper_resolve (mapper, error))
    return FALSE;

  g_ptr_array_add (self->mappers, mapper);
  return TRUE;
}

static gboolean
check_targets (OrmSchema *self, GError **error)
{
  for (guint i = 0; i < self->mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (self->mappers, i);

      for (guint j = 0; j < mapper->n_sides; j++)
        if (!_orm_schema_has (self, mapper->sides[j].target))
          {
            g_set_error (error, ORM_ERROR, ORM_ERROR_MAPPING,
                         "%s.%s leads to %s, which is not among the classes of the session",
                         g_type_name (mapper->type), mapper->sides[j].spec->name,
                         g_type_name (mapper->sides[j].target->type));
            return FALSE;
          }
    }

  return TRUE;
}

static void
add_in_order (OrmMapper *mapper, GPtrArray *order)
{
  if (g_ptr_array_find (order, mapper, NULL))
    return;

  for (guint i = 0; i < mapper->n_references; i++)
    if (mapper->references[i]->target != mapper)
      add_in_order (mapper->references[i]->target, order);

  g_ptr_array_add (order, mapper);
}

static void
sort_mappers (OrmSchema *self)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < self->mappers->len; i++)
    add_in_order (g_ptr_array_index (self->mappers, i), order);

  g_ptr_array_unref (self->mappers);
  self->mappers = g_steal_pointer (&order);
}

/*
 * Checks that both sides of each relationship name each other and that the
 * target class is among @types.
 */
OrmSchema *
_orm_schema_new (const GType *types, guint n_types, GError **error)
{
  OrmSchema *self = g_new0 (OrmSchema, 1);
  gboolean is_valid = TRUE;

  self->mappers = g_ptr_array_new ();
  for (guint i = 0; i < n_types && is_valid; i++)
    is_valid = add_type (self, types[i], error);

  if (!is_valid || !check_targets (self, error))
    {
      _orm_schema_free (self);
      return NULL;
    }

  sort_mappers (self);
  return self;
}

void
_orm_schema_free (OrmSchema *self)
{
  g_ptr_array_unref (self->mappers);
  g_free (self);
}

GPtrArray *
_orm_schema_get_mappers (OrmSchema *self)
{
  return self->mappers;
}

gboolean
_orm_schema_has (OrmSchema *self, OrmMapper *mapper)
{
  return g_ptr_array_find (self->mappers, mapper, NULL);
}

static gboolean
build_new (OrmConnection *connection, OrmMapper *mapper, GPtrArray *statements, GError **error)
{
  g_ptr_array_add (statements, _orm_dialect_create_table (mapper));
  _orm_dialect_create_indexes (mapper, statements);
  return TRUE;
}

/*
 * SQL ignores the case of names, so all names here are in lower case.
 */
static GHashTable *
read_columns (OrmConnection *connection, OrmMapper *mapper, GError **error)
{
  static const OrmRead reads[] = { ORM_READ_INT64, ORM_READ_TEXT };
  g_autofree char *sql = _orm_dialect_select_columns (mapper);
  g_autoptr (OrmResult) result =
    _orm_connection_select (connection, sql, NULL, 0, reads, G_N_ELEMENTS (reads), error);
  GHashTable *columns;

  if (result == NULL)
    return NULL;

  columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < _orm_result_get_n_rows (result); i++)
    g_hash_table_add (columns, g_ascii_strdown (_orm_result_get_text (result, i, 1), -1));
  return columns;
}

/* The indexes come last because they may cover new columns. */
static gboolean
build_missing (OrmConnection *connection, OrmMapper *mapper, GPtrArray *statements, GError **error)
{
  g_autoptr (GHashTable) columns = read_columns (connection, mapper, error);

  if (columns == NULL)
    return FALSE;

  if (g_hash_table_size (columns) == 0)
    return build_new (connection, mapper, statements, error);

  for (guint slot = 0; slot < mapper->n_slots; slot++)
    {
      g_autofree char *name = g_ascii_strdown (mapper->slot_names[slot], -1);

      if (!g_hash_table_contains (columns, name))
        _orm_dialect_add_column (mapper, slot, statements);
    }
  _orm_dialect_create_indexes (mapper, statements);
  return TRUE;
}

/*
 * The tables of the classes first, then the association tables.
 */
static gboolean
build_tables (OrmSchema *self,
              OrmConnection *connection,
              BuildTable build,
              GPtrArray *statements,
              GError **error)
{
  for (guint i = 0; i < self->mappers->len; i++)
    if (!build (connection, g_ptr_array_index (self->mappers, i), statements, error))
      return FALSE;

  for (guint i = 0; i < self->mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (self->mappers, i);

      for (guint j = 0; j < mapper->n_collections; j++)
        if (_orm_side_has_links (mapper->collections[j]) &&
            _orm_side_get_first (mapper->collections[j]) == mapper->collections[j])
          _orm_dialect_create_association (mapper->collections[j], statements);
    }

  return TRUE;
}

static gboolean
execute_all (OrmSchema *self, OrmConnection *connection, BuildTable build, GError **error)
{
  g_autoptr (GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);

  if (!build_tables (self, connection, build, statements, error))
    return FALSE;

  for (guint i = 0; i < statements->len; i++)
    if (!orm_connection_execute (connection, g_ptr_array_index (statements, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
execute_in_transaction (OrmSchema *self,
                        OrmConnection *connection,
                        BuildTable build,
                        GError **error)
{
  gboolean was_open = _orm_connection_in_transaction (connection);

  if (!orm_connection_begin (connection, error))
    return FALSE;

  if (execute_all (self, connection, build, error))
    return was_open || orm_connection_commit (connection, error);

  if (!was_open)
    orm_connection_rollback (connection);
  return FALSE;
}

/*
 * Creates the tables, association tables and indexes that are missing.
 */
gboolean
_orm_schema_create_tables (OrmSchema *self, OrmConnection *connection, GError **error)
{
  return execute_in_transaction (self, connection, build_new, error);
}

/*
 * The same, and adds missing columns to the tables that exist.
 */
gboolean
_orm_schema_update_tables (OrmSchema *self, OrmConnection *connection, GError **error)
{
  return execute_in_transaction (self, connection, build_missing, error);
}
