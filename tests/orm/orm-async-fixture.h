/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-fixture.h"
#include "orm-query.h"
#include "orm-session-query.h"
#include "orm-totals.h"

G_BEGIN_DECLS

/*
 * Helpers for tests of asynchronous reads: waiting for a result, and blocking
 * the worker.
 */

typedef struct
{
  GAsyncResult *result;
  guint n_calls;
  guint turn; /* the number of this result among all results */
} Answer;

void answer_clear (Answer *answer);
void on_answer (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *wait_for (Answer *answer);
void wait_for_list (GListModel *list);
void wait_for_totals (OrmTotals *totals);
void wait_for_collection (OrmCollection *list);
void drain (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/*
 * A job that blocks the worker until the gate is opened. A database in memory
 * has no worker, so there all this does nothing.
 */
typedef struct _Gate Gate;

Gate *gate_close (OrmSession *session);
void gate_wait (Gate *gate);
void gate_open (Gate *gate);

void async_tear_down (Fixture *fixture, gconstpointer data);
void make_big (Fixture *fixture);
void add_many_rows (Fixture *fixture, guint n_rows);
OrmQuery *new_query_by_date (void);
void assert_as_found (Fixture *fixture, GListModel *list, OrmQuery *query);

/* A copy of a list, updated only from its emissions. */
typedef struct
{
  GListModel *list;
  GPtrArray *items;
  GString *log;
} Listener;

void listener_init (Listener *listener, gpointer list);
void listener_check (Listener *listener);
void listener_clear (Listener *listener);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listener, listener_clear)

GListModel *fixture_observe (Fixture *fixture, OrmQuery *query);

G_END_DECLS
