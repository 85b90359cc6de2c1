"""The shape of the code: one file per process, parameters used where they say, imports that point down."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from itertools import permutations
from pathlib import Path

import code_map
import grimp
import pytest
from code_map import PACKAGE, ROOT

from simulation.model import weighed
from simulation.model.parameters import PARAMETERS
from simulation.model.registry import Process
from simulation.world.blank import clock_counts

PROCESSES = PACKAGE / code_map.PROCESSES
RULES = [
    file
    for folder in (code_map.PROCESSES, code_map.EFFECTS, code_map.PLANNING)
    for file in sorted((PACKAGE / folder).glob("*.py"))
]

RULELESS = {"__init__"} | {Path(file).stem for file in (code_map.DISPATCH, code_map.DEPENDENCIES)}
BEHIND = tuple(map(code_map.module_of, (code_map.EFFECTS, code_map.PLANNING)))

NUMBERS = {
    "MEASURE": 0, "DAY": 1, "CASUALTY": 2, "GIVE_WAY": 3, "RALLY": 4, "MARCH": 5, "SEIZE": 6, "COMMAND": 7,
    "SORTIE": 8, "INTERDICTION": 9, "REINFORCE": 10, "TRUCE": 11, "BREACH": 12, "JOIN": 13, "FLEE": 14,
    "RETURN_HOME": 15, "DISSOLVE": 16, "REPORT": 17,
}  # fmt: skip
"""Append only: these numbers stand in the address of every draw."""

LONGEST_MODULE = 260
HEAVY = ("numba", "scipy", "pandas", "mesa", "pyarrow", "plotly")


def source_of(process: Process) -> ast.Module:
    return ast.parse((PROCESSES / f"{process.name.lower()}.py").read_text(encoding="utf-8"))


def functions_of(module: ast.Module) -> set[str]:
    return {node.name for node in module.body if isinstance(node, ast.FunctionDef)}


def imported_by(file: Path) -> set[str]:
    """Return the modules a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def fields_read(pattern: str) -> dict[str, set[str]]:
    """Return, for each file of the rules, the names that a pattern finds in it."""
    return {file.stem: set(re.findall(pattern, file.read_text(encoding="utf-8"))) for file in RULES}


def test_process_numbers_are_never_changed() -> None:
    assert {process.name: process.value for process in Process} == NUMBERS


def test_every_process_has_clocks() -> None:
    counts = clock_counts(cells=1, actors=1, units=1, links=1, measures=1)
    assert len(counts) == len(Process) and (counts > 0).all()


def test_every_process_is_looked_at_again() -> None:
    """One that `pending` weighs must be named by a line of its own; all others are looked at whenever they may."""
    text = (PACKAGE / code_map.DEPENDENCIES).read_text(encoding="utf-8")
    for process in weighed.WEIGHED:
        assert re.search(rf"\bpend(_rate)?\(s, Process\.{process.name}, ", text)


@pytest.mark.parametrize("process", Process, ids=lambda process: process.name.lower())
def test_process_has_a_file_with_its_two_functions(process: Process) -> None:
    found = functions_of(source_of(process)) & {"fire", "rate", "due"}
    assert found == {"fire", "due" if process.timed else "rate"}


@pytest.mark.parametrize("process", Process, ids=lambda process: process.name.lower())
def test_process_says_what_it_claims(process: Process) -> None:
    text = ast.get_docstring(source_of(process)) or ""
    assert [head for head in ("Claim", "Clock", "Source", "Event") if f"\n{head}: " not in text] == []


@pytest.mark.parametrize("process", Process, ids=lambda process: process.name.lower())
def test_process_has_a_row_in_the_table(process: Process) -> None:
    table, name = (PACKAGE / code_map.DISPATCH).read_text(encoding="utf-8"), process.name.lower()
    asked = "due" if process.timed else "rate"
    row = f"{name}.fire(s, e) if firing is not None else tell(s, {name}.{asked}(s, e))"
    assert f"process == Process.{process.name}:\n        {row}\n" in table


def test_every_file_of_processes_is_a_process() -> None:
    files = {file.stem for file in PROCESSES.glob("*.py")} - RULELESS
    assert files == {process.name.lower() for process in Process}


def test_rules_read_only_declared_parameters() -> None:
    read = fields_read(r"(?:s\.params\[0\]|\bp)\.([a-z_0-9]+)")
    records = set(PARAMETERS)
    strangers = {
        (file, name)
        for file, names in fields_read(r"s\.params\[0\]\.([a-z_0-9]+)").items()
        for name in names - records
    }
    assert strangers == set()
    assert {name for names in read.values() for name in names} >= records, "declared, but nothing reads it"


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameter_is_used_by_the_processes_it_names(name: str) -> None:
    """A process uses a parameter itself, through what it imports, or finds it laid out at the start."""
    start = (PACKAGE / code_map.MUSTER).read_text(encoding="utf-8")
    for user in PARAMETERS[name].used_by:
        source = everything_behind(PROCESSES / f"{Process[user.upper()].name.lower()}.py") + start
        assert re.search(rf"\.{name}\b", source), f"{user} does not use it"


@pytest.mark.parametrize("process", Process, ids=lambda process: process.name.lower())
def test_parameters_name_every_process_that_reads_them(process: Process) -> None:
    text = (PROCESSES / f"{process.name.lower()}.py").read_text(encoding="utf-8")
    read = set(re.findall(r"(?:s\.params\[0\]|\bp)\.([a-z_0-9]+)", text)) & set(PARAMETERS)
    assert {name for name in read if process.name.lower() not in PARAMETERS[name].used_by} == set()


def everything_behind(file: Path) -> str:
    """Return the source of a process with all effects and plans that it imports, directly or not."""
    seen: dict[Path, str] = {}
    waiting = [file]
    while waiting:
        now = waiting.pop()
        seen[now] = now.read_text(encoding="utf-8")
        inner = [name for name in imported_by(now) if name.startswith(BEHIND)]
        waiting += [found for name in inner if (found := ROOT / f"{name.replace('.', '/')}.py") not in seen]
    return "\n".join(seen.values())


def test_the_engine_knows_processes_only_through_their_table() -> None:
    """Its dispatch calls them, and the dependency graph beside it says what to look at again after each."""
    inside = (code_map.module_of(code_map.PROCESSES), *BEHIND)
    knowing = {
        str(file.relative_to(PACKAGE))
        for file in (PACKAGE / "engine").glob("*.py")
        if any(name.startswith(inside) for name in imported_by(file))
    }
    assert knowing <= {code_map.DISPATCH, code_map.DEPENDENCIES}


def test_rules_are_compiled_by_our_own_decorator_only() -> None:
    users = {
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        if {n.split(".")[0] for n in imported_by(file)} & {"numba", "llvmlite"}
    }
    assert {Path(user).parts[0] for user in users} == {code_map.COMPILERS}


def test_every_source_behind_the_rules_is_in_the_hash_of_the_cache() -> None:
    text = (PACKAGE / code_map.CACHE).read_text(encoding="utf-8")
    hashed = set(re.findall(r'"(\w+)(?:\.py)?"', text))
    seen, waiting = set(), [*RULES, PACKAGE / code_map.CLOCKS, PACKAGE / code_map.LOOP]
    while waiting:
        now = waiting.pop()
        seen.add(now)
        inner = [name.replace(".", "/") for name in imported_by(now) if name.startswith("simulation.")]
        files = (file for name in inner for file in (ROOT / f"{name}.py", ROOT / name / "__init__.py"))
        waiting += [file for file in files if file.is_file() and file not in seen]
    parts = {Path(file.relative_to(PACKAGE).parts[0]).stem for file in seen}
    assert PACKAGE / code_map.PARAMETERS in seen
    assert parts <= hashed


def test_imports_point_down() -> None:
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert program is not None, "import-linter is missing: install the extra 'dev'"
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def imports_between(*, for_types_too: bool) -> dict[str, set[str]]:
    """Return by module the modules of the package that it imports, at its head or in a function."""
    known = grimp.build_graph("simulation", exclude_type_checking_imports=not for_types_too, cache_dir=None)
    return {name: known.find_modules_directly_imported_by(name) for name in known.modules}


def circle_in(imports: dict[str, set[str]]) -> list[str]:
    """Return modules that import each other in a circle, the first again at the end; [] where none do."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    """What a function imports counts as well: put there, a circle is hidden and not broken."""
    assert circle_in(imports_between(for_types_too=False)) == []


def test_only_the_drawn_model_and_its_cells_name_each_other_as_types() -> None:
    imports = imports_between(for_types_too=True)
    for one, other in permutations(map(code_map.module_of, code_map.TYPING_PAIR)):
        imports[one] = imports[one] - {other}
    assert circle_in(imports) == []


def test_a_circle_is_seen() -> None:
    imports = {"a": {"b"}, "b": {"c"}, "c": {"b"}}
    assert sorted(set(circle_in(imports))) == ["b", "c"] and circle_in({"a": {"b"}, "b": set()}) == []


def test_the_command_line_imports_nothing_heavy_until_a_model_runs() -> None:
    """Only the heads of the files count: what a function imports is imported when it is called."""
    cheap = (
        code_map.CONSOLE,
        code_map.OPTIONS,
        code_map.BOUNDS,
        code_map.SIGNALS,
        code_map.EVENT_LINES,
        code_map.ERRORS,
        code_map.COMMANDS,
    )
    light = set(map(code_map.module, cheap))
    commands = f"{code_map.module(code_map.COMMANDS)}."
    for file in (ROOT / "cli.py", *(PACKAGE / code_map.COMMANDS).glob("*.py")):
        names = imported_at_the_head_of(file)
        ours = {name for name in names if name.startswith("simulation")}
        assert {name for name in ours - light if not name.startswith(commands)} == set(), file
    heavy = (*HEAVY, "numpy", "simulation.scenario")
    assert loaded_by("cli", heavy) == "[]"
    assert loaded_by("cli, simulation.scenario", HEAVY) == "[]"


def imported_at_the_head_of(file: Path) -> set[str]:
    head = ast.parse(file.read_text(encoding="utf-8")).body
    names = {alias.name for node in head if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in head if isinstance(node, ast.ImportFrom)}


def loaded_by(modules: str, asked: tuple[str, ...]) -> str:
    code = f"import sys, {modules}; print([m for m in {asked!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_run_imports_nothing_before_its_first_history_that_only_what_follows_needs() -> None:
    assert loaded_by("simulation.api.run", ("mesa", "pandas", "plotly", "scipy.stats")) == "[]"


def test_the_page_of_a_run_does_without_the_library_that_takes_longest_to_import() -> None:
    assert loaded_by("simulation.report.run.page", ("mesa", "scipy.stats")) == "[]"


def test_modules_stay_short() -> None:
    files = [*PACKAGE.rglob("*.py"), ROOT / "cli.py"]
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in files
    }
    assert {name: count for name, count in lengths.items() if count > LONGEST_MODULE} == {}


def test_no_tracked_file_names_a_registry_or_a_path_of_one_machine() -> None:
    hosts = r"(?:registry\.npmjs|files\.pythonhosted|pypi)\.org|--(?:extra-)?index-url"
    paths = r"(?<![\w.~/-])/(?:home|Users|root|work|tmp)/[\w.]"
    excepted = {ROOT / ".ci" / "run", Path(__file__).resolve()}
    guilty = []
    for file in tracked_files():
        if file in excepted or not file.is_file():
            continue
        text = file.read_bytes()
        if b"\0" not in text and re.search(f"{hosts}|{paths}".encode(), text):
            guilty.append(str(file.relative_to(ROOT)))
    assert guilty == []
