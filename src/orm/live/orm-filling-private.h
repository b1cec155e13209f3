/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-fetch-private.h"
#include "orm-query-private.h"

G_BEGIN_DECLS

/*
 * OrmFilling:
 *
 * How a live model is filled from the database: whether it needs reading,
 * whether that is done at once or in the worker, and why it could not be. The
 * model owns its filling.
 */
typedef struct _OrmFilling OrmFilling;

/*
 * OrmFillingClass:
 * @fetch: reads in the worker; its @read reads at once, its @failed calls
 *   _orm_filling_fail()
 * @read_first: (nullable): reads what is found at once, before the worker reads
 *   the rest; says whether that is all
 * @notify_error: the error is another one
 * @counts_rows: the model does not know which rows are in it, so that changes
 *   cannot be worked into an answer
 */
typedef struct
{
  OrmFetchClass fetch;
  gboolean (*read_first) (gpointer model, gboolean *has_all, GError **error);
  void (*notify_error) (gpointer model);
  gboolean counts_rows;
} OrmFillingClass;

OrmFilling *_orm_filling_new (const OrmFillingClass *klass,
                              gpointer model,
                              OrmSession *session,
                              OrmQuery *query);
void _orm_filling_free (OrmFilling *self);
void _orm_filling_run (OrmFilling *self);
void _orm_filling_run_behind (OrmFilling *self);
void _orm_filling_stop (OrmFilling *self);
gboolean _orm_filling_load (OrmFilling *self, GError **error);

/* The model tells what it knows. */
void _orm_filling_set_needed (OrmFilling *self, gboolean is_needed);
void _orm_filling_succeed (OrmFilling *self);
void _orm_filling_fail (OrmFilling *self, OrmSession *session, const GError *error);

gboolean _orm_filling_is_needed (OrmFilling *self);
gboolean _orm_filling_is_filled (OrmFilling *self);
gboolean _orm_filling_is_running (OrmFilling *self);
const GError *_orm_filling_get_error (OrmFilling *self);

G_END_DECLS
