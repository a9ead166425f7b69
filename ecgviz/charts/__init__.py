"""Charts: Altair specifications from tables.

Examples
--------
>>> import pandas as pd
>>> from ecgviz.charts import probability_charts
>>> table = pd.DataFrame({"model": ["CNN"], "class": ["Normal"], "probability": [0.9]})
>>> [layer["mark"]["type"] for layer in probability_charts.report_chart(table).to_dict()["layer"]]
['bar', 'text']
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
