"""Logs in, unless this user already is, and says who that is."""

import bmauth


def show(prompt: bmauth.LoginPrompt) -> None:
    print("Only continue if you started this login.")
    print(f"Open {prompt.verification_uri} and enter {prompt.user_code}")


def main() -> None:
    with bmauth.Client() as client:
        try:
            report = client.login(on_prompt=show, open_browser=False)
        except bmauth.Error as error:
            raise SystemExit(f"{error.message}; {error.remedy}") from None
        print("Signed in as", report["identity"]["email"])


if __name__ == "__main__":
    main()
