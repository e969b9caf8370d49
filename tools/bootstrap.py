"""Make this checkout runnable: ``python3 tools/bootstrap.py core|test|bench|frontend|setup|lock``.

Standard library only, because nothing is installed yet. Needs Python 3.11 or newer and an index of Python packages,
nothing else. Python packages go into ``.venv`` (by uv, else pip, else a fetched uv), Node packages into
``frontend/node_modules`` (by the machine's npm, else by the one inside a Python wheel). What is installed is what the
lock files say, digest by digest, from whatever index pip is configured to use. Each step leaves a stamp, so doing it
again takes no time. Failures end with one sentence, in Chinese and English, and exit code 2.

This file and its imports must still parse on an old Python: there it looks for a newer one and starts that.
"""

import os
import shutil
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main(arguments):
    """Do the named steps in order."""
    if sys.version_info < OLDEST:
        return start_newer_python()
    from bootstrapping.steps import run_steps

    return run_steps(ROOT, arguments or ["setup"])


def start_newer_python():
    """Replace this process by the same call under a newer interpreter on PATH; a sentence when there is none."""
    for minor in range(OLDEST[1] + 6, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found:
            os.execv(found, [found] + sys.argv)
    sys.stderr.write(
        "需要 Python %d.%d 或更新版本，当前是 %s；请安装系统软件包 python3.11（或更新）后重试。\n"
        "Python %d.%d or newer is needed, this is %s; install the system package python3.11 (or newer) and try again.\n"
        % (OLDEST + (sys.version.split()[0],) + OLDEST + (sys.version.split()[0],))
    )
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
