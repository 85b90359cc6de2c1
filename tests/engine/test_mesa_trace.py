"""Events as JSON and as sentences: names instead of indices, and nothing that JSON does not know."""

import ast
import json

import code_map
import numpy as np
import pytest

from simulation.errors import RunError
from simulation.histories.causes import BROKE, Break, Departure, Fall
from simulation.histories.diary import SUMMARIES, day_sentences, tell
from simulation.histories.observer import Happening
from simulation.histories.sentences import SENTENCES, sentence
from simulation.histories.trace import trace_lines
from simulation.model.change_kind import ChangeKind
from simulation.model.registry import Process
from simulation.model.state import EVENT
from simulation.outcomes.events import EVENTS, Event, Told, event_dict, event_line
from simulation.outcomes.names import unit_name
from simulation.scenario import load_scenario
from simulation.world.world import build_world

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
    row = {"time": time, "process": process, "entity": entity, "occurrence": 0} | NOBODY | fields
    return Event.of(np.array([tuple(row[name] for name in EVENT.names)], EVENT))


def happening(process, cause=None, **fields):
    return Happening(record=event(process, **fields), cause=cause)


def indices(world, *names):
    return [world.actors.index(name) for name in names]


def filled(process):
    """Return the amounts that the file of a process writes into its event."""
    text = (code_map.PACKAGE / code_map.PROCESSES / f"{process.name.lower()}.py").read_text(encoding="utf-8")
    targets = [
        target
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Assign)
        for target in node.targets
    ]
    fields = {node.attr for target in targets for node in ast.walk(target) if isinstance(node, ast.Attribute)}
    return fields & {"amount", "amount2", "value"}


@pytest.mark.parametrize("process", Process, ids=lambda process: process.name.lower())
def test_every_process_has_a_row_that_names_the_amounts_it_fills(process):
    words = EVENTS[process]
    # A measure's amount is the kind of change, which an event tells under a name of its own.
    assert set(words.amounts()) == filled(process) - ({"amount"} if process is Process.MEASURE else set())
    assert set(words.yes_or_no) <= set(words.amounts().values())


def test_every_process_is_told_as_its_row_says():
    told = {way: {process for process, words in EVENTS.items() if way in words.told} for way in Told}
    assert told[Told.ALONE] == set(SENTENCES)
    assert told[Told.BY_DAY] == {process for summary in SUMMARIES for process in summary.of}
    assert {process for process, words in EVENTS.items() if not words.told} == {Process.RALLY}


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


def test_an_event_has_the_fields_of_its_record():
    assert Event._fields == EVENT.names


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
        assert sentence(syria, happening(process, actor=0)) is None


@pytest.mark.parametrize(("kind", "value"), [(k, v) for k in ChangeKind for v in (0.5, -1.0)])
def test_every_change_has_a_sentence_or_cannot_be_set_back(syria, kind, value):
    government, hts = indices(syria, "government", "hts")
    told = {"actor": hts, "other": government, "place": 0, "amount": kind, "value": value}
    text = sentence(syria, happening(Process.MEASURE, **told, amount2=1))
    assert "{" not in text
    assert text.endswith(".") or value < 0
    of_none = sentence(syria, happening(Process.MEASURE, **told, amount2=0))
    assert of_none == (None if kind in (ChangeKind.END_TRUCE, ChangeKind.SET_COMPLIANCE) else text)


def test_a_day_counts_together_what_belongs_together(syria):
    government, hts = indices(syria, "government", "hts")
    a, b = syria.places.index("Saraqib"), syria.places.index("Maarat al-Numan")
    at = {place: int(syria.region.places[place].cell) for place in (a, b)}
    undefended = Fall(entered=True, attackers=900, left=None)
    days = dict(
        day_sentences(
            syria,
            [
                happening(
                    Process.SEIZE, undefended, cell=at[a], actor=hts, other=government, place=a, amount=3
                ),
                happening(Process.CASUALTY, actor=hts, amount=1),
                happening(Process.CASUALTY, actor=hts, amount=0),
                happening(
                    Process.SEIZE, undefended, cell=at[b], actor=hts, other=government, place=b, amount=1
                ),
                happening(
                    Process.GIVE_WAY, time=1.2, actor=government, unit=0, cell=at[a], amount=1, amount2=2
                ),
                happening(Process.FLEE, time=1.3, cell=at[a], amount=1200, amount2=20),
                happening(Process.JOIN, time=1.4, actor=hts, other=government),
            ],
        )
    )
    lines = {day: [each.text for each in sentences] for day, sentences in days.items()}
    assert [each.sums for each in days[0]] == [False, True, True]
    assert lines[0] == [
        "Saraqib and Maarat al-Numan fall from Government to HTS: nobody defended them.",
        "Villages taken: HTS 4. Lost: Government 4.",
        "Losses in the fighting: HTS 1 killed and 1 wounded.",
    ]
    assert lines[1] == [
        "A front opens between HTS and Government.",
        "Units that give way: 1 unit of Government at Saraqib (fighters: 1 captured, 2 deserted).",
        "Civilians: 1,200 flee from Saraqib, 20 of them abroad.",
    ]


def test_places_that_fell_for_other_reasons_have_sentences_of_their_own(syria):
    government, hts = indices(syria, "government", "hts")
    a, b = syria.places.index("Saraqib"), syria.places.index("Maarat al-Numan")
    broken = Break(
        fighters=200, cohesion=0.31, own=300, enemy=900, flanks=0.4, drivers=("odds", "flanks"), manner="fled"
    )
    left = Departure(how=BROKE, day=0.4, units=1, breaking=broken)
    falls = [
        happening(
            Process.SEIZE,
            Fall(entered=True, attackers=900, left=why),
            cell=int(syria.region.places[place].cell),
            actor=hts,
            other=government,
            place=place,
        )
        for place, why in ((a, left), (b, None))
    ]
    ((_, lines),) = day_sentences(syria, falls)
    assert [each.text for each in lines] == [
        "Saraqib falls from Government to HTS after its garrison fled, outnumbered three to one and with "
        "its flank open.",
        "Maarat al-Numan falls from Government to HTS: nobody defended it.",
    ]


def test_days_have_headings_with_their_dates_and_quiet_days_share_one(syria):
    days = [happening(Process.DAY, time=float(day)) for day in (0, 1, 2)]
    assert list(tell(syria, days)) == ["Days 0 to 1, until Thursday 28 November: quiet days"]
    busy = happening(Process.JOIN, time=0.5, actor=0, other=1)
    lines = list(tell(syria, [days[0], busy, days[1], days[2]]))
    assert lines[0] == "Day 0, Wednesday 27 November" and lines[1].startswith("  A front opens between ")
    assert lines[2:] == ["Day 1, Thursday 28 November: a quiet day"]


def test_a_trace_tells_every_event_and_ends_with_the_ending(syria):
    lines = list(trace_lines(syria, replicate=0, seed=1, jsonl=True))
    times = [json.loads(line)["time"] for line in lines]
    assert times == sorted(times) and len(lines) > 100
    story = list(trace_lines(syria, replicate=0, seed=1))
    assert story[0] == f"History 0 of {syria.scenario.name}, seed 1: one of many, no likelier than any other."
    assert story[1] == "Day 0, Wednesday 27 November" and story[-1].startswith("The history ends on day 2: ")


@pytest.mark.parametrize("driver", ["compiled", "mesa"])
def test_a_trace_of_a_history_that_failed_is_an_error(driver):
    world = build_world(load_scenario("two-valleys"))
    world.template.world.max_events = 30
    with pytest.raises(RunError, match="replicate 1 failed"):
        list(trace_lines(world, replicate=1, seed=1, driver=driver))


@pytest.mark.parametrize("replicate", [0, 3])
def test_both_drivers_tell_the_same_lines(replicate):
    world = build_world(load_scenario("two-valleys"))
    told = {
        driver: list(trace_lines(world, replicate=replicate, seed=1, driver=driver))
        for driver in ("compiled", "mesa")
    }
    assert told["compiled"] == told["mesa"] and len(told["mesa"]) > 10


def test_both_drivers_tell_the_same_lines_of_aleppo(syria):
    compiled, mesa = (
        list(trace_lines(syria, replicate=3, seed=1, driver=driver)) for driver in ("compiled", "mesa")
    )
    assert compiled == mesa and any(" falls from " in line for line in mesa)
