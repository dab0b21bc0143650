"""fork and multiprocessing: the child goes on with its clients."""

from __future__ import annotations

import pytest
from child import Child
from waits import QUICK

from command.world import World


def test_a_forked_child_uses_its_parents_client(world: World, child: Child) -> None:
    world.sign_in_long_ago()
    done = child.run(
        """
        before = client.header()
        client.status()
        for number in range(4):
            pid = os.fork()
            if pid == 0:
                ok = client.header() == before and client.status()["is_authenticated"]
                sys.exit(0 if ok else 1)
            say(os.waitpid(pid, 0)[1])
        say(client.status()["is_authenticated"])
        """
    )
    assert (done.out.split(), done.err) == (["0"] * 4 + ["True"], "")
    assert len(world.refreshes()) == 1


def test_a_fork_while_another_thread_waits(world: World, child: Child) -> None:
    begin = QUICK[0]
    begin.prepare(world)
    child.start(
        """
        threading.Thread(target=client.login_begin, daemon=True).start()
        sys.stdin.readline()
        pid = os.fork()
        if pid == 0:
            say("child", client.route("notes").mode)
            sys.exit(0)
        say("status", os.waitpid(pid, 0)[1])
        """
    )
    begin.await_request(world)
    child.tell()
    done = child.end()
    assert (done.status, done.out.splitlines(), done.err) == (0, ["child local", "status 0"], "")


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing_shares_one_refresh(world: World, child: Child, method: str) -> None:
    world.sign_in_long_ago()
    script = world.home / "program.py"
    script.write_text(
        f"""
import multiprocessing
import bmauth

def work(number):
    with bmauth.Client() as client:
        return client.header()

if __name__ == "__main__":
    with multiprocessing.get_context({method!r}).Pool(4) as pool:
        print(len(set(pool.map(work, range(8)))))
"""
    )
    done = child.run_file(script)
    assert (done.status, done.out, done.err) == (0, "1\n", "")
    assert len(world.refreshes()) == 1


def test_errors_cross_processes(world: World, child: Child) -> None:
    done = child.run(
        """
        import multiprocessing

        def ask():
            return bmauth.Client().header()

        with multiprocessing.get_context("fork").Pool(1) as pool:
            try:
                pool.apply(ask)
            except bmauth.NoCredentialsError as error:
                say(error.name, error.remedy == bmauth.NoCredentialsError.remedy)
        """
    )
    assert (done.out, done.err) == ("no_credentials True\n", "")
