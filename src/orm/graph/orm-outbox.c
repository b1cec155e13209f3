/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection-private.h"
#include "orm-outbox-private.h"

struct _OrmMoved
{
  OrmEntity *entity; /* unowned: it is among the entities of the outbox */
  OrmSide *side;
  gint64 announced_key;
  OrmEntity *announced_target;
  gboolean is_lagging; /* the to-one still returns the old target */
};

/* A change of an entity's key. */
typedef struct
{
  OrmMapper *mapper;
  gint64 old_key;
  gint64 new_key;
} Rekeyed;

typedef enum
{
  STEP_REMOVALS,
  STEP_LIST,
  STEP_ENTITY
} StepKind;

/* An emission. The call of _orm_outbox_release() that plans it owns the object
 * and the keys, and returns after it. */
typedef struct
{
  StepKind kind;
  gpointer object; /* a list, or an entity */
  OrmKeys *keys;   /* the new keys of the list */
} Step;

/* A list that has changes to emit. */
typedef struct
{
  OrmCollection *list;
  OrmKeys *keys;
  gint growth;
  gboolean has_leavers; /* some members' to-ones referred to its owner before */
  gboolean has_movers;  /* some of these enter another list with changes */
  gboolean has_joiners; /* some members' to-ones refer to its owner now */
} ListChange;

struct _OrmOutbox
{
  guint n_holds;
  GPtrArray *lists;    /* of OrmCollection */
  GPtrArray *entities; /* of OrmEntity, with notifications held back */
  GPtrArray *moved;    /* of OrmMoved */
  GArray *rekeyed;
  GArray *steps;           /* of Step */
  guint n_run;             /* how many of them are done */
  OrmCollection *emitting; /* the list whose step is running */
};

static void
moved_free (OrmMoved *self)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (self->entity);

  if (priv->references[self->side->number].moved == self)
    priv->references[self->side->number].moved = NULL;
  g_clear_object (&self->announced_target);
  g_free (self);
}

gboolean
_orm_moved_is_lagging (OrmMoved *self)
{
  return self->is_lagging;
}

OrmEntity *
_orm_moved_get_announced_target (OrmMoved *self)
{
  return self->announced_target;
}

gint64
_orm_moved_get_announced_key (OrmMoved *self)
{
  return self->announced_target != NULL ? _orm_entity_get_key (self->announced_target)
                                        : self->announced_key;
}

/*
 * Sets the old target, if it was not in memory when the to-one changed.
 */
void
_orm_moved_set_announced_target (OrmMoved *self, OrmEntity *target)
{
  g_set_object (&self->announced_target, target);
}

OrmOutbox *
_orm_outbox_new (void)
{
  OrmOutbox *self = g_new0 (OrmOutbox, 1);

  self->lists = g_ptr_array_new_with_free_func (g_object_unref);
  self->entities = g_ptr_array_new_with_free_func (g_object_unref);
  self->moved = g_ptr_array_new_with_free_func ((GDestroyNotify) moved_free);
  self->rekeyed = g_array_new (FALSE, FALSE, sizeof (Rekeyed));
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  return self;
}

void
_orm_outbox_free (OrmOutbox *self)
{
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->moved);
  g_ptr_array_unref (self->entities);
  g_array_unref (self->rekeyed);
  g_array_unref (self->steps);
  g_free (self);
}

gboolean
_orm_outbox_is_holding (OrmOutbox *self)
{
  return self->n_holds > 0;
}

void
_orm_outbox_add_list (OrmOutbox *self, OrmCollection *list)
{
  g_ptr_array_add (self->lists, g_object_ref (list));
}

/*
 * Holds back the notifications of an entity until its step.
 */
void
_orm_outbox_add_entity (OrmOutbox *self, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  if (self->n_holds == 0 || priv->is_held)
    return;

  priv->is_held = TRUE;
  g_ptr_array_add (self->entities, g_object_ref (entity));
}

/*
 * The same for an entity with a to-one that is about to change. Notes the
 * current target.
 */
void
_orm_outbox_add_reference (OrmOutbox *self, OrmEntity *entity, OrmSide *side)
{
  OrmReference *reference = &_orm_entity_get_private (entity)->references[side->number];
  OrmMoved *moved;

  if (self->n_holds == 0 || reference->moved != NULL)
    return;

  _orm_outbox_add_entity (self, entity);
  moved = g_new0 (OrmMoved, 1);
  moved->entity = entity;
  moved->side = side;
  moved->announced_key = reference->key;
  g_set_object (&moved->announced_target, _orm_entity_peek_target (entity, side));
  reference->moved = moved;
  g_ptr_array_add (self->moved, moved);
}

void
_orm_outbox_add_rekeyed (OrmOutbox *self, OrmMapper *mapper, gint64 old_key, gint64 new_key)
{
  Rekeyed rekeyed = { mapper, old_key, new_key };

  if (self->n_holds > 0)
    g_array_append_val (self->rekeyed, rekeyed);
}

/*
 * Maps each old key of an entity to its last key. Has to be called from the
 * last change to the first: a row that was written, rolled back and written
 * again has had several keys.
 */
static void
add_last_key (GHashTable *new_keys, Rekeyed *rekeyed)
{
  const gint64 *later = g_hash_table_lookup (new_keys, &rekeyed->new_key);

  if (later != NULL)
    rekeyed->new_key = *later;

  if (rekeyed->new_key != rekeyed->old_key)
    g_hash_table_replace (new_keys, &rekeyed->old_key, &rekeyed->new_key);
  else
    g_hash_table_remove (new_keys, &rekeyed->old_key);
}

static GHashTable *
new_key_tables (OrmOutbox *self)
{
  GHashTable *tables =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);

  for (guint i = self->rekeyed->len; i > 0; i--)
    {
      Rekeyed *rekeyed = &g_array_index (self->rekeyed, Rekeyed, i - 1);
      GHashTable *new_keys = g_hash_table_lookup (tables, rekeyed->mapper);

      if (new_keys == NULL)
        {
          new_keys = g_hash_table_new (g_int64_hash, g_int64_equal);
          g_hash_table_insert (tables, rekeyed->mapper, new_keys);
        }
      add_last_key (new_keys, rekeyed);
    }

  return tables;
}

/*
 * Updates the keys that the views of changed lists know. They may still have
 * members that have left the list.
 */
static void
rekey_lists (OrmOutbox *self)
{
  g_autoptr (GHashTable) tables = NULL;

  if (self->rekeyed->len == 0)
    return;

  if (self->lists->len > 0)
    tables = new_key_tables (self);
  for (guint i = 0; i < self->lists->len; i++)
    {
      OrmMapper *target = _orm_collection_get_side (self->lists->pdata[i])->target;
      GHashTable *new_keys = g_hash_table_lookup (tables, target);

      if (new_keys != NULL)
        _orm_collection_rekey_all (self->lists->pdata[i], new_keys);
    }

  g_array_set_size (self->rekeyed, 0);
}

static void
list_change_clear (gpointer data)
{
  g_clear_pointer (&((ListChange *) data)->keys, _orm_keys_unref);
}

/*
 * Lists that lose members emit before those that gain some.
 */
static gint
compare_growth (gconstpointer a, gconstpointer b)
{
  const ListChange *left = a, *right = b;

  return (left->growth > right->growth) - (left->growth < right->growth);
}

/*
 * Takes each list back to the keys that its views know.
 */
static GArray *
restore_announced (OrmOutbox *self)
{
  GArray *changes = g_array_new (FALSE, TRUE, sizeof (ListChange));

  g_array_set_clear_func (changes, list_change_clear);
  for (guint i = 0; i < self->lists->len; i++)
    {
      ListChange change = { .list = self->lists->pdata[i] };

      change.growth = _orm_collection_get_growth (change.list);
      change.keys = _orm_collection_restore_announced (change.list);
      if (change.keys != NULL)
        g_array_append_val (changes, change);
    }

  g_array_sort (changes, compare_growth);
  return changes;
}

/*
 * Whether the list emits everything before the entities notify, because no new
 * member has to notify first.
 */
static gboolean
is_early (const ListChange *change)
{
  return !change->has_joiners && (change->growth < 0 || change->has_leavers);
}

/*
 * Whether the list emits removals before the entities notify, and the rest
 * afterwards.
 */
static gboolean
is_split (const ListChange *change)
{
  return change->has_joiners && change->has_movers;
}

static ListChange *
find_list_change (GHashTable *by_list, OrmEntity *owner, OrmSide *side)
{
  OrmCollection *list = NULL;

  if (owner != NULL && g_hash_table_size (by_list) > 0)
    list = _orm_entity_peek_collection (owner, side->inverse);

  return list != NULL ? g_hash_table_lookup (by_list, list) : NULL;
}

static gboolean
enters_a_list (GHashTable *by_list, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    if (priv->references[i].moved != NULL &&
        find_list_change (by_list, priv->references[i].target, priv->mapper->references[i]) != NULL)
      return TRUE;

  return FALSE;
}

/*
 * Whether the entity has to notify after its old list emits, because that list
 * has to wait for the notifications of others.
 */
static gboolean
has_to_wait (GHashTable *by_list, OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    {
      OrmMoved *moved = priv->references[i].moved;
      ListChange *old =
        moved != NULL ? find_list_change (by_list, moved->announced_target, moved->side) : NULL;

      /* A member that was moved back to its owner does not leave the list. */
      if (old != NULL && moved->announced_target != priv->references[i].target && !is_early (old) &&
          !is_split (old))
        return TRUE;
    }

  return FALSE;
}

static void
add_step (OrmOutbox *self, StepKind kind, gpointer object, OrmKeys *keys)
{
  Step step = { kind, object, keys };

  g_array_append_val (self->steps, step);
}

static void
classify_changes (OrmOutbox *self, GHashTable *by_list)
{
  for (guint i = 0; i < self->moved->len; i++)
    {
      OrmMoved *moved = self->moved->pdata[i];
      OrmReference *reference =
        &_orm_entity_get_private (moved->entity)->references[moved->side->number];
      ListChange *old_list = find_list_change (by_list, moved->announced_target, moved->side);
      ListChange *new_list = find_list_change (by_list, reference->target, moved->side);

      moved->is_lagging = TRUE;
      if (old_list == new_list)
        continue;
      if (new_list != NULL)
        new_list->has_joiners = TRUE;
      if (old_list != NULL)
        old_list->has_leavers = TRUE;
      if (old_list != NULL && enters_a_list (by_list, moved->entity))
        old_list->has_movers = TRUE;
    }
}

/*
 * Orders the emissions. Lists that only lose members emit first, and lists that
 * also gain some emit their removals if members move to another list. Then the
 * entities notify. Then the lists emit the rest. A member that moves to no
 * other list notifies last if its old list had to wait.
 */
static void
plan (OrmOutbox *self, GArray *changes)
{
  g_autoptr (GHashTable) by_list = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      ListChange *change = &g_array_index (changes, ListChange, i);

      g_hash_table_insert (by_list, change->list, change);
    }
  classify_changes (self, by_list);

  for (guint i = 0; i < changes->len; i++)
    {
      ListChange *change = &g_array_index (changes, ListChange, i);

      if (is_split (change))
        add_step (self, STEP_REMOVALS, change->list, change->keys);
      else if (is_early (change))
        add_step (self, STEP_LIST, change->list, change->keys);
    }

  for (guint i = 0; i < self->entities->len; i++)
    if (has_to_wait (by_list, self->entities->pdata[i]))
      g_ptr_array_add (waiting, self->entities->pdata[i]);
    else
      add_step (self, STEP_ENTITY, self->entities->pdata[i], NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      ListChange *change = &g_array_index (changes, ListChange, i);

      if (!is_early (change))
        add_step (self, STEP_LIST, change->list, change->keys);
    }

  for (guint i = 0; i < waiting->len; i++)
    add_step (self, STEP_ENTITY, waiting->pdata[i], NULL);
}

static void
release_entity (OrmEntity *entity)
{
  OrmEntityPrivate *priv = _orm_entity_get_private (entity);

  for (guint i = 0; i < priv->mapper->n_references; i++)
    priv->references[i].moved = NULL;

  _orm_entity_notify_held (entity);
}

static gboolean
announce (OrmOutbox *self, StepKind kind, OrmCollection *list, OrmKeys *keys)
{
  gboolean is_announced = TRUE;

  self->emitting = list;
  if (kind == STEP_REMOVALS)
    _orm_collection_announce_removals (list, keys);
  else
    is_announced = _orm_collection_announce (list, keys);
  self->emitting = NULL;

  return is_announced;
}

/*
 * A list in which a member that stays changes its place emits in two steps, so
 * that no member is in it twice meanwhile. The second step replaces the whole
 * one, of which nothing was emitted.
 */
static void
run_step (OrmOutbox *self, const Step *step)
{
  if (step->kind == STEP_ENTITY)
    release_entity (step->object);
  else if (!announce (self, step->kind, step->object, step->keys))
    {
      Step rest = { STEP_LIST, step->object, step->keys };

      g_array_index (self->steps, Step, --self->n_run) = rest;
      announce (self, STEP_REMOVALS, step->object, step->keys);
    }
}

/*
 * A handler that changes something runs the remaining steps first.
 */
static void
run_steps (OrmOutbox *self)
{
  while (self->n_run < self->steps->len)
    {
      Step step = g_array_index (self->steps, Step, self->n_run++);

      run_step (self, &step);
    }

  if (self->n_run == 0)
    return;

  g_array_unref (self->steps);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  self->n_run = 0;
}

void
_orm_outbox_hold (OrmOutbox *self)
{
  _orm_outbox_finish (self);
  self->n_holds++;
}

/*
 * Emits everything, unless emissions are still held back elsewhere.
 */
void
_orm_outbox_release (OrmOutbox *self)
{
  g_autoptr (GArray) changes = NULL;
  g_autoptr (GPtrArray) lists = NULL, entities = NULL;
  g_autoptr (GPtrArray) moved = NULL; /* freed before the entities, which it borrows */

  g_assert (self->n_holds > 0);

  if (--self->n_holds > 0)
    return;

  rekey_lists (self);
  changes = restore_announced (self);
  plan (self, changes);

  lists = g_steal_pointer (&self->lists);
  entities = g_steal_pointer (&self->entities);
  moved = g_steal_pointer (&self->moved);
  self->lists = g_ptr_array_new_with_free_func (g_object_unref);
  self->entities = g_ptr_array_new_with_free_func (g_object_unref);
  self->moved = g_ptr_array_new_with_free_func ((GDestroyNotify) moved_free);

  run_steps (self);
}

/*
 * Makes the remaining emissions. Called before a handler changes something, so
 * that its change is one of its own.
 */
void
_orm_outbox_finish (OrmOutbox *self)
{
  OrmCollection *emitting = g_steal_pointer (&self->emitting);

  if (emitting != NULL)
    _orm_collection_finish_emission (emitting);
  run_steps (self);
}

/*
 * Called when the session is closed, perhaps in a group: drops the lists, and
 * lets the waiting entities notify.
 */
void
_orm_outbox_clear (OrmOutbox *self)
{
  g_autoptr (GPtrArray) entities = g_steal_pointer (&self->entities);

  self->entities = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_size (self->lists, 0);
  g_ptr_array_set_size (self->moved, 0);
  g_array_set_size (self->rekeyed, 0);
  for (guint i = 0; i < entities->len; i++)
    release_entity (entities->pdata[i]);
}
