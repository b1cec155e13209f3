/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "benchmark-categories-household.h"

#include <math.h>

/*
 * The payments of a generated household as three banks would write them. About
 * every eighth payment is to a new payee. Some payees are chosen often, most
 * of them rarely. Half of the payees' names say what they sell ("Hirsch
 * Apotheke"). Some sell goods of several categories, and one payment in thirty
 * has a random category.
 */

typedef struct
{
  guint share; /* of all payments */
  gint64 middle;
  gboolean comes_in;
  const char *trades[9]; /* words in names of such payees */
  const char *endings[4];
} Kind;

/* clang-format off */
static const Kind kinds[HOUSEHOLD_N_CATEGORIES] = {
  { 27, 2800, FALSE, { "Supermarkt", "Bäckerei", "Metzgerei", "Biomarkt", "Getränkemarkt", "Market",
                       "Bakery", "Feinkost", "Obst Gemüse" }, { "markt", "backstube", "bäcker" } },
  { 15, 2200, FALSE, { "Restaurant", "Pizzeria", "Café", "Gasthaus", "Bistro", "Sushi", "Imbiss",
                       "Trattoria", "Brauhaus" }, { "bräu", "stuben", "grill" } },
  { 10, 3500, FALSE, { "Tankstelle", "Bahn", "Verkehrsbetriebe", "Parkhaus", "Taxi", "Station",
                       "Autohaus", "Fahrrad", "Carsharing" }, { "mobil", "bahn", "garage" } },
  { 5, 2400, FALSE, { "Apotheke", "Zahnarzt", "Praxis", "Optik", "Physiotherapie", "Sanitätshaus",
                      "Labor", "Klinik", "Drogerie" }, { "apotheke", "klinik", "optik" } },
  { 5, 5500, FALSE, { "Mode", "Schuhe", "Schuhhaus", "Jeans", "Fashion", "Boutique", "Sport",
                      "Outdoor", "Textil" }, { "moden", "schuh" } },
  { 8, 2500, FALSE, { "Kino", "Buchhandlung", "Theater", "Museum", "Schwimmbad", "Tickets", "Games",
                      "Musik", "Verein" }, { "bad", "buch", "spiele" } },
  { 5, 6000, FALSE, { "Stadtwerke", "Strom", "Gas", "Telekom", "Mobilfunk", "Wasser", "Energie",
                      "Internet", "Abfall" }, { "werke", "strom", "energie", "netz" } },
  { 3, 85000, FALSE, { "Miete", "Hausverwaltung", "Wohnbau", "Immobilien", "Genossenschaft",
                       "Nebenkosten" }, { "wohnbau", "haus" } },
  { 3, 7000, FALSE, { "Versicherung", "Lebensversicherung", "Haftpflicht", "Krankenkasse",
                      "Insurance" }, { "versicherung", "kasse" } },
  { 4, 9000, FALSE, { "Hotel", "Hostel", "Airlines", "Reisen", "Camping", "Ferien", "Touristik",
                      "Pension", "Resort" }, { "hotel", "reisen", "air" } },
  { 5, 4500, FALSE, { "Baumarkt", "Möbel", "Gartencenter", "Elektro", "Haushaltswaren",
                      "Handwerk", "Schlüsseldienst", "Farben", "Küchen" }, { "baumarkt", "möbel" } },
  { 4, 4000, FALSE, { "Kita", "Schule", "Spielwaren", "Musikschule", "Kinder", "Nachhilfe",
                      "Schulverein", "Hort" }, { "schule", "kinder" } },
  { 3, 3000, FALSE, { "Blumen", "Spende", "Hilfswerk", "Geschenke", "Stiftung", "Floristik" },
    { "blumen", "hilfe" } },
  { 3, 230000, TRUE, { "Gehalt", "Lohn", "Rückzahlung", "Erstattung", "Finanzamt", "Payroll" },
    { "werke", "technik", "system" } },
};

static const char *const names[] = {
  "Müller", "Huber", "Schmidt", "Rossi", "Novak", "Weber", "Yilmaz", "Fischer", "Becker", "Nguyen",
  "Wagner", "Hoffmann", "Schulz", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann",
  "Adler", "Hirsch", "Löwe", "Linden", "Rosen", "Sonnen", "Berg", "Stern", "Kronen", "Schwan",
  "Anker", "Mühlen", "Brunnen", "Ring", "Park", "Süd", "Nord", "Alt", "Neu", "Schloss",
};

static const char *const places[] = {
  "Ulm", "Köln", "Berlin", "Mainz", "Graz", "Wien", "Bern", "Lyon", "Leeds", "Kiel", "Bonn", "Essen",
};

/* Syllables of names without a meaning. */
static const char *const syllables[] = {
  "ka", "ro", "vel", "ti", "mo", "san", "du", "lex", "ni", "par", "zo", "be", "lum", "ga", "fi", "tor",
};
/* clang-format on */

typedef struct
{
  char *name;
  guint kind;
  guint n_visits;
  gint64 usual;
  gboolean sells_all; /* sells goods of several categories */
  gboolean is_shop;
} Payee;

typedef struct
{
  GRand *random;
  GPtrArray *payees;
  guint n_visits[HOUSEHOLD_N_CATEGORIES]; /* the number of payees of each kind */
} Household;

static void
payee_free (Payee *payee)
{
  g_free (payee->name);
  g_free (payee);
}

static void
payment_free (Payment *payment)
{
  g_free (payment->description);
  g_free (payment);
}

static guint
roll (Household *self, guint n)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) n);
}

#define PICK(self, array) (array)[roll (self, G_N_ELEMENTS (array))]

static const char *
pick_of (Household *self, const char *const *words, guint n_words)
{
  guint n = 0;

  while (n < n_words && words[n] != NULL)
    n++;

  return words[roll (self, n)];
}

static char *
make_brand (Household *self)
{
  GString *brand = g_string_new (NULL);

  for (guint i = 0; i < 2 + roll (self, 2); i++)
    g_string_append (brand, PICK (self, syllables));
  brand->str[0] = g_ascii_toupper (brand->str[0]);
  return g_string_free (brand, FALSE);
}

static char *
make_name (Household *self, const Kind *kind)
{
  const char *trade = pick_of (self, kind->trades, G_N_ELEMENTS (kind->trades));
  const char *name = PICK (self, names);
  g_autofree char *brand = make_brand (self);

  switch (roll (self, 10))
    {
    case 0:
      return g_strdup_printf ("%s %s", name, trade);
    case 1:
    case 2:
      return g_strdup_printf ("%s %s", trade, name);
    case 3:
      return g_strdup_printf ("%s am %s", trade, name);
    case 4:
      return g_strdup_printf ("%s%s", name,
                              pick_of (self, kind->endings, G_N_ELEMENTS (kind->endings)));
    case 5:
      return g_strdup_printf ("%s %s", brand, trade);
    case 6:
      return g_strdup_printf ("%s %s", name, PICK (self, names));
    default:
      return g_strdup (brand);
    }
}

static Payee *
add_payee (Household *self, guint kind)
{
  Payee *payee = g_new0 (Payee, 1);

  payee->kind = kind;
  payee->name = make_name (self, &kinds[kind]);
  payee->usual =
    (gint64) ((double) kinds[kind].middle * exp (g_rand_double_range (self->random, -0.8, 0.8)));
  payee->sells_all = roll (self, 20) == 0;
  payee->is_shop = kind < 6 || kind == 10;
  g_ptr_array_add (self->payees, payee);
  self->n_visits[kind]++;
  return payee;
}

static guint
choose_kind (Household *self)
{
  guint at = roll (self, 100);
  guint kind = 0;

  while (at >= kinds[kind].share)
    at -= kinds[kind++].share;

  return kind;
}

/* A payee that was paid more often is chosen again more often. */
static Payee *
choose_payee (Household *self)
{
  guint kind = choose_kind (self);
  guint at;

  if (roll (self, 8) == 0 || self->n_visits[kind] == 0)
    return add_payee (self, kind);

  at = roll (self, self->n_visits[kind]);
  for (guint i = 0; i < self->payees->len; i++)
    {
      Payee *payee = g_ptr_array_index (self->payees, i);

      if (payee->kind != kind)
        continue;
      if (at < payee->n_visits)
        {
          self->n_visits[kind]++;
          return payee;
        }
      at -= payee->n_visits;
    }

  g_assert_not_reached ();
}

static char *
describe (Household *self, const Payee *payee)
{
  g_autofree char *loud = g_utf8_strup (payee->name, -1);
  const char *place = PICK (self, places);
  guint day = 1 + roll (self, 28), month = 1 + roll (self, 12), number = roll (self, 10000);

  if (!payee->is_shop)
    return roll (self, 2) == 0 ? g_strdup_printf ("%s EREF+%08u MREF+M%u SVWZ+Rechnung %u",
                                                  payee->name, number * 97, number, number + 10000)
                               : g_strdup_printf ("SEPA-LASTSCHRIFT %s %06u", loud, number);

  switch (roll (self, 5))
    {
    case 0:
      return g_strdup_printf ("KARTENZAHLUNG %s SAGT DANKE. %04u//%s/DE", loud, number, place);
    case 1:
      return g_strdup_printf ("POS %u,%02u AT K2 %02u.%02u. %02u:%02u %s %04u %s", number / 100,
                              number % 100, day, month, day % 24, number % 60, loud, number, place);
    case 2:
      return g_strdup_printf ("%s %s ****%04u", loud, place, number);
    case 3:
      return g_strdup_printf ("VISA %s %02u/%02u %s DE", loud, day, month, place);
    default:
      return g_strdup (payee->name);
    }
}

static Payment *
make_payment (Household *self)
{
  Payee *payee = choose_payee (self);
  Payment *payment = g_new0 (Payment, 1);
  guint kind = payee->kind;
  double spread = exp (g_rand_double_range (self->random, -0.7, 0.7));

  payee->n_visits++;
  if (payee->sells_all ? roll (self, 2) == 0 : roll (self, 30) == 0)
    kind = roll (self, HOUSEHOLD_N_CATEGORIES);

  payment->category = GUINT_TO_POINTER (kind + 1);
  payment->description = describe (self, payee);
  payment->amount = MAX (1, (gint64) ((double) payee->usual * spread));
  if (kinds[payee->kind].comes_in)
    payment->amount = -payment->amount;
  return payment;
}

/*
 * Returns: (element-type Payment): the payments of a household, oldest first
 */
GPtrArray *
household_make (guint n_payments, guint32 seed)
{
  GPtrArray *payments = g_ptr_array_new_with_free_func ((GDestroyNotify) payment_free);
  Household household = { 0 };

  household.random = g_rand_new_with_seed (seed);
  household.payees = g_ptr_array_new_with_free_func ((GDestroyNotify) payee_free);
  for (guint i = 0; i < n_payments; i++)
    g_ptr_array_add (payments, make_payment (&household));

  g_ptr_array_unref (household.payees);
  g_rand_free (household.random);
  return payments;
}
