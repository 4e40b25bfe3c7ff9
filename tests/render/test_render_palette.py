"""Colours: enough contrast, told apart with every kind of colour vision, shapes besides."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from sna.render.palette import COLOURS, NOT_STATED, SHAPES, contrast_with_white, look, looks

# Machado, Oliveira, Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1.0, on linear RGB.
VISION = {
    "full": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}


def linear(colour: str) -> NDArray[np.float64]:
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return lab @ np.cbrt(np.clip(cones @ np.clip(rgb, 0, 1), 0, 1))


@pytest.mark.parametrize("colour", [*COLOURS, NOT_STATED])
def test_contrast_with_white(colour: str) -> None:
    luminance = float(linear(colour) @ [0.2126, 0.7152, 0.0722])
    assert 1.05 / (luminance + 0.05) >= 3.0
    assert contrast_with_white(colour) == pytest.approx(1.05 / (luminance + 0.05))


@pytest.mark.parametrize("vision", list(VISION))
def test_told_apart(vision: str) -> None:
    for a, b in combinations(COLOURS, 2):
        difference = oklab(VISION[vision] @ linear(a)) - oklab(VISION[vision] @ linear(b))
        assert float(np.linalg.norm(difference)) > 0.07, (a, b)


def test_first_seven_have_their_own_colour_and_shape() -> None:
    first = [look(i) for i in range(7)]
    assert {x.colour for x in first} == set(COLOURS)
    assert {x.shape for x in first} == set(SHAPES)


def test_no_two_alike() -> None:
    many = [look(i) for i in range(150)]
    assert len({(x.colour, x.shape) for x in many}) == 150
    assert all(contrast_with_white(x.colour) >= 3.0 for x in many)


def test_natural_order() -> None:
    assert list(looks(["Site 10", "site 2", "Site 1", "Site 1"])) == ["Site 1", "site 2", "Site 10"]
