"""The bill of materials lists what is locked, each package with its hashes and licence."""

from __future__ import annotations

import re

from tools.sbom import LOCK, bill, licence_lines

TEXT = LOCK.read_text(encoding="utf-8")


def test_every_locked_package_is_listed_with_its_hashes() -> None:
    made = bill(TEXT)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    locked = set(re.findall(r"^([\w.-]+)==([^\s;]+)", TEXT, re.MULTILINE))
    assert {(each["name"], each["version"]) for each in made["components"]} == locked
    assert sum(len(each["hashes"]) for each in made["components"]) == TEXT.count("sha256:")
    references = [each["bom-ref"] for each in made["components"]]
    assert len(set(references)) == len(references)
    assert made["dependencies"] == [{"ref": "exit-cap", "dependsOn": references}]
    assert bill(TEXT) == made


def test_licences_are_those_that_the_packages_state() -> None:
    lines = licence_lines(bill(TEXT))
    assert any(line.startswith("docxtpl ") and "LGPL" in line for line in lines)
    assert any(line.startswith("streamlit ") and "Apache" in line for line in lines)
    assert not [line for line in lines if line.endswith("not stated")]
