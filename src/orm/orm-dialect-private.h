/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-mapper-private.h"

G_BEGIN_DECLS

/*
 * The one place that words SQL. Every text is constant for its arguments, so
 * that the connection keeps one statement for each.
 */

GPtrArray *_orm_dialect_create_table (OrmMapper *mapper);
char *_orm_dialect_select_by_id (OrmMapper *mapper);
char *_orm_dialect_select_by_ids (OrmMapper *mapper);
char *_orm_dialect_select_json_by_ids (OrmMapper *mapper);
char *_orm_dialect_select_by_keys (OrmMapper *mapper, const char *column);
char *_orm_dialect_select_members (OrmMapper *mapper, const char *column, guint limit);
char *_orm_dialect_select_member_ids (OrmMapper *mapper, const char *column);
char *_orm_dialect_has_members (OrmMapper *mapper, const char *column);
char *_orm_dialect_select_last_id (void);
char *_orm_dialect_insert (OrmMapper *mapper);
char *_orm_dialect_update (OrmMapper *mapper, guint64 slots);
char *_orm_dialect_update_checked (OrmMapper *mapper, guint64 slots);
char *_orm_dialect_vacate (OrmMapper *mapper, guint slot);
char *_orm_dialect_delete (OrmMapper *mapper);

G_END_DECLS
