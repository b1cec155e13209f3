/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection.h"
#include "orm-connection.h"
#include "orm-entity.h"
#include "orm-session-query.h"
#include "orm-session.h"
#include "orm-totals.h"

#include <glib/gstdio.h>

/*
 * A schema whose names are SQL keywords or contain special characters. Every
 * feature of the library is used with it.
 */

#define SEATS "a \"b\" c'd"
#define LINKS "se\"lect ##p0::string"

typedef enum
{
  WHERE_IN,
  WHERE_OUT
} Where;

static GType
where_get_type (void)
{
  static const GEnumValue values[] = {
    { WHERE_IN, "WHERE_IN", "in" },
    { WHERE_OUT, "WHERE_OUT", "it's \"out\"" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("NamesWhere", values));
  return type;
}

#define NAMES_TYPE_ORDER (names_order_get_type ())
G_DECLARE_FINAL_TYPE (NamesOrder, names_order, NAMES, ORDER, OrmEntity)
#define NAMES_TYPE_SEAT (names_seat_get_type ())
G_DECLARE_FINAL_TYPE (NamesSeat, names_seat, NAMES, SEAT, OrmEntity)
#define NAMES_TYPE_UNION (names_union_get_type ())
G_DECLARE_FINAL_TYPE (NamesUnion, names_union, NAMES, UNION, OrmEntity)

struct _NamesOrder
{
  OrmEntity parent_instance;
  char *group;
  gint64 select;
  GDate *from;
  gboolean values;
  int where;
};

struct _NamesSeat
{
  OrmEntity parent_instance;
  char *primary;
  char *check;
};

struct _NamesUnion
{
  OrmEntity parent_instance;
  char *value;
};

G_DEFINE_FINAL_TYPE (NamesOrder, names_order, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (NamesSeat, names_seat, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (NamesUnion, names_union, ORM_TYPE_ENTITY)

enum
{
  ORDER_GROUP,
  ORDER_SELECT
};

static void
names_order_class_init (NamesOrderClass *klass)
{
  static const OrmColumn columns[] = {
    [ORDER_GROUP] = ORM_COLUMN ("group", TEXT, NamesOrder, group, .flags = ORM_COLUMN_INDEXED),
    [ORDER_SELECT] = ORM_COLUMN ("select", INT64, NamesOrder, select, .minimum = -1000,
                                 .maximum = 1000, .fallback = "1"),
    ORM_COLUMN ("from", DATE, NamesOrder, from),
    ORM_COLUMN ("values", BOOLEAN, NamesOrder, values, .fallback = "0"),
    ORM_COLUMN ("where", ENUM, NamesOrder, where, .enum_type = where_get_type,
                .fallback = "it's \"out\""),
  };
  static const OrmRelationship sides[] = {
    ORM_TO_ONE ("seat", names_seat_get_type, "orders", "group by"),
    ORM_TO_ONE ("references", names_order_get_type, "referenced", "it's \"it\" ##p1::gint64"),
    ORM_TO_MANY ("referenced", names_order_get_type, "references", .rule = ORM_DELETE_NULLIFY),
    ORM_MANY_TO_MANY ("unions", names_union_get_type, "orders", LINKS, "from"),
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "order", columns, G_N_ELEMENTS (columns));
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), sides, G_N_ELEMENTS (sides));
}

static void
names_order_init (NamesOrder *self)
{
}

static void
names_seat_class_init (NamesSeatClass *klass)
{
  static const OrmColumn columns[] = {
    ORM_COLUMN ("primary", TEXT, NamesSeat, primary, .flags = ORM_COLUMN_UNIQUE),
    ORM_COLUMN ("check", TEXT, NamesSeat, check, .max_length = 9, .glob = "*'*",
                .fallback = "it's"),
  };
  static const OrmRelationship sides[] = {
    ORM_TO_MANY ("orders", names_order_get_type, "seat", .rule = ORM_DELETE_CASCADE,
                 .order_by = "group"),
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), SEATS, columns, G_N_ELEMENTS (columns));
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), sides, G_N_ELEMENTS (sides));
}

static void
names_seat_init (NamesSeat *self)
{
}

/* A name that the library's SQL uses as an alias of JSON. */
static void
names_union_class_init (NamesUnionClass *klass)
{
  static const OrmColumn columns[] = {
    ORM_COLUMN ("value", TEXT, NamesUnion, value),
  };
  static const OrmRelationship sides[] = {
    ORM_MANY_TO_MANY ("orders", names_order_get_type, "unions", LINKS,
                      "Gr\xc3\xb6\xc3\x9f"
                      "e"),
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "j", columns, G_N_ELEMENTS (columns));
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), sides, G_N_ELEMENTS (sides));
}

static void
names_union_init (NamesUnion *self)
{
}

typedef struct
{
  char *folder;
  char *uri;
  OrmConnection *connection;
  OrmSession *session;
  OrmEntity *seat;
  OrmEntity *orders[3];
  OrmEntity *unions[2];
} Names;

static OrmSession *
new_session (OrmConnection *connection)
{
  return orm_session_new (connection, NAMES_TYPE_ORDER, NAMES_TYPE_SEAT, NAMES_TYPE_UNION,
                          G_TYPE_INVALID);
}

static void
open_file (Names *names)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  names->folder = g_dir_make_tmp ("orm-names-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (names->folder, "book", NULL);
  names->uri = g_strconcat ("sqlite:", path, NULL);
  names->connection = orm_connection_open (names->uri, &error);
  g_assert_no_error (error);
  names->session = new_session (names->connection);
}

static void
commit (Names *names)
{
  g_autoptr (GError) error = NULL;

  orm_session_commit (names->session, &error);
  g_assert_no_error (error);
}

/*
 * Orders a, b and c; b and c refer to a, all belong to the seat, and both
 * unions contain b.
 */
static void
set_up (Names *names, gconstpointer data)
{
  static const char *const groups[] = { "a", "b", "c" };
  g_autoptr (GDate) day = g_date_new_dmy (15, G_DATE_JANUARY, 2026);
  g_autoptr (GError) error = NULL;

  open_file (names);
  orm_session_create_tables (names->session, &error);
  g_assert_no_error (error);

  names->seat = g_object_new (NAMES_TYPE_SEAT, "primary", "one", NULL);
  orm_session_add (names->session, names->seat, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names->orders); i++)
    names->orders[i] = g_object_new (NAMES_TYPE_ORDER, "group", groups[i], "select", (gint64) i + 1,
                                     "from", day, "where", WHERE_OUT, "seat", names->seat, NULL);
  orm_entity_set_reference (names->orders[1], "references", names->orders[0]);
  orm_entity_set_reference (names->orders[2], "references", names->orders[0]);
  for (guint i = 0; i < G_N_ELEMENTS (names->unions); i++)
    {
      names->unions[i] = g_object_new (NAMES_TYPE_UNION, "value", "u", NULL);
      orm_session_add (names->session, names->unions[i], &error);
      g_assert_no_error (error);
      orm_collection_append (orm_entity_get_collection (names->unions[i], "orders"),
                             names->orders[1]);
    }

  commit (names);
}

static void
tear_down (Names *names, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_object (&names->seat);
  for (guint i = 0; i < G_N_ELEMENTS (names->orders); i++)
    g_clear_object (&names->orders[i]);
  for (guint i = 0; i < G_N_ELEMENTS (names->unions); i++)
    g_clear_object (&names->unions[i]);
  g_clear_object (&names->session);
  orm_connection_close (names->connection);
  g_clear_object (&names->connection);

  dir = g_dir_open (names->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (names->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (names->folder);
  g_free (names->folder);
  g_free (names->uri);
}

/*
 * Opens a new session on the same rows, with nothing in memory.
 */
static void
forget (Names *names)
{
  g_clear_object (&names->seat);
  for (guint i = 0; i < G_N_ELEMENTS (names->orders); i++)
    g_clear_object (&names->orders[i]);
  for (guint i = 0; i < G_N_ELEMENTS (names->unions); i++)
    g_clear_object (&names->unions[i]);
  g_clear_object (&names->session);
  names->session = new_session (names->connection);
}

static char *
groups (gpointer list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (NamesOrder) order = g_list_model_get_item (list, i);

      g_string_append (text, order->group);
    }

  return g_string_free (text, FALSE);
}

#define assert_groups(list, expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *groups_ = groups (list);                                                      \
    g_assert_cmpstr (groups_, ==, (expected));                                                     \
  }                                                                                                \
  G_STMT_END

static void
assert_found (Names *names, OrmQuery *query, const char *expected)
{
  g_autoptr (OrmQuery) owned = query;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = NULL;
  guint64 n_rows;

  list = orm_session_find (names->session, query, &error);
  g_assert_no_error (error);
  assert_groups (list, expected);
  orm_session_count (names->session, query, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, strlen (expected));
}

#define where(...) orm_query_where (orm_query_new (NAMES_TYPE_ORDER), __VA_ARGS__)

static void
test_rows (Names *names, gconstpointer data)
{
  g_autoptr (NamesSeat) seat = NULL;
  g_autoptr (NamesOrder) order = NULL;
  g_autoptr (GError) error = NULL;

  orm_entity_set_text (names->orders[2], ORDER_GROUP, "d");
  orm_session_delete (names->session, names->orders[0], &error);
  g_assert_no_error (error);
  commit (names);
  forget (names);

  order = orm_session_get (names->session, NAMES_TYPE_ORDER, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (order->group, ==, "d");
  g_assert_cmpint (order->where, ==, WHERE_OUT);
  g_assert_null (orm_entity_get_reference (ORM_ENTITY (order), "references"));
  seat = orm_session_get (names->session, NAMES_TYPE_SEAT, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seat->check, ==, "it's");
  assert_groups (orm_entity_get_collection (ORM_ENTITY (seat), "orders"), "bd");
  assert_found (names, orm_query_new (NAMES_TYPE_ORDER), "bd");
}

static void
test_database_checks (Names *names, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (
    orm_connection_execute (names->connection, "UPDATE \"order\" SET \"where\" = 'no'", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CHECK);
  g_clear_error (&error);
  g_assert_false (orm_connection_execute (
    names->connection, "UPDATE \"a \"\"b\"\" c'd\" SET \"check\" = 'no'", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CHECK);
  g_clear_error (&error);
  g_assert_false (
    orm_connection_execute (names->connection, "UPDATE \"order\" SET \"group by\" = 7", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FOREIGN_KEY);
  g_clear_error (&error);
  g_assert_false (orm_connection_execute (names->connection,
                                          "UPDATE \"order\" SET \"from\" = '2026-02-30'", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CHECK);
}

static void
test_queries (Names *names, gconstpointer data)
{
  gint64 sum;
  guint64 n_rows;
  g_autoptr (OrmQuery) query = where ("seat.primary", ORM_EQUAL, "one");
  g_autoptr (GError) error = NULL;

  forget (names);
  assert_found (names, where ("seat.primary", ORM_EQUAL, "one"), "abc");
  assert_found (names, where ("references.group", ORM_EQUAL, "a"), "bc");
  assert_found (names, where ("references.group", ORM_EQUAL, NULL), "a");
  assert_found (names, where ("referenced.group", ORM_CONTAINS, "B"), "a");
  assert_found (names, where ("unions.value", ORM_EQUAL, "u"), "b");
  assert_found (names, where ("where", ORM_EQUAL, WHERE_OUT), "abc");
  assert_found (names, where ("unions", ORM_EQUAL, NULL), "ac");
  assert_found (names,
                orm_query_order_by (orm_query_order_by (orm_query_new (NAMES_TYPE_ORDER),
                                                        "references.group", ORM_DESCENDING),
                                    "select", ORM_DESCENDING),
                "cba");
  orm_session_sum (names->session, query, "select", &sum, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sum, ==, 6);
}

static void
test_totals (Names *names, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (NAMES_TYPE_ORDER);
  g_autoptr (OrmTotals) by_seat = NULL, by_month = NULL;
  g_autoptr (GError) error = NULL;

  by_seat = orm_session_observe_totals (names->session, query, "seat", "select", &error);
  g_assert_no_error (error);
  by_month = orm_session_observe_totals (names->session, query, "from.month", "select", &error);
  g_assert_no_error (error);
  g_assert_cmpint (orm_totals_get_sum (by_seat), ==, 6);

  orm_entity_set_int64 (names->orders[0], ORDER_SELECT, 10);
  g_assert_cmpint (orm_totals_get_sum (by_seat), ==, 15);
  g_assert_cmpint (orm_totals_get_sum (by_month), ==, 15);
}

static void
test_links (Names *names, gconstpointer data)
{
  OrmCollection *unions = orm_entity_get_collection (names->orders[1], "unions");

  orm_collection_remove (unions, names->unions[0]);
  commit (names);
  forget (names);

  names->unions[0] = orm_session_get (names->session, NAMES_TYPE_UNION, 1, NULL);
  names->orders[1] = orm_session_get (names->session, NAMES_TYPE_ORDER, 2, NULL);
  assert_groups (orm_entity_get_collection (names->unions[0], "orders"), "");
  unions = orm_entity_get_collection (names->orders[1], "unions");
  g_assert_false (orm_collection_contains (unions, names->unions[0]));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (unions)), ==, 1);
}

static void
test_prefetch (Names *names, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (NAMES_TYPE_SEAT);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (OrmEntity) seat = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n;

  forget (names);
  orm_query_prefetch (query, "orders.unions");
  orm_query_prefetch (query, "orders.references");
  list = orm_session_find (names->session, query, &error);
  g_assert_no_error (error);
  seat = g_list_model_get_item (list, 0);

  n = orm_connection_get_n_statements (names->connection);
  assert_groups (orm_entity_get_collection (seat, "orders"), "abc");
  g_assert_cmpuint (orm_connection_get_n_statements (names->connection), ==, n);
}

static void
test_undo (Names *names, gconstpointer data)
{
  g_autoptr (OrmQuery) query = where ("seat.primary", ORM_EQUAL, "one");
  g_autoptr (GListModel) live = NULL;
  g_autoptr (GError) error = NULL;

  live = orm_session_observe (names->session, query, &error);
  g_assert_no_error (error);
  orm_session_delete (names->session, names->seat, &error);
  g_assert_no_error (error);
  commit (names);
  assert_groups (live, "");

  orm_session_undo (names->session, &error);
  g_assert_no_error (error);
  assert_groups (live, "abc");
  assert_found (names, where ("unions.value", ORM_EQUAL, "u"), "b");

  orm_session_redo (names->session, &error);
  g_assert_no_error (error);
  assert_groups (live, "");
}

static void
test_merge (Names *names, gconstpointer data)
{
  g_autoptr (OrmConnection) other = NULL;
  g_autoptr (OrmSession) session = NULL;
  g_autoptr (OrmEntity) order = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (NAMES_TYPE_ORDER);
  g_autoptr (GListModel) live = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_changed;

  live = orm_session_observe (names->session, query, &error);
  g_assert_no_error (error);
  other = orm_connection_open (names->uri, &error);
  g_assert_no_error (error);
  session = new_session (other);
  order = orm_session_get (session, NAMES_TYPE_ORDER, 1, &error);
  g_assert_no_error (error);
  orm_entity_set_text (order, ORDER_GROUP, "z");
  orm_session_commit (session, &error);
  g_assert_no_error (error);

  orm_session_merge (names->session, &has_changed, &error);
  g_assert_no_error (error);
  g_assert_true (has_changed);
  assert_groups (live, "zbc");

  orm_session_refresh (names->session, names->orders[0], &error);
  g_assert_no_error (error);
  orm_session_close (session);
  orm_connection_close (other);
}

static void
test_unique_values (Names *names, gconstpointer data)
{
  g_autoptr (OrmEntity) two = g_object_new (NAMES_TYPE_SEAT, "primary", "two", NULL);
  g_autoptr (NamesSeat) first = NULL;
  g_autoptr (GError) error = NULL;

  orm_session_add (names->session, two, &error);
  commit (names);
  g_object_set (names->seat, "primary", "two", NULL);
  g_object_set (two, "primary", "one", NULL);
  commit (names);
  forget (names);

  first = orm_session_get (names->session, NAMES_TYPE_SEAT, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->primary, ==, "two");
}

/*
 * An earlier version created the tables, with fewer columns and with its names
 * in another case.
 */
static void
test_update_tables (void)
{
  Names names = { 0 };
  g_autoptr (NamesOrder) order = NULL;
  g_autoptr (GError) error = NULL;

  open_file (&names);
  orm_connection_execute (
    names.connection, "CREATE TABLE \"Order\" (id INTEGER PRIMARY KEY, \"Group\" TEXT)", &error);
  g_assert_no_error (error);
  orm_connection_execute (names.connection, "INSERT INTO \"order\" VALUES (7, 'g')", &error);
  g_assert_no_error (error);
  orm_session_update_tables (names.session, &error);
  g_assert_no_error (error);

  order = orm_session_get (names.session, NAMES_TYPE_ORDER, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (order->group, ==, "g");
  g_assert_cmpint (order->select, ==, 1);
  g_assert_cmpint (order->where, ==, WHERE_OUT);
  g_clear_object (&order);
  tear_down (&names, NULL);
}

static void
add (const char *path, void (*test) (Names *, gconstpointer))
{
  g_test_add (path, Names, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/orm/names/rows-are-written-and-read", test_rows);
  add ("/orm/names/the-database-checks-values", test_database_checks);
  add ("/orm/names/queries-follow-paths", test_queries);
  add ("/orm/names/totals-follow-changes", test_totals);
  add ("/orm/names/links-are-added-and-removed", test_links);
  add ("/orm/names/relationships-are-prefetched", test_prefetch);
  add ("/orm/names/steps-are-undone", test_undo);
  add ("/orm/names/another-program-changes-a-row", test_merge);
  add ("/orm/names/unique-values-are-swapped", test_unique_values);
  g_test_add_func ("/orm/names/tables-grow", test_update_tables);

  return g_test_run ();
}
