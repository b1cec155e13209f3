/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-session-query.h"
#include "orm-session.h"

/*
 * A query has the same result in the database and in memory. Random queries
 * are run in both, over random rows.
 *
 * If a test fails, --seed R02S… with the printed seed repeats it.
 */

#define N_ROUNDS 100
#define N_QUERIES 8
#define N_CHANGES 6
#define N_DROPS 24
#define N_LAKES 6
#define N_SEAS 4
#define N_FISH 5

typedef enum
{
  SIZE_SMALL,
  SIZE_BIG,
  SIZE_ANY
} Size;

/* Nicks that sort differently from their numbers. */
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

/* Each class has one column of each type, in this order. */
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

static const char *const column_names[N_COLUMNS] = {
  "text", "number", "day", "stamp", "flag", "size",
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

/* A drop may be in a lake, a lake may flow into a sea; fish live in any number of drops. */
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
  gint64 last_id;      /* the next id to choose, or 0 to choose none */
  gboolean has_chosen; /* an id was chosen: the row moves when it is inserted */
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
 * Compares the drops in the database with those in memory, which is told of
 * each by a change.
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
 * Enumerations are stored, and ordered, by their nicks: any, big, small.
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
 * A query for the drops of an unsaved lake finds them, however often it is
 * run.
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
 * A new row has no id: conditions on the id apply once it has been inserted.
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
 * New rows get ids in the order in which they were created, so a list keeps
 * its order when they are inserted.
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
 * A row with a chosen id moves to its position once it is inserted.
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

#define assert_wrong_size(...)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (OrmQuery) query_ = orm_query_new (drop_get_type ());                                \
    g_test_expect_message ("orm", G_LOG_LEVEL_CRITICAL, "*cast it");                               \
    orm_query_where (query_, __VA_ARGS__);                                                         \
    g_test_assert_expected_messages ();                                                            \
    assert_refused (g_steal_pointer (&query_), ORM_ERROR_MAPPING);                                 \
  }                                                                                                \
  G_STMT_END

/*
 * A value of the wrong size would be read beyond the argument. Arguments
 * smaller than an int are passed as an int, and an array as a pointer.
 */
static void
test_size_of_values (void)
{
  g_autoptr (OrmQuery) query = orm_query_new (drop_get_type ());
  gint64 numbers[] = { 1, 2 };
  char text[] = "a text of more bytes than a pointer";
  guint8 flag = TRUE;

  assert_wrong_size ("number", ORM_EQUAL, 1);
  assert_wrong_size ("id", ORM_LESS, 1u);
  assert_wrong_size ("lake.number", ORM_EQUAL, -1);
  assert_wrong_size ("flag", ORM_EQUAL, G_GINT64_CONSTANT (1));
  assert_wrong_size ("size", ORM_EQUAL, G_GINT64_CONSTANT (1));
  assert_wrong_size ("text", ORM_EQUAL, 0);
  assert_wrong_size ("day", ORM_EQUAL, 0);
  assert_wrong_size ("lake", ORM_EQUAL, 0);
  assert_wrong_size ("number", ORM_IN, (gsize) 2, numbers);

  orm_query_where (query, "number", ORM_EQUAL, numbers[0]);
  orm_query_where (query, "number", ORM_IN, 2u, numbers);
  orm_query_where (query, "text", ORM_EQUAL, text);
  orm_query_where (query, "text", ORM_EQUAL, "a text of more bytes than a pointer");
  orm_query_where (query, "flag", ORM_EQUAL, flag);
  orm_query_where (query, "lake", ORM_EQUAL, NULL);
  (orm_query_where) (query, "number", ORM_EQUAL, numbers[0]);
}

/* The relationships that a path leads over, and the class at its end. */
typedef enum
{
  END_DROP,
  END_LAKE,
  END_SEA,
  END_FISH
} End;

typedef struct
{
  End start;
  const char *prefix;
  End end;
  gboolean is_to_ones;
  const char *relationships[5];
  End targets[4];
} Way;

static const Way ways[] = {
  { END_DROP,
    "",
    END_DROP,
    TRUE,
    { "lake", "source", "springs", "fish" },
    { END_LAKE, END_DROP, END_DROP, END_FISH } },
  { END_DROP, "lake.", END_LAKE, TRUE, { "sea", "drops" }, { END_SEA, END_DROP } },
  { END_DROP, "source.", END_DROP, TRUE, { "lake", "fish" }, { END_LAKE, END_FISH } },
  { END_DROP, "lake.sea.", END_SEA, TRUE, { "lakes" }, { END_LAKE } },
  { END_DROP, "source.lake.", END_LAKE, TRUE, { "sea" }, { END_SEA } },
  { END_DROP, "springs.", END_DROP, FALSE, { "lake", "fish" }, { END_LAKE, END_FISH } },
  { END_DROP, "springs.lake.", END_LAKE, FALSE, { "sea", "drops" }, { END_SEA, END_DROP } },
  { END_DROP, "fish.", END_FISH, FALSE, { "drops" }, { END_DROP } },
  { END_DROP, "lake.drops.", END_DROP, FALSE, { "source" }, { END_DROP } },
  { END_LAKE, "", END_LAKE, TRUE, { "sea", "drops" }, { END_SEA, END_DROP } },
  { END_LAKE, "sea.", END_SEA, TRUE, { "lakes" }, { END_LAKE } },
  { END_LAKE, "drops.", END_DROP, FALSE, { "source", "fish" }, { END_DROP, END_FISH } },
  { END_LAKE, "drops.source.", END_DROP, FALSE, { "lake" }, { END_LAKE } },
};

static guint
pick (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint32) n);
}

static const char *
pick_text (void)
{
  static const char *const texts[] = {
    NULL,
    "",
    "a",
    "A",
    "b",
    "B",
    "ab",
    "aB",
    "Ab c",
    "\xc3\xa4",
    "\xc3\x84",
    "\xc3\xa4"
    "b",
    "\xc3\x84"
    "B",
    "%",
    "_",
    "a%b",
    "a_b",
    "a\\b",
    "!",
    "a!b",
    "'",
    "\"",
    "##p0::gint64",
    "?1",
    "\xf0\x9f\x90\x9f",
    "\xc3\x9f",
    "\n",
    "\x7f",
    "NULL",
    "0",
  };

  return texts[pick (G_N_ELEMENTS (texts))];
}

static gint64
pick_number (void)
{
  static const gint64 numbers[] = {
    G_MININT64,
    G_MININT64 + 1,
    G_MININT32,
    -1,
    0,
    0,
    1,
    2,
    G_MAXINT32,
    G_MAXUINT32,
    (G_GINT64_CONSTANT (1) << 53) + 1,
    G_MAXINT64 - 1,
    G_MAXINT64,
  };

  return numbers[pick (G_N_ELEMENTS (numbers))];
}

static const GDate *
pick_day (GDate *day)
{
  static const struct
  {
    guint day, month, year;
  } days[] = {
    { 1, 1, 1 },    { 5, 3, 999 },   { 31, 12, 1969 }, { 29, 2, 2024 },
    { 1, 3, 2024 }, { 15, 1, 2026 }, { 31, 12, 9999 },
  };
  guint i = pick (G_N_ELEMENTS (days) + 1);

  if (i == G_N_ELEMENTS (days))
    return NULL;

  g_date_clear (day, 1);
  g_date_set_dmy (day, days[i].day, days[i].month, days[i].year);
  return day;
}

static GDateTime *
pick_stamp (void)
{
  static const gint64 seconds[] = {
    -G_GINT64_CONSTANT (62135596800), -1, 0, 1, 1768435200, G_GINT64_CONSTANT (253402300799),
  };
  guint i = pick (G_N_ELEMENTS (seconds) + 1);

  return i < G_N_ELEMENTS (seconds) ? g_date_time_new_from_unix_utc (seconds[i]) : NULL;
}

static GPtrArray *
all_of (Water *water, End end)
{
  GPtrArray *all[] = {
    [END_DROP] = water->drops,
    [END_LAKE] = water->lakes,
    [END_SEA] = water->seas,
    [END_FISH] = water->fish,
  };

  return all[end];
}

static GType
type_of (End end)
{
  GType types[] = {
    [END_DROP] = drop_get_type (),
    [END_LAKE] = lake_get_type (),
    [END_SEA] = sea_get_type (),
    [END_FISH] = fish_get_type (),
  };

  return types[end];
}

static gpointer
pick_from (Water *water, End end)
{
  GPtrArray *all = all_of (water, end);

  return all->len > 0 ? g_ptr_array_index (all, pick (all->len)) : NULL;
}

static gpointer
pick_any_or_none (Water *water, End end)
{
  return pick (4) > 0 ? pick_from (water, end) : NULL;
}

static void
set_column (gpointer entity, guint column)
{
  g_autoptr (GDateTime) stamp = NULL;
  GDate day;

  switch (column)
    {
    case TEXT:
      orm_entity_set_text (entity, TEXT, pick_text ());
      break;
    case NUMBER:
      orm_entity_set_int64 (entity, NUMBER, pick_number ());
      break;
    case DAY:
      orm_entity_set_date (entity, DAY, pick_day (&day));
      break;
    case STAMP:
      stamp = pick_stamp ();
      orm_entity_set_timestamp (entity, STAMP, stamp);
      break;
    case FLAG:
      orm_entity_set_boolean (entity, FLAG, pick (2) == 0);
      break;
    case SIZE:
      orm_entity_set_enum (entity, SIZE, (int) pick (3));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
set_references (Water *water, End end, gpointer entity)
{
  if (end == END_DROP)
    {
      orm_entity_set_reference (entity, "lake", pick_any_or_none (water, END_LAKE));
      orm_entity_set_reference (entity, "source", pick_any_or_none (water, END_DROP));
    }
  else if (end == END_LAKE)
    orm_entity_set_reference (entity, "sea", pick_any_or_none (water, END_SEA));
}

static void
make (Water *water, End end)
{
  gpointer entity = add (water, all_of (water, end), type_of (end), NULL);

  if (water->last_id > 0 && pick (6) == 0)
    {
      orm_entity_set_id (entity, water->last_id--);
      water->has_chosen = TRUE;
    }
  for (guint i = 0; i < N_COLUMNS; i++)
    set_column (entity, i);
  set_references (water, end, entity);
}

static void
link_fish (Water *water)
{
  gpointer drop = pick_from (water, END_DROP), fish = pick_from (water, END_FISH);

  if (drop == NULL || fish == NULL)
    return;

  if (!orm_collection_append (orm_entity_get_collection (drop, "fish"), fish))
    orm_collection_remove (orm_entity_get_collection (drop, "fish"), fish);
}

static void
fill (Water *water)
{
  for (guint i = 0; i < N_SEAS; i++)
    make (water, END_SEA);
  for (guint i = 0; i < N_LAKES; i++)
    make (water, END_LAKE);
  for (guint i = 0; i < N_FISH; i++)
    make (water, END_FISH);
  for (guint i = 0; i < N_DROPS; i++)
    {
      make (water, END_DROP);
      link_fish (water);
    }
  commit (water);
}

/*
 * Adds two drops in the opposite order of their creation.
 */
static void
make_crosswise (Water *water)
{
  gpointer first = g_object_new (drop_get_type (), "text", "1", NULL);
  gpointer second = g_object_new (drop_get_type (), "text", "1", NULL);

  g_ptr_array_add (water->drops, second);
  g_ptr_array_add (water->drops, first);
  g_assert_true (orm_session_add (water->session, second, NULL));
  g_assert_true (orm_session_add (water->session, first, NULL));
}

static void
change (Water *water)
{
  guint what = pick (20);
  End end = pick (2) == 0 ? END_DROP : (End) pick (4);
  gpointer entity = pick_from (water, end);
  g_autoptr (GError) error = NULL;

  if (what < 2 || entity == NULL)
    make (water, end);
  else if (what == 2)
    make_crosswise (water);
  else if (what < 4 && all_of (water, end)->len > 2)
    {
      orm_session_delete (water->session, entity, &error);
      g_assert_no_error (error);
      g_ptr_array_remove (all_of (water, end), entity);
    }
  else if (what < 10)
    set_references (water, end, entity);
  else if (what < 12)
    link_fish (water);
  else
    set_column (entity, pick (N_COLUMNS));
}

/* A query and its description. */
typedef struct
{
  OrmQuery *query;
  GString *words;
  gboolean has_limit;
  gboolean is_judged; /* evaluated with the entities in memory */
  GListModel *live;
  GPtrArray *before;
} Question;

static OrmOperator
pick_operator (guint column)
{
  return (OrmOperator) pick (column == TEXT ? ORM_STARTS_WITH + 1 : ORM_GREATER_EQUAL + 1);
}

static void
ask_column (Question *self, const char *path, guint column)
{
  OrmOperator op = pick_operator (column);
  g_autoptr (GDateTime) stamp = NULL;
  gint64 numbers[] = { pick_number (), pick_number () };
  const char *text = pick_text ();
  guint value = pick (3);
  GDate day;

  g_string_append_printf (self->words, " where %s op %d ", path, op);

  switch (column)
    {
    case TEXT:
      g_string_append_printf (self->words, "“%s”", text != NULL ? text : "(none)");
      orm_query_where (self->query, path, op, text);
      break;
    case NUMBER:
      g_string_append_printf (self->words, "%" G_GINT64_FORMAT, numbers[0]);
      if (pick (5) == 0)
        orm_query_where (self->query, path, ORM_IN, 2u, numbers);
      else
        orm_query_where (self->query, path, op, numbers[0]);
      break;
    case DAY:
      orm_query_where (self->query, path, op, pick_day (&day));
      break;
    case STAMP:
      stamp = pick_stamp ();
      orm_query_where (self->query, path, op, stamp);
      break;
    case FLAG:
      g_string_append_printf (self->words, "%d", value > 0);
      orm_query_where (self->query, path, op, value > 0);
      break;
    case SIZE:
      g_string_append_printf (self->words, "%u", value);
      orm_query_where (self->query, path, op, value);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
ask_relationship (Question *self, Water *water, const char *path, End target)
{
  gpointer entity = pick_any_or_none (water, target);
  gpointer entities[] = { pick_from (water, target), pick_from (water, target) };
  guint how = pick (4);

  g_string_append_printf (self->words, " where %s %s", path,
                          how == 0   ? "in two"
                          : how == 1 ? "not "
                                     : "is ");
  if (how > 0)
    g_string_append_printf (self->words, "%" G_GINT64_FORMAT,
                            entity != NULL ? orm_entity_get_id (entity) : -1);

  if (how == 0)
    orm_query_where (self->query, path, ORM_IN, 2u, entities);
  else
    orm_query_where (self->query, path, how == 1 ? ORM_NOT_EQUAL : ORM_EQUAL, entity);
}

static const Way *
pick_way (End start)
{
  const Way *way;

  do
    way = &ways[pick (G_N_ELEMENTS (ways))];
  while (way->start != start || (*way->prefix != '\0' && pick (2) == 0));

  return way;
}

static void
ask (Question *self, Water *water, End start)
{
  const Way *way = pick_way (start);
  guint column = pick (N_COLUMNS + 2);
  g_autofree char *path = NULL;
  guint n = 0;

  self->is_judged &= *way->prefix == '\0';

  while (way->relationships[n] != NULL && n < 4)
    n++;

  if (column == N_COLUMNS)
    {
      gint64 id = pick (N_DROPS);

      path = g_strconcat (way->prefix, "id", NULL);
      column = pick (ORM_GREATER_EQUAL + 1);
      self->is_judged = FALSE;
      g_string_append_printf (self->words, " where %s op %u %d", path, column, (int) id);
      orm_query_where (self->query, path, (OrmOperator) column, id);
    }
  else if (column > N_COLUMNS)
    {
      guint i = pick (n);

      path = g_strconcat (way->prefix, way->relationships[i], NULL);
      self->is_judged &= i == 0 && !g_str_has_suffix (path, "s");
      ask_relationship (self, water, path, way->targets[i]);
    }
  else
    {
      path = g_strconcat (way->prefix, column_names[column], NULL);
      ask_column (self, path, column);
    }
}

static void
order (Question *self, End start)
{
  const Way *way;
  OrmDirection direction = pick (2) == 0 ? ORM_ASCENDING : ORM_DESCENDING;
  guint column = pick (N_COLUMNS + 2);
  g_autofree char *path = NULL;

  do
    way = pick_way (start);
  while (!way->is_to_ones);

  self->is_judged &= *way->prefix == '\0';
  path = g_strconcat (way->prefix,
                      column < N_COLUMNS                          ? column_names[column]
                      : column == N_COLUMNS                       ? "id"
                      : start == END_DROP && *way->prefix == '\0' ? "lake"
                                                                  : "id",
                      NULL);
  g_string_append_printf (self->words, " by %s%s", path,
                          direction == ORM_DESCENDING ? " descending" : "");
  orm_query_order_by (self->query, path, direction);
}

static void
question_init (Question *self, Water *water)
{
  End start = pick (3) > 0 ? END_DROP : END_LAKE;

  self->query = orm_query_new (type_of (start));
  self->words = g_string_new (start == END_DROP ? "drops" : "lakes");
  self->is_judged = TRUE;

  for (guint n = pick (3); n > 0; n--)
    ask (self, water, start);
  if (pick (8) == 0)
    {
      orm_query_search (self->query, "a \xc3\xa4", "text",
                        "lake.text" + (start == END_LAKE ? 5 : 0), NULL);
      g_string_append (self->words, " with the words");
      self->is_judged = FALSE;
    }
  for (guint n = pick (3); n > 0; n--)
    order (self, start);

  self->has_limit = pick (4) == 0;
  if (self->has_limit)
    {
      guint limit = pick (6), offset = pick (4);

      self->is_judged = FALSE;
      g_string_append_printf (self->words, " limit %u, %u", limit, offset);
      orm_query_limit (self->query, limit, offset);
    }

  self->live = observe (water, self->query);
}

static void
question_clear (Question *self)
{
  g_clear_object (&self->query);
  g_clear_object (&self->live);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_string_free (self->words, TRUE);
}

static GPtrArray *
dup_items (GListModel *list)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (items, g_list_model_get_item (list, i));

  return items;
}

static char *
describe (GPtrArray *items)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT,
                            orm_entity_get_id (g_ptr_array_index (items, i)));

  return g_string_free (text, FALSE);
}

static void
assert_same (
  Question *self, const char *name, GPtrArray *items, const char *other_name, GPtrArray *others)
{
  gboolean is_same = items->len == others->len;

  for (guint i = 0; is_same && i < items->len; i++)
    is_same = g_ptr_array_index (items, i) == g_ptr_array_index (others, i);

  if (!is_same)
    {
      g_autofree char *text = describe (items), *other_text = describe (others);

      g_error ("%s: %s%s, %s%s", self->words->str, name, text, other_name, other_text);
    }
}

/*
 * Nothing is flushed yet, so only the result in memory has the changes.
 */
static void
check_unsaved (Question *self, Water *water)
{
  g_autoptr (GListModel) anew = NULL;
  g_autoptr (GPtrArray) items = NULL;

  self->before = dup_items (self->live);
  if (!self->is_judged)
    return;

  anew = observe (water, self->query);
  items = dup_items (anew);
  assert_same (self, "kept", self->before, "opened anew, unsaved", items);
}

static void
check (Question *self, Water *water)
{
  g_autoptr (GListModel) found = find (water, self->query);
  g_autoptr (GListModel) anew = observe (water, self->query);
  g_autoptr (GPtrArray) found_items = dup_items (found);
  g_autoptr (GPtrArray) anew_items = dup_items (anew);
  g_autoptr (GPtrArray) live_items = dup_items (self->live);
  g_autoptr (GError) error = NULL;
  guint64 n_rows;

  assert_same (self, "found", found_items, "kept", live_items);
  assert_same (self, "found", found_items, "opened anew", anew_items);
  if (self->is_judged && self->before != NULL && !water->has_chosen)
    assert_same (self, "found", found_items, "unsaved", self->before);
  g_clear_pointer (&self->before, g_ptr_array_unref);

  orm_session_count (water->session, self->query, &n_rows, &error);
  g_assert_no_error (error);
  if (!self->has_limit)
    g_assert_cmpuint (n_rows, ==, found_items->len);
}

static void
reload (Water *water)
{
  for (guint end = END_DROP; end <= END_FISH; end++)
    {
      g_autoptr (OrmQuery) query = orm_query_new (type_of (end));
      g_autoptr (GListModel) list = find (water, query);

      g_ptr_array_set_size (all_of (water, end), 0);
      for (guint i = 0; i < g_list_model_get_n_items (list); i++)
        g_ptr_array_add (all_of (water, end), g_list_model_get_item (list, i));
    }
}

static void
ask_all (Water *water)
{
  Question questions[N_QUERIES] = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean in_group = pick (3) == 0;

  water->has_chosen = FALSE;
  orm_session_set_autoflush (water->session, FALSE);
  if (pick (3) == 0)
    make (water, pick (2) == 0 ? END_DROP : END_LAKE);
  for (guint i = 0; i < N_QUERIES; i++)
    question_init (&questions[i], water);

  if (in_group)
    orm_session_begin_group (water->session, NULL);
  for (guint i = pick (N_CHANGES); i > 0; i--)
    change (water);
  if (in_group)
    orm_session_end_group (water->session);

  for (guint i = 0; i < N_QUERIES; i++)
    check_unsaved (&questions[i], water);

  orm_session_set_autoflush (water->session, TRUE);
  orm_session_flush (water->session, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_QUERIES; i++)
    check (&questions[i], water);

  if (pick (4) == 0)
    {
      orm_session_rollback (water->session);
      reload (water);
    }
  else
    commit (water);

  for (guint i = 0; i < N_QUERIES; i++)
    {
      check (&questions[i], water);
      question_clear (&questions[i]);
    }
}

static void
test_random (Water *water, gconstpointer data)
{
  fill (water);
  water->last_id = 100000;

  for (guint i = 0; i < N_ROUNDS; i++)
    ask_all (water);
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
  g_test_add_func ("/orm/query-meaning/a-new-target-can-be-queried", test_new_target);
  g_test_add_func ("/orm/query-meaning/a-new-row-matches-once-it-has-an-id", test_new_id);
  g_test_add_func ("/orm/query-meaning/new-rows-keep-their-order", test_order_of_new);
  g_test_add_func ("/orm/query-meaning/a-row-with-a-chosen-id-moves-to-its-position",
                   test_chosen_id);
  g_test_add_func ("/orm/query-meaning/an-operator-of-another-type-is-an-error",
                   test_refused_operator);
  g_test_add_func ("/orm/query-meaning/a-value-of-another-size-is-a-critical", test_size_of_values);
  g_test_add ("/orm/query-meaning/random", Water, NULL, set_up, test_random, tear_down);

  return g_test_run ();
}
