/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * OrmExpectedRow:
 *
 * The values that a row is expected to have before it is overwritten. If it has
 * others, another program has changed the row.
 */
typedef struct
{
  gint64 id;
  gboolean is_absent;     /* the row must not exist */
  guint64 slots;          /* the slots to compare */
  const OrmValue *values; /* by slot */
  const OrmValue *wanted; /* by slot: other accepted values, about to be written; or NULL */
} OrmExpectedRow;

typedef void (*OrmExpectedFunc) (gpointer data, guint index, const OrmRow *row);

gboolean _orm_session_check_expected (OrmSession *session,
                                      OrmMapper *mapper,
                                      GArray *expected,
                                      OrmExpectedFunc found,
                                      gpointer data,
                                      GError **error);

G_END_DECLS
