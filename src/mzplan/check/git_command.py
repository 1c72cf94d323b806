"""How git is started, so that nothing but its own program runs, whatever a repository or the environment says."""

import os
import re
import shutil

QUIET = (
    *("--no-pager", "--no-replace-objects", "--literal-pathspecs"),
    *("-c", "safe.bareRepository=explicit", "-c", "protocol.allow=never", "-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}", "-c", "core.sshCommand=false", "-c", "core.askPass=false"),
    *("-c", "credential.helper=", "-c", "gc.auto=0", "-c", "advice.graftFileDeprecated=false"),
)
"""What holds whatever the repository's own settings say. Nothing that is asked should need it: it is a second wall."""

_KEPT = re.compile(r"GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)")
"""Variables of git that stay: where this user and this machine say which folders are safe. A hook's GIT_DIR, index and
work tree name what is about to be committed, and the like may point anywhere: they go."""


def program() -> str | None:
    """Find git as the search path has it: never one that lies in the working folder."""
    name = "git.exe" if os.name == "nt" else "git"
    folders = [folder for folder in os.get_exec_path() if os.path.isabs(folder)]
    return next((found for folder in folders if (found := shutil.which(os.path.join(folder, name)))), None)


def environment(top: str) -> dict[str, str]:
    """The variables that git has, in the repository with that top folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _KEPT.fullmatch(name)}
    return kept | {
        "GIT_CEILING_DIRECTORIES": os.path.dirname(top),
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_ASKPASS": "false",
        "SSH_ASKPASS": "false",
        "LC_ALL": "C",
    }
