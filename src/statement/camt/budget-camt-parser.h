/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libxml/xmlreader.h>

G_BEGIN_DECLS

typedef enum
{
  BUDGET_CAMT_EVENT_OPEN,
  BUDGET_CAMT_EVENT_CLOSE,
  BUDGET_CAMT_EVENT_END,
  BUDGET_CAMT_EVENT_BROKEN,   /* the file is no XML from here on */
  BUDGET_CAMT_EVENT_FORBIDDEN /* it declares things that no bank needs */
} BudgetCamtEvent;

/*
 * BudgetCamtParser:
 * @path: the local names of the elements that are open, each behind a slash
 * @text: on closing, the text of the element if it has no others in it
 * @currency: (nullable): on closing, its currency
 * @error_code: of #xmlParserErrors, if it is broken
 * @error_line: and where, from 1
 *
 * Goes through the elements of a file from its start to its end. It keeps
 * nothing but the path, so a large file is no more to it than a small one.
 */
typedef struct
{
  GString *path;
  GString *text;
  char *currency;
  int error_code;
  guint error_line;

  xmlTextReaderPtr reader;
  gboolean is_forbidden;
  GArray *lengths; /* of @path before each element */
  gboolean has_text;
  gboolean is_closing; /* an empty element, which ends at once */
  gboolean has_closed;
  guint line;
} BudgetCamtParser;

void _budget_camt_parser_init (BudgetCamtParser *self, GBytes *bytes, gboolean is_decoded);
void _budget_camt_parser_clear (BudgetCamtParser *self);
BudgetCamtEvent _budget_camt_parser_next (BudgetCamtParser *self);
void _budget_camt_parser_mark_line (BudgetCamtParser *self);
guint _budget_camt_parser_get_line (const BudgetCamtParser *self);
const char *_budget_camt_parser_get_namespace (BudgetCamtParser *self);
gboolean _budget_camt_parser_is_misencoded (const BudgetCamtParser *self);
gboolean _budget_camt_parser_is_cut (const BudgetCamtParser *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudgetCamtParser, _budget_camt_parser_clear)

G_END_DECLS
