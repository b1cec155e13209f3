/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-query-private.h"

G_BEGIN_DECLS

/*
 * OrmQuestion:
 *
 * A statement with its parameters, which can be run in another thread.
 */
typedef struct
{
  char *sql;
  GArray *parameters; /* of OrmValue */
  GArray *faults;     /* of OrmFault: where a value may be that cannot be summed */
} OrmQuestion;

/* A statement that finds a row with an invalid value. */
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
