/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-array-private.h"
#include "orm-cascade-private.h"
#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-linked-private.h"
#include "orm-loader-private.h"
#include "orm-prefetch-private.h"
#include "orm-refresh-private.h"
#include "orm-splice-private.h"
#include "orm-undo-stack-private.h"
#include "orm-unit-of-work-private.h"

/*
 * Into the session, out of it, and finding in it.
 */

static gboolean add_entity (OrmSession *self, OrmEntity *entity, GError **error);

static gboolean
add_targets (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    {
      OrmEntity *target = _orm_entity_peek_target (entity, priv->mapper->references[i]);
      OrmCollection *list;

      if (target == NULL)
        continue;

      if ((orm_entity_get_session (target) == NULL ||
           orm_entity_get_state (target) == ORM_ENTITY_DELETED) &&
          !add_entity (self, target, error))
        return FALSE;

      if (priv->references[i].is_apart)
        _orm_entity_rejoin (entity, priv->mapper->references[i]);

      list = _orm_entity_peek_collection (target, priv->mapper->references[i]->inverse);
      if (list != NULL)
        _orm_collection_release (list, entity);
    }

  return TRUE;
}

/*
 * Those that a rollback took out of the entity's lists come with it again.
 */
static gboolean
add_apart (OrmSession *self, OrmEntity *entity, GError **error)
{
  g_autoptr (GPtrArray) apart = _orm_entity_dup_apart (entity);

  _orm_entity_forget_apart (entity);
  for (guint i = apart->len; i > 0; i--)
    if (orm_entity_get_session (apart->pdata[i - 1]) == NULL &&
        !add_entity (self, apart->pdata[i - 1], error))
      return FALSE;

  return TRUE;
}

static gboolean
add_members (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_collections; i++)
    {
      OrmCollection *list = priv->collections[i];
      guint n_items = list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list)) : 0;

      for (guint j = 0; j < n_items; j++)
        {
          g_autoptr (OrmEntity) member = g_list_model_get_item (G_LIST_MODEL (list), j);

          if (orm_entity_get_session (member) == NULL && !add_entity (self, member, error))
            return FALSE;
        }
    }

  return TRUE;
}

/*
 * Whether the entity is only about to be deleted: its row is there.
 */
static gboolean
is_condemned (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  return priv->state == ORM_ENTITY_DELETED && priv->session == self && priv->is_unsaved &&
         priv->key > 0;
}

static gboolean
pardon_members (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_collections; i++)
    {
      OrmSide *side = priv->mapper->collections[i];
      g_autoptr (GPtrArray) members = NULL;

      /* Links take nobody along. */
      if (_orm_side_has_links (side))
        continue;

      members =
        _orm_identity_map_dup_pointing_at (_orm_session_get_map (self), side->inverse, priv->key);
      for (guint j = 0; j < members->len; j++)
        if (is_condemned (self, g_ptr_array_index (members, j)) &&
            !add_entity (self, g_ptr_array_index (members, j), error))
          return FALSE;
    }

  return TRUE;
}

/*
 * An entity that is added again before its row was deleted stays, and so do
 * those that were to go with it.
 */
static gboolean
pardon (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gboolean is_done;

  _orm_session_enter (self);
  _orm_journal_add_state (_orm_session_get_journal (self), ORM_JOURNAL_PARDONED, entity,
                          priv->state);
  priv->state = ORM_ENTITY_PERSISTENT;
  priv->is_gone_with_owner = FALSE;
  _orm_session_record_inserted (self, entity);

  is_done = add_targets (self, entity, error);
  for (guint i = priv->mapper->n_references; i > 0 && is_done; i--)
    {
      OrmSide *side = priv->mapper->references[i - 1];
      OrmEntity *owner = _orm_entity_peek_target (entity, side);
      OrmCollection *list =
        owner != NULL ? _orm_entity_peek_collection (owner, side->inverse) : NULL;

      if (list != NULL && !_orm_collection_knows (list, entity))
        _orm_collection_insert (list, entity, ORM_POSITION_SORTED);
    }
  is_done = is_done && pardon_members (self, entity, error);
  _orm_session_leave (self);
  return is_done;
}

static gboolean
check_addable (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (_orm_session_get_mapper (self, priv->mapper->type) == NULL)
    g_set_error (error, ORM_ERROR, ORM_ERROR_MAPPING, "The session was not told of %s",
                 G_OBJECT_TYPE_NAME (entity));
  else if (priv->session != NULL && priv->session != self)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
                         "The entity belongs to another session");
  else if ((priv->state == ORM_ENTITY_DELETED && !is_condemned (self, entity)) ||
           priv->state == ORM_ENTITY_DETACHED)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_DETACHED,
                         "The entity was deleted, or its session was closed");
  else
    return TRUE;

  return FALSE;
}

static gboolean
add_entity (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  /* A handler adds what is just leaving. */
  if (priv->is_dropped && !priv->is_gone)
    {
      priv->is_dropped = FALSE;
      _orm_session_expunge (self, entity);
    }

  if (!check_addable (self, entity, error))
    return FALSE;

  if (priv->state == ORM_ENTITY_DELETED)
    return pardon (self, entity, error);

  if (priv->session == self)
    return TRUE;

  _orm_session_enter (self);
  _orm_journal_add_state (_orm_session_get_journal (self), ORM_JOURNAL_ADDED, entity, priv->state);
  priv->state = ORM_ENTITY_PENDING;
  _orm_session_remember (self, entity);
  _orm_session_add_unsaved (self, entity);
  _orm_session_record_inserted (self, entity);

  if (!add_targets (self, entity, error) || !add_members (self, entity, error) ||
      !add_apart (self, entity, error) || !_orm_linked_join (self, entity, error))
    {
      _orm_session_leave (self);
      return FALSE;
    }

  _orm_session_leave (self);
  return TRUE;
}

/**
 * orm_session_add:
 * @self: a session
 * @entity: (type OrmEntity): a new entity
 * @error: return location for an #OrmError
 *
 * Puts a new entity into the session; the next flush gives it a row. What it
 * is related to and is new too comes along. One that was marked for deletion
 * and is added before the flush stays, with what was to go with it.
 *
 * Returns: %TRUE if it is in the session
 */
gboolean
orm_session_add (OrmSession *self, gpointer entity, GError **error)
{
  gboolean is_added;
  guint mark;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);

  mark = _orm_journal_get_length (_orm_session_get_journal (self));
  _orm_session_enter (self);
  _orm_entity_get_private (entity)->is_postponed = FALSE;
  is_added = add_entity (self, entity, error);
  if (is_added)
    _orm_linked_pardon (self, mark);
  else
    _orm_session_rewind (self, mark);
  _orm_session_leave (self);
  return is_added;
}

static void
leave (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmMapper *mapper = priv->mapper;

  if (priv->state != ORM_ENTITY_PENDING)
    return;

  _orm_session_record_deleted (self, entity);
  priv->state = ORM_ENTITY_TRANSIENT;
  _orm_session_drop (self, entity);

  for (guint i = 0; i < mapper->n_collections; i++)
    {
      OrmSide *inverse = mapper->collections[i]->inverse;
      g_autoptr (GPtrArray) members = NULL;

      if (_orm_side_has_links (mapper->collections[i]))
        continue;

      members = _orm_identity_map_dup_pointing_at (_orm_session_get_map (self), inverse, priv->key);
      for (guint j = 0; j < members->len; j++)
        leave (self, g_ptr_array_index (members, j));
    }

  for (guint i = 0; i < mapper->n_references; i++)
    if (priv->references[i].target != NULL)
      _orm_entity_stand_apart (entity, mapper->references[i]);
}

/*
 * A new entity that was taken out of a list whose members need an owner leaves
 * the session, with its own new members. It keeps its other to-ones, for
 * somebody may add it again.
 */
void
_orm_session_leave_orphan (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->state != ORM_ENTITY_PENDING || priv->orphaned == 0)
    return;

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  leave (self, entity);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
}

/*
 * Deletion in memory. First it is found out who goes, and whether a rule denies
 * it: nothing has changed then. Then members are taken from owners that go and
 * leave them behind; last, who goes leaves the lists it is in.
 */

typedef struct
{
  OrmSession *session;
  GPtrArray *entities;    /* who goes, members before their owners */
  GPtrArray *kept;        /* what was read ahead */
  GHashTable *with_owner; /* whose rows the database deletes by itself */
} Deletion;

/*
 * Takes a deleted entity out of the loaded lists of its owners. Its own to-ones
 * stay as they were: that is what it was.
 */
static void
leave_lists (OrmSession *self, OrmEntity *entity)
{
  OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

  for (guint i = 0; i < mapper->n_references; i++)
    {
      OrmSide *side = mapper->references[i];
      OrmEntity *owner = _orm_entity_peek_target (entity, side);
      OrmCollection *list =
        owner != NULL ? _orm_entity_peek_collection (owner, side->inverse) : NULL;
      guint position = ORM_POSITION_SORTED;

      /* Noted even if there is no list: it may be loaded before a rollback. */
      if (list != NULL)
        _orm_collection_find_key (list, _orm_entity_get_key (entity), &position);
      _orm_journal_add_left (_orm_session_get_journal (self), entity, owner, side, position);

      if (list != NULL)
        _orm_collection_take (list, entity);
    }
}

static gboolean
has_members (OrmSession *self, OrmCollection *list, gboolean *has, GError **error)
{
  OrmSide *side = _orm_collection_get_side (list);
  OrmValue key = ORM_VALUE_INTEGER (_orm_collection_get_owner_key (list));
  g_autofree char *sql = NULL;
  gint64 exists;

  if (orm_collection_is_loaded (list))
    {
      *has = g_list_model_get_n_items (G_LIST_MODEL (list)) > 0;
      return TRUE;
    }

  /* What moved in memory is not in the rows yet. */
  if (_orm_session_has_unsaved (self))
    {
      if (!_orm_session_load_collection (self, list, error))
        return FALSE;
      *has = g_list_model_get_n_items (G_LIST_MODEL (list)) > 0;
      return TRUE;
    }

  sql = _orm_dialect_has_members (side);
  if (!_orm_connection_select_int64 (orm_session_get_connection (self), sql, &key, 1, &exists,
                                     error))
    return FALSE;

  *has = exists != 0;
  return TRUE;
}

static gboolean
deny (OrmSession *self, OrmEntity *entity, OrmSide *side, GError **error)
{
  gboolean has = FALSE;

  if (!has_members (self, _orm_entity_ensure_collection (entity, side), &has, error))
    return FALSE;

  if (!has)
    return TRUE;

  g_set_error (error, ORM_ERROR, ORM_ERROR_DENIED, "The row of %s still has %s", side->owner->table,
               side->spec->name);
  return FALSE;
}

static GPtrArray *
dup_members (OrmSession *self, OrmEntity *entity, OrmSide *side, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);
  OrmCollection *list = _orm_entity_ensure_collection (entity, side);
  guint n_items;

  if (!orm_collection_is_loaded (list) && !_orm_session_load_collection (self, list, error))
    return NULL;

  n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (members, g_list_model_get_item (G_LIST_MODEL (list), i));

  return g_steal_pointer (&members);
}

/*
 * The members in memory of a list that is not loaded. Where the database
 * cascades, they are all that has to be told.
 */
static GPtrArray *
dup_known_members (OrmSession *self, OrmEntity *entity, OrmSide *side)
{
  return _orm_identity_map_dup_pointing_at (_orm_session_get_map (self), side->inverse,
                                            _orm_entity_get_key (entity));
}

static gboolean
is_left_to_database (OrmEntity *entity, OrmSide *side)
{
  OrmCollection *list = _orm_entity_peek_collection (entity, side);

  return side->spec->rule == ORM_DELETE_CASCADE &&
         (side->spec->flags & ORM_RELATIONSHIP_DB_CASCADE) != 0 &&
         (list == NULL || !orm_collection_is_loaded (list)) && _orm_entity_get_key (entity) > 0;
}

static gboolean collect (Deletion *deletion, OrmEntity *entity, GError **error);

static gboolean
collect_members (Deletion *deletion, OrmEntity *entity, OrmSide *side, GError **error)
{
  gboolean by_database = is_left_to_database (entity, side);
  g_autoptr (GPtrArray) members = NULL;

  if (by_database && _orm_undo_stack_wants_step (_orm_session_get_undo (deletion->session)))
    {
      if (!_orm_session_read_database_cascade (deletion->session, entity, deletion->kept, error))
        return FALSE;
      by_database = FALSE;
    }

  if (by_database)
    _orm_session_note_unread (deletion->session, side->target);
  members = by_database ? dup_known_members (deletion->session, entity, side)
                        : dup_members (deletion->session, entity, side, error);
  if (members == NULL)
    return FALSE;

  for (guint i = members->len; i > 0; i--)
    {
      OrmEntity *member = g_ptr_array_index (members, i - 1);

      if (!collect (deletion, member, error))
        return FALSE;

      if (by_database)
        g_hash_table_add (deletion->with_owner, member);
    }

  return TRUE;
}

/*
 * Finds out who goes with @entity. On failure too, whoever is marked is in the
 * deletion.
 */
static gboolean
collect (Deletion *deletion, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmMapper *mapper = priv->mapper;
  gboolean is_done = TRUE;

  if (priv->is_deleting || priv->state == ORM_ENTITY_DELETED || priv->session != deletion->session)
    return TRUE;

  priv->is_deleting = TRUE;
  for (guint i = 0; i < mapper->n_collections && is_done; i++)
    if (mapper->collections[i]->spec->rule == ORM_DELETE_DENY)
      is_done = deny (deletion->session, entity, mapper->collections[i], error);

  for (guint i = 0; i < mapper->n_collections && is_done; i++)
    if (mapper->collections[i]->spec->rule == ORM_DELETE_CASCADE)
      is_done = collect_members (deletion, entity, mapper->collections[i], error);

  g_ptr_array_add (deletion->entities, g_object_ref (entity));
  return is_done;
}

static gboolean
stays (gpointer member, gpointer data)
{
  return !_orm_entity_get_private (member)->is_deleting;
}

/*
 * Members that go themselves stay as they are: that is what they were.
 */
static gboolean
leave_behind (Deletion *deletion, OrmEntity *entity, OrmSide *side, GError **error)
{
  g_autoptr (GPtrArray) members = dup_members (deletion->session, entity, side, error);

  if (members == NULL)
    return FALSE;

  _orm_array_keep (members, stays, NULL);
  return members->len == 0 ||
         _orm_splice_remove (_orm_entity_ensure_collection (entity, side), members, error);
}

static gboolean
leave_all_behind (Deletion *deletion, GError **error)
{
  for (guint i = 0; i < deletion->entities->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (deletion->entities, i);
      OrmMapper *mapper = _orm_entity_get_private (entity)->mapper;

      for (guint j = 0; j < mapper->n_collections; j++)
        if (mapper->collections[j]->spec->rule == ORM_DELETE_NULLIFY &&
            !leave_behind (deletion, entity, mapper->collections[j], error))
          return FALSE;
    }

  return TRUE;
}

/*
 * Who never had a row is as if he had never been added, and belongs to nobody.
 */
static void
drop_pending (Deletion *deletion, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->state == ORM_ENTITY_PENDING)
      _orm_entity_move (entity, priv->mapper->references[i], NULL, ORM_POSITION_LAST,
                        ORM_MOVE_UNCHECKED, NULL);
}

static void
go (Deletion *deletion, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  OrmSession *session = deletion->session;
  OrmEntityState state = priv->state;

  leave_lists (session, entity);
  _orm_linked_delete (session, entity, ORM_LEAVE_NOTED);
  _orm_journal_add_state (_orm_session_get_journal (session), ORM_JOURNAL_DELETED, entity, state);
  _orm_session_record_deleted (session, entity);
  priv->is_gone_with_owner =
    state != ORM_ENTITY_PENDING && g_hash_table_contains (deletion->with_owner, entity);

  priv->state = ORM_ENTITY_DELETED;
  if (state == ORM_ENTITY_PENDING)
    _orm_session_drop (session, entity);
  else
    _orm_session_add_unsaved (session, entity);
}

static void
go_all (Deletion *deletion)
{
  for (guint i = 0; i < deletion->entities->len; i++)
    drop_pending (deletion, g_ptr_array_index (deletion->entities, i));

  for (guint i = 0; i < deletion->entities->len; i++)
    go (deletion, g_ptr_array_index (deletion->entities, i));
}

/*
 * Deletes in memory, while lists hold back. On failure the caller takes back
 * what was noted.
 */
gboolean
_orm_session_delete_entities (OrmSession *self, GPtrArray *entities, GError **error)
{
  Deletion deletion = { .session = self,
                        .entities = g_ptr_array_new_with_free_func (g_object_unref),
                        .kept = g_ptr_array_new_with_free_func (g_object_unref),
                        .with_owner = g_hash_table_new (NULL, NULL) };
  gboolean is_done = TRUE;

  for (guint i = 0; i < entities->len && is_done; i++)
    is_done = collect (&deletion, g_ptr_array_index (entities, i), error);

  is_done = is_done && leave_all_behind (&deletion, error);
  if (is_done)
    go_all (&deletion);

  for (guint i = 0; i < deletion.entities->len; i++)
    _orm_entity_get_private (g_ptr_array_index (deletion.entities, i))->is_deleting = FALSE;

  g_ptr_array_unref (deletion.entities);
  g_ptr_array_unref (deletion.kept);
  g_hash_table_unref (deletion.with_owner);
  return is_done;
}

gboolean
_orm_session_delete_entity (OrmSession *self, OrmEntity *entity, GError **error)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new ();

  g_ptr_array_add (entities, entity);
  return _orm_session_delete_entities (self, entities, error);
}

/**
 * orm_session_delete:
 * @self: a session
 * @entity: (type OrmEntity): an entity of the session
 * @error: return location for an #OrmError
 *
 * Marks an entity for deletion. The delete rules of its relationships act in
 * memory now: every list it or its members are in tells so before this
 * returns. The row goes with the next flush. A new entity is just dropped.
 *
 * Members of a list with %ORM_RELATIONSHIP_DB_CASCADE that was not read are
 * deleted by the database, unread, with their owner's row: one statement. So
 * that orm_session_undo() can bring them back, they are read first, one
 * statement a level, where the step has a name by then, from
 * orm_session_begin_group() or orm_session_set_label(), and steps are kept at
 * all. Without a name the commit makes no step and forgets those before it: half
 * a deletion is not offered to be taken back.
 *
 * In a handler of a change the entity is deleted when the change is over; if a
 * rule denies it then, orm_entity_get_error() of @entity says so.
 *
 * Returns: %FALSE if a rule denies it; then nothing has changed
 */
gboolean
orm_session_delete (OrmSession *self, gpointer entity, GError **error)
{
  g_autoptr (OrmEntity) alive = NULL;
  gboolean autoflush, is_deleted;
  guint mark;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);

  alive = g_object_ref (entity);

  /* A transient one has left, though a group may still have to tell that. */
  if (orm_entity_get_session (entity) != self ||
      orm_entity_get_state (entity) == ORM_ENTITY_TRANSIENT)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
                           "The entity is not in this session");
      return FALSE;
    }

  if (_orm_session_is_busy (self))
    {
      _orm_session_postpone_deletion (self, entity);
      return TRUE;
    }

  mark = _orm_journal_get_length (_orm_session_get_journal (self));
  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);

  /* What is written of half a deletion, memory alone could not take back. */
  autoflush = _orm_session_pause_autoflush (self);
  is_deleted = _orm_session_delete_entity (self, entity, error);
  if (!is_deleted)
    _orm_session_rewind (self, mark);
  orm_session_set_autoflush (self, autoflush);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
  return is_deleted;
}
