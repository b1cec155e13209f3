/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-titles-private.h"
#include "budget-csv-words.h"
#include "budget-currency.h"
#include "budget-text-fold.h"

#include <string.h>

#define MAX_TITLE 120
#define MAX_WORD 40

/* Scores of a title: the whole name, the name beside other words, the name within a word. */
#define SCORE_EXACT 1000
#define SCORE_PHRASE 200
#define SCORE_INSIDE 60

/* Each list has a blank around every word, so that a search finds whole words only. */
static const char out_words[] = "|debit|d|dr|debet|dbit|db|soll|s|af|out|o|outgoing|withdrawal|"
                                "sortie|cargo|debe|dare|uscita|uscite"
                                "|wn|obciazenie|terheles|t|vydaj|debito|ausgang|belastung|spent|"
                                "money out|paid out|outflow|afschrijving"
                                "|depense|ud|ut|gasto|saida|lastschrift|ausgabe|expense|debiteren|"
                                "belasting|odchozi|wychodzace|borc|";
static const char in_words[] =
  "|credit|c|cr|crdt|kredit|haben|h|bij|in|i|incoming|deposit|entree|abono|haber|avere|entrata|"
  "entrate"
  "|ma|uznanie|jovairas|j|prijem|credito|gutschrift|eingang|money in|paid "
  "in|inflow|bijschrijving|recette"
  "|ind|inn|ingreso|entrada|einnahme|income|prichozi|przychodzace|alacak|";

static const char booked_words[] = "|completed|complete|posted|booked|cleared|settled|gebucht|"
                                   "umsatz gebucht|processed|success|successful"
                                   "|executed|terminado|contabilizado|contabilizzato|comptabilise|"
                                   "ok|paid|zrealizowana|zauctovano|provedeno"
                                   "|konyvelt|teljesult|bokford|bogfort|kirjattu|reconciled|"
                                   "uncleared|verwerkt|geboekt|termine|completado"
                                   "|completato|voltooid|abgeschlossen|eseguito|eseguita|effectue|"
                                   "finalizada|concluido|zaksiegowana|done|";
static const char pending_words[] =
  "|pending|authorised|authorized|authorisation|hold|vorgemerkt|umsatz vorgemerkt|en "
  "attente|pendiente"
  "|pendente|in sospeso|in attesa|in "
  "afwachting|vantande|venter|oczekuje|oczekujaca|cekajici|blokace"
  "|blokada|fuggo|ausstehend|reserverat|reservert|reserveret|processing|in behandeling|a venir|non "
  "contabilizzato|";
static const char cancelled_words[] =
  "|cancelled|canceled|reverted|declined|failed|denied|rejected|expired|storniert|abgelehnt|refuse|"
  "annule"
  "|cancelado|rechazado|annullato|rifiutato|geannuleerd|geweigerd|zamitnuto|odrzucona|anulowana|"
  "elutasitva|voided|void|";

/* Words that only the statements of cards have. */
static const char paid_words[] =
  "|payment thank you|payment received|autopay payment|automatic payment thank you|payments and "
  "credits"
  "|payment received thank you|mobile payment thank you|online payment thank you|thank you|"
  "payment|zahlung erhalten|paiement recu|betaling ontvangen|pago recibido|refund|";
static const char bought_words[] =
  "|purchase|purchases|sale|sales|merchandise|kauf|achat|compra|aankoop|";

/* Only card companies say thank you. */
static const char *const thanks[] = {
  "thank you",
  "payment received",
  "zahlung erhalten",
  "besten dank",
  "paiement recu",
  "betaling ontvangen",
  "pago recibido",
  "pagamento ricevuto",
  "merci pour votre paiement",
  "bedankt voor uw betaling",
  "gracias por su pago",
};

static const char *const total_words[] = {
  "total",    "totals", "summe",  "gesamt",   "gesamtsumme", "totaal",     "totale", "totali",
  "suma",     "sum",    "totaux", "celkem",   "soucet",      "osszesen",   "summa",  "totais",
  "subtotal", "razem",  "somme",  "yhteensa", "i alt",       "sammenlagt",
};

static const char *const balance_words[] = {
  "opening balance",
  "closing balance",
  "balance brought forward",
  "balance carried forward",
  "starting balance",
  "ending balance",
  "beginning balance",
  "anfangssaldo",
  "endsaldo",
  "schlusssaldo",
  "anfangsbestand",
  "endbestand",
  "saldo iniziale",
  "saldo finale",
  "saldo contabile",
  "saldo disponibile",
  "saldo inicial",
  "saldo final",
  "saldo anterior",
  "saldo poczatkowe",
  "saldo koncowe",
  "solde initial",
  "solde final",
  "ancien solde",
  "nouveau solde",
  "solde precedent",
  "beginsaldo",
  "eindsaldo",
  "pocatecni zustatek",
  "konecny zustatek",
  "nyitoegyenleg",
  "zaroegyenleg",
  "nyito egyenleg",
  "zaro egyenleg",
  "ingaende saldo",
  "utgaende saldo",
  "primo saldo",
  "ultimo saldo",
  "alkusaldo",
  "loppusaldo",
  "kontostand",
  "alter kontostand",
  "neuer kontostand",
  "saldovortrag",
  "tagessaldo",
};

static gboolean
list_has (const char *list, const char *word)
{
  gsize length = strlen (word);

  if (length == 0 || length > MAX_WORD || strchr (word, '|') != NULL)
    return FALSE;

  for (const char *at = strstr (list, word); at != NULL; at = strstr (at + 1, word))
    if (at > list && at[-1] == '|' && at[length] == '|')
      return TRUE;

  return FALSE;
}

/* "amount czk" and "umsatz in eur" are "amount" and "umsatz". */
static char *
dup_without_currency (const char *folded)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  guint n_words = g_strv_length (words);

  while (n_words > 1 &&
         (budget_currency_is_known (words[n_words - 1]) || strcmp (words[n_words - 1], "in") == 0 ||
          strcmp (words[n_words - 1], "w") == 0 || strcmp (words[n_words - 1], "en") == 0))
    g_clear_pointer (&words[--n_words], g_free);

  return g_strjoinv (" ", words);
}

/* German joins words, so that a title may contain a name; for some roles that is no evidence. */
static gboolean
counts_inside (BudgetCsvRole role)
{
  return role == BUDGET_CSV_ROLE_DATE || role == BUDGET_CSV_ROLE_VALUE_DATE ||
         role == BUDGET_CSV_ROLE_AMOUNT || role == BUDGET_CSV_ROLE_BALANCE ||
         role == BUDGET_CSV_ROLE_CURRENCY || role == BUDGET_CSV_ROLE_DESCRIPTION ||
         role == BUDGET_CSV_ROLE_IGNORED;
}

static guint
score_name (const char *title, gsize title_length, const char *bare, const BudgetCsvTitle *entry)
{
  gsize length = strlen (entry->name);
  const char *found;

  /* There are hundreds of names, and every cell above the transactions may be a title. */
  if (length > title_length)
    return 0;

  if (strcmp (title, entry->name) == 0)
    return SCORE_EXACT - entry->tier * 100;

  if (strcmp (bare, entry->name) == 0)
    return SCORE_EXACT - 10 - entry->tier * 100;

  found = length >= 3 ? strstr (title, entry->name) : NULL;

  if (found == NULL)
    return 0;

  if ((found == title || found[-1] == ' ') && (found[length] == ' ' || found[length] == '\0'))
    return SCORE_PHRASE + 10 * (guint) length - entry->tier * 20;

  return length >= 5 && counts_inside (entry->role)
           ? SCORE_INSIDE + 4 * (guint) length - entry->tier * 20
           : 0;
}

/**
 * budget_csv_words_match_title:
 * @title: the title of a column
 * @scores: how well it names each role, or 0
 */
void
budget_csv_words_match_title (const char *title, guint scores[BUDGET_N_CSV_ROLES])
{
  g_autofree char *folded = NULL;
  g_autofree char *bare = NULL;
  gsize length;

  memset (scores, 0, sizeof (guint) * BUDGET_N_CSV_ROLES);

  if (strlen (title) > MAX_TITLE)
    return;

  folded = budget_text_fold (title);
  bare = dup_without_currency (folded);
  length = strlen (folded);

  if (length == 0)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (budget_csv_titles); i++)
    {
      const BudgetCsvTitle *entry = &budget_csv_titles[i];
      guint score = score_name (folded, length, bare, entry);

      scores[entry->role] = MAX (scores[entry->role], score);
    }

  /* What is better known as something else is not what a part of its name says. */
  for (guint i = 0; i < BUDGET_N_CSV_ROLES; i++)
    if (scores[i] < scores[BUDGET_CSV_ROLE_IGNORED])
      scores[i] = 0;
}

/**
 * budget_csv_words_get_direction:
 * @cell: the text of a cell
 *
 * Returns: whether it says that money was spent or received
 */
BudgetCsvDirection
budget_csv_words_get_direction (const char *cell)
{
  g_autofree char *folded = NULL;

  if (*cell == '\0' || strlen (cell) > MAX_WORD)
    return BUDGET_CSV_DIRECTION_NONE;

  if (strcmp (cell, "-") == 0 || strcmp (cell, "−") == 0)
    return BUDGET_CSV_DIRECTION_OUT;

  if (strcmp (cell, "+") == 0)
    return BUDGET_CSV_DIRECTION_IN;

  folded = budget_text_fold (cell);

  if (strcmp (folded, "a") == 0)
    return BUDGET_CSV_DIRECTION_A;

  if (strcmp (folded, "b") == 0)
    return BUDGET_CSV_DIRECTION_B;

  if (list_has (out_words, folded))
    return BUDGET_CSV_DIRECTION_OUT;

  return list_has (in_words, folded) ? BUDGET_CSV_DIRECTION_IN : BUDGET_CSV_DIRECTION_NONE;
}

/**
 * budget_csv_words_get_status:
 * @cell: the text of a cell
 *
 * Returns: whether it says that a transaction is booked, pending or cancelled
 */
BudgetCsvStatus
budget_csv_words_get_status (const char *cell)
{
  g_autofree char *folded = NULL;

  if (*cell == '\0' || strlen (cell) > MAX_WORD)
    return BUDGET_CSV_STATUS_UNKNOWN;

  folded = budget_text_fold (cell);

  if (list_has (booked_words, folded))
    return BUDGET_CSV_STATUS_BOOKED;

  if (list_has (pending_words, folded))
    return BUDGET_CSV_STATUS_PENDING;

  return list_has (cancelled_words, folded) ? BUDGET_CSV_STATUS_CANCELLED
                                            : BUDGET_CSV_STATUS_UNKNOWN;
}

static gboolean
starts_with_one_of (const char *cell, const char *const *words, gsize n_words)
{
  g_autofree char *folded = NULL;

  if (*cell == '\0' || strlen (cell) > MAX_TITLE)
    return FALSE;

  folded = budget_text_fold (cell);

  for (gsize i = 0; i < n_words; i++)
    {
      gsize length = strlen (words[i]);

      if (strncmp (folded, words[i], length) == 0 &&
          (folded[length] == '\0' || folded[length] == ' '))
        return TRUE;
    }

  return FALSE;
}

/**
 * budget_csv_words_is_total:
 * @cell: the text of a cell
 *
 * Returns: %TRUE if it begins a line of totals
 */
gboolean
budget_csv_words_is_total (const char *cell)
{
  return starts_with_one_of (cell, total_words, G_N_ELEMENTS (total_words)) ||
         budget_csv_words_is_balance (cell);
}

/**
 * budget_csv_words_is_balance:
 * @cell: the text of a cell
 *
 * Returns: %TRUE if it names the account's balance at some time
 */
gboolean
budget_csv_words_is_balance (const char *cell)
{
  return starts_with_one_of (cell, balance_words, G_N_ELEMENTS (balance_words));
}

/**
 * budget_csv_words_get_card_sign:
 * @cell: the text of a cell
 *
 * Returns: 1 if it says that a card was paid off, -1 if something was bought,
 *   or 0
 */
int
budget_csv_words_get_card_sign (const char *cell)
{
  g_autofree char *folded = NULL;

  if (*cell == '\0' || strlen (cell) > MAX_WORD)
    return 0;

  folded = budget_text_fold (cell);

  if (list_has (bought_words, folded))
    return -1;

  if (list_has (paid_words, folded))
    return 1;

  for (guint i = 0; i < G_N_ELEMENTS (thanks); i++)
    if (strstr (folded, thanks[i]) != NULL)
      return 1;

  return 0;
}
