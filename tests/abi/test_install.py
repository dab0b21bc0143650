"""An installed bmauth serves programs that never saw the source tree."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .conftest import BUILD, run

PROGRAM = """
#include <bmauth.h>
#include <stdio.h>
int main(void) {
  bmauth_client *client = NULL;
  bmauth_report *report = NULL;
  if (bmauth_client_new(NULL, &client, NULL) != BMAUTH_OK) return 1;
  if (bmauth_client_status(client, 0, NULL, &report, NULL) != BMAUTH_OK) return 2;
  printf("%s %s\\n", bmauth_version(), bmauth_report_text(report, "/cloud/error/name"));
  bmauth_report_free(report);
  bmauth_client_free(client);
  return 0;
}
"""

CMAKE = """
cmake_minimum_required(VERSION 3.25)
project(consumer C)
find_package(bmauth REQUIRED)
add_executable(program program.c)
target_link_libraries(program bmauth::bmauth)
"""


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chosen = tmp_path_factory.mktemp("prefix")
    run(["cmake", "--install", str(BUILD), "--prefix", str(chosen)])
    return chosen


def says(program: Path, home: Path, libraries: Path) -> str:
    clean = ["env", "-i", f"HOME={home}", f"LD_LIBRARY_PATH={libraries}"]
    return run([*clean, str(program)]).strip()


def library_folder(prefix: Path) -> Path:
    return next(prefix.rglob("libbmauth.so")).parent


def test_a_c_program_finds_it_by_pkg_config(prefix: Path, tmp_path: Path) -> None:
    (tmp_path / "program.c").write_text(PROGRAM)
    libraries = library_folder(prefix)
    path = f"PKG_CONFIG_PATH={libraries / 'pkgconfig'}"
    flags = run(["env", path, "pkg-config", "--cflags", "--libs", "bmauth"]).split()
    program = tmp_path / "program"
    compiler = os.environ.get("CC", "cc")
    run([compiler, str(tmp_path / "program.c"), "-o", str(program), *flags])
    assert says(program, tmp_path, libraries) == "0.1.0 no_credentials"


def test_a_cmake_project_finds_it_by_name(prefix: Path, tmp_path: Path) -> None:
    (tmp_path / "program.c").write_text(PROGRAM)
    (tmp_path / "CMakeLists.txt").write_text(CMAKE)
    build = tmp_path / "build"
    run(["cmake", "-S", str(tmp_path), "-B", str(build), f"-DCMAKE_PREFIX_PATH={prefix}"])
    run(["cmake", "--build", str(build)])
    assert says(build / "program", tmp_path, library_folder(prefix)) == "0.1.0 no_credentials"


def test_the_installed_command_finds_its_net_object(prefix: Path, tmp_path: Path) -> None:
    command = str(prefix / "bin/bmauth")
    refused = "http://127.0.0.1:1"
    host = [f"BASIC_MEMORY_CLOUD_HOST={refused}", f"BASIC_MEMORY_CLOUD_DOMAIN={refused}"]
    key = "BASIC_MEMORY_CLOUD_API_KEY=bmc_CANARYcanary0123456789abcdefghij"
    words = ["env", "-i", f"HOME={tmp_path}", *host, key, command, "status", "--json"]
    status = run(["sh", "-c", '"$@" || test $? -eq 5', "sh", *words])
    assert '"name":"network"' in status
