/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description-words-private.h"
#include "budget-text-fold.h"

#include <string.h>

/*
 * Splits a description into words and tells their shapes.
 */

#define MAX_GROUPS 8

/* A word of only digits and marks, such as 24.05.11/09.18. */
typedef struct
{
  guint n_groups;
  guint n_digits;
  guint lengths[MAX_GROUPS];
  guint values[MAX_GROUPS];
  char marks[MAX_GROUPS + 1]; /* the one after each group, or '\0' */
} Groups;

static gboolean
is_blank (const char *at)
{
  return (guchar) *at < 0x80 ? g_ascii_isspace (*at) : g_unichar_isspace (g_utf8_get_char (at));
}

/* 08SEP, in capitals */
static gboolean
begins_named_date (const char *at)
{
  char month[4] = { 0 };

  if (!g_ascii_isdigit (at[0]) || !g_ascii_isdigit (at[1]))
    return FALSE;

  for (guint i = 0; i < 3; i++)
    {
      if (!g_ascii_isupper (at[2 + i]))
        return FALSE;
      month[i] = g_ascii_tolower (at[2 + i]);
    }

  return _budget_word_is_month (month);
}

/*
 * Returns: whether @at divides two words: "KATWI,PAS999", "NR:123", "PAYPAL*SHOP", "SHOP//TOWN",
 * "POS08SEP".
 */
static gboolean
is_joint (const char *start, const char *at)
{
  if (at == start)
    return FALSE;

  switch (at[-1])
    {
    case ',':
    case ';':
      return g_ascii_isalpha (*at);
    case ':':
      return at - start > 1 && g_ascii_isalpha (at[-2]) && *at != '/';
    case '*':
      return at - start > 1 && g_ascii_isalpha (at[-2]) && g_ascii_isalpha (*at);
    default:
      if (g_ascii_isupper (at[-1]) && at - start >= 3 && at - start <= 4 && begins_named_date (at))
        return TRUE;
      return at[0] == '/' && at[1] == '/' && at[-1] != ':';
    }
}

static void
fold_ascii (BudgetWord *word)
{
  gsize n = 0;
  gboolean has_gap = FALSE;

  for (gsize i = 0; i < word->length && n + 2 <= BUDGET_WORD_MAX_FOLDED; i++)
    {
      char c = word->start[i];

      if (g_ascii_isalnum (c))
        {
          if (has_gap && n > 0)
            word->folded[n++] = ' ';
          has_gap = FALSE;
          word->folded[n++] = g_ascii_tolower (c);
        }
      else if (c != '\'')
        has_gap = TRUE;
    }
  word->folded[n] = '\0';
}

static void
finish_word (BudgetWord *word)
{
  gboolean is_ascii = TRUE;

  for (const char *at = word->start; at < word->start + word->length; at = g_utf8_next_char (at))
    {
      gunichar c = (guchar) *at < 0x80 ? (gunichar) *at : g_utf8_get_char (at);

      if (c >= 0x80)
        {
          is_ascii = FALSE;
          word->n_letters += g_unichar_isalpha (c);
          word->n_upper += g_unichar_isupper (c);
          word->n_lower += g_unichar_islower (c);
        }
      else if (g_ascii_isdigit ((char) c))
        word->n_digits++;
      else if (g_ascii_isalpha ((char) c))
        {
          word->n_letters++;
          word->n_upper += g_ascii_isupper ((char) c);
          word->n_lower += g_ascii_islower ((char) c);
        }
    }

  if (is_ascii)
    fold_ascii (word);
  else if (word->length <= 4 * BUDGET_WORD_MAX_FOLDED)
    {
      g_autofree char *text = g_strndup (word->start, word->length);
      g_autofree char *folded = budget_text_fold (text);

      if (strlen (folded) <= BUDGET_WORD_MAX_FOLDED)
        strcpy (word->folded, folded);
    }
}

/*
 * Returns: (element-type BudgetWord): the words of @text, which must outlive them
 */
GArray *
_budget_words_split (const char *text)
{
  GArray *words = g_array_sized_new (FALSE, FALSE, sizeof (BudgetWord), 16);
  gboolean is_glued = FALSE;

  while (*text != '\0')
    {
      BudgetWord word = { .start = text, .is_glued = is_glued };

      while (*text != '\0' && !is_blank (text) && !is_joint (word.start, text))
        text = g_utf8_next_char (text);

      word.length = (gsize) (text - word.start);
      is_glued = word.length > 0 && *text != '\0' && !is_blank (text);
      if (word.length > 0)
        {
          finish_word (&word);
          g_array_append_val (words, word);
        }

      while (*text != '\0' && is_blank (text))
        text = g_utf8_next_char (text);
    }

  return words;
}

static gboolean
read_groups (const BudgetWord *word, Groups *groups)
{
  const char *at = word->start;
  const char *end = at + word->length;

  memset (groups, 0, sizeof *groups);
  while (at < end && strchr ("([+#-", *at) != NULL)
    at++;
  while (end > at && strchr (")],;:", end[-1]) != NULL)
    end--;

  while (at < end)
    {
      guint i = groups->n_groups++;

      for (; at < end && g_ascii_isdigit (*at); at++)
        {
          groups->lengths[i]++;
          groups->values[i] = MIN (groups->values[i], 100000) * 10 + (guint) (*at - '0');
        }
      groups->n_digits += groups->lengths[i];
      if (groups->lengths[i] == 0)
        return FALSE;
      if (at == end)
        return TRUE;
      if (strchr (".,/:-Thx", *at) == NULL || groups->n_groups == MAX_GROUPS)
        return FALSE;
      groups->marks[i] = *at++;
    }

  return groups->n_groups > 0;
}

static gboolean
is_in (const Groups *groups, guint i, guint min, guint max)
{
  return i < groups->n_groups && groups->lengths[i] <= 2 && groups->values[i] >= min &&
         groups->values[i] <= max;
}

static gboolean
is_year (const Groups *groups, guint i)
{
  return i < groups->n_groups &&
         (groups->lengths[i] == 2 ||
          (groups->lengths[i] == 4 && groups->values[i] >= 1900 && groups->values[i] <= 2100));
}

/* From group @i on: 10:52, 10:52:13, 10h52. After a day also 10.52. */
static gboolean
is_time (const Groups *groups, guint i)
{
  char mark = i < groups->n_groups ? groups->marks[i] : '\0';

  if (!is_in (groups, i, 0, 24) || !is_in (groups, i + 1, 0, 59) || groups->lengths[i + 1] != 2)
    return FALSE;
  if (mark != ':' && mark != 'h' && (i == 0 || (mark != '.' && mark != '-')))
    return FALSE;

  return groups->n_groups <= i + 2 || (groups->n_groups <= i + 4 && is_in (groups, i + 2, 0, 60));
}

/* A day, with or without a year before or after it, and optionally a time. */
static gboolean
is_date (const Groups *groups)
{
  gboolean same = groups->n_groups > 2 && groups->marks[0] == groups->marks[1];
  char mark = groups->marks[0];

  if (groups->n_groups < 2 || strchr ("./-", mark) == NULL)
    return FALSE;

  if (same && groups->lengths[0] == 4 && is_year (groups, 0) && is_in (groups, 1, 1, 12) &&
      is_in (groups, 2, 1, 31))
    return groups->n_groups == 3 || is_time (groups, 3);

  if (!(is_in (groups, 0, 1, 31) && is_in (groups, 1, 1, 12)) &&
      !(is_in (groups, 0, 1, 12) && is_in (groups, 1, 1, 31)))
    return FALSE;

  if (groups->n_groups == 2)
    return mark == '.' ? groups->marks[1] == '.' || groups->lengths[1] == 2 : mark == '/';

  return (same && is_year (groups, 2) && (groups->n_groups == 3 || is_time (groups, 3))) ||
         is_time (groups, 2);
}

static gboolean
is_amount (const Groups *groups)
{
  guint last = groups->n_groups - 1;

  if (groups->n_groups < 2 || groups->lengths[last] != 2 || groups->marks[last] != '\0')
    return FALSE;

  for (guint i = 0; i < last; i++)
    if ((groups->marks[i] != '.' && groups->marks[i] != ',') || (i > 0 && groups->lengths[i] != 3))
      return FALSE;

  return TRUE;
}

/* 08SEP, 12MAY24, 12MAY2024 */
static gboolean
is_named_date (const BudgetWord *word)
{
  const char *at = word->folded;
  char month[5] = { 0 };
  gsize n_days = strspn (at, "0123456789");
  gsize n_letters = strcspn (at + n_days, "0123456789 ");
  const char *year = at + n_days + n_letters;

  if (n_days < 1 || n_days > 2 || n_letters < 3 || n_letters > 4)
    return FALSE;

  memcpy (month, at + n_days, n_letters);
  return _budget_word_is_month (month) && strspn (year, "0123456789") == strlen (year) &&
         (strlen (year) == 0 || strlen (year) == 2 || strlen (year) == 4);
}

/* Returns: how many marks hide digits, or 0 if it is no card's number: ****1234, 4111XXXXXXXX1234
 */
static guint
count_hidden (const BudgetWord *word)
{
  const char *end = word->start + word->length;
  guint n_hidden = 0, n_last = 0;

  for (const char *at = word->start; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '*' || c == 'x' || c == 'X' || c == '#' || c == 0x2022 || c == 0x2026)
        {
          n_hidden++;
          n_last = 0;
        }
      else if (c < 0x80 && g_ascii_isdigit ((char) c))
        n_last++;
      else if (c != '-' && c != '.' && c != ',' && c != ')' && c != '(')
        return 0;
    }

  if (n_hidden == 1 && (word->start[0] == '#' || word->n_digits != n_last))
    return 0;

  return n_last >= 3 && n_last <= 6 ? n_hidden : 0;
}

/* A mix of letters and digits: PAS999, FIL6017, 78154807RG994149F. Not A44, O2 or 7ELEVEN. */
static gboolean
is_code (const BudgetWord *word)
{
  if (word->n_digits >= 4 && word->length >= 8 && word->n_digits * 3 >= word->n_letters)
    return TRUE;

  return word->n_digits >= 3 && word->n_letters <= 4 && g_ascii_isalpha (word->start[0]);
}

static BudgetShape
get_shape_of_groups (const BudgetWord *word, const Groups *groups)
{
  if (is_date (groups) || is_time (groups, 0))
    return BUDGET_SHAPE_DATE;

  if (is_amount (groups))
    return BUDGET_SHAPE_AMOUNT;

  if (groups->n_digits >= 4 || (groups->n_digits == 3 && word->start[0] == '0') ||
      word->start[0] == '#')
    return BUDGET_SHAPE_REFERENCE;

  return BUDGET_SHAPE_WORD;
}

/*
 * Returns: the shape of a word in a bank's text; texts of others have no shapes
 */
BudgetShape
_budget_word_get_shape (const BudgetWord *word)
{
  Groups groups;

  if (word->n_letters == 0 && word->n_digits == 0)
    {
      /* Characters of other scripts make a word. */
      if ((guchar) word->start[0] >= 0x80 || strchr ("&+-", word->start[0]) != NULL)
        return BUDGET_SHAPE_WORD;
      return BUDGET_SHAPE_MARK;
    }

  if (word->n_digits == 0)
    return BUDGET_SHAPE_WORD;

  if (count_hidden (word) > 0)
    return BUDGET_SHAPE_CARD;

  if (read_groups (word, &groups))
    return get_shape_of_groups (word, &groups);

  if (is_named_date (word))
    return BUDGET_SHAPE_DATE;

  return word->n_letters == 0 ? (word->n_digits >= 3 ? BUDGET_SHAPE_REFERENCE : BUDGET_SHAPE_WORD)
         : is_code (word)     ? BUDGET_SHAPE_REFERENCE
                              : BUDGET_SHAPE_WORD;
}

/*
 * Returns: whether only banks write such a word: a card number with two or more digits
 *   hidden, a date with a time such as 2024-05-12T12:33, or twelve digits in a row
 */
gboolean
_budget_word_is_surely_banks (const BudgetWord *word)
{
  const char *mark = word->n_digits >= 8 ? memchr (word->start, 'T', word->length) : NULL;
  Groups groups;

  if (word->n_digits < 3)
    return FALSE;

  return word->n_digits >= 12 || count_hidden (word) >= 2 ||
         (mark != NULL && read_groups (word, &groups) && is_date (&groups));
}

/*
 * The words that banks write around a payee's name, folded. They come from statements of
 * banks in fifteen countries.
 */

typedef struct
{
  const char *phrase;
  BudgetPrefix prefix;
} Prefix;

#define WEAK(phrase)                                                                               \
  {                                                                                                \
    phrase, BUDGET_PREFIX_WEAK                                                                     \
  }
#define STRONG(phrase)                                                                             \
  {                                                                                                \
    phrase, BUDGET_PREFIX_STRONG                                                                   \
  }

/* clang-format off */
static const Prefix prefixes[] = {
  /* English */
  STRONG ("pos purchase"), STRONG ("pos debit"), STRONG ("pos transaction"), STRONG ("pos refund"),
  STRONG ("point of sale"), STRONG ("card payment to"), STRONG ("card payment"),
  STRONG ("card purchase"), STRONG ("card transaction"), STRONG ("debit card purchase"),
  STRONG ("debit card payment"), STRONG ("credit card purchase"), STRONG ("purchase authorized"),
  STRONG ("recurring payment authorized"), STRONG ("check card purchase"), STRONG ("checkcard"),
  STRONG ("visa debit purchase"), STRONG ("visa purchase"), STRONG ("contactless payment"),
  STRONG ("contactless purchase"), STRONG ("direct debit to"), STRONG ("direct debit payment to"),
  STRONG ("direct debit payment"), STRONG ("standing order to"), STRONG ("faster payment to"),
  STRONG ("faster payments receipt"), STRONG ("bill payment to"), STRONG ("eftpos purchase"),
  STRONG ("eftpos"), STRONG ("ach debit"), STRONG ("ach withdrawal"), STRONG ("ach payment"),
  WEAK ("direct debit"), WEAK ("standing order"), WEAK ("bill payment"), WEAK ("online payment to"),
  WEAK ("online payment"), WEAK ("recurring payment"), WEAK ("visa debit"), WEAK ("debit card"),
  WEAK ("pos"), WEAK ("purchase"), WEAK ("contactless"), WEAK ("visa"), WEAK ("mastercard"),
  WEAK ("maestro"), WEAK ("v pay"), WEAK ("vpay"), WEAK ("ach"), WEAK ("apple pay"),
  WEAK ("google pay"), WEAK ("payment to"),

  /* German */
  STRONG ("kartenzahlung"), STRONG ("kartenzahlung girocard"), STRONG ("ec kartenzahlung"),
  STRONG ("debitkartenzahlung"), STRONG ("kreditkartenzahlung"), STRONG ("girocard zahlung"),
  STRONG ("sepa lastschrift"), STRONG ("sepa basislastschrift"), STRONG ("sepa elv lastschrift"),
  STRONG ("sepa lastschrifteinzug"), STRONG ("basislastschrift"), STRONG ("folgelastschrift"),
  STRONG ("erstlastschrift"), STRONG ("lastschrift aus kartenzahlung"), STRONG ("lastschrifteinzug"),
  STRONG ("sepa uberweisung"), STRONG ("sepa ueberweisung"), STRONG ("sepa echtzeituberweisung"),
  STRONG ("sepa dauerauftrag"), STRONG ("sepa gutschrift"), STRONG ("online uberweisung"),
  STRONG ("online ueberweisung"), STRONG ("internet uberweisung"), STRONG ("internet ueberweisung"),
  STRONG ("kauf dienstleistung"), STRONG ("einkauf debitkarte"), STRONG ("kauf mit debitkarte"),
  STRONG ("zahlung mit debitkarte"), STRONG ("zahlung debitkarte"), STRONG ("bezahlung karte"),
  STRONG ("zahlung m elektr unterschr"), STRONG ("twint zahlung"), STRONG ("maestro kauf"),
  WEAK ("lastschrift"), WEAK ("uberweisung"), WEAK ("ueberweisung"), WEAK ("dauerauftrag"),
  WEAK ("gutschrift"), WEAK ("kauf"), WEAK ("einkauf"), WEAK ("ec"), WEAK ("ec karte"), WEAK ("elv"),
  WEAK ("girocard"), WEAK ("bankomat"), WEAK ("bankomatkasse"), WEAK ("debitkarte"),
  WEAK ("kreditkarte"), WEAK ("zahlung"), WEAK ("bezahlung"), WEAK ("onlinezahlung"),
  WEAK ("echtzeituberweisung"), WEAK ("echtzeit uberweisung"), WEAK ("belastung"), WEAK ("abbuchung"),
  WEAK ("einzug"),

  /* French */
  STRONG ("paiement par carte"), STRONG ("paiement carte"), STRONG ("paiement cb"),
  STRONG ("paiement psc"), STRONG ("facture carte"), STRONG ("achat cb"), STRONG ("achat par carte"),
  STRONG ("prlv sepa"), STRONG ("prelevement sepa"), STRONG ("prelvt sepa"), STRONG ("vir sepa"),
  STRONG ("virement sepa"), STRONG ("vir inst"), STRONG ("vir instantane"),
  STRONG ("virement instantane"), STRONG ("paiement sans contact"), WEAK ("paiement"), WEAK ("achat"),
  WEAK ("cb"), WEAK ("prelevement"), WEAK ("prlv"), WEAK ("virement emis"), WEAK ("virement recu"),
  WEAK ("virement"), WEAK ("vir recu"), WEAK ("vir"),

  /* Spanish and Portuguese */
  STRONG ("compra tarjeta"), STRONG ("compra con tarjeta"), STRONG ("pago con tarjeta"),
  STRONG ("pago con tarjeta en"), STRONG ("pago movil en"), STRONG ("adeudo recibo"),
  STRONG ("compra cartao"), STRONG ("pagamento de servicos"), WEAK ("compra en"), WEAK ("compra"),
  WEAK ("pago en"), WEAK ("pago"), WEAK ("recibo"), WEAK ("adeudo"), WEAK ("transferencia a favor de"),
  WEAK ("transferencia"), WEAK ("compras"),

  /* Italian */
  STRONG ("pagamento pos"), STRONG ("pagamento con carta"), STRONG ("pagamento carta"),
  STRONG ("acquisto pos"), STRONG ("acquisto carta"), STRONG ("addebito diretto"),
  STRONG ("addebito sdd"), STRONG ("addebito sepa"), STRONG ("bonifico sepa"),
  WEAK ("pagamento"), WEAK ("acquisto"), WEAK ("addebito"), WEAK ("bonifico"),

  /* Dutch */
  STRONG ("betaalautomaat"), STRONG ("pinbetaling"), STRONG ("sepa incasso"),
  STRONG ("sepa overboeking"), STRONG ("sepa incasso algemeen doorlopend"),
  STRONG ("sepa periodieke overb"), STRONG ("bea nr"), STRONG ("bea betaalpas"),
  STRONG ("bea google pay"), STRONG ("bea apple pay"), WEAK ("betaling"), WEAK ("betaalpas"),
  WEAK ("pin"), WEAK ("incasso"), WEAK ("overboeking"), WEAK ("ideal"), WEAK ("giro"),

  /* Danish, Norwegian, Swedish, Finnish */
  STRONG ("visa dankort"), STRONG ("dankort kob"), STRONG ("dankort nota"), STRONG ("kortkob"),
  STRONG ("kortkjop"), STRONG ("varekjop"), STRONG ("kortbetaling"), STRONG ("kortbetalning"),
  STRONG ("kortkop"), STRONG ("korttiosto"), WEAK ("dankort"), WEAK ("betalning"), WEAK ("kob"),
  WEAK ("kop"), WEAK ("autogiro"), WEAK ("overforing"), WEAK ("osto"),

  /* Polish, Czech, Hungarian */
  STRONG ("platnosc karta"), STRONG ("zakup przy uzyciu karty"), STRONG ("transakcja karta"),
  STRONG ("platba kartou"), STRONG ("nakup kartou"), STRONG ("kartyas vasarlas"),
  STRONG ("vasarlas kartyaval"), WEAK ("platnosc"), WEAK ("przelew"), WEAK ("platba"), WEAK ("nakup"),
  WEAK ("inkaso"), WEAK ("trvaly prikaz"), WEAK ("vasarlas"),

  /* Payment services */
  WEAK ("paypal"), WEAK ("pp"), WEAK ("sq"), WEAK ("sumup"), WEAK ("zettle"), WEAK ("iz"), WEAK ("tst"),
  WEAK ("klarna"), WEAK ("ccv"), WEAK ("adyen"), WEAK ("mollie"),
};

/* What banks write after the name. */
static const char *const suffixes[] = {
  "sagt danke", "dankt", "sagt vielen dank", "contactless", "kontaktlos", "sans contact",
  "girocard", "debitk", "debitkarte", "visa", "visa debit", "mastercard", "maestro", "vpay",
  "apple pay", "google pay", "card purchase", "pos purchase", "pos", "uhr", "recurring", "pas",
  "xfer", "pending", "kartenzahlung",
};

/* What precedes a number. */
static const char *const labels[] = {
  "nr", "no", "num", "numero", "nummer", "ref", "refnr", "reference", "referenz", "rif", "auth",
  "aut", "autoris", "terminal", "term", "tid", "mid", "trace", "beleg", "belegnr", "ta nr", "txn",
  "trx", "trn", "tran", "trans", "transactie", "id", "card", "karte", "kartennr", "kartennummer",
  "folgenr", "carte", "carta", "tarjeta", "tarj", "kaart", "kort", "kartou", "karta", "pas",
  "pasnr", "pasvolgnr", "betalingskenm", "kenmerk", "kundennr", "kundennummer", "rechnung",
  "rechnungsnr", "rg nr", "re nr", "invoice", "inv", "conf", "confirmation", "fil", "filiale",
  "store", "scheck nr", "seq", "mandat", "mandatsref", "iban", "bic", "konto", "kto", "blz",
  "account", "acct", "ending", "debitk", "eref", "mref", "cred", "order", "fact", "tfnr", "check",
};

/* What precedes a date. */
static const char *const before_dates[] = {
  "on", "am", "vom", "le", "du", "del", "van", "om", "um", "dd", "at", "fact", "den", "datum", "d",
  "uhrzeit", "il", "el", "dia", "das", "valuta", "value", "date", "kl",
};

static const char *const months[] = {
  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mrz",
  "mai", "okt", "dez", "fev", "avr", "jui", "aou", "ene", "abr", "ago", "dic", "gen", "mag", "giu",
  "lug", "set", "ott", "mrt", "mei", "maj",
};

/* Words that are in small letters within a name, and are no name by themselves. */
static const char *const links[] = {
  "and", "und", "et", "y", "e", "en", "i", "of", "the", "for", "at", "in", "on", "to", "by", "de",
  "du", "des", "la", "le", "les", "del", "della", "di", "da", "do", "dos", "das", "der", "die",
  "den", "dem", "von", "vom", "van", "zu", "zum", "zur", "am", "im", "an", "bei", "auf", "fur",
  "chez", "aux", "au", "bij", "aan", "het", "op", "hos", "och", "og", "till", "til", "presso",
  "con", "por", "para", "from", "via", "mit", "av", "w", "na", "u",
};

/* Acronyms that could be read as words. */
static const char *const acronyms[] = {
  "atm", "ikea", "usa", "uk", "eu", "adac", "aok", "dak", "huk", "ups", "usb", "ibm", "ratp", "edf",
  "ing", "bbva", "ubs", "vw", "ec", "sepa", "tui", "eon", "asos", "dhl", "rai", "iva",
  "vat", "ace", "rac", "nhs", "bbc", "hbo", "sas", "easa", "aeg", "oebb", "obb", "ovh", "aws", "ee",
  "o2", "egf", "eea", "gez", "ard", "zdf", "eos", "vag", "iban", "bic", "ag", "ug", "sa",
  "ab", "as", "oy", "oyj", "kg", "se", "ohg", "llp", "llc", "plc", "bv", "nv", "kgaa", "eur", "usd",
};

static const char *const countries[] = {
  "ad", "ae", "al", "am", "ar", "arg", "at", "au", "aus", "aut", "az", "ba", "be", "bel", "bg",
  "bgr", "br", "bra", "by", "ca", "can", "ch", "che", "cl", "cn", "chn", "co", "cy", "cyp", "cz",
  "cze", "de", "deu", "dk", "dnk", "ee", "eg", "es", "esp", "est", "fi", "fin", "fr", "fra", "gb",
  "gbr", "ge", "gr", "grc", "hk", "hr", "hrv", "hu", "hun", "id", "ie", "il", "in", "ind", "irl",
  "is", "isl", "it", "ita", "jp", "jpn", "kr", "li", "lt", "ltu", "lu", "lux", "lv", "lva", "ma",
  "mc", "md", "me", "mk", "mlt", "mt", "mx", "mex", "my", "nl", "nld", "no", "nor", "nz", "nzl",
  "pl", "pol", "pt", "prt", "ro", "rou", "rs", "ru", "sa", "se", "sg", "sgp", "si", "sk", "svk",
  "svn", "swe", "th", "tr", "tur", "ua", "ukr", "us", "usa", "za",

  /* States of the USA, which are in the same place. */
  "ak", "az", "ct", "dc", "fl", "ga", "ia", "ks", "ky", "mi", "mn", "mo", "nc", "nd", "nh", "nj",
  "nm", "nv", "ny", "oh", "ok", "or", "pa", "ri", "sc", "sd", "tn", "tx", "ut", "va", "vt", "wa",
  "wi", "wv", "wy",
};

/* The legal form does not identify a company. */
static const struct
{
  const char *folded;
  const char *written;
} legal_forms[] = {
  { "gmbh", "GmbH" }, { "mbh", "mbH" }, { "ltd", "Ltd" }, { "inc", "Inc" }, { "corp", "Corp" },
  { "llc", "LLC" }, { "llp", "LLP" }, { "plc", "PLC" }, { "ag", "AG" }, { "kg", "KG" },
  { "ohg", "OHG" }, { "ug", "UG" }, { "se", "SE" }, { "sa", "SA" }, { "sas", "SAS" },
  { "sarl", "SARL" }, { "srl", "SRL" }, { "bv", "BV" }, { "nv", "NV" }, { "ab", "AB" },
  { "oy", "Oy" }, { "oyj", "Oyj" }, { "aps", "ApS" }, { "kft", "Kft" }, { "sro", "s.r.o." },
  { "gbr", "GbR" }, { "kgaa", "KGaA" }, { "pty", "Pty" }, { "co", "Co" }, { "ek", "e.K." },
};

/* The ends of host names. */
static const char *const endings[] = {
  "com", "net", "org", "de", "at", "ch", "fr", "nl", "be", "es", "it", "pt", "uk", "eu", "io", "dk",
  "se", "no", "fi", "pl", "cz", "hu", "ie", "tv", "app", "shop", "us", "info", "biz",
};

/* Words that do not identify a payee. */
static const char *const generics[] = {
  "transfer", "payment", "payments", "cash", "atm", "withdrawal", "deposit", "check", "cheque",
  "fee", "fees", "charge", "charges", "interest", "refund", "debit", "credit", "card", "bank",
  "account", "savings", "balance", "online", "mobile", "direct", "standing", "order", "purchase",
  "uberweisung", "ueberweisung", "lastschrift", "gutschrift", "dauerauftrag", "zahlung",
  "kartenzahlung", "karte", "barauszahlung", "auszahlung", "einzahlung", "geldautomat", "gebuhr",
  "gebuhren", "zinsen", "entgelt", "entgeltabschluss", "abschluss", "umbuchung", "ubertrag",
  "rechnung", "rueckerstattung", "ruckerstattung", "scheck", "bargeld", "bargeldauszahlung",
  "virement", "prelevement", "prlv", "vir", "retrait", "dab", "paiement", "carte", "cb", "achat",
  "frais", "remboursement", "especes", "depot", "facture", "compra", "pago", "tarjeta", "recibo",
  "adeudo", "transferencia", "reintegro", "cajero", "comision", "pagamento", "bonifico", "prelievo",
  "addebito", "acquisto", "commissioni", "carta", "betaling", "overboeking", "incasso", "opname",
  "geldopname", "betaalautomaat", "geldautomaat", "rente", "pin", "bea", "gea", "ideal", "sepa",
  "pos", "ec", "visa", "mastercard", "maestro", "paypal", "klarna", "sumup", "zettle", "sq", "pp",
  "girocard", "betalning", "kob", "kop", "overforing", "przelew", "platnosc", "wyplata", "platba",
  "vyber", "nakup", "description", "unknown", "unbekannt", "other", "misc", "miscellaneous",
  "sonstiges", "divers", "value", "text", "booking", "buchung", "expense", "ausgabe", "depense",
  "stuff", "things", "various", "diverses", "invoice", "internet", "monthly", "no",
};
/* clang-format on */

static GHashTable *
make_set (const char *const *items, gsize n_items)
{
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < n_items; i++)
    g_hash_table_add (set, (gpointer) items[i]);

  return set;
}

/* A set of the words of a table, created on first use. */
#define DEFINE_SET(function, table)                                                                \
  gboolean function (const char *folded)                                                           \
  {                                                                                                \
    static GHashTable *set;                                                                        \
                                                                                                   \
    if (g_once_init_enter (&set))                                                                  \
      g_once_init_leave (&set, make_set (table, G_N_ELEMENTS (table)));                            \
                                                                                                   \
    return g_hash_table_contains (set, folded);                                                    \
  }

DEFINE_SET (_budget_word_is_label, labels)
DEFINE_SET (_budget_word_is_before_date, before_dates)
DEFINE_SET (_budget_word_is_month, months)
DEFINE_SET (_budget_word_is_link, links)
DEFINE_SET (_budget_word_is_acronym, acronyms)
DEFINE_SET (_budget_word_is_country, countries)
DEFINE_SET (_budget_word_is_generic, generics)
DEFINE_SET (_budget_word_is_ending, endings)

const char *
_budget_word_get_legal_form (const char *folded)
{
  for (gsize i = 0; i < G_N_ELEMENTS (legal_forms); i++)
    if (strcmp (folded, legal_forms[i].folded) == 0)
      return legal_forms[i].written;

  return NULL;
}

/*
 * Returns: how many words from @first on the phrase matches, or 0. A word may fold to
 *   several, such as "EC-Karte".
 */
static guint
match_phrase (GArray *words, guint first, guint end, const char *phrase)
{
  guint n_words = 0;

  for (guint i = first; i < end; i++)
    {
      const BudgetWord *word = &g_array_index (words, BudgetWord, i);
      gsize length;

      if (word->is_dropped)
        continue;

      length = strlen (word->folded);
      n_words = i - first + 1;
      if (length == 0 || strncmp (phrase, word->folded, length) != 0)
        return 0;

      phrase += length;
      if (*phrase == '\0')
        return n_words;
      if (*phrase++ != ' ')
        return 0;
    }

  return 0;
}

/*
 * Finds the longest phrase that matches the words from @first on.
 */
BudgetPrefix
_budget_words_match_prefix (GArray *words, guint first, guint *n_words)
{
  BudgetPrefix prefix = BUDGET_PREFIX_NONE;
  char letter = g_array_index (words, BudgetWord, first).folded[0];

  *n_words = 0;
  for (gsize i = 0; letter != '\0' && i < G_N_ELEMENTS (prefixes); i++)
    {
      guint n = prefixes[i].phrase[0] == letter
                  ? match_phrase (words, first, words->len, prefixes[i].phrase)
                  : 0;

      if (n > *n_words)
        {
          *n_words = n;
          prefix = prefixes[i].prefix;
        }
    }

  return prefix;
}

/*
 * Returns: how many words before @end the longest suffix matches, or 0
 */
guint
_budget_words_match_suffix (GArray *words, guint end)
{
  guint longest = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    for (guint n = 1; n <= 3 && n <= end; n++)
      if (n > longest && g_array_index (words, BudgetWord, end - n).folded[0] == suffixes[i][0] &&
          match_phrase (words, end - n, end, suffixes[i]) == n)
        longest = n;

  return longest;
}
