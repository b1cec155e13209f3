/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-window.h"
#include "sample-book.h"

#include <stdlib.h>

/* The picture of the window for README.md and the software centres: see build-aux/screenshot. */

#define WIDTH 1000
#define HEIGHT 700

static gboolean is_dark;

static const GOptionEntry entries[] = { { "dark", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE,
                                          &is_dark, "In the dark style", NULL },
                                        { NULL } };

static BudgetBook *
create_book (GError **error)
{
  g_autoptr (BudgetBook) book = budget_book_new_in_memory (error);

  if (book == NULL || !budget_book_set_currency (book, "EUR", error) ||
      !sample_book_fill (book, error))
    return NULL;

  return g_steal_pointer (&book);
}

static GtkWidget *
create_window (BudgetBook *book)
{
  GtkWidget *window = budget_window_new (NULL);
  g_autoptr (BudgetPeriod) period = NULL;
  GDate date;

  /* The sample ends in this month. */
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_NOVEMBER, 2026);
  period = budget_period_new_for_date (BUDGET_PERIOD_MONTH, &date);

  g_object_set (gtk_widget_get_settings (window), "gtk-enable-animations", FALSE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  budget_window_set_book (BUDGET_WINDOW (window), book);
  budget_filter_set_period (budget_window_get_filter (BUDGET_WINDOW (window)), period);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

/* What GtkApplication does for the program. */
static void
load_style (GtkWidget *window)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/example/Budget/style.css");
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (window),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
on_late (gboolean *is_late)
{
  *is_late = TRUE;
}

/* Lets the lists fill and the frames be drawn. */
static void
wait_for_frames (void)
{
  gboolean is_late = FALSE;

  g_timeout_add_once (2000, (GSourceOnceFunc) on_late, &is_late);
  while (!is_late)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
write_picture (GtkWidget *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), WIDTH, HEIGHT);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  gsk_render_node_draw (node, cr);
  status = cairo_surface_write_to_png (surface, path);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return status == CAIRO_STATUS_SUCCESS;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr (BudgetBook) book = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window;
  gboolean is_written;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Name one file");
      return EXIT_FAILURE;
    }

  adw_init ();
  if (is_dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  book = create_book (&error);
  if (book == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  window = create_window (book);
  load_style (window);
  wait_for_frames ();
  is_written = write_picture (window, argv[1]);
  gtk_window_destroy (GTK_WINDOW (window));
  if (!is_written)
    g_printerr ("%s could not be written\n", argv[1]);

  return is_written ? EXIT_SUCCESS : EXIT_FAILURE;
}
