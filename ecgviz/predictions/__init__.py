"""Predictions as tables and sentences: per report, per lead, under other aggregations, and their sensitivity.

Examples
--------
>>> from ecgviz.predictions import prediction_tables
>>> from models.serving import Verdict, VerdictState
>>> verdict = Verdict((0.92, 0.05, 0.02, 0.01), "Normal", VerdictState.PREDICTED, (), "0")
>>> prediction_tables.sentence("ensemble", verdict)
'Combined: predicted Normal (92%).'
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
