"""Every column and every daily series of a real run is declared: with label, unit and origin, for all who may come."""

import numpy as np
import pandas as pd
import pytest

from simulation.engine.ensemble import Ensemble
from simulation.engine.loop import next_event, run_on
from simulation.engine.replicate import start_history
from simulation.model.daily_series import SHOWN, DailySeries
from simulation.model.registry import Process
from simulation.model.state import EVENT
from simulation.outcomes.collector import Collector
from simulation.outcomes.labels import INPUT_PREFIX, describe, describe_series
from simulation.outcomes.participants import participants
from simulation.outcomes.tables import Words
from simulation.outcomes.variables import OUTCOMES
from simulation.scenario import load_scenario
from simulation.scenario.catalogue import names
from simulation.world.world import build_world

DAYS = 5
"""Long enough for the measures of every bundled scenario to begin."""
HISTORIES = 2


def tables_of(world):
    """Return the tables of outcomes and of the day for a few histories, and the histories."""
    (chunk,) = Ensemble(world, range(HISTORIES), seed=1, workers=1)
    found = Collector(world).add(chunk)
    return frame(found["outcomes"]), frame(found["daily"]), chunk


def frame(columns):
    """Return columns as a table, with words for codes."""
    return pd.DataFrame(
        {
            name: [values.names[code] for code in values.codes] if isinstance(values, Words) else values
            for name, values in columns.items()
        }
    )


@pytest.fixture(scope="module", params=names())
def bundled(request):
    """Return the world of a bundled scenario with what `tables_of` makes of it."""
    world = build_world(load_scenario(request.param, [f"days={DAYS}"]))
    return world, *tables_of(world)


def test_every_column_and_series_of_a_run_has_label_unit_and_origin(bundled):
    world, outcomes, daily, _ = bundled
    inputs = world.scenario.inputs
    assert set(outcomes) > {f"{INPUT_PREFIX}{name}" for name in inputs}
    meanings = {column: describe(column, inputs=inputs) for column in outcomes}
    meanings |= {f"daily {series}": describe_series(series) for series in daily["series"].unique()}
    bare = {key for key, each in meanings.items() if not (each.label and each.unit and each.origin)}
    assert bare == set()
    assert {each.actor for each in meanings.values()} <= {"", *world.actors}


def test_whoever_does_something_in_a_history_has_its_series(bundled):
    """All but confidence, which actors have who never come onto the map."""
    world, _, _, histories = bundled
    groups = participants(world)
    for series in set(SHOWN) - {DailySeries.CONFIDENCE}:
        days = [h.outcome.daily[:, series, : len(world.actors)] for h in histories]
        seen = {int(k) for values in days for k in values.any(axis=0).nonzero()[0]}
        assert seen <= {k for group in series.whose for k in groups[group]}, series


@pytest.fixture
def changed(tmp_path):
    def build(base, measure, days=DAYS):
        file = tmp_path / "changed.yaml"
        text = f"extends: {base}\ntitle: changed\ndays: {days}\nmeasures:\n  - {measure}\n"
        file.write_text(text, encoding="utf-8")
        return build_world(load_scenario(file))

    return build


def test_strikes_of_an_actor_without_aircraft_stand_in_the_table_of_the_day(changed):
    world = changed("two-valleys", "bombardment: {by: river_council, sorties_per_day: 30, from_day: 0}")
    assert "river_council_sorties_per_day" not in world.scenario.inputs
    outcomes, daily, _ = tables_of(world)
    total = outcomes.set_index("replicate")["sorties_total"]
    flown = daily[daily.series == "sorties"].groupby(["replicate", "actor"])["value"].max()
    assert (total > 0).all()
    assert flown.groupby("replicate").sum().to_dict() == total.to_dict()


def test_the_last_row_of_a_history_is_that_of_its_end_and_holds_what_outcomes_hold(changed):
    """Also of those that end early, and of a run that ends within a day."""
    campaign = "bombardment: {by: river_council, sorties_per_day: 30, from_day: 0}"
    early = 0
    for days in (0.5, 2.25, 5):
        (chunk,) = Ensemble(changed("two-valleys", campaign, days), range(8), seed=1, workers=1)
        tables = Collector(changed("two-valleys", campaign, days)).add(chunk)
        daily, outcomes = frame(tables["daily"]), frame(tables["outcomes"]).set_index("replicate")
        ends = daily.groupby("replicate")["day"].max()
        assert ends.to_dict() == outcomes["end_day"].to_dict()
        early += (ends < days).sum()
        last = daily[daily["day"] == daily["replicate"].map(ends)]
        of = {name: rows.groupby("replicate")["value"].sum() for name, rows in last.groupby("series")}
        assert of["sorties"].to_dict() == outcomes["sorties_total"].to_dict()
        assert of["displaced"].to_dict() == outcomes["displaced_end"].to_dict()
        assert of["civilians_killed"].to_dict() == outcomes["civilians_killed"].to_dict()
        within = daily[daily["day"] % 1 > 0]
        assert (within["day"] == within["replicate"].map(ends)).all()
    assert early > 0 and outcomes["sorties_total"].sum() > 0


def test_an_actor_that_only_a_measure_brings_has_columns_and_series(changed):
    world = changed("aleppo", "reinforcement: {of: israel, fighters: 500, at: Damascus, from_day: 1}")
    assert not world.template.actors[world.actors.index("israel")].fights
    outcomes, daily, _ = tables_of(world)
    # In the midst of an enemy's land they may be taken at once.
    fates = [f"fighters_{fate}_israel" for fate in ("left", "killed", "wounded", "captured", "deserted")]
    assert (outcomes[fates].sum(axis=1) == 500).all()
    daily = daily[daily.actor == "israel"]
    present = daily[daily.series == "fighters_present"].groupby("day")["value"]
    assert present.max()[0] == 0 and present.max().max() > 400
    assert {"area_km2", "killed", "cohesion"} <= set(daily.series)
    assert "fighters_left_israel" not in Collector(build_world(load_scenario("aleppo"))).outcome_names


def test_villages_that_an_ally_takes_stand_in_the_table_of_the_day():
    """Allies have no say on the map; in some histories their troops take a village all the same."""
    world = build_world(load_scenario("aleppo", [f"days={DAYS}"]))
    histories = [each for chunk in Ensemble(world, range(50, 100), seed=1, workers=1) for each in chunk]
    daily, seen = frame(Collector(world).add(histories)["daily"]), 0
    for ally in ("russia", "iran", "iran_affiliated", "hezbollah"):
        taken = daily[(daily.series == "villages_taken") & (daily.actor == ally)]
        k = world.actors.index(ally)
        most = max(history.outcome.actors.villages_taken[k] for history in histories)
        assert taken["value"].max() == most
        seen += most
    assert seen > 0


IN_THE_STATE = {
    DailySeries.AREA_KM2: "area_m2",
    DailySeries.PEOPLE_HELD: "people",
    DailySeries.FIGHTERS_PRESENT: "present",
    DailySeries.KILLED: "killed",
    DailySeries.WOUNDED: "wounded",
    DailySeries.CAPTURED: "captured",
    DailySeries.DESERTED: "deserted",
    DailySeries.SORTIES: "sorties",
    DailySeries.CONFIDENCE: "confidence",
    DailySeries.VILLAGES_TAKEN: "villages_taken",
    DailySeries.CLAIMED_VILLAGES: "claimed_villages",
    DailySeries.CLAIMED_KILLED: "claimed_killed",
    DailySeries.DISPLACED: "displaced",
    DailySeries.CIVILIANS_KILLED: "civilians_killed",
    DailySeries.LEFT_COUNTRY: "left_country",
}
"""Where each series but cohesion, which belongs to units, stands in the state: of the actors, or of the world."""


@pytest.mark.parametrize(
    ("name", "replicates"), [("bombardment-2020", range(5, 6)), ("two-valleys", range(20))]
)
def test_a_number_is_changed_by_the_processes_that_are_named(name, replicates):
    """Event by event: who changes a series, or ends a history, is among those of whom that is said.

    In history 5 of the bombardment people who had fled are killed, by strikes and between the lines.
    """
    world = build_world(load_scenario(name))
    log, makers, enders = np.zeros(1, EVENT).view(np.recarray), {}, set()
    for replicate in replicates:
        state = start_history(world, replicate, 1)
        before = numbers_of(state)
        while next_event(state) >= 0:
            run_on(state, log)
            process, after = Process(int(log[0].process)), numbers_of(state)
            for series in after:
                if not np.array_equal(before[series], after[series]):
                    makers.setdefault(series, set()).add(process)
            before = after
        if state.world[0].over:
            enders.add(process)
    assert {s: strange for s, found in makers.items() if (strange := found - set(s.made_by))} == {}
    assert enders <= set(OUTCOMES["end_day"].made_by)
    assert len(makers) > 10 and (enders or name != "two-valleys")


def numbers_of(state):
    """Return what the series are taken from, as it stands now."""
    return {
        series: np.array(state.actors[field] if field in state.actors.dtype.names else state.world[0][field])
        for series, field in IN_THE_STATE.items()
    }


def test_a_front_may_open_on_the_first_day(tmp_path):
    """The measure comes before the first day has begun; no report is due in the past."""
    file = tmp_path / "open.yaml"
    front = "front: {of: southern_factions, open: true, from_day: 0, until_day: 2}"
    file.write_text(f"extends: aleppo\ntitle: open\ndays: 3\nmeasures:\n  - {front}\n", encoding="utf-8")
    (chunk,) = Ensemble(build_world(load_scenario(file)), range(2), seed=1, workers=1)
    assert [history.trouble for history in chunk] == ["", ""]
