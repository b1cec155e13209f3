/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkSorter *budget_draft_sorter_new (const char *sort) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
