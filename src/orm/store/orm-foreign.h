/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-error.h"

G_BEGIN_DECLS

/**
 * OrmForeign:
 *
 * Another program's SQLite file while it is being read.
 */
typedef struct _OrmForeign OrmForeign;

/**
 * OrmForeignRow:
 * @values: the requested columns as text, %NULL where the row has no value
 * @data: the user data of orm_foreign_read()
 * @error: return location for a #GError
 *
 * Takes one row.
 *
 * Returns: %TRUE to go on; %FALSE, with @error set, to stop reading
 */
typedef gboolean (*OrmForeignRow) (const char *const *values, gpointer data, GError **error);

OrmForeign *orm_foreign_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void orm_foreign_free (OrmForeign *self);

gboolean orm_foreign_has_table (OrmForeign *self, const char *table);
gboolean orm_foreign_read (OrmForeign *self,
                           const char *table,
                           const char *const *columns,
                           OrmForeignRow take_row,
                           gpointer data,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmForeign, orm_foreign_free)

G_END_DECLS
