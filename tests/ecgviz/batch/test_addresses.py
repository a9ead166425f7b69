"""Files of a batch by address: lists, and places that fsspec opens."""

import fsspec
import pytest

from ecgviz.batch import at_address, in_list
from preprocessing.errors import EcgImageError


@pytest.fixture
def store():
    system = fsspec.filesystem("memory")
    for name in ("b.png", "ward/a.png", ".hidden/c.png", "notes.txt"):
        system.pipe(f"/reports/{name}", b"\x89PNG" + name.encode())
    yield "memory://reports"
    system.rm("/reports", recursive=True)


def test_a_place_gives_its_files_by_name_without_hidden_ones(store):
    files = {file.file: file for file in at_address(store)}
    assert list(files) == ["b.png", "notes.txt", "ward/a.png"]
    assert files["ward/a.png"].content() == b"\x89PNGward/a.png"


def test_an_address_of_one_file_is_that_file(store):
    (file,) = at_address(f"{store}/b.png")
    assert file.content() == b"\x89PNGb.png"


def test_an_address_with_nothing_is_refused():
    for address in ("memory://nothing-here", "nonesuch://bucket/folder"):
        with pytest.raises(EcgImageError) as refusal:
            at_address(address)
        assert refusal.value.code == "source_unreachable"


def test_a_list_names_paths_beside_it_and_addresses(store, tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG own")
    table = tmp_path / "files.txt"
    table.write_text(f"# ward 3\na.png\n\n{store}/b.png\na.png\nmissing.png\nmemory://reports/none.png\n")
    files = in_list(table)
    assert [file.file for file in files] == ["a.png", f"{store}/b.png", "missing.png", "memory://reports/none.png"]
    assert [file.content() for file in files[:2]] == [b"\x89PNG own", b"\x89PNGb.png"]
    for file in files[2:]:
        with pytest.raises(EcgImageError) as refusal:
            file.content()
        assert refusal.value.code == "unreadable_file"


def test_a_list_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "files.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EcgImageError) as refusal:
        in_list(tmp_path / "files.txt")
    assert refusal.value.code == "list_unreadable"
