"""What the institution has still to do before its archive can be submitted, line by line."""

from flask import url_for

from tuoyu.archives.findings import progress


def tasks(archive, found):
    """The lines of the task list: the pages of the form, the pictures, the submission."""
    for one in progress(archive, found):
        yield task(one.title, "archives.edit", archive, one.mark, one.hint, name=one.name)
    yield task(
        "相关图片", "archives.pictures", archive, pictures_mark(archive), "最多 9 张，可不上传"
    )
    yield task("核对并提交审核", "archives.check", archive, verdict(found), advice(found))


def task(title, endpoint, archive, mark, hint, **arguments):
    label, tone, detail = mark
    href = url_for(endpoint, archive_id=archive.id, **arguments)
    return {
        "title": title,
        "href": href,
        "label": label,
        "tone": tone,
        "detail": detail,
        "hint": hint,
    }


def pictures_mark(archive):
    there = len(archive.pictures)
    return ("已上传", "green", f" {there} 张") if there else ("未上传", "grey", "")


def verdict(found):
    if found.block:
        return "不能提交", "grey", ""
    if found.unexplained:
        return "需说明", "orange", f" {len(found.unexplained)} 项"
    return "可以提交", "green", ""


def advice(found):
    """What stands in the way of the submission, in one line."""
    counts = (
        (len(found.missing), "项没有填写"),
        (len(found.hard), "项必须修改"),
        (len(found.unexplained), "项需核实或填写说明"),
    )
    said = "、".join(f"{count} {what}" for count, what in counts if count)
    return f"还有 {said}" if said else "各项已填写，核对后即可提交审核"
