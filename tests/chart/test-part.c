/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-part.h"

/*
 * TestPart:
 *
 * The minimum that a chart can show: a name, a colour and a sum.
 */

struct _TestPart
{
  GObject parent_instance;

  char *name;
  char *color;
  gint64 sum;
};

G_DEFINE_FINAL_TYPE (TestPart, test_part, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_COLOR,
  PROP_SUM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
test_part_finalize (GObject *object)
{
  TestPart *self = TEST_PART (object);

  g_free (self->name);
  g_free (self->color);

  G_OBJECT_CLASS (test_part_parent_class)->finalize (object);
}

static void
test_part_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TestPart *self = TEST_PART (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;

    case PROP_COLOR:
      g_value_set_string (value, self->color);
      break;

    case PROP_SUM:
      g_value_set_int64 (value, self->sum);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
test_part_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TestPart *self = TEST_PART (object);

  switch (id)
    {
    case PROP_NAME:
      g_free (self->name);
      self->name = g_value_dup_string (value);
      break;

    case PROP_COLOR:
      g_free (self->color);
      self->color = g_value_dup_string (value);
      break;

    case PROP_SUM:
      self->sum = g_value_get_int64 (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
test_part_class_init (TestPartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = test_part_finalize;
  object_class->get_property = test_part_get_property;
  object_class->set_property = test_part_set_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READWRITE);
  properties[PROP_COLOR] = g_param_spec_string ("color", NULL, NULL, NULL, G_PARAM_READWRITE);
  properties[PROP_SUM] =
    g_param_spec_int64 ("sum", NULL, NULL, G_MININT64, G_MAXINT64, 0, G_PARAM_READWRITE);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
test_part_init (TestPart *self)
{
}

TestPart *
test_part_new (const char *name, const char *color, gint64 sum)
{
  return g_object_new (TEST_TYPE_PART, "name", name, "color", color, "sum", sum, NULL);
}

void
test_part_set_sum (TestPart *self, gint64 sum)
{
  g_object_set (self, "sum", sum, NULL);
}

char *
test_format_money (gint64 value, gpointer user_data)
{
  gint64 units = ABS (value);

  return g_strdup_printf ("%s$%" G_GINT64_FORMAT ".%02d", value < 0 ? "−" : "", units / 100,
                          (int) (units % 100));
}
