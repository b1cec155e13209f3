/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-xml-reader.h"

#include <glib/gi18n.h>
#include <libxml/xmlreader.h>
#include <string.h>

/*
 * Reading XML that somebody else wrote: nothing is fetched, nothing is
 * substituted, the guard has looked at all of it before, and what is compressed
 * may not grow without end.
 */

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

/* Where in a file the guard is. */
typedef enum
{
  BUDGET_XML_IN_TEXT,
  BUDGET_XML_IN_START,
  BUDGET_XML_IN_TAG,
  BUDGET_XML_IN_COMMENT,
  BUDGET_XML_IN_CHARACTERS,
  BUDGET_XML_IN_INSTRUCTION
} BudgetXmlState;

typedef struct
{
  BudgetXmlState state;
  char start[8]; /* of what a “<” begins */
  guint n_start;
  guint n_closing;
  guint n_attributes;
  guint length;
  char quote;
} BudgetXmlGuard;

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
static gboolean
look (BudgetXmlGuard *self, const char *buffer, gsize length)
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

/* Books shrink to a tenth or a twentieth; what grows more is made to. */
#define MOST_GROWTH 150
#define LEAST_LIMIT (G_GUINT64_CONSTANT (4) * 1024 * 1024)

/* How much of a file's beginning says what it is. */
#define START_LENGTH 4096

struct _BudgetXmlReader
{
  xmlTextReaderPtr reader;
  GInputStream *stream;
  GCancellable *cancellable;
  guint64 n_left; /* how much may still come */
  BudgetXmlGuard guard;
  GError *cause;            /* why the stream came to an end */
  gboolean has_end_to_tell; /* of an element that was empty */
  gboolean is_skipped;
  GHashTable *attributes; /* of the element, those that were asked for */
};

gboolean
budget_xml_is_compressed (const char *start, gsize length)
{
  return length > 2 && (guchar) start[0] == 0x1f && (guchar) start[1] == 0x8b;
}

/*
 * What a compressed file begins with.
 */
char *
budget_xml_expand_start (const char *start, gsize length)
{
  g_autoptr (GZlibDecompressor) decompressor =
    g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  char *expanded = g_malloc0 (START_LENGTH + 1);
  gsize n_read = 0, n_written = 0;

  g_converter_convert (G_CONVERTER (decompressor), start, length, expanded, START_LENGTH,
                       G_CONVERTER_NO_FLAGS, &n_read, &n_written, NULL);
  expanded[n_written] = '\0';
  return expanded;
}

static int
read_stream (void *context, char *buffer, int length)
{
  BudgetXmlReader *self = context;
  gssize n_read;

  n_read = g_input_stream_read (self->stream, buffer, (gsize) length, self->cancellable,
                                self->cause == NULL ? &self->cause : NULL);
  if (n_read > 0 && (guint64) n_read > self->n_left)
    {
      if (self->cause == NULL)
        budget_refuse (&self->cause, BUDGET_ERROR_NOT_A_STATEMENT,
                       _("The file grows too large when it is unpacked"));
      return -1;
    }

  if (n_read > 0 && !look (&self->guard, buffer, (gsize) n_read))
    {
      if (self->cause == NULL)
        budget_refuse (&self->cause, BUDGET_ERROR_NOT_A_STATEMENT,
                       _("The file has parts that no book has"));
      return -1;
    }

  if (n_read > 0)
    self->n_left -= (guint64) n_read;
  return (int) n_read;
}

static int
close_stream (void *context)
{
  return 0;
}

/* What is wrong is told by how the reading ends, and not on the terminal. */
static void
ignore_error (void *data, xmlErrorPtr error)
{
}

static GInputStream *
open_stream (BudgetXmlReader *self, GFile *file, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, self->cancellable, error);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GZlibDecompressor) decompressor = NULL;
  char start[3] = "";
  guint64 size;

  if (stream == NULL)
    return NULL;

  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, error);
  if (info == NULL ||
      g_input_stream_read (G_INPUT_STREAM (stream), start, sizeof start, self->cancellable, error) <
        0 ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, error))
    return NULL;

  size = (guint64) g_file_info_get_size (info);
  self->n_left = size + 1;
  if (!budget_xml_is_compressed (start, sizeof start))
    return G_INPUT_STREAM (g_steal_pointer (&stream));

  self->n_left = MAX (size * MOST_GROWTH, LEAST_LIMIT);
  decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  return g_converter_input_stream_new (G_INPUT_STREAM (stream), G_CONVERTER (decompressor));
}

BudgetXmlReader *
budget_xml_reader_new (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (BudgetXmlReader) self = g_new0 (BudgetXmlReader, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, xmlFree);
  self->stream = open_stream (self, file, error);
  if (self->stream == NULL)
    return NULL;

  /* Both programs write UTF-8. The guard reads it as the parser does; what a file
   * says of its encoding must not part them. */
  self->reader = xmlReaderForIO (read_stream, close_stream, self, NULL, "UTF-8",
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                   XML_PARSE_COMPACT | XML_PARSE_BIG_LINES);
  if (self->reader == NULL)
    {
      budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _("The file cannot be read"));
      return NULL;
    }

  xmlTextReaderSetStructuredErrorHandler (self->reader, ignore_error, NULL);
  return g_steal_pointer (&self);
}

void
budget_xml_reader_free (BudgetXmlReader *self)
{
  g_clear_pointer (&self->reader, xmlFreeTextReader);
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_error (&self->cause);
  g_free (self);
}

static BudgetXmlNode
fail (BudgetXmlReader *self, GError **error)
{
  guint line = (guint) MAX (xmlTextReaderGetParserLineNumber (self->reader), 0);

  if (self->cause != NULL)
    g_propagate_error (error, g_steal_pointer (&self->cause));
  else
    {
      g_autofree char *message =
        /* Translators: %u is the number of a line. */
        g_strdup_printf (_("The file is damaged or breaks off at line %u"), line);

      budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, message);
    }

  return BUDGET_XML_ERROR;
}

/*
 * The next node that says something; comments and the like say nothing. An
 * empty element begins and ends as any other.
 */
BudgetXmlNode
budget_xml_reader_next (BudgetXmlReader *self, GError **error)
{
  g_hash_table_remove_all (self->attributes);

  if (self->has_end_to_tell)
    {
      self->has_end_to_tell = FALSE;
      return BUDGET_XML_END;
    }

  for (;;)
    {
      int result =
        self->is_skipped ? xmlTextReaderNext (self->reader) : xmlTextReaderRead (self->reader);

      self->is_skipped = FALSE;
      if (self->cause != NULL || result < 0)
        return fail (self, error);
      if (result == 0)
        return BUDGET_XML_DONE;

      switch (xmlTextReaderNodeType (self->reader))
        {
        case XML_READER_TYPE_ELEMENT:
          self->has_end_to_tell = xmlTextReaderIsEmptyElement (self->reader) == 1;
          return BUDGET_XML_START;
        case XML_READER_TYPE_END_ELEMENT:
          return BUDGET_XML_END;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
          return BUDGET_XML_TEXT;
        case XML_READER_TYPE_DOCUMENT_TYPE:
        case XML_READER_TYPE_ENTITY_REFERENCE:
          budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT,
                         _("The file has parts that no book has"));
          return BUDGET_XML_ERROR;
        default:
          break;
        }
    }
}

/*
 * Passes over the element that has just begun, with all that is in it; its end
 * is not told.
 *
 * Returns: %TRUE
 */
gboolean
budget_xml_reader_skip (BudgetXmlReader *self)
{
  self->has_end_to_tell = FALSE;
  self->is_skipped = TRUE;
  return TRUE;
}

const char *
budget_xml_reader_get_name (BudgetXmlReader *self)
{
  const xmlChar *name = xmlTextReaderConstName (self->reader);

  return name != NULL ? (const char *) name : "";
}

const char *
budget_xml_reader_get_text (BudgetXmlReader *self)
{
  const xmlChar *text = xmlTextReaderConstValue (self->reader);

  return text != NULL ? (const char *) text : "";
}

guint
budget_xml_reader_get_line (BudgetXmlReader *self)
{
  return (guint) MAX (xmlGetLineNo (xmlTextReaderCurrentNode (self->reader)), 0);
}

guint
budget_xml_reader_get_depth (BudgetXmlReader *self)
{
  return (guint) MAX (xmlTextReaderDepth (self->reader), 0);
}

/*
 * Returns: (nullable): the attribute, until the next node
 */
const char *
budget_xml_reader_get_attribute (BudgetXmlReader *self, const char *name)
{
  xmlChar *value = g_hash_table_lookup (self->attributes, name);

  if (value == NULL)
    {
      value = xmlTextReaderGetAttribute (self->reader, BAD_CAST name);
      if (value != NULL)
        g_hash_table_insert (self->attributes, g_strdup (name), value);
    }

  return (const char *) value;
}
