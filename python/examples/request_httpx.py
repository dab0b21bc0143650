"""Asks the cloud for a project by httpx: credential, refresh and workspace are bmauth's business."""

import sys

import bmauth
import httpx
from bmauth.httpx_auth import Auth


def main(project: str) -> None:
    with bmauth.Client() as client:
        route = client.route(project)
        print(f"{project} is {route.mode}: {route.reason}")
        if route.mode == "local" or route.base_url is None:
            return
        with httpx.Client(auth=Auth(client, project=project)) as http:
            answer = http.get(f"{route.base_url}/knowledge/entities")
            answer.raise_for_status()
            print(answer.json())


if __name__ == "__main__":
    main(sys.argv[1])
