/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-dialect-private.h"
#include "orm-loader-private.h"
#include "orm-refresh-private.h"
#include "orm-schema-private.h"
#include "orm-undo-stack-private.h"
#include "orm-unit-of-work-private.h"

/**
 * OrmSession:
 *
 * The entities of one database. Each row is represented by one entity, changes
 * are collected in memory until they are flushed, and a rollback restores the
 * state of memory and all views.
 *
 * A session, its entities and its lists may only be used in the thread that
 * created the session.
 *
 * A session is meant to live as long as the program uses the database; a
 * transaction is open only between a flush and the commit. It holds references
 * only to entities with unsaved changes.
 */

struct _OrmSession
{
  GObject parent_instance;

  OrmConnection *connection;
  GThread *thread;   /* unowned: the thread that created the session */
  OrmWorker *worker; /* created on demand */
  gboolean is_closed;
  gboolean was_dirty;
  OrmSchema *schema;
  OrmIdentityMap *map;
  OrmUnitOfWork *work;
  OrmNotifier *notifier;
  OrmRefresh *refresh;
  OrmUndoStack *undo;
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

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

OrmNotifier *
_orm_session_get_notifier (OrmSession *self)
{
  return self->notifier;
}

OrmRefresh *
_orm_session_get_refresh (OrmSession *self)
{
  return self->refresh;
}

OrmIdentityMap *
_orm_session_get_map (OrmSession *self)
{
  return self->map;
}

GPtrArray *
_orm_session_get_mappers (OrmSession *self)
{
  return _orm_schema_get_mappers (self->schema);
}

gboolean
_orm_session_has_mapper (OrmSession *self, OrmMapper *mapper)
{
  return _orm_schema_has (self->schema, mapper);
}

OrmMapper *
_orm_session_get_mapper (OrmSession *self, GType type)
{
  OrmMapper *mapper = _orm_mapper_for_type (type);

  return mapper != NULL && _orm_session_has_mapper (self, mapper) ? mapper : NULL;
}

OrmRowCache *
_orm_session_get_rows (OrmSession *self, OrmMapper *mapper)
{
  return _orm_identity_map_get_rows (self->map, mapper);
}

/*
 * Returns: (transfer none): the entity with a key, if it is in memory
 */
OrmEntity *
_orm_session_peek (OrmSession *self, OrmMapper *mapper, gint64 key)
{
  return _orm_identity_map_peek (self->map, mapper, key);
}

/*
 * Checks that the session is used in its own thread.
 */
void
_orm_session_check_thread (OrmSession *self)
{
  if (G_UNLIKELY (self->thread != g_thread_self ()))
    g_critical ("A session was used in a thread that it does not belong to");
}

OrmUnitOfWork *
_orm_session_get_work (OrmSession *self)
{
  return self->work;
}

OrmUndoStack *
_orm_session_get_undo (OrmSession *self)
{
  return self->undo;
}

void
_orm_session_update_dirty (OrmSession *self)
{
  gboolean is_dirty = orm_session_get_dirty (self);

  if (self->was_dirty == is_dirty)
    return;

  self->was_dirty = is_dirty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRTY]);
}

/*
 * The worker that reads for this session, %NULL once the session is closed.
 */
OrmWorker *
_orm_session_ensure_worker (OrmSession *self)
{
  if (self->worker == NULL && !self->is_closed)
    self->worker = _orm_worker_new (self->connection);

  return self->worker;
}

void
_orm_session_report_failed_load (OrmSession *self, const GError *error)
{
  g_signal_emit (self, signals[LOAD_FAILED], 0, error);
}

static void
on_self_changed (gpointer data, OrmChangeSet *changes)
{
  if (changes != NULL)
    g_signal_emit (data, signals[CHANGED], 0, changes);
}

/*
 * Changes are gathered only if a handler is connected to the signal.
 */
static gboolean
is_followed (gpointer data, OrmMapper *mapper)
{
  return g_signal_has_handler_pending (data, signals[CHANGED], 0, TRUE);
}

static const OrmObserverClass self_observer = { .changed = on_self_changed,
                                                .concerns = is_followed };

void
_orm_session_notify_history (OrmSession *self)
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
  if (ORM_SESSION (object)->connection != NULL)
    orm_session_close (ORM_SESSION (object));

  G_OBJECT_CLASS (orm_session_parent_class)->dispose (object);
}

static void
orm_session_finalize (GObject *object)
{
  OrmSession *self = ORM_SESSION (object);

  g_clear_pointer (&self->schema, _orm_schema_free);
  g_clear_pointer (&self->map, _orm_identity_map_free);
  g_clear_pointer (&self->work, _orm_unit_of_work_free);
  g_clear_pointer (&self->refresh, _orm_refresh_free);
  _orm_notifier_free (self->notifier);
  _orm_undo_stack_free (self->undo);
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
   * Whether there are changes that the next commit would save.
   */
  properties[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE, flags);

  /**
   * OrmSession:can-undo:
   *
   * Whether there is a committed step that can be undone.
   */
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);

  /**
   * OrmSession:can-redo:
   *
   * Whether there is an undone step that can be redone.
   */
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);

  /**
   * OrmSession:undo-label:
   *
   * The label of the step that orm_session_undo() would undo.
   */
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);

  /**
   * OrmSession:redo-label:
   *
   * The label of the step that orm_session_redo() would redo.
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
   * Emitted when entities of the session have changed in memory, once for each
   * change or group of changes. Lists, live queries and totals have emitted
   * their changes before. A handler that is connected within a group gets the
   * changes made from then on.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, ORM_TYPE_CHANGE_SET);

  /**
   * OrmSession::load-failed:
   * @self: a session
   * @error: what went wrong
   *
   * Emitted when reading failed where the caller gets no #GError, for instance
   * through a property, or in the background.
   */
  signals[LOAD_FAILED] = g_signal_new ("load-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
orm_session_init (OrmSession *self)
{
  self->thread = g_thread_self ();
  self->notifier = _orm_notifier_new ();
  self->undo = _orm_undo_stack_new ();
  _orm_session_add_observer (self, &self_observer, self);
}

/**
 * orm_session_new_for_types:
 * @connection: a connection
 * @types: (array length=n_types): the entity classes
 * @n_types: the number of classes
 * @error: return location for an #OrmError
 *
 * Creates a session and checks the mapping: both sides of each relationship
 * have to name each other and have each other's class as target. A connection
 * can have one session at a time, until that is closed or freed.
 *
 * Returns: (transfer full): the session, or %NULL with %ORM_ERROR_MAPPING, or
 *   %ORM_ERROR_ATTACHED_ELSEWHERE if another session uses the connection
 */
OrmSession *
orm_session_new_for_types (OrmConnection *connection,
                           const GType *types,
                           guint n_types,
                           GError **error)
{
  OrmSession *self;
  OrmSchema *schema;

  g_return_val_if_fail (ORM_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (types != NULL && n_types > 0, NULL);

  schema = _orm_schema_new (types, n_types, error);
  if (schema == NULL || !_orm_connection_claim (connection, error))
    {
      g_clear_pointer (&schema, _orm_schema_free);
      return NULL;
    }

  self = g_object_new (ORM_TYPE_SESSION, NULL);
  self->connection = g_object_ref (connection);
  self->refresh = _orm_refresh_new (connection);
  self->schema = schema;
  self->work = _orm_unit_of_work_new (connection);
  self->map = _orm_identity_map_new (_orm_schema_get_mappers (schema));
  return self;
}

/**
 * orm_session_new:
 * @connection: a connection
 * @first_entity_type: an entity class
 * @...: further ones, then %G_TYPE_INVALID
 *
 * Like orm_session_new_for_types(), but a mapping that does not match, or a
 * second session, is a programmer error and causes a critical warning.
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
 * Returns: (transfer none): the connection of the session
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
 * Creates the tables of all classes and the association tables, with their
 * constraints and indexes, unless they exist. Inside an open transaction, this
 * is part of it.
 *
 * Returns: %TRUE if all tables exist
 */
gboolean
orm_session_create_tables (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return _orm_schema_create_tables (self->schema, self->connection, error);
}

/**
 * orm_session_update_tables:
 * @self: a session without unsaved changes
 * @error: return location for an #OrmError
 *
 * Like orm_session_create_tables(), and adds missing columns, foreign keys and
 * indexes to existing tables. Nothing is removed or changed: columns that a
 * class no longer declares stay, and so do columns that it now declares
 * differently.
 *
 * SQLite can add a column to existing rows only if these do not need a value of
 * their own: a new column must allow %NULL or have a fallback, which cannot be
 * `"now"` or `"today"`, and a new to-one must not be
 * %ORM_RELATIONSHIP_NOT_NULL. A unique column gets a unique index.
 *
 * Returns: %TRUE if everything exists
 */
gboolean
orm_session_update_tables (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return _orm_schema_update_tables (self->schema, self->connection, error);
}

/**
 * orm_session_get_dirty:
 * @self: a session
 *
 * Returns: whether there are changes that the next commit would save
 */
gboolean
orm_session_get_dirty (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return _orm_session_has_unwritten (self) || _orm_connection_in_transaction (self->connection);
}

/**
 * orm_session_get:
 * @self: a session
 * @type: an entity class
 * @id: a row's id
 * @error: return location for an #OrmError
 *
 * Finds an entity by its id. If it is in memory, no statement is needed.
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

  /* Negative keys are those of entities without a row. */
  entity = id > 0 ? _orm_session_peek (self, mapper, id) : NULL;
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

/**
 * orm_session_set_label:
 * @self: a session
 * @label: (nullable): the label of the step that the next commit makes
 */
void
orm_session_set_label (OrmSession *self, const char *label)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  _orm_undo_stack_set_label (self->undo, label);
}

/**
 * orm_session_begin_group:
 * @self: a session
 * @label: (nullable): the label of the step
 *
 * Opens a group of changes. Lists that are changed in it have their new
 * contents at once, but emit their changes at the end of the group, once for
 * each range; so do live queries and totals. Groups can be nested; the label of
 * the outermost counts.
 */
void
orm_session_begin_group (OrmSession *self, const char *label)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  if (!_orm_session_is_coalescing (self) && label != NULL)
    orm_session_set_label (self, label);

  _orm_session_begin_group (self);
}

/**
 * orm_session_end_group:
 * @self: a session
 *
 * Closes the group that orm_session_begin_group() opened.
 */
void
orm_session_end_group (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));
  g_return_if_fail (_orm_session_is_grouped (self));

  _orm_session_end_group (self);
}

static gboolean
check_revertible (OrmSession *self, OrmUndoDirection direction, GError **error)
{
  if (_orm_undo_stack_is_empty (self->undo, direction))
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NOT_FOUND, "There is no such step");
  else if (_orm_session_is_grouped (self))
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED,
                         "A step cannot be undone or redone in a group");
  else if (orm_session_get_dirty (self))
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED, "There are unsaved changes");
  else
    return TRUE;

  return FALSE;
}

static gboolean
revert_step (OrmSession *self, OrmStep *step, GError **error)
{
  gboolean autoflush, is_done;

  /* A part of the step, if it were flushed, could violate a constraint that the
   * whole step does not. */
  autoflush = _orm_session_pause_autoflush (self);
  is_done = _orm_step_revert (step, self, error);
  orm_session_set_autoflush (self, autoflush);
  is_done = is_done && _orm_session_commit (self, error);

  if (!is_done)
    _orm_session_rollback (self);
  return is_done;
}

static gboolean
revert_last (OrmSession *self, OrmUndoDirection direction, GError **error)
{
  OrmStep *step;
  gboolean is_done;

  if (!check_revertible (self, direction, error))
    return FALSE;

  _orm_session_enter (self);
  _orm_session_begin_coalescing (self);
  step = _orm_undo_stack_begin (self->undo, direction);
  is_done = revert_step (self, step, error);
  _orm_undo_stack_end (self->undo, step, is_done);
  _orm_session_end_coalescing (self);
  _orm_session_notify_history (self);
  _orm_session_leave (self);
  return is_done;
}

/**
 * orm_session_undo:
 * @self: a session without unsaved changes
 * @error: return location for an #OrmError
 *
 * Undoes the last committed step, in a commit of its own. Rows that the step
 * deleted are restored with their ids, as new entities; the old ones stay
 * detached. If another program has changed the rows since, nothing is changed
 * and the error is %ORM_ERROR_STALE.
 *
 * Returns: %TRUE if the step was undone
 */
gboolean
orm_session_undo (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return !_orm_session_refuse (self, "orm_session_undo()", error) &&
         revert_last (self, ORM_UNDO, error);
}

/**
 * orm_session_redo:
 * @self: a session without unsaved changes
 * @error: return location for an #OrmError
 *
 * Redoes the step that orm_session_undo() undid last.
 *
 * Returns: %TRUE if the step was redone
 */
gboolean
orm_session_redo (OrmSession *self, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return !_orm_session_refuse (self, "orm_session_redo()", error) &&
         revert_last (self, ORM_REDO, error);
}

/**
 * orm_session_can_undo:
 * @self: a session
 *
 * Returns: whether there is a step to undo
 */
gboolean
orm_session_can_undo (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return !_orm_undo_stack_is_empty (self->undo, ORM_UNDO);
}

/**
 * orm_session_can_redo:
 * @self: a session
 *
 * Returns: whether there is a step to redo
 */
gboolean
orm_session_can_redo (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), FALSE);

  return !_orm_undo_stack_is_empty (self->undo, ORM_REDO);
}

/**
 * orm_session_get_undo_label:
 * @self: a session
 *
 * Returns: (nullable): the label of the step that orm_session_undo() would undo
 */
const char *
orm_session_get_undo_label (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);

  return _orm_undo_stack_get_label (self->undo, ORM_UNDO);
}

/**
 * orm_session_get_redo_label:
 * @self: a session
 *
 * Returns: (nullable): the label of the step that orm_session_redo() would redo
 */
const char *
orm_session_get_redo_label (OrmSession *self)
{
  g_return_val_if_fail (ORM_IS_SESSION (self), NULL);

  return _orm_undo_stack_get_label (self->undo, ORM_REDO);
}

/**
 * orm_session_set_undo_limit:
 * @self: a session
 * @n_steps: the number of committed steps to keep; 0 for none
 */
void
orm_session_set_undo_limit (OrmSession *self, guint n_steps)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  _orm_undo_stack_set_limit (self->undo, n_steps);
  _orm_session_notify_history (self);
}

/**
 * orm_session_clear_history:
 * @self: a session
 *
 * Forgets all steps, for instance after commits that the user has not made.
 */
void
orm_session_clear_history (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));

  _orm_undo_stack_clear (self->undo);
  _orm_session_notify_history (self);
}

static void
detach_all (OrmSession *self)
{
  g_autoptr (GPtrArray) listed = _orm_identity_map_dup_all (self->map);
  g_autoptr (GPtrArray) entities = NULL;

  for (guint i = 0; i < listed->len; i++)
    _orm_entity_empty_lists (g_ptr_array_index (listed, i));

  /* A handler may have loaded other entities meanwhile. */
  entities = _orm_identity_map_dup_all (self->map);
  _orm_identity_map_clear (self->map);
  for (guint i = 0; i < entities->len; i++)
    _orm_entity_detach (g_ptr_array_index (entities, i));
}

/**
 * orm_session_close:
 * @self: a session
 *
 * Closes the session and detaches all entities: values that were read stay
 * readable, reading a relationship that is not loaded fails with
 * %ORM_ERROR_DETACHED, and lists become empty. Uncommitted changes are lost.
 * Reads in the background end with %ORM_ERROR_DETACHED; this waits for a
 * statement that is running there. Releasing the last reference to the session
 * does the same. A handler of a change cannot close the session.
 */
void
orm_session_close (OrmSession *self)
{
  g_return_if_fail (ORM_IS_SESSION (self));
  g_return_if_fail (!_orm_session_is_busy (self));

  if (!self->is_closed)
    {
      orm_connection_rollback (self->connection);
      _orm_connection_disclaim (self->connection);
    }

  self->is_closed = TRUE;
  g_clear_pointer (&self->worker, _orm_worker_close);
  _orm_refresh_stop_polling (self->refresh);

  _orm_session_begin_close (self);
  detach_all (self);
  _orm_identity_map_release_shared (self->map);
  _orm_unit_of_work_clear (self->work);
  _orm_session_end_close (self);
}
