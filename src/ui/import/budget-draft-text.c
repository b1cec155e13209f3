/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-draft-text.h"
#include "budget-ui-text.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Descriptions of drafts for the user.
 */

/**
 * budget_draft_view_get_name:
 * @view: a view
 *
 * Returns: what it is called
 */
const char *
budget_draft_view_get_name (BudgetDraftView view)
{
  static const char *const names[BUDGET_N_DRAFT_VIEWS] = {
    /* Translators: these are which rows of bank files are shown; a number follows */
    [BUDGET_DRAFT_VIEW_ALL] = NC_ ("rows", "All"),
    [BUDGET_DRAFT_VIEW_NEW] = NC_ ("rows", "New"),
    [BUDGET_DRAFT_VIEW_CHECK] = NC_ ("rows", "To Check"),
    [BUDGET_DRAFT_VIEW_TRANSFERS] = NC_ ("rows", "Transfers"),
    [BUDGET_DRAFT_VIEW_KNOWN] = NC_ ("rows", "Already There"),
    [BUDGET_DRAFT_VIEW_LEFT_OUT] = NC_ ("rows", "Left Out"),
    [BUDGET_DRAFT_VIEW_REJECTED] = NC_ ("rows", "Unusable"),
  };

  g_return_val_if_fail (view < BUDGET_N_DRAFT_VIEWS, NULL);

  return g_dpgettext2 (NULL, "rows", names[view]);
}

static gboolean
is_doubtful (BudgetDraft *draft)
{
  BudgetDraftState state = budget_draft_get_state (draft);
  BudgetDraftSource source = budget_draft_get_source (draft);

  if (state == BUDGET_DRAFT_MATCHED || state == BUDGET_DRAFT_DIFFERENT)
    return TRUE;

  return state == BUDGET_DRAFT_NEW && budget_draft_get_include (draft) &&
         (source == BUDGET_DRAFT_SOURCE_GUESS || source == BUDGET_DRAFT_SOURCE_NONE);
}

static gboolean
is_known (BudgetDraft *draft)
{
  BudgetDraftState state = budget_draft_get_state (draft);

  return state == BUDGET_DRAFT_DUPLICATE || state == BUDGET_DRAFT_MATCHED ||
         state == BUDGET_DRAFT_DIFFERENT;
}

static gboolean
is_left_out (BudgetDraft *draft)
{
  BudgetDraftState state = budget_draft_get_state (draft);

  return !budget_draft_get_include (draft) &&
         (state == BUDGET_DRAFT_LEFT_OUT || state == BUDGET_DRAFT_NEW ||
          state == BUDGET_DRAFT_MATCHED);
}

/**
 * budget_draft_view_has:
 * @view: a view
 * @draft: a draft
 *
 * Returns: whether it is one of those
 */
gboolean
budget_draft_view_has (BudgetDraftView view, BudgetDraft *draft)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (draft), FALSE);

  switch (view)
    {
    case BUDGET_DRAFT_VIEW_ALL:
      return TRUE;
    case BUDGET_DRAFT_VIEW_NEW:
      return budget_draft_get_state (draft) == BUDGET_DRAFT_NEW;
    case BUDGET_DRAFT_VIEW_CHECK:
      return is_doubtful (draft);
    case BUDGET_DRAFT_VIEW_TRANSFERS:
      return budget_draft_get_transfer (draft);
    case BUDGET_DRAFT_VIEW_KNOWN:
      return is_known (draft);
    case BUDGET_DRAFT_VIEW_LEFT_OUT:
      return is_left_out (draft);
    case BUDGET_DRAFT_VIEW_REJECTED:
      return budget_draft_get_state (draft) == BUDGET_DRAFT_REJECTED;
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * budget_draft_get_icon_name:
 * @draft: a draft
 *
 * Returns: a picture of what it is; words say the same
 */
const char *
budget_draft_get_icon_name (BudgetDraft *draft)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (draft), NULL);

  switch (budget_draft_get_state (draft))
    {
    case BUDGET_DRAFT_REJECTED:
      return "dialog-error-symbolic";
    case BUDGET_DRAFT_DUPLICATE:
      return "object-select-symbolic";
    case BUDGET_DRAFT_MATCHED:
      return "insert-link-symbolic";
    case BUDGET_DRAFT_DIFFERENT:
      return "dialog-warning-symbolic";
    case BUDGET_DRAFT_LEFT_OUT:
      return "action-unavailable-symbolic";
    case BUDGET_DRAFT_NEW:
    default:
      if (!budget_draft_get_include (draft))
        return "action-unavailable-symbolic";
      return budget_draft_get_transfer (draft) ? "object-flip-horizontal-symbolic"
                                               : "list-add-symbolic";
    }
}

static char *
describe_expense (BudgetBook *book, gint64 id)
{
  g_autoptr (BudgetExpense) expense =
    orm_session_get (budget_book_get_session (book), BUDGET_TYPE_EXPENSE, id, NULL);
  const GDate *date = expense != NULL ? budget_expense_get_date (expense) : NULL;
  g_autofree char *day = date != NULL ? budget_ui_format_date (date, BUDGET_UI_DATE_SHORT) : NULL;

  if (expense == NULL)
    return NULL;

  /* Translators: an expense: its description and its day */
  return g_strdup_printf (_("“%1$s” of %2$s"), budget_expense_get_description (expense),
                             day != NULL ? day : "?");
}

/**
 * budget_draft_dup_match:
 * @draft: a draft
 * @book: the book that it is for
 *
 * Returns: (transfer full) (nullable): the expense of the book that it is, or
 *   may be
 */
char *
budget_draft_dup_match (BudgetDraft *draft, BudgetBook *book)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  return budget_draft_get_known_id (draft) != 0
           ? describe_expense (book, budget_draft_get_known_id (draft))
           : NULL;
}

static char *
describe_transfer (BudgetDraft *draft, BudgetBook *book)
{
  BudgetDraft *partner = budget_draft_get_partner (draft);
  const char *account = partner != NULL ? budget_draft_get_account_name (partner) : NULL;
  g_autofree char *other = NULL;

  if (account != NULL && budget_draft_get_amount (draft) > 0)
    /* Translators: %s is an account */
    return g_strdup_printf (_("Transfer to %s"), account);
  if (account != NULL)
    /* Translators: %s is an account */
    return g_strdup_printf (_("Transfer from %s"), account);

  if (budget_draft_get_partner_id (draft) != 0)
    other = describe_expense (book, budget_draft_get_partner_id (draft));
  if (other != NULL)
    /* Translators: %s is the other half of a transfer: “Description” of a day */
    return g_strdup_printf (_("Transfer, with %s"), other);

  return g_strdup (_("Transfer between own accounts"));
}

static char *
describe_new (BudgetDraft *draft, BudgetBook *book)
{
  g_autofree char *match = NULL;

  if (!budget_draft_get_include (draft))
    return g_strdup (_("Left out"));
  if (budget_draft_get_transfer (draft))
    return describe_transfer (draft, book);

  match = budget_draft_can_match (draft) ? budget_draft_dup_match (draft, book) : NULL;
  if (match != NULL)
    /* Translators: %s is an expense: “Description” of a day */
    return g_strdup_printf (_("New, not %s"), match);

  return g_strdup (C_ ("transaction", "New"));
}

/**
 * budget_draft_describe_state:
 * @draft: a draft
 * @book: the book that it is for
 *
 * Returns: (transfer full): what it is, and what will become of it
 */
char *
budget_draft_describe_state (BudgetDraft *draft, BudgetBook *book)
{
  const char *reason;
  g_autofree char *match = NULL;

  g_return_val_if_fail (BUDGET_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (BUDGET_IS_BOOK (book), NULL);

  reason = budget_draft_get_reason (draft);
  switch (budget_draft_get_state (draft))
    {
    case BUDGET_DRAFT_REJECTED:
      /* Translators: a line of a file, and why it cannot be used */
      return g_strdup_printf (_("Line %1$u: %2$s"), budget_draft_get_line (draft),
                                 reason != NULL ? reason : "");
    case BUDGET_DRAFT_DUPLICATE:
      return g_strdup (budget_draft_get_include (draft) ? _("Already there, added once more")
                                                        : _("Already there"));
    case BUDGET_DRAFT_DIFFERENT:
      return g_strdup_printf (budget_draft_get_include (draft)
                              /* Translators: %s is a sentence on what is different */
                              ? _("%s · the book will be updated")
                              /* Translators: %s is a sentence on what is different */
                              : _("%s · tick to update the book"), reason != NULL ? reason : "");
    case BUDGET_DRAFT_LEFT_OUT:
      return g_strdup (budget_draft_get_include (draft) ? _("Left out before, added now")
                                                        : _("Left out before"));
    case BUDGET_DRAFT_MATCHED:
      match = budget_draft_dup_match (draft, book);
      /* Translators: %s is an expense: “Description” of a day */
      return g_strdup_printf (_("Matched with %s, entered by hand"), match != NULL ? match : "?");
    case BUDGET_DRAFT_NEW:
    default:
      return describe_new (draft, book);
    }
}

/**
 * budget_draft_describe_source:
 * @draft: a draft
 *
 * Returns: (transfer full): why it has its category
 */
char *
budget_draft_describe_source (BudgetDraft *draft)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (draft), NULL);

  switch (budget_draft_get_source (draft))
    {
    case BUDGET_DRAFT_SOURCE_FILE:
      return g_strdup (C_ ("category from", "From the file"));
    case BUDGET_DRAFT_SOURCE_GIVEN:
      return g_strdup (C_ ("category from", "For all"));
    case BUDGET_DRAFT_SOURCE_RULE:
      return g_strdup (C_ ("category from", "By a rule"));
    case BUDGET_DRAFT_SOURCE_HISTORY:
      return g_strdup (C_ ("category from", "As last time"));
    case BUDGET_DRAFT_SOURCE_GUESS:
      /* A guess is never certain. Translators: %d is how sure it is, in percent */
      return g_strdup_printf (C_ ("category from", "Guess, %d%%"),
                                  (int) MIN (budget_draft_get_confidence (draft) * 100 + 0.5, 99));
    case BUDGET_DRAFT_SOURCE_TRANSFER:
      return g_strdup (C_ ("category from", "Own accounts"));
    case BUDGET_DRAFT_SOURCE_USER:
      return g_strdup (C_ ("category from", "Chosen by you"));
    case BUDGET_DRAFT_SOURCE_NONE:
    default:
      return g_strdup (C_ ("category from", "No suggestion"));
    }
}

static gboolean
has_text (const char *text, const char *search)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, search) != NULL;
}

/**
 * budget_draft_has_text:
 * @draft: a draft
 * @search: what to look for, casefolded
 *
 * Returns: whether the description, the bank's text, the category or the note
 *   contains it
 */
gboolean
budget_draft_has_text (BudgetDraft *draft, const char *search)
{
  g_return_val_if_fail (BUDGET_IS_DRAFT (draft), FALSE);
  g_return_val_if_fail (search != NULL, FALSE);

  return has_text (budget_draft_get_description (draft), search) ||
         has_text (budget_draft_get_original (draft), search) ||
         has_text (budget_draft_get_category_name (draft), search) ||
         has_text (budget_draft_get_note (draft), search);
}

static void
append (GString *text, const char *format, guint number)
{
  g_autofree char *part = NULL;

  if (number == 0)
    return;

    /* The formats are all from below. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  part = g_strdup_printf (format, number);
#pragma GCC diagnostic pop
  g_string_append_printf (text, text->len > 0 ? " · %s" : "%s", part);
}

/**
 * budget_importer_describe_counts:
 * @importer: the drafts of an import
 *
 * Returns: (transfer full): how many will be added and changed, and their sum
 */
char *
budget_importer_describe_counts (BudgetImporter *importer)
{
  BudgetImportCounts counts = { 0 };
  g_autofree char *sum = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (BUDGET_IS_IMPORTER (importer), NULL);

  budget_importer_count (importer, &counts);
  sum = budget_ui_format_amount (counts.sum, budget_importer_get_currency (importer));
  /* Translators: how many expenses will be added, and their sum */
  g_string_append_printf (text, _("%1$u to add, %2$s"), counts.n_included, sum);
  /* Translators: %u expenses that were entered by hand are the bank's, too */
  append (text, _("%u to match"), counts.n_matched);
  /* Translators: %u expenses will be as the bank says now */
  append (text, _("%u to change"), counts.n_updated);
  /* Translators: %u rows of a file cannot be used */
  append (text, _("%u unusable"), counts.n_rejected);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
