/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"

#include <glib/gstdio.h>

static BudgetUser *
add_user (BookFixture *self, const char *name, const char *email)
{
  BudgetUser *user = budget_user_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (budget_user_set_name (user, name));
  g_assert_true (budget_user_set_email (user, email));
  orm_session_add (self->session, user, &error);
  g_assert_no_error (error);
  return user;
}

static BudgetCategory *
add_category (BookFixture *self, const char *name, const char *color)
{
  BudgetCategory *category = budget_category_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (budget_category_set_name (category, name));
  g_assert_true (budget_category_set_color (category, color));
  orm_session_add (self->session, category, &error);
  g_assert_no_error (error);
  return category;
}

BudgetExpense *
book_fixture_new_expense (BudgetUser *user,
                          BudgetCategory *category,
                          const char *description,
                          gint64 amount,
                          const GDate *date)
{
  BudgetExpense *expense = budget_expense_new ();

  g_assert_true (budget_expense_set_description (expense, description));
  g_assert_true (budget_expense_set_amount (expense, amount));
  g_assert_true (budget_expense_set_date (expense, date));
  g_assert_true (budget_expense_set_user (expense, user));
  g_assert_true (budget_expense_set_category (expense, category));
  return expense;
}

static void
add_expense (BookFixture *self,
             gint64 id,
             BudgetUser *user,
             BudgetCategory *category,
             const char *description,
             gint64 amount)
{
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) id, G_DATE_NOVEMBER, 2026);
  g_autoptr (BudgetExpense) expense = budget_expense_new ();
  g_autoptr (GError) error = NULL;

  orm_entity_set_id (ORM_ENTITY (expense), id);
  g_assert_true (budget_expense_set_description (expense, description));
  g_assert_true (budget_expense_set_amount (expense, amount));
  g_assert_true (budget_expense_set_date (expense, date));
  g_assert_true (budget_expense_set_user (expense, user));
  g_assert_true (budget_expense_set_category (expense, category));
  orm_session_add (self->session, expense, &error);
  g_assert_no_error (error);
}

static void
fill (BookFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->session = budget_book_get_session (self->book);

  self->alice = add_user (self, "Alice", "alice@example.com");
  self->bob = add_user (self, "Bob", "bob@example.com");
  self->food = add_category (self, "Food", "#FF6B6B");
  self->entertainment = add_category (self, "Entertainment", "#4ECDC4");
  self->transportation = add_category (self, "Transportation", "#45B7D1");
  self->empty = add_category (self, "Empty", "#96CEB4");
  budget_book_commit (self->book, NULL, &error);
  g_assert_no_error (error);

  add_expense (self, BOOK_FIXTURE_GROCERIES, self->alice, self->food, "Groceries", 5250);
  add_expense (self, BOOK_FIXTURE_ALICES_LUNCH, self->alice, self->food, "Lunch", 1875);
  add_expense (self, BOOK_FIXTURE_GAS, self->alice, self->transportation, "Gas", 4500);
  add_expense (self, BOOK_FIXTURE_BOBS_LUNCH, self->bob, self->food, "Lunch", 2500);
  add_expense (self, BOOK_FIXTURE_DINNER, self->bob, self->food, "Dinner", 3000);
  add_expense (self, BOOK_FIXTURE_CONCERT, self->bob, self->entertainment, "Concert", 5000);
  budget_book_commit (self->book, NULL, &error);
  g_assert_no_error (error);
}

void
book_fixture_set_up (BookFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->book = budget_book_new_in_memory (&error);
  g_assert_no_error (error);
  fill (self);
}

void
book_fixture_set_up_big (BookFixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  OrmConnection *connection;

  self->folder = g_dir_make_tmp ("book-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "big.budget", NULL);
  self->book = budget_book_open_or_create (path, &error);
  g_assert_no_error (error);
  fill (self);

  connection = orm_session_get_connection (self->session);
  g_assert_true (orm_connection_begin (connection, &error));
  g_assert_true (orm_connection_execute (
    connection, "CREATE TABLE padding AS SELECT zeroblob (2000000) AS bytes", &error));
  g_assert_true (orm_connection_commit (connection, &error));
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/*
 * Nothing may hold the book any more. A worker thread releases its task, and
 * what that holds, shortly after the task's callback was called.
 */
static void
assert_freed (gpointer object)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  while (object != NULL && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }

  g_assert_null (object);
}

void
book_fixture_tear_down (BookFixture *self, gconstpointer data)
{
  g_clear_object (&self->alice);
  g_clear_object (&self->bob);
  g_clear_object (&self->food);
  g_clear_object (&self->entertainment);
  g_clear_object (&self->transportation);
  g_clear_object (&self->empty);
  assert_freed (g_steal_pointer (&self->book));
  if (self->folder != NULL)
    remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

BudgetExpense *
book_fixture_get (BookFixture *self, gint64 id)
{
  g_autoptr (GError) error = NULL;
  BudgetExpense *expense = orm_session_get (self->session, BUDGET_TYPE_EXPENSE, id, &error);

  g_assert_no_error (error);
  return expense;
}

void
on_notify_count (int *n_notified)
{
  (*n_notified)++;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, ShadowList *self)
{
  g_string_append_printf (self->changes, "%u-%u+%u ", position, removed, added);

  g_assert_cmpuint (position + removed, <=, self->items->len);
  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->items, (gint) (position + i),
                        g_list_model_get_item (model, position + i));

  shadow_list_check (self);
}

ShadowList *
shadow_list_new (GListModel *model)
{
  ShadowList *self = g_new0 (ShadowList, 1);

  self->model = g_object_ref (model);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->changes = g_string_new (NULL);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (self->items, g_list_model_get_item (model, i));
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), self);
  return self;
}

void
shadow_list_check (ShadowList *self)
{
  g_assert_cmpuint (g_list_model_get_n_items (self->model), ==, self->items->len);

  for (guint i = 0; i < self->items->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, i);

      g_assert_true (item == g_ptr_array_index (self->items, i));
    }
}

char *
shadow_list_take_changes (ShadowList *self)
{
  char *changes = g_strdup (self->changes->str);

  g_string_truncate (self->changes, 0);
  return changes;
}

void
shadow_list_free (ShadowList *self)
{
  g_signal_handlers_disconnect_by_data (self->model, self);
  g_object_unref (self->model);
  g_ptr_array_unref (self->items);
  g_string_free (self->changes, TRUE);
  g_free (self);
}
