"""Writes what the program is made of: a bill of materials (CycloneDX, JSON) and the licences, into dist/.

Packages, versions and hashes are those of locks/run.txt, so the files are of what tasks.py installs. Licences
are those that the installed packages state. The same lock gives the same files.
"""

from __future__ import annotations

import json
import re
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "locks" / "run.txt"
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)([^\n]*)((?:\n +--hash=.*)*)", re.MULTILINE)
_NOT_HERE = "not installed on this system"
_NOT_STATED = "not stated"


def bill(lock: str) -> dict[str, Any]:
    """Give the bill of materials of a lock file."""
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name.lower()}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name.lower()}@{version}",
            "licenses": [_licence(name)],
            "hashes": [
                {"alg": "SHA-256", "content": found}
                for found in re.findall(r"sha256:([0-9a-f]{64})", hashes)
            ],
        }
        for name, version, _, hashes in _LOCKED.findall(lock)
    ]
    project = metadata.metadata("exit-cap")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "exit-cap",
                "name": project["Name"],
                "version": project["Version"],
                "licenses": [{"expression": "MIT"}],
            }
        },
        "components": components,
        "dependencies": [
            {"ref": "exit-cap", "dependsOn": [str(each["bom-ref"]) for each in components]}
        ],
    }


def licence_lines(made: dict[str, Any]) -> list[str]:
    """List each package with its version and licence."""
    return [
        f"{each['name']} {each['version']}: "
        + "; ".join(one.get("expression") or one["license"]["name"] for one in each["licenses"])
        for each in made["components"]
    ]


def _licence(name: str) -> dict[str, Any]:
    """Give the licence that a package states: an SPDX expression, or the words it uses."""
    try:
        stated = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return {"license": {"name": _NOT_HERE}}
    if expression := stated.get("license_expression"):
        return {"expression": str(expression)}
    classed = [
        each.rpartition(" :: ")[2]
        for each in stated.get("classifier", [])
        if each.startswith("License ::")
    ]
    words = "; ".join(classed) or str(stated.get("license", "")).partition("\n")[0]
    return {"license": {"name": words or _NOT_STATED}}


def main() -> None:
    """Write both files."""
    made = bill(LOCK.read_text(encoding="utf-8"))
    dist = ROOT / "dist"
    dist.mkdir(exist_ok=True)
    (dist / "sbom.cdx.json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    (dist / "licences.txt").write_text("\n".join(licence_lines(made)) + "\n", encoding="utf-8")
    print("Written to dist/sbom.cdx.json and dist/licences.txt.")


if __name__ == "__main__":
    main()
