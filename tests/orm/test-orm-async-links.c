/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "links-fixture.h"
#include "orm-async-fixture.h"
#include "orm-query-model-private.h"
#include "orm-query-model.h"
#include "orm-reread-private.h"
#include "orm-session-query.h"

#include <stdlib.h>

/*
 * Many-to-many lists, and queries over links, while the worker reads them
 * again. If the random test fails, --seed= with the printed seed repeats it.
 */

typedef enum
{
  READS_BEFORE, /* what changes */
  READS_AFTER,
  N_MOMENTS
} Moment;

/* The many-to-many lists that are read, and the queries over them. */
#define N_ITEMS 5
#define N_LABELS 4
#define N_LISTS (N_ITEMS + N_LABELS)
#define N_QUERIES 4

static void
set_up_unread (Links *links, gconstpointer data)
{
  links_set_up (links, data);
  links_reopen (links);
  links_load_objects (links);
}

static void
set_up_file (Links *links, gconstpointer data)
{
  links_set_up_file (links, data);
  links_reopen (links);
  links_load_objects (links);
}

static void
tear_down (Links *links, gconstpointer data)
{
  drain ();
  orm_session_close (links->session);
  drain ();
  g_ptr_array_set_size (links->shadows, 0);
  links_tear_down (links, data);
  drain ();
}

/*
 * Reads the labels of the first item and the items of the first label again,
 * and calls @change before or after the worker has read.
 */
static void
reload_while (Links *links, Moment moment, void (*change) (Links *links))
{
  OrmCollection *labels = links_labels (links->item[1]), *items = links_items (links->label[1]);
  Gate *gate = moment == READS_AFTER ? gate_close (links->session) : NULL;

  links_watch (links, links_friends (links->person[4]), "other");
  links_watch (links, labels, "a");
  links_watch (links, items, "red");
  _orm_reread_start (labels);
  _orm_reread_start (items);
  if (moment == READS_BEFORE)
    {
      gate = gate_close (links->session);
      gate_wait (gate);
    }

  change (links);
  gate_open (gate);
  wait_for_collection (labels);
  wait_for_collection (items);
  links_check (links);
}

static void
again (Links *links)
{
  links_reopen (links);
  links_load_objects (links);
}

static void
nothing (Links *links)
{
}

static void
test_nothing (Links *links, gconstpointer data)
{
  OrmCollection *friends = links_friends (links->person[1]);

  reload_while (links, READS_BEFORE, nothing);
  links_assert_log (links, "");
  links_assert_ids (links_labels (links->item[1]), "1 2");
  links_assert_ids (links_items (links->label[1]), "1 2 3");

  links_assert_ids (friends, "2 3");
  _orm_reread_start (friends);
  wait_for_collection (friends);
  links_assert_ids (friends, "2 3");
  links_assert_ids (links_friend_of (links->person[1]), "2");
}

static void
change_links (Links *links)
{
  orm_collection_append (links_labels (links->item[1]), links->label[3]);
  orm_collection_remove (links_items (links->label[2]), links->item[1]);
  orm_collection_append (links_labels (links->item[4]), links->label[1]);
  orm_collection_remove (links_items (links->label[1]), links->item[2]);
}

static void
flush_links (Links *links)
{
  change_links (links);
  g_assert_true (orm_session_flush (links->session, NULL));
}

static void
commit_links (Links *links)
{
  change_links (links);
  links_commit (links);
}

static void
undo_links (Links *links)
{
  commit_links (links);
  g_assert_true (orm_session_undo (links->session, NULL));
}

static void
roll_back_links (Links *links)
{
  flush_links (links);
  orm_session_rollback (links->session);
}

/*
 * Links change at each stage of the read.
 */
static void
test_change (Links *links, gconstpointer data)
{
  void (*const changes[]) (Links *) = { change_links, flush_links, commit_links };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    for (Moment moment = READS_BEFORE; moment < N_MOMENTS; moment++)
      {
        again (links);
        reload_while (links, moment, changes[i]);
        links_assert_ids (links_labels (links->item[1]), "1 3");
        links_assert_ids (links_items (links->label[1]), "1 3 4");
        if (changes[i] == commit_links)
          orm_session_undo (links->session, NULL);
        else
          orm_session_rollback (links->session);
        links_assert_ids (links_labels (links->item[1]), "1 2");
        links_assert_ids (links_items (links->label[1]), "1 2 3");
        links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3");
      }
}

static void
test_change_and_back (Links *links, gconstpointer data)
{
  for (Moment moment = READS_BEFORE; moment < N_MOMENTS; moment++)
    {
      again (links);
      reload_while (links, moment, undo_links);
      links_assert_ids (links_labels (links->item[1]), "1 2");
      links_assert_ids (links_items (links->label[1]), "1 2 3");
      again (links);
      reload_while (links, moment, roll_back_links);
      links_assert_ids (links_labels (links->item[1]), "1 2");
      links_assert_ids (links_items (links->label[1]), "1 2 3");
    }
}

/*
 * The worker does not see what is uncommitted when the read starts.
 */
static void
test_uncommitted (Links *links, gconstpointer data)
{
  void (*const changes[]) (Links *) = { change_links, flush_links };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      again (links);
      changes[i](links);
      reload_while (links, READS_BEFORE, nothing);
      links_assert_ids (links_labels (links->item[1]), "1 3");
      links_assert_ids (links_items (links->label[1]), "1 3 4");
      orm_session_rollback (links->session);
      links_assert_ids (links_labels (links->item[1]), "1 2");
      links_assert_ids (links_items (links->label[1]), "1 2 3");
    }
}

static void
add_and_delete (Links *links)
{
  g_autoptr (LinksLabel) label = links_new (LINKS_TYPE_LABEL, "new");

  g_assert_true (orm_collection_append (links_labels (links->item[1]), label));
  g_assert_true (orm_session_delete (links->session, links->label[2], NULL));
  g_assert_true (orm_session_delete (links->session, links->item[3], NULL));
}

static void
add_and_flush (Links *links)
{
  add_and_delete (links);
  g_assert_true (orm_session_flush (links->session, NULL));
}

static void
add_and_commit (Links *links)
{
  add_and_delete (links);
  links_commit (links);
}

/*
 * Rows are added and deleted together with their links.
 */
static void
test_rows (Links *links, gconstpointer data)
{
  void (*const changes[]) (Links *) = { add_and_delete, add_and_flush, add_and_commit };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    for (Moment moment = READS_BEFORE; moment < N_MOMENTS; moment++)
      {
        again (links);
        reload_while (links, moment, changes[i]);
        g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (links_labels (links->item[1]))),
                          ==, 2);
        links_assert_ids (links_items (links->label[1]), "1 2");
        if (changes[i] == add_and_commit)
          g_assert_true (orm_session_undo (links->session, NULL));
        else
          orm_session_rollback (links->session);
        links_assert_ids (links_labels (links->item[1]), "1 2");
        links_assert_ids (links_items (links->label[1]), "1 2 3");
        links_assert_rows (links, "1:1 1:2 2:1 3:1 3:3");
      }
}

/*
 * The owner leaves the session while its members are read.
 */
static void
test_owner_gone (Links *links, gconstpointer data)
{
  OrmCollection *list = links_labels (links->item[1]);

  links_assert_ids (list, "1 2");
  _orm_reread_start (list);
  g_assert_true (orm_session_delete (links->session, links->item[1], NULL));
  links_commit (links);
  wait_for_collection (list);
  links_assert_ids (list, "");
}

/*
 * Another program changes links, and the session merges that while it reads.
 */
static void
change_elsewhere (Links *links)
{
  g_autoptr (GError) error = NULL;

  links_elsewhere (links, "INSERT INTO item_labels (item_id, label_id) VALUES (1, 4), (5, 1)");
  links_elsewhere (links, "DELETE FROM item_labels WHERE (item_id, label_id) IN ((1, 2), (2, 1))");
  g_assert_true (orm_session_merge (links->session, NULL, &error));
  g_assert_no_error (error);
}

static void
test_elsewhere (Links *links, gconstpointer data)
{
  if (links->path == NULL)
    return;

  reload_while (links, READS_BEFORE, change_elsewhere);
  links_assert_ids (links_labels (links->item[1]), "1 4");
  links_assert_ids (links_items (links->label[1]), "1 3 5");
}

static OrmQuery *
new_query (guint i)
{
  OrmQuery *query = orm_query_new (i == 1   ? LINKS_TYPE_LABEL
                                   : i == 3 ? LINKS_TYPE_SHELF
                                            : LINKS_TYPE_ITEM);

  switch (i)
    {
    case 0:
      return orm_query_where (query, "labels.name", ORM_STARTS_WITH, "r");
    case 1:
      return orm_query_where (query, "items.id", ORM_EQUAL, G_GINT64_CONSTANT (1));
    case 2:
      return orm_query_where (query, "labels.items.id", ORM_EQUAL, G_GINT64_CONSTANT (3));
    default:
      return orm_query_where (query, "items.labels.name", ORM_STARTS_WITH, "r");
    }
}

static GListModel *
observe (Links *links, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  GListModel *list = orm_session_observe (links->session, query, &error);

  g_assert_no_error (error);
  return list;
}

static GListModel *
reread_while (Links *links, OrmQuery *query, Moment moment, void (*change) (Links *links))
{
  GListModel *list = observe (links, query);
  Gate *gate = moment == READS_AFTER ? gate_close (links->session) : NULL;

  _orm_query_model_reread_async (ORM_QUERY_MODEL (list));
  if (moment == READS_BEFORE)
    {
      gate = gate_close (links->session);
      gate_wait (gate);
    }

  change (links);
  gate_open (gate);
  wait_for_list (list);
  return list;
}

/*
 * A query over links notices that a link has changed.
 */
static void
test_query (Links *links, gconstpointer data)
{
  static const char *const expected[] = { "1 3 4", "1 3", "1 3 4", "1 2" };

  for (guint i = 0; i < N_QUERIES; i++)
    for (Moment moment = READS_BEFORE; moment < N_MOMENTS; moment++)
      {
        g_autoptr (OrmQuery) query = NULL;
        g_autoptr (GListModel) list = NULL, found = NULL;

        again (links);
        query = new_query (i);
        list = reread_while (links, query, moment, commit_links);
        links_assert_ids (list, expected[i]);
        g_assert_true (orm_session_undo (links->session, NULL));
        found = orm_session_find (links->session, query, NULL);
        g_assert_cmpuint (g_list_model_get_n_items (list), ==, g_list_model_get_n_items (found));

        g_clear_object (&list);
        list = reread_while (links, query, moment, change_links);
        g_assert_true (orm_session_flush (links->session, NULL));
        links_assert_ids (list, expected[i]);
        orm_session_rollback (links->session);
      }
}

/*
 * Random changes while random lists are read.
 */

typedef struct
{
  Links *links;
  OrmEntity *owners[N_LISTS];
  Listener listeners[N_LISTS];
  OrmQuery *queries[N_QUERIES];
  GListModel *lists[N_QUERIES];
  GString *history;
  guint n_new;
} Round;

static gpointer
dup_random (Round *round, GType type)
{
  return orm_session_get (round->links->session, type, g_test_rand_int_range (1, 9), NULL);
}

static void
change_link (Round *round, gint what)
{
  g_autoptr (OrmEntity) item = dup_random (round, LINKS_TYPE_ITEM);
  g_autoptr (OrmEntity) label = dup_random (round, LINKS_TYPE_LABEL);

  if (item == NULL || label == NULL)
    return;

  g_string_append_printf (round->history, "link %d %d:%d; ", what, (int) orm_entity_get_id (item),
                          (int) orm_entity_get_id (label));
  if (what % 2 == 0)
    orm_collection_append (links_labels (item), label);
  else
    orm_collection_remove (links_items (label), item);
}

static void
add_row (Round *round)
{
  gboolean is_item = g_test_rand_bit ();
  g_autofree char *name = g_strdup_printf ("r%u", round->n_new++);
  g_autoptr (OrmEntity) other = dup_random (round, is_item ? LINKS_TYPE_LABEL : LINKS_TYPE_ITEM);
  g_autoptr (OrmEntity) entity = links_new (is_item ? LINKS_TYPE_ITEM : LINKS_TYPE_LABEL, name);

  g_string_append (round->history, "add; ");
  if (other != NULL)
    orm_collection_append (is_item ? links_labels (entity) : links_items (entity), other);
  orm_session_add (round->links->session, entity, NULL);
}

static void
delete_row (Round *round)
{
  g_autoptr (OrmEntity) entity =
    dup_random (round, g_test_rand_bit () ? LINKS_TYPE_ITEM : LINKS_TYPE_LABEL);

  if (entity == NULL)
    return;

  g_string_append_printf (round->history, "delete %s %d; ", G_OBJECT_TYPE_NAME (entity),
                          (int) orm_entity_get_id (entity));
  orm_session_delete (round->links->session, entity, NULL);
  if (g_test_rand_int_range (0, 3) == 0)
    g_assert_true (orm_session_add (round->links->session, entity, NULL));
}

static void
change (Round *round)
{
  OrmSession *session = round->links->session;
  gint what = g_test_rand_int_range (0, 16);

  g_string_append_printf (round->history, "%d; ", what);
  if (what == 0)
    links_commit (round->links);
  else if (what == 1)
    g_assert_true (orm_session_flush (session, NULL));
  else if (what == 2)
    orm_session_rollback (session);
  else if (what == 3)
    orm_session_undo (session, NULL);
  else if (what == 4)
    orm_session_redo (session, NULL);
  else if (what == 5)
    g_main_context_iteration (NULL, FALSE);
  else if (what == 6)
    add_row (round);
  else if (what == 7)
    delete_row (round);
  else
    change_link (round, what);
}

static OrmCollection *
list_of (Round *round, guint i)
{
  return i < N_ITEMS ? links_labels (round->owners[i]) : links_items (round->owners[i]);
}

static void
observe_all (Round *round)
{
  for (guint i = 0; i < N_LISTS; i++)
    {
      round->owners[i] =
        orm_session_get (round->links->session, i < N_ITEMS ? LINKS_TYPE_ITEM : LINKS_TYPE_LABEL,
                         i < N_ITEMS ? i + 1 : i - N_ITEMS + 1, NULL);
      if (round->owners[i] != NULL)
        listener_init (&round->listeners[i], list_of (round, i));
    }

  for (guint i = 0; i < N_QUERIES; i++)
    {
      round->queries[i] = new_query (i);
      round->lists[i] = observe (round->links, round->queries[i]);
    }
}

static void
reread_all (Round *round)
{
  g_string_append (round->history, "asked; ");
  for (guint i = 0; i < N_LISTS; i++)
    if (round->owners[i] != NULL)
      _orm_reread_start (list_of (round, i));
  for (guint i = 0; i < N_QUERIES; i++)
    _orm_query_model_reread_async (ORM_QUERY_MODEL (round->lists[i]));
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return atoi (*(char *const *) a) - atoi (*(char *const *) b);
}

static char *
dup_sorted_ids (gpointer list)
{
  g_autofree char *ids = links_ids (list);
  g_auto (GStrv) numbers = g_strsplit (ids, " ", -1);

  qsort (numbers, g_strv_length (numbers), sizeof (char *), compare_numbers);
  return g_strjoinv (" ", numbers);
}

static void
check_list (Round *round, guint i)
{
  gint64 id = orm_entity_get_id (round->owners[i]);
  g_autofree char *is = NULL, *should = NULL, *sql = NULL;

  listener_check (&round->listeners[i]);
  if (orm_entity_get_state (round->owners[i]) != ORM_ENTITY_PERSISTENT)
    return;

  sql = g_strdup_printf ("SELECT coalesce(group_concat(n, ' '), '') FROM (SELECT %s AS n FROM "
                         "item_labels WHERE %s = %" G_GINT64_FORMAT " ORDER BY n)",
                         i < N_ITEMS ? "label_id" : "item_id", i < N_ITEMS ? "item_id" : "label_id",
                         id);
  should = links_read (round->links, sql);
  is = dup_sorted_ids (list_of (round, i));
  if (g_strcmp0 (is, should) != 0)
    g_test_message ("list %u after %s", i, round->history->str);
  g_assert_cmpstr (is, ==, should);
}

static void
check_query (Round *round, guint i, GListModel *list)
{
  g_autoptr (GListModel) truth = orm_session_find (round->links->session, round->queries[i], NULL);
  g_autofree char *is = links_ids (list), *should = links_ids (truth);

  if (g_strcmp0 (is, should) != 0)
    g_test_message ("query %u after %s", i, round->history->str);
  g_assert_cmpstr (is, ==, should);
}

static void
wait_and_check (Round *round)
{
  for (guint i = 0; i < N_LISTS; i++)
    if (round->owners[i] != NULL)
      wait_for_collection (list_of (round, i));
  for (guint i = 0; i < N_QUERIES; i++)
    wait_for_list (round->lists[i]);

  for (guint pass = 0; pass < 2; pass++)
    {
      links_commit (round->links);
      for (guint i = 0; i < N_LISTS; i++)
        if (round->owners[i] != NULL)
          check_list (round, i);
      for (guint i = 0; i < N_QUERIES; i++)
        check_query (round, i, round->lists[i]);
      for (guint i = 0; i < 3; i++)
        change (round);
    }
}

static void
run_round (Round *round)
{
  Moment moment = g_test_rand_bit () ? READS_BEFORE : READS_AFTER;
  Gate *gate = NULL;

  links_reopen (round->links);
  g_string_truncate (round->history, 0);
  orm_session_set_autoflush (round->links->session, g_test_rand_bit ());
  observe_all (round);
  for (gint i = g_test_rand_int_range (-2, 4); i > 0; i--)
    change (round);

  if (moment == READS_AFTER)
    gate = gate_close (round->links->session);
  reread_all (round);
  if (moment == READS_BEFORE)
    {
      gate = gate_close (round->links->session);
      gate_wait (gate);
    }

  for (gint i = g_test_rand_int_range (0, 8); i > 0; i--)
    change (round);
  gate_open (gate);
  wait_and_check (round);

  for (guint i = 0; i < N_LISTS; i++)
    {
      listener_clear (&round->listeners[i]);
      g_clear_object (&round->owners[i]);
    }
  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_clear_object (&round->queries[i]);
      g_clear_object (&round->lists[i]);
    }
  links_commit (round->links);
  drain ();
}

static void
test_random (Links *links, gconstpointer data)
{
  Round round = { .links = links };

  round.history = g_string_new (NULL);
  for (guint i = 0; i < (g_test_thorough () ? 1000 : 100); i++)
    run_round (&round);
  g_string_free (round.history, TRUE);
}

typedef struct
{
  const char *name;
  void (*func) (Links *links, gconstpointer data);
} Case;

static const Case cases[] = {
  { "nothing", test_nothing },
  { "change", test_change },
  { "change-and-back", test_change_and_back },
  { "uncommitted", test_uncommitted },
  { "rows", test_rows },
  { "owner-gone", test_owner_gone },
  { "elsewhere", test_elsewhere },
  { "query", test_query },
  { "random", test_random },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strconcat ("/orm/async-links/file/", cases[i].name, NULL);
      g_autofree char *memory = g_strconcat ("/orm/async-links/memory/", cases[i].name, NULL);

      g_test_add (file, Links, NULL, set_up_file, cases[i].func, tear_down);
      g_test_add (memory, Links, NULL, set_up_unread, cases[i].func, tear_down);
    }

  return g_test_run ();
}
