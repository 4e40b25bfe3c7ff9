"""Finds the people that one file of one wave speaks of, and notes whom it cannot find."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sna.errors import Severity
from sna.study import Wave
from sna.tables.grid import REJECTED, STRUCK, Grid, Row
from sna.tables.people import IGNORED, OUTSIDE, Found, People, TypedName
from sna.tables.problems import Problems
from sna.tables.roster import Roster
from sna.tables.values import fold


@dataclass(frozen=True)
class Place:
    """A cell that names somebody, and where to note what is wrong with it.

    Attributes:
        unresolved: what a name that cannot be matched does: `stop` the study, `count` as unresolved, or count as a
            person `outside` the roster.
        wave: id of the wave the file is of; None when it is of none.
        by: id of the person who named somebody here; None when nobody in particular did.
    """

    problems: Problems
    file: str
    row: int | None
    column: str
    unresolved: str = "stop"
    wave: str | None = None
    by: str | None = None

    def note(self, severity: Severity, problem: str, remedy: str, value: str | None = None) -> None:
        """Note a problem of this cell."""
        self.problems.add(severity, self.file, problem, remedy, self.row, self.column, value)


def find_person(
    people: People, typed: str, place: Place, refusers: Collection[str], what: str = "This person"
) -> Found:
    """The person meant by an id or name as typed; what there is to say about it is noted.

    Args:
        people: the roster.
        typed: an id or a name.
        place: where it stands.
        refusers: ids of people who refused consent, about whom nothing is noted.
        what: how the person is spoken of.
    """
    if not typed:
        place.note("stops", "The cell does not say who.", "Fill it in.")
        return Found(None, "unresolved")
    found = people.find(typed)
    cell = (place.file, place.row, place.column)
    place.problems.names[cell] = found
    if found.how not in ("exact", "respelt"):
        own, row = place.problems.place(place.file, place.row)
        place.problems.typed[cell] = TypedName(typed, own, row, place.column, place.wave, place.by)
    refused = found.actor_id in refusers or found.actor_id in people.hidden
    if found.how == "respelt" and found.actor_id is not None and not refused:
        remedy = f'Read as "{people.names[found.actor_id]}".'
        place.note("used", "The name is spelt differently on the roster.", remedy, typed)
    elsewhere = found.how in ("exact", "respelt") and people.decided(typed) not in (None, found.actor_id)
    if elsewhere and not refused:
        what = "names.csv decides otherwise about this name, and somebody on the roster has it."
        place.note("used", what, "The person on the roster was used. If that is wrong, write their id here.", typed)
    elif found.how in (OUTSIDE, IGNORED):
        why = "is not on the roster" if found.how == OUTSIDE else "does not count"
        remedy = "Counted, and not part of the network." if found.how == OUTSIDE else "It was left out."
        place.note("left out", f"{what} {why} (names.csv says so).", remedy, typed)
    elif found.how in ("several", "unresolved"):
        problem = (
            "Several people on the roster have this name."
            if found.how == "several"
            else f"{what} is not on the roster."
        )
        near = people.near(typed) if place.problems.hints else ""
        remedy = f"Add them to the roster, or decide in names.csv (`sna names`).{near}"
        if place.unresolved == "stop":
            place.note("stops", problem, remedy, typed)
        elif place.unresolved == "outside" and found.how == "unresolved":
            place.note("left out", problem, f"Counted as a person outside, as study.toml says. {remedy}", typed)
            found = place.problems.names[cell] = Found(None, OUTSIDE)
        else:
            place.note("left out", problem, f"Counted as unresolved. {remedy}", typed)
    return found


@dataclass
class Finder:
    """Finds people for one file of one wave.

    Attributes:
        members: actor ids on the wave's roster, those who refused consent left out.
        refusers: actor ids of those who refused.
        refused_rows: how many rows they gave, which were removed.
    """

    wave: Wave
    roster: Roster
    problems: Problems
    grid: Grid
    members: frozenset[str] = field(init=False)
    refusers: frozenset[str] = field(init=False)
    refused_rows: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.members = frozenset(self.roster.members[self.wave.id])
        self.refusers = self.roster.refused[self.wave.id]

    @property
    def file(self) -> str:
        """The file that is read."""
        return self.grid.file

    @property
    def people(self) -> People:
        """Everybody, found by the names of this wave first."""
        return self.roster.in_wave[self.wave.id]

    def ego(self, typed: str, row: Row, column: str) -> str | None:
        """The respondent meant; None when there is none to use (the reason is noted, refusers are counted)."""
        actor_id = self.person(typed, row.number, column, respondent=True).actor_id
        if actor_id in self.refusers:
            self.refused_rows += 1
            self.grid.strike(row, STRUCK)
        return actor_id if actor_id in self.members else None

    def note_refusers(self) -> None:
        """Note how many rows were given by people who refused consent."""
        if self.refused_rows:
            self.problems.add(
                "left out",
                self.file,
                f"Rows given by people who refused consent, wave {self.wave.id}.",
                "They were removed and are counted here only.",
                value=str(self.refused_rows),
            )

    def person(
        self, typed: str, row: int | None, column: str, *, respondent: bool = False, by: str | None = None
    ) -> Found:
        """The person meant by an id or name, whether or not a member of this wave."""
        unresolved = "stop" if respondent else self.roster.unresolved
        place = Place(self.problems, self.file, row, column, unresolved, self.wave.id, by)
        what = "This respondent" if respondent else "This person"
        found = find_person(self.people, typed, place, self.refusers, what)
        actor_id = found.actor_id
        if actor_id is not None and actor_id not in self.members and actor_id not in self.refusers:
            self._not_a_member(actor_id, typed, row, column, respondent)
        return found

    def _not_a_member(self, actor_id: str, typed: str, row: int | None, column: str, respondent: bool) -> None:
        wave = self.wave.id
        if actor_id in self.people.hidden and not respondent:
            # Of people who refused consent nothing is told, not even that somebody named them.
            return
        if respondent:
            self.problems.add(
                "stops",
                self.file,
                f"This respondent is not on the roster of wave {wave}.",
                f"Add a row for wave {wave} to the roster, or take the answer out.",
                row,
                column,
                typed,
            )
        else:
            self.problems.add(
                "left out",
                self.file,
                f"This person is not on the roster of wave {wave}.",
                "The tie was left out; if they were a member, add a row for this wave to the roster.",
                row,
                column,
                typed,
            )

    def respondent(self, rows: dict[str, Row], typed: str, row: Row, column: str, twice: str = "stop") -> str | None:
        """The respondent of a row, entered into `rows`; None when unusable or when another of their rows counts.

        Args:
            rows: actor id → row, to be added to.
            typed: who answered.
            row: the row.
            column: where that stands.
            twice: which row of somebody with several counts: `first`, `last`, or none of them (`stop`).
        """
        ego = self.ego(typed, row, column)
        if ego is None:
            return None
        earlier = rows.get(ego)
        if earlier is not None and twice == "stop":
            self.problems.add(
                "stops",
                self.file,
                f"This respondent stands in {self._words(earlier)} already.",
                "Keep the answer that counts and take the other out, or let answered_twice say which counts.",
                row.number,
                column,
                typed,
            )
            return None
        if earlier is not None:
            idle, used = (row, earlier) if twice == "first" else (earlier, row)
            what = f"This row was left out; {self._words(used)} counts."
            self.problems.add(
                "left out", self.file, "The person answered more than once.", what, idle.number, column, typed
            )
            self.grid.strike(idle, REJECTED)
            if idle is row:
                return None
        rows[ego] = row
        return ego

    def _words(self, row: Row) -> str:
        """Where a row stands, in words."""
        file, number = self.problems.place(self.file, row.number)
        return f"row {number}" if file == self.file else f"row {number} of {file}"

    def respondents(self, column: str, twice: str, where: Mapping[str, str]) -> dict[str, Row]:
        """actor id → the row that counts, of the rows in which every column of `where` holds its value."""
        rows: dict[str, Row] = {}
        for row in self.grid.rows:
            if all(fold(self.grid.cell(row, name)) == fold(value) for name, value in where.items()):
                self.respondent(rows, self.grid.cell(row, column), row, column, twice)
        return rows
