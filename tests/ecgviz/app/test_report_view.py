"""Doubts about a reading stand together with a way to mend them, and an edit says what it changed."""

from streamlit.testing.v1 import AppTest

from ecgviz.words import doubts


def words(app):
    return "\n".join(str(one.value) for kind in (app.markdown, app.info, app.warning, app.caption) for one in kind)


def test_doubts_are_shown_with_a_button_to_mend_them():
    def script():
        from dataclasses import replace

        from ecgviz.app import report_view
        from tests.studies import study_of

        study = study_of("edan_normal")
        turned = (replace(one, mv=-one.mv) if one.key == "III" else one for one in study.traces)
        report_view.notices(replace(study, traces=tuple(turned)))

    app = AppTest.from_function(script, default_timeout=120).run()
    assert not app.exception
    assert "Provisional reading" in words(app)
    assert "contradict each other" in words(app)
    assert [button.label for button in app.button] == [doubts.MEND_BOXES]
    assert not app.warning


def test_a_well_read_page_has_no_doubts():
    def script():
        from ecgviz.app import report_view
        from tests.studies import study_of

        report_view.notices(study_of("edan_normal"))

    app = AppTest.from_function(script, default_timeout=120).run()
    assert "Provisional" not in words(app)
    assert not app.button


def test_an_edit_says_what_it_changed():
    def script():
        from dataclasses import replace

        from ecgviz.app import report_view, session
        from tests.studies import study_of

        study = study_of("edan_normal")
        before = dict(study.measurements.values)
        before["pr_ms"] = replace(before["pr_ms"], value=196.0)
        session.keep(b"page", "page.png")
        session.use_corrections(None, before)
        report_view.notices(study)

    app = AppTest.from_function(script, default_timeout=120).run()
    (info,) = app.info
    assert info.value.startswith("Your edit changed")
    assert "PR 196 ms" in info.value
    assert "QRS" not in info.value
