/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-importer.h"
#include "budget-money.h"
#include "fuzz-book.h"
#include "fuzz-statement-checks.h"
#include "fuzz.h"

static BudgetImporter *
make_importer (BudgetBook *book, BudgetStatement *statement, gboolean is_as_is)
{
  BudgetImporter *importer = budget_importer_new (book);
  g_autoptr (GError) error = NULL;
  gboolean is_good;

  budget_importer_set_as_is (importer, is_as_is);
  is_good = budget_importer_add_statement (importer, "statement", statement, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_good);

  return importer;
}

static void
check_drafts (BudgetImporter *importer, BudgetStatement *statement)
{
  guint n_rows = budget_statement_get_n_rows (statement);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (importer)), ==, n_rows);

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (BudgetDraft) draft = g_list_model_get_item (G_LIST_MODEL (importer), i);
      const char *description = budget_draft_get_description (draft);

      fuzz_check_text (description);
      fuzz_check_text (budget_draft_get_note (draft));
      fuzz_check_text (budget_draft_get_reason (draft));
      fuzz_check_text (budget_draft_get_category_name (draft));
      fuzz_check_text (budget_draft_get_account_name (draft));

      if (budget_draft_get_state (draft) == BUDGET_DRAFT_REJECTED)
        continue;

      g_assert_nonnull (description);
      g_assert_cmpint (g_utf8_strlen (description, -1), <=, 200);
      g_assert_true (budget_money_check (budget_draft_get_amount (draft), NULL));
    }
}

/* What an importer takes, the book takes. */
static void
commit (BudgetImporter *importer)
{
  g_autoptr (GError) error = NULL;
  gboolean is_good = budget_importer_commit (importer, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (is_good);
}

/*
 * The input is a file of any kind, which is imported twice: the first time all
 * of it, the second time nothing.
 */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (BudgetStatement) statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, NULL, NULL);
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (BudgetImporter) first = NULL;
  g_autoptr (BudgetImporter) second = NULL;
  BudgetImportCounts counts, second_counts;
  gboolean is_as_is = size % 2 == 1;

  if (statement == NULL)
    return 0;

  book = fuzz_make_book ();
  first = make_importer (book, statement, is_as_is);
  check_drafts (first, statement);
  budget_importer_count (first, &counts);
  g_assert_cmpuint (counts.n_new + counts.n_rejected, ==, budget_statement_get_n_rows (statement));
  g_assert_cmpuint (counts.n_included, ==, counts.n_new);
  commit (first);
  fuzz_check_book (book, counts.sum, counts.n_included);

  second = make_importer (book, statement, is_as_is);
  budget_importer_count (second, &second_counts);
  g_assert_cmpuint (second_counts.n_new, ==, 0);
  g_assert_cmpuint (second_counts.n_duplicates, ==, counts.n_new);
  commit (second);
  fuzz_check_book (book, counts.sum, counts.n_included);

  return 0;
}
