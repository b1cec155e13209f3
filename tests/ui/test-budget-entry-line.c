/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-expense-pane.h"
#include "budget-rule.h"
#include "budget-window.h"
#include "orm-session-query.h"
#include "program-fixture.h"

#include <string.h>

/*
 * A line makes the same expense, typed into the window or given to “budget
 * add”.
 */

typedef struct
{
  const char *line;
  const char *category;
  const char *person;
} Case;

/* The book's expenses before, and the result of each line. */
static const Case history[] = {
  { "8 lunch 2026-11-01 #Food", NULL, NULL },
  { "2 Carrots 2026-11-01 #Food", NULL, NULL },
  { "3 Ökoladen 2026-11-01 #Garden", NULL, NULL },
  { "9 Night bus 2026-11-01 #Transportation", NULL, NULL },
  { "9 Night bus 2026-11-02 #Transportation", NULL, NULL },
  { "9 Bus downtown 2026-11-03 #Transportation", NULL, NULL },
  { "9 School bus 2026-11-04 #Transportation", NULL, NULL },
  { "5 Cinema 2026-11-02 #Food", NULL, NULL },
  { "5 Cinema 2026-11-03 #Garden", NULL, NULL },
};

static const Case cases[] = {
  { "9 Lunch 2026-11-10", "Food", "Alice" },
  { "9 LUNCH 2026-11-10", "Food", "Alice" },
  { "9 Car 2026-11-10", "Other", "Alice" },
  { "9 carrots 2026-11-10", "Food", "Alice" },
  { "9 ÖKOLADEN 2026-11-10", "Garden", "Alice" },
  { "9 Cinema 2026-11-10", "Garden", "Alice" },
  { "9 Bus home 2026-11-10", "Transportation", "Alice" },
  { "9 spaceship 2026-11-10", "Other", "Alice" },
  { "9 The judo club 2026-11-10", "Sports", "Bob" },
  { "9 Judo 2026-11-10 @alice", "Sports", "Alice" },
  { "9 Lunch 2026-11-10 #Brand-new @BOB", "Brand-new", "Bob" },
  { "+9 Lunch 2026-11-10 #food", "Food", "Alice" },
};

typedef struct
{
  ProgramFixture program;
  char *other_book;
} Fixture;

static void
add_line (BudgetBook *book, const char *text)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();
  g_autoptr (BudgetQuickEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 1, 12, 2026);
  entry = budget_quick_entry_parse (text, &today, "EUR", &error);
  g_assert_no_error (error);
  budget_expense_set_description (expense, entry->description);
  budget_expense_set_amount (expense, entry->amount);
  budget_expense_set_date (expense, &entry->date);
  budget_expense_set_user (expense, budget_book_get_default_user (book));
  budget_expense_set_category (expense,
                               budget_book_ensure_category (book, entry->category, &error));
  g_assert_no_error (error);
  orm_session_add (budget_book_get_session (book), expense, &error);
  g_assert_no_error (error);
  budget_book_commit (book, NULL, &error);
  g_assert_no_error (error);
}

static void
add_people_and_rule (BudgetBook *book)
{
  OrmSession *session = budget_book_get_session (book);
  g_autoptr (BudgetUser) bob = budget_user_new ();
  g_autoptr (BudgetRule) rule = budget_rule_new ();
  g_autoptr (GError) error = NULL;

  budget_user_set_name (budget_book_get_default_user (book), "Alice");
  budget_user_set_name (bob, "Bob");
  budget_user_set_email (bob, "bob@example.com");
  orm_session_add (session, bob, &error);
  g_assert_no_error (error);
  budget_rule_set_pattern (rule, "judo");
  budget_rule_set_match_kind (rule, BUDGET_RULE_MATCH_CONTAINS);
  budget_rule_set_category (rule, budget_book_ensure_category (book, "Sports", &error));
  budget_rule_set_user (rule, bob);
  orm_session_add (session, rule, &error);
  g_assert_no_error (error);
  budget_book_commit (book, NULL, &error);
  g_assert_no_error (error);
}

static void
make_book (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetBook) book = budget_book_create (path, "EUR", &error);

  g_assert_no_error (error);
  add_people_and_rule (book);
  for (guint i = 0; i < G_N_ELEMENTS (history); i++)
    add_line (book, history[i].line);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  program_fixture_set_up (&self->program, data);
  self->other_book = g_build_filename (self->program.folder, "other.budget", NULL);
  make_book (self->program.book);
  make_book (self->other_book);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->other_book);
  program_fixture_tear_down (&self->program, data);
}

/* Returns: the expense that was added last, as text */
static char *
dup_last (BudgetBook *book)
{
  g_autoptr (OrmQuery) query = orm_query_new (BUDGET_TYPE_EXPENSE);
  g_autoptr (BudgetExpense) expense = NULL;
  g_autoptr (GError) error = NULL;
  char day[16];

  orm_query_order_by (query, "id", ORM_DESCENDING);
  expense = orm_session_find_first (budget_book_get_session (book), query, &error);
  g_assert_no_error (error);
  g_date_strftime (day, sizeof day, "%Y-%m-%d", budget_expense_get_date (expense));
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %s: %s, %s", day,
                          budget_expense_get_amount (expense),
                          budget_expense_get_description (expense),
                          budget_category_get_name (budget_expense_get_category (expense)),
                          budget_user_get_name (budget_expense_get_user (expense)));
}

static gpointer
find_of_type (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = find_of_type (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
close_window (GtkWidget *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  while (window != NULL || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
}

/* Types each line and presses Enter. Returns: the added expenses, in order */
static GPtrArray *
type_all (const char *path)
{
  GPtrArray *added = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *window = budget_window_new (NULL);
  BudgetExpensePane *pane = find_of_type (window, BUDGET_TYPE_EXPENSE_PANE);
  GtkEntry *entry;

  gtk_window_present (GTK_WINDOW (window));
  budget_window_open_book (BUDGET_WINDOW (window), path);
  entry = budget_entry_line_get_entry (budget_expense_pane_get_entry_line (pane));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), cases[i].line);
      g_signal_emit_by_name (entry, "activate");
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
      g_ptr_array_add (added, dup_last (budget_window_get_book (BUDGET_WINDOW (window))));
    }

  close_window (window);
  return added;
}

static char *
dup_added (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetBook) book = budget_book_open (path, &error);

  g_assert_no_error (error);
  return dup_last (book);
}

static void
test_the_window_and_the_command_agree (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) typed = type_all (self->other_book);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *end = g_strconcat (": ", cases[i].category, ", ", cases[i].person, NULL);
      g_autofree char *added = NULL;

      program_fixture_run (&self->program, "--book", self->program.book, "add", cases[i].line,
                           NULL);
      added = dup_added (self->program.book);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpstr (g_ptr_array_index (typed, i), ==, added);
      g_assert_cmpstr (added + MAX (strlen (added), strlen (end)) - strlen (end), ==, end);
    }
}

int
main (int argc, char *argv[])
{
  ProgramFixture home = { 0 };
  int result;

  if (g_getenv ("DISPLAY") == NULL)
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }

  /* The backups of these books must not go into the user's home folder. */
  program_fixture_set_up (&home, NULL);
  g_setenv ("XDG_DATA_HOME", home.folder, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/entry-line/the-window-and-the-command-agree", Fixture, NULL, set_up,
              test_the_window_and_the_command_agree, tear_down);

  result = g_test_run ();
  program_fixture_tear_down (&home, NULL);
  return result;
}
