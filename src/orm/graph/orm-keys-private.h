/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * OrmKeys:
 *
 * The keys of a list in its order, optionally each with its rank, the number
 * that the list is sorted by. Made for a million keys: a change in the middle
 * moves at most a thousand of them, copies share their blocks, and most keys
 * take four bytes.
 */
typedef struct _OrmKeys OrmKeys;

typedef enum
{
  ORM_KEYS_WITHOUT_RANKS,
  ORM_KEYS_WITH_RANKS
} OrmKeysKind;

OrmKeys *_orm_keys_new (OrmKeysKind kind);
OrmKeys *_orm_keys_copy (OrmKeys *self);
OrmKeys *_orm_keys_ref (OrmKeys *self);
void _orm_keys_unref (OrmKeys *self);

guint _orm_keys_get_length (OrmKeys *self);
gboolean _orm_keys_has_ranks (OrmKeys *self);
gint64 _orm_keys_get (OrmKeys *self, guint position);
gint64 _orm_keys_get_rank (OrmKeys *self, guint position);
void _orm_keys_set (OrmKeys *self, guint position, gint64 key);
void _orm_keys_append (OrmKeys *self, gint64 key, gint64 rank);
guint _orm_keys_get_n_ascending (OrmKeys *self);
guint _orm_keys_find_place (OrmKeys *self, gint64 key);
GArray *_orm_keys_dup_array (OrmKeys *self);
void _orm_keys_insert (OrmKeys *self, guint position, gint64 key, gint64 rank);
void _orm_keys_insert_range (OrmKeys *self, guint position, OrmKeys *source, guint first, guint n);
void _orm_keys_remove (OrmKeys *self, guint position, guint n);
void _orm_keys_clear (OrmKeys *self);
gboolean _orm_keys_find (OrmKeys *self, gint64 key, guint *position);
gboolean _orm_keys_find_from (OrmKeys *self, guint from, gint64 key, guint *position);
guint _orm_keys_replace_all (OrmKeys *self, GHashTable *replacements);

/*
 * The block of keys at a position: lists that share it need not compare its
 * keys.
 */
gpointer _orm_keys_get_block (OrmKeys *self, guint position, guint *first, guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmKeys, _orm_keys_unref)

G_END_DECLS
