"""What the pairing of histories saved, in a sentence."""

from __future__ import annotations

from simulation.comparison.finding import Finding
from simulation.wording.phrases import counted, number


def pairing_words(finding: Finding | None) -> str:
    """Return in a sentence what pairing saved, or nothing where no pair differs."""
    if finding is None:
        return ""
    pairs, equal = int(finding.numbers["replicates"]), finding.numbers["histories"]
    told = f"{counted(pairs, 'pair')} {'tells' if pairs == 1 else 'tell'}"
    return (
        f"Because each pair of histories shares its unknown numbers and its luck, {told} as much as "
        f"about {number(equal)} histories of each scenario without pairing (the middle of all endings and of "
        "what happens to civilians)."
    )
