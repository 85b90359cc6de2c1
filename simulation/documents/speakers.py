"""What the word of each speaker is worth: how far it is trusted, and how far its counts are off."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.documents.numbers import Numbers
from simulation.documents.vocabulary import Speaker


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """What is assumed of a speaker; numbers have a range with the reason for it.

    `trust` (0 to 1) is the chance that what it says is so, where that is a yes or a no. Of its counts the logarithm
    is off by a normal error: `spread` is the standard deviation, as a number or as the name of the input that holds
    it. Who `exaggerates` is too high by half a spread on average, and who has a `seen` counts that share, an input,
    of what happened. The inputs are those with which the process `report` makes claims within a history.
    """

    trust: Numbers
    spread: Numbers | str
    exaggerates: bool = False
    seen: str = ""


def _range(low: float, best: float, high: float, why: str) -> Numbers:
    return Numbers(low=low, best=best, high=high, assumption=why)


_PARTY = Reliability(
    trust=_range(
        0.4, 0.6, 0.8, "a party to a war says what helps it, and is seen to lie where it can be checked"
    ),
    spread="exaggeration",
    exaggerates=True,
)
SPEAKERS: dict[Speaker, Reliability] = {
    Speaker.BOTH_SIDES: Reliability(
        trust=_range(0.75, 0.9, 0.97, "enemies who agree have little reason to invent the same"),
        spread=_range(0.15, 0.3, 0.5, "both count the same ground, from either side"),
    ),
    Speaker.GOVERNMENT: _PARTY,
    Speaker.OPPOSITION: _PARTY,
    Speaker.TURKISH_GOVERNMENT: Reliability(
        trust=_range(0.5, 0.7, 0.85, "well informed by its own posts, and a friend of one side"),
        spread=_range(0.2, 0.5, 0.8, "counts passed on from a friend"),
    ),
    Speaker.TURKISH_OFFICIALS: Reliability(
        trust=_range(0.4, 0.6, 0.8, "unnamed officials answer for nothing"),
        spread=_range(0.2, 0.5, 0.8, "counts passed on from a friend"),
    ),
    Speaker.TURKISH_STATE_MEDIA: Reliability(
        trust=_range(0.3, 0.5, 0.75, "carries what a friend of one side wants told"),
        spread="exaggeration",
        exaggerates=True,
    ),
    Speaker.REPORTER: Reliability(
        trust=_range(0.65, 0.8, 0.92, "names its sources, and is seldom on the spot"),
        spread=_range(
            0.2, 0.35, 0.6, "five counts of the villages taken on 27 November, 12 to 32, spread by 0.35"
        ),
    ),
    Speaker.MONITOR: Reliability(
        trust=_range(0.65, 0.8, 0.92, "a net of informants, checked by few"),
        spread=_range(
            0.2,
            0.4,
            0.7,
            "body counts are off by a fifth where they can be checked, by a factor of two elsewhere",
        ),
        seen="monitor_share",
    ),
    Speaker.AID_AGENCY: Reliability(
        trust=_range(0.75, 0.9, 0.97, "counts in order to help, and is checked by those who pay"),
        spread=_range(0.15, 0.35, 0.6, "lists of the first days, made in a hurry"),
    ),
    Speaker.WITNESS: Reliability(
        trust=_range(0.3, 0.5, 0.75, "one pair of eyes"),
        spread=_range(0.3, 0.6, 1.0, "nobody counts well under fire"),
    ),
    Speaker.REFERENCE: Reliability(
        trust=_range(0.65, 0.8, 0.92, "published, and so open to correction"),
        spread=_range(0.1, 0.2, 0.4, "reference works differ by about a fifth"),
    ),
    Speaker.SCENARIO: Reliability(
        trust=_range(0.5, 0.7, 0.9, "an assumption of somebody who wrote down why"),
        spread=_range(0.15, 0.3, 0.5, "as a reporter"),
    ),
}
"""All speakers."""

TRUST: dict[Speaker, float] = {speaker: row.trust.span[1] for speaker, row in SPEAKERS.items()}
"""How far an unverified claim counts, 0..1, by who says it."""
