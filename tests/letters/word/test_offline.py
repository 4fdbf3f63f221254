"""LibreOffice fetches nothing, also for a template that the check before has let through."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from calculator.letters.word import offline, pdf
from tests.letters.word.test_templates import PNG
from tests.letters_helpers import CAPPED, one
from tests.needs import SOFFICE, needs

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def address() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(PNG if self.command == "GET" else b"")

        do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = _answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def fetching(address: str) -> bytes:
    """A Word file that fetches: pictures by relations of two types, and fields."""
    document: Any = docx.Document()
    for kind in ("image", "hyperlink"):
        document.add_picture(io.BytesIO(PNG))
        blip = document.paragraphs[-1]._p.find(f".//{qn('a:blip')}")
        del blip.attrib[qn("r:embed")]
        found = document.part.relate_to(f"{address}/{kind}.png", f"{R}/{kind}", is_external=True)
        blip.set(qn("r:link"), found)
    for code in (f'INCLUDEPICTURE "{address}/field.png"', f'INCLUDETEXT "{address}/text.docx"'):
        paragraph = document.add_paragraph()._p
        for piece in (
            '<w:fldChar w:fldCharType="begin"/>',
            f"<w:instrText>{code}</w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>x</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        ):
            paragraph.append(parse_xml(f'<w:r xmlns:w="{W}">{piece}</w:r>'))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def converted(address: str) -> None:
    letter = replace(one(CAPPED).letter, docx=fetching(address))
    made = pdf._by_libreoffice(SOFFICE, [letter])
    assert made[0] is not None
    assert made[0].startswith(b"%PDF")


@needs("writer")
def test_nothing_is_fetched_where_the_system_gives_a_network_of_its_own(
    address: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not offline.without_network():
        pytest.skip("this system gives no network of its own")
    monkeypatch.setattr(pdf, "write_settings", lambda profile: None)
    converted(address[0])
    assert address[1] == []


@needs("writer")
def test_nothing_is_fetched_by_the_settings_alone(
    address: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "without_network", lambda: ())
    converted(address[0])
    assert address[1] == []


@needs("writer")
def test_without_either_it_would_be_fetched(
    address: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the two tests above rest on: LibreOffice by itself does fetch these."""
    monkeypatch.setattr(pdf, "write_settings", lambda profile: None)
    monkeypatch.setattr(pdf, "without_network", lambda: ())
    converted(address[0])
    assert any("image.png" in each for each in address[1])


def test_a_system_without_the_program_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("calculator.letters.word.offline.shutil.which", lambda name: None)
    assert offline.without_network.__wrapped__() == ()
    offline.write_settings(tmp_path / "profile")
    settings = (tmp_path / "profile" / "user" / "registrymodifications.xcu").read_text()
    assert "BlockUntrustedRefererLinks" in settings
