"""Phrases in which the catalogue says which way a measure reads ties, and what it does with unknown ones."""

from __future__ import annotations

IN = "nominations a person receives"
OUT = "nominations a person gives"
ALONG = "along nominations, from the person asking to the person named"
EITHER = "direction does not matter: a tie counts when either person reports it"
BOTH = "direction does not matter: both directions are added"
TURN = "the same whichever way nominations are read"
NO_STRENGTH = "not used, beyond deciding that the tie is present"
ADDED = "strengths of present ties are added"
CELLS = "only what people who answered said counts, in the number and in what it is divided by"
OWN = "left empty for people who did not answer; paths through them are missing for everybody"
TOGETHER = "two people who did not answer count as not in contact, though nobody could say"
REACHED = "ways through people who did not answer are missing, and they count as reaching nobody"
AVAILABLE = "uses the ties that are known, also for people who did not answer"
PAIRS = "only pairs in which both people answered count"
SHARE = "share, 0–1"
