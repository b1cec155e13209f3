/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "book-fixture.h"

static void
test_each_property_notifies_once (void)
{
  g_autoptr (BudgetUser) user = budget_user_new ();
  int n_email = 0, n_name = 0;

  g_signal_connect_swapped (user, "notify::email", G_CALLBACK (on_notify_count), &n_email);
  g_signal_connect_swapped (user, "notify::name", G_CALLBACK (on_notify_count), &n_name);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (budget_user_set_email (user, "ann@example.com"));
      g_assert_true (budget_user_set_name (user, "Ann"));
    }

  g_assert_cmpstr (budget_user_get_email (user), ==, "ann@example.com");
  g_assert_cmpstr (budget_user_get_name (user), ==, "Ann");
  g_assert_cmpint (n_email, ==, 1);
  g_assert_cmpint (n_name, ==, 1);
}

static void
test_a_blank_name_is_refused (void)
{
  g_autoptr (BudgetUser) user = budget_user_new ();

  g_assert_true (budget_user_set_name (user, "Ann"));
  g_assert_false (budget_user_set_name (user, "  "));

  g_assert_error (orm_entity_get_error (ORM_ENTITY (user)), BUDGET_ERROR,
                  BUDGET_ERROR_INVALID_TEXT);
  g_assert_cmpstr (budget_user_get_name (user), ==, "Ann");
}

static void
test_a_long_name_is_refused (void)
{
  g_autoptr (BudgetUser) user = budget_user_new ();
  g_autofree char *longest = g_strnfill (100, 'n');
  g_autofree char *longer = g_strnfill (101, 'n');

  g_assert_true (budget_user_set_name (user, longest));
  g_assert_false (budget_user_set_name (user, longer));
  g_assert_cmpstr (budget_user_get_name (user), ==, longest);
}

static void
test_a_person_needs_an_email (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetUser) user = budget_user_new ();
  g_autoptr (GError) error = NULL;

  budget_user_set_name (user, "Ann");
  g_assert_true (orm_session_add (fixture->session, user, NULL));
  g_assert_false (budget_book_commit (fixture->book, NULL, &error));

  g_assert_cmpstr (error->message, ==, "The person has no email address");
  g_assert_cmpint (orm_entity_get_state (ORM_ENTITY (user)), ==, ORM_ENTITY_TRANSIENT);
}

static void
test_email_addresses_are_unique (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (BudgetUser) user = budget_user_new ();
  g_autoptr (GError) error = NULL;

  budget_user_set_name (user, "Another Alice");
  budget_user_set_email (user, "alice@example.com");
  g_assert_true (orm_session_add (fixture->session, user, NULL));
  g_assert_false (budget_book_commit (fixture->book, NULL, &error));

  g_assert_error (error, ORM_ERROR, ORM_ERROR_UNIQUE);
  g_assert_cmpstr (error->message, ==, "There is already a person with this email address");
  g_assert_cmpuint (g_list_model_get_n_items (budget_book_get_users (fixture->book)), ==, 2);
}

static void
test_created_at_is_filled_in (BookFixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) created_at = NULL;

  g_object_get (fixture->alice, "created-at", &created_at, NULL);
  g_assert_nonnull (created_at);
  g_assert_cmpint (ABS (g_date_time_difference (now, created_at)), <, G_TIME_SPAN_MINUTE);
}

static void
add (const char *path, void (*test) (BookFixture *, gconstpointer))
{
  g_test_add (path, BookFixture, NULL, book_fixture_set_up, test, book_fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/user/each-property-notifies-once", test_each_property_notifies_once);
  g_test_add_func ("/user/a-blank-name-is-refused", test_a_blank_name_is_refused);
  g_test_add_func ("/user/a-long-name-is-refused", test_a_long_name_is_refused);
  add ("/user/a-person-needs-an-email", test_a_person_needs_an_email);
  add ("/user/email-addresses-are-unique", test_email_addresses_are_unique);
  add ("/user/created-at-is-filled-in", test_created_at_is_filled_in);

  return g_test_run ();
}
