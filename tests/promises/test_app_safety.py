"""The app is safe as shipped: this machine only, nothing sent out, no facts in logs."""

from __future__ import annotations

import asyncio
import logging
import tomllib

import pytest
from streamlit.error_util import handle_uncaught_app_exception
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.runtime import backend_operation_handler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from calculator.screens.log_privacy import keep_facts_out_of_logs
from tests import ROOT


def test_the_settings_shipped_are_the_safe_ones() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["server"]["allowedHosts"] == ["localhost", "127.0.0.1"]
    assert config["server"]["enableXsrfProtection"] is True
    assert config["server"]["maxUploadSize"] <= 25
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["logger"]["enableRich"] is False


def test_an_error_in_the_app_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    keep_facts_out_of_logs()
    logging.getLogger("streamlit.error_util").addHandler(caplog.handler)
    try:
        raise ValueError("Ada Example, born 1 May 1963")
    except ValueError as error:
        handle_uncaught_app_exception(error)
    assert "ValueError at test_app_safety.py" in caplog.text
    assert "Ada" not in caplog.text


def test_an_error_in_making_a_file_is_logged_without_its_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    keep_facts_out_of_logs()
    logger = logging.getLogger(backend_operation_handler.__name__)
    logger.addHandler(caplog.handler)

    def make() -> str:
        raise ValueError("Ada Example, born 1 May 1963")

    files = MediaFileManager(MemoryMediaFileStorage("/media"))
    request = BackendOperationRequest(request_id="1")
    request.deferred_file.file_id = files.add_deferred(make, None, "0")
    handler = backend_operation_handler.DeferredFileHandler(lambda: files)
    answer = asyncio.run(handler.handle(request, "one"))
    assert "MediaFileStorageError" in caplog.text
    assert "Ada" not in caplog.text + answer.error_msg
