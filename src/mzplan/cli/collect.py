"""`mzplan collect`: takes what came in, in whatever name and format, and files it under `data/`."""

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import typer

from mzplan.check.collect import Intake
from mzplan.check.outcomes import TAKEN, Outcome, Taken
from mzplan.check.standing import standings
from mzplan.cli import options
from mzplan.cli.annotating import NoAnnotatorError, annotator
from mzplan.cli.checking import Run
from mzplan.cli.deciding import chosen_settings
from mzplan.cli.options import word_option
from mzplan.cli.project import data_paths, day_of, load_named, project_root, resolve_period
from mzplan.cli.terminal import CLEAN, FINDINGS, emit, emit_together, look, usual_format, warn
from mzplan.diagnostics import InputError, show
from mzplan.plan.model import Plan
from mzplan.reading.files import FileError, is_within, may_exist, open_regular
from mzplan.reading.flaws import Defect, Flaw, RefusedError
from mzplan.reading.spreadsheet import Grid
from mzplan.reading.workbook import LIMIT, sheets_of
from mzplan.render.collect import Returned, Shown, collected, message
from mzplan.render.text import plain, terminal
from mzplan.render.told import told
from mzplan.rules.files import unreadable_file
from mzplan.said import listed, say
from mzplan.submissions.header import RESULTS
from mzplan.submissions.parcel import Parcel
from mzplan.submissions.places import should_be
from mzplan.submissions.received import Received, received
from mzplan.submissions.register import Register, as_text, register_of
from mzplan.submissions.sources import KEPT, Source, data_sources, is_of_another_year

RETURNS = "returns"
"""Beside the data folder: where what was not filed goes back from."""
REGISTER = f"{KEPT}/register.jsonl"

_NO_REGISTER = "读不出收件登记 {path}：{reason}。"
_AMONG_DATA = "{path} 在数据文件夹里，不是收件箱；已归档的用 mzplan check 检查。"
_AROUND_DATA = "{path} 里有数据文件夹 {data}，不是收件箱；收回来的文件放进一个单独的文件夹，只收那个文件夹。"
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_ENDING = re.compile(r"\.[a-z0-9]{1,5}", re.ASCII)
_LONGEST = 40
"""Characters of a file's name that its annotated copy keeps."""
_MOST_COPIED = 10_000_000
"""Bytes of one file that go into its annotated copies: every unit's has all of it, and so they grow by the square."""
_TOO_MUCH = "{name} 有 {count} 份要退回，每份都附上整个文件太大，没有批注副本，只有回话：请分成几个文件再收。"


def command(
    inbox: Annotated[
        list[Path], typer.Argument(metavar="INBOX", help="收件箱：一个文件夹、一个 zip，或几个文件。", readable=False)
    ],
    period: Annotated[
        str | None,
        word_option("--period", "-p", help="只收这个月的；看不出是哪个月的，当作这个月的来查，各行仍要写报告期。"),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="与已归档的不同的，替换它；默认只列出不同之处。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样做，什么也不写。")] = False,
    as_of: options.Day = None,
    plan: options.Plan = None,
    data: options.Data = None,
) -> int:
    """收下各单位报来的文件：认出是谁的、哪个月的，按 check 的规则查，没有错误的归档，有错误的退回。

    归档的写成 data/<报告期>/<单位 id>.csv，原件留在 inbox/filed/。退回的写到 returns/<报告期>/：标好的原表，和可以直接
    发给对方的话。收几遍都一样。

    用法示例：mzplan collect inbox/ --dry-run    mzplan collect 10月.zip --period 2023-10
    """
    home = _home(data)
    the_plan, choice = load_named(plan, period, [home])
    month = resolve_period(the_plan, period)
    came = received(inbox, _own(home, inbox))
    if not came:
        raise InputError(say("{paths} 里没有收到文件。", paths=listed(show(str(path), 4096) for path in inbox)))
    root, day = project_root(), day_of(as_of)
    settings = chosen_settings(None)
    run = Run(
        plan=the_plan, choice=choice, settings=settings, by_file=settings, day=day, targets=(), data=data,
        with_context=True,
    )  # fmt: skip
    sources = _sources(home, root)
    context = [each for each in sources if each.defect is None and not is_of_another_year(each, the_plan.year)]
    register, before = _register(home.parent / REGISTER)
    intake = Intake(
        the_plan,
        context,
        lambda result: run.counted(result)[0],
        today=day,
        home=str(home),
        root=str(root or ""),
        others=choice.others,
        register=register,
    )
    taken = intake.take(came, month, may_replace=replace)
    months = {one.key[1] for one in taken if one.key is not None} | ({month} if month else set())
    standing = standings(intake, taken, [each for each in sorted(months) if each.year == the_plan.year])
    outgoing = _Outgoing(the_plan, home, intake, taken, is_dry=dry_run)
    for at, one in enumerate(taken):
        outgoing.add(at, one)
    outgoing.take_away(taken, register_of(before))
    if (entries := as_text(register)) != before:
        outgoing.files[home.parent / REGISTER] = entries
    if outgoing.files and not dry_run:
        emit_together(outgoing.files)
    shown = Shown(
        plan=the_plan, taken=taken, standing=standing, copies=outgoing.copies, messages=outgoing.messages,
        targets=outgoing.targets, settled=outgoing.settled, today=day, is_dry=dry_run,
    )  # fmt: skip
    write = terminal if usual_format(None) == "terminal" else plain
    here = look(None)
    emit(write(told(collected(shown), here.tell), here))
    return CLEAN if all(one.is_settled for one in taken) else FINDINGS


class _Outgoing:
    """The files that are to be written, all of them or none."""

    def __init__(self, plan: Plan, home: Path, intake: Intake, taken: Sequence[Taken], *, is_dry: bool) -> None:
        self.plan = plan
        self.home = home
        self.intake = intake
        self.is_dry = is_dry
        self.too_large = _too_large(taken)
        """By file how many reports of it go back, where each is to have but its words."""
        for name, number in self.too_large.items():
            warn(say(_TOO_MUCH, name=show(name, 4096), count=number))
        self.lost: dict[str, str] = {}
        """By file what they cannot keep of it."""
        self.files: dict[Path, bytes | None] = {}
        """What is written; None for what is taken away."""
        self.settled: dict[int, list[str]] = {}
        """By the place of a report that is filed: what had been sent back for its unit and month."""
        self.targets: dict[int, str] = {}
        self.copies: dict[int, Returned] = {}
        self.messages: dict[int, str] = {}

    @cached_property
    def annotated(self) -> Any:
        """What makes an annotated copy, None for want of openpyxl: then the words alone go back, which is said."""
        try:
            return annotator()
        except NoAnnotatorError as error:
            warn(say("这次没有批注副本，其他照常；装好后再收一遍，就有了。{why}", why=error.message))
            return None

    def add(self, at: int, one: Taken) -> None:
        """What has to be written for a report that came in."""
        if one.parcel is not None and one.outcome in TAKEN:
            self._file(at, one, one.parcel)
        elif one.parcel is not None and one.outcome is Outcome.RETURNED:
            self._return(at, one, one.parcel)

    def _file(self, at: int, one: Taken, parcel: Parcel) -> None:
        target = self.home / should_be(parcel.unit, parcel.period)
        self.targets[at] = str(target)
        self.files[target] = one.filed
        originals = [one.received]
        if (before := self.intake.filed.get(parcel.key)) is not None:
            originals.append(Received(before.source.path, before.data))
        for original in originals:
            path = _place(self.home, parcel._replace(received=original))
            if not path.exists():
                self.files[path] = original.data
        evidence = "\n".join(record["evidence"] for record in one.records.values()).replace("\\", "/")
        for name, sent in self.intake.judge.attached(parcel).items():
            path = self.home.parent / KEPT / str(parcel.period) / parcel.unit / name
            if name in evidence and not path.exists():
                self.files[path] = sent.data

    def _return(self, at: int, one: Taken, parcel: Parcel) -> None:
        folder = self.home.parent / RETURNS / str(parcel.period)
        stem = _NOT_IN_NAMES.sub("_", one.received.hints[0])[:_LONGEST].strip("._") or parcel.received.digest
        name = stem if _is_of(stem, parcel.unit) else f"{parcel.unit}-{stem}"
        if one.has_marks and one.received.name not in self.too_large and self.annotated is not None:
            self.copies[at] = self._copied(one, folder / f"{name}.xlsx")
        text = folder / f"{parcel.unit}.txt"
        said = "\n".join(message(self.plan, one, self.copies.get(at))) + "\n"
        before = (self.files.get(text) or b"").decode()
        if said not in before:  # of two tabs of one file the same may be to say
            self.files[text] = (f"{before}\n{said}" if before else said).encode()
        self.messages[at] = str(text)

    def _copied(self, one: Taken, path: Path) -> Returned:
        """The annotated copy of a report: one that nobody will see is made but where something hangs on it."""
        names = {code: indicator.name for code, indicator in self.plan.indicators.items()}
        made = cache(lambda: self.annotated(one.received.name, one.received.data, one.findings, names))
        copy, is_new = self._free(path, lambda: made().data)
        if one.received.name not in self.lost:
            self.lost[one.received.name] = made().lost
        if is_new:
            self.files[copy] = b"" if self.is_dry else made().data
        return Returned(str(copy), self.lost[one.received.name])

    def take_away(self, taken: Sequence[Taken], earlier: Register) -> None:
        """What was sent back for a unit and month of which the report is filed now, and none is sent back anew.

        One that was filed by an earlier run says nothing of what has gone back since.
        """
        open_ = {one.key for one in taken if one.outcome is Outcome.RETURNED}
        for at, one in enumerate(taken):
            if one.parcel is None or one.key in open_:
                continue
            if one.outcome not in TAKEN and (one.outcome is not Outcome.KNOWN or earlier.was_filed(one.parcel)):
                continue
            folder = self.home.parent / RETURNS / str(one.parcel.period)
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                if path not in self.files and _unit_of(path, self.plan) == one.parcel.unit:
                    self.files[path] = None
                    self.settled.setdefault(at, []).append(str(path))

    def _free(self, copy: Path, made: Callable[[], bytes]) -> tuple[Path, bool]:
        """Where the copy goes: never in the place of another file; whether it is not there yet."""
        for number in count(2):
            there = self.files.get(copy)
            if there is None and not copy.exists():
                return copy, True
            if there is None and _says_the_same(copy, made()):
                return copy, False
            copy = copy.with_name(f"{copy.stem.removesuffix(f'_{number - 1}')}_{number}.xlsx")
        raise AssertionError("numbers end")


def _too_large(taken: Sequence[Taken]) -> Mapping[str, int]:
    """The files of which the annotated copies would be too large, and how many: one of each report that goes back."""
    returned = [one.received for one in taken if one.outcome is Outcome.RETURNED and one.has_marks]
    sizes = {each.name: len(each.data) for each in returned}
    copies = Counter(each.name for each in returned)
    return {name: count for name, count in copies.items() if count > 1 and count * sizes[name] > _MOST_COPIED}


def _says_the_same(path: Path, made: bytes) -> bool:
    """Whether a workbook that is there has the same cells as one that would be written."""
    return [(grid.name, grid.rows) for grid in _grids(path)] == [(grid.name, grid.rows) for grid in sheets_of(made)]


def _grids(path: Path) -> Sequence[Grid]:
    """The sheets of a workbook that is there; none where it cannot be read."""
    try:
        with open_regular(path, LIMIT) as stream:
            return sheets_of(stream.read())
    except (FileError, RefusedError):
        return ()


def _unit_of(path: Path, plan: Plan) -> str:
    """To which unit a file goes back that `collect` has written; empty for any other."""
    if path.suffix == ".txt":
        return path.stem if path.stem in plan.units else ""
    unit = max((unit for unit in plan.units if _is_of(path.stem, unit)), key=len, default="")
    return unit if unit and path.suffix == ".xlsx" and [grid.name for grid in _grids(path)][:1] == [RESULTS] else ""


def _is_of(stem: str, unit: str) -> bool:
    """Whether a copy that is called so is a unit's."""
    return stem == unit or stem.startswith((f"{unit}-", f"{unit}_"))


def _home(data: list[Path] | None) -> Path:
    """The folder in which reports are filed."""
    paths = data_paths(data)
    if len(paths) != 1 or paths[0].is_file():
        raise InputError("collect 归档到一个数据文件夹，--data 只写一个文件夹。")
    return Path(paths[0])


def _sources(home: Path, root: str | None) -> list[Source]:
    """What is filed; InputError where that cannot be known: of a folder that cannot be looked into nothing is filed."""
    sources = data_sources([home], root, data=[home]) if may_exist(home) else []
    for source in sources:
        if source.defect is None and (source.spot is None or not source.spot.name):
            try:
                source.open().close()
            except FileError as error:
                found = unreadable_file(Defect(Flaw.FILE, detail=error.obstacle, expected=error.detail))
                told = {"path": show(source.path, 4096), "why": found.message, "remedy": found.hint}
                raise InputError(say("{path}：{why}，没有归档。{remedy}", **told)) from None
    return sources


def _own(home: Path, inbox: Sequence[Path]) -> Sequence[str]:
    """The folders that are written to, resolved; InputError when the inbox is the data, or has them in it."""
    real = os.path.realpath(home)
    for path in inbox:
        if is_within(os.path.realpath(path), real):
            raise InputError(say(_AMONG_DATA, path=show(str(path), 4096)))
        if may_exist(home) and is_within(real, os.path.realpath(path)):
            raise InputError(say(_AROUND_DATA, path=show(str(path), 4096), data=show(str(home), 4096)))
    return [real, *(os.path.realpath(home.parent / folder) for folder in (KEPT, RETURNS))]


def _register(path: Path) -> tuple[Register, bytes]:
    """What has come in before, and its text; nothing where there is none yet."""
    if not may_exist(path):
        return Register(), b""
    try:
        with open_regular(path) as stream:
            text = stream.read()
    except FileError as error:
        raise InputError(say(_NO_REGISTER, path=show(str(path), 4096), reason=error.reason)) from None
    return register_of(text), text


def _place(home: Path, parcel: Parcel) -> Path:
    """Where the original of a report is kept."""
    ending = parcel.received.ending if _ENDING.fullmatch(parcel.received.ending) else ""
    return home.parent / KEPT / str(parcel.period) / f"{parcel.unit}-{parcel.received.digest}{ending}"
