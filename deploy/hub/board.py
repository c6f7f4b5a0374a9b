"""The board of the class as a page of the hub, for those whom HUB_TEACHERS names; the hub starts and ends it.

It reads the learners' records itself, with distrust (course_utils.class_board), and shows them to nobody else:
JupyterHub lets only those in who have the scope for this service.
"""

import json
import os
import pwd
from datetime import datetime
from pathlib import Path
from urllib.parse import urlparse

from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from jupyterhub.utils import url_path_join
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler, authenticated

from course_utils.class_board import board_of, page_of, read_learner
from course_utils.class_board.serve import HEADERS

PREFIX = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
HOMES = os.environ.get("BOARD_HOMES")  # where the hub has no accounts of the machine
PAGES = "application/jupyterhub-pagination+json"  # without it the hub gives the first page and does not say so
TEACHERS = set(os.environ.get("BOARD_TEACHERS", "").split())


def home_of(name):
    """Give the home of a learner; None where there is none."""
    if HOMES:
        return Path(HOMES) / name
    try:
        account = pwd.getpwnam(name)
    except KeyError:  # has never logged in
        return None
    return Path(account.pw_dir) if account.pw_uid >= 1000 else None


async def names_of_learners():
    """Ask the hub who is on it, page by page, and leave out the teachers."""
    names, offset = set(), 0
    while offset is not None:
        page = await _page_of_users(offset)
        names |= {user["name"] for user in page["items"]}
        following = page["_pagination"]["next"]  # null on the last page
        offset = following["offset"] if following else None
    return sorted(names - TEACHERS)


async def _page_of_users(offset):
    """Ask for one page of users; the hub decides how many it holds, 200 at the most."""
    request = HTTPRequest(
        url_path_join(os.environ["JUPYTERHUB_API_URL"], f"users?offset={offset}&limit=200"),
        headers={"Authorization": f"token {os.environ['JUPYTERHUB_API_TOKEN']}", "Accept": PAGES},
    )
    answer = await AsyncHTTPClient().fetch(request)
    return json.loads(answer.body)


class Board(HubOAuthenticated, RequestHandler):
    """The page; a browser that is not logged in is sent to the hub first."""

    def set_default_headers(self):
        for name, value in HEADERS.items():
            self.set_header(name, value)

    @authenticated
    async def get(self):
        """Give the page of now."""
        homes = {name: home_of(name) for name in await names_of_learners()}
        read = [read_learner(name, home) for name, home in homes.items() if home is not None]
        self.write(page_of(board_of(read, datetime.now().astimezone())))


def main():
    """Serve until the hub ends it."""
    callback = url_path_join(PREFIX, "oauth_callback")
    application = Application(
        [(PREFIX, Board), (callback, HubOAuthCallbackHandler)],
        cookie_secret=os.urandom(32),
        log_function=lambda _: None,
    )
    place = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"])
    application.listen(place.port, place.hostname)
    IOLoop.current().start()


if __name__ == "__main__":
    main()
