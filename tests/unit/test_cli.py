"""The command line: exit statuses, what goes to stdout and stderr, and what is not imported."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import code_map
import pytest
from code_map import ROOT
from typer.testing import CliRunner

import cli
import simulation
from simulation.commands import ORDER, commands
from simulation.commands.console import STATUSES
from simulation.commands.options import library_options
from simulation.errors import InputError, RunError
from simulation.wording.terminal import NARROWEST, WIDTH_WHEN_PIPED, terminal_width

HEAVY = {"numba", "scipy", "pandas", "mesa", "pyarrow", "plotly"}
# An unbuffered stdout would hide what goes wrong when the buffer is emptied at the end.
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
PROBE = f"""
import atexit, sys
atexit.register(lambda: sys.stderr.write("HEAVY:" + ",".join(sorted({HEAVY!r} & set(sys.modules)))))
sys.argv = ["simulate", *sys.argv[1:]]
import cli
cli.main()
"""


def simulate(*arguments: str) -> Any:
    return CliRunner().invoke(cli.app, arguments)


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import cli; cli.main()", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


def test_an_ascii_terminal_gets_plain_letters() -> None:
    ascii_only = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    text = "██ ± 3… ▲ é"
    console = code_map.module(code_map.CONSOLE)
    code = f"from {console} import say, whole_output\nwith whole_output(): say({text!a})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=ascii_only, capture_output=True, text=True, check=False
    )
    assert done.stdout == "## +- 3... ^ \\xe9\n"


def test_a_narrow_terminal_cuts_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for columns, width in (("20", NARROWEST), ("80", 80)):
        monkeypatch.setenv("COLUMNS", columns)
        assert terminal_width() == width
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    assert terminal_width() == WIDTH_WHEN_PIPED


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stands in for the running of models."""

    class Library(SimpleNamespace):
        """What is set here, the package has as a function."""

        def __setattr__(self, name: str, value: Any) -> None:
            monkeypatch.setattr(simulation, name, value, raising=False)

    return Library()


def failing(error: BaseException) -> Any:
    def run(*_: object, **__: object) -> None:
        raise error

    return run


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["run", "--help"],
        ["validate", "aleppo"],
        ["show", "aleppo", "--resolved"],
        ["list"],
        ["schema"],
        ["sources", "aleppo"],
        ["sources", "duel", "C01", "--json"],
    ],
)
def test_what_runs_no_model_imports_nothing_heavy(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == "HEAVY:"
    assert done.returncode == 0


def test_help_names_every_command() -> None:
    text = simulate("--help").stdout
    assert all(name in text for name in ("run", "trace", "validate", "show", "list", "schema"))


@pytest.mark.parametrize(
    "arguments",
    [["runn"], ["run"], ["validate"], ["run", "duel", "--replicates", "0"], ["run", "duel", "--seed", "-1"],
     ["run", "duel", "--workers", "0"], ["trace", "duel", "--replicate", "-1"],
     ["trace", "duel", "--driver", "simpy"],
     ["validate", "duel", "--sett", "a=b"], ["run", "duel", "--days", "x"]],
)  # fmt: skip
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    done = simulate(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("days", ["nan", "inf", "-1", "0", "10001"])
def test_a_length_out_of_range_is_status_2(days: str) -> None:
    done = simulate("run", "duel", "--days", days)
    assert done.exit_code == 2
    assert done.stderr.startswith("--days ")
    assert done.stderr.count("\n") == 1


def test_validate_checks_every_file_and_says_so() -> None:
    done = simulate("validate", "duel", "tests/scenarios/invalid/days-zero.yaml", "nowhere", "two-valleys")
    assert done.exit_code == 2
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["duel", "two-valleys"]
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("command", [["validate", "duel"], ["show", "duel"], ["list"], ["sources", "duel"]])
def test_json_is_one_document_and_nothing_else(command: list[str]) -> None:
    done = simulate(*command, "--json")
    assert isinstance(json.loads(done.stdout), dict)
    assert done.stderr == ""


def test_validate_json_carries_the_fault() -> None:
    done = simulate("validate", "nowhere", "--json")
    (verdict,) = json.loads(done.stdout)["scenarios"]
    assert not verdict["valid"] and "no such file" in verdict["message"]
    assert done.exit_code == 2


def test_schema_is_json() -> None:
    assert json.loads(simulate("schema").stdout)["properties"]["measures"]


def test_list_gives_names_titles_questions_and_a_command_to_begin_with() -> None:
    text = simulate("list").stdout
    assert "duel\n  A duel of two sides\n  " in text
    assert "\n  simulate run duel\n" in text
    assert "\n  simulate compare aleppo truce-fails\n" in text
    assert text.index("run two-valleys") < text.index("compare aleppo") < text.index("compare two-valleys")


def test_run_passes_everything_on(api: SimpleNamespace) -> None:
    seen: dict[str, Any] = {}

    def run(scenario: Any, **options: Any) -> SimpleNamespace:
        seen.update(options, scenario=scenario)
        return SimpleNamespace(
            summary=lambda: {"folder": "f"}, text=lambda: "done", failed=0, report=None, met=True
        )

    api.run = run
    done = simulate(
        "run", "duel", "--replicates", "7", "--days", "3", "--seed", "5", "--workers", "2", "--out", "x",
        "--set", "inputs.red_fighters=21", "--quiet", "--no-report", "--json", "--until", "ending.red_wins:0.1",
        "--until", "outcome.end_day:1", "--max-replicates", "9",
    )  # fmt: skip
    assert json.loads(done.stdout) == {"folder": "f"}
    scenario = seen.pop("scenario")
    assert (scenario.days, scenario.inputs["red_fighters"].value) == (3, 21)
    assert seen.items() >= {
        "replicates": 7, "seed": 5, "workers": 2, "out": Path("x"), "report": False, "progress": False,
        "max_replicates": 9,
    }.items()  # fmt: skip
    assert seen["until"] == ["ending.red_wins:0.1", "outcome.end_day:1"]


def test_what_is_left_out_is_left_to_the_library(api: SimpleNamespace) -> None:
    seen: dict[str, Any] = {}

    def run(scenario: Any, **options: Any) -> SimpleNamespace:
        seen.update(options)
        return SimpleNamespace(text=lambda: "done", failed=0, report=None, met=True)

    api.run = run
    simulate("run", "duel")
    assert not {"replicates", "until", "max_replicates", "workers", "out"} & set(seen)
    assert seen.items() >= {"seed": 1, "progress": True}.items()


@pytest.mark.parametrize("name", ["run", "check", "compare", "sensitivity", "hindcast"])
def test_every_option_is_one_of_a_command_or_one_that_the_library_knows(name: str) -> None:
    command, function = dict(commands())[name], getattr(simulation, name)
    known = inspect.signature(function).parameters
    given = inspect.signature(command).parameters
    handed = library_options({each: object() for each in given})
    assert set(handed) - set(known) == set()


def test_the_help_has_every_command_once_the_usual_ones_first(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = [name for name, _ in commands()]
    assert usual == [name.removesuffix("_") for name in ORDER]
    monkeypatch.setattr("simulation.commands.ORDER", ("show",))
    assert [name for name, _ in commands()] == ["show", *sorted(set(usual) - {"show"})]


def test_run_with_failed_replicates_is_status_3(api: SimpleNamespace) -> None:
    api.run = lambda *_, **__: SimpleNamespace(
        text=lambda: "some failed", failed=2, report=None, manifest=SimpleNamespace(met=False)
    )
    done = simulate("run", "duel")
    assert (done.exit_code, done.stdout) == (3, "some failed\n")


@pytest.mark.parametrize("command", [["run", "duel"], ["compare", "duel", "two-valleys"]])
@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["text", "json"])
def test_a_target_that_was_not_reached_is_status_4(
    api: SimpleNamespace, command: list[str], as_json: list[str]
) -> None:
    done = SimpleNamespace(
        text=lambda: "{}", summary=dict, failed=0, report=None, manifest=SimpleNamespace(met=False)
    )
    setattr(api, command[0], lambda *_, **__: done)
    said = simulate(*command, *as_json)
    assert (said.exit_code, said.stdout) == (4, "{}\n")


def test_the_help_and_the_readme_say_every_status() -> None:
    text = " ".join(simulate("--help").stdout.split())
    for status in ("0 done", "1 we failed", "2 your input", "3 some histories failed", "4 --until", "130"):
        assert status in text
    readme = (ROOT / "README.md").read_text(encoding="utf-8").replace("`", "")
    assert STATUSES.replace("Exit status: ", "").split(".")[0] in readme


def test_trace_prints_line_by_line(api: SimpleNamespace) -> None:
    api.trace = lambda scenario, **options: iter([str(sorted(options.items()))])
    done = simulate("trace", "duel", "--replicate", "4", "--driver", "mesa", "--jsonl", "--seed", "2")
    asked = "('driver', 'mesa'), ('given', ()), ('jsonl', True), ('of', 200), ('replicate', 4), ('seed', 2)"
    assert done.stdout == f"[('as_of', None), ('doubt', ()), {asked}]\n"


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (InputError("too many"), 2, "too many\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (RunError("the disk is full"), 1, "the disk is full; details are in "),
        (ZeroDivisionError("odd"), 1, "simulate failed: ZeroDivisionError: odd; details are in "),
        (MemoryError(), 1, "simulate failed: MemoryError: ; details are in "),
    ],
)
def test_a_failure_is_one_line_and_a_status(
    api: SimpleNamespace,
    error: BaseException,
    status: int,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path)
    api.run = failing(error)
    done = simulate("run", "duel")
    assert done.exit_code == status
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    assert done.stdout == ""
    logs = [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()]
    assert len(logs) == (status == 1)
    assert all("Traceback" in log and "run duel" not in log.splitlines()[-1] for log in logs)


def test_a_failure_without_a_log_still_says_what_happened(
    api: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "missing")
    api.run = failing(ValueError("odd"))
    assert "no log could be written (No such file or directory)" in simulate("run", "duel").stderr


def test_control_characters_of_a_name_are_made_visible() -> None:
    done = simulate("validate", "\x1b[31mred\n")
    assert done.stderr.startswith(r"\x1b[31mred\n: there is no such file")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["show", "aleppo", "--resolved"], ["list"]], ids=["long", "short"])
def test_a_closed_pipe_ends_quietly(arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-c", "import cli; cli.main()", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True, check=False, env=BUFFERED
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "arguments", [["show", "aleppo", "--resolved"], ["list"], ["--help"]], ids=["long", "short", "help"]
)
def test_a_full_disk_is_our_failure(arguments: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import cli; cli.main()", *arguments]
    with Path("/dev/full").open("w") as full:
        environment = BUFFERED | {"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)}
        done = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment
        )
    assert done.returncode == 1
    said = "standard output cannot be written (No space left on device)"
    assert done.stderr.startswith(said) and done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
@pytest.mark.parametrize(
    ("arguments", "streams", "status"),
    [
        ("list", ">&-", 1), ("list --json", ">&- 2>&-", 1), ("--help", "<&- >&-", 1), ("list", "2>&-", 0),
        ("validate nowhere", "2>&-", 2), ("validate nowhere", ">&-", 2), ("runn", "2>&-", 2),
    ],
)  # fmt: skip
def test_a_closed_stream_is_an_honest_status(
    arguments: str, streams: str, status: int, tmp_path: Path
) -> None:
    command = f"exec '{sys.executable}' -c 'import cli; cli.main()' {arguments} {streams}"
    environment = BUFFERED | {"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == status and "Traceback" not in done.stderr
    assert done.stderr.startswith("standard output cannot be written") == (
        status == 1 and "2>" not in streams
    )
    assert (done.stdout != "") == (status == 0)


def test_what_a_full_stderr_cannot_take_is_left_unsaid() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs a device that is always full")
    with Path("/dev/full").open("w") as full:
        for arguments, status in ((["validate", "nowhere"], 2), (["runn"], 2), (["list"], 0)):
            command = [sys.executable, "-c", "import cli; cli.main()", *arguments]
            done = subprocess.run(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=full, check=False, env=BUFFERED
            )
            assert done.returncode == status


def test_a_terminal_without_unicode_gets_escapes() -> None:
    file = "tests/scenarios/valid/other-scripts.yaml"
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert "\\u062d" in process("show", file, env=environment).stdout
    assert json.loads(process("show", file, "--json", env=environment).stdout)["title"].startswith("حلب")


def test_no_colour_codes_are_printed() -> None:
    done = process("--help", env=os.environ | {"FORCE_COLOR": "1", "NO_COLOR": "1"})
    assert "\x1b" not in done.stdout
