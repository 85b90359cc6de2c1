"""The kinds of dated change that the measures of a scenario are made of, with their words."""

from __future__ import annotations

from enum import IntEnum


class ChangeKind(IntEnum):
    """One kind of dated change: `kind` of a record of `State.measures`.

    `word` names it in a trace; `sentence` tells it with {actor}, {other}, {place} and {value}, and `back` where the
    value is negative, which sets a number back to the actor's own (empty where that cannot be).
    """

    word: str
    sentence: str
    back: str

    def __new__(cls, number: int, word: str = "", sentence: str = "", back: str = "") -> ChangeKind:
        """Make a member with its number and words; TypeError for one without."""
        if not (word and sentence):
            raise TypeError(f"dated change {number} has no words")
        member = int.__new__(cls, number)
        member._value_, member.word, member.sentence, member.back = number, word, sentence, back
        return member

    SET_SORTIES = (
        0,
        "sorties",
        "Strikes by {actor} are set to {value:g} a day.",
        "Strikes by {actor} are as many as before.",
    )
    SET_AVAILABILITY = (
        1,
        "availability",
        "The freedom of {actor} to help is set to {value:g}.",
        "{actor}: as free to help as before.",
    )
    SET_RESTRAINT = (
        2,
        "restraint",
        "The restraint of {actor} is set to {value:g}.",
        "The restraint of {actor} is as before.",
    )
    BEGIN_TRUCE = (
        3,
        "truce_begins",
        "A truce between {actor} and {other} begins.",
        "A truce between {actor} and {other} begins.",
    )
    END_TRUCE = 4, "truce_ends", "The truce between {actor} and {other} ends."
    SET_GUARANTEE = (
        5,
        "guarantee",
        "The guarantee of a truce between {actor} and {other} is set to {value:g}.",
    )
    SET_FRONT = (
        6,
        "front",
        "The freedom of {actor} to open a front is set to {value:g}.",
        "{actor}: free to open a front as before.",
    )
    SHIFT_COHESION = (
        7,
        "cohesion",
        "The cohesion of all units of {actor} moves by {value:+g}.",
        "The cohesion of all units of {actor} moves by {value:+g}.",
    )
    SHIFT_CONFIDENCE = (
        8,
        "confidence",
        "The confidence of {actor} moves by {value:+g}.",
        "The confidence of {actor} moves by {value:+g}.",
    )
    SEND = 9, "reinforcement", "{value:,.0f} fighters of {actor} set out for {place}."
    SET_COMPLIANCE = (
        10,
        "compliance",
        "The truce between {actor} and {other} is kept to {value:g}, as agreed before.",
        "The truce between {actor} and {other} is kept as before.",
    )
