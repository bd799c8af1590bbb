class AccountMovePresentation:
    """A part of AccountMove, where its fields stand."""

    __slots__ = ()
