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

/* The layout in words: what --map takes, and what is remembered of a bank. */

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

/* A column by what stands above it, by its number from 1, or by its letter as in a spreadsheet. */
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
 * Finds out how a file is laid out where the user has not said so. Settings
 * come first, whatever their order: which columns there are follows from them.
 * Columns of dates and amounts that the user names need not be found.
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
 * budget_csv_layout_sketch:
 * @table: a file
 * @map: (nullable) (array zero-terminated=1): corrections, as
 *   budget_csv_layout_map() takes them; what does not fit is passed over
 *
 * Finds out as much as can be of a file that is no table of bookings as it is
 * read, so that somebody can say how to read it.
 *
 * Returns: (transfer full) (nullable): the layout, or %NULL if the file is no
 *   text
 */
BudgetCsvLayout *
budget_csv_layout_sketch (BudgetCsvTable *table, const char *const *map)
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

/**
 * budget_csv_layout_to_string:
 * @self: a layout
 *
 * Returns: (transfer full): the layout as lines that
 *   budget_csv_layout_apply_string() takes
 */
char *
budget_csv_layout_to_string (BudgetCsvLayout *self)
{
  GString *string = g_string_new (NULL);

  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), NULL);

  g_string_append_printf (string, "date-order=%s\n", budget_date_order_get_name (self->date_order));
  g_string_append_printf (string, "decimal=%c\n", self->decimal);
  g_string_append_printf (string, "sign=%s\n", self->inverted ? "inverted" : "bank");

  if (self->currency != NULL)
    g_string_append_printf (string, "default-currency=%s\n", self->currency);

  for (guint i = 0; i < self->roles->len; i++)
    {
      BudgetCsvRole role = g_array_index (self->roles, BudgetCsvRole, i);

      if (role != BUDGET_CSV_ROLE_FEE || self->has_fee)
        g_string_append_printf (string, "#%u=%s\n", i + 1, role_names[role]);
    }

  return g_string_free (string, FALSE);
}

static gboolean
apply_line (BudgetCsvLayout *self, const char *line, GError **error)
{
  const char *equals = strchr (line, '=');
  g_autofree char *number = NULL;
  guint64 column;
  BudgetCsvRole role;

  if (*line != '#' || equals == NULL)
    return budget_csv_layout_map (self, line, error);

  number = g_strndup (line + 1, (gsize) (equals - line) - 1);

  if (!g_ascii_string_to_unsigned (number, 10, 1, self->roles->len, &column, NULL) ||
      !budget_csv_role_from_name (equals + 1, &role))
    {
      /* Translators: %s is the name or number of a column. */
      set_map_error (_ ("The file has no column “%s”"), number, error);
      return FALSE;
    }

  budget_csv_layout_set_role (self, (guint) column - 1, role);

  return TRUE;
}

/**
 * budget_csv_layout_apply_string:
 * @self: a layout that was detected
 * @text: lines from budget_csv_layout_to_string()
 * @error: return location for a #BudgetError
 *
 * Corrects a layout as it was corrected before.
 *
 * Returns: %FALSE with @error set at the first line that does not fit
 */
gboolean
budget_csv_layout_apply_string (BudgetCsvLayout *self, const char *text, GError **error)
{
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (BUDGET_IS_CSV_LAYOUT (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !apply_line (self, lines[i], error))
      return FALSE;

  return TRUE;
}
