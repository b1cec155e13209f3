/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _OrmEntity OrmEntity;
typedef struct _OrmSession OrmSession;

/**
 * OrmColumnType:
 * @ORM_COLUMN_TYPE_INT64: a whole number; field `gint64`, never %NULL
 * @ORM_COLUMN_TYPE_TEXT: UTF-8; field `char *`
 * @ORM_COLUMN_TYPE_DATE: a day of the years 1 to 9999; field `GDate *`, stored
 *   as text `YYYY-MM-DD`
 * @ORM_COLUMN_TYPE_TIMESTAMP: a second in UTC; field `GDateTime *`, stored as
 *   text `YYYY-MM-DD HH:MM:SS`
 * @ORM_COLUMN_TYPE_BOOLEAN: field `gboolean`, never %NULL
 * @ORM_COLUMN_TYPE_ENUM: field `gint`, never %NULL, stored by its nick
 *
 * What a column holds, in the entity and in the row.
 */
typedef enum
{
  ORM_COLUMN_TYPE_INT64,
  ORM_COLUMN_TYPE_TEXT,
  ORM_COLUMN_TYPE_DATE,
  ORM_COLUMN_TYPE_TIMESTAMP,
  ORM_COLUMN_TYPE_BOOLEAN,
  ORM_COLUMN_TYPE_ENUM
} OrmColumnType;

/**
 * OrmColumnFlags:
 * @ORM_COLUMN_NONE: none of the others
 * @ORM_COLUMN_NOT_NULL: a row must have a value
 * @ORM_COLUMN_UNIQUE: no two rows have the same value; %NULL is not compared
 * @ORM_COLUMN_INDEXED: lists are searched or sorted by it
 */
typedef enum
{
  ORM_COLUMN_NONE = 0,
  ORM_COLUMN_NOT_NULL = 1 << 0,
  ORM_COLUMN_UNIQUE = 1 << 1,
  ORM_COLUMN_INDEXED = 1 << 2
} OrmColumnFlags;

/**
 * OrmColumn:
 * @name: the property's name; the column is the same with underscores
 * @type: what it holds
 * @offset: where the entity's struct has the field
 * @flags: constraints
 * @max_length: most characters of a text; 0 for no limit
 * @minimum: least number, if @minimum and @maximum differ
 * @maximum: greatest number, if @minimum and @maximum differ
 * @pattern: (nullable): regular expression that a whole text must match
 * @glob: (nullable): the same for the database, in GLOB syntax
 * @fallback: (nullable): what a row gets that was saved without a value: a
 *   text, `"today"` for a date, `"now"` for a timestamp
 * @enum_type: the type of an enumeration
 *
 * One column and the property that shows it, said once, in `class_init`.
 */
typedef struct
{
  const char *name;
  OrmColumnType type;
  gsize offset;
  OrmColumnFlags flags;
  guint max_length;
  gint64 minimum;
  gint64 maximum;
  const char *pattern;
  const char *glob;
  const char *fallback;
  GType (*enum_type) (void);
} OrmColumn;

/**
 * ORM_COLUMN:
 * @name_: the property's name
 * @TYPE_: the end of an #OrmColumnType
 * @Struct_: the entity's struct
 * @field_: its field
 * @...: further members of #OrmColumn as designated initialisers
 */
#define ORM_COLUMN(name_, TYPE_, Struct_, field_, ...)                                             \
  {                                                                                                \
    .name = name_, .type = ORM_COLUMN_TYPE_##TYPE_, .offset = G_STRUCT_OFFSET (Struct_, field_),   \
    __VA_ARGS__                                                                                    \
  }

/**
 * OrmDeleteRule:
 * @ORM_DELETE_NO_ACTION: nothing; the database's foreign key has the last word
 * @ORM_DELETE_DENY: an owner with members cannot be deleted
 * @ORM_DELETE_NULLIFY: the members stay, without an owner
 * @ORM_DELETE_CASCADE: the members are deleted too
 *
 * What happens to the members of a to-many when their owner is deleted.
 */
typedef enum
{
  ORM_DELETE_NO_ACTION,
  ORM_DELETE_DENY,
  ORM_DELETE_NULLIFY,
  ORM_DELETE_CASCADE
} OrmDeleteRule;

/**
 * OrmRelationshipFlags:
 * @ORM_RELATIONSHIP_NONE: none of the others
 * @ORM_RELATIONSHIP_NOT_NULL: (to-one) the row must have a target
 * @ORM_RELATIONSHIP_DELETE_ORPHAN: (to-many) a member that is taken out and
 *   not given another owner is deleted when the session is flushed
 * @ORM_RELATIONSHIP_DB_CASCADE: (to-many) the database's own `ON DELETE
 *   CASCADE` deletes members that are not in memory. None is loaded for it,
 *   unless the deletion is part of a step that can be taken back: see
 *   orm_session_delete()
 * @ORM_RELATIONSHIP_STRICT: loading it when it is first read is an error
 */
typedef enum
{
  ORM_RELATIONSHIP_NONE = 0,
  ORM_RELATIONSHIP_NOT_NULL = 1 << 0,
  ORM_RELATIONSHIP_DELETE_ORPHAN = 1 << 1,
  ORM_RELATIONSHIP_DB_CASCADE = 1 << 2,
  ORM_RELATIONSHIP_STRICT = 1 << 3
} OrmRelationshipFlags;

/**
 * OrmRelationshipKind:
 * @ORM_RELATIONSHIP_TO_ONE: this side has the foreign key
 * @ORM_RELATIONSHIP_TO_MANY: the other side has it
 * @ORM_RELATIONSHIP_MANY_TO_MANY: a table between the two has a foreign key to
 *   each
 */
typedef enum
{
  ORM_RELATIONSHIP_TO_ONE,
  ORM_RELATIONSHIP_TO_MANY,
  ORM_RELATIONSHIP_MANY_TO_MANY
} OrmRelationshipKind;

/**
 * OrmDirection:
 * @ORM_ASCENDING: least first
 * @ORM_DESCENDING: greatest first
 */
typedef enum
{
  ORM_ASCENDING,
  ORM_DESCENDING
} OrmDirection;

/**
 * OrmRelationship:
 * @name: the property's name
 * @kind: which side this is
 * @target: the type of the other side
 * @back_populates: the property on the other side that is this one's inverse
 * @column: (to-one) the foreign key's column; (many-to-many) the column of the
 *   association table that leads to this side
 * @association: (many-to-many) the table between the two, the same on both
 *   sides
 * @rule: (to-many) what a deletion of the owner does to its members
 * @flags: see #OrmRelationshipFlags; a many-to-many may only be
 *   %ORM_RELATIONSHIP_STRICT
 * @order_by: (to-many) (nullable): the members' column that the list is in the
 *   order of; without one it is in the order of ids, and new members come last
 * @direction: (to-many) of @order_by
 *
 * One side of a relationship. The other side is declared too and the two name
 * each other; where they do not fit, no session can be made.
 */
typedef struct
{
  const char *name;
  OrmRelationshipKind kind;
  GType (*target) (void);
  const char *back_populates;
  const char *column;
  const char *association;
  OrmDeleteRule rule;
  OrmRelationshipFlags flags;
  const char *order_by;
  OrmDirection direction;
} OrmRelationship;

/**
 * ORM_TO_ONE:
 * @name_: the property's name
 * @target_: the get_type function of the other class
 * @back_populates_: the property there
 * @column_: the column of the foreign key, in this class's table
 * @...: further members of #OrmRelationship as designated initialisers
 */
#define ORM_TO_ONE(name_, target_, back_populates_, column_, ...)                                  \
  {                                                                                                \
    .name = name_, .kind = ORM_RELATIONSHIP_TO_ONE, .target = target_,                             \
    .back_populates = back_populates_, .column = column_, __VA_ARGS__                              \
  }

/**
 * ORM_TO_MANY:
 * @name_: the property's name
 * @target_: the get_type function of the other class
 * @back_populates_: the to-one there
 * @...: further members of #OrmRelationship as designated initialisers
 */
#define ORM_TO_MANY(name_, target_, back_populates_, ...)                                          \
  {                                                                                                \
    .name = name_, .kind = ORM_RELATIONSHIP_TO_MANY, .target = target_,                            \
    .back_populates = back_populates_, __VA_ARGS__                                                 \
  }

/**
 * ORM_MANY_TO_MANY:
 * @name_: the property's name
 * @target_: the get_type function of the other class
 * @back_populates_: the many-to-many there
 * @association_: the table between the two; the session makes it
 * @column_: the column of that table that leads to this class
 * @...: further members of #OrmRelationship as designated initialisers
 */
#define ORM_MANY_TO_MANY(name_, target_, back_populates_, association_, column_, ...)              \
  {                                                                                                \
    .name = name_, .kind = ORM_RELATIONSHIP_MANY_TO_MANY, .target = target_,                       \
    .back_populates = back_populates_, .association = association_, .column = column_, __VA_ARGS__ \
  }

/**
 * OrmEntityState:
 * @ORM_ENTITY_TRANSIENT: in no session and without a row
 * @ORM_ENTITY_PENDING: added to a session; its row comes with the next flush
 * @ORM_ENTITY_PERSISTENT: in a session, with a row
 * @ORM_ENTITY_DELETED: its row is deleted with the next flush, or was in this
 *   transaction
 * @ORM_ENTITY_DETACHED: its session was closed, or its deletion committed
 */
typedef enum
{
  ORM_ENTITY_TRANSIENT,
  ORM_ENTITY_PENDING,
  ORM_ENTITY_PERSISTENT,
  ORM_ENTITY_DELETED,
  ORM_ENTITY_DETACHED
} OrmEntityState;

/**
 * OrmOperator:
 * @ORM_EQUAL: the same; with %NULL, without a value
 * @ORM_NOT_EQUAL: another value; with %NULL, any value
 * @ORM_LESS: less; an enumeration is compared by its nick
 * @ORM_LESS_EQUAL: less or the same
 * @ORM_GREATER: greater
 * @ORM_GREATER_EQUAL: greater or the same
 * @ORM_CONTAINS: (text) has the text in it; letters of ASCII in either case
 * @ORM_STARTS_WITH: (text) begins with it; letters of ASCII in either case
 * @ORM_IN: (relationship or number) one of several: a #guint how many, then an
 *   array of entities for a relationship, of #gint64 for a number
 *
 * How a value is compared in orm_query_where().
 */
typedef enum
{
  ORM_EQUAL,
  ORM_NOT_EQUAL,
  ORM_LESS,
  ORM_LESS_EQUAL,
  ORM_GREATER,
  ORM_GREATER_EQUAL,
  ORM_CONTAINS,
  ORM_STARTS_WITH,
  ORM_IN
} OrmOperator;

G_END_DECLS
