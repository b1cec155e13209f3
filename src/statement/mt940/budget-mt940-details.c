/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-mt940-details.h"
#include "budget-statement-text.h"

#include <string.h>

/*
 * SWIFT does not define the contents of :86:. Banks in Germany, Austria, Poland and
 * neighbouring countries number its parts: "?20" is the first line of the purpose, and
 * some use another mark than "?". Dutch banks name the parts, such as "/NAME/". All
 * others write plain text. Within a purpose, SEPA names its parts, such as "SVWZ+".
 */

/* A part of this many characters breaks off in the middle of a word. */
#define MAX_PART_LENGTH 27

typedef struct
{
  GString *text;
  glong last; /* the length of the last part */
} Parts;

static const char *const sepa_tags[] = {
  "EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "COAM+", "OAMT+", "SVWZ+", "ABWA+",
  "ABWE+", "IBAN+", "BIC+",  "PURP+", "ANAM+", "RREF+", "RTRN+", "CDGM+", "MTLG:",
};

static const char *const slash_tags[] = {
  "TRTP", "IBAN", "BIC",  "NAME", "REMI", "EREF", "MARF", "CSID", "CNTP", "ORDP", "BENM",
  "ADDR", "PREF", "SVCL", "PURP", "RTRN", "ISDT", "ULTB", "ULTD", "ULTC", "UDTR", "UCRD",
  "BUSP", "SUBF", "KREF", "TRCD", "INIT", "CREF", "ACCT", "ID",   "IREF", "RREF", "CODE",
};

void
_budget_mt940_details_clear (BudgetMt940Details *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->ultimate, g_free);
  g_clear_pointer (&self->purpose, g_free);
  g_clear_pointer (&self->posting, g_free);
}

static void
parts_init (Parts *self)
{
  self->text = g_string_new (NULL);
  self->last = MAX_PART_LENGTH;
}

static void
parts_clear (Parts *self)
{
  g_string_free (self->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static const char *
find_sepa_tag (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (sepa_tags); i++)
    if (g_str_has_prefix (text, sepa_tags[i]))
      return sepa_tags[i];

  return NULL;
}

static void
parts_add (Parts *self, const char *part)
{
  if (self->last < MAX_PART_LENGTH || find_sepa_tag (part) != NULL)
    g_string_append_c (self->text, ' ');

  g_string_append (self->text, part);
  self->last = g_utf8_strlen (part, -1);
}

static gboolean
is_known_code (const char *at)
{
  static const char codes[] = " 00 10 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 38"
                              " 60 61 62 63 64 65 ";
  char code[5] = { ' ', at[0], '\0', ' ', '\0' };

  if (!g_ascii_isdigit (at[0]) || !g_ascii_isdigit (at[1]))
    return FALSE;

  code[2] = at[1];
  return strstr (codes, code) != NULL;
}

/*
 * Returns: (nullable): the first mark of a text with numbered parts; a key of three
 *   digits may precede it
 */
static const char *
find_first_mark (const char *text)
{
  const char *at = text + strspn (text, " ");
  gboolean has_key = g_ascii_isdigit (at[0]) && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]);

  if (has_key)
    at += 3;

  if (!g_ascii_ispunct (*at) || !is_known_code (at + 1))
    return NULL;

  if (strchr ("?<>~^|", *at) != NULL)
    return at;

  /* One other mark may be chance, as in "100.00". */
  for (const char *next = strchr (at + 1, *at); has_key && next != NULL;
       next = strchr (next + 1, *at))
    if (is_known_code (next + 1))
      return at;

  return NULL;
}

static void
replace (char **target, const char *text)
{
  g_free (*target);
  *target = budget_statement_text_dup_clean (text);
}

static void
take_sepa_part (BudgetMt940Details *self, const char *tag, const char *text)
{
  if (g_str_equal (tag, "SVWZ+"))
    replace (&self->purpose, text);
  else if (g_str_equal (tag, "MTLG:") && self->purpose == NULL)
    replace (&self->purpose, text);
  else if (g_str_equal (tag, "ABWA+") || g_str_equal (tag, "ABWE+"))
    replace (&self->ultimate, text);
  else if (g_str_equal (tag, "ANAM+") && self->name == NULL)
    replace (&self->name, text);
  else if (g_str_equal (tag, "IBAN+") && self->account == NULL)
    replace (&self->account, text);
}

/* The text before SEPA's first tag is the purpose, unless a tag has it. */
static void
take_purpose (BudgetMt940Details *self, const char *text)
{
  const char *tag = NULL;
  const char *start = text;

  for (const char *at = text;; at++)
    {
      const char *next = at == text || at[-1] == ' ' ? find_sepa_tag (at) : NULL;
      g_autofree char *part = NULL;

      if (next == NULL && *at != '\0')
        continue;

      part = g_strndup (start, (gsize) (at - start));
      if (tag == NULL)
        replace (&self->purpose, part);
      else
        take_sepa_part (self, tag, part);

      if (*at == '\0')
        return;

      tag = next;
      at += strlen (next) - 1;
      start = at + 1;
    }
}

static void
take_numbered (BudgetMt940Details *self, Parts *purpose, Parts *name, guint code, const char *part)
{
  if (code == 0)
    replace (&self->posting, part);
  else if ((code >= 20 && code <= 29) || (code >= 60 && code <= 63))
    parts_add (purpose, part);
  else if (code == 31 && self->account == NULL)
    replace (&self->account, part);
  else if (code == 38)
    replace (&self->account, part);
  else if (code == 32 || code == 33)
    parts_add (name, part);
}

static void
read_numbered (BudgetMt940Details *self, const char *first)
{
  g_auto (Parts) purpose = { 0 };
  g_auto (Parts) name = { 0 };
  char mark = *first;
  const char *start = first;

  parts_init (&purpose);
  parts_init (&name);

  while (start != NULL)
    {
      guint code = (guint) (start[1] - '0') * 10 + (guint) (start[2] - '0');
      const char *end = strchr (start + 3, mark);
      g_autofree char *part = NULL;

      while (end != NULL && !(g_ascii_isdigit (end[1]) && g_ascii_isdigit (end[2])))
        end = strchr (end + 1, mark);

      part = end != NULL ? g_strndup (start + 3, (gsize) (end - start - 3)) : g_strdup (start + 3);
      take_numbered (self, &purpose, &name, code, part);
      start = end;
    }

  replace (&self->name, name.text->str);
  take_purpose (self, purpose.text->str);
}

static const char *
find_slash_tag (const char *at)
{
  for (guint i = 0; *at == '/' && i < G_N_ELEMENTS (slash_tags); i++)
    if (g_str_has_prefix (at + 1, slash_tags[i]) && at[1 + strlen (slash_tags[i])] == '/')
      return slash_tags[i];

  return NULL;
}

/* The parts are account, bank, name and town; some may be missing. */
static void
take_party (BudgetMt940Details *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 4);
  guint n = g_strv_length (parts);

  if (n > 0)
    replace (&self->account, parts[0]);
  if (n > 2)
    replace (&self->name, parts[2]);
}

static void
take_remittance (BudgetMt940Details *self, char *text)
{
  gsize length = strlen (text);

  if (g_str_has_prefix (text, "USTD//"))
    memset (text, ' ', strlen ("USTD//"));
  while (length > 0 && (text[length - 1] == '/' || text[length - 1] == ' '))
    text[--length] = '\0';

  replace (&self->purpose, text);
}

static void
take_named (BudgetMt940Details *self, const char *tag, char *text)
{
  if (g_str_equal (tag, "CNTP"))
    take_party (self, text);
  else if (g_str_equal (tag, "REMI"))
    take_remittance (self, text);
  else if (g_str_equal (tag, "NAME") && self->name == NULL)
    replace (&self->name, text);
  else if (g_str_equal (tag, "IBAN") && self->account == NULL)
    replace (&self->account, text);
  else if (g_str_equal (tag, "TRTP"))
    replace (&self->posting, text);
  else if (g_str_has_prefix (tag, "ULT") || g_str_equal (tag, "UDTR") || g_str_equal (tag, "UCRD"))
    {
      g_strdelimit (text, "/", ' ');
      replace (&self->ultimate, text);
    }
}

static void
read_named (BudgetMt940Details *self, const char *text)
{
  const char *tag = find_slash_tag (text);

  while (tag != NULL)
    {
      const char *start = text + strlen (tag) + 2;
      const char *next = NULL;
      g_autofree char *part = NULL;

      /* An empty part and the next have one slash between them. */
      for (text = start - 1; *text != '\0' && next == NULL; text++)
        if ((next = find_slash_tag (text)) != NULL)
          break;

      part = text > start ? g_strndup (start, (gsize) (text - start)) : g_strdup ("");
      take_named (self, tag, part);
      tag = next;
    }
}

/* After the key 999 and the number of a journal, the rest is plain text. */
static const char *
skip_key (const char *text)
{
  if (!g_str_has_prefix (text, "999") || g_ascii_isdigit (text[3]))
    return text;

  text += 3;
  return g_str_has_prefix (text, "PN") && strspn (text + 2, "0123456789") >= 4 ? text + 6 : text;
}

/*
 * _budget_mt940_details_read:
 * @self: (out caller-allocates): what is said
 * @text: the field :86:, its lines joined
 *
 * Parses the details of a transaction.
 */
void
_budget_mt940_details_read (BudgetMt940Details *self, const char *text)
{
  const char *mark = find_first_mark (text);

  memset (self, 0, sizeof *self);
  text += strspn (text, " ");

  if (mark != NULL)
    read_numbered (self, mark);
  else if (find_slash_tag (text) != NULL)
    read_named (self, text);
  else
    take_purpose (self, skip_key (text));
}

/*
 * _budget_mt940_details_read_lines:
 * @self: (out caller-allocates): what is said
 * @text: the field :NS:, its lines with their ends
 *
 * Parses details whose lines are numbered.
 */
void
_budget_mt940_details_read_lines (BudgetMt940Details *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (Parts) name = { 0 };
  g_autoptr (GString) purpose = g_string_new (NULL);

  memset (self, 0, sizeof *self);
  parts_init (&name);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];
      guint code;

      if (!g_ascii_isdigit (line[0]) || !g_ascii_isdigit (line[1]))
        continue;

      code = (guint) (line[0] - '0') * 10 + (guint) (line[1] - '0');
      if (code >= 1 && code <= 14)
        g_string_append_printf (purpose, "%s%s", purpose->len > 0 ? " " : "", line + 2);
      else if (code == 15 || code == 16)
        parts_add (&name, line + 2);
      else if (code == 34)
        replace (&self->account, line + 2);
    }

  replace (&self->name, name.text->str);
  take_purpose (self, purpose->str);
}
