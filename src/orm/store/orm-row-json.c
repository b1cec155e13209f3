/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-row-private.h"

#include <string.h>

/*
 * Parses rows that the database returns as one JSON text: an array of arrays of
 * numbers, strings and null (RFC 8259). A JSON library is not used because its
 * tree of nodes would cost more than the rows. Strings are unescaped in place,
 * which never makes them longer.
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
 * Parses an integer and moves @p behind it.
 *
 * Returns: %FALSE if it is not a number, or not an integer
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
 * Writes the character of an escape sequence to @end.
 *
 * Returns: the number of bytes written
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
 * Parses a string up to its closing quotation mark and terminates it there.
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

static OrmCell
parse_cell (char **p)
{
  OrmCell cell = { .type = ORM_CELL_NULL };

  if (**p == 'n')
    *p += strlen ("null");
  else if (skip (p, '"'))
    cell = (OrmCell){ .type = ORM_CELL_TEXT, .text = parse_text (p) };
  else
    cell.type = parse_number (p, &cell.integer) ? ORM_CELL_INTEGER : ORM_CELL_OTHER;

  return cell;
}

static void
parse_cells (char **p, OrmCell *cells, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      skip (p, ',');
      cells[i] = parse_cell (p);
    }

  skip (p, ']');
}

/*
 * Parses all rows of @text into the cache. @text is modified.
 *
 * Returns: %FALSE if a row cannot be read; all others are in the cache
 */
gboolean
_orm_row_cache_take_json (OrmRowCache *self, char *text, GError **error)
{
  OrmCell cells[ORM_MAX_SLOTS + 1];
  char *p = text;
  gboolean has_all = TRUE;

  skip (&p, '[');
  while (skip (&p, '['))
    {
      parse_cells (&p, cells, self->mapper->n_slots + 1);
      has_all &= _orm_row_cache_take (self, cells, has_all ? error : NULL) != NULL;
      skip (&p, ',');
    }

  return has_all;
}
