/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-session-query.h"
#include "orm-session.h"

/*
 * Each delete rule, and mappings that do not match, with a library: a book has
 * many relationships to a person, one for each rule. The numbers are those of
 * CASES.md.
 */

#define TYPE_PERSON (person_get_type ())
G_DECLARE_FINAL_TYPE (Person, person, TEST, PERSON, OrmEntity)
#define TYPE_BOOK (book_get_type ())
G_DECLARE_FINAL_TYPE (Book, book, TEST, BOOK, OrmEntity)
#define TYPE_LONELY (lonely_get_type ())
G_DECLARE_FINAL_TYPE (Lonely, lonely, TEST, LONELY, OrmEntity)

struct _Person
{
  OrmEntity parent_instance;

  char *name;
};

struct _Book
{
  OrmEntity parent_instance;

  char *title;
};

struct _Lonely
{
  OrmEntity parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (Person, person, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (Book, book, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (Lonely, lonely, ORM_TYPE_ENTITY)

static const OrmColumn person_columns[] = {
  ORM_COLUMN ("name", TEXT, Person, name, .flags = ORM_COLUMN_NOT_NULL),
};

static const OrmRelationship person_sides[] = {
  ORM_TO_MANY ("written", book_get_type, "author", .rule = ORM_DELETE_NULLIFY),
  ORM_TO_MANY ("edited", book_get_type, "editor", .rule = ORM_DELETE_DENY),
  ORM_TO_MANY ("published", book_get_type, "publisher", .rule = ORM_DELETE_NO_ACTION),
  ORM_TO_MANY ("owned",
               book_get_type,
               "owner",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DB_CASCADE),
  ORM_TO_MANY (
    "read", book_get_type, "reader", .rule = ORM_DELETE_CASCADE, .flags = ORM_RELATIONSHIP_STRICT),
  ORM_TO_MANY ("kept", book_get_type, "keeper", .rule = ORM_DELETE_NULLIFY),
};

static const OrmColumn book_columns[] = {
  ORM_COLUMN ("title", TEXT, Book, title, .flags = ORM_COLUMN_NOT_NULL),
};

static const OrmRelationship book_sides[] = {
  ORM_TO_ONE ("author", person_get_type, "written", "author_id"),
  ORM_TO_ONE ("editor", person_get_type, "edited", "editor_id"),
  ORM_TO_ONE ("publisher", person_get_type, "published", "publisher_id"),
  ORM_TO_ONE ("owner", person_get_type, "owned", "owner_id"),
  ORM_TO_ONE ("reader", person_get_type, "read", "reader_id", .flags = ORM_RELATIONSHIP_STRICT),
  ORM_TO_ONE ("keeper", person_get_type, "kept", "keeper_id", .flags = ORM_RELATIONSHIP_NOT_NULL),
};

/* A relationship whose other side does not exist. */
static const OrmColumn lonely_columns[] = {
  ORM_COLUMN ("name", TEXT, Lonely, name),
};

static const OrmRelationship lonely_sides[] = {
  ORM_TO_ONE ("friend", person_get_type, "friends", "friend_id"),
};

static void
person_class_init (PersonClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "people", person_columns, 1);
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), person_sides,
                                      G_N_ELEMENTS (person_sides));
}

static void
person_init (Person *self)
{
}

static void
book_class_init (BookClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "books", book_columns, 1);
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), book_sides,
                                      G_N_ELEMENTS (book_sides));
}

static void
book_init (Book *self)
{
}

static void
lonely_class_init (LonelyClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "lonely", lonely_columns, 1);
  orm_entity_class_map_relationships (ORM_ENTITY_CLASS (klass), lonely_sides,
                                      G_N_ELEMENTS (lonely_sides));
}

static void
lonely_init (Lonely *self)
{
}

typedef struct
{
  OrmConnection *connection;
  OrmSession *session;
  OrmEntity *ann;
  OrmEntity *keeper;
  OrmEntity *book;
} Library;

static void
set_up (Library *library, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  library->connection = orm_connection_open ("sqlite::memory:", &error);
  g_assert_no_error (error);
  library->session = orm_session_new (library->connection, TYPE_PERSON, TYPE_BOOK, G_TYPE_INVALID);
  g_assert_true (orm_session_create_tables (library->session, &error));

  library->ann = g_object_new (TYPE_PERSON, "name", "Ann", NULL);
  library->keeper = g_object_new (TYPE_PERSON, "name", "Library", NULL);
  library->book = g_object_new (TYPE_BOOK, "title", "Ships", NULL);
  orm_entity_set_reference (library->book, "keeper", library->keeper);
  if (data != NULL)
    orm_entity_set_reference (library->book, data, library->ann);
  g_assert_true (orm_session_add (library->session, library->ann, &error));
  g_assert_true (orm_session_add (library->session, library->book, &error));
  g_assert_true (orm_session_commit (library->session, &error));
  g_assert_no_error (error);
}

/*
 * Opens a new session on the same rows, with only the person in memory.
 */
static void
reopen (Library *library)
{
  g_clear_object (&library->ann);
  g_clear_object (&library->keeper);
  g_clear_object (&library->book);
  g_clear_object (&library->session);
  library->session = orm_session_new (library->connection, TYPE_PERSON, TYPE_BOOK, G_TYPE_INVALID);
  library->ann = orm_session_get (library->session, TYPE_PERSON, 1, NULL);
}

static void
tear_down (Library *library, gconstpointer data)
{
  g_clear_object (&library->ann);
  g_clear_object (&library->keeper);
  g_clear_object (&library->book);
  g_clear_object (&library->session);
  g_clear_object (&library->connection);
}

static void
count (OrmConnection *connection, const char *sql, gint64 microseconds, gpointer data)
{
  g_string_append_printf (data, "%.6s; ", sql);
}

static guint64
count_books (Library *library)
{
  g_autoptr (OrmQuery) query = orm_query_new (TYPE_BOOK);
  g_autoptr (GListModel) books = orm_session_find (library->session, query, NULL);

  return g_list_model_get_n_items (books);
}

/* B17 */
static void
test_mapping_mismatch_is_an_error (void)
{
  g_autoptr (OrmConnection) connection = orm_connection_open ("sqlite::memory:", NULL);
  g_autoptr (GError) error = NULL;
  GType types[] = { TYPE_PERSON, TYPE_BOOK, TYPE_LONELY };
  GType too_few[] = { TYPE_PERSON };

  g_assert_null (orm_session_new_for_types (connection, types, G_N_ELEMENTS (types), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_MAPPING);
  g_assert_nonnull (strstr (error->message, "Lonely.friend"));
  g_assert_nonnull (strstr (error->message, "Person.friends"));
  g_clear_error (&error);

  g_assert_null (orm_session_new_for_types (connection, too_few, 1, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_MAPPING);
}

/* B33 */
static void
test_strict_list_is_not_loaded (Library *library, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  OrmCollection *list;

  reopen (library);
  list = orm_entity_get_collection (library->ann, "read");
  g_assert_false (orm_collection_load (list, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_LAZY_LOAD);
  g_clear_error (&error);

  g_assert_true (orm_session_delete (library->session, library->ann, &error));
  g_assert_true (orm_session_commit (library->session, &error));
  g_assert_cmpuint (count_books (library), ==, 0);
}

/* B33 */
static void
test_strict_to_one_is_not_loaded (Library *library, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  reopen (library);
  g_clear_object (&library->ann);
  library->book = orm_session_get (library->session, TYPE_BOOK, 1, NULL);
  g_assert_null (orm_entity_load_reference (library->book, "reader", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_LAZY_LOAD);
}

/* B49 */
static void
test_nullify_of_not_null_fails (Library *library, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GListModel *kept = orm_entity_get_collection (library->keeper, "kept");

  g_assert_cmpuint (g_list_model_get_n_items (kept), ==, 1);
  g_assert_true (orm_session_delete (library->session, library->keeper, &error));
  g_assert_false (orm_session_flush (library->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_NULL);

  orm_session_rollback (library->session);
  g_assert_cmpuint (g_list_model_get_n_items (kept), ==, 1);
  g_assert_true (orm_entity_get_reference (library->book, "keeper") == library->keeper);
  g_assert_cmpint (orm_entity_get_state (library->keeper), ==, ORM_ENTITY_PERSISTENT);
}

/* B57 */
static void
test_unloaded_members_are_deleted_by_the_database (Library *library, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  reopen (library);
  g_signal_connect (library->connection, "statement", G_CALLBACK (count), log);
  g_assert_true (orm_session_delete (library->session, library->ann, NULL));
  g_assert_true (orm_session_flush (library->session, NULL));
  g_signal_handlers_disconnect_by_data (library->connection, log);

  /* The deny rule has to look for members, the nullify rule and the other cascade to read. */
  g_assert_true (g_str_has_suffix (log->str, "DELETE; "));
  g_assert_null (strstr (log->str, "DELETE; DELETE"));
  g_assert_cmpuint (count_books (library), ==, 0);
}

/* B58 */
static void
test_members_in_memory_leave_other_lists (Library *library, gconstpointer data)
{
  GListModel *kept;

  reopen (library);
  library->book = orm_session_get (library->session, TYPE_BOOK, 1, NULL);
  kept = orm_entity_get_collection (orm_entity_get_reference (library->book, "keeper"), "kept");
  g_assert_cmpuint (g_list_model_get_n_items (kept), ==, 1);

  g_assert_true (orm_session_delete (library->session, library->ann, NULL));
  g_assert_true (orm_session_flush (library->session, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (kept), ==, 0);
  g_assert_cmpint (orm_entity_get_state (library->book), ==, ORM_ENTITY_DELETED);
  g_assert_null (orm_session_get (library->session, TYPE_BOOK, 1, NULL));
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

/* B60 */
static void
test_nullify_notifies_members (Library *library, gconstpointer data)
{
  guint n_notified = 0;

  g_signal_connect (library->book, "notify::author", G_CALLBACK (on_notify), &n_notified);
  g_assert_true (orm_session_delete (library->session, library->ann, NULL));
  g_assert_null (orm_entity_get_reference (library->book, "author"));
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_true (orm_session_commit (library->session, NULL));
  g_assert_cmpuint (count_books (library), ==, 1);
  g_signal_handlers_disconnect_by_data (library->book, &n_notified);
}

/* B61 */
static void
test_deny_refuses_to_delete_an_owner (Library *library, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_session_delete (library->session, library->ann, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DENIED);
  g_assert_cmpint (orm_entity_get_state (library->ann), ==, ORM_ENTITY_PERSISTENT);
  g_assert_true (orm_entity_get_reference (library->book, "editor") == library->ann);
  g_assert_false (orm_session_get_dirty (library->session));
}

/* B61 */
static void
test_an_owner_without_members_may_be_deleted (Library *library, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_delete (library->session, library->ann, &error));
  g_assert_no_error (error);
  g_assert_true (orm_session_commit (library->session, &error));
  g_assert_no_error (error);
  g_assert_null (orm_session_get (library->session, TYPE_PERSON, 1, NULL));
}

/* B61 */
static void
test_no_action_leaves_it_to_the_database (Library *library, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GListModel *published = orm_entity_get_collection (library->ann, "published");

  g_assert_cmpuint (g_list_model_get_n_items (published), ==, 1);
  g_assert_true (orm_session_delete (library->session, library->ann, &error));
  g_assert_false (orm_session_flush (library->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FOREIGN_KEY);
  orm_session_rollback (library->session);
  g_assert_cmpuint (g_list_model_get_n_items (published), ==, 1);
  g_assert_cmpint (orm_entity_get_state (library->ann), ==, ORM_ENTITY_PERSISTENT);
}

/*
 * A new book refers to a new editor with the deny rule. Undo has to delete the
 * book, although it was added first, before the editor.
 */
static void
test_undo_of_a_denying_owner (Library *library, gconstpointer data)
{
  g_autoptr (OrmEntity) editor = g_object_new (TYPE_PERSON, "name", "Eve", NULL);
  g_autoptr (OrmEntity) edited = g_object_new (TYPE_BOOK, "title", "Boats", NULL);
  g_autoptr (GError) error = NULL;

  orm_session_begin_group (library->session, "Edited Book");
  orm_entity_set_reference (edited, "keeper", library->keeper);
  g_assert_true (orm_session_add (library->session, edited, &error));
  g_assert_true (orm_session_add (library->session, editor, &error));
  orm_entity_set_reference (edited, "editor", editor);
  orm_session_end_group (library->session);
  g_assert_true (orm_session_commit (library->session, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_books (library), ==, 2);

  orm_session_undo (library->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_books (library), ==, 1);
  g_assert_cmpint (orm_entity_get_state (editor), !=, ORM_ENTITY_PERSISTENT);
  orm_session_redo (library->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_books (library), ==, 2);
}

/* B94 */
static void
test_join_by_type_finds_the_path (Library *library, gconstpointer data)
{
  g_autoptr (OrmQuery) books = orm_query_new (TYPE_BOOK);
  g_autoptr (OrmQuery) people = orm_query_new (TYPE_PERSON);
  g_autoptr (OrmQuery) lonely = orm_query_new (TYPE_LONELY);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) none = NULL;
  const char *path;

  g_assert_true (orm_query_join (lonely, TYPE_PERSON, &path, &error) == lonely);
  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, "friend");

  g_assert_null (orm_query_join (books, TYPE_PERSON, &path, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_AMBIGUOUS_PATH);
  g_assert_nonnull (strstr (error->message, "author, editor, publisher"));
  g_clear_error (&error);

  g_assert_null (orm_query_join (people, TYPE_LONELY, &path, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
  g_clear_error (&error);

  orm_query_where (books, "author.nosuch", ORM_EQUAL, "x");
  none = orm_session_find (library->session, books, &error);
  g_assert_null (none);
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
}

static void
test_before_a_session (void)
{
  g_autoptr (OrmEntity) person = g_object_new (TYPE_PERSON, "name", "Ann", NULL);
  g_autoptr (OrmEntity) book = g_object_new (TYPE_BOOK, "title", "Ships", NULL);

  g_assert_true (orm_entity_set_reference (book, "author", person));
  g_assert_cmpuint (g_list_model_get_n_items (orm_entity_get_collection (person, "written")), ==,
                    1);
  g_assert_true (orm_entity_set_reference (book, "author", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, relationship, function)                                                         \
  g_test_add ("/orm/rules/" name, Library, relationship, set_up, function, tear_down)

  g_test_add_func ("/orm/rules/before-a-session", test_before_a_session);
  CASE ("strict-list-is-not-loaded", "reader", test_strict_list_is_not_loaded);
  CASE ("strict-to-one-is-not-loaded", "reader", test_strict_to_one_is_not_loaded);
  CASE ("nullify-of-not-null-fails", NULL, test_nullify_of_not_null_fails);
  CASE ("unloaded-members-are-deleted-by-the-database", "owner",
        test_unloaded_members_are_deleted_by_the_database);
  CASE ("members-in-memory-leave-other-lists", "owner", test_members_in_memory_leave_other_lists);
  CASE ("nullify-notifies-members", "author", test_nullify_notifies_members);
  CASE ("deny-refuses-to-delete-an-owner", "editor", test_deny_refuses_to_delete_an_owner);
  CASE ("an-owner-without-members-may-be-deleted", NULL,
        test_an_owner_without_members_may_be_deleted);
  CASE ("no-action-leaves-it-to-the-database", "publisher",
        test_no_action_leaves_it_to_the_database);
  CASE ("undo-of-a-denying-owner", NULL, test_undo_of_a_denying_owner);
  CASE ("join-by-type-finds-the-path", NULL, test_join_by_type_finds_the_path);
  g_test_add_func ("/orm/rules/mapping-mismatch-is-an-error", test_mapping_mismatch_is_an_error);

  return g_test_run ();
}
