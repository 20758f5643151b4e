"""From a latitude and longitude (WGS84) to metres of the National Grid, to about five metres.

Source: A guide to coordinate systems in Great Britain, Ordnance Survey, annexes B and C (Helmert shift, transverse
Mercator on the Airy 1830 ellipsoid).
"""

from __future__ import annotations

from math import atan2, cos, radians, sin, sqrt, tan

Metres = tuple[float, float]

AIRY_A, AIRY_B = 6_377_563.396, 6_356_256.909
GRS_A, GRS_B = 6_378_137.0, 6_356_752.3141
SCALE, EAST0, NORTH0 = 0.9996012717, 400_000.0, -100_000.0
LAT0, LON0 = radians(49.0), radians(-2.0)
SHIFT = (-446.448, 125.157, -542.060)
TURN = tuple(radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))
GROW = 1 + 20.4894e-6


def metres_of(latitude: float, longitude: float) -> Metres | None:
    """Easting and northing; None for a place outside Great Britain, which also catches the two swapped."""
    if not (49.5 <= latitude <= 61.0 and -9.0 <= longitude <= 2.5):
        return None
    return _project(*_on_airy(radians(latitude), radians(longitude)))


def _on_airy(lat: float, lon: float) -> tuple[float, float]:
    """The same place on the ellipsoid of the old survey."""
    e2 = 1 - (GRS_B / GRS_A) ** 2
    nu = GRS_A / sqrt(1 - e2 * sin(lat) ** 2)
    x, y, z = nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), (1 - e2) * nu * sin(lat)
    rx, ry, rz = TURN
    there_x = SHIFT[0] + GROW * x - rz * y + ry * z
    there_y = SHIFT[1] + rz * x + GROW * y - rx * z
    there_z = SHIFT[2] - ry * x + rx * y + GROW * z
    e2 = 1 - (AIRY_B / AIRY_A) ** 2
    flat = sqrt(there_x**2 + there_y**2)
    found = atan2(there_z, flat * (1 - e2))
    for _ in range(6):
        nu = AIRY_A / sqrt(1 - e2 * sin(found) ** 2)
        found = atan2(there_z + e2 * nu * sin(found), flat)
    return found, atan2(there_y, there_x)


def _project(lat: float, lon: float) -> Metres:
    e2 = 1 - (AIRY_B / AIRY_A) ** 2
    n = (AIRY_A - AIRY_B) / (AIRY_A + AIRY_B)
    nu = AIRY_A * SCALE / sqrt(1 - e2 * sin(lat) ** 2)
    rho = AIRY_A * SCALE * (1 - e2) / (1 - e2 * sin(lat) ** 2) ** 1.5
    eta2 = nu / rho - 1
    by, over = lat - LAT0, lat + LAT0
    arc = (
        AIRY_B * SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * by
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(by) * cos(over)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * by) * cos(2 * over)
            - 35 / 24 * n**3 * sin(3 * by) * cos(3 * over)
        )
    )  # fmt: skip
    t, c, d = tan(lat), cos(lat), lon - LON0
    north = (
        arc + NORTH0
        + nu / 2 * sin(lat) * c * d**2
        + nu / 24 * sin(lat) * c**3 * (5 - t**2 + 9 * eta2) * d**4
        + nu / 720 * sin(lat) * c**5 * (61 - 58 * t**2 + t**4) * d**6
    )  # fmt: skip
    east = (
        EAST0 + nu * c * d
        + nu / 6 * c**3 * (nu / rho - t**2) * d**3
        + nu / 120 * c**5 * (5 - 18 * t**2 + t**4 + 14 * eta2 - 58 * t**2 * eta2) * d**5
    )  # fmt: skip
    return east, north
