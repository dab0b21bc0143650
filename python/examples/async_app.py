"""An application on an event loop: logs in by events, then asks many things at once."""

import asyncio

import bmauth
import httpx
from bmauth.httpx_auth import Auth


async def log_in(client: bmauth.AsyncClient) -> None:
    async for event in client.login_events():
        if event.prompt is not None:
            print(f"Open {event.prompt.verification_uri} and enter {event.prompt.user_code}")
        elif event.report is not None:
            print("Signed in as", event.report["identity"]["email"])


async def main() -> None:
    async with bmauth.AsyncClient() as client:
        try:
            await client.header()
        except (bmauth.NoCredentialsError, bmauth.ReauthRequiredError):
            await log_in(client)
        base_url = client.route(override="cloud").base_url
        async with httpx.AsyncClient(auth=Auth(client), base_url=base_url or "") as http:
            answers = await asyncio.gather(*[http.get(f"/notes/{number}") for number in range(5)])
        print([answer.status_code for answer in answers])


if __name__ == "__main__":
    asyncio.run(main())
