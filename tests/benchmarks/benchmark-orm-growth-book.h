/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-query-model.h"
#include "orm-query.h"
#include "orm-session.h"

G_BEGIN_DECLS

/*
 * A schema with each kind of relationship: an item may be in one list of each
 * kind, and has labels.
 */

#define GROWTH_TYPE_LIST (growth_list_get_type ())
G_DECLARE_FINAL_TYPE (GrowthList, growth_list, GROWTH, LIST, OrmEntity)

#define GROWTH_TYPE_ITEM (growth_item_get_type ())
G_DECLARE_FINAL_TYPE (GrowthItem, growth_item, GROWTH, ITEM, OrmEntity)

#define GROWTH_TYPE_LABEL (growth_label_get_type ())
G_DECLARE_FINAL_TYPE (GrowthLabel, growth_label, GROWTH, LABEL, OrmEntity)

/* The columns, by number, for the typed setters. */
enum
{
  GROWTH_ITEM_NAME,
  GROWTH_ITEM_NUMBER,
  GROWTH_ITEM_DATE
};

typedef enum
{
  GROWTH_BY_ID,        /* a list ordered by id */
  GROWTH_IN_OWN_ORDER, /* one that orm_collection_move() has put out of it */
  GROWTH_BY_COLUMN     /* a list ordered by a column */
} GrowthKind;

/*
 * A database of one size, and the objects of an operation.
 */
typedef struct
{
  guint n;
  GrowthKind kind;
  gboolean is_grouped;
  char *folder;
  char *path;
  OrmConnection *connection;
  OrmSession *session;

  OrmEntity *from, *to;
  OrmCollection *from_list, *to_list;
  GPtrArray *items; /* a third of the first list's items, in no order */
  GPtrArray *held;
} Growth;

void growth_open (Growth *growth, guint n, GrowthKind kind, gboolean is_grouped);
void growth_close (Growth *growth);
void growth_run (Growth *growth, const char *format, ...) G_GNUC_PRINTF (2, 3);
void growth_run_elsewhere (Growth *growth, const char *format, ...) G_GNUC_PRINTF (2, 3);
void growth_fill (Growth *growth, const char *column, guint n_lists);
void growth_fill_links (Growth *growth, guint n_items, guint n_labels);
void growth_check (gboolean is_done, GError **error);

gpointer growth_get (Growth *growth, GType type, gint64 id);
gpointer growth_hold (Growth *growth, gpointer object);
GPtrArray *growth_get_many (Growth *growth, GType type, guint n);
void growth_shuffle (GPtrArray *entities);
const char *growth_to_one (Growth *growth);
const char *growth_to_many (Growth *growth);
OrmEntity *growth_new_item (Growth *growth, guint number);
guint growth_load (Growth *growth, gpointer list);
GListModel *growth_find (Growth *growth, OrmQuery *query);
GListModel *growth_observe (Growth *growth, OrmQuery *query);
void growth_iterate (Growth *growth);

void growth_begin (Growth *growth);
void growth_end (Growth *growth);
void growth_flush (Growth *growth);
void growth_commit (Growth *growth);
void growth_undo (Growth *growth);
void growth_redo (Growth *growth);
void growth_rollback (Growth *growth);
void growth_savepoint (Growth *growth);
void growth_rollback_to (Growth *growth);

G_END_DECLS
