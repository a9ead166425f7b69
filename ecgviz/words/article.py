"""The article whose stages and networks the app shows, as it is cited wherever it is meant."""

NAME = "Atmakuri and others (2024)"
CITATION = (
    "The article: Atmakuri and others, \u201cECG Classification using Deep Learning\u201d, International Journal for "
    "Research in Applied Science and Engineering Technology (IJRASET) 12(3), 2024, doi 10.22214/ijraset.2024.59181."
)
