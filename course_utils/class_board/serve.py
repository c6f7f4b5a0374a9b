"""The board for a teacher on this machine: a page on 127.0.0.1 that is made anew each time it is asked for."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from course_utils.class_board.board import board_of
from course_utils.class_board.page import page_of
from course_utils.class_board.records import read_class

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
PROBLEM = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="10"><title>The class</title></head>
<body><p>The folder of the class cannot be read now: {}. This page tries again every ten seconds.</p></body></html>
"""


def page_of_folder(folder: Path) -> str:
    """Read the learners' folders in one folder, and write the page of now."""
    return page_of(board_of(read_class(folder), datetime.now().astimezone()), title="The class")


class Page(BaseHTTPRequestHandler):
    """Answers with the page, at one address that others on this machine cannot guess."""

    def __init__(self, *rest, make: Callable[[], str], path: str) -> None:
        self.make, self.own_path = make, path
        super().__init__(*rest)

    def do_GET(self) -> None:
        """Give the page, or a sentence where the folder cannot be read."""
        if not secrets.compare_digest(self.path.encode(), self.own_path.encode()):
            self.send_error(404)
            return
        try:
            status, page = 200, self.make()
        except OSError as error:
            status, page = 500, PROBLEM.format(escape(error.strerror or str(error)))
        body = page.encode()
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a line every ten seconds helps nobody."""


def server_of(folder: Path, port: int = 0) -> tuple[ThreadingHTTPServer, str]:
    """Make a server of the board of a folder; return it, not running yet, and the address of its page.

    Raises
    ------
    OSError
        If the port is taken.
    """
    path = f"/{secrets.token_urlsafe(12)}"
    handler = partial(Page, make=partial(page_of_folder, folder), path=path)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise OSError(error.errno, error.strerror, f"port {port}") from error
    return server, f"http://127.0.0.1:{server.server_address[1]}{path}"


def serve(folder: Path, port: int = 0) -> None:
    """Show the board of a folder until Ctrl+C; a folder that cannot be read is an OSError, before anything is said."""
    read_class(folder)
    server, address = server_of(folder, port)
    print(
        f"The class in {folder}: {address}\nThe page makes itself anew every ten seconds. Ctrl+C ends it.", flush=True
    )
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()
