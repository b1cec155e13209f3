/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void budget_json_add_amount (JsonBuilder *builder, const char *name, gint64 minor, guint digits);
void budget_json_add_date (JsonBuilder *builder, const char *name, const GDate *date);
void budget_json_add_text (JsonBuilder *builder, const char *name, const char *text);

gboolean budget_json_export_write_list (GOutputStream *stream,
                                        BudgetBook *book,
                                        GListModel *expenses,
                                        GCancellable *cancellable,
                                        GError **error);

G_END_DECLS
