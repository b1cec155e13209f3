/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-gnucash-private.h"
#include "migrate-fixture.h"
#include "orm-connection.h"

/*
 * Hand-made databases of GnuCash.
 */

#define TABLES                                                                                     \
  "CREATE TABLE gnclock (Hostname, PID);"                                                          \
  "CREATE TABLE commodities (guid text PRIMARY KEY NOT NULL, namespace, mnemonic);"                \
  "CREATE TABLE accounts (guid text PRIMARY KEY NOT NULL, name, account_type, commodity_guid, "    \
  "parent_guid, code, placeholder);"                                                               \
  "CREATE TABLE transactions (guid text PRIMARY KEY NOT NULL, currency_guid, num, post_date, "     \
  "description);"                                                                                  \
  "CREATE TABLE splits (guid text PRIMARY KEY NOT NULL, tx_guid, account_guid, memo, action, "     \
  "reconcile_state, value_num, value_denom, quantity_num, quantity_denom);"                        \
  "CREATE TABLE slots (id integer PRIMARY KEY, obj_guid, name, string_val, int64_val, gdate_val);" \
  "CREATE TABLE schedxactions (guid text PRIMARY KEY NOT NULL)"

#define ROWS                                                                                       \
  "INSERT INTO commodities VALUES ('e', 'CURRENCY', 'EUR'), ('t', 'template', 'template');"        \
  "INSERT INTO accounts VALUES ('r', 'Root', 'ROOT', NULL, NULL, '', 0), "                         \
  "('w', 'Wallet', 'CASH', 'e', 'r', '', 0), ('f', 'Food', 'EXPENSE', 'e', 'r', '', 0), "          \
  "('tr', 'Template Root', 'ROOT', NULL, NULL, '', 0), ('ta', 'ta', 'BANK', 't', 'tr', '', 0);"    \
  "INSERT INTO transactions VALUES "                                                               \
  "('new', 'e', '5', '2026-01-31 10:59:00', 'New'), "                                              \
  "('old', 'e', '', '20260131230000', 'Old'), ('slot', 'e', '', '20260131230000', 'Slot'), "       \
  "('plan', 'e', '', '2026-01-31 10:59:00', 'Plan'), "                                             \
  "('void', 'e', '', '2026-01-31 10:59:00', 'Void'), "                                             \
  "('bad', 'e', '', '2026-01-31 10:59:00', 'Bad'), ('none', 'e', '', NULL, 'None');"               \
  "INSERT INTO splits SELECT 'w' || guid, guid, 'w', 'memo', '', 'y', -150, 100, -150, 100 "       \
  "FROM transactions;"                                                                             \
  "INSERT INTO splits SELECT 'f' || guid, guid, 'f', '', '', 'n', 150, 100, 150, "                 \
  "CASE guid WHEN 'bad' THEN 'x' ELSE 100 END FROM transactions;"                                  \
  "INSERT INTO splits VALUES ('p', 'plan', 'ta', '', '', 'n', 0, 1, 0, 1);"                        \
  "INSERT INTO slots VALUES (1, 'slot', 'date-posted', NULL, 0, '20260202'), "                     \
  "(2, 'new', 'notes', 'Noted', 0, NULL), (3, 'void', 'void-reason', 'so', 0, NULL);"              \
  "INSERT INTO schedxactions VALUES ('s')"

static void
write_database (MigrateFixture *self, const char *more)
{
  g_autofree char *uri = g_strconcat ("sqlite:", self->path, NULL);
  g_autofree char *sql = g_strconcat (TABLES ";" ROWS, *more != '\0' ? ";" : "", more, NULL);
  g_auto (GStrv) statements = g_strsplit (sql, ";", -1);
  g_autoptr (OrmConnection) connection = orm_connection_open (uri, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; statements[i] != NULL; i++)
    {
      orm_connection_execute (connection, statements[i], &error);
      g_assert_no_error (error);
    }

  orm_connection_close (connection);
}

static void
test_reads_a_database (MigrateFixture *self, gconstpointer data)
{
  g_autoptr (BudgetBookMerger) merger = NULL;
  g_autofree char *before = NULL, *after = NULL, *rejected = NULL, *expenses = NULL;
  gsize length_before, length_after;

  write_database (self, "");
  g_file_get_contents (self->path, &before, &length_before, NULL);
  merger = migrate_fixture_merge (self);
  g_file_get_contents (self->path, &after, &length_after, NULL);
  g_assert_cmpmem (before, length_before, after, length_after);

  expenses = migrate_fixture_dup_expenses (self);
  g_assert_cmpstr (expenses, ==,
                   "2026-01-31 New|Noted/memo/Number: 5/Reconciled|Food|Wallet|150\n"
                   "2026-02-01 Old|memo/Reconciled|Food|Wallet|150\n"
                   "2026-02-02 Slot|memo/Reconciled|Food|Wallet|150\n");
  rejected = migrate_fixture_dup_rejected (merger);
  g_assert_cmpstr (rejected, ==,
                   "0 2026-01-31 Bad: The amount cannot be read\n"
                   "0 ? None: There is no such date\n");
  g_assert_true (migrate_fixture_reports (merger, "Accounts: 1 (1 new)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: void transactions (1)"));
  g_assert_true (migrate_fixture_reports (merger, "Not imported: scheduled transactions (1)"));
}

static void
test_refuses_a_database_that_lacks_something (MigrateFixture *self, gconstpointer data)
{
  g_autofree char *message = NULL;

  write_database (self, "ALTER TABLE splits DROP COLUMN value_num");
  message = migrate_fixture_refuse (self);
  g_assert_cmpstr (message, ==, "The file is not a book of GnuCash");
}

#define ADD(name, test)                                                                            \
  g_test_add ("/budget/gnucash-database/" name, MigrateFixture, NULL, migrate_fixture_set_up,      \
              test, migrate_fixture_tear_down)

int
main (int argc, char *argv[])
{
  /* Old databases store a day as its local midnight, in UTC. */
  g_setenv ("TZ", "CET-1", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("reads-a-database", test_reads_a_database);
  ADD ("refuses-a-database-that-lacks-something", test_refuses_a_database_that_lacks_something);

  return g_test_run ();
}
