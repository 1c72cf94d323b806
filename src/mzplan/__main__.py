"""`python -m mzplan`: the same program as the `mzplan` command."""

from mzplan.cli import main

if __name__ == "__main__":
    main()
