/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book.h"
#include "budget-migrations.h"

/*
 * The steps from one version of the schema to the next. A released step is never
 * changed; a new one is added at the end.
 */

typedef gboolean (*Migration) (OrmSession *session, GError **error);

static const Migration migrations[BUDGET_BOOK_VERSION] = {
  /* 1: users, categories, accounts, expenses, settings */
  orm_session_create_tables,
  /* 2: tags, rules, layouts, imports, decisions, and what a bank knows of an expense */
  orm_session_update_tables,
  /* 3: what imports change in expenses that were there before */
  orm_session_update_tables,
};

static gboolean
run_one (OrmSession *session, int number, GError **error)
{
  OrmConnection *connection = orm_session_get_connection (session);

  if (orm_connection_begin (connection, error) && migrations[number - 1](session, error) &&
      orm_connection_set_schema_version (connection, BUDGET_BOOK_APPLICATION_ID, number, error) &&
      orm_connection_commit (connection, error))
    return TRUE;

  orm_connection_rollback (connection);
  return FALSE;
}

/**
 * budget_migrations_run:
 * @session: a session without unsaved changes
 * @from: the version that the book has, 0 for an empty one
 * @error: return location for an #OrmError
 *
 * Migrates a book to %BUDGET_BOOK_VERSION. Each step is one transaction that sets
 * the version too, so a step that fails leaves the book at the version before.
 *
 * Returns: %TRUE if the book has the version now
 */
gboolean
budget_migrations_run (OrmSession *session, int from, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (session), FALSE);
  g_return_val_if_fail (from >= 0, FALSE);

  for (int number = from + 1; number <= BUDGET_BOOK_VERSION; number++)
    if (!run_one (session, number, error))
      return FALSE;

  return TRUE;
}
