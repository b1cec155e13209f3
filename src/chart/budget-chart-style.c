/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-style-private.h"

#include <math.h>

/*
 * BudgetChartStyle:
 *
 * The colours and the text layout that all charts share.
 */

static const GdkRGBA black = { 0.0f, 0.0f, 0.0f, 1.0f };
static const GdkRGBA white = { 1.0f, 1.0f, 1.0f, 1.0f };

static double
get_luminance (const GdkRGBA *color)
{
  const float channels[] = { color->red, color->green, color->blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0.0;

  for (int i = 0; i < 3; i++)
    sum += weights[i] * (channels[i] <= 0.04045f ? channels[i] / 12.92
                                                 : pow ((channels[i] + 0.055) / 1.055, 2.4));

  return sum;
}

/*
 * _budget_chart_get_contrast:
 * @color: a colour
 *
 * Returns: (transfer none): black or white, whichever is easier to read on it
 */
const GdkRGBA *
_budget_chart_get_contrast (const GdkRGBA *color)
{
  return get_luminance (color) > 0.179 ? &black : &white;
}

/* The contrast ratio of WCAG, from 1 to 21. */
static double
get_contrast_ratio (const GdkRGBA *a, const GdkRGBA *b)
{
  double one = get_luminance (a) + 0.05;
  double other = get_luminance (b) + 0.05;

  return MAX (one, other) / MIN (one, other);
}

/*
 * _budget_chart_style_init:
 * @self: a style to fill in
 * @widget: the widget to draw
 *
 * Reads the theme's colours. Themes do not declare high contrast, but such
 * themes have strong borders.
 */
void
_budget_chart_style_init (BudgetChartStyle *self, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA borders = { 0 };
  g_autofree char *theme = NULL;

  gtk_style_context_get_color (context, &self->text);
  self->focus = self->text;
  if (!gtk_style_context_lookup_color (context, "accent_color", &self->focus))
    gtk_style_context_lookup_color (context, "theme_selected_bg_color", &self->focus);
  if (get_contrast_ratio (&self->focus, _budget_chart_get_contrast (&self->text)) < 4.5 &&
      get_luminance (&self->text) > 0.179)
    self->focus = self->text;

  g_object_get (gtk_widget_get_settings (widget), "gtk-theme-name", &theme, NULL);
  self->high_contrast =
    theme != NULL && (g_str_has_suffix (theme, "-hc") || g_str_has_prefix (theme, "HighContrast") ||
                      g_str_has_suffix (theme, "-hc-dark"));
  if (gtk_style_context_lookup_color (context, "borders", &borders) && borders.alpha > 0.35f &&
      borders.alpha < 1.0f)
    self->high_contrast = TRUE;
}

/*
 * _budget_chart_style_set_text:
 * @self: a style
 * @cr: where to draw
 * @dim: whether the text is less important
 */
void
_budget_chart_style_set_text (const BudgetChartStyle *self, cairo_t *cr, gboolean dim)
{
  GdkRGBA color = self->text;

  if (dim && !self->high_contrast)
    color.alpha *= 0.7f;

  gdk_cairo_set_source_rgba (cr, &color);
}

/*
 * _budget_chart_create_layout:
 * @context: for the font
 * @text: the text
 * @scale: a factor for the font's size
 * @bold: whether it is bold
 *
 * Returns: (transfer full): a layout with tabular figures
 */
PangoLayout *
_budget_chart_create_layout (PangoContext *context, const char *text, double scale, gboolean bold)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));

  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  pango_attr_list_unref (attributes);

  return layout;
}

/*
 * _budget_chart_fade:
 * @color: the colour of a mark
 * @emphasis: from -1, faded, to 1, highlighted
 * @style: the colours around it
 *
 * Fades towards the background, for which black or white is taken, whichever
 * contrasts with the text.
 *
 * Returns: the colour to fill the mark with
 */
GdkRGBA
_budget_chart_fade (const GdkRGBA *color, double emphasis, const BudgetChartStyle *style)
{
  const GdkRGBA *ground = _budget_chart_get_contrast (&style->text);
  float back = (float) MAX (-emphasis, 0.0) * 0.5f;
  GdkRGBA fill = *color;

  fill.red += (ground->red - fill.red) * back;
  fill.green += (ground->green - fill.green) * back;
  fill.blue += (ground->blue - fill.blue) * back;

  return fill;
}
