"""The memory that a class needs, looked at every three seconds while it works; needs root, to see all of it."""

import contextlib
import threading

import psutil

EVERY = 3  # s


def processes(uid):
    """Give the processes of one account."""
    found = psutil.process_iter(["uids"])
    return [process for process in found if process.info["uids"] and process.info["uids"].real == uid]


def needed(them):
    """Add up what processes need, in bytes: PSS, in which a page that n of them share counts as 1/n."""
    total = 0
    for process in them:
        with contextlib.suppress(psutil.Error):  # it may end while we look
            total += process.memory_full_info().pss
    return total


class Memory:
    """The most that each learner needed, the most of all together, and that of the hub with its proxy, in bytes."""

    def __init__(self, hub, uids):
        self.peak, self.together, self.hub = {}, 0, 0
        self._hub, self._uids = psutil.Process(hub), uids
        self._end, self._thread = threading.Event(), threading.Thread(target=self._watch)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._end.set()
        self._thread.join()

    def _watch(self):
        while not self._end.wait(EVERY):
            now = {uid: needed(processes(uid)) for uid in self._uids()}
            self.peak = {uid: max(self.peak.get(uid, 0), bytes_) for uid, bytes_ in now.items()}
            self.together = max(self.together, sum(now.values()))
            family = {self._hub.pid, *(process.pid for process in self._hub.children(recursive=True))}
            self.hub = max(self.hub, needed(process for process in processes(0) if process.pid in family))
