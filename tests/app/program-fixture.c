/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "program-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }

  g_rmdir (path);
}

void
program_fixture_set_up (ProgramFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("budget-XXXXXX", &error);
  g_assert_no_error (error);
  self->book = g_build_filename (self->folder, "test.budget", NULL);
}

void
program_fixture_tear_down (ProgramFixture *self, gconstpointer data)
{
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->book);
  g_free (self->output);
  g_free (self->errors);
}

char *
program_fixture_write (ProgramFixture *self, const char *name, const char *contents)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
  return path;
}

static int
run (ProgramFixture *self, const char *const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_cwd (launcher, self->folder);
  g_subprocess_launcher_setenv (launcher, "HOME", self->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", self->folder, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);

  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->errors, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &self->output, &self->errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static int
run_valist (ProgramFixture *self, const char *first, va_list arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const char *program = g_getenv ("BUDGET_PROGRAM");

  g_assert_nonnull (program);
  g_ptr_array_add (argv, (gpointer) program);
  for (const char *argument = first; argument != NULL; argument = va_arg (arguments, const char *))
    g_ptr_array_add (argv, (gpointer) argument);
  g_ptr_array_add (argv, NULL);

  return run (self, (const char *const *) argv->pdata);
}

void
program_fixture_run (ProgramFixture *self, const char *first, ...)
{
  va_list arguments;
  int status;

  va_start (arguments, first);
  status = run_valist (self, first, arguments);
  va_end (arguments);

  if (status != 0)
    g_test_message ("%s", self->errors);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (self->errors, ==, "");
}

/* The program reports the error in one line and exits; it does not crash. */
void
program_fixture_fail (ProgramFixture *self, const char *first, ...)
{
  va_list arguments;
  int status;

  va_start (arguments, first);
  status = run_valist (self, first, arguments);
  va_end (arguments);

  g_test_message ("%s", self->errors);
  g_assert_cmpint (status, >, 0);
  g_assert_cmpint (status, <, 3);
  g_assert_true (g_str_has_prefix (self->errors, "budget: "));
  g_assert_true (strchr (self->errors, '\n') == self->errors + strlen (self->errors) - 1);
}
