/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-async-fixture.h"
#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-reread-private.h"
#include "orm-session-query.h"
#include "orm-session.h"

#include <glib/gstdio.h>

/*
 * Lists that are ordered by a column of their members: an album's songs by
 * their number, and by their title in descending order.
 */

#define ORDERED_TYPE_ALBUM (ordered_album_get_type ())
G_DECLARE_FINAL_TYPE (OrderedAlbum, ordered_album, ORDERED, ALBUM, OrmEntity)

#define ORDERED_TYPE_SONG (ordered_song_get_type ())
G_DECLARE_FINAL_TYPE (OrderedSong, ordered_song, ORDERED, SONG, OrmEntity)

struct _OrderedAlbum
{
  OrmEntity parent_instance;

  char *title;
};

struct _OrderedSong
{
  OrmEntity parent_instance;

  char *title;
  gint64 number;
};

G_DEFINE_FINAL_TYPE (OrderedAlbum, ordered_album, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (OrderedSong, ordered_song, ORM_TYPE_ENTITY)

enum
{
  SONG_TITLE,
  SONG_NUMBER
};

static const OrmColumn album_columns[] = {
  ORM_COLUMN ("title", TEXT, OrderedAlbum, title),
};

static const OrmColumn song_columns[] = {
  ORM_COLUMN ("title", TEXT, OrderedSong, title),
  ORM_COLUMN ("number", INT64, OrderedSong, number),
};

static const OrmRelationship album_relationships[] = {
  ORM_TO_MANY (
    "songs", ordered_song_get_type, "album", .rule = ORM_DELETE_CASCADE, .order_by = "number"),
  ORM_TO_MANY (
    "extras", ordered_song_get_type, "bonus-of", .order_by = "title", .direction = ORM_DESCENDING),
};

static const OrmRelationship song_relationships[] = {
  ORM_TO_ONE ("album", ordered_album_get_type, "songs", "album_id"),
  ORM_TO_ONE ("bonus-of", ordered_album_get_type, "extras", "bonus_of_id"),
};

static void
ordered_album_class_init (OrderedAlbumClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "albums", album_columns,
                        G_N_ELEMENTS (album_columns));
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), album_relationships,
                                      G_N_ELEMENTS (album_relationships));
}

static void
ordered_album_init (OrderedAlbum *self)
{
}

static void
ordered_song_class_init (OrderedSongClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "songs", song_columns,
                        G_N_ELEMENTS (song_columns));
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), song_relationships,
                                      G_N_ELEMENTS (song_relationships));
}

static void
ordered_song_init (OrderedSong *self)
{
}

typedef struct
{
  char *folder; /* of the database's file, or NULL */
  OrmConnection *connection;
  OrmSession *session;
  OrderedAlbum *album;
  OrderedAlbum *other;
  GPtrArray *shadow;
  GString *log;
} Ordered;

static OrmCollection *
songs_of (gpointer album)
{
  return orm_entity_get_collection (album, "songs");
}

static OrderedSong *
new_song (const char *title, gint64 number)
{
  return g_object_new (ORDERED_TYPE_SONG, "title", title, "number", number, NULL);
}

static OrderedSong *
add_song (Ordered *ordered, gpointer album, const char *title, gint64 number)
{
  g_autoptr (OrderedSong) song = new_song (title, number);

  g_assert_true (orm_collection_append (songs_of (album), song));
  return g_steal_pointer (&song);
}

static char *
titles (gpointer album, const char *relationship)
{
  GListModel *list = orm_entity_get_collection (album, relationship);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OrderedSong) song = g_list_model_get_item (list, i);

      g_string_append (text, song->title);
    }

  return g_string_free (text, FALSE);
}

#define assert_titles(album, relationship, expected)                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *titles_ = titles (album, relationship);                                       \
    g_assert_cmpstr (titles_, ==, (expected));                                                     \
  }                                                                                                \
  G_STMT_END

static void
set_up_at (Ordered *ordered, const char *uri)
{
  g_autoptr (GError) error = NULL;

  ordered->connection = orm_connection_open (uri, &error);
  g_assert_no_error (error);
  ordered->session =
    orm_session_new (ordered->connection, ORDERED_TYPE_ALBUM, ORDERED_TYPE_SONG, G_TYPE_INVALID);
  g_assert_true (orm_session_create_tables (ordered->session, &error));
  g_assert_true (orm_connection_execute (
    ordered->connection, "INSERT INTO albums (id, title) VALUES (1, 'One'), (2, 'Two')", &error));
  g_assert_true (orm_connection_execute (
    ordered->connection,
    "INSERT INTO songs (id, title, number, album_id, bonus_of_id) VALUES "
    "(1, 'c', 3, 1, 1), (2, 'a', 1, 1, 1), (3, 'B', 2, 1, 1), (4, 'd', 2, 1, NULL)",
    &error));
  g_assert_no_error (error);
  ordered->album = orm_session_get (ordered->session, ORDERED_TYPE_ALBUM, 1, NULL);
  ordered->other = orm_session_get (ordered->session, ORDERED_TYPE_ALBUM, 2, NULL);
  ordered->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  ordered->log = g_string_new (NULL);
}

static void
set_up (Ordered *ordered, gconstpointer data)
{
  set_up_at (ordered, "sqlite::memory:");
}

static void
set_up_file (Ordered *ordered, gconstpointer data)
{
  g_autofree char *uri = NULL;

  ordered->folder = g_dir_make_tmp ("orm-ordered-XXXXXX", NULL);
  uri = g_strconcat ("sqlite:", ordered->folder, "/songs", NULL);
  set_up_at (ordered, uri);
}

static void
remove_folder (Ordered *ordered)
{
  static const char *const names[] = { "songs", "songs-wal", "songs-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (ordered->folder, names[i], NULL);

      g_remove (path);
    }

  g_assert_cmpint (g_rmdir (ordered->folder), ==, 0);
  g_clear_pointer (&ordered->folder, g_free);
}

static void
tear_down (Ordered *ordered, gconstpointer data)
{
  drain ();
  orm_session_close (ordered->session);
  drain ();
  g_signal_handlers_disconnect_by_data (songs_of (ordered->album), ordered);
  g_ptr_array_unref (ordered->shadow);
  g_string_free (ordered->log, TRUE);
  g_clear_object (&ordered->album);
  g_clear_object (&ordered->other);
  g_clear_object (&ordered->session);
  g_clear_object (&ordered->connection);
  if (ordered->folder != NULL)
    remove_folder (ordered);
}

static void
on_changed (GListModel *list, guint position, guint removed, guint added, Ordered *ordered)
{
  g_string_append_printf (ordered->log, "%u-%u+%u; ", position, removed, added);
  g_ptr_array_remove_range (ordered->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (ordered->shadow, (gint) (position + i),
                        g_list_model_get_item (list, position + i));

  g_assert_cmpuint (ordered->shadow->len, ==, g_list_model_get_n_items (list));
  for (guint i = 0; i < ordered->shadow->len; i++)
    {
      g_autoptr (OrmEntity) song = g_list_model_get_item (list, i);

      g_assert_true (song == ordered->shadow->pdata[i]);
    }
}

static void
watch (Ordered *ordered)
{
  GListModel *list = G_LIST_MODEL (songs_of (ordered->album));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (ordered->shadow, g_list_model_get_item (list, i));
  g_signal_connect (list, "items-changed", G_CALLBACK (on_changed), ordered);
}

static void
test_reads_in_order (Ordered *ordered, gconstpointer data)
{
  assert_titles (ordered->album, "songs", "aBdc");
  assert_titles (ordered->album, "extras", "cBa");
}

static void
test_reads_many_in_order (Ordered *ordered, gconstpointer data)
{
  GListModel *list = G_LIST_MODEL (songs_of (ordered->other));
  gint64 last = G_MININT64;

  g_assert_true (orm_connection_execute (
    ordered->connection,
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
    "INSERT INTO songs (title, number, album_id) SELECT 'x', (i * 7919) % 1000, 2 FROM n",
    NULL));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (OrderedSong) song = g_list_model_get_item (list, i);

      g_assert_cmpint (song->number, >=, last);
      last = song->number;
    }
}

/*
 * Checks that both lists of the album are in order.
 */
static void
check_in_order (gpointer album, guint n)
{
  GListModel *songs = G_LIST_MODEL (songs_of (album));
  GListModel *extras = orm_entity_get_collection (album, "extras");
  g_autoptr (OrderedSong) last_song = NULL, last_extra = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (songs), ==, n);
  g_assert_cmpuint (g_list_model_get_n_items (extras), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (OrderedSong) song = g_list_model_get_item (songs, i);
      g_autoptr (OrderedSong) extra = g_list_model_get_item (extras, i);

      g_assert_true (
        last_song == NULL || last_song->number < song->number ||
        (last_song->number == song->number &&
         orm_entity_get_id (ORM_ENTITY (last_song)) < orm_entity_get_id (ORM_ENTITY (song))));
      g_assert_true (last_extra == NULL || strcmp (last_extra->title, extra->title) > 0);
      g_set_object (&last_song, song);
      g_set_object (&last_extra, extra);
    }
}

static void
move_songs (Ordered *ordered, GPtrArray *songs)
{
  for (guint i = 0; i < songs->len; i++)
    {
      if (i % 3 == 0)
        orm_entity_set_int64 (songs->pdata[i], SONG_NUMBER, i * 31 % 1000);
      orm_entity_set_reference (songs->pdata[i], "album", ordered->other);
      orm_entity_set_reference (songs->pdata[i], "bonus-of", ordered->other);
    }
}

/*
 * Many members move to random positions of lists that are too long for memory,
 * and back.
 */
static void
test_many_insertions (Ordered *ordered, gconstpointer data)
{
  g_autoptr (GPtrArray) songs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  guint n = 9000, n_moved = 400;

  g_assert_true (orm_connection_execute (ordered->connection, "DELETE FROM songs", NULL));
  g_assert_true (orm_connection_execute (
    ordered->connection,
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 18000) "
    "INSERT INTO songs (id, title, number, album_id, bonus_of_id) "
    "SELECT i, 't' || (100000 + i * 7919 % 18000), i * 104729 % 1000, 1 + i % 2, 1 + i % 2 FROM n",
    NULL));
  g_assert_true (orm_session_refresh (ordered->session, NULL, NULL));
  for (guint i = 0; i < n_moved; i++)
    g_ptr_array_add (
      songs, orm_session_get (ordered->session, ORDERED_TYPE_SONG, 2 + (i * 7919 % n) * 2, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (songs_of (ordered->other))), ==, n);

  orm_session_begin_group (ordered->session, "Move");
  move_songs (ordered, songs);
  orm_session_end_group (ordered->session);
  check_in_order (ordered->album, n - n_moved);
  check_in_order (ordered->other, n + n_moved);

  g_assert_true (orm_session_flush (ordered->session, &error));
  orm_session_rollback (ordered->session);
  check_in_order (ordered->album, n);
  check_in_order (ordered->other, n);

  orm_session_set_label (ordered->session, "Move");
  move_songs (ordered, songs);
  g_assert_true (orm_session_commit (ordered->session, &error));
  check_in_order (ordered->other, n + n_moved);
  g_ptr_array_set_size (songs, 0);
  g_assert_true (orm_session_undo (ordered->session, &error));
  check_in_order (ordered->album, n);
  g_assert_true (orm_session_redo (ordered->session, &error));
  check_in_order (ordered->other, n + n_moved);
}

static void
test_insertions (Ordered *ordered, gconstpointer data)
{
  g_autoptr (OrderedSong) early = NULL, late = NULL, middle = NULL;

  watch (ordered);
  early = add_song (ordered, ordered->album, "e", 0);
  late = add_song (ordered, ordered->album, "l", 9);
  middle = add_song (ordered, ordered->album, "m", 2);
  assert_titles (ordered->album, "songs", "eaBdmcl");
  g_assert_cmpstr (ordered->log->str, ==, "0-0+1; 5-0+1; 4-0+1; ");

  g_assert_true (orm_session_commit (ordered->session, NULL));
  assert_titles (ordered->album, "songs", "eaBdmcl");
  g_assert_cmpstr (ordered->log->str, ==, "0-0+1; 5-0+1; 4-0+1; ");
}

static void
test_edits (Ordered *ordered, gconstpointer data)
{
  g_autoptr (OrmEntity) first = NULL;

  watch (ordered);
  first = g_list_model_get_item (G_LIST_MODEL (songs_of (ordered->album)), 0);
  g_assert_true (orm_entity_set_int64 (first, SONG_NUMBER, 5));
  assert_titles (ordered->album, "songs", "Bdca");
  g_assert_cmpstr (ordered->log->str, ==, "0-1+0; 3-0+1; ");

  /* A member that keeps its position emits nothing. */
  g_assert_true (orm_entity_set_int64 (first, SONG_NUMBER, 6));
  g_assert_cmpstr (ordered->log->str, ==, "0-1+0; 3-0+1; ");

  assert_titles (ordered->album, "extras", "cBa");
  g_assert_true (orm_entity_set_text (first, SONG_TITLE, "z"));
  assert_titles (ordered->album, "extras", "zcB");
  g_assert_cmpstr (ordered->log->str, ==, "0-1+0; 3-0+1; ");

  orm_session_rollback (ordered->session);
  assert_titles (ordered->album, "songs", "aBdc");
  assert_titles (ordered->album, "extras", "cBa");
}

static void
test_unsaved_before_loading (Ordered *ordered, gconstpointer data)
{
  g_autoptr (OrmEntity) song = orm_session_get (ordered->session, ORDERED_TYPE_SONG, 1, NULL);
  g_autoptr (OrderedSong) fresh = NULL;

  orm_session_set_autoflush (ordered->session, FALSE);
  g_assert_true (orm_entity_set_int64 (song, SONG_NUMBER, 0));
  fresh = add_song (ordered, ordered->album, "f", 2);
  assert_titles (ordered->album, "songs", "caBdf");
}

static void
test_splice_and_replace (Ordered *ordered, gconstpointer data)
{
  g_autoptr (OrderedSong) x = new_song ("x", 0), y = new_song ("y", 7);
  gpointer both[] = { y, x };

  watch (ordered);
  orm_collection_splice (songs_of (ordered->album), 1, 2, both, 2);
  assert_titles (ordered->album, "songs", "xacy");
  orm_collection_replace (songs_of (ordered->album), both, 2);
  assert_titles (ordered->album, "songs", "xy");
}

static void
test_moves_between_lists (Ordered *ordered, gconstpointer data)
{
  g_autoptr (OrmEntity) song = orm_session_get (ordered->session, ORDERED_TYPE_SONG, 3, NULL);
  g_autoptr (OrderedSong) a = add_song (ordered, ordered->other, "q", 1);
  g_autoptr (OrderedSong) b = add_song (ordered, ordered->other, "r", 3);

  watch (ordered);
  g_assert_true (orm_entity_set_reference (song, "album", ordered->other));
  assert_titles (ordered->other, "songs", "qBr");
  assert_titles (ordered->album, "songs", "adc");
  g_assert_true (orm_session_commit (ordered->session, NULL));
  g_assert_true (orm_session_undo (ordered->session, NULL));
  assert_titles (ordered->album, "songs", "aBdc");
}

static void
test_prefetch (Ordered *ordered, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORDERED_TYPE_ALBUM);
  g_autoptr (GListModel) albums = NULL;

  orm_query_prefetch (query, "songs");
  albums = orm_session_find (ordered->session, query, NULL);
  g_assert_nonnull (albums);
  g_assert_true (orm_collection_is_loaded (songs_of (ordered->album)));
  assert_titles (ordered->album, "songs", "aBdc");
}

static void
test_refresh (Ordered *ordered, gconstpointer data)
{
  watch (ordered);
  g_assert_true (orm_connection_execute (ordered->connection,
                                         "UPDATE songs SET number = 0 WHERE title = 'c'", NULL));
  g_assert_true (orm_session_refresh (ordered->session, NULL, NULL));
  assert_titles (ordered->album, "songs", "caBd");
  g_assert_cmpstr (ordered->log->str, ==, "3-1+0; 0-0+1; ");
}

static void
test_transient (Ordered *ordered, gconstpointer data)
{
  g_autoptr (OrderedAlbum) album = g_object_new (ORDERED_TYPE_ALBUM, "title", "Three", NULL);
  g_autoptr (OrderedSong) b = add_song (ordered, album, "b", 2);
  g_autoptr (OrderedSong) a = add_song (ordered, album, "a", 1);

  assert_titles (album, "songs", "ab");
  g_object_set (a, "number", (gint64) 3, NULL);
  assert_titles (album, "songs", "ba");
  g_assert_true (orm_session_add (ordered->session, album, NULL));
  g_assert_true (orm_session_commit (ordered->session, NULL));
  assert_titles (album, "songs", "ba");
}

static void
step (Ordered *ordered)
{
  static const char *const names[] = { "a", "b", "C", "d", "E" };
  GListModel *list = G_LIST_MODEL (songs_of (ordered->album));
  guint n = g_list_model_get_n_items (list);
  g_autoptr (OrmEntity) song =
    n > 0 ? g_list_model_get_item (list, (guint) g_test_rand_int_range (0, (gint) n)) : NULL;
  g_autoptr (OrderedSong) fresh = NULL;

  switch (g_test_rand_int_range (0, 9))
    {
    case 0:
    case 1:
    case 2:
      if (song != NULL)
        orm_entity_set_int64 (song, SONG_NUMBER, g_test_rand_int_range (0, 6));
      break;
    case 3:
      fresh = add_song (ordered, ordered->album, names[g_test_rand_int_range (0, 5)],
                        g_test_rand_int_range (0, 6));
      break;
    case 4:
      if (song != NULL)
        orm_entity_set_reference (song, "album", g_test_rand_bit () ? ordered->other : NULL);
      break;
    case 5:
      if (song != NULL && n > 4)
        g_assert_true (orm_session_delete (ordered->session, song, NULL));
      break;
    case 6:
      orm_session_rollback (ordered->session);
      break;
    case 7:
      g_assert_true (orm_session_commit (ordered->session, NULL));
      break;
    default:
      if (!orm_session_get_dirty (ordered->session))
        orm_session_undo (ordered->session, NULL);
      break;
    }
}

static void
test_random (Ordered *ordered, gconstpointer data)
{
  watch (ordered);

  for (guint i = 0; i < 1500; i++)
    {
      GListModel *list = G_LIST_MODEL (songs_of (ordered->album));
      gboolean is_grouped = g_test_rand_int_range (0, 20) == 0;
      gint64 last = G_MININT64;

      if (is_grouped)
        orm_session_begin_group (ordered->session, "Group");
      for (gint j = is_grouped ? g_test_rand_int_range (1, 9) : 1; j > 0; j--)
        if (!is_grouped)
          step (ordered);
        else
          {
            guint n = g_list_model_get_n_items (list);
            g_autoptr (OrmEntity) song =
              n > 0 ? g_list_model_get_item (list, (guint) g_test_rand_int_range (0, (gint) n))
                    : NULL;

            if (song != NULL)
              orm_entity_set_int64 (song, SONG_NUMBER, g_test_rand_int_range (0, 6));
          }
      if (is_grouped)
        orm_session_end_group (ordered->session);

      g_assert_cmpuint (ordered->shadow->len, ==, g_list_model_get_n_items (list));
      for (guint j = 0; j < ordered->shadow->len; j++)
        {
          OrderedSong *song = ordered->shadow->pdata[j];

          g_assert_cmpint (song->number, >=, last);
          g_assert_true (orm_entity_get_reference (ORM_ENTITY (song), "album") == ordered->album);
          last = song->number;
        }
    }
}

/*
 * The worker sees neither what is uncommitted when it starts nor what is
 * committed before its result arrives, and still all members have their
 * positions.
 */
static void
test_is_read_again (Ordered *ordered, gconstpointer data)
{
  for (gint is_committed = FALSE; is_committed <= TRUE; is_committed++)
    {
      g_autoptr (OrmEntity) c = orm_session_get (ordered->session, ORDERED_TYPE_SONG, 1, NULL);
      g_autoptr (OrmEntity) a = orm_session_get (ordered->session, ORDERED_TYPE_SONG, 2, NULL);
      g_autoptr (OrmEntity) d = orm_session_get (ordered->session, ORDERED_TYPE_SONG, 4, NULL);
      g_autoptr (OrderedSong) middle = NULL, flushed = NULL;
      OrmCollection *songs = songs_of (ordered->album);
      Gate *gate;

      g_object_set (c, "number", G_GINT64_CONSTANT (0), NULL);
      flushed = add_song (ordered, ordered->album, "f", 1);
      g_assert_true (orm_session_flush (ordered->session, NULL));
      watch (ordered);
      _orm_reread_start (songs);
      gate = gate_close (ordered->session);
      gate_wait (gate);
      middle = add_song (ordered, ordered->album, "m", 2);
      g_object_set (a, "number", G_GINT64_CONSTANT (7), NULL);
      orm_entity_set_reference (d, "album", ordered->other);
      if (is_committed)
        g_assert_true (orm_session_commit (ordered->session, NULL));
      assert_titles (ordered->album, "songs", "cfBma");
      g_string_truncate (ordered->log, 0);
      gate_open (gate);
      wait_for_collection (songs);

      assert_titles (ordered->album, "songs", "cfBma");
      g_assert_cmpstr (ordered->log->str, ==, "");
      g_signal_handlers_disconnect_by_data (songs, ordered);
      g_ptr_array_set_size (ordered->shadow, 0);
      orm_session_rollback (ordered->session);
      assert_titles (ordered->album, "songs", is_committed ? "cfBma" : "aBdc");
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Ordered *ordered, gconstpointer data);
  } cases[] = {
    { "reads-in-order", test_reads_in_order },
    { "reads-many-in-order", test_reads_many_in_order },
    { "insertions", test_insertions },
    { "many-insertions", test_many_insertions },
    { "edits", test_edits },
    { "unsaved-before-loading", test_unsaved_before_loading },
    { "splice-and-replace", test_splice_and_replace },
    { "moves-between-lists", test_moves_between_lists },
    { "prefetch", test_prefetch },
    { "refresh", test_refresh },
    { "transient", test_transient },
    { "is-read-again", test_is_read_again },
    { "random", test_random },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/orm/ordered/", cases[i].path, NULL);

      g_test_add (path, Ordered, NULL, set_up, cases[i].test, tear_down);
    }

  g_test_add ("/orm/ordered/file/is-read-again", Ordered, NULL, set_up_file, test_is_read_again,
              tear_down);

  return g_test_run ();
}
