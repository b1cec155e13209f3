/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "orm-error.h"

static void
test_domain_has_a_name (void)
{
  g_assert_cmpstr (g_quark_to_string (ORM_ERROR), ==, "orm-error-quark");
}

static void
test_domain_stays_the_same (void)
{
  g_autoptr (GError) error = g_error_new_literal (ORM_ERROR, ORM_ERROR_BUSY, "Busy");

  g_assert_error (error, ORM_ERROR, ORM_ERROR_BUSY);
  g_assert_false (g_error_matches (error, ORM_ERROR, ORM_ERROR_FAILED));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/error/domain-has-a-name", test_domain_has_a_name);
  g_test_add_func ("/orm/error/domain-stays-the-same", test_domain_stays_the_same);

  return g_test_run ();
}
