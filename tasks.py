"""Sets the project up and runs it: ``python3 tasks.py app``, ``sample`` or ``test``.

Needs only Python 3.11 or later. Everything else is installed into the folder .venv, in the versions and
with the hashes of the files in locks/.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
EXITCAP = BIN / ("exitcap.exe" if os.name == "nt" else "exitcap")
OUT = ROOT / "out"


def run(*command: str | Path, allowed: tuple[int, ...] = (0,)) -> None:
    """Run a command from the project's folder; stop with its status unless that is allowed."""
    print("$", " ".join(str(part) for part in command), flush=True)
    status = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode
    if status not in allowed:
        sys.exit(status)


def set_up(lock: str) -> None:
    """Make .venv hold exactly the locked packages and the project. Does nothing if it already does."""
    wanted = hashlib.sha256((ROOT / "locks" / lock).read_bytes()).hexdigest()
    stamp = VENV / f"{lock}.installed"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        make_environment()
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", ROOT / "locks" / lock)
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(wanted)


def make_environment() -> None:
    """Create .venv, fetching Debian's python3-venv first where it is what is missing."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        if not has_apt_as_root():
            sys.exit(
                "Python's venv module is missing. Install the package python3-venv, then retry."
            )
        apt_install("python3-venv")
        run(sys.executable, "-m", "venv", VENV)
        return
    venv.create(VENV, with_pip=True, clear=True)


def prepare_tests() -> None:
    """Install what the tests need of the system, as root on Debian; elsewhere say which tests are left out."""
    missing = missing_for_tests()
    if missing["packages"] and has_apt_as_root():
        apt_install(*missing["packages"])
        missing = missing_for_tests()
        if missing["packages"] and os.environ.get("CI"):
            sys.exit(" ".join(missing["sentences"]))
    for sentence in missing["sentences"]:
        print(sentence, flush=True)


def missing_for_tests() -> dict[str, list[str]]:
    """The packages that the tests lack, and what to say of each; tests/needs.py is the list."""
    told = subprocess.run(
        [str(PYTHON), "-m", "tests.needs"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, list[str]] = json.loads(told.stdout)
    return found


def has_apt_as_root() -> bool:
    """Whether packages of the system can be installed with apt."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_install(*packages: str) -> None:
    """Install packages of the system, without a question."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def sample() -> None:
    """Work out the sample cases: a workbook of results in the folder out."""
    set_up("run.txt")
    OUT.mkdir(exist_ok=True)
    print("The sample cases hold rows in error on purpose; status 1 says so.")
    for name in ("results.xlsx", "results.csv"):
        run(EXITCAP, "assess", "sample_data/cases.csv", OUT / name, "--force", allowed=(1,))


def app() -> None:
    """Open the browser app. The first time this sets everything up, which takes some minutes."""
    print("Opening the calculator in your browser. Leave this window open; close it to end.")
    set_up("run.txt")
    with suppress(KeyboardInterrupt):
        run(EXITCAP, "app", allowed=(0, 130))


def test() -> None:
    """Format, lint, types, tests, sample cases and published examples."""
    set_up("dev.txt")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "mypy")
    sample()
    run(EXITCAP, "check")
    prepare_tests()
    run(PYTHON, "-m", "pytest", "-n", "auto")


def lock() -> None:
    """Write the lock files anew from pyproject.toml, newest versions allowed. Needs uv."""
    for name, extras in (
        ("run.txt", ("--extra", "app", "--extra", "pdf")),
        ("dev.txt", ("--extra", "dev")),
        ("spark.txt", ("--extra", "dev", "--extra", "spark")),
    ):
        run(
            *("uv", "pip", "compile", "pyproject.toml", "--group", "build", *extras),
            *("--universal", "--generate-hashes", "--upgrade", "--no-header", "--quiet"),
            *("--python-version", "3.11", "--output-file", ROOT / "locks" / name),
        )


def docs() -> None:
    """Write the reference pages of the docs again from the program's own lists."""
    set_up("run.txt")
    run(PYTHON, "-m", "tools.reference")


def sbom() -> None:
    """Write the bill of materials (CycloneDX) and the licences of what is installed, into dist/."""
    set_up("run.txt")
    run(PYTHON, "-m", "tools.sbom")


def spark() -> None:
    """Compare a local Spark with one machine. Installs Java on Debian as root, and Spark: some 400 MB."""
    set_up("spark.txt")
    if shutil.which("java") is None:
        if not has_apt_as_root():
            sys.exit("Java is missing. Install Java 17 or later, then retry.")
        apt_install("default-jre-headless")
    run(PYTHON, "-m", "tests.spark")


def pictures() -> None:
    """Write the pictures of the guide again, from the running app. Needs Chromium."""
    set_up("dev.txt")
    prepare_tests()
    run(PYTHON, "-m", "tools.pictures")


def main() -> None:
    """Run the task that is named."""
    if sys.version_info < (3, 11):  # noqa: UP036 - tasks.py may be started with any Python
        sys.exit("Python 3.11 or later is needed.")
    named = (app, sample, test, docs, pictures, spark, sbom, lock)
    tasks = {task.__name__: task for task in named}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=tasks)
    tasks[parser.parse_args().task]()


if __name__ == "__main__":
    main()
