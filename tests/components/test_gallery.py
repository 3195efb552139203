"""The components as HTML: labels, links between texts and controls, empty states, words of states."""

import pytest
from bs4 import BeautifulSoup

from tests.components.stub import draw, gallery_app, make_app
from tests.soundness import faults_of


@pytest.fixture(scope="module")
def gallery():
    return BeautifulSoup(gallery_app().test_client().get("/").text, "html5lib")


def render(source, **context):
    app = make_app()
    with app.test_request_context("/"):
        template = app.jinja_env.from_string(source)
        return BeautifulSoup(template.render(**context), "html.parser")


def test_the_pages_of_the_layouts_are_sound():
    app = gallery_app()
    assert not faults_of(app.test_client().get("/").text)
    with app.test_request_context("/"):
        assert not faults_of(draw("layouts/error.html", reason="没有找到这项内容。"))
        sent = {"kept": [("a", "1")], "typed": ["1"], "address": "/", "token": "x", "chosen": {}}
        held = {"reason": "请先登录。", "needs_login": True, **sent}
        assert not faults_of(draw("layouts/held.html", **held))


def test_every_control_has_a_name_a_person_can_read(gallery):
    controls = gallery.select("main input:not([type=hidden]), main select, main textarea")
    assert len(controls) > 20
    for control in controls:
        by_label = control.find_parent("label") or gallery.find("label", {"for": control.get("id")})
        assert by_label or control.get("aria-label"), control


def test_ids_are_unique_and_every_reference_finds_its_element(gallery):
    ids = [element["id"] for element in gallery.select("[id]")]
    assert len(ids) == len(set(ids))
    for attribute in ("aria-describedby", "aria-labelledby", "for"):
        for element in gallery.select(f"[{attribute}]"):
            assert set(element[attribute].split()) <= set(ids), element


def test_errors_stand_under_the_field_and_in_the_summary(gallery):
    field = gallery.find(id="established_on")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "established_on-error"
    assert "请选择机构成立时间" in gallery.find(id="established_on-error").text
    link = gallery.select_one(".error-summary a[href='#established_on']")
    assert link.text == "请选择机构成立时间"  # it names the field already
    link = gallery.select_one(".error-summary a[href='#infant_places']")
    assert link.text == "乳儿班可提供托位：应为不小于 0 的整数"


def test_the_title_says_when_there_are_errors(gallery):
    assert gallery.title.text == "错误：组件一览 - 福建省托育服务登记系统"


def test_numbers_are_text_with_a_numeric_keyboard(gallery):
    assert not gallery.select("input[type=number]")
    assert gallery.find(id="infant_places")["inputmode"] == "numeric"
    assert gallery.find(id="infant_fee")["inputmode"] == "decimal"


def test_the_browser_never_checks_before_the_server(gallery):
    assert not gallery.select("[required]")
    assert gallery.find(id="institution_name")["aria-required"] == "true"


def test_every_posting_form_carries_a_token(gallery):
    forms = gallery.select("form[method=post]")
    assert len(forms) >= 4
    for form in forms:
        assert form.select_one("input[name=csrf_token]")["value"]


def test_tables_have_heads_captions_and_can_be_scrolled_by_keyboard(gallery):
    for table in gallery.select("main table"):
        assert table.caption
        assert table.parent["tabindex"] == "0"
        assert all(head.get("scope") for head in table.select("th"))


def test_an_unselected_group_keeps_what_was_chosen():
    from tests.components.samples import ArchiveForm

    form = ArchiveForm(service_modes=["FULL", "TEMP"], is_employer_run="0")
    page = render(
        "{% from 'components/form.html' import row %}{{ row(form.service_modes) }}{{ row(form.is_employer_run) }}",
        form=form,
    )
    assert [box["value"] for box in page.select("[checked]")] == ["FULL", "TEMP", "0"]
    assert page.select_one("[role=radiogroup]")["aria-labelledby"] == "is_employer_run-label"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("state('confirmed')", "✓ 已确认"),
        ("state('confirmed', archive=True)", "✓ 已生效"),
        ("state('superseded', archive=True)", "↺ 已替换"),
        ("state('returned', archive=True)", "✕ 已退回"),
        ("state('overdue', detail='2天')", "✕ 逾期2天"),
        ("mark('需说明', 'orange')", "! 需说明"),
    ],
)
def test_a_state_is_a_word_and_a_symbol(call, words):
    page = render("{% from 'components/state.html' import mark, state %}{{ " + call + " }}")
    assert page.text.strip() == words


@pytest.mark.parametrize(
    "call",
    [
        "errors.html' import error_summary %}{{ error_summary()",
        "figures.html' import figures %}{{ figures([])",
        "trail.html' import trail %}{{ trail([])",
    ],
)
def test_what_has_nothing_to_say_draws_nothing(call):
    assert not render("{% from 'components/" + call + " }}").text.strip()


def test_messages_ride_along_with_parts():
    app = gallery_app()
    app.add_url_rule(
        "/parts",
        view_func=lambda: draw("layouts/error.html", layout="layouts/parts.html", reason=""),
    )
    client = app.test_client()
    client.get("/")
    page = BeautifulSoup(client.get("/parts").text, "html.parser")
    assert page.find(id="flashes")["hx-swap-oob"] == "true"
    assert not page.find("html")


def test_a_held_form_offers_everything_typed_again():
    app = make_app()
    kept = [("edition", "3"), ("enrolled", "12"), ("remark", "<b>超龄</b>")]
    with app.test_request_context("/"):
        html = draw(
            "layouts/held.html",
            reason="请先登录。",
            needs_login=True,
            kept=kept,
            typed=["12", "<b>超龄</b>"],
            address="/r?a=1",
            token="x",
            chosen={},
        )
    page = BeautifulSoup(html, "html5lib")
    form = page.find("form", {"action": "/r?a=1"})
    sent = {i["name"]: i["value"] for i in form.select("input[type=hidden]")}
    assert sent.pop("csrf_token") == "x"
    assert sent == dict(kept)
    assert "继续提交" in form.text
    assert [line.text for line in page.select("details li")] == ["12", "<b>超龄</b>"]
