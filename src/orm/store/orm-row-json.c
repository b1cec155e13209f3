/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-row-private.h"

#include <string.h>

/*
 * Rows as the database writes them into one text: an array of arrays, of
 * numbers, texts and null (RFC 8259). It is read here and not by a library
 * because a tree of nodes would cost more than the rows. Texts are unescaped in
 * place, where they never get longer.
 */

static gboolean
skip (char **p, char c)
{
  if (**p != c)
    return FALSE;

  (*p)++;
  return TRUE;
}

/*
 * Reads a whole number up to what follows; any other number is none.
 */
static gboolean
parse_number (char **p, gint64 *number)
{
  gboolean is_negative = skip (p, '-');
  gboolean is_whole = g_ascii_isdigit (**p);
  guint64 digits = 0;

  for (; g_ascii_isdigit (**p); (*p)++)
    is_whole = is_whole && g_uint64_checked_mul (&digits, digits, 10) &&
               g_uint64_checked_add (&digits, digits, (guint64) (**p - '0'));

  *number = (gint64) (is_negative ? -digits : digits);
  if (is_whole && digits <= (guint64) G_MAXINT64 + is_negative && (**p == ',' || **p == ']'))
    return TRUE;

  *p += strcspn (*p, ",]");
  return FALSE;
}

static gunichar
parse_code_unit (char **p)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4 && g_ascii_isxdigit (**p); i++)
    unit = unit * 16 + (gunichar) g_ascii_xdigit_value (*(*p)++);

  return unit;
}

/*
 * Writes what an escape stands for to @end.
 *
 * Returns: how many bytes
 */
static int
parse_escape (char **p, char *end)
{
  static const char names[] = "bfnrt", meanings[] = "\b\f\n\r\t";
  char c = *(*p)++;
  const char *name = strchr (names, c);
  gunichar unit;

  if (c != 'u')
    {
      *end = name != NULL ? meanings[name - names] : c;
      return 1;
    }

  unit = parse_code_unit (p);
  if (unit >= 0xd800 && unit < 0xdc00 && g_str_has_prefix (*p, "\\u"))
    {
      *p += 2;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (parse_code_unit (p) - 0xdc00);
    }
  return g_unichar_to_utf8 (unit, end);
}

/*
 * Reads up to the closing quotation mark, and ends the text there.
 */
static char *
parse_text (char **p)
{
  char *text = *p, *end = *p;

  while (**p != '"' && **p != '\0')
    {
      gsize n = strcspn (*p, "\"\\");

      memmove (end, *p, n);
      end += n;
      *p += n;

      if (skip (p, '\\') && **p != '\0')
        end += parse_escape (p, end);
    }

  skip (p, '"');
  *end = '\0';
  return text;
}

/*
 * Returns: whether it is a value of the slot; either way @p is behind it
 */
static gboolean
parse_value (char **p, OrmMapper *mapper, guint slot, OrmValue *value)
{
  const OrmColumn *column = _orm_mapper_get_column (mapper, slot);
  gboolean is_number = mapper->reads[slot + 1] == ORM_READ_INT64;
  char *text;
  gint64 number;

  *value = ORM_VALUE_NULL;
  if (**p == 'n')
    {
      *p += strlen ("null");
      return TRUE;
    }

  if (!skip (p, '"'))
    {
      if (!parse_number (p, &number) || !is_number)
        return FALSE;

      *value = ORM_VALUE_INTEGER (number);
      return TRUE;
    }

  text = parse_text (p);
  if (is_number)
    return FALSE;

  if (column->type != ORM_COLUMN_TYPE_TEXT)
    return _orm_value_from_storage (column, text, value);

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  *value = (OrmValue){ .is_text = TRUE, .text = g_strdup (text) };
  return TRUE;
}

static gboolean
parse_id (char **p, OrmMapper *mapper, gint64 *id, GError **error)
{
  const char *start = *p;
  g_autofree char *text = NULL;

  if (parse_number (p, id) && *id > 0)
    return TRUE;

  text = g_strndup (start, (gsize) (*p - start));
  _orm_row_set_id_error (mapper, text, error);
  return FALSE;
}

/*
 * Reads the row that begins at @p, and moves @p behind it.
 */
static OrmRow *
parse_row (char **p, OrmMapper *mapper, GError **error)
{
  gint faulty = -1;
  gint64 id = 0;
  gboolean has_id = parse_id (p, mapper, &id, error);
  OrmRow *row = _orm_row_new (mapper, id);

  for (guint i = 0; i < mapper->n_slots; i++)
    {
      gboolean is_read;

      skip (p, ',');
      is_read = parse_value (p, mapper, i, &row->values[i]);
      if (faulty < 0 && (!is_read || _orm_row_has_fault (mapper, i, &row->values[i])))
        faulty = (gint) i;
    }

  skip (p, ']');
  if (has_id && faulty < 0)
    return row;

  if (has_id)
    _orm_row_set_error (mapper, id, (guint) faulty, error);
  _orm_row_free (mapper, row);
  return NULL;
}

/*
 * Reads all rows of a text into the cache; the text is of no use afterwards.
 *
 * Returns: %FALSE if one cannot be read; all others are in the cache
 */
gboolean
_orm_row_cache_take_json (OrmRowCache *self, char *text, GError **error)
{
  char *p = text;
  gboolean has_all = TRUE;

  skip (&p, '[');
  while (skip (&p, '['))
    {
      OrmRow *row = parse_row (&p, self->mapper, has_all ? error : NULL);

      if (row != NULL)
        _orm_row_cache_take (self, row);
      else
        has_all = FALSE;
      skip (&p, ',');
    }

  return has_all;
}
