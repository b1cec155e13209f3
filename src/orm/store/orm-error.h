/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define ORM_ERROR (orm_error_quark ())

/**
 * OrmError:
 * @ORM_ERROR_FAILED: any other error
 * @ORM_ERROR_UNIQUE: a value that must be unique exists already
 * @ORM_ERROR_NOT_NULL: a required value is missing
 * @ORM_ERROR_FOREIGN_KEY: a row is still referred to, or refers to a row that
 *   does not exist
 * @ORM_ERROR_CHECK: a CHECK constraint of the table refused a value
 * @ORM_ERROR_DENIED: a delete rule forbids the deletion
 * @ORM_ERROR_STALE: the row was deleted or changed by another program
 * @ORM_ERROR_NOT_FOUND: there is no such row
 * @ORM_ERROR_DETACHED: the entity's session was closed
 * @ORM_ERROR_VALIDATION: the entity refused the value, or a row has a value
 *   that the column cannot have
 * @ORM_ERROR_LAZY_LOAD: a strict relationship was not loaded in advance
 * @ORM_ERROR_ATTACHED_ELSEWHERE: the entity belongs to another session
 * @ORM_ERROR_NEEDS_ROLLBACK: an earlier statement failed; roll back first
 * @ORM_ERROR_REENTRANT: the call is not allowed in a handler of a change
 * @ORM_ERROR_AMBIGUOUS_PATH: more than one relationship matches the path
 * @ORM_ERROR_NO_PATH: no relationship or column has that name, or it cannot be
 *   compared like that
 * @ORM_ERROR_MAPPING: the two sides of a relationship do not match
 * @ORM_ERROR_BUSY: another program has locked the database
 * @ORM_ERROR_READ_ONLY: the database cannot be written
 * @ORM_ERROR_NEWER_SCHEMA: the database was written by a newer version of the
 *   program
 * @ORM_ERROR_FULL: the disk is full, or a table has no ids left
 * @ORM_ERROR_CORRUPT: the file is damaged or is not a database
 *
 * Errors of the library.
 */
typedef enum
{
  ORM_ERROR_FAILED,
  ORM_ERROR_UNIQUE,
  ORM_ERROR_NOT_NULL,
  ORM_ERROR_FOREIGN_KEY,
  ORM_ERROR_CHECK,
  ORM_ERROR_DENIED,
  ORM_ERROR_STALE,
  ORM_ERROR_NOT_FOUND,
  ORM_ERROR_DETACHED,
  ORM_ERROR_VALIDATION,
  ORM_ERROR_LAZY_LOAD,
  ORM_ERROR_ATTACHED_ELSEWHERE,
  ORM_ERROR_NEEDS_ROLLBACK,
  ORM_ERROR_REENTRANT,
  ORM_ERROR_AMBIGUOUS_PATH,
  ORM_ERROR_NO_PATH,
  ORM_ERROR_MAPPING,
  ORM_ERROR_BUSY,
  ORM_ERROR_READ_ONLY,
  ORM_ERROR_NEWER_SCHEMA,
  ORM_ERROR_FULL,
  ORM_ERROR_CORRUPT
} OrmError;

GQuark orm_error_quark (void);

G_END_DECLS
