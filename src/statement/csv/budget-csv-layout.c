/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout-private.h"
#include "budget-csv-words.h"
#include "budget-currency.h"
#include "budget-error.h"
#include "budget-text-fold.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * BudgetCsvLayout:
 *
 * How a bank writes its table: its encoding and marks, and what each column
 * holds. It is detected from the file, and the user can correct all of it before
 * the rows are read.
 */

G_DEFINE_FINAL_TYPE (BudgetCsvLayout, budget_csv_layout, G_TYPE_OBJECT)

static void
budget_csv_layout_finalize (GObject *object)
{
  BudgetCsvLayout *self = BUDGET_CSV_LAYOUT (object);

  g_free (self->currency);
  g_free (self->signature);
  g_ptr_array_unref (self->titles);
  g_array_unref (self->roles);
  g_ptr_array_unref (self->ambiguities);

  G_OBJECT_CLASS (budget_csv_layout_parent_class)->finalize (object);
}

static void
budget_csv_layout_class_init (BudgetCsvLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_csv_layout_finalize;
}

static void
budget_csv_layout_init (BudgetCsvLayout *self)
{
  self->delimiter = ',';
  self->decimal = '.';
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->roles = g_array_new (FALSE, TRUE, sizeof (BudgetCsvRole));
  self->ambiguities = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->ambiguities, NULL);
}

void
_budget_csv_layout_add_ambiguity (BudgetCsvLayout *self, const char *text)
{
  g_ptr_array_insert (self->ambiguities, (int) self->ambiguities->len - 1, g_strdup (text));
}

/* Several columns may have these roles; their texts are joined. */
static gboolean
may_repeat (BudgetCsvRole role)
{
  return role == BUDGET_CSV_ROLE_IGNORED || role == BUDGET_CSV_ROLE_DESCRIPTION ||
         role == BUDGET_CSV_ROLE_PAYEE || role == BUDGET_CSV_ROLE_NOTE;
}

/* Gives @column a role and takes it from the one that had it. */
void
_budget_csv_layout_take_role (BudgetCsvLayout *self, guint column, BudgetCsvRole role)
{
  if (!may_repeat (role))
    for (guint i = 0; i < self->roles->len; i++)
      if (g_array_index (self->roles, BudgetCsvRole, i) == role)
        g_array_index (self->roles, BudgetCsvRole, i) = BUDGET_CSV_ROLE_IGNORED;

  g_array_index (self->roles, BudgetCsvRole, column) = role;
}

/* Returns: the first column of that role, or -1 */
int
_budget_csv_layout_find_role (BudgetCsvLayout *self, BudgetCsvRole role)
{
  for (guint i = 0; i < self->roles->len; i++)
    if (g_array_index (self->roles, BudgetCsvRole, i) == role)
      return (int) i;

  return -1;
}

void
_budget_csv_layout_get_places (BudgetCsvLayout *self, BudgetCsvPlaces *places)
{
  places->date = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_DATE);
  places->value_date = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_VALUE_DATE);
  places->amount = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_AMOUNT);
  places->debit = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_DEBIT);
  places->credit = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_CREDIT);
  places->direction = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_DIRECTION);
  places->balance = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_BALANCE);
  places->fee = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_FEE);
  places->currency = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_CURRENCY);
  places->status = _budget_csv_layout_find_role (self, BUDGET_CSV_ROLE_STATUS);
}

/* Whether there are columns of dates and amounts. */
gboolean
_budget_csv_layout_is_complete (BudgetCsvLayout *self)
{
  BudgetCsvPlaces places;

  _budget_csv_layout_get_places (self, &places);
  return places.date >= 0 && (places.amount >= 0 || places.debit >= 0 || places.credit >= 0);
}

/* Refuses spreadsheets and documents with a message of their own. */
static gboolean
check_bytes (GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *message = NULL;

  if (size == 0)
    message = _ ("The file is empty");
  else if (size >= 4 &&
           (memcmp (data, "PK\3\4", 4) == 0 || memcmp (data, "\xd0\xcf\x11\xe0", 4) == 0))
    message = _ ("The file is a spreadsheet; save it as CSV and import that");
  else if (size >= 4 && memcmp (data, "%PDF", 4) == 0)
    message = _ ("The file is a PDF document; ask the bank for CSV instead");

  if (message == NULL)
    return TRUE;

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT, message);

  return FALSE;
}

/**
 * budget_csv_layout_detect:
 * @table: a file
 * @error: return location for a #BudgetError
 *
 * Detects the layout of a file from all of its rows.
 *
 * Returns: (transfer full): the layout, or %NULL with @error set if there is
 *   no table of transactions in the file
 */
BudgetCsvLayout *
budget_csv_layout_detect (BudgetCsvTable *table, GError **error)
{
  g_autoptr (BudgetCsvLayout) self = g_object_new (BUDGET_TYPE_CSV_LAYOUT, NULL);

  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (table), NULL);

  if (!budget_csv_layout_detect_again (self, table, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * budget_csv_layout_detect_again:
 * @self: a layout
 * @table: a file
 * @error: return location for a #BudgetError
 *
 * Detects everything again, except what was set. Another encoding, delimiter or
 * heading makes other columns.
 *
 * Returns: %FALSE with @error set if there is no table of transactions
 */
gboolean
budget_csv_layout_detect_again (BudgetCsvLayout *self, BudgetCsvTable *table, GError **error)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), FALSE);
  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (table), FALSE);

  if (!check_bytes (budget_csv_table_get_bytes (table), error))
    return FALSE;

  if (!(self->fixed & BUDGET_CSV_FIXED_ENCODING))
    self->encoding = budget_csv_table_detect_encoding (table);

  self->lacks_roles = FALSE;
  g_clear_pointer (&self->signature, g_free);
  g_ptr_array_set_size (self->titles, 0);
  g_array_set_size (self->roles, 0);
  g_ptr_array_set_size (self->ambiguities, 0);
  g_ptr_array_add (self->ambiguities, NULL);

  return _budget_csv_detect (self, table, error);
}

/**
 * budget_csv_layout_get_encoding:
 * @self: a layout
 *
 * Returns: how the text is encoded
 */
BudgetTextEncoding
budget_csv_layout_get_encoding (BudgetCsvLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), BUDGET_TEXT_ENCODING_UTF_8);

  return self->encoding;
}

/**
 * budget_csv_layout_set_encoding:
 * @self: a layout
 * @encoding: how the text is encoded
 */
void
budget_csv_layout_set_encoding (BudgetCsvLayout *self, BudgetTextEncoding encoding)
{
  g_return_if_fail (BUDGET_IS_CSV_LAYOUT (self));

  self->encoding = encoding;
  self->fixed |= BUDGET_CSV_FIXED_ENCODING;
}

/**
 * budget_csv_layout_get_delimiter:
 * @self: a layout
 *
 * Returns: the character between two columns
 */
char
budget_csv_layout_get_delimiter (BudgetCsvLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), ',');

  return self->delimiter;
}

/**
 * budget_csv_layout_set_delimiter:
 * @self: a layout
 * @delimiter: the ASCII character between two columns
 *
 * Call budget_csv_layout_detect_again() to find the columns that follow.
 */
void
budget_csv_layout_set_delimiter (BudgetCsvLayout *self, char delimiter)
{
  g_return_if_fail (BUDGET_IS_CSV_LAYOUT (self));
  g_return_if_fail (delimiter > 0 && delimiter != '"' && delimiter != '\n');

  self->delimiter = delimiter;
  self->fixed |= BUDGET_CSV_FIXED_DELIMITER;
}

/**
 * budget_csv_layout_get_header_line:
 * @self: a layout
 *
 * Returns: the line of the heading, from 1, or 0 if there is none
 */
guint
budget_csv_layout_get_header_line (BudgetCsvLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), 0);

  return self->header_line;
}

/**
 * budget_csv_layout_set_header_line:
 * @self: a layout
 * @line: the line of the heading, from 1, or 0 if there is none
 *
 * Call budget_csv_layout_detect_again() to find the columns that follow.
 */
void
budget_csv_layout_set_header_line (BudgetCsvLayout *self, guint line)
{
  g_return_if_fail (BUDGET_IS_CSV_LAYOUT (self));

  self->header_line = line;
  self->fixed |= BUDGET_CSV_FIXED_HEADER;
}

/**
 * budget_csv_layout_get_date_order:
 * @self: a layout
 *
 * Returns: how dates are written
 */
BudgetDateOrder
budget_csv_layout_get_date_order (BudgetCsvLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), BUDGET_DATE_ORDER_DMY);

  return self->date_order;
}

/**
 * budget_csv_layout_set_date_order:
 * @self: a layout
 * @order: how dates are written
 */
void
budget_csv_layout_set_date_order (BudgetCsvLayout *self, BudgetDateOrder order)
{
  g_return_if_fail (BUDGET_IS_CSV_LAYOUT (self));

  self->date_order = order;
  self->fixed |= BUDGET_CSV_FIXED_DATE_ORDER;
}

/**
 * budget_csv_layout_get_decimal_mark:
 * @self: a layout
 *
 * Returns: the decimal mark, a dot or a comma
 */
char
budget_csv_layout_get_decimal_mark (BudgetCsvLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), '.');

  return self->decimal;
}

/**
 * budget_csv_layout_set_decimal_mark:
 * @self: a layout
 * @mark: the decimal mark, a dot or a comma
 */
void
budget_csv_layout_set_decimal_mark (BudgetCsvLayout *self, char mark)
{
  g_return_if_fail (BUDGET_IS_CSV_LAYOUT (self));
  g_return_if_fail (mark == '.' || mark == ',');

  self->decimal = mark;
  self->fixed |= BUDGET_CSV_FIXED_DECIMAL;
}

/**
 * budget_csv_layout_get_inverted:
 * @self: a layout
 *
 * Returns: %TRUE if the file writes spending without a minus, as card
 *   companies do, so that the sign of its amounts has to be inverted
 */
gboolean
budget_csv_layout_get_inverted (BudgetCsvLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), FALSE);

  return self->inverted;
}

/**
 * budget_csv_layout_set_inverted:
 * @self: a layout
 * @inverted: whether the sign of the amounts has to be inverted
 */
void
budget_csv_layout_set_inverted (BudgetCsvLayout *self, gboolean inverted)
{
  g_return_if_fail (BUDGET_IS_CSV_LAYOUT (self));

  self->inverted = inverted;
  self->fixed |= BUDGET_CSV_FIXED_SIGN;
}

/**
 * budget_csv_layout_set_currency:
 * @self: a layout
 * @currency: (nullable): the currency of rows that do not name one
 */
void
budget_csv_layout_set_currency (BudgetCsvLayout *self, const char *currency)
{
  g_return_if_fail (BUDGET_IS_CSV_LAYOUT (self));

  g_free (self->currency);
  self->currency = g_strdup (currency);
  self->fixed |= BUDGET_CSV_FIXED_CURRENCY;
}

/**
 * budget_csv_layout_get_n_columns:
 * @self: a layout
 *
 * Returns: how many columns the table has
 */
guint
budget_csv_layout_get_n_columns (BudgetCsvLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), 0);

  return self->roles->len;
}

/**
 * budget_csv_layout_get_title:
 * @self: a layout
 * @column: which column, from 0
 *
 * Returns: its title, or its number in words
 */
const char *
budget_csv_layout_get_title (BudgetCsvLayout *self, guint column)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), NULL);
  g_return_val_if_fail (column < self->titles->len, NULL);

  return g_ptr_array_index (self->titles, column);
}

/**
 * budget_csv_layout_get_role:
 * @self: a layout
 * @column: which column, from 0
 *
 * Returns: what the column is
 */
BudgetCsvRole
budget_csv_layout_get_role (BudgetCsvLayout *self, guint column)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), BUDGET_CSV_ROLE_IGNORED);
  g_return_val_if_fail (column < self->roles->len, BUDGET_CSV_ROLE_IGNORED);

  return g_array_index (self->roles, BudgetCsvRole, column);
}

static void
drop_role (BudgetCsvLayout *self, BudgetCsvRole role)
{
  int column = _budget_csv_layout_find_role (self, role);

  if (column >= 0)
    g_array_index (self->roles, BudgetCsvRole, column) = BUDGET_CSV_ROLE_IGNORED;
}

/**
 * budget_csv_layout_set_role:
 * @self: a layout
 * @column: which column, from 0
 * @role: what it is
 *
 * Sets the role of a column. The column that had this role is ignored from then
 * on. An amount replaces debit and credit, and these replace an amount.
 */
void
budget_csv_layout_set_role (BudgetCsvLayout *self, guint column, BudgetCsvRole role)
{
  g_return_if_fail (BUDGET_IS_CSV_LAYOUT (self));
  g_return_if_fail (column < self->roles->len);
  g_return_if_fail (role < BUDGET_N_CSV_ROLES);

  if (role == BUDGET_CSV_ROLE_AMOUNT)
    {
      drop_role (self, BUDGET_CSV_ROLE_DEBIT);
      drop_role (self, BUDGET_CSV_ROLE_CREDIT);
    }

  if (role == BUDGET_CSV_ROLE_DEBIT || role == BUDGET_CSV_ROLE_CREDIT)
    drop_role (self, BUDGET_CSV_ROLE_AMOUNT);

  if (role == BUDGET_CSV_ROLE_FEE)
    self->has_fee = TRUE;

  _budget_csv_layout_take_role (self, column, role);
}

/**
 * budget_csv_layout_get_signature:
 * @self: a layout
 *
 * Returns: (transfer none) (nullable): a key that is the same for files of the
 *   same bank, under which a corrected layout can be remembered; %NULL
 *   where the file does not show enough of itself
 */
const char *
budget_csv_layout_get_signature (BudgetCsvLayout *self)
{
  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), NULL);

  return self->signature;
}

/* The layout as text: what --map takes, and what is remembered of a bank. */

static const char *const role_names[BUDGET_N_CSV_ROLES] = {
  [BUDGET_CSV_ROLE_IGNORED] = "ignored",
  [BUDGET_CSV_ROLE_DATE] = "date",
  [BUDGET_CSV_ROLE_VALUE_DATE] = "value-date",
  [BUDGET_CSV_ROLE_DESCRIPTION] = "description",
  [BUDGET_CSV_ROLE_PAYEE] = "payee",
  [BUDGET_CSV_ROLE_AMOUNT] = "amount",
  [BUDGET_CSV_ROLE_DEBIT] = "debit",
  [BUDGET_CSV_ROLE_CREDIT] = "credit",
  [BUDGET_CSV_ROLE_DIRECTION] = "direction",
  [BUDGET_CSV_ROLE_BALANCE] = "balance",
  [BUDGET_CSV_ROLE_FEE] = "fee",
  [BUDGET_CSV_ROLE_CURRENCY] = "currency",
  [BUDGET_CSV_ROLE_CATEGORY] = "category",
  [BUDGET_CSV_ROLE_PERSON] = "person",
  [BUDGET_CSV_ROLE_ACCOUNT] = "account",
  [BUDGET_CSV_ROLE_COUNTERPART] = "counterpart",
  [BUDGET_CSV_ROLE_NOTE] = "note",
  [BUDGET_CSV_ROLE_BANK_ID] = "id",
  [BUDGET_CSV_ROLE_STATUS] = "status",
};

static gboolean
map_delimiter (BudgetCsvLayout *self, const char *value)
{
  if (g_ascii_strcasecmp (value, "tab") == 0 || strcmp (value, "\\t") == 0)
    value = "\t";

  if ((!g_ascii_ispunct (*value) && *value != '\t' && *value != ' ') || value[1] != '\0' ||
      *value == '"')
    return FALSE;

  budget_csv_layout_set_delimiter (self, *value);

  return TRUE;
}

static gboolean
map_date_order (BudgetCsvLayout *self, const char *value)
{
  BudgetDateOrder order;

  if (!budget_date_order_from_name (value, &order))
    return FALSE;

  budget_csv_layout_set_date_order (self, order);

  return TRUE;
}

static gboolean
map_decimal (BudgetCsvLayout *self, const char *value)
{
  if (strcmp (value, ".") != 0 && strcmp (value, ",") != 0)
    return FALSE;

  budget_csv_layout_set_decimal_mark (self, *value);

  return TRUE;
}

static gboolean
map_sign (BudgetCsvLayout *self, const char *value)
{
  gboolean inverted = g_ascii_strcasecmp (value, "inverted") == 0;

  if (!inverted && g_ascii_strcasecmp (value, "bank") != 0)
    return FALSE;

  budget_csv_layout_set_inverted (self, inverted);

  return TRUE;
}

static gboolean
map_encoding (BudgetCsvLayout *self, const char *value)
{
  BudgetTextEncoding encoding;

  if (!budget_text_encoding_from_name (value, &encoding))
    return FALSE;

  budget_csv_layout_set_encoding (self, encoding);

  return TRUE;
}

static gboolean
map_header (BudgetCsvLayout *self, const char *value)
{
  guint64 line;

  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT, &line, NULL))
    return FALSE;

  budget_csv_layout_set_header_line (self, (guint) line);

  return TRUE;
}

static gboolean
map_file_currency (BudgetCsvLayout *self, const char *value)
{
  if (!budget_currency_is_known (value))
    return FALSE;

  budget_csv_layout_set_currency (self, budget_currency_find (value));

  return TRUE;
}

static const struct
{
  const char *name;
  gboolean (*map) (BudgetCsvLayout *self, const char *value);
} settings[] = {
  { "delimiter", map_delimiter },
  { "date-order", map_date_order },
  { "decimal", map_decimal },
  { "sign", map_sign },
  { "encoding", map_encoding },
  { "header-line", map_header },
  { "default-currency", map_file_currency },
};

static gboolean
same_title (const char *a, const char *b)
{
  g_autofree char *folded_a = budget_text_fold (a);
  g_autofree char *folded_b = budget_text_fold (b);

  return strcmp (folded_a, folded_b) == 0;
}

/* Finds a column by its title, its number from 1, or its letter as in a spreadsheet. */
static int
find_column (BudgetCsvLayout *self, const char *value)
{
  guint64 number;

  for (guint i = 0; i < self->titles->len; i++)
    if (strcmp (g_ptr_array_index (self->titles, i), value) == 0)
      return (int) i;

  for (guint i = 0; i < self->titles->len && *value != '\0'; i++)
    if (same_title (g_ptr_array_index (self->titles, i), value))
      return (int) i;

  if (g_ascii_string_to_unsigned (value, 10, 1, self->roles->len, &number, NULL))
    return (int) number - 1;

  if (g_ascii_isalpha (value[0]) && value[1] == '\0' &&
      (guint) (g_ascii_toupper (value[0]) - 'A') < self->roles->len)
    return g_ascii_toupper (value[0]) - 'A';

  return -1;
}

static gboolean
map_setting (BudgetCsvLayout *self, const char *name, const char *value, gboolean *known)
{
  *known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_ascii_strcasecmp (settings[i].name, name) == 0)
      {
        *known = TRUE;
        return settings[i].map (self, value);
      }

  return FALSE;
}

static void
set_map_error (const char *format, const char *what, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (what, -1);
  g_autoptr (GString) message = g_string_new (format);

  g_string_replace (message, "%s", valid, 1);
  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_INVALID_TEXT, message->str);
}

/**
 * budget_csv_role_get_name:
 * @role: what a column is
 *
 * Returns: its name in a mapping, such as "value-date"
 */
const char *
budget_csv_role_get_name (BudgetCsvRole role)
{
  g_return_val_if_fail (role < BUDGET_N_CSV_ROLES, NULL);

  return role_names[role];
}

/**
 * budget_csv_role_from_name:
 * @name: a name, in any case
 * @role: (out): the role
 *
 * Returns: %FALSE if there is none of that name
 */
gboolean
budget_csv_role_from_name (const char *name, BudgetCsvRole *role)
{
  g_return_val_if_fail (name != NULL && role != NULL, FALSE);

  for (guint i = 0; i < BUDGET_N_CSV_ROLES; i++)
    if (g_ascii_strcasecmp (role_names[i], name) == 0)
      {
        *role = (BudgetCsvRole) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * budget_csv_layout_map:
 * @self: a layout
 * @assignment: `FIELD=COLUMN`, or a setting as in `delimiter=;`
 * @error: return location for a #BudgetError
 *
 * Corrects one thing. A column is given by its title, by its number from 1 or
 * by its letter; `date-order` takes `dmy`, `mdy`, `ymd` or `ydm`, `decimal`
 * a dot or a comma, `sign` `bank` or `inverted`, `header-line` a line number.
 *
 * Returns: %FALSE with @error set if there is no such field or column
 */
gboolean
budget_csv_layout_map (BudgetCsvLayout *self, const char *assignment, GError **error)
{
  g_autofree char *name = NULL;
  const char *equals;
  BudgetCsvRole role;
  gboolean known;
  int column;

  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), FALSE);
  g_return_val_if_fail (assignment != NULL, FALSE);

  equals = strchr (assignment, '=');
  name = equals != NULL ? g_strndup (assignment, (gsize) (equals - assignment)) : NULL;

  if (name != NULL && map_setting (self, name, equals + 1, &known))
    return TRUE;

  if (name == NULL || known || !budget_csv_role_from_name (name, &role))
    {
      /* Translators: %s is what was given; FIELD=COLUMN are typed as they are. */
      set_map_error (_ ("“%s” is not of the form FIELD=COLUMN"), assignment, error);
      return FALSE;
    }

  column = g_utf8_validate (equals + 1, -1, NULL) ? find_column (self, equals + 1) : -1;

  if (column < 0)
    {
      /* Translators: %s is the name or number of a column. */
      set_map_error (_ ("The file has no column “%s”"), equals + 1, error);
      return FALSE;
    }

  budget_csv_layout_set_role (self, (guint) column, role);

  return TRUE;
}

static gboolean
is_setting (const char *assignment)
{
  gsize length = strcspn (assignment, "=");

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (strlen (settings[i].name) == length &&
        g_ascii_strncasecmp (settings[i].name, assignment, length) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
map_all (BudgetCsvLayout *self, const char *const *map, gboolean is_for_settings, GError **error)
{
  for (guint i = 0; map != NULL && map[i] != NULL; i++)
    if (is_setting (map[i]) == is_for_settings && !budget_csv_layout_map (self, map[i], error))
      return FALSE;

  return TRUE;
}

/**
 * budget_csv_layout_detect_mapped:
 * @table: a file
 * @map: (nullable) (array zero-terminated=1): corrections, as
 *   budget_csv_layout_map() takes them
 * @error: return location for a #BudgetError
 *
 * Detects the layout of a file, except what @map sets. Settings are applied
 * before columns, because they decide which columns there are. Columns of dates
 * and amounts that @map names need not be detected.
 *
 * Returns: (transfer full): the layout, or %NULL with @error set
 */
BudgetCsvLayout *
budget_csv_layout_detect_mapped (BudgetCsvTable *table, const char *const *map, GError **error)
{
  g_autoptr (BudgetCsvLayout) self = g_object_new (BUDGET_TYPE_CSV_LAYOUT, NULL);
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (table), NULL);

  if (!map_all (self, map, TRUE, error))
    return NULL;

  budget_csv_layout_detect_again (self, table, &cause);
  if ((cause == NULL || self->roles->len > 0) && !map_all (self, map, FALSE, error))
    return NULL;

  if (cause == NULL || (self->lacks_roles && _budget_csv_layout_is_complete (self)))
    return g_steal_pointer (&self);

  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

/**
 * budget_csv_layout_detect_partly:
 * @table: a file
 * @map: (nullable) (array zero-terminated=1): corrections, as
 *   budget_csv_layout_map() takes them; what does not fit is ignored
 *
 * Detects as much as possible of a file in which no transactions were found, so
 * that the user can correct the rest.
 *
 * Returns: (transfer full) (nullable): the layout, or %NULL if the file is no
 *   text
 */
BudgetCsvLayout *
budget_csv_layout_detect_partly (BudgetCsvTable *table, const char *const *map)
{
  g_autoptr (BudgetCsvLayout) self = g_object_new (BUDGET_TYPE_CSV_LAYOUT, NULL);

  g_return_val_if_fail (BUDGET_IS_CSV_TABLE (table), NULL);

  for (guint i = 0; map != NULL && map[i] != NULL; i++)
    if (is_setting (map[i]))
      budget_csv_layout_map (self, map[i], NULL);

  budget_csv_layout_detect_again (self, table, NULL);
  if (self->roles->len == 0)
    return NULL;

  for (guint i = 0; map != NULL && map[i] != NULL; i++)
    if (!is_setting (map[i]))
      budget_csv_layout_map (self, map[i], NULL);

  return g_steal_pointer (&self);
}
