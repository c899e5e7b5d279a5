"""Books that the start makes: by the wizard of the first use, or with sample data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import paths
from app.errors import BookError
from app.i18n import N_, _
from app.views.core.runner import RunningJob, run_job

if TYPE_CHECKING:
    from app.services.office import Office
    from app.views.admin.first_run import FirstRun
    from app.views.core.start_session import Session


class Making:
    """Make a book and give it to the window."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.wizard: FirstRun | None = None
        self._demo: RunningJob | None = None

    def begin(self) -> None:
        """Begin the first use: the wizard makes a book."""
        from app.views.admin.first_run import FirstRun
        from app.views.admin.first_run_end import free_place

        session = self._session
        place = free_place(session.folder)
        wizard = FirstRun(session.bootstrap, session.prefs, session.clock, place)
        wizard.made.connect(self._made)
        wizard.rejected.connect(self._left)
        wizard.open_wanted.connect(self._open_instead)
        self.wizard = wizard
        wizard.show()
        wizard.activateWindow()

    def end(self) -> None:
        """Close the wizard: the program ends."""
        if self.wizard is not None:
            self.wizard.close()

    def _made(self, office: Office, next_step: str) -> None:
        self._session.let_go()
        self._session.then_run = next_step
        self._session.attach(office)

    def _open_instead(self) -> None:
        self._session.shell.show()
        self._session.choose_other()
        if self.wizard is not None and paths.is_book(self._session.folder):
            self.wizard.close()

    def _left(self) -> None:
        if self._session.office is None and not self._session.shell.isVisible():
            self._session.shell.close()

    # -- sample data -------------------------------------------------------------------------

    def make_demo(self) -> None:
        """Make the book of sample data in view of the person, who may stop it."""
        from app.views.core.start_message import ProgressPage

        session = self._session
        page = ProgressPage(
            _("正在准备示例数据"),
            _("一家虚构的公司，300 来个客户。想删就删，和正式数据互不影响。"),
            self._stop_demo,
        )
        session.cover.lay(page, _("跟单"))
        page.focus_first()
        self._demo = run_job(
            session.shell,
            lambda progress: session.bootstrap.window_demo(
                session.folder, clock=session.clock, progress=progress
            ),
            session.attach,
            session.refuse,
            progress=page.step,
            cancelled=self._demo_stopped,
            writing=True,
        )

    def _stop_demo(self) -> None:
        if self._demo is not None:
            self._demo.stop()

    def _demo_stopped(self) -> None:
        self._session.refuse(
            BookError(
                "stopped", N_("示例数据没有做完"), advice=N_("没有留下半份数据，可以再来一次")
            )
        )
