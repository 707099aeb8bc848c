"""The pages of the reading room: the committed build is that of the sources, and the sources keep their own rules."""

from __future__ import annotations

import hashlib
import json
import re

PHYSICAL = re.compile(r"(?<![\w-])(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|(?<![\w-])(?:left|right)\s*:|text-align:\s*(?:left|right)\b")
WITHOUT = re.compile(r"\{@html\b|\bstyle=\"[^{\"]*\"|\beval\(|\binnerHTML\b")
ROOTS = ("index.html", "package.json", "package-lock.json", "svelte.config.js", "tsconfig.json", "vite.config.js")
ADDRESS = re.compile(r"https?://(?!127\.0\.0\.1|localhost)[\w.-]+")
# Addresses that are never asked for: names of XML languages, and pages that open only when their link is followed.
NAMES = ("http://www.w3.org", "https://www.w3.org", "https://www.wikidata.org", "https://www.geonames.org", "https://svelte.dev")


def sources(files, root):
    """The sources that the build is made of, as their names below web/, sorted by code point. manifest.js does the same."""
    web = root / "web"
    inside = [path.relative_to(web).as_posix() for path in files if path.is_relative_to(web)]
    return sorted(name for name in inside if name in ROOTS or name.startswith(("src/", "public/")))


def test_the_build_is_that_of_the_sources(files, root):
    digest = hashlib.sha256()
    for name in sources(files, root):
        digest.update(name.encode() + b"\0" + (root / "web" / name).read_bytes() + b"\0")
    built = json.loads((root / "src/waqai/server/pages/build.json").read_text(encoding="utf-8"))["sources"]
    assert built == digest.hexdigest(), "the pages are older than web/: cd web && npm ci && npm run build"


def test_pages_can_be_turned_around_and_run_nothing_foreign(files, root, verdict):
    problems = []
    for name in sources(files, root):
        if not name.endswith((".svelte", ".css", ".ts")) or name.endswith(".d.ts"):
            continue
        text = (root / "web" / name).read_text(encoding="utf-8")
        styles = "\n".join(re.findall(r"<style>.*?</style>", text, re.DOTALL)) if name.endswith(".svelte") else text if name.endswith(".css") else ""
        problems += [f"{name}: {found.group()!r}" for found in PHYSICAL.finditer(styles)]
        problems += [f"{name}: {found.group()!r}" for found in WITHOUT.finditer(text)]
    verdict(problems, "use logical properties (inset-inline-start, text-align: start); set styles by classes or style:name={value}; no raw HTML.")


def test_the_build_asks_nobody_else(root, verdict):
    folder = root / "src/waqai/server/pages"
    problems, names = [], [path for path in folder.rglob("*") if path.is_file()]
    for path in names:
        if path.suffix in {".js", ".css", ".html"}:
            text = path.read_text(encoding="utf-8")
            problems += [f"{path.name}: {address}" for address in sorted(set(ADDRESS.findall(text))) if not address.startswith(NAMES)]
    problems += [f"{path.name} is not .woff2" for path in names if path.suffix in {".woff", ".ttf", ".otf"}]
    verdict(problems, "bundle it, or leave it out: the pages work without a network.")


def test_no_page_is_heavy(root, verdict):
    """What a first visit loads at once, and the whole: the promise of a page that is quick on a phone."""
    folder = root / "src/waqai/server/pages"
    whole = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    verdict([f"{whole / 1e6:.2f} MB"] if whole > 1.6e6 else [], "the build with its fonts stays under 1.6 MB: load lazily, or do without.")


def test_the_lock_file_names_no_registry(root):
    lock = json.loads((root / "web/package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
