/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-description.h"

#include <string.h>

typedef struct
{
  const char *bank;
  const char *shown;
} Pair;

static void
assert_shown (const Pair *pairs, gsize n_pairs)
{
  for (gsize i = 0; i < n_pairs; i++)
    {
      g_autofree char *tidied = budget_description_tidy (pairs[i].bank);
      g_autofree char *again = budget_description_tidy (tidied);

      g_assert_cmpstr (tidied, ==, pairs[i].shown);
      g_assert_cmpstr (again, ==, pairs[i].shown);
    }
}

static void
test_card_numbers_go (void)
{
  const Pair pairs[] = {
    { "Corner Bakery ****1234", "Corner Bakery" },
    { "Corner Bakery XXXX1234", "Corner Bakery" },
    { "Corner Bakery 4111XXXXXXXX1234", "Corner Bakery" },
    { "Corner Bakery xxxx-xxxx-xxxx-1234", "Corner Bakery" },
    { "CARTE X1234 LIBRAIRIE DU PORT", "Librairie du Port" },
    { "TARJETA *4321 FRUTERIA SOL", "Fruteria Sol" },
  };

  assert_shown (pairs, G_N_ELEMENTS (pairs));
}

static void
test_dates_times_and_numbers_go (void)
{
  const Pair pairs[] = {
    { "SPAR DANKT   0223  K2   07.10. 10:52", "Spar" },
    { "POS          60,36 AT  K2   21.09. 09:05 TANKHOF 8620/ KORNEUBURG 2100",
      "Tankhof Korneuburg" },
    { "BEA   NR:XXX1234   21.05.11/12.54 GARDEN FIL2500 KATWIJK,PAS999", "Garden Katwijk" },
    { "GREEN GROCER 12MAY24 AUTH 004512", "Green Grocer" },
    { "GREEN GROCER ON 12 MAY 2024 REF 88123", "Green Grocer" },
    { "CLOUDHOST 650-3198939, US 9.95 USD, 1 USD = 0.88040 EUR", "Cloudhost" },
    { "TANKSTELLE SUED TA-NR 123456 UM 10:52 UHR", "Tankstelle Sued" },
    { "POS           8,94 AT  K2   18.09. 16:48 Baumarkt GmbH Gerasdorf 2201",
      "Baumarkt GmbH Gerasdorf" },
    { "VW    0217  K2   22.09. 15:44", "VW" },
    { "POS25SEP GREEN GROCER", "Green Grocer" },
    { "ATM08SEP", "ATM" },
    { "BURGER HOUSE #112", "Burger House" },
    { "CB PHARMACIE DU MARCHE FACT 120524", "Pharmacie du Marche" },
  };

  assert_shown (pairs, G_N_ELEMENTS (pairs));
}

static void
test_places_and_countries_go (void)
{
  const Pair pairs[] = {
    { "SUPERMARKT SAGT DANKE. 43821//BERLIN/DE", "Supermarkt" },
    { "Gasthaus Krone//Ulm/DE/2024-05-12T12:33:10 Debitk.43 2028-12", "Gasthaus Krone" },
    { "SPAR DANKT 4082 KORNEUBURG 2100", "Spar Korneuburg" },
    { "TRATTORIA ROMA ITA", "Trattoria Roma" },
    { "BOOK SHOP LEEDS GB", "Book Shop Leeds" },
    { "BOOK SHOP SEATTLE WA US", "Book Shop Seattle" },
  };

  assert_shown (pairs, G_N_ELEMENTS (pairs));
}

static void
test_keywords_of_sepa_go (void)
{
  const Pair pairs[] = {
    { "EREF+ABC-123 MREF+M99 CRED+DE98ZZZ09999999999 SVWZ+Rent for May", "Rent for May" },
    { "Town Works EREF+123SVWZ+Electricity", "Town Works Electricity" },
    { "SVWZ+EREF+123 ABWA+Anna Example", "Anna Example" },
    { "/TRTP/SEPA OVERBOEKING/IBAN/NL56ASNB9999999999/BIC/ASNBNL21/NAME/P. Jansen/REMI/Garden "
      "chairs/EREF/NOTPROVIDED",
      "P. Jansen Garden chairs" },
    { "EREF: 4711 MREF: 12 IBAN: DE02120300000000202051 SVWZ: Membership", "Membership" },
  };

  assert_shown (pairs, G_N_ELEMENTS (pairs));
}

static void
test_bank_verbs_go (void)
{
  const Pair pairs[] = {
    { "POS PURCHASE GREEN GROCER", "Green Grocer" },
    { "Card payment to Green Grocer", "Green Grocer" },
    { "KARTENZAHLUNG BAECKEREI HUBER", "Baeckerei Huber" },
    { "SEPA-Lastschrift Stadtwerke Ulm", "Stadtwerke Ulm" },
    { "PAIEMENT PAR CARTE X4321 BOULANGERIE PAUL LYON 12/05", "Boulangerie Paul Lyon" },
    { "PRLV SEPA EAU DE LYON", "Eau de Lyon" },
    { "COMPRA TARJ. 1234XXXXXXXX4321 FRUTERIA SOL", "Fruteria Sol" },
    { "PAGAMENTO POS 12/05 ALIMENTARI ROSSI", "Alimentari Rossi" },
    { "BETALING AAN BAKKERIJ", "Bakkerij" },
    { "DANKORT-KØB BAGERI", "Bageri" },
    { "PŁATNOŚĆ KARTĄ PIEKARNIA", "Piekarnia" },
    { "PAYPAL *BOOKSHOP", "Bookshop" },
    { "VISA", "Visa" },
    { "KARTENZAHLUNG", "Kartenzahlung" },
    { "ATM", "ATM" },
  };

  assert_shown (pairs, G_N_ELEMENTS (pairs));
}

static void
test_shouting_becomes_a_name (void)
{
  const Pair pairs[] = {
    { "H&M BERLIN", "H&M Berlin" },
    { "DB VERTRIEB GMBH", "DB Vertrieb GmbH" },
    { "IKEA ULM", "IKEA Ulm" },
    { "NL26BUNQ2025126409", "NL26BUNQ2025126409" },
    { "ATM HIGH STREET", "ATM High Street" },
    { "MCDONALD'S", "McDonald's" },
    { "O'REILLY MEDIA", "O'Reilly Media" },
    { "SAINT-PAUL", "Saint-Paul" },
    { "NETFLIX.COM", "Netflix.com" },
    { "E.D.F. LYON", "E.D.F. Lyon" },
    { "CAFÉ DE LA GARE", "Café de la Gare" },
    { "BÄCKEREI MÜLLER", "Bäckerei Müller" },
    { "ΚΑΦΕΝΕΙΟ", "Καφενειο" },
    { "ST ANDREWS GOLF", "St Andrews Golf" },
  };

  assert_shown (pairs, G_N_ELEMENTS (pairs));
}

static void
test_what_a_person_wrote_stays (void)
{
  static const char *const texts[] = {
    "Coffee with Ann 12.5.",
    "Rent 2024-05",
    "Visa fee for Kim",
    "Train to Lyon, seat 45",
    "iPhone 15 case",
    "H&M",
    "KFZ",
    "DVD",
    "TV 12.5.",
    "C&A",
    "Invoice 20240517",
    "1001 Nights",
    "Payment to Tom for pizza",
    "Pin for Ann’s jacket",
    "咖啡",
    "قهوة 12",
    "Café",
    "- Bread, 2x milk -",
    "https://example.org/a",
    "SPAR und Bäcker",
    "?",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *tidied = budget_description_tidy (texts[i]);

      g_assert_cmpstr (tidied, ==, texts[i]);
    }
}

static void
test_blanks_are_joined (void)
{
  const Pair pairs[] = {
    { "  Coffee   with\tAnn  ", "Coffee with Ann" },
    { "Coffee\302\240with Ann", "Coffee with Ann" },
    { "", "" },
    { "   ", "" },
  };

  assert_shown (pairs, G_N_ELEMENTS (pairs));
}

/* Makes a text of meaningful parts in random order. */
static char *
make_text (GRand *random)
{
  static const char *const parts[] = {
    "POS",        "PURCHASE", "KARTENZAHLUNG",
    "****1234",   "12.05.",   "10:52",
    "SVWZ+",      "EREF+",    "/NAME/",
    "/REMI/",     "//BERLIN", "/DE",
    "GREEN",      "GROCER",   "H&M",
    "Café",       "ÉCOLE",    "12,50",
    "EUR",        "USD",      "REF",
    "00123",      "DE",       "*",
    "-",          "'",        "PAYPAL *",
    "MAY",        "ß",        "İ",
    "ŉ",          "ǅ",        "咖啡",
    "\302\240",   "\xff",     "X1234",
    "2024-05-12", "T12:33",   ":",
    ",",          "K2",       "E.D.F.",
    "SAGT",       "DANKE",    "ﬁ",
    "Σ",          "…",        "9999999999",
    "A",
  };
  GString *text = g_string_new (NULL);
  int n_parts = g_rand_int_range (random, 1, 14);

  for (int i = 0; i < n_parts; i++)
    {
      g_string_append (text, parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);
      if (g_rand_int_range (random, 0, 3) > 0)
        g_string_append_c (text, ' ');
    }

  return g_string_free (text, FALSE);
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      return FALSE;

  return TRUE;
}

static void
assert_sound (const char *text)
{
  g_autofree char *tidied = budget_description_tidy (text);
  g_autofree char *again = budget_description_tidy (tidied);
  g_autofree char *core = budget_description_dup_core (text);
  g_autofree char *payee = budget_description_dup_payee (text);
  g_autofree char *payee_core = budget_description_dup_core (payee);

  g_assert_true (g_utf8_validate (tidied, -1, NULL));
  g_assert_true (g_utf8_validate (core, -1, NULL));
  g_assert_true (g_utf8_validate (payee, -1, NULL));
  g_assert_cmpstr (again, ==, tidied);
  g_assert_true (*tidied != '\0' || is_blank (text));
  g_assert_cmpint (*payee == '\0', ==, *core == '\0');
  g_assert_cmpint (*payee_core == '\0', ==, *core == '\0');
}

static void
test_any_text_stays_valid (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *text = make_text (random);

      assert_sound (text);
    }
}

static void
test_long_texts_come_to_an_end (void)
{
  static const char *const parts[] = { "POS ", "x", "*", "//", "SVWZ+", "12.05. ", "A,", "É", " " };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    for (gsize length = 1000; length <= 1000000; length *= 10)
      {
        GString *text = g_string_sized_new (length + 8);
        g_autofree char *freed = NULL;

        while (text->len < length)
          g_string_append (text, parts[i]);
        freed = g_string_free (text, FALSE);
        assert_sound (freed);
        budget_description_compare (freed, freed + 2);
      }
}

static void
assert_core (const char *text, const char *expected)
{
  g_autofree char *core = budget_description_dup_core (text);

  g_assert_cmpstr (core, ==, expected);
}

static void
test_the_core_names_the_payee (void)
{
  assert_core ("SPAR DANKT   0223  K2   07.10. 10:52", "spar");
  assert_core ("Spar", "spar");
  assert_core ("DB Vertrieb GmbH", "db vertrieb");
  assert_core ("H & M", "hm");
  assert_core ("H&M", "hm");
  assert_core ("McDonald’s", "mcdonalds");
  assert_core ("MCDONALD'S #112", "mcdonalds");
  assert_core ("CAFÉ DE LA GARE", "cafe gare");
  assert_core ("Coffee with Ann 12.5.", "coffee with ann");
  assert_core ("The Co", "the co");
  assert_core ("12345", "");
  assert_core ("", "");
  assert_core (NULL, "");
}

static void
test_the_payee_is_written_for_people (void)
{
  const Pair pairs[] = {
    { "POS PURCHASE CAFÉ NERO 0223", "Café Nero" },
    { "H & M 4711 BERLIN", "H & M Berlin" },
    { "DB VERTRIEB GMBH", "DB Vertrieb" },
    { "Coffee with Ann 12.5.", "Coffee with Ann" },
    { "12345", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *payee = budget_description_dup_payee (pairs[i].bank);
      g_autofree char *core = budget_description_dup_core (pairs[i].bank);
      g_autofree char *payee_core = budget_description_dup_core (payee);

      g_assert_cmpstr (payee, ==, pairs[i].shown);
      g_assert_cmpstr (payee_core, ==, core);
    }
}

static void
test_generic_texts_are_detected (void)
{
  g_assert_true (budget_description_is_generic ("Transfer"));
  g_assert_true (budget_description_is_generic ("ATM WITHDRAWAL 12/05"));
  g_assert_true (budget_description_is_generic ("Kartenzahlung"));
  g_assert_true (budget_description_is_generic ("PAYPAL"));
  g_assert_true (budget_description_is_generic ("4711"));
  g_assert_true (budget_description_is_generic (""));
  g_assert_true (budget_description_is_generic (NULL));
  g_assert_false (budget_description_is_generic ("Bank of Ulm transfer"));
  g_assert_false (budget_description_is_generic ("Bakery"));
  g_assert_false (budget_description_is_generic ("H&M"));
}

static double
compare (const char *a, const char *b)
{
  double there = budget_description_compare (a, b);
  double back = budget_description_compare (b, a);

  g_assert_cmpfloat (there, ==, back);
  g_assert_cmpfloat (there, >=, 0);
  g_assert_cmpfloat (there, <=, 1);
  return there;
}

static void
test_the_same_payee_is_alike (void)
{
  static const char *const pairs[][2] = {
    { "Green Grocer", "POS PURCHASE GREEN GROCER 12/05 GB" },
    { "Café Nero", "CAFE NERO" },
    { "Müller Bäckerei", "BAECKEREI MUELLER" },
    { "McDonald's", "MCDONALDS 0223" },
    { "Stadtwerke Ulm Neu-Ulm GmbH", "STADTWERKE ULM NEU" },
    { "INTERNATIONAL BOOK COMPANY LEEDS", "INTERNATIONAL BOOK COMPA" },
    { "Nero, Café", "Café Nero" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpfloat (compare (pairs[i][0], pairs[i][1]), >=, 0.8);

  g_assert_cmpfloat (compare ("Green Grocer", "green  GROCER"), ==, 1);
  g_assert_cmpfloat (compare ("4711", "4711"), ==, 1);
}

static void
test_texts_that_were_cut_are_alike (void)
{
  static const char *const texts[] = {
    "Stadtwerke Musterhausen Versorgung GmbH",
    "Boulangerie Patisserie du Vieux Port",
    "International Airlines Group Holdings",
    "Kindertagesstaette Sonnenblume Nordstadt",
  };
  static const gsize cuts[] = { 18, 24, 32 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (cuts); k++)
      {
        g_autofree char *cut = g_strndup (texts[i], cuts[k]);
        g_autofree char *shouted = g_ascii_strup (cut, -1);

        g_assert_cmpfloat (compare (texts[i], shouted), >=, 0.7);
      }
}

static void
test_others_are_not_alike (void)
{
  g_assert_cmpfloat (compare ("Green Grocer", "Town Works"), ==, 0);
  g_assert_cmpfloat (compare ("Green Grocer", ""), ==, 0);
  g_assert_cmpfloat (compare ("4711", "4712"), ==, 0);
  g_assert_cmpfloat (compare ("", ""), ==, 0);
  g_assert_cmpfloat (compare (NULL, NULL), ==, 0);
  g_assert_cmpfloat (compare ("Green Grocer Berlin", "Shoe Shop Berlin"), <, 0.5);
}

static void
test_comparing_has_no_side (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (int i = 0; i < 5000; i++)
    {
      g_autofree char *a = make_text (random);
      g_autofree char *b = make_text (random);

      compare (a, b);
      g_assert_cmpfloat (compare (a, a), ==, is_blank (a) ? 0 : 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/description/card-numbers-go", test_card_numbers_go);
  g_test_add_func ("/description/dates-times-and-numbers-go", test_dates_times_and_numbers_go);
  g_test_add_func ("/description/places-and-countries-go", test_places_and_countries_go);
  g_test_add_func ("/description/keywords-of-sepa-go", test_keywords_of_sepa_go);
  g_test_add_func ("/description/bank-verbs-go", test_bank_verbs_go);
  g_test_add_func ("/description/shouting-becomes-a-name", test_shouting_becomes_a_name);
  g_test_add_func ("/description/what-a-person-wrote-stays", test_what_a_person_wrote_stays);
  g_test_add_func ("/description/blanks-are-joined", test_blanks_are_joined);
  g_test_add_func ("/description/any-text-stays-valid", test_any_text_stays_valid);
  g_test_add_func ("/description/long-texts-come-to-an-end", test_long_texts_come_to_an_end);
  g_test_add_func ("/description/the-core-names-the-payee", test_the_core_names_the_payee);
  g_test_add_func ("/description/the-payee-is-written-for-people",
                   test_the_payee_is_written_for_people);
  g_test_add_func ("/description/generic-texts-are-detected", test_generic_texts_are_detected);
  g_test_add_func ("/description/the-same-payee-is-alike", test_the_same_payee_is_alike);
  g_test_add_func ("/description/texts-that-were-cut-are-alike",
                   test_texts_that_were_cut_are_alike);
  g_test_add_func ("/description/others-are-not-alike", test_others_are_not_alike);
  g_test_add_func ("/description/comparing-has-no-side", test_comparing_has_no_side);

  return g_test_run ();
}
