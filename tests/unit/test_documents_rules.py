"""How claims become relations, blocs, wars and truces, on small made-up cases."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulation.documents.bloc import blocs_from
from simulation.documents.claim import Claim
from simulation.documents.conflict import dormant_from, supports_from, truces_from, wars_from
from simulation.documents.numbers import Numbers
from simulation.documents.quantity import Quantity
from simulation.documents.relation import HOSTILE, NEITHER, SUPPORT, Relation, relations_from
from simulation.documents.vocabulary import Predicate

ACTORS = ("a", "b", "c", "d")


def claim(
    subject: str,
    predicate: str,
    *others: str,
    number: int = 1,
    since: str | None = None,
    verified: bool = True,
) -> Claim:
    return Claim(
        id=f"X{number:02}",
        sentence="S1",
        subject=subject,
        predicate=Predicate(predicate),
        object=others or None,
        about=None if others else "itself",
        since=since,
        said_by="witness",
        verified=verified,
        text="Made up.",
    )


def only(claims: Sequence[Claim]) -> Relation:
    (relation,) = relations_from(claims, ACTORS)
    return relation


def test_a_claim_bears_on_its_pair_in_either_order_and_on_each_object() -> None:
    relations = relations_from([claim("b", "fights", "a", "c")], ACTORS)
    assert [(each.a, each.b, each.sign) for each in relations] == [("a", "b", HOSTILE), ("b", "c", HOSTILE)]


def test_an_unverified_claim_counts_as_its_speaker_is_trusted() -> None:
    assert only([claim("a", "supports", "b")]).strength == pytest.approx(0.8)
    assert only([claim("a", "supports", "b", verified=False)]).strength == pytest.approx(0.4)


def test_claims_that_agree_combine_as_independent_reasons() -> None:
    relation = only([claim("a", "supports", "b"), claim("b", "fights_beside", "a", number=2)])
    assert relation.strength == pytest.approx(1 - 0.2 * 0.4)
    assert relation.claims == ("X01", "X02")


def test_support_and_hostility_of_like_weight_are_no_sign() -> None:
    assert only([claim("a", "supports", "b"), claim("a", "bombards", "b", number=2)]).sign == NEITHER


def test_the_latest_claim_decides_between_war_and_keeping_apart() -> None:
    war = claim("a", "fights", "b", since="2012")
    apart = claim("a", "deconflicts", "b", number=2, since="2017")
    again = claim("a", "attacks", "b", number=3, since="2020-03")
    assert only([war, apart]).sign == NEITHER
    assert only([war, apart, again]).sign == HOSTILE
    assert only([war, apart, again]).since == 2012


def test_words_that_bear_on_no_relation_make_none() -> None:
    assert relations_from([claim("a", "talks_with", "b"), claim("a", "dormant")], ACTORS) == ()


def test_enemies_are_kept_out_of_a_bloc_by_the_stronger_friendship() -> None:
    relations = relations_from(
        [
            claim("a", "supports", "b"),
            claim("b", "supports", "d", number=4),
            claim("c", "allied_with", "b", number=2),
            claim("c", "fights", "a", number=3),
        ],
        ACTORS,
    )
    assert blocs_from(relations, ACTORS) == {"a": "a", "b": "a", "d": "a", "c": "c"}


@given(st.lists(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTORS), st.sampled_from([-1, 0, 1]))))
def test_no_bloc_holds_a_hostile_pair(triples: list[tuple[str, str, int]]) -> None:
    pairs = {frozenset((a, b)): (a, b, sign) for a, b, sign in triples if a != b}
    relations = [
        Relation(a=a, b=b, sign=sign, strength=0.5, since=None, claims=()) for a, b, sign in pairs.values()
    ]
    blocs = blocs_from(relations, ACTORS)
    assert set(blocs) == set(ACTORS)
    for relation in relations:
        assert relation.sign != HOSTILE or blocs[relation.a] != blocs[relation.b]


def test_a_lonely_support_joins_its_pair() -> None:
    assert blocs_from(relations_from([claim("b", "supports", "d")], ACTORS), ACTORS)["d"] == "b"


def test_a_war_needs_somebody_who_shoots() -> None:
    claims = [claim("a", "opposes", "b"), claim("a", "bombards", "c", number=2)]
    assert wars_from(relations_from(claims, ACTORS), claims) == {frozenset("ac")}


def test_support_has_a_direction() -> None:
    claims = [claim("b", "supports", "a"), claim("a", "allied_with", "c", number=2)]
    (support,) = supports_from(relations_from(claims, ACTORS), claims)
    assert (support.patron, support.client, support.claims) == ("b", "a", ("X01",))
    assert relations_from(claims, ACTORS)[0].sign == SUPPORT


def test_an_attacker_is_not_dormant() -> None:
    claims = [claim("a", "dormant"), claim("b", "dormant", number=2), claim("a", "launched", "b", number=3)]
    assert dormant_from(claims) == {"b"}


def test_the_most_exact_time_of_a_truce_counts() -> None:
    claims = [
        claim("b", "truce_with", "a", since="2024-11-27T04:00"),
        claim("a", "truce_with", "b", number=2, since="2024-11-27"),
    ]
    (truce,) = truces_from(claims, ACTORS)
    assert (truce.a, truce.b, truce.claims) == ("a", "b", ("X01", "X02"))
    assert truce.day(date(2024, 11, 27)) == pytest.approx(4 / 24)


@pytest.mark.parametrize(("since", "day"), [("2024", -331), ("2024-11", -26), ("2024-11-26", -1)])
def test_a_truce_known_to_the_year_or_month_begins_on_its_first_day(since: str, day: float) -> None:
    (truce,) = truces_from([claim("a", "truce_with", "b", since=since)], ACTORS)
    assert truce.day(date(2024, 11, 27)) == day


@pytest.mark.parametrize(
    ("numbers", "complaint"),
    [
        ({"low": 1, "best": 2, "high": 3}, "exactly one of source, assumption"),
        ({"low": 1, "best": 2, "high": 3, "source": "x", "assumption": "y"}, "found source and assumption"),
        ({"low": 3, "best": 2, "high": 4, "source": "x"}, "must rise"),
        ({"low": 2, "best": 2, "high": 2, "source": "x"}, "must rise"),
        ({"low": 2, "high": 3, "source": "x"}, "low, best and high together"),
        ({"value": 2, "high": 3, "source": "x"}, "has no low, best or high"),
        ({"value": float("nan"), "source": "x"}, "finite"),
    ],
)
def test_a_number_without_a_basis_or_a_range_is_refused(numbers: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Numbers.model_validate(numbers)


def test_a_number_that_rests_on_a_disbelieved_claim_is_otherwise() -> None:
    rests = Quantity.model_validate(
        {
            "low": 1,
            "best": 2,
            "high": 3,
            "unit": "1",
            "source": "x",
            "claims": ("C01", "C02"),
            "otherwise": {"value": 0, "assumption": "nothing"},
        }
    )
    assert rests.given({"C09"}) is rests
    assert rests.given({"C02"}).span == (0, 0, 0)
    assert rests.given({"C02"}).assumption == "nothing"
    assert rests.given({"C02"}).unit == "1"
