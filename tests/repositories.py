"""Git repositories for tests, deaf to the developer's own configuration."""

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Git = Callable[..., str]

_IDENTITY = ("-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "core.autocrlf=false")
_SETTINGS = ("-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main", "-c", "advice.detachedHead=false")


@pytest.fixture
def git(monkeypatch: pytest.MonkeyPatch) -> Git:
    """Run git in the working folder; what it said."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)

    def run(*arguments: str, folder: str | Path = ".") -> str:
        done = subprocess.run(
            ["git", *_IDENTITY, *_SETTINGS, *arguments], cwd=folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    return run


def commit(git: Git, folder: str | Path = ".") -> str:
    """Everything in the folder, committed."""
    git("add", "-A", folder=folder)
    git("commit", "-q", "--allow-empty", "-m", "x", folder=folder)
    return git("rev-parse", "HEAD", folder=folder)


def program(path: Path, script: str) -> Path:
    """A program of the shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
