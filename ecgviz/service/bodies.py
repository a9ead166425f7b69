"""The file in the body of a request, raw or in a form: size checked before parsing, nothing written to disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from ecgviz.service.config import SERVICE

FIELD = "file"
_TOO_LARGE = HTTPException(413, f"The request is larger than {SERVICE.max_body_bytes // 2**20} MB.")


class _InMemory(MultiPartParser):
    # Starlette writes parts above a megabyte to a temporary file. A report stays in memory.
    spool_max_size = SERVICE.max_body_bytes + 1


async def file_of(request: Request) -> bytes:
    """Return the file that a request brings.

    Raises
    ------
    HTTPException
        400 for a form without a file, 408 for a body that does not arrive, 413 for one that is too large.
    """
    stated = request.headers.get("content-length", "0")
    if not stated.isdecimal():
        raise HTTPException(400, "The length of the request is no number.")
    if int(stated) > SERVICE.max_body_bytes:
        raise _TOO_LARGE
    try:
        async with asyncio.timeout(SERVICE.body_seconds):
            body = await _body(request)
    except TimeoutError as error:
        raise HTTPException(408, "The request did not arrive in time.") from error
    except ClientDisconnect as error:
        raise HTTPException(400, "The connection was closed.") from error
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
        return body
    return await _part(request.headers, body)


async def _body(request: Request) -> bytes:
    """Collect the body; a length that was stated too small, or not at all, does not help."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > SERVICE.max_body_bytes:
            raise _TOO_LARGE
        parts.append(part)
    return b"".join(parts)


async def _part(headers: Headers, body: bytes) -> bytes:
    async def stream() -> AsyncIterator[bytes]:
        yield body

    try:
        form = await _InMemory(headers, stream(), max_files=1, max_fields=10).parse()  # type: ignore[arg-type]
    except (MultiPartException, KeyError) as error:
        raise HTTPException(400, "The form could not be read.") from error
    try:
        part = form.get(FIELD)
        if not isinstance(part, UploadFile):
            raise HTTPException(400, f"The form has no file named {FIELD}.")
        return await part.read()
    finally:
        await form.close()
