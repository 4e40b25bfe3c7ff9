"""Odd but honest studies run to the end for every audience: nobody, one person, strange columns and ids."""

from __future__ import annotations

from pathlib import Path

import pytest

import sna
from tests.small_study import ATTENDANCE, RESPONSES, ROSTER, STUDY, changed, small_study

ONE = "actor_id,name,role,school,consent\nP1,Ana,principal,Lincoln,full\n"
NO_GROUPS = changed(STUDY, 'groups = ["role", "school"]\n', "")
SECOND_WAVE = changed(STUDY, '[[relations]]\nid = "advice"', '[[waves]]\nid = "w2"\n[[relations]]\nid = "advice"')
FIRST_ONLY = SECOND_WAVE.replace('form = "', 'waves = ["w1"]\nform = "')
STRANGE = "answered,node_for_adding,self,wave_,id,attr,label,strength,Ünïcode,a b"
HEAD = RESPONSES.splitlines()[0]

STUDIES: dict[str, dict[str, str]] = {
    "one person": {
        "roster": ONE,
        "responses": "actor_id,advice_P1,help_name1\nP1,,nobody\n",
        "attendance": "actor_id,event_id,status\nP1,e1,P\n",
    },
    "everybody refused": {
        "roster": ROSTER.replace(",full", ",refused").replace("Cedar,\n", "Cedar,refused\n"),
    },
    "no groups": {"toml": NO_GROUPS},
    "nobody in the second wave": {
        "toml": FIRST_ONLY,
        "roster": "\n".join(f"{line},{'w1' if n else 'wave'}" for n, line in enumerate(ROSTER.splitlines())) + "\n",
    },
    "nobody named anybody": {"responses": f"{HEAD}\nP1,,0,0,0,nobody,\nP2,0,,0,0,nobody,\n"},
    "numbers as ids": {
        "roster": "actor_id,name,role,school,consent\n1,Ana,x,y,full\n2,Ben,x,y,full\n03,Cy,x,z,full\n",
        "responses": "actor_id,advice_1,advice_2,advice_03,help_name1,help_name2\n1,,2,2,Ben,03\n03,1,1,,,\n",
        "attendance": "actor_id,event_id,status\n1,e1,P\n03,e1,P\n",
    },
    "strange columns": {
        "roster": "\n".join(
            f"{line},{STRANGE if n == 0 else ','.join('v' * 10)}" for n, line in enumerate(ROSTER.splitlines())
        ) + "\n",
        "toml": changed(STUDY, '"role", "school"', '"answered", "node_for_adding", "label", "a b"'),
    },
    "attendance alone": {
        "toml": STUDY[: STUDY.index("[[relations]]")] + STUDY[STUDY.index("[[attendance]]") :],
    },
    "groups not stated": {"roster": ROSTER.replace("principal", "").replace("Lincoln", "")},
    "attendance of nobody but one": {"attendance": ATTENDANCE.splitlines()[0] + "\nP1,e1,,\n"},
    "long and strange words": {
        "roster": changed(ROSTER, "Ana Lopez", '"' + "Ana\n\u202eLopez 🎓 " + "x" * 3000 + '"'),
        "responses": changed(RESPONSES, "Ana Lopez", "P1"),
    },
}  # fmt: skip


@pytest.mark.parametrize("audience", ["researcher", "manager", "public"])
@pytest.mark.parametrize("name", STUDIES)
def test_odd_studies_run(tmp_path: Path, name: str, audience: str) -> None:
    folder = small_study(tmp_path / "s", **STUDIES[name])
    assert sna.check_study(folder).stops == ()
    assert sna.run_study(folder, tmp_path / "out", audience=audience).is_file()
