/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-chart-series.h"

/**
 * BudgetChartSeries:
 *
 * The values, labels and colours of the items of a list, for a chart.
 *
 * Three expressions get them from an item, so a series works with any type. It
 * follows the list and every item in it, and does not need a display.
 */

enum
{
  ROLE_VALUE,
  ROLE_LABEL,
  ROLE_COLOR,
  N_ROLES
};

typedef struct
{
  BudgetChartSeries *series; /* unowned */
  GObject *item;
  gint64 value;
  char *label;
  GdkRGBA color;
  gboolean has_color;
  GtkExpressionWatch *watches[N_ROLES];
} Entry;

struct _BudgetChartSeries
{
  GObject parent_instance;

  GListModel *model;
  GtkExpression *expressions[N_ROLES];
  BudgetChartFormatFunc format;
  gpointer format_data;
  GDestroyNotify format_destroy;
  GPtrArray *entries;
};

G_DEFINE_FINAL_TYPE (BudgetChartSeries, budget_chart_series, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_VALUE_EXPRESSION,
  PROP_LABEL_EXPRESSION,
  PROP_COLOR_EXPRESSION,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* For items without a valid colour. */
static const GdkRGBA palette[] = {
  { 0.21f, 0.52f, 0.89f, 1.0f }, { 1.00f, 0.47f, 0.00f, 1.0f }, { 0.20f, 0.82f, 0.48f, 1.0f },
  { 0.57f, 0.25f, 0.67f, 1.0f }, { 0.96f, 0.83f, 0.18f, 1.0f }, { 0.88f, 0.11f, 0.14f, 1.0f },
  { 0.60f, 0.42f, 0.27f, 1.0f }, { 0.13f, 0.73f, 0.75f, 1.0f },
};

static gboolean
evaluate (Entry *entry, int role, GValue *value)
{
  GtkExpression *expression = entry->series->expressions[role];

  return expression != NULL && gtk_expression_evaluate (expression, entry->item, value);
}

static gint64
read_value (Entry *entry)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_auto (GValue) number = G_VALUE_INIT;

  g_value_init (&number, G_TYPE_INT64);
  if (!evaluate (entry, ROLE_VALUE, &value) || !g_value_transform (&value, &number))
    return 0;

  return g_value_get_int64 (&number);
}

static char *
read_label (Entry *entry)
{
  g_auto (GValue) value = G_VALUE_INIT;

  if (!evaluate (entry, ROLE_LABEL, &value) || !G_VALUE_HOLDS_STRING (&value))
    return g_strdup ("");

  return g_utf8_make_valid (g_value_get_string (&value) ? g_value_get_string (&value) : "", -1);
}

static gboolean
read_color (Entry *entry, GdkRGBA *color)
{
  g_auto (GValue) value = G_VALUE_INIT;

  if (!evaluate (entry, ROLE_COLOR, &value))
    return FALSE;

  if (G_VALUE_HOLDS_STRING (&value) && g_value_get_string (&value) != NULL)
    return gdk_rgba_parse (color, g_value_get_string (&value));

  if (G_VALUE_HOLDS (&value, GDK_TYPE_RGBA) && g_value_get_boxed (&value) != NULL)
    {
      *color = *(const GdkRGBA *) g_value_get_boxed (&value);
      return TRUE;
    }

  return FALSE;
}

/* Returns whether anything changed. */
static gboolean
read_entry (Entry *entry)
{
  gint64 value = read_value (entry);
  g_autofree char *label = read_label (entry);
  GdkRGBA color = { 0 };
  gboolean has_color = read_color (entry, &color);
  gboolean changed = value != entry->value || g_strcmp0 (label, entry->label) != 0 ||
                     has_color != entry->has_color || !gdk_rgba_equal (&color, &entry->color);

  entry->value = value;
  entry->color = color;
  entry->has_color = has_color;
  g_free (entry->label);
  entry->label = g_steal_pointer (&label);

  return changed;
}

static void
on_watch_notify (gpointer user_data)
{
  Entry *entry = user_data;

  if (read_entry (entry))
    g_signal_emit (entry->series, signals[SIGNAL_CHANGED], 0);
}

static Entry *
entry_new (BudgetChartSeries *self, GObject *item)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->series = self;
  entry->item = g_object_ref (item);
  for (int role = 0; role < N_ROLES; role++)
    {
      if (self->expressions[role] != NULL)
        entry->watches[role] =
          gtk_expression_watch (self->expressions[role], item, on_watch_notify, entry, NULL);
    }
  read_entry (entry);

  return entry;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  for (int role = 0; role < N_ROLES; role++)
    g_clear_pointer (&entry->watches[role], gtk_expression_watch_unwatch);
  g_clear_object (&entry->item);
  g_free (entry->label);
  g_free (entry);
}

static void
splice (BudgetChartSeries *self, guint position, guint removed, guint added)
{
  if (removed > 0)
    g_ptr_array_remove_range (self->entries, position, removed);

  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, position + i);

      g_ptr_array_insert (self->entries, (int) (position + i), entry_new (self, item));
    }
}

static void
read_all (BudgetChartSeries *self)
{
  splice (self, 0, self->entries->len,
          self->model != NULL ? g_list_model_get_n_items (self->model) : 0);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_model_items_changed (BudgetChartSeries *self, guint position, guint removed, guint added)
{
  splice (self, position, removed, added);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
set_expression (BudgetChartSeries *self, int role, GtkExpression *expression)
{
  if (self->expressions[role] == expression)
    return;

  g_clear_pointer (&self->expressions[role], gtk_expression_unref);
  if (expression != NULL)
    self->expressions[role] = gtk_expression_ref (expression);

  read_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE_EXPRESSION + role]);
}

static Entry *
get_entry (BudgetChartSeries *self, guint position)
{
  g_return_val_if_fail (BUDGET_IS_CHART_SERIES (self), NULL);
  g_return_val_if_fail (position < self->entries->len, NULL);

  return g_ptr_array_index (self->entries, position);
}

static void
budget_chart_series_dispose (GObject *object)
{
  BudgetChartSeries *self = BUDGET_CHART_SERIES (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, on_model_items_changed, self);
  g_clear_object (&self->model);
  g_ptr_array_set_size (self->entries, 0);
  for (int role = 0; role < N_ROLES; role++)
    g_clear_pointer (&self->expressions[role], gtk_expression_unref);
  if (self->format_destroy != NULL)
    self->format_destroy (self->format_data);
  self->format = NULL;
  self->format_destroy = NULL;

  G_OBJECT_CLASS (budget_chart_series_parent_class)->dispose (object);
}

static void
budget_chart_series_finalize (GObject *object)
{
  BudgetChartSeries *self = BUDGET_CHART_SERIES (object);

  g_ptr_array_unref (self->entries);

  G_OBJECT_CLASS (budget_chart_series_parent_class)->finalize (object);
}

static void
budget_chart_series_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BudgetChartSeries *self = BUDGET_CHART_SERIES (object);

  switch (id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;

    case PROP_VALUE_EXPRESSION:
    case PROP_LABEL_EXPRESSION:
    case PROP_COLOR_EXPRESSION:
      gtk_value_set_expression (value, self->expressions[id - PROP_VALUE_EXPRESSION]);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_chart_series_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BudgetChartSeries *self = BUDGET_CHART_SERIES (object);

  switch (id)
    {
    case PROP_MODEL:
      budget_chart_series_set_model (self, g_value_get_object (value));
      break;

    case PROP_VALUE_EXPRESSION:
    case PROP_LABEL_EXPRESSION:
    case PROP_COLOR_EXPRESSION:
      set_expression (self, (int) id - PROP_VALUE_EXPRESSION, gtk_value_get_expression (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
budget_chart_series_class_init (BudgetChartSeriesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = budget_chart_series_dispose;
  object_class->finalize = budget_chart_series_finalize;
  object_class->get_property = budget_chart_series_get_property;
  object_class->set_property = budget_chart_series_set_property;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_VALUE_EXPRESSION] =
    gtk_param_spec_expression ("value-expression", NULL, NULL, flags);
  properties[PROP_LABEL_EXPRESSION] =
    gtk_param_spec_expression ("label-expression", NULL, NULL, flags);
  properties[PROP_COLOR_EXPRESSION] =
    gtk_param_spec_expression ("color-expression", NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BudgetChartSeries::changed:
   *
   * Items were added, removed or moved, or a value, label or colour changed.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
budget_chart_series_init (BudgetChartSeries *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

/**
 * budget_chart_series_new:
 *
 * Returns: (transfer full): a series without a model
 */
BudgetChartSeries *
budget_chart_series_new (void)
{
  return g_object_new (BUDGET_TYPE_CHART_SERIES, NULL);
}

/**
 * budget_chart_series_get_model:
 * @self: a series
 *
 * Returns: (transfer none) (nullable): the list
 */
GListModel *
budget_chart_series_get_model (BudgetChartSeries *self)
{
  g_return_val_if_fail (BUDGET_IS_CHART_SERIES (self), NULL);

  return self->model;
}

/**
 * budget_chart_series_set_model:
 * @self: a series
 * @model: (nullable): the list to read
 */
void
budget_chart_series_set_model (BudgetChartSeries *self, GListModel *model)
{
  g_return_if_fail (BUDGET_IS_CHART_SERIES (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, on_model_items_changed, self);

  g_set_object (&self->model, model);

  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (on_model_items_changed), self,
                             G_CONNECT_SWAPPED);

  read_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

/**
 * budget_chart_series_set_value_expression:
 * @self: a series
 * @expression: (transfer none) (nullable): gets a number, preferably a #gint64
 */
void
budget_chart_series_set_value_expression (BudgetChartSeries *self, GtkExpression *expression)
{
  g_return_if_fail (BUDGET_IS_CHART_SERIES (self));

  set_expression (self, ROLE_VALUE, expression);
}

/**
 * budget_chart_series_set_label_expression:
 * @self: a series
 * @expression: (transfer none) (nullable): gets a string
 */
void
budget_chart_series_set_label_expression (BudgetChartSeries *self, GtkExpression *expression)
{
  g_return_if_fail (BUDGET_IS_CHART_SERIES (self));

  set_expression (self, ROLE_LABEL, expression);
}

/**
 * budget_chart_series_set_color_expression:
 * @self: a series
 * @expression: (transfer none) (nullable): gets a string such as `#ff6b6b`,
 *   or a #GdkRGBA; items without one get a colour of a palette
 */
void
budget_chart_series_set_color_expression (BudgetChartSeries *self, GtkExpression *expression)
{
  g_return_if_fail (BUDGET_IS_CHART_SERIES (self));

  set_expression (self, ROLE_COLOR, expression);
}

/**
 * budget_chart_series_set_format:
 * @self: a series
 * @format: (nullable): formats a value; without it, values are plain numbers
 * @user_data: passed to @format
 * @destroy: (nullable): frees @user_data
 */
void
budget_chart_series_set_format (BudgetChartSeries *self,
                                BudgetChartFormatFunc format,
                                gpointer user_data,
                                GDestroyNotify destroy)
{
  g_return_if_fail (BUDGET_IS_CHART_SERIES (self));

  if (self->format_destroy != NULL)
    self->format_destroy (self->format_data);

  self->format = format;
  self->format_data = user_data;
  self->format_destroy = destroy;

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * budget_chart_series_get_n_items:
 * @self: a series
 *
 * Returns: the number of items
 */
guint
budget_chart_series_get_n_items (BudgetChartSeries *self)
{
  g_return_val_if_fail (BUDGET_IS_CHART_SERIES (self), 0);

  return self->entries->len;
}

/**
 * budget_chart_series_get_value:
 * @self: a series
 * @position: the position of an item
 *
 * Returns: its value, 0 if it has none
 */
gint64
budget_chart_series_get_value (BudgetChartSeries *self, guint position)
{
  Entry *entry = get_entry (self, position);

  return entry != NULL ? entry->value : 0;
}

/**
 * budget_chart_series_get_label:
 * @self: a series
 * @position: the position of an item
 *
 * Returns: (transfer none): its label, empty if it has none
 */
const char *
budget_chart_series_get_label (BudgetChartSeries *self, guint position)
{
  Entry *entry = get_entry (self, position);

  return entry != NULL ? entry->label : NULL;
}

/**
 * budget_chart_series_get_color:
 * @self: a series
 * @position: the position of an item
 *
 * Returns: (transfer none): its colour
 */
const GdkRGBA *
budget_chart_series_get_color (BudgetChartSeries *self, guint position)
{
  Entry *entry = get_entry (self, position);

  if (entry != NULL && entry->has_color)
    return &entry->color;

  return &palette[position % G_N_ELEMENTS (palette)];
}

/**
 * budget_chart_series_has_colors:
 * @self: a series
 *
 * Returns: whether items have their own colours
 */
gboolean
budget_chart_series_has_colors (BudgetChartSeries *self)
{
  g_return_val_if_fail (BUDGET_IS_CHART_SERIES (self), FALSE);

  return self->expressions[ROLE_COLOR] != NULL;
}

/**
 * budget_chart_series_get_item:
 * @self: a series
 * @position: the position of an item
 *
 * Returns: (transfer none): the item
 */
gpointer
budget_chart_series_get_item (BudgetChartSeries *self, guint position)
{
  Entry *entry = get_entry (self, position);

  return entry != NULL ? entry->item : NULL;
}

/**
 * budget_chart_series_find:
 * @self: a series
 * @item: (nullable): an item
 *
 * Returns: its position, or %GTK_INVALID_LIST_POSITION
 */
guint
budget_chart_series_find (BudgetChartSeries *self, gpointer item)
{
  g_return_val_if_fail (BUDGET_IS_CHART_SERIES (self), GTK_INVALID_LIST_POSITION);

  for (guint i = 0; item != NULL && i < self->entries->len; i++)
    {
      if (get_entry (self, i)->item == item)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/**
 * budget_chart_series_format:
 * @self: a series
 * @value: a value, or a sum of values
 *
 * Returns: (transfer full): the value as text
 */
char *
budget_chart_series_format (BudgetChartSeries *self, gint64 value)
{
  g_return_val_if_fail (BUDGET_IS_CHART_SERIES (self), NULL);

  if (self->format != NULL)
    return self->format (value, self->format_data);

  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}
