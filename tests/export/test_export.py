"""Exports: spreadsheets see text as text, and graphs read back as they were."""

from __future__ import annotations

import csv
import datetime as dt
import io

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.export.csv_tables import csv_text
from sna.export.graphml import graphml_text

PRINTABLE = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_is_never_a_formula(text: str) -> None:
    written = csv_text(pd.DataFrame({"name": [text]}))
    ((cell,),) = list(csv.reader(io.StringIO(written, newline="")))[1:]
    assert cell == "'" + text.replace("\r", "\n")


def test_numbers_keep_their_sign() -> None:
    assert csv_text(pd.DataFrame({"x": [-1.5, float("nan"), 1e-20, 1 / 3]})) == 'x\n-1.5\n""\n1e-20\n0.333333333333\n'


def test_kinds_of_cell() -> None:
    table = pd.DataFrame(
        {
            "day": [dt.date(2022, 1, 31), None],
            "clock": [dt.time(16, 5), None],
            "yes": [True, None],
            "count": pd.array([3, None], dtype="Int64"),
        }
    )
    assert csv_text(table) == "day,clock,yes,count\n2022-01-31,16:05,true,3\n,,,\n"


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.lists(PRINTABLE, max_size=6))
def test_text_round_trips(texts: list[str]) -> None:
    table = pd.DataFrame({"a": pd.Series(texts, dtype=object), "b": pd.Series(["end"] * len(texts), dtype=object)})
    rows = list(csv.reader(io.StringIO(csv_text(table), newline="")))[1:]
    assert [
        row[0].removeprefix("'") if row[0][1:] == t else row[0] for row, t in zip(rows, texts, strict=True)
    ] == texts


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.dictionaries(PRINTABLE.filter(bool), PRINTABLE, min_size=2, max_size=5), st.data())
def test_graphs_round_trip(people: dict[str, str], data: st.DataObject) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph(relation="advice", wave="w")
    for actor, school in people.items():
        graph.add_node(actor, school=school, answered=True)
    pairs = st.tuples(st.sampled_from(sorted(people)), st.sampled_from(sorted(people)))
    for ego, alter in data.draw(st.lists(pairs, max_size=6)):
        graph.add_edge(ego, alter, strength=2.0)
    back = nx.read_graphml(io.BytesIO(graphml_text(graph).encode("utf-8")))
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert sorted(back.edges(data="strength")) == sorted(graph.edges(data="strength"))


def test_what_xml_cannot_hold_is_replaced() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("a\x00b", name="\x0b\ud800")
    back = nx.read_graphml(io.BytesIO(graphml_text(graph).encode("utf-8")))
    assert dict(back.nodes(data=True)) == {"a\ufffdb": {"name": "\ufffd\ufffd"}}
