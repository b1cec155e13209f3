/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-loader-private.h"
#include "orm-total-private.h"

/**
 * OrmTotal:
 *
 * The sum and the number of the rows of one group. The object stays the same
 * as long as the group has rows.
 */

struct _OrmTotal
{
  GObject parent_instance;

  OrmSession *session; /* unowned: the list holds it */
  OrmMapper *target;   /* NULL unless the group is an entity */
  OrmEntity *group;
  gint64 key;
  gint64 sum;
  guint64 count;
};

G_DEFINE_FINAL_TYPE (OrmTotal, orm_total, G_TYPE_OBJECT)

enum
{
  TOTAL_PROP_0,
  TOTAL_PROP_KEY,
  TOTAL_PROP_GROUP,
  TOTAL_PROP_SUM,
  TOTAL_PROP_COUNT,
  N_TOTAL_PROPS
};

static GParamSpec *total_properties[N_TOTAL_PROPS];

static void
orm_total_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  OrmTotal *self = ORM_TOTAL (object);

  switch (prop_id)
    {
    case TOTAL_PROP_KEY:
      g_value_set_int64 (value, self->key);
      break;
    case TOTAL_PROP_GROUP:
      g_value_set_object (value, orm_total_get_group (self));
      break;
    case TOTAL_PROP_SUM:
      g_value_set_int64 (value, self->sum);
      break;
    case TOTAL_PROP_COUNT:
      g_value_set_uint64 (value, self->count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
orm_total_finalize (GObject *object)
{
  g_clear_object (&ORM_TOTAL (object)->group);

  G_OBJECT_CLASS (orm_total_parent_class)->finalize (object);
}

static void
orm_total_class_init (OrmTotalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = orm_total_get_property;
  object_class->finalize = orm_total_finalize;

  /**
   * OrmTotal:key:
   *
   * The id of the group's entity, or 0 if the group is that of rows without
   * one. For a month, its number since the year 0.
   */
  total_properties[TOTAL_PROP_KEY] =
    g_param_spec_int64 ("key", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  /**
   * OrmTotal:group:
   *
   * The group's entity, or %NULL if the group is a month or that of rows
   * without an entity.
   */
  total_properties[TOTAL_PROP_GROUP] =
    g_param_spec_object ("group", NULL, NULL, ORM_TYPE_ENTITY, flags);

  /**
   * OrmTotal:sum:
   *
   * The sum over the group's rows.
   */
  total_properties[TOTAL_PROP_SUM] =
    g_param_spec_int64 ("sum", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  /**
   * OrmTotal:count:
   *
   * The number of the group's rows.
   */
  total_properties[TOTAL_PROP_COUNT] =
    g_param_spec_uint64 ("count", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  g_object_class_install_properties (object_class, N_TOTAL_PROPS, total_properties);
}

static void
orm_total_init (OrmTotal *self)
{
}

/**
 * orm_total_get_key:
 * @self: a total
 *
 * Returns: the key of the group, see #OrmTotal:key
 */
gint64
orm_total_get_key (OrmTotal *self)
{
  g_return_val_if_fail (ORM_IS_TOTAL (self), 0);

  return self->key;
}

/**
 * orm_total_get_group:
 * @self: a total
 *
 * Returns: (type OrmEntity) (transfer none) (nullable): the group's entity
 */
gpointer
orm_total_get_group (OrmTotal *self)
{
  g_return_val_if_fail (ORM_IS_TOTAL (self), NULL);

  if (self->group == NULL && self->target != NULL && self->key != 0 && self->session != NULL)
    {
      g_set_object (&self->group, _orm_session_peek (self->session, self->target, self->key));
      if (self->group == NULL)
        self->group = _orm_session_load_one (self->session, self->target, self->key, NULL);
    }

  return self->group;
}

/**
 * orm_total_get_sum:
 * @self: a total
 *
 * Returns: the sum over the group's rows
 */
gint64
orm_total_get_sum (OrmTotal *self)
{
  g_return_val_if_fail (ORM_IS_TOTAL (self), 0);

  return self->sum;
}

/**
 * orm_total_get_count:
 * @self: a total
 *
 * Returns: the number of the group's rows
 */
guint64
orm_total_get_count (OrmTotal *self)
{
  g_return_val_if_fail (ORM_IS_TOTAL (self), 0);

  return self->count;
}

OrmTotal *
_orm_total_new (OrmSession *session, OrmMapper *target, gint64 key)
{
  OrmTotal *self = g_object_new (ORM_TYPE_TOTAL, NULL);

  self->session = session;
  self->target = target;
  self->key = key;
  return self;
}

OrmMapper *
_orm_total_get_target (OrmTotal *self)
{
  return self->target;
}

/*
 * Does not notify: _orm_total_notify_added() does, once the list is right.
 */
void
_orm_total_add (OrmTotal *self, gint64 sum, gint64 count)
{
  self->sum += sum;
  self->count += (guint64) count;
}

void
_orm_total_notify_added (OrmTotal *self, gint64 sum, gint64 count)
{
  g_autoptr (OrmTotal) alive = g_object_ref (self);

  if (sum != 0)
    g_object_notify_by_pspec (G_OBJECT (self), total_properties[TOTAL_PROP_SUM]);
  if (count != 0)
    g_object_notify_by_pspec (G_OBJECT (self), total_properties[TOTAL_PROP_COUNT]);
}

/*
 * The key of the group's entity has changed.
 */
void
_orm_total_set_key (OrmTotal *self, gint64 key)
{
  self->key = key;
  g_object_notify_by_pspec (G_OBJECT (self), total_properties[TOTAL_PROP_KEY]);
}

/*
 * A total may live longer than the list, which holds the session.
 */
void
_orm_total_forget_session (OrmTotal *self)
{
  self->session = NULL;
}
