"""worker.c in Python."""

import sys

import bmauth


def main() -> None:
    with bmauth.Client() as client:
        print("ready", flush=True)
        for _ in sys.stdin:
            try:
                print("ok", client.token().access_token, flush=True)
            except bmauth.Error as error:
                print("error", error.name, error.message, flush=True)


main()
