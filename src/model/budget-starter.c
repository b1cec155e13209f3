/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-expense.h"
#include "budget-starter.h"

#include <glib/gi18n.h>

/*
 * The content of a new book: the user as its person, and the categories that most
 * households need, in the user's language.
 */

typedef struct
{
  const char *name;
  const char *color;
  BudgetCategoryKind kind;
} Starter;

/* Neighbours in a chart differ in lightness as well as in hue, and each has enough
 * contrast with a light and with a dark window. */
static const Starter starters[] = {
  /* Translators: the names of the categories that a new book begins with. */
  { NC_ ("category", "Groceries"), "#2EC27E", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Eating out"), "#E66100", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Housing"), "#3584E4", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Utilities"), "#E5A50A", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Transport"), "#9141AC", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Health"), "#E01B24", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Clothing"), "#DC8ADD", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Leisure"), "#0E8A8F", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Children"), "#B5835A", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Travel"), "#62A0EA", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Gifts"), "#C64D7E", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Other"), "#77767B", BUDGET_CATEGORY_SPENDING },
  { NC_ ("category", "Salary"), "#5E9C2F", BUDGET_CATEGORY_INCOME },
  { NC_ ("category", "Refunds"), "#A8A42A", BUDGET_CATEGORY_INCOME },
  { NC_ ("category", "Transfer"), "#8A8F98", BUDGET_CATEGORY_TRANSFER },
};

/* The colours of further categories. */
static const char *const more_colors[] = {
  "#D9534F", "#1C71D8", "#F5A97F", "#6A5ACD", "#4FB286", "#A0522D", "#5AB4C5", "#B8527A",
};

#define MAX_NAME 100

static char *
dup_login (void)
{
  return g_filename_display_name (g_get_user_name ());
}

/*
 * GLib returns “Unknown” if the system does not know the name.
 */
static char *
dup_real_name (void)
{
  g_autofree char *name = g_strstrip (g_filename_display_name (g_get_real_name ()));

  if (*name == '\0' || g_str_equal (name, "Unknown"))
    return dup_login ();

  return g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_NAME));
}

static gboolean
add_person (OrmSession *session, GError **error)
{
  g_autoptr (BudgetUser) user = budget_user_new ();
  g_autofree char *login = dup_login ();
  g_autofree char *name = dup_real_name ();
  g_autofree char *email = g_strconcat (login, "@localhost", NULL);

  budget_user_set_name (user, name);
  budget_user_set_email (user, email);
  return orm_session_add (session, user, error);
}

static gboolean
add_category (OrmSession *session, const Starter *starter, GError **error)
{
  g_autoptr (BudgetCategory) category = budget_category_new ();

  budget_category_set_name (category, g_dpgettext2 (GETTEXT_PACKAGE, "category", starter->name));
  budget_category_set_color (category, starter->color);
  budget_category_set_kind (category, starter->kind);
  return orm_session_add (session, category, error);
}

/**
 * budget_starter_fill:
 * @session: the session of a new book
 * @error: return location for an #OrmError
 *
 * Adds the user as a person, and the categories that most households need. Nothing
 * is committed.
 *
 * Returns: %TRUE if they were added
 */
gboolean
budget_starter_fill (OrmSession *session, GError **error)
{
  g_return_val_if_fail (ORM_IS_SESSION (session), FALSE);

  if (!add_person (session, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (starters); i++)
    if (!add_category (session, &starters[i], error))
      return FALSE;

  return TRUE;
}

/**
 * budget_starter_get_color:
 * @index: any number
 *
 * Returns: a colour for a category; all are used before one is used again
 */
const char *
budget_starter_get_color (guint index)
{
  index %= G_N_ELEMENTS (starters) + G_N_ELEMENTS (more_colors);

  return index < G_N_ELEMENTS (starters) ? starters[index].color
                                         : more_colors[index - G_N_ELEMENTS (starters)];
}

/**
 * budget_starter_get_n_colors:
 *
 * Returns: how many different colours there are
 */
guint
budget_starter_get_n_colors (void)
{
  return G_N_ELEMENTS (starters) + G_N_ELEMENTS (more_colors);
}
