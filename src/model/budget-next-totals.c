/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-next-totals-private.h"

static OrmTotals *
steal (OrmTotals **next, gpointer owner)
{
  if (*next != NULL)
    g_signal_handlers_disconnect_by_data (*next, owner);

  return g_steal_pointer (next);
}

/*
 * Waits for @totals, or for none if it is %NULL, instead of those before.
 * @on_changed, with @owner as its only argument, is called when they may have
 * been filled, and not before this returns.
 */
void
_budget_next_totals_set (OrmTotals **next, OrmTotals *totals, gpointer owner, GCallback on_changed)
{
  g_autoptr (OrmTotals) old = steal (next, owner);

  *next = totals;
  if (totals == NULL)
    return;

  g_signal_connect_object (totals, "notify::loading", on_changed, owner, G_CONNECT_SWAPPED);
  g_signal_connect_object (totals, "notify::error", on_changed, owner, G_CONNECT_SWAPPED);
}

/*
 * Returns: (transfer full) (nullable): the totals, if they are filled
 */
OrmTotals *
_budget_next_totals_take (OrmTotals **next, gpointer owner)
{
  if (*next == NULL || orm_totals_get_loading (*next) || orm_totals_get_error (*next) != NULL)
    return NULL;

  return steal (next, owner);
}

gboolean
_budget_next_totals_get_loading (OrmTotals *next)
{
  return next != NULL && orm_totals_get_loading (next);
}
