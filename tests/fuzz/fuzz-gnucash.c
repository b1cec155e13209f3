/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-gnucash-private.h"
#include "fuzz-foreign-book-checks.h"
#include "fuzz.h"

/* The input is a file that is said to be a book of GnuCash in XML, plain or packed. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  fuzz_foreign_book (data, size, _budget_gnucash_read_xml);

  return 0;
}
