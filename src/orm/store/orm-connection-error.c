/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "orm-result-private.h"

#include <string.h>

/*
 * What the database objects to, as an #OrmError.
 */

static const struct
{
  const char *text;
  OrmError code;
} messages[] = {
  { "UNIQUE constraint failed", ORM_ERROR_UNIQUE },
  { "NOT NULL constraint failed", ORM_ERROR_NOT_NULL },
  { "FOREIGN KEY constraint failed", ORM_ERROR_FOREIGN_KEY },
  { "CHECK constraint failed", ORM_ERROR_CHECK },
  { "database is locked", ORM_ERROR_BUSY },
  { "database table is locked", ORM_ERROR_BUSY },
  { "readonly database", ORM_ERROR_READ_ONLY },
  { "disk is full", ORM_ERROR_FULL },
  { "is not a database", ORM_ERROR_CORRUPT },
  { "malformed", ORM_ERROR_CORRUPT },
};

/*
 * libgda has one code for everything that SQLite refuses; only the text tells
 * a duplicate from a full disk.
 */
void
_orm_connection_take_error (GError **error, GError *gda_error, const char *what)
{
  const char *message = gda_error != NULL ? gda_error->message : "the database does not answer";
  OrmError code = ORM_ERROR_FAILED;

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (strstr (message, messages[i].text) != NULL)
      {
        code = messages[i].code;
        break;
      }

  if (gda_error == NULL)
    code = ORM_ERROR_BUSY;

  if (what != NULL)
    g_set_error (error, ORM_ERROR, code, "%s: %s", what, message);
  else
    g_set_error_literal (error, ORM_ERROR, code, message);

  g_clear_error (&gda_error);
}
