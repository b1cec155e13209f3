/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-backup-private.h"
#include "budget-book-error-private.h"
#include "budget-book-file-private.h"
#include "budget-book-private.h"
#include "budget-book.h"
#include "budget-category-adder.h"
#include "budget-currency.h"
#include "budget-decision.h"
#include "budget-import-change.h"
#include "budget-layout.h"
#include "budget-migrations.h"
#include "budget-money.h"
#include "budget-name-index.h"
#include "budget-rule.h"
#include "budget-setting.h"
#include "budget-starter.h"
#include "budget-tag.h"
#include "orm-query-model.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetBook:
 *
 * The household's book: one open file with its people, categories, accounts
 * and expenses, and the currency they are kept in.
 *
 * The book holds a reference to each person, category and account, so that
 * functions can return them without transferring ownership.
 */

/* A live list and the entities in it. */
typedef struct
{
  GListModel *model;
  GPtrArray *held;
} BudgetShelf;

enum
{
  BUDGET_SHELF_USERS,
  BUDGET_SHELF_CATEGORIES,
  BUDGET_SHELF_ACCOUNTS,
  BUDGET_SHELF_TAGS,
  BUDGET_SHELF_RULES,
  BUDGET_SHELF_SETTINGS,
  BUDGET_N_SHELVES
};

struct _BudgetBook
{
  GObject parent_instance;

  char *path;
  char *file_key;
  OrmConnection *connection;
  OrmSession *session;
  BudgetShelf shelves[BUDGET_N_SHELVES];
  char *currency; /* as it was last notified */
};

G_DEFINE_FINAL_TYPE (BudgetBook, budget_book, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PATH,
  PROP_CURRENCY,
  N_PROPS
};

#define SETTING_CURRENCY "currency"

static GParamSpec *properties[N_PROPS];

static void
on_shelf_items_changed (
  GListModel *model, guint position, guint removed, guint added, BudgetShelf *shelf)
{
  guint n_items = g_list_model_get_n_items (model);
  g_autoptr (GPtrArray) held = g_ptr_array_new_full (n_items, g_object_unref);

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (held, g_list_model_get_item (model, i));

  g_ptr_array_unref (shelf->held);
  shelf->held = g_steal_pointer (&held);
}

static gboolean
fill_shelf (BudgetBook *self, BudgetShelf *shelf, GType type, const char *order_by, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (type);

  orm_query_order_by (query, order_by, ORM_ASCENDING);
  shelf->model = orm_session_observe (self->session, query, error);
  if (shelf->model == NULL || !orm_query_model_load (ORM_QUERY_MODEL (shelf->model), error))
    return FALSE;

  g_signal_connect (shelf->model, "items-changed", G_CALLBACK (on_shelf_items_changed), shelf);
  on_shelf_items_changed (shelf->model, 0, 0, 0, shelf);
  return TRUE;
}

static gboolean
fill_lists (BudgetBook *self, GError **error)
{
  const struct
  {
    GType type;
    const char *order_by;
  } kinds[BUDGET_N_SHELVES] = {
    [BUDGET_SHELF_USERS] = { BUDGET_TYPE_USER, "name" },
    [BUDGET_SHELF_CATEGORIES] = { BUDGET_TYPE_CATEGORY, "name" },
    [BUDGET_SHELF_ACCOUNTS] = { BUDGET_TYPE_ACCOUNT, "name" },
    [BUDGET_SHELF_TAGS] = { BUDGET_TYPE_TAG, "name" },
    [BUDGET_SHELF_RULES] = { BUDGET_TYPE_RULE, "position" },
    [BUDGET_SHELF_SETTINGS] = { BUDGET_TYPE_SETTING, "name" },
  };

  for (guint i = 0; i < BUDGET_N_SHELVES; i++)
    if (!fill_shelf (self, &self->shelves[i], kinds[i].type, kinds[i].order_by, error))
      return FALSE;

  return TRUE;
}

static void
clear_lists (BudgetBook *self)
{
  for (guint i = 0; i < BUDGET_N_SHELVES; i++)
    {
      BudgetShelf *shelf = &self->shelves[i];

      if (shelf->model != NULL)
        g_signal_handlers_disconnect_by_data (shelf->model, shelf);
      g_clear_object (&shelf->model);
      g_ptr_array_set_size (shelf->held, 0);
    }
}

static BudgetSetting *
find_setting (BudgetBook *self, const char *name)
{
  GPtrArray *settings = self->shelves[BUDGET_SHELF_SETTINGS].held;

  for (guint i = 0; i < settings->len; i++)
    {
      BudgetSetting *setting = g_ptr_array_index (settings, i);

      if (g_strcmp0 (budget_setting_get_name (setting), name) == 0)
        return setting;
    }

  return NULL;
}

static void
update_currency (BudgetBook *self)
{
  BudgetSetting *setting = find_setting (self, SETTING_CURRENCY);
  const char *currency = setting != NULL ? budget_setting_get_value (setting) : NULL;

  if (currency == NULL)
    currency = budget_money_get_local_currency ();

  if (g_strcmp0 (self->currency, currency) == 0)
    return;

  g_free (self->currency);
  self->currency = g_strdup (currency);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENCY]);
}

/*
 * Undo and rollback change settings without the book's functions.
 */
static void
on_session_changed (BudgetBook *self, OrmChangeSet *changes)
{
  for (guint i = 0; i < orm_change_set_get_n_changes (changes); i++)
    if (BUDGET_IS_SETTING (orm_change_set_get_entity (changes, i)))
      {
        update_currency (self);
        return;
      }
}

OrmSession *
_budget_book_new_session (OrmConnection *connection)
{
  return orm_session_new (connection, BUDGET_TYPE_USER, BUDGET_TYPE_CATEGORY, BUDGET_TYPE_ACCOUNT,
                          BUDGET_TYPE_EXPENSE, BUDGET_TYPE_SETTING, BUDGET_TYPE_TAG,
                          BUDGET_TYPE_RULE, BUDGET_TYPE_LAYOUT, BUDGET_TYPE_IMPORT,
                          BUDGET_TYPE_DECISION, BUDGET_TYPE_IMPORT_CHANGE, G_TYPE_INVALID);
}

static gboolean
take_connection (BudgetBook *self, OrmConnection *connection, GError **error)
{
  self->connection = g_object_ref (connection);
  if (self->path != NULL)
    self->file_key = _budget_book_hold_file (self->path);
  self->session = _budget_book_new_session (connection);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (on_session_changed), self,
                           G_CONNECT_SWAPPED);
  return self->session != NULL;
}

static gboolean
read_lists (BudgetBook *self, GError **error)
{
  if (!fill_lists (self, error))
    return FALSE;

  /* The list emits changes of a group later than the session does. */
  g_signal_connect_object (self->shelves[BUDGET_SHELF_SETTINGS].model, "items-changed",
                           G_CALLBACK (update_currency), self, G_CONNECT_SWAPPED);
  update_currency (self);
  return TRUE;
}

static void
budget_book_dispose (GObject *object)
{
  BudgetBook *self = BUDGET_BOOK (object);

  clear_lists (self);

  if (self->session != NULL)
    orm_session_close (self->session);
  g_clear_object (&self->session);
  if (self->connection != NULL)
    orm_connection_close (self->connection);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->file_key, _budget_book_release_file);

  G_OBJECT_CLASS (budget_book_parent_class)->dispose (object);
}

static void
budget_book_finalize (GObject *object)
{
  BudgetBook *self = BUDGET_BOOK (object);

  for (guint i = 0; i < BUDGET_N_SHELVES; i++)
    g_ptr_array_unref (self->shelves[i].held);
  g_free (self->path);
  g_free (self->currency);

  G_OBJECT_CLASS (budget_book_parent_class)->finalize (object);
}

static void
budget_book_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BudgetBook *self = BUDGET_BOOK (object);

  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, budget_book_get_path (self));
      break;
    case PROP_CURRENCY:
      g_value_set_string (value, budget_book_get_currency (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
budget_book_class_init (BudgetBookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = budget_book_dispose;
  object_class->finalize = budget_book_finalize;
  object_class->get_property = budget_book_get_property;

  /**
   * BudgetBook:path:
   *
   * The path of the book's file, or %NULL for a book in memory.
   */
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);

  /**
   * BudgetBook:currency:
   *
   * The currency of all amounts, as a code of ISO 4217.
   */
  properties[PROP_CURRENCY] = g_param_spec_string ("currency", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_book_init (BudgetBook *self)
{
  for (guint i = 0; i < BUDGET_N_SHELVES; i++)
    self->shelves[i].held = g_ptr_array_new_with_free_func (g_object_unref);
}

static char *
dup_absolute (const char *path)
{
  return g_canonicalize_filename (path, NULL);
}

/**
 * budget_book_open:
 * @path: (type filename): a book's file
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Opens an existing book. A file that is refused is not changed. A book of an
 * older version is copied to the backups and migrated.
 *
 * Returns: (transfer full): the book, or %NULL
 */
BudgetBook *
budget_book_open (const char *path, GError **error)
{
  g_autoptr (BudgetBook) self = NULL;
  g_autoptr (OrmConnection) connection = NULL;
  int version = 0;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (BUDGET_TYPE_BOOK, NULL);
  self->path = dup_absolute (path);
  connection = _budget_book_open_file (self->path, &version, error);
  if (connection == NULL)
    return NULL;

  if (!take_connection (self, connection, error) ||
      (version < BUDGET_BOOK_VERSION &&
       !_budget_book_backup_before (self->session, self->path, version, error)) ||
      !budget_migrations_run (self->session, version, error) || !read_lists (self, error))
    {
      _budget_book_word_error (error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static gboolean
fill_new (BudgetBook *self, const char *currency, GError **error)
{
  if (!budget_migrations_run (self->session, 0, error) ||
      !budget_starter_fill (self->session, error) || !read_lists (self, error) ||
      !budget_book_set_currency (self, currency, error) ||
      !orm_session_commit (self->session, error))
    {
      _budget_book_word_error (error);
      return FALSE;
    }

  /* Undo must not lead back to a book without a person. */
  orm_session_clear_history (self->session);
  return TRUE;
}

static gboolean
create_in (BudgetBook *self, const char *currency, GError **error)
{
  g_autofree char *uri = g_strconcat ("sqlite:", self->path, NULL);
  g_autoptr (OrmConnection) connection = orm_connection_open (uri, error);

  if (connection == NULL)
    {
      _budget_book_word_error (error);
      return FALSE;
    }

  return take_connection (self, connection, error) && fill_new (self, currency, error);
}

/**
 * budget_book_create:
 * @path: (type filename): where to; no file may be there
 * @currency: (nullable): a code of ISO 4217, %NULL for that of the user's
 *   country
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Creates a book that only its user can read, with one person and the categories
 * that most households need. If that fails, no file is left.
 *
 * Returns: (transfer full): the book, or %NULL
 */
BudgetBook *
budget_book_create (const char *path, const char *currency, GError **error)
{
  g_autoptr (BudgetBook) self = NULL;
  g_autofree char *absolute = NULL, *first_folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  absolute = dup_absolute (path);
  first_folder = _budget_book_claim_file (absolute, error);
  if (first_folder == NULL)
    return NULL;

  self = g_object_new (BUDGET_TYPE_BOOK, NULL);
  self->path = g_strdup (absolute);
  if (create_in (self, currency != NULL ? currency : budget_money_get_local_currency (), error))
    return g_steal_pointer (&self);

  /* Close it before its file is removed. */
  g_clear_object (&self);
  _budget_book_abandon_file (absolute, first_folder);
  return NULL;
}

/**
 * budget_book_open_or_create:
 * @path: (type filename): a book's file
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Opens a book, or creates it if there is no file.
 *
 * Returns: (transfer full): the book, or %NULL
 */
BudgetBook *
budget_book_open_or_create (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return budget_book_open (path, error);

  return budget_book_create (path, NULL, error);
}

/**
 * budget_book_new_in_memory:
 * @error: return location for an #OrmError
 *
 * Creates an empty book without a file, for tests.
 *
 * Returns: (transfer full): the book, or %NULL
 */
BudgetBook *
budget_book_new_in_memory (GError **error)
{
  g_autoptr (BudgetBook) self = g_object_new (BUDGET_TYPE_BOOK, NULL);
  g_autoptr (OrmConnection) connection = orm_connection_open ("sqlite::memory:", error);

  if (connection == NULL || !take_connection (self, connection, error) ||
      !budget_migrations_run (self->session, 0, error) || !read_lists (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * budget_book_dup_default_path:
 *
 * Returns: (transfer full) (type filename): the path of the household's book
 *   unless another one is given
 */
char *
budget_book_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "budget", "household.budget", NULL);
}

/**
 * budget_book_get_session:
 * @self: a book
 *
 * Returns: (transfer none): the session that its entities are in
 */
OrmSession *
budget_book_get_session (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->session;
}

/**
 * budget_book_get_path:
 * @self: a book
 *
 * Returns: (type filename) (nullable): the path of its file, or %NULL for a book
 *   in memory
 */
const char *
budget_book_get_path (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->path;
}

/**
 * budget_book_get_currency:
 * @self: a book
 *
 * Returns: the currency of all amounts, as a code of ISO 4217
 */
const char *
budget_book_get_currency (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->currency;
}

static gboolean
check_currency (const char *currency, GError **error)
{
  gboolean is_code = strlen (currency) == 3;

  for (guint i = 0; is_code && i < 3; i++)
    is_code = g_ascii_isupper (currency[i]);

  if (!is_code)
    g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT,
                 /* Translators: %s is what was given for a currency. */
                 _("“%s” is not a currency. Write its three capital letters, EUR for one."),
                    currency);
  return is_code;
}

/**
 * budget_book_set_currency:
 * @self: a book
 * @currency: a code of ISO 4217
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Sets the currency of all amounts, without converting them. Like any change it
 * is saved by budget_book_commit().
 *
 * Returns: %TRUE if it was set
 */
gboolean
budget_book_set_currency (BudgetBook *self, const char *currency, GError **error)
{
  g_autoptr (BudgetSetting) added = NULL;
  BudgetSetting *setting;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), FALSE);
  g_return_val_if_fail (currency != NULL, FALSE);

  if (!check_currency (currency, error))
    return FALSE;

  setting = find_setting (self, SETTING_CURRENCY);
  if (setting == NULL)
    {
      setting = added = budget_setting_new ();
      budget_setting_set_name (added, SETTING_CURRENCY);
    }

  budget_setting_set_value (setting, currency);
  if (added != NULL && !orm_session_add (self->session, added, error))
    return FALSE;

  update_currency (self);
  return TRUE;
}

/**
 * budget_book_get_digits:
 * @self: a book
 *
 * Returns: how many decimals the book's currency has
 */
guint
budget_book_get_digits (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), 2);

  return budget_currency_get_digits (self->currency);
}

/**
 * budget_book_is_empty:
 * @self: a book
 *
 * Returns: whether there is no expense in it yet
 */
gboolean
budget_book_is_empty (BudgetBook *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (GListModel) found = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), TRUE);

  orm_query_limit (query, 1, 0);
  found = orm_session_find (self->session, query, NULL);
  return found != NULL && g_list_model_get_n_items (found) == 0;
}

/**
 * budget_book_get_users:
 * @self: a book
 *
 * Returns: (transfer none): its people by name, live
 */
GListModel *
budget_book_get_users (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->shelves[BUDGET_SHELF_USERS].model;
}

/**
 * budget_book_get_categories:
 * @self: a book
 *
 * Returns: (transfer none): its categories by name, live
 */
GListModel *
budget_book_get_categories (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->shelves[BUDGET_SHELF_CATEGORIES].model;
}

/**
 * budget_book_get_accounts:
 * @self: a book
 *
 * Returns: (transfer none): its accounts by name, live
 */
GListModel *
budget_book_get_accounts (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->shelves[BUDGET_SHELF_ACCOUNTS].model;
}

/**
 * budget_book_get_rules:
 * @self: a book
 *
 * Returns: (transfer none): its rules in the order they are tried in, live
 */
GListModel *
budget_book_get_rules (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->shelves[BUDGET_SHELF_RULES].model;
}

/**
 * budget_book_get_tags:
 * @self: a book
 *
 * Returns: (transfer none): its tags by name, live
 */
GListModel *
budget_book_get_tags (BudgetBook *self)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  return self->shelves[BUDGET_SHELF_TAGS].model;
}

/*
 * Finds an item by a name that somebody typed. The book holds the items of its
 * lists, so this lends it.
 */
static gpointer
find_item (GListModel *model, const char *property, const char *text)
{
  g_autofree char *wanted = _budget_name_fold (text);
  guint n_items = g_list_model_get_n_items (model);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autofree char *value = NULL, *folded = NULL;

      g_object_get (item, property, &value, NULL);
      folded = _budget_name_fold (value != NULL ? value : "");
      if (*folded != '\0' && g_str_equal (folded, wanted))
        return item;
    }

  return NULL;
}

/**
 * budget_book_get_default_user:
 * @self: a book
 *
 * Returns: (transfer none) (nullable): the person of an expense unless another
 *   one is given: the first who was added to the book
 */
BudgetUser *
budget_book_get_default_user (BudgetBook *self)
{
  GListModel *users;
  BudgetUser *first = NULL;
  gint64 first_id = 0;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);

  users = budget_book_get_users (self);
  for (guint i = 0; i < g_list_model_get_n_items (users); i++)
    {
      g_autoptr (BudgetUser) user = g_list_model_get_item (users, i);
      gint64 id = orm_entity_get_id (ORM_ENTITY (user));

      /* A person who is not saved yet has no id and comes last. */
      if (first == NULL || (id != 0 && (first_id == 0 || id < first_id)))
        {
          first = user;
          first_id = id;
        }
    }

  return first;
}

/**
 * budget_book_find_user:
 * @self: a book
 * @email_or_name: what somebody wrote, in either case
 *
 * Returns: (transfer none) (nullable): the person of that email address, else
 *   of that name
 */
BudgetUser *
budget_book_find_user (BudgetBook *self, const char *email_or_name)
{
  BudgetUser *user;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);
  g_return_val_if_fail (email_or_name != NULL, NULL);

  user = find_item (budget_book_get_users (self), "email", email_or_name);
  if (user != NULL)
    return user;

  return find_item (budget_book_get_users (self), "name", email_or_name);
}

/**
 * budget_book_find_category:
 * @self: a book
 * @name: what somebody wrote, in either case
 *
 * Returns: (transfer none) (nullable): the category of that name
 */
BudgetCategory *
budget_book_find_category (BudgetBook *self, const char *name)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return find_item (budget_book_get_categories (self), "name", name);
}

/**
 * budget_book_find_account:
 * @self: a book
 * @name_or_number: what somebody wrote, in either case
 *
 * Returns: (transfer none) (nullable): the account of that number, else of
 *   that name
 */
BudgetAccount *
budget_book_find_account (BudgetBook *self, const char *name_or_number)
{
  BudgetAccount *account;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);
  g_return_val_if_fail (name_or_number != NULL, NULL);

  account = find_item (budget_book_get_accounts (self), "number", name_or_number);
  if (account != NULL)
    return account;

  return find_item (budget_book_get_accounts (self), "name", name_or_number);
}

/**
 * budget_book_ensure_category:
 * @self: a book
 * @name: what somebody wrote
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Finds a category, or adds one in an unused colour. Nothing is committed.
 *
 * Returns: (transfer none): the category of that name, or %NULL if the name is
 *   not allowed
 */
BudgetCategory *
budget_book_ensure_category (BudgetBook *self, const char *name, GError **error)
{
  g_autoptr (BudgetCategoryAdder) adder = NULL;
  BudgetCategory *found;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  found = budget_book_find_category (self, name);
  if (found != NULL)
    return found;

  adder = budget_category_adder_new (self);

  return budget_category_adder_add (adder, name, error);
}

/**
 * budget_book_commit:
 * @self: a book
 * @label: (nullable): what the step is called in the menu, in the user's
 *   language
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Saves all changes as one step that can be undone. If that fails, all of them
 * are rolled back, in memory too.
 *
 * Returns: %TRUE if it is saved
 */
gboolean
budget_book_commit (BudgetBook *self, const char *label, GError **error)
{
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (BUDGET_IS_BOOK (self), FALSE);

  if (label != NULL)
    orm_session_set_label (self->session, label);

  if (orm_session_commit (self->session, &cause))
    return TRUE;

  orm_session_rollback (self->session);

  /* Another program's changes may be the reason: show them. */
  if (g_error_matches (cause, ORM_ERROR, ORM_ERROR_STALE))
    orm_session_merge (self->session, NULL, NULL);

  _budget_book_word_error (&cause);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
step (BudgetBook *self,
      const char *last_label,
      gboolean (*take) (OrmSession *, GError **),
      char **label,
      GError **error)
{
  g_autofree char *kept = g_strdup (last_label);
  g_autoptr (GError) cause = NULL;

  if (!take (self->session, &cause))
    {
      _budget_book_word_error (&cause);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  if (label != NULL)
    *label = g_steal_pointer (&kept);
  return TRUE;
}

/**
 * budget_book_undo:
 * @self: a book without unsaved changes
 * @label: (out) (optional) (transfer full): what the step was called
 * @error: return location for an #OrmError
 *
 * Undoes the last step.
 *
 * Returns: %TRUE if it was undone
 */
gboolean
budget_book_undo (BudgetBook *self, char **label, GError **error)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), FALSE);

  return step (self, orm_session_get_undo_label (self->session), orm_session_undo, label, error);
}

/**
 * budget_book_redo:
 * @self: a book without unsaved changes
 * @label: (out) (optional) (transfer full): what the step was called
 * @error: return location for an #OrmError
 *
 * Redoes the step that was undone last.
 *
 * Returns: %TRUE if it was redone
 */
gboolean
budget_book_redo (BudgetBook *self, char **label, GError **error)
{
  g_return_val_if_fail (BUDGET_IS_BOOK (self), FALSE);

  return step (self, orm_session_get_redo_label (self->session), orm_session_redo, label, error);
}
