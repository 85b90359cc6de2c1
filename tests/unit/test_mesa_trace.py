"""Events as JSON and as sentences: names instead of indices, and nothing that JSON does not know."""

import json

import numpy as np
import pytest

from simulation.errors import RunError
from simulation.mesa_model.trace import trace_lines
from simulation.process import Process
from simulation.results.events import MEASURES, day_sentences, event_dict, event_line, sentence, tell
from simulation.results.naming import unit_name
from simulation.results.records import AMOUNTS, CHANGES
from simulation.scenario import load_scenario
from simulation.scenario.build import build_world
from simulation.state import EVENT

NOBODY = {
    "cell": -1,
    "actor": -1,
    "other": -1,
    "place": -1,
    "unit": -1,
    "amount": 0,
    "amount2": 0,
    "value": 0.0,
}


@pytest.fixture(scope="module")
def syria():
    return build_world(load_scenario("aleppo", ["days=2"]))


def event(process, time=0.5, entity=0, **fields):
    row = {"time": time, "process": process, "entity": entity} | NOBODY | fields
    return np.array([tuple(row[name] for name in EVENT.names)], EVENT).view(np.recarray)[0]


def indices(world, *names):
    return [world.actors.index(name) for name in names]


def test_every_process_says_what_its_amounts_mean():
    assert set(AMOUNTS) == set(Process)
    assert set(MEASURES) == set(range(len(CHANGES)))


def test_an_event_names_only_what_it_has(syria):
    government, hts = indices(syria, "government", "hts")
    place = syria.places.index("Saraqib")
    cell = syria.region.places[place].cell
    told = event_dict(
        syria,
        event(Process.SEIZE, cell=cell, actor=hts, other=government, place=place, amount=2, value=0.25),
    )
    assert told == {
        "time": 0.5, "process": "seize", "entity": 0, "actor": "hts", "other": "government",
        "cell": int(syria.region.cells.sub_id[cell]), "place": "Saraqib", "villages": 2, "weight": 0.25,
    }  # fmt: skip
    assert list(event_dict(syria, event(Process.DAY, value=1.0))) == [
        "time",
        "process",
        "entity",
        "day",
        "flyable",
    ]


def test_the_monitor_reports_under_its_own_name(syria):
    assert event_dict(syria, event(Process.REPORT, amount2=7))["actor"] == "monitor"


def test_a_line_is_compact_json_without_nan(syria):
    line = event_line(syria, event(Process.DAY, time=3.0))
    assert line == '{"time":3.0,"process":"day","entity":0,"day":0,"flyable":false}'
    with pytest.raises(ValueError, match="JSON"):
        event_line(syria, event(Process.RALLY, value=np.nan))


def test_units_have_stable_names_that_differ(syria):
    names = [unit_name(syria, unit) for unit in range(len(syria.template.units))]
    assert len(set(names)) == len(names)
    first = syria.seeds.forces[0]
    assert names[: first.units] == [f"{first.id}/{k + 1}" for k in range(first.units)]
    assert names[len(syria.bodies)].endswith(":1")


def test_routine_has_no_sentence(syria):
    for process in (
        Process.DAY,
        Process.RALLY,
        Process.CASUALTY,
        Process.COMMAND,
        Process.FLEE,
        Process.MARCH,
    ):
        assert sentence(syria, event(process, actor=0)) is None


@pytest.mark.parametrize(("kind", "value"), [(k, v) for k in range(len(CHANGES)) for v in (0.5, -1.0)])
def test_every_change_has_a_sentence_or_cannot_be_set_back(syria, kind, value):
    government, hts = indices(syria, "government", "hts")
    text = sentence(
        syria, event(Process.MEASURE, actor=hts, other=government, place=0, amount=kind, value=value)
    )
    assert "{" not in text
    assert text.endswith(".") or value < 0


def test_a_day_counts_together_what_belongs_together(syria):
    government, hts = indices(syria, "government", "hts")
    a, b = syria.places.index("Saraqib"), syria.places.index("Maarat al-Numan")
    lines = dict(
        day_sentences(
            syria,
            [
                event(Process.SEIZE, actor=hts, other=government, place=a, amount=3),
                event(Process.CASUALTY, actor=hts, amount=1),
                event(Process.CASUALTY, actor=hts, amount=0),
                event(Process.SEIZE, actor=hts, other=government, place=b, amount=1),
                event(Process.GIVE_WAY, time=1.2, actor=government, unit=0, amount=1, amount2=2),
                event(Process.FLEE, time=1.3, amount=1200, amount2=20),
                event(Process.JOIN, time=1.4, actor=hts, other=government),
            ],
        )
    )
    assert lines[0] == [
        "Saraqib and Maarat al-Numan pass from Government to HTS.",
        "4 villages pass from Government to HTS.",
        "Losses in the fighting: HTS 1 killed and 1 wounded.",
    ]
    assert lines[1] == [
        "A front between HTS and Government opens.",
        "1 unit of Government gives way: 1 fighter captured, 2 deserted.",
        "Civilians: 1,200 flee (20 of them abroad).",
    ]


def test_days_have_headings_with_their_dates(syria):
    lines = list(
        tell(
            syria, [event(Process.DAY, time=0.0), event(Process.DAY, time=1.0), event(Process.DAY, time=2.0)]
        )
    )
    assert lines == [
        "Day 0, Wednesday 27 November", "  A quiet day.", "Day 1, Thursday 28 November", "  A quiet day.",
    ]  # fmt: skip


def test_a_trace_tells_every_event_and_ends_with_the_ending(syria):
    lines = list(trace_lines(syria, replicate=0, seed=1, jsonl=True))
    times = [json.loads(line)["time"] for line in lines]
    assert times == sorted(times) and len(lines) > 100
    story = list(trace_lines(syria, replicate=0, seed=1))
    assert story[0] == "Day 0, Wednesday 27 November" and story[-1].startswith(
        "The history ends on day 2.00: "
    )


@pytest.mark.parametrize("driver", ["compiled", "mesa"])
def test_a_trace_of_a_history_that_failed_is_an_error(driver):
    world = build_world(load_scenario("two-valleys"))
    world.template.world.max_events = 30
    with pytest.raises(RunError, match="replicate 1 failed"):
        list(trace_lines(world, replicate=1, seed=1, driver=driver))
