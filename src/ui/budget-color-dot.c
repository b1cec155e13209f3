/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-color-dot.h"

/**
 * BudgetColorDot:
 *
 * The small round mark beside a category's name, in the category's colour.
 *
 * It has a faint rim, so that a colour close to the background still shows,
 * and says nothing to a screen reader: the name beside it does.
 */

#define DOT_SIZE 12

struct _BudgetColorDot
{
  GtkWidget parent_instance;

  char *color;
  GdkRGBA rgba;
};

enum
{
  PROP_0,
  PROP_COLOR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BudgetColorDot, budget_color_dot, GTK_TYPE_WIDGET)

static void
budget_color_dot_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = DOT_SIZE;
  *natural = DOT_SIZE;
}

static void
budget_color_dot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BudgetColorDot *self = BUDGET_COLOR_DOT (widget);
  float x = (gtk_widget_get_width (widget) - DOT_SIZE) / 2.f;
  float y = (gtk_widget_get_height (widget) - DOT_SIZE) / 2.f;
  GdkRGBA rim;
  GskRoundedRect circle;

  if (self->color == NULL)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &rim);
  rim.alpha *= 0.25f;
  gsk_rounded_rect_init_from_rect (&circle, &GRAPHENE_RECT_INIT (x, y, DOT_SIZE, DOT_SIZE),
                                   DOT_SIZE / 2.f);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, &self->rgba, &circle.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &circle, (float[]){ 1, 1, 1, 1 },
                              (GdkRGBA[]){ rim, rim, rim, rim });
}

static void
budget_color_dot_finalize (GObject *object)
{
  g_free (BUDGET_COLOR_DOT (object)->color);

  G_OBJECT_CLASS (budget_color_dot_parent_class)->finalize (object);
}

static void
budget_color_dot_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COLOR:
      g_value_set_string (value, budget_color_dot_get_color (BUDGET_COLOR_DOT (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_color_dot_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COLOR:
      budget_color_dot_set_color (BUDGET_COLOR_DOT (object), g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_color_dot_class_init (BudgetColorDotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = budget_color_dot_finalize;
  object_class->get_property = budget_color_dot_get_property;
  object_class->set_property = budget_color_dot_set_property;
  widget_class->measure = budget_color_dot_measure;
  widget_class->snapshot = budget_color_dot_snapshot;

  properties[PROP_COLOR] =
    g_param_spec_string ("color", NULL, NULL, NULL,
                         (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "colordot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
budget_color_dot_init (BudgetColorDot *self)
{
}

GtkWidget *
budget_color_dot_new (void)
{
  return g_object_new (BUDGET_TYPE_COLOR_DOT, NULL);
}

/**
 * budget_color_dot_get_color:
 * @self: a dot
 *
 * Returns: (nullable): its colour as `#RRGGBB`
 */
const char *
budget_color_dot_get_color (BudgetColorDot *self)
{
  g_return_val_if_fail (BUDGET_IS_COLOR_DOT (self), NULL);

  return self->color;
}

/**
 * budget_color_dot_set_color:
 * @self: a dot
 * @color: (nullable): a colour as #RRGGBB; nothing is drawn without one
 */
void
budget_color_dot_set_color (BudgetColorDot *self, const char *color)
{
  g_return_if_fail (BUDGET_IS_COLOR_DOT (self));

  if (color != NULL && !gdk_rgba_parse (&self->rgba, color))
    color = NULL;
  if (g_strcmp0 (self->color, color) == 0)
    return;

  g_free (self->color);
  self->color = g_strdup (color);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR]);
}
