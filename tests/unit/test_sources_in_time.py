"""Nothing that became known after the last report of a case enters its initial state: every text behind it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from simulation.documents import load_seeds
from simulation.documents.reports import reported_claims
from simulation.io.file_cache import FileCache
from simulation.scenario import load_scenario
from simulation.sources import chains_of

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
LAST = date(2024, 11, 28)
WORLDS = {
    SEEDS: LAST,
    SEEDS / "two_valleys": LAST,
    SEEDS / "duel": LAST,
    SEEDS / "goma": date(2025, 1, 20),
    SEEDS / "tripoli": date(2019, 4, 4),
}
"""The folders that hold a world, each with the day of its last report."""
OTHERS = {folder.name for folder in WORLDS} - {SEEDS.name}
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
_ABBREVIATED = "|".join(f"{month}|{month[:3]}\\.?" for month in MONTHS)
_MONTH = rf"(?P<month>{_ABBREVIATED})"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)[0-9]{2}))?"
_ISO = re.compile(
    r"\b(?P<year>(?:19|20)[0-9]{2})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3][0-9]))?(?![0-9-])"
)
_DAY_FIRST = re.compile(rf"\b(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b{_YEAR}")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(?P<day>[0-3]?[0-9])\b(?![0-9:,.]*[0-9]){_YEAR}")
_MONTH_ALONE = re.compile(rf"\b{_MONTH}{_YEAR}(?![a-z])")
_YEAR_ALONE = re.compile(r"(?<![\d.,/-])(?P<year>20[0-9]{2})(?![\d,/]|\.[0-9])")
_FIRST_DAY = re.compile(r"^start: .*", re.MULTILINE)
"""What a run begins with, which may be the day after the last report."""
_PATTERNS = (_ISO, _DAY_FIRST, _MONTH_FIRST, _MONTH_ALONE, _YEAR_ALONE)


def dates_in(text: str, last: date = LAST) -> Iterator[tuple[date, str]]:
    """Yield every date that a text names and the words for it.

    A date without day or month is the first that it can be; a day without a year is of the year of the last report,
    or, where that would be more than five weeks after it, of the year before.
    """
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            when = _date(found.groupdict(), last.year)
            is_past = found.groupdict().get("year") is None and when > last + timedelta(weeks=5)
            yield when.replace(year=last.year - 1) if is_past else when, found[0]


def _date(parts: dict[str, str | None], year: int) -> date:
    month = parts.get("month") or "1"
    number = int(month) if month.isdecimal() else [name[:3] for name in MONTHS].index(month[:3]) + 1
    return date(int(parts.get("year") or year), number, int(parts.get("day") or 1))


def late(text: str, last: date = LAST) -> list[str]:
    return [words for when, words in dates_in(text, last) if when > last]


@pytest.mark.parametrize(
    "text",
    ["on 29 November", "28 and 29 November", "27-29 November 2024", "30th of November", "8 December 2024",
     "December 2024", "in December", "2024-12", "2024-11-29T04:00", "in 2025", "early 2026 (x)", "November 30",
     "Nov. 30, 2024", "30 Nov", "Dec 3"],
)  # fmt: skip
def test_a_date_that_is_too_late_is_found(text: str) -> None:
    assert late(text)


@pytest.mark.parametrize(
    "text",
    ["28 November 2024", "27-28 November", "in 2024", "November 2024", "December 2019", "2,025 people",
     "5 March 2020", "2024-11-28T23:59", "0.2025", "May be", "own claim, December 2019", "01/2030", "2020-2024"],
)  # fmt: skip
def test_a_date_in_time_or_none_is_let_through(text: str) -> None:
    assert late(text) == []


def texts_of(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every text file of a world whole, and of tables the comments and the columns of words.

    What happened later stands in `truth`, and what was said of it in the folders `reports`; nothing that builds a world
    opens either.
    """
    for file in sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".yaml")):
        apart = {"truth", "reports"} | (OTHERS if folder == SEEDS else set())
        if not apart & set(file.relative_to(folder).parts):
            yield file, _FIRST_DAY.sub("", file.read_text(encoding="utf-8"))
    for file in sorted((folder / "region").rglob("*.csv")):
        lines = file.read_text(encoding="utf-8").splitlines()
        yield file, "\n".join(line for line in lines if line.startswith("#") or "sources" in file.parts)


@pytest.mark.parametrize("folder", WORLDS, ids=lambda folder: folder.name)
def test_no_file_of_the_seeds_names_a_later_date(folder: Path) -> None:
    found = {str(file.relative_to(ROOT)): late(text, WORLDS[folder]) for file, text in texts_of(folder)}
    assert len(found) > 5
    assert {file: words for file, words in found.items() if words} == {}


@pytest.mark.parametrize("folder", WORLDS, ids=lambda folder: folder.name)
def test_documents_and_claims_are_dated_in_time(folder: Path) -> None:
    seeds, last = load_seeds(folder), WORLDS[folder]
    for document in seeds.documents.values():
        assert date.fromisoformat(document.date) <= last, document.id
    for claim in seeds.claims.values():
        for moment in (claim.day, claim.since, claim.until):
            assert moment is None or moment[:10] <= last.isoformat(), claim.id


def texts_of_chains(name: str) -> dict[str, str]:
    """Return all that the chains of a bundled scenario say, by entry or claim."""
    chains = chains_of(load_scenario(name))
    texts = {
        entry.key: " ; ".join((entry.title, entry.because, entry.change, *(fact for _, fact in entry.facts)))
        for group in chains.groups
        for entry in group.entries
    }
    return texts | {key: f"{cited.text} ; {cited.sentence}" for key, cited in chains.cited.items()}


def test_no_chain_of_the_first_case_names_a_later_date() -> None:
    """What the program itself says counts too: rules, processes, ranges of numbers, meanings."""
    texts = texts_of_chains("aleppo")
    assert len(texts) > 900
    assert {key: words for key, text in texts.items() if (words := late(text))} == {}


@pytest.mark.parametrize("name", ["goma", "tripoli"])
def test_no_chain_of_another_case_holds_a_word_of_the_first(name: str) -> None:
    first = re.compile(r"Syria|Aleppo|Turk|Israel|Hezbollah|Idlib|Damascus|\bHTS\b|\bSOHR\b")
    texts = texts_of_chains(name)
    assert len(texts) > 300
    assert {key: found[0] for key, text in texts.items() if (found := first.search(text))} == {}


@pytest.mark.parametrize(
    ("name", "last"), [("aleppo", LAST), ("goma", date(2025, 1, 21)), ("tripoli", date(2019, 4, 5))]
)
def test_no_number_of_a_case_is_argued_with_a_later_date(name: str, last: date) -> None:
    """The first day of a run may be named."""
    text = (ROOT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
    assert late(text, last) == []


class Opened(FileCache):
    """A cache that remembers which files it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def content(self, path: Path) -> bytes:
        self.names.append(path.relative_to(SEEDS).as_posix())
        return super().content(path)

    def text(self, path: Path, *, most_bytes: int, kind: str) -> str:
        self.names.append(path.relative_to(SEEDS).as_posix())
        return super().text(path, most_bytes=most_bytes, kind=kind)


def test_the_initial_state_opens_no_report() -> None:
    files = Opened()
    seeds = load_seeds(SEEDS, files=files)
    assert len(files.names) > 5 and not [name for name in files.names if "reports" in name]
    reported_claims(seeds, SEEDS / "region", date(2024, 11, 30), files)
    assert len([name for name in files.names if "reports" in name]) >= 8


@pytest.mark.parametrize("last", [27, 28, 29, 30])
def test_an_update_knows_nothing_that_was_said_later(last: int) -> None:
    as_of = date(2024, 11, last)
    reports = reported_claims(load_seeds(SEEDS), SEEDS / "region", as_of, FileCache())
    own = [claim for claim in reports.claims.values() if claim.id.startswith("R")]
    assert len(own) == {27: 6, 28: 10, 29: 12, 30: 19}[last]
    assert ("C17" in reports.claims) == (last >= 28)
    for claim in own:
        assert reports.known(claim.id) <= as_of
        assert all(date.fromisoformat(text[:10]) <= as_of for text in (claim.day, claim.until) if text)
