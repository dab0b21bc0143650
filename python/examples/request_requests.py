"""The workspaces of whoever is logged in, by requests."""

import bmauth
import requests
from bmauth.requests_auth import Auth


def main() -> None:
    with bmauth.Client() as client, requests.Session() as session:
        session.auth = Auth(client)
        host = client.status(is_offline=True)["settings"]["cloud_host"]["value"]
        answer = session.get(f"{host}/workspaces/", timeout=30)
        answer.raise_for_status()
        for workspace in answer.json()["workspaces"]:
            print(workspace["name"], workspace["tenant_id"])


if __name__ == "__main__":
    main()
