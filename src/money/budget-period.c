/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-period.h"

#include <glib/gi18n.h>

/**
 * BudgetPeriod:
 *
 * A range of dates: a month, a quarter, a year, custom dates, or everything. A
 * period is immutable.
 */

struct _BudgetPeriod
{
  GObject parent_instance;

  BudgetPeriodKind kind;
  GDate first;
  GDate last;
};

G_DEFINE_FINAL_TYPE (BudgetPeriod, budget_period, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (BudgetPeriodKind,
                    budget_period_kind,
                    G_DEFINE_ENUM_VALUE (BUDGET_PERIOD_MONTH, "month"),
                    G_DEFINE_ENUM_VALUE (BUDGET_PERIOD_QUARTER, "quarter"),
                    G_DEFINE_ENUM_VALUE (BUDGET_PERIOD_YEAR, "year"),
                    G_DEFINE_ENUM_VALUE (BUDGET_PERIOD_EVERYTHING, "everything"),
                    G_DEFINE_ENUM_VALUE (BUDGET_PERIOD_CUSTOM, "custom"))

enum
{
  PROP_0,
  PROP_KIND,
  PROP_FIRST,
  PROP_LAST,
  PROP_LABEL,
  N_PROPS
};

#define LAST_YEAR 9999
#define MONTHS_OF_A_QUARTER 3
#define MONTHS_OF_A_YEAR 12

static GParamSpec *properties[N_PROPS];

static BudgetPeriod *
new_period (BudgetPeriodKind kind)
{
  BudgetPeriod *self = g_object_new (BUDGET_TYPE_PERIOD, NULL);

  self->kind = kind;
  return self;
}

/*
 * @month is the number of months since January of the year 0.
 */
static BudgetPeriod *
new_for_months (BudgetPeriodKind kind, int month, int n_months)
{
  BudgetPeriod *self;
  int last = month + n_months - 1;
  GDateYear year = (GDateYear) (last / MONTHS_OF_A_YEAR);
  GDateMonth last_month = (GDateMonth) (last % MONTHS_OF_A_YEAR + 1);

  if (month < MONTHS_OF_A_YEAR || last / MONTHS_OF_A_YEAR > LAST_YEAR)
    return NULL;

  self = new_period (kind);
  g_date_set_dmy (&self->first, 1, (GDateMonth) (month % MONTHS_OF_A_YEAR + 1),
                  (GDateYear) (month / MONTHS_OF_A_YEAR));
  g_date_set_dmy (&self->last, g_date_get_days_in_month (last_month, year), last_month, year);
  return self;
}

static int
count_months (BudgetPeriodKind kind)
{
  switch (kind)
    {
    case BUDGET_PERIOD_MONTH:
      return 1;
    case BUDGET_PERIOD_QUARTER:
      return MONTHS_OF_A_QUARTER;
    case BUDGET_PERIOD_YEAR:
      return MONTHS_OF_A_YEAR;
    case BUDGET_PERIOD_EVERYTHING:
    case BUDGET_PERIOD_CUSTOM:
      return 0;
    default:
      g_assert_not_reached ();
    }
}

static int
index_month (const GDate *date)
{
  return g_date_get_year (date) * MONTHS_OF_A_YEAR + (int) g_date_get_month (date) - 1;
}

/*
 * The adjacent period with the same number of days.
 */
static BudgetPeriod *
move_days (BudgetPeriod *self, int direction)
{
  gint64 n_days = g_date_days_between (&self->first, &self->last) + 1;
  gint64 first = (gint64) g_date_get_julian (&self->first) + direction * n_days;
  GDate end;
  BudgetPeriod *moved;

  g_date_clear (&end, 1);
  g_date_set_dmy (&end, 31, G_DATE_DECEMBER, LAST_YEAR);
  if (first < 1 || first + n_days - 1 > (gint64) g_date_get_julian (&end))
    return NULL;

  moved = new_period (BUDGET_PERIOD_CUSTOM);
  g_date_set_julian (&moved->first, (guint32) first);
  g_date_set_julian (&moved->last, (guint32) (first + n_days - 1));
  return moved;
}

static BudgetPeriod *
move (BudgetPeriod *self, int direction)
{
  int n_months = count_months (self->kind);

  if (self->kind == BUDGET_PERIOD_EVERYTHING)
    return NULL;

  if (n_months == 0)
    return move_days (self, direction);

  return new_for_months (self->kind, index_month (&self->first) + direction * n_months, n_months);
}

static char *
format_date (const GDate *date, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (
    g_date_get_year (date), (int) g_date_get_month (date), g_date_get_day (date), 12, 0, 0);

  return g_date_time_format (time, format);
}

static char *
dup_custom_label (BudgetPeriod *self)
{
  g_autofree char *first = NULL, *last = NULL;
  /* Translators: one day, as in “9 Dec 2026”; see g_date_time_format(). */
  const char *with_year = C_ ("period", "%-e %b %Y");
  /* Translators: one day without its year, as in “3 Nov”. */
  const char *without_year = C_ ("period", "%-e %b");
  gboolean is_one_year = g_date_get_year (&self->first) == g_date_get_year (&self->last);

  last = format_date (&self->last, with_year);
  if (g_date_compare (&self->first, &self->last) == 0)
    return g_steal_pointer (&last);

  first = format_date (&self->first, is_one_year ? without_year : with_year);

  /* Translators: from one day to another, as in “3 Nov – 9 Dec 2026”. */
  return g_strdup_printf (C_ ("period", "%s – %s"), first, last);
}

static void
budget_period_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BudgetPeriod *self = BUDGET_PERIOD (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, (gint) budget_period_get_kind (self));
      break;
    case PROP_FIRST:
      g_value_set_boxed (value, budget_period_get_first (self));
      break;
    case PROP_LAST:
      g_value_set_boxed (value, budget_period_get_last (self));
      break;
    case PROP_LABEL:
      g_value_take_string (value, budget_period_dup_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
budget_period_class_init (BudgetPeriodClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = budget_period_get_property;

  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, BUDGET_TYPE_PERIOD_KIND, BUDGET_PERIOD_MONTH, flags);

  /**
   * BudgetPeriod:first:
   *
   * The first day, %NULL for everything.
   */
  properties[PROP_FIRST] = g_param_spec_boxed ("first", NULL, NULL, G_TYPE_DATE, flags);

  /**
   * BudgetPeriod:last:
   *
   * The last day, %NULL for everything.
   */
  properties[PROP_LAST] = g_param_spec_boxed ("last", NULL, NULL, G_TYPE_DATE, flags);

  /**
   * BudgetPeriod:label:
   *
   * The name of the period in the user's language.
   */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_period_init (BudgetPeriod *self)
{
  g_date_clear (&self->first, 1);
  g_date_clear (&self->last, 1);
}

/**
 * budget_period_new_month:
 * @year: a year
 * @month: 1 to 12
 *
 * Returns: (transfer full): the month
 */
BudgetPeriod *
budget_period_new_month (int year, int month)
{
  g_return_val_if_fail (year >= 1 && year <= LAST_YEAR, NULL);
  g_return_val_if_fail (month >= 1 && month <= MONTHS_OF_A_YEAR, NULL);

  return new_for_months (BUDGET_PERIOD_MONTH, year * MONTHS_OF_A_YEAR + month - 1, 1);
}

/**
 * budget_period_new_everything:
 *
 * Returns: (transfer full): the period that contains all dates
 */
BudgetPeriod *
budget_period_new_everything (void)
{
  return new_period (BUDGET_PERIOD_EVERYTHING);
}

/**
 * budget_period_new_custom:
 * @first: the first day
 * @last: the last day; the two may come in either order
 *
 * Returns: (transfer full): the period from one to the other, inclusive
 */
BudgetPeriod *
budget_period_new_custom (const GDate *first, const GDate *last)
{
  BudgetPeriod *self;

  g_return_val_if_fail (first != NULL && g_date_valid (first), NULL);
  g_return_val_if_fail (last != NULL && g_date_valid (last), NULL);

  self = new_period (BUDGET_PERIOD_CUSTOM);
  self->first = *first;
  self->last = *last;
  g_date_order (&self->first, &self->last);
  return self;
}

/**
 * budget_period_new_for_date:
 * @kind: a kind of period
 * @date: a day
 *
 * Returns: (transfer full): the period of that kind that contains @date; only
 * @date for %BUDGET_PERIOD_CUSTOM
 */
BudgetPeriod *
budget_period_new_for_date (BudgetPeriodKind kind, const GDate *date)
{
  int n_months = count_months (kind);

  g_return_val_if_fail (date != NULL && g_date_valid (date), NULL);

  if (kind == BUDGET_PERIOD_EVERYTHING)
    return budget_period_new_everything ();

  if (kind == BUDGET_PERIOD_CUSTOM)
    return budget_period_new_custom (date, date);

  return new_for_months (kind, index_month (date) / n_months * n_months, n_months);
}

/**
 * budget_period_get_kind:
 * @self: a period
 *
 * Returns: the kind of the period
 */
BudgetPeriodKind
budget_period_get_kind (BudgetPeriod *self)
{
  g_return_val_if_fail (BUDGET_IS_PERIOD (self), BUDGET_PERIOD_EVERYTHING);

  return self->kind;
}

/**
 * budget_period_get_first:
 * @self: a period
 *
 * Returns: (transfer none) (nullable): its first day, %NULL for everything
 */
const GDate *
budget_period_get_first (BudgetPeriod *self)
{
  g_return_val_if_fail (BUDGET_IS_PERIOD (self), NULL);

  return self->kind == BUDGET_PERIOD_EVERYTHING ? NULL : &self->first;
}

/**
 * budget_period_get_last:
 * @self: a period
 *
 * Returns: (transfer none) (nullable): its last day, %NULL for everything
 */
const GDate *
budget_period_get_last (BudgetPeriod *self)
{
  g_return_val_if_fail (BUDGET_IS_PERIOD (self), NULL);

  return self->kind == BUDGET_PERIOD_EVERYTHING ? NULL : &self->last;
}

/**
 * budget_period_next:
 * @self: a period
 *
 * Returns: (transfer full) (nullable): the period after it, %NULL if there is
 *   none
 */
BudgetPeriod *
budget_period_next (BudgetPeriod *self)
{
  g_return_val_if_fail (BUDGET_IS_PERIOD (self), NULL);

  return move (self, 1);
}

/**
 * budget_period_previous:
 * @self: a period
 *
 * Returns: (transfer full) (nullable): the period before it, %NULL if there is
 *   none
 */
BudgetPeriod *
budget_period_previous (BudgetPeriod *self)
{
  g_return_val_if_fail (BUDGET_IS_PERIOD (self), NULL);

  return move (self, -1);
}

/**
 * budget_period_contains:
 * @self: a period
 * @date: a day
 *
 * Returns: whether the day is in the period
 */
gboolean
budget_period_contains (BudgetPeriod *self, const GDate *date)
{
  g_return_val_if_fail (BUDGET_IS_PERIOD (self), FALSE);
  g_return_val_if_fail (date != NULL && g_date_valid (date), FALSE);

  return self->kind == BUDGET_PERIOD_EVERYTHING ||
         (g_date_compare (&self->first, date) <= 0 && g_date_compare (date, &self->last) <= 0);
}

/**
 * budget_period_equal:
 * @self: a period
 * @other: a period
 *
 * Returns: whether both have the same kind and dates
 */
gboolean
budget_period_equal (BudgetPeriod *self, BudgetPeriod *other)
{
  g_return_val_if_fail (BUDGET_IS_PERIOD (self), FALSE);
  g_return_val_if_fail (BUDGET_IS_PERIOD (other), FALSE);

  if (self->kind != other->kind)
    return FALSE;

  return self->kind == BUDGET_PERIOD_EVERYTHING ||
         (g_date_compare (&self->first, &other->first) == 0 &&
          g_date_compare (&self->last, &other->last) == 0);
}

/**
 * budget_period_dup_label:
 * @self: a period
 *
 * Returns: (transfer full): the name of the period in the user's language
 */
char *
budget_period_dup_label (BudgetPeriod *self)
{
  g_return_val_if_fail (BUDGET_IS_PERIOD (self), NULL);

  switch (self->kind)
    {
    case BUDGET_PERIOD_MONTH:
      /* Translators: a month, as in “November 2026”; see g_date_time_format(). */
      return format_date (&self->first, C_ ("period", "%OB %Y"));
    case BUDGET_PERIOD_QUARTER:
      /* Translators: a quarter, as in “Q4 2026”: its number, then the year. */
      return g_strdup_printf (C_ ("period", "Q%d %d"), ((int) g_date_get_month (&self->first) - 1) / MONTHS_OF_A_QUARTER + 1,
        g_date_get_year (&self->first));
    case BUDGET_PERIOD_YEAR:
      return g_strdup_printf ("%d", g_date_get_year (&self->first));
    case BUDGET_PERIOD_EVERYTHING:
      /* Translators: the period that has all expenses in it. */
      return g_strdup (C_ ("period", "Everything"));
    case BUDGET_PERIOD_CUSTOM:
      return dup_custom_label (self);
    default:
      g_assert_not_reached ();
    }
}
