/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-watch-private.h"
#include "orm-worker-private.h"

G_BEGIN_DECLS

/* What an answer is worth. */
typedef enum
{
  ORM_FETCH_DONE,
  ORM_FETCH_AGAIN, /* too much changed since the question */
  ORM_FETCH_FAILED
} OrmFetchVerdict;

/*
 * OrmFetchClass:
 * @new_job: the question as plain buffers; %NULL if nobody wants to know it any
 *   more
 * @get_query: (nullable): the query, if it follows the session in no other way
 * @work: finds the answer, in the worker's thread
 * @free_job: frees question and answer
 * @take: works in what changed since, and takes the answer
 * @read: asks and takes at once, after too many answers that came too late;
 *   what else happens in the graph's thread waits for this
 * @end: tells how it ended; the error is its own
 * @free_data: frees what the others are called with
 *
 * A read in the worker for something in the graph's thread. All but @work are
 * called there.
 */
typedef struct
{
  gpointer (*new_job) (gpointer data);
  OrmQuery *(*get_query) (gpointer data);
  OrmWorkFunc work;
  GDestroyNotify free_job;
  OrmFetchVerdict (*take) (gpointer data, gpointer job, OrmWatch *watch, GError **error);
  gboolean (*read) (gpointer data, GError **error);
  void (*end) (gpointer data, GTask *task, GError *error);
  GDestroyNotify free_data;
} OrmFetchClass;

void _orm_fetch_start (OrmSession *session, const OrmFetchClass *klass, gpointer data, GTask *task);

/*
 * OrmQuestion:
 *
 * A statement with its parameters, to be asked in another thread.
 */
typedef struct
{
  char *sql;
  GArray *parameters; /* of OrmValue */
  GArray *faults;     /* of OrmFault: where a value may be that cannot be added up */
} OrmQuestion;

/* What finds a row that has no value of its column. */
typedef struct
{
  char *sql;
  OrmMapper *mapper;
  guint slot;
} OrmFault;

void _orm_question_init (OrmQuestion *self, char *sql, OrmQuerySql *parts);
void
_orm_question_add_fault (OrmQuestion *self, OrmQuery *query, OrmQuerySql *parts, OrmPath *path);
void _orm_question_set_error (OrmQuestion *self, OrmConnection *connection, GError **error);
void _orm_question_init_sum (OrmQuestion *self, OrmQuery *query, OrmPath *value);
gboolean _orm_question_ask_sum (
  OrmQuestion *self, OrmConnection *connection, gint64 *sum, guint64 *n_rows, GError **error);
void _orm_question_clear (OrmQuestion *self);
OrmResult *_orm_question_ask (OrmQuestion *self,
                              OrmConnection *connection,
                              const OrmRead *reads,
                              guint n_reads,
                              GError **error);

G_END_DECLS
