"""A section as far as a class does it: its minutes, and how they and what is to be done lie around its stops."""

import re
from dataclasses import dataclass

EXERCISE = 5  # minutes, as the lessons count a function to write
FLOOR = 4  # for a section that stays without its exercises
TURNS = re.compile(r"^turns? ([A-E](?:(?:, | and )[A-E])*)")


@dataclass
class Kept:
    """A section as far as the class does it."""

    section: object
    whole: int  # minutes, without a part that goes home
    exercises: list  # their ids
    at_home: int  # of its exercises, the last ones
    part: object  # of the lesson
    turns: dict  # the cell of each of its turns, by the turn's letter
    more: int = 0  # minutes that were left

    @property
    def minutes(self):
        """What it takes; without exercises not less than the floor, if it had as much."""
        return max(self.whole - EXERCISE * self.at_home, min(FLOOR, self.whole)) + self.more

    @property
    def reading(self):
        """The minutes of its text, its cells and its predictions, without its exercises."""
        return round(sum(minutes for _, minutes, _ in self.part.effort))

    @property
    def _clauses(self):
        """How the page says that it goes, without the turns that go home: each clause with the cell at which it is due.

        The cell of a turn is that of its exercise. What begins with "then" is due at the last cell, all else at once.
        """
        done = sorted(self.turns)[: len(self.turns) - self.at_home]
        found = []
        for clause in re.findall(r".+?(?:[,;] |$)", self.section.how):
            of_turns = TURNS.match(clause)
            letters = re.findall(r"[A-E]", of_turns[1]) if of_turns else []
            in_class = [letter for letter in letters if letter in done or letter not in self.turns]
            if in_class:
                named = f"{'turns' if len(in_class) > 1 else 'turn'} {' and '.join(in_class)}"
                found.append((named + clause[of_turns.end() :], self.turns.get(in_class[0])))
            elif not letters:
                found.append((clause, self.part.cells[-1] if clause.startswith("then ") else None))
        return [*found, (self._told_of_home(done), None)] if self.at_home else found

    def _told_of_home(self, done):
        """Name the turns that go home; where all do, they have no names to be told apart by."""
        count = len(self.exercises)
        if self.at_home == count:
            return "its exercise at home" if count == 1 else "its exercises at home"
        return f"turn {' and '.join(sorted(self.turns.keys() - {*done}))} at home"

    def shares(self, stops):
        """Share the minutes of a section out to what stands before each stop and after the last one."""
        efforts = [0.0] * (len(stops) + 1)
        place, in_class = 0, len(self.exercises) - self.at_home
        for cell, minutes, functions in self.part.effort:
            if place < len(stops) and cell == stops[place]:
                place += 1  # what is asked has minutes of its own
            else:
                done = min(functions, in_class)
                in_class -= done
                efforts[place] += minutes + EXERCISE * done
        shares = [max(1, round(self.minutes * effort / sum(efforts))) if effort else 0 for effort in efforts]
        largest = shares.index(max(shares))
        shares[largest] += self.minutes - sum(shares)
        return shares if min(shares) >= 0 and shares[0] else [self.minutes, *[0] * len(stops)]

    def hows(self, stops, shares):
        """Put each clause of how a section goes into the line in which it is due; a line without minutes is none."""
        order = {cell: place for place, cell in enumerate(self.part.cells)}
        lines = [place for place, minutes in enumerate(shares) if minutes or place == 0]
        found = {place: [] for place in lines}
        for clause, cell in self._clauses:
            due = sum(order[stop] <= order[cell] for stop in stops) if cell else 0
            found[max(line for line in lines if line <= due)].append(clause)
        return {place: _joined(clauses).removeprefix("then ") for place, clauses in found.items()}


def _joined(clauses):
    """Put clauses in a row, each with the sign that the page sets behind it.

    >>> _joined(["predict alone, ", "slide together; "]), _joined(["together", "its exercise at home"])
    ('predict alone, slide together', 'together; its exercise at home')
    """
    signed = [clause if clause.endswith((", ", "; ")) else f"{clause}; " for clause in clauses]
    return "".join(signed)[:-2]
