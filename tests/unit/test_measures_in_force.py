"""What of several measures is in force when: the later in the file counts, whatever ends when."""

from itertools import permutations

import pytest

from simulation.model.change_kind import ChangeKind as Kind
from simulation.model.state import OWN
from simulation.scenario.dated_change import DatedChange
from simulation.scenario.in_force import Blocs, dated_changes
from simulation.scenario.overlap import overlaps
from simulation.scenario.schema import KINDS

BLOCS = Blocs(
    bloc={"hts": "rebels", "sna": "rebels", "gov": "state", "iran": "state", "israel": "israel"},
    armies=frozenset({"hts", "sna", "gov"}),
)
TWO = ("hts", "gov")
EVERY_LASTING = [
    ("ceasefire", {"between": TWO, "compliance": 0.8}),
    ("guarantee", {"between": TWO}),
    ("bombardment", {"by": "gov", "sorties_per_day": 40}),
    ("distraction", {"of": "iran", "availability": 0.2}),
    ("restraint", {"of": "hts", "by": "gov", "strength": 0.5}),
    ("front", {"of": "sna", "open": True}),
    ("front", {"of": "sna", "open": False}),
]
STRONGER = {"compliance": 0.9, "sorties_per_day": 80, "availability": 0.7, "strength": 0.9}


def measure(kind, begin, end=None, **fields):
    days = {"from_day": begin} | ({} if end is None else {"until_day": end})
    return KINDS[kind].model_validate({**fields, **days})


def strikes(begin, end, number):
    return measure("bombardment", begin, end, by="gov", sorties_per_day=number)


def truce(begin, end, compliance, between=TWO):
    return measure("ceasefire", begin, end, between=between, compliance=compliance)


def changed(*measures, truces=()):
    return [(each.day, each.kind, each.value) for each in dated_changes(truces, measures, BLOCS)]


def in_force(changes, day):
    """Return the value after all changes of a day and those before it."""
    return [value for when, _, value in changes if when <= day][-1]


@pytest.mark.parametrize(("kind", "fields"), EVERY_LASTING)
def test_measures_that_adjoin_are_one_in_any_order(kind, fields):
    parts = [measure(kind, 2, 6, **fields), measure(kind, 6, 8, **fields), measure(kind, 8, 10, **fields)]
    whole = changed(measure(kind, 2, 10, **fields))
    assert [day for day, _, _ in whole] == [2, 10]
    assert all(changed(*order) == whole for order in permutations(parts))


@pytest.mark.parametrize(("kind", "fields"), EVERY_LASTING)
def test_an_end_abolishes_nothing_that_is_in_force(kind, fields):
    whole = changed(measure(kind, 2, 10, **fields))
    assert changed(measure(kind, 2, 10, **fields), measure(kind, 4, 6, **fields)) == whole
    assert changed(measure(kind, 4, 6, **fields), measure(kind, 2, 10, **fields)) == whole
    assert changed(measure(kind, 2, 7, **fields), measure(kind, 5, 10, **fields)) == whole
    assert changed(measure(kind, 2, **fields), measure(kind, 4, 6, **fields)) == whole[:1]


@pytest.mark.parametrize(("kind", "fields"), [each for each in EVERY_LASTING if STRONGER.keys() & each[1]])
def test_of_two_numbers_the_later_in_the_file_counts(kind, fields):
    name = next(iter(STRONGER.keys() & fields))
    outer, inner = measure(kind, 2, 10, **fields), measure(kind, 4, 6, **fields | {name: STRONGER[name]})
    assert [value for _, _, value in changed(outer, inner)][:3] == [
        fields[name],
        STRONGER[name],
        fields[name],
    ]
    assert changed(inner, outer) == changed(outer)


def test_of_disjoint_measures_the_order_does_not_matter():
    parts = [strikes(0, 2, 10), strikes(2, 3, 20), strikes(5, 7, 20)]
    wanted = [(0, 10), (2, 20), (3, OWN), (5, 20), (7, OWN)]
    for order in permutations(parts):
        assert [(day, value) for day, _, value in changed(*order)] == wanted


def test_what_was_covered_counts_again_when_its_cover_ends_and_not_when_it_has_ended_itself():
    assert changed(strikes(2, 5, 40), strikes(4, 8, 80)) == [
        (2, Kind.SET_SORTIES, 40),
        (4, Kind.SET_SORTIES, 80),
        (8, Kind.SET_SORTIES, OWN),
    ]
    assert in_force(changed(strikes(4, None, 40), strikes(2, 6, 80)), 6) == 40


def test_other_actors_other_numbers_and_changes_at_once_do_not_concern_each_other():
    other = measure("bombardment", 3, 5, by="iran", sorties_per_day=7)
    shift = measure("morale", 3, of="gov", cohesion=-0.1)
    found = changed(strikes(2, 10, 40), other, shift)
    assert found == [
        (2, Kind.SET_SORTIES, 40),
        (3, Kind.SET_SORTIES, 7),
        (3, Kind.SHIFT_COHESION, -0.1),
        (5, Kind.SET_SORTIES, OWN),
        (10, Kind.SET_SORTIES, OWN),
    ]


def test_a_ceasefire_within_another_gives_way_to_it_without_making_a_new_truce():
    assert changed(truce(2, 10, 0.8), truce(4, 6, 0.5)) == [
        (2, Kind.BEGIN_TRUCE, 0.8),
        (4, Kind.BEGIN_TRUCE, 0.5),
        (6, Kind.SET_COMPLIANCE, 0.8),
        (10, Kind.END_TRUCE, 0),
    ]


def test_a_truce_that_claims_report_outlasts_a_ceasefire():
    reported = [DatedChange(0.0, Kind.BEGIN_TRUCE, OWN, *TWO)]
    assert changed(truce(2, 4, 0.9), truces=reported)[-1] == (4, Kind.SET_COMPLIANCE, OWN)


def test_a_breach_ends_a_ceasefire_until_another_begins():
    breach = measure("breach", 5, between=TWO)
    ends, begins = (5, Kind.END_TRUCE, 0), (6, Kind.BEGIN_TRUCE, 0.8)
    assert changed(truce(2, 6, 0.8), breach, truce(6, 8, 0.8))[1:3] == [ends, begins]
    assert changed(truce(2, None, 0.8), breach, truce(6, None, 0.8))[1:] == [ends, begins]
    assert changed(truce(2, 6, 0.8), truce(6, 8, 0.8), measure("breach", 7, between=TWO))[1][0] == 7
    assert changed(truce(2, 8, 0.8), breach)[1:] == [ends, (8, Kind.END_TRUCE, 0)]


def test_of_a_breach_and_a_beginning_on_one_day_the_later_in_the_file_is_last():
    breach = measure("breach", 6, between=TWO)
    kinds = [kind for _, kind, _ in changed(truce(2, 6, 0.8), breach, truce(6, 8, 0.8))]
    assert kinds == [Kind.BEGIN_TRUCE, Kind.END_TRUCE, Kind.BEGIN_TRUCE, Kind.END_TRUCE]
    kinds = [kind for _, kind, _ in changed(truce(2, 6, 0.8), truce(6, 8, 0.8), breach)]
    assert kinds == [Kind.BEGIN_TRUCE, Kind.END_TRUCE, Kind.END_TRUCE]


def test_agreements_of_armies_are_agreements_of_their_blocs():
    found = changed(truce(2, 6, 0.8), truce(6, 8, 0.8, between=("gov", "sna")))
    assert [kind for _, kind, _ in found] == [Kind.BEGIN_TRUCE, Kind.BEGIN_TRUCE, Kind.END_TRUCE]
    backwards = changed(truce(6, 8, 0.8, between=("gov", "sna")), truce(2, 6, 0.8))
    assert backwards == found


def test_what_two_without_an_army_agree_and_what_their_blocs_agree_outlast_each_other():
    pair = ("iran", "hts")
    within = dated_changes([], [truce(2, 10, 0.8), truce(4, 6, 0.5, between=pair)], BLOCS)
    assert [(each.day, each.kind, each.a) for each in within] == [
        (2, Kind.BEGIN_TRUCE, "hts"),
        (4, Kind.BEGIN_TRUCE, "iran"),
        (6, Kind.END_TRUCE, "iran"),
        (6, Kind.SET_COMPLIANCE, "hts"),
        (10, Kind.END_TRUCE, "hts"),
    ]
    longer = dated_changes([], [truce(4, 9, 0.5, between=pair), truce(2, 6, 0.8)], BLOCS)
    assert [(each.day, each.kind, each.a) for each in longer] == [
        (2, Kind.BEGIN_TRUCE, "hts"),
        (6, Kind.END_TRUCE, "hts"),
        (6, Kind.BEGIN_TRUCE, "iran"),
        (9, Kind.END_TRUCE, "iran"),
    ]
    vouched = [measure("guarantee", 2, 10, between=TWO), measure("guarantee", 4, 6, between=pair)]
    assert [day for day, _, _ in changed(*vouched)] == [2, 10]


def test_overlaps_name_both_and_say_when_and_which_counts():
    measures = [strikes(2, 10, 40), strikes(10, 12, 9), strikes(4, 6, 80), truce(4, 6, 0.5)]
    (found,) = overlaps(measures, 30)
    assert (found.first, found.second) == (0, 2)
    assert found.sentence({"gov": "Government"}) == (
        "the bombardment by Government: 40 strikes a day from day 2 to day 10, and the bombardment by Government: "
        "80 strikes a day from day 4 to day 6, overlap from day 4 to day 6; the later in the file counts then: "
        "80 strikes a day"
    )


def test_overlaps_count_within_the_run_and_for_the_same_number_alone():
    ceasefires = [truce(0, None, 0.5), truce(0, None, 0.6, between=("gov", "hts"))]
    (found,) = overlaps(ceasefires, 30)
    assert " overlap from the start; " in found.sentence({})
    assert overlaps([truce(0, None, 0.5), truce(9, None, 0.5)], 9) == []
    assert overlaps([truce(0, None, 0.5), measure("guarantee", 0, between=TWO)], 9) == []
    fields = {"of": "hts", "strength": 0.5}
    assert len(overlaps([measure("restraint", 1, by=by, **fields) for by in ("gov", "sna")], 9)) == 1
