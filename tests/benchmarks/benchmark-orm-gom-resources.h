/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gom/gom.h>

G_BEGIN_DECLS

/*
 * The book's classes for libgom, whose properties are plain fields.
 */

/* libgom does not define this one. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GomSorting, g_object_unref)

#define GOM_BENCH_TYPE_EXPENSE (gom_bench_expense_get_type ())
G_DECLARE_FINAL_TYPE (GomBenchExpense, gom_bench_expense, GOM_BENCH, EXPENSE, GomResource)

#define GOM_BENCH_TYPE_CATEGORY (gom_bench_category_get_type ())
G_DECLARE_FINAL_TYPE (GomBenchCategory, gom_bench_category, GOM_BENCH, CATEGORY, GomResource)

#define GOM_BENCH_TYPE_USER (gom_bench_user_get_type ())
G_DECLARE_FINAL_TYPE (GomBenchUser, gom_bench_user, GOM_BENCH, USER, GomResource)

struct _GomBenchExpense
{
  GomResource parent_instance;

  gint64 id;
  gint64 user_id;
  gint64 category_id;
  char *description;
  gint64 amount;
  char *date;
};

struct _GomBenchCategory
{
  GomResource parent_instance;

  gint64 id;
  char *name;
};

struct _GomBenchUser
{
  GomResource parent_instance;

  gint64 id;
  char *name;
};

G_END_DECLS
