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
 * Every XML file is read through this reader, over libxml2. It never opens
 * another file or a connection, and it bounds the time and memory that a hostile
 * file can take:
 *
 * - A guard scans all bytes before libxml2 does. It refuses document types, so
 *   there are no entities, and tags that are too long or have too many attributes,
 *   since libxml2 compares every attribute of a tag with all others.
 * - libxml2 itself limits the depth of elements (256) and the length of a text.
 * - A compressed file may not grow too much.
 *
 * The guard and libxml2 must agree on where a tag begins, so both read UTF-8,
 * whatever encoding the file declares. The caller decodes other encodings.
 */

#define MAX_ATTRIBUTES 1000
#define MAX_TAG_LENGTH (256 * 1024)

/* Real files shrink to a tenth or a twentieth of their size. */
#define MAX_GROWTH 150
#define MIN_GROWTH_LIMIT (G_GUINT64_CONSTANT (4) * 1024 * 1024)

/* How much of an unpacked file is enough to recognise it. */
#define START_LENGTH 4096

#define COMMENT "!--"
#define CDATA "![CDATA["

typedef enum
{
  IN_TEXT,
  IN_MARKUP, /* after a “<”, until it is clear what begins */
  IN_TAG,
  IN_COMMENT,
  IN_CDATA,
  IN_INSTRUCTION
} GuardState;

typedef struct
{
  GuardState state;
  char markup[8]; /* what follows the “<” */
  guint n_markup;
  guint n_closing; /* how many “-”, “]” or “?” came just before */
  guint n_attributes;
  guint length; /* of the tag */
  char quote;
  guint line;    /* how many ends of lines there were */
  GQueue starts; /* the lines of the start tags that libxml2 has not reported yet */
} Guard;

struct _BudgetXmlReader
{
  xmlTextReaderPtr reader;
  GInputStream *stream;
  GCancellable *cancellable;
  guint64 n_left; /* how many more bytes are allowed */
  Guard guard;
  gboolean has_failed;
  GError *cause;  /* why no more bytes are read */
  int error_code; /* the first of #xmlParserErrors */
  guint error_line;
  int error_depth; /* how many elements were open to libxml2, which reads ahead */
  guint line;      /* of the element that began last */
  guint n_open;
  guint skip_to;           /* skip until fewer elements than this are open, or 0 */
  gboolean is_end_pending; /* of an empty element */
  GHashTable *attributes;  /* of the element; those that the caller asked for */
};

static gboolean
may_become (const Guard *self, const char *markup)
{
  return strncmp (self->markup, markup, self->n_markup) == 0;
}

static void
begin_tag (Guard *self, char c)
{
  self->state = c == '>' ? IN_TEXT : IN_TAG;
  self->length = 0;
  self->n_attributes = 0;
  if (c != '/')
    g_queue_push_tail (&self->starts, GUINT_TO_POINTER (self->line + 1));
}

/* Returns: why the file is refused, or %NULL */
static const char *
scan_markup (Guard *self, char c)
{
  self->markup[self->n_markup++] = c;
  self->n_closing = 0;

  if (self->markup[0] == '?')
    self->state = IN_INSTRUCTION;
  else if (self->markup[0] != '!')
    begin_tag (self, c);
  else if (self->n_markup == strlen (COMMENT) && may_become (self, COMMENT))
    self->state = IN_COMMENT;
  else if (self->n_markup == strlen (CDATA) && may_become (self, CDATA))
    self->state = IN_CDATA;
  else if (!may_become (self, COMMENT) && !may_become (self, CDATA))
    return N_ ("The file contains unsupported XML: a document type declaration");

  return NULL;
}

/* Ends at a “>” after @n times @mark. */
static void
scan_until (Guard *self, char c, char mark, guint n)
{
  if (c == '>' && self->n_closing >= n)
    self->state = IN_TEXT;
  self->n_closing = c == mark ? self->n_closing + 1 : 0;
}

static const char *
scan_tag (Guard *self, char c)
{
  if (++self->length > MAX_TAG_LENGTH)
    return N_ ("The file contains unsupported XML: a tag that is too long");

  if (self->quote != '\0')
    {
      if (c == self->quote)
        self->quote = '\0';
    }
  else if (c == '"' || c == '\'')
    self->quote = c;
  else if (c == '=' && ++self->n_attributes > MAX_ATTRIBUTES)
    return N_ ("The file contains unsupported XML: an element with too many attributes");
  else if (c == '>')
    self->state = IN_TEXT;

  return NULL;
}

static const char *
scan_character (Guard *self, char c)
{
  switch (self->state)
    {
    case IN_TEXT:
      self->n_markup = 0;
      if (c == '<')
        self->state = IN_MARKUP;
      break;
    case IN_MARKUP:
      return scan_markup (self, c);
    case IN_TAG:
      return scan_tag (self, c);
    case IN_COMMENT:
      scan_until (self, c, '-', 2);
      break;
    case IN_CDATA:
      scan_until (self, c, ']', 2);
      break;
    case IN_INSTRUCTION:
      scan_until (self, c, '?', 1);
      break;
    default:
      g_assert_not_reached ();
    }

  return NULL;
}

static gboolean
scan (Guard *self, const char *buffer, gsize length, GError **error)
{
  for (gsize i = 0; i < length; i++)
    {
      const char *reason = scan_character (self, buffer[i]);

      if (reason != NULL)
        return budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, _(reason));
      self->line += buffer[i] == '\n';
    }

  return TRUE;
}

static gboolean
is_compressed (const char *start, gsize length)
{
  return length > 2 && (guchar) start[0] == 0x1f && (guchar) start[1] == 0x8b;
}

/**
 * budget_xml_dup_start:
 * @start: the first bytes of a file
 * @length: how many there are
 *
 * Unpacks them if the file is compressed, so that the caller can look for the
 * first element.
 *
 * Returns: (transfer full): the start of the document
 */
char *
budget_xml_dup_start (const char *start, gsize length)
{
  g_autoptr (GZlibDecompressor) decompressor = NULL;
  gsize n_read = 0, n_written = 0;
  char *expanded;

  g_return_val_if_fail (start != NULL || length == 0, NULL);

  if (!is_compressed (start, length))
    return g_strndup (start, length);

  expanded = g_malloc0 (START_LENGTH + 1);
  decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_converter_convert (G_CONVERTER (decompressor), start, length, expanded, START_LENGTH,
                       G_CONVERTER_NO_FLAGS, &n_read, &n_written, NULL);
  expanded[n_written] = '\0';
  return expanded;
}

static int
on_read (void *context, char *buffer, int length)
{
  BudgetXmlReader *self = context;
  gssize n_read;

  /* A stream in memory does not look at the cancellable. */
  if (self->cause != NULL || g_cancellable_set_error_if_cancelled (self->cancellable, &self->cause))
    return -1;

  n_read =
    g_input_stream_read (self->stream, buffer, (gsize) length, self->cancellable, &self->cause);
  if (n_read > 0 && (guint64) n_read > self->n_left)
    budget_refuse (&self->cause, BUDGET_ERROR_NOT_A_STATEMENT,
                   _("The file grows too large when it is unpacked"));
  else if (n_read > 0 && scan (&self->guard, buffer, (gsize) n_read, &self->cause))
    self->n_left -= (guint64) n_read;

  return self->cause == NULL ? (int) n_read : -1;
}

static int
on_close (void *context)
{
  return 0;
}

static void
on_error (void *data, xmlErrorPtr error)
{
  BudgetXmlReader *self = data;
  xmlParserCtxtPtr parser = error->ctxt;

  if (error->level != XML_ERR_FATAL || self->error_code != XML_ERR_OK)
    return;

  self->error_code = error->code;
  self->error_line = (guint) MAX (error->line, 1);
  self->error_depth = parser != NULL ? parser->nameNr : 0;
}

static gpointer
init_library (gpointer data)
{
  xmlInitParser ();
  return NULL;
}

static BudgetXmlReader *
reader_new (GInputStream *stream, guint64 max_size, GCancellable *cancellable)
{
  static GOnce once = G_ONCE_INIT;
  BudgetXmlReader *self = g_new0 (BudgetXmlReader, 1);

  /* Readers are created in any thread. */
  g_once (&once, init_library, NULL);

  g_queue_init (&self->guard.starts);
  self->stream = g_object_ref (stream);
  self->n_left = max_size;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, xmlFree);
  self->reader = xmlReaderForIO (on_read, on_close, self, NULL, "UTF-8",
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                   XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC);
  g_assert (self->reader != NULL); /* only for want of memory */
  xmlTextReaderSetStructuredErrorHandler (self->reader, on_error, self);

  return self;
}

/**
 * budget_xml_reader_new_for_path:
 * @path: (type filename): a file in UTF-8, plain or compressed by gzip
 * @cancellable: (nullable): to stop the reading
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full): a reader, or %NULL if the file cannot be opened
 */
BudgetXmlReader *
budget_xml_reader_new_for_path (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GZlibDecompressor) decompressor = NULL;
  g_autoptr (GInputStream) expanded = NULL;
  char start[3] = "";
  guint64 size;

  g_return_val_if_fail (path != NULL, NULL);

  file = g_file_new_for_path (path);
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;

  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, error);
  if (info == NULL ||
      g_input_stream_read (G_INPUT_STREAM (stream), start, sizeof start, cancellable, error) < 0 ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, NULL, error))
    return NULL;

  size = (guint64) g_file_info_get_size (info);
  if (!is_compressed (start, sizeof start))
    return reader_new (G_INPUT_STREAM (stream), size + 1, cancellable);

  decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  expanded = g_converter_input_stream_new (G_INPUT_STREAM (stream), G_CONVERTER (decompressor));
  return reader_new (expanded, MAX (size * MAX_GROWTH, MIN_GROWTH_LIMIT), cancellable);
}

/**
 * budget_xml_reader_new_for_bytes:
 * @bytes: a document in UTF-8, whatever encoding it declares
 * @cancellable: (nullable): to stop the reading
 *
 * Returns: (transfer full): a reader
 */
BudgetXmlReader *
budget_xml_reader_new_for_bytes (GBytes *bytes, GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  stream = g_memory_input_stream_new_from_bytes (bytes);
  return reader_new (stream, g_bytes_get_size (bytes), cancellable);
}

/**
 * budget_xml_reader_free:
 * @self: a reader
 *
 * Frees a reader, wherever it is in its document.
 */
void
budget_xml_reader_free (BudgetXmlReader *self)
{
  g_clear_pointer (&self->reader, xmlFreeTextReader);
  g_queue_clear (&self->guard.starts);
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_error (&self->cause);
  g_free (self);
}

static BudgetXmlNode
fail (BudgetXmlReader *self, GError **error)
{
  g_autofree char *message = NULL;

  self->has_failed = TRUE;
  if (self->cause != NULL)
    {
      g_propagate_error (error, g_error_copy (self->cause));
      return BUDGET_XML_ERROR;
    }

  if (self->error_line == 0)
    self->error_line = (guint) MAX (xmlTextReaderGetParserLineNumber (self->reader), 1);
  /* Translators: %u is the number of a line. */
  message = g_strdup_printf (_("The file is damaged or incomplete at line %u"), self->error_line);
  budget_refuse (error, BUDGET_ERROR_NOT_A_STATEMENT, message);
  return BUDGET_XML_ERROR;
}

static int
read_node (BudgetXmlReader *self)
{
  int result = xmlTextReaderRead (self->reader);
  int type = result == 1 ? xmlTextReaderNodeType (self->reader) : XML_READER_TYPE_NONE;

  if (type == XML_READER_TYPE_ELEMENT)
    {
      self->line = GPOINTER_TO_UINT (g_queue_pop_head (&self->guard.starts));
      self->is_end_pending = xmlTextReaderIsEmptyElement (self->reader) == 1;
      self->n_open++;
    }
  else if (type == XML_READER_TYPE_END_ELEMENT)
    self->n_open--;

  return result;
}

static int
skip_nodes (BudgetXmlReader *self)
{
  int result = 1;

  while (result == 1 && self->n_open >= self->skip_to)
    {
      result = read_node (self);
      if (self->is_end_pending)
        self->n_open--;
      self->is_end_pending = FALSE;
    }

  self->skip_to = 0;
  return result;
}

/**
 * budget_xml_reader_next:
 * @self: a reader
 * @error: return location for a #BudgetError or a #GIOErrorEnum
 *
 * Moves to the next start of an element, end of an element, or text. An empty
 * element has a start and an end. Comments and processing instructions are left
 * out.
 *
 * Returns: the kind of node
 */
BudgetXmlNode
budget_xml_reader_next (BudgetXmlReader *self, GError **error)
{
  int result = 1;

  g_return_val_if_fail (self != NULL, BUDGET_XML_ERROR);

  g_hash_table_remove_all (self->attributes);

  /* libxml2 may go on after some errors. */
  if (self->has_failed)
    return fail (self, error);

  if (self->is_end_pending)
    {
      self->is_end_pending = FALSE;
      self->n_open--;
      return BUDGET_XML_END;
    }

  if (self->skip_to > 0)
    result = skip_nodes (self);

  while (result == 1 && (result = read_node (self)) == 1 && self->cause == NULL)
    switch (xmlTextReaderNodeType (self->reader))
      {
      case XML_READER_TYPE_ELEMENT:
        return BUDGET_XML_START;
      case XML_READER_TYPE_END_ELEMENT:
        return BUDGET_XML_END;
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_WHITESPACE:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        return BUDGET_XML_TEXT;
      default:
        break;
      }

  if (result == 0 && self->n_open == 0 && self->cause == NULL)
    return BUDGET_XML_DONE;

  return fail (self, error);
}

/**
 * budget_xml_reader_skip:
 * @self: a reader at the start of an element
 *
 * Skips the element and all that is in it; its end is not reported.
 */
void
budget_xml_reader_skip (BudgetXmlReader *self)
{
  g_return_if_fail (self != NULL);

  if (self->is_end_pending)
    self->n_open--;
  else
    self->skip_to = self->n_open;
  self->is_end_pending = FALSE;
}

/**
 * budget_xml_reader_get_damage:
 * @self: a reader that returned %BUDGET_XML_ERROR
 * @line: (out) (optional): the line of the damage, from 1
 *
 * A caller that can use the first part of a damaged file asks for this.
 *
 * Returns: what is wrong with the file
 */
BudgetXmlDamage
budget_xml_reader_get_damage (BudgetXmlReader *self, guint *line)
{
  g_return_val_if_fail (self != NULL, BUDGET_XML_INTACT);

  if (line != NULL)
    *line = self->error_line;

  if (!self->has_failed || self->cause != NULL)
    return BUDGET_XML_INTACT;
  if (self->error_depth > 0 &&
      (self->error_code == XML_ERR_DOCUMENT_END || self->error_code == XML_ERR_TAG_NOT_FINISHED))
    return BUDGET_XML_TRUNCATED;

  return BUDGET_XML_MALFORMED;
}

/**
 * budget_xml_reader_get_name:
 * @self: a reader at the start or end of an element
 *
 * Returns: the element's name with its prefix, until the next node
 */
const char *
budget_xml_reader_get_name (BudgetXmlReader *self)
{
  const xmlChar *name = xmlTextReaderConstName (self->reader);

  return name != NULL ? (const char *) name : "";
}

/**
 * budget_xml_reader_get_namespace:
 * @self: a reader at the start or end of an element
 *
 * Returns: (nullable): the URI of its namespace, until the next node
 */
const char *
budget_xml_reader_get_namespace (BudgetXmlReader *self)
{
  return (const char *) xmlTextReaderConstNamespaceUri (self->reader);
}

/**
 * budget_xml_reader_get_text:
 * @self: a reader at a text
 *
 * Returns: the text, until the next node
 */
const char *
budget_xml_reader_get_text (BudgetXmlReader *self)
{
  const xmlChar *text = xmlTextReaderConstValue (self->reader);

  return text != NULL ? (const char *) text : "";
}

/**
 * budget_xml_reader_get_attribute:
 * @self: a reader at the start of an element
 * @name: an attribute's name
 *
 * Returns: (nullable): its value, until the next node
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

/**
 * budget_xml_reader_get_line:
 * @self: a reader
 *
 * Returns: the line of the start tag that was read last, from 1
 */
guint
budget_xml_reader_get_line (BudgetXmlReader *self)
{
  return self->line;
}

/**
 * budget_xml_reader_get_depth:
 * @self: a reader
 *
 * Returns: how many elements are around the node
 */
guint
budget_xml_reader_get_depth (BudgetXmlReader *self)
{
  return (guint) MAX (xmlTextReaderDepth (self->reader), 0);
}
