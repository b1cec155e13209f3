/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <locale.h>
#include <string.h>

/* What all targets share. What is wrong ends the program, which is what a fuzzer looks for. */

/* A warning is a finding too. The locale is the environment's, for there is more than one. */
int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

/*
 * Returns: (transfer full): as much of the input as a C string can hold
 */
char *
fuzz_dup_text (const guint8 *data, gsize size)
{
  return size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
}

/*
 * Takes the first byte off the input, with which a target chooses what to do.
 */
gboolean
fuzz_take_byte (const guint8 **data, gsize *size, guint8 *byte)
{
  if (*size == 0)
    return FALSE;

  *byte = **data;
  (*data)++;
  (*size)--;

  return TRUE;
}

void
fuzz_check_text (const char *text)
{
  if (text != NULL)
    g_assert_true (g_utf8_validate (text, -1, NULL));
}

/*
 * What went well has no error, and what did not has one that can be shown.
 */
void
fuzz_check_error (gboolean is_good, const GError *error)
{
  if (is_good)
    {
      g_assert_no_error (error);
      return;
    }

  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, !=, "");
  fuzz_check_text (error->message);
}
