"""The headers stand alone, in C and C++, with every warning, in two translation units."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from .conftest import ROOT, run

INCLUDE = f"-I{ROOT / 'capi/include'}"
ASSERTS = ROOT / "capi/generated/abi_asserts.c"
COMMON = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow",
          "-Wundef", "-Wcast-qual", "-Werror", INCLUDE]  # fmt: skip
C_ONLY = ["-Wstrict-prototypes", "-Wmissing-prototypes", "-Wold-style-definition"]
CPP_ONLY = ["-Wold-style-cast", "-Wnon-virtual-dtor", "-Woverloaded-virtual"]

C_COMPILERS = [os.environ.get("CC", "gcc")]
CPP_COMPILERS = [os.environ.get("CXX", "g++")]
if shutil.which("clang"):
    C_COMPILERS.append("clang")
    CPP_COMPILERS.append("clang++")


def compile_text(command: list[str], text: str, folder: Path, name: str) -> str:
    source = folder / name
    source.write_text(text)
    return compile_file(command, source, folder)


def compile_file(command: list[str], source: Path, folder: Path) -> str:
    target = folder / f"{source.name}.o"
    run([*command, "-c", str(source), "-o", str(target)])
    return str(target)


def c(compiler: str, standard: str = "c99") -> list[str]:
    return [compiler, f"-std={standard}", *COMMON, *C_ONLY]


def cpp(compiler: str, standard: str = "c++17") -> list[str]:
    return [compiler, f"-std={standard}", *COMMON, *CPP_ONLY]


@pytest.mark.parametrize("compiler", C_COMPILERS)
@pytest.mark.parametrize("standard", ["c99", "c11"])
def test_the_c_header_compiles_alone_and_twice(
    compiler: str, standard: str, tmp_path: Path
) -> None:
    text = '#include "bmauth.h"\n#include "bmauth.h"\nextern int used;\nint used = BMAUTH_OK;\n'
    compile_text(c(compiler, standard), text, tmp_path, "alone.c")


@pytest.mark.parametrize("compiler", CPP_COMPILERS)
@pytest.mark.parametrize("standard", ["c++17", "c++20"])
@pytest.mark.parametrize("header", ["bmauth.h", "bmauth.hpp"])
def test_the_headers_compile_alone_as_cpp(
    compiler: str, standard: str, header: str, tmp_path: Path
) -> None:
    text = f'#include "{header}"\n#include "{header}"\n'
    compile_text(cpp(compiler, standard), text, tmp_path, "alone.cpp")


def test_the_headers_survive_hostile_settings(tmp_path: Path) -> None:
    """The compiler's choice of an enumeration's size and of visibility changes nothing."""
    text = '#include "bmauth.h"\ntypedef char size_kept[sizeof(bmauth_code) == 4 ? 1 : -1];\n'
    compile_text([*c("gcc"), "-fshort-enums", "-fvisibility=hidden"], text, tmp_path, "short.c")


@pytest.mark.parametrize("compiler", C_COMPILERS)
def test_the_asserts_hold_in_c(compiler: str, tmp_path: Path) -> None:
    compile_file(c(compiler), ASSERTS, tmp_path)


@pytest.mark.parametrize("compiler", CPP_COMPILERS)
def test_the_asserts_hold_in_cpp(compiler: str, tmp_path: Path) -> None:
    compile_file([compiler, "-std=c++17", *COMMON, "-x", "c++"], ASSERTS, tmp_path)


def test_a_false_number_or_type_fails_the_asserts(tmp_path: Path) -> None:
    """The asserts can fail: each of these headers is wrong in one place."""
    header = (ROOT / "capi/include/bmauth.h").read_text()
    asserts = ASSERTS.read_text()
    for right, wrong in (
        ("BMAUTH_E_NETWORK = 25", "BMAUTH_E_NETWORK = 99"),
        ("typedef int32_t bmauth_code;", "typedef int64_t bmauth_code;"),
        (
            "void bmauth_token_free(bmauth_token *token)",
            "int bmauth_token_free(bmauth_token *t)",
        ),
    ):
        assert right in header
        folder = tmp_path / str(abs(hash(wrong)))
        folder.mkdir()
        (folder / "bmauth.h").write_text(header.replace(right, wrong))
        command = ["gcc", "-std=c99", "-Werror", f"-I{folder}"]
        with pytest.raises(AssertionError, match="abi_asserts"):
            compile_text(command, asserts, folder, "abi_asserts.c")


def example(header: str, before: str, after: str) -> str:
    """The program that a header's opening comment shows, between these two lines."""
    lines = (ROOT / "capi/include" / header).read_text().splitlines()
    first, last = (next(n for n, line in enumerate(lines) if words in line)
                   for words in (before, after))  # fmt: skip
    return "\n".join(line.lstrip(" */") for line in lines[first : last + 1])


def test_the_example_in_the_c_header_compiles(tmp_path: Path) -> None:
    text = '#include "bmauth.h"\nstatic void show(bmauth_login *login) { (void)login; }\n'
    text += "static void complain(const char *a, const char *b) { (void)a; (void)b; }\n"
    text += "int main(void) {\n"
    text += example("bmauth.h", "bmauth_client *client = NULL;", "bmauth_client_free(client);")
    compile_text(c("gcc"), f"#include <stddef.h>\n{text}\n}}\n", tmp_path, "example.c")


def test_the_example_in_the_cpp_header_compiles(tmp_path: Path) -> None:
    text = '#include "bmauth.hpp"\n'
    text += "static void show(std::string_view, std::string_view) {}\nint main() {\n"
    text += example("bmauth.hpp", "bmauth::Client client;", "bmauth::Token token =")
    compile_text(cpp("g++"), text + "\n}\n", tmp_path, "example.cpp")


def test_two_translation_units_of_both_languages_link(library: Path, tmp_path: Path) -> None:
    """Definitions in a header would clash here; a function without a body would be missing."""
    c_text = '#include "bmauth.h"\nint in_c(void);\nint in_c(void) { return BMAUTH_OK; }\n'
    uses = '#include "bmauth.hpp"\nextern "C" int in_c(void);\n'
    uses += "bmauth::Token token_of(bmauth::Client& client);\n"
    one = uses + (
        "bmauth::Token token_of(bmauth::Client& client) {\n"
        "  return client.token(bmauth::Purpose::kAccount, 0);\n}\n"
    )
    two = uses + (
        "int main(int count, char**) {\n  if (count < 2) return in_c();\n"
        "  bmauth::Client client;\n  return token_of(client).headers().empty() ? 0 : 1;\n}\n"
    ).replace("token_of(client).headers()", "token.headers()").replace(
        "  return token.",
        "  const bmauth::Token token = token_of(client);\n  return token.",
    )
    objects = [
        compile_text(c("gcc"), c_text, tmp_path, "in_c.c"),
        compile_text(cpp("g++"), one, tmp_path, "one.cpp"),
        compile_text(cpp("g++"), two, tmp_path, "two.cpp"),
        compile_file(c("gcc"), ASSERTS, tmp_path),
    ]
    program = tmp_path / "program"
    run(
        [
            "g++",
            *objects,
            str(library),
            f"-Wl,-rpath,{library.parent}",
            "-o",
            str(program),
        ]
    )
    run([str(program)])
