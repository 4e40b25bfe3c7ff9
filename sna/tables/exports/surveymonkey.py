"""SurveyMonkey: two rows of headings, the questions and below them the rows, choices or boxes of each.

Layouts and where they are documented: tests/corpus/surveymonkey/SOURCES.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sna.tables.exports.layout import Format, Layout, LayoutError
from sna.tables.exports.texts import padded, plain_text
from sna.tables.files import Record

NAME = "surveymonkey"
FIRST = ("respondentid", "collectorid")
# What stands below a question that has a single column; the heading is then the question alone.
SINGLE = frozenset({"response", "open-ended response", "resposta", "réponse", "respuesta", "antwort", "risposta"})


def fits(records: Sequence[Record]) -> bool:
    """Whether the file begins with the ids of respondent and collector, and the second row is not an answer."""
    if _is_summary(records):
        return True
    names = [_squeezed(name) for name in records[0][1]]
    return names[0] == FIRST[0] and FIRST[1] in names and _second_row(records)


def unpack(records: Sequence[Record]) -> Layout:
    """Headings `Question [row]`, the row or choice as what a column is about; spread matrices are folded back."""
    number, first = records[0]
    if _is_summary(records):
        problem = "These are SurveyMonkey's summaries of questions, which hold no single answers."
        raise LayoutError(problem, number, 'Export "All responses data" instead.')
    if not _second_row(records):
        problem = "below the questions there is no row with their rows and choices (Response, names of people)."
        raise LayoutError(problem, records[1][0] if len(records) > 1 else number)
    width = max(len(first), len(records[1][1]))
    columns = _columns(padded(first, width), padded(records[1][1], width))
    rows = [(at, padded(cells, width)) for at, cells in records[2:]]
    folded = [part for group in _groups(columns) for part in _folded(group, rows)]
    return Layout(
        tuple(column.heading for column, _ in folded),
        [(at, tuple(_joined(row, places) for _, places in folded) + row[width:]) for at, row in rows],
        number,
        about=tuple(column.about for column, _ in folded),
        format=NAME,
    )


@dataclass(frozen=True)
class _Column:
    """A column: its place, the question (made unique), what the second row says; `about` is empty below `Response`."""

    at: int
    question: str
    second: str

    @property
    def about(self) -> str:
        return "" if self.second.casefold() in SINGLE else self.second

    @property
    def heading(self) -> str:
        if not self.question:
            return self.second
        return f"{self.question} [{self.about}]" if self.about else self.question


def _squeezed(name: str) -> str:
    """A heading of the first columns in small letters without spaces: both `Respondent ID` and `RespondentID` occur."""
    return "".join(name.split()).casefold()


def _is_summary(records: Sequence[Record]) -> bool:
    """Whether the file is one of the sheets of the other export, which counts the answers to a question."""
    return any({"Answer Choices", "Responses"} <= set(cells) for _, cells in records[:4])


def _second_row(records: Sequence[Record]) -> bool:
    """Whether the second row is one of headings: nothing below the respondent's id, something further right."""
    return len(records) > 1 and not records[1][1][0] and bool(records[0][1][0])


def _columns(first: tuple[str, ...], second: tuple[str, ...]) -> list[_Column]:
    """The columns; the text of a question holds for the blank cells right of it that have something below them."""
    columns: list[_Column] = []
    met: dict[str, int] = {}
    question = ""
    for at, (text, below) in enumerate(zip(map(plain_text, first), map(plain_text, second), strict=True)):
        if text:
            met[text] = met.get(text, 0) + 1
            question = text if met[text] == 1 else f"{text} ({met[text]})"
            heading = question
            # Behind the ids, dates and names of a respondent nothing is carried on.
            question = question if below else ""
        else:
            heading = question if below else ""
        columns.append(_Column(at, heading, below))
    return columns


def _groups(columns: Sequence[_Column]) -> Iterator[list[_Column]]:
    """The columns question by question."""
    group: list[_Column] = []
    for column in columns:
        if group and column.question != group[-1].question:
            yield group
            group = []
        group.append(column)
    if group:
        yield group


def _folded(group: list[_Column], rows: Sequence[Record]) -> list[tuple[_Column, list[tuple[int, str]]]]:
    """The columns of a question, each with the places it is read from and the answer a tick there stands for.

    "Expanded" exports spread a matrix over a column for each row and answer (`Ana Lopez - often`): these become one
    column per row again. Where cells say that it is something else, the columns stay as they are.
    """
    spread = 0
    while spread < len(group) and " - " in group[spread].second:
        spread += 1
    shape = _shape([column.second for column in group[:spread]])
    if shape is None or not _one_answer_each(group, shape, rows):
        return [(column, [(column.at, "")]) for column in group]
    people, answers = shape
    folded = []
    for k, person in enumerate(people):
        mine = group[k * len(answers) : (k + 1) * len(answers)]
        folded.append((replace(mine[0], second=person), [(c.at, a) for c, a in zip(mine, answers, strict=True)]))
    return folded + [(column, [(column.at, "")]) for column in group[spread:]]


def _shape(texts: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """(rows, answers) if the texts are `row - answer` for every row and every answer, row by row; else None.

    >>> _shape(["Ana - no", "Ana - yes", "Jo - B - no", "Jo - B - yes"])
    (['Ana', 'Jo - B'], ['no', 'yes'])
    """
    parts = texts[0].split(" - ") if texts else []
    for cut in range(1, len(parts)):
        person, answer = " - ".join(parts[:cut]), " - ".join(parts[cut:])
        size = next((k for k, text in enumerate(texts) if not text.startswith(f"{person} - ")), len(texts))
        answers = [text.removeprefix(f"{person} - ") for text in texts[:size]]
        people = [text.removesuffix(f" - {answer}") for text in texts[::size]]
        if size > 1 and list(texts) == [f"{p} - {a}" for p in people for a in answers]:
            return people, answers
    return None


def _one_answer_each(group: list[_Column], shape: tuple[list[str], list[str]], rows: Sequence[Record]) -> bool:
    """Whether nobody gave two answers about one row, and every cell holds its column's answer, or a number."""
    people, answers = shape
    numbers = False
    for _, row in rows:
        for k in range(len(people)):
            given = [(row[group[k * len(answers) + j].at], answer) for j, answer in enumerate(answers)]
            given = [(cell, answer) for cell, answer in given if cell]
            words = [cell for cell, answer in given if plain_text(cell).casefold() == answer.casefold()]
            if len(given) > 1 or (given and not words and not given[0][0].isdigit()):
                return False
            numbers = numbers or (bool(given) and not words)
    # Choices called "North - Ana", "North - Ben" look like one row when they hold numbers.
    return len(people) > 1 or not numbers


def _joined(row: tuple[str, ...], places: list[tuple[int, str]]) -> str:
    """The one cell that is filled."""
    return next((row[at] for at, _ in places if row[at]), "")


FORMAT = Format(NAME, "SurveyMonkey", "survey", fits, unpack)
