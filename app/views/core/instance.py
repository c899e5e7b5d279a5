"""One running program per person: a second start raises the first window."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app import filelock

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

FILE_NAME = "window.lock"
_WAIT_MS = 500
_PATIENCE_SECONDS = 20.0
_PAUSE_SECONDS = 0.05


def server_name(scope: str = "") -> str:
    """Return the local name for this person and scope (the configuration folder)."""
    import getpass
    import hashlib

    marked = hashlib.sha256(f"{getpass.getuser()}\n{scope}".encode()).hexdigest()[:16]
    return f"gendan-{marked}"


class Instance(QObject):
    """Be the first program, or tell the first one to come forward.

    A locked file in the person's folder says who is first; only then is there a window, and
    behind it a local server that later starts talk to. ``raised(message)`` comes when one of
    them asked this program to show itself.
    """

    raised = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._descriptor = -1
        self._server: QLocalServer | None = None

    def claim(self, message: str = "show") -> bool:
        """Tell whether this is the first program; otherwise hand over the message.

        The first one may still be drawing its window: it is given 20 seconds to listen.
        """
        until = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                if self._take():
                    return True
            except OSError:
                # no file can be locked here: whoever listens is the first
                if self._hand_over(message):
                    return False
                self.listen()
                return True
            if self._hand_over(message) or time.monotonic() > until:
                return False
            time.sleep(_PAUSE_SECONDS)

    def listen(self) -> None:
        """Hear later starts from now on; loads the network library, so not before the window."""
        if self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        # what a killed program left behind must not lock everyone out
        QLocalServer.removeServer(self._name())
        self._server.listen(self._name())

    def release(self) -> None:
        """Stop being the first program."""
        if self._server is not None:
            self._server.close()
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _name(self) -> str:
        return server_name(str(self._folder))

    def _take(self) -> bool:
        """Lock the file; tell whether nobody else has it, raise ``OSError`` without locks."""
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            filelock.take(descriptor)
        except (BlockingIOError, PermissionError):
            os.close(descriptor)
            return False
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def _hand_over(self, message: str) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket(self)
        socket.connectToServer(self._name())
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(message.encode())
        socket.flush()
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        assert self._server is not None
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._on_message(socket))
        socket.disconnected.connect(socket.deleteLater)
        if socket.bytesAvailable():
            self._on_message(socket)

    def _on_message(self, socket: QLocalSocket) -> None:
        self.raised.emit(bytes(socket.readAll().data()).decode("utf-8", "replace"))
