/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "links-fixture.h"

#include "orm-connection-private.h"

#include <glib/gstdio.h>

struct _LinksItem
{
  OrmEntity parent_instance;

  char *name;
};

struct _LinksLabel
{
  OrmEntity parent_instance;

  char *name;
};

struct _LinksShelf
{
  OrmEntity parent_instance;

  char *name;
};

struct _LinksPerson
{
  OrmEntity parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (LinksItem, links_item, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (LinksLabel, links_label, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (LinksShelf, links_shelf, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (LinksPerson, links_person, ORM_TYPE_ENTITY)

static const OrmColumn item_columns[] = {
  ORM_COLUMN ("name", TEXT, LinksItem, name, .flags = ORM_COLUMN_NOT_NULL),
};

static const OrmColumn label_columns[] = {
  ORM_COLUMN ("name", TEXT, LinksLabel, name, .flags = ORM_COLUMN_UNIQUE | ORM_COLUMN_NOT_NULL),
};

static const OrmColumn shelf_columns[] = {
  ORM_COLUMN ("name", TEXT, LinksShelf, name, .flags = ORM_COLUMN_NOT_NULL),
};

static const OrmColumn person_columns[] = {
  ORM_COLUMN ("name", TEXT, LinksPerson, name, .flags = ORM_COLUMN_NOT_NULL),
};

static const OrmRelationship item_sides[] = {
  ORM_TO_ONE ("shelf", links_shelf_get_type, "items", "shelf_id"),
  ORM_TO_ONE ("whole", links_item_get_type, "parts", "whole_id"),
  ORM_TO_MANY ("parts", links_item_get_type, "whole", .rule = ORM_DELETE_DENY),
  ORM_MANY_TO_MANY ("labels", links_label_get_type, "items", "item_labels", "item_id"),
};

static const OrmRelationship label_sides[] = {
  ORM_MANY_TO_MANY ("items", links_item_get_type, "labels", "item_labels", "label_id"),
};

static const OrmRelationship shelf_sides[] = {
  ORM_TO_MANY ("items", links_item_get_type, "shelf", .rule = ORM_DELETE_CASCADE),
};

/* Here the second side's column comes first. */
static const OrmRelationship person_sides[] = {
  ORM_MANY_TO_MANY ("friends", links_person_get_type, "friend-of", "friendships", "person_id"),
  ORM_MANY_TO_MANY ("friend-of", links_person_get_type, "friends", "friendships", "friend_id"),
};

/*
 * The item "plain" rejects every label, the label "closed" every item, and the
 * item "unready" fails validation as a whole.
 */
static gboolean
validate (OrmEntity *entity, const char *property, const GValue *value, GError **error)
{
  g_autofree char *name = NULL;
  gboolean is_item = LINKS_IS_ITEM (entity);

  if (property == NULL && is_item && g_strcmp0 (LINKS_ITEM (entity)->name, "unready") == 0)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_VALIDATION, "It is unready");
      return FALSE;
    }

  if (g_strcmp0 (property, is_item ? "labels" : "items") != 0)
    return TRUE;

  g_assert_true (is_item ? LINKS_IS_LABEL (g_value_get_object (value))
                         : LINKS_IS_ITEM (g_value_get_object (value)));
  g_object_get (entity, "name", &name, NULL);
  if (g_strcmp0 (name, is_item ? "plain" : "closed") != 0)
    return TRUE;

  g_set_error (error, ORM_ERROR, ORM_ERROR_VALIDATION, "It is %s", name);
  return FALSE;
}

static void
links_item_class_init (LinksItemClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = validate;
  orm_entity_class_map (entity_class, "items", item_columns, G_N_ELEMENTS (item_columns));
  orm_entity_class_map_relationships (entity_class, item_sides, G_N_ELEMENTS (item_sides));
}

static void
links_item_init (LinksItem *self)
{
}

static void
links_label_class_init (LinksLabelClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = validate;
  orm_entity_class_map (entity_class, "labels", label_columns, G_N_ELEMENTS (label_columns));
  orm_entity_class_map_relationships (entity_class, label_sides, G_N_ELEMENTS (label_sides));
}

static void
links_label_init (LinksLabel *self)
{
}

static void
links_shelf_class_init (LinksShelfClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "shelves", shelf_columns, G_N_ELEMENTS (shelf_columns));
  orm_entity_class_map_relationships (entity_class, shelf_sides, G_N_ELEMENTS (shelf_sides));
}

static void
links_shelf_init (LinksShelf *self)
{
}

static void
links_person_class_init (LinksPersonClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "people", person_columns, G_N_ELEMENTS (person_columns));
  orm_entity_class_map_relationships (entity_class, person_sides, G_N_ELEMENTS (person_sides));
}

static void
links_person_init (LinksPerson *self)
{
}

/* A copy of a list, updated only from its emissions. */
typedef struct
{
  Links *links;
  char *name;
  GPtrArray *items;
  GListModel *list;
} Shadow;

static const char *const rows[] = {
  "INSERT INTO shelves (id, name) VALUES (1, 'upper'), (2, 'lower')",
  "INSERT INTO items (id, name, shelf_id) VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 2), "
  "(4, 'd', NULL), (5, 'e', NULL)",
  "INSERT INTO labels (id, name) VALUES (1, 'red'), (2, 'green'), (3, 'blue'), (4, 'none')",
  "INSERT INTO item_labels (item_id, label_id) VALUES (1, 1), (1, 2), (2, 1), (3, 1), (3, 3)",
  "INSERT INTO people (id, name) VALUES (1, 'Ann'), (2, 'Ben'), (3, 'Cid'), (4, 'Dot')",
  "INSERT INTO friendships (person_id, friend_id) VALUES (1, 2), (1, 3), (2, 1)",
};

static void
open_session (Links *links)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri =
    links->path != NULL ? g_strconcat ("sqlite:", links->path, NULL) : g_strdup ("sqlite::memory:");

  if (links->connection == NULL)
    links->connection = orm_connection_open (uri, &error);
  g_assert_no_error (error);

  links->session = orm_session_new (links->connection, LINKS_TYPE_ITEM, LINKS_TYPE_LABEL,
                                    LINKS_TYPE_SHELF, LINKS_TYPE_PERSON, G_TYPE_INVALID);
  g_assert_nonnull (links->session);
}

static void
shadow_free (Shadow *shadow)
{
  g_signal_handlers_disconnect_by_data (shadow->list, shadow);
  g_object_unref (shadow->list);
  g_ptr_array_unref (shadow->items);
  g_free (shadow->name);
  g_free (shadow);
}

static void
prepare (Links *links)
{
  g_autoptr (GError) error = NULL;

  links->log = g_string_new (NULL);
  links->shadows = g_ptr_array_new_with_free_func ((GDestroyNotify) shadow_free);
  open_session (links);
  orm_session_create_tables (links->session, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      orm_connection_execute (links->connection, rows[i], &error);
      g_assert_no_error (error);
    }

  links_load_objects (links);
}

void
links_set_up (Links *links, gconstpointer data)
{
  prepare (links);
}

/*
 * Like links_set_up(), but in a file, so that another connection can write to
 * it.
 */
void
links_set_up_file (Links *links, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("orm-XXXXXX", NULL);

  links->path = g_build_filename (folder, "book", NULL);
  prepare (links);
}

static void
forget_objects (Links *links)
{
  for (guint i = 0; i < G_N_ELEMENTS (links->item); i++)
    g_clear_object (&links->item[i]);
  for (guint i = 0; i < G_N_ELEMENTS (links->label); i++)
    g_clear_object (&links->label[i]);
  for (guint i = 0; i < G_N_ELEMENTS (links->shelf); i++)
    g_clear_object (&links->shelf[i]);
  for (guint i = 0; i < G_N_ELEMENTS (links->person); i++)
    g_clear_object (&links->person[i]);
}

static void
remove_file (Links *links)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *folder = g_path_get_dirname (links->path);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (links->path, endings[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}

void
links_tear_down (Links *links, gconstpointer data)
{
  OrmSession *session = links->session;

  links_check (links);
  g_ptr_array_unref (links->shadows);
  forget_objects (links);

  /* A remaining reference to the session is a leak. */
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_clear_object (&links->session);
  g_assert_null (session);

  g_clear_object (&links->connection);
  g_string_free (links->log, TRUE);
  if (links->path != NULL)
    remove_file (links);
  g_clear_pointer (&links->path, g_free);
}

/*
 * Opens a new session on the same rows, with nothing in memory.
 */
void
links_reopen (Links *links)
{
  g_ptr_array_set_size (links->shadows, 0);
  forget_objects (links);
  g_clear_object (&links->session);
  open_session (links);
  g_string_truncate (links->log, 0);
  links_take_count (links);
}

static gpointer
get (Links *links, GType type, gint64 id)
{
  g_autoptr (GError) error = NULL;
  gpointer entity = orm_session_get (links->session, type, id, &error);

  g_assert_no_error (error);
  return entity;
}

void
links_load_objects (Links *links)
{
  forget_objects (links);
  for (guint i = 1; i < G_N_ELEMENTS (links->item); i++)
    links->item[i] = get (links, LINKS_TYPE_ITEM, i);
  for (guint i = 1; i < G_N_ELEMENTS (links->label); i++)
    links->label[i] = get (links, LINKS_TYPE_LABEL, i);
  for (guint i = 1; i < G_N_ELEMENTS (links->shelf); i++)
    links->shelf[i] = get (links, LINKS_TYPE_SHELF, i);
  for (guint i = 1; i < G_N_ELEMENTS (links->person); i++)
    links->person[i] = get (links, LINKS_TYPE_PERSON, i);

  links_take_count (links);
}

/*
 * Writes through another connection, as another program would.
 */
void
links_elsewhere (Links *links, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_strconcat ("sqlite:", links->path, NULL);
  g_autoptr (OrmConnection) other = orm_connection_open (uri, &error);

  g_assert_no_error (error);
  orm_connection_execute (other, sql, &error);
  g_assert_no_error (error);
}

void
links_commit (Links *links)
{
  g_autoptr (GError) error = NULL;

  orm_session_commit (links->session, &error);
  g_assert_no_error (error);
}

OrmCollection *
links_labels (gpointer item)
{
  return orm_entity_get_collection (item, "labels");
}

OrmCollection *
links_items (gpointer label)
{
  return orm_entity_get_collection (label, "items");
}

OrmCollection *
links_friends (gpointer person)
{
  return orm_entity_get_collection (person, "friends");
}

OrmCollection *
links_friend_of (gpointer person)
{
  return orm_entity_get_collection (person, "friend-of");
}

gpointer
links_new (GType type, const char *name)
{
  OrmEntity *entity = g_object_new (type, NULL);

  g_assert_true (orm_entity_set_text (entity, LINKS_NAME, name));
  return entity;
}

static void
check_shadow (Shadow *shadow)
{
  guint n_items = g_list_model_get_n_items (shadow->list);

  g_assert_cmpuint (n_items, ==, shadow->items->len);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (OrmEntity) item = g_list_model_get_item (shadow->list, i);

      g_assert_true (item == g_ptr_array_index (shadow->items, i));
      for (guint j = 0; j < i; j++)
        g_assert_true (item != g_ptr_array_index (shadow->items, j));
    }
}

/*
 * Checks that a list equals its copy and has no member twice.
 */
void
links_check (Links *links)
{
  for (guint i = 0; i < links->shadows->len; i++)
    check_shadow (g_ptr_array_index (links->shadows, i));
}

static void
on_items_changed (GListModel *list, guint position, guint n_removed, guint n_added, gpointer data)
{
  Shadow *shadow = data;

  g_string_append_printf (shadow->links->log, "%s %u-%u+%u; ", shadow->name, position, n_removed,
                          n_added);

  g_ptr_array_remove_range (shadow->items, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (shadow->items, (gint) (position + i),
                        g_list_model_get_item (list, position + i));

  links_check (shadow->links);
}

static gboolean
is_watched (Links *links, OrmCollection *list)
{
  for (guint i = 0; i < links->shadows->len; i++)
    if (((Shadow *) g_ptr_array_index (links->shadows, i))->list == G_LIST_MODEL (list))
      return TRUE;

  return FALSE;
}

void
links_watch (Links *links, OrmCollection *list, const char *name)
{
  Shadow *shadow;

  if (is_watched (links, list))
    return;

  shadow = g_new0 (Shadow, 1);
  shadow->links = links;
  shadow->name = g_strdup (name);
  shadow->list = G_LIST_MODEL (g_object_ref (list));
  shadow->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (shadow->list); i++)
    g_ptr_array_add (shadow->items, g_list_model_get_item (shadow->list, i));

  g_ptr_array_add (links->shadows, shadow);
  g_signal_connect (shadow->list, "items-changed", G_CALLBACK (on_items_changed), shadow);
}

/*
 * Loads and watches the lists of all items, "a" to "e", and labels, "red" to
 * "none".
 */
void
links_watch_all (Links *links)
{
  static const char *const items[] = { "", "a", "b", "c", "d", "e" };
  static const char *const labels[] = { "", "red", "green", "blue", "none" };

  for (guint i = 1; i < G_N_ELEMENTS (items); i++)
    links_watch (links, links_labels (links->item[i]), items[i]);
  for (guint i = 1; i < G_N_ELEMENTS (labels); i++)
    links_watch (links, links_items (links->label[i]), labels[i]);
  links_take_count (links);
}

/*
 * Returns the items' ids as text, with "?" for an item without a row.
 */
char *
links_ids (gpointer list)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OrmEntity) item = g_list_model_get_item (list, i);
      gint64 id = orm_entity_get_id (item);

      if (i > 0)
        g_string_append_c (ids, ' ');
      if (id > 0)
        g_string_append_printf (ids, "%" G_GINT64_FORMAT, id);
      else
        g_string_append_c (ids, '?');
    }

  return g_string_free (ids, FALSE);
}

/*
 * Returns a value of the database as text. The statement is not counted.
 */
char *
links_read (Links *links, const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *text = _orm_connection_select_text (links->connection, sql, NULL, 0, &error);

  g_assert_no_error (error);
  links->n_before++;
  return text;
}

guint64
links_take_count (Links *links)
{
  guint64 now = orm_connection_get_n_statements (links->connection);
  guint64 n = now - links->n_before;

  links->n_before = now;
  return n;
}
