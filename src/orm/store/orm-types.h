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
 * The type of a column, in the entity and in the row.
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
 * @ORM_COLUMN_NONE: no flags
 * @ORM_COLUMN_NOT_NULL: a row must have a value
 * @ORM_COLUMN_UNIQUE: no two rows have the same value; any number of rows may
 *   have %NULL
 * @ORM_COLUMN_INDEXED: the column has an index, for searching and sorting
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
 * @type: the type of its values
 * @offset: the offset of the field in the entity's struct
 * @flags: constraints
 * @max_length: the maximum number of characters of a text; 0 for no limit
 * @minimum: the least number; without effect if equal to @maximum
 * @maximum: the greatest number; without effect if equal to @minimum
 * @pattern: (nullable): a regular expression that the whole text must match
 * @glob: (nullable): the same for the database, in GLOB syntax
 * @fallback: (nullable): the value of a row that is saved without one: a text,
 *   `"today"` for a date, `"now"` for a timestamp
 * @enum_type: the type of an enumeration
 *
 * Declares a column and its property.
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
 * @ORM_DELETE_NO_ACTION: nothing is done; the foreign key of the database
 *   decides
 * @ORM_DELETE_DENY: an owner with members cannot be deleted
 * @ORM_DELETE_NULLIFY: the members stay and have no owner
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
 * @ORM_RELATIONSHIP_NONE: no flags
 * @ORM_RELATIONSHIP_NOT_NULL: (to-one) the row must have a target
 * @ORM_RELATIONSHIP_DELETE_ORPHAN: (to-many) a member that is removed and gets
 *   no other owner is deleted by the next flush
 * @ORM_RELATIONSHIP_DB_CASCADE: (to-many) the database's own `ON DELETE
 *   CASCADE` deletes members that are not in memory. They are not loaded for
 *   that, unless the deletion belongs to a step that can be undone: see
 *   orm_session_delete()
 * @ORM_RELATIONSHIP_STRICT: loading it lazily, on first access, is an error
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
 * @ORM_ASCENDING: the least value first
 * @ORM_DESCENDING: the greatest value first
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
 * @back_populates: the inverse: the property of the other side
 * @column: (to-one) the foreign key's column; (many-to-many) the column of the
 *   association table that refers to this side
 * @association: (many-to-many) the table between the two, the same on both
 *   sides
 * @rule: (to-many) what happens to the members when the owner is deleted
 * @flags: see #OrmRelationshipFlags; a many-to-many may only be
 *   %ORM_RELATIONSHIP_STRICT
 * @order_by: (to-many) (nullable): the column of the members that sorts the
 *   list; without it, the list is in the order of ids, and new members come
 *   last
 * @direction: (to-many) the direction of @order_by
 *
 * Declares one side of a relationship. The other side has to be declared too,
 * and each side names the other; if they do not match, creating a session
 * fails.
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
 * @association_: the association table; the session creates it
 * @column_: the column of that table that refers to this class
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
 * @ORM_ENTITY_PENDING: added to a session; its row is inserted by the next
 *   flush
 * @ORM_ENTITY_PERSISTENT: in a session, with a row
 * @ORM_ENTITY_DELETED: its row is deleted by the next flush, or was deleted in
 *   this transaction
 * @ORM_ENTITY_DETACHED: its session was closed, or its deletion was committed
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
 * @ORM_EQUAL: the same value; with %NULL, no value
 * @ORM_NOT_EQUAL: another value; with %NULL, any value
 * @ORM_LESS: less; an enumeration is compared by its nick
 * @ORM_LESS_EQUAL: less or equal
 * @ORM_GREATER: greater
 * @ORM_GREATER_EQUAL: greater or equal
 * @ORM_CONTAINS: (text) contains the text, ignoring the case of ASCII letters
 * @ORM_STARTS_WITH: (text) begins with the text, ignoring the case of ASCII
 *   letters
 * @ORM_IN: (relationship or number) one of several values: a #guint, the number
 *   of values, then an array of entities for a relationship or of #gint64 for a
 *   number
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
