"""What the operations of the random walk share."""


class NothingToDo(Exception):
    """There is no record in the state that an operation needs: draw another one."""


class WalkPart:
    """Operations of one area, mixed into the random walk as its `do_` methods."""

    # operation: how often it is drawn
    WEIGHTS = {}

    def start_walk(self):
        """Set up what the operations of this part need."""

    def assert_walk_holds(self):
        """Check, at the end, what this part promises beside the invariants."""
