"""Slow references of measures of pieces, circles and layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

ACTOR: dict[str, Callable[..., Any]] = {}
TIE: dict[str, Callable[..., Any]] = {}
NETWORK: dict[str, Callable[..., Any]] = {}
