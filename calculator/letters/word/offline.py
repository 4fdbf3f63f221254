"""LibreOffice kept from the network: in a network of its own where the system has that, and by its settings."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path

_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableActiveContent", "boolean", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "boolean", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "int", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "boolean", "true"),
    ("Office.Writer/Content/Update", "Link", "int", "2"),  # never
    ("Inet/Settings", "ooInetProxyType", "int", "2"),  # the proxy named here, where nothing listens
    *(
        ("Inet/Settings", f"ooInet{kind}ProxyName", "string", "127.0.0.1")
        for kind in ("HTTP", "HTTPS")
    ),
    *(("Inet/Settings", f"ooInet{kind}ProxyPort", "int", "9") for kind in ("HTTP", "HTTPS")),
    ("Inet/Settings", "ooInetNoProxy", "string", ""),
)
_WAYS = (["unshare", "--net"], ["unshare", "--user", "--map-current-user", "--net"])
"""As root, and as anyone where the system allows it."""


def write_settings(profile: Path) -> None:
    """Write a new profile of LibreOffice that follows no link and runs nothing of a document."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse" '
        f'oor:type="xs:{kind}"><value>{value}</value></prop></item>'
        for path, name, kind, value in _SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n',
        encoding="utf-8",
    )


@cache
def without_network() -> tuple[str, ...]:
    """The words before a command that give it a network of its own with nothing in it; none where impossible."""
    for way in _WAYS if shutil.which("unshare") else ():
        with suppress(subprocess.SubprocessError, OSError):
            subprocess.run([*way, "true"], capture_output=True, check=True, timeout=60)  # noqa: S603
            return tuple(way)
    return ()
