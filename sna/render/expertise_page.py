"""The page about expertise: communities side by side, and for each who is named on what, without a script."""

from __future__ import annotations

from typing import Any

from sna.privacy.release import Curve, ExpertisePage, ExpertPicture

EXPERTISE = "expertise.html"
SIDE = 150.0


def expertise_data(page: ExpertisePage) -> dict[str, Any]:
    """What the template needs beside the page itself: headings, and curves as points."""
    waves = len({picture.wave_label for picture in page.pictures}) > 1
    return {
        "page": page,
        "parts": [
            {
                "heading": _heading(picture, waves),
                "picture": picture,
                "curve": None if picture.curve is None else _points(picture.curve),
            }
            for picture in page.pictures
        ],
        "counted": next((picture.counted for picture in page.pictures if picture.counted), ""),
        "side": SIDE,
    }


def _heading(picture: ExpertPicture, waves: bool) -> str:
    named = [picture.community, picture.wave_label if waves or not picture.community else ""]
    return ", ".join(part for part in named if part)


def _points(curve: Curve) -> dict[str, str]:
    """The curve and the band of chance as SVG points, y upward."""
    band = [*zip(curve.people, curve.high, strict=True), *reversed(list(zip(curve.people, curve.low, strict=True)))]
    return {"line": _written(zip(curve.people, curve.share, strict=True)), "band": _written(band)}


def _written(points: Any) -> str:
    return " ".join(f"{SIDE * x:.1f},{SIDE * (1 - y):.1f}" for x, y in points)
