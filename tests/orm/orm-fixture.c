/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-connection-private.h"
#include "orm-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

struct _FixtureUser
{
  OrmEntity parent_instance;

  char *email;
  char *name;
};

struct _FixtureCategory
{
  OrmEntity parent_instance;

  char *name;
  char *color;
};

struct _FixtureExpense
{
  OrmEntity parent_instance;

  char *description;
  gint64 amount;
  GDate *date;
};

G_DEFINE_FINAL_TYPE (FixtureUser, fixture_user, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (FixtureCategory, fixture_category, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (FixtureExpense, fixture_expense, ORM_TYPE_ENTITY)

static const OrmColumn user_columns[] = {
  ORM_COLUMN ("email",
              TEXT,
              FixtureUser,
              email,
              .flags = ORM_COLUMN_UNIQUE | ORM_COLUMN_NOT_NULL,
              .max_length = 100),
  ORM_COLUMN ("name", TEXT, FixtureUser, name, .flags = ORM_COLUMN_NOT_NULL, .max_length = 100),
};

static const OrmColumn category_columns[] = {
  ORM_COLUMN ("name",
              TEXT,
              FixtureCategory,
              name,
              .flags = ORM_COLUMN_UNIQUE | ORM_COLUMN_NOT_NULL,
              .max_length = 50),
  ORM_COLUMN (
    "color", TEXT, FixtureCategory, color, .pattern = "#[0-9A-Fa-f]{6}", .fallback = "#FF6B6B"),
};

static const OrmColumn expense_columns[] = {
  ORM_COLUMN ("description",
              TEXT,
              FixtureExpense,
              description,
              .flags = ORM_COLUMN_NOT_NULL,
              .max_length = 200),
  ORM_COLUMN ("amount",
              INT64,
              FixtureExpense,
              amount,
              .minimum = -G_GINT64_CONSTANT (9999999999),
              .maximum = G_GINT64_CONSTANT (9999999999)),
  ORM_COLUMN ("date", DATE, FixtureExpense, date, .flags = ORM_COLUMN_INDEXED, .fallback = "today"),
};

static const OrmRelationship user_relationships[] = {
  ORM_TO_MANY ("expenses",
               fixture_expense_get_type,
               "user",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DELETE_ORPHAN),
};

static const OrmRelationship category_relationships[] = {
  ORM_TO_MANY ("expenses",
               fixture_expense_get_type,
               "category",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DELETE_ORPHAN),
};

static const OrmRelationship expense_relationships[] = {
  ORM_TO_ONE (
    "user", fixture_user_get_type, "expenses", "user_id", .flags = ORM_RELATIONSHIP_NOT_NULL),
  ORM_TO_ONE ("category",
              fixture_category_get_type,
              "expenses",
              "category_id",
              .flags = ORM_RELATIONSHIP_NOT_NULL),
};

static void
fixture_user_class_init (FixtureUserClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "users", user_columns, G_N_ELEMENTS (user_columns));
  orm_entity_class_map_relationships (entity_class, user_relationships,
                                      G_N_ELEMENTS (user_relationships));
}

static void
fixture_user_init (FixtureUser *self)
{
}

/*
 * A category rejects an expense with the word "rejected".
 */
static gboolean
fixture_category_validate (OrmEntity *entity,
                           const char *property,
                           const GValue *value,
                           GError **error)
{
  FixtureExpense *expense;

  if (g_strcmp0 (property, "expenses") != 0)
    return TRUE;

  expense = g_value_get_object (value);
  if (g_strcmp0 (expense->description, "rejected") != 0)
    return TRUE;

  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_VALIDATION, "The category rejects it");
  return FALSE;
}

static void
fixture_category_class_init (FixtureCategoryClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = fixture_category_validate;

  orm_entity_class_map (entity_class, "categories", category_columns,
                        G_N_ELEMENTS (category_columns));
  orm_entity_class_map_relationships (entity_class, category_relationships,
                                      G_N_ELEMENTS (category_relationships));
}

static void
fixture_category_init (FixtureCategory *self)
{
}

static gboolean
fixture_expense_validate (OrmEntity *entity,
                          const char *property,
                          const GValue *value,
                          GError **error)
{
  if (g_strcmp0 (property, "amount") != 0 || g_value_get_int64 (value) != -1)
    return TRUE;

  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_VALIDATION, "-1 is not an amount");
  return FALSE;
}

static void
fixture_expense_class_init (FixtureExpenseClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = fixture_expense_validate;

  orm_entity_class_map (entity_class, "expenses", expense_columns, G_N_ELEMENTS (expense_columns));
  orm_entity_class_map_relationships (entity_class, expense_relationships,
                                      G_N_ELEMENTS (expense_relationships));
}

static void
fixture_expense_init (FixtureExpense *self)
{
}

/* A copy of a list, updated only from its emissions. */
typedef struct
{
  Fixture *fixture;
  gpointer owner;
  char *name;
  GPtrArray *items;
  GListModel *list;
} Shadow;

static const char *const rows[] = {
  "INSERT INTO users (id, email, name) VALUES (1, 'alice@example.com', 'Alice'), "
  "(2, 'bob@example.com', 'Bob')",
  "INSERT INTO categories (id, name, color) VALUES (1, 'Food', '#FF6B6B'), "
  "(2, 'Entertainment', '#4ECDC4'), (3, 'Transportation', '#45B7D1'), (4, 'Empty', '#FFFFFF')",
  "INSERT INTO expenses (id, user_id, category_id, description, amount, date) VALUES "
  "(1, 1, 1, 'Groceries', 5250, '2026-11-01'), (2, 1, 1, 'Lunch', 1875, '2026-11-02'), "
  "(3, 1, 3, 'Gas', 4500, '2026-11-03'), (5, 2, 1, 'Lunch', 2500, '2026-11-05'), "
  "(6, 2, 1, 'Dinner', 3000, '2026-11-06'), (7, 2, 2, 'Concert', 5000, '2026-11-07')",
};

static void
open_session (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = fixture->path != NULL ? g_strconcat ("sqlite:", fixture->path, NULL)
                                               : g_strdup ("sqlite::memory:");

  if (fixture->connection == NULL)
    fixture->connection = orm_connection_open (uri, &error);
  g_assert_no_error (error);

  fixture->session = orm_session_new (fixture->connection, FIXTURE_TYPE_USER, FIXTURE_TYPE_CATEGORY,
                                      FIXTURE_TYPE_EXPENSE, G_TYPE_INVALID);
  g_assert_nonnull (fixture->session);
}

static void
fill (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  orm_session_create_tables (fixture->session, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      orm_connection_execute (fixture->connection, rows[i], &error);
      g_assert_no_error (error);
    }
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
prepare (Fixture *fixture)
{
  fixture->log = g_string_new (NULL);
  fixture->sql = g_string_new (NULL);
  fixture->tracked = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->shadows = g_ptr_array_new_with_free_func ((GDestroyNotify) shadow_free);
  open_session (fixture);
  fill (fixture);
  fixture_load_objects (fixture);
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  prepare (fixture);
}

/*
 * Like fixture_set_up(), but in a file, so that another connection can write
 * to it.
 */
void
fixture_set_up_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("orm-XXXXXX", NULL);

  fixture->path = g_build_filename (folder, "book", NULL);
  prepare (fixture);
}

static void
forget_objects (Fixture *fixture)
{
  g_clear_object (&fixture->alice);
  g_clear_object (&fixture->bob);
  g_clear_object (&fixture->food);
  g_clear_object (&fixture->entertainment);
  g_clear_object (&fixture->transportation);
  g_clear_object (&fixture->empty);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->e); i++)
    g_clear_object (&fixture->e[i]);
}

static void
remove_file (Fixture *fixture)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (fixture->path, endings[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  OrmSession *session = fixture->session;

  fixture_check_at_rest (fixture);
  g_ptr_array_unref (fixture->shadows);
  g_ptr_array_unref (fixture->tracked);
  forget_objects (fixture);

  /* A remaining reference to the session is a leak. */
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_clear_object (&fixture->session);
  g_assert_null (session);

  g_signal_handlers_disconnect_by_data (fixture->connection, fixture);
  g_clear_object (&fixture->connection);
  g_string_free (fixture->log, TRUE);
  g_string_free (fixture->sql, TRUE);
  if (fixture->path != NULL)
    remove_file (fixture);
  g_clear_pointer (&fixture->path, g_free);
}

static gpointer
get (Fixture *fixture, GType type, gint64 id)
{
  g_autoptr (GError) error = NULL;
  gpointer entity = orm_session_get (fixture->session, type, id, &error);

  g_assert_no_error (error);
  return entity;
}

/*
 * Opens a new session on the same rows, with nothing in memory.
 */
void
fixture_reopen (Fixture *fixture)
{
  g_ptr_array_set_size (fixture->shadows, 0);
  g_ptr_array_set_size (fixture->tracked, 0);
  forget_objects (fixture);
  g_clear_object (&fixture->session);
  open_session (fixture);
  g_string_truncate (fixture->log, 0);
  fixture_take_count (fixture);
}

void
fixture_load_objects (Fixture *fixture)
{
  static const gint64 ids[] = { 1, 2, 3, 5, 6, 7 };

  fixture->alice = get (fixture, FIXTURE_TYPE_USER, 1);
  fixture->bob = get (fixture, FIXTURE_TYPE_USER, 2);
  fixture->food = get (fixture, FIXTURE_TYPE_CATEGORY, 1);
  fixture->entertainment = get (fixture, FIXTURE_TYPE_CATEGORY, 2);
  fixture->transportation = get (fixture, FIXTURE_TYPE_CATEGORY, 3);
  fixture->empty = get (fixture, FIXTURE_TYPE_CATEGORY, 4);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    fixture->e[ids[i]] = get (fixture, FIXTURE_TYPE_EXPENSE, ids[i]);

  fixture_take_count (fixture);
}

/*
 * Loads and watches all lists.
 */
void
fixture_load_all (Fixture *fixture)
{
  fixture_watch (fixture, fixture->alice, "Alice");
  fixture_watch (fixture, fixture->bob, "Bob");
  fixture_watch (fixture, fixture->food, "Food");
  fixture_watch (fixture, fixture->entertainment, "Entertainment");
  fixture_watch (fixture, fixture->transportation, "Transportation");
  fixture_watch (fixture, fixture->empty, "Empty");
  fixture_take_count (fixture);
}

/*
 * Writes through another connection, as another program would.
 */
void
fixture_elsewhere (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_strconcat ("sqlite:", fixture->path, NULL);
  g_autoptr (OrmConnection) other = orm_connection_open (uri, &error);

  g_assert_no_error (error);
  orm_connection_execute (other, sql, &error);
  g_assert_no_error (error);
}

OrmCollection *
fixture_expenses (gpointer owner)
{
  return orm_entity_get_collection (owner, "expenses");
}

FixtureExpense *
fixture_new_expense (const char *description, gint64 amount)
{
  FixtureExpense *expense = g_object_new (FIXTURE_TYPE_EXPENSE, NULL);

  orm_entity_set_text (ORM_ENTITY (expense), FIXTURE_EXPENSE_DESCRIPTION, description);
  orm_entity_set_int64 (ORM_ENTITY (expense), FIXTURE_EXPENSE_AMOUNT, amount);
  return expense;
}

void
fixture_move (FixtureExpense *expense, FixtureCategory *category)
{
  g_assert_true (orm_entity_set_reference (ORM_ENTITY (expense), "category", category));
}

FixtureCategory *
fixture_category_of (FixtureExpense *expense)
{
  return orm_entity_get_reference (ORM_ENTITY (expense), "category");
}

static const char *
get_to_one (Shadow *shadow)
{
  return FIXTURE_IS_USER (shadow->owner) ? "user" : "category";
}

/*
 * Checks that a list equals its copy, that each member's to-one is the owner,
 * that no member is there twice, and that each id is one object in all lists.
 */
static void
check_shadow (Shadow *shadow, GHashTable *by_id)
{
  guint n_items = g_list_model_get_n_items (shadow->list);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_assert_cmpuint (n_items, ==, shadow->items->len);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (OrmEntity) item = g_list_model_get_item (shadow->list, i);
      gint64 id = orm_entity_get_id (item);
      gpointer same;

      g_assert_true (item == g_ptr_array_index (shadow->items, i));
      g_assert_true (shadow->fixture->is_grouping ||
                     orm_entity_get_reference (item, get_to_one (shadow)) == shadow->owner);
      g_assert_true (g_hash_table_add (seen, item));

      if (id == 0 || orm_entity_get_state (item) != ORM_ENTITY_PERSISTENT)
        continue;
      same = g_hash_table_lookup (by_id, GINT_TO_POINTER (id));
      g_assert_true (same == NULL || same == item);
      g_hash_table_insert (by_id, GINT_TO_POINTER (id), item);
    }
}

/*
 * Checks what has to hold at each emission. A test that closes the session, or
 * must not access a list, first removes the list's copy.
 */
void
fixture_check (Fixture *fixture)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < fixture->shadows->len; i++)
    check_shadow (g_ptr_array_index (fixture->shadows, i), by_id);
}

/*
 * Adds an expense to those that fixture_check_at_rest() checks. The fixture's
 * own are among them.
 */
void
fixture_track (Fixture *fixture, gpointer expense)
{
  g_ptr_array_add (fixture->tracked, g_object_ref (expense));
}

static void
check_member (Shadow *shadow, gpointer expense)
{
  OrmEntityState state = orm_entity_get_state (expense);
  gboolean is_member = orm_entity_get_reference (expense, get_to_one (shadow)) == shadow->owner;

  if (state == ORM_ENTITY_DELETED || state == ORM_ENTITY_DETACHED)
    is_member = FALSE;

  /* After a rollback, a new expense keeps its owners but is in no list. */
  if (state == ORM_ENTITY_TRANSIENT && is_member &&
      !orm_collection_contains (fixture_expenses (shadow->owner), expense))
    is_member = FALSE;

  g_assert_cmpint (g_ptr_array_find (shadow->items, expense, NULL), ==, is_member);
}

/*
 * Checks what has to hold between two changes: also, an entity is in the list
 * of each of its owners.
 */
void
fixture_check_at_rest (Fixture *fixture)
{
  fixture_check (fixture);

  for (guint i = 0; i < fixture->shadows->len; i++)
    {
      Shadow *shadow = g_ptr_array_index (fixture->shadows, i);

      if (orm_entity_get_session (shadow->owner) == NULL)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (fixture->e); j++)
        if (fixture->e[j] != NULL)
          check_member (shadow, fixture->e[j]);
      for (guint j = 0; j < fixture->tracked->len; j++)
        check_member (shadow, g_ptr_array_index (fixture->tracked, j));
    }
}

static void
on_items_changed (GListModel *list, guint position, guint n_removed, guint n_added, gpointer data)
{
  Shadow *shadow = data;

  g_string_append_printf (shadow->fixture->log, "%s %u-%u+%u; ", shadow->name, position, n_removed,
                          n_added);

  g_ptr_array_remove_range (shadow->items, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (shadow->items, (gint) (position + i),
                        g_list_model_get_item (list, position + i));

  fixture_check (shadow->fixture);
}

void
fixture_watch (Fixture *fixture, gpointer owner, const char *name)
{
  Shadow *shadow = g_new0 (Shadow, 1);

  shadow->fixture = fixture;
  shadow->owner = owner;
  shadow->name = g_strdup (name);
  shadow->list = G_LIST_MODEL (g_object_ref (fixture_expenses (owner)));
  shadow->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (shadow->list); i++)
    g_ptr_array_add (shadow->items, g_list_model_get_item (shadow->list, i));

  g_ptr_array_add (fixture->shadows, shadow);
  g_signal_connect (shadow->list, "items-changed", G_CALLBACK (on_items_changed), shadow);
}

typedef struct
{
  Fixture *fixture;
  char *text;
} Mention;

static void
mention_free (gpointer data, GClosure *closure)
{
  Mention *mention = data;

  g_free (mention->text);
  g_free (mention);
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  Mention *mention = data;

  g_string_append_printf (mention->fixture->log, "%s; ", mention->text);
  fixture_check (mention->fixture);
}

void
fixture_watch_notify (Fixture *fixture, gpointer entity, const char *property, const char *name)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);
  Mention *mention = g_new0 (Mention, 1);

  mention->fixture = fixture;
  mention->text = g_strdup_printf ("%s %s", name, property);
  g_signal_connect_data (entity, signal, G_CALLBACK (on_notify), mention, mention_free, 0);
}

/*
 * Returns the items' ids as text, with "?" for an item without a row.
 */
char *
fixture_ids (gpointer list)
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

guint64
fixture_take_count (Fixture *fixture)
{
  guint64 now = orm_connection_get_n_statements (fixture->connection);
  guint64 n = now - fixture->n_before;

  fixture->n_before = now;
  return n;
}

static char *
describe_update (const char *sql)
{
  g_auto (GStrv) halves = g_strsplit (sql, " FROM ", 2);
  g_auto (GStrv) parts = g_strsplit (strstr (halves[0], " SET ") + strlen (" SET "), ", ", -1);
  g_auto (GStrv) words = g_strsplit (sql, " ", 3);
  g_autoptr (GString) columns = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      *strchr (parts[i], ' ') = '\0';
      g_string_append_printf (columns, "%s%s", i > 0 ? "," : "", parts[i]);
    }

  return g_strdup_printf ("UPDATE %s(%s)", words[1], columns->str);
}

static void
on_statement (OrmConnection *connection, const char *sql, gint64 microseconds, gpointer data)
{
  Fixture *fixture = data;
  g_auto (GStrv) parts = g_strsplit (sql, "\"", -1);
  g_autofree char *plain = g_strjoinv ("", parts);
  g_auto (GStrv) words = g_strsplit (plain, " ", 4);
  g_autofree char *text = NULL;

  if (g_str_equal (words[0], "UPDATE"))
    text = describe_update (plain);
  else if (g_str_equal (words[0], "SELECT"))
    text = g_strdup ("SELECT");
  else
    text = g_strconcat (words[0], " ", words[2], NULL);

  g_string_append_printf (fixture->sql, "%s; ", text);
}

void
fixture_watch_sql (Fixture *fixture)
{
  g_string_truncate (fixture->sql, 0);
  g_signal_connect (fixture->connection, "statement", G_CALLBACK (on_statement), fixture);
}

/*
 * Returns a value of the database as text, without a flush. The statement is
 * not counted.
 */
char *
fixture_read (Fixture *fixture, const char *sql)
{
  g_autofree char *text = g_strdup_printf ("SELECT CAST((%s) AS TEXT)", sql);
  g_autoptr (GError) error = NULL;
  guint64 before = orm_connection_get_n_statements (fixture->connection);
  gsize length = fixture->sql->len;
  char *value = _orm_connection_select_text (fixture->connection, text, NULL, 0, &error);

  g_assert_no_error (error);
  g_string_truncate (fixture->sql, length);
  fixture->n_before += orm_connection_get_n_statements (fixture->connection) - before;
  return value;
}
