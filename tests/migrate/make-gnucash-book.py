#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Budget developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a household's book with GnuCash itself, and says what GnuCash makes of it.

    make-gnucash-book.py URI [TRANSACTIONS]

URI is xml:///path or sqlite3:///path. What every income and expense account
has in every month is printed as JSON, in minor units, spent is positive; then
the balance of each account of one's own. Exits with 77 where GnuCash's Python
bindings are not installed.
"""

import json
import random
import sys
from datetime import date, timedelta

try:
    import gnucash
    from gnucash import Account, GncNumeric, Session, SessionOpenMode, Split, Transaction
except ImportError:
    sys.exit(77)

OWN = {gnucash.ACCT_TYPE_BANK, gnucash.ACCT_TYPE_CASH, gnucash.ACCT_TYPE_CREDIT,
       gnucash.ACCT_TYPE_ASSET, gnucash.ACCT_TYPE_LIABILITY}
CATEGORIES = {gnucash.ACCT_TYPE_INCOME, gnucash.ACCT_TYPE_EXPENSE}


class Maker:
    def __init__(self, uri):
        self.session = Session(uri, SessionOpenMode.SESSION_NEW_STORE)
        self.is_database = uri.startswith("sqlite3:")
        if self.is_database:
            # A new database takes nothing before it was saved and opened again.
            self.session.save()
            self.session.end()
            self.session = Session(uri, SessionOpenMode.SESSION_NORMAL_OPEN)
        self.book = self.session.book
        table = self.book.get_table()
        self.eur = table.lookup("CURRENCY", "EUR")
        self.usd = table.lookup("CURRENCY", "USD")
        self.root = self.book.get_root_account()
        self.accounts = {}

    def account(self, path, kind, currency=None, code="", placeholder=False):
        parent, _, name = path.rpartition(":")
        account = Account(self.book)
        (self.accounts[parent] if parent else self.root).append_child(account)
        account.SetName(name)
        account.SetType(kind)
        account.SetCommodity(currency or self.eur)
        account.SetCode(code)
        account.SetPlaceholder(placeholder)
        self.accounts[path] = account

    def add(self, day, description, parts, currency=None, number="", notes=""):
        """parts: (account, value, quantity or None, memo)"""
        transaction = Transaction(self.book)
        transaction.BeginEdit()
        transaction.SetCurrency(currency or self.eur)
        transaction.SetDate(day.day, day.month, day.year)
        transaction.SetDescription(description)
        transaction.SetNum(number)
        if notes:
            transaction.SetNotes(notes)
        for path, value, quantity, memo in parts:
            split = Split(self.book)
            split.SetParent(transaction)
            split.SetAccount(self.accounts[path])
            split.SetValue(GncNumeric(value, 100))
            split.SetAmount(GncNumeric(value if quantity is None else quantity, 100))
            split.SetMemo(memo)
        transaction.CommitEdit()
        return transaction


def make_accounts(maker):
    maker.account("Assets", gnucash.ACCT_TYPE_ASSET, placeholder=True)
    maker.account("Assets:Checking", gnucash.ACCT_TYPE_BANK, code="1010")
    maker.account("Assets:Savings", gnucash.ACCT_TYPE_BANK, code="1020")
    maker.account("Assets:Wallet", gnucash.ACCT_TYPE_CASH)
    maker.account("Assets:Dollars", gnucash.ACCT_TYPE_BANK, maker.usd)
    maker.account("Liabilities", gnucash.ACCT_TYPE_LIABILITY, placeholder=True)
    maker.account("Liabilities:Visa", gnucash.ACCT_TYPE_CREDIT)
    maker.account("Income", gnucash.ACCT_TYPE_INCOME, placeholder=True)
    maker.account("Income:Salary", gnucash.ACCT_TYPE_INCOME)
    maker.account("Income:Interest", gnucash.ACCT_TYPE_INCOME)
    maker.account("Expenses", gnucash.ACCT_TYPE_EXPENSE, placeholder=True)
    for name in ("Food", "Food:Groceries", "Food:Eating out", "Auto", "Auto:Fuel", "Rent", "Tax",
                 "Insurance", "Interest", "Travel"):
        maker.account("Expenses:" + name, gnucash.ACCT_TYPE_EXPENSE)
    maker.account("Expenses:Travel:Abroad", gnucash.ACCT_TYPE_EXPENSE, maker.usd)
    maker.account("Equity", gnucash.ACCT_TYPE_EQUITY, placeholder=True)
    maker.account("Equity:Opening Balances", gnucash.ACCT_TYPE_EQUITY)


CHECKING, SAVINGS, WALLET = "Assets:Checking", "Assets:Savings", "Assets:Wallet"
DOLLARS, VISA = "Assets:Dollars", "Liabilities:Visa"
OPENING = "Equity:Opening Balances"


def make_fixed(maker):
    """What a random walk would hardly come across."""
    first = date(2026, 1, 1)
    maker.add(first, "Opening Balance", [(CHECKING, 123456, None, ""), (OPENING, -123456, None, "")])
    maker.add(first, "Opening Balance", [(VISA, -5000, None, ""), (OPENING, 5000, None, "")])
    for month in range(1, 7):
        maker.add(date(2026, month, 28), "Employer & Söhne",
                  [(CHECKING, 180000, None, "net"), (SAVINGS, 20000, None, "put by"),
                   ("Income:Salary", -300000, None, "gross"), ("Expenses:Tax", 70000, None, ""),
                   ("Expenses:Insurance", 30000, None, "")], notes="Payslip")
        maker.add(date(2026, month, 1), "Landlord", [(CHECKING, -80000, None, ""),
                                                     ("Expenses:Rent", 80000, None, "")], number="10%d" % month)
        maker.add(date(2026, month, 15), "Pay the card", [(CHECKING, -10000, None, ""), (VISA, 10000, None, "")])
    maker.add(date(2026, 2, 3), "Market with cash back",
              [(CHECKING, -10000, None, ""), (WALLET, 4000, None, "cash back"),
               ("Expenses:Food:Groceries", 5500, None, "food"), ("Expenses:Food", 500, None, "bag")])
    maker.add(date(2026, 3, 4), "Change money", [(CHECKING, -9000, None, ""), (DOLLARS, 9000, 10000, "")])
    maker.add(date(2026, 3, 5), "Diner", [(DOLLARS, -2000, None, ""), ("Expenses:Food:Eating out", 2000, 1800, "")],
              currency=maker.usd)
    maker.add(date(2026, 3, 6), "Motel", [(VISA, -9100, None, ""), ("Expenses:Travel:Abroad", 9100, 10000, "")])
    maker.add(date(2026, 3, 7), "Souvenir", [(DOLLARS, -500, None, ""), ("Expenses:Travel:Abroad", 500, None, "")],
              currency=maker.usd)
    maker.add(date(2026, 4, 1), "Interest", [(SAVINGS, 123, None, ""), ("Income:Interest", -123, None, "")])
    maker.add(date(2026, 4, 1), "Interest", [(VISA, -77, None, ""), ("Expenses:Interest", 77, None, "")])
    maker.add(date(2026, 4, 2), "Groceries returned", [(WALLET, 300, None, ""), ("Expenses:Food:Groceries", -300, None, "")])
    maker.add(date(2026, 5, 5), "Never happened", [(WALLET, -300, None, ""), ("Expenses:Food", 300, None, "")]) \
        .Void("a mistake")


def make_random(maker, n):
    pick = random.Random(7)
    categories = ["Expenses:" + name for name in ("Food", "Food:Groceries", "Food:Eating out", "Auto:Fuel", "Travel")]
    for i in range(n):
        day = date(2026, 1, 2) + timedelta(days=pick.randrange(178))
        n_categories, n_own = pick.choice((1, 1, 1, 2, 3)), pick.choice((1, 1, 1, 2))
        parts, total = [], 0
        for path in pick.sample(categories, n_categories):
            amount = pick.randrange(1, 9000)
            total += amount
            parts.append((path, amount, None, "part of %d" % i))
        owns = pick.sample((CHECKING, WALLET, VISA), n_own)
        for path in owns[1:]:
            amount = pick.randrange(-2000, 6000)
            total -= amount
            parts.append((path, -amount, None, ""))
        parts.append((owns[0], -total, None, ""))
        maker.add(day, "Shop %d" % (i % 17), parts)


def full_name(account):
    names = []
    while account is not None and not account.is_root():
        names.insert(0, account.GetName())
        account = account.get_parent()
    return ":".join(names)


def minor(number):
    return int(number.convert(100, gnucash.GNC_HOW_RND_ROUND).num())


def tell(root):
    categories, own = {}, {}
    for account in root.get_descendants():
        if account.GetType() in CATEGORIES:
            for split in account.GetSplitList():
                month = split.parent.GetDate().strftime("%Y-%m")
                key = full_name(account)
                sums = categories.setdefault(key, {})
                sums[month] = sums.get(month, 0) + minor(split.GetAmount())
        elif account.GetType() in OWN and account.GetSplitList():
            own[full_name(account)] = minor(account.GetBalance())
    json.dump({"categories": categories, "accounts": own}, sys.stdout, indent=1, sort_keys=True)
    print()


def main():
    maker = Maker(sys.argv[1])
    make_accounts(maker)
    make_fixed(maker)
    make_random(maker, int(sys.argv[2]) if len(sys.argv) > 2 else 200)
    tell(maker.root)
    if not maker.is_database:
        maker.session.save()
    maker.session.end()


main()
