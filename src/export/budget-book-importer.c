/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-book-importer.h"
#include "budget-book-matcher-private.h"
#include "budget-book-tables-private.h"
#include "budget-currency.h"
#include "budget-error.h"
#include "budget-json-slices.h"
#include "budget-money.h"
#include "budget-rule.h"
#include "budget-starter.h"
#include "budget-steps.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

/*
 * Imports the file of a whole book. A new book becomes a copy of the file,
 * including the ids; any other book gets the rows that it does not have yet.
 * All of it is one transaction: on an error, the book is unchanged.
 */

#define SNIFF_SIZE 4096
#define ROWS_A_STEP 500

/*
 * The largest integer that JSON programs agree on (RFC 8259, section 6). A
 * larger id could leave no room for the ids of new rows.
 */
#define MAX_INTEGER ((G_GINT64_CONSTANT (1) << 53) - 1)

/*
 * Rows:
 * @parser: reads one row after the other
 * @digits: how many decimals the file's amounts have
 * @rows: of each table, the file's id → the entity that it became
 * @position: added to the positions of rules
 *
 * Converts the rows of a file into entities.
 */
typedef struct
{
  JsonParser *parser;
  guint digits;
  GHashTable *rows[BUDGET_N_TABLES];
  gint64 position;
} Rows;

static void
rows_init (Rows *self, guint digits)
{
  *self = (Rows){ .parser = json_parser_new_immutable (), .digits = digits };

  for (guint i = 0; i < BUDGET_N_TABLES; i++)
    self->rows[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

static void
rows_clear (Rows *self)
{
  g_clear_object (&self->parser);
  for (guint i = 0; i < BUDGET_N_TABLES; i++)
    g_clear_pointer (&self->rows[i], g_hash_table_unref);
}

static void
rows_keep (Rows *self, BudgetTableId table, gint64 id, gpointer entity)
{
  g_hash_table_insert (self->rows[table], g_memdup2 (&id, sizeof id), g_object_ref (entity));
}

static gpointer
rows_find (Rows *self, BudgetTableId table, gint64 id)
{
  return g_hash_table_lookup (self->rows[table], &id);
}

/* Prefixes the error with the line number. */
static void
prefix_line (const BudgetJsonSlice *slice, GError **error)
{
  /* Translators: the number of a line of a file; what is wrong there follows. */
  g_prefix_error (error, _("Line %u: "), slice->line);
}

static gboolean
refuse_kind (GError **error, const BudgetField *field)
{
  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
               /* Translators: %s is the name of a value in a file. */
               _("“%s” has an invalid value"), field->member);
  return FALSE;
}

/* Reads an id: a positive integer, at most MAX_INTEGER. */
static gboolean
get_id (JsonObject *object, const char *member, gint64 *id)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  *id = json_node_get_int (node);
  return *id > 0 && *id <= MAX_INTEGER;
}

/*
 * rows_parse:
 * @self: rows
 * @slice: one of them
 * @table: which table it is of
 * @id: (out): its id, which no other row of the table has had
 * @error: return location for a #BudgetError
 *
 * Returns: (transfer none) (nullable): the row, until the next one is parsed
 */
static JsonObject *
rows_parse (
  Rows *self, const BudgetJsonSlice *slice, BudgetTableId table, gint64 *id, GError **error)
{
  g_autoptr (GError) cause = NULL;
  JsonObject *object;
  JsonNode *root;

  /* The parser's message is in English and counts the lines of the row. */
  if (!json_parser_load_from_data (self->parser, slice->text, (gssize) slice->length, &cause))
    {
      budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("the row is not valid JSON"));
      return NULL;
    }

  root = json_parser_get_root (self->parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("the row is not a JSON object"));
      return NULL;
    }

  object = json_node_get_object (root);
  if (get_id (object, "id", id) && !g_hash_table_contains (self->rows[table], id))
    return object;

  budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                 _("the row has no valid id, or another "
                                                        "row has the same"));
  return NULL;
}

/* Reads a date of the form 2026-11-22. */
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
read_day (const char *text, GValue *value, GError **error)
{
  GDate date;

  if (!read_date (text, &date))
    {
      g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
                   /* Translators: %s is what stands where a date is expected. */
                   _("“%s” is not a date"), text);
      return FALSE;
    }

  g_value_set_boxed (value, &date);
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

/* Reads a value that the file has as a string. */
static gboolean
read_text (Rows *self, const BudgetField *field, const char *text, GValue *value, GError **error)
{
  GDateTime *time;
  gint64 amount;

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
      return read_day (text, value, error);
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
read_value (Rows *self, const BudgetField *field, JsonNode *node, GValue *value, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  if (type == G_TYPE_STRING)
    return read_text (self, field, json_node_get_string (node), value, error);

  if (type == G_TYPE_INT64 && field->kind == BUDGET_FIELD_INTEGER &&
      json_node_get_int (node) <= MAX_INTEGER)
    g_value_set_int64 (value, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN && field->kind == BUDGET_FIELD_BOOLEAN)
    g_value_set_boolean (value, json_node_get_boolean (node));
  else
    return refuse_kind (error, field);

  return TRUE;
}

/* Returns: (nullable): the field's value; %NULL if it is missing or null */
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

  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
               /* Translators: %s is the name of a value in a file. */
               _("“%s” is missing"), field->member);
  return FALSE;
}

static gboolean
set_field (
  Rows *self, OrmEntity *entity, const BudgetField *field, JsonObject *object, GError **error)
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
 * rows_read:
 * @self: rows
 * @table: which table it is of
 * @object: a row
 * @error: return location for a #BudgetError
 *
 * Returns: (transfer full) (nullable): the row's entity, without its
 *   references
 */
static OrmEntity *
rows_read (Rows *self, BudgetTableId table, JsonObject *object, GError **error)
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

  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
               /* Translators: the name of a value in a file, a number, and a list there. */
               _("“%1$s” refers to row %2$s of “%3$s”, which does not exist"), field->member,
                  number, _budget_table_get (field->table)->member);
  return FALSE;
}

static gboolean
set_reference (
  Rows *self, OrmEntity *entity, const BudgetField *field, JsonObject *object, GError **error)
{
  JsonNode *node = get_node (object, field);
  gpointer target;
  gint64 id;

  if (node == NULL)
    return check_needed (node, field, error);

  if (!get_id (object, field->member, &id))
    return refuse_kind (error, field);

  target = rows_find (self, field->table, id);
  if (target == NULL)
    return refuse_dangling (error, field, id);

  if (orm_entity_set_reference (entity, field->property, target))
    return TRUE;

  g_propagate_error (error, g_error_copy (orm_entity_get_error (entity)));
  return FALSE;
}

/*
 * rows_relate:
 * @self: rows
 * @table: which table it is of
 * @entity: the row's entity
 * @object: the row
 * @error: return location for a #BudgetError or an #OrmError
 *
 * Sets an entity's references to rows of earlier tables.
 *
 * Returns: %FALSE if one is not there
 */
static gboolean
rows_relate (Rows *self, BudgetTableId table, OrmEntity *entity, JsonObject *object, GError **error)
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
add_links (
  Rows *self, OrmEntity *entity, const BudgetField *field, JsonObject *object, GError **error)
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

      target = rows_find (self, field->table, json_node_get_int (element));
      if (target == NULL)
        return refuse_dangling (error, field, json_node_get_int (element));

      orm_collection_append (orm_entity_get_collection (entity, field->property), target);
    }

  return TRUE;
}

/*
 * rows_link:
 * @self: rows
 * @table: which table it is of
 * @entity: the row's entity, in a session
 * @object: the row
 * @error: return location for a #BudgetError
 *
 * Fills an entity's lists of references.
 *
 * Returns: %FALSE if one is not there
 */
static gboolean
rows_link (Rows *self, BudgetTableId table, OrmEntity *entity, JsonObject *object, GError **error)
{
  const BudgetTable *description = _budget_table_get (table);

  for (guint i = 0; i < description->n_fields; i++)
    if (description->fields[i].kind == BUDGET_FIELD_LINKS &&
        !add_links (self, entity, &description->fields[i], object, error))
      return FALSE;

  return TRUE;
}

/* One half of a transfer. The other half may come later in the file. */
typedef struct
{
  BudgetExpense *expense; /* held by the rows */
  gint64 other_id;
  const BudgetJsonSlice *slice;
} Pair;

typedef struct
{
  BudgetBook *book;
  OrmSession *session;
  GPtrArray *members; /* of BudgetJsonMember */
  char *currency;
  gboolean is_new; /* the book is new and takes over the ids of the file */
  Rows rows;
  BudgetBookMatcher matcher;
  GHashTable *known_ids; /* the file's id of an expense → the book's id of the same */
  GArray *pairs;         /* of Pair */
  BudgetBookImportCounts counts;
  BudgetBookImportFlags flags;
  BudgetTableId table; /* whose rows are added */
  guint position;      /* of the next of them */
  gboolean has_begun;
} Reading;

static void
reading_clear (Reading *self)
{
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_pointer (&self->known_ids, g_hash_table_unref);
  g_clear_pointer (&self->pairs, g_array_unref);
  rows_clear (&self->rows);
  _budget_book_matcher_clear (&self->matcher);
  g_free (self->currency);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static const BudgetJsonMember *
find_member (Reading *self, const char *name)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      const BudgetJsonMember *member = g_ptr_array_index (self->members, i);

      if (g_str_equal (member->name, name))
        return member;
    }

  return NULL;
}

static JsonNode *
parse_member (Reading *self, const char *name)
{
  const BudgetJsonMember *member = find_member (self, name);
  g_autofree char *text = NULL;

  if (member == NULL || member->value.text == NULL)
    return NULL;

  text = g_strndup (member->value.text, member->value.length);
  return json_from_string (text, NULL);
}

static gboolean
check_heading (Reading *self, GError **error)
{
  g_autoptr (JsonNode) format = parse_member (self, "format");
  g_autoptr (JsonNode) version = parse_member (self, "version");
  g_autoptr (JsonNode) currency = parse_member (self, "currency");

  if (format == NULL || g_strcmp0 (json_node_get_string (format), BUDGET_BOOK_JSON_FORMAT) != 0 ||
      version == NULL || json_node_get_value_type (version) != G_TYPE_INT64 ||
      json_node_get_int (version) < 1)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("This is not a Budget book"));

  if (json_node_get_int (version) > BUDGET_BOOK_JSON_VERSION)
    return budget_refuse (
      error, BUDGET_ERROR_NEWER_BOOK,
      _("The file was written by a newer version of Budget; update Budget to read it"));

  if (currency == NULL || json_node_get_string (currency) == NULL)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _("The file does not name the book’s currency"));

  self->currency = json_node_dup_string (currency);
  return TRUE;
}

/* Files of older versions lack some lists, so only these are required. */
static gboolean
check_tables (Reading *self, GError **error)
{
  static const BudgetTableId needed[] = { BUDGET_TABLE_PEOPLE, BUDGET_TABLE_CATEGORIES,
                                          BUDGET_TABLE_EXPENSES };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      const char *name = _budget_table_get (needed[i])->member;
      const BudgetJsonMember *member = find_member (self, name);

      if (member == NULL || member->elements == NULL)
        {
          g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
                       /* Translators: %s is the name of a list in a file. */
                       _("The list “%s” is missing from the file"), name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
delete_all (Reading *self, BudgetTableId table, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (_budget_table_get (table)->get_type ());
  g_autoptr (GListModel) rows = orm_session_find (self->session, query, error);

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (OrmEntity) row = g_list_model_get_item (rows, i);

      if (row != NULL && !orm_session_delete (self->session, row, error))
        return FALSE;
    }

  return TRUE;
}

/* Deletes the starter rows of a new book: the rows of the file may have the same ids. */
static gboolean
make_room (Reading *self, GError **error)
{
  return delete_all (self, BUDGET_TABLE_SETTINGS, error) &&
         delete_all (self, BUDGET_TABLE_PEOPLE, error) &&
         delete_all (self, BUDGET_TABLE_CATEGORIES, error) &&
         orm_session_flush (self->session, error);
}

static gboolean
check_currency (Reading *self, GError **error)
{
  const char *currency = budget_book_get_currency (self->book);

  if (g_str_equal (currency, self->currency))
    return TRUE;

  if (budget_book_is_empty (self->book))
    return budget_book_set_currency (self->book, self->currency, error);

  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_FAILED,
               /* Translators: two currencies, such as USD and EUR. */
               _("The file uses %1$s and the book uses %2$s. Import it into a new book instead."),
                  self->currency, currency);
  return FALSE;
}

static guint64
count_rows (OrmSession *session, BudgetTableId table)
{
  g_autoptr (OrmQuery) query = orm_query_new (_budget_table_get (table)->get_type ());
  guint64 n_rows = 0;

  return orm_session_count (session, query, &n_rows, NULL) ? n_rows : 1;
}

/* The names and properties of all rows as one string, for comparing. */
static char *
dup_names (GListModel *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (OrmEntity) row = g_list_model_get_item (rows, i);

      if (BUDGET_IS_USER (row))
        g_string_append_printf (text, "%s|%s\n", budget_user_get_name (BUDGET_USER (row)),
                                budget_user_get_email (BUDGET_USER (row)));
      else if (BUDGET_IS_CATEGORY (row))
        g_string_append_printf (text, "%s|%s|%d\n",
                                budget_category_get_name (BUDGET_CATEGORY (row)),
                                budget_category_get_color (BUDGET_CATEGORY (row)),
                                (int) budget_category_get_kind (BUDGET_CATEGORY (row)));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether the book is as it was created: it has the starter rows and no others. */
static gboolean
is_new_book (BudgetBook *book)
{
  g_autoptr (BudgetBook) starter = NULL;
  g_autofree char *names = dup_names (budget_book_get_categories (book));
  g_autofree char *people = dup_names (budget_book_get_users (book));
  g_autofree char *new_names = NULL;
  g_autofree char *new_people = NULL;

  for (int i = BUDGET_TABLE_ACCOUNTS; i < BUDGET_N_TABLES; i++)
    if (count_rows (budget_book_get_session (book), (BudgetTableId) i) > 0)
      return FALSE;

  if (*names == '\0' && *people == '\0')
    return TRUE;

  starter = budget_book_new_in_memory (NULL);
  if (starter == NULL || !budget_starter_fill (budget_book_get_session (starter), NULL) ||
      !budget_book_commit (starter, NULL, NULL))
    return FALSE;

  new_names = dup_names (budget_book_get_categories (starter));
  new_people = dup_names (budget_book_get_users (starter));
  return g_str_equal (names, new_names) && g_str_equal (people, new_people);
}

static gboolean
prepare (Reading *self, GError **error)
{
  self->is_new = is_new_book (self->book);
  if (self->is_new)
    return make_room (self, error);

  if (!check_currency (self, error) ||
      !_budget_book_matcher_init (&self->matcher, self->book, error))
    return FALSE;

  self->rows.position = self->matcher.last_position + 1;
  return TRUE;
}

/* Uses what the book already has in place of the row. */
static gboolean
use_match (Reading *self, BudgetTableId table, gint64 id, OrmEntity *entity)
{
  gpointer found;
  gint64 known_id;

  if (table != BUDGET_TABLE_EXPENSES)
    {
      found = _budget_book_matcher_find (&self->matcher, table, entity);
      if (found != NULL)
        rows_keep (&self->rows, table, id, found);
      return found != NULL;
    }

  known_id = _budget_book_matcher_take_expense (&self->matcher, BUDGET_EXPENSE (entity));
  if (known_id == 0)
    return FALSE;

  self->counts.n_duplicates++;
  g_hash_table_insert (self->known_ids, g_memdup2 (&id, sizeof id),
                       g_memdup2 (&known_id, sizeof known_id));
  return TRUE;
}

/* What an import changed in an expense says nothing of the one that the book has. */
static gboolean
is_change_of_known (Reading *self, BudgetTableId table, JsonObject *object)
{
  gint64 id;

  return table == BUDGET_TABLE_IMPORT_CHANGES && get_id (object, "expense", &id) &&
         g_hash_table_contains (self->known_ids, &id);
}

static gboolean
count_expense (Reading *self, OrmEntity *entity)
{
  if (!BUDGET_IS_EXPENSE (entity))
    return TRUE;

  self->counts.n_added++;
  return budget_money_add (self->counts.sum, budget_expense_get_amount (BUDGET_EXPENSE (entity)),
                           &self->counts.sum);
}

/* Remembers a half of a transfer until all expenses are read. */
static gboolean
take_pair (Reading *self, OrmEntity *entity, JsonObject *object, const BudgetJsonSlice *slice)
{
  Pair halves = { .slice = slice };

  if (!BUDGET_IS_EXPENSE (entity) || !json_object_has_member (object, "counterpart") ||
      json_object_get_null_member (object, "counterpart"))
    return TRUE;

  if (!get_id (object, "counterpart", &halves.other_id))
    return FALSE;

  halves.expense = BUDGET_EXPENSE (entity);
  g_array_append_val (self->pairs, halves);
  return TRUE;
}

static gboolean
add_row (Reading *self, BudgetTableId table, const BudgetJsonSlice *slice, GError **error)
{
  g_autoptr (OrmEntity) entity = NULL;
  JsonObject *object;
  gint64 id;

  object = rows_parse (&self->rows, slice, table, &id, error);
  entity = object != NULL ? rows_read (&self->rows, table, object, error) : NULL;
  if (entity == NULL)
    return FALSE;

  /* A book that is not new keeps its settings. */
  if (!self->is_new && (table == BUDGET_TABLE_SETTINGS || use_match (self, table, id, entity) ||
                        is_change_of_known (self, table, object)))
    return TRUE;

  if (self->is_new)
    orm_entity_set_id (entity, id);
  if (!rows_relate (&self->rows, table, entity, object, error) ||
      !orm_session_add (self->session, entity, error) ||
      !rows_link (&self->rows, table, entity, object, error))
    return FALSE;

  rows_keep (&self->rows, table, id, entity);
  if (!take_pair (self, entity, object, slice))
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _("the other half of the transfer has no valid id"));

  return count_expense (self, entity) || budget_refuse (error, BUDGET_ERROR_INVALID_AMOUNT,
                                                        _("the sum of the amounts is too large"));
}

/* Adds the next rows of the table, or goes on to the next table. */
static gboolean
add_rows (Reading *self, GError **error)
{
  const BudgetJsonMember *member = find_member (self, _budget_table_get (self->table)->member);
  guint n_rows = member != NULL && member->elements != NULL ? member->elements->len : 0;

  for (guint i = 0; i < ROWS_A_STEP && self->position < n_rows; i++, self->position++)
    {
      const BudgetJsonSlice *slice =
        &g_array_index (member->elements, BudgetJsonSlice, self->position);

      if (!add_row (self, self->table, slice, error))
        {
          prefix_line (slice, error);
          return FALSE;
        }
    }

  if (self->position == n_rows)
    {
      self->table++;
      self->position = 0;
    }

  return TRUE;
}

static gpointer
dup_expense (Reading *self, gint64 id, GError **error)
{
  gpointer expense = rows_find (&self->rows, BUDGET_TABLE_EXPENSES, id);
  gint64 *known_id = g_hash_table_lookup (self->known_ids, &id);

  if (expense != NULL)
    return g_object_ref (expense);

  return known_id != NULL ? orm_session_get (self->session, BUDGET_TYPE_EXPENSE, *known_id, error)
                          : NULL;
}

static gboolean
pair (Reading *self, const Pair *halves, GError **error)
{
  g_autoptr (BudgetExpense) other = dup_expense (self, halves->other_id, error);

  if (other == NULL)
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                          _("the other half of the transfer is missing"));

  if (budget_expense_set_counterpart (halves->expense, other))
    return TRUE;

  g_propagate_error (error, g_error_copy (orm_entity_get_error (ORM_ENTITY (halves->expense))));
  return FALSE;
}

static gboolean
pair_all (Reading *self, GError **error)
{
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const Pair *halves = &g_array_index (self->pairs, Pair, i);

      if (!pair (self, halves, error))
        {
          prefix_line (halves->slice, error);
          return FALSE;
        }
    }

  return TRUE;
}

/* The settings may lack the currency, which the heading names. */
static gboolean
take_currency (Reading *self, GError **error)
{
  return g_str_equal (budget_book_get_currency (self->book), self->currency) ||
         budget_book_set_currency (self->book, self->currency, error);
}

static void
end_group (Reading *self)
{
  if (self->has_begun)
    orm_session_end_group (self->session);
  self->has_begun = FALSE;
}

static gboolean
finish (Reading *self, GError **error)
{
  g_autofree char *label = NULL;

  if (!pair_all (self, error))
    return FALSE;

  end_group (self);
  if (!take_currency (self, error))
    return FALSE;

  /* A dry run reports the errors of the database as well. */
  if ((self->flags & BUDGET_BOOK_IMPORT_DRY_RUN) != 0)
    {
      if (!orm_session_flush (self->session, error))
        return FALSE;

      orm_session_rollback (self->session);
      return TRUE;
    }

  /* Translators: a step that can be undone; %u is how many expenses it added. */
  label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Import of %u expense",
                                        "Import of %u expenses", self->counts.n_added),
                           self->counts.n_added);
  return budget_book_commit (self->book, label, error);
}

static gboolean
step (gpointer job, gboolean *is_done, GError **error)
{
  Reading *self = job;

  if (!self->has_begun)
    {
      orm_session_begin_group (self->session, NULL);
      self->has_begun = TRUE;
      return prepare (self, error);
    }

  if (self->table < BUDGET_N_TABLES)
    return add_rows (self, error);

  *is_done = TRUE;
  return finish (self, error);
}

static void
abandon (gpointer job)
{
  Reading *self = job;

  end_group (self);
  orm_session_rollback (self->session);
}

static const BudgetSteps steps = { step, NULL, abandon, NULL };

/**
 * budget_book_importer_sniff:
 * @bytes: the contents of a file, or their beginning
 *
 * Returns: whether the file is a whole book
 */
gboolean
budget_book_importer_sniff (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *start = NULL;
  const char *at, *format;

  g_return_val_if_fail (bytes != NULL, FALSE);

  start = g_strndup (data != NULL ? data : "", MIN (size, SNIFF_SIZE));
  at = g_str_has_prefix (start, "\xef\xbb\xbf") ? start + 3 : start;
  while (g_ascii_isspace (*at))
    at++;

  format = *at == '{' ? strstr (at, "\"format\"") : NULL;
  return format != NULL && strstr (format, "\"" BUDGET_BOOK_JSON_FORMAT "\"") != NULL;
}

/**
 * budget_book_importer_sniff_file:
 * @path: (type filename): where the file is
 *
 * Returns: whether the file is a whole book; %FALSE if it cannot be read
 */
gboolean
budget_book_importer_sniff_file (const char *path)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) start = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  /* Reading from a pipe would consume its contents. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;

  file = g_file_new_for_path (path);
  stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  start = stream != NULL ? g_input_stream_read_bytes (stream, SNIFF_SIZE, NULL, NULL) : NULL;
  return start != NULL && budget_book_importer_sniff (start);
}

/**
 * budget_book_importer_read:
 * @book: a book without unsaved changes
 * @bytes: a file that is a whole book, as budget_exporter_write_file() makes it
 * @flags: options
 * @counts: (out caller-allocates): how many expenses were added or skipped
 * @cancellable: (nullable): to stop it
 * @error: return location for a #BudgetError, an #OrmError or a #GIOErrorEnum
 *
 * Imports a whole book into @book as one undoable step. A new book becomes a
 * copy of the file, including the ids. Any other book must have the same
 * currency and gets the rows that it does not have yet: people match by e-mail
 * address, accounts by number or name, categories and tags by name, and
 * expenses by import key or else by the time of entry, date, amount and
 * description.
 *
 * Returns: %FALSE on an error; the book is then unchanged
 */
gboolean
budget_book_importer_read (BudgetBook *book,
                           GBytes *bytes,
                           BudgetBookImportFlags flags,
                           BudgetBookImportCounts *counts,
                           GCancellable *cancellable,
                           GError **error)
{
  g_auto (Reading) self = { .book = book, .flags = flags };
  gsize size;
  const char *data;

  g_return_val_if_fail (BUDGET_IS_BOOK (book), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);
  g_return_val_if_fail (counts != NULL, FALSE);

  data = g_bytes_get_data (bytes, &size);
  if (!g_utf8_validate_len (data, size, NULL))
    return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("The file’s text is damaged"));

  self.session = budget_book_get_session (book);
  self.known_ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self.pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  self.members = _budget_json_slices_read (bytes, error);
  if (self.members == NULL || !check_heading (&self, error) || !check_tables (&self, error))
    return FALSE;

  rows_init (&self.rows, budget_currency_get_digits (self.currency));
  if (!budget_steps_run (&steps, &self, NULL, NULL, cancellable, error))
    return FALSE;

  *counts = self.counts;
  return TRUE;
}

/**
 * budget_book_importer_read_file:
 * @book: a book without unsaved changes
 * @path: (type filename): where the file is
 * @flags: options
 * @counts: (out caller-allocates): how many expenses were added or skipped
 * @cancellable: (nullable): to stop it
 * @error: return location for a #GError
 *
 * As budget_book_importer_read().
 *
 * Returns: %FALSE on an error; the book is then unchanged
 */
gboolean
budget_book_importer_read_file (BudgetBook *book,
                                const char *path,
                                BudgetBookImportFlags flags,
                                BudgetBookImportCounts *counts,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  file = g_mapped_file_new (path, FALSE, error);
  bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  return bytes != NULL &&
         budget_book_importer_read (book, bytes, flags, counts, cancellable, error);
}
