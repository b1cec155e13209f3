/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-ofx-tokenizer.h"

#include <string.h>

/*
 * Splits a file into tags and texts. The file may be XML, SGML without end tags, or
 * invalid as either. Whatever cannot be a tag is text; there are no errors. The time
 * is linear in the size of the file, whatever its contents.
 */

/* Longer than anything that banks write. */
#define MAX_TEXT_LENGTH 4096
#define MAX_NAME_LENGTH 64
#define MAX_ENTITY_LENGTH 12

/* Markup other than tags. */
static const struct
{
  const char *start;
  const char *stop;
  gboolean is_text;
} marks[] = {
  { "<!--", "-->", FALSE },
  { "<![CDATA[", "]]>", TRUE },
  { "<?", "?>", FALSE },
  { "<!", ">", FALSE },
};

static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" }, { "apos", "'" }, { "nbsp", " " },
};

static gsize
get_left (const BudgetOfxTokenizer *self)
{
  return (gsize) (self->end - self->at);
}

static gboolean
starts_with (const BudgetOfxTokenizer *self, const char *text)
{
  gsize length = strlen (text);

  return get_left (self) >= length && memcmp (self->at, text, length) == 0;
}

static const char *
find (const char *from, const char *end, const char *text)
{
  gsize length = strlen (text);

  for (const char *at = from; (at = memchr (at, text[0], (gsize) (end - at))) != NULL; at++)
    if ((gsize) (end - at) >= length && memcmp (at, text, length) == 0)
      return at;

  return NULL;
}

/* CR LF ends a line, and so does either alone. */
static void
advance (BudgetOfxTokenizer *self, const char *to)
{
  for (; self->at < to; self->at++)
    if (*self->at == '\n' ||
        (*self->at == '\r' && (self->at + 1 == self->end || self->at[1] != '\n')))
      self->next_line++;
}

/* White space and control characters become one space between words. */
static void
append_char (BudgetOfxTokenizer *self, gunichar c)
{
  GString *text = self->text;
  gboolean is_blank =
    c < 0x80 ? c <= ' ' || c == 0x7f : g_unichar_isspace (c) || g_unichar_iscntrl (c);

  if (text->len >= MAX_TEXT_LENGTH)
    return;

  if (is_blank && (text->len == 0 || text->str[text->len - 1] == ' '))
    return;

  if (is_blank)
    g_string_append_c (text, ' ');
  else if (c < 0x80)
    g_string_append_c (text, (char) c);
  else
    g_string_append_unichar (text, c);
}

static void
append_text (BudgetOfxTokenizer *self, const char *to)
{
  for (const char *at = self->at; at < to && self->text->len < MAX_TEXT_LENGTH;
       at = g_utf8_next_char (at))
    append_char (self, g_utf8_get_char (at));

  advance (self, to);
}

static gunichar
read_reference (const char *name)
{
  gboolean is_hex = name[1] == 'x' || name[1] == 'X';
  guint64 value;

  if (!g_ascii_string_to_unsigned (name + (is_hex ? 2 : 1), is_hex ? 16 : 10, 1, 0x10ffff, &value,
                                   NULL) ||
      !g_unichar_validate ((gunichar) value))
    return 0;

  return (gunichar) value;
}

/* Unknown entities are kept as text. */
static void
append_entity (BudgetOfxTokenizer *self)
{
  gsize left = MIN (get_left (self), MAX_ENTITY_LENGTH);
  const char *semicolon = memchr (self->at, ';', left);
  char name[MAX_ENTITY_LENGTH] = "";
  gunichar c = 0;

  if (semicolon != NULL)
    memcpy (name, self->at + 1, (gsize) (semicolon - self->at) - 1);

  if (name[0] == '#')
    c = read_reference (name);

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_ascii_strcasecmp (name, entities[i].name) == 0)
      c = (gunichar) entities[i].text[0];

  if (c != 0)
    {
      append_char (self, c);
      self->at = semicolon + 1;
      return;
    }

  append_char (self, '&');
  self->at++;
}

/* Skips a comment, declaration or instruction, or takes the text of a CDATA section. */
static gboolean
take_mark (BudgetOfxTokenizer *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gsize length = strlen (marks[i].start);
      const char *stop;

      if (self->n_lost & (1u << i) || !starts_with (self, marks[i].start))
        continue;

      stop = find (self->at + length, self->end, marks[i].stop);

      /* The rest of the file has no such end, so do not search for it again. */
      if (stop == NULL)
        {
          self->n_lost |= 1u << i;
          continue;
        }

      if (marks[i].is_text)
        {
          advance (self, self->at + length);
          append_text (self, stop);
        }

      advance (self, stop + strlen (marks[i].stop));
      return TRUE;
    }

  return FALSE;
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '_' || c == '-' || c == ':';
}

/*
 * A tag has a name, optional attributes, and a ">" before the next "<".
 *
 * Returns: (nullable): the end of the tag that begins here
 */
static const char *
find_tag_end (const BudgetOfxTokenizer *self, const char **name, const char **name_end)
{
  const char *at = self->at + 1;
  gboolean has_equals = FALSE;
  gboolean has_rest = FALSE;

  if (at < self->end && *at == '/')
    at++;

  *name = at;
  if (at == self->end || !g_ascii_isalpha (*at))
    return NULL;

  while (at < self->end && is_name_char (*at))
    at++;
  *name_end = at;

  for (; at < self->end && *at != '<' && *at != '>'; at++)
    {
      has_equals |= *at == '=';
      has_rest |= !g_ascii_isspace (*at) && *at != '/';
    }

  if (at == self->end || *at != '>' || *name_end - *name > MAX_NAME_LENGTH ||
      (has_rest && !has_equals))
    return NULL;

  return at + 1;
}

/* Namespace prefixes are dropped. */
static void
take_name (BudgetOfxTokenizer *self, const char *name, const char *name_end)
{
  const char *colon = memchr (name, ':', (gsize) (name_end - name));

  if (colon != NULL && colon + 1 < name_end)
    name = colon + 1;

  g_string_truncate (self->text, 0);
  g_string_append_len (self->text, name, name_end - name);
  g_string_ascii_up (self->text);
}

/* Moves to the next tag. Returns: whether there was text before it */
static gboolean
take_text (BudgetOfxTokenizer *self)
{
  const char *name, *name_end;

  g_string_truncate (self->text, 0);
  self->line = self->next_line;

  while (self->at < self->end)
    {
      const char *stop;

      if (self->text->len == 0)
        self->line = self->next_line;

      if (*self->at == '&')
        append_entity (self);
      else if (*self->at == '<' && !take_mark (self))
        {
          if (find_tag_end (self, &name, &name_end) != NULL)
            break;

          append_text (self, self->at + 1);
        }
      else if (*self->at != '<')
        {
          for (stop = self->at; stop < self->end && *stop != '<' && *stop != '&'; stop++)
            ;
          append_text (self, stop);
        }
    }

  if (self->text->len > 0 && self->text->str[self->text->len - 1] == ' ')
    g_string_truncate (self->text, self->text->len - 1);

  return self->text->len > 0;
}

/**
 * _budget_ofx_tokenizer_init:
 * @self: (out caller-allocates): a tokenizer
 * @text: UTF-8, which has to outlive it
 */
void
_budget_ofx_tokenizer_init (BudgetOfxTokenizer *self, GBytes *text)
{
  gsize size;

  memset (self, 0, sizeof *self);
  self->at = g_bytes_get_data (text, &size);
  self->end = self->at + size;
  self->text = g_string_new (NULL);
  self->next_line = 1;
}

void
_budget_ofx_tokenizer_clear (BudgetOfxTokenizer *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

BudgetOfxToken
_budget_ofx_tokenizer_next (BudgetOfxTokenizer *self)
{
  const char *name, *name_end, *tag_end;
  gboolean is_close;

  if (self->is_empty_tag)
    {
      self->is_empty_tag = FALSE;
      return BUDGET_OFX_TOKEN_CLOSE;
    }

  if (take_text (self))
    return BUDGET_OFX_TOKEN_TEXT;

  if (self->at == self->end)
    return BUDGET_OFX_TOKEN_END;

  tag_end = find_tag_end (self, &name, &name_end);
  g_assert (tag_end != NULL);
  take_name (self, name, name_end);
  self->line = self->next_line;
  is_close = self->at[1] == '/';
  self->is_empty_tag = !is_close && tag_end[-2] == '/';
  advance (self, tag_end);

  return is_close ? BUDGET_OFX_TOKEN_CLOSE : BUDGET_OFX_TOKEN_OPEN;
}
