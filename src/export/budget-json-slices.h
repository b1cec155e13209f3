/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BudgetJsonSlice:
 * @text: where a value begins; it does not end with a zero
 * @length: how many bytes it has
 * @line: the line on which it begins, from 1
 *
 * One value of a file in JSON, not looked into yet.
 */
typedef struct
{
  const char *text;
  gsize length;
  guint line;
} BudgetJsonSlice;

/*
 * BudgetJsonMember:
 * @name: what it is called
 * @value: its value; of an array, see @elements
 * @elements: (nullable): of BudgetJsonSlice, if the value is an array
 *
 * One member of a file's object.
 */
typedef struct
{
  char *name;
  BudgetJsonSlice value;
  GArray *elements;
} BudgetJsonMember;

GPtrArray *_budget_json_slices_read (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
