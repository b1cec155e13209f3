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
#include <string.h>

/*
 * Rows that another program wrote, in tables without constraints: an invalid
 * value is an error that names row and column, however the row is read, and
 * the rows beside it are read.
 */

#define BAD 3
#define N_ROWS 5
#define N_MANY 400

typedef enum
{
  COLOR_RED,
  COLOR_BLUE
} Color;

static GType
color_get_type (void)
{
  static const GEnumValue values[] = {
    { COLOR_RED, "COLOR_RED", "red" },
    { COLOR_BLUE, "COLOR_BLUE", "blue" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("UnreadableColor", values));
  return type;
}

#define STONE_TYPE_STONE (stone_stone_get_type ())
G_DECLARE_FINAL_TYPE (StoneStone, stone_stone, STONE, STONE, OrmEntity)
#define STONE_TYPE_WALL (stone_wall_get_type ())
G_DECLARE_FINAL_TYPE (StoneWall, stone_wall, STONE, WALL, OrmEntity)

struct _StoneStone
{
  OrmEntity parent_instance;
  char *name;
  gint64 weight;
  GDate *day;
  GDateTime *time;
  gboolean loose;
  int color;
};

struct _StoneWall
{
  OrmEntity parent_instance;
  char *name;
};

G_DEFINE_FINAL_TYPE (StoneStone, stone_stone, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (StoneWall, stone_wall, ORM_TYPE_ENTITY)

static void
stone_stone_class_init (StoneStoneClass *klass)
{
  static const OrmColumn columns[] = {
    ORM_COLUMN ("name", TEXT, StoneStone, name),
    ORM_COLUMN ("weight", INT64, StoneStone, weight),
    ORM_COLUMN ("day", DATE, StoneStone, day, .flags = ORM_COLUMN_INDEXED),
    ORM_COLUMN ("time", TIMESTAMP, StoneStone, time),
    ORM_COLUMN ("loose", BOOLEAN, StoneStone, loose),
    ORM_COLUMN ("color", ENUM, StoneStone, color, .enum_type = color_get_type),
  };
  static const OrmRelationship sides[] = {
    ORM_TO_ONE ("wall", stone_wall_get_type, "stones", "wall_id"),
    ORM_TO_ONE ("below", stone_stone_get_type, "above", "below_id"),
    ORM_TO_MANY ("above", stone_stone_get_type, "below", .rule = ORM_DELETE_NULLIFY),
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "stones", columns, G_N_ELEMENTS (columns));
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), sides, G_N_ELEMENTS (sides));
}

static void
stone_stone_init (StoneStone *self)
{
}

static void
stone_wall_class_init (StoneWallClass *klass)
{
  static const OrmColumn columns[] = {
    ORM_COLUMN ("name", TEXT, StoneWall, name),
  };
  static const OrmRelationship sides[] = {
    ORM_TO_MANY ("stones", stone_stone_get_type, "wall", .rule = ORM_DELETE_NULLIFY),
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "walls", columns, G_N_ELEMENTS (columns));
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), sides, G_N_ELEMENTS (sides));
}

static void
stone_wall_init (StoneWall *self)
{
}

/* An invalid value for a column's type, as SQL. */
typedef struct
{
  const char *column;
  const char *value;
} Fault;

static const Fault faults[] = {
  { "name", "CAST(x'61ff62' AS TEXT)" },
  { "name", "CAST(x'c3' AS TEXT)" },
  { "name", "x'61'" },
  { "name", "7" },
  { "name", "1.5" },
  { "weight", "'abc'" },
  { "weight", "'12'" },
  { "weight", "''" },
  { "weight", "1.5" },
  { "weight", "2.0" },
  { "weight", "1e300" },
  { "weight", "x'3132'" },
  { "weight", "NULL" },
  { "day", "'2026-02-30'" },
  { "day", "'2026-2-3'" },
  { "day", "'2026-02-03 10:00'" },
  { "day", "'0000-01-01'" },
  { "day", "''" },
  { "day", "20260203" },
  { "day", "x'323032362d30322d3033'" },
  { "day", "CAST(x'ff' AS TEXT)" },
  { "time", "'2026-02-03'" },
  { "time", "'2026-02-03 24:00:00'" },
  { "time", "'2026-02-03 10:60:00'" },
  { "time", "'2026-02-03 10.00.00'" },
  { "time", "'2026-02-30 10:00:00'" },
  { "time", "'2026-02-03 10:00:00Z'" },
  { "time", "1768435200" },
  { "loose", "7" },
  { "loose", "-1" },
  { "loose", "'yes'" },
  { "loose", "NULL" },
  { "color", "'green'" },
  { "color", "'RED'" },
  { "color", "''" },
  { "color", "1" },
  { "color", "NULL" },
  { "wall_id", "0" },
  { "wall_id", "-1" },
  { "wall_id", "'one'" },
  { "wall_id", "1.5" },
  { "below_id", "x'01'" },
};

typedef struct
{
  OrmConnection *connection;
  OrmSession *session;
  GPtrArray *failures; /* of GError, as the session reported them */
} Quarry;

static void
execute (Quarry *quarry, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  orm_connection_execute (quarry->connection, sql, &error);
  g_assert_no_error (error);
}

static void
on_load_failed (OrmSession *session, const GError *error, gpointer data)
{
  g_ptr_array_add (data, g_error_copy (error));
}

static void
open_session (Quarry *quarry)
{
  quarry->session =
    orm_session_new (quarry->connection, STONE_TYPE_STONE, STONE_TYPE_WALL, G_TYPE_INVALID);
  g_signal_connect (quarry->session, "load-failed", G_CALLBACK (on_load_failed), quarry->failures);
}

static void
insert_stones (Quarry *quarry, guint first, guint last)
{
  execute (quarry,
           "INSERT INTO stones "
           "WITH RECURSIVE c(i) AS (SELECT %u UNION ALL SELECT i + 1 FROM c WHERE i < %u) SELECT "
           "i, 's' || i, i, date('2026-01-01', '+' || i || ' days'), "
           "'2026-01-15 12:00:00', 1, 'blue', 1, NULL FROM c",
           first, last);
}

static void
make_tables (Quarry *quarry)
{
  execute (quarry, "CREATE TABLE walls (id INTEGER PRIMARY KEY, name)");
  execute (quarry, "CREATE TABLE stones (id INTEGER PRIMARY KEY, name, weight, day, time, loose, "
                   "color, wall_id, below_id)");
  execute (quarry, "INSERT INTO walls VALUES (1, 'wall')");
  insert_stones (quarry, 1, N_ROWS);
  open_session (quarry);
}

static void
set_up (Quarry *quarry, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  quarry->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  quarry->connection = orm_connection_open ("sqlite::memory:", &error);
  g_assert_no_error (error);
  make_tables (quarry);
}

static void
tear_down (Quarry *quarry, gconstpointer data)
{
  g_clear_object (&quarry->session);
  g_clear_object (&quarry->connection);
  g_clear_pointer (&quarry->failures, g_ptr_array_unref);
}

static void
forget (Quarry *quarry)
{
  g_clear_object (&quarry->session);
  g_ptr_array_set_size (quarry->failures, 0);
  open_session (quarry);
}

static void
damage (Quarry *quarry, const Fault *fault)
{
  execute (quarry, "UPDATE stones SET %s = %s WHERE id = %d", fault->column, fault->value, BAD);
}

static void
assert_names_fault (const GError *error, const Fault *fault)
{
  g_autofree char *start =
    g_strdup_printf ("Row %d of stones cannot be read: %s is not ", BAD, fault->column);

  if (error == NULL)
    g_error ("%s = %s: no error", fault->column, fault->value);
  if (!g_error_matches (error, ORM_ERROR, ORM_ERROR_VALIDATION) ||
      !g_str_has_prefix (error->message, start))
    g_error ("%s = %s: %s", fault->column, fault->value, error->message);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

/*
 * All items are listed; the invalid one has no values and no session, and the
 * error is reported.
 */
static void
assert_list (Quarry *quarry, gpointer list, guint n_items, const Fault *fault)
{
  guint n_bad = 0;

  g_ptr_array_set_size (quarry->failures, 0);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n_items);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (StoneStone) stone = g_list_model_get_item (list, i);
      gint64 id = orm_entity_get_id (ORM_ENTITY (stone));
      g_autofree char *name = g_strdup_printf ("s%" G_GINT64_FORMAT, id);

      if (id == BAD)
        {
          g_assert_null (orm_entity_get_session (ORM_ENTITY (stone)));
          g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (stone)), ==, ORM_ENTITY_DETACHED);
          n_bad++;
        }
      else
        {
          g_assert_cmpstr (stone->name, ==, name);
          g_assert_cmpint (stone->weight, ==, id);
        }
    }

  g_assert_cmpuint (n_bad, ==, 1);
  g_assert_cmpuint (quarry->failures->len, >, 0);
  for (guint i = 0; i < quarry->failures->len; i++)
    assert_names_fault (g_ptr_array_index (quarry->failures, i), fault);
}

typedef void (*Check) (Quarry *quarry, const Fault *fault);

static void
check_get (Quarry *quarry, const Fault *fault)
{
  g_autoptr (OrmEntity) entity = NULL;
  g_autoptr (GError) error = NULL;

  entity = orm_session_get (quarry->session, STONE_TYPE_STONE, BAD, &error);
  assert_names_fault (error, fault);
  g_assert_null (entity);
}

static void
check_find (Quarry *quarry, const Fault *fault)
{
  static const char *const orders[] = { NULL, "name", "weight", "day", "time", "color" };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (STONE_TYPE_STONE);
      g_autoptr (GListModel) list = NULL, live = NULL;
      g_autoptr (GError) error = NULL;

      if (orders[i] != NULL)
        orm_query_order_by (query, orders[i], i % 2 == 0 ? ORM_ASCENDING : ORM_DESCENDING);
      list = orm_session_find (quarry->session, query, &error);
      g_assert_no_error (error);
      assert_list (quarry, list, N_ROWS, fault);
      live = orm_session_observe (quarry->session, query, &error);
      g_assert_no_error (error);
      assert_list (quarry, live, N_ROWS, fault);
    }
}

static void
check_members (Quarry *quarry, const Fault *fault)
{
  g_autoptr (OrmEntity) wall = orm_session_get (quarry->session, STONE_TYPE_WALL, 1, NULL);

  if (!g_str_equal (fault->column, "wall_id"))
    assert_list (quarry, orm_entity_get_collection (wall, "stones"), N_ROWS, fault);
}

static void
check_prefetch (Quarry *quarry, const Fault *fault)
{
  g_autoptr (OrmQuery) query = orm_query_new (STONE_TYPE_WALL);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (fault->column, "wall_id"))
    return;

  orm_query_prefetch (query, "stones");
  list = orm_session_find (quarry->session, query, &error);
  assert_names_fault (error, fault);
  g_assert_null (list);
}

static void
check_prefetched (Quarry *quarry, const Fault *fault)
{
  g_autoptr (OrmQuery) query = orm_query_new (STONE_TYPE_STONE);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  orm_query_prefetch (query, "wall");
  list = orm_session_find (quarry->session, query, &error);
  assert_names_fault (error, fault);
  g_assert_null (list);
}

static void
check_target (Quarry *quarry, const Fault *fault)
{
  g_autoptr (OrmEntity) stone = NULL;
  g_autoptr (GError) error = NULL;

  execute (quarry, "UPDATE stones SET below_id = %d WHERE id = 1", BAD);
  stone = orm_session_get (quarry->session, STONE_TYPE_STONE, 1, &error);
  g_assert_no_error (error);
  g_assert_null (orm_entity_load_reference (stone, "below", &error));
  assert_names_fault (error, fault);
  execute (quarry, "UPDATE stones SET below_id = NULL WHERE id = 1");
}

static void
check_all (Quarry *quarry, gconstpointer data)
{
  const Check check = *(const Check *) data;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      damage (quarry, &faults[i]);
      check (quarry, &faults[i]);
      forget (quarry);
      execute (quarry, "DELETE FROM stones WHERE id = %d", BAD);
      insert_stones (quarry, BAD, BAD);
    }
}

/*
 * The rows of a long list are read in blocks, as JSON, which SQLite cannot
 * make of a value that is not text.
 */
static void
check_long_list (Quarry *quarry, gconstpointer data)
{
  insert_stones (quarry, N_ROWS + 1, N_MANY);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      static const char *const orders[] = { NULL, "weight", "day", "name" };

      damage (quarry, &faults[i]);
      for (guint j = 0; j < G_N_ELEMENTS (orders); j++)
        {
          g_autoptr (OrmQuery) query = orm_query_new (STONE_TYPE_STONE);
          g_autoptr (GListModel) list = NULL;
          g_autoptr (GError) error = NULL;

          if (orders[j] != NULL)
            orm_query_order_by (query, orders[j], ORM_ASCENDING);
          list = orm_session_find (quarry->session, query, &error);
          if (g_error_matches (error, ORM_ERROR, ORM_ERROR_VALIDATION) &&
              g_str_equal (faults[i].column, orders[j]) && strchr (faults[i].value, ' ') != NULL)
            continue;
          g_assert_no_error (error);
          assert_list (quarry, list, N_MANY, &faults[i]);
        }

      forget (quarry);
      execute (quarry, "DELETE FROM stones WHERE id = %d", BAD);
      insert_stones (quarry, BAD, BAD);
    }
}

/*
 * An entity that is in memory keeps its values.
 */
static void
check_refresh (Quarry *quarry, gconstpointer data)
{
  g_autoptr (StoneStone) stone = orm_session_get (quarry->session, STONE_TYPE_STONE, BAD, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      damage (quarry, &faults[i]);
      g_assert_false (orm_session_refresh (quarry->session, stone, &error));
      assert_names_fault (error, &faults[i]);
      g_assert_cmpstr (stone->name, ==, "s3");
      g_assert_cmpint (stone->weight, ==, 3);
      execute (quarry, "DELETE FROM stones WHERE id = %d", BAD);
      insert_stones (quarry, BAD, BAD);
    }
}

static void
check_undo (Quarry *quarry, gconstpointer data)
{
  g_autoptr (StoneStone) stone = orm_session_get (quarry->session, STONE_TYPE_STONE, BAD, NULL);

  orm_entity_set_text (ORM_ENTITY (stone), 0, "changed");
  g_assert_true (orm_session_commit (quarry->session, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      damage (quarry, &faults[i]);
      g_assert_false (orm_session_undo (quarry->session, &error));
      assert_names_fault (error, &faults[i]);
      execute (quarry, "DELETE FROM stones WHERE id = %d", BAD);
      insert_stones (quarry, BAD, BAD);
      execute (quarry, "UPDATE stones SET name = 'changed' WHERE id = %d", BAD);
    }

  g_assert_true (orm_session_undo (quarry->session, NULL));
  g_assert_cmpstr (stone->name, ==, "s3");
}

static void
check_sums (Quarry *quarry, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (STONE_TYPE_STONE);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      gint64 sum;
      guint64 n_rows;
      g_autoptr (GError) sum_error = NULL, totals_error = NULL;
      g_autoptr (OrmTotals) totals = NULL;

      /* A number that is stored as text is valid. */
      if (!g_str_equal (faults[i].column, "weight") || g_str_equal (faults[i].value, "'12'"))
        continue;

      damage (quarry, &faults[i]);
      g_assert_false (
        orm_session_sum (quarry->session, query, "weight", &sum, &n_rows, &sum_error));
      assert_names_fault (sum_error, &faults[i]);
      totals = orm_session_observe_totals (quarry->session, query, "wall", "weight", &totals_error);
      g_assert_no_error (totals_error);
      assert_names_fault (orm_totals_get_error (totals), &faults[i]);
      g_assert_false (orm_totals_load (totals, &totals_error));
      assert_names_fault (totals_error, &faults[i]);
    }
}

static void
check_groups (Quarry *quarry, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (STONE_TYPE_STONE);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OrmTotals) totals = NULL;
      gboolean is_day = g_str_equal (faults[i].column, "day");

      if (!is_day && !g_str_equal (faults[i].column, "wall_id"))
        continue;

      damage (quarry, &faults[i]);
      totals = orm_session_observe_totals (quarry->session, query, is_day ? "day.month" : "wall",
                                           "weight", &error);
      g_assert_no_error (error);
      assert_names_fault (orm_totals_get_error (totals), &faults[i]);
      execute (quarry, "DELETE FROM stones WHERE id = %d", BAD);
      insert_stones (quarry, BAD, BAD);
    }
}

/*
 * A sum beyond 64 bits is an error, and not 0.
 */
static void
check_too_large (Quarry *quarry, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (STONE_TYPE_STONE);
  g_autoptr (OrmTotals) totals = NULL;
  g_autoptr (GError) sum_error = NULL, totals_error = NULL;
  gint64 sum;

  execute (quarry, "INSERT INTO walls VALUES (2, 'second')");
  execute (quarry, "UPDATE stones SET weight = 9223372036854775807, wall_id = 2 WHERE id > 3");
  g_assert_false (orm_session_sum (quarry->session, query, "weight", &sum, NULL, &sum_error));
  g_assert_error (sum_error, ORM_ERROR, ORM_ERROR_FAILED);
  totals = orm_session_observe_totals (quarry->session, query, "wall", "weight", &totals_error);
  g_assert_no_error (totals_error);
  g_assert_error (orm_totals_get_error (totals), ORM_ERROR, ORM_ERROR_FAILED);
}

static void
check_no_number (Quarry *quarry, gconstpointer data)
{
  static const char *const paths[] = { "name", "day", "wall", "above.weight" };
  g_autoptr (OrmQuery) query = orm_query_new (STONE_TYPE_STONE);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      gint64 sum;
      g_autoptr (GError) error = NULL;

      g_assert_false (orm_session_sum (quarry->session, query, paths[i], &sum, NULL, &error));
      g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
    }
}

/*
 * Open rows that another program makes invalid are reported and not read.
 */
static void
test_merge (void)
{
  g_autofree char *folder = g_dir_make_tmp ("orm-unreadable-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "quarry", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      static const char *const endings[] = { "", "-wal", "-shm" };
      Quarry quarry = { 0 }, other = { 0 };
      g_autoptr (StoneStone) stone = NULL;
      g_autoptr (GError) error = NULL;

      quarry.failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
      quarry.connection = orm_connection_open (uri, &error);
      g_assert_no_error (error);
      make_tables (&quarry);
      stone = orm_session_get (quarry.session, STONE_TYPE_STONE, BAD, &error);
      g_assert_no_error (error);

      other.connection = orm_connection_open (uri, &error);
      g_assert_no_error (error);
      damage (&other, &faults[i]);
      g_assert_false (orm_session_merge (quarry.session, NULL, &error));
      assert_names_fault (error, &faults[i]);
      g_assert_cmpstr (stone->name, ==, "s3");
      g_assert_cmpint (stone->weight, ==, 3);

      g_clear_object (&stone);
      orm_connection_close (other.connection);
      g_clear_object (&other.connection);
      g_clear_object (&quarry.session);
      orm_connection_close (quarry.connection);
      g_clear_object (&quarry.connection);
      g_clear_pointer (&quarry.failures, g_ptr_array_unref);
      for (guint j = 0; j < G_N_ELEMENTS (endings); j++)
        {
          g_autofree char *file = g_strconcat (path, endings[j], NULL);

          g_unlink (file);
        }
    }

  g_rmdir (folder);
}

static void
add (const char *path, const Check *check)
{
  g_test_add (path, Quarry, check, set_up, check_all, tear_down);
}

int
main (int argc, char *argv[])
{
  static const Check get = check_get, find = check_find, members = check_members,
                     prefetch = check_prefetch, prefetched = check_prefetched,
                     target = check_target;

  g_test_init (&argc, &argv, NULL);

  add ("/orm/unreadable/a-row-is-an-error", &get);
  add ("/orm/unreadable/a-result-has-the-other-rows", &find);
  add ("/orm/unreadable/a-list-has-the-other-rows", &members);
  add ("/orm/unreadable/a-prefetched-row-is-an-error", &prefetch);
  add ("/orm/unreadable/a-row-to-prefetch-from-is-an-error", &prefetched);
  add ("/orm/unreadable/a-target-is-an-error", &target);
  g_test_add ("/orm/unreadable/a-long-result-has-the-other-rows", Quarry, NULL, set_up,
              check_long_list, tear_down);
  g_test_add ("/orm/unreadable/an-entity-keeps-its-values", Quarry, NULL, set_up, check_refresh,
              tear_down);
  g_test_add ("/orm/unreadable/a-step-with-the-row-is-not-undone", Quarry, NULL, set_up, check_undo,
              tear_down);
  g_test_add ("/orm/unreadable/a-sum-with-the-row-is-an-error", Quarry, NULL, set_up, check_sums,
              tear_down);
  g_test_add ("/orm/unreadable/a-group-with-the-row-is-an-error", Quarry, NULL, set_up,
              check_groups, tear_down);
  g_test_add ("/orm/unreadable/a-sum-that-is-too-large-is-an-error", Quarry, NULL, set_up,
              check_too_large, tear_down);
  g_test_add ("/orm/unreadable/a-sum-of-no-numbers-is-an-error", Quarry, NULL, set_up,
              check_no_number, tear_down);
  g_test_add_func ("/orm/unreadable/another-program-damages-a-row", test_merge);

  return g_test_run ();
}
