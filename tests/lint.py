"""Form, types and common mistakes, by the tools of each language; every check is one case.

python tests/lint.py --build build/release [--junit FILE]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from harness import junit  # noqa: E402

GENERATED = re.compile(
    r"^(capi/include/|capi/generated/|(python|node)/src/generated/|core/error_table\.|core/version\.)"
)
UNKNOWN_TO_CLANG = "-mtls-dialect=gnu2"
# Files compiled as one are included by it; those of ours are looked at, the generated ones are not.
TIDY_TOGETHER = (
    "-header-filter=/(core|capi)/|/(python|node)/src/[^/]*$",
    "-checks=-bugprone-suspicious-include",
)
# What a library must never do, wherever it stands (promise L6, research on failures of this class).
FORBIDDEN = {
    r"\b(system|popen|tmpnam|mktemp|setenv|putenv|umask|chdir)\s*\(": "takes a liberty with the process",
    r"\bstd::(cout|cerr|clog)\b|\bprintf\s*\(": "writes to a stream",
    r"CURLOPT_(FOLLOWLOCATION|VERBOSE)\s*,\s*1": "would show or lend what is sent",
    r"CURLOPT_SSL_VERIFY(PEER|HOST)\s*,\s*0": "turns verification off",
    r"\babort\s*\(": "ends its host",
}


def tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def run(*command: str, directory: Path = ROOT) -> str | None:
    """None if it succeeded, else what it said."""
    done = subprocess.run(
        command, cwd=directory, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    return None if done.returncode == 0 else (done.stdout + done.stderr)[-6000:]


def cpp_files() -> list[str]:
    return [name for name in tracked("*.c", "*.cpp", "*.h") if not GENERATED.match(name)]


def clang_format() -> str | None:
    return run("clang-format", "--dry-run", "--Werror", *cpp_files())


def compile_commands(build: Path) -> list[dict[str, str]]:
    listed: list[dict[str, str]] = json.loads((build / "compile_commands.json").read_text())
    return listed


def compiled_together(build: Path) -> dict[str, list[str]]:
    """What CMake compiles as one file, by that file: its sources share the reading of their headers."""
    units = [entry["file"] for entry in compile_commands(build) if "/Unity/" in entry["file"]]
    included = re.compile(rf'#include "{re.escape(str(ROOT))}/(.*)"')
    return {unit: included.findall(Path(unit).read_text()) for unit in units}


def clang_tidy(build: Path) -> str | None:
    """Per compiled file, and only if it or any header has changed since it was found clean."""
    headers = [name for name in cpp_files() if name.endswith(".h")]
    shared = hashlib.sha256()
    for name in [".clang-tidy", *headers, *tracked("capi/include/*")]:
        shared.update((ROOT / name).read_bytes())
    clean = build / "tidy"
    clean.mkdir(exist_ok=True)
    commands = compile_commands(build)
    for entry in commands:
        entry["command"] = entry["command"].replace(f" {UNKNOWN_TO_CLANG}", "")
    (clean / "compile_commands.json").write_text(json.dumps(commands))

    def check(unit: tuple[str, list[str]]) -> str | None:
        compiled, names = unit
        digest = shared.copy()
        for name in names:
            digest.update((ROOT / name).read_bytes())
        stamp = clean / digest.hexdigest()
        if stamp.exists():
            return None
        said = run("clang-tidy", "-quiet", "-p", str(clean), *TIDY_TOGETHER, compiled)
        if said is None:
            stamp.touch()
        return said

    sources = [
        name for name in cpp_files() if re.match(r"^(core|capi|python/src|node/src)/.*\.cpp$", name)
    ]
    units = compiled_together(build)
    together = {name for names in units.values() for name in names}
    units |= {name: [name] for name in sources if name not in together}
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = [said for said in pool.map(check, units.items()) if said]
    return "\n".join(found) or None


def forbidden_calls() -> str | None:
    found = []
    for name in [
        name for name in cpp_files() if re.match(r"^(core|capi/src|python/src|node/src)/", name)
    ]:
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
            code = line.split("//")[0]
            for pattern, words in FORBIDDEN.items():
                if re.search(pattern, code):
                    found.append(f"{name}:{number}: {words}: {line.strip()}")
    return "\n".join(found) or None


def layers() -> str | None:
    """Arrows point down only: core knows nothing of capi, and net alone knows curl and OpenSSL."""
    found = []
    for name in cpp_files():
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
            include = re.match(r'\s*#include\s*[<"]([^">]+)', line)
            if not include:
                continue
            header = include.group(1)
            if name.startswith("core/") and re.match(r"(capi/|bmauth\.h)", header):
                found.append(f"{name}:{number}: core includes {header}")
            if re.match(r"(curl|openssl)/", header) and not name.startswith("core/net/"):
                found.append(f"{name}:{number}: {header} outside of core/net")
            if re.match(r"(capi/cli|python/src|node/src)/", name) and header.startswith("core/"):
                found.append(f"{name}:{number}: reaches past the C ABI to {header}")
    return "\n".join(found) or None


def npm_lint(package: str) -> str | None:
    return run("npm", "run", "--silent", "lint", directory=ROOT / package)


def readmes() -> str | None:
    """Every folder opens with a README."""
    folders = {
        str(Path(name).parent) for name in tracked("*.cpp", "*.h", "*.py", "*.mjs", "*.yaml")
    }
    nested = re.compile(
        r"(templates|golden|tests/tiny|(emulator|browser)/|drivers$|/include$|/generated$|core/cmake)"
    )
    missing = [
        folder
        for folder in sorted(folders)
        if folder != "."
        and not nested.search(folder)
        and not (ROOT / folder / "README.md").exists()
    ]
    return "no README.md in: " + ", ".join(missing) if missing else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--junit", type=Path)
    arguments = parser.parse_args()
    python = sys.executable
    checks: dict[str, Callable[[], str | None]] = {
        "clang-format": clang_format,
        "clang-tidy": lambda: clang_tidy(arguments.build.resolve()),
        "forbidden calls": forbidden_calls,
        "layers": layers,
        "a README in every folder": readmes,
        "ruff: form": lambda: run(python, "-m", "ruff", "format", "--check", "."),
        "ruff: mistakes": lambda: run(python, "-m", "ruff", "check", "."),
        "mypy: tests": lambda: run(python, "-m", "mypy", "--config-file", "tests/mypy.ini"),
        "mypy: generator": lambda: run(python, "-m", "mypy", directory=ROOT / "bindings"),
        "mypy: Python package": lambda: run(python, "-m", "mypy", directory=ROOT / "python"),
        "emulator": lambda: npm_lint("tests/emulator"),
        "browser tests": lambda: npm_lint("tests/browser"),
        "Node package": lambda: npm_lint("node"),
    }
    cases = []
    for name, check in checks.items():
        began = time.monotonic()
        failure = check()
        print(f"{'FAILED' if failure else 'ok':6} {name}", flush=True)
        if failure:
            print(failure, flush=True)
        cases.append(junit.Case(name, time.monotonic() - began, failure))
    if arguments.junit:
        junit.write(arguments.junit, "lint", cases)
    return 1 if any(case.failure for case in cases) else 0


if __name__ == "__main__":
    sys.exit(main())
