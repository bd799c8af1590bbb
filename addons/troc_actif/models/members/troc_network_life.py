"""What a network decides about the end of memberships."""


class TrocNetworkLife:
    """A part of TrocNetwork, where its fields stand."""

    __slots__ = ()
