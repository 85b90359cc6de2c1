"""Damages the files that the program reads, one in each case, and demands a sentence of every reader and command.

    python tests/attack/inputs.py --count 10000 --seed 1
    python tests/attack/inputs.py --seed 1 --only 4711

A case is named by the seed and its number: what is damaged, how, and which command reads it follow from these two.
Wrong is an exception that is no error of ours, ten seconds of the processor or a minute by the clock, 500 MB, the end
of the process, a refusal that names no file, and a folder called whole with a file that is not as it was written. Exit
status 1 where any case is wrong.
"""

import argparse
import contextlib
import functools
import json
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import unittest.mock
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from damage import DAMAGES, KINDS, ROOT  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

import cli  # noqa: E402
from simulation.errors import MOST_SHOWN, SimulateError  # noqa: E402
from simulation.io import yaml_file  # noqa: E402
from simulation.results.folder import Results  # noqa: E402
from simulation.results.summary import summary_document  # noqa: E402

SECONDS, WAIT, MEGABYTES = 10, 60, 500
"""What one call may take: seconds of the processor, seconds by the clock, and memory."""
LIMIT_GB = 6
"""Of address space above what a worker begins with, for the machine's sake."""
LONGEST_SENTENCE = 1500
ODD_KIND = 0.04
"""Share of cases in which the file becomes a pipe, a folder, a device and the like."""

DAYS = ("--days", "3")
SHORT = (*DAYS, "-n", "2", "--workers", "1", "--no-report", "--quiet", "--out", "out")
READ = (
    ("validate",),
    ("validate", "--json"),
    ("show",),
    ("show", "--resolved"),
    ("sources",),
    ("sources", "--json"),
)
PAGES = tuple(option for option in SHORT if option != "--no-report")
PLAY = (
    ("run", *SHORT),
    ("run", *PAGES),
    ("trace", *DAYS),
    ("trace", *DAYS, "--jsonl"),
    ("replay", *DAYS, "--replicate", "0", "--quiet", "--out", "out.html"),
    ("compare", "scenario.yaml", *SHORT),
)
STUDY = (
    (
        "sensitivity",
        "--method",
        "morris",
        "--inputs",
        "captured_share",
        *DAYS,
        "--histories",
        "12",
        *SHORT[4:],
    ),
)
SCORE = (("hindcast", "--truth", "truth.yaml", *SHORT),)
VERIFY = (("verify", "."),) if find_spec("simulation.commands.verify") else ()
OVERWRITE = ("run", "duel", *SHORT[:-1], "run")
"""Asked for beside the target; a folder one is in is refused whatever it holds."""
SCENARIO = """\
extends: base.yaml
measures:
  - bombardment: {by: river_council, sorties_per_day: 3, from_day: 1, until_day: 2}
  - reinforcement: {of: highland_league, fighters: 100, at: Larch, from_day: 2}
  - ceasefire: {between: [highland_league, river_council], compliance: 0.5, from_day: 2.5}
claims:
  - disbelieve: C12
inputs:
  fog: 0.5
  captured_share: {dist: uniform, loc: 0.1, scale: 0.2, source: "assumption: made up"}
"""
TRUTH = """\
title: What came of it
start: 2024-01-01
truth:
  - {place: Weirford, day: 2, low: 1, high: 2, falls_to: highland_league}
  - {place: [Larch, Millbridge], day: never}
  - {series: killed, actor: river_council, by_day: 2, value: 20, low: 5, high: 50, confidence: M}
  - {outcome: displaced_peak, value: 3000}
  - {ending: valley_taken}
not_scored:
  - {what: the harvest, why: nothing in the model grows}
"""


@dataclass(frozen=True)
class Target:
    """A folder of files, and the calls that read them: commands on `scenario.yaml`, or `read` for results."""

    name: str
    weight: int
    calls: tuple[tuple[str, ...], ...]


TARGETS = (
    Target("valleys", 8, (*6 * READ[:2], *READ, *PLAY, *STUDY)),
    Target("duel", 3, (*READ, *PLAY)),
    Target("syria", 1, READ[:1]),
    Target("truth", 2, SCORE),
    Target("run", 4, (*3 * (("read", "."),), *VERIFY, OVERWRITE)),
    Target("comparison", 1, (*VERIFY, ("read", "runs/1-duel-1"))),
)
THERE = {"government": "river_council", "hts": "highland_league", "opposition_factions": "free_company"}
"""Actors of the naive forecasts, and who stands for them in the two valleys."""
FEW = {"truth": ("truth.yaml", "seeds/naive/forecasts.yaml")}
"""Of a target only these files are damaged."""


class TooLongError(BaseException):
    """A call took longer than it may; no `except Exception` hears it."""


@dataclass(frozen=True)
class Outcome:
    """What became of a case; `wrong` is empty where it was as it should be."""

    number: int
    what: str
    status: str
    wrong: str = ""
    details: str = ""
    command: str = "lost"
    seconds: float = 0
    megabytes: int = 0


def prepare(folder):
    """Lay the sound files of all targets into a folder."""
    _world(folder / "valleys", "two_valleys", "two-valleys", SCENARIO)
    _world(folder / "duel", "duel", "duel", "extends: base.yaml\n")
    _world(folder / "syria", ".", "aleppo", "extends: base.yaml\n")
    _world(folder / "truth", "two_valleys", "two-valleys", "extends: base.yaml\n")
    (folder / "truth" / "seeds" / "naive").mkdir()
    text = (ROOT / "seeds" / "naive" / "forecasts.yaml").read_text(encoding="utf-8")
    for ours, theirs in THERE.items():
        text = text.replace(ours, theirs)
    (folder / "truth" / "seeds" / "naive" / "forecasts.yaml").write_text(text, encoding="utf-8")
    (folder / "truth" / "truth.yaml").write_text(TRUTH, encoding="utf-8")
    few = ("-n", "5", "--workers", "1", "--no-report", "--quiet", "--out")
    for arguments in (
        ("run", "two-valleys", *few, folder / "run"),
        ("compare", "duel", "duel", *few, folder / "comparison"),
    ):
        done = CliRunner().invoke(cli.app, [str(each) for each in arguments])
        assert done.exit_code == 0, done.stderr


def _world(folder, seeds, name, scenario):
    ignored = shutil.ignore_patterns(
        "*.md", "two_valleys", "duel", "truth", "naive", "building", "sources", "*.py", "*.txt"
    )
    shutil.copytree(ROOT / "seeds" / seeds, folder / "seeds", ignore=ignored)
    shutil.copytree(ROOT / "seeds" / seeds / "documents", folder / "seeds" / "documents", dirs_exist_ok=True)
    text = (ROOT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("seeds:", "region:"))]
    (folder / "base.yaml").write_text(
        "\n".join([*lines, "seeds: seeds", "region: seeds/region", ""]), encoding="utf-8"
    )
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")


def check_sound(folder):
    """Demand that every call succeeds while nothing is damaged, or the attack would try nothing."""
    for target in TARGETS:
        before = _names(folder / target.name)
        for call in dict.fromkeys(target.calls):
            os.chdir(folder if call == OVERWRITE else folder / target.name)
            status, _, details = _read(Path(call[1])) if call[0] == "read" else _command(call)
            assert status == ("refused" if call == OVERWRITE else "done"), f"{target.name} {call}: {details}"
            _clear(folder / target.name, before)


class Attack:
    """The cases of one seed, tried one after the other in a copy of the sound files."""

    def __init__(self, seed, sound, folder):
        self.seed, self.sound, self.folder = seed, sound, folder
        shutil.copytree(sound, folder)
        (folder / "state").mkdir()

    @contextlib.contextmanager
    def begun(self):
        """Read what is sound once only, and let logs be written beside it, until the end."""
        home, data_of = Path.cwd(), yaml_file.cached_data
        with unittest.mock.patch.dict(os.environ, XDG_STATE_HOME=str(self.folder / "state")):
            yaml_file.cached_data = functools.lru_cache(maxsize=300)(data_of)
            try:
                check_sound(self.folder)
                yield self
            finally:
                yaml_file.cached_data = data_of
                os.chdir(home)

    def attempt(self, number):
        """Damage a file, let a command read it, and mend the file."""
        r = Random(f"{self.seed}-{number}")
        (target,) = r.choices(TARGETS, [each.weight for each in TARGETS])
        file, call = self._file(target, r), r.choice(target.calls)
        damage = r.choice(KINDS) if r.random() < ODD_KIND else r.choice(DAMAGES)
        what = f"{damage.__name__} of {target.name}/{file.relative_to(self.sound / target.name)}, {' '.join(call)}"
        place = self.folder / file.relative_to(self.sound)
        place.unlink()
        damage(place) if damage in KINDS else place.write_bytes(damage(file.read_bytes(), r))
        before = _names(self.folder / target.name)
        try:
            outcome = self._outcome(number, what, target, call)
            if outcome.status == "done" and _unnoticed(file, place, call, self.sound / target.name):
                return replace(outcome, status="unnoticed", wrong="taken for whole")
            return outcome
        finally:
            self._mend(file, place, before, target)

    def _file(self, target, r):
        home = self.sound / target.name
        files = sorted(file for file in home.rglob("*") if file.is_file())
        chosen = [home / name for name in FEW.get(target.name, ())]
        often = [home / name for name in ("scenario.yaml", "manifest.json") if (home / name).exists()]
        return r.choice(chosen or [*files, *2 * often])

    def _mend(self, file, place, before, target):
        _clear(self.folder / target.name, before)
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        place.unlink(missing_ok=True)
        shutil.copyfile(file, place)

    def _outcome(self, number, what, target, call):
        os.chdir(self.folder if call == OVERWRITE else self.folder / target.name)
        begin, kilobytes = time.monotonic(), _resident("VmRSS")
        _forget_peak()
        try:
            with patience():
                status, wrong, details = _read(Path(call[1])) if call[0] == "read" else _command(call)
        except TooLongError:
            status, wrong, details = (
                "hang",
                "hang",
                f"over {SECONDS} s of the processor, or {WAIT} s by the clock",
            )
        except Exception as error:
            status, wrong, details = "exception", f"{type(error).__name__}{_last_frame(error)}", _trace(error)
        grown = (_resident("VmHWM") - kilobytes) // 1000
        if not wrong and grown > MEGABYTES:
            status, wrong, details = "memory", "memory", f"{grown} MB more"
        return Outcome(
            number, what, status, wrong, details, f"{target.name} {call[0]}", time.monotonic() - begin, grown
        )


def _unnoticed(file, place, call, home):
    """Return whether a file of results is not as it was written, though the call looks at all in its folder."""
    if (call not in VERIFY and call[0] != "read") or not file.is_relative_to(home / call[1]):
        return False
    if not place.is_file():
        return True
    there, written = place.read_bytes(), file.read_bytes()
    if file == home / call[1] / "manifest.json":
        return json.loads(there) != json.loads(written)
    return there != written


def _command(call):
    """Run a command on the scenario; return what became of it, what is wrong, and details."""
    command, *options = call
    arguments = options if command == "verify" or call == OVERWRITE else ["scenario.yaml", *options]
    done = CliRunner().invoke(cli.app, [command, *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        error = done.exception
        return "exception", f"{type(error).__name__}{_last_frame(error)}", _trace(error)
    sentence = done.stderr.rstrip("\n")
    if "Traceback" in done.stderr + done.stdout:
        return "exception", "Traceback", done.stderr + done.stdout
    if done.exit_code == 1:
        if "simulate failed" in sentence:
            log = Path(sentence.rpartition("details are in ")[2])
            text = log.read_text(encoding="utf-8") if log.is_file() else sentence
            return "exception", _kind_of_log(text), text
        return "our failure", "", sentence
    if done.exit_code == 2:
        said = done.stdout if command == "validate" and not sentence else sentence
        return "refused", _wrong_with(said), said
    return (
        ("done", "", "") if done.exit_code in (0, 3, 4) else ("status", f"status {done.exit_code}", sentence)
    )


def _wrong_with(refusal):
    """Return what is wrong with a refusal: a sentence a fault, each naming a file or an option and not too long."""
    sentences = refusal.splitlines()
    if not 1 <= len(sentences) <= MOST_SHOWN + 1 or max(map(len, sentences)) > LONGEST_SENTENCE:
        return "not a few sentences"
    home = Path.cwd()
    named = any(
        name in sentences[0]
        for name in (".yaml", ".csv", ".md", ".txt", ".json", ".parquet", "--", str(home), "seeds")
    )
    return "" if named or sentences[0].startswith(("{", ".", "/")) else "names no file"


def _read(folder):
    """Read all of a results folder; its errors are an answer."""
    try:
        results = Results(folder)
        for part in ("manifest", "scenario", "outcomes", "places", "daily", "cells"):
            getattr(results, part)
        results.panel("killed")
        summary_document(results)
    except SimulateError as error:
        named = getattr(error, "file", None) is not None
        return "refused", "" if named else "names no file", str(error)
    return "done", "", ""


@contextlib.contextmanager
def patience():
    """Raise TooLongError inside what takes too long; what waits for others on a busy machine may take longer."""

    def give_up(*_):
        raise TooLongError

    limits = ((signal.ITIMER_PROF, signal.SIGPROF, SECONDS), (signal.ITIMER_REAL, signal.SIGALRM, WAIT))
    before = [signal.signal(number, give_up) for _, number, _ in limits]
    try:
        for timer, _, seconds in limits:
            signal.setitimer(timer, seconds)
        yield
    finally:
        for (timer, number, _), handler in zip(limits, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)


def _names(folder):
    return {each.name for each in folder.iterdir()}


def _clear(folder, before):
    """Remove what a call left in its folder."""
    for name in _names(folder) - before:
        odd = folder / name
        shutil.rmtree(odd) if odd.is_dir() and not odd.is_symlink() else odd.unlink()


def _resident(line):
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{line}:")[2].split()[0])


def _forget_peak():
    """Let the peak of memory be measured from now on."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _trace(error):
    import traceback

    return "".join(traceback.format_exception(error))


def _last_frame(error):
    import traceback

    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if str(ROOT) in frame.filename]
    return f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _kind_of_log(text):
    frames = [line for line in text.splitlines() if f'File "{ROOT}' in line]
    return (
        f"{text.rstrip().splitlines()[-1][:80]}, {frames[-1].strip()[len(str(ROOT)) + 7 :] if frames else ''}"
    )


def _work(pipe, seed, sound, folder):
    """Send None when all is laid out; try the cases that the pipe names, and send back what became of each."""
    sizes = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (sizes + LIMIT_GB * 2**30,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Attack(seed, sound, folder).begun() as attack:
        pipe.send(None)
        while (number := pipe.recv()) is not None:
            pipe.send(attack.attempt(number))


class Worker:
    """A process that tries cases; it is ended and begun again where one does not come back."""

    def __init__(self, seed, sound, folder):
        self.seed, self.sound, self.folder, self.lives = seed, sound, folder, 0
        self._begin()

    def _begin(self):
        self.lives += 1
        self.is_ready = False
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        home = self.folder / f"life-{self.lives}"
        self.process = context.Process(target=_work, args=(theirs, self.seed, self.sound, home), daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, number):
        self.number, self.since = number, time.monotonic()
        self.pipe.send(number)

    def answer(self):
        """Return the outcome if there is one, None while the worker is busy."""
        try:
            if self.pipe.poll():
                if (outcome := self.pipe.recv()) is not None:
                    return outcome
                self.is_ready, self.since = True, time.monotonic()
        except EOFError:
            return self._lost(f"the process ended ({self.process.exitcode})")
        if self.is_ready and time.monotonic() - self.since > 2 * WAIT:
            self.process.kill()
            return self._lost("hang that nothing interrupts")
        return None

    def _lost(self, why):
        self.process.join()
        self._begin()
        return Outcome(self.number, "see --only", "lost", why)

    def end(self):
        """End the process, whatever it is at: it may have been begun anew a moment ago."""
        with contextlib.suppress(BrokenPipeError):
            self.pipe.send(None)
        self.process.join(10)
        self.process.kill()
        self.process.join()


def outcomes_of(numbers, seed, sound, folder, workers):
    """Yield the outcome of each case, in the order in which they are finished."""
    waiting = iter(numbers)
    busy = {}
    for k in range(workers):
        worker = Worker(seed, sound, folder / f"worker-{k}")
        if (number := next(waiting, None)) is not None:
            worker.ask(number)
            busy[k] = worker
    try:
        while busy:
            multiprocessing.connection.wait([each.pipe for each in busy.values()], timeout=1)
            for k, worker in list(busy.items()):
                if (outcome := worker.answer()) is None:
                    continue
                yield outcome
                if (number := next(waiting, None)) is None:
                    busy.pop(k).end()
                else:
                    worker.ask(number)
    finally:
        for worker in busy.values():
            worker.process.kill()
            worker.process.join()


def report(found, seed, seconds):
    """Print what became of the cases by command, what took longest and most, and each kind of failure with cases."""
    statuses = sorted({each.status for each in found})
    table = defaultdict(Counter)
    for each in found:
        table[each.command][each.status] += 1
        table["all"][each.status] += 1
    print(f"{'':20}" + "".join(f"{status:>14}" for status in statuses))
    for name, counts in sorted(table.items()):
        print(f"{name:20}" + "".join(f"{counts[status]:>14,}" for status in statuses))
    longest, largest = (max(found, key=attrgetter(what), default=None) for what in ("seconds", "megabytes"))
    if found:
        print(f"\nat most {longest.seconds:.1f} s: case {longest.number}, {longest.what}")
        print(f"at most {largest.megabytes} MB: case {largest.number}, {largest.what}")
    wrong = defaultdict(list)
    for each in found:
        if each.wrong:
            wrong[each.wrong].append(each)
    print(
        f"\n{len(found):,} cases of seed {seed} in {seconds:.0f} s, {sum(map(len, wrong.values())):,} wrong"
    )
    for kind, cases in sorted(wrong.items(), key=lambda item: -len(item[1])):
        print(
            f"\n{len(cases)} x {kind}; --seed {seed} --only {' '.join(str(each.number) for each in cases[:8])}"
        )
        print(f"  {cases[0].what}\n  {cases[0].details.strip()[-400:]}")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--workers", type=int, default=os.cpu_count())
    options.add_argument("--only", type=int, nargs="*", help="numbers of cases to repeat, in full")
    given = options.parse_args()
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        prepare(folder / "sound")
        if given.only is not None:
            with Attack(given.seed, folder / "sound", folder / "only").begun() as attack:
                found = [attack.attempt(number) for number in given.only]
            for each in found:
                print(f"{each.number}: {each.what} ({each.seconds:.1f} s): {each.status}\n{each.details}\n")
            return int(any(each.wrong for each in found))
        found = []
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            _collect(
                found, outcomes_of(range(given.count), given.seed, folder / "sound", folder, given.workers)
            )
    report(found, given.seed, time.monotonic() - begin)
    return int(any(each.wrong for each in found))


def _collect(found, outcomes):
    """Gather outcomes, and say what is wrong as soon as it is known: who interrupts gets the report of the others."""
    for outcome in outcomes:
        found.append(outcome)
        if outcome.wrong:
            print(
                f"case {outcome.number}: {outcome.wrong}; {outcome.what[:200]}", file=sys.stderr, flush=True
            )
        if len(found) % 500 == 0:
            print(f"{len(found):,} cases", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
