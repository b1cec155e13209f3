/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *budget_text_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
