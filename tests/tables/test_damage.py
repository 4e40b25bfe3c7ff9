"""A damaged file ends in a sentence that names it: nothing else is ever raised, and no cell is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reference.damage import damaged, studies, survives

STEP = st.tuples(st.integers(0, 4), st.integers(0, 10**6), st.integers(0, 255))
QUIET = settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("source", "file"), studies(), ids=[f"{folder.parent.name}-{folder.name}-{file}" for folder, file in studies()]
)
@QUIET
@given(steps=st.lists(STEP, min_size=1, max_size=4))
def test_a_damaged_file_is_a_sentence(
    tmp_path: Path, source: Path, file: str, steps: list[tuple[int, int, int]]
) -> None:
    survives(tmp_path / "s", source, file, damaged((source / file).read_bytes(), steps))


def test_the_corpus_is_there() -> None:
    assert len(studies()) > 20
