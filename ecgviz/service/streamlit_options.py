"""Streamlit's options from the environment, as ``streamlit run`` takes them: an app of its own ignores most of them."""

from __future__ import annotations

import logging
from typing import Any

import click
from streamlit.logger import get_logger
from streamlit.web.bootstrap import load_config_options
from streamlit.web.cli import configurator_options

# A service's sources stay as they are: to look for changed ones after every run takes a twentieth of a visit's time.
_WATCHER = "server_fileWatcherType"


def take_environment() -> None:
    """Set every option that has a variable, such as ``STREAMLIT_SERVER_ALLOWED_HOSTS``, over those of the files.

    Changed sources are not looked for, unless the variable of that option asks for it. Lists are separated by spaces.

    Raises
    ------
    click.UsageError
        When a variable holds what its option cannot be.
    """
    log = get_logger("streamlit.config")
    level = log.level
    # It would warn that a changed option of the server needs a restart, before there is a server.
    log.setLevel(logging.ERROR)
    try:
        # No argument: the variables alone.
        _options.main([], standalone_mode=False)
    finally:
        log.setLevel(level)


@click.command()
@configurator_options
def _options(**given: Any) -> None:
    watcher = given.get(_WATCHER) or "none"
    load_config_options(given | {_WATCHER: watcher})
