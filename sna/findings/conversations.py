"""What is said of people with whom a conversation may be worth while."""

from __future__ import annotations

from collections.abc import Sequence

from sna.conversations import FADING, NO_CONTACT, NO_SUPPORT, NOT_NAMED
from sna.findings.words import listed
from sna.study import Study

QUESTION = (
    "For the facilitator's support: people whom the answers show at the edge of something. Each line is a reason to "
    "ask how things are, and says nothing about how good anybody is."
)
NOBODY = "Nobody shows any of the signs that were looked for. Those who did not answer show none, either way."
UNSEEN = "Some took part for research only: they, what they said and what was said of them are left out."
CAUTIONS = (
    "A sign is not a finding about a person. Each may have a good reason that no table knows; ask, and listen.",
    "The order is that of the roster, and more lines are not worse than one. Do not count them, and do not compare.",
    "Not for decisions about anybody's work, and not to be passed on.",
    "Who is not listed may be in as much need: those who did not answer could not be looked at.",
)


def signs(study: Study, found: Sequence[tuple[str, str | None]], *, kinds: bool) -> str:
    """What one person shows, in words.

    Args:
        study: the declaration.
        found: (sign, relation it is about).
        kinds: say which kinds of support; else only that there are some.
    """
    said = []
    have = {sign for sign, _ in found}
    if NOT_NAMED in have:
        said.append("named by nobody of another school")
    if NO_SUPPORT in have:
        which = [study.relation(relation) for sign, relation in found if sign == NO_SUPPORT and relation]
        about = listed([relation.topic or relation.label for relation in which], 5) if kinds else "a kind of support"
        said.append(f"names nobody for: {about}" if kinds else f"names nobody for {about}")
    if NO_CONTACT in have:
        weeks = study.facilitation.weeks if study.facilitation else 0
        said.append(f"no one-to-one contact logged for {weeks} weeks or more")
    if FADING in have:
        said.append("comes to less than at the beginning of the year")
    text = "; ".join(said)
    return text[:1].upper() + text[1:] + "."


def looked_for(study: Study) -> str:
    """Which signs were looked for, as a sentence."""
    found = []
    if study.conversations and study.conversations.school:
        found.append("being named by nobody of another school")
    if study.support:
        found.append("naming nobody for a kind of support")
    if study.facilitation and study.contacts:
        found.append(f"no one-to-one contact for {study.facilitation.weeks} weeks")
    if study.engagement and study.attendance:
        found.append("attendance that falls (each looked at alone: by chance, one in forty would seem to)")
    return f"Looked for: {listed(found)}." if found else "This study holds nothing in which to look for signs."


__all__ = ["CAUTIONS", "NOBODY", "QUESTION", "UNSEEN", "looked_for", "signs"]
