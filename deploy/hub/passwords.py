"""The list of passwords of a class: kept hashed, asked at each login, changed by users.py."""

import json
import os
from pathlib import Path

from jupyter_server.auth import passwd, passwd_check  # Argon2
from jupyterhub.auth import Authenticator, LocalAuthenticator

STATE = Path(os.environ.get("HUB_STATE", Path(__file__).resolve().parents[2] / ".hub"))
LIST = STATE / "passwords.json"
NOBODY = passwd("")  # an unknown name takes as long as a wrong password


def read(file=LIST):
    """Give the hashed passwords by name; none where there is no list yet."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def write(hashed, file=LIST):
    """Replace the list in one step; only its owner can read it."""
    write_private(file, json.dumps(hashed, indent=1, sort_keys=True) + "\n")


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
