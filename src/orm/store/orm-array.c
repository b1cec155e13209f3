/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-array-private.h"

/*
 * Removes all items but those that @keeps says, which stay in order: one pass,
 * where g_ptr_array_remove_index() moves the rest of the array for each. @keeps
 * does not look at the array.
 */
void
_orm_array_keep (GPtrArray *array, OrmArrayFunc keeps, gpointer data)
{
  guint n_kept = 0;

  for (guint i = 0; i < array->len; i++)
    {
      gpointer item = g_ptr_array_index (array, i);

      if (!keeps (item, data))
        continue;

      /* Who does not stay moves to the end, to be freed there. */
      g_ptr_array_index (array, i) = g_ptr_array_index (array, n_kept);
      g_ptr_array_index (array, n_kept++) = item;
    }

  g_ptr_array_set_size (array, (gint) n_kept);
}
