"""Social network analysis of the ties in communities of practice.

    import sna

    checked = sna.check_study("surveys/il-cop")           # every problem, nothing written
    results = sna.measure_study("surveys/il-cop")         # tables, networks, measures
    page = sna.run_study("surveys/il-cop", audience="manager")
    groups = sna.suggest_groups("surveys/il-cop", size=3, rounds=6)   # sna.suggest_pairs(…, topic="feedback")

What the command line does, these functions do, in the same words.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sna.checking import Check, NamesReport, check_study, update_names
    from sna.errors import OutputError, Problem, StudyError
    from sna.examples import example_study, new_study
    from sna.metrics.catalogue import measures
    from sna.networks import Network, TwoMode
    from sna.pipeline import measure_study, run_study, suggest_groups, suggest_pairs
    from sna.privacy.suggestion import Suggestion
    from sna.results import Results
    from sna.study import Study
    from sna.study_file import read_study
    from sna.withdrawal import Forgetting, forget

# Each name is loaded when it is first used, so that `sna --help` does not wait for numpy.
_HOME = {
    "Check": "sna.checking",
    "NamesReport": "sna.checking",
    "Network": "sna.networks",
    "OutputError": "sna.errors",
    "Problem": "sna.errors",
    "Results": "sna.results",
    "Study": "sna.study",
    "StudyError": "sna.errors",
    "Suggestion": "sna.privacy.suggestion",
    "TwoMode": "sna.networks",
    "check_study": "sna.checking",
    "Forgetting": "sna.withdrawal",
    "example_study": "sna.examples",
    "forget": "sna.withdrawal",
    "measure_study": "sna.pipeline",
    "measures": "sna.metrics.catalogue",
    "new_study": "sna.examples",
    "read_study": "sna.study_file",
    "run_study": "sna.pipeline",
    "suggest_groups": "sna.pipeline",
    "suggest_pairs": "sna.pipeline",
    "update_names": "sna.checking",
}

__all__ = [
    "Check",
    "Forgetting",
    "NamesReport",
    "Network",
    "OutputError",
    "Problem",
    "Results",
    "Study",
    "StudyError",
    "Suggestion",
    "TwoMode",
    "check_study",
    "example_study",
    "forget",
    "measure_study",
    "measures",
    "new_study",
    "read_study",
    "run_study",
    "suggest_groups",
    "suggest_pairs",
    "update_names",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'sna' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
