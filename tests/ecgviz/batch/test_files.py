"""Names of a batch's files, and which of them the operating system added."""

import pytest

from ecgviz.batch.files import as_error, of_the_system, refused
from preprocessing.errors import EcgImageError, Notice

WHY = Notice("too_large", "Too large; shrink it.")


def test_each_refusal_raises_a_new_error():
    file = refused("a.png", WHY)
    errors = []
    for _ in range(2):
        with pytest.raises(EcgImageError) as refusal:
            file.content()
        errors.append(refusal.value)
    assert errors[0] is not errors[1]
    assert (errors[0].code, errors[0].message) == ("too_large", "Too large; shrink it.")
    assert as_error(WHY).__traceback__ is None


@pytest.mark.parametrize("path", ["../a.png", "./a.png", "a/..b/../c.png"])
def test_a_parent_folder_is_not_hidden(path):
    assert of_the_system(path) is ("..b" in path)
