/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BudgetXmlNode:
 * @BUDGET_XML_START: an element begins
 * @BUDGET_XML_END: an element ends
 * @BUDGET_XML_TEXT: text, which may come in several parts
 * @BUDGET_XML_DONE: the end of the document
 * @BUDGET_XML_ERROR: the rest of the document cannot be read
 */
typedef enum
{
  BUDGET_XML_START,
  BUDGET_XML_END,
  BUDGET_XML_TEXT,
  BUDGET_XML_DONE,
  BUDGET_XML_ERROR
} BudgetXmlNode;

/**
 * BudgetXmlDamage:
 * @BUDGET_XML_INTACT: none, even if the file was refused for another reason
 * @BUDGET_XML_MALFORMED: the file is not well-formed
 * @BUDGET_XML_TRUNCATED: the file ends inside an element
 */
typedef enum
{
  BUDGET_XML_INTACT,
  BUDGET_XML_MALFORMED,
  BUDGET_XML_TRUNCATED
} BudgetXmlDamage;

/**
 * BudgetXmlReader:
 *
 * Reads XML from an untrusted source, node by node. See budget-xml-reader.c for
 * its limits.
 */
typedef struct _BudgetXmlReader BudgetXmlReader;

char *budget_xml_dup_start (const char *start, gsize length) G_GNUC_WARN_UNUSED_RESULT;

BudgetXmlReader *budget_xml_reader_new_for_path (const char *path,
                                                 GCancellable *cancellable,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetXmlReader *budget_xml_reader_new_for_bytes (GBytes *bytes, GCancellable *cancellable)
  G_GNUC_WARN_UNUSED_RESULT;
void budget_xml_reader_free (BudgetXmlReader *self);

BudgetXmlNode budget_xml_reader_next (BudgetXmlReader *self, GError **error);
void budget_xml_reader_skip (BudgetXmlReader *self);
BudgetXmlDamage budget_xml_reader_get_damage (BudgetXmlReader *self, guint *line);

const char *budget_xml_reader_get_name (BudgetXmlReader *self);
const char *budget_xml_reader_get_namespace (BudgetXmlReader *self);
const char *budget_xml_reader_get_text (BudgetXmlReader *self);
const char *budget_xml_reader_get_attribute (BudgetXmlReader *self, const char *name);
guint budget_xml_reader_get_line (BudgetXmlReader *self);
guint budget_xml_reader_get_depth (BudgetXmlReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetXmlReader, budget_xml_reader_free)

G_END_DECLS
