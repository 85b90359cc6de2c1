"""Why a place fell: the chain of one history, in words and as data, and the reasons in plain English."""

from __future__ import annotations

import dataclasses
import json

import pytest

from simulation import explain
from simulation.api.trace import Explanation
from simulation.commands.trace import check_trace
from simulation.errors import InputError
from simulation.histories import causal_chain, causes
from simulation.histories.causes import Break, Collapse, Departure, Fall, Mood, Terms
from simulation.histories.explanation import place_called
from simulation.histories.reasons import (
    break_reason,
    collapse_reason,
    fall_reason,
    front_reason,
    odds_words,
    truce_reason,
)
from simulation.histories.sentences import ordinal
from simulation.histories.trace import chain_around
from simulation.scenario import load_scenario
from simulation.world.world import build_world

BROKEN = Break(
    fighters=200, cohesion=0.41, own=300, enemy=900, flanks=0.75, drivers=("cohesion", "odds"), manner="fled"
)


@pytest.fixture(scope="module")
def syria():
    return build_world(load_scenario("aleppo", ["days=6"]))


def explained(world, place: str, replicate: int, driver: str = "compiled") -> Explanation:
    found = chain_around(world, place, replicate=replicate, seed=1, driver=driver)
    return Explanation(world=world, replicate=replicate, seed=1, chain=found)


def left(how: str, **more: object) -> Fall:
    leaving = Departure(how=how, day=2.0, units=1, breaking=BROKEN if how == causes.BROKE else None)
    return Fall(entered=True, attackers=900, left=dataclasses.replace(leaving, **more))


@pytest.mark.parametrize(
    ("odds", "words"),
    [(1.5, "one and a half to one"), (1.9, "two to one"), (2.6, "two and a half to one"), (3.2, "three to one"),
     (10.4, "ten to one"), (11, "more than ten to one")],
)  # fmt: skip
def test_odds_are_said_in_words(odds, words):
    assert odds_words(odds) == words


@pytest.mark.parametrize(
    ("driver", "words"),
    [("cohesion", "badly shaken (cohesion 41 of 100)"), ("odds", "outnumbered three to one"),
     ("flanks", "with enemies on most sides"), ("surprise", "taken by surprise"), ("outflanked", "outflanked"),
     ("unwilling", "with its own side bound elsewhere"), ("overreach", "deep in land of the other side"),
     ("doubt", "with its side's faith gone")],
)  # fmt: skip
def test_each_driver_of_a_break_has_words(driver, words):
    assert break_reason(dataclasses.replace(BROKEN, drivers=(driver,))) == words


@pytest.mark.parametrize(
    ("fall", "words"),
    [
        (Fall(entered=True, attackers=9, left=None), ": nobody defended it"),
        (
            Fall(entered=False, attackers=0, left=None),
            ": nobody defended it, and the land around was already lost",
        ),
        (
            left(causes.BROKE),
            " after its garrison fled, badly shaken (cohesion 41 of 100) and outnumbered three to one",
        ),
        (left(causes.ORDERED_OUT, day=0.5), " after its garrison had been ordered out on day 0"),
        (
            left(causes.DESTROYED),
            " after the last fighters of its garrison were killed or wounded",
        ),
        (left(causes.SENT, target=0), " after its garrison had been sent to help hold {}"),
        (left(causes.CALLED, target=0), " after its garrison had been called away to attack {}"),
        (left(causes.ATTACKED, target=0), " after its garrison had been sent to attack {}"),
    ],
)
def test_every_way_to_lose_a_place_has_words(syria, fall, words):
    assert fall_reason(syria, fall, day=2.5) == words.format(syria.places[0])


def test_truces_fronts_and_collapses_have_reasons(syria):
    hts, government = syria.actors.index("hts"), syria.actors.index("government")
    terms = Terms(lost=0.12, lost_by_rival=0.05, restraint=0.6, pressed=True, winning=False)
    assert truce_reason(syria, terms, hts, government) == (
        ": pressure from outside holds HTS back (restraint 60 of 100), 12 of 100 fighters of HTS and 5 of 100 "
        "of Government are lost and the attackers have gained little lately"
    )
    assert truce_reason(
        syria, dataclasses.replace(terms, until=4.2, one_sided=True), hts, government
    ).startswith(" until day 5, which only one side means to observe: pressure")
    assert truce_reason(syria, dataclasses.replace(terms, until=99.0), hts, government).startswith(
        " for a fixed time, beyond the last day: pressure"
    )
    assert front_reason(syria, Mood(lost=0.4, decides=True), government) == (
        ": Government looks weak, 40 of 100 parts of its confidence are gone"
    )
    assert front_reason(syria, Mood(lost=0.0, decides=False), government).startswith(", although")
    found = Collapse(lost=0.9, seats=14, seats_lost=5, capital=3, capital_lost=False, threatened=True)
    assert collapse_reason(syria, found) == (
        ": 90 of 100 parts of its confidence are gone, 5 of its 14 provincial capitals are lost and "
        f"{syria.places[3]} is under threat"
    )
    assert [ordinal(k) for k in (1, 2, 3, 4, 11, 22)] == ["1st", "2nd", "3rd", "4th", "11th", "22nd"]


def test_a_place_is_found_whatever_its_capitals(syria):
    assert syria.places[place_called(syria, "maarat AL-numan")] == "Maarat al-Numan"
    with pytest.raises(InputError, match="no place is called 'Alepo'; the nearest name is 'Aleppo'"):
        place_called(syria, "Alepo")


def test_a_fall_is_explained_from_the_orders_to_the_end(syria):
    found = explained(syria, "Saraqib", 3)
    kinds = [link.kind for link in found.chain.links]
    assert kinds[0] in (causal_chain.ORDER, causal_chain.GATHER) and kinds[-1] == causal_chain.FALL
    assert {causal_chain.NEAR, causal_chain.BREAK, causal_chain.STRIKE, causal_chain.FIGHT} <= set(kinds)
    days = [link.day for link in found.chain.links]
    assert days == sorted(days)
    lines = found.text().splitlines()
    assert lines[0].startswith(f"Day {days[-1]:.1f}: Saraqib falls from Government to ")
    document = json.loads(json.dumps(found.document(), allow_nan=False))
    assert document["fell"] and document["day"] == days[-1]
    assert [each["text"] for each in document["chain"]] == [line[12:] for line in lines[1 : 1 + len(days)]]


def test_later_changes_are_mentioned_and_the_first_fall_is_explained():
    syria = build_world(load_scenario("aleppo", ["days=15"]))
    fought_over = ("Khan al-Asal", "Kafr Naha", "Saraqib")
    tries = (explained(syria, place, k) for k in range(3, 23) for place in fought_over)
    found = next(each for each in tries if each.chain.later)
    assert float(found.chain.fall.record.time) < float(found.chain.later[0].record.time)
    assert "Afterwards it changed hands again " in found.text()
    document, first = found.document(), found.chain.later[0].record
    assert len(document["changes"]) == len(found.chain.later)
    change = document["changes"][0]
    assert change["day"] == float(first.time) and change["to"] == syria.actors[int(first.actor)]
    assert document["later"][1].endswith(change["text"])


def test_a_place_that_held_says_what_came_nearest(syria):
    found = explained(syria, "Hama", 0)
    assert found.chain.fall is None and found.document()["day"] is None
    assert found.text().startswith("Hama did not fall in this history. Government still holds it.")
    nearest = found.chain.nearest
    assert nearest is not None and f"{nearest.km:.1f} km away by road" in found.text()


def test_both_drivers_explain_the_same(syria):
    told = [explained(syria, "Saraqib", 3, driver).text() for driver in ("compiled", "mesa")]
    assert told[0] == told[1]


def test_the_library_explains_by_name():
    found = explain("two-valleys", "saddle pass", replicate=3)
    assert found.document()["place"] == "Saddle Pass" and found.chain.fall is not None


@pytest.mark.parametrize(
    "options",
    [
        {"explain": "Aleppo", "jsonl": True, "as_json": False},
        {"explain": None, "jsonl": False, "as_json": True},
    ],
)
def test_options_of_trace_that_do_not_go_together_are_refused(options):
    check_trace("Aleppo", jsonl=False, as_json=True)
    with pytest.raises(InputError, match="--json"):
        check_trace(**options)
