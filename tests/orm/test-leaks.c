/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-fixture.h"

#include <sanitizer/lsan_interface.h>

/* Suppressing the leaks of other libraries must not hide our own. */

/* Leaked pointers are stored inverted, so that the sanitizer cannot find them. */
static gsize hidden[16];

static void
leak (gpointer memory, guint i)
{
  hidden[i] = ~GPOINTER_TO_SIZE (memory);
}

static gpointer
find_again (guint i)
{
  return GSIZE_TO_POINTER (~hidden[i]);
}

static G_GNUC_NO_INLINE void
leak_strings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    leak (g_strdup ("lost"), i);
}

static G_GNUC_NO_INLINE void
leak_entities (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    leak (fixture_new_expense ("Lost", 100), i);
}

static G_GNUC_NO_INLINE void
leak_connections (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      g_autoptr (GError) error = NULL;

      leak (orm_connection_open ("sqlite::memory:", &error), i);
      g_assert_no_error (error);
    }
}

static void
test_a_string_of_ours_is_found (void)
{
  leak_strings ();
  g_assert_true (__lsan_do_recoverable_leak_check ());

  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    g_free (find_again (i));
  g_assert_false (__lsan_do_recoverable_leak_check ());
}

static void
test_an_entity_of_ours_is_found (void)
{
  leak_entities ();
  g_assert_true (__lsan_do_recoverable_leak_check ());

  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    g_object_unref (find_again (i));
  g_assert_false (__lsan_do_recoverable_leak_check ());
}

static void
test_a_connection_of_ours_is_found (void)
{
  leak_connections ();
  g_assert_true (__lsan_do_recoverable_leak_check ());

  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    g_object_unref (find_again (i));
  g_assert_false (__lsan_do_recoverable_leak_check ());
}

static void
test_what_a_database_keeps_is_none (void)
{
  Fixture fixture = { 0 };

  fixture_set_up (&fixture, NULL);
  fixture_load_all (&fixture);
  fixture_tear_down (&fixture, NULL);
  g_assert_false (__lsan_do_recoverable_leak_check ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/leaks/a-string-of-ours-is-found", test_a_string_of_ours_is_found);
  g_test_add_func ("/leaks/an-entity-of-ours-is-found", test_an_entity_of_ours_is_found);
  g_test_add_func ("/leaks/a-connection-of-ours-is-found", test_a_connection_of_ours_is_found);
  g_test_add_func ("/leaks/what-a-database-keeps-is-none", test_what_a_database_keeps_is_none);

  return g_test_run ();
}
