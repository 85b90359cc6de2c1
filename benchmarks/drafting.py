"""How well drafted claims agree with claims made by hand: precision and recall, speaker, verified.

`python benchmarks/drafting.py` measures the texts in benchmarks/drafting and those of the seeds; folders given as
arguments, each with a text, actors.yaml and claims.yaml, are measured in their place. --show prints what differs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulation.drafting.completion import SIGNED
from simulation.drafting.draft import Draft
from simulation.drafting.drafts import drafted
from simulation.drafting.names import read_parties
from simulation.drafting.text import read_text
from simulation.io.yaml_file import read_yaml

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
WORLDS = {
    "Syria": SEEDS,
    "two valleys": SEEDS / "two_valleys",
    "Goma": SEEDS / "goma",
    "Tripoli": SEEDS / "tripoli",
}
"""The folders of the bundled worlds, whose documents are restated and whose claims were made by hand."""
Exact = tuple[str, str, str]
Pair = tuple[frozenset[str], int]


@dataclass
class Side:
    """The claims of one side of the comparison: by what they say, with speaker and verified for each."""

    exact: dict[Exact, list[tuple[str, str, bool]]] = field(default_factory=dict)

    @property
    def pairs(self) -> set[Pair]:
        """The pairs of parties with the sign of what lies between them."""
        return {(frozenset((a, b)), SIGNED[word]) for a, word, b in self.exact if b and word in SIGNED}

    def add(self, sentence: str, exact: Exact, speaker: str, verified: bool) -> None:
        """Add a claim."""
        self.exact.setdefault(exact, []).append((sentence, speaker, verified))


def by_hand(folder: Path, document: str) -> Side:
    """Return the claims of a folder's files in the project's form; only what is measured need be there."""
    side = Side()
    for file in [*folder.glob("claims.yaml"), *folder.glob("claims/*.yaml")]:
        data = read_yaml(file).data
        for claim in data["claims"] if data.get("document", document) == document else ():
            objects = claim.get("object") or [""]
            for other in [objects] if isinstance(objects, str) else objects:
                exact = claim["subject"], claim["predicate"], other
                side.add(claim["sentence"], exact, claim["said_by"], claim["verified"])
    return side


def by_rule(drafts: Iterable[Draft]) -> Side:
    """Return drafted claims as a side of the comparison."""
    side = Side()
    for draft in drafts:
        side.add(
            draft.sentence, (draft.subject, draft.predicate, draft.object), draft.said_by, draft.verified
        )
    return side


@dataclass
class Count:
    """Hits among what was drafted and among what should have been."""

    hits: int = 0
    drafted: int = 0
    wanted: int = 0

    def add(self, found: set, wanted: set) -> None:
        """Count the sets of one text."""
        self.hits += len(found & wanted)
        self.drafted += len(found)
        self.wanted += len(wanted)

    def __str__(self) -> str:
        precision, recall = self.hits / max(self.drafted, 1), self.hits / max(self.wanted, 1)
        return f"{precision:.2f}/{recall:.2f}"


MEASURES = ("pairs, sure", "pairs, all", "exact, sure", "exact, all")


@dataclass
class Row:
    """What is measured of one text or of several together."""

    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in MEASURES})
    speaker: list[bool] = field(default_factory=list)
    verified: list[bool] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the row of the table."""
        shares = [f"{sum(each)}/{len(each)}" for each in (self.speaker, self.verified)]
        return (
            f"| {name} | "
            + " | ".join(str(each) for each in self.counts.values())
            + " | "
            + " | ".join(shares)
            + " |"
        )


def same_speaker(a: str, b: str, alike: dict[str, set[str]]) -> bool:
    """Return whether two speakers are one; a kind of speaker in the seeds may stand for a party."""
    return a == b or b in alike.get(a, ())


ALIKE = {
    "opposition": {"opposition_factions", "hts", "highland_league"}, "government": {"river_council"},
    "turkish_government": {"turkey"}, "turkish_officials": {"turkey"}, "turkish_state_media": {"turkey"},
    "reference": {"reporter"},
}  # fmt: skip
"""Speakers of the bundled seeds that are parties there."""


def measure(row: Row, drafts: Sequence[Draft], wanted: Side, show: bool) -> None:
    """Add one text to a row."""
    sure, everything = by_rule(draft for draft in drafts if draft.sure), by_rule(drafts)
    row.counts["pairs, sure"].add(sure.pairs, wanted.pairs)
    row.counts["pairs, all"].add(everything.pairs, wanted.pairs)
    row.counts["exact, sure"].add(set(sure.exact), set(wanted.exact))
    row.counts["exact, all"].add(set(everything.exact), set(wanted.exact))
    for exact in set(everything.exact) & set(wanted.exact):
        for sentence, speaker, verified in wanted.exact[exact]:
            rivals = everything.exact[exact]
            mine = next((each for each in rivals if each[0] == sentence), None)
            if mine is not None:
                row.speaker.append(same_speaker(speaker, mine[1], ALIKE))
                row.verified.append(verified == mine[2])
                if show and not (row.speaker[-1] and row.verified[-1]):
                    print(f"    said   {sentence} {exact}: drafted {mine[1:]}, by hand {(speaker, verified)}")
    if show:
        for draft in drafts:
            exact = (draft.subject, draft.predicate, draft.object)
            pair = (frozenset(exact[::2]), SIGNED.get(draft.predicate, 0))
            wrong = "WRONG" if pair[1] and draft.object else "wrong"
            mark = "ok" if exact in wanted.exact else "pair" if pair in wanted.pairs else wrong
            said = f"[{draft.said_by}, {draft.verified}, {draft.hedge}]"
            sure = "sure" if draft.sure else "?   "
            print(f"    {mark:6} {sure} {draft.sentence} {exact} {draft.about!r} {said} {draft.why}")
        for pair in wanted.pairs - everything.pairs:
            print(f"    MISSED pair {sorted(pair[0])} {pair[1]:+}")
        for exact in set(wanted.exact) - set(everything.exact):
            print(f"    missed {wanted.exact[exact][0][0]} {exact}")


def texts(folders: Sequence[str]) -> Iterable[tuple[str, str, Path, Path]]:
    """Yield group, name, text and folder with actors and claims of what is to be measured."""
    for each in folders or sorted((ROOT / "benchmarks/drafting").glob("*/*/")):
        folder = Path(each)
        yield folder.parent.name.replace("_", " "), folder.name, folder / "article.txt", folder
    for name, folder in WORLDS.items() if not folders else ():
        for document in sorted((folder / "documents").glob("*.md")):
            yield f"seeds, {name}", document.stem, document, folder


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="*")
    options.add_argument("--only", default="", help="texts whose name begins so")
    options.add_argument("--show", action="store_true")
    chosen = options.parse_args()
    groups: dict[str, Row] = {}
    print("| text | " + " | ".join(MEASURES) + " | speaker | verified |")
    print("|---|" + "---|" * (len(MEASURES) + 2))
    for group, name, text, folder in texts(chosen.folders):
        if not name.startswith(chosen.only):
            continue
        drafts, wanted = drafted(read_text(text), read_parties(folder)), by_hand(folder, text.stem)
        row = Row()
        measure(row, drafts, wanted, chosen.show)
        measure(groups.setdefault(group, Row()), drafts, wanted, False)
        if not group.startswith("seeds"):
            print(row.text(f"{group}: {name}"))
    for group, row in groups.items():
        print(row.text(f"**{group}, together**"))


if __name__ == "__main__":
    sys.exit(main())
