/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-xml-source-private.h"

#include <string.h>

/*
 * Looks at XML before the parser does. A tag with very many attributes keeps the
 * parser busy for minutes, because it compares each with all others; a document
 * type brings entities, which no book has. What is in comments, in sections of
 * characters and between quotes is nothing of that kind.
 */

/* A tag has a few dozen attributes at most, and a text in it is a few lines. */
#define MOST_ATTRIBUTES 1000
#define LONGEST_TAG (256 * 1024)

#define COMMENT "!--"
#define CHARACTERS "![CDATA["

void
_budget_xml_guard_init (BudgetXmlGuard *self)
{
  *self = (BudgetXmlGuard){ 0 };
}

/* How far @start agrees with the beginning of a tag. */
static gboolean
may_become (BudgetXmlGuard *self, const char *start)
{
  return strncmp (self->start, start, self->n_start) == 0;
}

/*
 * After a “<”, until it is known what begins.
 */
static gboolean
begin (BudgetXmlGuard *self, char c)
{
  self->start[self->n_start++] = c;

  if (c == '?' && self->n_start == 1)
    self->state = BUDGET_XML_IN_INSTRUCTION;
  else if (self->start[0] != '!')
    self->state = BUDGET_XML_IN_TAG;
  else if (self->n_start == strlen (COMMENT) && may_become (self, COMMENT))
    self->state = BUDGET_XML_IN_COMMENT;
  else if (self->n_start == strlen (CHARACTERS) && may_become (self, CHARACTERS))
    self->state = BUDGET_XML_IN_CHARACTERS;
  else if (!may_become (self, COMMENT) && !may_become (self, CHARACTERS))
    return FALSE; /* a document type, or nothing that there is */

  if (self->state != BUDGET_XML_IN_START)
    {
      self->length = 0;
      self->n_attributes = 0;
      self->n_closing = 0;
      if (self->state == BUDGET_XML_IN_TAG && c == '>')
        self->state = BUDGET_XML_IN_TEXT;
    }

  return TRUE;
}

/* Until @mark was seen @n times before a “>”. */
static void
find_end (BudgetXmlGuard *self, char c, char mark, guint n)
{
  if (c == '>' && self->n_closing >= n)
    self->state = BUDGET_XML_IN_TEXT;
  self->n_closing = c == mark ? self->n_closing + 1 : 0;
}

static gboolean
look_at_tag (BudgetXmlGuard *self, char c)
{
  if (++self->length > LONGEST_TAG)
    return FALSE;

  if (self->quote != '\0')
    {
      if (c == self->quote)
        self->quote = '\0';
    }
  else if (c == '"' || c == '\'')
    self->quote = c;
  else if (c == '=')
    return ++self->n_attributes <= MOST_ATTRIBUTES;
  else if (c == '>')
    self->state = BUDGET_XML_IN_TEXT;

  return TRUE;
}

/*
 * Returns: %FALSE if what comes next must not get to the parser
 */
gboolean
_budget_xml_guard_look (BudgetXmlGuard *self, const char *buffer, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      char c = buffer[i];
      gboolean is_good = TRUE;

      switch (self->state)
        {
        case BUDGET_XML_IN_TEXT:
          if (c == '<')
            {
              self->state = BUDGET_XML_IN_START;
              self->n_start = 0;
            }
          break;
        case BUDGET_XML_IN_START:
          is_good = begin (self, c);
          break;
        case BUDGET_XML_IN_TAG:
          is_good = look_at_tag (self, c);
          break;
        case BUDGET_XML_IN_COMMENT:
          find_end (self, c, '-', 2);
          break;
        case BUDGET_XML_IN_CHARACTERS:
          find_end (self, c, ']', 2);
          break;
        case BUDGET_XML_IN_INSTRUCTION:
          find_end (self, c, '?', 1);
          break;
        default:
          g_assert_not_reached ();
        }

      if (!is_good)
        return FALSE;
    }

  return TRUE;
}
