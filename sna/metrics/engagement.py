"""How much of what was offered a person attended. Works on people × events, not on networks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sna.metrics.frames import ratio
from sna.networks.network import Floats


def _numbers(frame: pd.DataFrame) -> Floats:
    return frame.to_numpy(dtype=float, na_value=np.nan)


def dosage(minutes: pd.DataFrame, eligible: pd.DataFrame, scheduled: pd.Series[float]) -> pd.Series[float]:
    """Of the minutes a person could have attended, the share they did attend.

    Formula:
        Σ_k e_ik s_ik D_k / Σ_k e_ik D_k, D_k scheduled minutes, s_ik = min(minutes_ik / D_k, 1), e_ik = 1 if the person
        was eligible; over events for which minutes and length are known.

    Args:
        minutes: people × events; minutes present, 0 when absent, null when not recorded.
        eligible: people × events, boolean, same rows and columns.
        scheduled: scheduled minutes, indexed by event; null where not stated.

    Returns:
        Series on actor_id; share, 0–1.

    Undefined when:
        no event for which the person was eligible has known minutes and length.
    Small n:
        with few events one absence weighs much; state the number of events.
    Reference:
        This project's convention (docs/methods.md).

    >>> minutes = pd.DataFrame({"m1": [120, 110, 0], "m2": [100, 120, 60], "m3": [0, 90, 90]}, index=["a", "b", "c"])
    >>> dosage(minutes, minutes.notna(), pd.Series({"m1": 120, "m2": 120, "m3": 90})).round(4).tolist()
    [0.6667, 0.9697, 0.4545]
    """
    present = _numbers(minutes)
    length = scheduled.reindex(minutes.columns).to_numpy(dtype=float, na_value=np.nan)[None, :]
    could = eligible.reindex(index=minutes.index, columns=minutes.columns, fill_value=False).to_numpy(dtype=bool)
    counted = could & np.isfinite(present) & (length > 0)
    attended = np.where(counted, np.minimum(present, length), 0.0).sum(axis=1)
    offered = np.where(counted, length, 0.0).sum(axis=1)
    return pd.Series(ratio(attended, offered), index=minutes.index.rename("actor_id"), name="dosage")


def attendance_rate(attended: pd.DataFrame, eligible: pd.DataFrame) -> pd.Series[float]:
    """Of the recorded events a person could have attended, the share at which they were present.

    Formula:
        Σ_k e_ik a_ik / Σ_k e_ik, over events for which attendance is known.

    Args:
        attended: people × events; 1 present, 0 absent, null not recorded.
        eligible: people × events, boolean, same rows and columns.

    Returns:
        Series on actor_id; share, 0–1.

    Undefined when:
        no recorded event was open to the person.
    Small n:
        with few events one absence weighs much; state the number of events.
    Reference:
        This project's convention (docs/methods.md).

    >>> attended = pd.DataFrame({"m1": [1.0, 0.0], "m2": [1.0, None], "m3": [0.0, 1.0]}, index=["a", "b"])
    >>> attendance_rate(attended, attended.notna()).round(4).tolist()
    [0.6667, 0.5]
    """
    present = _numbers(attended)
    could = eligible.reindex(index=attended.index, columns=attended.columns, fill_value=False).to_numpy(dtype=bool)
    counted = could & np.isfinite(present)
    rate = ratio(np.where(counted, present > 0, False).sum(axis=1), counted.sum(axis=1))
    return pd.Series(rate, index=attended.index.rename("actor_id"), name="attendance_rate")
