/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-written-dates.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

/*
 * "1/31'26" is unambiguous, but "1/2/26" is not. All dates of a file together show
 * whether the day or the month comes first; if they do not, the user's locale decides.
 */

#define MAX_DATE_LENGTH 64

/* How far in the future a transaction may be. */
#define DAYS_AHEAD 40

typedef struct
{
  BudgetStatementRow *row; /* owned by the caller */
  char *text;
  BudgetDateText date;
  guint list;
} Written;

typedef struct
{
  guint n_fits;
  guint n_doubtful;
  guint n_turns;
  guint span;
  gboolean is_in_future;
} Evidence;

static void
written_clear (gpointer data)
{
  Written *self = data;

  g_free (self->text);
}

/**
 * budget_written_dates_init:
 * @self: (out caller-allocates): no dates yet
 */
void
budget_written_dates_init (BudgetWrittenDates *self)
{
  memset (self, 0, sizeof *self);
  self->dates = g_array_new (FALSE, FALSE, sizeof (Written));
  g_array_set_clear_func (self->dates, written_clear);
}

/**
 * budget_written_dates_clear:
 * @self: the dates of a file
 *
 * Frees what @self holds.
 */
void
budget_written_dates_clear (BudgetWrittenDates *self)
{
  g_clear_pointer (&self->dates, g_array_unref);
}

static void
reject (BudgetStatementRow *row, const char *text)
{
  g_autofree char *shown =
    g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_DATE_LENGTH));

  if (row->reject_reason == NULL)
    /* Translators: %s is the text where a date is expected. */
    row->reject_reason = g_strdup_printf (_("“%s” is not a date"), shown);
}

/**
 * budget_written_dates_take:
 * @self: the dates of a file
 * @row: (transfer none): the row of the date; it has to outlive @self
 * @text: (nullable): the date as written
 * @list: the number of its list in the file; each list is sorted separately
 *
 * Keeps a date for budget_written_dates_settle(). An invalid date rejects the row.
 */
void
budget_written_dates_take (BudgetWrittenDates *self,
                           BudgetStatementRow *row,
                           const char *text,
                           guint list)
{
  Written written = { .row = row, .list = list };
  g_autofree char *plain = NULL;

  if (text == NULL || *text == '\0')
    {
      if (row->reject_reason == NULL)
        row->reject_reason = g_strdup (_("The date is missing"));
      return;
    }

  /* An apostrophe precedes years from 2000 on. */
  plain = g_strdelimit (g_strdup (text), "'", '/');

  if (!budget_date_text_scan (plain, &written.date))
    {
      reject (row, text);
      return;
    }

  written.text = g_strdup (text);
  g_array_append_val (self->dates, written);
}

static guint32
get_last_likely_day (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));

  return g_date_get_julian (&date) + DAYS_AHEAD;
}

static Evidence
weigh (const BudgetWrittenDates *self, BudgetDateOrder order)
{
  Evidence evidence = { 0 };
  guint32 lowest = G_MAXUINT32, highest = 0, last = 0;
  guint n_up = 0, n_down = 0;
  guint list = 0;

  for (guint i = 0; i < self->dates->len; i++)
    {
      const Written *written = &g_array_index (self->dates, Written, i);
      GDate day;
      guint32 julian;

      g_date_clear (&day, 1);
      if (!budget_date_text_read (&written->date, order, &day))
        continue;

      julian = g_date_get_julian (&day);
      if (written->list != list)
        last = 0;

      evidence.n_fits++;
      evidence.n_doubtful +=
        written->date.month_at < 0 && written->date.values[0] != written->date.values[1];
      n_up += last != 0 && julian > last;
      n_down += last != 0 && julian < last;
      lowest = MIN (lowest, julian);
      highest = MAX (highest, julian);
      last = julian;
      list = written->list;
    }

  evidence.n_turns = MIN (n_up, n_down);
  evidence.span = highest >= lowest ? highest - lowest : 0;
  evidence.is_in_future = highest > get_last_likely_day ();

  return evidence;
}

/*
 * Compares how likely two orders are.
 *
 * Returns: more than 0 for @a, less for @b, and 0 if both are as likely
 */
static int
compare (const Evidence *a, const Evidence *b)
{
  if (a->n_fits != b->n_fits)
    return a->n_fits > b->n_fits ? 1 : -1;

  if (a->is_in_future != b->is_in_future)
    return a->is_in_future ? -1 : 1;

  /* Banks sort their transactions, so the right order has the fewest jumps. */
  if ((a->n_turns == 0) != (b->n_turns == 0) && MAX (a->n_turns, b->n_turns) >= 2)
    return a->n_turns == 0 ? 1 : -1;

  if (a->span * 4 < b->span)
    return 1;

  return b->span * 4 < a->span ? -1 : 0;
}

static BudgetDateOrder
get_locale_order (void)
{
  const char *format = nl_langinfo (D_FMT);
  const char *day = strpbrk (format, "de");
  const char *month = strpbrk (format, "mbBD");

  return day != NULL && (month == NULL || day < month) ? BUDGET_DATE_ORDER_DMY
                                                       : BUDGET_DATE_ORDER_MDY;
}

static gboolean
has_dots (const BudgetWrittenDates *self)
{
  return self->dates->len > 0 && g_array_index (self->dates, Written, 0).date.mark == '.';
}

/*
 * Finds the order.
 *
 * Returns: %FALSE if the other order is as likely
 */
static gboolean
find_order (const BudgetWrittenDates *self, BudgetDateOrder *order)
{
  Evidence evidence[BUDGET_N_DATE_ORDERS];
  const Evidence *dmy = &evidence[BUDGET_DATE_ORDER_DMY];
  gboolean is_sure = TRUE;
  int verdict;

  for (guint i = 0; i < BUDGET_N_DATE_ORDERS; i++)
    evidence[i] = weigh (self, (BudgetDateOrder) i);

  verdict = compare (dmy, &evidence[BUDGET_DATE_ORDER_MDY]);
  if (verdict != 0)
    *order = verdict > 0 ? BUDGET_DATE_ORDER_DMY : BUDGET_DATE_ORDER_MDY;
  else if (self->prefers_day || has_dots (self))
    *order = BUDGET_DATE_ORDER_DMY;
  else
    {
      *order = get_locale_order ();
      is_sure = dmy->n_doubtful == 0;
    }

  /* A year of two digits is first only where it cannot be last, and the day in the middle only
   * where it cannot be the month. */
  for (guint i = BUDGET_DATE_ORDER_YMD; i <= BUDGET_DATE_ORDER_YDM; i++)
    if (evidence[i].n_fits > evidence[*order].n_fits ||
        (i == BUDGET_DATE_ORDER_YMD && evidence[i].n_fits == evidence[*order].n_fits &&
         evidence[*order].is_in_future && !evidence[i].is_in_future))
      {
        *order = (BudgetDateOrder) i;
        is_sure = TRUE;
      }

  return is_sure;
}

/**
 * budget_written_dates_settle:
 * @self: the dates of a file
 * @order: (out): in which order they are
 *
 * Reads all dates, once the file is complete.
 *
 * Returns: %FALSE if the day and the month may be in the other order
 */
gboolean
budget_written_dates_settle (BudgetWrittenDates *self, BudgetDateOrder *order)
{
  gboolean is_sure = self->is_told || find_order (self, order);

  if (self->is_told)
    *order = self->told;

  for (guint i = 0; i < self->dates->len; i++)
    {
      Written *written = &g_array_index (self->dates, Written, i);

      if (budget_date_text_read (&written->date, *order, &written->row->date))
        continue;

      g_date_clear (&written->row->date, 1);
      reject (written->row, written->text);
    }

  g_array_set_size (self->dates, 0);
  return is_sure;
}
