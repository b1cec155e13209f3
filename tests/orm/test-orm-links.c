/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "links-fixture.h"
#include "orm-links-private.h"
#include "orm-unit-of-work-private.h"

/*
 * Unwritten links, without a flush.
 */

static OrmSide *
labels_side (Links *l)
{
  return _orm_mapper_find_side (_orm_mapper_for_type (LINKS_TYPE_ITEM), "labels");
}

static void
set_link (Links *l, OrmLinks *links, guint item, guint label, gboolean is_linked)
{
  _orm_links_set (links, labels_side (l), ORM_ENTITY (l->item[item]), ORM_ENTITY (l->label[label]),
                  is_linked);
}

static void
test_opposites_cancel (Links *l, gconstpointer data)
{
  g_autoptr (OrmLinks) links = _orm_links_new ();
  OrmSide *side = labels_side (l);

  set_link (l, links, 4, 4, TRUE);
  set_link (l, links, 4, 4, TRUE);
  g_assert_cmpuint (_orm_links_get_length (links), ==, 1);

  /* Both sides have the same link. */
  g_assert_true (
    _orm_links_lookup (links, side->inverse, ORM_ENTITY (l->label[4]), ORM_ENTITY (l->item[4]))
      ->is_added);

  set_link (l, links, 4, 4, FALSE);
  g_assert_cmpuint (_orm_links_get_length (links), ==, 0);
  g_assert_null (_orm_links_peek_list (links));
}

static void
test_keys (Links *l, gconstpointer data)
{
  g_autoptr (OrmLinks) links = _orm_links_new ();
  g_autoptr (OrmKeys) keys = _orm_keys_new (ORM_KEYS_WITHOUT_RANKS);

  set_link (l, links, 4, 3, TRUE);
  set_link (l, links, 1, 1, FALSE);
  set_link (l, links, 4, 1, TRUE);
  _orm_links_add_keys (links, labels_side (l), ORM_ENTITY (l->item[4]), keys);
  _orm_links_add_keys (links, labels_side (l), ORM_ENTITY (l->item[1]), keys);

  g_assert_cmpuint (_orm_keys_get_length (keys), ==, 2);
  g_assert_cmpint (_orm_keys_get (keys, 0), ==, 3);
  g_assert_cmpint (_orm_keys_get (keys, 1), ==, 1);
}

static void
test_write (Links *l, gconstpointer data)
{
  g_autoptr (OrmLinks) links = _orm_links_new ();
  g_autoptr (GHashTable) waiting = g_hash_table_new (NULL, NULL);
  g_autoptr (LinksItem) item = links_new (LINKS_TYPE_ITEM, "new");
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_add (l->session, item, &error));
  g_assert_no_error (error);

  /* A link to an entity without a row is kept for later. */
  _orm_links_set (links, labels_side (l), ORM_ENTITY (item), ORM_ENTITY (l->label[1]), TRUE);
  g_assert_true (_orm_links_has_ready (links, waiting));
  g_hash_table_add (waiting, item);
  g_assert_false (_orm_links_has_ready (links, waiting));

  set_link (l, links, 5, 4, TRUE);
  set_link (l, links, 1, 2, FALSE);
  g_assert_true (_orm_links_has_ready (links, waiting));
  g_assert_true (_orm_links_delete (links, l->session, NULL));
  links_assert_rows (l, "1:1 2:1 3:1 3:3");
  g_assert_true (_orm_links_insert (links, l->session, NULL));
  links_assert_rows (l, "1:1 2:1 3:1 3:3 5:4");
  g_assert_cmpuint (_orm_links_get_length (links), ==, 1);
}

static void
test_delete_of (Links *l, gconstpointer data)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  OrmJournal *journal = _orm_session_get_journal (l->session);
  guint n_before = _orm_journal_get_length (journal);

  g_ptr_array_add (labels, l->label[1]);
  g_assert_true (
    _orm_links_delete_of (l->session, _orm_mapper_for_type (LINKS_TYPE_LABEL), labels, NULL));
  links_assert_rows (l, "1:2 3:3");

  /* A step that deletes the label restores its three links. */
  g_assert_cmpuint (_orm_journal_get_length (journal) - n_before, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                       \
  g_test_add ("/orm/links/" name, Links, NULL, links_set_up, function, links_tear_down)

  CASE ("opposites-cancel", test_opposites_cancel);
  CASE ("keys", test_keys);
  CASE ("write", test_write);
  CASE ("delete-of", test_delete_of);

  return g_test_run ();
}
