/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-query-model.h"
#include "orm-session-query.h"
#include "orm-session.h"

#include <glib/gstdio.h>
#include <string.h>

/*
 * The library used with another schema, a catalogue of books. The tests follow
 * the chapters of src/orm/README.md. The lines between two comments with a
 * name in brackets are printed there, and build-aux/check-guide compares the
 * two. The test needs only the library. It is one file, however long, because
 * readers of the guide look here.
 */

/* [header] */
#define CATALOG_TYPE_BOOK (catalog_book_get_type ())
G_DECLARE_FINAL_TYPE (CatalogBook, catalog_book, CATALOG, BOOK, OrmEntity)

#define CATALOG_TYPE_AUTHOR (catalog_author_get_type ())
G_DECLARE_FINAL_TYPE (CatalogAuthor, catalog_author, CATALOG, AUTHOR, OrmEntity)
/* [/header] */

#define CATALOG_TYPE_TAG (catalog_tag_get_type ())
G_DECLARE_FINAL_TYPE (CatalogTag, catalog_tag, CATALOG, TAG, OrmEntity)

#define CATALOG_TYPE_PUBLISHER (catalog_publisher_get_type ())
G_DECLARE_FINAL_TYPE (CatalogPublisher, catalog_publisher, CATALOG, PUBLISHER, OrmEntity)

#define CATALOG_TYPE_SHELF (catalog_shelf_get_type ())
G_DECLARE_FINAL_TYPE (CatalogShelf, catalog_shelf, CATALOG, SHELF, OrmEntity)

#define CATALOG_TYPE_LANGUAGE (catalog_language_get_type ())
G_DECLARE_FINAL_TYPE (CatalogLanguage, catalog_language, CATALOG, LANGUAGE, OrmEntity)

#define CATALOG_TYPE_REVIEW (catalog_review_get_type ())
G_DECLARE_FINAL_TYPE (CatalogReview, catalog_review, CATALOG, REVIEW, OrmEntity)

/* [entity] */
struct _CatalogBook
{
  OrmEntity parent_instance;

  char *title;
  gint64 price; /* in cents */
  GDate *published;
};

G_DEFINE_FINAL_TYPE (CatalogBook, catalog_book, ORM_TYPE_ENTITY)

enum
{
  BOOK_TITLE,
  BOOK_PRICE,
  BOOK_PUBLISHED,
  N_BOOK_COLUMNS
};

static const OrmColumn book_columns[N_BOOK_COLUMNS] = {
  [BOOK_TITLE] =
    ORM_COLUMN ("title", TEXT, CatalogBook, title, .flags = ORM_COLUMN_NOT_NULL, .max_length = 200),
  [BOOK_PRICE] = ORM_COLUMN ("price", INT64, CatalogBook, price, .minimum = 0, .maximum = 1000000),
  [BOOK_PUBLISHED] = ORM_COLUMN ("published", DATE, CatalogBook, published, .fallback = "today"),
};
/* [/entity] */

/* [to-one] */
static const OrmRelationship book_relationships[] = {
  ORM_TO_ONE (
    "author", catalog_author_get_type, "books", "author_id", .flags = ORM_RELATIONSHIP_NOT_NULL),
  ORM_TO_ONE ("publisher", catalog_publisher_get_type, "books", "publisher_id"),
  ORM_TO_ONE ("shelf", catalog_shelf_get_type, "books", "shelf_id"),
  ORM_TO_ONE ("language", catalog_language_get_type, "books", "language_id"),
  ORM_TO_MANY ("reviews",
               catalog_review_get_type,
               "book",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DB_CASCADE),
  ORM_MANY_TO_MANY ("tags", catalog_tag_get_type, "books", "book_tags", "book_id"),
};
/* [/to-one] */

/* [validate] */
static gboolean
catalog_book_validate (OrmEntity *entity, const char *property, const GValue *value, GError **error)
{
  if (g_strcmp0 (property, "title") == 0 && g_strcmp0 (g_value_get_string (value), "") == 0)
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_VALIDATION, "A book needs a title");
      return FALSE;
    }

  return TRUE;
}
/* [/validate] */

/* [class-init] */
static void
catalog_book_class_init (CatalogBookClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = catalog_book_validate;

  orm_entity_class_map (entity_class, "books", book_columns, N_BOOK_COLUMNS);
  orm_entity_class_map_relationships (entity_class, book_relationships,
                                      G_N_ELEMENTS (book_relationships));
}

static void
catalog_book_init (CatalogBook *self)
{
}
/* [/class-init] */

/* [accessors] */
static CatalogBook *
catalog_book_new (const char *title, gint64 price)
{
  return g_object_new (CATALOG_TYPE_BOOK, "title", title, "price", price, NULL);
}

static const char *
catalog_book_get_title (CatalogBook *self)
{
  return self->title;
}

static gboolean
catalog_book_set_title (CatalogBook *self, const char *title)
{
  return orm_entity_set_text (ORM_ENTITY (self), BOOK_TITLE, title);
}

static CatalogAuthor *
catalog_book_get_author (CatalogBook *self)
{
  return orm_entity_get_reference (ORM_ENTITY (self), "author");
}

static gboolean
catalog_book_set_author (CatalogBook *self, CatalogAuthor *author)
{
  return orm_entity_set_reference (ORM_ENTITY (self), "author", author);
}
/* [/accessors] */

static gboolean
catalog_book_set_price (CatalogBook *self, gint64 price)
{
  return orm_entity_set_int64 (ORM_ENTITY (self), BOOK_PRICE, price);
}

/* [author] */
struct _CatalogAuthor
{
  OrmEntity parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (CatalogAuthor, catalog_author, ORM_TYPE_ENTITY)

static const OrmColumn author_columns[] = {
  ORM_COLUMN ("name", TEXT, CatalogAuthor, name, .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE),
};

static const OrmRelationship author_relationships[] = {
  ORM_TO_MANY ("books",
               catalog_book_get_type,
               "author",
               .rule = ORM_DELETE_CASCADE,
               .flags = ORM_RELATIONSHIP_DELETE_ORPHAN),
};

static void
catalog_author_class_init (CatalogAuthorClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "authors", author_columns, G_N_ELEMENTS (author_columns));
  orm_entity_class_map_relationships (entity_class, author_relationships,
                                      G_N_ELEMENTS (author_relationships));
}

static void
catalog_author_init (CatalogAuthor *self)
{
}

static OrmCollection *
catalog_author_get_books (CatalogAuthor *self)
{
  return orm_entity_get_collection (ORM_ENTITY (self), "books");
}
/* [/author] */

static CatalogAuthor *
catalog_author_new (const char *name)
{
  return g_object_new (CATALOG_TYPE_AUTHOR, "name", name, NULL);
}

static const char *
catalog_author_get_name (CatalogAuthor *self)
{
  return self->name;
}

struct _CatalogTag
{
  OrmEntity parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (CatalogTag, catalog_tag, ORM_TYPE_ENTITY)

static const OrmColumn tag_columns[] = {
  ORM_COLUMN ("name", TEXT, CatalogTag, name, .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE),
};

/* [many-to-many] */
static const OrmRelationship tag_relationships[] = {
  ORM_MANY_TO_MANY ("books", catalog_book_get_type, "tags", "book_tags", "tag_id"),
};
/* [/many-to-many] */

static void
catalog_tag_class_init (CatalogTagClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "tags", tag_columns, G_N_ELEMENTS (tag_columns));
  orm_entity_class_map_relationships (entity_class, tag_relationships,
                                      G_N_ELEMENTS (tag_relationships));
}

static void
catalog_tag_init (CatalogTag *self)
{
}

struct _CatalogPublisher
{
  OrmEntity parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (CatalogPublisher, catalog_publisher, ORM_TYPE_ENTITY)

static const OrmColumn publisher_columns[] = {
  ORM_COLUMN ("name", TEXT, CatalogPublisher, name, .flags = ORM_COLUMN_NOT_NULL),
};

/* [nullify] */
static const OrmRelationship publisher_relationships[] = {
  ORM_TO_MANY ("books", catalog_book_get_type, "publisher", .rule = ORM_DELETE_NULLIFY),
};
/* [/nullify] */

static void
catalog_publisher_class_init (CatalogPublisherClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "publishers", publisher_columns,
                        G_N_ELEMENTS (publisher_columns));
  orm_entity_class_map_relationships (entity_class, publisher_relationships,
                                      G_N_ELEMENTS (publisher_relationships));
}

static void
catalog_publisher_init (CatalogPublisher *self)
{
}

struct _CatalogShelf
{
  OrmEntity parent_instance;

  char *label;
};

G_DEFINE_FINAL_TYPE (CatalogShelf, catalog_shelf, ORM_TYPE_ENTITY)

static const OrmColumn shelf_columns[] = {
  ORM_COLUMN ("label", TEXT, CatalogShelf, label, .flags = ORM_COLUMN_NOT_NULL),
};

/* [deny] */
static const OrmRelationship shelf_relationships[] = {
  ORM_TO_MANY ("books", catalog_book_get_type, "shelf", .rule = ORM_DELETE_DENY),
};
/* [/deny] */

static void
catalog_shelf_class_init (CatalogShelfClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "shelves", shelf_columns, G_N_ELEMENTS (shelf_columns));
  orm_entity_class_map_relationships (entity_class, shelf_relationships,
                                      G_N_ELEMENTS (shelf_relationships));
}

static void
catalog_shelf_init (CatalogShelf *self)
{
}

struct _CatalogLanguage
{
  OrmEntity parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (CatalogLanguage, catalog_language, ORM_TYPE_ENTITY)

static const OrmColumn language_columns[] = {
  ORM_COLUMN ("name", TEXT, CatalogLanguage, name, .flags = ORM_COLUMN_NOT_NULL),
};

/* [strict] */
static const OrmRelationship language_relationships[] = {
  ORM_TO_MANY ("books",
               catalog_book_get_type,
               "language",
               .rule = ORM_DELETE_NO_ACTION,
               .flags = ORM_RELATIONSHIP_STRICT),
};
/* [/strict] */

static void
catalog_language_class_init (CatalogLanguageClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "languages", language_columns,
                        G_N_ELEMENTS (language_columns));
  orm_entity_class_map_relationships (entity_class, language_relationships,
                                      G_N_ELEMENTS (language_relationships));
}

static void
catalog_language_init (CatalogLanguage *self)
{
}

struct _CatalogReview
{
  OrmEntity parent_instance;

  char *text;
};

G_DEFINE_FINAL_TYPE (CatalogReview, catalog_review, ORM_TYPE_ENTITY)

static const OrmColumn review_columns[] = {
  ORM_COLUMN ("text", TEXT, CatalogReview, text, .flags = ORM_COLUMN_NOT_NULL),
};

static const OrmRelationship review_relationships[] = {
  ORM_TO_ONE (
    "book", catalog_book_get_type, "reviews", "book_id", .flags = ORM_RELATIONSHIP_NOT_NULL),
};

static void
catalog_review_class_init (CatalogReviewClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  orm_entity_class_map (entity_class, "reviews", review_columns, G_N_ELEMENTS (review_columns));
  orm_entity_class_map_relationships (entity_class, review_relationships,
                                      G_N_ELEMENTS (review_relationships));
}

static void
catalog_review_init (CatalogReview *self)
{
}

/* The start of each chapter: a file with two authors, and a session with nothing in memory. */
typedef struct
{
  char *folder;
  char *path;
  OrmConnection *connection;
  OrmSession *session;
} Catalog;

static OrmSession *
open_session (OrmConnection *connection)
{
  return orm_session_new (connection, CATALOG_TYPE_AUTHOR, CATALOG_TYPE_BOOK,
                          CATALOG_TYPE_PUBLISHER, CATALOG_TYPE_SHELF, CATALOG_TYPE_LANGUAGE,
                          CATALOG_TYPE_REVIEW, CATALOG_TYPE_TAG, G_TYPE_INVALID);
}

static void
fill (OrmConnection *connection)
{
  static const char *const rows[] = {
    "INSERT INTO authors (id, name) VALUES (1, 'Ursula Le Guin'), (2, 'Stanislaw Lem')",
    "INSERT INTO publishers (id, name) VALUES (1, 'Harper')",
    "INSERT INTO shelves (id, label) VALUES (1, 'A'), (2, 'B')",
    "INSERT INTO languages (id, name) VALUES (1, 'English')",
    "INSERT INTO books (id, title, price, published, author_id, publisher_id, shelf_id, "
    "language_id) VALUES (1, 'Rocannon', 900, '1966-01-01', 1, 1, 1, 1), "
    "(2, 'The Dispossessed', 1200, '1974-05-01', 1, 1, 1, 1), "
    "(3, 'Solaris', 800, '1961-01-01', 2, NULL, 1, NULL), "
    "(4, 'The Cyberiad', 1000, '1965-01-01', 2, NULL, NULL, NULL)",
    "INSERT INTO reviews (id, text, book_id) VALUES (1, 'Good', 3), (2, 'Strange', 3)",
    "INSERT INTO tags (id, name) VALUES (1, 'Novel'), (2, 'Robots')",
    "INSERT INTO book_tags (book_id, tag_id) VALUES (1, 1), (2, 1), (3, 1), (4, 2)",
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      orm_connection_execute (connection, rows[i], &error);
      g_assert_no_error (error);
    }
}

static void
set_up (Catalog *catalog, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  catalog->folder = g_dir_make_tmp ("orm-library-XXXXXX", &error);
  g_assert_no_error (error);
  catalog->path = g_build_filename (catalog->folder, "books.db", NULL);
  uri = g_strconcat ("sqlite:", catalog->path, NULL);

  catalog->connection = orm_connection_open (uri, &error);
  g_assert_no_error (error);
  catalog->session = open_session (catalog->connection);
  orm_session_create_tables (catalog->session, &error);
  g_assert_no_error (error);
  fill (catalog->connection);
}

static void
tear_down (Catalog *catalog, gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

  /* A remaining reference to the session is a leak. */
  g_assert_finalize_object (catalog->session);
  /* The main loop frees what was cancelled. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (catalog->connection);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (catalog->path, endings[i], NULL);

      g_unlink (file);
    }

  g_assert_cmpint (g_rmdir (catalog->folder), ==, 0);
  g_free (catalog->folder);
  g_free (catalog->path);
}

static gpointer
get (OrmSession *session, GType type, gint64 id)
{
  g_autoptr (GError) error = NULL;
  gpointer entity = orm_session_get (session, type, id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (entity);
  return entity;
}

static void
commit (OrmSession *session)
{
  g_autoptr (GError) error = NULL;

  orm_session_commit (session, &error);
  g_assert_no_error (error);
}

/* [count] */
static guint64
count_statements (OrmSession *session)
{
  return orm_connection_get_n_statements (orm_session_get_connection (session));
}
/* [/count] */

static char *
dup_titles (GListModel *books)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (books); i++)
    {
      g_autoptr (CatalogBook) book = g_list_model_get_item (books, i);

      g_string_append_printf (titles, "%s%s", i > 0 ? ", " : "", catalog_book_get_title (book));
    }

  return g_string_free (g_steal_pointer (&titles), FALSE);
}

#define assert_titles(list, expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *titles_ = dup_titles (G_LIST_MODEL (list));                                   \
    g_assert_cmpstr (titles_, ==, (expected));                                                     \
  }                                                                                                \
  G_STMT_END

static void
test_open (void)
{
  /* [open] */
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmConnection) connection = orm_connection_open ("sqlite::memory:", &error);
  g_autoptr (OrmSession) session = NULL;

  g_assert_no_error (error);

  session = orm_session_new (connection, CATALOG_TYPE_AUTHOR, CATALOG_TYPE_BOOK,
                             CATALOG_TYPE_PUBLISHER, CATALOG_TYPE_SHELF, CATALOG_TYPE_LANGUAGE,
                             CATALOG_TYPE_REVIEW, CATALOG_TYPE_TAG, G_TYPE_INVALID);
  orm_session_create_tables (session, &error);
  g_assert_no_error (error);
  /* [/open] */
}

static void
test_open_incomplete (void)
{
  g_autoptr (OrmConnection) connection = orm_connection_open ("sqlite::memory:", NULL);
  GType types[] = { CATALOG_TYPE_AUTHOR };
  g_autoptr (GError) error = NULL;

  g_assert_null (orm_session_new_for_types (connection, types, G_N_ELEMENTS (types), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_MAPPING);
}

static void
test_save (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [save] */
  g_autoptr (CatalogAuthor) author = catalog_author_new ("Italo Calvino");
  g_autoptr (CatalogBook) book = catalog_book_new ("Invisible Cities", 1100);
  g_autoptr (GError) error = NULL;

  catalog_book_set_author (book, author);
  orm_session_add (session, author, &error);
  g_assert_no_error (error);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (book)), ==, ORM_ENTITY_PENDING);

  orm_session_commit (session, &error);
  g_assert_no_error (error);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (book)), ==, ORM_ENTITY_PERSISTENT);
  g_assert_cmpint (orm_entity_get_id (ORM_ENTITY (book)), ==, 5);
  g_assert_nonnull (book->published);
  /* [/save] */
}

static void
test_add_is_explicit (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogAuthor) lem = get (session, CATALOG_TYPE_AUTHOR, 2);
  /* [add] */
  g_autoptr (CatalogBook) first = catalog_book_new ("Fiasco", 700);
  g_autoptr (CatalogBook) second = catalog_book_new ("Eden", 600);

  orm_collection_append (catalog_author_get_books (lem), first);
  catalog_book_set_author (second, lem);

  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (first)), ==, ORM_ENTITY_PENDING);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (second)), ==, ORM_ENTITY_TRANSIENT);
  /* [/add] */

  orm_session_add (session, second, NULL);
  commit (session);
  assert_titles (catalog_author_get_books (lem), "Solaris, The Cyberiad, Fiasco, Eden");
}

static void
test_find (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [find] */
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);
  g_autoptr (GListModel) books = NULL;
  g_autoptr (CatalogBook) book = NULL;
  g_autoptr (CatalogBook) same = NULL;

  orm_query_where (query, "price", ORM_LESS, G_GINT64_CONSTANT (1000));
  orm_query_order_by (query, "title", ORM_ASCENDING);
  books = orm_session_find (session, query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (books), ==, 2);

  book = g_list_model_get_item (books, 0);
  same = orm_session_get (session, CATALOG_TYPE_BOOK, 1, &error);
  g_assert_true (book == same);
  /* [/find] */

  g_assert_cmpstr (catalog_book_get_title (book), ==, "Rocannon");
}

static void
test_find_nothing (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [get] */
  g_autoptr (GError) error = NULL;
  g_autoptr (CatalogBook) book = orm_session_get (session, CATALOG_TYPE_BOOK, 99, &error);

  g_assert_null (book);
  g_assert_no_error (error);
  /* [/get] */
}

static void
test_search (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  /* [search] */
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);
  g_autoptr (GListModel) books = NULL;

  orm_query_search (query, "the lem", "title", "author.name", NULL);
  orm_query_limit (query, 20, 0);
  books = orm_session_find (session, query, &error);
  /* [/search] */

  g_assert_no_error (error);
  assert_titles (books, "The Cyberiad");
}

static void
test_find_in (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogAuthor) le_guin = get (session, CATALOG_TYPE_AUTHOR, 1);
  g_autoptr (CatalogAuthor) lem = get (session, CATALOG_TYPE_AUTHOR, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDate) day = g_date_new_dmy (1, G_DATE_JANUARY, 1965);
  g_autoptr (GListModel) books = NULL;
  /* [values] */
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);
  gpointer authors[] = { le_guin, lem };

  orm_query_where (query, "author", ORM_IN, (guint) G_N_ELEMENTS (authors), authors);
  orm_query_where (query, "published", ORM_GREATER_EQUAL, day);
  orm_query_where (query, "publisher", ORM_EQUAL, NULL);
  orm_query_where (query, "title", ORM_STARTS_WITH, "the ");
  /* [/values] */

  books = orm_session_find (session, query, &error);
  g_assert_no_error (error);
  assert_titles (books, "The Cyberiad");
}

/* [on-statement] */
static void
on_statement (OrmConnection *connection, const char *sql, gint64 microseconds, GString *log)
{
  g_string_append_printf (log, "%s\n", sql);
}
/* [/on-statement] */

/* [handlers] */
static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

static void
on_author_notify (CatalogBook *book, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%s ", pspec->name);
}
/* [/handlers] */

static void
test_both_sides (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GString) log = g_string_new (NULL);
  /* [both-sides] */
  g_autoptr (CatalogAuthor) le_guin = get (session, CATALOG_TYPE_AUTHOR, 1);
  g_autoptr (CatalogAuthor) lem = get (session, CATALOG_TYPE_AUTHOR, 2);
  g_autoptr (CatalogBook) rocannon = get (session, CATALOG_TYPE_BOOK, 1);
  OrmCollection *hers = catalog_author_get_books (le_guin);
  OrmCollection *his = catalog_author_get_books (lem);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hers)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (his)), ==, 2);

  g_signal_connect (hers, "items-changed", G_CALLBACK (on_items_changed), log);
  g_signal_connect (his, "items-changed", G_CALLBACK (on_items_changed), log);
  g_signal_connect (rocannon, "notify::author", G_CALLBACK (on_author_notify), log);

  catalog_book_set_author (rocannon, lem);
  g_assert_cmpstr (log->str, ==, "0-1+0 author 2-0+1 ");
  g_assert_false (orm_collection_contains (hers, rocannon));
  g_assert_true (orm_collection_contains (his, rocannon));
  /* [/both-sides] */

  g_string_truncate (log, 0);
  /* [other-side] */
  orm_collection_append (hers, rocannon);
  g_assert_true (catalog_book_get_author (rocannon) == le_guin);
  g_assert_cmpstr (log->str, ==, "2-1+0 author 1-0+1 ");
  /* [/other-side] */

  g_signal_handlers_disconnect_by_data (hers, log);
  g_signal_handlers_disconnect_by_data (his, log);
  g_signal_handlers_disconnect_by_data (rocannon, log);
}

static void
test_edit_collection (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CatalogAuthor) le_guin = get (session, CATALOG_TYPE_AUTHOR, 1);
  g_autoptr (CatalogBook) dispossessed = get (session, CATALOG_TYPE_BOOK, 2);
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  OrmCollection *books = catalog_author_get_books (le_guin);
  guint position;

  g_assert_true (orm_collection_load (books, NULL));
  g_signal_connect (books, "items-changed", G_CALLBACK (on_items_changed), log);
  /* [edit] */
  g_assert_true (orm_collection_append (books, solaris));
  g_assert_false (orm_collection_append (books, solaris));

  g_assert_true (orm_collection_find (books, dispossessed, &position));
  g_assert_cmpuint (position, ==, 1);

  orm_collection_replace (books, (gpointer[]){ dispossessed, solaris }, 2);
  g_assert_cmpstr (log->str, ==, "2-0+1 0-1+0 ");
  /* [/edit] */

  g_signal_handlers_disconnect_by_data (books, log);
  assert_titles (books, "The Dispossessed, Solaris");
}

static void
test_link (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  g_autoptr (CatalogTag) novel = get (session, CATALOG_TYPE_TAG, 1);
  g_autoptr (CatalogTag) robots = get (session, CATALOG_TYPE_TAG, 2);
  /* [link] */
  g_autoptr (GError) error = NULL;
  OrmCollection *tags = orm_entity_get_collection (ORM_ENTITY (solaris), "tags");
  OrmCollection *about_robots = orm_entity_get_collection (ORM_ENTITY (robots), "books");

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tags)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (about_robots)), ==, 1);
  g_signal_connect (tags, "items-changed", G_CALLBACK (on_items_changed), log);
  g_signal_connect (about_robots, "items-changed", G_CALLBACK (on_items_changed), log);

  orm_collection_append (about_robots, solaris);
  g_assert_true (orm_collection_contains (tags, robots));
  orm_collection_remove (tags, novel);
  g_assert_cmpstr (log->str, ==, "1-0+1 1-0+1 0-1+0 ");

  orm_session_commit (session, &error);
  g_assert_no_error (error);
  /* [/link] */

  g_signal_handlers_disconnect_by_data (tags, log);
  g_signal_handlers_disconnect_by_data (about_robots, log);
}

static void
test_link_delete (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  g_autoptr (CatalogTag) novel = get (session, CATALOG_TYPE_TAG, 1);
  /* [link-delete] */
  g_autoptr (GError) error = NULL;
  OrmCollection *tags = orm_entity_get_collection (ORM_ENTITY (solaris), "tags");

  orm_session_delete (session, novel, &error);
  orm_session_commit (session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tags)), ==, 0);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (solaris)), ==, ORM_ENTITY_PERSISTENT);
  /* [/link-delete] */
}

static void
test_link_query (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  /* [link-query] */
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_AUTHOR);
  g_autoptr (GListModel) authors = NULL;

  orm_query_where (query, "books.tags.name", ORM_EQUAL, "Novel");
  orm_query_prefetch (query, "books.tags");
  authors = orm_session_find (session, query, &error);
  /* [/link-query] */

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (authors), ==, 2);
}

static void
test_lazy (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [lazy] */
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);
  g_autoptr (GListModel) books = NULL;
  guint64 n_before = count_statements (session);

  books = orm_session_find (session, query, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (books); i++)
    {
      g_autoptr (CatalogBook) book = g_list_model_get_item (books, i);

      g_assert_nonnull (catalog_author_get_name (catalog_book_get_author (book)));
    }

  g_assert_cmpuint (count_statements (session) - n_before, ==, 3);
  /* [/lazy] */
}

static void
test_prefetch (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [prefetch] */
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_AUTHOR);
  g_autoptr (GListModel) authors = NULL;
  guint64 n_before = count_statements (session);

  orm_query_prefetch (query, "books.publisher");
  authors = orm_session_find (session, query, NULL);
  g_assert_cmpuint (count_statements (session) - n_before, ==, 3);

  for (guint i = 0; i < g_list_model_get_n_items (authors); i++)
    {
      g_autoptr (CatalogAuthor) author = g_list_model_get_item (authors, i);
      GListModel *books = G_LIST_MODEL (catalog_author_get_books (author));

      for (guint j = 0; j < g_list_model_get_n_items (books); j++)
        {
          g_autoptr (CatalogBook) book = g_list_model_get_item (books, j);

          orm_entity_get_reference (ORM_ENTITY (book), "publisher");
        }
    }

  g_assert_cmpuint (count_statements (session) - n_before, ==, 3);
  /* [/prefetch] */
}

static void
test_not_loaded (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogAuthor) lem = get (session, CATALOG_TYPE_AUTHOR, 2);
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  /* [not-loaded] */
  g_autoptr (CatalogBook) book = catalog_book_new ("Fiasco", 700);
  OrmCollection *books = catalog_author_get_books (lem);
  guint64 n_before = count_statements (session);

  orm_collection_append (books, book);
  g_assert_true (orm_collection_contains (books, book));
  g_assert_true (orm_collection_contains (books, solaris));
  g_assert_true (orm_entity_has_reference (ORM_ENTITY (solaris), "author"));
  g_assert_cmpint (orm_entity_get_reference_id (ORM_ENTITY (solaris), "author"), ==, 2);

  g_assert_false (orm_collection_is_loaded (books));
  g_assert_cmpuint (count_statements (session), ==, n_before);
  /* [/not-loaded] */
}

static void
test_strict (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogLanguage) english = get (session, CATALOG_TYPE_LANGUAGE, 1);
  /* [strict-load] */
  OrmCollection *books = orm_entity_get_collection (ORM_ENTITY (english), "books");
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_LANGUAGE);
  g_autoptr (GListModel) languages = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_collection_load (books, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_LAZY_LOAD);

  orm_query_prefetch (query, "books");
  languages = orm_session_find (session, query, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (books)), ==, 2);
  /* [/strict-load] */
}

static void
test_join (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  /* [join] */
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);
  g_autoptr (GListModel) books = NULL;

  orm_query_where (query, "author.name", ORM_STARTS_WITH, "Ursula");
  orm_query_order_by (query, "publisher.name", ORM_ASCENDING);
  orm_query_order_by (query, "price", ORM_DESCENDING);
  books = orm_session_find (session, query, &error);
  /* [/join] */

  g_assert_no_error (error);
  assert_titles (books, "The Dispossessed, Rocannon");
}

static void
test_join_to_many (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  /* [join-to-many] */
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_AUTHOR);
  g_autoptr (GListModel) authors = NULL;

  orm_query_where (query, "books.price", ORM_GREATER, G_GINT64_CONSTANT (500));
  authors = orm_session_find (session, query, &error);
  g_assert_cmpuint (g_list_model_get_n_items (authors), ==, 2);
  /* [/join-to-many] */

  g_assert_no_error (error);
}

static void
test_wrong_path (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [wrong-path] */
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);

  orm_query_where (query, "author.nmae", ORM_EQUAL, "Lem");
  g_assert_null (orm_session_find (session, query, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_PATH);
  /* [/wrong-path] */
}

static void
test_sum (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [sum] */
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);
  gint64 sum;
  guint64 n_books;

  orm_query_where (query, "author.name", ORM_EQUAL, "Stanislaw Lem");
  orm_session_sum (session, query, "price", &sum, &n_books, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sum, ==, 1800);
  g_assert_cmpuint (n_books, ==, 2);
  /* [/sum] */
}

static void
test_totals (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [totals] */
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);
  g_autoptr (OrmTotals) totals =
    orm_session_observe_totals (session, query, "author", "price", &error);
  g_autoptr (OrmTotal) first = NULL;
  g_autoptr (CatalogBook) rocannon = NULL;
  guint64 n_before;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (totals)), ==, 2);
  first = g_list_model_get_item (G_LIST_MODEL (totals), 0);
  rocannon = orm_session_get (session, CATALOG_TYPE_BOOK, 1, &error);
  g_assert_cmpint (orm_total_get_sum (first), ==, 2100);

  n_before = count_statements (session);
  catalog_book_set_price (rocannon, 1000);
  g_assert_cmpint (orm_total_get_sum (first), ==, 2200);
  g_assert_cmpint (orm_totals_get_sum (totals), ==, 4000);
  g_assert_cmpuint (count_statements (session), ==, n_before);
  /* [/totals] */
}

static void
test_observe (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [observe] */
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);
  g_autoptr (GListModel) cheap = NULL;
  g_autoptr (CatalogBook) cyberiad = NULL;

  orm_query_where (query, "price", ORM_LESS, G_GINT64_CONSTANT (1000));
  orm_query_order_by (query, "price", ORM_ASCENDING);
  cheap = orm_session_observe (session, query, &error);
  g_signal_connect (cheap, "items-changed", G_CALLBACK (on_items_changed), log);

  cyberiad = orm_session_get (session, CATALOG_TYPE_BOOK, 4, &error);
  catalog_book_set_price (cyberiad, 850);
  g_assert_cmpstr (log->str, ==, "1-0+1 ");
  orm_session_rollback (session);
  g_assert_cmpstr (log->str, ==, "1-0+1 1-1+0 ");
  /* [/observe] */

  g_signal_handlers_disconnect_by_data (cheap, log);
}

/*
 * Finds an item's position and the id at a position, without loading other
 * objects.
 */
static void
test_positions (Catalog *catalog, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);
  g_autoptr (CatalogBook) solaris = get (catalog->session, CATALOG_TYPE_BOOK, 3);
  g_autoptr (CatalogAuthor) lem = get (catalog->session, CATALOG_TYPE_AUTHOR, 2);
  g_autoptr (GListModel) books = NULL;
  OrmQueryModel *model;
  guint position;

  orm_query_order_by (query, "title", ORM_DESCENDING);
  books = orm_session_observe (catalog->session, query, NULL);
  model = ORM_QUERY_MODEL (books);
  g_assert_true (orm_query_model_find (model, solaris, &position));
  g_assert_cmpint (orm_query_model_get_id (model, position), ==, 3);
  g_assert_cmpint (orm_query_model_get_id (model, g_list_model_get_n_items (books)), ==, 0);

  orm_session_delete (catalog->session, solaris, NULL);
  g_assert_false (orm_query_model_find (model, solaris, &position));
  g_assert_false (orm_query_model_find (model, lem, &position));
  orm_session_rollback (catalog->session);
}

static void
test_filtered (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogAuthor) lem = get (session, CATALOG_TYPE_AUTHOR, 2);
  g_autoptr (CatalogBook) rocannon = get (session, CATALOG_TYPE_BOOK, 1);
  g_autoptr (GError) error = NULL;
  /* [filtered] */
  g_autoptr (OrmQuery) query = orm_collection_new_query (catalog_author_get_books (lem));
  g_autoptr (GListModel) books = NULL;

  orm_query_where (query, "price", ORM_LESS, G_GINT64_CONSTANT (1000));
  orm_query_order_by (query, "published", ORM_DESCENDING);
  books = orm_session_observe (session, query, &error);
  /* [/filtered] */

  g_assert_no_error (error);
  assert_titles (books, "Solaris");
  catalog_book_set_author (rocannon, lem);
  assert_titles (books, "Rocannon, Solaris");
}

/* [on-changed] */
static void
on_changed (OrmSession *session, OrmChangeSet *changes, GString *log)
{
  for (guint i = 0; i < orm_change_set_get_n_changes (changes); i++)
    {
      OrmEntity *entity = orm_change_set_get_entity (changes, i);
      g_auto (GValue) old = G_VALUE_INIT;

      if (orm_change_set_get_kind (changes, i) == ORM_CHANGE_UPDATED &&
          orm_change_set_has_changed (changes, i, "price") &&
          orm_change_set_get_old_value (changes, i, "price", &old))
        g_string_append_printf (log, "%s cost %" G_GINT64_FORMAT "; ",
                                catalog_book_get_title (CATALOG_BOOK (entity)),
                                g_value_get_int64 (&old));
    }
}
/* [/on-changed] */

static void
test_changed (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  gulong id = g_signal_connect (session, "changed", G_CALLBACK (on_changed), log);

  catalog_book_set_price (solaris, 750);
  g_assert_cmpstr (log->str, ==, "Solaris cost 800; ");
  g_signal_handler_disconnect (session, id);
}

static void
test_delete_cascade (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [delete-cascade] */
  g_autoptr (GError) error = NULL;
  g_autoptr (CatalogAuthor) lem = orm_session_get (session, CATALOG_TYPE_AUTHOR, 2, &error);
  g_autoptr (CatalogBook) solaris = orm_session_get (session, CATALOG_TYPE_BOOK, 3, &error);

  orm_session_delete (session, lem, &error);
  g_assert_no_error (error);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (solaris)), ==, ORM_ENTITY_DELETED);
  /* [/delete-cascade] */

  commit (session);
  g_assert_null (orm_session_get (session, CATALOG_TYPE_BOOK, 4, &error));
  g_assert_no_error (error);
}

static void
test_delete_orphan (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (CatalogAuthor) le_guin = get (session, CATALOG_TYPE_AUTHOR, 1);
  g_autoptr (CatalogAuthor) lem = get (session, CATALOG_TYPE_AUTHOR, 2);
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  g_autoptr (CatalogBook) cyberiad = get (session, CATALOG_TYPE_BOOK, 4);
  /* [delete-orphan] */
  orm_collection_remove (catalog_author_get_books (lem), solaris);
  orm_collection_remove (catalog_author_get_books (lem), cyberiad);
  orm_collection_append (catalog_author_get_books (le_guin), cyberiad);

  orm_session_commit (session, &error);
  g_assert_no_error (error);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (solaris)), ==, ORM_ENTITY_DETACHED);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (cyberiad)), ==, ORM_ENTITY_PERSISTENT);
  /* [/delete-orphan] */
}

static void
test_delete_nullify (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (CatalogPublisher) harper = get (session, CATALOG_TYPE_PUBLISHER, 1);
  g_autoptr (CatalogBook) rocannon = get (session, CATALOG_TYPE_BOOK, 1);
  /* [delete-nullify] */
  orm_session_delete (session, harper, &error);
  g_assert_no_error (error);
  g_assert_false (orm_entity_has_reference (ORM_ENTITY (rocannon), "publisher"));
  /* [/delete-nullify] */

  commit (session);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (rocannon)), ==, ORM_ENTITY_PERSISTENT);
}

static void
test_delete_deny (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogShelf) full = get (session, CATALOG_TYPE_SHELF, 1);
  g_autoptr (CatalogShelf) empty = get (session, CATALOG_TYPE_SHELF, 2);
  /* [delete-deny] */
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_session_delete (session, full, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DENIED);
  g_assert_true (orm_session_delete (session, empty, NULL));
  /* [/delete-deny] */

  commit (session);
}

static void
test_delete_no_action (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogLanguage) english = get (session, CATALOG_TYPE_LANGUAGE, 1);
  /* [delete-no-action] */
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_delete (session, english, NULL));
  g_assert_false (orm_session_commit (session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FOREIGN_KEY);
  orm_session_rollback (session);
  /* [/delete-no-action] */

  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (english)), ==, ORM_ENTITY_PERSISTENT);
}

static void
test_delete_db_cascade (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  g_autoptr (CatalogReview) review = get (session, CATALOG_TYPE_REVIEW, 1);
  /* [delete-db-cascade] */
  g_autoptr (GString) log = g_string_new (NULL);
  gulong id = g_signal_connect (catalog->connection, "statement", G_CALLBACK (on_statement), log);

  orm_session_delete (session, solaris, &error);
  orm_session_commit (session, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (log->str, "reviews"));
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (review)), ==, ORM_ENTITY_DETACHED);
  /* [/delete-db-cascade] */

  g_assert_null (orm_session_get (session, CATALOG_TYPE_REVIEW, 2, &error));
  g_assert_no_error (error);
  g_assert_false (orm_session_can_undo (session));
  g_signal_handler_disconnect (catalog->connection, id);
}

static void
test_delete_db_cascade_undo (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  g_autoptr (CatalogReview) review = NULL;

  orm_session_begin_group (session, "Delete Book");
  orm_session_delete (session, solaris, &error);
  orm_session_end_group (session);
  commit (session);
  orm_session_undo (session, &error);
  g_assert_no_error (error);
  review = get (session, CATALOG_TYPE_REVIEW, 2);

  orm_session_delete (session, review, &error);
  commit (session);
  g_assert_true (orm_session_can_undo (session));
}

static void
test_unit_of_work (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (CatalogAuthor) lem = get (session, CATALOG_TYPE_AUTHOR, 2);
  /* [rollback] */
  g_autoptr (CatalogBook) solaris = orm_session_get (session, CATALOG_TYPE_BOOK, 3, &error);

  catalog_book_set_title (solaris, "Solarys");
  orm_session_delete (session, lem, &error);
  g_assert_true (orm_session_get_dirty (session));

  orm_session_rollback (session);
  g_assert_false (orm_session_get_dirty (session));
  g_assert_cmpstr (catalog_book_get_title (solaris), ==, "Solaris");
  g_assert_true (orm_collection_contains (catalog_author_get_books (lem), solaris));
  /* [/rollback] */
}

static void
test_savepoint (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  g_autoptr (CatalogBook) cyberiad = get (session, CATALOG_TYPE_BOOK, 4);
  /* [savepoint] */
  catalog_book_set_price (solaris, 750);
  orm_session_savepoint (session, "before_second", &error);
  catalog_book_set_price (cyberiad, 950);
  orm_session_rollback_to (session, "before_second", &error);
  orm_session_commit (session, &error);
  g_assert_no_error (error);

  g_assert_cmpint (solaris->price, ==, 750);
  g_assert_cmpint (cyberiad->price, ==, 1000);
  /* [/savepoint] */
}

static void
test_undo (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [undo] */
  g_autoptr (GError) error = NULL;
  g_autoptr (CatalogAuthor) lem = orm_session_get (session, CATALOG_TYPE_AUTHOR, 2, &error);
  g_autoptr (CatalogAuthor) again = NULL;

  orm_session_begin_group (session, "Delete Author");
  orm_session_delete (session, lem, &error);
  orm_session_end_group (session);
  orm_session_commit (session, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (orm_session_get_undo_label (session), ==, "Delete Author");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (lem)), ==, ORM_ENTITY_DETACHED);

  orm_session_undo (session, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (orm_session_get_redo_label (session), ==, "Delete Author");
  again = orm_session_get (session, CATALOG_TYPE_AUTHOR, 2, &error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalog_author_get_books (again))), ==,
                    2);
  /* [/undo] */

  assert_titles (catalog_author_get_books (again), "Solaris, The Cyberiad");
  orm_session_redo (session, &error);
  g_assert_no_error (error);
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (again)), ==, ORM_ENTITY_DETACHED);
}

static void
test_group (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CatalogAuthor) lem = get (session, CATALOG_TYPE_AUTHOR, 2);
  OrmCollection *books = catalog_author_get_books (lem);
  guint64 n_before;

  g_assert_true (orm_collection_load (books, NULL));
  g_signal_connect (books, "items-changed", G_CALLBACK (on_items_changed), log);
  n_before = count_statements (session);
  /* [group] */
  orm_session_begin_group (session, "Add Books");
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *title = g_strdup_printf ("Volume %u", i + 1);
      g_autoptr (CatalogBook) book = catalog_book_new (title, 500);

      orm_collection_append (books, book);
    }
  orm_session_end_group (session);

  g_assert_cmpstr (log->str, ==, "2-0+100 ");
  orm_session_commit (session, &error);
  g_assert_no_error (error);
  /* [/group] */

  g_assert_cmpuint (count_statements (session) - n_before, <=, 3);
  g_signal_handlers_disconnect_by_data (books, log);
}

static void
test_validation (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  /* [validation] */
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_static_string (&value, "");
  g_assert_false (orm_entity_set (ORM_ENTITY (solaris), "title", &value, &error));
  g_assert_cmpstr (error->message, ==, "A book needs a title");

  g_assert_false (catalog_book_set_price (solaris, -1));
  g_assert_error (orm_entity_get_error (ORM_ENTITY (solaris)), ORM_ERROR, ORM_ERROR_VALIDATION);
  g_assert_cmpint (solaris->price, ==, 800);
  /* [/validation] */

  g_assert_cmpstr (solaris->title, ==, "Solaris");
}

static void
test_errors (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [errors] */
  g_autoptr (CatalogAuthor) author = catalog_author_new ("Stanislaw Lem");
  g_autoptr (GError) error = NULL;

  orm_session_add (session, author, NULL);
  if (!orm_session_commit (session, &error))
    {
      g_assert_error (error, ORM_ERROR, ORM_ERROR_UNIQUE);
      orm_session_rollback (session);
    }

  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (author)), ==, ORM_ENTITY_TRANSIENT);
  g_assert_cmpstr (catalog_author_get_name (author), ==, "Stanislaw Lem");
  /* [/errors] */

  g_assert_nonnull (error);
}

static void
write_elsewhere (Catalog *catalog, const char *sql)
{
  g_autofree char *uri = g_strconcat ("sqlite:", catalog->path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmConnection) other = orm_connection_open (uri, &error);

  g_assert_no_error (error);
  orm_connection_execute (other, sql, &error);
  g_assert_no_error (error);
}

static void
test_merge (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  gboolean has_changed;

  write_elsewhere (catalog, "UPDATE books SET price = 500 WHERE id = 3");
  {
    /* [merge] */
    g_autoptr (GError) error = NULL;

    orm_session_merge (session, &has_changed, &error);
    g_assert_no_error (error);
    g_assert_true (has_changed);
    g_assert_cmpint (solaris->price, ==, 500);
    /* [/merge] */
  }

  catalog_book_set_price (solaris, 510);
  write_elsewhere (catalog, "UPDATE books SET price = 520 WHERE id = 3");
  {
    /* [conflict] */
    g_autoptr (GError) error = NULL;

    orm_session_merge (session, NULL, NULL);
    g_assert_cmpint (solaris->price, ==, 510);

    g_assert_false (orm_session_commit (session, &error));
    g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
    orm_session_rollback (session);
    /* [/conflict] */
  }
  g_assert_cmpint (solaris->price, ==, 520);
}

static void
test_poll (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);

  write_elsewhere (catalog, "UPDATE books SET price = 500 WHERE id = 3");
  orm_session_set_poll_interval (session, 5);
  while (solaris->price != 500)
    g_main_context_iteration (NULL, TRUE);
  orm_session_set_poll_interval (session, 0);
}

/* [thread] */
static gpointer
work_in_thread (gpointer uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmConnection) connection = orm_connection_open (uri, &error);
  g_autoptr (OrmSession) session = open_session (connection);
  g_autoptr (CatalogBook) solaris = orm_session_get (session, CATALOG_TYPE_BOOK, 3, &error);

  catalog_book_set_price (solaris, 450);
  orm_session_commit (session, &error);
  return g_steal_pointer (&error);
}
/* [/thread] */

static void
test_thread (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  g_autofree char *uri = g_strconcat ("sqlite:", catalog->path, NULL);
  g_autoptr (GError) error = NULL;
  /* [thread-merge] */
  GThread *thread = g_thread_new ("prices", work_in_thread, uri);

  error = g_thread_join (thread);
  g_assert_no_error (error);
  g_assert_cmpint (solaris->price, ==, 800);
  orm_session_merge (session, NULL, &error);
  g_assert_cmpint (solaris->price, ==, 450);
  /* [/thread-merge] */

  g_assert_no_error (error);
}

static void
test_load (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (OrmQuery) query = orm_query_new (CATALOG_TYPE_BOOK);
  g_autoptr (GListModel) books = NULL;
  g_autoptr (GError) error = NULL;

  /* [load] */
  books = orm_session_observe (session, query, &error);
  g_assert_no_error (error);
  orm_query_model_load (ORM_QUERY_MODEL (books), &error);
  g_assert_no_error (error);
  g_assert_false (orm_query_model_get_loading (ORM_QUERY_MODEL (books)));
  /* [/load] */

  g_assert_cmpuint (g_list_model_get_n_items (books), ==, 4);
}

static void
test_migrate (Catalog *catalog, gconstpointer data)
{
  OrmConnection *connection = catalog->connection;
  g_autofree char *copy = g_strconcat (catalog->path, ".backup", NULL);
  /* [migrate] */
  g_autoptr (GError) error = NULL;
  gint application_id, version;

  orm_connection_get_schema_version (connection, &application_id, &version, &error);
  g_assert_no_error (error);

  if (version < 1 && orm_connection_backup (connection, copy, &error) &&
      orm_connection_begin (connection, &error))
    {
      if (!orm_connection_execute (connection, "ALTER TABLE books ADD isbn TEXT", &error) ||
          !orm_connection_set_schema_version (connection, 1234, 1, &error) ||
          !orm_connection_commit (connection, &error))
        orm_connection_rollback (connection);
    }
  /* [/migrate] */

  g_assert_no_error (error);
  orm_connection_get_schema_version (connection, &application_id, &version, &error);
  g_assert_no_error (error);
  g_assert_cmpint (application_id, ==, 1234);
  g_assert_cmpint (version, ==, 1);
  g_assert_cmpint (g_unlink (copy), ==, 0);
}

static void
test_ownership (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  /* [ownership] */
  CatalogBook *solaris = orm_session_get (session, CATALOG_TYPE_BOOK, 3, NULL);
  CatalogAuthor *lem = g_object_ref (catalog_book_get_author (solaris));
  OrmCollection *books = catalog_author_get_books (lem);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (books)), ==, 2);
  g_assert_finalize_object (solaris);
  g_assert_finalize_object (lem);
  /* [/ownership] */
}

static void
test_bind (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  /* [bind] */
  g_autoptr (GSimpleAction) undo = g_simple_action_new ("undo", NULL);
  g_autoptr (GPropertyAction) title = g_property_action_new ("title", solaris, "title");
  g_autoptr (GVariant) state = NULL;

  g_object_bind_property (session, "can-undo", undo, "enabled", G_BINDING_SYNC_CREATE);
  g_assert_false (g_action_get_enabled (G_ACTION (undo)));

  g_action_change_state (G_ACTION (title), g_variant_new_string ("Solaris (1961)"));
  orm_session_commit (session, NULL);
  g_assert_true (g_action_get_enabled (G_ACTION (undo)));

  orm_session_undo (session, NULL);
  state = g_action_get_state (G_ACTION (title));
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "Solaris");
  /* [/bind] */
}

static void
test_properties (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogBook) solaris = get (session, CATALOG_TYPE_BOOK, 3);
  /* [properties] */
  g_autoptr (CatalogAuthor) author = NULL;
  g_autoptr (GListModel) books = NULL;
  g_autofree char *name = NULL;

  g_object_get (solaris, "author", &author, NULL);
  g_object_get (author, "name", &name, "books", &books, NULL);
  g_assert_cmpstr (name, ==, "Stanislaw Lem");
  g_assert_true (books == G_LIST_MODEL (catalog_author_get_books (author)));
  /* [/properties] */
}

/* [shadow] */
static void
on_items_changed_copy (
  GListModel *list, guint position, guint removed, guint added, GPtrArray *shadow)
{
  if (removed > 0)
    g_ptr_array_remove_range (shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (shadow, position + i, g_list_model_get_item (list, position + i));

  g_assert_cmpuint (shadow->len, ==, g_list_model_get_n_items (list));
  for (guint i = 0; i < shadow->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      g_assert_true (item == g_ptr_array_index (shadow, i));
    }
}
/* [/shadow] */

static void
test_shadow (Catalog *catalog, gconstpointer data)
{
  OrmSession *session = catalog->session;
  g_autoptr (CatalogAuthor) lem = get (session, CATALOG_TYPE_AUTHOR, 2);
  g_autoptr (CatalogBook) rocannon = get (session, CATALOG_TYPE_BOOK, 1);
  g_autoptr (GPtrArray) shadow = g_ptr_array_new_with_free_func (g_object_unref);
  OrmCollection *books = catalog_author_get_books (lem);
  gulong id;

  on_items_changed_copy (G_LIST_MODEL (books), 0, 0,
                         g_list_model_get_n_items (G_LIST_MODEL (books)), shadow);
  id = g_signal_connect (books, "items-changed", G_CALLBACK (on_items_changed_copy), shadow);
  catalog_book_set_author (rocannon, lem);
  orm_collection_move (books, 0, 2);
  orm_session_rollback (session);
  g_assert_cmpuint (shadow->len, ==, 2);
  g_signal_handler_disconnect (books, id);
}

static void
test_statement_signal (Catalog *catalog, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  gulong id = g_signal_connect (catalog->connection, "statement", G_CALLBACK (on_statement), log);
  g_autoptr (CatalogBook) solaris = get (catalog->session, CATALOG_TYPE_BOOK, 3);

  g_assert_true (g_str_has_prefix (log->str, "SELECT t.id, t.\"title\", t.\"price\""));
  g_signal_handler_disconnect (catalog->connection, id);
}

static void
add (const char *path, void (*test) (Catalog *, gconstpointer))
{
  g_test_add (path, Catalog, NULL, set_up, test, tear_down);
}

static void
add_first_chapters (void)
{
  g_test_add_func ("/library/open", test_open);
  g_test_add_func ("/library/open/incomplete", test_open_incomplete);
  add ("/library/save", test_save);
  add ("/library/save/add", test_add_is_explicit);
  add ("/library/find", test_find);
  add ("/library/find/nothing", test_find_nothing);
  add ("/library/find/search", test_search);
  add ("/library/find/in", test_find_in);
  add ("/library/both-sides", test_both_sides);
  add ("/library/both-sides/edit", test_edit_collection);
  add ("/library/many-to-many", test_link);
  add ("/library/many-to-many/delete", test_link_delete);
  add ("/library/many-to-many/query", test_link_query);
  add ("/library/ownership", test_ownership);
  add ("/library/lazy", test_lazy);
  add ("/library/lazy/prefetch", test_prefetch);
  add ("/library/lazy/not-loaded", test_not_loaded);
  add ("/library/lazy/strict", test_strict);
  add ("/library/join", test_join);
  add ("/library/join/to-many", test_join_to_many);
  add ("/library/join/wrong-path", test_wrong_path);
}

static void
add_later_chapters (void)
{
  add ("/library/sum", test_sum);
  add ("/library/totals", test_totals);
  add ("/library/observe", test_observe);
  add ("/library/observe/positions", test_positions);
  add ("/library/observe/filtered", test_filtered);
  add ("/library/changed", test_changed);
  add ("/library/delete/cascade", test_delete_cascade);
  add ("/library/delete/orphan", test_delete_orphan);
  add ("/library/delete/nullify", test_delete_nullify);
  add ("/library/delete/deny", test_delete_deny);
  add ("/library/delete/no-action", test_delete_no_action);
  add ("/library/delete/db-cascade", test_delete_db_cascade);
  add ("/library/delete/db-cascade-undo", test_delete_db_cascade_undo);
  add ("/library/rollback", test_unit_of_work);
  add ("/library/savepoint", test_savepoint);
  add ("/library/undo", test_undo);
  add ("/library/group", test_group);
  add ("/library/validation", test_validation);
  add ("/library/errors", test_errors);
  add ("/library/merge", test_merge);
  add ("/library/merge/poll", test_poll);
  add ("/library/thread", test_thread);
  add ("/library/load", test_load);
  add ("/library/migrate", test_migrate);
  add ("/library/bind", test_bind);
  add ("/library/properties", test_properties);
  add ("/library/testing/shadow", test_shadow);
  add ("/library/testing/statement", test_statement_signal);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_first_chapters ();
  add_later_chapters ();

  return g_test_run ();
}
