"""python -m bmauth_gen: write the outputs, or hold the tree against the spec."""

from __future__ import annotations

import argparse
import sys

from .build import build
from .check import check
from .load import SpecError, load
from .lock import check_locks, write_lock
from .outputs import differences, write
from .paths import LOCKS, ROOT


def main() -> int:
    parser = argparse.ArgumentParser(prog="bmauth_gen", description=__doc__)
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--check", action="store_true", help="fail if an output is stale")
    modes.add_argument("--abi-check", action="store_true", help="fail if a locked ABI is broken")
    modes.add_argument("--lock", action="store_true", help="write the lock of this version")
    options = parser.parse_args()
    try:
        raw = load()
        check(raw)
    except SpecError as error:
        print(error, file=sys.stderr)
        return 1
    api = build(raw)
    if options.check:
        problems = differences(api, ROOT)
    elif options.abi_check:
        problems = check_locks(api, LOCKS)
    elif options.lock:
        problems = write_lock(api, LOCKS)
    else:
        problems = []
        for path in write(api, ROOT):
            print(path)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
