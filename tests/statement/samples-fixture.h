/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-statement.h"

G_BEGIN_DECLS

/* The columns of MANIFEST.tsv. */
enum
{
  SAMPLE_FILE,
  SAMPLE_CLASS,
  SAMPLE_COUNT,
  SAMPLE_SUM,
  SAMPLE_CURRENCY,
  SAMPLE_FIRST_DAY,
  SAMPLE_LAST_DAY,
  SAMPLE_NOTES = 8,
  N_SAMPLE_FIELDS
};

/*
 * SamplesCheck:
 * @path: where the sample is
 * @fields: its line of MANIFEST.tsv
 *
 * Returns: whether the sample was read as its line says
 */
typedef gboolean (*SamplesCheck) (const char *path, char **fields);

void samples_fixture_check (const char *kind, SamplesCheck check);

gboolean samples_fixture_is_stated (char **fields, guint n_rows, gint64 sum);
gboolean samples_fixture_is_alternative (char **fields, guint n_rows, gint64 sum);
void samples_fixture_tell (BudgetStatement *statement);

G_END_DECLS
