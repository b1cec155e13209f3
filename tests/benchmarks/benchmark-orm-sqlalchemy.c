/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * SQLAlchemy runs in a Python process, which lives as long as the benchmark
 * and measures its own time: see benchmark-orm-sqlalchemy.py for the protocol.
 */

#include "config.h"

#include "benchmark-orm.h"

#include <stdarg.h>
#include <string.h>

static GSubprocess *python;
static GDataInputStream *answers;
static gboolean is_missing;

static void
start (void)
{
  const char *folder = g_getenv ("G_TEST_SRCDIR");
  g_autofree char *script = g_build_filename (folder != NULL ? folder : "tests", "benchmarks",
                                              "benchmark-orm-sqlalchemy.py", NULL);

  python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL,
                             "/usr/bin/python3", script, NULL);
  if (python != NULL)
    answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (python));
}

G_GNUC_PRINTF (1, 2)
static char *
ask (const char *format, ...)
{
  g_autofree char *question = NULL;
  va_list arguments;

  if (answers == NULL)
    return NULL;

  va_start (arguments, format);
  question = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (!g_output_stream_write_all (g_subprocess_get_stdin_pipe (python), question, strlen (question),
                                  NULL, NULL, NULL))
    return NULL;

  return g_data_input_stream_read_line_utf8 (answers, NULL, NULL, NULL);
}

static gboolean
sqlalchemy_open (const char *path, gint64 n_expenses)
{
  g_autofree char *answer = NULL;

  if (is_missing)
    return FALSE;
  if (python == NULL)
    start ();

  answer = ask ("open %" G_GINT64_FORMAT " %s\n", n_expenses, path);
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;

  is_missing = TRUE;
  g_printerr ("benchmark: SQLAlchemy does not answer, so its columns stay empty\n");
  return FALSE;
}

static BenchResult
sqlalchemy_run (BenchWork work, guint run)
{
  g_autofree char *answer = ask ("run %u %u\n", work, run);
  g_auto (GStrv) parts = NULL;

  if (answer == NULL)
    g_error ("SQLAlchemy ended in the middle of a work");
  if (g_str_equal (answer, "-"))
    return BENCH_CANNOT;

  parts = g_strsplit (answer, " ", 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return (BenchResult){ g_ascii_strtod (parts[0], NULL), g_ascii_strtoll (parts[1], NULL, 10) };
}

static void
sqlalchemy_close (void)
{
  g_free (ask ("close\n"));
}

const BenchContender bench_sqlalchemy = { "SQLAlchemy", sqlalchemy_open, sqlalchemy_run,
                                          sqlalchemy_close };
