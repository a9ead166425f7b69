"""End the app's sessions whose browsers have gone, so that what they held is freed.

Streamlit keeps the session of a closed tab, with every study that it holds, for the tab to come back. It lets go of it
two minutes later only if another tab is closed then, and sooner only of what is beyond 128: on a server without further
visitors the last ones' reports stay for good.
"""

from __future__ import annotations

from streamlit.runtime import Runtime

from ecgviz.service.config import ServiceConfig


class LeftSessions:
    """The sessions of a running app whose browsers have gone.

    Parameters
    ----------
    runtime : Runtime
        Streamlit's.
    config : ServiceConfig

    Notes
    -----
    Used from the thread of the runtime's event loop alone.
    """

    def __init__(self, runtime: Runtime, config: ServiceConfig) -> None:
        self._runtime, self._config = runtime, config
        # When each was first seen without its browser.
        self._since: dict[str, float] = {}

    def end(self, now_s: float) -> int:
        """End those that are due, and return how many that were left at the last call no longer are.

        Parameters
        ----------
        now_s : float
            By the monotonic clock.
        """
        before = self._since
        self._since = {one: before.get(one, now_s) for one in self._kept_by_streamlit()}
        longest_first = sorted(self._since, key=self._since.__getitem__)
        for one in longest_first[: max(0, len(longest_first) - self._config.left_most)]:
            if now_s - self._since[one] >= self._config.left_seconds:
                self._runtime.close_session(one)
                del self._since[one]
        return len(before.keys() - self._since.keys())

    def _kept_by_streamlit(self) -> list[str]:
        # The one place that knows all sessions; being listed, those whose time is over are dropped.
        every = self._runtime._session_mgr.list_sessions()
        return [one.session.id for one in every if not self._runtime.is_active_session(one.session.id)]
