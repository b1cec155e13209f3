/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "links-fixture.h"
#include "orm-step-links-private.h"
#include "orm-unit-of-work-private.h"

/*
 * The links of a step, without a step.
 */

/*
 * Links item 5 and label 4, unlinks item 1 and label 2, and links and unlinks
 * item 4 and label 1.
 */
static OrmStepLinks *
new_links (Links *l)
{
  OrmStepLinks *links;
  g_autoptr (GError) error = NULL;

  orm_collection_append (links_labels (l->item[5]), l->label[4]);
  orm_collection_remove (links_labels (l->item[1]), l->label[2]);
  orm_collection_append (links_labels (l->item[4]), l->label[1]);
  orm_collection_remove (links_labels (l->item[4]), l->label[1]);
  orm_session_flush (l->session, &error);
  g_assert_no_error (error);
  links = _orm_step_links_new (_orm_session_get_journal (l->session));
  links_commit (l);
  links_assert_rows (l, "1:1 2:1 3:1 3:3 5:4");
  return links;
}

static void
assert_stale (Links *l, OrmStepLinks *links)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (_orm_step_links_check (links, l->session, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
}

static void
test_revert (Links *l, gconstpointer data)
{
  g_autoptr (OrmStepLinks) links = new_links (l);

  g_assert_cmpuint (_orm_step_links_get_length (links), ==, 2);
  g_assert_true (_orm_step_links_check (links, l->session, NULL));
  g_assert_true (_orm_step_links_revert (links, l->session, NULL));
  links_commit (l);
  links_assert_rows (l, "1:1 1:2 2:1 3:1 3:3");
  assert_stale (l, links);
}

static void
test_changed_elsewhere (Links *l, gconstpointer data)
{
  g_autoptr (OrmStepLinks) links = new_links (l);

  links_elsewhere (l, "DELETE FROM item_labels WHERE item_id = 5");
  assert_stale (l, links);
  links_elsewhere (l, "INSERT INTO item_labels (item_id, label_id) VALUES (5, 4)");
  g_assert_true (_orm_step_links_check (links, l->session, NULL));
  links_elsewhere (l, "INSERT INTO item_labels (item_id, label_id) VALUES (1, 2)");
  assert_stale (l, links);
}

static void
test_row_gone (Links *l, gconstpointer data)
{
  g_autoptr (OrmStepLinks) links = new_links (l);

  links_elsewhere (l, "DELETE FROM labels WHERE id = 2");
  assert_stale (l, links);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                       \
  g_test_add ("/orm/step-links/" name, Links, NULL, links_set_up_file, function, links_tear_down)

  CASE ("revert", test_revert);
  CASE ("changed-elsewhere", test_changed_elsewhere);
  CASE ("row-gone", test_row_gone);

  return g_test_run ();
}
