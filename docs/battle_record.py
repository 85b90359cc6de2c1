"""What the battles of CDB90 say of numbers: who wins at what odds, and by how much the log-odds rise with them.

`python docs/battle_record.py CDB90.csv` prints the record that docs/fights.md holds the fights of this model against.
CDB90 is the data base of battles of the US Army Concepts Analysis Agency in its version of 1990 (Helmbold 1993,
DTIC ADA279069; public domain): 660 battles of 1600 to 1973, one a row. Any table will do that has its columns and its
codes: `WINA` (1 the attacker won, 0 a draw, -1 he lost), `STRA` and `STRD` (men), `QUALA` (better quality, -2 to 2),
`SURPA` (surprise, -3 to 3), `POST1` (how the defender was prepared) and `ATPBYR1` (year).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.api import Logit

STEPS = (0, 1 / 3, 2 / 3, 1, 1.5, 3, np.inf)
"""Bounds of the classes of odds, attackers for each defender."""
NOT_KNOWN = -9


def class_of(odds: np.ndarray) -> np.ndarray:
    """Return the number of the class of odds that each lies in, (cases,)."""
    return np.digitize(odds, STEPS[1:-1])


def class_words(number: int) -> str:
    """Return how a class of odds is called."""
    words = [f"{step:.1f}" if step >= 1 else f"{step:.2f}" for step in STEPS]
    if number == len(STEPS) - 2:
        return f"{words[-2]} or more"
    return f"below {words[1]}" if number == 0 else f"{words[number]} to {words[number + 1]}"


def main() -> None:
    """Print the record of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    battles = pd.read_csv(parser.parse_args().file, encoding="latin1")
    battles = battles[battles.WINA.isin((-1, 0, 1)) & (battles.STRA > 0) & (battles.STRD > 0)]
    battles["odds"] = battles.STRA / battles.STRD
    for name, some in (("all", battles), ("since 1914", battles[battles.ATPBYR1 >= 1914])):
        _tell(name, some)


def _tell(name: str, battles: pd.DataFrame) -> None:
    won, lost = battles.WINA == 1, battles.WINA == -1
    quarters = battles.odds.quantile([0.05, 0.25, 0.5, 0.75]).round(2).tolist()
    print(f"{name}: {len(battles)} battles; won {won.mean():.2f}, lost {lost.mean():.2f}")
    print(f"  odds: 5, 25, 50, 75 of 100 begun below {quarters}")
    for number in range(len(STEPS) - 1):
        some = battles[class_of(battles.odds.to_numpy()) == number]
        share = len(some) / len(battles)
        print(
            f"  {class_words(number):14} {share:.3f} of them; won {(some.WINA == 1).mean():.2f} of {len(some)}"
        )
    for works in ("HD", "PD", "FD"):
        some = battles[works == battles.POST1]
        print(f"  {works}: won {(some.WINA == 1).mean():.2f} of {len(some)}")
    decided = battles[(battles.WINA != 0) & (battles.QUALA != NOT_KNOWN)]
    works = [(kind == decided.POST1).to_numpy(float) for kind in ("PD", "FD")]
    terms = np.column_stack(
        [np.ones(len(decided)), np.log(decided.odds), decided.QUALA, decided.SURPA, *works]
    ).astype(float)
    logit = Logit((decided.WINA == 1).to_numpy(float), terms).fit(disp=False)
    spread = float(np.log(decided.odds).var())
    print(
        f"  {len(decided)} decided; variance of the logarithm of the odds {spread:.2f}; log-odds of winning:"
    )
    for term, value, error in zip(
        ("level", "odds, an e-fold", "quality, a step", "surprise, a step", "prepared", "fortified"),
        logit.params,
        logit.bse,
        strict=True,
    ):
        print(f"    {term:18} {value:+.2f}, standard error {error:.2f}")


if __name__ == "__main__":
    main()
