/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-array-private.h"

/*
 * Keeps the items for which @keeps returns %TRUE, in their order, and frees the
 * others. One pass over the array; g_ptr_array_remove_index() would move the
 * rest of it for each item. @keeps must not access the array.
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

      /* Removed items collect at the end, where set_size() frees them. */
      g_ptr_array_index (array, i) = g_ptr_array_index (array, n_kept);
      g_ptr_array_index (array, n_kept++) = item;
    }

  g_ptr_array_set_size (array, (gint) n_kept);
}
