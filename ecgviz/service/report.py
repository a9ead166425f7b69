"""What the API makes of a report: its reading, or its signals as a file; both end when the client has gone."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from ecgviz.batch import freed_memory
from ecgviz.beat_lab import read_beat
from ecgviz.export import SIGNAL_FORMATS
from ecgviz.export.report import report_pdf
from ecgviz.processes import ReaderBusyError, called_apart, read_study
from ecgviz.service.config import SERVICE
from ecgviz.study import Study, reading_from, refusal_of
from models.serving import ModelFileError
from preprocessing.errors import EcgImageError

# A file's own name may be a patient's.
UNNAMED = "upload"
# The reader of the report ended, so the fault is not the file's.
_FAULTS = {"program_error"}
_NO_NETWORKS = (
    "A network's file is missing or damaged; the server's log names it. Reports are still read without networks: "
    "/api/read?models=false, and /api/digitise in other formats than fhir."
)
_LOG = logging.getLogger(__name__)


class ClientLeftError(Exception):
    """The connection was closed before the reading was done."""


def read_report(data: bytes, left: Event, with_models: bool) -> Response:
    """Answer with the reading of a report, or of its refusal."""
    return _answer(data, left, with_models, lambda study: reading_response(reading_from(study)))


def digitise_report(data: bytes, left: Event, key: str) -> Response:
    """Answer with a report's signals in one format, or with the reading of its refusal."""
    return _answer(data, left, key == "fhir", partial(_signals, key))


def read_beat_picture(data: bytes, left: Event, network: str) -> Response:
    """Answer with what a beat network predicts from a picture of one beat, or with its refusal."""
    return _answered(data, left, lambda leave: reading_response(_beat(data, network, leave)))


def _beat(data: bytes, network: str, leave: Callable[[], None]) -> dict[str, Any]:
    return called_apart(read_beat, data, network, while_waiting=leave)


def reading_response(reading: dict[str, Any]) -> Response:
    """Answer with a reading: 200, 422 for a file that was refused, 500 where its reading failed."""
    status = 200
    if reading["status"] != "read":
        status = 500 if reading["refusal"]["code"] in _FAULTS else 422
    content = json.dumps(reading, ensure_ascii=False, allow_nan=False)
    return Response(content, status, media_type="application/json")


def _answer(data: bytes, left: Event, with_models: bool, respond: Callable[[Study], Response]) -> Response:
    """Have a reader read a report, and answer with what is made of it here, where the networks are."""

    def answer(leave: Callable[[], None]) -> Response:
        study = read_study(data, UNNAMED, with_models=with_models, while_waiting=leave)
        leave()
        return respond(study)

    return _answered(data, left, answer)


def _answered(data: bytes, left: Event, answer: Callable[[Callable[[], None]], Response]) -> Response:
    """Return an answer, or what stands for one where it failed; what it is given raises once the client has gone."""

    def leave() -> None:
        if left.is_set():
            raise ClientLeftError

    try:
        leave()
        return answer(leave)
    except ReaderBusyError as error:
        raise HTTPException(503, error.message, {"Retry-After": str(SERVICE.retry_after_s)}) from error
    except EcgImageError as error:
        return reading_response(refusal_of(data, UNNAMED, error))
    except ModelFileError as error:
        _LOG.error("A network could not be loaded: %s", error)
        raise HTTPException(503, _NO_NETWORKS) from error
    finally:
        # Each thread keeps the memory of its last page otherwise.
        freed_memory.release_memory()


def _signals(key: str, study: Study) -> Response:
    one = SIGNAL_FORMATS[key]
    named = {"Content-Disposition": f'attachment; filename="ecg.{one.ending}"'}
    return Response(one.write(study, report_pdf), media_type=one.mime, headers=named)
