"""Leads: all leads laid out as on the page, and each of them enlarged."""

from ecgviz.app import report_view, ui
from ecgviz.sections import leads

ui.frame("Leads", "Every lead in its place on the page: how it was read, and what each network predicts from it alone.")

opened, study = report_view.opened()

report_view.notices(study)
report_view.what_was_done(study, "The cards show that page.")
leads.wall(opened, study)
