/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-path-private.h"
#include "orm-query.h"
#include "orm-session-private.h"
#include "orm-watch-private.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *paths; /* the term holds if it does for one of them */
  OrmOperator op;
  OrmValue value;
  GPtrArray *texts;    /* for text searches: the spellings to search for */
  GArray *keys;        /* for ORM_IN */
  GPtrArray *entities; /* the entities whose keys are the value or @keys */
} OrmTerm;

typedef struct
{
  OrmPath *path;
  OrmDirection direction;
} OrmOrder;

struct _OrmQuery
{
  GObject parent_instance;

  OrmMapper *mapper;
  GPtrArray *terms;
  GPtrArray *orders;
  GPtrArray *prefetches; /* of char * */
  guint limit;
  guint offset;
  GError *error; /* the first error, reported when the query runs */
};

void _orm_query_update_keys (OrmQuery *self);

/* orm-query-sql.c */
typedef struct
{
  GString *where; /* with the keyword, or empty */
  GString *order;
  GArray *parameters; /* of OrmValue */
} OrmQuerySql;

void _orm_query_sql_init (OrmQuerySql *sql, OrmQuery *query);
void _orm_query_sql_clear (OrmQuerySql *sql);
char *_orm_query_sql_rows (OrmQuery *query, OrmQuerySql *sql, guint limit);
char *_orm_query_sql_ids (OrmQuery *query, OrmQuerySql *sql, gboolean with_ranks);
char *_orm_query_sql_count (OrmQuery *query, OrmQuerySql *sql);
char *_orm_query_sql_sum (OrmQuery *query, OrmQuerySql *sql, OrmPath *sum);
char *_orm_query_sql_totals (OrmQuery *query, OrmQuerySql *sql, OrmPath *group, OrmPath *sum);
char *_orm_query_sql_fault (OrmQuery *query, OrmQuerySql *sql, OrmPath *path);
gboolean _orm_query_has_ranks (OrmQuery *query);
gboolean _orm_query_is_bounded (OrmQuery *query);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OrmQuerySql, _orm_query_sql_clear)

/* orm-query-eval.c: the query evaluated for an entity in memory */
typedef enum
{
  ORM_NOW,
  ORM_BEFORE
} OrmMoment;

gboolean _orm_query_can_evaluate (OrmQuery *query);
gboolean _orm_query_involves (OrmQuery *query, OrmMapper *mapper);
guint64 _orm_query_get_related_slots (OrmQuery *query, OrmMapper *mapper);
gboolean _orm_query_matches (OrmQuery *query, const OrmChange *change, OrmMoment moment);
OrmValue _orm_path_evaluate_change (OrmPath *path, const OrmChange *change, OrmMoment moment);
int _orm_query_compare (OrmQuery *query, OrmEntity *a, OrmEntity *b);
gint64 _orm_query_rank (OrmQuery *query, OrmEntity *entity);
gint64 _orm_query_rank_value (OrmQuery *query, const OrmValue *value);
gboolean _orm_query_orders_by_slots (OrmQuery *query, guint64 slots);

gboolean _orm_query_is_invalidated (OrmQuery *query, OrmWatch *watch);

/* orm-session-query.c */

G_END_DECLS
