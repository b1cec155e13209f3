/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean budget_command_line_handles (int argc, char **argv);
int budget_command_line_run (int argc, char **argv);

G_END_DECLS
