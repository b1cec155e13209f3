/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * OrmExpectedRow:
 *
 * What the database is expected to have of a row before it is written over: if
 * it is another value, another program has changed the row meanwhile.
 */
typedef struct
{
  gint64 id;
  gboolean is_absent;     /* there must be no such row */
  guint64 slots;          /* those that are compared */
  const OrmValue *values; /* by slot */
  const OrmValue *wanted; /* by slot: values that are to be written and do no harm; or NULL */
} OrmExpectedRow;

typedef void (*OrmExpectedFunc) (gpointer data, guint index, const OrmRow *row);

gboolean _orm_session_check_expected (OrmSession *session,
                                      OrmMapper *mapper,
                                      GArray *expected,
                                      OrmExpectedFunc found,
                                      gpointer data,
                                      GError **error);

G_END_DECLS
