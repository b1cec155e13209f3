/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BudgetTextEncoding:
 * @BUDGET_TEXT_ENCODING_UTF_8: UTF-8, with or without a byte order mark
 * @BUDGET_TEXT_ENCODING_UTF_16_LE: UTF-16, low byte first
 * @BUDGET_TEXT_ENCODING_UTF_16_BE: UTF-16, high byte first
 * @BUDGET_TEXT_ENCODING_WINDOWS_1252: Western European
 * @BUDGET_TEXT_ENCODING_LATIN_1: Western European, without the euro
 * @BUDGET_TEXT_ENCODING_WINDOWS_1250: Central European
 *
 * How the text of a bank's file is encoded.
 */
typedef enum
{
  BUDGET_TEXT_ENCODING_UTF_8,
  BUDGET_TEXT_ENCODING_UTF_16_LE,
  BUDGET_TEXT_ENCODING_UTF_16_BE,
  BUDGET_TEXT_ENCODING_WINDOWS_1252,
  BUDGET_TEXT_ENCODING_LATIN_1,
  BUDGET_TEXT_ENCODING_WINDOWS_1250
} BudgetTextEncoding;

const char *budget_text_encoding_get_name (BudgetTextEncoding encoding);
gboolean budget_text_encoding_from_name (const char *name, BudgetTextEncoding *encoding);
BudgetTextEncoding budget_text_encoding_detect (GBytes *bytes);
GBytes *budget_text_encoding_decode (BudgetTextEncoding encoding,
                                     GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
