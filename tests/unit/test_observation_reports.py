"""Which claims and texts are reports, what of a history they speak of, and what is said of those that cannot be."""

from __future__ import annotations

import dataclasses
import math
from datetime import date

import pytest

from simulation.errors import InputError
from simulation.model.daily_series import DailySeries
from simulation.observation.by_hand import reports_by_hand
from simulation.observation.claims import reports_of
from simulation.observation.conditions import Conditions
from simulation.observation.likelihood import CountError, NormalError, Statement
from simulation.observation.observables import Count, Ended, Holding
from simulation.observation.report import Report
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world


@pytest.fixture(scope="module")
def aleppo() -> World:
    return build_world(load_scenario("aleppo"))


@pytest.fixture(scope="module")
def duel() -> World:
    return build_world(load_scenario("duel"))


def conditions(world: World, **fields: object) -> Conditions:
    return Conditions.of(build_world(dataclasses.replace(world.scenario, **fields)))  # type: ignore[arg-type]


def reports(world: World, last: int) -> dict[str, Report]:
    scenario = world.scenario
    claims = scenario.archive.reports(world.seeds, scenario.region, date(2024, 11, last))
    return {report.id: report for report in reports_of(world, claims)}


def columns(world: World, *names: str) -> tuple[int, ...]:
    return tuple(world.actors.index(name) for name in names)


def test_the_claims_of_the_article_that_speak_of_the_first_days_are_reports(aleppo: World) -> None:
    found = reports(aleppo, 28)
    assert {name for name in found if name.startswith("C")} == {"C05", "C17", "C18", "C20", "C28"}
    villages = found["C17"]
    assert (villages.day, villages.low, villages.high, villages.known) == (
        2,
        16,
        math.inf,
        date(2024, 11, 28),
    )
    assert isinstance(villages.observable, Count) and villages.observable.series is DailySeries.VILLAGES_TAKEN
    assert set(columns(aleppo, "hts", "opposition_factions")) <= set(villages.observable.columns)
    assert villages.error == CountError(low=16, high=math.inf, spread="exaggeration", exaggerates=True)
    captured = found["C20"].observable
    assert isinstance(captured, Count) and columns(aleppo, "government")[0] in captured.columns
    assert not set(columns(aleppo, "hts")) & set(captured.columns)


def test_a_place_counts_for_whose_bloc_holds_it(aleppo: World) -> None:
    fallen = reports(aleppo, 30)["R31"]
    assert isinstance(fallen.observable, Holding) and fallen.day == 4
    assert aleppo.places[fallen.observable.place] == "Aleppo"
    assert set(columns(aleppo, "hts", "opposition_factions")) <= set(fallen.observable.actors)
    assert not set(columns(aleppo, "government", "sdf")) & set(fallen.observable.actors)
    for name, trust in (("R31", 0.99), ("R21", 0.72)):
        error = reports(aleppo, 30)[name].error
        assert isinstance(error, Statement) and (error.sign, error.value) == ("=", 1)
        assert error.trust == pytest.approx(trust)


def test_counts_of_one_speaker_over_days_are_increments(aleppo: World) -> None:
    found = reports(aleppo, 30)
    first, second, last = (found[name].observable for name in ("R01", "R11", "R34"))
    assert isinstance(first, Count) and isinstance(second, Count) and isinstance(last, Count)
    assert (first.day, first.since, second.day, second.since, last.day, last.since) == (1, None, 2, 1, 4, 2)
    assert [(found[name].low, found[name].high) for name in ("R01", "R11", "R34")] == [
        (52, 52),
        (69, 69),
        (62, 62),
    ]
    error = found["R34"].error
    assert isinstance(error, CountError) and (error.low, error.high, error.seen) == (62, 62, "monitor_share")
    # What is open at one end speaks of all so far, and so does what somebody else says.
    assert found["C17"].low == 16 and found["R37"].low == 48500
    for name in ("C17", "R37", "R03", "R05"):
        counted = found[name].observable
        assert isinstance(counted, Count) and counted.since is None


def test_what_nobody_trusts_says_nothing_and_not_the_opposite(aleppo: World) -> None:
    from simulation.observation.claims import trusted

    claim = aleppo.seeds.claims["C17"].model_copy(update={"confidence": "L"})
    assert claim.trust == pytest.approx(0.3) and trusted(claim) == 0.5


def test_a_claim_that_the_scenario_disbelieves_is_no_report(aleppo: World) -> None:
    scenario = load_scenario("aleppo", ["claims=[{disbelieve: C17}]"])
    assert "C17" not in reports(build_world(scenario), 28)


@pytest.mark.parametrize(
    ("text", "observable", "error"),
    [
        ("fighters_present.red <= 10 @ 0.5", Count(series=DailySeries.FIGHTERS_PRESENT, columns=(0,), day=0.5),
         Statement(sign="<=", value=10)),
        ("killed.blue = 6 error 0.3 @ 0.5", Count(series=DailySeries.KILLED, columns=(1,), day=0.5),
         CountError(low=6, high=6, spread=0.3, rumour=False)),
        ("killed.blue >= 6 error 0.3 @ 1", Count(series=DailySeries.KILLED, columns=(1,), day=1),
         CountError(low=6, high=math.inf, spread=0.3, rumour=False)),
        ("fighters_present.red=16 +- 2 @ .5", Count(series=DailySeries.FIGHTERS_PRESENT, columns=(0,), day=0.5),
         NormalError(low=16, high=16, spread=2)),
        ("fighters_present.red < 11 trust 0.6 @ 0.5", Count(series=DailySeries.FIGHTERS_PRESENT, columns=(0,), day=0.5),
         Statement(sign="<", value=11, trust=0.6)),
        ("civilians_killed = 3 by monitor @ 2024-01-02",
         Count(series=DailySeries.CIVILIANS_KILLED, columns=(2,), day=2),
         CountError(low=3, high=3, spread=0.4, seen="monitor_share")),
        ("killed > 3 @ 2024-01-01T12:00", Count(series=DailySeries.KILLED, columns=(0, 1), day=0.5),
         Statement(sign=">", value=3)),
        ("ending = red_wins", Ended(ending=0), Statement(sign="=", value=1)),
        ("ending = blue_wins by witness", Ended(ending=1), Statement(sign="=", value=1, trust=0.5)),
    ],
)  # fmt: skip
def test_a_text_is_read_as_it_says(duel: World, text: str, observable: object, error: object) -> None:
    (report,) = reports_by_hand(duel, [text])
    assert (report.id, report.observable, report.error) == ("G1", observable, error)


def test_a_place_with_spaces_is_read(aleppo: World) -> None:
    (report,) = reports_by_hand(aleppo, ["place.Maarat al-Numan.holder = hts @ 2024-11-30"])
    assert isinstance(report.observable, Holding) and report.day == 4
    assert aleppo.places[report.observable.place] == "Maarat al-Numan"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense", "write WHAT = VALUE @ WHEN"),
        ("kiled.red = 3 @ 1", "no series 'kiled'; did you mean 'killed'?"),
        ("killed.rod = 3 @ 1", "no actor 'rod'; did you mean 'red'?"),
        ("killed.red = many @ 1", "'many' is not a number"),
        ("killed.red = nan @ 1", "'nan' is not a number"),
        ("killed.red = 3", "say when, such as @ 2024-11-30 or @ 3.5"),
        ("killed.red = 3 @ soon", "@ must be followed by a date or a number of days within the run"),
        ("killed.red = 3 @ 0", "@ must be followed by a date or a number of days within the run"),
        ("killed.red = 3 @ nan", "@ must be followed by a date or a number of days within the run"),
        ("killed.red = 3 @ 20000", "@ must be followed by a date or a number of days within the run"),
        ("killed.red = 3 error 0 @ 1", "an error must be above 0, not 0"),
        ("killed.red = 3 trust 2 @ 1", "trust must be from 0 to 1, not 2"),
        ("killed.red = 3 by gossip @ 1", "no speaker 'gossip'"),
        ("civilians_killed.red = 3 @ 1", "is counted for all together; leave out '.red'"),
        ("ending = red_win", "no ending 'red_win'; did you mean 'red_wins'?"),
        ("ending >= red_wins", "'ending' takes '=' only"),
        ("ending = red_wins error 2", "'error' is for counts"),
        ("place.Nowhere.holder = red @ 1", "no place 'Nowhere'"),
    ],
)
def test_a_text_that_cannot_be_read_is_an_error_with_its_name(duel: World, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        reports_by_hand(duel, [text])
    assert message in str(caught.value) and f"--given {text}" in str(caught.value)


def test_doubts_leave_out_reports_and_must_name_one(aleppo: World) -> None:
    found = conditions(aleppo, as_of=date(2024, 11, 28), doubt=("C17",), given=("ending = contained",))
    names = [report.id for report in found.reports]
    assert "C17" not in names and "C18" in names and names[-1] == "G1"
    with pytest.raises(InputError, match=r"--doubt R31: no report 'R31' is known by then"):
        conditions(aleppo, as_of=date(2024, 11, 28), doubt=("R31",))
    assert conditions(aleppo).reports == () and conditions(aleppo).columns([]) == {}


def test_a_scenario_with_reports_has_another_digest_and_one_without_the_same(aleppo: World) -> None:
    plain = aleppo.scenario
    as_of = dataclasses.replace(plain, as_of=date(2024, 11, 28))
    assert load_scenario("aleppo", ["as_of=2024-11-28"]).digest == as_of.digest != plain.digest
    assert dataclasses.replace(as_of, as_of=None).digest == plain.digest
    given = dataclasses.replace(plain, given=("ending = contained",))
    assert len({plain.digest, as_of.digest, given.digest}) == 3
    with pytest.raises(InputError, match="as_of must be a date"):
        dataclasses.replace(plain, as_of="2024-11-28")  # type: ignore[arg-type]
