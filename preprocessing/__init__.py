"""From the bytes of a file to named leads, their preprocessing stages, traces and measurements. NumPy in, NumPy out.

Examples
--------
From the file of a drawn report to its heart rate, which was drawn at 70 bpm, and to the last stage of lead I:

>>> from preprocessing import decode, find_leads, find_page, lead_stages, measure, trace_leads
>>> from sample_images import samples
>>> sample = next(sample for sample in samples() if sample.path.stem == "edan_normal")
>>> image = decode(sample.path.read_bytes())
>>> page, layout = find_leads(find_page(image.rgb))
>>> layout.name, len(layout.boxes), page.scale_from
('3x4+1', 13, 'grid')
>>> traces = trace_leads(page, layout)
>>> traces[0].lead, traces[0].mv.size
('I', 1250)
>>> round(measure(traces).heart_rate_bpm.value)
70
>>> stages = lead_stages(page, layout.boxes[0])
>>> stages[-1].key, stages[-1].picture.shape
('resized', (150, 150))
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
