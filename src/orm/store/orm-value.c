/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-value-private.h"

#include <stdio.h>
#include <string.h>

/* 31 December 9999, as a Julian day. */
#define LAST_DAY 3652059

OrmValue
_orm_value_text (const char *text)
{
  return (OrmValue){ .is_text = TRUE, .is_null = text == NULL, .text = g_strdup (text) };
}

void
_orm_value_clear (OrmValue *value)
{
  if (value->is_text)
    g_clear_pointer (&value->text, g_free);

  value->is_null = TRUE;
}

OrmValue
_orm_value_copy (const OrmValue *value)
{
  OrmValue copy = *value;

  if (copy.is_text)
    copy.text = g_strdup (value->text);

  return copy;
}

gboolean
_orm_value_equal (const OrmValue *a, const OrmValue *b)
{
  if (a->is_null || b->is_null)
    return a->is_null == b->is_null;

  if (a->is_text)
    return strcmp (a->text, b->text) == 0;

  return a->integer == b->integer;
}

/*
 * Compares in the order of the database: %NULL first, numbers by size, text by
 * bytes but ignoring the case of ASCII letters (SQLite's NOCASE collation).
 */
int
_orm_value_compare (const OrmValue *a, const OrmValue *b)
{
  if (a->is_null || b->is_null)
    return b->is_null - a->is_null;

  if (a->is_text)
    return g_ascii_strcasecmp (a->text, b->text);

  return (a->integer > b->integer) - (a->integer < b->integer);
}

OrmValue
_orm_value_from_date (const GDate *date)
{
  if (date == NULL || !g_date_valid (date))
    return ORM_VALUE_NULL;

  return ORM_VALUE_INTEGER (g_date_get_julian (date));
}

/*
 * Like _orm_value_from_date(), but for setters: an invalid date gives the
 * number 0, which is not a day and is refused, instead of %NULL.
 */
OrmValue
_orm_value_from_any_date (const GDate *date)
{
  if (date == NULL)
    return ORM_VALUE_NULL;

  if (!g_date_valid (date) || (date->dmy && !g_date_valid_dmy (date->day, date->month, date->year)))
    return ORM_VALUE_INTEGER (0);

  return ORM_VALUE_INTEGER (g_date_get_julian (date));
}

/*
 * Whether it is a day of the years 1 to 9999, which have four digits at most.
 */
gboolean
_orm_value_is_day (const OrmValue *value)
{
  return value->integer >= 1 && value->integer <= LAST_DAY;
}

static OrmValue
from_date_time (GDateTime *date_time)
{
  if (date_time == NULL)
    return ORM_VALUE_NULL;

  return ORM_VALUE_INTEGER (g_date_time_to_unix (date_time));
}

/*
 * The value borrows the text of the field; copy it to keep it.
 */
OrmValue
_orm_value_from_field (const OrmColumn *column, gconstpointer instance)
{
  gconstpointer field = (const guint8 *) instance + column->offset;

  switch (column->type)
    {
    case ORM_COLUMN_TYPE_INT64:
      return ORM_VALUE_INTEGER (*(const gint64 *) field);
    case ORM_COLUMN_TYPE_BOOLEAN:
    case ORM_COLUMN_TYPE_ENUM:
      return ORM_VALUE_INTEGER (*(const gint *) field);
    case ORM_COLUMN_TYPE_TEXT:
      {
        char *text = *(char *const *) field;

        return (OrmValue){ .is_text = TRUE, .is_null = text == NULL, .text = text };
      }
    case ORM_COLUMN_TYPE_DATE:
      return _orm_value_from_date (*(GDate *const *) field);
    case ORM_COLUMN_TYPE_TIMESTAMP:
      return from_date_time (*(GDateTime *const *) field);
    default:
      g_assert_not_reached ();
    }
}

void
_orm_value_to_field (const OrmValue *value, const OrmColumn *column, gpointer instance)
{
  gpointer field = (guint8 *) instance + column->offset;

  _orm_value_free_field (column, instance);

  switch (column->type)
    {
    case ORM_COLUMN_TYPE_INT64:
      *(gint64 *) field = value->is_null ? 0 : value->integer;
      break;
    case ORM_COLUMN_TYPE_BOOLEAN:
    case ORM_COLUMN_TYPE_ENUM:
      *(gint *) field = value->is_null ? 0 : (gint) value->integer;
      break;
    case ORM_COLUMN_TYPE_TEXT:
      *(char **) field = value->is_null ? NULL : g_strdup (value->text);
      break;
    case ORM_COLUMN_TYPE_DATE:
      if (!value->is_null)
        *(GDate **) field = g_date_new_julian (value->integer);
      break;
    case ORM_COLUMN_TYPE_TIMESTAMP:
      if (!value->is_null)
        *(GDateTime **) field = g_date_time_new_from_unix_utc (value->integer);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
_orm_value_free_field (const OrmColumn *column, gpointer instance)
{
  gpointer field = (guint8 *) instance + column->offset;

  if (column->type == ORM_COLUMN_TYPE_TEXT)
    g_clear_pointer ((char **) field, g_free);
  else if (column->type == ORM_COLUMN_TYPE_DATE)
    g_clear_pointer ((GDate **) field, g_date_free);
  else if (column->type == ORM_COLUMN_TYPE_TIMESTAMP)
    g_clear_pointer ((GDateTime **) field, g_date_time_unref);
}

/*
 * The value borrows the text of @gvalue.
 */
OrmValue
_orm_value_from_gvalue (const OrmColumn *column, const GValue *gvalue)
{
  switch (column->type)
    {
    case ORM_COLUMN_TYPE_INT64:
      return ORM_VALUE_INTEGER (g_value_get_int64 (gvalue));
    case ORM_COLUMN_TYPE_BOOLEAN:
      return ORM_VALUE_INTEGER (!!g_value_get_boolean (gvalue));
    case ORM_COLUMN_TYPE_ENUM:
      return ORM_VALUE_INTEGER (g_value_get_enum (gvalue));
    case ORM_COLUMN_TYPE_TEXT:
      {
        char *text = (char *) g_value_get_string (gvalue);

        return (OrmValue){ .is_text = TRUE, .is_null = text == NULL, .text = text };
      }
    case ORM_COLUMN_TYPE_DATE:
      return _orm_value_from_any_date (g_value_get_boxed (gvalue));
    case ORM_COLUMN_TYPE_TIMESTAMP:
      return from_date_time (g_value_get_boxed (gvalue));
    default:
      g_assert_not_reached ();
    }
}

void
_orm_value_to_gvalue (const OrmValue *value, const OrmColumn *column, GValue *gvalue)
{
  switch (column->type)
    {
    case ORM_COLUMN_TYPE_INT64:
      g_value_set_int64 (gvalue, value->integer);
      break;
    case ORM_COLUMN_TYPE_BOOLEAN:
      g_value_set_boolean (gvalue, (gboolean) value->integer);
      break;
    case ORM_COLUMN_TYPE_ENUM:
      g_value_set_enum (gvalue, (gint) value->integer);
      break;
    case ORM_COLUMN_TYPE_TEXT:
      g_value_set_string (gvalue, value->is_null ? NULL : value->text);
      break;
    case ORM_COLUMN_TYPE_DATE:
      g_value_take_boxed (gvalue, value->is_null || !_orm_value_is_day (value)
                                    ? NULL
                                    : g_date_new_julian (value->integer));
      break;
    case ORM_COLUMN_TYPE_TIMESTAMP:
      g_value_take_boxed (gvalue,
                          value->is_null ? NULL : g_date_time_new_from_unix_utc (value->integer));
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
parse_digits (const char *text, guint n, guint *number)
{
  *number = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = *number * 10 + (guint) (text[i] - '0');
    }

  return TRUE;
}

static gboolean
parse_date (const char *text, OrmValue *value)
{
  guint year, month, day;
  GDate date;

  if (!parse_digits (text, 4, &year) || text[4] != '-' || !parse_digits (text + 5, 2, &month) ||
      text[7] != '-' || !parse_digits (text + 8, 2, &day) ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  *value = ORM_VALUE_INTEGER (g_date_get_julian (&date));
  return TRUE;
}

static gboolean
parse_timestamp (const char *text, OrmValue *value)
{
  guint hours, minutes, seconds;
  GDate epoch;

  if (!parse_date (text, value) || (text[10] != ' ' && text[10] != 'T') ||
      !parse_digits (text + 11, 2, &hours) || text[13] != ':' ||
      !parse_digits (text + 14, 2, &minutes) || text[16] != ':' ||
      !parse_digits (text + 17, 2, &seconds) || hours > 23 || minutes > 59 || seconds > 59)
    return FALSE;

  g_date_clear (&epoch, 1);
  g_date_set_dmy (&epoch, 1, G_DATE_JANUARY, 1970);
  value->integer =
    (value->integer - g_date_get_julian (&epoch)) * 86400 + hours * 3600 + minutes * 60 + seconds;
  return TRUE;
}

static gboolean
parse_nick (const OrmColumn *column, const char *text, OrmValue *value)
{
  GEnumClass *klass = g_type_class_peek_static (column->enum_type ());
  GEnumValue *found = g_enum_get_value_by_nick (klass, text);

  if (found == NULL)
    return FALSE;

  *value = ORM_VALUE_INTEGER (found->value);
  return TRUE;
}

/*
 * Parses the text that a column is stored as.
 *
 * Returns: %FALSE if it is not a valid value, as another program may write
 */
gboolean
_orm_value_from_storage (const OrmColumn *column, const char *text, OrmValue *value)
{
  switch (column->type)
    {
    case ORM_COLUMN_TYPE_TEXT:
      if (!g_utf8_validate (text, -1, NULL))
        return FALSE;
      *value = _orm_value_text (text);
      return TRUE;
    case ORM_COLUMN_TYPE_DATE:
      return strlen (text) == strlen ("YYYY-MM-DD") && parse_date (text, value);
    case ORM_COLUMN_TYPE_TIMESTAMP:
      return strlen (text) == strlen ("YYYY-MM-DD HH:MM:SS") && parse_timestamp (text, value);
    case ORM_COLUMN_TYPE_ENUM:
      return parse_nick (column, text, value);
    case ORM_COLUMN_TYPE_INT64:
    case ORM_COLUMN_TYPE_BOOLEAN:
      *value = ORM_VALUE_INTEGER (g_ascii_strtoll (text, NULL, 10));
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

/*
 * Faster than g_string_append_printf(), for many numbers.
 */
void
_orm_append_integer (GString *json, gint64 number)
{
  char digits[24];
  char *p = digits + sizeof digits;
  guint64 rest = number < 0 ? -(guint64) number : (guint64) number;

  do
    *--p = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (number < 0)
    *--p = '-';

  g_string_append_len (json, p, digits + sizeof digits - p);
}

/*
 * Writes the last digits of a number, without a terminator.
 */
static void
write_digits (char *text, guint n_digits, guint number)
{
  for (char *p = text + n_digits; p > text; number /= 10)
    *--p = (char) ('0' + number % 10);
}

/*
 * Only a query can have a day after the year 9999. No row has one, so the last
 * day of 9999 compares in the same way.
 */
static char *
format_day (gint64 julian)
{
  char *text = g_strdup ("YYYY-MM-DD");
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) MIN (julian, LAST_DAY));
  write_digits (text, 4, g_date_get_year (&date));
  write_digits (text + strlen ("YYYY-"), 2, g_date_get_month (&date));
  write_digits (text + strlen ("YYYY-MM-"), 2, g_date_get_day (&date));
  return text;
}

/*
 * Returns: (transfer full): the text that a value is stored as, a number as its
 * digits, or %NULL for no value
 */
char *
_orm_value_to_storage (const OrmValue *value, const OrmColumn *column)
{
  if (value->is_null)
    return NULL;

  if (column == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);

  switch (column->type)
    {
    case ORM_COLUMN_TYPE_TEXT:
      return g_strdup (value->text);
    case ORM_COLUMN_TYPE_DATE:
      return format_day (value->integer);
    case ORM_COLUMN_TYPE_TIMESTAMP:
      {
        g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (value->integer);

        return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d", g_date_time_get_year (time),
                                g_date_time_get_month (time), g_date_time_get_day_of_month (time),
                                g_date_time_get_hour (time), g_date_time_get_minute (time),
                                g_date_time_get_second (time));
      }
    case ORM_COLUMN_TYPE_ENUM:
      {
        GEnumClass *klass = g_type_class_peek_static (column->enum_type ());
        GEnumValue *found = g_enum_get_value (klass, (gint) value->integer);

        return g_strdup (found != NULL ? found->value_nick : "");
      }
    case ORM_COLUMN_TYPE_INT64:
    case ORM_COLUMN_TYPE_BOOLEAN:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
    default:
      g_assert_not_reached ();
    }
}

/*
 * The value of a row that is saved without one.
 */
OrmValue
_orm_value_fallback (const OrmColumn *column)
{
  OrmValue value = ORM_VALUE_NULL;

  if (column->fallback == NULL)
    return value;

  if (column->type == ORM_COLUMN_TYPE_DATE && strcmp (column->fallback, "today") == 0)
    {
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_time_t (&date, g_get_real_time () / G_USEC_PER_SEC);
      return _orm_value_from_date (&date);
    }

  if (column->type == ORM_COLUMN_TYPE_TIMESTAMP && strcmp (column->fallback, "now") == 0)
    return ORM_VALUE_INTEGER (g_get_real_time () / G_USEC_PER_SEC);

  _orm_value_from_storage (column, column->fallback, &value);
  return value;
}

GType
_orm_column_gtype (const OrmColumn *column)
{
  switch (column->type)
    {
    case ORM_COLUMN_TYPE_INT64:
      return G_TYPE_INT64;
    case ORM_COLUMN_TYPE_BOOLEAN:
      return G_TYPE_BOOLEAN;
    case ORM_COLUMN_TYPE_ENUM:
      return column->enum_type ();
    case ORM_COLUMN_TYPE_TEXT:
      return G_TYPE_STRING;
    case ORM_COLUMN_TYPE_DATE:
      return G_TYPE_DATE;
    case ORM_COLUMN_TYPE_TIMESTAMP:
      return G_TYPE_DATE_TIME;
    default:
      g_assert_not_reached ();
    }
}
