"""What a study finds and how it is said: chance first, then what stands out, and what cannot be told apart."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulation.report.sensitivity.bars import bars_section
from simulation.report.sensitivity.dots import dots_section
from simulation.sensitivity_analysis import sentences
from simulation.sensitivity_analysis.finding import SHARE, StudyFindingKind, Trouble, TroubleKind
from simulation.sensitivity_analysis.indices import chance_table
from simulation.sensitivity_analysis.selection import answer_findings, outcome_findings
from simulation.sensitivity_analysis.sentences import study_sentences, trouble_words
from simulation.sensitivity_analysis.shares import share_words
from simulation.sensitivity_analysis.study import CHANCE, GIVEN, MORRIS, SOBOL, StudiedOutcome, Study
from simulation.sensitivity_analysis.terminal import effect_words

RARE = "too rare: other than 0 in only 3 of 1,400 cases"
TROUBLE = Trouble(kind=TroubleKind.RARE, numbers={"usual": 0.0, "other": 3, "cases": 1400})
OUTCOMES = (
    StudiedOutcome(name="killed", label="civilians killed", unit="people"),
    StudiedOutcome(name="truce", label="truce", unit=SHARE),
    StudiedOutcome(name="flight", label="people displaced", unit="people"),
)
INPUTS = ("fog", "nerve", "a", "b", "c", "d")


def shares(outcome: str, *rows: tuple[str, float, int]) -> pd.DataFrame:
    """Return a table from (input, share, group), each share with an interval of five parts to each side."""
    table = pd.DataFrame(list(rows), columns=["input", "share", "group"]).assign(outcome=outcome)
    return table.assign(low=table["share"] - 0.05, high=table["share"] + 0.05)


def chance(*rows: tuple[str, float]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=["outcome", "share"])
    return table.assign(low=table["share"] - 0.02, high=table["share"] + 0.02)


def effects(outcome: str, *rows: tuple[str, float, int]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=["input", "mean", "group"]).assign(outcome=outcome)
    return table.assign(mean_low=table["mean"] - 1, mean_high=table["mean"] + 1, size=table["mean"].abs())


TABLES = {
    "chance": chance(("killed", 0.8), ("truce", 0.6), ("flight", float("nan"))),
    "first_order": pd.concat(
        [
            shares("killed", ("fog", 0.11, 1), ("nerve", 0.04, 2), ("a", 0.03, 2), ("b", 0.0, 0)),
            shares("truce", ("fog", 0.0, 0), ("nerve", 0.0, 0)),
        ]
    ),
    "overall": shares("", ("fog", 0.08, 1), ("nerve", 0.06, 1), ("b", 0.0, 0)).drop(columns="outcome"),
    "total": shares("killed", ("fog", 0.3, 1), ("nerve", 0.1, 2)),
}
EFFECTS = {
    "effects": pd.concat(
        [
            effects("killed", (CHANCE, 2.0, 0), *((name, 3.0, 1) for name in INPUTS[:5])),
            effects("truce", (CHANCE, 0.1, 0), ("fog", 0.0, 0)),
            effects("flight", (CHANCE, 2.0, 0), ("nerve", -4.0, 1)),
        ]
    )
}
STUDY = Study(
    method=SOBOL, scenario="x", title="X", question="?", days=5.0, seed=1, histories=1600, cases=400, rows=20,
    inputs=INPUTS, kept=("fog",), outcomes=OUTCOMES, tables=TABLES, labels={"fog": "fog of war"},
    troubles={"flight": TROUBLE},
)  # fmt: skip
SILENT = replace(STUDY, troubles={each.name: TROUBLE for each in OUTCOMES})
EQUAL = replace(
    STUDY, tables=TABLES | {"first_order": TABLES["first_order"].assign(group=0), "overall": TABLES["overall"][2:]}
)  # fmt: skip
TOLD = replace(
    STUDY, method=GIVEN, effective=900.0, tables={k: TABLES[k] for k in ("first_order", "overall")}
)
WALKS = replace(STUDY, method=MORRIS, tables=EFFECTS)


def finished(study: Study) -> Study:
    return replace(study, answer_findings=answer_findings(study), outcome_findings=outcome_findings(study))


def test_every_outcome_has_its_chance_first_and_then_what_stands_out() -> None:
    killed, truce, flight = outcome_findings(STUDY)
    assert [(each.kind.value, each.input) for each in killed] == [
        ("chance", ""), ("input", "fog"), ("input", "nerve"), ("input", "a"), ("others", ""), ("total", "fog"),
    ]  # fmt: skip
    assert [each.numbers["group"] for each in killed[1:4]] == [1, 2, 2]
    assert killed[4].numbers == {"left": 1, "inputs": 4, "cases": 400}
    assert [each.kind.value for each in truce] == ["chance", "others"]
    assert [each.kind.value for each in flight] == ["unsaid"]


def test_a_study_is_said_in_parts_of_a_hundred() -> None:
    done = finished(STUDY)
    assert done.answer == (
        "Of how much histories differ (the variance), chance makes 80 of 100 parts for civilians killed and 60 of 100 "
        "parts for truce; the rest comes from what nobody knows. Over all 2 outcomes, in parts of 100 on average, fog "
        "of war (8.0) and nerve (6.0) drive most; the first 2 are too close to be put in order. A single strongest "
        "input can be named for civilians killed."
    )
    assert done.sentences == (
        "Civilians killed: 80 of 100 parts of the variance are chance (78 to 82). What knowing one number would take "
        "away, in parts: fog of war (11); then nerve (4) and a (3), not to be told apart at 1,600 histories. The "
        "effects of the other 1 cannot be told from none at 400 cases. Together with the other inputs fog of war has a "
        "hand in 30 of 100 parts (25 to 35).",
        "Truce: 60 of 100 parts of the variance are chance (58 to 62). No input stands out: the effects of all 2 "
        "cannot be told from none at 400 cases.",
        f"People displaced: nothing can be said; it is {RARE}.",
    )


@pytest.mark.parametrize(
    ("share", "low", "high", "said"),
    [
        (0.32, 0.27, 0.36, "32 (27 to 36)"),
        (0.029, 0.02, 0.039, "2.9 (2.0 to 3.9)"),
        (-0.001, -0.01, 0.02, "0.0 (0.0 to 2.0)"),
        (0.998, 0.996, 1.0, "100 (99.6 to 100.0)"),
        (0.4, 0.3996, 0.4004, "40"),
        (1.0, 1.0, 1.0, "100"),
        (0.0, 0.0, 0.0, "0.0"),
    ],
)
def test_a_range_that_is_a_point_is_not_said(share: float, low: float, high: float, said: str) -> None:
    assert share_words(share, low, high) == said


def test_no_page_or_sentence_says_a_range_from_a_number_to_itself() -> None:
    whole = TABLES["chance"].assign(share=1.0, low=1.0, high=1.0)
    none = TABLES["first_order"].assign(share=0.0, low=0.0, high=0.0, group=0)
    done = finished(replace(STUDY, tables=TABLES | {"chance": whole, "first_order": none}))
    assert "Civilians killed: 100 of 100 parts of the variance are chance. No input" in done.sentences[0]
    assert "Civilians killed 100; Truce 100" in bars_section(done)
    told = " ".join((*done.sentences, bars_section(done)))
    assert not re.search(r"\b(\d[\d.]*) to \1\b", told)
    still = EFFECTS["effects"].iloc[0].to_dict() | {"mean": 0.0, "mean_low": 0.0, "mean_high": 0.0}
    assert effect_words(still, "mean") == "0"
    assert effect_words(still | {"mean_high": 1.0}, "mean") == "0 (0 to 1)"


def test_the_chance_of_a_single_outcome_is_said_once() -> None:
    quiet = {"truce": TROUBLE, "flight": TROUBLE}
    assert finished(replace(EQUAL, troubles=quiet)).answer_sentences == (
        "Of how much histories differ (the variance), chance makes 80 of 100 parts for civilians killed; the rest "
        "comes from what nobody knows.",
        "For no outcome can a single strongest input be named.",
    )


def test_a_first_look_is_said_with_its_signs_and_without_an_order() -> None:
    done = finished(WALKS)
    assert done.answer_sentences == (
        "A first look along 20 walks: 5 of 6 inputs show an effect on some outcome that is more than a new throw of "
        "the dice.",
        "Sizes are rough; shares of variance need the full study.",
    )
    assert done.outcome_texts == {
        "killed": "a new throw of the dice alone changes it by 2 people on average. An effect shows in fog of war (+3 "
        "people), nerve (+3 people), a (+3 people) and b (+3 people), and 1 more; order within a group says nothing.",
        "truce": "a new throw of the dice alone changes it by 10 of 100 histories on average. No input shows more than "
        "that along 20 walks.",
        "flight": "a new throw of the dice alone changes it by 2 people on average. An effect shows in nerve (\u22124 "
        "people); order within a group says nothing.",
    }


def test_where_nothing_stands_out_that_is_said() -> None:
    assert finished(SILENT).answer.startswith("Nothing can be said: ")
    said = finished(EQUAL).answer
    assert "drive most" not in said and said.endswith("For no outcome can a single strongest input be named.")


def test_every_kind_comes_up_and_has_words() -> None:
    found = []
    for study in (STUDY, SILENT, EQUAL, TOLD, WALKS):
        for findings in (answer_findings(study), *outcome_findings(study)):
            assert all(text.endswith(".") for text in study_sentences(findings, study.vocabulary))
            found += findings
    assert {each.kind for each in found} == set(StudyFindingKind)


def test_every_trouble_has_words() -> None:
    numbers = {"usual": 0.5, "other": 29, "cases": 1234, "effective": 31.4}
    assert [trouble_words(Trouble(kind=kind, numbers=numbers)) for kind in TroubleKind] == [
        "the same in every history", "that histories worth 31 after the reports are too few",
        "too rare: other than 0.5 in only 29 of 1,234 cases",
    ]  # fmt: skip


def test_other_words_for_a_trouble_change_nothing_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "_TROUBLES", dict.fromkeys(TroubleKind, lambda numbers: ""))
    troubled = Study(**{**vars(STUDY), "outcomes": OUTCOMES[2:]})
    assert [each.kind for each in outcome_findings(troubled)[0]] == [StudyFindingKind.UNSAID]
    assert "Of these outcomes nothing is said" in bars_section(troubled)
    assert dots_section(troubled) == "<p>Nothing can be said.</p>"
    few = np.zeros((40, 2, 1))
    few[:3] = 1
    table = chance_table(OUTCOMES[2:], few, None, [TROUBLE])
    assert table["trouble"].tolist() == [""] and table["share"].isna().all()


def test_findings_are_plain_data_for_json() -> None:
    first = finished(STUDY).document()["findings"]["answer"][0]
    assert {name: first[name] for name in ("kind", "outcome", "input")} == {
        "kind": "most_chance", "outcome": "killed", "input": "",
    }  # fmt: skip
    assert first["numbers"]["share"] == 0.8
