"""(c) Cold processes of a person with very many projects, in every language at once."""

from __future__ import annotations

from bench.claims import Claim, Measured, Row
from bench.processes import Process, time_processes, wanted, with_session
from bench.rows import node, python
from bench.setting import Setting

COUNT = 100_000


def measure(setting: Setting) -> Measured:
    wanted(setting.build, "bin/bmauth", "tests/bench_empty")
    command = [str(setting.build / "bin/bmauth"), "header"]
    processes = {
        "empty": Process([str(setting.build / "tests/bench_empty")], is_silent=True),
        "header": with_session(command, setting.data_dir(COUNT)),
        **python.processes(setting, COUNT),
        **node.processes(setting, COUNT),
    }
    setting.settle()
    return Measured(time_processes(setting, processes, rounds=40))


# No targets before there is an index.
LARGE = Row(
    "cold-large",
    f"(c) the same with {COUNT:,} projects",
    (
        Claim("empty static program", "empty"),
        Claim("bmauth header", "header", "empty"),
        Claim("Python: the empty interpreter", "empty python"),
        Claim("Python: import bmauth, print the header", "python", "empty python"),
        Claim("Node: an empty script", "empty node"),
        Claim("Node: require bmauth, print the header", "node", "empty node"),
    ),
    measure,
)
