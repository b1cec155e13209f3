/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-connection-private.h"
#include "orm-gda-private.h"

G_BEGIN_DECLS

/*
 * Filled in by the connection.
 */
struct _OrmResult
{
  GdaDataModel *model;
  guint n_rows;
};

G_END_DECLS
