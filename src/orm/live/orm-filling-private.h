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
 * Fills a live model from the database: knows whether the model has to be read,
 * decides whether to read at once or in the worker, and keeps the error of the
 * last read. The model owns its filling.
 */
typedef struct _OrmFilling OrmFilling;

/*
 * OrmFillingClass:
 * @fetch: how to read in the worker; its @read reads at once, and its @failed
 *   has to call _orm_filling_fail()
 * @read_first: (nullable): reads the rows that are found quickly, before the
 *   worker reads the rest; its @has_all says whether there is no rest
 * @notify_error: called when the error has changed
 * @counts_rows: the model only aggregates rows and does not know which, so that
 *   changes cannot be merged into a result
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
void _orm_filling_run_in_worker (OrmFilling *self);
void _orm_filling_stop (OrmFilling *self);
gboolean _orm_filling_load (OrmFilling *self, GError **error);

/* Called by the model. */
void _orm_filling_set_needed (OrmFilling *self, gboolean is_needed);
void _orm_filling_succeed (OrmFilling *self);
void _orm_filling_fail (OrmFilling *self, OrmSession *session, const GError *error);

gboolean _orm_filling_is_needed (OrmFilling *self);
gboolean _orm_filling_waits_for_flush (OrmFilling *self);
gboolean _orm_filling_is_filled (OrmFilling *self);
gboolean _orm_filling_is_running (OrmFilling *self);
const GError *_orm_filling_get_error (OrmFilling *self);

G_END_DECLS
