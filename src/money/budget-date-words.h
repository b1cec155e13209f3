/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean budget_date_words_parse (const char *word, const GDate *today, GDate *date);
gboolean budget_date_words_is_slashed (const char *word);

G_END_DECLS
