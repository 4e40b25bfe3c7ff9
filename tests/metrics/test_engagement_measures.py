"""Dosage and attendance against the specification's figures, and with gaps in the record."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sna.metrics.engagement import attendance_rate, dosage

LENGTH = pd.Series({"m1": 120.0, "m2": 120.0, "m3": 90.0})
MINUTES = pd.DataFrame({"m1": [120, 110, 0], "m2": [100, 120, 60], "m3": [0, 90, 90]}, index=["a", "b", "c"])
ALL = pd.DataFrame(True, index=MINUTES.index, columns=MINUTES.columns)


def test_dosage_as_in_the_specification() -> None:
    """§2.4: shares (1, .833, 0), (.917, 1, 1), (0, .5, 1) of 120, 120, 90 minutes."""
    result = dosage(MINUTES, ALL, LENGTH)
    np.testing.assert_allclose(result, [0.6667, 0.9697, 0.4545], atol=5e-5)
    assert (result.name, result.index.name) == ("dosage", "actor_id")


def test_dosage_leaves_out_what_is_not_known_and_not_open() -> None:
    unknown = MINUTES.astype(float)
    unknown.loc["a", "m2"] = np.nan
    eligible = ALL.copy()
    eligible.loc["b", "m1"] = False
    result = dosage(unknown, eligible, LENGTH)
    np.testing.assert_allclose(result, [120 / 210, 1, 150 / 330])
    without_length = dosage(MINUTES, ALL, LENGTH.drop("m3"))
    np.testing.assert_allclose(without_length, [220 / 240, 230 / 240, 60 / 240])


def test_staying_on_counts_as_the_whole_event() -> None:
    assert dosage(MINUTES + 1000, ALL, LENGTH).tolist() == [1, 1, 1]


def test_undefined_without_events() -> None:
    assert dosage(MINUTES, ~ALL, LENGTH).isna().all()
    assert attendance_rate(MINUTES, ~ALL).isna().all()
    assert dosage(MINUTES.iloc[:, :0], ALL.iloc[:, :0], LENGTH).isna().all()
    assert dosage(MINUTES.iloc[:0], ALL.iloc[:0], LENGTH).empty


def test_attendance_rate_counts_events() -> None:
    present = (MINUTES > 0).astype("Float64")
    present.loc["c", "m3"] = pd.NA
    eligible = ALL.copy()
    eligible.loc["a", "m3"] = False
    assert attendance_rate(present, eligible).tolist() == [1, 1, 0.5]
    assert attendance_rate(present, ALL).round(4).tolist() == [0.6667, 1, 0.5]


def test_a_person_missing_from_the_eligibility_table_was_not_eligible() -> None:
    assert dosage(MINUTES, ALL.drop("c"), LENGTH).isna().tolist() == [False, False, True]
    assert attendance_rate(MINUTES, ALL.drop("c")).isna().tolist() == [False, False, True]
