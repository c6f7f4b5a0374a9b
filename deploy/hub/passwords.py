"""The lists of a class, changed by users.py: hashed passwords, asked at each login, and whose account is whose."""

import json
import os
from pathlib import Path

from jupyter_server.auth import passwd, passwd_check  # Argon2
from jupyterhub.auth import Authenticator, LocalAuthenticator

STATE = Path(os.environ.get("HUB_STATE", Path(__file__).resolve().parents[2] / ".hub"))
LIST = STATE / "passwords.json"
PEOPLE = STATE / "people.json"  # by account the person as the file of the class writes them; the first account first
NOBODY = passwd("")  # an unknown name takes as long as a wrong password


def read(file=LIST):
    """Give what a list holds by the account's name, hashed passwords by default; nothing where there is no list yet."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def write(entries, file=LIST):
    """Replace a list in one step; only its owner can read it."""
    write_private(file, json.dumps(entries, indent=1) + "\n")


def write_private(file, text):
    """Write a file in one step that only its owner can read."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.touch(mode=0o600)
    new.write_text(text, encoding="utf-8")
    os.replace(new, file)


def right(name, password, hashed):
    """Tell whether the password belongs to the name."""
    return passwd_check(hashed.get(name, NOBODY), password) and name in hashed


class PasswordList(Authenticator):
    """Logs in who stands on the list; it is read each time, so a change holds at once."""

    async def authenticate(self, handler, data):
        """Give the learner's name, or None."""
        return data["username"] if right(data["username"], data["password"], read()) else None

    async def refresh_user(self, user, handler=None):
        """Tell whether a session may go on: who has left the list has to leave the hub, too."""
        return user.name in read()


class AccountsList(PasswordList, LocalAuthenticator):
    """The same, and an account of the machine for each."""
