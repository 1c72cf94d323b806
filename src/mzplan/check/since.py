"""Which rows have changed since a git revision: compared here, row by row, with what git says the old version was.

A row is unchanged when the old version of its file has a row of the very same text as often, under the same header, in
the same encoding and with the same line ends. All else counts as changed, and a finding is left out only when none of
its rows has changed: rather a word too many than a new mistake unseen.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from io import BytesIO
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from mzplan.check.folded import narrowed
from mzplan.check.git import BLOB_LIMIT, NOTHING, Repository
from mzplan.check.tree import TreeFile, followed
from mzplan.diagnostics import Diagnostic, Location, Occurrence
from mzplan.reading.csv_border import CsvTable
from mzplan.reading.csv_lines import physical_lines
from mzplan.reading.files import FileError, StrPath, may_exist, open_regular, upward
from mzplan.reading.flaws import RefusedError
from mzplan.rules.evidence import SEPARATORS
from mzplan.rules.history import HISTORY_RULES
from mzplan.submissions.header import is_header
from mzplan.submissions.opening import as_csv, hidden_lines

_HIDDEN = "\n(hidden)"
"""Stands behind the text of a hidden row, as no text has it."""


def changes_since(revision: str, folder: StrPath) -> "Changes":
    """What has changed since the revision, in the repository of the folder; to be closed.

    `REV` and `REV...HEAD` compare with the merge base, `REV..HEAD` with the revision itself. InputError when there is
    no git, no repository that it may read, no such revision or nothing in common.
    """
    repository = Repository(folder)
    try:
        return Changes(repository, repository.base(revision), revision)
    except BaseException:
        repository.close()
        raise


class Changes:
    """What is new or changed since a commit, found out file by file as it is asked for."""

    def __init__(self, repository: Repository, commit: str, revision: str) -> None:
        self.repository = repository
        self.revision = revision
        """As the user calls it."""
        self.commit = commit
        self.outside: set[str] = set()
        """Files that were asked about and lie outside of the repository: they count as changed."""
        self.absent: set[str] = set()
        """Files whose old version is not here (a partial clone), or is too large: they count as changed."""
        self._same: dict[str, frozenset[int] | None] = {}

    @cached_property
    def tree(self) -> Mapping[str, TreeFile]:
        """The files there were."""
        return self.repository.tree(self.commit)

    def has_changed(self, path: str) -> bool:
        """Whether any byte of the file has changed, or the file is new or gone."""
        return self._unchanged(path) is not None

    def touches(self, place: Location) -> bool:
        """Whether the place is in a changed row; a finding about a whole file counts when the file has changed."""
        same = self._unchanged(place.path)
        return same is not None and place.line not in same

    def has_lost(self, path: StrPath) -> bool:
        """Whether nothing stands there any more, and a file or a folder did."""
        name = None if may_exist(path) else self.repository.inside(path)
        return name is not None and any(each == name or each.startswith(f"{name}/") for each in self.tree)

    def followed(self, name: str) -> str | None:
        """The path of the tree to which its links led from this one; None when out of it."""
        return followed(self.tree, name, self.repository.link, self.repository.top)

    def old_version(self, name: str) -> bytes | None:
        """The bytes of a path of the tree, a link followed; None when there was no file, or its bytes are not here."""
        entry = self.tree.get(self.followed(name) or "")
        return self.repository.blob(entry) if entry else None

    def submodules(self) -> list[str]:
        """The paths in which the repository had another one, or has it as far as it is committed."""
        now = self.repository.head()
        trees = (self.tree, self.repository.tree(now) if now not in (NOTHING, self.commit) else {})
        return sorted({name for tree in trees for name, entry in tree.items() if entry.is_submodule})

    def all_below(self, path: StrPath) -> list[str]:
        """The files that there are directly in a folder and those that there were; of a file, itself."""
        name, folder = self.repository.inside(path), Path(path)
        were = {PurePosixPath(each).name for each in self.tree if str(PurePosixPath(each).parent) == name}
        are = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
        return sorted(str(folder / each) for each in were | are) or [str(path)]

    def split(self, findings: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """The findings in which a changed row takes part, be it as the other place, and those in which none does.

        Of one that stands for many rows, each side has its own.
        """
        changed: list[Diagnostic] = []
        others: list[Diagnostic] = []
        for finding in findings:
            is_history = finding.rule in HISTORY_RULES  # the row may be an old one that counts only now
            if is_history or self._has_lost_evidence(finding):
                changed.append(finding)
                continue
            if not finding.parts:
                is_new = any(map(self.touches, (finding.location, *finding.related)))
                (changed if is_new else others).append(finding)
                continue
            new: list[Occurrence] = []
            old: list[Occurrence] = []
            for part in finding.parts:
                own = Location(finding.location.path, part.line)
                is_new = any(map(self.touches, (own, *finding.related_to(part))))
                (new if is_new else old).append(part)
            if new:
                changed.append(narrowed(finding, new))
            if old:
                others.append(narrowed(finding, old))
        return changed, others

    def _has_lost_evidence(self, finding: Diagnostic) -> bool:
        """Whether a file that the row names as evidence was there, and is not what it was."""
        if finding.field != "evidence" or not finding.value or "\0" in finding.value:
            return False
        pieces = [piece.strip().replace("\\", "/") for piece in SEPARATORS.split(finding.value)]
        folders = [Path(above) for above in upward(Path(finding.location.path).parent)]
        there = [str(folder / piece) for folder in folders for piece in pieces if piece]
        return any(self.repository.inside(path) in self.tree and self.has_changed(path) for path in there)

    def _unchanged(self, path: str) -> frozenset[int] | None:
        """The lines where unchanged rows start; None for a file that is the same to the last byte."""
        if path not in self._same:
            self._same[path] = self._compared(path)
        return self._same[path]

    def _compared(self, path: str) -> frozenset[int] | None:
        name = self.repository.inside(path)
        if name is None:
            self.outside.add(path)
            return frozenset()
        entry = self.tree.get(name)
        data = bytes_now(path)
        if data is None:
            is_known = entry is not None or os.path.lexists(path)
            return frozenset() if is_known else None
        if entry is None or not entry.is_file or self.repository.link_on(name):
            return frozenset()
        if object_name(data, entry.object) == entry.object:
            return None
        old = self.repository.blob(entry)
        if old is None:
            self.absent.add(path)
            return frozenset()
        return same_rows(old, data)


def bytes_now(path: StrPath) -> bytes | None:
    """The file as it is; None when there is none that can be compared."""
    try:
        with open_regular(path, BLOB_LIMIT) as stream:
            return stream.readall()  # type: ignore[attr-defined, no-any-return]  # it is opened without a buffer
    except (FileError, OSError):
        return None


def object_name(data: bytes, like: str) -> str:
    """The name that git gives to a file of these bytes, in the repository's own hash."""
    digest = hashlib.sha1 if len(like) == 40 else hashlib.sha256
    return digest(b"blob %d\0" % len(data) + data).hexdigest()


class _FileRows(NamedTuple):
    """A file's rows as text."""

    border: tuple[object, ...]
    """What decides how the rows are read: encoding, byte order mark, line ends, header."""
    texts: Mapping[int, str]
    """By the line where a row starts: its text, quotes and all, and whether it is hidden in a workbook."""


def same_rows(old: bytes, new: bytes) -> frozenset[int]:
    """The lines of the new version where rows start that the old one has word for word, and as often."""
    before, after = _rows(old), _rows(new)
    if before is None or after is None or before.border != after.border:
        return frozenset()
    counts, now = Counter(before.texts.values()), Counter(after.texts.values())
    return frozenset(line for line, text in after.texts.items() if counts[text] == now[text])


def _rows(data: bytes) -> _FileRows | None:
    """The rows below the header; None when the file cannot be used or has no header."""
    try:
        hidden = hidden_lines(data)
        data = as_csv(data)
    except RefusedError:
        return None
    table = CsvTable(BytesIO(data))
    header: tuple[int, list[str]] | None = None
    starts: list[tuple[int, list[str]]] = []
    try:
        for line, row in chain.from_iterable(table.batches()):
            if header is not None:
                starts.append((line, row))
            elif is_header(row):
                header = (line, row)
                table.width = len(row)
    except RefusedError:
        return None
    if header is None:
        return None
    lines = physical_lines(data.decode("utf-8-sig" if table.encoding == "utf-8" else table.encoding, "replace"))
    ends = frozenset(line[len(line.rstrip("\r\n")) :] for line in lines[:-1])
    head = "".join(lines[: header[0] - 1]) + _text(lines, *header)
    texts = {line: _text(lines, line, row) + (_HIDDEN if line in hidden else "") for line, row in starts}
    return _FileRows((table.encoding, table.has_bom, ends, head), texts)


def _text(lines: list[str], line: int, row: list[str]) -> str:
    """A row's text: as many physical lines as its cells have line breaks, without the last one's end."""
    breaks = sum(len(physical_lines(cell + "x")) - 1 for cell in row if "\n" in cell or "\r" in cell)
    return "".join(lines[line - 1 : line + breaks]).rstrip("\r\n")
