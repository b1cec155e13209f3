/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-session.h"

/*
 * A program's second version has more columns: it opens a database that the
 * first version created.
 */

#define SHIP_TYPE_PORT (ship_port_get_type ())
G_DECLARE_FINAL_TYPE (ShipPort, ship_port, SHIP, PORT, OrmEntity)
#define SHIP_TYPE_SHIP (ship_ship_get_type ())
G_DECLARE_FINAL_TYPE (ShipShip, ship_ship, SHIP, SHIP, OrmEntity)

struct _ShipPort
{
  OrmEntity parent_instance;
  char *name;
};

struct _ShipShip
{
  OrmEntity parent_instance;
  char *name;
  char *call_sign;
  gint64 n_masts;
  gboolean is_afloat;
};

G_DEFINE_FINAL_TYPE (ShipPort, ship_port, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (ShipShip, ship_ship, ORM_TYPE_ENTITY)

static void
ship_port_class_init (ShipPortClass *klass)
{
  static const OrmColumn columns[] = { ORM_COLUMN ("name", TEXT, ShipPort, name) };
  static const OrmRelationship relationships[] = {
    ORM_TO_MANY ("ships", ship_ship_get_type, "port", .rule = ORM_DELETE_NULLIFY),
    ORM_MANY_TO_MANY ("visitors", ship_ship_get_type, "visited", "visits", "port_id"),
  };
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "ports", columns, G_N_ELEMENTS (columns));
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
ship_port_init (ShipPort *self)
{
}

static void
ship_ship_class_init (ShipShipClass *klass)
{
  static const OrmColumn columns[] = {
    ORM_COLUMN ("name", TEXT, ShipShip, name),
    ORM_COLUMN ("call-sign", TEXT, ShipShip, call_sign, .flags = ORM_COLUMN_UNIQUE),
    ORM_COLUMN ("n-masts", INT64, ShipShip, n_masts, .fallback = "1"),
    ORM_COLUMN ("is-afloat", BOOLEAN, ShipShip, is_afloat, .flags = ORM_COLUMN_INDEXED,
                .fallback = "1"),
  };
  static const OrmRelationship relationships[] = {
    ORM_TO_ONE ("port", ship_port_get_type, "ships", "port_id"),
    ORM_MANY_TO_MANY ("visited", ship_port_get_type, "visitors", "visits", "ship_id"),
  };
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "ships", columns, G_N_ELEMENTS (columns));
  orm_entity_class_map_relationships (entity_class, relationships, G_N_ELEMENTS (relationships));
}

static void
ship_ship_init (ShipShip *self)
{
}

typedef struct
{
  OrmConnection *connection;
  OrmSession *session;
} Harbour;

static void
execute (Harbour *harbour, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_connection_execute (harbour->connection, sql, &error));
  g_assert_no_error (error);
}

static void
set_up (Harbour *harbour, gconstpointer data)
{
  harbour->connection = orm_connection_open ("sqlite::memory:", NULL);
  harbour->session =
    orm_session_new (harbour->connection, SHIP_TYPE_PORT, SHIP_TYPE_SHIP, G_TYPE_INVALID);
  execute (harbour, "CREATE TABLE ships (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, "
                    "rig TEXT)");
  execute (harbour, "INSERT INTO ships (name, rig) VALUES ('Anne', 'sloop')");
  execute (harbour, "INSERT INTO ships (name, rig) VALUES ('Bess', 'brig')");
}

static void
tear_down (Harbour *harbour, gconstpointer data)
{
  g_clear_object (&harbour->session);
  g_clear_object (&harbour->connection);
}

static void
test_columns (Harbour *harbour, gconstpointer data)
{
  g_autoptr (ShipShip) anne = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_update_tables (harbour->session, &error));
  g_assert_no_error (error);

  anne = orm_session_get (harbour->session, SHIP_TYPE_SHIP, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (anne->name, ==, "Anne");
  g_assert_null (anne->call_sign);
  g_assert_cmpint (anne->n_masts, ==, 1);
  g_assert_true (anne->is_afloat);
}

static void
test_relationships (Harbour *harbour, gconstpointer data)
{
  g_autoptr (ShipPort) port = g_object_new (SHIP_TYPE_PORT, "name", "Hull", NULL);
  g_autoptr (ShipShip) anne = NULL;

  g_assert_true (orm_session_update_tables (harbour->session, NULL));
  anne = orm_session_get (harbour->session, SHIP_TYPE_SHIP, 1, NULL);
  g_assert_true (orm_session_add (harbour->session, port, NULL));
  orm_entity_set_reference (ORM_ENTITY (anne), "port", port);
  orm_collection_append (orm_entity_get_collection (ORM_ENTITY (port), "visitors"), anne);
  g_assert_true (orm_session_commit (harbour->session, NULL));

  /* Adding the column has added the foreign key. */
  g_assert_false (
    orm_connection_execute (harbour->connection, "UPDATE ships SET port_id = 99", NULL));
  execute (harbour, "DELETE FROM ports");
  orm_session_refresh (harbour->session, NULL, NULL);
  g_assert_false (orm_entity_has_reference (ORM_ENTITY (anne), "port"));
}

static void
test_unique (Harbour *harbour, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShipShip) anne = NULL, bess = NULL;

  g_assert_true (orm_session_update_tables (harbour->session, NULL));
  anne = orm_session_get (harbour->session, SHIP_TYPE_SHIP, 1, NULL);
  bess = orm_session_get (harbour->session, SHIP_TYPE_SHIP, 2, NULL);
  g_object_set (anne, "call-sign", "MABC", NULL);
  g_object_set (bess, "call-sign", "MABC", NULL);
  g_assert_false (orm_session_commit (harbour->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_UNIQUE);
  orm_session_rollback (harbour->session);
}

/* The other class has fewer columns than the one whose values are swapped. */
static void
test_unique_among_classes (Harbour *harbour, gconstpointer data)
{
  g_autoptr (ShipPort) old_port = g_object_new (SHIP_TYPE_PORT, "name", "Hull", NULL);
  g_autoptr (ShipPort) new_port = g_object_new (SHIP_TYPE_PORT, "name", "Leith", NULL);
  g_autoptr (ShipShip) anne = NULL, bess = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_update_tables (harbour->session, NULL));
  anne = orm_session_get (harbour->session, SHIP_TYPE_SHIP, 1, NULL);
  bess = orm_session_get (harbour->session, SHIP_TYPE_SHIP, 2, NULL);
  g_assert_true (orm_session_add (harbour->session, old_port, NULL));
  g_object_set (anne, "call-sign", "MABC", NULL);
  g_object_set (bess, "call-sign", "MDEF", NULL);
  g_assert_true (orm_session_commit (harbour->session, NULL));

  g_object_set (old_port, "name", "Goole", NULL);
  g_assert_true (orm_session_add (harbour->session, new_port, NULL));
  g_object_set (anne, "call-sign", "MDEF", NULL);
  g_object_set (bess, "call-sign", "MABC", NULL);
  orm_session_commit (harbour->session, &error);
  g_assert_no_error (error);
  g_assert_true (orm_session_refresh (harbour->session, NULL, NULL));
  g_assert_cmpstr (anne->call_sign, ==, "MDEF");
  g_assert_cmpstr (bess->call_sign, ==, "MABC");
}

/* Columns of an older version, and existing ones, stay. */
static void
test_again (Harbour *harbour, gconstpointer data)
{
  g_assert_true (orm_session_update_tables (harbour->session, NULL));
  execute (harbour, "UPDATE ships SET n_masts = 3 WHERE rig = 'brig'");

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ShipShip) bess = NULL;

      g_assert_true (orm_session_update_tables (harbour->session, NULL));
      bess = orm_session_get (harbour->session, SHIP_TYPE_SHIP, 2, NULL);
      g_assert_cmpint (bess->n_masts, ==, 3);
    }
}

/* If one table cannot be changed, the others stay as they were. */
static void
test_failure (Harbour *harbour, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  execute (harbour, "CREATE VIEW visits AS SELECT 1 AS port_id, 1 AS ship_id");
  g_assert_false (orm_session_update_tables (harbour->session, &error));
  g_assert_nonnull (error);
  g_assert_true (
    orm_connection_execute (harbour->connection, "ALTER TABLE ships ADD COLUMN n_masts", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(path, function)                                                                        \
  g_test_add ("/orm/tables/" path, Harbour, NULL, set_up, function, tear_down)
  add ("columns", test_columns);
  add ("relationships", test_relationships);
  add ("unique", test_unique);
  add ("unique-among-classes", test_unique_among_classes);
  add ("again", test_again);
  add ("failure", test_failure);
#undef add

  return g_test_run ();
}
