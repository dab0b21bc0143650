"""The Node files as generated from the tiny spec: they compile, and kinds and blocking decide."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from bmauth_gen.emit_node import emit
from bmauth_gen.model import Api
from bmauth_gen.paths import ROOT
from bmauth_gen.uses_node import uses_in_node

from .conftest import HERE

NODE = ROOT / "node"
SOURCE, HEADER, TYPES = (
    "node/src/generated/native.cpp",
    "node/src/generated/native.h",
    "node/lib/native.d.ts",
)


def run(*command: str | Path) -> None:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_addons_source_compiles_over_the_runtime(tiny: Api, tmp_path: Path) -> None:
    (tmp_path / "generated").mkdir()
    for path in (SOURCE, HEADER):
        (tmp_path / "generated" / Path(path).name).write_text(emit(tiny.without_memory())[path])
    for header in (NODE / "src").glob("*.h"):
        shutil.copy(header, tmp_path)
    packages = [
        NODE / "node_modules" / name for name in ("node-api-headers/include", "node-addon-api")
    ]
    system = [word for package in packages for word in ("-isystem", package)]
    flags = ("-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-DNAPI_CPP_EXCEPTIONS")
    source = tmp_path / "generated/native.cpp"
    include = ("-I", tmp_path, "-I", HERE / "golden/capi/include")
    run("g++", *flags, *include, *system, source)


def test_the_declarations_are_strict_typescript(tiny: Api, tmp_path: Path) -> None:
    (tmp_path / "native.d.ts").write_text(emit(tiny.without_memory())[TYPES])
    (tmp_path / "use.ts").write_text(
        "import { Box, Cancel } from './native';\n"
        "const box = new Box();\n"
        "const fallen: Promise<Box> = box.put('a', 'red', true, 5, new Cancel());\n"
        "const label: string | null = box.label;\n"
        "const weight: { isHeavy: boolean; settleMs: number } = box.weigh();\n"
        "const pairs: Record<string, string> = box.pairs;\n"
        "void [fallen, label, weight, pairs];\n"
    )
    run(NODE / "node_modules/.bin/tsc", "--noEmit", "--strict", "--types", "", tmp_path / "use.ts")


def test_what_waits_for_the_network_is_a_job_and_what_does_not_is_none(tiny: Api) -> None:
    functions = emit(tiny.without_memory())[SOURCE].split("napi_value ")
    put = next(text for text in functions if text.startswith("box_put("))
    weigh = next(text for text in functions if text.startswith("box_weigh("))
    assert "return start(info" in put
    assert "start(" not in weigh


def test_a_callback_is_not_offered(tiny: Api) -> None:
    assert not any("setCheck" in text for text in emit(tiny.without_memory()).values())


def test_secrets_are_shown_to_nobody(tiny: Api) -> None:
    rows = re.findall(
        r'kInfo, "(\w+)",.*?\n     (true|false)}', emit(tiny.without_memory())[SOURCE], re.DOTALL
    )
    shown = dict(rows)
    assert (shown["label"], shown["secret"]) == ("true", "false")


def test_coverage_knows_a_use_from_a_mention(tiny: Api) -> None:
    code = """
        const box = new native.Box();
        box.weigh(); // box.label
        const { color, pairs } = box;
        other.secret;
        """
    assert uses_in_node(tiny, code) == {
        "bmauth_box_new",
        "bmauth_box_free",
        "bmauth_box_weigh",
        "bmauth_box_color",
        "bmauth_box_pair_count",
        "bmauth_box_pair_name",
        "bmauth_box_pair_value",
    }
