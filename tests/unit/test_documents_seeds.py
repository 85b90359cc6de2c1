"""The bundled seeds: complete, sourced, dated in time, and giving the relations that were known."""

import re
from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path
from typing import get_args

import pytest

from simulation.documents import MEANINGS, QUANTITIES, SPEAKERS, Edit, Predicate, Seeds, load_seeds
from simulation.documents.ending import CONDITION_KINDS
from simulation.documents.force import Mobility as MobilityWord
from simulation.documents.relation import BEARING
from simulation.model.state import CaseColumn, EndingKind, Mobility

SEEDS = Path(__file__).parents[2] / "seeds"
WORLDS = [SEEDS, SEEDS / "two_valleys", SEEDS / "duel"]
ACTORS = [
    "government",
    "hts",
    "opposition_factions",
    "sna",
    "southern_factions",
    "russia",
    "iran",
    "iran_affiliated",
    "hezbollah",
    "israel",
    "turkey",
    "united_states",
    "sdf",
    "islamic_state",
    "syrian_free_army",
]

# S supports, H hostile, N neither; the relations as they were known on 26 November 2024.
KNOWN = """
hts opposition_factions S; hts sna N; hts turkey N; sna turkey S; hts government H; hts russia H; hts iran H
hts hezbollah H; hts islamic_state H; hts sdf N; hts united_states H; sna sdf H; turkey sdf H
turkey government H; turkey russia N; turkey iran N; government russia S; government iran S
government iran_affiliated S; government hezbollah S; government sdf N; russia iran S; sdf united_states S
sdf russia N; sdf islamic_state H; syrian_free_army government H; united_states russia N
united_states iran_affiliated H
united_states turkey S; israel iran H; israel hezbollah H; israel government H; israel russia N
opposition_factions government H; opposition_factions turkey S
"""
SINCE = {
    ("hts", "opposition_factions"): 2019, ("sna", "turkey"): 2016, ("hts", "government"): 2012,
    ("hts", "russia"): 2015, ("hts", "hezbollah"): 2013, ("turkey", "sdf"): 2015, ("sna", "sdf"): 2016,
    ("government", "iran"): 2011, ("government", "hezbollah"): 2012, ("sdf", "united_states"): 2014,
    ("united_states", "turkey"): 1952, ("israel", "iran"): 2012, ("russia", "iran"): 2015,
}  # fmt: skip


@pytest.fixture(scope="module")
def syria() -> Seeds:
    return load_seeds(SEEDS)


def rows() -> list[tuple[str, str, str]]:
    entries = [entry.split() for entry in re.split(r"[;\n]", KNOWN) if entry.strip()]
    return [(a, b, sign) for a, b, sign in entries]


@pytest.mark.parametrize("folder", WORLDS, ids=lambda folder: folder.name)
def test_each_world_loads_and_covers_every_sentence(folder: Path) -> None:
    seeds = load_seeds(folder)
    for document in seeds.documents.values():
        said = {claim.sentence for claim in seeds.claims.values() if claim.document == document.id}
        silent = {sentence.id for sentence in document.sentences.values() if sentence.no_claim}
        assert said | silent == set(document.sentences)
        assert not said & silent


def test_actors_are_the_fifteen_in_their_permanent_order(syria: Seeds) -> None:
    assert list(syria.actor_ids) == ACTORS


def test_the_report_is_covered_by_at_least_forty_claims(syria: Seeds) -> None:
    report = [claim for claim in syria.claims.values() if claim.document == "2024-11-28-northern-syria"]
    assert len(report) >= 40
    assert [claim.id for claim in report] == [f"C{number:02}" for number in range(1, len(report) + 1)]


def test_every_actor_is_named_by_a_claim(syria: Seeds) -> None:
    named = {name for claim in syria.claims.values() for name in (claim.subject, *claim.objects)}
    assert named == set(ACTORS)


def test_what_the_opposition_claims_to_have_taken_is_not_verified(syria: Seeds) -> None:
    villages = syria.claims["C17"]
    assert villages.quantity is not None
    assert (villages.quantity.low, villages.quantity.unit, villages.verified) == (16, "villages", False)


@pytest.mark.parametrize(("a", "b", "sign"), rows())
def test_relations_have_the_signs_that_were_known(syria: Seeds, a: str, b: str, sign: str) -> None:
    relation = syria.relation(a, b)
    assert relation is not None
    assert relation.sign == {"S": 1, "H": -1, "N": 0}[sign]
    assert relation.claims


def test_islamic_state_is_hostile_to_all_and_all_to_it(syria: Seeds) -> None:
    others = [actor for actor in ACTORS if actor != "islamic_state"]
    assert all(syria.at_war("islamic_state", other) for other in others)


def test_relations_began_in_the_years_that_were_known(syria: Seeds) -> None:
    found = {pair: relation.since for pair in SINCE if (relation := syria.relation(*pair)) is not None}
    assert found == SINCE


def test_blocs_follow_from_the_relations(syria: Seeds) -> None:
    blocs: dict[str, set[str]] = {}
    for actor, bloc in syria.blocs.items():
        blocs.setdefault(bloc, set()).add(actor)
    assert blocs == {
        "government": {"government", "russia", "iran", "iran_affiliated", "hezbollah"},
        "hts": {"hts", "opposition_factions", "sna", "turkey"},
        "southern_factions": {"southern_factions"},
        "israel": {"israel"},
        "united_states": {"united_states", "sdf", "syrian_free_army"},
        "islamic_state": {"islamic_state"},
    }


def test_hostile_words_alone_are_no_war(syria: Seeds) -> None:
    assert syria.at_war("government", "hts")
    assert syria.at_war("hts", "government")
    assert not syria.at_war("turkey", "government")
    assert not syria.at_war("united_states", "hts")
    assert not syria.at_war("government", "russia")


def test_attackers_dormant_fronts_and_the_truce(syria: Seeds) -> None:
    assert syria.attackers == {"hts", "opposition_factions"}
    assert syria.dormant == {"sna", "southern_factions", "sdf", "syrian_free_army"}
    (truce,) = syria.truces
    assert {truce.a, truce.b} == {"israel", "hezbollah"}
    assert truce.since == "2024-11-27T04:00"


def test_disbelieving_turkeys_backing_removes_the_relation_and_what_rests_on_it(syria: Seeds) -> None:
    doubted = load_seeds(SEEDS, [Edit(disbelieve="C47"), Edit(disbelieve="B04")])
    assert doubted.relation("turkey", "opposition_factions") is None
    assert doubted.relation("turkey", "sna") is None
    assert not [support for support in doubted.supports if support.patron == "turkey"]
    assert doubted.blocs["turkey"] == "turkey"
    numbers = {actor.id: dict(actor.inputs()) for actor in doubted.actors}
    assert numbers["sna"]["sna_restraint"].value == 0
    assert {actor.id: dict(actor.inputs()) for actor in syria.actors}["sna"]["sna_restraint"].best == 0.5


def test_disbelieving_the_report_of_the_attack_leaves_no_attackers() -> None:
    doubted = load_seeds(SEEDS, [Edit(disbelieve="C03"), Edit(disbelieve="C16")])
    assert doubted.attackers == frozenset()
    assert doubted.at_war("hts", "government")


def test_every_number_has_exactly_one_basis_and_a_reason_of_words(syria: Seeds) -> None:
    for actor in syria.actors:
        for name, quantity in actor.inputs():
            assert (quantity.source is None) != (quantity.assumption is None), name
            assert len((quantity.source or quantity.assumption or "").split()) >= 3, name
            assert quantity.otherwise is None or quantity.otherwise.assumption, name


def test_priors_of_the_government_hold_collapse_and_stalemate(syria: Seeds) -> None:
    government = syria.actors[0].quantities
    for quantity in (government.cohesion, government.confidence):
        assert quantity is not None
        low, _, high = quantity.span
        assert low <= 0.3
        assert high >= 0.9


def test_forces_place_every_actor_with_fighters_and_no_more_than_all(syria: Seeds) -> None:
    shares: dict[str, float] = {}
    for force in syria.forces:
        shares[force.actor] = shares.get(force.actor, 0.0) + force.share
    assert set(shares) == set(ACTORS) - {"israel"}
    assert all(0.95 <= share <= 1 + 1e-9 for share in shares.values())
    assert 250 <= sum(force.units for force in syria.forces) <= 400


def test_units_are_of_a_like_size_at_the_best_estimates(syria: Seeds) -> None:
    best = {actor.id: actor.best("fighters") * actor.best("map_share") for actor in syria.actors}
    for force in syria.forces:
        assert 40 <= best[force.actor] * force.share / force.units <= 1200, force.id


def test_endings_come_in_their_order(syria: Seeds) -> None:
    ids = [ending.id for ending in syria.endings]
    assert ids == [
        "government_falls", "truce_aleppo_lost", "truce", "centre_falls", "aleppo_falls", "thrown_back", "contained"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "numbered"),
    [(QUANTITIES, CaseColumn), (CONDITION_KINDS, EndingKind), (get_args(MobilityWord), Mobility)],
)
def test_the_files_and_the_state_have_the_same_words(words: Iterable[str], numbered: type[IntEnum]) -> None:
    assert [*words] == [member.name.lower() for member in numbered]


def test_the_readme_explains_every_word() -> None:
    text = (SEEDS / "README.md").read_text(encoding="utf-8")
    assert set(MEANINGS) == set(Predicate)
    for word in [*Predicate, *SPEAKERS, *QUANTITIES]:
        assert f"`{word}`" in text, word
    for predicate, (_, weight) in BEARING.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{predicate}`"))
        assert not weight or f"| {weight} |" in row


def test_the_duel_is_twenty_against_eighteen() -> None:
    duel = load_seeds(SEEDS / "duel")
    inputs = {name: quantity.value for actor in duel.actors for name, quantity in actor.inputs()}
    assert inputs == {"red_fighters": 20, "red_kill_rate": 1, "blue_fighters": 18, "blue_kill_rate": 1}
    assert duel.at_war("red", "blue")


def test_two_valleys_has_two_sides_and_a_company_in_pay() -> None:
    valleys = load_seeds(SEEDS / "two_valleys")
    assert valleys.blocs["free_company"] == valleys.blocs["river_council"] != valleys.blocs["highland_league"]
    assert valleys.attackers == {"highland_league"}
    assert len(valleys.claims) >= 12
    assert 10 <= sum(force.units for force in valleys.forces) <= 25
