"""The columns of the list of people with whom a conversation may be worth while."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.words import WAVE, Column, text_id

TABLES: Mapping[str, tuple[Column, ...]] = {
    "conversations": (
        WAVE,
        text_id("actor_id", "The person. A sign is a reason to ask, never a score."),
        Column(
            "sign",
            "What may be worth a conversation.",
            "not named outside the school, nobody for a kind of support, no one-to-one contact, fading attendance",
        ),
        text_id("about", "The kind of support.", "the sign is another one"),
    ),
}
