"""Reports that somebody adds by hand, such as "place.Weirford.holder = highland_league @ 2024-01-08"."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from simulation.documents import Speaker
from simulation.errors import InputError
from simulation.io.characters import composed
from simulation.io.pydantic_messages import suggestion
from simulation.model.daily_series import SHOWN, ActorGroup
from simulation.observation.claims import count_error
from simulation.observation.likelihood import CountError, ErrorModel, NormalError, Statement
from simulation.observation.observables import Count, Ended, Holding, Observable
from simulation.observation.report import Report
from simulation.outcomes.participants import with_blocs
from simulation.world.world import World

FORM = (
    "write WHAT = VALUE @ WHEN; WHAT is place.NAME.holder, ending, or a daily series such as killed.ACTOR; a series "
    "takes <=, >=, < and > as well; WHEN is a date (its end) or a number of days from the start; before the @ may "
    "stand ± N, error N, trust N or by SPEAKER"
)
_PARTS = re.compile(
    r"\s*(?P<what>[^=<>]+?)\s*(?P<sign><=|>=|=|<|>)\s*(?P<value>[^@]+?)\s*(?:@\s*(?P<when>\S+))?\s*"
)
_MANNER = re.compile(r"(?P<value>.*?)\s+(?P<manner>±|\+-|error|trust|by)\s*(?P<how>\S+)")
_PLACE = re.compile(r"place\.(?P<place>.+)\.holder")
_COUNTED = {each.key: each for each in SHOWN if ActorGroup.MONITOR not in each.whose or len(each.whose) > 1}
"""The series of which one may speak, by name."""


def reports_by_hand(world: World, texts: Sequence[str]) -> tuple[Report, ...]:
    """Return the reports that some texts make, called G1, G2 and so on; InputError for one that cannot be read."""
    return tuple(_Written(world, text, f"G{k}").report() for k, text in enumerate(texts, start=1))


class _Written:
    """One text, taken apart; a name that the world does not have is an InputError."""

    def __init__(self, world: World, text: str, name: str) -> None:
        """Part the text into what is said of what, how it is said, and when."""
        self.world, self.text, self.name = world, text, name
        found = _PARTS.fullmatch(text)
        if found is None:
            raise self._wrong(FORM)
        self.what, self.sign, self.when = composed(found["what"]), found["sign"], found["when"]
        said = _MANNER.fullmatch(found["value"])
        self.value = composed(said["value"] if said else found["value"])
        self.manner, self.how = (said["manner"], said["how"]) if said else ("", "")

    def report(self) -> Report:
        """Return the report."""
        day = self._day()
        if self.what == "ending":
            observable: Observable = Ended(ending=self._index("ending", self.value, self.world.endings))
            return self._yes(observable, self.world.scenario.days)
        if place := _PLACE.fullmatch(self.what):
            index = self._index("place", place["place"], self.world.places)
            self._index("actor", self.value, self.world.actors)
            side = with_blocs(self.world, [self.value])
            holders = tuple(self.world.actors.index(name) for name in side)
            return self._yes(Holding(place=index, actors=holders, day=day), day)
        return self._counted(self._count(day), day)

    def _yes(self, observable: Observable, day: float) -> Report:
        if self.sign != "=":
            raise self._wrong(f"'{self.what}' takes '=' only")
        error = Statement(sign="=", value=1, trust=self._trust())
        return self._made(observable, error, day)

    def _counted(self, observable: Count, day: float) -> Report:
        value = self._number(self.value, "a number")
        low, high = self._ends(value)
        if self.manner in ("±", "+-"):
            error: ErrorModel = NormalError(low=low, high=high, spread=self._above_zero(self.how))
        elif self.manner == "error":
            spread = self._above_zero(self.how)
            error = CountError(low=max(0.0, low), high=high, spread=spread, rumour=False)
        elif self.manner == "by":
            error = count_error(self._speaker(), max(0.0, low), high)
        else:
            return self._made(observable, Statement(sign=self.sign, value=value, trust=self._trust()), day)
        return self._made(observable, error, day, (low, high))

    def _made(
        self, observable: Observable, error: ErrorModel, day: float, ends: tuple[float, float] | None = None
    ) -> Report:
        speaker = self._speaker().words if self.manner == "by" else "whoever asks"
        return Report(
            id=self.name, text=" ".join(self.text.split()), speaker=speaker, day=day, known=None, observable=observable,
            error=error, low=ends[0] if ends else None, high=ends[1] if ends else None,
        )  # fmt: skip

    def _ends(self, value: float) -> tuple[float, float]:
        if self.sign == "=":
            return value, value
        return (-math.inf, value) if self.sign.startswith("<") else (value, math.inf)

    def _trust(self) -> float:
        """Return how far a yes or no is trusted: wholly where nothing is said."""
        if self.manner == "trust":
            trust = self._number(self.how, "a number from 0 to 1")
            if not 0 <= trust <= 1:
                raise self._wrong(f"trust must be from 0 to 1, not {trust:g}")
            return trust
        if self.manner == "by":
            return max(0.5, self._speaker().word)
        if self.manner:
            raise self._wrong(f"'{self.manner}' is for counts; a yes or no takes trust N or by SPEAKER")
        return 1.0

    def _speaker(self) -> Speaker:
        speakers = self.world.seeds.speakers
        if self.how not in speakers:
            raise self._wrong(f"no speaker '{self.how}'{suggestion(self.how, speakers)}")
        return speakers[self.how]

    def _count(self, day: float) -> Count:
        name, dot, actor = self.what.partition(".")
        if name not in _COUNTED:
            raise self._wrong(f"no series '{name}'{suggestion(name, _COUNTED)}; {FORM}")
        series = _COUNTED[name]
        if ActorGroup.EVERYBODY in series.whose:
            if dot:
                raise self._wrong(f"'{name}' is counted for all together; leave out '.{actor}'")
            return Count(series=series, columns=(len(self.world.actors),), day=day)
        if not dot:
            return Count(series=series, columns=tuple(range(len(self.world.actors))), day=day)
        return Count(series=series, columns=(self._index("actor", actor, self.world.actors),), day=day)

    def _index(self, kind: str, name: str, known: Sequence[str]) -> int:
        if name not in known:
            raise self._wrong(f"no {kind} '{name}'{suggestion(name, known)}")
        return known.index(name)

    def _day(self) -> float:
        days = self.world.scenario.days
        if self.when is None:
            if self.what != "ending":
                raise self._wrong("say when, such as @ 2024-11-30 or @ 3.5")
            return days
        day = _days_from(self.when, self.world)
        if day is None or not 0 < day <= days:
            raise self._wrong(
                f"@ must be followed by a date or a number of days within the run, up to {days:g}, not '{self.when}'"
            )
        return day

    def _above_zero(self, text: str) -> float:
        number = self._number(text, "a number above 0")
        if not number > 0:
            raise self._wrong(f"an error must be above 0, not {number:g}")
        return number

    def _number(self, text: str, what: str) -> float:
        try:
            number = float(text)
        except ValueError:
            raise self._wrong(f"'{text}' is not {what}") from None
        if not math.isfinite(number):
            raise self._wrong(f"'{text}' is not {what}")
        return number

    def _wrong(self, message: str) -> InputError:
        return InputError(message, file=f"--given {self.text}")


def _days_from(text: str, world: World) -> float | None:
    """Return a moment in days from the start: a date stands for its end; None for what is neither date nor number."""
    try:
        return float(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    end = moment if "T" in text else moment + timedelta(days=1)
    return (end - datetime.combine(world.scenario.start, time())) / timedelta(days=1)
