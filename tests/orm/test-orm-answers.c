/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-session.h"

/*
 * The return values of an entity's and a list's functions. A node rejects the
 * name "bad". One that is called "loyal" keeps its parent, a "lonely" one
 * rejects parents and friends, and a "silent" one rejects everything without a
 * reason.
 */

#define ANSWERS_TYPE_NODE (answers_node_get_type ())
G_DECLARE_FINAL_TYPE (AnswersNode, answers_node, ANSWERS, NODE, OrmEntity)

struct _AnswersNode
{
  OrmEntity parent_instance;

  char *name;
};

G_DEFINE_FINAL_TYPE (AnswersNode, answers_node, ORM_TYPE_ENTITY)

enum
{
  NODE_NAME
};

static const OrmColumn node_columns[] = {
  ORM_COLUMN ("name", TEXT, AnswersNode, name),
};

static const OrmRelationship node_relationships[] = {
  ORM_TO_ONE ("parent", answers_node_get_type, "children", "parent_id"),
  ORM_TO_MANY ("children", answers_node_get_type, "parent"),
  ORM_MANY_TO_MANY ("friends", answers_node_get_type, "friends-of", "friends", "node_id"),
  ORM_MANY_TO_MANY ("friends-of", answers_node_get_type, "friends", "friends", "friend_id"),
};

static gboolean
answers_node_validate (OrmEntity *entity, const char *property, const GValue *value, GError **error)
{
  AnswersNode *self = ANSWERS_NODE (entity);
  gboolean is_bad =
    g_strcmp0 (property, "name") == 0 && g_strcmp0 (g_value_get_string (value), "bad") == 0;
  gboolean is_leaving = g_strcmp0 (property, "parent") == 0 && g_value_get_object (value) == NULL;
  gboolean is_befriended =
    g_strcmp0 (property, "friends-of") == 0 || g_strcmp0 (property, "parent") == 0;

  if (is_bad || (is_leaving && g_strcmp0 (self->name, "loyal") == 0) ||
      (is_befriended && g_strcmp0 (self->name, "lonely") == 0))
    {
      g_set_error_literal (error, ORM_ERROR, ORM_ERROR_DENIED, "The node says no");
      return FALSE;
    }

  return g_strcmp0 (self->name, "silent") != 0;
}

static void
answers_node_class_init (AnswersNodeClass *klass)
{
  OrmEntityClass *entity_class = ORM_ENTITY_CLASS (klass);

  entity_class->validate = answers_node_validate;

  orm_entity_class_map (entity_class, "nodes", node_columns, G_N_ELEMENTS (node_columns));
  orm_entity_class_map_relationships (entity_class, node_relationships,
                                      G_N_ELEMENTS (node_relationships));
}

static void
answers_node_init (AnswersNode *self)
{
}

typedef struct
{
  OrmConnection *connection;
  OrmSession *session;
  AnswersNode *node, *other;
} Answers;

static AnswersNode *
make_node (const char *name)
{
  return g_object_new (ANSWERS_TYPE_NODE, "name", name, NULL);
}

static void
set_up (Answers *answers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  answers->connection = orm_connection_open ("sqlite::memory:", &error);
  g_assert_no_error (error);
  answers->session = orm_session_new (answers->connection, ANSWERS_TYPE_NODE, G_TYPE_INVALID);
  orm_session_create_tables (answers->session, &error);
  g_assert_no_error (error);

  answers->node = make_node ("node");
  answers->other = make_node ("other");
  g_assert_true (orm_session_add (answers->session, answers->node, NULL));
  g_assert_true (orm_session_add (answers->session, answers->other, NULL));
}

static void
tear_down (Answers *answers, gconstpointer data)
{
  orm_session_close (answers->session);
  g_clear_object (&answers->node);
  g_clear_object (&answers->other);
  g_assert_finalize_object (answers->session);
  g_clear_object (&answers->connection);
}

static OrmCollection *
get_list (AnswersNode *node, const char *name)
{
  return orm_entity_get_collection (ORM_ENTITY (node), name);
}

static void
assert_refused (gpointer entity)
{
  g_assert_error (orm_entity_get_error (entity), ORM_ERROR, ORM_ERROR_DENIED);
}

static void
test_setter (Answers *answers, gconstpointer data)
{
  OrmEntity *node = ORM_ENTITY (answers->node);

  g_assert_true (orm_entity_set_text (node, NODE_NAME, "new"));
  g_assert_true (orm_entity_set_text (node, NODE_NAME, "new"));
  g_assert_null (orm_entity_get_error (node));
  g_assert_false (orm_entity_set_text (node, NODE_NAME, "bad"));
  assert_refused (node);

  g_assert_true (orm_entity_set_reference (node, "parent", answers->other));
  g_assert_true (orm_entity_set_reference (node, "parent", answers->other));
  g_assert_true (orm_entity_set_text (node, NODE_NAME, "loyal"));
  g_assert_false (orm_entity_set_reference (node, "parent", NULL));
  assert_refused (node);
}

static void
test_setter_with_error (Answers *answers, gconstpointer data)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_static_string (&value, "node");
  g_assert_true (orm_entity_set (ORM_ENTITY (answers->node), "name", &value, &error));
  g_assert_no_error (error);
  g_value_set_static_string (&value, "bad");
  g_assert_false (orm_entity_set (ORM_ENTITY (answers->node), "name", &value, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DENIED);
}

/*
 * If a class rejects without a reason, the library provides one.
 */
static void
test_silent_refusal (Answers *answers, gconstpointer data)
{
  g_autoptr (AnswersNode) silent = make_node ("silent");
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_entity_validate (ORM_ENTITY (silent), &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_VALIDATION);
  g_clear_error (&error);

  g_assert_false (orm_collection_try_append (get_list (answers->node, data), silent, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_VALIDATION);
  g_assert_false (orm_entity_set_text (ORM_ENTITY (silent), NODE_NAME, "loud"));
  g_assert_error (orm_entity_get_error (ORM_ENTITY (silent)), ORM_ERROR, ORM_ERROR_VALIDATION);
}

static void
test_append (Answers *answers, gconstpointer data)
{
  OrmCollection *list = get_list (answers->node, data);
  g_autoptr (AnswersNode) lonely = make_node ("lonely");

  g_assert_true (orm_collection_append (list, answers->other));
  g_assert_false (orm_collection_append (list, answers->other));
  g_assert_null (orm_entity_get_error (ORM_ENTITY (answers->other)));
  g_assert_false (orm_collection_append (list, lonely));
  assert_refused (lonely);
}

static void
test_try_append (Answers *answers, gconstpointer data)
{
  OrmCollection *list = get_list (answers->node, data);
  g_autoptr (AnswersNode) lonely = make_node ("lonely");
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_collection_try_append (list, answers->other, &error));
  g_assert_true (orm_collection_try_append (list, answers->other, &error));
  g_assert_no_error (error);
  g_assert_false (orm_collection_try_append (list, lonely, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DENIED);
  g_assert_null (orm_entity_get_error (ORM_ENTITY (lonely)));
  g_clear_error (&error);
  g_assert_false (orm_collection_try_append (list, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_VALIDATION);
}

static void
test_remove (Answers *answers, gconstpointer data)
{
  OrmCollection *list = get_list (answers->node, data);

  g_assert_false (orm_collection_remove (list, answers->other));
  g_assert_true (orm_collection_append (list, answers->other));
  g_assert_true (orm_collection_remove (list, answers->other));
  g_assert_false (orm_collection_remove (list, answers->other));
  g_assert_null (orm_entity_get_error (ORM_ENTITY (answers->other)));
}

static void
test_refused_removal (Answers *answers, gconstpointer data)
{
  OrmCollection *list = get_list (answers->node, "children");

  g_assert_true (orm_collection_append (list, answers->other));
  g_assert_true (orm_entity_set_text (ORM_ENTITY (answers->other), NODE_NAME, "loyal"));
  g_assert_false (orm_collection_remove (list, answers->other));
  assert_refused (answers->other);
  g_assert_true (orm_collection_contains (list, answers->other));
}

/*
 * Among many members, each rejected one is reported.
 */
static void
test_splice (Answers *answers, gconstpointer data)
{
  OrmCollection *list = get_list (answers->node, data);
  g_autoptr (AnswersNode) lonely = make_node ("lonely");
  gpointer nodes[] = { lonely, answers->other };
  guint position;

  orm_collection_splice (list, 0, 0, nodes, G_N_ELEMENTS (nodes));
  assert_refused (lonely);
  g_assert_false (orm_collection_find (list, lonely, &position));
  g_assert_true (orm_collection_find (list, answers->other, &position));
  g_assert_cmpuint (position, ==, 0);
}

static void
test_load (Answers *answers, gconstpointer data)
{
  OrmCollection *list;
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_commit (answers->session, NULL));
  list = get_list (answers->node, data);
  g_assert_false (orm_collection_is_loaded (list));
  orm_session_close (answers->session);

  g_assert_false (orm_collection_load (list, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_DETACHED);
}

static void
test_load_reference (Answers *answers, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (orm_entity_load_reference (ORM_ENTITY (answers->node), "parent", &error));
  g_assert_no_error (error);
}

static void
add (const char *path, gconstpointer data, void (*test) (Answers *, gconstpointer))
{
  g_test_add (path, Answers, data, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/orm/answers/setter", NULL, test_setter);
  add ("/orm/answers/setter-with-error", NULL, test_setter_with_error);
  add ("/orm/answers/silent-refusal", "children", test_silent_refusal);
  add ("/orm/answers/silent-refusal-of-link", "friends", test_silent_refusal);
  add ("/orm/answers/append", "children", test_append);
  add ("/orm/answers/append-link", "friends", test_append);
  add ("/orm/answers/try-append", "children", test_try_append);
  add ("/orm/answers/try-append-link", "friends", test_try_append);
  add ("/orm/answers/remove", "children", test_remove);
  add ("/orm/answers/remove-link", "friends", test_remove);
  add ("/orm/answers/refused-removal", NULL, test_refused_removal);
  add ("/orm/answers/splice", "children", test_splice);
  add ("/orm/answers/splice-links", "friends", test_splice);
  add ("/orm/answers/load", "children", test_load);
  add ("/orm/answers/load-reference", NULL, test_load_reference);

  return g_test_run ();
}
