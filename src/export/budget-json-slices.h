/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BudgetJsonSlice:
 * @text: the beginning of a value; it is not terminated
 * @length: its length in bytes
 * @line: the number of its first line, from 1
 *
 * A value of a JSON file that is not parsed yet.
 */
typedef struct
{
  const char *text;
  gsize length;
  guint line;
} BudgetJsonSlice;

/*
 * BudgetJsonMember:
 * @name: its name
 * @value: its value, unless that is an array
 * @elements: (nullable): of BudgetJsonSlice, if the value is an array
 *
 * A member of the file's object.
 */
typedef struct
{
  char *name;
  BudgetJsonSlice value;
  GArray *elements;
} BudgetJsonMember;

GPtrArray *_budget_json_slices_read (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
