"""Small things that several readers of exports need: labels as plain text, rows as long as the headings."""

from __future__ import annotations

import html
import re

TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def plain_text(label: str) -> str:
    """A label without HTML, line breaks and doubled spaces, as a person sees it.

    >>> plain_text("Who <b>helped</b> you?<br>\\n Ben&nbsp;&amp; Ana")
    'Who helped you? Ben & Ana'
    """
    return " ".join(html.unescape(TAG.sub(_gap, label)).split())


def _gap(tag: re.Match[str]) -> str:
    """What a tag leaves behind: a space where it begins a new line or block."""
    return " " if re.match(r"</?(br|p|div|li|ul|ol|tr|td|h\d)\b", tag[0], re.IGNORECASE) else ""


def padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """A row with at least as many cells as there are headings.

    >>> padded(("a",), 3)
    ('a', '', '')
    """
    return cells + ("",) * (width - len(cells))
