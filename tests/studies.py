"""Studies of the gallery's samples, read once in each process for all tests."""

from functools import lru_cache

from ecgviz.study import Study, open_study
from models.serving import predictor
from sample_images import samples

PATHS = {sample.name: sample.path for sample in samples()}
# One holds up to some 40 MB, with the stages of all its leads.
KEPT = 8


def study_of(name: str) -> Study:
    """Return the study of a sample; its file is shown as ``page``."""
    # A study keeps its prediction, and not every test has the same networks: see conftest.py.
    return _read(name, predictor.networks)


@lru_cache(maxsize=KEPT)
def _read(name: str, networks: object) -> Study:
    return open_study(PATHS[name].read_bytes(), "page")
