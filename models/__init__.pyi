__all__ = ["CLASSES", "Card", "Classifier", "ModelFileError", "build", "load", "names", "shipped"]

from .classes import CLASSES
from .registry import build, names
from .serving import Card, Classifier, ModelFileError, load, shipped
