"""相关图片: taken apart, judged by their content, and shown to whom they concern."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from tuoyu.archives.pictures import Picture, PlacedPicture
from tuoyu.extensions import db
from tuoyu.workflow.states import State


def picture(kind="JPEG", size=(2000, 1000), color="navy", mode="RGB", **options):
    file = BytesIO()
    Image.new(mode, size, color).save(file, kind, **options)
    return file.getvalue()


def from_a_phone():
    """Held upright, with the maker, the place and a comment written into it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretPhone"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif.tobytes(), comment=b"taken at home")


@pytest.fixture
def upload(director, draft):
    """upload(b"…", …) as one form; a name may be given as (bytes, name)."""

    def post(*contents):
        named = [c if isinstance(c, tuple) else (c, f"{n}.jpg") for n, c in enumerate(contents)]
        files = [(BytesIO(content), name) for content, name in named]
        return director.post(f"/archives/{draft}/pictures", data={"pictures": files})

    return post


@pytest.fixture
def shown(director, draft):
    """The addresses of the pictures on the page."""

    def read():
        page = director.get(f"/archives/{draft}/pictures")
        return [a["href"] for a in page.soup.select("#pictures figure a")]

    return read


@pytest.fixture
def stored(cast):
    def count():
        with cast.stage():
            return db.session.scalar(select(func.count(Picture.id)))

    return count


def test_a_picture_loses_everything_but_its_pixels(director, upload, shown):
    assert upload(from_a_phone()).status_code == 302
    [address] = shown()
    answer = director.get(address)
    assert answer.mimetype == "image/jpeg"
    assert b"SecretPhone" not in answer.data and b"taken at home" not in answer.data
    image = Image.open(BytesIO(answer.data))
    assert (image.format, image.size) == ("JPEG", (800, 1600))  # upright, and made smaller
    assert not image.getexif() and "comment" not in image.info
    small = Image.open(BytesIO(director.get(address.replace(".jpg", "/thumb")).data))
    assert small.size == (160, 320)


def test_a_picture_is_private_and_nothing_else_than_a_picture(director, upload, shown):
    upload(picture())
    [address] = shown()
    answer = director.get(address)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = director.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_transparency_becomes_white(director, upload, shown):
    upload((picture("PNG", (40, 20), (0, 0, 0, 0), "RGBA"), "leer.png"))
    image = Image.open(BytesIO(director.get(shown()[0]).data))
    assert image.getpixel((10, 10)) == (255, 255, 255)


BAD = {
    "html": (b"<html><script>alert(1)</script>", "不是 JPG 或 PNG 图片"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "不是 JPG 或 PNG 图片"),
    "gif": (picture("GIF", (9, 9)), "不是 JPG 或 PNG 图片"),
    "empty": (b"", "不是 JPG 或 PNG 图片"),
    "cut": (picture()[:4000], "文件已损坏"),
    "heavy": (picture() + bytes(5 * 1024 * 1024), "超过 5 MB"),
    "large": (picture("PNG", (8000, 5000)), "像素过大（8000×5000），不能超过 3000 万像素"),
    "bomb": (picture("PNG", (20000, 20000), 1, "1"), "像素过大"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_picture_is_refused_in_words_beside_the_field(upload, shown, stored, kind):
    content, said = BAD[kind]
    answer = upload((content, "照片.jpg"))
    assert answer.status_code == 422
    error = answer.soup.select_one("#pictures-error").text
    assert "第 1 张“照片.jpg”" in error and said in error
    assert answer.soup.select_one(".error-summary a")["href"] == "#pictures_chosen"
    assert answer.soup.select_one("#pictures_chosen[aria-invalid=true]")
    assert (shown(), stored()) == ([], 0)


def test_thirty_million_pixels_are_just_enough(upload, shown):
    assert upload((picture("PNG", (6000, 5000), 1, "1"), "a.png")).status_code == 302
    assert upload((picture("PNG", (6000, 5001), 1, "1"), "a.png")).status_code == 422
    assert len(shown()) == 1


def test_one_bad_picture_keeps_the_others_out(upload, shown, stored):
    answer = upload(picture(), b"nothing", picture(color="red"))
    assert answer.status_code == 422
    assert [p.text for p in answer.soup.select("p.error")][0].startswith("错误：第 2 张")
    assert (shown(), stored()) == ([], 0)


def test_nine_are_enough(upload, shown):
    colors = [f"#0000{n}0" for n in range(10)]
    assert "请先选择图片" in upload().text
    assert upload(*(picture(color=c, size=(9, 9)) for c in colors)).status_code == 422
    assert upload(*(picture(color=c, size=(9, 9)) for c in colors[:9])).status_code == 302
    assert len(shown()) == 9
    answer = upload(picture())
    assert answer.status_code == 422
    assert "最多 9 张图片，已有 9 张，本次选择了 1 张" in answer.text


def test_the_same_picture_twice_is_refused(upload, shown):
    assert upload(picture(), picture()).status_code == 422
    assert upload(picture()).status_code == 302
    assert "与另一张图片相同" in upload(picture()).text
    assert len(shown()) == 1


def test_pictures_are_captioned_moved_and_deleted(director, draft, upload, shown, stored, htmx):
    upload(*(picture(color=color) for color in ("red", "green", "blue")))
    red, green, blue = shown()
    of = {
        a: f"/archives/{draft}" + a.removeprefix("/archives").removesuffix(".jpg") for a in shown()
    }
    director.post(of[green] + "/caption", data={"caption": " 午睡室\x00 "})
    page = director.get(f"/archives/{draft}/pictures")
    assert page.soup.select("figcaption")[0].text == "午睡室"
    assert page.soup.select("#pictures img")[1]["alt"] == "午睡室"
    answer = director.post(of[blue] + "/forward", headers=htmx("pictures"))
    assert [a["href"] for a in answer.soup.select("#pictures figure a")] == [red, blue, green]
    director.post(of[red] + "/forward")  # the first stays where it is
    assert shown() == [red, blue, green]
    assert director.post(of[red] + "/deletion").status_code == 302
    assert shown() == [blue, green]
    assert stored() == 2
    assert director.get(red).status_code == 404
    assert upload(picture(color="white")).status_code == 302  # into the place that became free
    assert director.post(of[red] + "/deletion").status_code == 404


def test_a_picture_lives_as_long_as_a_version_shows_it(cast, director, edition, stored, kept):
    first = cast.archive(cast.sunshine)
    with cast.stage():
        lies = {"institution_id": cast.sunshine.id, "region_path": cast.sunshine.region_path}
        one = Picture(digest="1", width=1, height=1, file=b"1", thumbnail=b"1", **lies)
        archive = cast.again(first)
        archive.pictures.append(PlacedPicture(picture=one, position=1, caption="大门"))
    director.post(f"/archives/{first.id}/revision", data=edition(first.id))
    tasks = director.get("/archives/").soup.select(".task-list a")
    second = int(tasks[0]["href"].split("/")[2])
    page = director.get(f"/archives/{second}/pictures")
    assert page.soup.select_one("figcaption").text == "大门"
    act = page.soup.select_one("button[formaction$=deletion]")["formaction"]
    assert director.post(act).status_code == 302
    assert stored() == 1
    changed = director.get(f"/archives/{second}")
    assert "删除图片（1 张）" in changed.text
    assert director.get(f"/archives/{first.id}").soup.select_one("figcaption").text == "大门"
    director.post(f"/archives/{second}/deletion", data=edition(second))
    assert stored() == 1


def test_a_deleted_draft_takes_its_pictures_along(director, draft, upload, edition, stored):
    upload(picture(), picture(color="red"))
    assert stored() == 2
    director.post(f"/archives/{draft}/deletion", data=edition(draft))
    assert stored() == 0


def test_pictures_are_seen_by_those_who_see_the_archive(cast, signed_in, upload, shown):
    upload(picture())
    addresses = [shown()[0], shown()[0].replace(".jpg", "/thumb")]
    for person in (
        cast.gudong_clerk,
        cast.gulou_officer,
        cast.fuzhou_officer,
        cast.province_officer,
    ):
        assert [signed_in(person).get(a).status_code for a in addresses] == [200, 200]
    for person in (cast.star_director, cast.guxi_clerk, cast.taijiang_officer, cast.xiamen_officer):
        assert [signed_in(person).get(a).status_code for a in addresses] == [404, 404]
    assert [signed_in(cast.sysadmin).get(a).status_code for a in addresses] == [403, 403]


def test_only_the_institution_changes_pictures(cast, signed_in, draft, upload, shown):
    upload(picture())
    of = f"/archives/{draft}" + shown()[0].removeprefix("/archives").removesuffix(".jpg")
    for person, status in ((cast.star_director, 404), (cast.gudong_clerk, 403)):
        browser = signed_in(person)
        for act in ("caption", "forward", "deletion"):
            assert browser.post(f"{of}/{act}").status_code == status
        answer = browser.post(f"/archives/{draft}/pictures", data={})
        assert answer.status_code == status


def test_pictures_of_a_handed_in_archive_stay(cast, director):
    archive = cast.archive(cast.sunshine, State.AT_TOWNSHIP)
    files = {"pictures": (BytesIO(picture()), "a.jpg")}
    assert director.post(f"/archives/{archive.id}/pictures", data=files).status_code == 409
    assert director.get(f"/archives/{archive.id}/pictures").status_code == 302


def test_nine_pictures_ask_no_more_questions_than_one(director, draft, upload, statements):
    upload(*(picture(color=f"#0000{n}0", size=(9, 9)) for n in range(9)))
    for path in ("pictures", "check", ""):
        with statements() as made:
            assert director.get(f"/archives/{draft}/{path}".rstrip("/")).status_code == 200
        assert len(made) <= 12, (path, made)
