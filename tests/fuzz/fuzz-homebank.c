/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-homebank-reader-private.h"
#include "fuzz-foreign-book-checks.h"
#include "fuzz.h"

/* The input is a file that is said to be a book of HomeBank. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  fuzz_foreign_book (data, size, _budget_homebank_read);

  return 0;
}
