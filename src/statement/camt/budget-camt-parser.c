/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-camt-parser.h"

#include <string.h>

/*
 * libxml2's reader, told to fetch nothing, to load no document type and to
 * replace no entities, and held to its own limits of depth and size. A file
 * that declares a document type is not read on: ISO 20022 has none, and what
 * it could declare is how XML is made to grow without end.
 */

#define FIRST_CHUNK 4096
#define LONGEST_NAME 40
#define LONGEST_TEXT 4000
#define LAST_LINE 65535 /* that an element of libxml2 can tell */

static void
on_error (void *data, xmlErrorPtr error)
{
  BudgetCamtParser *self = data;

  if (error->level != XML_ERR_FATAL || self->error_code != XML_ERR_OK)
    return;

  self->error_code = error->code;
  self->error_line = (guint) MAX (error->line, 1);
}

static gpointer
init_library (gpointer data)
{
  xmlInitParser ();
  return NULL;
}

/*
 * White space before the start and anything behind the last element are against
 * the rules of XML, but no harm.
 */
static const char *
trim (GBytes *bytes, gsize *size)
{
  const char *data = g_bytes_get_data (bytes, size);
  const char *start = data;
  const char *end = data + *size;

  /* Two bytes a letter: nothing to see here. */
  if (*size < 4 || data[0] == '\0' || data[1] == '\0' || (guchar) data[0] >= 0xfe)
    return data;

  if (memcmp (data, "\xef\xbb\xbf", 3) == 0)
    start += 3;
  while (start < end && g_ascii_isspace (*start))
    start++;
  while (end > start && end[-1] != '>')
    end--;

  *size = (gsize) (end - start);
  return start;
}

static void
on_ignored_error (void *data, xmlErrorPtr error)
{
}

static void
on_document_type (void *data,
                  const xmlChar *name,
                  const xmlChar *public_id,
                  const xmlChar *system_id)
{
  xmlParserCtxtPtr context = data;

  *(gboolean *) context->_private = TRUE;
  xmlStopParser (context);
}

static void
on_first_element (void *data,
                  const xmlChar *name,
                  const xmlChar *prefix,
                  const xmlChar *space,
                  int n_namespaces,
                  const xmlChar **namespaces,
                  int n_attributes,
                  int n_defaulted,
                  const xmlChar **attributes)
{
  xmlStopParser (data);
}

/*
 * Whether the file declares a document type. The reader would tell only when it
 * is through with the declaration, which may take it for ever: libxml2 limits
 * what general entities grow to, but not parameter entities. So the start is
 * read once before, up to the first element or the name of the type.
 */
static gboolean
has_document_type (const char *data, gsize size, int options)
{
  xmlSAXHandler handlers = { .initialized = XML_SAX2_MAGIC };
  xmlParserCtxtPtr context;
  gboolean has_type = FALSE;

  handlers.internalSubset = on_document_type;
  handlers.startElementNs = on_first_element;
  handlers.serror = on_ignored_error;
  context = xmlCreatePushParserCtxt (&handlers, NULL, NULL, 0, NULL);
  if (context == NULL)
    return TRUE;

  context->_private = &has_type;
  xmlCtxtUseOptions (context, options);
  for (gsize at = 0; at < size && context->disableSAX == 0; at += FIRST_CHUNK)
    xmlParseChunk (context, data + at, (int) MIN (size - at, FIRST_CHUNK), 0);

  xmlFreeParserCtxt (context);
  return has_type;
}

/*
 * _budget_camt_parser_init:
 * @self: (out caller-allocates): before the first element
 * @bytes: what is in the file; they have to outlive @self
 * @is_decoded: whether it is UTF-8, whatever it says itself
 */
void
_budget_camt_parser_init (BudgetCamtParser *self, GBytes *bytes, gboolean is_decoded)
{
  static GOnce once = G_ONCE_INIT;
  int options = XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_COMPACT;
  gsize size;
  const char *data = trim (bytes, &size);

  memset (self, 0, sizeof *self);
  self->path = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->lengths = g_array_new (FALSE, FALSE, sizeof (gsize));

  /* Readers are made in any thread. */
  g_once (&once, init_library, NULL);

  if (is_decoded)
    options |= XML_PARSE_IGNORE_ENC;
  if (size == 0 || size > G_MAXINT)
    return;

  self->is_forbidden = has_document_type (data, size, options);
  if (!self->is_forbidden)
    self->reader =
      xmlReaderForMemory (data, (int) size, NULL, is_decoded ? "UTF-8" : NULL, options);
  if (self->reader != NULL)
    xmlTextReaderSetStructuredErrorHandler (self->reader, on_error, self);
}

void
_budget_camt_parser_clear (BudgetCamtParser *self)
{
  g_clear_pointer (&self->reader, xmlFreeTextReader);
  g_clear_pointer (&self->lengths, g_array_unref);
  g_clear_pointer (&self->currency, g_free);
  if (self->path != NULL)
    g_string_free (self->path, TRUE);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  self->path = self->text = NULL;
}

/* An undeclared prefix is part of the name to libxml2. */
static void
push (BudgetCamtParser *self)
{
  const char *name = (const char *) xmlTextReaderConstLocalName (self->reader);
  const char *colon = strrchr (name, ':');
  gsize length = self->path->len;

  if (colon != NULL)
    name = colon + 1;

  g_array_append_val (self->lengths, length);
  g_string_append_c (self->path, '/');
  g_string_append (self->path, strlen (name) <= LONGEST_NAME ? name : "?");
}

static void
pop (BudgetCamtParser *self)
{
  gsize length = g_array_index (self->lengths, gsize, self->lengths->len - 1);

  g_array_set_size (self->lengths, self->lengths->len - 1);
  g_string_truncate (self->path, length);
  g_string_truncate (self->text, 0);
  g_clear_pointer (&self->currency, g_free);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; text != NULL && (text = strchr (text, '\n')) != NULL; text++)
    n++;

  return n;
}

static void
take_text (BudgetCamtParser *self)
{
  const char *text = (const char *) xmlTextReaderConstValue (self->reader);

  /* A text knows the line it ends on, however far down. */
  if (self->line >= LAST_LINE && !self->has_text)
    self->line =
      (guint) xmlGetLineNo (xmlTextReaderCurrentNode (self->reader)) - count_lines (text);
  self->has_text = TRUE;

  if (text != NULL && self->text->len < LONGEST_TEXT)
    g_string_append (self->text, text);
}

static BudgetCamtEvent
open_element (BudgetCamtParser *self)
{
  xmlChar *currency;

  push (self);
  g_string_truncate (self->text, 0);
  g_clear_pointer (&self->currency, g_free);
  self->is_closing = xmlTextReaderIsEmptyElement (self->reader) == 1;

  if (g_str_has_suffix (self->path->str, "/Amt"))
    {
      currency = xmlTextReaderGetAttribute (self->reader, (const xmlChar *) "Ccy");
      self->currency = g_strdup ((const char *) currency);
      xmlFree (currency);
    }

  return BUDGET_CAMT_EVENT_OPEN;
}

/*
 * _budget_camt_parser_next:
 * @self: a parser
 *
 * Goes to the next start or end of an element. An empty element has both.
 * After an end, the path is still the element's, until the next call.
 *
 * Returns: what is there
 */
BudgetCamtEvent
_budget_camt_parser_next (BudgetCamtParser *self)
{
  int result;

  if (self->has_closed)
    {
      pop (self);
      self->has_closed = FALSE;
    }

  if (self->is_closing)
    {
      self->is_closing = FALSE;
      self->has_closed = TRUE;
      return BUDGET_CAMT_EVENT_CLOSE;
    }

  if (self->is_forbidden)
    return BUDGET_CAMT_EVENT_FORBIDDEN;

  while ((result = self->reader != NULL ? xmlTextReaderRead (self->reader) : -1) > 0)
    {
      switch (xmlTextReaderNodeType (self->reader))
        {
        case XML_READER_TYPE_ELEMENT:
          return open_element (self);
        case XML_READER_TYPE_END_ELEMENT:
          self->has_closed = TRUE;
          return BUDGET_CAMT_EVENT_CLOSE;
        case XML_READER_TYPE_DOCUMENT_TYPE:
          return BUDGET_CAMT_EVENT_FORBIDDEN;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_WHITESPACE:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
          take_text (self);
          break;
        default:
          break;
        }
    }

  return result == 0 && self->lengths->len == 0 ? BUDGET_CAMT_EVENT_END : BUDGET_CAMT_EVENT_BROKEN;
}

/*
 * _budget_camt_parser_mark_line:
 * @self: a parser that opened an element
 *
 * Has the line on which the element begins told by
 * _budget_camt_parser_get_line() once there was some text.
 */
void
_budget_camt_parser_mark_line (BudgetCamtParser *self)
{
  self->line = (guint) MAX (xmlGetLineNo (xmlTextReaderCurrentNode (self->reader)), 1);
  self->has_text = FALSE;
}

guint
_budget_camt_parser_get_line (const BudgetCamtParser *self)
{
  return self->line;
}

/* Of the element that was opened or closed. */
const char *
_budget_camt_parser_get_namespace (BudgetCamtParser *self)
{
  return (const char *) xmlTextReaderConstNamespaceUri (self->reader);
}

/*
 * _budget_camt_parser_is_misencoded:
 * @self: a parser of a broken file
 *
 * Returns: whether it broke on letters that are not in the encoding that the
 *   file says it has, or in none
 */
gboolean
_budget_camt_parser_is_misencoded (const BudgetCamtParser *self)
{
  switch (self->error_code)
    {
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_ENCODING:
    case XML_ERR_UNKNOWN_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING:
    case XML_I18N_NO_NAME:
    case XML_I18N_NO_HANDLER:
    case XML_I18N_EXCESS_HANDLER:
    case XML_I18N_CONV_FAILED:
    case XML_I18N_NO_OUTPUT:
    case XML_IO_ENCODER:
      return TRUE;
    default:
      return FALSE;
    }
}

/*
 * _budget_camt_parser_is_cut:
 * @self: a parser of a broken file
 *
 * Returns: whether it ends where an element is open
 */
gboolean
_budget_camt_parser_is_cut (const BudgetCamtParser *self)
{
  return self->lengths->len > 0 &&
         (self->error_code == XML_ERR_OK || self->error_code == XML_ERR_DOCUMENT_END ||
          self->error_code == XML_ERR_TAG_NOT_FINISHED);
}
