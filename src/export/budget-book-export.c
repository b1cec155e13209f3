/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-tables-private.h"
#include "budget-export-kinds-private.h"
#include "budget-json-export.h"
#include "budget-money.h"

/*
 * Exports the whole book as one JSON object with a list for each table and a
 * line for each row, sorted by id. Rows refer to each other by id. Amounts are
 * decimal strings in the book's currency; dates and times are those of ISO
 * 8601, times in UTC. budget_book_importer_read() restores the same book.
 */

struct _BudgetBookExport
{
  BudgetExportWriter parent_instance;

  gboolean has_tags;
  gboolean is_first;
};

G_DEFINE_FINAL_TYPE (BudgetBookExport, budget_book_export, BUDGET_TYPE_EXPORT_WRITER)

static gboolean
budget_book_export_plan (BudgetExportWriter *writer, GError **error)
{
  BudgetBook *book = _budget_export_writer_get_book (writer);

  BUDGET_BOOK_EXPORT (writer)->has_tags =
    g_list_model_get_n_items (budget_book_get_tags (book)) > 0;

  for (int i = 0; i < BUDGET_N_TABLES; i++)
    {
      g_autoptr (OrmQuery) query =
        orm_query_new (_budget_table_get ((BudgetTableId) i)->get_type ());

      orm_query_order_by (query, "id", ORM_ASCENDING);
      if (!_budget_export_writer_add_query (writer, NULL, query, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
budget_book_export_start (BudgetExportWriter *writer, GError **error)
{
  g_string_append_printf (_budget_export_writer_get_buffer (writer),
                          "{\"format\": \"%s\", \"version\": %d, \"currency\": \"%s\"",
                          BUDGET_BOOK_JSON_FORMAT, BUDGET_BOOK_JSON_VERSION,
                          budget_book_get_currency (_budget_export_writer_get_book (writer)));
  return TRUE;
}

static gboolean
budget_book_export_begin (BudgetExportWriter *writer, guint section, GError **error)
{
  BUDGET_BOOK_EXPORT (writer)->is_first = TRUE;
  g_string_append_printf (_budget_export_writer_get_buffer (writer), ",\n\"%s\": [",
                          _budget_table_get ((BudgetTableId) section)->member);
  return TRUE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static void
add_links (BudgetBookExport *self, JsonBuilder *builder, OrmEntity *entity, const char *property)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GListModel *members =
    self->has_tags ? G_LIST_MODEL (orm_entity_get_collection (entity, property)) : NULL;

  for (guint i = 0; members != NULL && i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (OrmEntity) member = g_list_model_get_item (members, i);
      gint64 id = member != NULL ? orm_entity_get_id (member) : 0;

      if (id != 0)
        g_array_append_val (ids, id);
    }

  g_array_sort (ids, compare_ids);
  json_builder_begin_array (builder);
  for (guint i = 0; i < ids->len; i++)
    json_builder_add_int_value (builder, g_array_index (ids, gint64, i));
  json_builder_end_array (builder);
}

static void
add_enum (JsonBuilder *builder, const GValue *value)
{
  GEnumClass *klass = g_type_class_peek (G_VALUE_TYPE (value));
  const GEnumValue *entry = g_enum_get_value (klass, g_value_get_enum (value));

  json_builder_add_string_value (builder, entry != NULL ? entry->value_nick : "");
}

static void
add_time (JsonBuilder *builder, const char *member, GDateTime *time)
{
  g_autoptr (GDateTime) utc = time != NULL ? g_date_time_to_utc (time) : NULL;
  g_autofree char *text = utc != NULL ? g_date_time_format (utc, "%C%y-%m-%dT%H:%M:%SZ") : NULL;

  budget_json_add_text (builder, member, text);
}

static void
add_value (JsonBuilder *builder, const BudgetField *field, OrmEntity *entity, guint digits)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (entity), field->property, &value);
  switch (field->kind)
    {
    case BUDGET_FIELD_TEXT:
      budget_json_add_text (builder, field->member, g_value_get_string (&value));
      break;
    case BUDGET_FIELD_INTEGER:
      json_builder_set_member_name (builder, field->member);
      json_builder_add_int_value (builder, g_value_get_int64 (&value));
      break;
    case BUDGET_FIELD_AMOUNT:
      budget_json_add_amount (builder, field->member, g_value_get_int64 (&value), digits);
      break;
    case BUDGET_FIELD_BOOLEAN:
      json_builder_set_member_name (builder, field->member);
      json_builder_add_boolean_value (builder, g_value_get_boolean (&value));
      break;
    case BUDGET_FIELD_ENUM:
      json_builder_set_member_name (builder, field->member);
      add_enum (builder, &value);
      break;
    case BUDGET_FIELD_DATE:
      budget_json_add_date (builder, field->member, g_value_get_boxed (&value));
      break;
    case BUDGET_FIELD_TIME:
      add_time (builder, field->member, g_value_get_boxed (&value));
      break;
    case BUDGET_FIELD_REFERENCE:
    case BUDGET_FIELD_LINKS:
    default:
      g_assert_not_reached ();
    }
}

static void
add_reference (JsonBuilder *builder, const BudgetField *field, OrmEntity *entity)
{
  gint64 id = orm_entity_get_reference_id (entity, field->property);

  json_builder_set_member_name (builder, field->member);
  if (id != 0)
    json_builder_add_int_value (builder, id);
  else
    json_builder_add_null_value (builder);
}

static void
build_row (BudgetBookExport *self, JsonBuilder *builder, OrmEntity *entity)
{
  BudgetExportWriter *writer = BUDGET_EXPORT_WRITER (self);
  const BudgetTable *table =
    _budget_table_get ((BudgetTableId) _budget_export_writer_get_section (writer));
  guint digits = budget_book_get_digits (_budget_export_writer_get_book (writer));

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_int_value (builder, orm_entity_get_id (entity));
  for (guint i = 0; i < table->n_fields; i++)
    {
      const BudgetField *field = &table->fields[i];

      if (field->kind == BUDGET_FIELD_REFERENCE)
        add_reference (builder, field, entity);
      else if (field->kind == BUDGET_FIELD_LINKS)
        {
          json_builder_set_member_name (builder, field->member);
          add_links (self, builder, entity, field->property);
        }
      else
        add_value (builder, field, entity, digits);
    }
  json_builder_end_object (builder);
}

static gboolean
budget_book_export_add (BudgetExportWriter *writer, gpointer item, GError **error)
{
  BudgetBookExport *self = BUDGET_BOOK_EXPORT (writer);
  GString *buffer = _budget_export_writer_get_buffer (writer);
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (BUDGET_IS_EXPENSE (item) && !_budget_export_check_expense (item, error))
    return FALSE;

  builder = json_builder_new ();
  build_row (self, builder, item);
  node = json_builder_get_root (builder);
  text = json_to_string (node, FALSE);
  g_string_append (buffer, self->is_first ? "\n" : ",\n");
  g_string_append (buffer, text);
  self->is_first = FALSE;
  return TRUE;
}

static gboolean
budget_book_export_end (BudgetExportWriter *writer, guint section, GError **error)
{
  g_string_append (_budget_export_writer_get_buffer (writer),
                   BUDGET_BOOK_EXPORT (writer)->is_first ? "]" : "\n]");
  return TRUE;
}

static gboolean
budget_book_export_finish (BudgetExportWriter *writer, GError **error)
{
  g_string_append (_budget_export_writer_get_buffer (writer), "}\n");
  return TRUE;
}

static void
budget_book_export_class_init (BudgetBookExportClass *klass)
{
  BudgetExportWriterClass *writer_class = BUDGET_EXPORT_WRITER_CLASS (klass);

  writer_class->plan = budget_book_export_plan;
  writer_class->start = budget_book_export_start;
  writer_class->begin = budget_book_export_begin;
  writer_class->add = budget_book_export_add;
  writer_class->end = budget_book_export_end;
  writer_class->finish = budget_book_export_finish;
}

static void
budget_book_export_init (BudgetBookExport *self)
{
}
