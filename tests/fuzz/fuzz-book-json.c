/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-importer.h"
#include "budget-export-kinds-private.h"
#include "fuzz-book.h"
#include "fuzz.h"

#include <string.h>

/* A book with nothing in it, which is made faster than one that a household begins with. */
static BudgetBook *
make_empty_book (void)
{
  g_autoptr (GError) error = NULL;
  BudgetBook *book = budget_book_new_in_memory (&error);

  g_assert_no_error (error);
  return book;
}

/* What a book's file would be, without the file. */
static char *
dup_whole (BudgetBook *book)
{
  g_autoptr (BudgetFilter) filter = budget_filter_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (BudgetExportWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done = FALSE;
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);

  writer = _budget_export_writer_new (BUDGET_TYPE_BOOK_EXPORT, book, filter, stream, &error);
  g_assert_no_error (error);
  while (!is_done)
    {
      _budget_export_writer_step (writer, &is_done, &error);
      g_assert_no_error (error);
    }

  return g_strndup (g_memory_output_stream_get_data (memory),
                    g_memory_output_stream_get_data_size (memory));
}

static gboolean
try_once (BudgetBook *book, GBytes *bytes, BudgetBookImportCounts *counts, char **message)
{
  g_autoptr (GError) error = NULL;
  gboolean is_good =
    budget_book_importer_read (book, bytes, BUDGET_BOOK_IMPORT_DRY_RUN, counts, NULL, &error);

  fuzz_check_error (is_good, error);
  *message = g_strdup (is_good ? "" : error->message);

  return is_good;
}

/*
 * A trial comes to the same each time and changes nothing, so one book does for
 * all of them.
 */
static gboolean
try_twice (GBytes *bytes, BudgetBookImportCounts *counts)
{
  static BudgetBook *book = NULL;
  static char *before = NULL;
  g_autofree char *after = NULL, *first = NULL, *second = NULL;
  BudgetBookImportCounts again;
  gboolean is_good;

  if (book == NULL)
    {
      book = make_empty_book ();
      before = dup_whole (book);
    }

  is_good = try_once (book, bytes, counts, &first);
  try_once (book, bytes, &again, &second);
  g_assert_cmpstr (first, ==, second);
  after = dup_whole (book);
  g_assert_cmpstr (after, ==, before);

  return is_good;
}

static void
import (BudgetBook *book, GBytes *bytes, BudgetBookImportCounts *counts)
{
  g_autoptr (GError) error = NULL;
  gboolean is_good =
    budget_book_importer_read (book, bytes, BUDGET_BOOK_IMPORT_NONE, counts, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (is_good);
}

/* A book can be gone on with, whatever it came from. */
static void
go_on (BudgetBook *book)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();
  BudgetCategory *category;
  BudgetUser *user = budget_book_get_default_user (book);
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 2026);
  g_autoptr (GError) error = NULL;

  category = budget_book_ensure_category (book, "Something else", &error);
  g_assert_no_error (error);
  if (user == NULL)
    return;

  budget_expense_set_description (expense, "Soup");
  budget_expense_set_amount (expense, 100);
  budget_expense_set_date (expense, date);
  budget_expense_set_category (expense, category);
  budget_expense_set_user (expense, user);
  orm_session_add (budget_book_get_session (book), expense, &error);
  g_assert_no_error (error);
  budget_book_commit (book, "Add", &error);
  g_assert_no_error (error);
}

/*
 * The input is a whole book's file. What comes in is written, and that comes to
 * the same in a new book, and to nothing more where it came from.
 */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) written = NULL;
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (BudgetBook) copy = NULL;
  g_autofree char *first = NULL, *second = NULL;
  BudgetBookImportCounts tried, counts, ignored;

  budget_book_importer_sniff (bytes);
  if (!try_twice (bytes, &tried))
    return 0;

  book = fuzz_make_book ();
  import (book, bytes, &counts);
  g_assert_cmpuint (counts.n_added, ==, tried.n_added);
  g_assert_cmpint (counts.sum, ==, tried.sum);
  g_assert_cmpuint (counts.n_duplicates, ==, 0);
  fuzz_check_book (book, counts.sum, counts.n_added);

  first = dup_whole (book);
  written = g_bytes_new (first, strlen (first));
  copy = make_empty_book ();
  import (copy, written, &ignored);
  second = dup_whole (copy);
  g_assert_cmpstr (second, ==, first);

  import (book, written, &ignored);
  fuzz_check_book (book, counts.sum, counts.n_added);
  go_on (book);

  return 0;
}
