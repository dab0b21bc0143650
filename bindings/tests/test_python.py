"""The Python files as generated from the tiny spec: they compile, and kinds and blocking decide."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from pathlib import Path

import pybind11

from bmauth_gen.emit_python import FOLDER, emit
from bmauth_gen.model import Api
from bmauth_gen.paths import ROOT
from bmauth_gen.uses_python import uses_in_python

from .conftest import GOLDEN

STUB = "python/bmauth/_native.pyi"


def body(text: str, name: str) -> str:
    """The function of that name, to its closing brace."""
    start = text.index(f" {name}(")
    return text[start : text.index("\n}\n", start)]


def test_the_modules_sources_compile_over_the_runtime(tiny: Api, tmp_path: Path) -> None:
    generated = tmp_path / "generated"
    generated.mkdir()
    for path, text in emit(tiny.without_memory()).items():
        if path.startswith(FOLDER):
            (generated / Path(path).name).write_text(text)
    for header in (ROOT / "python/src").glob("*.h"):
        shutil.copy(header, tmp_path)
    system = [sysconfig.get_paths()["include"], pybind11.get_include()]
    command = ["g++", "-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"]
    command += [
        "-fvisibility=hidden",
        "-Wno-missing-field-initializers",
        f"-I{GOLDEN / 'capi/include'}",
    ]
    command += [f"-isystem{folder}" for folder in system]
    for source in sorted(generated.glob("*.cpp")):
        done = subprocess.run([*command, str(source)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_the_stub_says_what_may_be_none_and_what_may_be_left_out(tiny: Api) -> None:
    stub = emit(tiny.without_memory())[STUB]
    assert "    def label(self) -> str | None: ..." in stub
    assert "    def pairs(self) -> Mapping[str, str]: ..." in stub
    assert "    def weigh(self) -> tuple[bool, int]: ..." in stub
    assert "    def __init__(self, model: Box | None = None) -> None: ..." in stub
    assert 'Color = Literal["red", "blue"]' in stub
    assert "class BoxFullError(Error): ..." in stub
    put = stub[stub.index("def put(") :]
    put = " ".join(put[: put.index("...")].split())
    assert put.startswith("def put(self, thing: str | None, color: Color, is_heavy: bool,")
    assert put.endswith("cancel: Cancel | None = None) -> bmauth.Box:")


def test_what_waits_runs_outside_of_the_interpreter_and_what_does_not_stays(tiny: Api) -> None:
    box = emit(tiny.without_memory())[f"{FOLDER}/box.cpp"]
    assert "run_outside(*box, true, cancel" in body(box, "box_put")
    assert "stop, &out_fallen, &err" in body(box, "box_put")
    assert "run_outside" not in body(box, "box_weigh")


def test_no_repr_shows_a_secret_or_what_may_be_absent(tiny: Api) -> None:
    shown = body(emit(tiny.without_memory())[f"{FOLDER}/box.cpp"], "box_repr")
    assert '"color"' in shown
    assert '"secret"' not in shown and '"label"' not in shown


def test_a_use_is_seen_on_names_calls_and_what_they_gave(tiny: Api) -> None:
    assert uses_in_python(tiny, "box.color") == {
        "bmauth_box_color",
        "bmauth_box_new",
        "bmauth_box_free",
    }
    assert "bmauth_box_label" in uses_in_python(tiny, "fallen = it.put('a')\nfallen.label")
    assert "bmauth_box_secret" in uses_in_python(tiny, "async def f():\n  (await it.put(1)).secret")
    pairs = {"bmauth_box_pair_count", "bmauth_box_pair_name", "bmauth_box_pair_value"}
    assert pairs <= uses_in_python(tiny, "bmauth.Box().pairs")
    assert uses_in_python(tiny, "_native.code_name(2)") == {"bmauth_code_name"}
    assert "bmauth_error_message" in uses_in_python(tiny, "raised.value.message")
    assert uses_in_python(tiny, "# box.color\n'box.color'\nlid.color") == set()
