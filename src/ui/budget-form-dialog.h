/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "budget-book.h"
#include "budget-field-message.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BUDGET_TYPE_FORM_DIALOG (budget_form_dialog_get_type ())

G_DECLARE_DERIVABLE_TYPE (BudgetFormDialog, budget_form_dialog, BUDGET, FORM_DIALOG, AdwWindow)

/**
 * BudgetFormDialogClass:
 * @save: takes what stands in the form over into the book, without committing
 *   it, and gives the label of the step; %FALSE if something in the form is
 *   wrong, with @error set unless a field says so itself
 * @reset: empties the form for the next entry
 */
struct _BudgetFormDialogClass
{
  AdwWindowClass parent_class;

  gboolean (*save) (BudgetFormDialog *self, char **label, GError **error);
  void (*reset) (BudgetFormDialog *self);

  gpointer padding[4];
};

BudgetBook *budget_form_dialog_get_book (BudgetFormDialog *self);
void budget_form_dialog_set_book (BudgetFormDialog *self, BudgetBook *book);
void budget_form_dialog_allow_next (BudgetFormDialog *self);
gboolean budget_form_dialog_set_text (BudgetFormDialog *self,
                                      gpointer entity,
                                      const char *property,
                                      GtkWidget *row,
                                      BudgetFieldMessage *message);
gboolean budget_form_dialog_save (BudgetFormDialog *self);

G_END_DECLS
