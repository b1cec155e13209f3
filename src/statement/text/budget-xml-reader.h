/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  BUDGET_XML_START,
  BUDGET_XML_END,
  BUDGET_XML_TEXT,
  BUDGET_XML_DONE,
  BUDGET_XML_ERROR
} BudgetXmlNode;

/*
 * BudgetXmlReader:
 *
 * An XML file, plain or compressed, node by node.
 */
typedef struct _BudgetXmlReader BudgetXmlReader;

gboolean budget_xml_is_compressed (const char *start, gsize length);
char *budget_xml_expand_start (const char *start, gsize length) G_GNUC_WARN_UNUSED_RESULT;

BudgetXmlReader *budget_xml_reader_new (const char *path,
                                        GCancellable *cancellable,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void budget_xml_reader_free (BudgetXmlReader *self);

BudgetXmlNode budget_xml_reader_next (BudgetXmlReader *self, GError **error);
gboolean budget_xml_reader_skip (BudgetXmlReader *self);
const char *budget_xml_reader_get_name (BudgetXmlReader *self);
const char *budget_xml_reader_get_text (BudgetXmlReader *self);
guint budget_xml_reader_get_line (BudgetXmlReader *self);
guint budget_xml_reader_get_depth (BudgetXmlReader *self);
const char *budget_xml_reader_get_attribute (BudgetXmlReader *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetXmlReader, budget_xml_reader_free)

G_END_DECLS
