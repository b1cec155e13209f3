/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-connection.h"
#include "orm-value-private.h"

G_BEGIN_DECLS

/*
 * OrmResult:
 *
 * The rows of one small SELECT, read by position and freed soon.
 */
typedef struct _OrmResult OrmResult;

/* Whether a column of a result is read as a number or as text. */
typedef enum
{
  ORM_READ_INT64,
  ORM_READ_TEXT
} OrmRead;

/*
 * OrmCell:
 *
 * One place of a row as the database gave it; the text is lent.
 */
typedef struct
{
  enum
  {
    ORM_CELL_NULL,
    ORM_CELL_INTEGER,
    ORM_CELL_TEXT,
    ORM_CELL_OTHER
  } type;
  gint64 integer;
  const char *text;
} OrmCell;

OrmResult *_orm_connection_select (OrmConnection *self,
                                   const char *sql,
                                   const OrmValue *parameters,
                                   guint n_parameters,
                                   const OrmRead *reads,
                                   guint n_reads,
                                   GError **error);
gint64 _orm_connection_execute (OrmConnection *self,
                                const char *sql,
                                const OrmValue *parameters,
                                guint n_parameters,
                                GError **error);
gboolean _orm_connection_select_int64 (OrmConnection *self,
                                       const char *sql,
                                       const OrmValue *parameters,
                                       guint n_parameters,
                                       gint64 *value,
                                       GError **error);
char *_orm_connection_select_text (OrmConnection *self,
                                   const char *sql,
                                   const OrmValue *parameters,
                                   guint n_parameters,
                                   GError **error);
gboolean _orm_connection_control (OrmConnection *self, const char *sql, GError **error);
gint64 _orm_connection_get_data_version (OrmConnection *self);
gboolean _orm_connection_prepare_for_writing (OrmConnection *self, GError **error);
gboolean _orm_connection_in_transaction (OrmConnection *self);
gboolean _orm_connection_is_file (OrmConnection *self);
gboolean _orm_connection_is_small (OrmConnection *self);
gboolean _orm_connection_claim (OrmConnection *self, GError **error);
void _orm_connection_disclaim (OrmConnection *self);

guint _orm_result_get_n_rows (OrmResult *self);
OrmCell _orm_result_get_cell (OrmResult *self, guint row, guint column);
gint64 _orm_result_get_int64 (OrmResult *self, guint row, guint column);
const char *_orm_result_get_text (OrmResult *self, guint row, guint column);
void _orm_result_free (OrmResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmResult, _orm_result_free)

G_END_DECLS
