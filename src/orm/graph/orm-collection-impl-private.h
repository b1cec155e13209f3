/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-collection-private.h"
#include "orm-fetch-private.h"
#include "orm-member-order-private.h"
#include "orm-session-private.h"

G_BEGIN_DECLS

/*
 * What the collection's own files know of it and nobody else does.
 */
struct _OrmCollection
{
  GObject parent_instance;

  OrmEntity *owner; /* not held, see on_collection_toggled() */
  OrmSide *side;
  gboolean is_loaded;
  OrmKeyList list;
  OrmKeys *queue;        /* what was added before loading */
  GHashTable *held;      /* key → entity that is in no session yet */
  GQueue linkings;       /* of OrmLinking */
  OrmMemberOrder *order; /* of an ordered list */
  OrmFetch *fetch;       /* reads it again in the worker; made when that is needed */
};

guint _orm_collection_find_place (OrmCollection *self, OrmKeys *keys, OrmEntity *entity);
void _orm_collection_become (OrmCollection *self, OrmKeys *wanted);
gboolean _orm_collection_begin_change (OrmCollection *self);

G_END_DECLS
