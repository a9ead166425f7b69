"""Streamlit's variables hold for the served app; otherwise its check of hosts and its path would be off unnoticed."""

import pytest
from streamlit import config

from ecgviz.__main__ import main
from ecgviz.service.streamlit_options import take_environment


@pytest.fixture
def variables():
    with pytest.MonkeyPatch.context() as patch:
        yield patch
    # The options of the files again, for what runs next.
    take_environment()


def test_a_variable_stands_over_the_files(variables):
    variables.setenv("STREAMLIT_SERVER_BASE_URL_PATH", "ecg")
    variables.setenv("STREAMLIT_SERVER_ALLOWED_HOSTS", "ecg.example.org 127.0.0.1")
    variables.setenv("STREAMLIT_SERVER_MAX_UPLOAD_SIZE", "5")
    take_environment()
    assert config.get_option("server.baseUrlPath") == "ecg"
    assert list(config.get_option("server.allowedHosts")) == ["ecg.example.org", "127.0.0.1"]
    assert config.get_option("server.maxUploadSize") == 5
    # Of the file, which says so.
    assert config.get_option("server.enableXsrfProtection") is True
    variables.undo()
    take_environment()
    assert (config.get_option("server.baseUrlPath"), config.get_option("server.allowedHosts")) == ("", [])


def test_a_variable_that_cannot_be_ends_the_command_with_its_name(variables, capsys):
    variables.setenv("STREAMLIT_SERVER_MAX_UPLOAD_SIZE", "much")
    assert main(["serve", "--port", "1"]) == 2
    error = capsys.readouterr().err
    assert "maxUploadSize" in error
    assert "'much' is not a valid integer" in error


def test_sources_are_watched_only_where_that_is_asked_for(variables):
    take_environment()
    assert config.get_option("server.fileWatcherType") == "none"
    variables.setenv("STREAMLIT_SERVER_FILE_WATCHER_TYPE", "poll")
    take_environment()
    assert config.get_option("server.fileWatcherType") == "poll"
