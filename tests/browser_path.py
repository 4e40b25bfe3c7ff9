"""Where a browser for the tests is. `python tests/browser_path.py --install` installs one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PLACES = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
DOWNLOADED = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
    "chromium-*/chrome-mac*/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
    "chromium-*/chrome-win*/chrome.exe",
)


def find_browser() -> str | None:
    """Path of a Chromium, Chrome or Edge: SNA_BROWSER, then the command path, the usual places, playwright's own."""
    wanted = os.environ.get("SNA_BROWSER")
    if wanted:
        return shutil.which(wanted)
    for command in COMMANDS:
        path = shutil.which(command)
        if path is not None:
            return path
    windows = [Path(os.environ[root]) / place for root in ROOTS if root in os.environ for place in WINDOWS_PLACES]
    for place in [*map(Path, PLACES), *windows, *_downloaded()]:
        if place.is_file():
            return str(place)
    return None


def _downloaded() -> list[Path]:
    """Browsers playwright has downloaded, the newest first."""
    home = Path.home()
    folders = [
        Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")),
        home / ".cache" / "ms-playwright",
        home / "Library" / "Caches" / "ms-playwright",
        home / "AppData" / "Local" / "ms-playwright",
    ]
    found = [path for folder in folders if folder.is_absolute() for kind in DOWNLOADED for path in folder.glob(kind)]
    return sorted(found, reverse=True)


def install() -> str | None:
    """A browser's path, after installing one where none was found; None when that is impossible."""
    if find_browser() is None:
        for command in _ways():
            if subprocess.run(command, check=False, stdout=sys.stderr).returncode != 0:
                break
    if find_browser() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, stdout=sys.stderr)
    return find_browser()


def _ways() -> list[list[str]]:
    """The commands of the system's own installer; none where it may not be used."""
    apt = shutil.which("apt-get")
    if apt is None:
        return []
    prefix: list[str] = []
    if os.geteuid() != 0:
        sudo = shutil.which("sudo")
        if sudo is None or subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode != 0:
            return []
        prefix = [sudo, "-n"]
    # A browser without fonts draws boxes for letters; nothing else that Debian recommends with it is needed.
    wanted = ["chromium", "fonts-liberation"]
    return [
        [*prefix, apt, "-qq", "update"],
        [*prefix, apt, "-qq", "install", "-y", "--no-install-recommends", *wanted],
    ]


def main() -> int:
    """Print the path; 1 and a sentence without one."""
    path = install() if "--install" in sys.argv[1:] else find_browser()
    if path is None:
        sys.stderr.write(
            "No browser was found. Install Chromium, Chrome or Edge, or set SNA_BROWSER to the path of one; "
            "python tests/browser_path.py --install tries to install Chromium.\n"
        )
        return 1
    sys.stdout.write(path + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
