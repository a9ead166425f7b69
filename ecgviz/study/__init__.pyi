__all__ = [
    "ACCEPTED",
    "MISSING_UV",
    "PACED",
    "START_BYTES",
    "STEPS",
    "UNITS_PER_MV",
    "Corrections",
    "Edges",
    "FoundSoFar",
    "HandMeasurement",
    "LeadLoss",
    "Outline",
    "PdfPages",
    "PrintedComparison",
    "Study",
    "all_stages",
    "beats_of",
    "bytes_of",
    "caliper_measurement",
    "checks",
    "compared",
    "corrected",
    "found_so_far",
    "in_units",
    "kept_edges",
    "masked_page",
    "masked_picture",
    "name_of",
    "on_page_clock",
    "open_study",
    "outlines_in_picture",
    "outlines_on_page",
    "page_as_png",
    "page_shown",
    "pages_to_choose",
    "place",
    "printable",
    "rank",
    "reading_from",
    "reading_of",
    "record_losses",
    "refusal",
    "refusal_of",
    "remarks",
    "restage",
    "seems_a_picture",
    "st_measurement",
    "start_from",
    "warnings",
    "with_box",
    "with_frame",
    "with_layout",
    "with_lines",
]

from .corrections import Corrections, Edges, corrected, start_from, with_box, with_frame, with_layout, with_lines
from .files import ACCEPTED, START_BYTES, bytes_of, printable, seems_a_picture
from .hand_measured import HandMeasurement, beats_of, caliper_measurement, st_measurement
from .lead_checks import checks, warnings
from .masking import kept_edges, masked_page, masked_picture, page_shown
from .naming import name_of, remarks
from .opening import STEPS, open_study
from .outlines import Outline, outlines_in_picture, outlines_on_page
from .paced_spikes import PACED
from .page_signals import MISSING_UV, UNITS_PER_MV, in_units, on_page_clock, place, rank
from .pdf_pages import PdfPages, page_as_png, pages_to_choose
from .printed_values import PrintedComparison, compared
from .reading import reading_from, reading_of, refusal, refusal_of
from .record_loss import LeadLoss, record_losses
from .refused_page import FoundSoFar, found_so_far
from .restaging import all_stages, restage
from .study import Study
