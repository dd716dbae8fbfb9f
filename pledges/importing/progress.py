"""Reading or saving a long import while the page shows how far it has come: the answer is sent piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import Empty, Queue
from threading import Thread
from typing import Any

from django.contrib import messages
from django.db import connections
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.importing.reading import Progress
from accounts.models import ImportBatch

# (message level, words)
Said = tuple[int, str]
END = "imports:batch"


def streamed(
    request: HttpRequest, batch: ImportBatch, work: Callable[[Progress], Said], page: str = "saving"
) -> StreamingHttpResponse:
    """A page whose last lines arrive when ``work`` is done; it goes on even if the reader leaves.

    ``page``: the template around the lines, ``saving`` or ``reading``.
    """
    told: Queue[Any] = Queue()
    worker = Thread(target=_run, args=(work, told), daemon=True)
    address = request.get_full_path() if page == "reading" else reverse(END, args=[batch.pk])
    context = {"batch": batch, "address": address, "page": page}
    head, tail = render_to_string(f"imports/{page}.html", context, request).split("<!--progress-->")

    def pieces() -> Iterator[str]:
        yield head
        worker.start()
        yield from _lines(told, context)
        yield tail

    response = StreamingHttpResponse(pieces(), content_type="text/html; charset=utf-8")
    # Proxies are not to wait for the whole of it.
    response["X-Accel-Buffering"] = "no"
    response["Cache-Control"] = "no-store"
    return response


def _run(work: Callable[[Progress], Said], told: Queue[Any]) -> None:
    try:
        told.put(work(lambda step, done: told.put(f"{step} {done:,}줄")))
    except Exception:
        told.put(
            (
                messages.ERROR,
                "끝내지 못했습니다. 아무것도 바뀌지 않았습니다. 다시 해 보시고, 또 그러면 관리자에게 알려 주십시오.",
            )
        )
        raise
    finally:
        connections.close_all()


def _lines(told: Queue[Any], context: dict[str, Any]) -> Iterator[str]:
    while True:
        try:
            said = told.get(timeout=10)
        except Empty:
            yield "<li>…</li>\n"
            continue
        if isinstance(said, str):
            yield f"<li>{said}</li>\n"
            continue
        level, words = said
        yield render_to_string("imports/_saved.html", {**context, "level": level, "words": words})
        return
