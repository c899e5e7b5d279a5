#!/usr/bin/env python3
"""Set up, run and check Gendan with nothing but Python 3.11 or newer.

python3 dev.py run [--demo] [...]  open the program; what follows goes to gendan
python3 dev.py test [...]          check style, types, arrows, then pytest with what follows
python3 dev.py lint                the same without pytest
python3 dev.py strings             bring the English catalogue up to date with the source
python3 dev.py build [--place DIR] freeze the program into dist/gendan and try it
python3 dev.py setup               only make .venv

Every command first makes or refreshes .venv from requirements.lock when it has to.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file must still speak on an old Python
    sys.exit(
        f"Gendan needs Python 3.11 or newer, this is {sys.version.split()[0]}. "
        "Debian 12, Ubuntu 24.04 and newer have it: sudo apt install python3 python3-venv"
    )

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "gendan-stamp.json"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = SCRIPTS / f"python{SUFFIX}"
LOCALE = ROOT / "resources" / "locale"
LINUX = sys.platform.startswith("linux")

# library -> Debian package; Qt needs the first set always and the second one for a real window
OFFSCREEN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
FONTS = "fonts-noto-cjk"
FONT_PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
HAN_FONTS = ("cjk", "wqy", "sourcehan", "notosanssc", "notoserifsc", "uming", "ukai", "fallback")
# options of gendan that are followed by a value, so that the value is not taken for a command
VALUED = {"--book", "--lang", "--actor", "--now"}
CHECKS = (
    ("ruff check", ["ruff", "check", "."]),
    ("ruff format", ["ruff", "format", "--check", "."]),
    ("mypy", ["mypy"]),
    ("import-linter", ["lint-imports", "--no-cache"]),
)


def say(text: str) -> None:
    """Print one line of our own at once, in order with the programs we start."""
    print(text, file=sys.stderr, flush=True)


def environment() -> dict[str, str]:
    """Return the environment of the programs we start: they may keep compiled modules."""
    chosen = dict(os.environ)
    chosen.pop("PYTHONDONTWRITEBYTECODE", None)  # without them every import is three times slower
    return chosen


def start(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Run a program in the repository and return its exit code."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=env or environment(), check=False).returncode


# --- Debian packages


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Return the packages of those libraries that the system cannot load."""
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def has_han_font() -> bool:
    """Tell whether a font with Chinese glyphs seems to be installed."""
    for place in FONT_PLACES:
        for _folder, _folders, names in os.walk(Path(place).expanduser()):
            if any(word in name.lower() for name in names for word in HAN_FONTS):
                return True
    return False


def named_here(packages: Iterable[str]) -> list[str]:
    """Return the names these packages have on this release: newer Debian renamed glib."""
    renamed = "libglib2.0-0t64"
    shown = subprocess.run(["apt-cache", "show", renamed], capture_output=True, check=False)
    here = {"libglib2.0-0": renamed} if shown.returncode == 0 and shown.stdout else {}
    return [here.get(package, package) for package in packages]


def need(packages: list[str]) -> bool:
    """Install the packages when we may, else say how; return whether they are there now."""
    if not packages:
        return True
    if not shutil.which("apt-get"):
        say(f"Missing on this system (names as in Debian): {' '.join(packages)}")
        return False
    if os.geteuid() != 0:
        say(f"Something is missing, install it with:\n  sudo apt install {join(packages)}")
        return False
    say(f"Installing {' '.join(packages)}")
    apt = {**environment(), "DEBIAN_FRONTEND": "noninteractive"}
    start("apt-get", "update", "-qq", env=apt)
    wanted = named_here(packages)
    return (
        start("apt-get", "install", "-qq", "-y", "--no-install-recommends", *wanted, env=apt) == 0
    )


def join(packages: list[str]) -> str:
    """Return the packages as they are typed on this release."""
    return " ".join(named_here(packages))


def need_system(window: bool) -> None:
    """Make sure Qt finds its Linux libraries and a Chinese font, or stop and name them."""
    if not LINUX:
        return
    wanted = missing_packages(OFFSCREEN | WINDOW if window else OFFSCREEN)
    fonts = [] if has_han_font() else [FONTS]
    if not need(wanted + fonts) and wanted:
        sys.exit(2)


# --- .venv


def read_stamp() -> dict[str, object]:
    """Return what .venv was made from, empty when it is not usable."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def fingerprint(*files: Path) -> str:
    """Return one hash over the files."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def make_venv(stamp: dict[str, object]) -> None:
    """Make .venv unless it works with the Python it was made with."""
    if PYTHON.exists() and stamp.get("python") in (None, os.path.realpath(PYTHON)):
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        if not need([f"python{version}-venv"]):
            sys.exit(2)
    say("Making .venv")
    if start(sys.executable, "-m", "venv", "--clear", VENV) != 0:
        sys.exit("The folder .venv could not be made.")


def pip(*words: str) -> None:
    """Install with the pip of .venv, or stop."""
    if start(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *words) != 0:
        sys.exit("Installing failed. Check the network, then run the same command again.")


def install(stamp: dict[str, object], lock: str, project: str) -> None:
    """Install what the lock names and then the project itself, each only when it changed."""
    if stamp.get("lock") != lock:
        say("Installing the libraries into .venv (half a minute)")
        pip("--require-hashes", "--only-binary=:all:", "-r", str(LOCK))
    if stamp.get("project") != project:
        pip("--no-index", "--no-deps", "--no-build-isolation", "-e", str(ROOT))


def prepare(window: bool = False) -> None:
    """Bring .venv, the system libraries and the translations up to date."""
    stamp = read_stamp() if PYTHON.exists() else {}
    fresh: dict[str, object] = {
        "lock": fingerprint(LOCK),
        "project": fingerprint(ROOT / "pyproject.toml", ROOT / "hatch_build.py"),
        "python": os.path.realpath(PYTHON),
        "window": window or stamp.get("window", False),
    }
    if stamp != fresh:
        need_system(window)
        make_venv(stamp)
        fresh["python"] = os.path.realpath(PYTHON)
        if stamp.get("python") != fresh["python"]:
            stamp = {}
        install(stamp, str(fresh["lock"]), str(fresh["project"]))
        STAMP.write_text(json.dumps(fresh), encoding="utf-8")
    compile_translations()


def compile_translations() -> None:
    """Compile every catalogue that is newer than its compiled form."""
    for source in LOCALE.glob("*/LC_MESSAGES/gendan.po"):
        made = source.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= source.stat().st_mtime:
            continue
        quiet = ("-q", "compile", "-i", source, "-o", made)
        if start(PYTHON, "-m", "babel.messages.frontend", *quiet) != 0:
            sys.exit(f"{source.relative_to(ROOT)} could not be compiled.")


# --- commands


def opens_window(words: list[str]) -> bool:
    """Tell whether gendan opens its window for these words: no command among them."""
    words = list(words)
    while words:
        word = words.pop(0)
        if word in VALUED and words:
            words.pop(0)
        elif not word.startswith("-") or word in ("--help", "--version"):
            return False
    return True


def has_display() -> bool:
    """Tell whether a window can appear."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not LINUX or any(os.environ.get(name) for name in names)


def run(words: list[str]) -> int:
    """Open the program, with sample data when --demo is among the words."""
    window = opens_window(words)
    if window and not has_display():
        say("There is no display here, so the window cannot open.")
        say("Pictures of every page without a display: python3 dev.py run screenshots DIR")
        return 2
    prepare(window=window)
    gendan = str(SCRIPTS / f"gendan{SUFFIX}")
    if os.name != "nt":
        os.execve(gendan, [gendan, *words], environment())
    return subprocess.run([gendan, *words], env=environment(), check=False).returncode


def checks(more: list[tuple[str, list[str]]]) -> int:
    """Run the static checks and more, all of them, and say at the end which failed."""
    prepare()
    chosen = environment()
    chosen.setdefault("QT_QPA_PLATFORM", "offscreen")  # no test window steals the focus
    failed = []
    steps = [*CHECKS, *more]
    for name, (program, *words) in steps:
        say(f"--- {name}")
        if start(SCRIPTS / f"{program}{SUFFIX}", *words, env=chosen) != 0:
            failed.append(name)
    names = [name for name, _words in steps if name not in failed]
    say(f"--- passed: {', '.join(names) or 'nothing'}")
    if failed:
        say(f"--- FAILED: {', '.join(failed)}")
    return 1 if failed else 0


def test(words: list[str]) -> int:
    """Run the static checks and the tests."""
    # every core takes tests from the slowest one's pile; "-n 0" among the words keeps one process
    return checks([("pytest", ["pytest", "-n", "auto", "--dist", "worksteal", *words])])


def lint(_words: list[str]) -> int:
    """Run the static checks."""
    return checks([])


def build(words: list[str]) -> int:
    """Freeze the program for this system; what follows goes to installer/build.py."""
    prepare(window=True)  # the frozen program carries the libraries of a window with it
    if LINUX and not (shutil.which("objdump") or need(["binutils"])):
        return 2
    return start(PYTHON, ROOT / "installer" / "build.py", *words)


def setup(_words: list[str]) -> int:
    """Make .venv and say where it is."""
    prepare()
    say(f"{VENV} is ready.")
    return 0


def strings(words: list[str]) -> int:
    """Bring the English catalogue up to date and print what lacks a translation."""
    if Path(sys.prefix).resolve() != VENV.resolve():
        prepare()
        return start(PYTHON, __file__, "strings", *words)
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir
    from babel.messages.pofile import read_po, write_po

    source = LOCALE / "en" / "LC_MESSAGES" / "gendan.po"
    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    template = Catalog()
    for found in extract_from_dir(ROOT / "app", [("**.py", "python")], keywords=keywords):
        template.add(found[2], context=found[4])
    if not source.exists():
        title = "# English translations of Gendan; the ids are the Chinese texts."
        catalogue = Catalog("en", project="Gendan", version="1", header_comment=title, fuzzy=False)
    else:
        with source.open("rb") as stored:
            catalogue = read_po(stored, locale="en")
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    source.parent.mkdir(parents=True, exist_ok=True)
    with source.open("wb") as stored:
        write_po(
            stored, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True
        )
    compile_translations()
    lacking = [m for m in catalogue if m.id and not all(_texts(m.string))]
    for message in lacking:
        print(" / ".join(_texts(message.id)))
    say(f"{len(catalogue)} messages, {len(lacking)} without a translation.")
    return 0


def _texts(text: str | Iterable[str] | None) -> list[str]:
    return [text or ""] if isinstance(text, str | None) else list(text)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (run, test, lint, strings, build, setup)
}


def main(words: list[str]) -> int:
    """Run the named command."""
    command = COMMANDS.get(words[0]) if words else None
    if command is None:
        print(__doc__)
        return 0 if words and words[0] in ("-h", "--help") else 2
    try:
        return command(words[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
