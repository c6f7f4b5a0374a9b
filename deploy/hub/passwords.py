"""A list of passwords for a class: made by ``python3 start.py hub-users``, kept hashed, asked at each login.

python deploy/hub/passwords.py NAME...    makes a new password for each name and prints it, once
python deploy/hub/passwords.py -NAME      takes a name off the list
"""

import json
import os
import re
import secrets
import sys
from pathlib import Path

from jupyter_server.auth import passwd, passwd_check  # Argon2
from jupyterhub.auth import Authenticator, LocalAuthenticator

STATE = Path(os.environ.get("HUB_STATE", Path(__file__).resolve().parents[2] / ".hub"))
LIST = STATE / "passwords.json"
NAME = re.compile(r"[a-z][a-z0-9_-]{0,24}")  # what an account may be called
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no l and 1, no o and 0
NOBODY = passwd("")  # an unknown name takes as long as a wrong password


def read(file=LIST):
    """Give the hashed passwords by name; none where there is no list yet."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def write(hashed, file=LIST):
    """Replace the list in one step; only its owner can read it."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    new = file.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(hashed, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(new, file)


def right(name, password, hashed):
    """Tell whether the password belongs to the name."""
    return passwd_check(hashed.get(name, NOBODY), password) and name in hashed


def new_password():
    """Make one that can be read aloud: 12 letters and digits, 59 bits of chance."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


class PasswordList(Authenticator):
    """Logs in who stands on the list; it is read each time, so a change holds at once."""

    async def authenticate(self, handler, data):
        """Give the learner's name, or None."""
        return data["username"] if right(data["username"], data["password"], read()) else None


class AccountsList(PasswordList, LocalAuthenticator):
    """The same, and an account of the machine for each."""


def main(words):
    """Change the list as the words say; give the exit code."""
    names = [word.removeprefix("-") for word in words]
    wrong = [name for name in names if not NAME.fullmatch(name)]
    if wrong or not names:
        print("hub-users: names of small letters, digits, - and _, a letter first.", file=sys.stderr)
        print(f'Expected: NAMES="ada ben". Received: {" ".join(words) or "no name"}.', file=sys.stderr)
        return 2
    hashed = read()
    for word, name in zip(words, names, strict=True):
        hashed.pop(name, None)
        if not word.startswith("-"):
            password = new_password()
            hashed[name] = passwd(password)
            print(f"{name:25} {password}")
    write(hashed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
