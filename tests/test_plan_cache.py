"""The cache of validated plans: the same plan comes back, and no trouble with it is ever noticed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from mzplan.plan import cache as plan_cache
from mzplan.plan.load import breakdown_path, load_plan, read_plan
from mzplan.plan.model import Plan

TESTS = Path(__file__).parent
PLANS = [TESTS / "plans" / f"{name}.yaml" for name in ("tiny", "other_city", "every_key")]
PLANS.append(TESTS.parent / "plan" / "2023.yaml")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "mzplan"


def fresh(path: Path) -> Plan:
    plan, _ = read_plan(path)
    assert plan is not None
    return plan


def source(path: Path) -> bytes:
    """The bytes of a plan and its breakdown, as an entry is known by."""
    parts = Path(breakdown_path(path))
    return path.read_bytes() + (b"\0" + parts.read_bytes() if parts.exists() else b"")


def entries(cache: Path) -> list[Path]:
    return sorted(cache.iterdir()) if cache.exists() else []


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_the_same_plan_comes_back(path: Path, cache: Path) -> None:
    plan = fresh(path)
    assert entries(cache) == []
    plan_cache.store(plan, source(path))
    assert len(entries(cache)) == 1
    assert plan_cache.load(source(path), str(path)) == plan


def test_a_second_load_reads_the_entry(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_plan(PLANS[0])
    monkeypatch.setattr("mzplan.plan.load._validated", None)
    assert load_plan(PLANS[0]) == first


def test_a_plan_is_known_by_what_it_and_its_breakdown_say_not_by_its_path(cache: Path, tmp_path: Path) -> None:
    original = load_plan(PLANS[0])
    copy = tmp_path / "copy.yaml"
    copy.write_bytes(PLANS[0].read_bytes())
    without = load_plan(copy)
    assert without.digest != original.digest
    assert not without.parts
    (tmp_path / "copy.breakdown.csv").write_bytes(PLANS[0].with_name("tiny.breakdown.csv").read_bytes())
    whole = load_plan(copy)
    assert (whole.digest, whole.parts, whole.path) == (original.digest, original.parts, str(copy))
    assert len(entries(cache)) == 2


def test_a_wrong_plan_is_not_kept(cache: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(PLANS[0].read_text().replace("year: 2023", "year: x"))
    assert read_plan(wrong)[0] is None
    assert entries(cache) == []


def poisoned(entry: bytes, old: bytes, new: bytes) -> bytes:
    """The entry with something else in what the plan was made into, and a seal that fits."""
    bytes_of = source(PLANS[0])
    body = entry.partition(b"\n")[2][len(bytes_of) :]
    assert old in body
    body = body.replace(old, new, 1)
    return plan_cache._seal(bytes_of, body) + b"\n" + bytes_of + body


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: b"",
        lambda entry: entry[:-1],
        lambda entry: entry.replace("甲县".encode(), "乙县".encode(), 1),
        lambda entry: "乙县".encode().join(entry.rsplit("甲县".encode(), 1)),
        lambda entry: entry.partition(b"\n")[2],
        lambda entry: b"\xff" * 100,
        lambda entry: entry.partition(b"\n")[0] + b"\n" + b"[" * 100_000,
        lambda entry: poisoned(entry, b"[2023]", b'["2023"]'),
        lambda entry: poisoned(entry, b"[2023]", b"[2023.0]"),
        lambda entry: poisoned(entry, b"[2023]", b"[" * 100_000),
        lambda entry: poisoned(entry, b"[2023]", b"[" + b"9" * 5000 + b"]"),
        lambda entry: poisoned(entry, b'"county"', b'"country"'),
        lambda entry: poisoned(entry, b'"100"', b'"1e999999999"'),
        lambda entry: poisoned(entry, b'"100"', b'"1/0"'),
    ],
)
def test_a_damaged_entry_is_read_anew(damage: Callable[[bytes], bytes], cache: Path) -> None:
    plan = load_plan(PLANS[0])
    (entry,) = entries(cache)
    entry.write_bytes(damage(entry.read_bytes()))
    assert plan_cache.load(source(PLANS[0]), "p") is None
    assert load_plan(PLANS[0]) == plan
    assert plan_cache.load(source(PLANS[0]), plan.path) == plan


def replaced_leaves(packed: Any, new: object) -> Iterator[Any]:
    """The JSON with each of its leaves in turn replaced."""
    if isinstance(packed, dict):
        for key, held in packed.items():
            yield from ({**packed, key: other} for other in replaced_leaves(held, new))
    elif isinstance(packed, list):
        for at, held in enumerate(packed):
            yield from ([*packed[:at], other, *packed[at + 1 :]] for other in replaced_leaves(held, new))
    else:
        yield new


@pytest.mark.untraced
@pytest.mark.parametrize("wrong", [None, 1.5, [1], {"each": []}, -1])
def test_whatever_is_of_another_type_anywhere_is_noticed(wrong: object) -> None:
    packed = plan_cache.pack(Plan, [fresh(PLANS[0])])
    assert plan_cache.unpack(Plan, packed) == [fresh(PLANS[0])]
    for poison in replaced_leaves(packed, wrong):
        if wrong == -1:  # a number among the plan's own; elsewhere a place or a length
            with suppress(Exception):
                assert plan_cache.pack(Plan, plan_cache.unpack(Plan, poison)) == poison
        else:
            with pytest.raises((TypeError, ValueError, KeyError)):
                plan_cache.unpack(Plan, poison)


def linked(entry: Path) -> None:
    entry.rename(entry.parent.parent / "aside")
    entry.symlink_to("../aside")


def piped(entry: Path) -> None:
    entry.unlink()
    os.mkfifo(entry)


def foldered(entry: Path) -> None:
    entry.unlink()
    entry.mkdir()


@pytest.mark.parametrize("spoil", [linked, piped, foldered])
def test_only_a_regular_file_that_lies_there_counts(spoil: Callable[[Path], None], cache: Path) -> None:
    plan = load_plan(PLANS[0])
    (entry,) = entries(cache)
    kept = entry.read_bytes()
    spoil(entry)
    assert plan_cache.load(source(PLANS[0]), "p") is None
    assert load_plan(PLANS[0]) == plan
    assert {path.read_bytes() for path in cache.parent.glob("aside")} <= {kept}
    assert (plan_cache.load(source(PLANS[0]), plan.path) == plan) == (spoil is not foldered)


def test_an_entry_or_a_folder_of_another_user_does_not_count(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_plan(PLANS[0])
    me = os.geteuid()
    for what in ("a folder", "a file"):
        asked = iter([me] * (what == "a file") + [me + 1] * 9)
        monkeypatch.setattr(os, "geteuid", lambda asked=asked: next(asked))
        assert plan_cache.load(source(PLANS[0]), "p") is None


def test_an_entry_of_another_version_does_not_count(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_plan(PLANS[0])
    monkeypatch.setattr(plan_cache, "__version__", "0.0.0")
    assert plan_cache.load(source(PLANS[0]), "p") is None


@pytest.mark.parametrize("module", ["figures.py", "reading/number.py", "plan/build.py"])
def test_an_entry_from_before_a_module_changed_does_not_count(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_cache, "__file__", str(tmp_path / "plan" / "cache.py"))
    for package in ("plan", "reading"):
        (tmp_path / package).mkdir()
    (tmp_path / module).write_text("")
    before = plan_cache._name(b"")
    assert plan_cache._name(b"") == before
    os.utime(tmp_path / module, (1, 1))
    assert plan_cache._name(b"") != before


@pytest.mark.parametrize("wanted", [source(PLANS[0]).replace("甲县".encode(), "乙县".encode()), source(PLANS[1])])
def test_an_entry_of_other_bytes_does_not_count(wanted: bytes, cache: Path) -> None:
    load_plan(PLANS[0])
    (entry,) = entries(cache)
    entry.rename(cache / plan_cache._name(wanted))
    assert plan_cache.load(wanted, "p") is None
    assert plan_cache.load(source(PLANS[0]), "p") is None


def test_the_user_may_want_none(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MZPLAN_NO_CACHE", "1")
    assert load_plan(PLANS[0]) == load_plan(PLANS[0])
    assert entries(cache) == []


@pytest.mark.parametrize("place", ["file", "file/below", "/dev/null"])
def test_no_place_to_keep_it_is_no_trouble(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / place))
    assert load_plan(PLANS[0]).title == "2023年示范市民政工作要点"


def test_nobody_at_home_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    assert plan_cache.place() == ""
    assert load_plan(PLANS[0]).title == "2023年示范市民政工作要点"


def test_a_relative_cache_home_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    load_plan(PLANS[0])
    assert [path.parent for path in tmp_path.rglob("*.json")] == [tmp_path / ".cache" / "mzplan"]


def test_windows_keeps_it_with_its_local_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert plan_cache.place() == str(tmp_path / "mzplan" / "cache")
    monkeypatch.delenv("LOCALAPPDATA")
    assert plan_cache.place() == ""


def test_only_the_user_may_write_there(cache: Path) -> None:
    load_plan(PLANS[0])
    assert cache.stat().st_mode & 0o777 == 0o700
    cache.chmod(0o777)
    assert plan_cache.load(source(PLANS[0]), "p") is None
    plan_cache.store(fresh(PLANS[1]), source(PLANS[1]))
    assert len(entries(cache)) == 1


def test_the_oldest_entries_go(cache: Path) -> None:
    cache.mkdir(parents=True, mode=0o700)
    for number in range(plan_cache.KEPT + 5):
        old = cache / f"{number:02}-old.json"
        old.write_text("")
        os.utime(old, (number, number))
    load_plan(PLANS[0])
    kept = [entry.name for entry in entries(cache)]
    assert len(kept) == plan_cache.KEPT
    assert kept[0] == "06-old.json"


WARM = """
import sys
from collections.abc import Callable
from pathlib import Path
from mzplan.plan.load import load_plan
plan = load_plan(Path(sys.argv[1]))
print(len(plan.indicators), *sorted({"yaml", "pydantic", "mzplan.plan.yaml_border"} & set(sys.modules)))
"""


def test_a_warm_start_imports_neither_yaml_nor_the_form(cache: Path) -> None:
    def run() -> str:
        command = [sys.executable, "-c", WARM, str(PLANS[0])]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    assert run() == "5 mzplan.plan.yaml_border pydantic yaml"
    assert run() == "5"
