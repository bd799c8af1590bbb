"""What the operations of the random walk share."""


class NothingToDo(Exception):
    """There is no record in the state that an operation needs: draw another one."""
