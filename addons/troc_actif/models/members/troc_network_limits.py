"""How limits grow, when a network warns of them, and how long things may wait."""


class TrocNetworkLimits:
    """A part of TrocNetwork, where its fields stand."""

    __slots__ = ()
