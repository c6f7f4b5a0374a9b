"""Who may log in to the hub of a class; ``python3 start.py hub-users`` calls it.

hub-users ada ben             a new password for each name, printed once
hub-users -ben                takes a name off the list, and ends what Ben has open
hub-users --from class.csv    the same for each name in the first column; "Zoë Müller" becomes zoe-mueller,
                              and keeps this account when the file comes again
hub-users --slips slips.html  with any of them: slips to print and cut, one for each new password
"""

import argparse
import os
import re
import secrets
import sys
import urllib.error
import urllib.request
from html import escape
from pathlib import Path

from names import NAME, accounts_of, is_no_learner, people_in
from passwords import PEOPLE, STATE, passwd, read, write, write_private

from course_utils.atomic_file import check_writable
from course_utils.class_files.collect import give_back

TOKEN = STATE / "hub-users.token"  # with which this program may end somebody's session; the hub makes it
PORT = int(os.environ.get("HUB_PORT", 8000))
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy would read the token, and answer
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no l and 1, no o and 0


def new_password():
    """Make one that can be read aloud: 12 letters and digits, 59 bits of chance."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


# --- the hub that may be running


def end_sessions(name):
    """Let a running hub forget somebody: their server ends, and their sessions and tokens with it.

    Returns
    -------
    bool
        False where no hub answers; then a new start of the hub asks for the password again.
    """
    try:
        token = TOKEN.read_text(encoding="utf-8")
    except OSError:
        return False
    address = f"http://127.0.0.1:{PORT}/hub/api/users/{name}"
    request = urllib.request.Request(address, method="DELETE", headers={"Authorization": f"token {token}"})
    try:
        DIRECTLY.open(request, timeout=60).close()
    except urllib.error.HTTPError as error:
        return error.code == 404  # has never logged in
    except OSError:
        return False
    return True


# --- slips to print

SLIP = """<section><h2>{person}</h2><p>name: <code>{name}</code><br>password: <code>{password}</code></p></section>
"""
SLIPS = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Passwords</title><style>
body {{ font: 12pt/1.4 sans-serif; display: grid; grid-template-columns: 1fr 1fr; margin: 0 }}
section {{ border: 1px dashed #767676; padding: 5mm 8mm; break-inside: avoid }}
h2 {{ font-size: 12pt; margin: 0 }} p {{ margin: 2mm 0 0 }} code {{ font-size: 13pt }}
</style></head><body>
{slips}</body></html>
"""


def slips_of(made):
    """Write a page of slips, from a list of (person, name, password)."""
    slips = [
        SLIP.format(person=escape(person), name=escape(name), password=escape(password))
        for person, name, password in made
    ]
    return SLIPS.format(slips="".join(slips))


# --- the command


def build_parser():
    """Describe what may be said; a name with a dash before it is taken off the list."""
    parser = argparse.ArgumentParser(prog="hub-users", description="Who may log in to the hub of a class.")
    parser.add_argument("--from", dest="file", type=Path, metavar="CSV", help="a name in the first column of each row")
    parser.add_argument("--slips", type=Path, metavar="HTML", help="write slips to print, one for each new password")
    return parser


def main(words):
    """Change the list as the words say; give the exit code."""
    options, rest = build_parser().parse_known_args([word for word in words if not _takes_off(word)])
    hashed = read()
    gone = [word.removeprefix("-") for word in words if _takes_off(word)]
    before = read(PEOPLE)
    remembered = {name: person for name, person in before.items() if name not in gone}
    people = {name: name for name in rest}
    listed = {}
    if options.file is not None:
        try:
            listed = accounts_of(people_in(options.file), taken=(*hashed, *rest), known=remembered)
        except OSError as error:
            return _refuse(f"{options.file}: {error.strerror}.")
    people |= listed
    if any(not NAME.fullmatch(name) for name in (*people, *gone)) or not (people or gone):
        received = " ".join(words) or "no name"
        return _refuse(
            "names of small letters, digits, - and _, a letter first.",
            f'Expected: NAMES="ada ben". Received: {received}.',
        )
    foreign = [name for name in people if is_no_learner(name, hashed)]
    if foreign:
        return _refuse(
            f"{', '.join(foreign)}: an account of this machine, and no learner's. Nothing has changed.",
            "Its files would be open to whoever has the password. Hint: another name.",
        )
    if options.slips is not None:
        problem = _why_not_there(options.slips)
        if problem:
            return _refuse(f"{options.slips}: {problem}. Nothing has changed.")
    known = {name for name in (*people, *gone) if name in hashed}
    made = [(person, name, new_password()) for name, person in people.items()]
    kept = {name: code for name, code in hashed.items() if name not in gone}
    if remembered | listed != before:
        write(remembered | listed, PEOPLE)
    write(kept | {name: passwd(password) for _, name, password in made})  # first: nobody comes back with the old one
    for person, name, password in made:
        print(f"{name:25} {password}" + ("" if person == name else f"   {person}"))
    for name in sorted(known):
        _say_what_ends(name)
    for name in gone:
        _say(f"{name}: the account stays, with its files. To lock it: sudo usermod --lock --expiredate 1 {name}")
    if options.slips is not None:
        write_private(options.slips, slips_of(made))
        give_back(options.slips)
        _say(f"Slips to print: {options.slips}. Delete the file when they are printed.")
    return 0


def _say(text):
    print(text, file=sys.stderr)


def _refuse(*lines):
    _say("hub-users: " + "\n".join(lines))
    return 2


def _why_not_there(slips):
    """Say what keeps slips from being written to a place; nothing is left there."""
    if not slips.parent.is_dir():
        return "there is no such folder"
    try:
        check_writable(slips, 0)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _takes_off(word):
    return bool(re.fullmatch(r"-[^-].*", word)) and word != "-h"


def _say_what_ends(name):
    if end_sessions(name):
        _say(f"{name}: server, sessions and tokens have ended.")
    else:
        _say(f"{name}: no hub answers on port {PORT}. A session of before ends within a minute of the hub's start.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
