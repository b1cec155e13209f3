/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-export-writer-private.h"
#include "orm-session-query.h"

#include <glib/gi18n.h>

/*
 * BudgetExportWriter:
 *
 * Writes a file item by item, so that the window stays responsive. Each kind
 * of file is a subclass that chooses the lists and writes each item.
 *
 * The lists are those of the moment when the writer was created. Neither they
 * nor the file are ever completely in memory.
 */

#define BUFFER_SIZE (64 * 1024)
#define ITEMS_A_STEP 100

typedef struct
{
  GObject *subject;
  GListModel *items;
} Section;

typedef struct
{
  BudgetBook *book;
  BudgetFilter *filter;
  GOutputStream *stream;
  GString *buffer;
  GArray *sections; /* of Section */

  gboolean has_started;
  gboolean has_begun; /* the section */
  guint section;
  guint position;
  guint64 n_items;
  guint64 n_done;
  guint n_written;
} BudgetExportWriterPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BudgetExportWriter, budget_export_writer, G_TYPE_OBJECT)

static BudgetExportWriterPrivate *
get_private (BudgetExportWriter *self)
{
  return budget_export_writer_get_instance_private (self);
}

static void
section_clear (gpointer data)
{
  Section *section = data;

  g_clear_object (&section->subject);
  g_clear_object (&section->items);
}

static void
budget_export_writer_finalize (GObject *object)
{
  BudgetExportWriterPrivate *priv = get_private (BUDGET_EXPORT_WRITER (object));

  g_array_unref (priv->sections);
  g_string_free (priv->buffer, TRUE);
  g_clear_object (&priv->stream);
  g_clear_object (&priv->filter);
  g_clear_object (&priv->book);

  G_OBJECT_CLASS (budget_export_writer_parent_class)->finalize (object);
}

static void
budget_export_writer_class_init (BudgetExportWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = budget_export_writer_finalize;
}

static void
budget_export_writer_init (BudgetExportWriter *self)
{
  BudgetExportWriterPrivate *priv = get_private (self);

  priv->buffer = g_string_sized_new (BUFFER_SIZE);
  priv->sections = g_array_new (FALSE, FALSE, sizeof (Section));
  g_array_set_clear_func (priv->sections, section_clear);
}

/*
 * _budget_export_writer_new:
 * @type: the kind of file
 * @book: a book
 * @filter: which of its expenses, in what order
 * @stream: where the file goes
 * @error: return location for an #OrmError
 *
 * Returns: (transfer full): a writer that has written nothing yet, or %NULL
 */
BudgetExportWriter *
_budget_export_writer_new (
  GType type, BudgetBook *book, BudgetFilter *filter, GOutputStream *stream, GError **error)
{
  g_autoptr (BudgetExportWriter) self = g_object_new (type, NULL);
  BudgetExportWriterPrivate *priv = get_private (self);

  priv->book = g_object_ref (book);
  priv->filter = g_object_ref (filter);
  priv->stream = g_object_ref (stream);

  return BUDGET_EXPORT_WRITER_GET_CLASS (self)->plan (self, error) ? g_steal_pointer (&self) : NULL;
}

BudgetBook *
_budget_export_writer_get_book (BudgetExportWriter *self)
{
  return get_private (self)->book;
}

BudgetFilter *
_budget_export_writer_get_filter (BudgetExportWriter *self)
{
  return get_private (self)->filter;
}

GOutputStream *
_budget_export_writer_get_stream (BudgetExportWriter *self)
{
  return get_private (self)->stream;
}

/* Text appended to the buffer is written in later steps. */
GString *
_budget_export_writer_get_buffer (BudgetExportWriter *self)
{
  return get_private (self)->buffer;
}

void
_budget_export_writer_add_section (BudgetExportWriter *self, gpointer subject, GListModel *items)
{
  BudgetExportWriterPrivate *priv = get_private (self);
  Section section = { .items = g_object_ref (items) };

  if (subject != NULL)
    section.subject = g_object_ref (subject);
  priv->n_items += g_list_model_get_n_items (items);
  g_array_append_val (priv->sections, section);
}

gboolean
_budget_export_writer_add_query (BudgetExportWriter *self,
                                 gpointer subject,
                                 OrmQuery *query,
                                 GError **error)
{
  OrmSession *session = budget_book_get_session (get_private (self)->book);
  g_autoptr (GListModel) items = orm_session_find (session, query, error);

  if (items == NULL)
    return FALSE;

  _budget_export_writer_add_section (self, subject, items);
  return TRUE;
}

/* Adds one section: the expenses of the filter, in its order. */
gboolean
_budget_export_writer_add_list (BudgetExportWriter *self, GError **error)
{
  g_autoptr (OrmQuery) query =
    budget_filter_build_query (get_private (self)->filter, BUDGET_FILTER_LIST);

  return _budget_export_writer_add_query (self, NULL, query, error);
}

/* Adds the filter's expenses of one account, the oldest first as in bank statements. */
static gboolean
add_account (BudgetExportWriter *self, BudgetAccount *account, GError **error)
{
  BudgetExportWriterPrivate *priv = get_private (self);
  g_autoptr (BudgetFilter) filter = budget_filter_copy (priv->filter);
  g_autoptr (OrmQuery) query = NULL;
  g_autoptr (GListModel) items = NULL;

  budget_filter_set_sort (filter, BUDGET_FILTER_COLUMN_DATE, ORM_ASCENDING);
  query = budget_filter_build_query (filter, BUDGET_FILTER_LIST);
  orm_query_where (query, "account", ORM_EQUAL, account);

  items = orm_session_find (budget_book_get_session (priv->book), query, error);
  if (items == NULL)
    return FALSE;

  if (g_list_model_get_n_items (items) > 0)
    _budget_export_writer_add_section (self, account, items);
  return TRUE;
}

/* Adds either the cards or all other accounts. */
static gboolean
add_accounts_of (BudgetExportWriter *self, gboolean is_card, GError **error)
{
  GListModel *accounts = budget_book_get_accounts (get_private (self)->book);
  guint n_items = g_list_model_get_n_items (accounts);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BudgetAccount) account = g_list_model_get_item (accounts, i);

      if (account != NULL &&
          (budget_account_get_kind (account) == BUDGET_ACCOUNT_CARD) == is_card &&
          !add_account (self, account, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * Adds a section for each account that has expenses in the filter, with the
 * account as its subject. Expenses without an account come first, cards last.
 */
gboolean
_budget_export_writer_add_accounts (BudgetExportWriter *self, GError **error)
{
  return add_account (self, NULL, error) && add_accounts_of (self, FALSE, error) &&
         add_accounts_of (self, TRUE, error);
}

gpointer
_budget_export_writer_get_subject (BudgetExportWriter *self, guint section)
{
  return g_array_index (get_private (self)->sections, Section, section).subject;
}

GListModel *
_budget_export_writer_get_items (BudgetExportWriter *self, guint section)
{
  return g_array_index (get_private (self)->sections, Section, section).items;
}

/* The position of the section that is being written. */
guint
_budget_export_writer_get_section (BudgetExportWriter *self)
{
  return get_private (self)->section;
}

static gboolean
flush (BudgetExportWriter *self, GError **error)
{
  BudgetExportWriterPrivate *priv = get_private (self);

  if (!g_output_stream_write_all (priv->stream, priv->buffer->str, priv->buffer->len, NULL, NULL,
                                  error))
    return FALSE;

  g_string_truncate (priv->buffer, 0);
  return TRUE;
}

static gboolean
add_item (BudgetExportWriter *self, GListModel *items, GError **error)
{
  BudgetExportWriterPrivate *priv = get_private (self);
  g_autoptr (GObject) item = g_list_model_get_item (items, priv->position++);

  priv->n_done++;

  /* Another program may have deleted it in the meantime. */
  if (item == NULL)
    return TRUE;

  if (BUDGET_IS_EXPENSE (item))
    priv->n_written++;
  return BUDGET_EXPORT_WRITER_GET_CLASS (self)->add (self, item, error);
}

/* Writes some items of the section and, after the last one, its end. */
static gboolean
write_items (BudgetExportWriter *self, GError **error)
{
  BudgetExportWriterPrivate *priv = get_private (self);
  BudgetExportWriterClass *klass = BUDGET_EXPORT_WRITER_GET_CLASS (self);
  GListModel *items = _budget_export_writer_get_items (self, priv->section);
  guint n_items = g_list_model_get_n_items (items);

  if (!priv->has_begun && klass->begin != NULL && !klass->begin (self, priv->section, error))
    return FALSE;
  priv->has_begun = TRUE;

  for (guint i = 0; i < ITEMS_A_STEP && priv->position < n_items; i++)
    if (!add_item (self, items, error))
      return FALSE;

  if (priv->position < n_items)
    return TRUE;

  if (klass->end != NULL && !klass->end (self, priv->section, error))
    return FALSE;

  priv->section++;
  priv->position = 0;
  priv->has_begun = FALSE;
  return TRUE;
}

/*
 * _budget_export_writer_step:
 * @self: a writer
 * @is_done: (out): whether the file is complete and the stream closed
 * @error: return location for a #GError
 *
 * Writes the next items.
 *
 * Returns: %FALSE on an error; the writer cannot be used any more
 */
gboolean
_budget_export_writer_step (BudgetExportWriter *self, gboolean *is_done, GError **error)
{
  BudgetExportWriterPrivate *priv = get_private (self);
  BudgetExportWriterClass *klass = BUDGET_EXPORT_WRITER_GET_CLASS (self);

  *is_done = FALSE;
  if (!priv->has_started && klass->start != NULL && !klass->start (self, error))
    return FALSE;
  priv->has_started = TRUE;

  if (priv->section < priv->sections->len)
    return write_items (self, error) && (priv->buffer->len < BUFFER_SIZE || flush (self, error));

  *is_done = TRUE;
  return (klass->finish == NULL || klass->finish (self, error)) && flush (self, error) &&
         g_output_stream_close (priv->stream, NULL, error);
}

/* The progress, from 0 to 1. */
double
_budget_export_writer_get_fraction (BudgetExportWriter *self)
{
  BudgetExportWriterPrivate *priv = get_private (self);

  return priv->n_items > 0 ? (double) priv->n_done / (double) priv->n_items : 0.0;
}

/* How many expenses were written so far. */
guint
_budget_export_writer_get_n_written (BudgetExportWriter *self)
{
  return get_private (self)->n_written;
}

/* Resets the count after a pass over the expenses that wrote none of them. */
void
_budget_export_writer_forget_written (BudgetExportWriter *self)
{
  get_private (self)->n_written = 0;
}

/* Whether the filter lets all expenses through. */
gboolean
_budget_export_is_everything (BudgetFilter *filter)
{
  return budget_period_get_kind (budget_filter_get_period (filter)) == BUDGET_PERIOD_EVERYTHING &&
         budget_filter_get_user (filter) == NULL && budget_filter_get_category (filter) == NULL &&
         budget_filter_get_search (filter) == NULL;
}

/* Rejects an incomplete expense, which only another program can have written. */
gboolean
_budget_export_check_expense (BudgetExpense *expense, GError **error)
{
  if (budget_expense_get_category (expense) != NULL && budget_expense_get_user (expense) != NULL &&
      budget_expense_get_date (expense) != NULL)
    return TRUE;

  g_set_error_literal (error, BUDGET_ERROR, BUDGET_ERROR_DAMAGED_BOOK,
                       _("The book has an expense without a date, person or category"));
  return FALSE;
}

/*
 * The creation time that files state: now or, for reproducible files,
 * SOURCE_DATE_EPOCH. See
 * https://reproducible-builds.org/specs/source-date-epoch/
 */
GDateTime *
_budget_export_get_time (void)
{
  const char *text = g_getenv ("SOURCE_DATE_EPOCH");
  guint64 seconds;
  GDateTime *time = NULL;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &seconds, NULL))
    time = g_date_time_new_from_unix_utc ((gint64) seconds);

  return time != NULL ? time : g_date_time_new_now_utc ();
}
