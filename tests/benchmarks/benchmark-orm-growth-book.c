/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "benchmark-orm-growth-book.h"
#include "orm-session-private.h"
#include "orm-session-query.h"

#include <glib/gstdio.h>

struct _GrowthList
{
  OrmEntity parent_instance;

  char *name;
};

struct _GrowthItem
{
  OrmEntity parent_instance;

  char *name;
  gint64 number;
  GDate *date;
};

struct _GrowthLabel
{
  OrmEntity parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (GrowthList, growth_list, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (GrowthItem, growth_item, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (GrowthLabel, growth_label, ORM_TYPE_ENTITY)

static const OrmColumn list_columns[] = {
  ORM_COLUMN ("name", TEXT, GrowthList, name),
};

static const OrmColumn item_columns[] = {
  ORM_COLUMN ("name", TEXT, GrowthItem, name, .flags = ORM_COLUMN_UNIQUE),
  ORM_COLUMN ("number", INT64, GrowthItem, number),
  ORM_COLUMN ("date", DATE, GrowthItem, date, .flags = ORM_COLUMN_INDEXED),
};

static const OrmColumn label_columns[] = {
  ORM_COLUMN ("name", TEXT, GrowthLabel, name),
};

static const OrmRelationship list_sides[] = {
  ORM_TO_MANY ("members", growth_item_get_type, "list", .rule = ORM_DELETE_NULLIFY),
  ORM_TO_MANY (
    "dated", growth_item_get_type, "dated-list", .rule = ORM_DELETE_NULLIFY, .order_by = "date"),
  ORM_TO_MANY ("parts",
               growth_item_get_type,
               "whole",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DELETE_ORPHAN),
  ORM_TO_MANY ("rows",
               growth_item_get_type,
               "table",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DB_CASCADE),
  ORM_TO_MANY ("guards", growth_item_get_type, "guarded", .rule = ORM_DELETE_DENY),
};

static const OrmRelationship item_sides[] = {
  ORM_TO_ONE ("list", growth_list_get_type, "members", "list_id"),
  ORM_TO_ONE ("dated-list", growth_list_get_type, "dated", "dated_list_id"),
  ORM_TO_ONE ("whole", growth_list_get_type, "parts", "whole_id"),
  ORM_TO_ONE ("table", growth_list_get_type, "rows", "table_id"),
  ORM_TO_ONE ("guarded", growth_list_get_type, "guards", "guarded_id"),
  ORM_MANY_TO_MANY ("labels", growth_label_get_type, "items", "item_labels", "item_id"),
};

static const OrmRelationship label_sides[] = {
  ORM_MANY_TO_MANY ("items", growth_item_get_type, "labels", "item_labels", "label_id"),
};

static void
growth_list_class_init (GrowthListClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "lists", list_columns, G_N_ELEMENTS (list_columns));
  orm_entity_class_map_relationships (entity_class, list_sides, G_N_ELEMENTS (list_sides));
}

static void
growth_list_init (GrowthList *self)
{
}

static void
growth_item_class_init (GrowthItemClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "items", item_columns, G_N_ELEMENTS (item_columns));
  orm_entity_class_map_relationships (entity_class, item_sides, G_N_ELEMENTS (item_sides));
}

static void
growth_item_init (GrowthItem *self)
{
}

static void
growth_label_class_init (GrowthLabelClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "labels", label_columns, G_N_ELEMENTS (label_columns));
  orm_entity_class_map_relationships (entity_class, label_sides, G_N_ELEMENTS (label_sides));
}

static void
growth_label_init (GrowthLabel *self)
{
}

void
growth_check (gboolean is_done, GError **error)
{
  if (!is_done)
    g_error ("%s", error != NULL && *error != NULL ? (*error)->message : "It was refused");
}

static OrmSession *
new_session (OrmConnection *connection)
{
  return orm_session_new (connection, GROWTH_TYPE_LIST, GROWTH_TYPE_ITEM, GROWTH_TYPE_LABEL,
                          G_TYPE_INVALID);
}

static OrmConnection *
open_connection (Growth *growth)
{
  g_autofree char *uri = g_strconcat ("sqlite:", growth->path, NULL);
  g_autoptr (GError) error = NULL;
  OrmConnection *connection = orm_connection_open (uri, &error);

  growth_check (connection != NULL, &error);
  return connection;
}

void
growth_open (Growth *growth, guint n, GrowthKind kind, gboolean is_grouped)
{
  g_autoptr (GError) error = NULL;

  *growth = (Growth){ .n = n, .kind = kind, .is_grouped = is_grouped };
  growth->folder = g_dir_make_tmp ("benchmark-XXXXXX", &error);
  growth_check (growth->folder != NULL, &error);
  growth->path = g_build_filename (growth->folder, "book", NULL);
  growth->connection = open_connection (growth);
  growth->session = new_session (growth->connection);
  growth_check (orm_session_create_tables (growth->session, &error), &error);
  growth->items = g_ptr_array_new_with_free_func (g_object_unref);
  growth->held = g_ptr_array_new_with_free_func (g_object_unref);
}

void
growth_close (Growth *growth)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  g_clear_pointer (&growth->items, g_ptr_array_unref);
  g_clear_pointer (&growth->held, g_ptr_array_unref);
  g_clear_object (&growth->session);
  g_clear_object (&growth->connection);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (growth->path, endings[i], NULL);

      g_unlink (file);
    }
  g_rmdir (growth->folder);
  g_free (growth->folder);
  g_free (growth->path);
}

static void
run_sql (OrmConnection *connection, const char *format, va_list arguments)
{
  g_autofree char *sql = g_strdup_vprintf (format, arguments);
  g_autoptr (GError) error = NULL;

  growth_check (orm_connection_execute (connection, sql, &error), &error);
}

void
growth_run (Growth *growth, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  run_sql (growth->connection, format, arguments);
  va_end (arguments);
}

/*
 * The same by another connection, without telling the session.
 */
void
growth_run_elsewhere (Growth *growth, const char *format, ...)
{
  g_autoptr (OrmConnection) connection = open_connection (growth);
  va_list arguments;

  va_start (arguments, format);
  run_sql (connection, format, arguments);
  va_end (arguments);
}

/*
 * Inserts 1.5 times as many items as the size, one size of them in the first
 * list, the rest in the second. With more than two lists, the items are
 * distributed to all.
 */
void
growth_fill (Growth *growth, const char *column, guint n_lists)
{
  guint n = growth->n;

  growth_run (growth,
              "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %u) "
              "INSERT INTO lists (id, name) SELECT i, 'list ' || i FROM c",
              n_lists);
  growth_run (growth,
              "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %u) "
              "INSERT INTO items (id, name, number, date, %s) SELECT i, 'item ' || i, i, "
              "date('2020-01-01', '+' || (i * 1009 %% 2500) || ' days'), "
              "CASE WHEN %u = 2 THEN 1 + (i > %u) ELSE 1 + i %% %u END FROM c",
              n + n / 2, column, n_lists, n, n_lists);
}

/*
 * Inserts items without a list, and labels, without links.
 */
void
growth_fill_links (Growth *growth, guint n_items, guint n_labels)
{
  growth_run (growth,
              "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %u) "
              "INSERT INTO items (id, number) SELECT i, i FROM c",
              n_items);
  growth_run (growth,
              "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %u) "
              "INSERT INTO labels (id, name) SELECT i, 'label ' || i FROM c",
              n_labels);
}

gpointer
growth_get (Growth *growth, GType type, gint64 id)
{
  g_autoptr (GError) error = NULL;
  gpointer entity = orm_session_get (growth->session, type, id, &error);

  growth_check (entity != NULL, &error);
  return entity;
}

gpointer
growth_hold (Growth *growth, gpointer object)
{
  g_ptr_array_add (growth->held, object);
  return object;
}

/*
 * Returns the rows with the ids 1 to @n, with references.
 */
GPtrArray *
growth_get_many (Growth *growth, GType type, guint n)
{
  g_autoptr (OrmQuery) query = orm_query_new (type);
  g_autoptr (GListModel) list = NULL;
  GPtrArray *entities = g_ptr_array_new ();

  orm_query_order_by (query, "id", ORM_ASCENDING);
  list = growth_find (growth, query);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (entities, growth_hold (growth, g_list_model_get_item (list, i)));
  return entities;
}

void
growth_shuffle (GPtrArray *entities)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = entities->len; i > 1; i--)
    {
      guint other = (guint) g_rand_int_range (random, 0, (gint32) i);
      gpointer entity = entities->pdata[i - 1];

      entities->pdata[i - 1] = entities->pdata[other];
      entities->pdata[other] = entity;
    }
}

const char *
growth_to_one (Growth *growth)
{
  return growth->kind == GROWTH_BY_COLUMN ? "dated-list" : "list";
}

const char *
growth_to_many (Growth *growth)
{
  return growth->kind == GROWTH_BY_COLUMN ? "dated" : "members";
}

OrmEntity *
growth_new_item (Growth *growth, guint number)
{
  OrmEntity *item = g_object_new (GROWTH_TYPE_ITEM, NULL);
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 2020);
  g_autofree char *name = g_strdup_printf ("new %u", number);

  g_date_add_days (date, number * 1013 % 2500);
  orm_entity_set_text (item, GROWTH_ITEM_NAME, name);
  orm_entity_set_int64 (item, GROWTH_ITEM_NUMBER, number);
  orm_entity_set_date (item, GROWTH_ITEM_DATE, date);
  return item;
}

guint
growth_load (Growth *growth, gpointer list)
{
  g_autoptr (GError) error = NULL;

  growth_check (orm_collection_load (list, &error), &error);
  return g_list_model_get_n_items (list);
}

GListModel *
growth_find (Growth *growth, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  GListModel *list = orm_session_find (growth->session, query, &error);

  growth_check (list != NULL, &error);
  while (orm_query_model_get_loading (ORM_QUERY_MODEL (list)))
    g_main_context_iteration (NULL, TRUE);
  return list;
}

GListModel *
growth_observe (Growth *growth, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  GListModel *list = orm_session_observe (growth->session, query, &error);

  growth_check (list != NULL, &error);
  return list;
}

static gboolean
pass (OrmConnection *connection, gpointer job, GError **error)
{
  return TRUE;
}

static void
on_passed (GObject *source, GAsyncResult *result, gpointer has_passed)
{
  GError *error = NULL;
  gpointer job = _orm_worker_run_finish (result, &error);

  growth_check (job != NULL, &error);
  g_free (job);
  *(gboolean *) has_passed = TRUE;
}

/*
 * Waits until the lists are filled in the background.
 */
void
growth_iterate (Growth *growth)
{
  gboolean has_passed = FALSE;

  _orm_worker_run (_orm_session_ensure_worker (growth->session), pass, g_malloc (1), g_free, NULL,
                   on_passed, &has_passed);
  while (!has_passed)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
growth_begin (Growth *growth)
{
  if (growth->is_grouped)
    orm_session_begin_group (growth->session, "A step");
  else
    orm_session_set_label (growth->session, "A step");
}

void
growth_end (Growth *growth)
{
  if (growth->is_grouped)
    orm_session_end_group (growth->session);
}

void
growth_flush (Growth *growth)
{
  g_autoptr (GError) error = NULL;

  growth_check (orm_session_flush (growth->session, &error), &error);
}

void
growth_commit (Growth *growth)
{
  g_autoptr (GError) error = NULL;

  growth_check (orm_session_commit (growth->session, &error), &error);
}

void
growth_undo (Growth *growth)
{
  g_autoptr (GError) error = NULL;

  growth_check (orm_session_undo (growth->session, &error), &error);
}

void
growth_redo (Growth *growth)
{
  g_autoptr (GError) error = NULL;

  growth_check (orm_session_redo (growth->session, &error), &error);
}

void
growth_rollback (Growth *growth)
{
  orm_session_rollback (growth->session);
}

void
growth_savepoint (Growth *growth)
{
  g_autoptr (GError) error = NULL;

  growth_check (orm_session_savepoint (growth->session, "here", &error), &error);
}

void
growth_rollback_to (Growth *growth)
{
  g_autoptr (GError) error = NULL;

  growth_check (orm_session_rollback_to (growth->session, "here", &error), &error);
}
