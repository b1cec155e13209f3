/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-identity-map-private.h"

typedef struct
{
  GHashTable *entities; /* key → entity, unowned */
  GHashTable *linkable; /* of OrmEntity, unowned: those with a list of a many-to-many */
  OrmRowCache *rows;
} Class;

/* The maximum number of shared targets that are held. */
#define MAX_SHARED 64

struct _OrmIdentityMap
{
  GHashTable *classes; /* mapper → Class */
  GPtrArray *shared;   /* of OrmEntity: frequent targets of to-ones, held */
};

static void
class_free (gpointer data)
{
  Class *klass = data;

  g_hash_table_unref (klass->entities);
  g_hash_table_unref (klass->linkable);
  _orm_row_cache_free (klass->rows);
  g_free (klass);
}

static Class *
class_new (OrmMapper *mapper)
{
  Class *klass = g_new0 (Class, 1);

  klass->entities = g_hash_table_new (g_int64_hash, g_int64_equal);
  klass->linkable = g_hash_table_new (NULL, NULL);
  klass->rows = _orm_row_cache_new (mapper);
  return klass;
}

static Class *
get_class (OrmIdentityMap *self, OrmMapper *mapper)
{
  Class *klass = g_hash_table_lookup (self->classes, mapper);

  g_assert (klass != NULL);
  return klass;
}

OrmIdentityMap *
_orm_identity_map_new (GPtrArray *mappers)
{
  OrmIdentityMap *self = g_new0 (OrmIdentityMap, 1);

  self->classes = g_hash_table_new_full (NULL, NULL, NULL, class_free);
  for (guint i = 0; i < mappers->len; i++)
    g_hash_table_insert (self->classes, mappers->pdata[i], class_new (mappers->pdata[i]));

  self->shared = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
_orm_identity_map_free (OrmIdentityMap *self)
{
  g_ptr_array_unref (self->shared);
  g_hash_table_unref (self->classes);
  g_free (self);
}

/*
 * Adds an entity, replacing one with the same key.
 */
void
_orm_identity_map_add (OrmIdentityMap *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  g_hash_table_replace (get_class (self, priv->mapper)->entities, &priv->key, entity);
  for (guint i = 0; i < priv->mapper->n_collections; i++)
    if (_orm_side_has_links (priv->mapper->collections[i]) && priv->collections[i] != NULL)
      _orm_identity_map_add_linkable (self, entity);
}

/*
 * Removes an entity, unless another one with the same key has replaced it.
 */
void
_orm_identity_map_remove (OrmIdentityMap *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  Class *klass = get_class (self, priv->mapper);

  g_hash_table_remove (klass->linkable, entity);
  if (g_hash_table_lookup (klass->entities, &priv->key) == entity)
    g_hash_table_remove (klass->entities, &priv->key);
}

/*
 * Forgets all entities and rows.
 */
void
_orm_identity_map_clear (OrmIdentityMap *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->classes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Class *klass = value;

      g_hash_table_remove_all (klass->entities);
      g_hash_table_remove_all (klass->linkable);
      _orm_row_cache_clear (klass->rows);
    }
}

/*
 * Returns: (transfer none): the entity with a key, if it is in memory
 */
OrmEntity *
_orm_identity_map_peek (OrmIdentityMap *self, OrmMapper *mapper, gint64 key)
{
  return g_hash_table_lookup (get_class (self, mapper)->entities, &key);
}

/*
 * The entities of a class that are in memory, by their keys.
 */
GHashTable *
_orm_identity_map_get_entities (OrmIdentityMap *self, OrmMapper *mapper)
{
  return get_class (self, mapper)->entities;
}

GPtrArray *
_orm_identity_map_dup_all (OrmIdentityMap *self)
{
  GPtrArray *entities = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter classes, iter;
  gpointer value, entity;

  g_hash_table_iter_init (&classes, self->classes);
  while (g_hash_table_iter_next (&classes, NULL, &value))
    {
      g_hash_table_iter_init (&iter, ((Class *) value)->entities);
      while (g_hash_table_iter_next (&iter, NULL, &entity))
        g_ptr_array_add (entities, g_object_ref (entity));
    }

  return entities;
}

/*
 * The entities of a class that have a row.
 */
GPtrArray *
_orm_identity_map_dup_persistent (OrmIdentityMap *self, OrmMapper *mapper)
{
  GPtrArray *entities = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, get_class (self, mapper)->entities);
  while (g_hash_table_iter_next (&iter, NULL, &entity))
    if (orm_entity_get_state (entity) == ORM_ENTITY_PERSISTENT)
      g_ptr_array_add (entities, g_object_ref (entity));

  return entities;
}

/*
 * The entities whose to-one @side refers to @key.
 */
GPtrArray *
_orm_identity_map_dup_pointing_at (OrmIdentityMap *self, OrmSide *side, gint64 key)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, get_class (self, side->owner)->entities);
  while (g_hash_table_iter_next (&iter, NULL, &entity))
    if (_orm_entity_get_private (entity)->references[side->number].key == key)
      g_ptr_array_add (found, g_object_ref (entity));

  return found;
}

/*
 * Adds an entity that has a list of a many-to-many.
 */
void
_orm_identity_map_add_linkable (OrmIdentityMap *self, OrmEntity *entity)
{
  g_hash_table_add (get_class (self, _orm_entity_get_private (entity)->mapper)->linkable, entity);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  gint64 left = _orm_entity_get_key (*(OrmEntity *const *) a);
  gint64 right = _orm_entity_get_key (*(OrmEntity *const *) b);

  return (left > right) - (left < right);
}

/*
 * The entities whose list at @side, a many-to-many, is loaded, sorted by key.
 */
GPtrArray *
_orm_identity_map_dup_with_list (OrmIdentityMap *self, OrmSide *side)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, get_class (self, side->owner)->linkable);
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    {
      OrmCollection *list = _orm_entity_peek_collection (entity, side);

      if (list != NULL && orm_collection_is_loaded (list) &&
          _orm_identity_map_peek (self, side->owner, _orm_entity_get_key (entity)) == entity)
        g_ptr_array_add (found, g_object_ref (entity));
    }

  g_ptr_array_sort (found, compare_keys);
  return found;
}

OrmRowCache *
_orm_identity_map_get_rows (OrmIdentityMap *self, OrmMapper *mapper)
{
  return get_class (self, mapper)->rows;
}

void
_orm_identity_map_clear_rows (OrmIdentityMap *self)
{
  GHashTableIter iter;
  gpointer klass;

  g_hash_table_iter_init (&iter, self->classes);
  while (g_hash_table_iter_next (&iter, NULL, &klass))
    _orm_row_cache_clear (((Class *) klass)->rows);
}

/*
 * Holds a shared target, so that it is not created again for each to-one that
 * refers to it.
 */
void
_orm_identity_map_hold_shared (OrmIdentityMap *self, OrmEntity *entity)
{
  if (self->shared->len == MAX_SHARED)
    _orm_identity_map_release_shared (self);

  g_ptr_array_add (self->shared, g_object_ref (entity));
}

/*
 * Releasing the last reference may run code that reads, and so holds other
 * entities.
 */
void
_orm_identity_map_release_shared (OrmIdentityMap *self)
{
  g_autoptr (GPtrArray) shared = NULL;

  if (self->shared->len == 0)
    return;

  shared = g_steal_pointer (&self->shared);
  self->shared = g_ptr_array_new_with_free_func (g_object_unref);
}
