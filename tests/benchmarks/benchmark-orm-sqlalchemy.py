#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Budget developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations of benchmark-orm with SQLAlchemy 1.4, as in its tutorial.

Reads commands, one on each line, and answers each with one line:

    open EXPENSES PATH   ok
    run WORK RUN         MILLISECONDS CHECK, or - if it is not supported
    close                ok

The operations and their sizes have the numbers of benchmark-orm.h. As for the
others, the time does not include setting up.
"""

import datetime
import gc
import sys
from time import perf_counter

from sqlalchemy import Column, Date, ForeignKey, Integer, String, create_engine, event, func, select
from sqlalchemy.orm import Session, declarative_base, relationship

(OPEN, LIST, TOTALS, PAGE, WALK, INSERT, INSERT_WITH_VIEWS, MOVE, DELETE, EDIT_WITH_VIEWS,
 EDIT_WITH_VIEWS_COMMIT, EDIT_COMMIT) = range(12)

N_INSERTS = 10000
N_MOVES = 3  # not 100, because each commit compares both lists; the time is that of one move
N_EDITS = 100
N_PAGES = 50
PAGE_SIZE = 200
PAGE_ABOVE = 5000
N_CATEGORIES = 20

USER_OPENED, USER_FROM, USER_TO, USER_DELETED, USER_INSERTED = range(1, 6)

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    email = Column(String(100), nullable=False, unique=True)
    name = Column(String(100), nullable=False)
    expenses = relationship("Expense", back_populates="user", cascade="all, delete-orphan",
                            passive_deletes=True, order_by="Expense.id")


class Category(Base):
    __tablename__ = "categories"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, unique=True)
    expenses = relationship("Expense", back_populates="category", order_by="Expense.id")


class Expense(Base):
    __tablename__ = "expenses"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    category_id = Column(ForeignKey("categories.id"), nullable=False)
    description = Column(String(200), nullable=False)
    amount = Column(Integer, nullable=False)
    date = Column(Date)
    user = relationship("User", back_populates="expenses")
    category = relationship("Category", back_populates="expenses")


def pick(run, index, n):
    return (run * 100 + index) * 7919 % n + 1


def pick_moved(run, index, n):
    return (run * 100 + index) * 7919 % (n // 10) * 10 + 2


def pick_amount(run, index):
    return run * 1009 + index * 101 + 20001


def pick_date(run, index):
    return datetime.date(2020, 1, 1) + datetime.timedelta((run * 100 + index) * 613 % 2500)


def pick_page(run, index, n):
    return (run * 50 + index + 1) * 104729 * 64 % (n - PAGE_SIZE)


def check_expense(expense):
    return (expense.id + expense.user_id + expense.category_id + len(expense.description)
            + expense.amount + expense.date.day)


class Watch:
    """Takes the time of what is done with it."""

    def __enter__(self):
        self.start = perf_counter()
        return self

    def __exit__(self, *_):
        self.ms = (perf_counter() - self.start) * 1000


class Book:
    def __init__(self, path, n_expenses):
        self.n = n_expenses
        self.engine = create_engine(f"sqlite:///{path}", future=True)

        @event.listens_for(self.engine, "connect")
        def on_connect(connection, _record):
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")

    def close(self):
        self.engine.dispose()
        gc.collect()

    def session(self):
        return Session(self.engine, future=True)

    def open(self, _run):
        with self.session() as session, Watch() as watch:
            n = len(session.get(User, USER_OPENED).expenses)
        return watch.ms, n

    def list(self, _run):
        query = select(Expense.id).order_by(Expense.date.desc(), Expense.id.desc())
        with self.session() as session, Watch() as watch:
            ids = session.scalars(query).all()
        return watch.ms, ids[0] + ids[len(ids) // 2] + ids[-1]

    def totals(self, _run):
        query = select(Expense.category_id, func.sum(Expense.amount),
                       func.count()).group_by(Expense.category_id)
        with self.session() as session, Watch() as watch:
            check = sum(key * total + count for key, total, count in session.execute(query))
        return watch.ms, check

    def page(self, run):
        query = select(Expense.id).where(Expense.amount > PAGE_ABOVE).order_by(
            Expense.date.desc(), Expense.id.desc())
        check = 0
        with self.session() as session:
            ids = session.scalars(query).all()
            with Watch() as watch:
                for index in range(N_PAGES):
                    start = pick_page(run, index, len(ids))
                    page = ids[start:start + PAGE_SIZE]
                    for expense in session.scalars(select(Expense).where(Expense.id.in_(page))):
                        check += check_expense(expense)
        return watch.ms / N_PAGES, check

    def walk(self, _run):
        check = 0
        with self.session() as session, Watch() as watch:
            for user in session.scalars(select(User).order_by(User.id)):
                for expense in user.expenses:
                    check += check_expense(expense) + len(expense.category.name)
        return watch.ms, check

    def insert(self, _run):
        with self.session() as session, Watch() as watch:
            user = session.get(User, USER_INSERTED)
            categories = session.scalars(select(Category).order_by(Category.id)).all()
            session.add_all([
                Expense(user=user, category=categories[i % N_CATEGORIES],
                        description=f"Inserted {i}", amount=i + 1,
                        date=datetime.date(2026, 11, 22)) for i in range(N_INSERTS)
            ])
            session.commit()
        return watch.ms, N_INSERTS

    def move(self, run):
        # Or it would read both lists again after each commit.
        with Session(self.engine, future=True, expire_on_commit=False) as session:
            source = session.get(User, USER_FROM)
            target = session.get(User, USER_TO)
            n_source, n_target = len(source.expenses), len(target.expenses)
            expenses = [session.get(Expense, pick_moved(run, i, self.n)) for i in range(N_MOVES)]
            with Watch() as watch:
                for expense in expenses:
                    expense.user = target
                    session.commit()
            check = len(target.expenses) - n_target == n_source - len(source.expenses) == N_MOVES
        return watch.ms / N_MOVES, int(check)

    def delete(self, _run):
        with self.session() as session:
            user = session.get(User, USER_DELETED)
            with Watch() as watch:
                session.delete(user)
                session.commit()
        return watch.ms, 1

    def edit(self, run):
        with Session(self.engine, future=True, expire_on_commit=False) as session:
            expenses = [session.get(Expense, pick(run, i, self.n)) for i in range(N_EDITS)]
            with Watch() as watch:
                for index, expense in enumerate(expenses):
                    expense.amount = pick_amount(run, index)
                    expense.date = pick_date(run, index)
                    session.commit()
        return watch.ms / N_EDITS, 1

    # It has no lists and totals that follow changes.
    works = {OPEN: open, LIST: list, TOTALS: totals, PAGE: page, WALK: walk, INSERT: insert,
             MOVE: move, DELETE: delete, EDIT_COMMIT: edit}


def answer(book, words):
    work = Book.works.get(int(words[1]))
    if work is None:
        return "-"
    ms, check = work(book, int(words[2]))
    gc.collect()
    return f"{ms:.6f} {check}"


def main():
    book = None
    for line in sys.stdin:
        words = line.rstrip("\n").split(" ", 2)
        if words[0] == "open":
            book = Book(words[2], int(words[1]))
            print("ok", flush=True)
        elif words[0] == "run":
            print(answer(book, words), flush=True)
        else:
            book.close()
            print("ok", flush=True)


if __name__ == "__main__":
    main()
