/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* How a text looks. */
typedef enum
{
  BUDGET_REPORT_TITLE,
  BUDGET_REPORT_HEADING,
  BUDGET_REPORT_FIGURE,
  BUDGET_REPORT_TEXT,
  BUDGET_REPORT_SMALL, /* and grey */
  BUDGET_N_REPORT_STYLES
} BudgetReportStyle;

/*
 * BudgetReportPage:
 * @cr: where to draw, or %NULL to count the pages only
 * @left: the left edge of the text
 * @right: the right edge of the text
 * @bottom: the bottom edge of the text
 * @y: the current vertical position
 * @number: the page number, from 1
 *
 * A page that is filled from top to bottom. Lengths are points, 72 to the
 * inch.
 */
typedef struct
{
  cairo_t *cr;
  PangoLayout *layouts[BUDGET_N_REPORT_STYLES];
  double width;
  double height;
  double left;
  double right;
  double top;
  double bottom;
  double y;
  guint number;
} BudgetReportPage;

void _budget_report_page_get_paper_size (double *width, double *height);

void _budget_report_page_init (BudgetReportPage *self, double width, double height);
void _budget_report_page_clear (BudgetReportPage *self);
void _budget_report_page_begin (BudgetReportPage *self, cairo_t *cr);

gboolean _budget_report_page_has_room (BudgetReportPage *self, double height);
void _budget_report_page_turn (BudgetReportPage *self);

double _budget_report_page_text (BudgetReportPage *self,
                                 BudgetReportStyle style,
                                 double x,
                                 double width,
                                 guint n_lines,
                                 const char *text);
double _budget_report_page_measure (
  BudgetReportPage *self, BudgetReportStyle style, double width, guint n_lines, const char *text);
void _budget_report_page_number (BudgetReportPage *self,
                                 BudgetReportStyle style,
                                 double right,
                                 const char *text);
void _budget_report_page_rule (BudgetReportPage *self, double y, double gray);
void _budget_report_page_box (BudgetReportPage *self,
                              double x,
                              double y,
                              double width,
                              double height,
                              const char *color,
                              gboolean is_filled);

G_END_DECLS
