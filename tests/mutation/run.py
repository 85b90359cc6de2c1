"""Plants every error in turn and says whether the checks find it: `python tests/mutation/run.py [NAME...]`.

With `--page docs/verification.md` the table takes the place of the one at the end of that page.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

sys.path.insert(0, str(Path(__file__).parents[1]))  # pytest would have done it

from mutants import MUTANTS, Mutant
from planting import copy_package, judge
from recording import record

from simulation.model.registry import Process
from simulation.selftest.page import MARK

INTRODUCTION = """
## Planted errors

An error of 5 % was planted in a copy of the program, one at a time: in what each process tells of its rate or due
time, in one number of its effect, in one of its draws, and in its waits; and in every number by which a commander
chooses. Of some of his choices a condition was left out instead. "Found by" says which check failed first, at which
of the events looked at, and by how much. With nothing planted nothing is found. Repeat it with

```
python tests/mutation/run.py --page docs/verification.md
```

which takes ten minutes on two cores. `python tests/mutation/run.py casualty-draw` tries one.

| Process | Error in | In the file | Instead of | Found by |
|---|---|---|---|---|
"""


def try_all(mutants: list[Mutant], folder: Path, workers: int) -> list[str]:
    """Return what found each mutant, empty for one that was not found."""
    recordings = folder / "recordings"
    recordings.mkdir()
    record(recordings)
    packages: Queue[Path] = Queue()
    for k in range(workers):
        (folder / str(k)).mkdir()
        packages.put(copy_package(folder / str(k)))

    def attempt(process: Process, kind: str, mutant: Mutant | None) -> str:
        package = packages.get()
        try:
            found = judge(package, recordings, mutant, process.name, kind)
        finally:
            packages.put(package)
        nothing = "NOT FOUND" if mutant else "nothing found"
        print(f"{mutant.name if mutant else 'nothing planted':<22} {found or nothing}", flush=True)
        return found

    with ThreadPoolExecutor(workers) as pool:
        controls = pool.map(lambda process: attempt(process, "effect", None), {m.process for m in mutants})
        if wrong := [found for found in controls if found]:
            raise SystemExit(f"found without any planted error: {wrong}")
        return list(pool.map(lambda m: attempt(m.process, m.kind, m), mutants))


def table(mutants: list[Mutant], found: list[str]) -> str:
    """Return the rows of the page, process by process."""
    rows = sorted(zip(mutants, found, strict=True), key=lambda row: row[0].process)
    return "".join(
        f"| {m.process.name.lower()} | {m.kind} | {m.file} | `{m.old}` | {how or '**not found**'} |\n"
        for m, how in rows
    )


def main() -> int:
    """Try the mutants named on the command line, or all; 0 if each is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--page", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    mutants = [mutant for mutant in MUTANTS if not chosen.names or mutant.name in chosen.names]
    with tempfile.TemporaryDirectory() as folder:
        found = try_all(mutants, Path(folder), chosen.workers)
    print(f"{sum(map(bool, found))} of {len(found)} planted errors found")
    if chosen.page is not None:
        head = chosen.page.read_text(encoding="utf-8").partition(MARK)[0].rstrip()
        text = f"{head}\n\n{MARK}\n{INTRODUCTION}{table(mutants, found)}"
        chosen.page.write_text(text, encoding="utf-8")
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())
