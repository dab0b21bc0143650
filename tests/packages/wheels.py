"""Wheels of the Python package for every interpreter on this machine that it supports.

python tests/packages/wheels.py --build build/release

The first wheel compiles the core; the others take it from ccache and compile the module alone.
"""

from __future__ import annotations

import argparse
import functools
import glob
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 9)
AT_A_TIME = 2
# Needed on older versions only, so pip leaves them out where it runs on a newer one.
FOR_OLDER = ["exceptiongroup", "tomli", "typing-extensions"]
FACTS = """
import json, os, platform, sys, sysconfig
header = os.path.join(sysconfig.get_path("include"), "Python.h")
print(json.dumps([os.path.realpath(sys.executable), sys.version_info[:3],
                  platform.python_implementation(), os.path.exists(header)]))
"""


@dataclass(frozen=True)
class Interpreter:
    path: Path
    version: tuple[int, ...]
    unfit: str  # why there is no wheel for it; empty if there is

    @property
    def tag(self) -> str:
        return f"cp{self.version[0]}{self.version[1]}"

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.version))} {self.path}"


class Failed(Exception):
    """A wheel cannot be built; the text is what the tools said."""


def candidates() -> Iterator[str]:
    home = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    yield from glob.glob(f"{home}/versions/*/bin/python")
    for folder in ["/usr/bin", "/usr/local/bin", *os.get_exec_path()]:
        for path in glob.glob(f"{folder}/python3*"):
            if re.fullmatch(r"python3(\.\d+)?", os.path.basename(path)):
                yield path
    yield sys.executable


def interpreter_at(path: str) -> Interpreter | None:
    """None for what does not answer: a shim without a version behind it, a Python 2."""
    asked = subprocess.run([path, "-I", "-c", FACTS], capture_output=True, text=True)
    if asked.returncode != 0:
        return None
    real_path, version, implementation, has_headers = json.loads(asked.stdout)
    unfit = ""
    if tuple(version[:2]) < OLDEST:
        unfit = "older than " + ".".join(map(str, OLDEST))
    elif implementation != "CPython":
        unfit = implementation
    elif not has_headers:
        unfit = "without headers"
    return Interpreter(Path(real_path), tuple(version), unfit)


@functools.lru_cache
def interpreters() -> list[Interpreter]:
    """All on this machine, oldest first, each once whatever its names."""
    found = {one.path: one for one in map(interpreter_at, dict.fromkeys(candidates())) if one}
    return sorted(found.values(), key=lambda one: (one.version, one.path))


def tools(folder: Path) -> Path:
    """What builds wheels, of one kind that every version can import: no environment per interpreter."""
    requirements = ROOT / "python/requirements.txt"
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != requirements.read_text():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade"]
        oldest = ["--python-version", ".".join(map(str, OLDEST)), "--implementation", "py"]
        pure = ["--platform", "any", "--only-binary", ":all:"]
        run([*pip, "--target", str(folder), *oldest, *pure, "-r", str(requirements), *FOR_OLDER])
        stamp.write_text(requirements.read_text())
    return folder


def run(words: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(words)}\n{(done.stdout + done.stderr)[-6000:]}")


def build_wheel(
    interpreter: Interpreter, wheels: Path, tools_path: Path, tree: Path | None = None
) -> tuple[Path, float]:
    """The wheel and the seconds that it took; `tree` stands in for the build tree of pyproject.toml."""
    began = time.monotonic()
    environment = dict(os.environ, PYTHONPATH=str(tools_path), PYTHONNOUSERSITE="1")
    # What differs between the build trees is their folder alone, which debug information would tell.
    environment["CCACHE_NOHASHDIR"] = "1"
    target = wheels / interpreter.tag
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.whl"):
        old.unlink()
    pip = [sys.executable, "-m", "pip", "--python", str(interpreter.path), "wheel", "--quiet"]
    options = ["--no-build-isolation", "--no-deps", "--wheel-dir", str(target)]
    # As in the build tree of the developer, whose objects ccache then has.
    options += ["--config-settings", "cmake.define.BMAUTH_WERROR=ON"]
    if tree is not None:
        options += ["--config-settings", f"build-dir={tree}"]
    run([*pip, *options, "./python"], environment)
    (wheel,) = target.glob("*.whl")
    return wheel, time.monotonic() - began


def build_all(build: Path) -> dict[Interpreter, Path]:
    """The wheel of each interpreter that fits; those of one version share theirs."""
    found = interpreters()
    for one in found:
        print(f"  {one}{': no wheel, ' + one.unfit if one.unfit else ''}")
    fit = [one for one in found if not one.unfit]
    by_tag = {one.tag: one for one in reversed(fit)}
    wheels = build / "wheels"
    tools_path = tools(wheels / "tools")

    def build_and_tell(one: Interpreter) -> tuple[str, Path]:
        wheel, seconds = build_wheel(one, wheels, tools_path)
        print(f"  {wheel.name} {wheel.stat().st_size // 1024} KiB, {seconds:.1f} s", flush=True)
        return one.tag, wheel

    first, *others = by_tag.values()
    # Alone: two at once on an empty cache would both compile the core.
    built = [build_and_tell(first)]
    with ThreadPoolExecutor(max_workers=AT_A_TIME) as pool:
        built += pool.map(build_and_tell, others)
    by_version = dict(built)
    return {one: by_version[one.tag] for one in fit}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--build", type=Path, required=True, help="wheels go to wheels/ below it")
    try:
        build_all(parser.parse_args().build.resolve())
    except Failed as failed:
        print(f"wheels: {failed}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
