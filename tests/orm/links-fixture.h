/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "orm-collection.h"
#include "orm-entity.h"
#include "orm-session.h"

G_BEGIN_DECLS

/*
 * A small schema for the tests of many-to-many relationships: items have
 * labels and labels have items; a shelf has items, which are deleted with it
 * unless they have parts; people have friends, and friendship need not be
 * mutual.
 */

#define LINKS_TYPE_ITEM (links_item_get_type ())
G_DECLARE_FINAL_TYPE (LinksItem, links_item, LINKS, ITEM, OrmEntity)

#define LINKS_TYPE_LABEL (links_label_get_type ())
G_DECLARE_FINAL_TYPE (LinksLabel, links_label, LINKS, LABEL, OrmEntity)

#define LINKS_TYPE_SHELF (links_shelf_get_type ())
G_DECLARE_FINAL_TYPE (LinksShelf, links_shelf, LINKS, SHELF, OrmEntity)

#define LINKS_TYPE_PERSON (links_person_get_type ())
G_DECLARE_FINAL_TYPE (LinksPerson, links_person, LINKS, PERSON, OrmEntity)

/* The one column of each class. */
#define LINKS_NAME 0

/*
 * The start of each test: items 1 to 5, labels 1 to 4, people 1 to 4 and
 * shelves 1 and 2, named by their ids, with the links
 *
 *   1:1 1:2 2:1 3:1 3:3   item:label
 *   1:2 1:3 2:1           person:friend
 *
 * and with items 1 and 2 on shelf 1, item 3 on shelf 2.
 */
typedef struct
{
  OrmConnection *connection;
  OrmSession *session;
  char *path; /* of the database's file, or NULL */

  LinksItem *item[6];
  LinksLabel *label[5];
  LinksShelf *shelf[3];
  LinksPerson *person[5];

  guint64 n_before;
  GString *log;
  GPtrArray *shadows;
} Links;

void links_set_up (Links *links, gconstpointer data);
void links_set_up_file (Links *links, gconstpointer data);
void links_tear_down (Links *links, gconstpointer data);
void links_reopen (Links *links);
void links_load_objects (Links *links);
void links_elsewhere (Links *links, const char *sql);
void links_commit (Links *links);

OrmCollection *links_labels (gpointer item);
OrmCollection *links_items (gpointer label);
OrmCollection *links_friends (gpointer person);
OrmCollection *links_friend_of (gpointer person);
gpointer links_new (GType type, const char *name);

/* Writes every emission of the list to the log: "a 1-1+0". At each emission,
 * every watched list has to equal its copy. */
void links_watch (Links *links, OrmCollection *list, const char *name);
void links_watch_all (Links *links);
void links_check (Links *links);
char *links_ids (gpointer list);
char *links_read (Links *links, const char *sql);
guint64 links_take_count (Links *links);

#define links_assert_log(links, expected)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpstr ((links)->log->str, ==, (expected));                                           \
    g_string_truncate ((links)->log, 0);                                                           \
  }                                                                                                \
  G_STMT_END

#define links_assert_ids(list, expected)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *ids_ = links_ids (list);                                                      \
    g_assert_cmpstr (ids_, ==, (expected));                                                        \
  }                                                                                                \
  G_STMT_END

/* The rows of item_labels, or of friendships, as "1:1 1:2". */
#define links_assert_rows(links, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *rows_ = links_read (                                                          \
      links, "SELECT coalesce(group_concat(r, ' '), '') FROM (SELECT item_id || ':' || label_id "  \
             "AS r FROM item_labels ORDER BY item_id, label_id)");                                 \
    g_assert_cmpstr (rows_, ==, (expected));                                                       \
  }                                                                                                \
  G_STMT_END

#define links_assert_friendships(links, expected)                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *rows_ = links_read (                                                          \
      links, "SELECT coalesce(group_concat(r, ' '), '') FROM (SELECT person_id || ':' || "         \
             "friend_id AS r FROM friendships ORDER BY person_id, friend_id)");                    \
    g_assert_cmpstr (rows_, ==, (expected));                                                       \
  }                                                                                                \
  G_STMT_END

#define links_assert_count(links, expected)                                                        \
  g_assert_cmpuint (links_take_count (links), ==, (expected))

G_END_DECLS
