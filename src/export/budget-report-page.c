/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-report-page.h"

#include <langinfo.h>
#include <stdint.h>
#include <stdio.h>

/* Draws text, lines and boxes in black and grey; only categories have colours. */

#define POINTS_A_MILLIMETRE (72.0 / 25.4)
#define MARGIN 50.0
#define FOOTER 24.0

#define GRAY_TEXT 0.4
#define RADIUS 1.5

static const struct
{
  double size;
  PangoWeight weight;
  double gray;
} styles[BUDGET_N_REPORT_STYLES] = {
  [BUDGET_REPORT_TITLE] = { 22.0, PANGO_WEIGHT_BOLD, 0.0 },
  [BUDGET_REPORT_HEADING] = { 12.0, PANGO_WEIGHT_BOLD, 0.0 },
  [BUDGET_REPORT_FIGURE] = { 14.0, PANGO_WEIGHT_SEMIBOLD, 0.0 },
  [BUDGET_REPORT_TEXT] = { 9.0, PANGO_WEIGHT_NORMAL, 0.0 },
  [BUDGET_REPORT_SMALL] = { 8.0, PANGO_WEIGHT_NORMAL, GRAY_TEXT },
};

static double
get_paper_length (nl_item item, int fallback)
{
#ifdef __GLIBC__
  /* nl_langinfo() returns an integer as a pointer. */
  int millimetres = (int) (intptr_t) nl_langinfo (item);
#else
  int millimetres = 0;
#endif

  return POINTS_A_MILLIMETRE * (millimetres > 50 && millimetres < 2000 ? millimetres : fallback);
}

/*
 * _budget_report_page_get_paper_size:
 * @width: (out): of the locale's paper, in points
 * @height: (out): likewise
 *
 * Returns A4 or Letter, depending on the locale. Locales give whole
 * millimetres, so the exact sizes of the two formats are used.
 */
void
_budget_report_page_get_paper_size (double *width, double *height)
{
#ifdef __GLIBC__
  *width = get_paper_length (_NL_PAPER_WIDTH, 210);
  *height = get_paper_length (_NL_PAPER_HEIGHT, 297);
#else
  *width = get_paper_length (0, 210);
  *height = get_paper_length (0, 297);
#endif

  if ((int) (*width / POINTS_A_MILLIMETRE + 0.5) == 216)
    {
      *width = 612.0;
      *height = 792.0;
    }
}

/* Uses the desktop's font with tabular figures, so that amounts line up. */
static PangoLayout *
create_layout (PangoContext *context, BudgetReportStyle style)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_family_static (font, "Cantarell, Noto Sans, DejaVu Sans, Sans");
  pango_font_description_set_weight (font, styles[style].weight);
  pango_font_description_set_absolute_size (font, styles[style].size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_single_paragraph_mode (layout, TRUE);

  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

/*
 * _budget_report_page_init:
 * @self: (out caller-allocates): the first page
 * @width: of the paper
 * @height: of the paper
 */
void
_budget_report_page_init (BudgetReportPage *self, double width, double height)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Do not align glyphs to pixels: paper has none. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72.0);
  pango_context_set_round_glyph_positions (context, FALSE);

  *self = (BudgetReportPage){ .width = width, .height = height };
  self->left = self->top = MARGIN;
  self->right = width - MARGIN;
  self->bottom = height - MARGIN - FOOTER;
  for (int i = 0; i < BUDGET_N_REPORT_STYLES; i++)
    self->layouts[i] = create_layout (context, (BudgetReportStyle) i);

  cairo_font_options_destroy (options);
  g_object_unref (context);
  _budget_report_page_begin (self, NULL);
}

void
_budget_report_page_clear (BudgetReportPage *self)
{
  for (guint i = 0; i < BUDGET_N_REPORT_STYLES; i++)
    g_clear_object (&self->layouts[i]);
  g_clear_pointer (&self->cr, cairo_destroy);
}

/*
 * _budget_report_page_begin:
 * @self: a page
 * @cr: (nullable): where to draw from now on
 *
 * Starts the first page.
 */
void
_budget_report_page_begin (BudgetReportPage *self, cairo_t *cr)
{
  g_clear_pointer (&self->cr, cairo_destroy);
  if (cr != NULL)
    self->cr = cairo_reference (cr);
  self->number = 1;
  self->y = self->top;
}

gboolean
_budget_report_page_has_room (BudgetReportPage *self, double height)
{
  return self->y + height <= self->bottom;
}

/* Starts the next page. */
void
_budget_report_page_turn (BudgetReportPage *self)
{
  if (self->cr != NULL)
    cairo_show_page (self->cr);
  self->number++;
  self->y = self->top;
}

static void
set_text (PangoLayout *layout, double width, guint n_lines, const char *text)
{
  gboolean is_rtl;

  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, width > 0.0 ? (int) (width * PANGO_SCALE) : -1);
  pango_layout_set_height (layout, -(int) MAX (n_lines, 1));

  is_rtl = pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL;

  /* Columns are aligned on one side, whatever the direction of their text. */
  pango_layout_set_alignment (layout, is_rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static void
show (BudgetReportPage *self, BudgetReportStyle style, double x)
{
  double gray = styles[style].gray;

  if (self->cr == NULL)
    return;

  cairo_set_source_rgb (self->cr, gray, gray, gray);
  cairo_move_to (self->cr, x, self->y);
  pango_cairo_show_layout (self->cr, self->layouts[style]);
}

/*
 * _budget_report_page_text:
 * @self: a page
 * @style: how the text looks
 * @x: where it begins
 * @width: the available width
 * @n_lines: the maximum number of lines
 * @text: a text
 *
 * Draws a text at the page's current position, which does not change.
 *
 * Returns: the height of the text
 */
double
_budget_report_page_text (BudgetReportPage *self,
                          BudgetReportStyle style,
                          double x,
                          double width,
                          guint n_lines,
                          const char *text)
{
  set_text (self->layouts[style], width, n_lines, text);
  show (self, style, x);
  return get_height (self->layouts[style]);
}

/* Measures the height of a text. */
double
_budget_report_page_measure (
  BudgetReportPage *self, BudgetReportStyle style, double width, guint n_lines, const char *text)
{
  set_text (self->layouts[style], width, n_lines, text);
  return get_height (self->layouts[style]);
}

/* Draws a number that ends at @right and is never shortened. */
void
_budget_report_page_number (BudgetReportPage *self,
                            BudgetReportStyle style,
                            double right,
                            const char *text)
{
  int width;

  if (self->cr == NULL)
    return;

  set_text (self->layouts[style], 0.0, 1, text);
  pango_layout_get_size (self->layouts[style], &width, NULL);
  show (self, style, right - (double) width / PANGO_SCALE);
}

void
_budget_report_page_rule (BudgetReportPage *self, double y, double gray)
{
  if (self->cr == NULL)
    return;

  cairo_set_source_rgb (self->cr, gray, gray, gray);
  cairo_set_line_width (self->cr, 0.5);
  cairo_move_to (self->cr, self->left, y);
  cairo_line_to (self->cr, self->right, y);
  cairo_stroke (self->cr);
}

static void
set_color (cairo_t *cr, const char *color)
{
  guint red = 0x80, green = 0x80, blue = 0x80;

  if (color != NULL && sscanf (color, "#%2x%2x%2x", &red, &green, &blue) != 3)
    red = green = blue = 0x80;
  cairo_set_source_rgb (cr, red / 255.0, green / 255.0, blue / 255.0);
}

/*
 * _budget_report_page_box:
 * @self: a page
 * @x: where it is
 * @y: where it is
 * @width: how wide
 * @height: how high
 * @color: (nullable): as `#RRGGBB`
 * @is_filled: whether to fill it or to draw its outline
 */
void
_budget_report_page_box (BudgetReportPage *self,
                         double x,
                         double y,
                         double width,
                         double height,
                         const char *color,
                         gboolean is_filled)
{
  cairo_t *cr = self->cr;
  double inset = is_filled ? 0.0 : 0.5;
  double radius = MIN (RADIUS, MIN (width, height) / 2.0);

  if (cr == NULL || width <= 2.0 * inset)
    return;

  x += inset;
  y += inset;
  width -= 2.0 * inset;
  height -= 2.0 * inset;
  set_color (cr, color);
  cairo_new_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0.0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3.0 * G_PI_2);
  cairo_close_path (cr);
  if (is_filled)
    {
      cairo_fill (cr);
      return;
    }

  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
}
