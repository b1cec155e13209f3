/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * OrmKeyList:
 *
 * The keys of a list model, and what its views know of them while that differs:
 * in a group, and between the emissions of a change in several places.
 */
typedef struct
{
  GArray *keys;      /* of gint64 */
  GArray *announced; /* what the views know, while emissions are held back */
  GArray *wanted;    /* what they will know, while a change is announced */
  guint hint;        /* where a key was changed last */
} OrmKeyList;

void _orm_key_list_init (OrmKeyList *self);
void _orm_key_list_clear (OrmKeyList *self);
gboolean _orm_key_list_hold_back (OrmKeyList *self);
void _orm_key_list_step_back (OrmKeyList *self);
void _orm_key_list_announce (OrmKeyList *self, GListModel *model);
void _orm_key_list_become (OrmKeyList *self, GListModel *model, GArray *wanted);
gboolean _orm_key_list_finish (OrmKeyList *self, GListModel *model);
gboolean _orm_key_list_rekey (OrmKeyList *self, gint64 old_key, gint64 new_key, guint *position);
gboolean _orm_key_list_rekey_array (GArray *keys, gint64 old_key, gint64 new_key, guint *position);

G_END_DECLS
