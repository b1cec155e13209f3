/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HOUSEHOLD_N_CATEGORIES 14

typedef struct
{
  char *description;
  gint64 amount;
  gpointer category; /* 1 to HOUSEHOLD_N_CATEGORIES */
} Payment;

GPtrArray *household_make (guint n_payments, guint32 seed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
