/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sample-book.h"

#include "budget-starter.h"

/*
 * Fourteen months of a household of two, for screenshots and for tests that
 * need many expenses: the same in every run, up to 22 November 2026.
 */

/* What is paid, how often a month, and for how much. */
typedef struct
{
  const char *category;
  const char *descriptions[6];
  int times; /* payments per month; 0 for one, on @day */
  int day;
  gint64 least;
  gint64 most;
} Habit;

static const Habit habits[] = {
  { "Housing", { "Rent" }, 0, 1, 98000, 98000 },
  { "Utilities", { "Electricity" }, 0, 3, 6200, 8900 },
  { "Utilities", { "Internet and telephone" }, 0, 7, 3995, 3995 },
  { "Utilities", { "Water and heating" }, 0, 15, 5400, 9800 },
  { "Groceries",
    { "Market", "Supermarket", "Baker", "Greengrocer", "Cheese and olives", "Butcher" },
    20,
    0,
    310,
    7900 },
  { "Eating out",
    { "Lunch", "Pizzeria", "Café", "Ice cream", "Ramen", "Dinner with friends" },
    11,
    0,
    350,
    6400 },
  { "Transport",
    { "Rail pass", "Fuel", "Bicycle repair", "Bus tickets", "Car sharing", "Parking" },
    7,
    0,
    240,
    6800 },
  { "Health", { "Pharmacy", "Dentist", "Glasses", "Physiotherapy" }, 2, 0, 495, 9000 },
  { "Clothing", { "Shoes", "Winter coat", "T-shirts", "Socks and gloves" }, 2, 0, 1490, 12900 },
  { "Leisure",
    { "Cinema", "Books", "Swimming pool", "Concert", "Garden", "Museum" },
    6,
    0,
    390,
    5600 },
  { "Children", { "Nursery" }, 0, 5, 21000, 21000 },
  { "Children", { "Toys", "Drawing things", "Music school", "Swimming lessons" }, 3, 0, 490, 6000 },
  { "Gifts", { "Flowers", "Birthday present", "Donation" }, 2, 0, 900, 6500 },
  { "Other", { "Haircut", "Post office", "Key copied", "Bank charges" }, 2, 0, 250, 4200 },
  { "Salary", { "Salary Robin" }, 0, 28, -264000, -264000 },
  { "Salary", { "Salary Kim" }, 0, 27, -198500, -198500 },
  { "Transfer", { "Savings" }, 0, 2, 30000, 30000 },
};

static const Habit journeys[] = {
  { "Travel",
    { "Night train", "Camp site", "Ferry", "Boat hire", "Mountain hut", "Souvenirs" },
    9,
    0,
    1200,
    28000 },
};

typedef struct
{
  BudgetBook *book;
  OrmSession *session;
  BudgetUser *users[2];
  BudgetAccount *account;
  GRand *random;
  GDate last;
} Sample;

static BudgetUser *
name_first_user (BudgetBook *book)
{
  BudgetUser *user = budget_book_get_default_user (book);

  budget_user_set_name (user, "Robin");
  budget_user_set_email (user, "robin@example.org");
  return g_object_ref (user);
}

static gboolean
add_others (Sample *self, GError **error)
{
  self->users[0] = name_first_user (self->book);

  self->users[1] = budget_user_new ();
  budget_user_set_name (self->users[1], "Kim");
  budget_user_set_email (self->users[1], "kim@example.org");

  self->account = budget_account_new ();
  budget_account_set_name (self->account, "Household account");
  budget_account_set_number (self->account, "DE02120300000000202051");

  return orm_session_add (self->session, self->users[1], error) &&
         orm_session_add (self->session, self->account, error);
}

static gboolean
add_expense (Sample *self, const Habit *habit, const GDate *date, GError **error)
{
  g_autoptr (BudgetExpense) expense = budget_expense_new ();
  BudgetCategory *category = budget_book_ensure_category (self->book, habit->category, error);
  gint64 amount = habit->least;
  guint n_descriptions = 0;

  if (category == NULL)
    return FALSE;

  while (n_descriptions < G_N_ELEMENTS (habit->descriptions) &&
         habit->descriptions[n_descriptions] != NULL)
    n_descriptions++;

  /* Small sums are more frequent than large ones. */
  if (habit->most > habit->least)
    {
      double part = g_rand_double (self->random);

      amount += (gint64) (part * part * (double) (habit->most - habit->least));
    }

  budget_expense_set_description (
    expense, habit->descriptions[g_rand_int_range (self->random, 0, (gint32) n_descriptions)]);
  budget_expense_set_amount (expense, amount);
  budget_expense_set_date (expense, date);
  budget_expense_set_category (expense, category);
  budget_expense_set_user (expense, self->users[g_rand_int_range (self->random, 0, 5) / 3]);
  if (habit->times == 0)
    budget_expense_set_account (expense, self->account);
  return orm_session_add (self->session, expense, error);
}

static gboolean
add_habit (Sample *self, const Habit *habit, int year, int month, GError **error)
{
  int n_days = g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);

  for (int i = 0; i < MAX (habit->times, 1); i++)
    {
      GDate date;
      int day = habit->day != 0 ? habit->day : g_rand_int_range (self->random, 1, n_days + 1);

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
      if (g_date_compare (&date, &self->last) <= 0 && !add_expense (self, habit, &date, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_month (Sample *self, int year, int month, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (habits); i++)
    if (!add_habit (self, &habits[i], year, month, error))
      return FALSE;

  if (month != G_DATE_AUGUST && month != G_DATE_DECEMBER)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (journeys); i++)
    if (!add_habit (self, &journeys[i], year, month, error))
      return FALSE;

  return TRUE;
}

static gboolean
add_all (Sample *self, GError **error)
{
  if (!add_others (self, error))
    return FALSE;

  for (int i = 0; i < 14; i++)
    if (!add_month (self, 2025 + (9 + i) / 12, (9 + i) % 12 + 1, error))
      return FALSE;

  return budget_book_commit (self->book, NULL, error);
}

/*
 * Fills a book that has nothing but what budget_book_create() puts into it; a
 * book in memory gets that first.
 */
gboolean
sample_book_fill (BudgetBook *book, GError **error)
{
  Sample sample = { .book = book, .session = budget_book_get_session (book) };
  gboolean is_filled;

  if (budget_book_get_default_user (book) == NULL && !budget_starter_fill (sample.session, error))
    return FALSE;

  sample.random = g_rand_new_with_seed (1);
  g_date_clear (&sample.last, 1);
  g_date_set_dmy (&sample.last, 22, G_DATE_NOVEMBER, 2026);
  is_filled = add_all (&sample, error);
  orm_session_clear_history (sample.session);

  g_rand_free (sample.random);
  g_clear_object (&sample.users[0]);
  g_clear_object (&sample.users[1]);
  g_clear_object (&sample.account);
  return is_filled;
}
