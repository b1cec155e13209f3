/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>

/*
 * How long a file of transactions takes to import into a new book, and the
 * same file a second time, compared with sqlite3 inserting the same rows into
 * the same tables. The two take turns. Prints the median of the runs with the
 * minimum and maximum.
 *
 *   benchmark import [TRANSACTIONS] [RUNS]
 */

#define MAX_RUNS 25

static const char *const payees[] = {
  "REWE SAGT DANKE",   "EDEKA MARKT",     "SHELL",       "AMAZON EU SARL", "SPOTIFY",
  "CAFE LUNA",         "BAECKEREI MAIER", "DB VERTRIEB", "NETFLIX.COM",    "IKEA DEUTSCHLAND",
  "APOTHEKE AM MARKT", "KINO CENTRAL",
};

typedef struct
{
  GDate date;
  gint64 amount;
  char *description;
} Transaction;

typedef enum
{
  STEP_READ,
  STEP_MATCH,
  STEP_SAVE,
  STEP_ALL,
  STEP_AGAIN,
  STEP_RAW,
  N_STEPS
} Step;

static const char *const step_names[N_STEPS] = {
  [STEP_READ] = "read the file",
  [STEP_MATCH] = "know again, choose categories",
  [STEP_SAVE] = "save",
  [STEP_ALL] = "all of it",
  [STEP_AGAIN] = "the same file again",
  [STEP_RAW] = "sqlite3 inserting the rows",
};

typedef struct
{
  const char *name;
  void (*write) (const char *path, const Transaction *transactions, guint n);
} Kind;

static Transaction *
make_transactions (guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (n);
  Transaction *transactions = g_new0 (Transaction, n);

  for (guint i = 0; i < n; i++)
    {
      guint payee = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (payees));

      g_date_clear (&transactions[i].date, 1);
      g_date_set_dmy (&transactions[i].date, 1, G_DATE_JANUARY, 2016);
      g_date_add_days (&transactions[i].date, (guint) ((guint64) i * 3650 / n));
      transactions[i].amount = g_rand_int_range (random, 100, 20000);
      transactions[i].description =
        g_strdup_printf ("%s %05d", payees[payee], g_rand_int_range (random, 0, 99999));
    }

  return transactions;
}

static void
write_csv (const char *path, const Transaction *transactions, guint n)
{
  FILE *file = g_fopen (path, "w");

  fputs ("Date,Description,Amount\n", file);
  for (guint i = 0; i < n; i++)
    fprintf (file, "%04u-%02u-%02u,%s,-%u.%02u\n", (guint) transactions[i].date.year,
             (guint) transactions[i].date.month, (guint) transactions[i].date.day,
             transactions[i].description, (guint) transactions[i].amount / 100,
             (guint) transactions[i].amount % 100);
  fclose (file);
}

static void
write_ofx (const char *path, const Transaction *transactions, guint n)
{
  FILE *file = g_fopen (path, "w");

  fputs ("OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\n"
         "CHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
         "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260101"
         "<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0"
         "<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>10010010"
         "<ACCTID>123456789<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20160101"
         "<DTEND>20260101\n",
         file);
  for (guint i = 0; i < n; i++)
    fprintf (file,
             "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>%04u%02u%02u<TRNAMT>-%u.%02u<FITID>F%u<NAME>%s"
             "</STMTTRN>\n",
             (guint) transactions[i].date.year, (guint) transactions[i].date.month,
             (guint) transactions[i].date.day, (guint) transactions[i].amount / 100,
             (guint) transactions[i].amount % 100, i, transactions[i].description);
  fputs ("</BANKTRANLIST><LEDGERBAL><BALAMT>0<DTASOF>20260101</LEDGERBAL></STMTRS></STMTTRNRS>"
         "</BANKMSGSRSV1></OFX>\n",
         file);
  fclose (file);
}

static const Kind kinds[] = {
  { "CSV", write_csv },
  { "OFX", write_ofx },
};

static double
ms_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static BudgetBook *
new_book (const char *path)
{
  g_autoptr (GError) error = NULL;
  BudgetBook *book = budget_book_create (path, "EUR", &error);

  if (book == NULL)
    g_error ("%s", error->message);
  return book;
}

static void
remove_book (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

/* Returns: how many rows are new */
static guint
import (BudgetBook *book, const char *path, double *steps)
{
  g_autoptr (BudgetImporter) importer = budget_importer_new (book);
  g_autoptr (BudgetStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  BudgetImportCounts counts;
  gint64 start = g_get_monotonic_time ();

  statement = budget_statement_read_file (path, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, &error);
  if (statement == NULL)
    g_error ("%s", error->message);
  steps[STEP_READ] = ms_since (start);

  start = g_get_monotonic_time ();
  if (!budget_importer_add_statement (importer, path, statement, NULL, &error))
    g_error ("%s", error->message);
  steps[STEP_MATCH] = ms_since (start);

  start = g_get_monotonic_time ();
  if (!budget_importer_commit (importer, NULL, &error))
    g_error ("%s", error->message);
  steps[STEP_SAVE] = ms_since (start);
  steps[STEP_ALL] = steps[STEP_READ] + steps[STEP_MATCH] + steps[STEP_SAVE];
  budget_importer_count (importer, &counts);
  return counts.n_new;
}

static void
run_ours (const char *file, const char *path, guint n, double *steps)
{
  g_autoptr (BudgetBook) book = new_book (path);
  double again[N_STEPS];

  g_assert_cmpuint (import (book, file, steps), ==, n);
  g_assert_cmpuint (import (book, file, again), ==, 0);
  steps[STEP_AGAIN] = again[STEP_ALL];
}

static void
execute (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static void
insert_all (sqlite3 *db, const Transaction *transactions, guint n)
{
  sqlite3_stmt *insert;

  sqlite3_prepare_v2 (db,
                      "INSERT INTO expenses (description, amount, date, import_key, user_id, "
                      "category_id) VALUES (?, ?, ?, ?, 1, 1)",
                      -1, &insert, NULL);
  for (guint i = 0; i < n; i++)
    {
      char date[11];
      g_autofree char *key = g_strdup_printf ("%u-%032u:1", i, i);

      g_date_strftime (date, sizeof date, "%Y-%m-%d", &transactions[i].date);
      sqlite3_bind_text (insert, 1, transactions[i].description, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (insert, 2, transactions[i].amount);
      sqlite3_bind_text (insert, 3, date, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 4, key, -1, SQLITE_STATIC);
      if (sqlite3_step (insert) != SQLITE_DONE)
        g_error ("%s", sqlite3_errmsg (db));
      sqlite3_reset (insert);
    }
  sqlite3_finalize (insert);
}

/* Inserts into the tables of a book of ours, with the same durability. */
static double
run_raw (const char *path, const Transaction *transactions, guint n)
{
  sqlite3 *db;
  gint64 start;
  double ms;

  g_object_unref (new_book (path));
  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  execute (db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON");

  start = g_get_monotonic_time ();
  execute (db, "BEGIN IMMEDIATE");
  insert_all (db, transactions, n);
  execute (db, "COMMIT");
  ms = ms_since (start);
  sqlite3_close (db);
  return ms;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

static double
get_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}

static void
print_times (const Kind *kind, double times[N_STEPS][MAX_RUNS], guint n_runs)
{
  double raw = get_median (times[STEP_RAW], n_runs);

  g_print ("\n%s\n%-32s %10s %22s %8s\n", kind->name, "", "ms", "least to greatest", "x raw");
  for (Step step = 0; step < N_STEPS; step++)
    {
      double median = get_median (times[step], n_runs);

      g_print ("%-32s %10.0f %11.0f %10.0f %8.2f\n", step_names[step], median, times[step][0],
               times[step][n_runs - 1], median / raw);
    }
}

static void
measure (
  const Kind *kind, const char *folder, const Transaction *transactions, guint n, guint n_runs)
{
  g_autofree char *file = g_build_filename (folder, "bank.file", NULL);
  g_autofree char *path = g_build_filename (folder, "new.budget", NULL);
  double times[N_STEPS][MAX_RUNS];

  kind->write (file, transactions, n);
  for (guint run = 0; run < n_runs; run++)
    {
      double steps[N_STEPS] = { 0 };

      steps[STEP_RAW] = run_raw (path, transactions, n);
      remove_book (path);
      run_ours (file, path, n, steps);
      remove_book (path);
      for (Step step = 0; step < N_STEPS; step++)
        times[step][run] = steps[step];
    }

  g_unlink (file);
  print_times (kind, times, n_runs);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  guint n_runs = argc > 2 ? (guint) atoi (argv[2]) : 5;
  g_autofree char *folder = NULL;
  Transaction *transactions;

  if (n == 0 || n_runs == 0 || n_runs > MAX_RUNS)
    {
      g_printerr ("Usage: benchmark import [TRANSACTIONS] [RUNS], at most %d runs\n", MAX_RUNS);
      return 2;
    }

  folder = g_dir_make_tmp ("budget-XXXXXX", NULL);
  transactions = make_transactions (n);
  g_print ("%u transactions, %u runs\n", n, n_runs);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    measure (&kinds[i], folder, transactions, n, n_runs);

  for (guint i = 0; i < n; i++)
    g_free (transactions[i].description);
  g_free (transactions);
  g_rmdir (folder);
  return 0;
}
