"""The benchmark of photographs compares like with like."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from benchmarks.images import WAYS
from generator.images.photo import draw_renditions, probe


def test_what_is_compared_with_other_libraries_makes_the_files_that_a_build_makes() -> None:
    photograph = BytesIO()
    hills = Image.radial_gradient("L").resize((2000, 1500))
    Image.merge("RGB", (hills, hills.rotate(90), hills.rotate(180))).save(photograph, "JPEG", quality=90)
    data = photograph.getvalue()
    info = probe(data, "content/media/a.jpg").value
    assert info is not None
    assert list(WAYS["Pillow"]()(data)) == [artifact.data for artifact in draw_renditions(data, info).value]
