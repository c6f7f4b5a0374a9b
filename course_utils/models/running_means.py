"""RunningMeans: loss and accuracy over the batches of an epoch so far."""


class RunningMeans:
    """Means over the examples seen so far, by name.

    >>> means = RunningMeans()
    >>> means.add(30, {"loss": 1.0})
    >>> means.add(10, {"loss": 2.0})
    >>> means.logs()
    {'loss': 1.25}
    """

    def __init__(self) -> None:
        self.examples = 0
        self.totals: dict[str, float] = {}

    def add(self, m: int, values: dict[str, float]) -> None:
        """Weigh in the values of a batch of m examples."""
        self.examples += m
        for name, value in values.items():
            self.totals[name] = self.totals.get(name, 0) + m * value

    def logs(self) -> dict[str, float]:
        """Return the means."""
        return {name: total / self.examples for name, total in self.totals.items()}
