"""The logistic line through attendance is that of generalised estimating equations with people as clusters."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from sna.metrics.logistic import logistic_line


def simulated(seed: int) -> np.ndarray:
    """People × meetings; people differ, and come less as time goes on."""
    rng = np.random.default_rng(seed)
    people = rng.normal(2, 1, 14)[:, None]
    return (rng.random((14, 18)) < 1 / (1 + np.exp(-people + np.linspace(0, 2, 18)))).astype(float)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_same_line_as_statsmodels(seed: int) -> None:
    import pandas as pd
    import statsmodels.api as sm

    there = simulated(seed)
    places = np.tile(np.arange(18.0), (14, 1))
    exog = pd.DataFrame({"one": 1.0, "place": places.ravel()})
    clusters = np.repeat(np.arange(14), 18)
    family = sm.families.Binomial()
    fitted = sm.GEE(there.ravel(), exog, clusters, family=family, cov_struct=sm.cov_struct.Independence()).fit()
    line = logistic_line(there.sum(axis=0), np.full(18, 14), np.arange(18))
    assert line.intercept == pytest.approx(fitted.params["one"], abs=1e-6)
    assert line.slope == pytest.approx(fitted.params["place"], abs=1e-6)


@pytest.mark.parametrize(
    ("came", "start", "end"),
    [
        ([10] * 8, 1, 1),
        ([0] * 8, 0, 0),
        ([10] * 7 + [5], 1, 0.5),
        ([10] * 4 + [0] * 4, 1, 0),
        ([0] * 4 + [10] * 4, 0, 1),
        ([5] * 8, 0.5, 0.5),
    ],
)
def test_where_no_finite_line_is_best(came: list[int], start: float, end: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        line = logistic_line(came, [10] * 8, range(8))
    assert line.share(0) == pytest.approx(start, abs=1e-4)
    assert line.share(7) == pytest.approx(end, abs=1e-4)


def test_where_the_origin_of_time_lies_does_not_matter() -> None:
    came, could = [9, 9, 7, 8, 5], [10, 9, 9, 10, 8]
    line, later = logistic_line(came, could, range(5)), logistic_line(came, could, np.arange(5) * 7 + 734_000)
    assert later.slope == pytest.approx(line.slope / 7)
    assert later.share(734_028) == pytest.approx(line.share(4))


@pytest.mark.parametrize("could", [[], [0, 0], [3, 0]])
def test_nothing_to_draw_a_line_through(could: list[int]) -> None:
    assert np.isnan(logistic_line(could, could, range(len(could)))).all()
