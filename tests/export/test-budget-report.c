/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-report-page.h"
#include "export-fixture.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define N_EXPENSES 18

/* Returns: (transfer full) (nullable): a report's words, or %NULL if no program can extract them */
static char *
dup_words (ExportFixture *self)
{
  g_autofree char *path = export_fixture_dup_path (self, "test.pdf");
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  char *text = export_fixture_run (argv);

  if (text == NULL)
    g_test_skip ("pdftotext is not installed");
  return text;
}

static guint
count (const char *text, const char *part)
{
  guint n_found = 0;

  for (const char *at = text; (at = strstr (at, part)) != NULL; at += strlen (part))
    n_found++;

  return n_found;
}

static void
write_report (ExportFixture *self, BudgetFilter *filter)
{
  g_autofree char *path = export_fixture_dup_path (self, "test.pdf");
  g_autoptr (BudgetFilter) everything = budget_filter_new ();
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  guint n_written;
  gsize length;

  budget_exporter_write_file (self->book.book, filter != NULL ? filter : everything, path,
                              &n_written, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, 5, "%PDF-", 5);
  g_assert_cmpmem (contents + length - 6, 6, "%%EOF\n", 6);
}

static void
test_every_row_once (ExportFixture *self, gconstpointer data)
{
  g_autofree char *words = NULL;

  for (guint i = 0; i < 700; i++)
    {
      g_autofree char *description = g_strdup_printf ("Row %04u", i);

      /* Some descriptions take several lines, at each position of a page. */
      if (i % 7 == 0)
        {
          g_free (description);
          description = g_strdup_printf ("Row %04u: %s", i,
                                         "a rather long description of what was bought, where and "
                                         "why, which no column of a table has room for");
        }
      export_fixture_add (self, NULL, self->book.food, description, NULL, 100 + i, "2026-10-01");
    }
  g_assert_true (budget_book_commit (self->book.book, NULL, NULL));
  write_report (self, NULL);

  words = dup_words (self);
  if (words == NULL)
    return;

  for (guint i = 0; i < 700; i++)
    {
      g_autofree char *row = g_strdup_printf ("Row %04u", i);

      g_assert_cmpuint (count (words, row), ==, 1);
    }
  g_assert_cmpuint (count (words, "Groceries"), ==, 1);
}

static void
test_totals (ExportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autoptr (BudgetPeriod) period = budget_period_new_month (2026, 11);
  g_autofree char *words = NULL;

  g_assert_true (budget_category_set_kind (self->book.transportation, BUDGET_CATEGORY_TRANSFER));
  budget_filter_set_period (filter, period);
  write_report (self, filter);
  words = dup_words (self);
  if (words == NULL)
    return;

  /* Food 126.25 and entertainment 50.00; transfers are only in the list. */
  g_assert_nonnull (strstr (words, "November 2026"));
  g_assert_nonnull (strstr (words, "€176.25"));
  g_assert_nonnull (strstr (words, "€126.25"));
  g_assert_nonnull (strstr (words, "72 %"));
  g_assert_nonnull (strstr (words, "28 %"));
  g_assert_cmpuint (count (words, "Transportation"), ==, 1);
  g_assert_cmpuint (count (words, "€45.00"), ==, 1);
  g_assert_nonnull (strstr (words, "Page 1 of 1"));

  /* A single month has no totals by month. */
  g_assert_null (strstr (words, "Totals by month"));
}

static void
test_months (ExportFixture *self, gconstpointer data)
{
  g_autofree char *words = NULL;

  write_report (self, NULL);
  words = dup_words (self);
  if (words == NULL)
    return;

  g_assert_nonnull (strstr (words, "Totals by month"));
  g_assert_nonnull (strstr (words, "January 2026"));
  g_assert_nonnull (strstr (words, "€850.00"));
  g_assert_nonnull (strstr (words, "+€12.50"));
  g_assert_nonnull (strstr (words, "€99,999,999.99"));
}

/* Right-to-left text is extracted in reading order. */
static void
test_right_to_left (ExportFixture *self, gconstpointer data)
{
  g_autofree char *words = NULL;

  write_report (self, NULL);
  words = dup_words (self);
  if (words == NULL)
    return;

  g_assert_nonnull (strstr (words, "שלום עולם"));
}

static void
test_filter (ExportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autofree char *words = NULL;

  budget_filter_set_search (filter, "lunch");
  budget_filter_set_category (filter, self->book.food);
  budget_filter_set_user (filter, self->book.alice);
  write_report (self, filter);
  words = dup_words (self);
  if (words == NULL)
    return;

  g_assert_nonnull (strstr (words, "Alice · Food · “lunch”"));
  g_assert_nonnull (strstr (words, "€18.75"));
  g_assert_null (strstr (words, "€25.00"));
}

static void
test_nothing (ExportFixture *self, gconstpointer data)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autofree char *words = NULL;

  budget_filter_set_search (filter, "no such words");
  write_report (self, filter);
  words = dup_words (self);
  if (words != NULL)
    g_assert_nonnull (strstr (words, "No expenses"));
}

/* The same book gives the same file if the time of creation is given. */
static void
test_the_same_again (ExportFixture *self, gconstpointer data)
{
  g_autofree char *path = export_fixture_dup_path (self, "test.pdf");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize first_length, second_length;

  write_report (self, NULL);
  g_assert_true (g_file_get_contents (path, &first, &first_length, NULL));
  write_report (self, NULL);
  g_assert_true (g_file_get_contents (path, &second, &second_length, NULL));

  g_assert_cmpmem (first, first_length, second, second_length);
}

static void
test_metadata (ExportFixture *self, gconstpointer data)
{
  g_autofree char *path = export_fixture_dup_path (self, "test.pdf");
  const char *argv[] = { "pdfinfo", "-isodates", path, NULL };
  g_autofree char *info = NULL;

  write_report (self, NULL);
  info = export_fixture_run (argv);
  if (info == NULL)
    {
      g_test_skip ("pdfinfo is not installed");
      return;
    }

  g_assert_nonnull (strstr (info, "Budget · 2 Jan 2026 – 1 Mar 2027"));
  g_assert_nonnull (strstr (info, "Budget " PACKAGE_VERSION));
  g_assert_nonnull (strstr (info, "2023-11-14T22:13:20"));
  g_assert_nonnull (strstr (info, "(A4)"));
}

static void
test_paper (void)
{
  double width, height;
  g_autofree char *before = g_strdup (setlocale (LC_PAPER, NULL));

  g_assert_nonnull (setlocale (LC_PAPER, "C"));
  _budget_report_page_get_paper_size (&width, &height);
  g_assert_cmpfloat_with_epsilon (width, 595.28, 0.1);
  g_assert_cmpfloat_with_epsilon (height, 841.89, 0.1);

  if (setlocale (LC_PAPER, "en_US.UTF-8") != NULL)
    {
      _budget_report_page_get_paper_size (&width, &height);
      g_assert_cmpfloat (width, ==, 612.0);
      g_assert_cmpfloat (height, ==, 792.0);
    }
  else
    g_test_skip ("There is no locale with another paper");

  setlocale (LC_PAPER, before);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/report/" name, ExportFixture, "EUR", export_fixture_set_up, func,                  \
              export_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("SOURCE_DATE_EPOCH", "1700000000", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("every-row-once", test_every_row_once);
  ADD ("totals", test_totals);
  ADD ("months", test_months);
  ADD ("right-to-left", test_right_to_left);
  ADD ("filter", test_filter);
  ADD ("nothing", test_nothing);
  ADD ("the-same-again", test_the_same_again);
  ADD ("metadata", test_metadata);
  g_test_add_func ("/report/paper", test_paper);

  return g_test_run ();
}
