/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * ProgramFixture:
 *
 * A folder to run the program in, which is also its home; there is no display.
 */
typedef struct
{
  char *folder;
  char *book;
  char *output; /* of the last run */
  char *errors;
} ProgramFixture;

void program_fixture_set_up (ProgramFixture *self, gconstpointer data);
void program_fixture_tear_down (ProgramFixture *self, gconstpointer data);

char *program_fixture_write (ProgramFixture *self, const char *name, const char *contents);
void program_fixture_run (ProgramFixture *self, const char *first, ...) G_GNUC_NULL_TERMINATED;
void program_fixture_fail (ProgramFixture *self, const char *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
