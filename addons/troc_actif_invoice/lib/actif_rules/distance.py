"""How far apart two places are, as the crow flies."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance of two (latitude, longitude) pairs in degrees.

    Source: haversine formula, mean radius of the Earth (6,371 km).

    >>> round(kilometres((48.86, 2.35), (43.30, 5.37)))
    661
    """
    (lat_a, lon_a), (lat_b, lon_b) = (map(radians, place) for place in (a, b))
    h = sin((lat_b - lat_a) / 2) ** 2
    h += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, h)))
