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
 * BudgetXmlSource:
 *
 * An XML file, plain or compressed, node by node.
 */
typedef struct _BudgetXmlSource BudgetXmlSource;

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

void _budget_xml_guard_init (BudgetXmlGuard *self);
gboolean _budget_xml_guard_look (BudgetXmlGuard *self, const char *buffer, gsize length);

gboolean _budget_xml_is_compressed (const char *start, gsize length);
char *_budget_xml_expand_start (const char *start, gsize length) G_GNUC_WARN_UNUSED_RESULT;

BudgetXmlSource *_budget_xml_source_new (const char *path,
                                         GCancellable *cancellable,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void _budget_xml_source_free (BudgetXmlSource *self);

BudgetXmlNode _budget_xml_source_next (BudgetXmlSource *self, GError **error);
gboolean _budget_xml_source_skip (BudgetXmlSource *self);
const char *_budget_xml_source_get_name (BudgetXmlSource *self);
const char *_budget_xml_source_get_text (BudgetXmlSource *self);
guint _budget_xml_source_get_line (BudgetXmlSource *self);
guint _budget_xml_source_get_depth (BudgetXmlSource *self);
const char *_budget_xml_source_get_attribute (BudgetXmlSource *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BudgetXmlSource, _budget_xml_source_free)

G_END_DECLS
