/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-json-slices.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

/*
 * Splits a large JSON file into its rows, so that the JSON parser reads them
 * one by one and never builds a tree of the whole file. This finds only where
 * a value ends (RFC 8259); the parser reports errors within it. The parser is
 * recursive, so the depth of nesting is limited here.
 */

#define MAX_DEPTH 8

typedef struct
{
  const char *at;
  const char *end;
  guint line;
} Scanner;

static void
member_free (gpointer data)
{
  BudgetJsonMember *self = data;

  g_free (self->name);
  g_clear_pointer (&self->elements, g_array_unref);
  g_free (self);
}

static gboolean
refuse_line (Scanner *self, GError **error, const char *message)
{
  g_set_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT,
               /* Translators: the number of a line of a file, and what is wrong there. */
               _("Line %1$u: %2$s"), self->line, message);
  return FALSE;
}

static gboolean
refuse_end (Scanner *self, GError **error)
{
  return refuse_line (self, error, _("the file ends too early"));
}

static void
skip_blank (Scanner *self)
{
  for (; self->at < self->end && strchr (" \t\r\n", *self->at) != NULL && *self->at != '\0';
       self->at++)
    self->line += *self->at == '\n';
}

/* Skips @c and blanks before it. Returns: whether it was there */
static gboolean
take (Scanner *self, char c)
{
  skip_blank (self);
  if (self->at == self->end || *self->at != c)
    return FALSE;

  self->at++;
  return TRUE;
}

static gboolean
skip_string (Scanner *self, GError **error)
{
  for (self->at++; self->at < self->end; self->at++)
    {
      if (*self->at == '"')
        {
          self->at++;
          return TRUE;
        }

      if (*self->at == '\\' && self->at + 1 < self->end)
        self->at++;
      self->line += *self->at == '\n';
    }

  return refuse_end (self, error);
}

static gboolean
skip_nested (Scanner *self, GError **error)
{
  guint depth = 0;

  while (self->at < self->end)
    {
      char c = *self->at;

      if (c == '"')
        {
          if (!skip_string (self, error))
            return FALSE;
          continue;
        }

      self->at++;
      self->line += c == '\n';
      if ((c == '{' || c == '[') && ++depth > MAX_DEPTH)
        return refuse_line (self, error, _("lists are nested too deeply for a book"));
      if ((c == '}' || c == ']') && --depth == 0)
        return TRUE;
    }

  return refuse_end (self, error);
}

static gboolean
skip_value (Scanner *self, BudgetJsonSlice *slice, GError **error)
{
  skip_blank (self);
  slice->text = self->at;
  slice->line = self->line;

  if (self->at == self->end)
    return refuse_end (self, error);

  if (*self->at == '"')
    {
      if (!skip_string (self, error))
        return FALSE;
    }
  else if (*self->at == '{' || *self->at == '[')
    {
      if (!skip_nested (self, error))
        return FALSE;
    }
  else
    while (self->at < self->end && strchr (",]} \t\r\n", *self->at) == NULL)
      self->at++;

  slice->length = (gsize) (self->at - slice->text);
  return slice->length > 0 || refuse_line (self, error, _("a value is missing"));
}

static gboolean
read_elements (Scanner *self, GArray *elements, GError **error)
{
  self->at++;
  if (take (self, ']'))
    return TRUE;

  do
    {
      BudgetJsonSlice slice;

      if (!skip_value (self, &slice, error))
        return FALSE;
      g_array_append_val (elements, slice);
    }
  while (take (self, ','));

  return take (self, ']') || refuse_line (self, error, _("a comma or a “]” is missing"));
}

static char *
dup_string (const BudgetJsonSlice *slice)
{
  g_autofree char *text = g_strndup (slice->text, slice->length);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node != NULL ? json_node_dup_string (node) : NULL;
}

static gboolean
read_member (Scanner *self, GPtrArray *members, GError **error)
{
  BudgetJsonMember *member = g_new0 (BudgetJsonMember, 1);
  BudgetJsonSlice name = { 0 };

  g_ptr_array_add (members, member);
  skip_blank (self);
  if (self->at < self->end && *self->at == '"' && !skip_value (self, &name, error))
    return FALSE;

  member->name = name.length > 0 ? dup_string (&name) : NULL;
  if (member->name == NULL || !take (self, ':'))
    return refuse_line (self, error, _("a name and a “:” are missing"));

  skip_blank (self);
  if (self->at == self->end || *self->at != '[')
    return skip_value (self, &member->value, error);

  member->value.line = self->line;
  member->elements = g_array_new (FALSE, FALSE, sizeof (BudgetJsonSlice));
  return read_elements (self, member->elements, error);
}

static gboolean
read_object (Scanner *self, GPtrArray *members, GError **error)
{
  if (!take (self, '{'))
    return refuse_line (self, error, _("a “{” is missing"));

  if (!take (self, '}'))
    {
      do
        if (!read_member (self, members, error))
          return FALSE;
      while (take (self, ','));

      if (!take (self, '}'))
        return refuse_line (self, error, _("a comma or a “}” is missing"));
    }

  skip_blank (self);
  return self->at == self->end || refuse_line (self, error, _("there is text after the end"));
}

/*
 * _budget_json_slices_read:
 * @bytes: UTF-8 text that outlives the returned slices
 * @error: return location for a #BudgetError
 *
 * Splits an object into its members, and arrays among them into elements.
 *
 * Returns: (transfer full): of BudgetJsonMember, or %NULL
 */
GPtrArray *
_budget_json_slices_read (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (member_free);
  Scanner self = { .line = 1 };
  const char *data;
  gsize size;

  /* An empty GBytes has NULL data. */
  data = g_bytes_get_data (bytes, &size);
  self.at = size > 0 ? data : "";
  self.end = self.at + size;
  if (size >= 3 && memcmp (self.at, "\xef\xbb\xbf", 3) == 0)
    self.at += 3;

  return read_object (&self, members, error) ? g_steal_pointer (&members) : NULL;
}
