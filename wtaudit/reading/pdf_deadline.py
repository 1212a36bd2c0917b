"""Ends Python code that does not come back: damaged PDFs send pdfminer round in circles."""

from __future__ import annotations

import ctypes
import threading
from types import TracebackType


class DeadlinePassed(BaseException):
    """Raised inside the guarded block; no `except Exception` on the way stops it."""


class Deadline:
    """A context manager: raises TimeoutError if its block runs longer than `seconds`.

    Only Python code is ended, not a single long call into C.
    """

    def __init__(self, seconds: float) -> None:
        self._thread = threading.get_ident()
        self._lock = threading.Lock()
        self._over = False
        self._fired = False
        self._timer = threading.Timer(seconds, self._fire)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._over = True
            if self._fired and kind is not DeadlinePassed:
                self._raise_in_thread(None)  # it came too late: take it back
        self._timer.cancel()
        if kind is DeadlinePassed:
            raise TimeoutError("took too long") from error

    def _fire(self) -> None:
        with self._lock:
            if not self._over:
                self._fired = True
                self._raise_in_thread(DeadlinePassed)

    def _raise_in_thread(self, kind: type[BaseException] | None) -> None:
        what = None if kind is None else ctypes.py_object(kind)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), what)
