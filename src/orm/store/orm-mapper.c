/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"

#include <gio/gio.h>
#include <string.h>

static char *
to_sql_name (const char *property)
{
  return g_strdelimit (g_strdup (property), "-", '_');
}

static void
update_slots (OrmMapper *self)
{
  g_autoptr (GString) list = g_string_new ("t.id");
  g_autoptr (GString) faults = g_string_new ("0");

  self->n_slots = self->n_columns + self->n_references;
  g_assert (self->n_slots <= ORM_MAX_SLOTS);

  g_clear_pointer (&self->slot_names, g_strfreev);
  g_clear_pointer (&self->sql_names, g_strfreev);
  g_free (self->reads);
  self->slot_names = g_new0 (char *, self->n_slots + 1);
  self->sql_names = g_new0 (char *, self->n_slots + 1);
  self->n_reads = self->n_slots + 2;
  self->reads = g_new0 (OrmRead, self->n_reads);
  self->reads[0] = self->reads[self->n_reads - 1] = ORM_READ_INT64;

  for (guint i = 0; i < self->n_slots; i++)
    {
      const OrmColumn *column = _orm_mapper_get_column (self, i);

      self->slot_names[i] = column != NULL
                              ? to_sql_name (column->name)
                              : g_strdup (self->references[i - self->n_columns]->spec->column);
      self->sql_names[i] = _orm_dialect_quote_name (self->slot_names[i]);
      self->reads[i + 1] = column == NULL || column->type == ORM_COLUMN_TYPE_INT64 ||
                               column->type == ORM_COLUMN_TYPE_BOOLEAN
                             ? ORM_READ_INT64
                             : ORM_READ_TEXT;
      g_string_append_printf (list, ", t.%s", self->sql_names[i]);
      g_string_append_printf (faults, " | ((typeof(t.%s) NOT IN ('%s', 'null')) << %u)",
                              self->sql_names[i],
                              self->reads[i + 1] == ORM_READ_INT64 ? "integer" : "text", i);
    }

  g_free (self->select_list);
  self->select_list = g_strdup_printf ("%s, CASE typeof(t.id) WHEN 'integer' THEN %s ELSE -1 END",
                                       list->str, faults->str);
  g_free (self->json_list);
  self->json_list = g_string_free (g_steal_pointer (&list), FALSE);
}

static GRegex *
compile_pattern (const OrmColumn *column)
{
  g_autofree char *whole = NULL;

  if (column->pattern == NULL)
    return NULL;

  whole = g_strdup_printf ("\\A(?:%s)\\z", column->pattern);
  return g_regex_new (whole, G_REGEX_OPTIMIZE, 0, NULL);
}

static GQuark
mapper_quark (void)
{
  return g_quark_from_static_string ("orm-mapper");
}

/*
 * Mappers are never freed: their classes are static types.
 */
OrmMapper *
_orm_mapper_new (GType type, const char *table, const OrmColumn *columns, guint n_columns)
{
  OrmMapper *self = g_new0 (OrmMapper, 1);

  self->type = type;
  self->table = table;
  self->sql_table = _orm_dialect_quote_name (table);
  self->columns = columns;
  self->n_columns = n_columns;
  self->column_pspecs = g_new0 (GParamSpec *, n_columns);
  self->patterns = g_new0 (GRegex *, n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      if (columns[i].type == ORM_COLUMN_TYPE_ENUM)
        g_type_class_ref (columns[i].enum_type ());
      self->patterns[i] = compile_pattern (&columns[i]);
    }

  update_slots (self);
  g_type_set_qdata (type, mapper_quark (), self);
  return self;
}

void
_orm_mapper_add_sides (OrmMapper *self, const OrmRelationship *relationships, guint n)
{
  g_assert (self->sides == NULL);

  self->sides = g_new0 (OrmSide, n);
  self->n_sides = n;
  self->references = g_new0 (OrmSide *, n);
  self->collections = g_new0 (OrmSide *, n);

  for (guint i = 0; i < n; i++)
    {
      OrmSide *side = &self->sides[i];

      side->spec = &relationships[i];
      side->owner = self;
      if (side->spec->column != NULL)
        side->sql_column = _orm_dialect_quote_name (side->spec->column);
      if (side->spec->association != NULL)
        side->sql_association = _orm_dialect_quote_name (side->spec->association);

      if (side->spec->kind == ORM_RELATIONSHIP_TO_ONE)
        {
          side->number = self->n_references++;
          self->references[side->number] = side;
        }
      else
        {
          side->number = self->n_collections++;
          self->collections[side->number] = side;
        }
    }

  update_slots (self);
}

/*
 * Returns the mapper of an entity class, or %NULL if @type is not one.
 * Initialises the class if necessary.
 */
OrmMapper *
_orm_mapper_for_type (GType type)
{
  if (!G_TYPE_IS_CLASSED (type))
    return NULL;

  g_type_class_unref (g_type_class_ref (type));
  return g_type_get_qdata (type, mapper_quark ());
}

OrmSide *
_orm_mapper_find_side (OrmMapper *self, const char *name)
{
  for (guint i = 0; i < self->n_sides; i++)
    if (self->sides[i].spec->name[0] == name[0] && strcmp (self->sides[i].spec->name, name) == 0)
      return &self->sides[i];

  return NULL;
}

gint
_orm_mapper_find_column (OrmMapper *self, const char *name)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (strcmp (self->columns[i].name, name) == 0)
      return (gint) i;

  return -1;
}

static gboolean
mismatch (OrmSide *side, GError **error, const char *what)
{
  g_set_error (error, ORM_ERROR, ORM_ERROR_MAPPING, "%s.%s and %s.%s do not match: %s",
               g_type_name (side->owner->type), side->spec->name,
               g_type_name (side->spec->target ()),
               side->spec->back_populates != NULL ? side->spec->back_populates : "(none)", what);
  return FALSE;
}

static gboolean
check_association (OrmSide *side, OrmSide *inverse, GError **error)
{
  if (inverse->spec->kind != ORM_RELATIONSHIP_MANY_TO_MANY)
    return mismatch (side, error, "both have to be a many-to-many");

  if (side->spec->association == NULL ||
      g_strcmp0 (side->spec->association, inverse->spec->association) != 0)
    return mismatch (side, error, "they name different association tables");

  if (side->spec->column == NULL || inverse->spec->column == NULL)
    return mismatch (side, error, "each has to name its column of the association table");

  if (strcmp (side->spec->column, inverse->spec->column) == 0)
    return mismatch (side, error, "they name the same column of the association table");

  if (side->spec->rule != ORM_DELETE_NO_ACTION)
    return mismatch (side, error, "a many-to-many has no delete rule: its links always go");

  if ((side->spec->flags & ~ORM_RELATIONSHIP_STRICT) != 0)
    return mismatch (side, error, "a many-to-many can only be strict");

  return TRUE;
}

static gboolean
check_kinds (OrmSide *side, OrmSide *inverse, GError **error)
{
  if (side->spec->kind == ORM_RELATIONSHIP_MANY_TO_MANY)
    return check_association (side, inverse, error);

  if (inverse->spec->kind == ORM_RELATIONSHIP_MANY_TO_MANY)
    return mismatch (side, error, "both have to be a many-to-many");

  if (inverse->spec->kind == side->spec->kind)
    return mismatch (side, error, "exactly one of the two has to be a to-one");

  return TRUE;
}

static gboolean
check_order (OrmSide *side, OrmMapper *target, GError **error)
{
  gint column;

  if (side->spec->order_by == NULL)
    return TRUE;

  if (side->spec->kind != ORM_RELATIONSHIP_TO_MANY)
    return mismatch (side, error, "only a to-many has an order");

  column = _orm_mapper_find_column (target, side->spec->order_by);
  if (column < 0)
    return mismatch (side, error, "there is no such column to order by");

  side->order_slot = (guint) column;
  target->ordering_slots |= G_GUINT64_CONSTANT (1) << column;
  return TRUE;
}

static gboolean
resolve_side (OrmSide *side, GError **error)
{
  OrmMapper *target = _orm_mapper_for_type (side->spec->target ());
  OrmSide *inverse;

  if (target == NULL)
    return mismatch (side, error, "the target is not a mapped entity class");

  if (side->spec->back_populates == NULL)
    return mismatch (side, error, "the inverse is not named");

  inverse = _orm_mapper_find_side (target, side->spec->back_populates);
  if (inverse == NULL)
    return mismatch (side, error, "there is no such relationship");

  if (inverse->spec->target () != side->owner->type)
    return mismatch (side, error, "the inverse leads to another class");

  if (g_strcmp0 (inverse->spec->back_populates, side->spec->name) != 0)
    return mismatch (side, error, "the inverse names another relationship");

  if (!check_kinds (side, inverse, error))
    return FALSE;

  if (!check_order (side, target, error))
    return FALSE;

  side->target = target;
  side->inverse = inverse;
  return TRUE;
}

/*
 * Finds the other side of each relationship and checks that both sides agree.
 */
gboolean
_orm_mapper_resolve (OrmMapper *self, GError **error)
{
  for (guint i = 0; i < self->n_sides; i++)
    if (!resolve_side (&self->sides[i], error))
      return FALSE;

  self->is_resolved = TRUE;
  return TRUE;
}

/*
 * Resolves the mapping for entities that are related before a session exists. A
 * mismatch is a programmer error.
 */
void
_orm_mapper_ensure_resolved (OrmMapper *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->is_resolved && !_orm_mapper_resolve (self, &error))
    g_critical ("%s", error->message);
}

gboolean
_orm_side_is_ordered (const OrmSide *side)
{
  return side->spec->order_by != NULL;
}

guint
_orm_side_get_slot (const OrmSide *side)
{
  g_assert (side->spec->kind == ORM_RELATIONSHIP_TO_ONE);

  return side->owner->n_columns + side->number;
}

gboolean
_orm_side_has_links (const OrmSide *side)
{
  return side->spec->kind == ORM_RELATIONSHIP_MANY_TO_MANY;
}

/*
 * The side of a many-to-many that represents both: the one whose column comes
 * first in the association table.
 */
OrmSide *
_orm_side_get_first (OrmSide *side)
{
  g_assert (_orm_side_has_links (side));

  return strcmp (side->spec->column, side->inverse->spec->column) < 0 ? side : side->inverse;
}

/*
 * Whether rows of the class may refer to each other, as in a tree.
 */
gboolean
_orm_mapper_points_at_itself (OrmMapper *self)
{
  for (guint i = 0; i < self->n_references; i++)
    if (self->references[i]->target == self)
      return TRUE;

  return FALSE;
}

/*
 * The column of a slot, or %NULL for a foreign key.
 */
const OrmColumn *
_orm_mapper_get_column (OrmMapper *self, guint slot)
{
  return slot < self->n_columns ? &self->columns[slot] : NULL;
}
