"""A visitor of the app without a browser: speaks Streamlit's protocol with a running server, and opens reports."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from types import TracebackType
from urllib.request import HTTPCookieProcessor, Request, build_opener

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileUploaderState, FileURLsRequest, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.sync.client import connect

XSRF = "_streamlit_xsrf"
# In the key of the card of every verdict.
VERDICT = "verdict_"
TIMEOUT_SECONDS = 1200.0


@dataclass
class Seen:
    """What a run of the page brought: the time of its verdict, and all its messages."""

    verdict_at: float | None = None
    messages: list[bytes] = field(default_factory=list)

    def shows(self, words: str) -> bool:
        """Return whether words stand anywhere on the page."""
        return any(words.encode() in one for one in self.messages)


class Visitor:
    """One session of the app.

    Parameters
    ----------
    address : str
        Of the server, such as ``http://127.0.0.1:8501``.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        jar = CookieJar()
        self._http = build_opener(HTTPCookieProcessor(jar))
        self._http.open(f"{address}/_stcore/health", timeout=TIMEOUT_SECONDS).close()
        self._token = next((one.value or "" for one in jar if one.name == XSRF), "")
        self._socket = connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit", self._token],
            additional_headers={"Cookie": f"{XSRF}={self._token}"},
            max_size=None,
            open_timeout=TIMEOUT_SECONDS,
            ping_timeout=None,
        )
        self._uploader = self._session = self._page = ""
        self._run(None)

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._socket.close()

    def open(self, data: bytes, name: str) -> Seen:
        """Drop a file on the page, and return what the page shows once it has been read."""
        asked = FileURLsRequest(request_id=uuid.uuid4().hex, file_names=[name], session_id=self._session)
        self._socket.send(BackMsg(file_urls_request=asked).SerializeToString())
        message = self._next()
        while message.WhichOneof("type") != "file_urls_response":
            message = self._next()
        urls = message.file_urls_response.file_urls[0]
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'
        body = head.encode() + data + f"\r\n--{edge}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "X-Xsrftoken": self._token}
        place = f"{self._address}/{urls.upload_url.lstrip('/')}"
        self._http.open(Request(place, body, headers, method="PUT"), timeout=TIMEOUT_SECONDS).close()
        info = UploadedFileInfo(name=name, size=len(data), file_id=urls.file_id, file_urls=urls)
        uploaded = FileUploaderState(uploaded_file_info=[info])
        return self._run(WidgetState(id=self._uploader, file_uploader_state_value=uploaded))

    def _run(self, state: WidgetState | None) -> Seen:
        """Have the page run, as after a click, until it stands still."""
        states = WidgetStates(widgets=[] if state is None else [state])
        asked = ClientState(widget_states=states, page_script_hash=self._page)
        self._socket.send(BackMsg(rerun_script=asked).SerializeToString())
        seen, finished = Seen(), False
        while not finished:
            raw = self._received()
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._session = message.new_session.initialize.session_id
                self._page = message.new_session.page_script_hash
            elif kind == "delta":
                seen.messages.append(raw)
                element = message.delta.new_element
                if element.WhichOneof("type") == "file_uploader":
                    self._uploader = element.file_uploader.id
                if seen.verdict_at is None and VERDICT in message.delta.add_block.id:
                    seen.verdict_at = time.monotonic()
            elif kind == "script_finished":
                finished = message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return seen

    def _received(self) -> bytes:
        received = self._socket.recv(timeout=TIMEOUT_SECONDS)
        assert isinstance(received, bytes)
        return received

    def _next(self) -> ForwardMsg:
        return ForwardMsg.FromString(self._received())
