/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-mapper-private.h"

G_BEGIN_DECLS

/*
 * The one place that builds SQL. The same arguments always give the same text,
 * so that the connection caches one statement for each.
 */

char *_orm_dialect_quote_name (const char *name);
char *_orm_dialect_create_table (OrmMapper *mapper);
void _orm_dialect_create_indexes (OrmMapper *mapper, GPtrArray *statements);
char *_orm_dialect_select_columns (OrmMapper *mapper);
void _orm_dialect_add_column (OrmMapper *mapper, guint slot, GPtrArray *statements);
char *_orm_dialect_select_by_id (OrmMapper *mapper);
char *_orm_dialect_select_by_ids (OrmMapper *mapper);
char *_orm_dialect_select_json_by_ids (OrmMapper *mapper);
char *_orm_dialect_select_by_keys (const OrmSide *side);
char *_orm_dialect_select_members (const OrmSide *side, guint limit);
char *_orm_dialect_select_member_ids (const OrmSide *side);
char *_orm_dialect_has_members (const OrmSide *side);
char *_orm_dialect_select_last_id (OrmMapper *mapper);
char *_orm_dialect_select_greatest_id (OrmMapper *mapper);
char *_orm_dialect_insert (OrmMapper *mapper);
char *_orm_dialect_update (OrmMapper *mapper, guint64 slots);
char *_orm_dialect_update_checked (OrmMapper *mapper, guint64 slots);
char *_orm_dialect_release_unique (OrmMapper *mapper, guint slot);
char *_orm_dialect_delete (OrmMapper *mapper);

/* orm-dialect-links.c: the association table of a many-to-many */
void _orm_dialect_create_association (OrmSide *first, GPtrArray *statements);
char *_orm_dialect_select_linked (OrmSide *side, guint limit);
char *_orm_dialect_select_linked_ids (OrmSide *side);
char *_orm_dialect_select_linked_by_keys (OrmSide *side);
char *_orm_dialect_has_link (OrmSide *side);
char *_orm_dialect_select_links (OrmSide *side);
char *_orm_dialect_delete_links_of (OrmSide *side);
char *_orm_dialect_count_links (OrmSide *first);
char *_orm_dialect_insert_links (OrmSide *first);
char *_orm_dialect_delete_links (OrmSide *first);
void _orm_dialect_append_linked (GString *text, const OrmSide *side, guint level);

G_END_DECLS
