/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-dialect-private.h"

/*
 * The association table of a many-to-many: a row is a link, two foreign keys
 * and nothing else. Written and asked for as pairs, a JSON array of two ids
 * each, the first side's first.
 */

static const char *
other_column (const OrmSide *side)
{
  return side->inverse->sql_column;
}

/*
 * The table is its own primary key; the second index is the way back, and has
 * the first column too, so that either side is read from an index alone.
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
 * The rows on the other side of one owner's links.
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
 * The same for several owners at once, for prefetching; the owner's id is the
 * last column.
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
 * Which of some rows on the other side one owner is linked to.
 */
char *
_orm_dialect_select_linked_among (OrmSide *side)
{
  return g_strdup_printf ("SELECT coalesce(group_concat(a.%s, ' '), '') FROM %s a "
                          "WHERE a.%s = ##p0::gint64 AND a.%s IN "
                          "(SELECT value FROM json_each(##p1::string))",
                          other_column (side), side->sql_association, side->sql_column,
                          other_column (side));
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
 * A link that another program made meanwhile is what was asked for.
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

char *
_orm_dialect_count_rows (OrmMapper *mapper)
{
  return g_strdup_printf ("SELECT count(*) FROM %s WHERE id IN "
                          "(SELECT value FROM json_each(##p0::string))",
                          mapper->sql_table);
}

/*
 * A condition over a many-to-many, up to where the one on the other side's
 * rows begins.
 */
void
_orm_dialect_append_linked (GString *text, const OrmSide *side, guint level)
{
  g_string_append_printf (text,
                          "IN (SELECT a%u.%s FROM %s a%u JOIN %s j%u ON j%u.id = a%u.%s WHERE ",
                          level, side->sql_column, side->sql_association, level,
                          side->target->sql_table, level, level, level, other_column (side));
}
