__all__ = ["Labels", "by_folder", "labels_from_csv", "matched"]

from .folder_names import by_folder
from .matching import matched
from .table_of_labels import Labels, labels_from_csv
