"""The share of people who come as a smooth line through the meetings: a logistic line."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import expit, log_expit

from sna.networks.network import Floats

STEPS = 200
# A gain of less is none.
GAIN = 1e-12
# Log odds beyond which a share is 0 or 1.
FAR = 30.0


class LogisticLine(NamedTuple):
    """Intercept and slope in log odds; the slope is per step of `places`."""

    intercept: float
    slope: float

    def share(self, place: float) -> float:
        """The share at a place, 0–1."""
        return float(expit(self.intercept + self.slope * place))


def logistic_line(came: npt.ArrayLike, could: npt.ArrayLike, places: npt.ArrayLike) -> LogisticLine:
    """The logistic line through shares of people who came, event by event.

    Formula:
        the most likely a, b in log(p / (1 − p)) = a + b · place. The same line as that of generalised estimating
        equations with people as clusters and an independence working correlation.

    Args:
        came: how many came, for each of m events.
        could: how many could have come.
        places: where each event stands in time.

    Returns:
        LogisticLine. Where everybody came to all events before some day and nobody after it, or everybody always came,
        no finite line is the most likely one; the shares it gives are right to four digits nevertheless.

    Undefined when:
        nobody could come to anything, or all events stand at one place: NaN.
    Reference:
        Liang & Zeger (1986), Biometrika 73:13–22, doi:10.1093/biomet/73.1.13.

    >>> line = logistic_line([9, 8, 7], [10, 10, 10], [0, 1, 2])
    >>> round(line.share(0), 3), round(line.share(2), 3)
    (0.893, 0.693)
    """
    y, n, x = (np.asarray(values, dtype=float) for values in (came, could, places))
    if not n.sum() or np.ptp(x[n > 0]) == 0:
        return LogisticLine(float("nan"), float("nan"))
    middle, width = float(np.average(x, weights=n)), float(np.ptp(x[n > 0]))
    z = (x - middle) / width
    start = (y.sum() + 0.5) / (n.sum() + 1)
    line = np.array([np.log(start / (1 - start)), 0.0])
    best = _likelihood(line, y, n, z)
    for _ in range(STEPS):
        step = _step(line, y, n, z)
        while np.abs(line + step).max() > 4 * FAR:
            step /= 2
        found = _likelihood(line + step, y, n, z)
        while found < best and np.abs(step).max() > GAIN:
            step /= 2
            found = _likelihood(line + step, y, n, z)
        gain, best, line = found - best, max(found, best), line + step if found >= best else line
        if gain < GAIN:
            break
    return LogisticLine(float(line[0] - line[1] * middle / width), float(line[1] / width))


def _likelihood(line: Floats, y: Floats, n: Floats, z: Floats) -> float:
    eta = line[0] + line[1] * z
    return float((y * log_expit(eta) + (n - y) * log_expit(-eta)).sum())


def _step(line: Floats, y: Floats, n: Floats, z: Floats) -> Floats:
    """Newton's step."""
    share = expit(line[0] + line[1] * z)
    weight = n * share * (1 - share) + GAIN
    slope = np.array([(y - n * share).sum(), ((y - n * share) * z).sum()])
    bend = np.array([[weight.sum(), (weight * z).sum()], [(weight * z).sum(), (weight * z * z).sum()]])
    return np.asarray(np.linalg.solve(bend, slope), dtype=float)


__all__ = ["LogisticLine", "logistic_line"]
