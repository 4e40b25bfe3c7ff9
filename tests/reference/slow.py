"""All slow references together: measure → reference, by level."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference import slow_closure, slow_groups, slow_metrics, slow_paths, slow_pieces

_MODULES = (slow_metrics, slow_paths, slow_closure, slow_pieces, slow_groups)
ACTOR: dict[str, Callable[..., Any]] = {name: f for module in _MODULES for name, f in module.ACTOR.items()}
TIE: dict[str, Callable[..., Any]] = {name: f for module in _MODULES for name, f in module.TIE.items()}
NETWORK: dict[str, Callable[..., Any]] = {name: f for module in _MODULES for name, f in module.NETWORK.items()}
