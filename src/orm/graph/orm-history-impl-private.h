/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "orm-history-private.h"

G_BEGIN_DECLS

/*
 * What the history's own files know of a step and nobody else does.
 */

/* What a step did to a row. */
typedef enum
{
  ORM_STEP_INSERTED,
  ORM_STEP_UPDATED,
  ORM_STEP_DELETED
} OrmStepKind;

typedef struct
{
  OrmStepKind kind;
  OrmMapper *mapper;
  gint64 id;
  guint64 slots;
  OrmValue *old_values; /* as many as slots of the mapper */
  OrmValue *new_values;
  guint64 digest;    /* of an inserted row, for all that it became */
  OrmEntity *entity; /* while the step is taken back */
} OrmStepRow;

struct _OrmStep
{
  char *label;
  GPtrArray *rows; /* of OrmStepRow */
  GArray *links;
};

#define ORM_STEP_DIGEST G_GUINT64_CONSTANT (14695981039346656037)

/* orm-history-check.c */

G_END_DECLS
