/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-query-private.h"

G_BEGIN_DECLS

/*
 * OrmStatement:
 *
 * A statement with its parameters, which can be run in another thread.
 */
typedef struct
{
  char *sql;
  GArray *parameters; /* of OrmValue */
  GArray *faults;     /* of OrmFault: where a value may be that cannot be summed */
} OrmStatement;

/* A statement that finds a row with an invalid value. */
typedef struct
{
  char *sql;
  OrmMapper *mapper;
  guint slot;
} OrmFault;

void _orm_statement_init (OrmStatement *self, char *sql, OrmQuerySql *parts);
void
_orm_statement_add_fault (OrmStatement *self, OrmQuery *query, OrmQuerySql *parts, OrmPath *path);
void _orm_statement_set_error (OrmStatement *self, OrmConnection *connection, GError **error);
void _orm_statement_init_sum (OrmStatement *self, OrmQuery *query, OrmPath *value);
gboolean _orm_statement_run_sum (
  OrmStatement *self, OrmConnection *connection, gint64 *sum, guint64 *n_rows, GError **error);
void _orm_statement_clear (OrmStatement *self);
OrmResult *_orm_statement_run (OrmStatement *self,
                               OrmConnection *connection,
                               const OrmRead *reads,
                               guint n_reads,
                               GError **error);

G_END_DECLS
