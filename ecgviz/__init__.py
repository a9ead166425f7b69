"""What people see and take away: the study of a report, its reading, charts and the page frame."""

__version__ = "0.1.0"
DISCLAIMER = "For research and teaching only. Not a medical device."
