/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-session.h"

G_BEGIN_DECLS

/*
 * A small schema for the library's tests: users and categories own expenses.
 */

#define FIXTURE_TYPE_USER (fixture_user_get_type ())
G_DECLARE_FINAL_TYPE (FixtureUser, fixture_user, FIXTURE, USER, OrmEntity)

#define FIXTURE_TYPE_CATEGORY (fixture_category_get_type ())
G_DECLARE_FINAL_TYPE (FixtureCategory, fixture_category, FIXTURE, CATEGORY, OrmEntity)

#define FIXTURE_TYPE_EXPENSE (fixture_expense_get_type ())
G_DECLARE_FINAL_TYPE (FixtureExpense, fixture_expense, FIXTURE, EXPENSE, OrmEntity)

/* The columns, by number, for the typed setters. */
enum
{
  FIXTURE_USER_EMAIL,
  FIXTURE_USER_NAME
};

enum
{
  FIXTURE_CATEGORY_NAME,
  FIXTURE_CATEGORY_COLOR
};

enum
{
  FIXTURE_EXPENSE_DESCRIPTION,
  FIXTURE_EXPENSE_AMOUNT,
  FIXTURE_EXPENSE_DATE
};

/* The start of each test; see fixture_set_up(). */
typedef struct
{
  OrmConnection *connection;
  OrmSession *session;
  char *path; /* of the database's file, or NULL */

  FixtureUser *alice, *bob;
  FixtureCategory *food, *entertainment, *transportation, *empty;
  FixtureExpense *e[8];

  guint64 n_before;
  GString *log;
  GString *sql;
  GPtrArray *shadows;
  GPtrArray *tracked;
  gboolean is_grouping; /* until a group ends, lists emit nothing, so they lag behind the to-ones */
} Fixture;

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_set_up_file (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
void fixture_reopen (Fixture *fixture);
void fixture_load_objects (Fixture *fixture);
void fixture_load_all (Fixture *fixture);
void fixture_elsewhere (Fixture *fixture, const char *sql);

OrmCollection *fixture_expenses (gpointer owner);
FixtureExpense *fixture_new_expense (const char *description, gint64 amount);
void fixture_move (FixtureExpense *expense, FixtureCategory *category);
FixtureCategory *fixture_category_of (FixtureExpense *expense);

/* Writes every emission to the log: "Food 1-1+0", "e2 category". */
void fixture_watch (Fixture *fixture, gpointer owner, const char *name);
void
fixture_watch_notify (Fixture *fixture, gpointer entity, const char *property, const char *name);
void fixture_check (Fixture *fixture);
void fixture_track (Fixture *fixture, gpointer expense);
void fixture_check_at_rest (Fixture *fixture);
char *fixture_ids (gpointer list);

#define fixture_assert_log(fixture, expected)                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpstr ((fixture)->log->str, ==, (expected));                                         \
    g_string_truncate ((fixture)->log, 0);                                                         \
  }                                                                                                \
  G_STMT_END

/* The statements since the last call: "UPDATE expenses(category_id); ". */
void fixture_watch_sql (Fixture *fixture);
#define fixture_assert_sql(fixture, expected)                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpstr ((fixture)->sql->str, ==, (expected));                                         \
    g_string_truncate ((fixture)->sql, 0);                                                         \
  }                                                                                                \
  G_STMT_END

#define fixture_assert_ids(list, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *ids_ = fixture_ids (list);                                                    \
    g_assert_cmpstr (ids_, ==, (expected));                                                        \
  }                                                                                                \
  G_STMT_END

/* The number of statements since the last call. */
guint64 fixture_take_count (Fixture *fixture);
char *fixture_read (Fixture *fixture, const char *sql);

/* Compares one value of the database, as text, without using the session. */
#define fixture_assert_value(fixture, sql, expected)                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *value_ = fixture_read (fixture, sql);                                         \
    g_assert_cmpstr (value_, ==, (expected));                                                      \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
