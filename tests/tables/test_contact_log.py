"""The contact log says nothing of people who refused consent; and what is said of its dates."""

from __future__ import annotations

from pathlib import Path

import sna
from tests.facilitated_study import ROSTER, SECTION, STUDY, facilitated_study, swap

LOG = """date,who,whom,minutes,about
2023-10-02,F1,N1,30,what Ned Two said
2023-10-03,F1,N3,30,planning
soon,F1,N2,long,about Ned Two
"""


def test_people_who_refused_are_nowhere_in_the_contact_log(tmp_path: Path) -> None:
    roster = swap(ROSTER, "N2,Ned Two,principal,North,high,2,full", "N2,Ned Two,principal,North,high,2,refused")
    found = sna.check_study(facilitated_study(tmp_path, toml=STUDY, roster=roster, contacts=LOG))
    mine = [p for p in found.problems if p.file == "contacts.csv"]
    assert [(p.severity, p.row, p.problem) for p in mine] == [
        ("left out", None, "Contacts of people who refused consent: 1.")
    ]
    assert found.tables is not None
    contacts = found.tables.contacts.astype(object)
    assert contacts["whom_id"].tolist() == ["N1", "N3"]
    assert contacts["about"].where(contacts["about"].notna(), None).tolist() == [None, "planning"]
    account = found.tables.accounting.set_index("file").loc["contacts.csv"]
    assert account["out_of_scope"] == 6
    assert account[["used", "unknown", "out_of_scope", "rejected"]].sum() == account["cells"]


def test_a_second_term_outside_the_log_is_told(tmp_path: Path) -> None:
    toml = STUDY + swap(SECTION, "second_term = 2024-01-01\nuntil = 2024-04-30\n", "second_term = 2026-01-01\n")
    found = sna.check_study(facilitated_study(tmp_path / "s", toml=toml))
    (told,) = [p for p in found.problems if p.column == "facilitation.second_term"]
    assert (told.severity, told.value) == ("note", "2026-01-01")
    sound = sna.check_study(facilitated_study(tmp_path / "t"))
    assert not [p for p in sound.problems if p.column == "facilitation.second_term"]
