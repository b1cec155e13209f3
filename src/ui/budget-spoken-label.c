/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-spoken-label.h"
#include "budget-ui-text.h"

/**
 * BudgetSpokenLabel:
 *
 * The accessible label of a widget, as an object whose text a template can bind:
 * GtkBuilder binds only properties, and an accessible label is not one.
 */

struct _BudgetSpokenLabel
{
  GObject parent_instance;

  GtkWidget *widget; /* weak */
  guint levels;
};

enum
{
  PROP_0,
  PROP_LEVELS,
  PROP_TEXT,
  PROP_WIDGET,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BudgetSpokenLabel, budget_spoken_label, G_TYPE_OBJECT)

static void
set_text (BudgetSpokenLabel *self, const char *text)
{
  GtkWidget *widget = self->widget;

  for (guint i = 0; widget != NULL && i < self->levels; i++)
    widget = gtk_widget_get_parent (widget);

  if (widget != NULL && text != NULL)
    budget_ui_set_label (widget, text);
}

static void
budget_spoken_label_dispose (GObject *object)
{
  g_clear_weak_pointer (&BUDGET_SPOKEN_LABEL (object)->widget);

  G_OBJECT_CLASS (budget_spoken_label_parent_class)->dispose (object);
}

static void
budget_spoken_label_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BudgetSpokenLabel *self = BUDGET_SPOKEN_LABEL (object);

  switch (id)
    {
    case PROP_LEVELS:
      self->levels = g_value_get_uint (value);
      break;

    case PROP_TEXT:
      set_text (self, g_value_get_string (value));
      break;

    case PROP_WIDGET:
      g_set_weak_pointer (&self->widget, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_spoken_label_class_init (BudgetSpokenLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = budget_spoken_label_dispose;
  object_class->set_property = budget_spoken_label_set_property;

  /**
   * BudgetSpokenLabel:levels:
   *
   * How many levels above the widget to set the label: 1 is its parent. A list
   * creates the widgets of its rows itself, so no template can name them.
   */
  properties[PROP_LEVELS] = g_param_spec_uint ("levels", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * BudgetSpokenLabel:text:
   *
   * The label; %NULL keeps the one before.
   */
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_WIDGET] = g_param_spec_object ("widget", NULL, NULL, GTK_TYPE_WIDGET, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
budget_spoken_label_init (BudgetSpokenLabel *self)
{
}
