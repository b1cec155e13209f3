/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TEST_TYPE_PART (test_part_get_type ())

G_DECLARE_FINAL_TYPE (TestPart, test_part, TEST, PART, GObject)

TestPart *test_part_new (const char *name, const char *color, gint64 sum);
void test_part_set_sum (TestPart *self, gint64 sum);
char *test_format_money (gint64 value, gpointer user_data);

G_END_DECLS
