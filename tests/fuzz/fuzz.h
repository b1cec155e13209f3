/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What libFuzzer, AFL++ and fuzz-replay.c call. */
int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

char *fuzz_dup_text (const guint8 *data, gsize size) G_GNUC_WARN_UNUSED_RESULT;
gboolean fuzz_take_byte (const guint8 **data, gsize *size, guint8 *byte);

void fuzz_check_text (const char *text);
void fuzz_check_error (gboolean is_good, const GError *error);

G_END_DECLS
