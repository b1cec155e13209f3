/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-query-model.h"
#include "orm-session.h"
#include "orm-totals.h"

G_BEGIN_DECLS

/*
 * The benchmarks' book: people, categories and expenses as in the program,
 * except that the database cascades from a person.
 */

#define BENCH_TYPE_USER (bench_user_get_type ())
G_DECLARE_FINAL_TYPE (BenchUser, bench_user, BENCH, USER, OrmEntity)

#define BENCH_TYPE_CATEGORY (bench_category_get_type ())
G_DECLARE_FINAL_TYPE (BenchCategory, bench_category, BENCH, CATEGORY, OrmEntity)

#define BENCH_TYPE_EXPENSE (bench_expense_get_type ())
G_DECLARE_FINAL_TYPE (BenchExpense, bench_expense, BENCH, EXPENSE, OrmEntity)

/* The columns, by number, for the typed setters. */
enum
{
  BENCH_EXPENSE_DESCRIPTION,
  BENCH_EXPENSE_AMOUNT,
  BENCH_EXPENSE_DATE
};

#define BENCH_N_USERS 5
#define BENCH_N_CATEGORIES 20

const char *bench_category_get_name (BenchCategory *self);
const char *bench_expense_get_description (BenchExpense *self);
gint64 bench_expense_get_amount (BenchExpense *self);
const GDate *bench_expense_get_date (BenchExpense *self);

char *bench_folder_new (void);
void bench_folder_remove (const char *folder);
void bench_book_make (const char *path, gint64 n_expenses);
void bench_book_copy (const char *from, const char *to);
void bench_book_settle (const char *path);

OrmConnection *bench_book_open (const char *path);
OrmSession *bench_session_new (OrmConnection *connection);
gpointer bench_get (OrmSession *session, GType type, gint64 id);
void bench_commit (OrmSession *session);
GListModel *bench_observe_sorted (OrmSession *session, gint64 above);
OrmTotals *bench_observe_totals (OrmSession *session, const char *group);

/* A line of /proc/self/status, as "VmRSS:", in megabytes. */
double bench_memory (const char *line);

G_END_DECLS
