"""A first study.toml for an export: what its columns seem to be, for a person to correct."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sna.errors import StudyError
from sna.tables.draft_sessions import KEY, sessions
from sna.tables.exports.layout import PLAIN
from sna.tables.grid import Grid, read_grid
from sna.tables.guesses import WAVE_COLUMN, Guess, Question, guess
from sna.tables.people import fold_name, given_name_first, in_order
from sna.tables.problems import Problems
from sna.tables.values import WITHDRAWN, fold

KEYWORDS = (
    "advice",
    "trust",
    "help",
    "support",
    "resource",
    "material",
    "expert",
    "feedback",
    "friend",
    "collaborat",
    "contact",
    "mentor",
    "energy",
    "idea",
    "talk",
)
NOBODY = {"nobody", "no one", "none", "prefer not to say", "refused", WITHDRAWN}


@dataclass(frozen=True)
class Draft:
    """A study folder that has not been written yet: name of a file → its content, and what a person still has to do."""

    files: dict[str, bytes]
    edits: tuple[str, ...]


@dataclass(frozen=True)
class _Person:
    actor_id: str
    name: str
    email: str = ""
    code: str = ""


def draft(export: Path) -> Draft:
    """Look at an export of answers and draft a study for it.

    Args:
        export: a responses file, CSV or XLSX, of any product of docs/guides/exports.md or a table of one's own.

    Raises:
        StudyError: the file cannot be read.
    """
    problems = Problems()
    if export.name in ("study.toml", "roster.csv", "names.csv"):
        problems.add("stops", export.name, "A study has a file of its own of this name.", "Rename the export first.")
        raise StudyError(problems.stops)
    if not export.is_file():
        problems.add("stops", export.name, "There is no such file.", "Name a CSV or XLSX file with answers.")
        raise StudyError(problems.stops)
    grid = read_grid(export.parent, export.name, problems, kind="survey")
    if grid is None:
        raise StudyError(problems.stops)
    responses: str = export.name
    copied: tuple[str, ...] = (export.name,)
    if grid.format == "network-canvas":
        interviews = sessions(export, problems)
        if interviews is None:
            raise StudyError(problems.stops)
        found, grid, responses, copied = interviews.guess, interviews.grid, interviews.responses, interviews.files
    else:
        found = guess(grid)
    people, edits = _people(grid, found)
    waves = _waves(grid, found)
    if not found.questions:
        edits.append(
            "study.toml: no question about people was recognised. Take the # away under [[relations]] and fill in the "
            "columns of yours; the headings of the file stand at the end."
        )
    for name, question in zip(_ids(found.questions), found.questions, strict=True):
        if not question.text:
            edits.append(
                f'study.toml, relation "{name}": the file does not say what was asked. Write it as `question`.'
            )
        if not question.ordered:
            order = "put the words of `scale` in order, from least to most."
            edits.append(f'study.toml, relation "{name}": {order}')
    files = {
        "study.toml": _toml(grid, responses, found, waves, edits).encode(),
        "roster.csv": _roster(people),
        **{name: (export.parent / name).read_bytes() for name in copied},
    }
    return Draft(files, tuple(edits))


def _people(grid: Grid, found: Guess) -> tuple[list[_Person], list[str]]:
    """Everybody the file knows of, and what a person has to add."""
    called: dict[str, str] = {}
    codes: dict[str, str] = {}
    for question in found.questions:
        for who in question.people:
            if fold(who) in NOBODY:
                continue
            key = who if question.coded else in_order(who)
            called.setdefault(key, f"Person {who}" if question.coded else who)
            if question.coded:
                codes[key] = who
    named_by_question = bool(called)
    emails: dict[str, str] = {}
    strangers: dict[str, str] = {}
    for row in grid.rows if found.respondent else ():
        who = grid.cell(row, found.respondent)
        key = in_order(who)
        if not who or key in called:
            continue
        named = _name_in(grid, row.cells, called) if "@" in who else None
        if named is None:
            strangers[key] = who
        emails[named or key] = who if "@" in who else ""
    everybody = {**called, **strangers}
    # An id of ours must not be what the file calls somebody else.
    taken = {grid.cell(row, found.respondent) for row in grid.rows} if found.respondent else set()
    prefix = next(p for p in ("P", "A", "N", "Person-") if not any(re.fullmatch(rf"{p}\d+", who) for who in taken))
    people = [
        _Person(f"{prefix}{number}", _spelt(name), emails.get(key, ""), codes.get(key, ""))
        for number, (key, name) in enumerate(everybody.items(), 1)
    ]
    edits: list[str] = []
    if not found.respondent:
        edits.append("study.toml: no column seems to say who answered. Write its heading as `respondent`.")
    if codes:
        edits.append(f"roster.csv: write the name of each person beside their code ({_some(list(codes))}).")
        edits.append("study.toml: take out a relation that is not about people.")
    if strangers and named_by_question:
        edits.append(
            "roster.csv: people whom no question calls as they called themselves have a row of their own. Make one row "
            f"of two that are the same person, with the address in the column email: "
            f"{_some(list(strangers.values()))}."
        )
    edits.append("roster.csv: add everybody else who could be named, and columns such as role and school.")
    return people, edits


def _some(texts: Sequence[str]) -> str:
    return ", ".join([*texts[:5], *(["…"] if len(texts) > 5 else [])])


def _name_in(grid: Grid, cells: Sequence[str], called: dict[str, str]) -> str | None:
    """The one person of those known who stands in a row's own columns for names, such as a first and a last name."""
    at = {fold(h): i for i, h in enumerate(grid.header)}
    pairs = (("recipientfirstname", "recipientlastname"), ("first name", "last name"))
    tries = [" ".join(cells[at[name]] for name in pair) for pair in pairs if all(name in at for name in pair)]
    tries += [cells[at[name]] for name in ("name", "full name", "your name") if name in at]
    for text in tries:
        if fold_name(text) in called:
            return fold_name(text)
    return None


def _spelt(name: str) -> str:
    """A name as people write it: the choice names of some products have low lines and no capitals."""
    name = given_name_first(name.replace("_", " "))
    return name.title() if name == name.lower() and "@" not in name else name


def _waves(grid: Grid, found: Guess) -> list[tuple[str, str, str]]:
    """(id, column, value) of each wave the file seems to hold; one without a column when it holds a single one."""
    if found.respondent:
        who = [grid.cell(row, found.respondent) for row in grid.rows]
        for heading in grid.header:
            values = list(dict.fromkeys(grid.cell(row, heading) for row in grid.rows))
            repeated = len(set(who)) < len(who)
            if heading != found.respondent and WAVE_COLUMN.fullmatch(heading) and 1 < len(values) < 13 and repeated:
                return [(_slug(value) or f"w{n}", heading, value) for n, value in enumerate(values, 1) if value]
    return [("w1", "", "")]


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")[:40]


def _ids(questions: Sequence[Question]) -> list[str]:
    """A short id for each relation, from what was asked."""
    ids: list[str] = []
    for number, question in enumerate(questions, 1):
        low = fold(question.text)
        words = [word for word in KEYWORDS if word in low]
        short = _slug(question.text.lower())
        name = words[0] if words else short if short and len(short) <= 20 else f"question_{number}"
        ids.append(name if name not in ids else f"{name}_{number}")
    return ids


def _roster(people: Sequence[_Person]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    rows = [(person.actor_id, person.name, person.email, person.code) for person in people]
    width = 4 if any(code for *_, code in rows) else 3
    writer.writerow(["actor_id", "name", "email", "code"][:width])
    writer.writerows(row[:width] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def _text(value: str) -> str:
    """A TOML text; JSON's quoting is TOML's."""
    return json.dumps(value, ensure_ascii=False)


def _toml(grid: Grid, responses: str, found: Guess, waves: Sequence[tuple[str, str, str]], edits: Sequence[str]) -> str:
    title = Path(responses).stem.strip("*_")
    lines = [f"# A first draft, made from {responses}. Look through it, and through roster.csv; then: sna check FOLDER"]
    lines += ["#", *(f"# To do: {' '.join(edit.split())}" for edit in edits), "", "[study]", f"name = {_text(title)}"]
    lines += ['roster = "roster.csv"', f"respondent = {_text(found.respondent)}  # the column that says who answered"]
    lines += ['groups = []                  # columns of the roster such as "role" and "school"']
    lines += ['unresolved = "count"         # typed names not on the roster are counted; sna names lists them', ""]
    lines += ["[consent]", 'default = "unknown"          # what people agreed to; see docs/study-file.md', ""]
    for name, column, value in waves:
        lines += ["[[waves]]", f"id = {_text(name)}", f"responses = {_text(responses)}"]
        lines += [f"format = {_text(grid.format)}"] if grid.format != PLAIN else []
        lines += [f"where = {{ {_text(column)} = {_text(value)} }}"] if column else []
        lines += ["# date = 2026-05-20           # when it was", ""]
    for name, question in zip(_ids(found.questions), found.questions, strict=True):
        lines += [*_relation(name, question), ""]
    if not found.questions:
        lines += ["# [[relations]]", '# id = "advice"', '# form = "roster"', '# columns = "advice_{name}"', ""]
    if found.doubtful:
        lines += [
            "# Columns that are not used because what they are about does not look like people, but like topics or"
        ]
        lines += ["# statements. If they are people, declare the question; docs/study-file.md says how:"]
        lines += [*_listed(found.doubtful), "#"]
    lines += ["# Columns that are not used:", *_listed(h for h in found.unused if h not in found.doubtful)]
    return "\n".join(lines) + "\n"


def _listed(headings: Iterable[str]) -> Iterator[str]:
    """Headings as comments."""
    return (f"#   {' '.join(heading.split())}" for heading in headings)


def _own_file(question: Question) -> list[str]:
    """The keys of a relation whose answers stand in a file of their own, one row per person named."""
    keys = [f"file = {_text(question.file)}", f'ego = "{KEY}"', f'ego_key = "{KEY}"', f"alter = {_text(question.name)}"]
    if question.form == "ties":
        return ['form = "ties"', *keys, 'respondents = "responses"']
    blank = [] if question.scale else ['blank = "unticked"']
    return ['form = "roster"', *keys, f"strength = {_text(question.columns)}", *blank]


def _relation(name: str, question: Question) -> list[str]:
    lines = ["[[relations]]", f"id = {_text(name)}", f"question = {_text(question.text)}"]
    if question.file:
        lines += [*_own_file(question)]
    else:
        lines += [f'form = "{question.form}"', f"columns = {_text(question.columns)}"]
    if question.coded:
        lines.append(
            'codes = "code"               # the column of roster.csv with the codes by which the file calls people'
        )
    if question.separator:
        lines.append(f"separator = {_text(question.separator)}")
    if question.scale:
        coded = all(re.fullmatch(r"\d+(\.\d+)?", word) for word in question.scale)
        none = fold(question.scale[0]) in {"never", "not at all", "none", "no", "0"}
        # Zero is never a tie: the least answer has it only where it says never.
        codes = [word if coded else str(at) for at, word in enumerate(question.scale, 0 if none else 1)]
        pairs = ", ".join(f"{code} = {_text(word)}" for code, word in zip(codes, question.scale, strict=True))
        start = codes[1] if none and len(codes) > 1 else codes[0]
        lines.append(f"scale = {{ {pairs} }}")
        lines.append(f"present_from = {start}             # from here on it counts as a tie: decide")
    if question.cap:
        lines.append(f"cap = {question.cap}                      # at most so many names could be given")
    lines.append('flow = "against"             # advice comes back from the person named; see docs/study-file.md')
    return lines
