/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * OrmLink:
 *
 * A link of a many-to-many that is in memory and not in the database, or the
 * other way round. Both entities are in the session; the link holds them.
 */
typedef struct
{
  OrmSide *side;     /* the first side, _orm_side_get_first() */
  OrmEntity *owner;  /* the entity of that side */
  OrmEntity *member; /* the entity of the other side */
  gboolean is_added;
  GList node;
  GList owner_node;  /* in the queue of the owner's links */
  GList member_node; /* in that of the member's links, unless it is the owner */
} OrmLink;

/*
 * OrmLinks:
 *
 * A session's links that are not written yet, in the order they were made, and
 * the statements that write them: any number of an association in one, as JSON.
 * A link that is not among them is in memory as it is in the database.
 *
 * Why it is so: an entity with two to-ones would do without all this, and costs
 * about as much to list, unlink and merge. But it takes twice the time to link,
 * half as much again to undo, 1.9 times the memory while unsaved (1,240 bytes),
 * 1.8 times the file, and a statement to find a link (build-aux/benchmark
 * orm-links). It also needs an id, which other programs' association tables do
 * not have, and nothing would keep a pair from being linked twice.
 */

OrmLinks *_orm_links_new (void);
void _orm_links_free (OrmLinks *self);
void _orm_links_clear (OrmLinks *self);
guint _orm_links_get_length (OrmLinks *self);
const GList *_orm_links_peek_list (OrmLinks *self);
OrmLink *_orm_links_lookup (OrmLinks *self, OrmSide *side, OrmEntity *owner, OrmEntity *member);
void _orm_links_set (
  OrmLinks *self, OrmSide *side, OrmEntity *owner, OrmEntity *member, gboolean is_linked);
void _orm_links_remove (OrmLinks *self, OrmLink *link);
void _orm_links_add_keys (OrmLinks *self, OrmSide *side, OrmEntity *owner, OrmKeys *keys);

gboolean _orm_links_has_ready (OrmLinks *self, GHashTable *waiting);
gboolean _orm_links_delete (OrmLinks *self, OrmSession *session, GError **error);
gboolean
_orm_links_delete_of (OrmSession *session, OrmMapper *mapper, GPtrArray *entities, GError **error);
gboolean _orm_links_insert (OrmLinks *self, OrmSession *session, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmLinks, _orm_links_free)

G_END_DECLS
