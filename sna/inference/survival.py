"""How long people stay: the share who are still there after so many days."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

COLUMNS = ["days", "at_risk", "left", "share", "low", "high"]


def kaplan_meier(days: npt.ArrayLike, left: npt.ArrayLike) -> pd.DataFrame:
    """The share of people still there after so many days (Kaplan–Meier).

    Formula:
        product over the days t on which somebody left of 1 − left_t / at_risk_t. The interval is the exponential
        Greenwood one (log-log).

    Args:
        days: for each person, how many days after their beginning they left or were last known to be there.
        left: whether they left; else they were still there.

    Returns:
        One row for day 0, for each day on which somebody left, and for the last day anybody is known of: `days`;
        `at_risk`, people there until then; `left` on that day; `share` still there after it, 0–1; `low` and `high`, its
        95 % interval, NaN where it is undefined (before anybody has left, and when nobody is there any more).

    Undefined when:
        nobody is there: no rows.
    Small n:
        with ten people one leaving is a step of ten in 100; the interval says how little is known.
    Reference:
        Kaplan & Meier (1958), Journal of the American Statistical Association 53:457–481,
        doi:10.1080/01621459.1958.10501452.

    >>> found = kaplan_meier([5, 8, 8, 12], [True, True, False, False])
    >>> found[["days", "at_risk", "left", "share"]].to_numpy().tolist()
    [[0.0, 4.0, 0.0, 1.0], [5.0, 4.0, 1.0, 0.75], [8.0, 3.0, 1.0, 0.5], [12.0, 1.0, 0.0, 0.5]]
    """
    times, gone = np.asarray(days, dtype=float), np.asarray(left, dtype=bool)
    if not len(times):
        return pd.DataFrame(columns=COLUMNS)
    rows: list[list[float]] = [[0.0, len(times), 0, 1.0, np.nan, np.nan]]
    if gone.any():
        # scipy.stats takes long to import, and few studies have leaving dates.
        from scipy.stats import CensoredData, ecdf

        curve = ecdf(CensoredData.right_censored(times, ~gone)).sf
        with warnings.catch_warnings():
            # Where everybody or nobody is there it says that there is no interval.
            warnings.simplefilter("ignore", RuntimeWarning)
            interval: Any = curve.confidence_interval(0.95, method="log-log")
        for at, day in enumerate(curve.quantiles.tolist()):
            on_day = int((gone & (times == day)).sum())
            if on_day:
                ends = [float(end.probabilities[at]) for end in (interval.low, interval.high)]
                share = float(curve.probabilities[at])
                rows.append([day, int((times >= day).sum()), on_day, share, *(ends if share > 0 else [np.nan] * 2)])
    last = float(times.max())
    if last > rows[-1][0]:
        rows.append([last, int((times >= last).sum()), 0, *rows[-1][3:]])
    return pd.DataFrame(rows, columns=COLUMNS)


__all__ = ["kaplan_meier"]
