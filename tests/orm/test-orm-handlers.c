/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-connection-private.h"
#include "orm.h"

#include <glib/gstdio.h>

/*
 * What a handler may do: every action, in a handler of every signal, at each
 * of the first emissions of every kind of change. Afterwards memory, lists,
 * live queries, totals and rows agree, and the session still works.
 */

/* Later emissions of a change are not tried. */
#define MAX_EMISSIONS 2

/* The case that validate() acts for, or NULL. */
static struct _Case *validating;

static gboolean
validate (OrmEntity *entity, const char *property, const GValue *value, GError **error);

typedef struct
{
  const char *name;
  GType (*user) (void);
  GType (*category) (void);
  GType (*expense) (void);
} Family;

enum
{
  EXPENSE_DESCRIPTION,
  EXPENSE_AMOUNT
};

/*
 * The same three classes for each delete rule: a class maps its table in class_init.
 */
#define FAMILY(Name, name_, rule_, many_flags_, one_flags_)                                        \
  typedef struct                                                                                   \
  {                                                                                                \
    OrmEntity parent_instance;                                                                     \
    char *name;                                                                                    \
  } Name##User;                                                                                    \
  typedef struct                                                                                   \
  {                                                                                                \
    OrmEntity parent_instance;                                                                     \
    char *name;                                                                                    \
  } Name##Category;                                                                                \
  typedef struct                                                                                   \
  {                                                                                                \
    OrmEntity parent_instance;                                                                     \
    char *description;                                                                             \
    gint64 amount;                                                                                 \
  } Name##Expense;                                                                                 \
  typedef OrmEntityClass Name##UserClass;                                                          \
  typedef OrmEntityClass Name##CategoryClass;                                                      \
  typedef OrmEntityClass Name##ExpenseClass;                                                       \
                                                                                                   \
  static GType name_##_user_get_type (void);                                                       \
  static GType name_##_category_get_type (void);                                                   \
  static GType name_##_expense_get_type (void);                                                    \
  G_DEFINE_FINAL_TYPE (Name##User, name_##_user, ORM_TYPE_ENTITY)                                  \
  G_DEFINE_FINAL_TYPE (Name##Category, name_##_category, ORM_TYPE_ENTITY)                          \
  G_DEFINE_FINAL_TYPE (Name##Expense, name_##_expense, ORM_TYPE_ENTITY)                            \
                                                                                                   \
  static void name_##_user_class_init (Name##UserClass *klass)                                     \
  {                                                                                                \
    static const OrmColumn columns[] = { ORM_COLUMN ("name", TEXT, Name##User, name) };            \
    static const OrmRelationship sides[] = {                                                       \
      ORM_TO_MANY ("expenses", name_##_expense_get_type, "user", .rule = rule_,                    \
                   .flags = many_flags_),                                                          \
    };                                                                                             \
                                                                                                   \
    orm_entity_class_map (klass, "users", columns, G_N_ELEMENTS (columns));                        \
    orm_entity_class_map_relationships (klass, sides, G_N_ELEMENTS (sides));                       \
  }                                                                                                \
                                                                                                   \
  static void name_##_category_class_init (Name##CategoryClass *klass)                             \
  {                                                                                                \
    static const OrmColumn columns[] = {                                                           \
      ORM_COLUMN ("name", TEXT, Name##Category, name, .flags = ORM_COLUMN_UNIQUE),                 \
    };                                                                                             \
    static const OrmRelationship sides[] = {                                                       \
      ORM_TO_MANY ("expenses", name_##_expense_get_type, "category", .rule = rule_,                \
                   .flags = many_flags_),                                                          \
    };                                                                                             \
                                                                                                   \
    orm_entity_class_map (klass, "categories", columns, G_N_ELEMENTS (columns));                   \
    orm_entity_class_map_relationships (klass, sides, G_N_ELEMENTS (sides));                       \
  }                                                                                                \
                                                                                                   \
  static void name_##_expense_class_init (Name##ExpenseClass *klass)                               \
  {                                                                                                \
    static const OrmColumn columns[] = {                                                           \
      ORM_COLUMN ("description", TEXT, Name##Expense, description),                                \
      ORM_COLUMN ("amount", INT64, Name##Expense, amount),                                         \
    };                                                                                             \
    static const OrmRelationship sides[] = {                                                       \
      ORM_TO_ONE ("user", name_##_user_get_type, "expenses", "user_id", .flags = one_flags_),      \
      ORM_TO_ONE ("category", name_##_category_get_type, "expenses", "category_id",                \
                  .flags = one_flags_),                                                            \
    };                                                                                             \
                                                                                                   \
    klass->validate = validate;                                                                    \
    orm_entity_class_map (klass, "expenses", columns, G_N_ELEMENTS (columns));                     \
    orm_entity_class_map_relationships (klass, sides, G_N_ELEMENTS (sides));                       \
  }                                                                                                \
                                                                                                   \
  static void name_##_user_init (Name##User *self) {}                                              \
  static void name_##_category_init (Name##Category *self) {}                                      \
  static void name_##_expense_init (Name##Expense *self) {}                                        \
                                                                                                   \
  static const Family name_ = { #name_, name_##_user_get_type, name_##_category_get_type,          \
                                name_##_expense_get_type };

FAMILY (
  Orphans, orphans, ORM_DELETE_CASCADE, ORM_RELATIONSHIP_DELETE_ORPHAN, ORM_RELATIONSHIP_NOT_NULL)
FAMILY (Cascade, cascade, ORM_DELETE_CASCADE, ORM_RELATIONSHIP_DB_CASCADE, ORM_RELATIONSHIP_NONE)
FAMILY (Nullify, nullify, ORM_DELETE_NULLIFY, ORM_RELATIONSHIP_NONE, ORM_RELATIONSHIP_NONE)
FAMILY (Deny, deny, ORM_DELETE_DENY, ORM_RELATIONSHIP_NONE, ORM_RELATIONSHIP_NONE)

/* A copy of a list, updated only from its emissions. */
typedef struct
{
  GListModel *list;
  GPtrArray *items;
  gboolean is_wrong;
} Shadow;

typedef struct _Case Case;

typedef struct
{
  const char *name;
  void (*run) (Case *self);
} Action;

typedef struct
{
  const char *name;
  const Family *family;
  void (*prepare) (Case *self);
  gboolean (*run) (Case *self, GError **error);
  gboolean needs_file; /* that another program would use */
} Change;

typedef struct
{
  const char *name;
  void (*connect) (Case *self);
} Signal;

struct _Case
{
  const Change *change;
  const Signal *signal;
  const Action *action;
  char *folder;
  OrmConnection *connection;
  OrmSession *session;
  gpointer users[3];
  gpointer categories[5];
  gpointer expenses[8];
  gpointer made; /* an expense that the change makes */
  GListModel *list;
  OrmTotals *totals;
  GPtrArray *shadows;

  guint emission; /* the emission at which the handler acts */
  guint n_emissions;
  gboolean is_acting;
  gboolean has_acted;
  GString *faults;
};

static void
complain (Case *self, const char *fault)
{
  g_string_append_printf (self->faults, "\n    %s", fault);
}

static void
shadow_free (Shadow *shadow)
{
  g_signal_handlers_disconnect_by_data (shadow->list, shadow);
  g_object_unref (shadow->list);
  g_ptr_array_unref (shadow->items);
  g_free (shadow);
}

static void
on_shadowed_changed (
  GListModel *list, guint position, guint n_removed, guint n_added, Shadow *shadow)
{
  if (position + n_removed > shadow->items->len)
    {
      shadow->is_wrong = TRUE;
      return;
    }

  if (n_removed > 0)
    g_ptr_array_remove_range (shadow->items, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (shadow->items, (gint) (position + i),
                        g_list_model_get_item (list, position + i));

  /* A handler that is called later may already see what an earlier one changed. */
  if (shadow->items->len != g_list_model_get_n_items (list))
    shadow->is_wrong = TRUE;
}

static void
add_shadow (Case *self, gpointer list)
{
  Shadow *shadow = g_new0 (Shadow, 1);

  shadow->list = g_object_ref (list);
  shadow->items = g_ptr_array_new_with_free_func (g_object_unref);
  on_shadowed_changed (list, 0, 0, g_list_model_get_n_items (list), shadow);
  g_signal_connect (list, "items-changed", G_CALLBACK (on_shadowed_changed), shadow);
  g_ptr_array_add (self->shadows, shadow);
}

static gboolean
is_shadow_right (Shadow *shadow)
{
  if (shadow->is_wrong || shadow->items->len != g_list_model_get_n_items (shadow->list))
    return FALSE;

  for (guint i = 0; i < shadow->items->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (shadow->list, i);

      if (item != shadow->items->pdata[i])
        return FALSE;
    }

  return TRUE;
}

static OrmCollection *
list_of (gpointer owner)
{
  return orm_entity_get_collection (owner, "expenses");
}

static void
execute (OrmConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;

  orm_connection_execute (connection, sql, &error);
  g_assert_no_error (error);
}

static gpointer
get (Case *self, GType type, gint64 id)
{
  g_autoptr (GError) error = NULL;
  gpointer entity = orm_session_get (self->session, type, id, &error);

  g_assert_no_error (error);
  return entity;
}

static void
load_everything (Case *self)
{
  const Family *family = self->change->family;
  g_autoptr (OrmQuery) query = orm_query_new (family->expense ());
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < G_N_ELEMENTS (self->users); i++)
    self->users[i] = get (self, family->user (), i);
  for (guint i = 1; i < G_N_ELEMENTS (self->categories); i++)
    self->categories[i] = get (self, family->category (), i);
  for (guint i = 1; i < G_N_ELEMENTS (self->expenses); i++)
    self->expenses[i] = get (self, family->expense (), i);

  self->totals = orm_session_observe_totals (self->session, query, "category", "amount", &error);
  g_assert_no_error (error);
  orm_query_order_by (query, "amount", ORM_DESCENDING);
  self->list = orm_session_observe (self->session, query, &error);
  g_assert_no_error (error);

  for (guint i = 1; i < G_N_ELEMENTS (self->users); i++)
    add_shadow (self, list_of (self->users[i]));
  for (guint i = 1; i < G_N_ELEMENTS (self->categories); i++)
    add_shadow (self, list_of (self->categories[i]));
  add_shadow (self, self->list);
  add_shadow (self, self->totals);
}

static void
case_open (Case *self)
{
  const Family *family = self->change->family;
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  if (self->change->needs_file)
    self->folder = g_dir_make_tmp ("orm-XXXXXX", &error);
  g_assert_no_error (error);
  uri = self->folder != NULL ? g_strconcat ("sqlite:", self->folder, "/book", NULL)
                             : g_strdup ("sqlite::memory:");
  self->connection = orm_connection_open (uri, &error);
  g_assert_no_error (error);
  self->session = orm_session_new (self->connection, family->user (), family->category (),
                                   family->expense (), G_TYPE_INVALID);
  orm_session_create_tables (self->session, &error);
  g_assert_no_error (error);

  execute (self->connection, "INSERT INTO users (id, name) VALUES (1, 'Alice'), (2, 'Bob')");
  execute (self->connection, "INSERT INTO categories (id, name) VALUES (1, 'Food'), "
                             "(2, 'Entertainment'), (3, 'Transportation'), (4, 'Empty')");
  execute (self->connection,
           "INSERT INTO expenses (id, user_id, category_id, description, amount) VALUES "
           "(1, 1, 1, 'Groceries', 5250), (2, 1, 1, 'Lunch', 1875), (3, 1, 3, 'Gas', 4500), "
           "(4, 1, 2, 'Cinema', 900), (5, 2, 1, 'Lunch', 2500), (6, 2, 1, 'Dinner', 3000), "
           "(7, 2, 2, 'Concert', 5000)");

  self->shadows = g_ptr_array_new_with_free_func ((GDestroyNotify) shadow_free);
  self->faults = g_string_new (NULL);
  load_everything (self);
}

static void
clear_all (gpointer *objects, guint n)
{
  for (guint i = 0; i < n; i++)
    g_clear_object (&objects[i]);
}

static void
remove_file (const char *folder)
{
  static const char *const files[] = { "book", "book-wal", "book-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
case_close (Case *self)
{
  validating = NULL;
  g_ptr_array_unref (self->shadows);
  clear_all (self->users, G_N_ELEMENTS (self->users));
  clear_all (self->categories, G_N_ELEMENTS (self->categories));
  clear_all (self->expenses, G_N_ELEMENTS (self->expenses));
  g_clear_object (&self->made);
  g_clear_object (&self->list);
  g_clear_object (&self->totals);
  g_clear_object (&self->session);
  g_clear_object (&self->connection);
  g_string_free (self->faults, TRUE);
  if (self->folder != NULL)
    remove_file (self->folder);
  g_free (self->folder);
}

/*
 * An expense of Alice's without a category.
 */
static gpointer
new_expense (Case *self, const char *description, gint64 amount)
{
  gpointer expense = g_object_new (self->change->family->expense (), "description", description,
                                   "amount", amount, NULL);

  g_assert_true (orm_entity_set_reference (expense, "user", self->users[1]));
  return expense;
}

/* The actions. */

static void
act_set (Case *self)
{
  orm_entity_set_int64 (self->expenses[6], EXPENSE_AMOUNT, 777);
  orm_entity_set_int64 (self->expenses[2], EXPENSE_AMOUNT, 778);
}

static void
act_point (Case *self)
{
  orm_entity_set_reference (self->expenses[2], "category", self->categories[3]);
}

static void
act_append (Case *self)
{
  g_autoptr (OrmEntity) expense = new_expense (self, "appended", 11);

  orm_collection_append (list_of (self->categories[3]), expense);
}

static void
act_remove (Case *self)
{
  orm_collection_remove (list_of (self->categories[1]), self->expenses[5]);
}

static void
act_move (Case *self)
{
  OrmCollection *list = list_of (self->categories[1]);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (list));

  if (n_items > 1)
    orm_collection_move (list, 0, n_items - 1);
}

static void
act_splice (Case *self)
{
  gpointer additions[] = { self->expenses[2], self->expenses[6] };

  orm_collection_splice (list_of (self->categories[4]), 0, 0, additions, 2);
}

static void
act_delete (Case *self)
{
  g_autoptr (GError) error = NULL;

  if (orm_entity_get_session (self->expenses[2]) == self->session)
    orm_session_delete (self->session, self->expenses[2], &error);
}

static void
act_delete_owner (Case *self)
{
  g_autoptr (GError) error = NULL;

  if (orm_entity_get_session (self->categories[2]) == self->session)
    orm_session_delete (self->session, self->categories[2], &error);
}

static void
check_refused (Case *self, gboolean is_done, const GError *error)
{
  if (is_done || !g_error_matches (error, ORM_ERROR, ORM_ERROR_REENTRANT))
    complain (self, "a handler was not refused");
}

static void
act_flush (Case *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done = orm_session_flush (self->session, &error);

  check_refused (self, is_done, error);
}

static void
act_commit (Case *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done = orm_session_commit (self->session, &error);

  check_refused (self, is_done, error);
}

static void
act_rollback (Case *self)
{
  g_test_expect_message ("orm", G_LOG_LEVEL_CRITICAL, "*rollback*");
  orm_session_rollback (self->session);
  g_test_assert_expected_messages ();
}

static void
act_undo (Case *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done = orm_session_undo (self->session, &error);

  check_refused (self, is_done, error);
}

static void
act_redo (Case *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done = orm_session_redo (self->session, &error);

  check_refused (self, is_done, error);
}

static void
act_refresh (Case *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done = orm_session_refresh (self->session, NULL, &error);

  check_refused (self, is_done, error);
}

static void
act_merge (Case *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done = orm_session_merge (self->session, NULL, &error);

  check_refused (self, is_done, error);
}

static void
act_close (Case *self)
{
  g_test_expect_message ("orm", G_LOG_LEVEL_CRITICAL, "*close*");
  orm_session_close (self->session);
  g_test_assert_expected_messages ();
}

static void
act_drop (Case *self)
{
  g_clear_object (&self->expenses[2]);
  g_clear_object (&self->expenses[5]);
  g_clear_object (&self->categories[3]);
  g_clear_object (&self->list);
  g_clear_object (&self->totals);

  /* The copies of the live list and the totals hold references, too. */
  g_ptr_array_set_size (self->shadows, (gint) self->shadows->len - 2);
}

static const Action actions[] = {
  { "set", act_set },           { "point", act_point },
  { "append", act_append },     { "remove", act_remove },
  { "move", act_move },         { "splice", act_splice },
  { "delete", act_delete },     { "delete-owner", act_delete_owner },
  { "flush", act_flush },       { "commit", act_commit },
  { "rollback", act_rollback }, { "undo", act_undo },
  { "redo", act_redo },         { "refresh", act_refresh },
  { "merge", act_merge },       { "close", act_close },
  { "drop", act_drop },
};

/* The signals. */

static void
on_anything (Case *self)
{
  if (!self->is_acting || self->has_acted || self->n_emissions++ < self->emission)
    return;

  self->has_acted = TRUE;
  self->action->run (self);
}

static void
connect_notify (Case *self)
{
  for (guint i = 1; i < G_N_ELEMENTS (self->expenses); i++)
    g_signal_connect_swapped (self->expenses[i], "notify", G_CALLBACK (on_anything), self);
}

static void
connect_collections (Case *self)
{
  for (guint i = 1; i < G_N_ELEMENTS (self->users); i++)
    g_signal_connect_swapped (list_of (self->users[i]), "items-changed", G_CALLBACK (on_anything),
                              self);
  for (guint i = 1; i < G_N_ELEMENTS (self->categories); i++)
    g_signal_connect_swapped (list_of (self->categories[i]), "items-changed",
                              G_CALLBACK (on_anything), self);
}

static void
connect_live (Case *self)
{
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (on_anything), self);
}

static void
connect_totals (Case *self)
{
  g_signal_connect_swapped (self->totals, "items-changed", G_CALLBACK (on_anything), self);
}

static void
connect_changed (Case *self)
{
  g_signal_connect_swapped (self->session, "changed", G_CALLBACK (on_anything), self);
}

/*
 * Not a signal, but also called in the middle of a change.
 */
static gboolean
validate (OrmEntity *entity, const char *property, const GValue *value, GError **error)
{
  if (validating != NULL && orm_entity_get_session (entity) != NULL)
    on_anything (validating);

  return TRUE;
}

static void
connect_validate (Case *self)
{
  validating = self;
}

static const Signal tried_signals[] = {
  { "notify", connect_notify },   { "collection", connect_collections },
  { "live", connect_live },       { "totals", connect_totals },
  { "changed", connect_changed }, { "validate", connect_validate },
};

/* The changes. */

/*
 * Changes something of each kind that a flush writes. A handler may have
 * undone a part.
 */
static void
change_much (Case *self)
{
  self->made = new_expense (self, "made", 42);
  orm_collection_append (list_of (self->categories[4]), self->made);
  if (self->expenses[2] != NULL)
    orm_entity_set_reference (self->expenses[2], "category", self->categories[2]);
  orm_entity_set_int64 (self->expenses[1], EXPENSE_AMOUNT, 99);
  orm_entity_set_reference (self->expenses[7], "category", self->categories[1]);
  if (self->categories[3] != NULL)
    orm_collection_remove (list_of (self->categories[3]), self->expenses[3]);
}

static void
commit_much (Case *self)
{
  g_autoptr (GError) error = NULL;

  orm_session_set_label (self->session, "Much");
  change_much (self);
  orm_session_commit (self->session, &error);
  g_assert_no_error (error);
}

static void
undo_much (Case *self)
{
  g_autoptr (GError) error = NULL;

  commit_much (self);
  orm_session_undo (self->session, &error);
  g_assert_no_error (error);
}

static void
prepare_nothing (Case *self)
{
}

static gboolean
run_set (Case *self, GError **error)
{
  orm_entity_set_int64 (self->expenses[6], EXPENSE_AMOUNT, 6000);
  orm_entity_set_reference (self->expenses[6], "category", self->categories[2]);
  return TRUE;
}

static gboolean
run_add (Case *self, GError **error)
{
  self->made = new_expense (self, "made", 42);
  orm_entity_set_reference (self->made, "category", self->categories[1]);
  return orm_session_add (self->session, self->made, error);
}

static gboolean
run_splice (Case *self, GError **error)
{
  gpointer additions[] = { self->expenses[2], self->expenses[7] };

  orm_collection_splice (list_of (self->categories[3]), 0, 1, additions, 2);
  return TRUE;
}

static gboolean
run_delete (Case *self, GError **error)
{
  return orm_session_delete (self->session, self->categories[1], error);
}

static gboolean
run_denied (Case *self, GError **error)
{
  g_autoptr (GError) denial = NULL;

  g_assert_false (orm_session_delete (self->session, self->categories[1], &denial));
  g_assert_error (denial, ORM_ERROR, ORM_ERROR_DENIED);
  return orm_session_delete (self->session, self->expenses[2], error);
}

static gboolean
run_group (Case *self, GError **error)
{
  orm_session_begin_group (self->session, "Group");
  change_much (self);
  orm_session_end_group (self->session);
  return TRUE;
}

static gboolean
run_flush (Case *self, GError **error)
{
  return orm_session_flush (self->session, error);
}

static gboolean
run_commit (Case *self, GError **error)
{
  return orm_session_commit (self->session, error);
}

static gboolean
run_rollback (Case *self, GError **error)
{
  orm_session_rollback (self->session);
  return TRUE;
}

static gboolean
run_undo (Case *self, GError **error)
{
  return orm_session_undo (self->session, error);
}

static gboolean
run_redo (Case *self, GError **error)
{
  return orm_session_redo (self->session, error);
}

/*
 * Another program moves, changes, deletes and inserts.
 */
static void
write_elsewhere (Case *self)
{
  g_autofree char *uri = g_strconcat ("sqlite:", self->folder, "/book", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmConnection) other = orm_connection_open (uri, &error);

  g_assert_no_error (error);
  execute (other, "UPDATE expenses SET category_id = 2, amount = 31 WHERE id = 2");
  execute (other, "DELETE FROM expenses WHERE id = 7");
  execute (other, "INSERT INTO expenses (id, user_id, category_id, description, amount) "
                  "VALUES (50, 2, 1, 'Elsewhere', 60)");
}

static gboolean
run_merge (Case *self, GError **error)
{
  return orm_session_merge (self->session, NULL, error);
}

static const Change changes[] = {
  { "set", &orphans, prepare_nothing, run_set },
  { "add", &orphans, prepare_nothing, run_add },
  { "splice", &nullify, prepare_nothing, run_splice },
  { "delete-orphans", &orphans, prepare_nothing, run_delete },
  { "delete-cascade", &cascade, prepare_nothing, run_delete },
  { "delete-nullify", &nullify, prepare_nothing, run_delete },
  { "delete-denied", &deny, prepare_nothing, run_denied },
  { "group", &orphans, prepare_nothing, run_group },
  { "group-nullify", &nullify, prepare_nothing, run_group },
  { "flush", &orphans, change_much, run_flush },
  { "commit", &orphans, change_much, run_commit },
  { "commit-nullify", &nullify, change_much, run_commit },
  { "rollback", &orphans, change_much, run_rollback },
  { "undo", &orphans, commit_much, run_undo },
  { "redo", &orphans, undo_much, run_redo },
  { "merge", &orphans, write_elsewhere, run_merge, .needs_file = TRUE },
};

/* The checks after each case. */

static void
check_shadows (Case *self, const char *when)
{
  for (guint i = 0; i < self->shadows->len; i++)
    if (!is_shadow_right (self->shadows->pdata[i]))
      {
        g_autofree char *fault =
          g_strdup_printf ("list %u differs from its emissions, %s", i, when);

        complain (self, fault);
      }
}

/*
 * A list has each entity whose to-one is its owner, once, and no other.
 */
static void
check_list (Case *self, gpointer owner, const char *to_one, const char *when)
{
  GListModel *list = G_LIST_MODEL (list_of (owner));
  g_autoptr (GHashTable) members = g_hash_table_new (NULL, NULL);
  gboolean is_right = TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OrmEntity) member = g_list_model_get_item (list, i);

      is_right &= g_hash_table_add (members, member) &&
                  orm_entity_get_state (member) < ORM_ENTITY_DELETED &&
                  orm_entity_get_reference (member, to_one) == owner;
    }

  for (guint i = 1; i < G_N_ELEMENTS (self->expenses); i++)
    if (self->expenses[i] != NULL && orm_entity_get_state (self->expenses[i]) < ORM_ENTITY_DELETED)
      is_right &= (orm_entity_get_reference (self->expenses[i], to_one) == owner) ==
                  g_hash_table_contains (members, self->expenses[i]);

  if (!is_right)
    complain (self, when);
}

static void
check_lists (Case *self, const char *when)
{
  for (guint i = 1; i < G_N_ELEMENTS (self->users); i++)
    if (orm_entity_get_session (self->users[i]) != NULL &&
        orm_entity_get_state (self->users[i]) == ORM_ENTITY_PERSISTENT)
      check_list (self, self->users[i], "user", when);
  for (guint i = 1; i < G_N_ELEMENTS (self->categories); i++)
    if (self->categories[i] != NULL &&
        orm_entity_get_state (self->categories[i]) == ORM_ENTITY_PERSISTENT)
      check_list (self, self->categories[i], "category", when);
}

static char *
read_text (Case *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *text = _orm_connection_select_text (self->connection, sql, NULL, 0, &error);

  g_assert_no_error (error);
  return text;
}

/*
 * Formats the entities in memory as check_rows() formats the rows.
 */
static char *
describe_memory (Case *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (self->change->family->expense ());
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) found = orm_session_find (self->session, query, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (OrmEntity) expense = g_list_model_get_item (found, i);
      OrmEntity *user = orm_entity_get_reference (expense, "user");
      OrmEntity *category = orm_entity_get_reference (expense, "category");
      gint64 amount;

      g_object_get (expense, "amount", &amount, NULL);
      g_string_append_printf (
        text, "%s%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT,
        i > 0 ? " " : "", orm_entity_get_id (expense), user != NULL ? orm_entity_get_id (user) : 0,
        category != NULL ? orm_entity_get_id (category) : 0, amount);
    }

  return g_string_free (text, FALSE);
}

static void
check_rows (Case *self)
{
  g_autofree char *rows =
    read_text (self, "SELECT coalesce (group_concat (id || ':' || coalesce (user_id, 0) || ',' || "
                     "coalesce (category_id, 0) || ',' || amount, ' '), '') "
                     "FROM (SELECT * FROM expenses ORDER BY id)");
  g_autofree char *memory = describe_memory (self);

  if (!g_str_equal (rows, memory))
    {
      g_autofree char *fault = g_strdup_printf ("rows %s, memory %s", rows, memory);

      complain (self, fault);
    }
}

static gboolean
is_same_list (GListModel *live, GListModel *truth)
{
  gboolean is_same = g_list_model_get_n_items (live) == g_list_model_get_n_items (truth);

  for (guint i = 0; is_same && i < g_list_model_get_n_items (live); i++)
    {
      g_autoptr (OrmEntity) item = g_list_model_get_item (live, i);
      g_autoptr (OrmEntity) expected = g_list_model_get_item (truth, i);

      is_same = item == expected;
    }

  return is_same;
}

static void
check_live (Case *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (self->change->family->expense ());
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) truth = NULL;
  g_autoptr (OrmTotals) totals = NULL;
  gint64 sum;
  guint64 n_rows;

  if (self->list == NULL)
    return;

  g_assert_true (orm_session_sum (self->session, query, "amount", &sum, &n_rows, &error));
  if (orm_totals_get_sum (self->totals) != sum || orm_totals_get_count (self->totals) != n_rows)
    complain (self, "the totals are not those of the rows");

  totals = orm_session_observe_totals (self->session, query, "category", "amount", &error);
  g_assert_no_error (error);
  if (g_list_model_get_n_items (G_LIST_MODEL (totals)) !=
      g_list_model_get_n_items (G_LIST_MODEL (self->totals)))
    complain (self, "the totals have other groups than the rows");

  orm_query_order_by (query, "amount", ORM_DESCENDING);
  truth = orm_session_find (self->session, query, &error);
  g_assert_no_error (error);
  if (!is_same_list (self->list, truth))
    complain (self, "the live query is not what the rows are");
}

static void
commit (Case *self, const char *what)
{
  g_autoptr (GError) error = NULL;

  if (!orm_session_commit (self->session, &error))
    {
      g_autofree char *fault = g_strdup_printf ("%s: %s", what, error->message);

      complain (self, fault);
      orm_session_rollback (self->session);
    }

  if (orm_session_get_dirty (self->session))
    complain (self, "the session is dirty after a commit");
}

static void
check_agreement (Case *self, const char *when)
{
  check_shadows (self, when);
  check_lists (self, when);
  check_rows (self);
  check_live (self);
}

/*
 * The session can save another expense and undo everything.
 */
static void
check_working (Case *self)
{
  g_autoptr (OrmEntity) expense = new_expense (self, "afterwards", 5);
  g_autoptr (GError) error = NULL;

  orm_collection_append (list_of (self->categories[4]), expense);
  orm_session_set_label (self->session, "Afterwards");
  commit (self, "the next commit");
  if (orm_entity_get_state (expense) != ORM_ENTITY_PERSISTENT)
    complain (self, "a new expense was not saved");
  check_agreement (self, "after the next commit");

  while (orm_session_can_undo (self->session))
    if (!orm_session_undo (self->session, &error))
      {
        complain (self, error->message);
        return;
      }
  check_agreement (self, "after all was undone");
}

static gboolean
run_case (const Change *change, const Signal *signal, const Action *action, guint emission)
{
  Case self = { .change = change, .signal = signal, .action = action, .emission = emission };
  g_autoptr (GError) error = NULL;
  gboolean has_acted;

  case_open (&self);
  change->prepare (&self);
  signal->connect (&self);

  self.is_acting = TRUE;
  if (!change->run (&self, &error))
    {
      /* Only a flush within a flush makes the outer one fail. */
      if (!g_error_matches (error, ORM_ERROR, ORM_ERROR_REENTRANT) || action->run != act_flush)
        complain (&self, error->message);
      orm_session_rollback (self.session);
    }
  self.is_acting = FALSE;

  has_acted = self.has_acted;
  if (has_acted)
    {
      check_shadows (&self, "at once");
      check_lists (&self, "a list and its members differ at once");
      commit (&self, "the commit");
      check_agreement (&self, "after the commit");
      check_working (&self);
    }

  if (self.faults->len > 0)
    {
      g_test_message ("%s, in a handler of %s, %u, during %s:%s", action->name, signal->name,
                      emission, change->name, self.faults->str);
      g_test_fail ();
    }
  case_close (&self);
  return has_acted;
}

typedef struct
{
  const Change *change;
  const Signal *signal;
} Place;

static void
test_place (gconstpointer data)
{
  const Place *place = data;
  guint n_run = 0;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    for (guint j = 0; j < MAX_EMISSIONS; j++)
      {
        if (!run_case (place->change, place->signal, &actions[i], j))
          break;
        n_run++;
      }

  g_test_message ("%u combinations", n_run);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (tried_signals); j++)
      {
        Place *place = g_new (Place, 1);
        g_autofree char *path =
          g_strdup_printf ("/orm/handlers/%s/%s", changes[i].name, tried_signals[j].name);

        place->change = &changes[i];
        place->signal = &tried_signals[j];
        g_test_add_data_func_full (path, place, test_place, g_free);
      }

  return g_test_run ();
}
