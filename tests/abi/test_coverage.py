"""Every language's tests use every function, or a reason is written down."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import Any

import pytest
import yaml

from bmauth_gen.coverage import LANGUAGES, measure, uses_in_c, uses_in_cpp
from bmauth_gen.model import Api

from .conftest import ROOT

HOLES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (ROOT / "tests/abi/coverage_holes.yaml").read_text()
)
NAMES = [language.name for language in LANGUAGES]


def holes(api: Api, language: str) -> list[str]:
    used = measure(api, ROOT)[language]
    return [function.name for function in api.functions if function.name not in used]


@pytest.mark.parametrize("language", NAMES)
def test_has_no_hole_without_a_reason(api: Api, language: str) -> None:
    excused = [pattern for row in HOLES.get(language, []) for pattern in row["functions"]]
    found = [name for name in holes(api, language) if not any(fnmatch(name, p) for p in excused)]
    assert not found, f"{language} uses nowhere: {', '.join(found)}"


@pytest.mark.parametrize("language", NAMES)
def test_excuses_nothing_that_is_used(api: Api, language: str) -> None:
    missing = holes(api, language)
    for row in HOLES.get(language, []):
        assert len(row["reason"]) > 10
        for pattern in row["functions"]:
            assert any(fnmatch(name, pattern) for name in missing), f"{pattern} needs no excuse"


def test_knows_a_use_in_c_from_a_mention(api: Api) -> None:
    text = "/* bmauth_token_kind */ bmauth_token_free(t); // bmauth_token_reason\n"
    assert uses_in_c(api, text) == {"bmauth_token_free"}


def test_knows_names_that_a_macro_pastes(api: Api) -> None:
    text = "#define SET(name) \\\n  bmauth_options_set_##name(options, value)\n  SET(issuer);\n"
    assert uses_in_c(api, text) == {"bmauth_options_set_issuer"}


def test_knows_the_class_of_a_cpp_variable(api: Api) -> None:
    text = """
        #include "bmauth.hpp"
        bmauth::Client client;
        auto route = client.route("a", std::nullopt, bmauth::Override::kNone, false);
        bool known = route.is_known();
        for (auto text : route.warnings()) use(text);
        std::string other = token.reason();
        """
    used = uses_in_cpp(api, text)
    assert {"bmauth_client_new", "bmauth_client_free", "bmauth_client_route"} <= used
    assert {
        "bmauth_route_is_known",
        "bmauth_route_warning",
        "bmauth_route_warning_count",
    } <= used
    assert "bmauth_token_reason" not in used
    assert "bmauth_route_reason" not in used
