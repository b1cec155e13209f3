/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-category.h"
#include "budget-color-dot.h"
#include "budget-spoken-label.h"
#include "budget-ui-closures.h"
#include "budget-ui-text.h"
#include "budget-user.h"

/*
 * The functions that the bindings of several templates share.
 *
 * A `<lookup>` in %NULL fails, and so does the closure around it: the target
 * property then keeps its old value. Where a category or person may be missing,
 * an empty one takes its place.
 *
 * GTK 4.8 warns about weak references on disposal if a template binds its own
 * properties, or names itself in a `<lookup>`. So templates bind properties of
 * their children, and look up their own properties by type:
 * `<lookup name="…" type="BudgetSomeRow"/>`. To bind a property of its own, a
 * template evaluates the binding for a child: `<binding … object="child">`.
 */

static BudgetCategory *
category_or_empty (GtkWidget *widget, BudgetCategory *category)
{
  return category != NULL ? g_object_ref (category) : budget_category_new ();
}

static BudgetUser *
user_or_empty (GtkWidget *widget, BudgetUser *user)
{
  return user != NULL ? g_object_ref (user) : budget_user_new ();
}

static char *
format_short_date (GtkWidget *widget, const GDate *date)
{
  return date != NULL ? budget_ui_format_date (date, BUDGET_UI_DATE_SHORT) : NULL;
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_set (GtkWidget *widget, GObject *object)
{
  return object != NULL;
}

/**
 * budget_ui_bind_closures:
 * @widget_class: a class with a template
 *
 * Lets the template use `category_or_empty`, `user_or_empty`,
 * `format_short_date`, `has_text` and `is_set`, and the types that rows have in
 * common.
 */
void
budget_ui_bind_closures (GtkWidgetClass *widget_class)
{
  g_return_if_fail (GTK_IS_WIDGET_CLASS (widget_class));

  g_type_ensure (BUDGET_TYPE_COLOR_DOT);
  g_type_ensure (BUDGET_TYPE_SPOKEN_LABEL);

  gtk_widget_class_bind_template_callback (widget_class, category_or_empty);
  gtk_widget_class_bind_template_callback (widget_class, user_or_empty);
  gtk_widget_class_bind_template_callback (widget_class, format_short_date);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, is_set);
}
