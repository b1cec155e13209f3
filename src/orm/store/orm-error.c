/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-error.h"

/**
 * orm_error_quark:
 *
 * Returns: the error domain of #OrmError
 */
GQuark
orm_error_quark (void)
{
  return g_quark_from_static_string ("orm-error-quark");
}
