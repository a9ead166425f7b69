__all__ = [
    "charts",
    "section_answers",
    "section_beat",
    "section_lesson",
    "section_results",
    "section_spectra",
    "tables",
]

from . import charts, section_answers, section_beat, section_lesson, section_results, section_spectra, tables
