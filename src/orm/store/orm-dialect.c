/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"

static char *
quote (const char *text, char mark)
{
  GString *quoted = g_string_new (NULL);

  g_string_append_c (quoted, mark);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == mark)
        g_string_append_c (quoted, mark);
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, mark);
  return g_string_free (quoted, FALSE);
}

/*
 * Quotes the name of a table or column, which may be a keyword of SQL.
 */
char *
_orm_dialect_quote_name (const char *name)
{
  return quote (name, '"');
}

static char *
quote_text (const char *text)
{
  return quote (text, '\'');
}

static const char *
sql_type (const OrmColumn *column)
{
  switch (column->type)
    {
    case ORM_COLUMN_TYPE_INT64:
    case ORM_COLUMN_TYPE_BOOLEAN:
      return "INTEGER";
    case ORM_COLUMN_TYPE_TEXT:
    case ORM_COLUMN_TYPE_DATE:
    case ORM_COLUMN_TYPE_TIMESTAMP:
    case ORM_COLUMN_TYPE_ENUM:
      return "TEXT";
    default:
      g_assert_not_reached ();
    }
}

static void
append_default (GString *sql, const OrmColumn *column)
{
  g_autofree char *quoted = NULL;

  if (column->fallback == NULL)
    return;

  if (column->type == ORM_COLUMN_TYPE_DATE && g_str_equal (column->fallback, "today"))
    quoted = g_strdup ("(date('now', 'localtime'))");
  else if (column->type == ORM_COLUMN_TYPE_TIMESTAMP && g_str_equal (column->fallback, "now"))
    quoted = g_strdup ("(datetime('now'))");
  else
    quoted = quote_text (column->fallback);

  g_string_append_printf (sql, " DEFAULT %s", quoted);
}

static void
append_enum_check (GString *sql, const char *name, const OrmColumn *column)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (column->enum_type ());
  GEnumClass *enum_class = (GEnumClass *) klass;

  g_string_append_printf (sql, " CHECK (%s IN (", name);
  for (guint i = 0; i < enum_class->n_values; i++)
    {
      g_autofree char *nick = quote_text (enum_class->values[i].value_nick);

      g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", nick);
    }
  g_string_append (sql, "))");
}

/*
 * The database checks the same constraints as the entity, so that no other
 * program can write a value that this one cannot read.
 */
static void
append_checks (GString *sql, const char *name, const OrmColumn *column)
{
  if (column->max_length > 0)
    g_string_append_printf (sql, " CHECK (length(%s) <= %u)", name, column->max_length);

  if (column->glob != NULL)
    {
      g_autofree char *glob = quote_text (column->glob);

      g_string_append_printf (sql, " CHECK (%s GLOB %s)", name, glob);
    }

  if (column->minimum != column->maximum)
    g_string_append_printf (sql,
                            " CHECK (typeof(%s) = 'integer' AND %s BETWEEN %" G_GINT64_FORMAT
                            " AND %" G_GINT64_FORMAT ")",
                            name, name, column->minimum, column->maximum);

  if (column->type == ORM_COLUMN_TYPE_DATE)
    /* SQLite normalises 30 February only when it adds days. */
    g_string_append_printf (sql, " CHECK (%s = date(%s, '+0 days'))", name, name);
  else if (column->type == ORM_COLUMN_TYPE_BOOLEAN)
    g_string_append_printf (sql, " CHECK (%s IN (0, 1))", name);
  else if (column->type == ORM_COLUMN_TYPE_ENUM)
    append_enum_check (sql, name, column);
}

static gboolean
is_never_null (const OrmColumn *column)
{
  return (column->flags & ORM_COLUMN_NOT_NULL) != 0 || column->type == ORM_COLUMN_TYPE_INT64 ||
         column->type == ORM_COLUMN_TYPE_BOOLEAN || column->type == ORM_COLUMN_TYPE_ENUM;
}

static void
append_column (GString *sql, const char *name, const OrmColumn *column, gboolean is_new_table)
{
  g_string_append_printf (sql, "%s %s", name, sql_type (column));

  if (is_never_null (column))
    g_string_append (sql, " NOT NULL");
  if (is_new_table && (column->flags & ORM_COLUMN_UNIQUE) != 0)
    g_string_append (sql, " UNIQUE");

  append_default (sql, column);
  append_checks (sql, name, column);
}

static void
append_reference (GString *sql, OrmSide *side)
{
  static const char *const actions[] = {
    [ORM_DELETE_NO_ACTION] = "",
    [ORM_DELETE_DENY] = " ON DELETE RESTRICT",
    [ORM_DELETE_NULLIFY] = " ON DELETE SET NULL",
    [ORM_DELETE_CASCADE] = " ON DELETE CASCADE",
  };
  gboolean not_null = (side->spec->flags & ORM_RELATIONSHIP_NOT_NULL) != 0;

  g_string_append_printf (sql, "%s INTEGER%s REFERENCES %s (id)%s", side->sql_column,
                          not_null ? " NOT NULL" : "", side->target->sql_table,
                          actions[side->inverse->spec->rule]);
}

static void
append_slot (GString *sql, OrmMapper *mapper, guint slot, gboolean is_new_table)
{
  if (slot < mapper->n_columns)
    append_column (sql, mapper->sql_names[slot], &mapper->columns[slot], is_new_table);
  else
    append_reference (sql, mapper->references[slot - mapper->n_columns]);
}

static void
add_index (GPtrArray *statements, OrmMapper *mapper, const char *column, gboolean is_unique)
{
  g_autofree char *name = g_strdup_printf ("%s_%s", mapper->table, column);
  g_autofree char *sql_name = _orm_dialect_quote_name (name);
  g_autofree char *sql_column = _orm_dialect_quote_name (column);

  g_ptr_array_add (statements, g_strdup_printf ("CREATE%s INDEX IF NOT EXISTS %s ON %s (%s)",
                                                is_unique ? " UNIQUE" : "", sql_name,
                                                mapper->sql_table, sql_column));
}

/*
 * Ids are never reused (AUTOINCREMENT), so that undo can restore a row under
 * its old id.
 */
char *
_orm_dialect_create_table (OrmMapper *mapper)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (
    sql, "CREATE TABLE IF NOT EXISTS %s (id INTEGER PRIMARY KEY AUTOINCREMENT", mapper->sql_table);
  for (guint slot = 0; slot < mapper->n_slots; slot++)
    {
      g_string_append (sql, ", ");
      append_slot (sql, mapper, slot, TRUE);
    }

  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

void
_orm_dialect_create_indexes (OrmMapper *mapper, GPtrArray *statements)
{
  for (guint i = 0; i < mapper->n_columns; i++)
    if ((mapper->columns[i].flags & ORM_COLUMN_INDEXED) != 0)
      add_index (statements, mapper, mapper->slot_names[i], FALSE);

  for (guint i = 0; i < mapper->n_references; i++)
    add_index (statements, mapper, mapper->references[i]->spec->column, FALSE);
}

/*
 * Returns: a SELECT of the columns of a table, with the name in the second
 *   column of the result; it has no rows if the table does not exist
 */
char *
_orm_dialect_select_columns (OrmMapper *mapper)
{
  return g_strdup_printf ("PRAGMA table_info(%s)", mapper->sql_table);
}

/*
 * SQLite cannot add a UNIQUE column; a unique index does the same.
 */
void
_orm_dialect_add_column (OrmMapper *mapper, guint slot, GPtrArray *statements)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "ALTER TABLE %s ADD COLUMN ", mapper->sql_table);
  append_slot (sql, mapper, slot, FALSE);
  g_ptr_array_add (statements, g_string_free (sql, FALSE));

  if (slot < mapper->n_columns && (mapper->columns[slot].flags & ORM_COLUMN_UNIQUE) != 0)
    add_index (statements, mapper, mapper->slot_names[slot], TRUE);
}

char *
_orm_dialect_select_by_id (OrmMapper *mapper)
{
  return g_strdup_printf ("SELECT %s FROM %s t WHERE t.id = ##p0::gint64", mapper->select_list,
                          mapper->sql_table);
}

char *
_orm_dialect_select_by_ids (OrmMapper *mapper)
{
  return g_strdup_printf ("SELECT %s FROM json_each(##p0::string) j JOIN %s t ON t.id = j.value",
                          mapper->select_list, mapper->sql_table);
}

/*
 * The same rows as one JSON value, which is faster to read than the cells.
 */
char *
_orm_dialect_select_json_by_ids (OrmMapper *mapper)
{
  return g_strdup_printf ("SELECT json_group_array(json_array(%s)) "
                          "FROM json_each(##p0::string) j JOIN %s t ON t.id = j.value",
                          mapper->json_list, mapper->sql_table);
}

/*
 * The ORDER BY clause of a list's members.
 */
static char *
member_order (const OrmSide *side)
{
  const OrmColumn *column = NULL;

  if (!_orm_side_is_ordered (side))
    return g_strdup (" ORDER BY t.id");

  column = _orm_mapper_get_column (side->target, side->order_slot);
  return g_strdup_printf (" ORDER BY t.%s%s%s, t.id", side->target->sql_names[side->order_slot],
                          column->type == ORM_COLUMN_TYPE_TEXT ? " COLLATE NOCASE" : "",
                          side->spec->direction == ORM_DESCENDING ? " DESC" : "");
}

/*
 * The members of several owners at once, for prefetching.
 */
char *
_orm_dialect_select_by_keys (const OrmSide *side)
{
  g_autofree char *order = member_order (side);

  return g_strdup_printf ("SELECT %s FROM %s t WHERE t.%s IN "
                          "(SELECT value FROM json_each(##p0::string))%s",
                          side->target->select_list, side->target->sql_table,
                          side->inverse->sql_column, order);
}

char *
_orm_dialect_select_members (const OrmSide *side, guint limit)
{
  g_autofree char *order = member_order (side);

  return g_strdup_printf ("SELECT %s FROM %s t WHERE t.%s = ##p0::gint64%s LIMIT %u",
                          side->target->select_list, side->target->sql_table,
                          side->inverse->sql_column, order, limit);
}

char *
_orm_dialect_select_member_ids (const OrmSide *side)
{
  g_autofree char *order = member_order (side);

  return g_strdup_printf ("SELECT group_concat(id, ' ') FROM (SELECT t.id FROM %s t "
                          "WHERE t.%s = ##p0::gint64%s)",
                          side->target->sql_table, side->inverse->sql_column, order);
}

char *
_orm_dialect_has_members (const OrmSide *side)
{
  return g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM %s t WHERE t.%s = ##p0::gint64)",
                          side->target->sql_table, side->inverse->sql_column);
}

/*
 * The greatest id that any row has or, with AUTOINCREMENT, ever had. A table
 * that another program created may lack AUTOINCREMENT.
 */
char *
_orm_dialect_select_last_id (OrmMapper *mapper)
{
  return g_strdup_printf ("SELECT max(coalesce((SELECT max(seq) FROM sqlite_sequence "
                          "WHERE name = ##p0::string COLLATE NOCASE), 0), "
                          "coalesce((SELECT max(id) FROM %s), 0))",
                          mapper->sql_table);
}

char *
_orm_dialect_select_greatest_id (OrmMapper *mapper)
{
  return g_strdup_printf ("SELECT max(coalesce(max(id), 0), 0) FROM %s", mapper->sql_table);
}

/*
 * Any number of rows as a JSON array of arrays: the id, then the slots. SQLite
 * would make the text of a row again for each column that it takes from it.
 */
char *
_orm_dialect_insert (OrmMapper *mapper)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT INTO %s (id", mapper->sql_table);
  for (guint i = 0; i < mapper->n_slots; i++)
    g_string_append_printf (sql, ", %s", mapper->sql_names[i]);

  g_string_append (sql, ") WITH j AS MATERIALIZED (SELECT value FROM json_each(##p0::string)) "
                        "SELECT value->>'$[0]'");
  for (guint i = 0; i < mapper->n_slots; i++)
    g_string_append_printf (sql, ", value->>'$[%u]'", i + 1);

  g_string_append (sql, " FROM j");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
append_update (GString *sql, OrmMapper *mapper, guint64 slots)
{
  guint n = 0;

  g_string_append_printf (sql, "UPDATE %s SET ", mapper->sql_table);

  for (guint i = 0; i < mapper->n_slots; i++)
    if ((slots & (G_GUINT64_CONSTANT (1) << i)) != 0)
      {
        n++;
        g_string_append_printf (sql, "%s%s = j.value->>%u", n > 1 ? ", " : "", mapper->sql_names[i],
                                n);
      }

  g_string_append_printf (sql, " FROM json_each(##p0::string) j WHERE %s.id = j.value->>0",
                          mapper->sql_table);
}

/*
 * Takes any number of rows as a JSON array of arrays: the id, then @slots in
 * order.
 */
char *
_orm_dialect_update (OrmMapper *mapper, guint64 slots)
{
  GString *sql = g_string_new (NULL);

  append_update (sql, mapper, slots);
  return g_string_free (sql, FALSE);
}

/*
 * The same, where each array also has the old values of @slots in order. Only
 * rows that still have these values are updated.
 */
char *
_orm_dialect_update_checked (OrmMapper *mapper, guint64 slots)
{
  GString *sql = g_string_new (NULL);
  guint n = 0;

  append_update (sql, mapper, slots);
  for (guint i = 0; i < mapper->n_slots; i++)
    n += (slots & (G_GUINT64_CONSTANT (1) << i)) != 0;

  for (guint i = 0, old = n; i < mapper->n_slots; i++)
    if ((slots & (G_GUINT64_CONSTANT (1) << i)) != 0)
      g_string_append_printf (sql, " AND %s.%s IS j.value->>%u", mapper->sql_table,
                              mapper->sql_names[i], ++old);

  return g_string_free (sql, FALSE);
}

/*
 * Gives rows a temporary, unused value of a unique column, so that two rows can
 * swap their values.
 */
char *
_orm_dialect_release_unique (OrmMapper *mapper, guint slot)
{
  return g_strdup_printf ("UPDATE %s SET %s = %s id WHERE id IN "
                          "(SELECT value FROM json_each(##p0::string))",
                          mapper->sql_table, mapper->sql_names[slot],
                          mapper->reads[slot + 1] == ORM_READ_INT64 ? "-" : "'~' ||");
}

char *
_orm_dialect_delete (OrmMapper *mapper)
{
  return g_strdup_printf ("DELETE FROM %s WHERE id IN "
                          "(SELECT value FROM json_each(##p0::string))",
                          mapper->sql_table);
}

/*
 * The association table of a many-to-many. A row is a link and consists of two
 * foreign keys. Links are passed as pairs: JSON arrays of two ids, that of the
 * first side (_orm_side_get_first()) first.
 */

static const char *
other_column (const OrmSide *side)
{
  return side->inverse->sql_column;
}

/*
 * The primary key covers both columns. The second index has them in the
 * opposite order, so that both sides can be read from an index alone.
 */
void
_orm_dialect_create_association (OrmSide *first, GPtrArray *statements)
{
  const char *table = first->sql_association;
  g_autofree char *name =
    g_strdup_printf ("%s_%s", first->spec->association, first->inverse->spec->column);
  g_autofree char *index = _orm_dialect_quote_name (name);

  g_ptr_array_add (statements,
                   g_strdup_printf ("CREATE TABLE IF NOT EXISTS %s "
                                    "(%s INTEGER NOT NULL REFERENCES %s (id) ON DELETE CASCADE, "
                                    "%s INTEGER NOT NULL REFERENCES %s (id) ON DELETE CASCADE, "
                                    "PRIMARY KEY (%s, %s)) WITHOUT ROWID",
                                    table, first->sql_column, first->owner->sql_table,
                                    other_column (first), first->target->sql_table,
                                    first->sql_column, other_column (first)));
  g_ptr_array_add (statements, g_strdup_printf ("CREATE INDEX IF NOT EXISTS %s ON %s (%s)", index,
                                                table, other_column (first)));
}

/*
 * The rows of the other side that one owner is linked to.
 */
char *
_orm_dialect_select_linked (OrmSide *side, guint limit)
{
  return g_strdup_printf ("SELECT %s FROM %s a JOIN %s t ON t.id = a.%s "
                          "WHERE a.%s = ##p0::gint64 ORDER BY a.%s LIMIT %u",
                          side->target->select_list, side->sql_association, side->target->sql_table,
                          other_column (side), side->sql_column, other_column (side), limit);
}

char *
_orm_dialect_select_linked_ids (OrmSide *side)
{
  return g_strdup_printf ("SELECT group_concat(id, ' ') FROM (SELECT a.%s AS id FROM %s a "
                          "WHERE a.%s = ##p0::gint64 ORDER BY a.%s)",
                          other_column (side), side->sql_association, side->sql_column,
                          other_column (side));
}

/*
 * The same for several owners, for prefetching; the owner's id is the last
 * column.
 */
char *
_orm_dialect_select_linked_by_keys (OrmSide *side)
{
  return g_strdup_printf ("SELECT %s, a.%s FROM %s a JOIN %s t ON t.id = a.%s WHERE a.%s IN "
                          "(SELECT value FROM json_each(##p0::string)) ORDER BY a.%s",
                          side->target->select_list, side->sql_column, side->sql_association,
                          side->target->sql_table, other_column (side), side->sql_column,
                          other_column (side));
}

char *
_orm_dialect_has_link (OrmSide *side)
{
  return g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM %s a "
                          "WHERE a.%s = ##p0::gint64 AND a.%s = ##p1::gint64)",
                          side->sql_association, side->sql_column, other_column (side));
}

/*
 * All links of some rows of @side's class: their ids, then the other side's.
 */
char *
_orm_dialect_select_links (OrmSide *side)
{
  return g_strdup_printf ("SELECT a.%s, a.%s FROM %s a WHERE a.%s IN "
                          "(SELECT value FROM json_each(##p0::string)) ORDER BY a.%s, a.%s",
                          side->sql_column, other_column (side), side->sql_association,
                          side->sql_column, side->sql_column, other_column (side));
}

char *
_orm_dialect_delete_links_of (OrmSide *side)
{
  return g_strdup_printf ("DELETE FROM %s WHERE %s IN "
                          "(SELECT value FROM json_each(##p0::string))",
                          side->sql_association, side->sql_column);
}

char *
_orm_dialect_count_links (OrmSide *first)
{
  return g_strdup_printf ("SELECT count(*) FROM %s WHERE (%s, %s) IN "
                          "(SELECT value->>0, value->>1 FROM json_each(##p0::string))",
                          first->sql_association, first->sql_column, other_column (first));
}

/*
 * A link that another program has already inserted is not an error.
 */
char *
_orm_dialect_insert_links (OrmSide *first)
{
  return g_strdup_printf ("INSERT INTO %s (%s, %s) SELECT value->>0, value->>1 "
                          "FROM json_each(##p0::string) WHERE true ON CONFLICT DO NOTHING",
                          first->sql_association, first->sql_column, other_column (first));
}

char *
_orm_dialect_delete_links (OrmSide *first)
{
  return g_strdup_printf ("DELETE FROM %s WHERE (%s, %s) IN "
                          "(SELECT value->>0, value->>1 FROM json_each(##p0::string))",
                          first->sql_association, first->sql_column, other_column (first));
}

/*
 * Appends the beginning of a condition over a many-to-many. The condition on
 * the other side's rows has to follow.
 */
void
_orm_dialect_append_linked (GString *text, const OrmSide *side, guint level)
{
  g_string_append_printf (text,
                          "IN (SELECT a%u.%s FROM %s a%u JOIN %s j%u ON j%u.id = a%u.%s WHERE ",
                          level, side->sql_column, side->sql_association, level,
                          side->target->sql_table, level, level, level, other_column (side));
}
