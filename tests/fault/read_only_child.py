"""Run a command on a book in a folder that has become read-only.

Started as root of its own name space: the mount is gone with the process.
"""

from __future__ import annotations

import subprocess
import sys

from app import bootstrap
from app.cli.main import run

folder = sys.argv[1]
subprocess.run(["mount", "--bind", folder, folder], check=True)
subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
assert run(["--book", folder, "today", "--json"], bootstrap) == 3
