/* SPDX-FileCopyrightText: 2026 The Budget developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "budget-csv-layout.h"
#include "statement-fixture.h"

#include <string.h>

/*
 * Tables in the formats of banks, with invented people, shops and amounts.
 * Each has the expected number of transactions, their sum with the bank's
 * sign, and the first one.
 */

typedef struct
{
  const char *name;
  guint n_accepted;
  gint64 sum;
  guint n_rejected;
  const char *currency;
  const char *date;
  const char *description;
  const char *text;
} Shape;

// clang-format off
static const Shape shapes[] = {
  { "n26", 3, 193761, 0, "EUR", "2024-03-01", "Bakery Sunrise",
    "\"Date\",\"Payee\",\"Account number\",\"Transaction type\",\"Payment reference\",\"Amount (EUR)\",\"Amount (Foreign Currency)\",\"Type Foreign Currency\",\"Exchange Rate\"\n"
    "\"2024-03-01\",\"Bakery Sunrise\",\"\",\"MasterCard Payment\",\"-\",\"-4.80\",\"-4.80\",\"EUR\",\"1.0\"\n"
    "\"2024-03-02\",\"Cafe London\",\"\",\"MasterCard Payment\",\"-\",\"-7.59\",\"-6.50\",\"GBP\",\"0.8563\"\n"
    "\"2024-03-04\",\"Muster GmbH\",\"DE02120300000000202051\",\"Income\",\"Salary\",\"1950.00\",\"\",\"\",\"\"\n" },
  { "n26-new", 2, -2300, 0, "EUR", "2024-05-02", "Green Grocer",
    "\"Booking Date\",\"Value Date\",\"Partner Name\",\"Partner Iban\",Type,\"Payment Reference\",\"Account Name\",\"Amount (EUR)\",\"Original Amount\",\"Original Currency\",\"Exchange Rate\"\n"
    "2024-05-02,2024-05-01,\"Green Grocer\",,Presentment,,\"Main Account\",-15.50,15.50,EUR,1\n"
    "2024-05-03,2024-05-03,\"Book Corner\",,Presentment,,\"Main Account\",-7.50,7.50,EUR,1\n" },
  { "revolut", 3, 8050, 2, "EUR", "2024-01-03", "Tram Company",
    "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
    "CARD_PAYMENT,Current,2024-01-02 10:11:12,2024-01-03 08:00:00,Tram Company,-2.50,0.00,EUR,COMPLETED,97.50\n"
    "TOPUP,Current,2024-01-04 10:11:12,2024-01-04 10:11:13,Payment from Ann,100.00,0.00,EUR,COMPLETED,197.50\n"
    "CARD_PAYMENT,Current,2024-01-05 10:11:12,,Shoe Shop,-55.00,0.00,EUR,PENDING,\n"
    "CARD_PAYMENT,Current,2024-01-05 11:11:12,,Kiosk,-5.00,0.00,EUR,REVERTED,\n"
    "TRANSFER,Current,2024-01-06 10:11:12,2024-01-06 10:11:13,To Bob,-16.50,0.50,EUR,COMPLETED,180.50\n" },
  { "ing-nl", 3, 145055, 0, "EUR", "2023-11-30", "Bakkerij Zon",
    "\"Datum\";\"Naam / Omschrijving\";\"Rekening\";\"Tegenrekening\";\"Code\";\"Af Bij\";\"Bedrag (EUR)\";\"Mutatiesoort\";\"Mededelingen\";\"Saldo na mutatie\";\"Tag\"\n"
    "\"20231130\";\"Bakkerij Zon\";\"NL01INGB0001234567\";\"\";\"BA\";\"Af\";\"4,95\";\"Betaalautomaat\";\"Pasvolgnr: 001\";\"1.995,05\";\"\"\n"
    "\"20231129\";\"Werkgever BV\";\"NL01INGB0001234567\";\"NL02RABO0123456789\";\"OV\";\"Bij\";\"1.500,00\";\"Overschrijving\";\"Salaris\";\"2.000,00\";\"\"\n"
    "\"20231128\";\"Energie NV\";\"NL01INGB0001234567\";\"NL03ABNA0123456789\";\"IC\";\"Af\";\"44,50\";\"Incasso\";\"Termijn\";\"500,00\";\"\"\n" },
  { "ing-de", 2, -5450, 0, "EUR", "2024-02-12", "Supermarkt Nord",
    "Umsatzanzeige;Datei erstellt am: 14.02.2024 09:00\n\nIBAN;DE02 5001 0517 0000 0000 00\nKontoname;Girokonto\nBank;ING\nKunde;Erika Muster\nZeitraum;01.02.2024 - 14.02.2024\nSaldo;1.234,56;EUR\n\nSortierung;Datum absteigend\n\nIn der CSV-Datei finden Sie alle bereits gebuchten Ums\344tze.\n\n"
    "Buchung;Wertstellungsdatum;Auftraggeber/Empf\344nger;Buchungstext;Verwendungszweck;Saldo;W\344hrung;Betrag;W\344hrung\n"
    "12.02.2024;12.02.2024;Supermarkt Nord;Lastschrift;Einkauf 0815;1.234,56;EUR;-42,50;EUR\n"
    "09.02.2024;09.02.2024;Stadtbibliothek;Lastschrift;Jahresgeb\374hr;1.277,06;EUR;-12,00;EUR\n" },
  { "rabobank", 2, 9001, 0, "EUR", "2024-01-02", "Fietsenmaker",
    "\"IBAN/BBAN\",\"Munt\",\"BIC\",\"Volgnr\",\"Datum\",\"Rentedatum\",\"Bedrag\",\"Saldo na trn\",\"Tegenrekening IBAN/BBAN\",\"Naam tegenpartij\",\"Naam uiteindelijke partij\",\"Naam initi\353rende partij\",\"BIC tegenpartij\",\"Code\",\"Batch ID\",\"Transactiereferentie\",\"Machtigingskenmerk\",\"Incassant ID\",\"Betalingskenmerk\",\"Omschrijving-1\",\"Omschrijving-2\",\"Omschrijving-3\",\"Reden retour\",\"Oorspr bedrag\",\"Oorspr munt\",\"Koers\"\n"
    "\"NL01RABO0123456789\",\"EUR\",\"RABONL2U\",\"000000000000000101\",\"2024-01-02\",\"2024-01-02\",\"-9,99\",\"+1.090,01\",\"NL02INGB0001234567\",\"Fietsenmaker\",\"\",\"\",\"INGBNL2A\",\"bc\",\"\",\"\",\"\",\"\",\"\",\"Band plakken\",\" \",\"\",\"\",\"\",\"\",\"\"\n"
    "\"NL01RABO0123456789\",\"EUR\",\"RABONL2U\",\"000000000000000102\",\"2024-01-03\",\"2024-01-03\",\"+100,00\",\"+1.190,01\",\"NL02INGB0001234567\",\"Oma\",\"\",\"\",\"INGBNL2A\",\"cb\",\"\",\"\",\"\",\"\",\"\",\"Verjaardag\",\" \",\"\",\"\",\"\",\"\",\"\"\n" },
  { "abn-amro-tab", 2, -3000, 0, "EUR", "2024-01-05", "BEA, Betaalpas Slager",
    "123456789\tEUR\t20240105\t1000,00\t980,00\t20240105\t-20,00\tBEA, Betaalpas                   Slager\n"
    "123456789\tEUR\t20240106\t980,00\t970,00\t20240106\t-10,00\tBEA, Betaalpas                   Kaasboer\n" },
  { "nordea-fi", 2, -1590, 0, "EUR", "2024-03-05", "KAUPPA OY",
    "Kirjausp\303\244iv\303\244;M\303\244\303\244r\303\244;Maksaja;Maksunsaaja;Nimi;Otsikko;Viesti;Viitenumero;Valuutta;Saldo\n"
    "2024/03/05;-10,90;FI1234;;KAUPPA OY;KAUPPA OY;;;EUR;89,10\n"
    "2024/03/04;-5,00;FI1234;;KIOSKI OY;KIOSKI OY;;;EUR;100,00\n" },
  { "nordea-se", 2, -24900, 0, "SEK", "2024-03-05", "Kortk\303\266p ICA",
    "Bokf\303\266ringsdag;Belopp;Avs\303\244ndare;Mottagare;Namn;Rubrik;Saldo;Valuta\n"
    "2024-03-05;-199,00;1234 56 78901;;;Kortk\303\266p ICA;5001,00;SEK\n"
    "2024-03-04;-50,00;1234 56 78901;;;Kortk\303\266p SL;5200,00;SEK\n" },
  { "swedbank-se", 2, 977500, 0, "SEK", "2024-02-23", "L\303\266n",
    "* Transaktioner Period 2024-02-01 - 2024-02-28 Skapad 2024-03-01 10:00\n"
    "Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokf\303\266ringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokf\303\266rt saldo\n"
    "1,12345,123456789,\"Privatkonto\",SEK,2024-02-23,2024-02-23,2024-02-23,\"L\303\266n\",\"L\303\266n\",10000.00,12000.00\n"
    "2,12345,123456789,\"Privatkonto\",SEK,2024-02-22,2024-02-21,2024-02-22,\"Systembolag\",\"Systembolag\",-225.00,2000.00\n" },
  { "swedbank-lt", 2, -1430, 0, "EUR", "2024-01-10", "MAXIMA",
    "\"S\304\205skaitos Nr.\",\"\",\"Data\",\"Gav\304\227jas\",\"Paai\305\241kinimai\",\"Suma\",\"Valiuta\",\"D/K\",\"\303\212ra\305\241o Nr.\",\"Kodas\"\n"
    "\"LT001\",\"20\",\"2024-01-10\",\"MAXIMA\",\"Pirkinys\",\"12.30\",\"EUR\",\"D\",\"2024011001\",\"K2\"\n"
    "\"LT001\",\"20\",\"2024-01-11\",\"KAVA\",\"Pirkinys\",\"2.00\",\"EUR\",\"D\",\"2024011101\",\"K2\"\n" },
  { "danske", 2, -17525, 0, NULL, "2024-02-01", "Netto",
    "\"Dato\";\"Tekst\";\"Bel\370b\";\"Saldo\";\"Status\";\"Afstemt\"\n"
    "\"01.02.2024\";\"Netto\";\"-125,25\";\"1.874,75\";\"Udf\370rt\";\"Nej\"\n"
    "\"02.02.2024\";\"DSB\";\"-50,00\";\"1.824,75\";\"Udf\370rt\";\"Nej\"\n" },
  { "dnb-no", 2, 98000, 0, NULL, "2024-02-01", "REMA 1000",
    "\"Dato\";\"Forklaring\";\"Rentedato\";\"Ut fra konto\";\"Inn p\303\245 konto\"\n"
    "\"01.02.2024\";\"REMA 1000\";\"01.02.2024\";\"220,00\";\"\"\n"
    "\"02.02.2024\";\"L\303\270nn\";\"02.02.2024\";\"\";\"1.200,00\"\n" },
  { "chase-checking", 2, 120501, 0, NULL, "2024-01-16", "PAYROLL ACME",
    "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\n"
    "CREDIT,01/16/2024,\"PAYROLL ACME\",1250.00,ACH_CREDIT,1705.01,,\n"
    "DEBIT,01/13/2024,\"ELECTRIC CO\",-44.99,ACH_DEBIT,455.01,,\n" },
  { "chase-card", 3, 2001, 0, NULL, "2024-01-13", "CORNER MARKET",
    "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n"
    "01/13/2024,01/14/2024,CORNER MARKET,Groceries,Sale,-35.49,\n"
    "01/12/2024,01/14/2024,GAS STOP,Gas,Sale,-44.50,\n"
    "01/10/2024,01/10/2024,Payment Thank You-Mobile,,Payment,100.00,\n" },
  { "amex-us", 3, -8350, 0, NULL, "2024-01-20", "GARDEN CENTER",
    "Date,Description,Card Member,Account #,Amount\n"
    "01/20/2024,GARDEN CENTER,ANN EXAMPLE,-51001,120.00\n"
    "01/18/2024,AUTOPAY PAYMENT - THANK YOU,ANN EXAMPLE,-51001,-50.00\n"
    "01/17/2024,BAGEL SHOP,ANN EXAMPLE,-51001,13.50\n" },
  { "discover", 2, 2500, 0, NULL, "2024-01-21", "PHARMACY",
    "Trans. Date,Post Date,Description,Amount,Category\n"
    "01/21/2024,01/22/2024,PHARMACY,15.00,Merchandise\n"
    "01/22/2024,01/22/2024,INTERNET PAYMENT - THANK YOU,-40.00,Payments and Credits\n" },
  { "capital-one", 2, 8000, 0, NULL, "2024-01-21", "HARDWARE STORE",
    "Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit\n"
    "2024-01-21,2024-01-22,1234,HARDWARE STORE,Merchandise,20.00,\n"
    "2024-01-23,2024-01-23,1234,CAPITAL ONE MOBILE PYMT,Payment/Credit,,100.00\n" },
  { "bank-of-america", 2, 45000, 0, NULL, "2024-01-02", "COFFEE SHOP",
    "Description,,Summary Amt.\nBeginning balance as of 01/01/2024,,\"1,000.00\"\nTotal credits,,\"500.00\"\nTotal debits,,\"-50.00\"\nEnding balance as of 01/31/2024,,\"1,450.00\"\n\n"
    "Date,Description,Amount,Running Bal.\n"
    "01/01/2024,Beginning balance as of 01/01/2024,,\"1,000.00\"\n"
    "01/02/2024,\"COFFEE SHOP\",\"-50.00\",\"950.00\"\n"
    "01/15/2024,\"PAYROLL\",\"500.00\",\"1,450.00\"\n" },
  { "wells-fargo", 2, -6000, 0, NULL, "2024-01-30", "GROCERY",
    "\"01/30/2024\",\"-25.00\",\"*\",\"\",\"GROCERY\"\n"
    "\"01/29/2024\",\"-35.00\",\"*\",\"\",\"SHOES\"\n" },
  { "apple-card", 3, -2799, 0, "USD", "2024-01-14", "Streaming Inc",
    "Transaction Date,Clearing Date,Description,Merchant,Category,Type,Amount (USD),Purchased By\n"
    "01/14/2024,01/15/2024,STREAMING INC 123,Streaming Inc,Other,Purchase,9.99,Ann\n"
    "01/15/2024,01/16/2024,MARKET,Market,Grocery,Purchase,118.00,Ann\n"
    "01/31/2024,01/31/2024,ACH DEPOSIT,Deposit,Payment,Payment,-100.00,Ann\n" },
  { "hsbc-uk", 2, -3299, 0, NULL, "2024-01-15", "TESCO STORES",
    "15/01/2024,TESCO STORES,-12.99\n16/01/2024,BOOTS,-20.00\n" },
  { "barclays", 2, -599, 0, NULL, "2024-01-15", "COSTA ON 14 JAN BCC",
    "Number,Date,Account,Amount,Subcategory,Memo\n"
    " ,15/01/2024,20-00-00 12345678,-5.99,Payment,COSTA                     ON 14 JAN          BCC\n"
    " ,12/01/2024,20-00-00 12345678,0.00,Payment,NOTHING\n" },
  { "monzo", 2, 9250, 0, "GBP", "2024-01-15", "Corner Cafe",
    "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In\n"
    "tx_0001,15/01/2024,08:30:00,Card payment,Corner Cafe,,Eating out,-7.50,GBP,-7.50,GBP,,1 Road,,CORNER CAFE,,-7.50,\n"
    "tx_0002,16/01/2024,09:30:00,Faster payment,A Friend,,General,100.00,GBP,100.00,GBP,,,,thanks,,,100.00\n" },
  { "starling", 2, 4501, 0, "GBP", "2024-01-15", "Corner Cafe",
    "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes\n"
    "15/01/2024,Corner Cafe,CAFE,CONTACTLESS,-5.49,94.51,EATING_OUT,\n"
    "16/01/2024,Mum,gift,FASTER PAYMENT,50.50,145.01,INCOME,\n" },
  { "santander-uk", 2, -1000, 0, "GBP", "2024-01-30", "CARD PAYMENT TO BAKER",
    "From: 01/01/2024 to 31/01/2024\n\nAccount: XXXX XXXX XXXX 1234\n\n"
    "Date: 30/01/2024\n" "Date,Description,Money in,Money Out,Balance\n"
    "30/01/2024,CARD PAYMENT TO BAKER,,\302\24310.00,\302\24390.00\n"
    "29/01/2024,CARD REFUND AND FEE,\302\2435.00,\302\2435.00,\302\243100.00\n" },
  { "boursorama", 2, -5640, 0, NULL, "2024-02-05", "boulangerie",
    "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n"
    "2024-02-05;2024-02-05;\"CARTE 03/02/24 BOULANGERIE\";Alimentation;\"Vie quotidienne\";boulangerie;-6,40;;00012345678;BoursoBank;\"1 234,56\"\n"
    "2024-02-06;2024-02-06;\"PRLV SEPA MUTUELLE\";Sante;\"Sante\";mutuelle;\"-50,00\";;00012345678;BoursoBank;\"1 234,56\"\n" },
  { "credit-agricole", 2, 145010, 0, "EUR", "2024-02-05", "PAIEMENT PAR CARTE LIBRAIRIE",
    "T\351l\351chargement du 10/02/2024;\n\nM. EXEMPLE JEAN\nCompte de D\351p\364t carte n\260 00012345678;\nSolde au 10/02/2024 1 234,56 \200\n\nListe des op\351rations du compte entre le 01/02/2024 et le 10/02/2024;\n\n"
    "Date;Libell\351;D\351bit euros;Cr\351dit euros;\n"
    "05/02/2024;\"PAIEMENT PAR CARTE\nLIBRAIRIE\";49,90;;\n"
    "02/02/2024;\"VIREMENT EMPLOYEUR\";;1 500,00;\n" },
  { "intesa", 2, -7140, 0, "EUR", "2024-02-13", "Pagamento Pos",
    "Data;Operazione;Dettagli;Conto o carta;Contabilizzazione;Categoria;Valuta;Importo\n"
    "13/02/2024;Pagamento Pos;SUPERMERCATO ROMA;Conto 1000/0001;CONTABILIZZATO;Generi alimentari;EUR;-61,40\n"
    "12/02/2024;Pagamento Pos;EDICOLA;Conto 1000/0001;CONTABILIZZATO;Tempo libero;EUR;-10,00\n" },
  { "unicredit-it", 2, 120000, 0, "EUR", "2024-02-13", "SUPERMERCATO",
    "Data Registrazione;Data valuta;Descrizione;Importo (EUR)\n"
    "13.02.2024;12.02.2024;SUPERMERCATO;-100,00\n27.02.2024;27.02.2024;STIPENDIO;1.300,00\n" },
  { "caixabank", 2, -3545, 0, "EUR", "2024-02-13", "PANADERIA",
    "Concepto;Fecha;Importe;Saldo\nPANADERIA;13/02/2024;-5,45EUR;994,55EUR\nLUZ;14/02/2024;-30,00EUR;964,55EUR\n" },
  { "santander-es", 2, -2101, 0, "EUR", "2024-02-16", "Compra Mercado Central",
    "FECHA OPERACI\303\223N;FECHA VALOR;CONCEPTO;IMPORTE EUR;SALDO\n"
    "16/02/2024;16/02/2024;Compra Mercado Central;\342\210\22211,01;2.005,30\n"
    "15/02/2024;15/02/2024;Bizum a Ana;\342\210\22210,00;2.016,31\n" },
  { "mbank", 2, 295000, 0, "PLN", "2024-02-12", "\305\273ABKA KRAK\303\223W",
    "mBank S.A. Bankowo\234\346 Detaliczna;\nSkrytka Pocztowa 2108;\n\n#Klient;\nJAN PRZYK\243ADOWY;\n\n#Za okres:;\n01.02.2024;29.02.2024;\n\n"
    "#Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;\n"
    "2024-02-12;\"\257ABKA KRAK\323W\";\"eKonto 1234\";\"\257ywno\234\346\";-50,00 PLN;;\n"
    "2024-02-10;\"WYNAGRODZENIE\";\"eKonto 1234\";\"Wp\263ywy\";3 000,00 PLN;;\n" },
  { "pko", 2, -12345, 0, "PLN", "2024-02-12", "Tytu\305\202: Zakupy",
    "\"Data operacji\",\"Data waluty\",\"Typ transakcji\",\"Kwota\",\"Waluta\",\"Saldo po transakcji\",\"Opis transakcji\",\"\",\"\",\"\"\n"
    "\"2024-02-12\",\"2024-02-11\",\"P\263atno\234\346 kart\271\",\"-23.45\",\"PLN\",\"+976.55\",\"Tytu\263: Zakupy\",\"\",\"\",\"\"\n"
    "\"2024-02-11\",\"2024-02-11\",\"Przelew\",\"-100.00\",\"PLN\",\"+1000.00\",\"Tytu\263: Czynsz\",\"\",\"\",\"\"\n" },
  { "wise", 2, 2450, 0, "EUR", "2024-02-12", "Card transaction issued by Diner",
    "\"TransferWise ID\",Date,Amount,Currency,Description,\"Payment Reference\",\"Running Balance\",\"Exchange From\",\"Exchange To\",\"Exchange Rate\",\"Payer Name\",\"Payee Name\",\"Payee Account Number\",Merchant,\"Card Last Four Digits\",\"Card Holder Full Name\",Attachment,Note,\"Total fees\"\n"
    "CARD-1001,12-02-2024,-25.50,EUR,\"Card transaction issued by Diner\",,24.50,,,,,,,,1234,Ann,,,0.00\n"
    "TRANSFER-1002,10-02-2024,50.00,EUR,\"Received money from Bob\",,50.00,,,,,,,,,,,,0.00\n" },
  { "paypal-de", 3, -1109, 0, "EUR", "2024-02-01", "Musikladen",
    "\357\273\277\"Datum\",\"Uhrzeit\",\"Zeitzone\",\"Name\",\"Typ\",\"Status\",\"W\303\244hrung\",\"Brutto\",\"Geb\303\274hr\",\"Netto\",\"Absender E-Mail-Adresse\",\"Empf\303\244nger E-Mail-Adresse\",\"Transaktionscode\",\"Guthaben\"\n"
    "\"01.02.2024\",\"10:00:00\",\"CET\",\"Musikladen\",\"Zahlung\",\"Abgeschlossen\",\"EUR\",\"-20,99\",\"0,00\",\"-20,99\",\"a@example.com\",\"m@example.com\",\"1AB23456CD\",\"-20,99\"\n"
    "\"01.02.2024\",\"10:00:01\",\"CET\",\"\",\"Bankgutschrift\",\"Abgeschlossen\",\"EUR\",\"0,99\",\"0,00\",\"0,99\",\"\",\"a@example.com\",\"1AB23456CE\",\"-20,00\"\n"
    "\"03.02.2024\",\"10:00:00\",\"CET\",\"Kunde\",\"Zahlung\",\"Abgeschlossen\",\"EUR\",\"9,50\",\"-0,59\",\"8,91\",\"k@example.com\",\"a@example.com\",\"1AB23456CF\",\"-11,09\"\n" },
  { "postbank", 2, -7399, 0, "EUR", "2024-02-09", "Drogerie",
    "Ums\303\244tze\nKonto;Filial-/Kontonummer;IBAN;W\303\244hrung\nGirokonto;123 1234567 00;DE001;EUR\n\n8.1.2024 - 9.2.2024\nLetzter Kontostand;;;;1.000,00;EUR\nVorgemerkte und noch nicht gebuchte Ums\303\244tze sind nicht Bestandteil dieser \303\234bersicht.\n"
    "Buchungstag;Wert;Umsatzart;Beg\303\274nstigter / Auftraggeber;Verwendungszweck;IBAN / Kontonummer;BIC;Kundenreferenz;Mandatsreferenz;Gl\303\244ubiger ID;Fremde Geb\303\274hren;Betrag;Abweichender Empf\303\244nger;Anzahl der Auftr\303\244ge;Anzahl der Schecks;Soll;Haben;W\303\244hrung\n"
    "9.2.2024;9.2.2024;Kartenzahlung;Drogerie;Einkauf;DE002;;;;;;-23,99;;;;-23,99;;EUR\n"
    "8.2.2024;8.2.2024;Lastschrift;Stadtwerke;Strom;DE003;;;;;;-50;;;;-50;;EUR\n"
    "Kontostand;9.2.2024;;;926,01;EUR\n" },
  { "comdirect", 2, -4220, 0, "EUR", "2024-02-09", "Auftraggeber: Kino Buchungstext: Karte",
    ";\n\"Ums\344tze Girokonto\";\"Zeitraum: 30 Tage\";\n\"Neuer Kontostand\";\"1.234,56 EUR\";\n\n"
    "\"Buchungstag\";\"Wertstellung (Valuta)\";\"Vorgang\";\"Buchungstext\";\"Umsatz in EUR\";\n"
    "\"09.02.2024\";\"09.02.2024\";\"Lastschrift\";\"Auftraggeber: Kino Buchungstext: Karte\";\"-22,20\";\n"
    "\"08.02.2024\";\"08.02.2024\";\"Lastschrift\";\"Auftraggeber: Markt Buchungstext: Obst\";\"-20,00\";\n"
    "\"Alter Kontostand\";\"1.276,76 EUR\";\n" },
  { "dkb-new", 2, -1555, 1, "EUR", "2024-02-09", "Eisdiele",
    "\"Girokonto\";\"DE001\"\n\"Kontostand vom 10.02.2024:\";\"1.234,56 \342\202\254\"\n\"\"\n"
    "\"Buchungsdatum\";\"Wertstellung\";\"Status\";\"Zahlungspflichtige*r\";\"Zahlungsempf\303\244nger*in\";\"Verwendungszweck\";\"Umsatztyp\";\"IBAN\";\"Betrag (\342\202\254)\";\"Gl\303\244ubiger-ID\";\"Mandatsreferenz\";\"Kundenreferenz\"\n"
    "\"10.02.24\";\"\";\"Vorgemerkt\";\"ERIKA MUSTER\";\"Tankstelle\";\"VISA\";\"Ausgang\";\"DE002\";\"-60,00\";\"\";\"\";\"\"\n"
    "\"09.02.24\";\"09.02.24\";\"Gebucht\";\"ERIKA MUSTER\";\"Eisdiele\";\"VISA\";\"Ausgang\";\"DE003\";\"-5,55\";\"\";\"\";\"\"\n"
    "\"08.02.24\";\"08.02.24\";\"Gebucht\";\"ERIKA MUSTER\";\"Buchhandlung\";\"VISA\";\"Ausgang\";\"DE004\";\"-10\";\"\";\"\";\"\"\n" },
  { "fio", 2, 985000, 0, "CZK", "2024-02-09", "Zam\304\233stnavatel",
    "accountId;2000000000\ncurrency;CZK\nopeningBalance;0,00\nclosingBalance;9850,00\n\n"
    "ID operace;Datum;Objem;M\304\233na;Proti\303\272\304\215et;N\303\241zev proti\303\272\304\215tu;K\303\263d banky;Zpr\303\241va pro p\305\231\303\255jemce;Typ\n"
    "26962199061;09.02.2024;10000,00;CZK;1000;Zam\304\233stnavatel;0800;mzda;P\305\231\303\255jem\n"
    "26962199062;10.02.2024;-150,00;CZK;2000;Kav\303\241rna;0800;k\303\241va;Platba kartou\n" },
  { "otp-headerless", 2, -250000, 0, "HUF", "2024-02-09", "ABC BOLT",
    "\"11773000-00000000\";\"T\";-1500;\"HUF\";20240209;20240209;98500;\"\";\"\";\"ABC BOLT\";\"\";\"\";\"V\301S\301RL\301S\"\n"
    "\"11773000-00000000\";\"T\";-1000;\"HUF\";20240210;20240210;97500;\"\";\"\";\"P\311KS\311G\";\"\";\"\";\"V\301S\301RL\301S\"\n" },
  { "ubs", 2, -8655, 0, "CHF", "2024-02-09", "Coop-1234 Z\303\274rich Zahlung Debitkarte",
    "Kontonummer:;0234 00123456.40;\nIBAN:;CH00 0000;\nVon:;2024-02-01;\nBis:;2024-02-10;\nAnfangssaldo:;1000.00;\nSchlusssaldo:;913.45;\nBewertet in:;CHF;\nAnzahl Transaktionen in diesem Zeitraum:;2;\n\n"
    "Abschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;W\303\244hrung;Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3;Fussnoten;\n"
    "2024-02-09;12:00:00;2024-02-09;2024-02-09;CHF;-66.55;;;913.45;9999039TO001;\"Coop-1234 Z\303\274rich\";Zahlung Debitkarte;;;\n"
    "2024-02-08;12:00:00;2024-02-08;2024-02-08;CHF;-20.00;;;980.00;9999039TO002;\"SBB\";Zahlung Debitkarte;;;\n" },
  { "postfinance", 2, 479000, 0, "CHF", "2024-02-25", "GUTSCHRIFT LOHN",
    "Datum von:;=\"2024-02-01\"\nDatum bis:;=\"2024-02-29\"\nKonto:;=\"CH0009000000\"\nW\303\244hrung:;=\"CHF\"\n\n"
    "Datum;Bewegungstyp;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Label;Kategorie\n"
    "25.02.2024;Gutschrift;GUTSCHRIFT LOHN;5'000.00;;;Lohn\n"
    "24.02.2024;Buchung;KAUF MIGROS;;-210.00;;Lebensmittel\n\nDisclaimer:\nDer Inhalt dieses Dokuments\n" },
  { "hdfc", 2, 9876550, 0, NULL, "2024-02-01", "SALARY FEB",
    "Date,Narration,Value Dat,Debit Amount,Credit Amount,Chq/Ref Number,Closing Balance\n"
    " 01/02/24 ,SALARY FEB ,01/02/24 ,0.00 ,\"1,00,000.00\",0000001234,\"1,00,500.00\"\n"
    " 02/02/24 ,UPI-GROCER ,02/02/24 ,\"1,234.50\",0.00,0000001235,\"99,265.50\"\n" },
  { "nubank", 2, -4590, 0, NULL, "2024-02-13", "Compra no d\303\251bito - Padaria",
    "Data,Valor,Identificador,Descri\303\247\303\243o\n"
    "13/02/2024,-15.90,65cb0000-0001,Compra no d\303\251bito - Padaria\n14/02/2024,-30.00,65cb0000-0002,Compra no d\303\251bito - Livraria\n" },
  { "millennium-pt", 2, -2250, 0, NULL, "2024-02-13", "COMPRA PADARIA",
    "Conta;000123\nMoeda;EUR\n\nData lan\347amento;Data valor;Descri\347\343o;Montante;Tipo;Saldo\n"
    "13-02-2024;13-02-2024;COMPRA PADARIA;-2,50;D\351bito;997,50\n14-02-2024;14-02-2024;COMPRA LIVROS;-20,00;D\351bito;977,50\n" },
  { "belfius", 2, -1825, 0, "EUR", "2024-02-14", "Bakker",
    "Boekingsdatum vanaf;01/02/2024\nBoekingsdatum tot en met;15/02/2024\nLaatste saldo;1.234,56 EUR\n;\n"
    "Rekening;Boekingsdatum;Rekeninguittrekselnummer;Transactienummer;Rekening tegenpartij;Naam tegenpartij bevat;Straat en nummer;Postcode en plaats;Transactie;Valutadatum;Bedrag;Devies;BIC;Landcode;Mededelingen\n"
    "BE001;14/02/2024;00002;00021;BE002;Bakker;;;AANKOOP;14/02/2024;-8,25;EUR;;BE;brood\n"
    "BE001;13/02/2024;00002;00020;BE003;Apotheek;;;AANKOOP;13/02/2024;-10,00;EUR;;BE;\n" },
  { "kuwait", 2, -5750, 0, "KWD", "2024-02-14", "Market",
    "Date,Description,Amount,Currency\n14/02/2024,Market,-4.500,KWD\n15/02/2024,Cafe,-1.250,KWD\n" },
  { "chile", 2, -16490, 0, "CLP", "2024-02-14", "Supermercado",
    "Fecha;Descripci\303\263n;Monto;Moneda\n14/02/2024;Supermercado;-12.500;CLP\n15/02/2024;Caf\303\251;-3.990;CLP\n" },
  { "citi", 2, 3000, 0, NULL, "2024-01-15", "SHOP",
    "Status,Date,Description,Debit,Credit,Member Name\n"
    "Cleared,01/15/2024,SHOP,20.00,,ANN\nCleared,01/14/2024,ONLINE PAYMENT,,-50.00,ANN\n" },
  { "amex-de", 3, -4210, 0, NULL, "2024-01-15", "LADEN BERLIN",
    "Datum,Beschreibung,Karteninhaber,Konto #,Betrag\n15/01/2024,LADEN BERLIN,A MUSTER,-12345,\"12,10\"\n"
    "16/01/2024,HOTEL,A MUSTER,-12345,\"80,00\"\n17/01/2024,ZAHLUNG ERHALTEN. BESTEN DANK.,A MUSTER,-12345,\"-50,00\"\n" },
  { "vr-old", 2, 95000, 0, "EUR", "2019-01-31", "Laden",
    "VR Bank eG\n\nUmsatzanzeige\n\nBLZ:;12345678;;Datum:;01.02.2019\nKonto:;123456;;Uhrzeit:;10:00:00\n\n"
    "Buchungstag;Valuta;Auftraggeber/Zahlungsempf\344nger;Empf\344nger/Zahlungspflichtiger;Konto-Nr.;IBAN;BLZ;BIC;Vorgang/Verwendungszweck;Kundenreferenz;W\344hrung;Umsatz;\n"
    "31.01.2019;31.01.2019;Muster;Laden;;DE001;;X;Kauf;;EUR;50,00;S\n30.01.2019;30.01.2019;Muster;Chef;;DE002;;X;Lohn;;EUR;1.000,00;H\n\n"
    "01.01.2019;;;;;;;;Anfangssaldo;;EUR;500,00;H\n31.01.2019;;;;;;;;Endsaldo;;EUR;1.450,00;H\n" },
  { "lhv", 2, 98766, 0, "EUR", "2024-02-15", "Pood",
    "\"Customer account no\",\"Document no\",Date,\"Sender/receiver account\",\"Sender/receiver name\",\"Sender bank code\",,\"Debit/Credit (D/C)\",Amount,\"Reference number\",\"Archiving code\",Description,Fee,Currency\n"
    "EE00,1,2024-02-15,,\"Pood\",,,D,-12.34,,ARC0001,\"(..1234) ost\",0,EUR\nEE00,2,2024-02-14,EE11,\"Firma\",,,C,1000.00,,ARC0002,\"Palk\",0,EUR\n" },
  { "own-export", 2, -5750, 0, "EUR", "2026-11-22", "=Groceries",
    "Date,Description,Category,Person,Spent,Currency,Note\r\n"
    "2026-11-22,'=Groceries,Food,alice@example.com,52.50,EUR,\r\n2026-11-21,Bread,Food,alice@example.com,5.00,EUR,\r\n" },
};
// clang-format on

static void
tell_layout (BudgetCsvLayout *layout, BudgetStatement *statement)
{
  const char *const *notes = budget_statement_get_notes (statement);

  for (guint i = 0; i < budget_csv_layout_get_n_columns (layout); i++)
    g_test_message ("%s: %s", budget_csv_layout_get_title (layout, i),
                    budget_csv_role_get_name (budget_csv_layout_get_role (layout, i)));

  for (guint i = 0; notes[i] != NULL; i++)
    g_test_message ("note: %s", notes[i]);

  for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
    {
      const BudgetStatementRow *row = budget_statement_get_row (statement, i);

      g_test_message ("line %u: %s, %" G_GINT64_FORMAT ", %s", row->line, row->description,
                      row->amount, row->reject_reason);
    }
}

static const BudgetStatementRow *
find_first_accepted (BudgetStatement *statement)
{
  for (guint i = 0; i < budget_statement_get_n_rows (statement); i++)
    if (budget_statement_get_row (statement, i)->reject_reason == NULL)
      return budget_statement_get_row (statement, i);

  g_assert_not_reached ();
}

static void
test_shape (gconstpointer data)
{
  const Shape *shape = data;
  g_autoptr (GBytes) bytes = g_bytes_new_static (shape->text, strlen (shape->text));
  g_autoptr (BudgetCsvTable) table = budget_csv_table_new (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (BudgetCsvLayout) layout = budget_csv_layout_detect (table, &error);
  g_autoptr (BudgetStatement) statement = NULL;
  const BudgetStatementRow *row;
  char date[32];
  gint64 sum;

  g_assert_no_error (error);
  statement = budget_csv_layout_read (layout, table, NULL, &error);
  g_assert_no_error (error);
  tell_layout (layout, statement);

  g_assert_cmpuint (statement_fixture_count_accepted (statement), ==, shape->n_accepted);
  g_assert_true (statement_fixture_sum (statement, &sum));
  g_assert_cmpint (sum, ==, shape->sum);
  g_assert_cmpuint (budget_statement_get_n_rejected (statement), ==, shape->n_rejected);
  g_assert_cmpstr (budget_statement_get_currency (statement), ==, shape->currency);

  row = find_first_accepted (statement);
  g_date_strftime (date, sizeof date, "%Y-%m-%d", &row->date);
  g_assert_cmpstr (date, ==, shape->date);
  g_assert_cmpstr (row->description, ==, shape->description);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/csv-banks/%s", shapes[i].name);

      g_test_add_data_func (path, &shapes[i], test_shape);
    }

  return g_test_run ();
}
