"""Fixtures that every test may use: golden files, and an environment that the tests' own machine does not colour."""

import ast
import contextlib
import gc
import os
import pkgutil
import re
import signal
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, wraps
from hashlib import sha256
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import coverage
import pytest
from hypothesis import settings

from mzplan import cli
from mzplan.check import judge
from mzplan.check import run as check_run
from mzplan.check.engines import DATABASES, PYTHON, Engine
from mzplan.check.run import CheckResult, evidence_exists, run_checks
from mzplan.cli import checking, loading
from mzplan.cli import parser as cli_parser
from mzplan.cli.language import choose, is_english
from mzplan.plan import cache as plan_cache
from mzplan.plan.model import Plan
from mzplan.reading.files import FileError
from mzplan.submissions.sources import Source

# A shared machine is slow at times, so no example has a deadline; in CI the same examples run every time. `make fuzz`
# draws many.
settings.register_profile("local", deadline=None, max_examples=6)
settings.register_profile("ci", deadline=None, max_examples=6, derandomize=True)
settings.register_profile("many", deadline=None, max_examples=500)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# What is collected stays until the end, and is frozen then: to look through it again and again took a fifth of the
# time, and a seventh of collecting itself; what a test makes is gone before so many objects have come together.
gc.set_threshold(200_000, 10, 10)


def dear(**more: Any) -> settings:
    """Of what takes a whole check or more, a third of the examples."""
    return settings(max_examples=settings().max_examples // 3, **more)


# A shell without job control starts background jobs with SIGINT ignored, and children inherit that: Ctrl-C could not be
# tested there.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A process makes its command, its plan and what it shows once; here one process runs thousands of commands on a few
# plans and data.
_load = cli_parser._load
_loaded = cache(lambda name, _is_english: _load(name))
vars(cli_parser)["_load"] = wraps(_load)(lambda name: _loaded(name, is_english()))
vars(plan_cache)["plan_of"] = lru_cache(maxsize=64)(plan_cache.plan_of)
_kept: dict[Hashable, CheckResult] = {}
_named_files: list[str] = []
"""What a check has looked for on the disk beside the files that it was given."""


def _checked(
    plan: Plan, sources: Sequence[Source], *, context: Iterable[Source] = (), engine: Engine = PYTHON, **asked: Any
) -> CheckResult:
    """What `check`, `status` and the like show: of many files kept for what they hold, in whatever folder they lie."""
    given, progress = ([*sources], [*context]), asked.pop("progress", None)
    every = [*chain(*given)]
    is_other = engine.name in DATABASES or engine.database(every) or progress
    if len(every) < 10 or is_other or any(source.sheet for source in every):
        return run_checks(plan, given[0], context=given[1], engine=engine, progress=progress, **asked)
    key = (plan.digest, plan.path, *sorted(asked.items()), *(tuple(map(_known, each)) for each in given))
    if key in _kept:
        return _kept[key]
    _named_files.clear()
    result = run_checks(plan, given[0], context=given[1], **asked)
    if not _named_files:
        if len(_kept) == 16:
            del _kept[next(iter(_kept))]
        _kept[key] = result
    return result


def _known(source: Source) -> object:
    """What tells two states of a file apart; where it cannot be read, nothing is known."""
    shown = source._replace(file="", within="", root="", content=None)
    try:
        with contextlib.nullcontext() if source.defect else source.open() as file:
            return shown, sha256(file.read()).digest() if file else b""
    except FileError:
        return object()


def _there(text: str, source: Source) -> bool:
    _named_files.append(text)
    return evidence_exists(text, source)


vars(check_run)["evidence_exists"] = _there
for module in (loading, checking, judge):
    vars(module)["run_checks"] = _checked

GOLDEN = Path(__file__).parent / "golden"

parsed = cache(ast.parse)
"""The tree of a text: many tests look through all modules."""
walked = cache(lambda tree: tuple(ast.walk(tree)))
"""Every node of such a tree, in the order of `ast.walk`, which takes as long as the reading of the text."""

Golden = Callable[[str, str], None]


class Ran(NamedTuple):
    """A run that has ended."""

    code: int
    out: str
    err: str


Mzplan = Callable[..., Ran]


def unquoted(output: str) -> str:
    """The text without what stands in quotation marks: what is quoted from a file, or is to be written into one."""
    inner = re.sub("“[^“”]*”", "", output)
    return inner if inner == output else unquoted(inner)


def run(*arguments: object) -> int:
    """The program in this process; its exit code."""
    with pytest.raises(SystemExit) as stop:
        cli.main([str(argument) for argument in arguments])
    assert isinstance(stop.value.code, int)
    return stop.value.code


@pytest.fixture
def mzplan(capfd: pytest.CaptureFixture[str]) -> Mzplan:
    """Run the program in this process and see what it prints."""
    return lambda *arguments: Ran(run(*arguments), *capfd.readouterr())


def few(names: str | tuple[str, ...], cases: Iterable[Any], kept: Iterable[Any], **more: Any) -> pytest.MarkDecorator:
    """`parametrize` of which the suite runs the cases that are kept, one of each kind; the others are `many`."""
    every, some = list(cases), list(kept)
    assert all(case in every for case in some)
    sets = [case if isinstance(names, tuple) else (case,) for case in every]
    marks = [() if case in some else pytest.mark.many for case in every]
    params = [pytest.param(*values, marks=mark) for values, mark in zip(sets, marks, strict=True)]
    return pytest.mark.parametrize(names, params, **more)


@contextlib.contextmanager
def of(case: object) -> Iterator[None]:
    """Name what fails where one test goes through many cases, each of which costs less than a test of its own."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"of {case}")
        raise


def through(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """`parametrize` in one test, where a case costs no more than a test does; coverage looks at the first likewise."""
    every = [dict(zip(names, case, strict=True)) if isinstance(names, tuple) else {names: case} for case in cases]

    def as_one(test: Callable[..., None]) -> Callable[[], None]:
        @wraps(test)
        def of_all() -> None:
            for place, case in enumerate(every):
                with of(case), contextlib.nullcontext() if not place or _looks_at_all else untraced():
                    test(**case)

        del vars(of_all)["__wrapped__"]  # else the names are looked for among the fixtures
        return of_all

    return as_one


def out(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a run prints; it must end well and say nothing beside."""
    code = run(*arguments)
    shown = capsys.readouterr()
    assert (code, shown.err) == (0, "")
    return shown.out


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files from what the program prints"
    )


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Contents are numbered: what a test packs holds the time, and workers must collect the same tests."""
    return argname if isinstance(val, bytes) else None


_asked_for: set[str] = set()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with `tests/golden/<name>`, byte for byte; `--update-golden` rewrites it, a missing file fails."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        _asked_for.add(name)
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.exists(), f"no golden file {name}: read the output, then run pytest --update-golden"
        assert text == path.read_bytes().decode()

    return compare


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One of several worker processes is done: what it asked for counts."""
    _asked_for.update(getattr(node, "workeroutput", {}).get("golden", ()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A golden file that nobody asked for fails a whole, green run: it would otherwise rot unseen."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["golden"] = sorted(_asked_for)
        return
    whole_run = not session.config.args or session.config.args == [str(Path(__file__).parent)]
    if (
        exitstatus != 0
        or not whole_run
        or session.config.option.keyword
        or session.config.option.markexpr != "not many"
    ):
        return
    known = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    if orphans := sorted(known - _asked_for):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print("golden files that no test reads:", *orphans, sep="\n  ")


_BY_THEMSELVES = ("browser", "office", "spark", "windows")
_TRACED = pytest.StashKey[bool]()
_looks_at_all: list[bool] = []
"""Not empty while a test runs of which coverage looks at each case."""


def _without_crossings(items: Iterable[pytest.Item]) -> None:
    """Of values that stand crossed the suite has each once, and what more comes of them is `many`."""
    tests: dict[str, list[pytest.Function]] = {}
    for item in items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            tests.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for cases in tests.values():
        given = [mark.args[0] for mark in cases[0].iter_markers("parametrize")]
        if len(given) < 2 or any(case.get_closest_marker("many") for case in cases):
            continue
        sides = [[names] if isinstance(names, str) else names for names in given]
        values = [[tuple(id(case.callspec.params[name]) for name in names) for case in cases] for names in sides]
        orders = [{value: place for place, value in enumerate(dict.fromkeys(side))} for side in values]
        places = [[order[value] for value in side] for order, side in zip(orders, values, strict=True)]
        longest = max(places, key=max)
        for case, at, *others in zip(cases, longest, *places, strict=True):
            if any(other != at % (max(side) + 1) for other, side in zip(others, places, strict=True)):
                case.add_marker("many")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What needs another program has a `make` target of its own, where nothing else keeps the machine busy.

    Coverage looks at the first case of a test, at each where it is marked `traced`, and at none where it is marked
    `untraced` or its examples are drawn: the tracer makes what it looks at three times as slow, and which lines count
    as covered depends on no chance.
    """
    _without_crossings(items)
    yield
    known: set[str] = set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        is_drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        is_due = test not in known or bool(item.get_closest_marker("traced"))
        item.stash[_TRACED] = is_due and not is_drawn and not item.get_closest_marker("untraced")
        known.add(test)
    if "PYTEST_XDIST_WORKER" in os.environ:
        alone = pytest.mark.skip(reason="run by itself: make office-tests, spark-tests, browser-tests, test-windows")
        for item in items:
            if any(item.get_closest_marker(name) for name in _BY_THEMSELVES):
                item.add_marker(alone)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _looks_at_all[:] = [True] if item.get_closest_marker("traced") else []
    with contextlib.nullcontext() if item.stash[_TRACED] else untraced():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """What stands outside of functions is seen here, by one worker, and nothing else until the first test."""
    if coverage.Coverage.current() and os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
        for module in pkgutil.walk_packages([str(Path(cli.__file__).parents[1])], "mzplan."):
            import_module(module.name)
    with untraced():
        collected = yield
    gc.freeze()
    return collected


@contextlib.contextmanager
def untraced() -> Iterator[None]:
    """Coverage looks away."""
    stopped = []
    while tracer := coverage.Coverage.current():  # in a worker process, one stands behind the other
        tracer.stop()
        stopped.append(tracer)
    try:
        yield
    finally:
        for tracer in reversed(stopped):
            tracer.start()


@pytest.fixture(autouse=True, scope="session")
def quiet_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads the developer's plan, colours, runner variables or cache."""
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "MZPLAN_PLAN",
            "MZPLAN_DATA",
            "MZPLAN_RULES_URL",
            "NO_COLOR",
            "FORCE_COLOR",
            "COLUMNS",
            "CI",
            "GITHUB_ACTIONS",
            "GITHUB_STEP_SUMMARY",
            "GITHUB_WORKSPACE",
            "TERM",
            "PYTHONUNBUFFERED",
            "PYTHONIOENCODING",
            "PYTHONUTF8",
        ):
            patch.delenv(name, raising=False)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        patch.setattr(os, "fsync", lambda _: None)  # nothing of a test outlives the machine
        yield


@pytest.fixture(autouse=True)
def first_language() -> None:
    """No test speaks another one's language."""
    choose([], {})
