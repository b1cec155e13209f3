/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-keys-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * OrmRange:
 *
 * A splice, as in GListModel::items-changed.
 */
typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} OrmRange;

/*
 * OrmKeyList:
 *
 * The keys of a list model, and what its views know of them while that differs:
 * in a group, and between the emissions of a change of several ranges.
 */
typedef struct
{
  OrmKeys *keys;
  OrmKeys *announced; /* the keys that the views know, while emissions are held back */
  OrmKeys *wanted;    /* the keys that they will know, while a change is emitted */
} OrmKeyList;

void _orm_key_list_init (OrmKeyList *self, OrmKeysKind kind);
void _orm_key_list_clear (OrmKeyList *self);
gboolean _orm_key_list_hold_back (OrmKeyList *self);
OrmKeys *_orm_key_list_restore_announced (OrmKeyList *self);
OrmKeys *_orm_key_list_dup_staying (OrmKeyList *self, OrmKeys *keys);
void _orm_key_list_set_keys (OrmKeyList *self, GListModel *model, OrmKeys *wanted);
gboolean _orm_key_list_try_set_keys (OrmKeyList *self, GListModel *model, OrmKeys *wanted);
void _orm_key_list_set_keys_by_ranges (OrmKeyList *self,
                                       GListModel *model,
                                       OrmKeys *wanted,
                                       GArray *ranges);
void _orm_key_list_finish (OrmKeyList *self, GListModel *model);
gboolean _orm_key_list_rekey (OrmKeyList *self, gint64 old_key, gint64 new_key, guint *position);
void _orm_key_list_rekey_all (OrmKeyList *self, GHashTable *rekeys);

G_END_DECLS
