"""Who says what claims hold, and what their word is worth: how far each is trusted, how far its counts are off."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.documents.numbers import Numbers


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Somebody who says what a claim holds; `words` name it in a sentence, numbers have a range with the reason for it.

    `trust` (0 to 1) is the chance that what it says is so, where that is a yes or a no. Of its counts the logarithm
    is off by a normal error: `spread` is the standard deviation, as a number or as the name of the input that holds
    it. Who `exaggerates` is too high by half a spread on average, and who has a `seen` counts that share, an input,
    of what happened. The inputs are those with which the process `report` makes claims within a history.
    """

    id: str
    words: str
    trust: Numbers
    spread: Numbers | str
    exaggerates: bool = False
    seen: str = ""

    @property
    def word(self) -> float:
        """How far an unverified claim of it counts, 0..1."""
        return self.trust.span[1]


def _range(low: float, best: float, high: float, why: str) -> Numbers:
    return Numbers(low=low, best=best, high=high, assumption=why)


_PARTY = {
    "trust": _range(
        0.4, 0.6, 0.8, "a party to a war says what helps it, and is seen to lie where it can be checked"
    ),
    "spread": "exaggeration",
    "exaggerates": True,
}
_EVERY = (
    Speaker(
        id="both_sides",
        words="both sides",
        trust=_range(0.75, 0.9, 0.97, "enemies who agree have little reason to invent the same"),
        spread=_range(0.15, 0.3, 0.5, "both count the same ground, from either side"),
    ),
    Speaker(
        id="everyone",
        words="all who report of it",
        trust=_range(
            0.97, 0.99, 0.999, "who loses by it admits it, and those who watch from outside say the same"
        ),
        spread=_range(0.1, 0.2, 0.4, "as a reference: what all agree on has been compared"),
    ),
    Speaker(id="party", words="a party", **_PARTY),  # type: ignore[arg-type]
    Speaker(id="government", words="the government", **_PARTY),  # type: ignore[arg-type]
    Speaker(id="opposition", words="the opposition", **_PARTY),  # type: ignore[arg-type]
    Speaker(
        id="officials",
        words="officials",
        trust=_range(0.4, 0.6, 0.8, "unnamed officials answer for nothing"),
        spread=_range(0.2, 0.5, 0.8, "counts passed on"),
    ),
    Speaker(
        id="state_media",
        words="state media",
        trust=_range(0.3, 0.5, 0.75, "carry what their state wants told"),
        spread="exaggeration",
        exaggerates=True,
    ),
    Speaker(
        id="reporter",
        words="the reporter",
        trust=_range(0.65, 0.8, 0.92, "names its sources, and is seldom on the spot"),
        spread=_range(
            0.2, 0.35, 0.6, "five counts of the villages taken on one first day, 12 to 32, spread by 0.35"
        ),
    ),
    Speaker(
        id="monitor",
        words="a monitor",
        trust=_range(0.65, 0.8, 0.92, "a net of informants, checked by few"),
        spread=_range(
            0.2,
            0.4,
            0.7,
            "body counts are off by a fifth where they can be checked, by a factor of two elsewhere",
        ),
        seen="monitor_share",
    ),
    Speaker(
        id="aid_agency",
        words="an aid agency",
        trust=_range(0.75, 0.9, 0.97, "counts in order to help, and is checked by those who pay"),
        spread=_range(0.15, 0.35, 0.6, "lists of the first days, made in a hurry"),
    ),
    Speaker(
        id="witness",
        words="a witness",
        trust=_range(0.3, 0.5, 0.75, "one pair of eyes"),
        spread=_range(0.3, 0.6, 1.0, "nobody counts well under fire"),
    ),
    Speaker(
        id="reference",
        words="a reference",
        trust=_range(0.65, 0.8, 0.92, "published, and so open to correction"),
        spread=_range(0.1, 0.2, 0.4, "reference works differ by about a fifth"),
    ),
    Speaker(
        id="scenario",
        words="the scenario",
        trust=_range(0.5, 0.7, 0.9, "an assumption of somebody who wrote down why"),
        spread=_range(0.15, 0.3, 0.5, "as a reporter"),
    ),
)
SPEAKERS: dict[str, Speaker] = {speaker.id: speaker for speaker in _EVERY}
"""The speakers that every world has, by id; seeds add others, and every actor speaks for itself, as a party does."""
PARTY, REFERENCE = SPEAKERS["party"], SPEAKERS["reference"]
