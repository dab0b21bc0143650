"""The ABI of every version that has a lock is still there."""

from __future__ import annotations

import json
from pathlib import Path

from bmauth_gen.lock import check_locks
from bmauth_gen.model import Api
from bmauth_gen.paths import LOCKS


def test_no_lock_is_broken(api: Api) -> None:
    assert check_locks(api, LOCKS) == []


def test_a_missing_lock_fails(api: Api, tmp_path: Path) -> None:
    assert check_locks(api, tmp_path) == [f"no lock-{api.version}.json: write it with --lock"]


def test_a_function_that_the_lock_has_and_the_spec_lacks_fails(api: Api, tmp_path: Path) -> None:
    name = f"lock-{api.version}.json"
    lock = json.loads((LOCKS / name).read_text())
    lock["functions"].append({"name": "bmauth_client_gone"})
    (tmp_path / name).write_text(json.dumps(lock))
    assert check_locks(api, tmp_path) == [f"{name}: function bmauth_client_gone: removed"]
