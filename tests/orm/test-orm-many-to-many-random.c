/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "links-fixture.h"

/*
 * Thousands of random changes of items and labels. A table of what is linked
 * is compared with both sides, with a copy of each list made from its
 * emissions, and after each flush with the rows.
 *
 * If a test fails, --seed R02S… with the printed seed repeats it.
 */

#define N_STEPS 6000
#define N_ITEMS 10
#define N_LABELS 7
#define N_ASKED 4

typedef struct
{
  Links base;

  /* Held entities; NULL where there is none. */
  OrmEntity *items[N_ITEMS];
  OrmEntity *labels[N_LABELS];
  gboolean is_linked[N_ITEMS][N_LABELS];

  char *committed; /* the rows after the last commit */
  char *saved;     /* those of the savepoint */
  GPtrArray *undo; /* the rows before each step */
  GPtrArray *redo;

  guint in_group;
  gboolean is_replaying; /* above 0, handlers change nothing */
  guint n_nested;
} State;

static const char rows_sql[] =
  "SELECT coalesce((SELECT group_concat(id, ' ') FROM (SELECT id FROM shelves ORDER BY id)), '') "
  "|| '; ' || coalesce((SELECT group_concat(id || name, ' ') FROM (SELECT id, name FROM items "
  "ORDER BY id)), '') || '; ' || coalesce((SELECT group_concat(id || name, ' ') FROM (SELECT id, "
  "name FROM labels ORDER BY id)), '') || '; ' || coalesce((SELECT group_concat(item_id || ':' || "
  "label_id, ' ') FROM (SELECT * FROM item_labels ORDER BY item_id, label_id)), '')";

static guint
pick (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint32) n);
}

static gboolean
has_row (State *state, gint64 item, gint64 label)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM item_labels WHERE item_id = "
                                          "%" G_GINT64_FORMAT " AND label_id = %" G_GINT64_FORMAT,
                                          item, label);
  g_autofree char *n = links_read (&state->base, sql);

  return g_str_equal (n, "1");
}

static void
forget (State *state)
{
  for (guint i = 0; i < N_ITEMS; i++)
    g_clear_object (&state->items[i]);
  for (guint i = 0; i < N_LABELS; i++)
    g_clear_object (&state->labels[i]);
}

static void
take_all (State *state, GType type, const char *sql, OrmEntity **entities, guint n)
{
  g_autofree char *text = links_read (&state->base, sql);
  g_auto (GStrv) ids = g_strsplit (text, " ", -1);

  for (guint i = 0; *text != '\0' && ids[i] != NULL && i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      entities[i] =
        orm_session_get (state->base.session, type, g_ascii_strtoll (ids[i], NULL, 10), &error);
      g_assert_no_error (error);
      g_assert_nonnull (entities[i]);
    }
}

/*
 * Reads the table of links from the rows.
 */
static void
reload (State *state)
{
  forget (state);
  take_all (state, LINKS_TYPE_ITEM,
            "SELECT coalesce(group_concat(id, ' '), '') FROM (SELECT id FROM items ORDER BY id)",
            state->items, N_ITEMS);
  take_all (state, LINKS_TYPE_LABEL,
            "SELECT coalesce(group_concat(id, ' '), '') FROM (SELECT id FROM labels ORDER BY id)",
            state->labels, N_LABELS);

  for (guint i = 0; i < N_ITEMS; i++)
    for (guint j = 0; j < N_LABELS; j++)
      state->is_linked[i][j] =
        state->items[i] != NULL && state->labels[j] != NULL &&
        has_row (state, orm_entity_get_id (state->items[i]), orm_entity_get_id (state->labels[j]));
}

static void
check_pair (State *state, guint i, guint j)
{
  if (state->items[i] == NULL || state->labels[j] == NULL)
    return;

  g_assert_cmpint (orm_collection_contains (links_labels (state->items[i]), state->labels[j]), ==,
                   state->is_linked[i][j]);
  g_assert_cmpint (orm_collection_contains (links_items (state->labels[j]), state->items[i]), ==,
                   state->is_linked[i][j]);
}

/*
 * Checks that a loaded list has each entity that the table has, once.
 */
static void
check_list (
  State *state, OrmCollection *list, OrmEntity **others, guint n, gboolean *linked, guint stride)
{
  guint n_linked = 0, position;

  if (!orm_collection_is_loaded (list))
    return;

  for (guint i = 0; i < n; i++)
    if (others[i] != NULL)
      {
        gboolean is_linked = linked[i * stride];

        n_linked += is_linked;
        g_assert_cmpint (orm_collection_find (list, others[i], &position), ==, is_linked);
      }

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_linked);
}

static void
check (State *state)
{
  for (guint i = 0; i < N_ASKED; i++)
    check_pair (state, pick (N_ITEMS), pick (N_LABELS));

  for (guint i = 0; i < N_ITEMS; i++)
    if (state->items[i] != NULL)
      check_list (state, links_labels (state->items[i]), state->labels, N_LABELS,
                  state->is_linked[i], 1);
  for (guint j = 0; j < N_LABELS; j++)
    if (state->labels[j] != NULL)
      check_list (state, links_items (state->labels[j]), state->items, N_ITEMS,
                  &state->is_linked[0][j], N_LABELS);

  if (state->in_group == 0)
    links_check (&state->base);
  g_string_truncate (state->base.log, 0);
}

static void
check_rows (State *state)
{
  for (guint i = 0; i < N_ITEMS; i++)
    for (guint j = 0; j < N_LABELS; j++)
      if (state->items[i] != NULL && state->labels[j] != NULL)
        g_assert_cmpint (has_row (state, orm_entity_get_id (state->items[i]),
                                  orm_entity_get_id (state->labels[j])),
                         ==, state->is_linked[i][j]);
}

static void
set_link (State *state, guint i, guint j, gboolean is_linked)
{
  gboolean from_item = pick (2) == 0, was_linked = state->is_linked[i][j], has_changed;
  OrmCollection *list;
  OrmEntity *member;

  if (state->items[i] == NULL || state->labels[j] == NULL)
    return;

  list = from_item ? links_labels (state->items[i]) : links_items (state->labels[j]);
  member = from_item ? state->labels[j] : state->items[i];
  state->is_linked[i][j] = is_linked;
  has_changed =
    is_linked ? orm_collection_append (list, member) : orm_collection_remove (list, member);
  g_assert_cmpint (has_changed, ==, was_linked != is_linked);
}

/*
 * During some emissions, changes another link or reverses this one.
 */
static void
on_changed (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  State *state = data;

  if (state->is_replaying || state->in_group > 0 || state->n_nested > 2 || pick (4) != 0)
    return;

  state->n_nested++;
  set_link (state, pick (N_ITEMS), pick (N_LABELS), pick (2) == 0);
  state->n_nested--;
}

static void
watch (State *state, OrmCollection *list, const char *name)
{
  links_watch (&state->base, list, name);
  g_signal_handlers_disconnect_by_func (list, on_changed, state);
  g_signal_connect (list, "items-changed", G_CALLBACK (on_changed), state);
}

static void
watch_some (State *state)
{
  guint i = pick (N_ITEMS), j = pick (N_LABELS);

  /* In a group, a list emits later what it already has. */
  if (state->in_group > 0)
    return;

  if (state->base.shadows->len > 12)
    g_ptr_array_set_size (state->base.shadows, 0);

  if (state->items[i] != NULL)
    watch (state, links_labels (state->items[i]), "item");
  if (state->labels[j] != NULL)
    watch (state, links_items (state->labels[j]), "label");
}

static void
flush (State *state)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_flush (state->base.session, &error));
  g_assert_no_error (error);
  check_rows (state);
}

static void
commit (State *state)
{
  g_autofree char *rows = NULL;
  gboolean was_replaying = state->is_replaying;

  state->is_replaying = TRUE;
  links_commit (&state->base);
  state->is_replaying = was_replaying;
  g_clear_pointer (&state->saved, g_free);
  check_rows (state);
  g_assert_false (orm_session_get_dirty (state->base.session));

  rows = links_read (&state->base, rows_sql);
  if (g_str_equal (rows, state->committed))
    return;

  g_ptr_array_add (state->undo, g_steal_pointer (&state->committed));
  g_ptr_array_set_size (state->redo, 0);
  state->committed = g_steal_pointer (&rows);
}

static void
check_rows_are (State *state, const char *expected)
{
  g_autofree char *rows = links_read (&state->base, rows_sql);

  g_assert_cmpstr (rows, ==, expected);
}

static void
roll_back (State *state)
{
  g_autoptr (GError) error = NULL;

  if (state->saved != NULL && pick (2) == 0)
    {
      g_assert_true (orm_session_rollback_to (state->base.session, "s", &error));
      check_rows_are (state, state->saved);
      return;
    }

  orm_session_rollback (state->base.session);
  g_clear_pointer (&state->saved, g_free);
  check_rows_are (state, state->committed);
  g_assert_false (orm_session_get_dirty (state->base.session));
}

static void
save (State *state)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_savepoint (state->base.session, "s", &error));
  g_assert_no_error (error);
  g_free (state->saved);
  state->saved = links_read (&state->base, rows_sql);
}

static void
go_back (State *state, gboolean is_undo)
{
  GPtrArray *from = is_undo ? state->undo : state->redo;
  GPtrArray *to = is_undo ? state->redo : state->undo;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (is_undo ? orm_session_can_undo (state->base.session)
                           : orm_session_can_redo (state->base.session),
                   ==, from->len > 0);
  if (from->len == 0)
    return;

  if (is_undo)
    orm_session_undo (state->base.session, &error);
  else
    orm_session_redo (state->base.session, &error);
  g_assert_no_error (error);

  g_ptr_array_add (to, g_steal_pointer (&state->committed));
  state->committed = g_ptr_array_steal_index (from, from->len - 1);
  check_rows_are (state, state->committed);
}

static guint
find_free (OrmEntity **entities, guint n)
{
  guint i = 0;

  while (i < n && entities[i] != NULL)
    i++;
  return i;
}

/*
 * Adds a new entity and links it, before it is in the session or as its way
 * into it.
 */
static void
add_new (State *state)
{
  gboolean is_item = pick (2) == 0;
  OrmEntity **entities = is_item ? state->items : state->labels;
  guint n = is_item ? N_ITEMS : N_LABELS, i = find_free (entities, n);
  g_autofree char *name = g_strdup_printf ("n%u", g_test_rand_int ());
  g_autoptr (GError) error = NULL;

  if (i == n)
    return;

  entities[i] = links_new (is_item ? LINKS_TYPE_ITEM : LINKS_TYPE_LABEL, name);
  for (guint j = 0; j < (is_item ? N_LABELS : N_ITEMS); j++)
    *(is_item ? &state->is_linked[i][j] : &state->is_linked[j][i]) = FALSE;

  for (guint k = pick (4); k > 0; k--)
    if (is_item)
      set_link (state, i, pick (N_LABELS), TRUE);
    else
      set_link (state, pick (N_ITEMS), i, TRUE);

  orm_session_add (state->base.session, entities[i], &error);
  g_assert_no_error (error);
}

static void
clear_deleted (State *state)
{
  for (guint i = 0; i < N_ITEMS; i++)
    if (state->items[i] != NULL && orm_entity_get_session (state->items[i]) == NULL)
      g_clear_object (&state->items[i]);
    else if (state->items[i] != NULL &&
             orm_entity_get_state (state->items[i]) == ORM_ENTITY_DELETED)
      g_clear_object (&state->items[i]);
  for (guint i = 0; i < N_LABELS; i++)
    if (state->labels[i] != NULL && (orm_entity_get_session (state->labels[i]) == NULL ||
                                     orm_entity_get_state (state->labels[i]) == ORM_ENTITY_DELETED))
      g_clear_object (&state->labels[i]);

  for (guint i = 0; i < N_ITEMS; i++)
    for (guint j = 0; j < N_LABELS; j++)
      if (state->items[i] == NULL || state->labels[j] == NULL)
        state->is_linked[i][j] = FALSE;
}

/*
 * Deletes an entity. If it is added again, with a row or without, it has its
 * old links.
 */
static void
delete_one (State *state)
{
  g_autoptr (OrmEntity) entity = NULL;
  g_autoptr (GError) error = NULL;
  guint which = pick (8);

  if (which == 0)
    entity = orm_session_get (state->base.session, LINKS_TYPE_SHELF, 1 + pick (2), &error);
  else if (which < 5)
    g_set_object (&entity, state->items[pick (N_ITEMS)]);
  else
    g_set_object (&entity, state->labels[pick (N_LABELS)]);
  g_assert_no_error (error);
  if (entity == NULL)
    return;

  /* Handlers must not link an entity that is being deleted. */
  state->is_replaying = TRUE;
  g_assert_true (orm_session_delete (state->base.session, entity, &error));
  if (which > 0 && pick (3) == 0)
    g_assert_true (orm_session_add (state->base.session, entity, &error));
  state->is_replaying = FALSE;
  clear_deleted (state);
}

static void
reorder (State *state)
{
  guint i = pick (N_ITEMS), n, position;
  OrmCollection *list;

  if (state->items[i] == NULL)
    return;

  list = links_labels (state->items[i]);
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  state->is_replaying = TRUE;
  if (n > 1)
    {
      position = pick (n);
      orm_collection_move (list, pick (n), position);
    }
  state->is_replaying = FALSE;
}

static void
replace (State *state)
{
  guint j = pick (N_LABELS), n = 0;
  gpointer wanted[N_ITEMS];

  if (state->labels[j] == NULL)
    return;

  for (guint i = 0; i < N_ITEMS; i++)
    {
      state->is_linked[i][j] = state->items[i] != NULL && pick (2) == 0;
      if (state->is_linked[i][j])
        wanted[n++] = state->items[i];
    }

  state->is_replaying = TRUE;
  orm_collection_replace (links_items (state->labels[j]), wanted, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (OrmEntity) item =
        g_list_model_get_item (G_LIST_MODEL (links_items (state->labels[j])), i);

      g_assert_true (item == wanted[i]);
    }
  state->is_replaying = FALSE;
}

/*
 * Another program adds or removes a link, or deletes a row.
 */
static void
change_elsewhere (State *state)
{
  guint i = pick (N_ITEMS), j = pick (N_LABELS);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  if (state->items[i] == NULL || state->labels[j] == NULL)
    return;

  if (pick (4) == 0)
    sql = g_strdup_printf ("DELETE FROM items WHERE id = %" G_GINT64_FORMAT,
                           orm_entity_get_id (state->items[i]));
  else
    sql = g_strdup_printf (
      state->is_linked[i][j] ? "DELETE FROM item_labels WHERE item_id = %" G_GINT64_FORMAT
                               " AND label_id = %" G_GINT64_FORMAT
                             : "INSERT INTO item_labels VALUES (%" G_GINT64_FORMAT
                               ", %" G_GINT64_FORMAT ")",
      orm_entity_get_id (state->items[i]), orm_entity_get_id (state->labels[j]));
  links_elsewhere (&state->base, sql);
  g_assert_true (orm_session_merge (state->base.session, NULL, &error));
  g_assert_no_error (error);

  orm_session_clear_history (state->base.session);
  g_ptr_array_set_size (state->undo, 0);
  g_ptr_array_set_size (state->redo, 0);
  g_free (state->committed);
  state->committed = links_read (&state->base, rows_sql);
}

static void
edit (State *state)
{
  guint which = pick (20);

  if (which < 14)
    set_link (state, pick (N_ITEMS), pick (N_LABELS), pick (2) == 0);
  else if (which < 16)
    add_new (state);
  else if (which < 17)
    delete_one (state);
  else if (which < 18)
    reorder (state);
  else if (which < 19)
    replace (state);
  else
    watch_some (state);
}

static void
edit_in_group (State *state)
{
  state->in_group++;
  orm_session_begin_group (state->base.session, "Group");
  for (guint i = pick (8); i > 0; i--)
    {
      edit (state);
      check (state);
    }
  state->is_replaying = TRUE;
  orm_session_end_group (state->base.session);
  state->is_replaying = FALSE;
  state->in_group--;
}

/*
 * Makes the table, memory and the rows equal: by a commit, a rollback, undo or
 * redo.
 */
static void
settle (State *state)
{
  guint which = pick (10);

  state->is_replaying = TRUE;
  if (which >= 3 && which < 9)
    commit (state);
  if (which < 3)
    roll_back (state);
  else if (which < 6)
    go_back (state, TRUE);
  else if (which < 8)
    go_back (state, FALSE);
  else if (which < 9)
    change_elsewhere (state);
  else
    {
      /* Only what the session holds stays in memory. */
      flush (state);
      g_ptr_array_set_size (state->base.shadows, 0);
    }
  reload (state);
  state->is_replaying = FALSE;
}

static void
step (State *state)
{
  guint which = pick (40);

  if (which < 30)
    edit (state);
  else if (which < 32)
    edit_in_group (state);
  else if (which < 33)
    flush (state);
  else if (which < 35)
    commit (state);
  else if (which < 36)
    save (state);
  else if (which < 37)
    orm_session_set_autoflush (state->base.session, pick (2) == 0);
  else
    settle (state);

  check (state);
}

static void
set_up (State *state, gconstpointer data)
{
  links_set_up_file (&state->base, data);
  orm_session_set_undo_limit (state->base.session, N_STEPS);
  state->committed = links_read (&state->base, rows_sql);
  state->undo = g_ptr_array_new_with_free_func (g_free);
  state->redo = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (state->base.item); i++)
    g_clear_object (&state->base.item[i]);
  for (guint i = 0; i < G_N_ELEMENTS (state->base.label); i++)
    g_clear_object (&state->base.label[i]);
  reload (state);
}

static void
tear_down (State *state, gconstpointer data)
{
  state->is_replaying = TRUE;
  forget (state);
  g_free (state->committed);
  g_free (state->saved);
  g_ptr_array_unref (state->undo);
  g_ptr_array_unref (state->redo);
  g_ptr_array_set_size (state->base.shadows, 0);
  links_tear_down (&state->base, data);
}

static void
test_random (State *state, gconstpointer data)
{
  for (guint i = 0; i < N_STEPS; i++)
    step (state);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/orm/many-to-many/random", State, NULL, set_up, test_random, tear_down);

  return g_test_run ();
}
