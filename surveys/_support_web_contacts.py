"""The facilitators' log of one-to-one contacts, September to June."""

from __future__ import annotations

import datetime as dt

from _common import Cell, Dice, Table
from _support_web_people import FAVOURITES, JOINED, LEAVES, LOST, NEW_TEACHER, NORTH, Person

MONTHS = tuple((2023, m) for m in (9, 10, 11, 12)) + tuple((2024, m) for m in (1, 2, 3, 4, 5, 6))
FIRST, LAST = dt.date(2023, 9, 5), dt.date(2024, 6, 28)
MINUTES = {1: 30, 2: 30, 3: 45, 4: 60, 5: 75}  # by need
AUTUMN = 3  # of the months, those in which everybody is seen
TALKS = ("walkthrough and feedback", "planning professional learning", "data meeting", "staffing", "a difficult talk")
HELPED_OUT = ("F02", "P15", dt.date(2024, 4, 23))  # a visit in the other network


class Log:
    """Contacts, in any order while they are made."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.rows: list[tuple[dt.date, list[Cell]]] = []

    def visit(self, who: str, whom: Person, month: tuple[int, int], minutes: int) -> None:
        """One contact on some day of the month on which both are there."""
        first = FIRST if whom.there("autumn") else dt.date.fromisoformat(JOINED)
        last = dt.date.fromisoformat(LEAVES[whom.actor_id]) if whom.actor_id in LEAVES else LAST
        date = dt.date(*month, self.dice.whole(1, 28))
        date = min(max(date, first), last)
        if date.weekday() > 4:  # to the Friday before, or early in the month to the Monday after
            date += dt.timedelta(days=7 - date.weekday() if date.day < 3 else 4 - date.weekday())
        self.enter(date, who, whom.actor_id, "" if self.dice.chance(0.03) else minutes)

    def enter(self, date: dt.date, who: str, whom: str, minutes: Cell) -> None:
        """One line."""
        self.rows.append((date, [date.isoformat(), who, whom, minutes, self.dice.pick(TALKS)]))

    def table(self) -> Table:
        """contacts.csv, in order of date."""
        rows = sorted(self.rows, key=lambda row: row[0])
        return [["date", "who", "whom", "minutes", "about"], *(row for _, row in rows)]


def _there(person: Person, month: tuple[int, int]) -> bool:
    if person.actor_id in LEAVES:
        return month <= (2023, 12)
    return person.there("autumn") or month >= (2024, 1)


def contacts(dice: Dice, people: list[Person]) -> Table:
    """Even, steady and by need in the North; dried up and for a few in the South."""
    log = Log(dice)
    members = [p for p in people if p.leads_school]
    for number, person in enumerate(members):
        need = person.need or 1
        for order, month in enumerate(MONTHS):
            if not _there(person, month):
                continue
            if person.network == NORTH:
                log.visit("F01", person, month, MINUTES[need])
                if need >= 4 and dice.chance(0.5):
                    log.visit("F01", person, month, MINUTES[need])
                if (number + order) % 2 == 0:
                    log.visit("F02", person, month, MINUTES[need])
            elif person.actor_id in FAVOURITES:
                log.visit("F03", person, month, 90)
                if order < AUTUMN or dice.chance(0.4):
                    log.visit("F03", person, month, 60)
            elif order < AUTUMN:
                log.visit("F03", person, month, 30)
            elif person.actor_id not in (*LOST, NEW_TEACHER) and month == (2024, 2 + number % 2):
                log.visit("F03", person, month, 30)  # the only visit of the second term
    who, whom, date = HELPED_OUT
    log.enter(date, who, whom, 45)
    return log.table()
