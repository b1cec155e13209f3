/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-bar-chart.h"
#include "budget-chart-series.h"
#include "budget-donut-chart.h"
#include "test-part.h"

/* demo-donut NAME [dark] [rtl] [hc] [highlight] [focus] [bars]: a chart in a window, to look at. */

typedef struct
{
  const char *name;
  const char *color;
  gint64 sum;
} Part;

static const Part usual[] = {
  { "Food", "#FF6B6B", 41230 },   { "Rent", "#4ECDC4", 95000 }, { "Transport", "#45B7D1", 12050 },
  { "Clothes", "#F7DC6F", 8999 }, { "Books", "#BB8FCE", 3100 }, { "Presents", "#2C3E50", 6000 },
};

static void
fill (GListStore *store, const char *name)
{
  if (g_str_equal (name, "single"))
    {
      g_autoptr (TestPart) part = test_part_new ("Food", "#FF6B6B", 7125);

      g_list_store_append (store, part);
      return;
    }

  if (g_str_equal (name, "empty"))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      gint64 sum = g_str_equal (name, "long") ? usual[i].sum * 912345678 : usual[i].sum;
      g_autoptr (TestPart) part = NULL;

      if (g_str_equal (name, "negative") && i % 2 == 1)
        sum = -sum;
      part = test_part_new (usual[i].name, usual[i].color, sum);
      g_list_store_append (store, part);
    }

  for (int i = 0; g_str_equal (name, "many") && i < 30; i++)
    {
      g_autofree char *label = g_strdup_printf ("Small thing %d", i + 1);
      g_autoptr (TestPart) part = test_part_new (label, NULL, 700 + i * 150);

      g_list_store_append (store, part);
    }
}

static void
on_activate (BudgetChart *chart, guint position, gpointer user_data)
{
  g_print ("activate %u\n", position);
}

static void
on_activate_other (BudgetChart *chart, GtkBitset *positions, gpointer user_data)
{
  g_print ("activate other %u\n", (guint) gtk_bitset_get_size (positions));
}

static void
on_highlighted (BudgetChart *chart, GParamSpec *pspec, gpointer user_data)
{
  g_print ("highlighted %d\n", (int) budget_chart_get_highlighted (chart));
}

static BudgetChart *
create_chart (GType type, GListStore *store)
{
  BudgetChart *chart = g_object_new (type, NULL);
  BudgetChartSeries *series = budget_chart_get_series (chart);
  g_autoptr (GtkExpression) value = gtk_property_expression_new (TEST_TYPE_PART, NULL, "sum");
  g_autoptr (GtkExpression) label = gtk_property_expression_new (TEST_TYPE_PART, NULL, "name");
  g_autoptr (GtkExpression) color = gtk_property_expression_new (TEST_TYPE_PART, NULL, "color");

  budget_chart_series_set_value_expression (series, value);
  budget_chart_series_set_label_expression (series, label);
  budget_chart_series_set_color_expression (series, color);
  budget_chart_series_set_format (series, test_format_money, NULL, NULL);
  budget_chart_set_title (chart, "November 2026");
  budget_chart_set_empty_text (chart, "Nothing spent");
  budget_chart_set_model (chart, G_LIST_MODEL (store));
  g_signal_connect (chart, "activate", G_CALLBACK (on_activate), NULL);
  g_signal_connect (chart, "notify::highlighted", G_CALLBACK (on_highlighted), NULL);

  return chart;
}

static gboolean
has (char **words, const char *word)
{
  return g_strv_contains ((const char *const *) words, word);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GListStore) store = g_list_store_new (TEST_TYPE_PART);
  GtkWindow *window = NULL;
  BudgetChart *chart = NULL;

  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme",
                has (argv, "dark"), "gtk-theme-name", has (argv, "hc") ? "Default-hc" : "Default",
                NULL);
  gtk_widget_set_default_direction (has (argv, "rtl") ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);

  fill (store, argc > 1 ? argv[1] : "usual");
  chart =
    create_chart (has (argv, "bars") ? BUDGET_TYPE_BAR_CHART : BUDGET_TYPE_DONUT_CHART, store);
  if (BUDGET_IS_DONUT_CHART (chart))
    g_signal_connect (chart, "activate-other", G_CALLBACK (on_activate_other), NULL);
  if (has (argv, "highlight"))
    budget_chart_set_highlighted (chart, 0);

  window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (window, 300, 300);
  gtk_window_set_child (window, GTK_WIDGET (chart));
  gtk_window_present (window);
  if (has (argv, "focus"))
    {
      gtk_widget_grab_focus (GTK_WIDGET (chart));
      gtk_window_set_focus_visible (window, TRUE);
    }

  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
