/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-xml-reader.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_ATTRIBUTES 1000
#define MAX_TAG_LENGTH (256 * 1024)

static BudgetXmlReader *
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return budget_xml_reader_new_for_bytes (bytes, NULL);
}

/* The nodes as text: “name@line.depth(” for a start, “)” for an end, “!” for an error. */
static char *
dup_nodes (BudgetXmlReader *reader, const char *skipped, GError **error)
{
  GString *nodes = g_string_new (NULL);
  BudgetXmlNode node;

  while ((node = budget_xml_reader_next (reader, error)) < BUDGET_XML_DONE)
    if (node == BUDGET_XML_TEXT)
      g_string_append (nodes, budget_xml_reader_get_text (reader));
    else if (node == BUDGET_XML_END)
      g_string_append_c (nodes, ')');
    else if (g_strcmp0 (budget_xml_reader_get_name (reader), skipped) == 0)
      budget_xml_reader_skip (reader);
    else
      g_string_append_printf (nodes, "%s@%u.%u(", budget_xml_reader_get_name (reader),
                              budget_xml_reader_get_line (reader),
                              budget_xml_reader_get_depth (reader));

  if (node == BUDGET_XML_ERROR)
    g_string_append_c (nodes, '!');
  return g_string_free (nodes, FALSE);
}

static void
check_nodes (const char *text, const char *skipped, const char *expected)
{
  g_autoptr (BudgetXmlReader) reader = read_text (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *nodes = dup_nodes (reader, skipped, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (nodes, ==, expected);
}

static void
check_refused (BudgetXmlReader *reader, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autofree char *nodes = dup_nodes (reader, NULL, &error);

  g_assert_true (g_str_has_suffix (nodes, "!"));
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
  g_assert_cmpstr (error->message, ==, message);

  /* The reader stays in error. */
  g_assert_cmpint (budget_xml_reader_next (reader, &again), ==, BUDGET_XML_ERROR);
  g_assert_cmpstr (again->message, ==, message);
}

static void
test_reports_nodes_in_order (void)
{
  check_nodes ("<?xml version=\"1.0\"?>\n<a>\n<p:b xmlns:p='x'>t<!-- > --><![CDATA[<u]]></p:b>"
               "<c\nd='1'/></a>\n",
               NULL, "a@2.0(\np:b@3.1(t<u)c@3.1())");
}

static void
test_skips_elements (void)
{
  check_nodes ("<a><b/>1<b>2<c/><b>3</b>\n</b>4<b><c>5</c></b><d/></a>", "b", "a@1.0(14d@2.1())");
  check_nodes ("<b><b/></b>", "b", "");
}

static void
test_lends_attributes (void)
{
  g_autoptr (BudgetXmlReader) reader = read_text ("<p:a b='1' c='&lt;2' xmlns:p='urn:x'/>");
  const char *first;

  g_assert_cmpint (budget_xml_reader_next (reader, NULL), ==, BUDGET_XML_START);
  first = budget_xml_reader_get_attribute (reader, "b");
  g_assert_cmpstr (budget_xml_reader_get_attribute (reader, "c"), ==, "<2");
  g_assert_cmpstr (budget_xml_reader_get_attribute (reader, "d"), ==, NULL);
  g_assert_cmpstr (budget_xml_reader_get_namespace (reader), ==, "urn:x");
  g_assert_cmpstr (first, ==, "1");
}

/* libxml2's elements cannot hold a line above 65535. */
static void
test_counts_all_lines (void)
{
  g_autoptr (GString) text = g_string_new ("<a>");
  g_autoptr (BudgetXmlReader) reader = NULL;

  for (guint i = 0; i < 70000; i++)
    g_string_append (text, "\n<b/>");
  g_string_append (text, "</a>");

  reader = read_text (text->str);
  while (budget_xml_reader_next (reader, NULL) < BUDGET_XML_DONE)
    ;
  g_assert_cmpuint (budget_xml_reader_get_line (reader), ==, 70001);
}

/* The limit is a count, not a time: see the comment on the guard. */
static void
test_limits_attributes (void)
{
  for (guint n_more = 0; n_more <= 79000; n_more += 1 + 78999 * (n_more > 0))
    {
      g_autoptr (GString) text = g_string_new ("<a");
      g_autoptr (BudgetXmlReader) reader = NULL;

      for (guint i = 0; i < MAX_ATTRIBUTES + n_more; i++)
        g_string_append_printf (text, " a%u=''", i);
      g_string_append (text, "/>");

      if (n_more == 0)
        check_nodes (text->str, NULL, "a@1.0()");
      else
        {
          reader = read_text (text->str);
          check_refused (reader,
                         "The file contains unsupported XML: an element with too many attributes");
          g_assert_cmpint (budget_xml_reader_get_damage (reader, NULL), ==, BUDGET_XML_INTACT);
        }
    }
}

static void
test_limits_tags (void)
{
  g_autofree char *blanks = g_strnfill (MAX_TAG_LENGTH, ' ');
  g_autofree char *text = g_strconcat ("<a", blanks, "/>", NULL);
  g_autoptr (BudgetXmlReader) reader = read_text (text);

  check_refused (reader, "The file contains unsupported XML: a tag that is too long");

  blanks[MAX_TAG_LENGTH - 10] = '\0';
  g_free (text);
  text = g_strconcat ("<a", blanks, "/>", NULL);
  check_nodes (text, NULL, "a@1.0()");
}

static void
test_limits_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (BudgetXmlReader) reader = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (text, "<a>");

  reader = read_text (text->str);
  check_refused (reader, "The file is damaged or incomplete at line 1");
}

static void
test_refuses_document_types (void)
{
  static const char *const texts[] = {
    "<!DOCTYPE a><a/>",
    "<!-- > <x y=' --><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    "<a><![CDATA[]]><!ENTITY a 'b'></a>",
    "<!>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BudgetXmlReader) reader = read_text (texts[i]);

      check_refused (reader, "The file contains unsupported XML: a document type declaration");
    }
}

/* Otherwise libxml2 and the guard could see different tags. */
static void
test_ignores_declared_encoding (void)
{
  check_nodes ("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a>+ADw-b/+AD4-\xc3\xa4</a>", NULL,
               "a@1.0(+ADw-b/+AD4-\xc3\xa4)");
}

static void
test_reports_damage (void)
{
  static const struct
  {
    const char *text;
    BudgetXmlDamage damage;
    guint line;
  } cases[] = {
    { "", BUDGET_XML_MALFORMED, 1 },
    { "Date;Amount\n", BUDGET_XML_MALFORMED, 1 },
    { "<a>\n<b>", BUDGET_XML_TRUNCATED, 2 },
    { "<a>\n<b>text", BUDGET_XML_TRUNCATED, 2 },
    { "<a></a>\nb", BUDGET_XML_MALFORMED, 2 },
    { "<a>\n\n</b></a>", BUDGET_XML_MALFORMED, 3 },
    { "<a>\n&b;</a>", BUDGET_XML_MALFORMED, 2 },
    { "<a>\n\xe4</a>", BUDGET_XML_MALFORMED, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BudgetXmlReader) reader = read_text (cases[i].text);
      g_autofree char *message =
        g_strdup_printf ("The file is damaged or incomplete at line %u", cases[i].line);
      guint line;

      check_refused (reader, message);
      g_assert_cmpint (budget_xml_reader_get_damage (reader, &line), ==, cases[i].damage);
      g_assert_cmpuint (line, ==, cases[i].line);
    }
}

static void
test_cancels (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("<a/>", 4);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetXmlReader) reader = NULL;

  g_cancellable_cancel (cancellable);
  reader = budget_xml_reader_new_for_bytes (bytes, cancellable);
  g_assert_cmpint (budget_xml_reader_next (reader, &error), ==, BUDGET_XML_ERROR);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static GBytes *
compress (const char *text, gsize size)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_data (text, (gssize) size, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (source, G_CONVERTER (compressor));
  g_autoptr (GOutputStream) target = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (target, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (target));
}

/* Reads “<a>”, @n_blanks blanks and “</a>” from a compressed file. */
static char *
read_compressed (guint n_blanks)
{
  g_autofree char *blanks = g_strnfill (n_blanks, ' ');
  g_autofree char *text = g_strconcat ("<a>", blanks, "</a>", NULL);
  g_autoptr (GBytes) bytes = compress (text, strlen (text));
  g_autofree char *start =
    budget_xml_dup_start (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetXmlReader) reader = NULL;
  int fd = g_file_open_tmp ("xml-reader-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       NULL);
  g_assert_true (g_str_has_prefix (start, "<a>"));

  reader = budget_xml_reader_new_for_path (path, NULL, &error);
  g_unlink (path);
  g_assert_no_error (error);
  g_free (dup_nodes (reader, NULL, &error));
  return g_strdup (error != NULL ? error->message : "read");
}

static void
test_limits_growth (void)
{
  g_autofree char *small = read_compressed (1000);
  g_autofree char *large = read_compressed (8 * 1024 * 1024);

  g_assert_cmpstr (small, ==, "read");
  g_assert_cmpstr (large, ==, "The file grows too large when it is unpacked");
}

static void
test_reports_missing_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (budget_xml_reader_new_for_path ("/nonexistent/file", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/xml-reader/reports-nodes-in-order", test_reports_nodes_in_order);
  g_test_add_func ("/xml-reader/skips-elements", test_skips_elements);
  g_test_add_func ("/xml-reader/lends-attributes", test_lends_attributes);
  g_test_add_func ("/xml-reader/counts-all-lines", test_counts_all_lines);
  g_test_add_func ("/xml-reader/limits-attributes", test_limits_attributes);
  g_test_add_func ("/xml-reader/limits-tags", test_limits_tags);
  g_test_add_func ("/xml-reader/limits-depth", test_limits_depth);
  g_test_add_func ("/xml-reader/refuses-document-types", test_refuses_document_types);
  g_test_add_func ("/xml-reader/ignores-declared-encoding", test_ignores_declared_encoding);
  g_test_add_func ("/xml-reader/reports-damage", test_reports_damage);
  g_test_add_func ("/xml-reader/cancels", test_cancels);
  g_test_add_func ("/xml-reader/limits-growth", test_limits_growth);
  g_test_add_func ("/xml-reader/reports-missing-file", test_reports_missing_file);

  return g_test_run ();
}
