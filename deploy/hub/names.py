"""What learners' accounts are called: names of people become names of accounts, and no foreign account is taken."""

import csv
import pwd
import re
import unicodedata

from course_utils.class_files.homes import is_made_by_hub

NAME = re.compile(r"[a-z][a-z0-9_-]{0,24}")  # what an account may be called
LONGEST = 25
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "ł": "l"})


def account_name(name):
    """Turn a person's name into the name of an account: small letters, no accents, at most 25 of them.

    >>> account_name("Zoë Müller"), account_name("Øyvind O'Brien"), account_name("李雷"), account_name("3rd man")
    ('zoe-mueller', 'oeyvind-o-brien', '', 'l-3rd-man')
    """
    spelled = unicodedata.normalize("NFC", name).lower().translate(SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    joined = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")
    return (joined if not joined or joined[0].isalpha() else f"l-{joined}")[:LONGEST].rstrip("-_")


def accounts_of(people, taken=(), known=None):
    """Give each person an account name of their own: two of the same name get numbers.

    Parameters
    ----------
    people : list of str
        As they are written.
    taken : collection of str
        Names that no new account gets.
    known : dict, optional
        By account the person who has it: they get it again. Of two people of the same name, the first gets the first.

    >>> accounts_of(["Ada L.", "ada l", "李雷"])
    {'ada-l': 'Ada L.', 'ada-l-2': 'ada l', 'learner': '李雷'}
    >>> accounts_of(["Ada", "Ben"], taken=("ada", "ben"), known={"ben": "Ben"})
    {'ada-2': 'Ada', 'ben': 'Ben'}
    """
    known = known or {}
    kept = {}
    for name, person in known.items():
        kept.setdefault(person, []).append(name)
    accounts = {}
    for person in people:
        name = kept[person].pop(0) if kept.get(person) else _free_name(person, {*accounts, *taken, *known})
        accounts[name] = person
    return accounts


def _free_name(person, taken):
    base = account_name(person) or "learner"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base[: LONGEST - len(str(number)) - 1]}-{number}"
    return name


def people_in(file):
    """Give the names in the first column of a CSV, in any of the common encodings; a heading "name" is left out."""
    raw = file.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = raw.decode("latin-1")
    separator = ";" if text.count(";") > text.count(",") else ","
    names = [row[0].strip() for row in csv.reader(text.splitlines(), delimiter=separator) if row]
    if names and names[0].lower() in {"name", "names", "learner", "student", "full name"}:
        names = names[1:]
    return [name for name in names if name]


def is_no_learner(name, hashed):
    """Tell whether a name is an account of this machine that the hub has not made, such as root or a colleague's."""
    try:
        account = pwd.getpwnam(name)
    except KeyError:
        return False
    return account.pw_uid < 1000 or not (name in hashed or is_made_by_hub(account))
