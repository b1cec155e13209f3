/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "benchmark-orm-book.h"

G_BEGIN_DECLS

/* The operations; benchmark-orm.c describes each. */
typedef enum
{
  BENCH_OPEN,
  BENCH_LIST,
  BENCH_TOTALS,
  BENCH_PAGE,
  BENCH_WALK,
  BENCH_INSERT,
  BENCH_INSERT_WITH_VIEWS,
  BENCH_MOVE,
  BENCH_DELETE,
  BENCH_EDIT_WITH_VIEWS,
  BENCH_EDIT_WITH_VIEWS_COMMIT,
  BENCH_EDIT_COMMIT,
  BENCH_N_WORKS
} BenchWork;

/* How much of it a run does; benchmark-orm-sqlalchemy.py has the same numbers. */
#define BENCH_N_INSERTS 10000
#define BENCH_N_MOVES 100
#define BENCH_N_EDITS 100
#define BENCH_N_PAGES 50
#define BENCH_PAGE_SIZE 200
#define BENCH_PAGE_ABOVE 5000

/* The people whose expenses are opened, moved and deleted; they have a fifth or a tenth of all. */
#define BENCH_USER_OPENED 1
#define BENCH_USER_FROM 2
#define BENCH_USER_TO 3
#define BENCH_USER_DELETED 4
#define BENCH_USER_INSERTED 5

typedef struct
{
  double ms;    /* for one page, move or edit, otherwise for all; below 0 if it is not supported */
  gint64 check; /* what it read or wrote, the same for every contender that does the work */
} BenchResult;

#define BENCH_CANNOT ((BenchResult){ .ms = -1 })

/* A contender, which does the operations on its own copy of the book. */
typedef struct
{
  const char *name;
  gboolean (*open) (const char *path, gint64 n_expenses); /* FALSE if it is not installed */
  BenchResult (*run) (BenchWork work, guint run);         /* the setting up is not in its time */
  void (*close) (void);
} BenchContender;

extern const BenchContender bench_raw;
extern const BenchContender bench_ours;
extern const BenchContender bench_sqlalchemy;
#ifdef HAVE_GOM
extern const BenchContender bench_gom;
#endif

/* The expense that is moved, edited or shown; the same for all contenders, and random enough. */
gint64 bench_pick (guint run, guint index, gint64 n);
gint64 bench_pick_moved (guint run, guint index, gint64 n_expenses);
gint64 bench_pick_amount (guint run, guint index);
void bench_pick_date (guint run, guint index, GDate *date);
guint bench_pick_page (guint run, guint index, guint n_items);
double bench_ms_since (gint64 start, guint n_units);

/* The checksum of an expense that was read, so that none reads less. */
gint64 bench_check_expense (
  gint64 id, gint64 user_id, gint64 category_id, const char *description, gint64 amount, int day);

G_END_DECLS
