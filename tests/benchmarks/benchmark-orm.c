/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * How the relationship library compares with sqlite3 in plain C, with
 * SQLAlchemy 1.4 and with libgom 0.4: benchmark-orm [EXPENSES]…
 *
 * All do the same operations, each on its own copy of one book, in turn within
 * a run. Their results are compared, so that none reads less than the others.
 * A table for each size has the median times, their ratio to sqlite3 in the
 * same run and the minimum and maximum of that ratio; the last tables have the
 * growth of the times with the book, and the memory.
 */

#include "config.h"

#include "benchmark-orm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_RUNS 5

/* An operation that takes longer runs only once. */
#define LONG_RUN_SECONDS 5

/* The targets apply to a book of this size. */
#define TARGET_SIZE 1000000
#define MAX_MEMORY 13 /* MB */

#define MAX_SIZES 8

/* Whether an operation runs on the copies as they are, on new ones, or on new ones for each run. */
typedef enum
{
  FRESH_NEVER,
  FRESH_FOR_WORK,
  FRESH_FOR_RUN
} Fresh;

static const struct
{
  const char *name;
  Fresh fresh;
  double max_ratio; /* of ours to raw; 0 if there is no target */
  double max_ms;
  double min_gain; /* of SQLAlchemy to ours */
} works[BENCH_N_WORKS] = {
  [BENCH_OPEN] = { "open a person's expenses (1/5 of all)", FRESH_NEVER, 1.5, 0, 0 },
  [BENCH_LIST] = { "open a sorted list of all", FRESH_NEVER, 2.5, 0, 0 },
  [BENCH_TOTALS] = { "totals by category", FRESH_NEVER, 1.1, 0, 0 },
  [BENCH_PAGE] = { "a random page of 200, sorted, filtered", FRESH_NEVER, 1.5, 0, 0 },
  [BENCH_WALK] = { "walk all through relationships", FRESH_NEVER, 3.3, 0, 10 },
  [BENCH_INSERT] = { "insert 10,000 in one commit", FRESH_FOR_RUN, 1.8, 0, 12 },
  [BENCH_INSERT_WITH_VIEWS] = { "the same, with open views", FRESH_FOR_RUN, 0, 0, 0 },
  [BENCH_MOVE] = { "move between lists of 1/10, commit, views", FRESH_FOR_WORK, 2.5, 0, 0 },
  [BENCH_DELETE] = { "delete a person with 1/10, cascade", FRESH_FOR_RUN, 1.2, 0, 0 },
  [BENCH_EDIT_WITH_VIEWS] = { "one edit until all views are up to date", FRESH_FOR_WORK, 0, 0.1,
                              0 },
  [BENCH_EDIT_WITH_VIEWS_COMMIT] = { "the same, committed", FRESH_FOR_WORK, 0, 1, 0 },
  [BENCH_EDIT_COMMIT] = { "one edit, committed, no views", FRESH_FOR_WORK, 0, 0, 0 },
};

static const BenchContender *const contenders[] = {
  &bench_raw,
  &bench_ours,
  &bench_sqlalchemy,
#ifdef HAVE_GOM
  &bench_gom,
#endif
};

#define N_CONTENDERS G_N_ELEMENTS (contenders)

enum
{
  RAW,
  OURS,
  SQLALCHEMY
};

/* The results of one contender for one operation. */
typedef struct
{
  double ms[N_RUNS];
  double ratios[N_RUNS];
  guint n;
  gboolean is_done;
} Times;

typedef struct
{
  gint64 n_expenses;
  char *folder;
  char *book;
  char *copies[N_CONTENDERS];
  gboolean is_open[N_CONTENDERS];
  Times times[BENCH_N_WORKS][N_CONTENDERS];
} Bench;

gint64
bench_pick (guint run, guint index, gint64 n)
{
  return ((gint64) run * 100 + index) * 7919 % n + 1;
}

/*
 * The id of an expense of the person whose expenses are moved; each one once.
 */
gint64
bench_pick_moved (guint run, guint index, gint64 n_expenses)
{
  return ((gint64) run * 100 + index) * 7919 % (n_expenses / 10) * 10 + BENCH_USER_FROM;
}

gint64
bench_pick_amount (guint run, guint index)
{
  return (gint64) run * 1009 + index * 101 + 20001;
}

void
bench_pick_date (guint run, guint index, GDate *date)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date, 1, G_DATE_JANUARY, 2020);
  g_date_add_days (date, (run * 100 + index) * 613 % 2500);
}

guint
bench_pick_page (guint run, guint index, guint n_items)
{
  return (guint) ((guint64) (run * BENCH_N_PAGES + index + 1) * 104729 * 64 %
                  (n_items - BENCH_PAGE_SIZE));
}

double
bench_ms_since (gint64 start, guint n_units)
{
  return (double) (g_get_monotonic_time () - start) / 1000 / n_units;
}

gint64
bench_check_expense (
  gint64 id, gint64 user_id, gint64 category_id, const char *description, gint64 amount, int day)
{
  return id + user_id + category_id + (gint64) strlen (description) + amount + day;
}

static void
close_all (Bench *bench)
{
  for (guint i = 0; i < N_CONTENDERS; i++)
    {
      if (bench->is_open[i])
        contenders[i]->close ();
      bench->is_open[i] = FALSE;
    }
}

static void
open_all (Bench *bench)
{
  close_all (bench);
  for (guint i = 0; i < N_CONTENDERS; i++)
    {
      bench_book_copy (bench->book, bench->copies[i]);
      bench->is_open[i] = contenders[i]->open (bench->copies[i], bench->n_expenses);
    }
}

/*
 * The first run warms up and does not count, unless it took so long that it is
 * the only one.
 */
static void
run_once (Bench *bench, BenchWork work, guint run)
{
  BenchResult raw = { 0 };

  for (guint i = 0; i < N_CONTENDERS; i++)
    {
      Times *times = &bench->times[work][i];
      BenchResult result;
      gboolean is_long;
      gint64 start;

      if (!bench->is_open[i] || times->is_done)
        continue;

      if (works[work].fresh != FRESH_NEVER)
        bench_book_settle (bench->copies[i]);
      start = g_get_monotonic_time ();
      result = contenders[i]->run (work, run);
      is_long = i > OURS && g_get_monotonic_time () - start > LONG_RUN_SECONDS * G_USEC_PER_SEC;
      times->is_done = is_long || result.ms < 0;
      if (result.ms < 0)
        continue;

      if (i == RAW)
        raw = result;
      else if (result.check != raw.check)
        g_error ("%s: %s says %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, works[work].name,
                 contenders[i]->name, result.check, raw.check);

      if (run == 0 && !is_long)
        continue;

      times->ms[times->n] = result.ms;
      times->ratios[times->n++] = result.ms / MAX (raw.ms, 0.000001);
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
compare (Bench *bench, BenchWork work)
{
  if (works[work].fresh == FRESH_FOR_WORK)
    open_all (bench);

  for (guint run = 0; run <= N_RUNS; run++)
    {
      if (works[work].fresh == FRESH_FOR_RUN)
        open_all (bench);
      run_once (bench, work, run);
    }

  for (guint i = 0; i < N_CONTENDERS; i++)
    {
      Times *times = &bench->times[work][i];

      qsort (times->ms, times->n, sizeof (double), compare_doubles);
      qsort (times->ratios, times->n, sizeof (double), compare_doubles);
    }
}

static double
median (const double *values, guint n)
{
  return values[n / 2];
}

static char *
format_number (double number)
{
  return g_strdup_printf (number < 0.1   ? "%.4f"
                          : number < 10  ? "%.2f"
                          : number < 100 ? "%.1f"
                                         : "%.0f",
                          number);
}

static char *
format_times (const Times *times)
{
  g_autofree char *ms = NULL, *ratio = NULL, *least = NULL, *most = NULL;

  if (times->n == 0)
    return g_strdup ("-");

  ms = format_number (median (times->ms, times->n));
  ratio = format_number (median (times->ratios, times->n));
  least = format_number (times->ratios[0]);
  most = format_number (times->ratios[times->n - 1]);

  if (times->n == 1)
    return g_strdup_printf ("%s %sx (1 run)", ms, ratio);
  return g_strdup_printf ("%s %sx (%s-%s)", ms, ratio, least, most);
}

/*
 * Our target, and whether it is met.
 */
static char *
format_target (Bench *bench, BenchWork work)
{
  const Times *ours = &bench->times[work][OURS], *python = &bench->times[work][SQLALCHEMY];
  GString *text = g_string_new (NULL);
  gboolean is_met = TRUE;

  if (works[work].max_ratio > 0)
    {
      g_string_append_printf (text, "<= %gx", works[work].max_ratio);
      is_met &= median (ours->ratios, ours->n) <= works[work].max_ratio;
    }
  if (works[work].max_ms > 0)
    {
      g_string_append_printf (text, "<= %g ms", works[work].max_ms);
      is_met &= median (ours->ms, ours->n) <= works[work].max_ms;
    }
  if (works[work].min_gain > 0 && python->n > 0)
    {
      double gain = median (python->ms, python->n) / median (ours->ms, ours->n);

      g_string_append_printf (text, ", SQLAlchemy/ours %.1f >= %g", gain, works[work].min_gain);
      is_met &= gain >= works[work].min_gain;
    }

  if (text->len > 0 && bench->n_expenses == TARGET_SIZE)
    g_string_append (text, is_met ? ": met" : ": MISSED");
  return g_string_free (text, FALSE);
}

/* printf() counts bytes, a table characters. */
static void
print_cell (const char *text, int width)
{
  g_print ("%s%*s", text, MAX (width - (int) g_utf8_strlen (text, -1), 0) + 1, "");
}

static void
print_row (Bench *bench, BenchWork work)
{
  g_autofree char *raw =
    format_number (median (bench->times[work][RAW].ms, bench->times[work][RAW].n));
  g_autofree char *target = format_target (bench, work);

  print_cell (works[work].name, 40);
  print_cell (raw, 9);
  for (guint i = OURS; i < N_CONTENDERS; i++)
    {
      g_autofree char *text = format_times (&bench->times[work][i]);

      print_cell (text, i == OURS ? 26 : 28);
    }
  g_print ("%s\n", target);
}

static void
print_header (gint64 n_expenses)
{
  g_print ("\n%" G_GINT64_FORMAT " expenses: ms (for one page, move or edit), times raw "
           "(least-greatest of %d runs)\n",
           n_expenses, N_RUNS);
  print_cell ("", 40);
  print_cell ("raw ms", 9);
  for (guint i = OURS; i < N_CONTENDERS; i++)
    print_cell (contenders[i]->name, i == OURS ? 26 : 28);
  g_print ("target%s\n", n_expenses == TARGET_SIZE ? "" : " at 1000000");
}

static void
run_size (Bench *bench, gint64 n_expenses)
{
  bench->n_expenses = n_expenses;
  bench->folder = bench_folder_new ();
  bench->book = g_build_filename (bench->folder, "book", NULL);
  for (guint i = 0; i < N_CONTENDERS; i++)
    bench->copies[i] = g_strdup_printf ("%s/copy-%u", bench->folder, i);

  bench_book_make (bench->book, n_expenses);
  open_all (bench);
  print_header (n_expenses);

  for (BenchWork work = 0; work < BENCH_N_WORKS; work++)
    {
      compare (bench, work);
      print_row (bench, work);
    }
  close_all (bench);
}

/*
 * The time of @n times as many expenses is that of one multiplied by @n to the
 * power of this.
 */
static double
exponent (const Bench *first, const Bench *last, BenchWork work, guint contender)
{
  const Times *small = &first->times[work][contender], *big = &last->times[work][contender];

  return log (median (big->ms, big->n) / median (small->ms, small->n)) /
         log ((double) last->n_expenses / (double) first->n_expenses);
}

static void
print_growth (Bench *benches, guint n)
{
  g_print ("\nGrowth: ms at each size, and the power of the size that they grow with\n");

  for (BenchWork work = 0; work < BENCH_N_WORKS; work++)
    {
      print_cell (works[work].name, 40);
      for (guint contender = RAW; contender <= OURS; contender++)
        {
          g_print ("%s ", contender == RAW ? "raw" : "  ours");
          for (guint i = 0; i < n; i++)
            {
              const Times *times = &benches[i].times[work][contender];
              g_autofree char *text = format_number (median (times->ms, times->n));

              print_cell (text, 8);
            }
          g_print ("^%5.2f", exponent (&benches[0], &benches[n - 1], work, contender));
        }
      g_print ("\n");
    }
}

/*
 * Runs in a process of its own, so that nothing else is in its memory: opens
 * the list and iterates over it, holding as many rows as a window does.
 */
static int
show_memory (const char *path)
{
  g_autoptr (OrmConnection) connection = bench_book_open (path);
  g_autoptr (OrmSession) session = bench_session_new (connection);
  g_autoptr (GListModel) list = bench_observe_sorted (session, 0);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  double opened = bench_memory ("VmRSS:");

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      if (shown->len == BENCH_PAGE_SIZE)
        g_ptr_array_set_size (shown, 0);
      g_ptr_array_add (shown, g_list_model_get_item (list, i));
    }

  g_print ("%.3f %.3f %.3f\n", opened, bench_memory ("VmRSS:"), bench_memory ("VmHWM:"));
  return EXIT_SUCCESS;
}

static void
measure_memory (const char *path, double megabytes[3])
{
  const char *const command[] = { "/proc/self/exe", "--memory", path, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;

  if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL,
                     NULL, &error))
    g_error ("%s", error->message);

  parts = g_strsplit (g_strstrip (output), " ", 3);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  for (guint i = 0; i < 3; i++)
    megabytes[i] = g_ascii_strtod (parts[i], NULL);
}

static void
print_memory (Bench *benches, guint n)
{
  g_autofree char *empty = g_build_filename (benches[0].folder, "empty", NULL);
  double none[3], some[3];

  bench_book_make (empty, 0);
  measure_memory (empty, none);
  g_print ("\nMemory with the sorted list of all open, MB over an empty book (%.1f)\n", none[1]);

  for (guint i = 0; i < n; i++)
    {
      measure_memory (benches[i].book, some);
      g_print ("%12" G_GINT64_FORMAT " expenses: opened %.1f, scrolled through %.1f, at the peak "
               "%.1f\n",
               benches[i].n_expenses, some[0] - none[0], some[1] - none[1], some[2] - none[2]);
      if (benches[i].n_expenses == TARGET_SIZE)
        g_print ("%22s target, scrolled through: <= %d: %s\n", "", MAX_MEMORY,
                 some[1] - none[1] <= MAX_MEMORY ? "met" : "MISSED");
    }
}

static void
clear (Bench *bench)
{
  bench_folder_remove (bench->folder);
  for (guint i = 0; i < N_CONTENDERS; i++)
    g_free (bench->copies[i]);
  g_free (bench->book);
  g_free (bench->folder);
}

int
main (int argc, char **argv)
{
  static const gint64 usual_sizes[] = { 10000, 100000, 1000000 };
  g_autofree Bench *benches = g_new0 (Bench, MAX_SIZES);
  guint n = 0;

  if (argc == 3 && g_str_equal (argv[1], "--memory"))
    return show_memory (argv[2]);

  for (int i = 1; i < argc && i <= MAX_SIZES; i++)
    {
      gint64 n_expenses = 0;

      /* Divisible by ten, and enough for every run. */
      if (!g_ascii_string_to_signed (argv[i], 10, 10000, 100000000, &n_expenses, NULL) ||
          n_expenses % 10 != 0)
        {
          g_printerr ("benchmark-orm: %s is no round number of 10000 or more\n", argv[i]);
          return 2;
        }
      run_size (&benches[n++], n_expenses);
    }
  if (argc == 1)
    for (; n < G_N_ELEMENTS (usual_sizes); n++)
      run_size (&benches[n], usual_sizes[n]);

  if (n > 1)
    print_growth (benches, n);
  print_memory (benches, n);
  for (guint i = 0; i < n; i++)
    clear (&benches[i]);
  return EXIT_SUCCESS;
}
