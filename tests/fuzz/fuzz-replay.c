/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <string.h>

/*
 * Gives a target the files of its folder of seeds, each whole and each broken
 * off in several places: among them is every input that was ever a finding.
 * It needs no fuzzer, so it is a test like any other.
 *
 * fuzz-TARGET FOLDER
 */

#define N_CUTS 16

typedef struct
{
  char *data;
  gsize size;
} Seed;

static void
seed_free (gpointer user_data)
{
  Seed *seed = user_data;

  g_free (seed->data);
  g_free (seed);
}

/* A copy of its own, so that the sanitizer finds reads beyond its end. */
static void
run (const char *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy, size);
}

static void
test_seed (gconstpointer user_data)
{
  const Seed *seed = user_data;

  for (guint i = 0; i < N_CUTS; i++)
    run (seed->data, seed->size * i / N_CUTS);

  run (seed->data, seed->size);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_files (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  return names;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *target = NULL;

  LLVMFuzzerInitialize (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);

  target = g_path_get_basename (argv[1]);
  names = list_files (argv[1]);
  g_assert_cmpuint (names->len, >, 0);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *test_path = g_strdup_printf ("/fuzz/%s/%s", target, name);
      g_autoptr (GError) error = NULL;
      Seed *seed = g_new0 (Seed, 1);

      g_file_get_contents (path, &seed->data, &seed->size, &error);
      g_assert_no_error (error);
      g_test_add_data_func_full (test_path, seed, test_seed, seed_free);
    }

  return g_test_run ();
}
