"""The program's entry, as `mzplan` and as `python -m mzplan`."""

import sys


def main() -> None:
    """Run the program and exit, quietly where Ctrl-C comes while it is still imported."""
    try:
        from mzplan.cli import main as run  # in here, as it takes most of the time of a short run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
