"""`python -m bmauth` is the `bmauth` command: this process becomes it."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn


def main() -> NoReturn:
    # Python ignores these two, and a program inherits what is ignored.
    for name in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(name, signal.SIG_DFL)
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bmauth")
    os.execv(program, ["bmauth", *sys.argv[1:]])  # noqa: S606


if __name__ == "__main__":
    main()
