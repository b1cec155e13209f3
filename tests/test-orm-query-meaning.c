/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-session.h"

/*
 * A query has one meaning, whether the database answers it or memory does.
 */

typedef enum
{
  SIZE_SMALL,
  SIZE_BIG,
  SIZE_ANY
} Size;

/* Nicks whose order is not that of the numbers. */
static GType
size_get_type (void)
{
  static const GEnumValue values[] = {
    { SIZE_SMALL, "SIZE_SMALL", "small" },
    { SIZE_BIG, "SIZE_BIG", "big" },
    { SIZE_ANY, "SIZE_ANY", "any" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("MeaningSize", values));
  return type;
}

/* Every class has a column of each type, in this order. */
enum
{
  TEXT,
  NUMBER,
  DAY,
  STAMP,
  FLAG,
  SIZE,
  N_COLUMNS
};

#define DECLARE_CLASS(Name, name_)                                                                 \
  typedef struct                                                                                   \
  {                                                                                                \
    OrmEntity parent_instance;                                                                     \
    char *text;                                                                                    \
    gint64 number;                                                                                 \
    GDate *day;                                                                                    \
    GDateTime *stamp;                                                                              \
    gboolean flag;                                                                                 \
    int size;                                                                                      \
  } Name;                                                                                          \
                                                                                                   \
  typedef struct                                                                                   \
  {                                                                                                \
    OrmEntityClass parent_class;                                                                   \
  } Name##Class;                                                                                   \
                                                                                                   \
  static GType name_##_get_type (void);

#define DEFINE_CLASS(Name, name_, table_, ...)                                                     \
  G_DEFINE_FINAL_TYPE (Name, name_, ORM_TYPE_ENTITY)                                               \
                                                                                                   \
  static void name_##_class_init (Name##Class *klass)                                              \
  {                                                                                                \
    static const OrmColumn columns[N_COLUMNS] = {                                                  \
      [TEXT] = ORM_COLUMN ("text", TEXT, Name, text),                                              \
      [NUMBER] = ORM_COLUMN ("number", INT64, Name, number),                                       \
      [DAY] = ORM_COLUMN ("day", DATE, Name, day),                                                 \
      [STAMP] = ORM_COLUMN ("stamp", TIMESTAMP, Name, stamp),                                      \
      [FLAG] = ORM_COLUMN ("flag", BOOLEAN, Name, flag),                                           \
      [SIZE] = ORM_COLUMN ("size", ENUM, Name, size, .enum_type = size_get_type),                  \
    };                                                                                             \
    static const OrmRelationship sides[] = { __VA_ARGS__ };                                        \
                                                                                                   \
    orm_entity_class_map (ORM_ENTITY_CLASS (klass), table_, columns, N_COLUMNS);                   \
    orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), sides, G_N_ELEMENTS (sides));    \
  }                                                                                                \
                                                                                                   \
  static void name_##_init (Name *self) {}

/* Drops are in a lake or in none, lakes flow to a sea or to none; fish live in
 * any number of drops. */
DECLARE_CLASS (MeaningDrop, drop)
DECLARE_CLASS (MeaningLake, lake)
DECLARE_CLASS (MeaningSea, sea)
DECLARE_CLASS (MeaningFish, fish)

DEFINE_CLASS (MeaningDrop,
              drop,
              "drops",
              ORM_TO_ONE ("lake", lake_get_type, "drops", "lake_id"),
              ORM_TO_ONE ("source", drop_get_type, "springs", "source_id"),
              ORM_TO_MANY ("springs", drop_get_type, "source", .rule = ORM_DELETE_NULLIFY),
              ORM_MANY_TO_MANY ("fish", fish_get_type, "drops", "drop_fish", "drop_id"))
DEFINE_CLASS (MeaningLake,
              lake,
              "lakes",
              ORM_TO_MANY ("drops", drop_get_type, "lake", .rule = ORM_DELETE_NULLIFY),
              ORM_TO_ONE ("sea", sea_get_type, "lakes", "sea_id"))
DEFINE_CLASS (MeaningSea,
              sea,
              "seas",
              ORM_TO_MANY ("lakes", lake_get_type, "sea", .rule = ORM_DELETE_NULLIFY))
DEFINE_CLASS (MeaningFish,
              fish,
              "fish",
              ORM_MANY_TO_MANY ("drops", drop_get_type, "fish", "drop_fish", "fish_id"))

typedef struct
{
  OrmConnection *connection;
  OrmSession *session;
  GPtrArray *drops;
  GPtrArray *lakes;
  GPtrArray *seas;
  GPtrArray *fish;
} Water;

static void
set_up (Water *water, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  water->connection = orm_connection_open ("sqlite::memory:", &error);
  g_assert_no_error (error);
  water->session = orm_session_new (water->connection, drop_get_type (), lake_get_type (),
                                    sea_get_type (), fish_get_type (), G_TYPE_INVALID);
  g_assert_true (orm_session_create_tables (water->session, &error));
  g_assert_no_error (error);
  water->drops = g_ptr_array_new_with_free_func (g_object_unref);
  water->lakes = g_ptr_array_new_with_free_func (g_object_unref);
  water->seas = g_ptr_array_new_with_free_func (g_object_unref);
  water->fish = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
tear_down (Water *water, gconstpointer data)
{
  g_ptr_array_unref (water->drops);
  g_ptr_array_unref (water->lakes);
  g_ptr_array_unref (water->seas);
  g_ptr_array_unref (water->fish);
  g_clear_object (&water->session);
  g_clear_object (&water->connection);
}

static gpointer
add (Water *water, GPtrArray *to, GType type, const char *text)
{
  OrmEntity *entity = g_object_new (type, "text", text, NULL);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (to, entity);
  g_assert_true (orm_session_add (water->session, entity, &error));
  g_assert_no_error (error);
  return entity;
}

static void
commit (Water *water)
{
  g_autoptr (GError) error = NULL;

  orm_session_commit (water->session, &error);
  g_assert_no_error (error);
}

static GListModel *
observe (Water *water, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  GListModel *list = orm_session_observe (water->session, query, &error);

  g_assert_no_error (error);
  return list;
}

static GListModel *
find (Water *water, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  GListModel *list = orm_session_find (water->session, query, &error);

  g_assert_no_error (error);
  return list;
}

static char *
texts (GListModel *list)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OrmEntity) entity = g_list_model_get_item (list, i);
      g_autofree char *text = NULL;

      g_object_get (entity, "text", &text, NULL);
      g_string_append_printf (texts, "%s%s", i > 0 ? " " : "", text);
    }

  return g_string_free (texts, FALSE);
}

#define assert_texts(list, expected)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *texts_ = texts (list);                                                        \
    g_assert_cmpstr (texts_, ==, (expected));                                                      \
  }                                                                                                \
  G_STMT_END

/*
 * What the database says, and memory, which learns of each drop by a change.
 */
static void
assert_drops (OrmQuery *query, const char *expected)
{
  Water water = { 0 };
  MeaningLake *named, *nameless;
  MeaningDrop *drop;
  MeaningSea *sea;
  g_autoptr (OrmQuery) owned = query;
  g_autoptr (GListModel) live = NULL, found = NULL;

  set_up (&water, NULL);
  live = observe (&water, query);

  sea = add (&water, water.seas, sea_get_type (), "sea");
  named = add (&water, water.lakes, lake_get_type (), "lake");
  nameless = add (&water, water.lakes, lake_get_type (), NULL);
  orm_entity_set_reference (ORM_ENTITY (named), "sea", sea);
  drop = add (&water, water.drops, drop_get_type (), "in");
  orm_entity_set_reference (ORM_ENTITY (drop), "lake", named);
  drop = add (&water, water.drops, drop_get_type (), "nameless");
  orm_entity_set_reference (ORM_ENTITY (drop), "lake", nameless);
  add (&water, water.drops, drop_get_type (), "out");

  assert_texts (live, expected);
  commit (&water);
  assert_texts (live, expected);
  found = find (&water, query);
  assert_texts (found, expected);

  g_clear_object (&live);
  g_clear_object (&found);
  tear_down (&water, NULL);
}

#define where(...) orm_query_where (orm_query_new (drop_get_type ()), __VA_ARGS__)

static void
test_missing_end (void)
{
  assert_drops (where ("lake.text", ORM_EQUAL, NULL), "nameless out");
  assert_drops (where ("lake.text", ORM_NOT_EQUAL, NULL), "in");
  assert_drops (where ("lake.sea.text", ORM_EQUAL, NULL), "nameless out");
  assert_drops (where ("lake.sea.text", ORM_NOT_EQUAL, NULL), "in");
  assert_drops (where ("lake.sea", ORM_EQUAL, NULL), "nameless out");
  assert_drops (where ("lake", ORM_EQUAL, NULL), "out");
}

static void
test_missing_compared (void)
{
  assert_drops (where ("lake.text", ORM_NOT_EQUAL, "else"), "in");
  assert_drops (where ("lake.text", ORM_LESS, "z"), "in");
  assert_drops (where ("lake.number", ORM_EQUAL, G_GINT64_CONSTANT (0)), "in nameless");
  assert_drops (where ("lake.number", ORM_NOT_EQUAL, G_GINT64_CONSTANT (1)), "in nameless");
  assert_drops (where ("lake.text", ORM_CONTAINS, ""), "in");
}

static void
test_nothing_compared (void)
{
  assert_drops (where ("lake.text", ORM_LESS, NULL), "");
  assert_drops (where ("lake.text", ORM_GREATER_EQUAL, NULL), "");
  assert_drops (where ("text", ORM_CONTAINS, NULL), "");
  assert_drops (where ("day", ORM_LESS_EQUAL, NULL), "");
}

/*
 * Sizes are written, and ordered, by their nicks: any, big, small.
 */
static void
test_enumeration (void)
{
  Water water = { 0 };
  MeaningDrop *any, *big, *small;
  g_autoptr (OrmQuery) query = where ("size", ORM_LESS, SIZE_BIG);
  g_autoptr (GListModel) live = NULL, found = NULL;

  set_up (&water, NULL);
  live = observe (&water, query);
  any = add (&water, water.drops, drop_get_type (), "any");
  big = add (&water, water.drops, drop_get_type (), "big");
  small = add (&water, water.drops, drop_get_type (), "small");
  orm_entity_set_enum (ORM_ENTITY (any), SIZE, SIZE_ANY);
  orm_entity_set_enum (ORM_ENTITY (big), SIZE, SIZE_BIG);
  orm_entity_set_enum (ORM_ENTITY (small), SIZE, SIZE_SMALL);

  assert_texts (live, "any");
  found = find (&water, query);
  assert_texts (found, "any");

  g_clear_object (&live);
  g_clear_object (&found);
  tear_down (&water, NULL);
}

/*
 * Whoever asks for a lake that is still to be saved asks for that lake, however
 * often the query is run.
 */
static void
test_new_target (void)
{
  Water water = { 0 };
  MeaningLake *lake;
  MeaningDrop *drop;
  gpointer lakes[1];
  g_autoptr (OrmQuery) query = NULL, in_query = NULL, copy = NULL;
  g_autoptr (GListModel) live = NULL, found = NULL, again = NULL, among = NULL, copied = NULL;

  set_up (&water, NULL);
  lake = add (&water, water.lakes, lake_get_type (), "lake");
  drop = add (&water, water.drops, drop_get_type (), "in");
  orm_entity_set_reference (ORM_ENTITY (drop), "lake", lake);
  add (&water, water.drops, drop_get_type (), "out");
  lakes[0] = lake;
  query = where ("lake", ORM_EQUAL, lake);
  in_query = where ("lake", ORM_IN, 1u, lakes);
  copy = orm_query_copy (query);

  found = find (&water, query);
  assert_texts (found, "in");
  live = observe (&water, query);
  assert_texts (live, "in");
  commit (&water);
  again = find (&water, query);
  assert_texts (again, "in");
  among = find (&water, in_query);
  assert_texts (among, "in");
  copied = find (&water, copy);
  assert_texts (copied, "in");

  g_clear_object (&found);
  g_clear_object (&live);
  g_clear_object (&again);
  g_clear_object (&among);
  g_clear_object (&copied);
  g_clear_object (&query);
  g_clear_object (&in_query);
  g_clear_object (&copy);
  tear_down (&water, NULL);
}

/*
 * A row that is still to be written has no id: it is judged once it has one.
 */
static void
test_new_id (void)
{
  Water water = { 0 };
  g_autoptr (OrmQuery) below = where ("id", ORM_LESS, G_GINT64_CONSTANT (2));
  g_autoptr (OrmQuery) other = where ("id", ORM_NOT_EQUAL, G_GINT64_CONSTANT (1));
  g_autoptr (OrmQuery) in_lake = where ("lake.id", ORM_EQUAL, G_GINT64_CONSTANT (1));
  g_autoptr (GListModel) live_below = NULL, live_other = NULL, live_in_lake = NULL;
  OrmEntity *drop;

  set_up (&water, NULL);
  live_below = observe (&water, below);
  live_other = observe (&water, other);
  live_in_lake = observe (&water, in_lake);
  drop = add (&water, water.drops, drop_get_type (), "one");
  add (&water, water.drops, drop_get_type (), "two");
  orm_entity_set_reference (drop, "lake", add (&water, water.lakes, lake_get_type (), "lake"));
  commit (&water);

  assert_texts (live_below, "one");
  assert_texts (live_other, "two");
  assert_texts (live_in_lake, "one");

  g_clear_object (&live_below);
  g_clear_object (&live_other);
  g_clear_object (&live_in_lake);
  tear_down (&water, NULL);
}

/*
 * Ids follow the order in which the rows were made, so that a list that has
 * them already keeps its order.
 */
static void
test_order_of_new (void)
{
  Water water = { 0 };
  g_autoptr (OrmQuery) query = orm_query_new (drop_get_type ());
  g_autoptr (GListModel) live = NULL, found = NULL;
  MeaningDrop *first = g_object_new (drop_get_type (), "text", "first", NULL);
  MeaningDrop *second = g_object_new (drop_get_type (), "text", "second", NULL);

  set_up (&water, NULL);
  g_ptr_array_add (water.drops, first);
  g_ptr_array_add (water.drops, second);
  live = observe (&water, query);
  g_assert_true (orm_session_add (water.session, second, NULL));
  g_assert_true (orm_session_add (water.session, first, NULL));
  assert_texts (live, "first second");

  commit (&water);
  found = find (&water, query);
  assert_texts (found, "first second");
  assert_texts (live, "first second");

  g_clear_object (&live);
  g_clear_object (&found);
  tear_down (&water, NULL);
}

/*
 * A row whose id was chosen goes to its place once it is written.
 */
static void
test_chosen_id (void)
{
  Water water = { 0 };
  g_autoptr (OrmQuery) query = orm_query_new (drop_get_type ());
  g_autoptr (GListModel) live = NULL;

  set_up (&water, NULL);
  live = observe (&water, query);
  orm_entity_set_id (add (&water, water.drops, drop_get_type (), "fifty"), 50);
  commit (&water);
  orm_entity_set_id (add (&water, water.drops, drop_get_type (), "twenty"), 20);
  assert_texts (live, "fifty twenty");

  g_assert_true (orm_session_savepoint (water.session, "before", NULL));
  assert_texts (live, "twenty fifty");
  commit (&water);
  assert_texts (live, "twenty fifty");

  g_clear_object (&live);
  tear_down (&water, NULL);
}

static void
assert_refused (OrmQuery *query, OrmError code)
{
  Water water = { 0 };
  g_autoptr (OrmQuery) owned = query;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&water, NULL);
  list = orm_session_find (water.session, query, &error);
  g_assert_error (error, ORM_ERROR, (int) code);
  g_assert_null (list);
  tear_down (&water, NULL);
}

static void
test_refused_operator (void)
{
  gint64 numbers[] = { 1, 2 };

  assert_refused (where ("number", ORM_CONTAINS, G_GINT64_CONSTANT (1)), ORM_ERROR_NO_PATH);
  assert_refused (where ("day", ORM_STARTS_WITH, NULL), ORM_ERROR_NO_PATH);
  assert_refused (where ("lake", ORM_CONTAINS, NULL), ORM_ERROR_NO_PATH);
  assert_refused (where ("text", ORM_IN, 2u, numbers), ORM_ERROR_NO_PATH);
  assert_refused (where ("size", ORM_IN, 2u, numbers), ORM_ERROR_NO_PATH);
  assert_refused (orm_query_search (orm_query_new (drop_get_type ()), "a", "number", NULL),
                  ORM_ERROR_NO_PATH);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/query-meaning/a-missing-end-of-a-path-is-null", test_missing_end);
  g_test_add_func ("/orm/query-meaning/a-missing-end-equals-and-differs-from-no-value",
                   test_missing_compared);
  g_test_add_func ("/orm/query-meaning/nothing-is-less-or-more-than-null", test_nothing_compared);
  g_test_add_func ("/orm/query-meaning/enumerations-are-compared-by-their-nicks", test_enumeration);
  g_test_add_func ("/orm/query-meaning/a-new-target-is-asked-for-by-what-it-is", test_new_target);
  g_test_add_func ("/orm/query-meaning/a-new-row-is-judged-by-the-id-that-it-gets", test_new_id);
  g_test_add_func ("/orm/query-meaning/new-rows-keep-their-order", test_order_of_new);
  g_test_add_func ("/orm/query-meaning/a-row-with-a-chosen-id-goes-to-its-place", test_chosen_id);
  g_test_add_func ("/orm/query-meaning/an-operator-that-does-not-fit-is-an-error",
                   test_refused_operator);

  return g_test_run ();
}
