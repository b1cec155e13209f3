/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-export-kinds-private.h"
#include "budget-money.h"
#include "budget-report-page.h"
#include "budget-report-totals.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <string.h>

/*
 * Prints a report: totals by category and by month, and a list of the
 * expenses. It makes two passes over the list: the first adds up the totals
 * and counts the pages, the second draws.
 */

#define PADDING 3.0
#define BAR_HEIGHT 8.0
#define LINE 17.0
#define BAR_COLOR "#3584E4"
#define MAX_LINES 12

/* The widths of the columns; the description gets the rest. */
#define DATE_WIDTH 68.0
#define CATEGORY_WIDTH 118.0
#define PERSON_WIDTH 64.0
#define AMOUNT_WIDTH 78.0
#define GAP 10.0
#define MARK 7.0

enum
{
  SECTION_COUNT,
  SECTION_LIST
};

struct _BudgetPdfExport
{
  BudgetExportWriter parent_instance;

  cairo_surface_t *surface;
  BudgetReportPage page;
  BudgetReportTotals totals;
  GArray *heights; /* of float: the heights of the rows */
  char *title;     /* the period */
  char *book_name;
  gboolean has_people;
  gboolean is_in_list;
  guint n_pages;
};

G_DEFINE_FINAL_TYPE (BudgetPdfExport, budget_pdf_export, BUDGET_TYPE_EXPORT_WRITER)

static char *
format_amount (BudgetPdfExport *self, gint64 amount)
{
  BudgetBook *book = _budget_export_writer_get_book (BUDGET_EXPORT_WRITER (self));
  g_autofree char *text = budget_money_format (ABS (amount), budget_book_get_currency (book));

  if (amount < 0)
    /* Translators: an amount that was received, not spent: “+12.50 €” */
    return g_strdup_printf (_("+%s"), text);

  return g_steal_pointer (&text);
}

static char *
format_date (const GDate *date)
{
  char text[100] = "";

  /* Translators: a day of another year, short, as strftime() writes it: “22 Nov 2025” */
  g_date_strftime (text, sizeof text, _("%-d %b %Y"), date);
  return g_strdup (text);
}

static void
draw_footer (BudgetPdfExport *self)
{
  BudgetReportPage *page = &self->page;
  double y = page->y;
  /* Translators: the number of a page, and how many there are. */
  g_autofree char *number = g_strdup_printf (_("Page %1$u of %2$u"), page->number, self->n_pages);
  g_autofree char *what = g_strdup_printf ("%s · %s", self->book_name, self->title);

  page->y = page->bottom + 12.0;
  _budget_report_page_text (page, BUDGET_REPORT_SMALL, page->left, page->right - page->left - 100.0,
                            1, what);
  _budget_report_page_number (page, BUDGET_REPORT_SMALL, page->right, number);
  page->y = y;
}

/* Without a column for people there is more room for the category and the description. */
static double
get_category_width (BudgetPdfExport *self)
{
  return self->has_people ? CATEGORY_WIDTH : CATEGORY_WIDTH + PERSON_WIDTH / 2.0;
}

static double
get_category_x (BudgetPdfExport *self)
{
  return self->page.right - AMOUNT_WIDTH - get_category_width (self) -
         (self->has_people ? PERSON_WIDTH : 0.0);
}

static double
get_description_width (BudgetPdfExport *self)
{
  return get_category_x (self) - self->page.left - DATE_WIDTH - GAP;
}

static void
draw_columns (BudgetPdfExport *self)
{
  BudgetReportPage *page = &self->page;
  double x = get_category_x (self);

  _budget_report_page_text (page, BUDGET_REPORT_SMALL, page->left, DATE_WIDTH - GAP, 1,
                            C_ ("column", "Date"));
  _budget_report_page_text (page, BUDGET_REPORT_SMALL, page->left + DATE_WIDTH,
                            get_description_width (self), 1, C_ ("column", "Description"));
  _budget_report_page_text (page, BUDGET_REPORT_SMALL, x, get_category_width (self) - GAP, 1,
                            C_ ("column", "Category"));
  if (self->has_people)
    _budget_report_page_text (page, BUDGET_REPORT_SMALL, x + get_category_width (self),
                              PERSON_WIDTH - GAP, 1, C_ ("column", "Person"));
  _budget_report_page_number (page, BUDGET_REPORT_SMALL, page->right, C_ ("column", "Amount"));
  page->y += 14.0;
  _budget_report_page_rule (page, page->y, 0.4);
}

/* Begins a new page if the row does not fit on this one. */
static void
make_room (BudgetPdfExport *self, double height)
{
  if (_budget_report_page_has_room (&self->page, height))
    return;

  draw_footer (self);
  _budget_report_page_turn (&self->page);
  if (self->is_in_list)
    draw_columns (self);
}

static void
draw_heading (BudgetPdfExport *self, const char *text)
{
  /* Keep a heading with at least two lines of its section. */
  make_room (self, 30.0 + 3.0 * LINE);
  self->page.y += 14.0;
  self->page.y +=
    8.0 + _budget_report_page_text (&self->page, BUDGET_REPORT_HEADING, self->page.left,
                                    self->page.right - self->page.left, 1, text);
}

/* Describes the filter apart from its period; empty if there is nothing to say. */
static char *
dup_filter_text (BudgetPdfExport *self)
{
  BudgetFilter *filter = _budget_export_writer_get_filter (BUDGET_EXPORT_WRITER (self));
  BudgetUser *user = budget_filter_get_user (filter);
  BudgetCategory *category = budget_filter_get_category (filter);
  const char *search = budget_filter_get_search (filter);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (user != NULL)
    g_ptr_array_add (parts, g_strdup (budget_user_get_name (user)));
  if (category != NULL)
    g_ptr_array_add (parts, g_strdup (budget_category_get_name (category)));
  if (search != NULL)
    /* Translators: %s is what somebody searched for. */
    g_ptr_array_add (parts, g_strdup_printf (C_ ("search", "“%s”"), search));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
draw_figure (BudgetPdfExport *self, guint position, const char *label, const char *value)
{
  BudgetReportPage *page = &self->page;
  double width = (page->right - page->left) / 3.0;
  double x = page->left + position * width;
  double y = page->y;

  page->y += 2.0 + _budget_report_page_text (page, BUDGET_REPORT_SMALL, x, width - GAP, 1, label);
  _budget_report_page_text (page, BUDGET_REPORT_FIGURE, x, width - GAP, 1, value);
  page->y = y;
}

static void
draw_title (BudgetPdfExport *self)
{
  BudgetReportPage *page = &self->page;
  double width = page->right - page->left;
  g_autofree char *filter = dup_filter_text (self);
  g_autofree char *spent = format_amount (self, self->totals.spent);
  g_autofree char *received = format_amount (self, -self->totals.received);
  g_autofree char *count = g_strdup_printf ("%u", self->totals.count);

  page->y += 2.0 + _budget_report_page_text (page, BUDGET_REPORT_SMALL, page->left, width, 1,
                                             self->book_name);
  page->y +=
    4.0 + _budget_report_page_text (page, BUDGET_REPORT_TITLE, page->left, width, 2, self->title);
  if (*filter != '\0')
    page->y +=
      4.0 + _budget_report_page_text (page, BUDGET_REPORT_TEXT, page->left, width, 4, filter);

  page->y += 12.0;
  draw_figure (self, 0, C_ ("report", "Spent"), spent);
  draw_figure (self, 1, C_ ("report", "Received"), received);
  draw_figure (self, 2, C_ ("report", "Entries"), count);
  page->y += 34.0;
}

/* A category's share of all spending or all income. */
static char *
format_share (BudgetPdfExport *self, const BudgetReportTotal *total)
{
  gint64 whole =
    total->kind == BUDGET_CATEGORY_INCOME ? -self->totals.received : self->totals.spent;
  double share = whole != 0 ? (double) total->sum / (double) whole * 100.0 : -1.0;

  /* A category with more refunds than spending has no share. */
  if (share < 0.0 || share > 100.0)
    return g_strdup ("–");

  /* Translators: a share in percent. */
  return g_strdup_printf (C_ ("report", "%.0f %%"), share);
}

static gint64
find_largest (GPtrArray *totals, BudgetCategoryKind kind)
{
  gint64 largest = 1;

  for (guint i = 0; i < totals->len; i++)
    {
      const BudgetReportTotal *total = g_ptr_array_index (totals, i);

      if (total->kind == kind)
        largest = MAX (largest, ABS (total->sum));
    }

  return largest;
}

/* Draws a mark, a name, a bar and the amount. The bar is an outline if refunds outweigh. */
static void
draw_total (BudgetPdfExport *self, const BudgetReportTotal *total, gint64 largest)
{
  BudgetReportPage *page = &self->page;
  const char *color = total->color != NULL ? total->color : BAR_COLOR;
  double name_x = page->left + (total->color != NULL ? MARK + 6.0 : 0.0);
  double bar_x = page->left + 150.0;
  double share_x = page->right - AMOUNT_WIDTH;
  double bar_width = share_x - 50.0 - bar_x;
  double height = _budget_report_page_measure (page, BUDGET_REPORT_TEXT, 0.0, 1, total->name);
  g_autofree char *amount = format_amount (self, total->sum);

  make_room (self, LINE);
  if (total->color != NULL)
    _budget_report_page_box (page, page->left, page->y + (height - MARK) / 2.0, MARK, MARK, color,
                             TRUE);
  _budget_report_page_text (page, BUDGET_REPORT_TEXT, name_x, bar_x - name_x - GAP, 1, total->name);
  _budget_report_page_box (
    page, bar_x, page->y + (height - BAR_HEIGHT) / 2.0,
    bar_width * (double) ABS (total->sum) / (double) largest, BAR_HEIGHT, color,
    total->kind == BUDGET_CATEGORY_SPENDING ? total->sum >= 0 : total->sum <= 0);
  if (total->color != NULL)
    {
      g_autofree char *share = format_share (self, total);

      _budget_report_page_number (page, BUDGET_REPORT_SMALL, share_x, share);
    }
  _budget_report_page_number (page, BUDGET_REPORT_TEXT, page->right, amount);
  page->y += LINE;
}

static gboolean
has_kind (GPtrArray *totals, BudgetCategoryKind kind)
{
  for (guint i = 0; i < totals->len; i++)
    if (((const BudgetReportTotal *) g_ptr_array_index (totals, i))->kind == kind)
      return TRUE;

  return FALSE;
}

/* Income and spending have separate scales. */
static void
draw_totals (BudgetPdfExport *self, const char *heading, GPtrArray *totals, BudgetCategoryKind kind)
{
  gint64 largest = find_largest (totals, kind);

  if (!has_kind (totals, kind))
    return;

  draw_heading (self, heading);
  for (guint i = 0; i < totals->len; i++)
    {
      const BudgetReportTotal *total = g_ptr_array_index (totals, i);

      if (total->kind == kind)
        draw_total (self, total, largest);
    }
}

/* Draws everything above the list. */
static void
draw_front (BudgetPdfExport *self)
{
  self->is_in_list = FALSE;
  draw_title (self);
  draw_totals (self, _("Totals by category"), self->totals.categories, BUDGET_CATEGORY_SPENDING);
  draw_totals (self, _("Received"), self->totals.categories, BUDGET_CATEGORY_INCOME);
  if (self->totals.months->len > 1)
    draw_totals (self, _("Totals by month"), self->totals.months, BUDGET_CATEGORY_SPENDING);

  draw_heading (self, _("Expenses"));
  if (self->totals.count == 0)
    _budget_report_page_text (&self->page, BUDGET_REPORT_TEXT, self->page.left, 300.0, 1,
                              _("No expenses"));
  else
    draw_columns (self);
  self->is_in_list = TRUE;
}

static float
measure_row (BudgetPdfExport *self, BudgetExpense *expense)
{
  double height =
    _budget_report_page_measure (&self->page, BUDGET_REPORT_TEXT, get_description_width (self),
                                 MAX_LINES, budget_expense_get_description (expense));

  return (float) (height + 2.0 * PADDING);
}

static void
draw_row (BudgetPdfExport *self, BudgetExpense *expense, double height)
{
  BudgetReportPage *page = &self->page;
  BudgetCategory *category = budget_expense_get_category (expense);
  double x = get_category_x (self);
  g_autofree char *date = format_date (budget_expense_get_date (expense));
  g_autofree char *amount = format_amount (self, budget_expense_get_amount (expense));
  double y = page->y;
  double line;

  page->y += PADDING;
  line = _budget_report_page_text (page, BUDGET_REPORT_TEXT, page->left, DATE_WIDTH - GAP / 2.0, 1,
                                   date);
  _budget_report_page_text (page, BUDGET_REPORT_TEXT, page->left + DATE_WIDTH,
                            get_description_width (self), MAX_LINES,
                            budget_expense_get_description (expense));
  _budget_report_page_box (page, x, page->y + (line - MARK) / 2.0, MARK, MARK,
                           budget_category_get_color (category), TRUE);
  _budget_report_page_text (page, BUDGET_REPORT_TEXT, x + MARK + 5.0,
                            get_category_width (self) - MARK - 5.0 - GAP, 1,
                            budget_category_get_name (category));
  if (self->has_people)
    _budget_report_page_text (page, BUDGET_REPORT_TEXT, x + get_category_width (self),
                              PERSON_WIDTH - GAP, 1,
                              budget_user_get_name (budget_expense_get_user (expense)));
  _budget_report_page_number (page, BUDGET_REPORT_TEXT, page->right, amount);
  page->y = y + height;
  _budget_report_page_rule (page, page->y, 0.85);
}

static char *
dup_book_name (BudgetBook *book)
{
  const char *path = budget_book_get_path (book);
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;

  if (name == NULL)
    return g_strdup (_("Budget"));
  if (g_str_has_suffix (name, ".budget"))
    name[strlen (name) - strlen (".budget")] = '\0';

  return g_steal_pointer (&name);
}

/* A period without an end is named by the dates of its expenses. */
static char *
dup_title (BudgetPdfExport *self)
{
  BudgetFilter *filter = _budget_export_writer_get_filter (BUDGET_EXPORT_WRITER (self));
  BudgetPeriod *period = budget_filter_get_period (filter);
  const GDate *first = budget_period_get_first (period);
  const GDate *last = budget_period_get_last (period);
  g_autoptr (BudgetPeriod) closed = NULL;

  if (self->totals.count > 0 &&
      (first == NULL || g_date_get_year (first) <= 1 || g_date_get_year (last) == 9999))
    {
      first = first == NULL || g_date_get_year (first) <= 1 ? &self->totals.first : first;
      last = last == NULL || g_date_get_year (last) == 9999 ? &self->totals.last : last;
      closed = budget_period_new_custom (first, last);
      period = closed;
    }

  return budget_period_dup_label (period);
}

static cairo_status_t
on_write (void *closure, const unsigned char *data, unsigned int length)
{
  g_string_append_len (closure, (const char *) data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_surface (BudgetPdfExport *self, GError **error)
{
  cairo_status_t status = cairo_surface_status (self->surface);

  if (status == CAIRO_STATUS_SUCCESS && self->page.cr != NULL)
    status = cairo_status (self->page.cr);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED,
               /* Translators: %s is what went wrong, in English. */
               _("The report could not be drawn: %s"), cairo_status_to_string (status));
  return FALSE;
}

static void
set_metadata (BudgetPdfExport *self)
{
  g_autoptr (GDateTime) time = _budget_export_get_time ();
  g_autofree char *created = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *title = g_strdup_printf ("%s · %s", self->book_name, self->title);

  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Budget " PACKAGE_VERSION);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

static gboolean
budget_pdf_export_plan (BudgetExportWriter *writer, GError **error)
{
  BudgetPdfExport *self = BUDGET_PDF_EXPORT (writer);
  BudgetBook *book = _budget_export_writer_get_book (writer);
  BudgetFilter *filter = _budget_export_writer_get_filter (writer);
  double width, height;

  _budget_report_page_get_paper_size (&width, &height);
  _budget_report_page_init (&self->page, width, height);
  self->surface = cairo_pdf_surface_create_for_stream (
    on_write, _budget_export_writer_get_buffer (writer), width, height);
  self->book_name = dup_book_name (book);
  self->has_people = budget_filter_get_user (filter) == NULL &&
                     g_list_model_get_n_items (budget_book_get_users (book)) > 1;

  if (!_budget_export_writer_add_list (writer, error))
    return FALSE;

  _budget_export_writer_add_section (writer, NULL,
                                     _budget_export_writer_get_items (writer, SECTION_COUNT));
  return check_surface (self, error);
}

/* Counts the pages in the same way as they are drawn. */
static void
count_pages (BudgetPdfExport *self)
{
  _budget_report_page_begin (&self->page, NULL);
  draw_front (self);
  for (guint i = 0; i < self->heights->len; i++)
    {
      double height = (double) g_array_index (self->heights, float, i);

      make_room (self, height);
      self->page.y += height;
    }

  self->n_pages = self->page.number;
}

static gboolean
budget_pdf_export_begin (BudgetExportWriter *writer, guint section, GError **error)
{
  BudgetPdfExport *self = BUDGET_PDF_EXPORT (writer);
  cairo_t *cr;

  if (section != SECTION_LIST)
    return TRUE;

  _budget_export_writer_forget_written (writer);
  _budget_report_totals_sort (&self->totals);
  self->title = dup_title (self);
  set_metadata (self);
  count_pages (self);

  cr = cairo_create (self->surface);
  _budget_report_page_begin (&self->page, cr);
  cairo_destroy (cr);
  draw_front (self);
  return check_surface (self, error);
}

static gboolean
budget_pdf_export_add (BudgetExportWriter *writer, gpointer item, GError **error)
{
  BudgetPdfExport *self = BUDGET_PDF_EXPORT (writer);
  float height;

  if (!_budget_export_check_expense (item, error))
    return FALSE;

  height = measure_row (self, item);
  if (_budget_export_writer_get_section (writer) == SECTION_COUNT)
    {
      g_array_append_val (self->heights, height);
      return _budget_report_totals_add (&self->totals, item, error);
    }

  make_room (self, (double) height);
  draw_row (self, item, (double) height);
  return check_surface (self, error);
}

static gboolean
budget_pdf_export_finish (BudgetExportWriter *writer, GError **error)
{
  BudgetPdfExport *self = BUDGET_PDF_EXPORT (writer);

  draw_footer (self);
  cairo_show_page (self->page.cr);
  if (!check_surface (self, error))
    return FALSE;

  cairo_surface_finish (self->surface);
  return check_surface (self, error);
}

/* Cairo flushes to the buffer, so destroy the surface while the buffer exists. */
static void
budget_pdf_export_finalize (GObject *object)
{
  BudgetPdfExport *self = BUDGET_PDF_EXPORT (object);

  _budget_report_page_clear (&self->page);
  _budget_report_totals_clear (&self->totals);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_array_unref (self->heights);
  g_free (self->title);
  g_free (self->book_name);

  G_OBJECT_CLASS (budget_pdf_export_parent_class)->finalize (object);
}

static void
budget_pdf_export_class_init (BudgetPdfExportClass *klass)
{
  BudgetExportWriterClass *writer_class = BUDGET_EXPORT_WRITER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = budget_pdf_export_finalize;
  writer_class->plan = budget_pdf_export_plan;
  writer_class->begin = budget_pdf_export_begin;
  writer_class->add = budget_pdf_export_add;
  writer_class->finish = budget_pdf_export_finish;
}

static void
budget_pdf_export_init (BudgetPdfExport *self)
{
  self->heights = g_array_new (FALSE, FALSE, sizeof (float));
  _budget_report_totals_init (&self->totals);
}
