"""Who says what a claim holds, what denials do to it, and times as exactly as documents name them."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from simulation.documents import SPEAKERS, Seeds, load_seeds
from simulation.documents.moment import beginning, end
from simulation.errors import InputError
from simulation.io.folders import bundled

PACKAGE = Path(__file__).parents[2] / "simulation"
VALLEYS = bundled("seeds") / "two_valleys"
FIRST_CASE = re.compile(
    r"syria|aleppo|idlib|\bhama\b|\bhoms\b|damascus|latakia|daraa|mosul|turk|ankara|russia|moscow|\biran|tehran|hezbollah"
    r"|israel|leban|\bhts\b|\bsohr\b|kurd|white helmets|\bsdf\b|\bsna\b|\bassad\b|anadolu",
    re.IGNORECASE,
)


EXAMPLES = PACKAGE / "commands" / "examples.py"
"""Commands to type, with names of bundled scenarios and their places."""
CALIBRATED = PACKAGE / "selftest" / "trials.py", PACKAGE / "selftest" / "calibration.py"
"""Checks that are made on bundled scenarios, by their names."""


def test_no_word_of_the_first_case_stands_in_the_package() -> None:
    files = [path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".md", ".html", ".css", ".js")]
    found = [
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path in files
        if "bundled" not in path.parts and path not in (EXAMPLES, *CALIBRATED)
        for line in path.read_text(encoding="utf-8").splitlines()
        if FIRST_CASE.search(line) and line != 'FIRST_CASE = "aleppo"'
    ]
    assert len(files) > 300 and found == []


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A copy of the two valleys to write in."""
    return Path(shutil.copytree(VALLEYS, tmp_path / "valleys"))


def with_claims(folder: Path, *lines: str, speakers: str = "") -> Seeds:
    file = folder / "claims" / "valley-courier.yaml"
    file.write_text(
        file.read_text(encoding="utf-8") + "".join(f"  - {line}\n" for line in lines), encoding="utf-8"
    )
    if speakers:
        (folder / "speakers.yaml").write_text(f"speakers:\n{speakers}", encoding="utf-8")
    return load_seeds(folder)


def line(name: str, said: str, *, by: str = "reporter", verified: str = "false") -> str:
    return f"{{id: {name}, sentence: S7, {said}, said_by: {by}, verified: {verified}, text: Made up.}}"


def test_every_actor_speaks_for_itself_and_the_seeds_name_others(world: Path) -> None:
    seeds = with_claims(
        world,
        line("C40", "subject: free_company, predicate: opposes, object: highland_league", by="free_company"),
        line("C41", "subject: free_company, predicate: opposes, object: highland_league", by="radio"),
        line("C42", "subject: free_company, predicate: opposes, object: highland_league", by="elders"),
        speakers="  - {id: radio, name: River Radio, kind: state_media, reason: the Council pays it}\n"
        "  - {id: elders, name: the elders, trust: {low: 0.5, best: 0.7, high: 0.9}, reason: heard on both sides}\n",
    )
    assert [seeds.claims[name].trust for name in ("C40", "C41", "C42")] == [0.6, 0.5, 0.7]
    assert [seeds.claims[name].speaker.words for name in ("C40", "C41")] == ["Company", "River Radio"]
    radio, elders = seeds.speakers["radio"], seeds.speakers["elders"]
    assert radio.exaggerates and radio.spread == SPEAKERS["state_media"].spread
    assert elders.trust.assumption == "heard on both sides"


def test_a_speaker_named_by_the_seeds_goes_before_the_actor_of_that_name(world: Path) -> None:
    seeds = with_claims(
        world, speakers="  - {id: free_company, name: the Company, kind: monitor, reason: it counts}\n"
    )
    assert seeds.speakers["free_company"].seen == "monitor_share"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  - {id: a, name: A, reason: none}\n", "give 'kind'"),
        ("  - {id: a, name: A, kind: raeporter, reason: none}\n", "did you mean 'reporter'"),
        ("  - {id: a, name: A, trust: 1.5, reason: none}\n", "trust"),
        ("  - {id: a, name: A, trust: {low: 0.9, best: 0.7, high: 1}, reason: none}\n", "must rise"),
        (
            "  - {id: a, name: A, kind: party, reason: b}\n  - {id: a, name: A, kind: party, reason: b}\n",
            "two speakers",
        ),
    ],
)
def test_a_wrong_speaker_is_refused(world: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        with_claims(world, speakers=text)
    assert "speakers.yaml:" in str(caught.value)


def test_a_denial_lowers_and_an_agreement_lifts_by_the_rule_of_bayes(world: Path) -> None:
    said = "subject: free_company, predicate: opposes, object: highland_league"
    seeds = with_claims(
        world,
        line("C40", said, by="river_council"),
        line("C41", "subject: free_company, predicate: denies, claim: C40", by="free_company"),
        line("C42", said, by="river_council"),
        line("C43", "subject: reporter, predicate: agrees, claim: C42"),
        line("C44", said, by="river_council"),
        line("C45", "subject: river_council, predicate: agrees, claim: C44"),
        line("C46", said, verified="true"),
        line("C47", "subject: free_company, predicate: denies, claim: C46"),
    )
    claims = seeds.claims
    assert claims["C40"].trust == pytest.approx(0.5)
    assert claims["C42"].trust == pytest.approx(0.6 * 0.8 / (0.6 * 0.8 + 0.4 * 0.2))
    assert claims["C44"].trust == pytest.approx(0.6)
    assert claims["C46"].trust == 1


def test_a_denial_that_nobody_believes_counts_nothing(world: Path) -> None:
    with_claims(
        world,
        line("C40", "subject: free_company, predicate: opposes, object: highland_league", by="witness"),
        line("C41", "subject: reporter, predicate: denies, claim: C40"),
    )

    class Disbelief:
        disbelieve, add = "C41", None

    assert load_seeds(world).claims["C40"].trust == pytest.approx(0.2)
    assert load_seeds(world, [Disbelief()]).claims["C40"].trust == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("subject: free_company, predicate: denies, about: everything", "'denies' names the claim"),
        ("subject: free_company, predicate: fights, claim: C01", "'fights' speaks of no claim"),
        ("subject: free_company, predicate: denies, claim: C99", "unknown claim 'C99'"),
        ("subject: nobody, predicate: denies, claim: C01", "unknown actor 'nobody'"),
        ("subject: free_company, predicate: denies, claim: C40", "cannot speak of itself"),
    ],
)
def test_a_remark_that_speaks_of_nothing_is_refused(world: Path, said: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        with_claims(world, line("C40", said))


def test_nobody_denies_a_denial_and_nobody_unknown_speaks(world: Path) -> None:
    with pytest.raises(InputError, match="name C01") as caught:
        with_claims(
            world,
            line("C40", "subject: river_council, predicate: denies, claim: C01", by="river_radio"),
            line("C41", "subject: free_company, predicate: denies, claim: C40"),
        )
    assert "unknown speaker 'river_radio'; name an actor, or add it to speakers.yaml" in str(caught.value)


def test_who_defends_attacks_nobody_unless_a_claim_says_that_it_began(world: Path) -> None:
    seeds = with_claims(
        world,
        line("C40", "subject: free_company, predicate: defends, place: South Market"),
        line("C41", "subject: highland_league, predicate: defends, place: Stonegate"),
        line("C42", "subject: free_company, predicate: killed_commander, object: highland_league"),
        line("C43", "subject: highland_league, predicate: surrendered_to, object: river_council"),
        line("C44", "subject: highland_league, predicate: lost_commander, about: a captain"),
    )
    assert seeds.defending == {"free_company"} and seeds.attackers == {"highland_league"}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", datetime(2024, 1, 1), datetime(2025, 1, 1)),
        ("2024-12", datetime(2024, 12, 1), datetime(2025, 1, 1)),
        ("2024-11", datetime(2024, 11, 1), datetime(2024, 12, 1)),
        ("2024-02-29", datetime(2024, 2, 29), datetime(2024, 3, 1)),
        ("2024-11-27T23", datetime(2024, 11, 27, 23), datetime(2024, 11, 28)),
        ("2024-11-27T04:30", datetime(2024, 11, 27, 4, 30), datetime(2024, 11, 27, 4, 30)),
        ("2024-11-27T04:30:15", datetime(2024, 11, 27, 4, 30, 15), datetime(2024, 11, 27, 4, 30, 15)),
    ],
)
def test_a_time_begins_and_ends_as_exactly_as_it_is_named(text: str, first: datetime, last: datetime) -> None:
    assert (beginning(text), end(text)) == (first, last)


def test_times_of_one_claim_may_be_of_any_two_precisions(world: Path) -> None:
    said = "subject: free_company, predicate: watches, about: all"
    seeds = with_claims(
        world, line("C40", f'{said}, since: "2024-11", until: 2024'), line("C41", f"{said}, day: 2024-01-02")
    )
    assert (seeds.claims["C40"].since, seeds.claims["C40"].until) == ("2024-11", "2024")
    assert seeds.claims["C41"].day == "2024-01-02"
    with pytest.raises(InputError, match="since must not be later than until"):
        with_claims(world, line("C42", f'{said}, since: "2024-11", until: "2024-10-31"'))
