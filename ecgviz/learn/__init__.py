"""The page Learn: lessons on reports, preprocessing and networks, a quiz, and the glossary.

Examples
--------
>>> from ecgviz.learn import questions
>>> question = questions.question(series=1, number=1)
>>> question.answer in question.choices
True
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
