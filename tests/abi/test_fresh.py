"""The committed outputs are what the spec says, byte by byte."""

from __future__ import annotations

import re

from bmauth_gen.model import Api
from bmauth_gen.outputs import differences

from .conftest import BUILD, ROOT


def test_no_output_is_stale(api: Api) -> None:
    stale = differences(api, ROOT)
    assert not stale, "run `make generate`\n" + "\n".join(stale)


def test_the_build_has_the_version_of_the_spec(api: Api) -> None:
    text = (BUILD / "pkgconfig/bmauth.pc").read_text()
    assert re.findall(r"^Version: (\S+)", text, re.MULTILINE) == [api.version]
