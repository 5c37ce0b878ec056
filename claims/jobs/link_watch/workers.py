"""Threads that ask, while one that knows the database gives and takes."""

import logging
import queue
import threading
from typing import Self

from .asking import Asked, Way, ask
from .tasks import Task

logger = logging.getLogger(__name__)
#: A task with what came of it; ``None``: the tracker itself failed.
Outcome = tuple[Task, Asked | None]


class Workers:
    """A number of threads, each asking for one link at a time.

    Daemons: a run that is told to end does not wait for a server that never answers.
    """

    def __init__(self, way: Way) -> None:
        self._way = way
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, daemon=True)
            for _number in range(way.threads)
        ]
        self.at_work = 0

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        for _thread in self._threads:
            self._tasks.put(None)
        if kind is None:
            for thread in self._threads:
                thread.join()

    @property
    def has_room(self) -> bool:
        return self.at_work < len(self._threads)

    def give(self, task: Task) -> None:
        self.at_work += 1
        self._tasks.put(task)

    def take(self, seconds: float | None) -> Outcome | None:
        """Wait so long at most for one that is done (``None``: until there is one)."""
        try:
            outcome = self._outcomes.get(timeout=seconds)
        except queue.Empty:
            return None
        self.at_work -= 1
        return outcome

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                asked = ask(task, self._way)
            except Exception:
                # Whatever it is, the next link is not to blame.
                logger.warning("link check of %s failed", task.url, exc_info=True)
                asked = None
            self._outcomes.put((task, asked))
