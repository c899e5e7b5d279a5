"""One running program per person: a second start raises the first window."""

from __future__ import annotations

import getpass
import hashlib

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500


def server_name(scope: str = "") -> str:
    """Return the local name for this person and scope (the configuration folder)."""
    marked = hashlib.sha256(f"{getpass.getuser()}\n{scope}".encode()).hexdigest()[:16]
    return f"gendan-{marked}"


class Instance(QObject):
    """Be the first program, or tell the first one to come forward.

    ``raised(message)`` comes when a second start asked this one to show itself.
    """

    raised = Signal(str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self, message: str = "show") -> bool:
        """Tell whether this is the first program; otherwise hand over the message."""
        if self._hand_over(message):
            return False
        # what a killed program left behind must not lock everyone out
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def release(self) -> None:
        """Stop being the first program."""
        self._server.close()

    def _hand_over(self, message: str) -> bool:
        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(message.encode())
        socket.flush()
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._on_message(socket))
        socket.disconnected.connect(socket.deleteLater)
        if socket.bytesAvailable():
            self._on_message(socket)

    def _on_message(self, socket: QLocalSocket) -> None:
        self.raised.emit(bytes(socket.readAll().data()).decode("utf-8", "replace"))
