"""修改依据 and the proposed pictures: judged by content, shown to those who may see them."""

import io
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import select

from tests.applications.world import (
    JULY_17,
    a_pdf,
    a_picture,
    confirmed_june,
    correct,
    see,
    stamp,
    the_application,
)
from tests.soundness import faults_of
from tuoyu import clock
from tuoyu.applications.evidence import Evidence
from tuoyu.archives.models import in_force
from tuoyu.archives.versions import begin_next
from tuoyu.extensions import db
from tuoyu.institutions.changes import record
from tuoyu.workflow.proofs import SAME
from tuoyu.workflow.states import State

FIGURES = {"in_care": "46", "left_in_year": "14"}


def evidence(cast):
    with cast.stage():
        return [
            cast.detached(e) for e in db.session.scalars(select(Evidence).order_by(Evidence.id))
        ]


def with_place():
    """A photograph that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (26.0, 5.0, 0.0)
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "JPEG", exif=exif)
    file.seek(0)
    return file


def test_a_held_correction_asks_for_its_evidence_again(ready, client, signed_in):
    june = confirmed_june(ready)
    held = correct(
        client, june, files=[(a_picture(), "登记.jpg"), (a_pdf(), "台账.pdf")], **FIGURES
    )
    assert held.status_code == 401
    assert faults_of(held.text) == []
    form = held.soup.select_one("main form")
    assert form["enctype"] == "multipart/form-data"
    assert "登记.jpg、台账.pdf" in form.get_text()
    [field] = form.select("input[type=file]")
    assert {"required", "multiple"} <= set(field.attrs)
    sent = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    sent[field["name"]] = [(a_picture(), "登记.jpg"), (a_pdf(), "台账.pdf")]
    with clock.at(JULY_17):
        assert signed_in(ready.sunshine_director).post(form["action"], data=sent).status_code == 302
    assert [file.name for file in evidence(ready)] == ["登记.jpg", "台账.pdf"]


def test_the_files_are_served_sealed_to_those_who_may_see_them(ready, signed_in):
    june, director = confirmed_june(ready), signed_in(ready.sunshine_director)
    files = [(with_place(), "登记.png"), (a_pdf(), "../台账.exe")]
    assert correct(director, june, files=files, **FIGURES).status_code == 302
    photo, ledger = evidence(ready)
    assert (photo.name, photo.mimetype) == ("登记.jpg", "image/jpeg")
    assert (ledger.name, ledger.mimetype) == ("台账.pdf", "application/pdf")
    address = f"/applications/{the_application(ready).id}/evidence"
    for person in (ready.gudong_clerk, ready.gulou_officer, ready.province_officer):
        answer = see(signed_in(person), f"{address}/{photo.id}")
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert not Image.open(io.BytesIO(answer.data)).getexif()
    answer = see(director, f"{address}/{ledger.id}")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for person in (ready.star_director, ready.guxi_clerk, ready.taijiang_officer):
        assert see(signed_in(person), f"{address}/{photo.id}").status_code == 404
    assert see(director, f"{address}/{photo.id + 99}").status_code == 404


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([(io.BytesIO(b"<script>"), "a.jpg")], "不是 JPG、PNG 图片或 PDF 文件"),
        ([(io.BytesIO(b"%PDF-1.4 cut off"), "a.pdf")], "不是 JPG、PNG 图片或 PDF 文件"),
        ([(io.BytesIO(b"%PDF-1.4" + b"0" * 5 * 1024 * 1024), "a.pdf")], "超过 5 MB"),
        ([(a_pdf(), f"{n}.pdf") for n in range(6)], "最多 5 个文件"),
    ],
)
def test_other_files_are_refused_in_words(ready, signed_in, files, said):
    answer = correct(
        signed_in(ready.sunshine_director), confirmed_june(ready), files=files, **FIGURES
    )
    assert answer.status_code == 422
    assert said in answer.soup.select_one(".error-summary").text
    assert evidence(ready) == []


def test_a_file_is_taken_away_and_the_typed_text_stays(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    correct(director, confirmed_june(ready), "save", **FIGURES)
    draft, [file] = the_application(ready), evidence(ready)
    data = FIGURES | {"reason": "又改了说法", "edition": draft.edition, "do": f"remove-{file.id}"}
    with clock.at(JULY_17):
        answer = director.post(f"/applications/{draft.id}/edit", data=data)
    assert answer.status_code == 302
    assert (evidence(ready), the_application(ready).reason) == ([], "又改了说法")


# 更换图片


@pytest.fixture
def gallery(ready, signed_in):
    """The archive in force shows a red and a green picture; answers its director."""
    draft = ready.archive(ready.star, State.DRAFT, "2023-07-16T12:00")
    director = signed_in(ready.star_director)
    with clock.at("2023-07-16T12:00"):
        for colour in ("red", "green"):
            data = {"pictures": (a_picture(colour), "1.jpg")}
            assert director.post(f"/archives/{draft.id}/pictures", data=data).status_code == 302
        with ready.stage():
            paper = ready.again(draft)
            director_, clerk, officer = ready.road(paper)
            for move, by in (("submit", director_), ("approve", clerk), ("confirm", officer)):
                ready.explain_everything(paper)
                getattr(paper, move)(by=by)
                db.session.flush()
    return director


def shown(cast):
    """The pictures of the archive in force, in their order."""
    with cast.stage():
        return [placed.picture_id for placed in in_force(cast.star.id).pictures]


def propose(cast, director, colour="blue"):
    """Begin, put a third picture in front of the second, and take the first away."""
    with clock.at(JULY_17):
        assert director.post("/applications/new/pictures", data={}).status_code == 302
        address = f"/applications/{the_application(cast).id}"
        data = {"pictures": (a_picture(colour), "3.jpg")}
        assert director.post(f"{address}/pictures", data=data).status_code == 302
        red, green, blue = proposed(cast)
        for act in (f"{blue}/forward", f"{red}/deletion"):
            assert director.post(f"{address}/pictures/{act}").status_code == 302
    return red, green, blue


def proposed(cast):
    application = the_application(cast)
    with cast.stage():
        return [placed.picture_id for placed in cast.again(application).pictures]


def hand_in(cast, director):
    application = the_application(cast)
    data = {"do": "submit", "edition": application.edition}
    with clock.at(JULY_17):
        return director.post(f"/applications/{application.id}/edit", data=data)


def test_the_township_alone_puts_new_pictures_up(ready, gallery, signed_in):
    before = shown(ready)
    red, green, blue = propose(ready, gallery)
    assert (before, proposed(ready)) == ([red, green], [blue, green])
    assert hand_in(ready, gallery).status_code == 302
    application, clerk = the_application(ready), signed_in(ready.guxi_clerk)
    assert shown(ready) == before  # nothing changes yet
    page = see(clerk, f"/review/applications/{application.id}")
    marks = [mark.text for mark in page.soup.select("strong.tone-red, strong.tone-green")]
    assert marks == ["移除", "新增"]
    assert stamp(clerk, application, "confirm").status_code == 302
    assert shown(ready) == [blue, green]
    page = see(clerk, f"/review/applications/{application.id}")
    assert len(page.soup.select("strong.tone-red")) == 1  # what it was is still told


def test_of_an_archive_without_pictures_none_were_replaced(ready, signed_in):
    director, clerk = signed_in(ready.sunshine_director), signed_in(ready.gudong_clerk)
    with clock.at(JULY_17):
        director.post("/applications/new/pictures", data={})
        address = f"/applications/{the_application(ready).id}"
        director.post(f"{address}/pictures", data={"pictures": (a_picture("blue"), "1.jpg")})
    assert hand_in(ready, director).status_code == 302
    application = the_application(ready)
    assert stamp(clerk, application, "confirm").status_code == 302
    page = see(clerk, f"/review/applications/{application.id}")
    heads = [head.text for head in page.soup.select("h3")]
    assert {"原来的图片（0 张）", "更换后的图片（1 张）"} <= set(heads)
    assert "新增 1 张，移除 0 张" in page.text


def test_the_archive_is_not_locked_meanwhile(ready, gallery, signed_in):
    propose(ready, gallery)
    hand_in(ready, gallery)
    with ready.stage():
        number = in_force(ready.star.id).id
    with clock.at(JULY_17):
        assert gallery.post(f"/archives/{number}/revision").status_code == 302
    stamp(signed_in(ready.guxi_clerk), the_application(ready), "confirm")
    with ready.stage():
        [old, draft] = db.session.scalars(
            select(type(in_force(ready.star.id)))
            .where(type(in_force(ready.star.id)).institution_id == ready.star.id)
            .order_by(type(in_force(ready.star.id)).version.desc())
            .limit(2)
        ).all()[::-1]
        pictures = [[p.picture_id for p in paper.pictures] for paper in (old, draft)]
    assert pictures[0] == pictures[1] == shown(ready)  # a draft with the old set follows


def test_the_same_pictures_are_no_change(ready, gallery):
    with clock.at(JULY_17):
        gallery.post("/applications/new/pictures", data={})
    answer = hand_in(ready, gallery)
    assert answer.status_code == 422
    assert "没有更换" in answer.text


def test_throwing_the_proposal_away_leaves_the_archive_its_pictures(ready, gallery):
    before = shown(ready)
    propose(ready, gallery)
    application = the_application(ready)
    form = {"edition": application.edition}
    assert gallery.post(f"/applications/{application.id}/deletion", data=form).status_code == 302
    assert shown(ready) == before
    assert see(gallery, f"/archives/pictures/{before[0]}.jpg").status_code == 200


def test_what_was_given_up_shows_no_archive_of_today(ready, gallery, signed_in):
    """The institution may have moved since: the old township has no business with its pictures."""
    propose(ready, gallery)
    hand_in(ready, gallery)
    clerk, application = signed_in(ready.guxi_clerk), the_application(ready)
    stamp(clerk, application, "send_back", reason="照片不清楚")
    form = {"edition": the_application(ready).edition}
    with clock.at(JULY_17):
        dropped = gallery.post(f"/applications/{application.id}/abandonment", data=form)
    assert dropped.status_code == 302
    with ready.stage("2023-08-01T09:00"):
        by, there = ready.again(ready.gulou_officer), ready.region("350103001002")
        record(ready.again(ready.star), "moved", date(2023, 8, 1), by, there)
        in_force(ready.star.id).pictures[0].caption = "台江新址大门"
    for person in (clerk, gallery):
        page = see(person, f"/applications/{application.id}", "2023-08-02T10:00")
        heads = [head.text for head in page.soup.select("h3")]
        assert "申请换上的图片（2 张）" in heads and "原来的图片" not in page.text
        assert "台江新址大门" not in page.text


def test_the_receipt_of_the_archive_stays_true(ready, gallery, signed_in):
    with ready.stage():
        archive = in_force(ready.star.id)
        handed_in = archive.enclosed
    propose(ready, gallery)
    hand_in(ready, gallery)
    stamp(signed_in(ready.guxi_clerk), the_application(ready), "confirm")
    with ready.stage():
        assert in_force(ready.star.id).enclosed == handed_in


def test_the_receipt_of_a_version_under_review_stays_true(ready, gallery, signed_in):
    with ready.stage(JULY_17):
        under_way = begin_next(in_force(ready.star.id))
        under_way.managers = 3
        db.session.flush()
        ready.explain_everything(under_way)
        number = under_way.submit(by=ready.again(ready.star_director)).receipt.number
        under_way = ready.detached(under_way)
    receipt, clerk = f"/receipts/{number}", signed_in(ready.guxi_clerk)
    propose(ready, gallery)
    hand_in(ready, gallery)
    stamp(clerk, the_application(ready), "confirm")
    assert SAME in see(clerk, receipt).text
    send_back(clerk, under_way)
    assert "数据此后已有修改" in see(gallery, receipt).text
    with ready.stage(JULY_17):
        paper = ready.again(under_way)
        shown_now = [[p.picture.digest, p.caption] for p in paper.pictures]
        ready.explain_everything(paper)
        paper.submit(by=ready.again(ready.star_director))
        assert paper.enclosed == {"pictures": shown_now}


def send_back(clerk, archive):
    form = {"edition": archive.edition + 1, "reason": "请核对管理人员数"}
    with clock.at(JULY_17):
        answer = clerk.post(f"/review/archives/{archive.id}/return", data=form)
    assert answer.status_code == 302


def test_what_is_no_picture_is_refused(ready, gallery):
    with clock.at(JULY_17):
        gallery.post("/applications/new/pictures", data={})
        address = f"/applications/{the_application(ready).id}/pictures"
        answer = gallery.post(address, data={"pictures": (io.BytesIO(b"x"), "a.jpg")})
    assert answer.status_code == 422
    assert "不是 JPG 或 PNG 图片" in answer.text
