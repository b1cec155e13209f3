/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-row-private.h"
#include "budget-money.h"
#include "budget-rule.h"

#include <glib/gi18n.h>
#include <string.h>

/* From a line of a whole book's file to an entity that stands for it. */

/* The largest number that programs agree on (RFC 8259, section 6); there is room
 * behind it for what comes later. */
#define LARGEST_NUMBER ((G_GINT64_CONSTANT (1) << 53) - 1)

void
_budget_book_rows_init (BudgetBookRows *self, guint digits)
{
  *self = (BudgetBookRows){ .parser = json_parser_new_immutable (), .digits = digits };

  for (guint i = 0; i < BUDGET_N_TABLES; i++)
    self->rows[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

void
_budget_book_rows_clear (BudgetBookRows *self)
{
  g_clear_object (&self->parser);
  for (guint i = 0; i < BUDGET_N_TABLES; i++)
    g_clear_pointer (&self->rows[i], g_hash_table_unref);
}

void
_budget_book_rows_keep (BudgetBookRows *self, BudgetTableId table, gint64 id, gpointer entity)
{
  g_hash_table_insert (self->rows[table], g_memdup2 (&id, sizeof id), g_object_ref (entity));
}

gpointer
_budget_book_rows_find (BudgetBookRows *self, BudgetTableId table, gint64 id)
{
  return g_hash_table_lookup (self->rows[table], &id);
}

/* Says on which line it was. */
void
_budget_book_row_prefix_error (const BudgetJsonSlice *slice, GError **error)
{
  /* Translators: the number of a line of a file; what is wrong there follows. */
  g_prefix_error (error, _("Line %u: "), slice->line);
}

static gboolean
refuse (GError **error, char *message)
{
  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT, message);
  g_free (message);
  return FALSE;
}

static gboolean
refuse_kind (GError **error, const BudgetField *field)
{
  /* Translators: %s is the name of a value in a file. */
  return refuse (error, g_strdup_printf (_("“%s” is not written as it has to be"), field->member));
}

/* A number above zero, and not so large that none could follow. */
gboolean
_budget_book_row_get_id (JsonObject *object, const char *member, gint64 *id)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  *id = json_node_get_int (node);
  return *id > 0 && *id <= LARGEST_NUMBER;
}

/*
 * _budget_book_rows_parse:
 * @self: rows
 * @slice: one of them
 * @table: which table it is of
 * @id: (out): its id, which no other row of the table has had
 * @error: return location for a #BudgetError
 *
 * Returns: (transfer none) (nullable): the row, until the next one is parsed
 */
JsonObject *
_budget_book_rows_parse (BudgetBookRows *self,
                         const BudgetJsonSlice *slice,
                         BudgetTableId table,
                         gint64 *id,
                         GError **error)
{
  g_autoptr (GError) cause = NULL;
  JsonObject *object;
  JsonNode *root;

  /* What the parser says is in English and counts its own lines. */
  if (!json_parser_load_from_data (self->parser, slice->text, (gssize) slice->length, &cause))
    {
      refuse (error, g_strdup (_("this is not JSON")));
      return NULL;
    }

  root = json_parser_get_root (self->parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      refuse (error, g_strdup (_("a row is missing")));
      return NULL;
    }

  object = json_node_get_object (root);
  if (_budget_book_row_get_id (object, "id", id) && !g_hash_table_contains (self->rows[table], id))
    return object;

  refuse (error, g_strdup (_("the row has no id of its own")));
  return NULL;
}

/* Year, month and day, as 2026-11-22; nothing else. */
static gboolean
read_date (const char *text, GDate *date)
{
  guint parts[3] = { 0, 0, 0 };
  guint part = 0;

  if (strlen (text) != 10)
    return FALSE;

  for (guint i = 0; i < 10; i++)
    if (i == 4 || i == 7)
      {
        if (text[i] != '-')
          return FALSE;
        part++;
      }
    else if (g_ascii_isdigit (text[i]))
      parts[part] = parts[part] * 10 + (guint) (text[i] - '0');
    else
      return FALSE;

  if (!g_date_valid_dmy ((GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]))
    return FALSE;

  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]);
  return TRUE;
}

static gboolean
read_enum (const char *text, GValue *value)
{
  GEnumClass *klass = g_type_class_peek (G_VALUE_TYPE (value));
  const GEnumValue *entry = g_enum_get_value_by_nick (klass, text);

  if (entry != NULL)
    g_value_set_enum (value, entry->value);
  return entry != NULL;
}

/* What stands in the file as a text. */
static gboolean
read_text (
  BudgetBookRows *self, const BudgetField *field, const char *text, GValue *value, GError **error)
{
  GDateTime *time;
  gint64 amount;
  GDate date;

  switch (field->kind)
    {
    case BUDGET_FIELD_TEXT:
      g_value_set_string (value, text);
      return TRUE;
    case BUDGET_FIELD_AMOUNT:
      if (!budget_money_parse_decimal (text, self->digits, &amount, error))
        return FALSE;
      g_value_set_int64 (value, amount);
      return TRUE;
    case BUDGET_FIELD_ENUM:
      return read_enum (text, value) || refuse_kind (error, field);
    case BUDGET_FIELD_DATE:
      if (!read_date (text, &date))
        /* Translators: %s is what stands where a date is expected. */
        return refuse (error, g_strdup_printf (_("“%s” is not a date"), text));
      g_value_set_boxed (value, &date);
      return TRUE;
    case BUDGET_FIELD_TIME:
      time = g_date_time_new_from_iso8601 (text, NULL);
      if (time == NULL)
        return refuse_kind (error, field);
      g_value_take_boxed (value, time);
      return TRUE;
    case BUDGET_FIELD_INTEGER:
    case BUDGET_FIELD_BOOLEAN:
    case BUDGET_FIELD_REFERENCE:
    case BUDGET_FIELD_LINKS:
    default:
      return refuse_kind (error, field);
    }
}

static gboolean
read_value (
  BudgetBookRows *self, const BudgetField *field, JsonNode *node, GValue *value, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  if (type == G_TYPE_STRING)
    return read_text (self, field, json_node_get_string (node), value, error);

  if (type == G_TYPE_INT64 && field->kind == BUDGET_FIELD_INTEGER &&
      json_node_get_int (node) <= LARGEST_NUMBER)
    g_value_set_int64 (value, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN && field->kind == BUDGET_FIELD_BOOLEAN)
    g_value_set_boolean (value, json_node_get_boolean (node));
  else
    return refuse_kind (error, field);

  return TRUE;
}

/* Returns: (nullable): what the row says of it; %NULL if that is nothing */
static JsonNode *
get_node (JsonObject *object, const BudgetField *field)
{
  JsonNode *node = json_object_get_member (object, field->member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gboolean
check_needed (JsonNode *node, const BudgetField *field, GError **error)
{
  if (node != NULL || !field->is_needed)
    return TRUE;

  /* Translators: %s is the name of a value in a file. */
  return refuse (error, g_strdup_printf (_("“%s” is missing"), field->member));
}

static gboolean
set_field (BudgetBookRows *self,
           OrmEntity *entity,
           const BudgetField *field,
           JsonObject *object,
           GError **error)
{
  JsonNode *node = get_node (object, field);
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (entity), field->property);
  g_auto (GValue) value = G_VALUE_INIT;

  if (node == NULL)
    return check_needed (node, field, error);

  g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (pspec));
  return read_value (self, field, node, &value, error) &&
         orm_entity_set (entity, field->property, &value, error);
}

/*
 * _budget_book_rows_read:
 * @self: rows
 * @table: which table it is of
 * @object: a row
 * @error: return location for a #BudgetError
 *
 * Returns: (transfer full) (nullable): what stands in the row, without what it
 *   names
 */
OrmEntity *
_budget_book_rows_read (BudgetBookRows *self,
                        BudgetTableId table,
                        JsonObject *object,
                        GError **error)
{
  const BudgetTable *description = _budget_table_get (table);
  g_autoptr (OrmEntity) entity = g_object_new (description->get_type (), NULL);

  for (guint i = 0; i < description->n_fields; i++)
    {
      const BudgetField *field = &description->fields[i];

      if (field->kind != BUDGET_FIELD_REFERENCE && field->kind != BUDGET_FIELD_LINKS &&
          !set_field (self, entity, field, object, error))
        return NULL;
    }

  if (table == BUDGET_TABLE_RULES)
    budget_rule_set_position (BUDGET_RULE (entity),
                              budget_rule_get_position (BUDGET_RULE (entity)) + self->position);
  return g_steal_pointer (&entity);
}

static gboolean
refuse_dangling (GError **error, const BudgetField *field, gint64 id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  /* Translators: the name of a value in a file, a number, and the name of a list there. */
  return refuse (error, g_strdup_printf (_("“%1$s” is the row %2$s of “%3$s”, which is not there"),
                                            field->member, number,
                                            _budget_table_get (field->table)->member));
}

static gboolean
set_reference (BudgetBookRows *self,
               OrmEntity *entity,
               const BudgetField *field,
               JsonObject *object,
               GError **error)
{
  JsonNode *node = get_node (object, field);
  gpointer target;
  gint64 id;

  if (node == NULL)
    return check_needed (node, field, error);

  if (!_budget_book_row_get_id (object, field->member, &id))
    return refuse_kind (error, field);

  target = _budget_book_rows_find (self, field->table, id);
  if (target == NULL)
    return refuse_dangling (error, field, id);

  if (orm_entity_set_reference (entity, field->property, target))
    return TRUE;

  g_propagate_error (error, g_error_copy (orm_entity_get_error (entity)));
  return FALSE;
}

/*
 * _budget_book_rows_relate:
 * @self: rows
 * @table: which table it is of
 * @entity: what stands in the row
 * @object: the row
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Gives an entity the rows of earlier tables that it names.
 *
 * Returns: %FALSE if one is not there
 */
gboolean
_budget_book_rows_relate (
  BudgetBookRows *self, BudgetTableId table, OrmEntity *entity, JsonObject *object, GError **error)
{
  const BudgetTable *description = _budget_table_get (table);

  for (guint i = 0; i < description->n_fields; i++)
    {
      const BudgetField *field = &description->fields[i];

      if (field->kind == BUDGET_FIELD_REFERENCE && field->table != table &&
          !set_reference (self, entity, field, object, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_links (BudgetBookRows *self,
           OrmEntity *entity,
           const BudgetField *field,
           JsonObject *object,
           GError **error)
{
  JsonNode *node = get_node (object, field);
  JsonArray *ids;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse_kind (error, field);

  ids = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      JsonNode *element = json_array_get_element (ids, i);
      gpointer target;

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_INT64)
        return refuse_kind (error, field);

      target = _budget_book_rows_find (self, field->table, json_node_get_int (element));
      if (target == NULL)
        return refuse_dangling (error, field, json_node_get_int (element));

      orm_collection_append (orm_entity_get_collection (entity, field->property), target);
    }

  return TRUE;
}

/*
 * _budget_book_rows_link:
 * @self: rows
 * @table: which table it is of
 * @entity: what stands in the row, in a session
 * @object: the row
 * @error: return location for a #BudgetError
 *
 * Gives an entity the lists of rows that it names.
 *
 * Returns: %FALSE if one is not there
 */
gboolean
_budget_book_rows_link (
  BudgetBookRows *self, BudgetTableId table, OrmEntity *entity, JsonObject *object, GError **error)
{
  const BudgetTable *description = _budget_table_get (table);

  for (guint i = 0; i < description->n_fields; i++)
    if (description->fields[i].kind == BUDGET_FIELD_LINKS &&
        !add_links (self, entity, &description->fields[i], object, error))
      return FALSE;

  return TRUE;
}
