"""What a release says of itself: its page in a package registry, its changelog, its licence, its linters."""

import os
import re
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import pytest

from mzplan import __version__

ROOT = Path(__file__).parent.parent
ADDRESS = "https://git.example.org/city/mzplan"
LINK = re.compile(r"\]\(([^)\s]+)\)")
USES = re.compile(r"uses: (?P<what>[^@\s]+)@(?P<commit>\S+)(?P<told>.*)")


def metadata(folder: Path, **environment: str) -> Message:
    """What a built wheel says of itself."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    known = {name: value for name, value in os.environ.items() if name != "MZPLAN_REPOSITORY"}
    subprocess.run(build, check=True, capture_output=True, env={**known, **environment})
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return BytesParser().parsebytes(archive.read(f"mzplan-{__version__}.dist-info/METADATA"))


def page(said: Message) -> str:
    """What the registry shows: the README."""
    body = said.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode()


def test_links_lead_to_the_files_of_the_release_from_a_registrys_page(tmp_path: Path) -> None:
    said = metadata(tmp_path, MZPLAN_REPOSITORY=f"{ADDRESS}/")
    urls = dict(each.split(", ") for each in said.get_all("Project-URL", []))
    assert urls["Source"] == ADDRESS
    assert urls["Changelog"] == f"{ADDRESS}/blob/v{__version__}/CHANGELOG.md"
    links = LINK.findall(page(said))
    assert len(links) > 20
    for link in links:
        at, _, path = link.partition(f"/v{__version__}/")
        assert at == f"{ADDRESS}/{'raw' if path.endswith('.svg') else 'blob'}", link
        assert (ROOT / path.partition("#")[0]).exists(), link


def test_a_build_that_is_no_release_claims_no_address(tmp_path: Path) -> None:
    """A name that nobody owns may be anybody's."""
    said = metadata(tmp_path)
    assert said.get_all("Project-URL") is None
    assert page(said).strip() == (ROOT / "README.md").read_text("utf-8").strip()


def test_the_changelog_has_a_dated_section_for_the_version() -> None:
    """It begins with the figures that differ, and how to move."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    sections = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    assert sections[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(__version__)} \(20\d\d-[01]\d-[0-3]\d\)", sections[1])
    section = changelog.split(f"\n## {sections[1]}\n")[1].split("\n## ")[0]
    assert re.findall(r"^### (.+)$", section, re.MULTILINE)[:2] == ["Figures that differ", "How to move"]


def test_the_licence_names_its_holder() -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert "Copyright 2026 The mzplan developers" in licence
    assert "[name of copyright owner]" not in licence


@pytest.mark.parametrize("place", ["action.yml", ".github/workflows/*.yml", "docs/examples/github/*.yml"])
def test_every_action_is_named_by_its_commit(place: str) -> None:
    """A tag may be moved; beside the commit stands which release it is."""
    used = [each for file in ROOT.glob(place) for each in USES.finditer(file.read_text("utf-8"))]
    assert used
    for each in used:
        assert re.fullmatch("[0-9a-f]{40}", each["commit"]), each[0]
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", each["told"]), each[0]


def test_one_action_has_one_commit_everywhere() -> None:
    files = [ROOT / "action.yml", *ROOT.glob(".github/workflows/*.yml"), *ROOT.glob("docs/examples/github/*.yml")]
    used = {(each["what"], each["commit"]) for file in files for each in USES.finditer(file.read_text("utf-8"))}
    assert len(used) == len({what for what, _ in used})
