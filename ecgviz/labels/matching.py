"""Which label belongs to which file of a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ecgviz.labels.table_of_labels import Labels
from preprocessing.errors import EcgImageError

# Named in a refusal, at most.
_NAMED = 3


def matched(labels: Labels, files: Sequence[tuple[str, str | None]]) -> tuple[str | None, ...]:
    """Return the label of each file, None where the table has none.

    A file is named by its path, or by its name alone where no other file has it.

    Parameters
    ----------
    labels : Labels
    files : sequence of (str, str or None)
        Path within the folder or archive, and sha256 where it is known.

    Raises
    ------
    EcgImageError
        ``labels_unmatched`` when the table names files that are not there, ``labels_ambiguous`` when a name fits
        several, ``labels_contradict`` when copies of one file have different labels.
    """
    places = _by_hash(files) if labels.key == "sha256" else _by_name(files)
    if missing := [name for name in labels.by_key if name not in places]:
        raise EcgImageError(
            "labels_unmatched",
            f"{_count(len(missing), 'label')} of {len(labels.by_key)} fit{'s' * (len(missing) == 1)} no file here: "
            f"{_some(missing)}. Add the files, or remove the lines.",
        )
    found: list[str | None] = [None] * len(files)
    for name, label in labels.by_key.items():
        own = places[name]
        if labels.key == "file" and len(own) > 1:
            raise EcgImageError(
                "labels_ambiguous", f"'{name}' fits {len(own)} files; write the path with its folder for each."
            )
        for place in own:
            found[place] = label
    _agree(files, found)
    return tuple(found)


def _by_hash(files: Sequence[tuple[str, str | None]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, (_, sha256) in enumerate(files):
        if sha256 is not None:
            places[sha256].append(place)
    return places


def _by_name(files: Sequence[tuple[str, str | None]]) -> dict[str, list[int]]:
    whole: dict[str, list[int]] = defaultdict(list)
    last: dict[str, list[int]] = defaultdict(list)
    for place, (file, _) in enumerate(files):
        path = file.replace("\\", "/")
        whole[path].append(place)
        parts = path.split("/")
        for start in range(1, len(parts)):
            # Any end of the path: a table made in a sub-folder, or before the folder was packed.
            last["/".join(parts[start:])].append(place)
    return {**last, **whole}


def _agree(files: Sequence[tuple[str, str | None]], found: Sequence[str | None]) -> None:
    first: dict[str, int] = {}
    for place, ((file, sha256), label) in enumerate(zip(files, found, strict=True)):
        if sha256 is None or label is None:
            continue
        other = first.setdefault(sha256, place)
        if found[other] != label:
            raise EcgImageError(
                "labels_contradict",
                f"'{files[other][0]}' and '{file}' are the same file, labelled {found[other]} and {label}; "
                "correct one label.",
            )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED} more" if len(names) > _NAMED else shown


def _count(n: int, what: str) -> str:
    return f"{n} {what}{'s' * (n != 1)}"
