"""The pages of findings that one audience gets, in the order they are listed."""

from __future__ import annotations

from collections.abc import Collection

from sna.privacy.brokers import brokers_sheet
from sna.privacy.compared import compared_sheet
from sna.privacy.conversations import conversations_sheet
from sna.privacy.engagement import engagement_sheet
from sna.privacy.facilitation import facilitation_sheet
from sna.privacy.grouping import grouping_sheet
from sna.privacy.sheet import Sheet
from sna.privacy.support import support_sheet
from sna.results import Results

MAKERS = (
    brokers_sheet,
    support_sheet,
    facilitation_sheet,
    engagement_sheet,
    grouping_sheet,
    compared_sheet,
    conversations_sheet,
)


def sheets(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> tuple[Sheet, ...]:
    """Every page of findings for which study.toml has a section and of which the audience may see something.

    Args:
        results: everything computed.
        audience: `researcher` or `manager`; the public gets none.
        hidden: (wave id, actor id) of people who may not be seen in any way.
    """
    if audience == "public":
        return ()
    found = (make(results, audience, hidden) for make in MAKERS)
    return tuple(sheet for sheet in found if sheet is not None)
