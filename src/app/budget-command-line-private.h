/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-filter.h"

G_BEGIN_DECLS

/* The options that all commands share. */
typedef struct
{
  char *book; /* as it was given, or NULL */
} BudgetCommand;

/* The filter options, as given. */
typedef struct
{
  char *from;
  char *to;
  char *person;
  char *category;
  char *search;
} BudgetCommandFilter;

typedef gboolean (*BudgetCommandFunc) (BudgetCommand *self, int argc, char **argv, GError **error);

gboolean _budget_command_import (BudgetCommand *self, int argc, char **argv, GError **error);
gboolean _budget_command_summary (BudgetCommand *self, int argc, char **argv, GError **error);
gboolean _budget_command_list (BudgetCommand *self, int argc, char **argv, GError **error);
gboolean _budget_command_add (BudgetCommand *self, int argc, char **argv, GError **error);
gboolean _budget_command_export (BudgetCommand *self, int argc, char **argv, GError **error);
gboolean _budget_command_check (BudgetCommand *self, int argc, char **argv, GError **error);

/* budget-command-migrate.c */
gboolean _budget_command_migrate (
  const char *book, const char *path, const char *person, gboolean dry_run, GError **error);

/* budget-command-line-options.c */
gboolean _budget_command_parse (BudgetCommand *self,
                                const GOptionEntry *entries,
                                const char *parameters,
                                const char *summary,
                                int *argc,
                                char ***argv,
                                GError **error);
gboolean _budget_command_refuse_usage (GError **error, const char *message);
void _budget_command_filter_clear (BudgetCommandFilter *self);
BudgetFilter *_budget_command_filter_build (const BudgetCommandFilter *self,
                                            BudgetBook *book,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetUser *_budget_command_find_user (BudgetBook *book, const char *person, GError **error);
BudgetCategory *_budget_command_find_category (BudgetBook *book, const char *name, GError **error);

/* Returns: (transfer full): what is to be saved in @book, which is not changed */
typedef gpointer (*BudgetCommandPrepareFunc) (gpointer data, BudgetBook *book, GError **error);

/* budget-command-line-book.c */
char *_budget_command_dup_path (BudgetCommand *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetBook *_budget_command_open (BudgetCommand *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
BudgetBook *_budget_command_new_scratch (GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean _budget_command_is_missing (const char *path);
gpointer _budget_command_prepare (const char *path,
                                  gboolean dry_run,
                                  BudgetCommandPrepareFunc prepare,
                                  gpointer data,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* budget-command-line-output.c */
char *_budget_command_clean (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void _budget_command_print_cell (const char *text, int width);
GOutputStream *_budget_command_open_output (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean _budget_command_flush (GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BudgetCommandFilter, _budget_command_filter_clear)

G_END_DECLS
