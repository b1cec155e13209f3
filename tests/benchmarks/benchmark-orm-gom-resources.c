/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "benchmark-orm-gom-resources.h"

G_DEFINE_FINAL_TYPE (GomBenchExpense, gom_bench_expense, GOM_TYPE_RESOURCE)
G_DEFINE_FINAL_TYPE (GomBenchCategory, gom_bench_category, GOM_TYPE_RESOURCE)
G_DEFINE_FINAL_TYPE (GomBenchUser, gom_bench_user, GOM_TYPE_RESOURCE)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_USER_ID,
  PROP_CATEGORY_ID,
  PROP_DESCRIPTION,
  PROP_AMOUNT,
  PROP_DATE
};

static void
install_number (GObjectClass *klass, guint id, const char *name)
{
  g_object_class_install_property (klass, id,
                                   g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static void
install_text (GObjectClass *klass, guint id, const char *name)
{
  g_object_class_install_property (
    klass, id,
    g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static void
take_text (char **field, const GValue *value)
{
  g_free (*field);
  *field = g_value_dup_string (value);
}

static void
gom_bench_expense_set_property (GObject *object,
                                guint property_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  GomBenchExpense *self = GOM_BENCH_EXPENSE (object);

  switch (property_id)
    {
    case PROP_ID:
      self->id = g_value_get_int64 (value);
      break;
    case PROP_USER_ID:
      self->user_id = g_value_get_int64 (value);
      break;
    case PROP_CATEGORY_ID:
      self->category_id = g_value_get_int64 (value);
      break;
    case PROP_DESCRIPTION:
      take_text (&self->description, value);
      break;
    case PROP_AMOUNT:
      self->amount = g_value_get_int64 (value);
      break;
    case PROP_DATE:
      take_text (&self->date, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
gom_bench_expense_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  GomBenchExpense *self = GOM_BENCH_EXPENSE (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_USER_ID:
      g_value_set_int64 (value, self->user_id);
      break;
    case PROP_CATEGORY_ID:
      g_value_set_int64 (value, self->category_id);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_AMOUNT:
      g_value_set_int64 (value, self->amount);
      break;
    case PROP_DATE:
      g_value_set_string (value, self->date);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
gom_bench_expense_finalize (GObject *object)
{
  g_free (GOM_BENCH_EXPENSE (object)->description);
  g_free (GOM_BENCH_EXPENSE (object)->date);

  G_OBJECT_CLASS (gom_bench_expense_parent_class)->finalize (object);
}

/*
 * The property's name is also the column's, so the column is "user-id": see
 * gom_open().
 */
static void
gom_bench_expense_class_init (GomBenchExpenseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = gom_bench_expense_set_property;
  object_class->get_property = gom_bench_expense_get_property;
  object_class->finalize = gom_bench_expense_finalize;

  install_number (object_class, PROP_ID, "id");
  install_number (object_class, PROP_USER_ID, "user-id");
  install_number (object_class, PROP_CATEGORY_ID, "category-id");
  install_text (object_class, PROP_DESCRIPTION, "description");
  install_number (object_class, PROP_AMOUNT, "amount");
  install_text (object_class, PROP_DATE, "date");

  gom_resource_class_set_table (GOM_RESOURCE_CLASS (klass), "expenses");
  gom_resource_class_set_primary_key (GOM_RESOURCE_CLASS (klass), "id");
}

static void
gom_bench_expense_init (GomBenchExpense *self)
{
}

static void
set_named (gint64 *id, char **name, guint property_id, const GValue *value)
{
  if (property_id == PROP_ID)
    *id = g_value_get_int64 (value);
  else
    take_text (name, value);
}

static void
get_named (gint64 id, const char *name, guint property_id, GValue *value)
{
  if (property_id == PROP_ID)
    g_value_set_int64 (value, id);
  else
    g_value_set_string (value, name);
}

static void
install_named (GomResourceClass *klass, const char *table)
{
  install_number (G_OBJECT_CLASS (klass), PROP_ID, "id");
  install_text (G_OBJECT_CLASS (klass), PROP_NAME, "name");
  gom_resource_class_set_table (klass, table);
  gom_resource_class_set_primary_key (klass, "id");
}

static void
gom_bench_category_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  GomBenchCategory *self = GOM_BENCH_CATEGORY (object);

  set_named (&self->id, &self->name, property_id, value);
}

static void
gom_bench_category_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  GomBenchCategory *self = GOM_BENCH_CATEGORY (object);

  get_named (self->id, self->name, property_id, value);
}

static void
gom_bench_category_finalize (GObject *object)
{
  g_free (GOM_BENCH_CATEGORY (object)->name);

  G_OBJECT_CLASS (gom_bench_category_parent_class)->finalize (object);
}

static void
gom_bench_category_class_init (GomBenchCategoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = gom_bench_category_set_property;
  object_class->get_property = gom_bench_category_get_property;
  object_class->finalize = gom_bench_category_finalize;

  install_named (GOM_RESOURCE_CLASS (klass), "categories");
}

static void
gom_bench_category_init (GomBenchCategory *self)
{
}

static void
gom_bench_user_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  GomBenchUser *self = GOM_BENCH_USER (object);

  set_named (&self->id, &self->name, property_id, value);
}

static void
gom_bench_user_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  GomBenchUser *self = GOM_BENCH_USER (object);

  get_named (self->id, self->name, property_id, value);
}

static void
gom_bench_user_finalize (GObject *object)
{
  g_free (GOM_BENCH_USER (object)->name);

  G_OBJECT_CLASS (gom_bench_user_parent_class)->finalize (object);
}

static void
gom_bench_user_class_init (GomBenchUserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = gom_bench_user_set_property;
  object_class->get_property = gom_bench_user_get_property;
  object_class->finalize = gom_bench_user_finalize;

  install_named (GOM_RESOURCE_CLASS (klass), "users");
}

static void
gom_bench_user_init (GomBenchUser *self)
{
}
