/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-error.h"
#include "budget-statement-reader.h"
#include "camt-fixture.h"
#include "statement-fixture.h"

#include <string.h>

#define N_ENTRIES 100000
#define HOSTILE_SIZE 1000000

static BudgetStatement *
read_text (const char *text)
{
  return camt_fixture_read (text, strlen (text));
}

static void
check_refused (const char *data, gsize size, const char *part)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetStatement) statement =
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_CAMT, NULL, NULL, &error);

  g_assert_null (statement);
  g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
  g_assert_nonnull (strstr (error->message, part));
}

/* A truncated file is reported, and its complete entries are read. */
static void
test_cut (void)
{
  const char *text = BEGIN ENTRY ("<AddtlNtryInf>First</AddtlNtryInf>") "\n" ENTRY (
    PAYMENT ("<RmtInf><Ustrd>B\xc3\xa4"
             "ckerei</Ustrd></RmtInf>")) END;
  gsize whole = strlen (text);

  for (gsize size = 1; size < whole; size++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (text, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (BudgetStatement) statement =
        budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_CAMT, NULL, NULL, &error);
      guint n_notes = 0;

      if (statement == NULL)
        {
          g_assert_error (error, BUDGET_ERROR, BUDGET_ERROR_NOT_A_STATEMENT);
          continue;
        }

      n_notes = camt_fixture_has_note (statement, "The end of the file is missing") +
                camt_fixture_has_note (statement, "The file is damaged");
      g_assert_cmpuint (n_notes, ==, 1);
      g_assert_cmpuint (budget_statement_get_n_rows (statement), <=, 2);
      for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
        {
          const BudgetStatementRow *row = budget_statement_get_row (statement, i);

          if (row->reject_reason == NULL)
            g_assert_cmpint (row->amount, ==, -1234);
        }
    }
}

static void
test_cut_in_a_transaction (void)
{
  g_autoptr (GString) text = g_string_new (BEGIN);
  g_autoptr (BudgetStatement) statement = NULL;
  guint n;

  for (guint i = 0; i < 20; i++)
    g_string_append (text, ENTRY ("\n"));
  g_string_append (text, "<Ntry>" HEAD ("5", "DBIT") DAYS "<NtryDtls>");

  statement = read_text (text->str);
  n = budget_statement_get_n_rows (statement);
  g_assert_cmpuint (n, >=, 2);
  g_assert_nonnull (
    strstr (budget_statement_get_row (statement, n - 1)->reject_reason, "ends in the middle"));
  g_assert_cmpuint (budget_statement_get_n_rejected (statement), ==, 1);
  g_assert_true (camt_fixture_has_note (statement, "The end of the file is missing"));
}

static void
test_damaged (void)
{
  g_autoptr (GString) text = g_string_new (BEGIN);
  g_autoptr (BudgetStatement) statement = NULL;

  for (guint i = 0; i < 20; i++)
    g_string_append (text, ENTRY ("\n"));
  g_string_append (text, "<Ntry></Stmt>" ENTRY ("") END);

  statement = read_text (text->str);
  g_assert_true (camt_fixture_has_note (statement, "damaged at line 22"));
  g_assert_cmpuint (statement_fixture_count_accepted (statement), >=, 1);
}

static void
test_refused (void)
{
  static const char *const cases[][2] = {
    { BEGIN END, "no transactions" },
    { "Date;Amount\n2026-01-31;5\n", "damaged" },
    { "<html><body>Log in</body></html>", "not a CAMT" },
    { "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn/>"
      "</Document>",
      "transfer orders" },
    { BEGIN "<Ntry>" HEAD ("1", "DBIT") "<Sts>PDNG</Sts>" DAYS "</Ntry>" END, "pending" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_refused (cases[i][0], strlen (cases[i][0]), cases[i][1]);
}

/* An entity bomb ("billion laughs"): in general entities, in an attribute's
 * default, and in parameter entities. */
static void
test_entities (void)
{
  g_autoptr (GString) general = g_string_new ("<!DOCTYPE Document [<!ENTITY a0 \"ha\">");
  g_autoptr (GString) parameter = g_string_new ("<!DOCTYPE Document [<!ENTITY % p0 \"<!--ha-->\">");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *outside = NULL;

  for (guint i = 1; i < 12; i++)
    {
      g_string_append_printf (general, "<!ENTITY a%u \"", i);
      g_string_append_printf (parameter, "<!ENTITY %% p%u \"", i);
      for (guint k = 0; k < 10; k++)
        {
          g_string_append_printf (general, "&a%u;", i - 1);
          g_string_append_printf (parameter, "&#37;p%u;", i - 1);
        }
      g_string_append (general, "\">");
      g_string_append (parameter, "\">");
    }

  first = g_strconcat (general->str, "]><Document><BkToCstmrStmt><Stmt>",
                       ENTRY ("<AddtlNtryInf>&a11;</AddtlNtryInf>"), END, NULL);
  second = g_strconcat (general->str,
                        "<!ATTLIST Ntry x CDATA \"&a11;\">]><Document>"
                        "<BkToCstmrStmt><Stmt>",
                        ENTRY (""), END, NULL);
  third =
    g_strconcat (parameter->str, "%p11;]><Document><BkToCstmrStmt><Stmt>", ENTRY (""), END, NULL);
  outside = g_strconcat ("<!DOCTYPE Document [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
                         "<Document><BkToCstmrStmt><Stmt>",
                         ENTRY ("<AddtlNtryInf>&f;</AddtlNtryInf>"), END, NULL);

  for (guint i = 0; i < 4; i++)
    {
      const char *const texts[] = { first, second, third, outside };
      g_autofree char *wide = NULL;
      gsize size;

      check_refused (texts[i], strlen (texts[i]), "document type");
      wide = g_convert (texts[i], -1, "UTF-16", "UTF-8", NULL, &size, NULL);
      check_refused (wide, size, "document type");
    }
}

/*
 * libxml2 compares each attribute of a tag with all others, so this would take it
 * minutes. The reader counts them instead.
 */
static void
test_many_attributes (void)
{
  g_autoptr (GString) text = g_string_new (BEGIN "<Ntry");

  for (guint i = 0; i < 80000; i++)
    g_string_append_printf (text, " a%u=\"\"", i);
  g_string_append (text, ">" HEAD ("12.34", "DBIT") DAYS "</Ntry>" END);

  check_refused (text->str, text->len, "an element with too many attributes");
}

/* Many repetitions of an element do not make reading slow. */
static void
test_hostile (void)
{
  static const struct
  {
    const char *start;
    const char *part;
  } cases[] = {
    { BEGIN, "<a>" },
    { BEGIN "<Ntry>" HEAD ("1", "DBIT") DAYS "<AddtlNtryInf>", "x" },
    { BEGIN "<Ntry>" HEAD ("1", "DBIT") DAYS "<NtryDtls><TxDtls><RmtInf>", "<Ustrd>x</Ustrd>" },
    { BEGIN "<Ntry>" HEAD ("1", "DBIT") DAYS "<NtryDtls>", "<TxDtls/>" },
    { BEGIN "<Ntry>" HEAD ("1", "DBIT") DAYS, "<AddtlNtryInf>&lt;</AddtlNtryInf>" },
    { BEGIN "<Ntry>" HEAD ("1", "DBIT") DAYS "<AddtlNtryInf>", "&amp;" },
    { BEGIN, "<Ntry/>" },
    { BEGIN, "<Bal/>" },
    { BEGIN, "</Stmt><Stmt>" ACCOUNT },
    { BEGIN "<!--", "- " },
    { BEGIN "<![CDATA[", "]" },
    { BEGIN "<a b=\"", "c" },
    { BEGIN "<a", " b" },
    { BEGIN "<a", " b=''" },
    { BEGIN "<", "a" },
    { "<?xml", " " },
    { "", "<" },
    { "<?", "?" },
    { "<!DOCTYPE a [", "<!ENTITY b 'c'>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (cases[i].start);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (BudgetStatement) statement = NULL;

      while (text->len < HOSTILE_SIZE)
        g_string_append (text, cases[i].part);

      bytes = g_bytes_new (text->str, text->len);
      statement = budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_CAMT, NULL, NULL, NULL);
      g_test_message ("%s…: %u rows", cases[i].part,
                      statement != NULL ? budget_statement_get_n_rows (statement) : 0);
    }
}

static void
test_many_entries (void)
{
  g_autoptr (GString) text = g_string_new (BEGIN);
  g_autoptr (BudgetStatement) statement = NULL;

  for (guint i = 0; i < N_ENTRIES; i++)
    g_string_append (text,
                     "\n" ENTRY (PAYMENT ("<RltdPties><Cdtr><Nm>Baker</Nm></Cdtr></RltdPties>")));
  g_string_append (text, END);

  statement = read_text (text->str);
  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, N_ENTRIES);

  /* The line number is beyond what a node of libxml2 can store. */
  g_assert_cmpuint (budget_statement_get_row (statement, N_ENTRIES - 1)->line, ==, N_ENTRIES + 2);
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) bytes =
    g_bytes_new_static (BEGIN ENTRY ("") END, strlen (BEGIN ENTRY ("") END));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
    budget_statement_read (bytes, BUDGET_STATEMENT_FORMAT_AUTO, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/camt-damage/cut", test_cut);
  g_test_add_func ("/camt-damage/cut-in-a-transaction", test_cut_in_a_transaction);
  g_test_add_func ("/camt-damage/damaged", test_damaged);
  g_test_add_func ("/camt-damage/refused", test_refused);
  g_test_add_func ("/camt-damage/entities", test_entities);
  g_test_add_func ("/camt-damage/many-attributes", test_many_attributes);
  g_test_add_func ("/camt-damage/hostile", test_hostile);
  g_test_add_func ("/camt-damage/many-entries", test_many_entries);
  g_test_add_func ("/camt-damage/cancelled", test_cancelled);

  return g_test_run ();
}
