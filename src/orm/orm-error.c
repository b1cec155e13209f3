/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-error.h"

G_DEFINE_QUARK (orm-error-quark, orm_error)
