/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-history-private.h"
#include "orm-session-private.h"

/**
 * OrmSession:
 *
 * The objects of one database: each row is one object, changes gather in
 * memory until they are flushed, and a rollback takes memory and every view
 * back to where they were.
 *
 * A session lives as long as its program uses the database; a transaction is
 * open only between a flush and the commit. It holds what is not saved and
 * nothing else.
 */

typedef struct
{
  OrmMapper *mapper;
  GHashTable *entities; /* key → entity, not held */
  OrmRowCache *rows;
  gint64 last_id; /* 0: not known in this transaction */
} Class;

struct _OrmObserver
{
  const OrmObserverClass *klass; /* NULL once it is removed */
  gpointer data;
  OrmChangeSet *changes;
};

typedef struct
{
  char *name;
  guint mark;
} Savepoint;

/* What a commit does with the step it makes. */
typedef enum
{
  HISTORY_NEW,
  HISTORY_UNDOING,
  HISTORY_REDOING
} HistoryMode;

struct _OrmSession
{
  GObject parent_instance;

  OrmConnection *connection;
  GPtrArray *mappers;
  GHashTable *classes; /* mapper → Class */
  GPtrArray *unsaved;  /* not held: the journal does */
  OrmJournal *journal;
  GArray *savepoints;
  guint flush_mark; /* how much of the journal the database knows */
  gboolean autoflush;
  gboolean is_flushing;
  gboolean needs_rollback;
  gboolean was_dirty;

  guint depth;
  guint coalescing;
  gboolean is_delivering;
  GPtrArray *observers;
  GPtrArray *touched; /* of OrmCollection */
  GPtrArray *dropped; /* of OrmEntity: deleted before they had a row */

  GPtrArray *undo_steps;
  GPtrArray *redo_steps;
  guint undo_limit;
  char *label;
  HistoryMode history_mode;
};

G_DEFINE_FINAL_TYPE (OrmSession, orm_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DIRTY,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  N_PROPS
};

enum
{
  CHANGED,
  LOAD_FAILED,
  N_SIGNALS
};

#define DEFAULT_UNDO_LIMIT 100

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
class_free (Class *klass)
{
  g_hash_table_unref (klass->entities);
  _orm_row_cache_free (klass->rows);
  g_free (klass);
}

static void
observer_free (OrmObserver *observer)
{
  g_clear_object (&observer->changes);
  g_free (observer);
}

static void
savepoint_clear (Savepoint *savepoint)
{
  g_clear_pointer (&savepoint->name, g_free);
}

static Class *
get_class (OrmSession *self, OrmMapper *mapper)
{
  Class *klass = g_hash_table_lookup (self->classes, mapper);

  g_assert (klass != NULL);
  return klass;
}

/*
 * Takes the entity out of the identity map, if it is the one in it.
 */
static void
unmap (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  GHashTable *entities = get_class (self, priv->mapper)->entities;

  if (g_hash_table_lookup (entities, &priv->key) == entity)
    g_hash_table_remove (entities, &priv->key);
}

/*
 * The entity is being disposed of.
 */
void
_orm_session_forget (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  unmap (self, entity);
  if (priv->is_unsaved)
    g_ptr_array_remove (self->unsaved, entity);
  priv->is_unsaved = FALSE;
}

/*
 * The entity leaves the session and is as if it had never been added.
 */
void
_orm_session_expunge (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  _orm_session_forget (self, entity);
  priv->session = NULL;
  priv->state = ORM_ENTITY_TRANSIENT;
  priv->dirty = 0;
  priv->orphaned = 0;
}

/*
 * An entity that was deleted before it had a row leaves the session once all
 * lists have told that it is gone.
 */
void
_orm_session_drop (OrmSession *self, OrmEntity *entity)
{
  _orm_entity_get_private (entity)->is_dropped = TRUE;
  g_ptr_array_add (self->dropped, g_object_ref (entity));
}

static void
expunge_dropped (OrmSession *self)
{
  g_autoptr (GPtrArray) dropped = g_steal_pointer (&self->dropped);

  self->dropped = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < dropped->len; i++)
    {
      OrmEntity *entity = g_ptr_array_index (dropped, i);

      if (!_orm_entity_get_private (entity)->is_dropped)
        continue;

      _orm_entity_get_private (entity)->is_dropped = FALSE;
      _orm_session_expunge (self, entity);
    }
}

OrmObserver *
_orm_session_add_observer (OrmSession *self, const OrmObserverClass *klass, gpointer data)
{
  OrmObserver *observer = g_new0 (OrmObserver, 1);

  observer->klass = klass;
  observer->data = data;
  observer->changes = _orm_change_set_new ();
  g_ptr_array_add (self->observers, observer);
  return observer;
}

void
_orm_session_remove_observer (OrmSession *self, OrmObserver *observer)
{
  observer->klass = NULL;

  if (!self->is_delivering)
    g_ptr_array_remove (self->observers, observer);
}

void
_orm_session_rekey_observers (OrmSession *self, OrmMapper *mapper, gint64 old_key, gint64 new_key)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->rekey != NULL)
        observer->klass->rekey (observer->data, mapper, old_key, new_key);
    }
}

static gboolean
deliver_to (OrmObserver *observer)
{
  g_autoptr (OrmChangeSet) changes = NULL;

  if (observer->klass == NULL || orm_change_set_get_n_changes (observer->changes) == 0)
    return FALSE;

  changes = g_steal_pointer (&observer->changes);
  observer->changes = _orm_change_set_new ();
  observer->klass->changed (observer->data, changes);
  return TRUE;
}

static void
remove_gone_observers (OrmSession *self)
{
  for (guint i = self->observers->len; i > 0; i--)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i - 1);

      if (observer->klass == NULL)
        g_ptr_array_remove_index (self->observers, i - 1);
    }
}

static void
update_dirty (OrmSession *self)
{
  gboolean is_dirty = orm_session_get_dirty (self);

  if (self->was_dirty == is_dirty)
    return;

  self->was_dirty = is_dirty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRTY]);
}

/*
 * Tells the observers, and again while their handlers change more.
 */
static void
deliver (OrmSession *self)
{
  g_autoptr (OrmSession) alive = g_object_ref (self);
  gboolean has_told;

  if (self->is_delivering)
    return;

  self->is_delivering = TRUE;
  do
    {
      has_told = FALSE;
      for (guint i = 0; i < self->observers->len; i++)
        has_told |= deliver_to (g_ptr_array_index (self->observers, i));
    }
  while (has_told);
  self->is_delivering = FALSE;

  remove_gone_observers (self);
  update_dirty (self);
}

void
_orm_session_enter (OrmSession *self)
{
  self->depth++;
}

void
_orm_session_leave (OrmSession *self)
{
  g_assert (self->depth > 0);

  if (--self->depth == 0)
    deliver (self);
}

void
_orm_session_begin_coalescing (OrmSession *self)
{
  self->coalescing++;
}

void
_orm_session_end_coalescing (OrmSession *self)
{
  g_autoptr (GPtrArray) touched = NULL;

  g_assert (self->coalescing > 0);

  if (--self->coalescing > 0)
    return;

  touched = g_steal_pointer (&self->touched);
  self->touched = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < touched->len; i++)
    _orm_collection_step_back (g_ptr_array_index (touched, i));
  for (guint i = 0; i < touched->len; i++)
    _orm_collection_announce (g_ptr_array_index (touched, i));

  expunge_dropped (self);
}

gboolean
_orm_session_is_coalescing (OrmSession *self)
{
  return self->coalescing > 0;
}

void
_orm_session_add_touched (OrmSession *self, OrmCollection *collection)
{
  g_ptr_array_add (self->touched, g_object_ref (collection));
}

void
_orm_session_record_update (OrmSession *self, OrmEntity *entity, guint slot, const OrmValue *old)
{
  if (orm_entity_get_state (entity) == ORM_ENTITY_DELETED)
    return;

  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      _orm_change_set_add_update (observer->changes, entity, slot, old);
    }
}

void
_orm_session_record_inserted (OrmSession *self, OrmEntity *entity)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      _orm_change_set_add_inserted (observer->changes, entity);
    }
}

void
_orm_session_record_deleted (OrmSession *self, OrmEntity *entity)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      _orm_change_set_add_deleted (observer->changes, entity);
    }
}

OrmJournal *
_orm_session_get_journal (OrmSession *self)
{
  return self->journal;
}

guint
_orm_session_get_flush_mark (OrmSession *self)
{
  return self->flush_mark;
}

/*
 * Once a flush has left something behind, the journal no longer tells what the
 * database has of an entity; there is no mark then until all is flushed.
 */
void
_orm_session_set_flush_mark (OrmSession *self, gboolean is_complete)
{
  self->flush_mark = is_complete ? _orm_journal_get_length (self->journal) : G_MAXUINT;
}

GPtrArray *
_orm_session_get_mappers (OrmSession *self)
{
  return self->mappers;
}

OrmMapper *
_orm_session_get_mapper (OrmSession *self, GType type)
{
  OrmMapper *mapper = _orm_mapper_for_type (type);

  return mapper != NULL && g_hash_table_contains (self->classes, mapper) ? mapper : NULL;
}

OrmRowCache *
_orm_session_get_rows (OrmSession *self, OrmMapper *mapper)
{
  return get_class (self, mapper)->rows;
}

void
_orm_session_add_unsaved (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->is_unsaved)
    return;

  priv->is_unsaved = TRUE;
  g_ptr_array_add (self->unsaved, entity);
}

GPtrArray *
_orm_session_get_unsaved (OrmSession *self)
{
  return self->unsaved;
}

/*
 * The entity with a key, if it is in memory; the caller holds it if it keeps
 * it.
 */
OrmEntity *
_orm_session_peek (OrmSession *self, OrmMapper *mapper, gint64 key)
{
  return g_hash_table_lookup (get_class (self, mapper)->entities, &key);
}

/*
 * The entities in memory whose to-one @side points at @key.
 */
GPtrArray *
_orm_session_dup_pointing_at (OrmSession *self, OrmSide *side, gint64 key)
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
 * Adds the entities in memory that have a row.
 */
void
_orm_session_add_persistent (OrmSession *self, OrmMapper *mapper, GPtrArray *entities)
{
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, get_class (self, mapper)->entities);
  while (g_hash_table_iter_next (&iter, NULL, &entity))
    if (orm_entity_get_state (entity) == ORM_ENTITY_PERSISTENT)
      g_ptr_array_add (entities, g_object_ref (entity));
}

void
_orm_session_remember (OrmSession *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  priv->session = self;
  g_hash_table_replace (get_class (self, priv->mapper)->entities, &priv->key, entity);
}

/*
 * Makes the entity of a row.
 */
OrmEntity *
_orm_session_hydrate (OrmSession *self, OrmMapper *mapper, const OrmRow *row)
{
  OrmEntity *entity = g_object_new (mapper->type, NULL);
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < mapper->n_slots; i++)
    _orm_entity_load_slot (entity, i, &row->values[i]);

  priv->key = row->id;
  priv->state = ORM_ENTITY_PERSISTENT;
  _orm_session_remember (self, entity);
  return entity;
}

/*
 * Rollback of orm_session_add().
 */
void
_orm_session_restore_added (OrmSession *self, OrmEntity *entity, OrmEntityState state)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  _orm_session_record_deleted (self, entity);
  _orm_session_expunge (self, entity);

  /* From here on only the lists that it was in before hold it. */
  for (guint i = 0; i < priv->mapper->n_references; i++)
    {
      OrmEntity *owner = priv->references[i].target;
      OrmCollection *list =
        owner != NULL ? _orm_entity_peek_collection (owner, priv->mapper->references[i]->inverse)
                      : NULL;

      if (list != NULL && _orm_collection_knows (list, entity))
        _orm_collection_hold (list, entity);
    }
}

/*
 * Rollback of a deletion in memory.
 */
void
_orm_session_restore_deleted (OrmSession *self, OrmEntity *entity, OrmEntityState state)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (priv->session == NULL)
    _orm_session_remember (self, entity);
  priv->state = state;
  priv->is_dropped = FALSE;
  _orm_session_record_inserted (self, entity);
  if (state == ORM_ENTITY_PENDING)
    _orm_session_add_unsaved (self, entity);
}

/*
 * Rollback of an INSERT.
 */
void
_orm_session_restore_inserted (OrmSession *self, OrmEntity *entity, gint64 old_key)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);
  gint64 id = priv->key;

  unmap (self, entity);
  priv->state = ORM_ENTITY_PENDING;
  if (old_key != id)
    {
      _orm_entity_set_key (entity, old_key);
      _orm_session_rekey_observers (self, priv->mapper, id, old_key);
    }
  _orm_session_remember (self, entity);
}

/*
 * Rollback of a DELETE.
 */
void
_orm_session_restore_removed (OrmSession *self, OrmEntity *entity)
{
  _orm_session_remember (self, entity);
}

void
_orm_session_report_failed_load (OrmSession *self, const GError *error)
{
  g_signal_emit (self, signals[LOAD_FAILED], 0, error);
}

gboolean
_orm_session_is_flushing (OrmSession *self)
{
  return self->is_flushing;
}

gboolean
_orm_session_check_usable (OrmSession *self, GError **error)
{
  if (!self->needs_rollback)
    return TRUE;

  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NEEDS_ROLLBACK,
                       "An earlier change failed: roll back first");
  return FALSE;
}

gint64
_orm_session_next_id (OrmSession *self, OrmMapper *mapper, GError **error)
{
  Class *klass = get_class (self, mapper);
  g_autofree char *sql = NULL;
  OrmValue table = { .is_text = TRUE, .text = (char *) mapper->table };

  if (klass->last_id == 0)
    {
      sql = _orm_dialect_select_last_id ();
      if (!_orm_connection_select_int64 (self->connection, sql, &table, 1, &klass->last_id, error))
        return 0;
    }

  return ++klass->last_id;
}

void
_orm_session_use_id (OrmSession *self, OrmMapper *mapper, gint64 id)
{
  Class *klass = get_class (self, mapper);

  if (klass->last_id != 0)
    klass->last_id = MAX (klass->last_id, id);
}

static void
forget_last_ids (OrmSession *self)
{
  for (guint i = 0; i < self->mappers->len; i++)
    get_class (self, g_ptr_array_index (self->mappers, i))->last_id = 0;
}

static void
on_self_changed (gpointer data, OrmChangeSet *changes)
{
  if (changes != NULL)
    g_signal_emit (data, signals[CHANGED], 0, changes);
}

static const OrmObserverClass self_observer = { .changed = on_self_changed };

static void
notify_history (OrmSession *self)
{
  for (guint i = PROP_CAN_UNDO; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
orm_session_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  OrmSession *self = ORM_SESSION (object);

  switch (prop_id)
    {
    case PROP_DIRTY:
      g_value_set_boolean (value, orm_session_get_dirty (self));
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, orm_session_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, orm_session_can_redo (self));
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, orm_session_get_undo_label (self));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, orm_session_get_redo_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
orm_session_dispose (GObject *object)
{
  orm_session_close (ORM_SESSION (object));

  G_OBJECT_CLASS (orm_session_parent_class)->dispose (object);
}

static void
orm_session_finalize (GObject *object)
{
  OrmSession *self = ORM_SESSION (object);

  g_ptr_array_unref (self->mappers);
  g_hash_table_unref (self->classes);
  g_ptr_array_unref (self->unsaved);
  _orm_journal_free (self->journal);
  g_array_unref (self->savepoints);
  g_ptr_array_unref (self->observers);
  g_ptr_array_unref (self->touched);
  g_ptr_array_unref (self->dropped);
  g_ptr_array_unref (self->undo_steps);
  g_ptr_array_unref (self->redo_steps);
  g_free (self->label);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (orm_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  /**
   * OrmSession:dirty:
   *
   * Whether there is anything that the next commit would save.
   */
  properties[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE, flags);

  /**
   * OrmSession:can-undo:
   *
   * Whether there is a committed step to take back.
   */
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);

  /**
   * OrmSession:can-redo:
   *
   * Whether there is a step that was taken back.
   */
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);

  /**
   * OrmSession:undo-label:
   *
   * What the step was called that undo would take back.
   */
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);

  /**
   * OrmSession:redo-label:
   *
   * What the step was called that redo would do again.
   */
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
orm_session_class_init (OrmSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = orm_session_dispose;
  object_class->finalize = orm_session_finalize;
  object_class->get_property = orm_session_get_property;

  install_properties (object_class);

  /**
   * OrmSession::changed:
   * @self: a session
   * @changes: what changed
   *
   * Entities of the session changed in memory: once a mutation, or once a
   * group. Lists, live queries and totals have been told before.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, ORM_TYPE_CHANGE_SET);

  /**
   * OrmSession::load-failed:
   * @self: a session
   * @error: what went wrong
   *
   * A relationship was read through a property or a list, which have no way to
   * say that the database did not answer.
   */
  signals[LOAD_FAILED] = g_signal_new ("load-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
orm_session_init (OrmSession *self)
{
  self->mappers = g_ptr_array_new ();
  self->classes = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) class_free);
  self->unsaved = g_ptr_array_new ();
  self->journal = _orm_journal_new ();
  self->savepoints = g_array_new (FALSE, FALSE, sizeof (Savepoint));
  g_array_set_clear_func (self->savepoints, (GDestroyNotify) savepoint_clear);
  self->autoflush = TRUE;
  self->observers = g_ptr_array_new_with_free_func ((GDestroyNotify) observer_free);
  self->touched = g_ptr_array_new_with_free_func (g_object_unref);
  self->dropped = g_ptr_array_new_with_free_func (g_object_unref);
  self->undo_steps = g_ptr_array_new_with_free_func ((GDestroyNotify) _orm_step_free);
  self->redo_steps = g_ptr_array_new_with_free_func ((GDestroyNotify) _orm_step_free);
  self->undo_limit = DEFAULT_UNDO_LIMIT;
  _orm_session_add_observer (self, &self_observer, self);
}

static gboolean
add_type (OrmSession *self, GType type, GError **error)
{
  OrmMapper *mapper = _orm_mapper_for_type (type);
  Class *klass;

  if (mapper == NULL)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_MAPPING, "%s is not a mapped entity class",
                   g_type_name (type));
      return FALSE;
    }

  if (!_orm_mapper_resolve (mapper, error))
    return FALSE;

  klass = g_new0 (Class, 1);
  klass->mapper = mapper;
  klass->entities = g_hash_table_new (g_int64_hash, g_int64_equal);
  klass->rows = _orm_row_cache_new (mapper);
  g_hash_table_insert (self->classes, mapper, klass);
  g_ptr_array_add (self->mappers, mapper);
  return TRUE;
}

static void
add_in_order (OrmSession *self, OrmMapper *mapper, GPtrArray *order)
{
  if (g_ptr_array_find (order, mapper, NULL))
    return;

  for (guint i = 0; i < mapper->n_references; i++)
    if (mapper->references[i]->target != mapper)
      add_in_order (self, mapper->references[i]->target, order);

  g_ptr_array_add (order, mapper);
}

/*
 * Targets before those that point at them: the order of INSERT, and backwards
 * of DELETE.
 */
static void
sort_mappers (OrmSession *self)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < self->mappers->len; i++)
    add_in_order (self, g_ptr_array_index (self->mappers, i), order);

  g_ptr_array_unref (self->mappers);
  self->mappers = g_steal_pointer (&order);
}

static gboolean
check_targets (OrmSession *self, GError **error)
{
  for (guint i = 0; i < self->mappers->len; i++)
    {
      OrmMapper *mapper = g_ptr_array_index (self->mappers, i);

      for (guint j = 0; j < mapper->n_sides; j++)
        if (!g_hash_table_contains (self->classes, mapper->sides[j].target))
          {
            g_set_error (error, ORM_ERROR, ORM_ERROR_MAPPING,
                         "%s.%s leads to %s, which the session was not told of",
                         g_type_name (mapper->type), mapper->sides[j].spec->name,
                         g_type_name (mapper->sides[j].target->type));
            return FALSE;
          }
    }

  return TRUE;
}

/**
 * orm_session_new_for_types:
 * @connection: a connection
 * @types: (array length=n_types): the entity classes
 * @n_types: how many
 * @error: return location for an #OrmError
 *
 * Makes a session and checks the mapping: both sides of each relationship have
 * to name each other and lead to each other's class.
 *
 * Returns: (transfer full): the session, or %NULL with %ORM_ERROR_MAPPING
 */
OrmSession *
orm_session_new_for_types (OrmConnection *connection,
                           const GType *types,
                           guint n_types,
                           GError **error)
{
  g_autoptr (OrmSession) self = NULL;

  g_return_val_if_fail (ORM_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (types != NULL && n_types > 0, NULL);

  self = g_object_new (ORM_TYPE_SESSION, NULL);
  self->connection = g_object_ref (connection);

  for (guint i = 0; i < n_types; i++)
    if (!add_type (self, types[i], error))
      return NULL;

  if (!check_targets (self, error))
    return NULL;

  sort_mappers (self);
  return g_steal_pointer (&self);
}

/**
 * orm_session_new:
 * @connection: a connection
 * @first_entity_type: an entity class
 * @...: further ones, then %G_TYPE_INVALID
 *
 * As orm_session_new_for_types(); a mapping that does not fit is the
 * programmer's mistake here and a critical warning.
 *
 * Returns: (transfer full): the session, or %NULL
 */
OrmSession *
orm_session_new (OrmConnection *connection, GType first_entity_type, ...)
{
  g_autoptr (GArray) types = g_array_new (FALSE, FALSE, sizeof (GType));
  g_autoptr (GError) error = NULL;
  OrmSession *self;
  va_list arguments;

  g_return_val_if_fail (ORM_IS_CONNECTION (connection), NULL);

  va_start (arguments, first_entity_type);
  for (GType type = first_entity_type; type != G_TYPE_INVALID; type = va_arg (arguments, GType))
    g_array_append_val (types, type);
  va_end (arguments);

  self = orm_session_new_for_types (connection, (const GType *) types->data, types->len, &error);
  if (self == NULL)
    g_critical ("%s", error->message);

  return self;
}

/**
 * orm_session_get_connection:
 * @self: a session
 *
 * Returns: (transfer none): the connection it works on
 */
OrmConnection *
orm_session_get_connection (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);

  return self->connection;
}

/**
 * orm_session_create_tables:
 * @self: a session
 * @error: return location for an #OrmError
 *
 * Makes the tables of all classes, with their constraints and indexes, where
 * they are not there yet. Inside an open transaction it is part of it.
 *
 * Returns: %TRUE if they are there
 */
gboolean
orm_session_create_tables (OrmSession *self, GError **error)
{
  gboolean was_open;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  was_open = _orm_connection_in_transaction (self->connection);
  if (!orm_connection_begin (self->connection, error))
    return FALSE;

  for (guint i = 0; i < self->mappers->len; i++)
    {
      g_autoptr (GPtrArray) sql = _orm_dialect_create_table (g_ptr_array_index (self->mappers, i));

      for (guint j = 0; j < sql->len; j++)
        if (!orm_connection_execute (self->connection, g_ptr_array_index (sql, j), error))
          {
            if (!was_open)
              orm_connection_rollback (self->connection);
            return FALSE;
          }
    }

  return was_open || orm_connection_commit (self->connection, error);
}

/**
 * orm_session_set_autoflush:
 * @self: a session
 * @autoflush: whether a read first writes what is unsaved, so that the
 *   database answers with it; %TRUE by default
 */
void
orm_session_set_autoflush (OrmSession *self, gboolean autoflush)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  self->autoflush = autoflush;
}

/**
 * orm_session_get_dirty:
 * @self: a session
 *
 * Returns: whether there is anything that the next commit would save
 */
gboolean
orm_session_get_dirty (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return self->unsaved->len > 0 || _orm_connection_in_transaction (self->connection);
}

static void
detach_all (OrmSession *self)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->mappers->len; i++)
    {
      Class *klass = get_class (self, g_ptr_array_index (self->mappers, i));
      GHashTableIter iter;
      gpointer entity;

      g_hash_table_iter_init (&iter, klass->entities);
      while (g_hash_table_iter_next (&iter, NULL, &entity))
        g_ptr_array_add (entities, g_object_ref (entity));
      g_hash_table_remove_all (klass->entities);
      _orm_row_cache_clear (klass->rows);
    }

  for (guint i = 0; i < entities->len; i++)
    _orm_entity_detach (g_ptr_array_index (entities, i));
}

/**
 * orm_session_close:
 * @self: a session
 *
 * Lets go of all entities: what they have read stays readable, a relationship
 * that was not read gives %ORM_ERROR_DETACHED, and their lists become empty.
 * What was not committed is lost. Letting go of the session does the same.
 */
void
orm_session_close (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  if (self->connection != NULL)
    orm_connection_rollback (self->connection);

  self->depth++;
  g_ptr_array_set_size (self->unsaved, 0);
  detach_all (self);
  _orm_journal_clear (self->journal);

  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL)
        observer->klass->changed (observer->data, NULL);
    }
  self->depth--;
}

static gboolean add_entity (OrmSession *self, OrmEntity *entity, GError **error);

static gboolean
add_targets (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    {
      OrmEntity *target = priv->references[i].target;
      OrmCollection *list;

      if (target == NULL)
        continue;

      if (orm_entity_get_session (target) == NULL && !add_entity (self, target, error))
        return FALSE;

      list = _orm_entity_peek_collection (target, priv->mapper->references[i]->inverse);
      if (list != NULL)
        _orm_collection_release (list, entity);
    }

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

static gboolean
check_addable (OrmSession *self, OrmEntity *entity, GError **error)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (!g_hash_table_contains (self->classes, priv->mapper))
    g_set_error (error, ORM_ERROR, ORM_ERROR_MAPPING, "The session was not told of %s",
                 G_OBJECT_TYPE_NAME (entity));
  else if (priv->session != NULL && priv->session != self)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
                         "The entity belongs to another session");
  else if (priv->state == ORM_ENTITY_DELETED || priv->state == ORM_ENTITY_DETACHED)
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

  if (!check_addable (self, entity, error))
    return FALSE;

  if (priv->session == self)
    return TRUE;

  _orm_session_enter (self);
  _orm_journal_add_state (self->journal, ORM_JOURNAL_ADDED, entity, priv->state);
  priv->state = ORM_ENTITY_PENDING;
  _orm_session_remember (self, entity);
  _orm_session_add_unsaved (self, entity);
  _orm_session_record_inserted (self, entity);

  if (!add_targets (self, entity, error) || !add_members (self, entity, error))
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
 * is related to and is new too comes along.
 *
 * Returns: %TRUE if it is in the session
 */
gboolean
orm_session_add (OrmSession *self, gpointer entity, GError **error)
{
  guint mark;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);

  mark = _orm_journal_get_length (self->journal);
  if (add_entity (self, entity, error))
    return TRUE;

  _orm_journal_rewind (self->journal, self, mark);
  return FALSE;
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
 * Returns: %FALSE if a rule denies it; then nothing has changed
 */
gboolean
orm_session_delete (OrmSession *self, gpointer entity, GError **error)
{
  g_autoptr (OrmEntity) alive = NULL;
  gboolean is_deleted;
  guint mark;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (ORM_IS_ENTITY (entity), FALSE);

  alive = g_object_ref (entity);
  if (orm_entity_get_session (entity) != self)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_ATTACHED_ELSEWHERE,
                           "The entity is not in this session");
      return FALSE;
    }

  mark = _orm_journal_get_length (self->journal);
  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  is_deleted = _orm_session_delete_entity (self, entity, error);
  if (!is_deleted)
    _orm_journal_rewind (self->journal, self, mark);
  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
  return is_deleted;
}

/**
 * orm_session_get:
 * @self: a session
 * @type: an entity class
 * @id: a row's id
 * @error: return location for an #OrmError
 *
 * Finds a row by its id; if its entity is in memory, without a statement.
 *
 * Returns: (transfer full) (nullable) (type OrmEntity): the entity; %NULL
 *   without @error set if there is no such row
 */
gpointer
orm_session_get (OrmSession *self, GType type, gint64 id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  OrmMapper *mapper;
  OrmEntity *entity;

  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);
  mapper = _orm_session_get_mapper (self, type);
  g_return_val_if_fail (mapper != NULL, NULL);

  entity = _orm_session_peek (self, mapper, id);
  if (entity != NULL)
    return orm_entity_get_state (entity) == ORM_ENTITY_DELETED ? NULL : g_object_ref (entity);

  if (!_orm_session_check_usable (self, error))
    return NULL;

  _orm_row_cache_remove (_orm_session_get_rows (self, mapper), id);
  entity = _orm_session_load_one (self, mapper, id, &local_error);
  if (entity == NULL && !g_error_matches (local_error, ORM_ERROR, ORM_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local_error));

  return entity;
}

static void
settle (OrmSession *self)
{
  for (guint i = 0; i < self->observers->len; i++)
    {
      OrmObserver *observer = g_ptr_array_index (self->observers, i);

      if (observer->klass != NULL && observer->klass->settled != NULL)
        observer->klass->settled (observer->data);
    }
}

static gboolean
flush (OrmSession *self, OrmFlushScope scope, GError **error)
{
  gboolean is_flushed;

  if (self->is_flushing)
    {
      self->needs_rollback = TRUE;
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_REENTRANT_FLUSH,
                           "The session is flushing already");
      return FALSE;
    }

  if (!_orm_session_check_usable (self, error))
    return FALSE;

  self->is_flushing = TRUE;
  _orm_session_enter (self);
  is_flushed =
    _orm_session_run_flush (self, scope, error) && _orm_session_check_usable (self, error);
  _orm_session_leave (self);
  self->is_flushing = FALSE;

  if (is_flushed)
    settle (self);
  else
    self->needs_rollback = TRUE;
  return is_flushed;
}

/*
 * Before a read: writes what is unsaved, but no orphan's deletion and nothing
 * that is still being filled in.
 */
gboolean
_orm_session_autoflush (OrmSession *self, GError **error)
{
  if (!_orm_session_check_usable (self, error))
    return FALSE;

  if (!self->autoflush || self->is_flushing || self->unsaved->len == 0)
    return TRUE;

  return flush (self, ORM_FLUSH_KEEP_ORPHANS, error);
}

/**
 * orm_session_flush:
 * @self: a session
 * @error: return location for an #OrmError
 *
 * Writes what is unsaved, in an order that satisfies the constraints, into a
 * transaction that stays open until the commit.
 *
 * Returns: %TRUE if all was written; else the session needs a rollback
 */
gboolean
orm_session_flush (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return flush (self, ORM_FLUSH_ALL, error);
}

static void
push_step (OrmSession *self, OrmStep *step)
{
  GPtrArray *steps = self->history_mode == HISTORY_UNDOING ? self->redo_steps : self->undo_steps;

  if (self->history_mode == HISTORY_NEW)
    g_ptr_array_set_size (self->redo_steps, 0);

  g_ptr_array_add (steps, step);
  if (steps->len > self->undo_limit)
    g_ptr_array_remove_range (steps, 0, steps->len - self->undo_limit);
}

/*
 * What was deleted in the transaction is out of the session for good.
 */
static void
detach_removed (OrmSession *self)
{
  for (guint i = 0; i < _orm_journal_get_length (self->journal); i++)
    {
      const OrmJournalEntry *entry = _orm_journal_get (self->journal, i);

      if (entry->kind == ORM_JOURNAL_REMOVED && orm_entity_get_session (entry->entity) == self)
        {
          unmap (self, entry->entity);
          _orm_entity_detach (entry->entity);
        }
    }
}

/**
 * orm_session_commit:
 * @self: a session
 * @error: return location for an #OrmError
 *
 * Flushes and commits. What was done since the last commit becomes one step
 * for orm_session_undo().
 *
 * Returns: %TRUE if all is saved; else the session needs a rollback
 */
gboolean
orm_session_commit (OrmSession *self, GError **error)
{
  OrmStep *step = NULL;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  if (!flush (self, ORM_FLUSH_ALL, error))
    return FALSE;

  if (!orm_connection_commit (self->connection, error))
    {
      self->needs_rollback = TRUE;
      return FALSE;
    }

  if (self->undo_limit > 0)
    step = _orm_step_new (self->journal, self->label);

  detach_removed (self);
  _orm_journal_clear (self->journal);
  self->flush_mark = 0;
  g_array_set_size (self->savepoints, 0);
  forget_last_ids (self);
  g_clear_pointer (&self->label, g_free);

  if (step != NULL && !_orm_step_is_empty (step))
    {
      push_step (self, step);
      notify_history (self);
    }
  else
    g_clear_pointer (&step, _orm_step_free);

  update_dirty (self);
  return TRUE;
}

static void
forget_unsaved (OrmSession *self)
{
  for (guint i = 0; i < self->unsaved->len; i++)
    {
      OrmEntityPrivate *priv = _orm_entity_get_private (g_ptr_array_index (self->unsaved, i));

      priv->is_unsaved = FALSE;
      priv->dirty = 0;
    }

  g_ptr_array_set_size (self->unsaved, 0);

  for (guint i = 0; i < self->mappers->len; i++)
    _orm_row_cache_clear (get_class (self, g_ptr_array_index (self->mappers, i))->rows);
  forget_last_ids (self);
}

/**
 * orm_session_rollback:
 * @self: a session
 *
 * Takes everything back that was done since the last commit: the rows, the
 * entities, and each list, which tells what moves back and where to. What was
 * added is in no session any more.
 */
void
orm_session_rollback (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  orm_connection_rollback (self->connection);
  self->needs_rollback = FALSE;
  g_array_set_size (self->savepoints, 0);
  g_clear_pointer (&self->label, g_free);
  forget_unsaved (self);
  self->flush_mark = 0;
  _orm_journal_rewind (self->journal, self, 0);
  settle (self);
  update_dirty (self);
}

static gboolean
run_savepoint (OrmSession *self, const char *verb, const char *name, GError **error)
{
  g_autofree char *sql = NULL;

  /* A name is an identifier in the statement, and each makes a statement that
   * the connection keeps. */
  for (const char *p = name; *p != '\0'; p++)
    g_return_val_if_fail (g_ascii_isalnum (*p) || *p == '_', FALSE);

  sql = g_strdup_printf ("%s sp_%s", verb, name);
  return _orm_connection_control (self->connection, sql, error);
}

static gint
find_savepoint (OrmSession *self, const char *name)
{
  for (guint i = self->savepoints->len; i > 0; i--)
    if (g_str_equal (g_array_index (self->savepoints, Savepoint, i - 1).name, name))
      return (gint) i - 1;

  return -1;
}

/**
 * orm_session_savepoint:
 * @self: a session
 * @name: letters, digits and underscores of ASCII
 * @error: return location for an #OrmError
 *
 * Flushes and remembers this moment for orm_session_rollback_to().
 *
 * Returns: %TRUE if it is remembered
 */
gboolean
orm_session_savepoint (OrmSession *self, const char *name, GError **error)
{
  Savepoint savepoint;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (name != NULL && *name != '\0', FALSE);

  if (!flush (self, ORM_FLUSH_ALL, error) || !orm_connection_begin (self->connection, error) ||
      !run_savepoint (self, "SAVEPOINT", name, error))
    return FALSE;

  savepoint.name = g_strdup (name);
  savepoint.mark = _orm_journal_get_length (self->journal);
  g_array_append_val (self->savepoints, savepoint);
  return TRUE;
}

static gint
check_savepoint (OrmSession *self, const char *name, GError **error)
{
  gint index = find_savepoint (self, name);

  if (index < 0)
    g_set_error (error, ORM_ERROR, ORM_ERROR_NOT_FOUND, "There is no savepoint “%s”", name);
  return index;
}

/**
 * orm_session_release:
 * @self: a session
 * @name: a savepoint
 * @error: return location for an #OrmError
 *
 * Forgets a savepoint and those after it; what was done since stays.
 *
 * Returns: %TRUE if it is forgotten
 */
gboolean
orm_session_release (OrmSession *self, const char *name, GError **error)
{
  gint index;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  index = check_savepoint (self, name, error);
  if (index < 0 || !flush (self, ORM_FLUSH_ALL, error) ||
      !run_savepoint (self, "RELEASE", name, error))
    return FALSE;

  g_array_set_size (self->savepoints, (guint) index);
  return TRUE;
}

/**
 * orm_session_rollback_to:
 * @self: a session
 * @name: a savepoint
 * @error: return location for an #OrmError
 *
 * Takes back what was done since a savepoint, in the rows, the entities and
 * the lists. The savepoint stays.
 *
 * Returns: %TRUE if it was taken back
 */
gboolean
orm_session_rollback_to (OrmSession *self, const char *name, GError **error)
{
  gint index;

  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  index = check_savepoint (self, name, error);
  if (index < 0 || !run_savepoint (self, "ROLLBACK TO", name, error))
    return FALSE;

  self->needs_rollback = FALSE;
  forget_unsaved (self);
  g_array_set_size (self->savepoints, (guint) index + 1);
  self->flush_mark = g_array_index (self->savepoints, Savepoint, index).mark;
  _orm_journal_rewind (self->journal, self,
                       g_array_index (self->savepoints, Savepoint, index).mark);
  settle (self);
  return TRUE;
}

/**
 * orm_session_set_label:
 * @self: a session
 * @label: (nullable): what the step that the next commit makes is called
 */
void
orm_session_set_label (OrmSession *self, const char *label)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  g_free (self->label);
  self->label = g_strdup (label);
}

/**
 * orm_session_begin_group:
 * @self: a session
 * @label: (nullable): what the step is called
 *
 * Opens a group of changes. Lists that are changed in it read as they will be,
 * and tell at its end, once for each range; so do live queries and totals.
 * Groups nest; the outermost gives the label.
 */
void
orm_session_begin_group (OrmSession *self, const char *label)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  if (self->coalescing == 0 && label != NULL)
    orm_session_set_label (self, label);

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
}

/**
 * orm_session_end_group:
 * @self: a session
 *
 * Closes what orm_session_begin_group() opened.
 */
void
orm_session_end_group (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));
  g_return_if_fail (self->coalescing > 0);

  _orm_session_end_coalescing (self);
  _orm_session_leave (self);
}

static gboolean
revert_last (OrmSession *self, GPtrArray *steps, HistoryMode mode, GError **error)
{
  OrmStep *step;
  gboolean is_done;

  if (steps->len == 0)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NOT_FOUND, "There is no such step");
      return FALSE;
    }

  if (orm_session_get_dirty (self))
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED,
                           "There are changes that were not saved yet");
      return FALSE;
    }

  step = g_ptr_array_steal_index (steps, steps->len - 1);
  self->history_mode = mode;
  orm_session_begin_group (self, _orm_step_get_label (step));
  is_done = _orm_step_revert (step, self, error);
  orm_session_end_group (self);
  is_done = is_done && orm_session_commit (self, error);
  self->history_mode = HISTORY_NEW;

  if (is_done)
    _orm_step_free (step);
  else
    {
      orm_session_rollback (self);
      g_ptr_array_add (steps, step);
    }

  notify_history (self);
  return is_done;
}

/**
 * orm_session_undo:
 * @self: a session without unsaved changes
 * @error: return location for an #OrmError
 *
 * Takes back the last committed step, as a commit of its own; rows that it
 * deleted come back under their ids. If the rows were changed elsewhere since,
 * nothing is changed and the error is %ORM_ERROR_STALE.
 *
 * Returns: %TRUE if it was taken back
 */
gboolean
orm_session_undo (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return revert_last (self, self->undo_steps, HISTORY_UNDOING, error);
}

/**
 * orm_session_redo:
 * @self: a session without unsaved changes
 * @error: return location for an #OrmError
 *
 * Does again what orm_session_undo() took back.
 *
 * Returns: %TRUE if it was done again
 */
gboolean
orm_session_redo (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return revert_last (self, self->redo_steps, HISTORY_REDOING, error);
}

/**
 * orm_session_can_undo:
 * @self: a session
 *
 * Returns: whether there is a step to take back
 */
gboolean
orm_session_can_undo (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return self->undo_steps->len > 0;
}

/**
 * orm_session_can_redo:
 * @self: a session
 *
 * Returns: whether there is a step to do again
 */
gboolean
orm_session_can_redo (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return self->redo_steps->len > 0;
}

static const char *
last_label (GPtrArray *steps)
{
  return steps->len > 0 ? _orm_step_get_label (g_ptr_array_index (steps, steps->len - 1)) : NULL;
}

/**
 * orm_session_get_undo_label:
 * @self: a session
 *
 * Returns: (nullable): what the step is called that undo would take back
 */
const char *
orm_session_get_undo_label (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);

  return last_label (self->undo_steps);
}

/**
 * orm_session_get_redo_label:
 * @self: a session
 *
 * Returns: (nullable): what the step is called that redo would do again
 */
const char *
orm_session_get_redo_label (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);

  return last_label (self->redo_steps);
}

/**
 * orm_session_set_undo_limit:
 * @self: a session
 * @n_steps: how many committed steps are kept; 0 for none
 */
void
orm_session_set_undo_limit (OrmSession *self, guint n_steps)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  self->undo_limit = n_steps;
  if (self->undo_steps->len > n_steps)
    g_ptr_array_remove_range (self->undo_steps, 0, self->undo_steps->len - n_steps);
  notify_history (self);
}

/**
 * orm_session_clear_history:
 * @self: a session
 *
 * Forgets all steps, where what was committed is not the user's doing.
 */
void
orm_session_clear_history (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  g_ptr_array_set_size (self->undo_steps, 0);
  g_ptr_array_set_size (self->redo_steps, 0);
  notify_history (self);
}
