"""The corpus of exports: the same answers as every product writes them, and studies made from its files."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path

import openpyxl

import sna
from sna.tables import Tables
from sna.tables.exports import FORMATS, Layout
from sna.tables.files import Record, read_records
from sna.tables.problems import Problems

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ROSTER = """actor_id,name,email,number,row
P1,Ana Lopez,ana@lincoln.org,1,SQ001
P2,Ben Okafor,ben@cedar.org,2,SQ002
P3,Chen Wei,chen@lincoln.org,3,SQ003
P4,Dana Novak,dana@cedar.org,4,SQ004
"""
TIES = {
    ("advice", "P1", "P2", "often"),
    ("advice", "P1", "P4", "sometimes"),
    ("advice", "P2", "P1", "sometimes"),
    ("advice", "P2", "P3", "often"),
    ("advice", "P3", "P1", "often"),
    ("advice", "P3", "P2", "unknown"),
    ("help", "P1", "P2", "present"),
    ("help", "P1", "P3", "present"),
    ("help", "P2", "P4", "present"),
    ("trust", "P1", "P2", "present"),
    ("trust", "P1", "P3", "present"),
    ("trust", "P2", "P4", "present"),
}
STATUS = {
    "advice": ["answered", "answered", "answered", "no_response"],
    "help": ["answered", "answered", "skipped", "no_response"],
    "trust": ["answered", "answered", "answered", "no_response"],
}
# What the questions are declared as; a test gives the columns.
ADVICE = """[[relations]]
id = "advice"
form = "roster"
scale = { 0 = "never", 1 = "sometimes", 2 = "often" }
present_from = 1
"""
FROM_ONE = """[[relations]]
id = "advice"
form = "roster"
scale = { 1 = "never", 2 = "sometimes", 3 = "often" }
present_from = 2
"""
HELP = '[[relations]]\nid = "help"\nform = "roster"\n'
HELP_IN_ONE_CELL = '[[relations]]\nid = "help"\nform = "names"\n'
TRUST = '[[relations]]\nid = "trust"\nform = "names"\ncap = 3\n'


def study(
    folder: Path,
    export: Path | str,
    respondent: str,
    relations: Mapping[str, str],
    *,
    wave: str = "",
    name: str = "",
    names: str = "",
) -> Path:
    """A study folder around one export.

    Args:
        folder: to be made.
        export: a file of the corpus, or the text of one.
        respondent: the column that says who answered.
        relations: a declaration above → the keys that are added to it.
        wave: further keys of the wave.
        name: of the export in the folder; as in the corpus if empty, `.xlsx.csv` made into a workbook.
        names: the text of names.csv; none if empty.
    """
    folder.mkdir(parents=True)
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    if names:
        (folder / "names.csv").write_text(names, encoding="utf-8")
    if isinstance(export, str):
        name = name or "responses.csv"
        (folder / name).write_text(export, encoding="utf-8")
    elif name.endswith(".xlsx") or export.name.endswith(".xlsx.csv"):
        name = name or export.name.removesuffix(".csv")
        workbook(export, folder / name)
    else:
        name = name or export.name
        shutil.copy(export, folder / name)
    head = (
        f'[study]\nname = "Export"\nroster = "roster.csv"\nrespondent = {quoted(respondent)}\naudience = "researcher"\n'
        f'[consent]\ndefault = "full"\n[[waves]]\nid = "w1"\nresponses = "{name}"\n{wave}\n'
    )
    body = "\n".join(declared + keys + "\n" for declared, keys in relations.items())
    (folder / "study.toml").write_text(head + body, encoding="utf-8")
    return folder


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def workbook(source: Path, target: Path) -> None:
    """A CSV file as a workbook, numbers as numbers and empty cells as none."""
    book = openpyxl.Workbook()
    with source.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.reader(stream):
            book.active.append([int(cell) if cell.isdigit() and len(cell) < 12 else cell or None for cell in row])
    book.save(target)


def records_of(path: Path) -> list[Record]:
    """The filled rows of a file."""
    records = read_records(path.parent, path.name, Problems())
    assert records is not None
    return records


def fitting(path: Path) -> list[str]:
    """The products whose export a file is taken for."""
    return [known.name for known in FORMATS if known.fits(records_of(path))]


def layout_of(path: Path) -> Layout:
    """A file of the corpus taken apart by the product it is recognised as."""
    (found,) = [known for known in FORMATS if known.fits(records_of(path))]
    return found.unpack(records_of(path))


def tables_of(folder: Path) -> Tables:
    checked = sna.check_study(folder)
    assert checked.tables is not None, "\n".join(str(problem) for problem in checked.stops)
    return checked.tables


def stops_of(folder: Path) -> list[str]:
    return [str(problem) for problem in sna.check_study(folder).stops]


def same(folder: Path, relations: tuple[str, ...] = ("advice", "help", "trust")) -> Tables:
    """Assert that a study holds exactly the answers that every export of the corpus holds."""
    checked = sna.check_study(folder)
    tables = tables_of(folder)
    assert checked.study is not None
    words = {relation.id: relation.scale or {} for relation in checked.study.relations}
    ties = {
        (
            tie.relation,
            tie.ego_id,
            tie.alter_id,
            words[tie.relation].get(tie.strength, tie.state) if tie.state == "present" else tie.state,
        )
        for tie in tables.ties.itertuples()
        if tie.relation in relations and tie.state != "absent"
    }
    assert ties == {tie for tie in TIES if tie[0] in relations}
    for relation in relations:
        answered = tables.answered[tables.answered["relation"] == relation]
        assert answered["status"].to_list() == STATUS[relation], relation
    account = tables.accounting
    fates = account[["used", "unknown", "out_of_scope", "rejected"]].sum(axis=1)
    assert (fates == account["cells"]).all()
    return tables
