"""在地图上点选: where the institution lies, by clicks on a picture or by typing. It may be skipped,
and nobody is asked for the place of the device."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_login import current_user

from tuoyu.accounts.models import Role
from tuoyu.archives.doors import bp
from tuoyu.archives.models import find_archive
from tuoyu.archives.places import AXES, SIZES, Search, point_in
from tuoyu.refusal import NotAcceptable
from tuoyu.regions.outlines import SOURCE
from tuoyu.web.guard import open_to
from tuoyu.web.pages import page

OF_THE_PICTURE = {
    "coord_system": "WGS84"
}  # 天地图 draws in CGCS2000, which is the same within metres


@bp.get("/<int:archive_id>/map")
@open_to(Role.INSTITUTION)
def find_place(archive_id):
    archive = find_archive(archive_id)
    if not archive.is_editable:
        return redirect(url_for(".show", archive_id=archive.id))
    search = Search.of(archive, request.args)
    return page(
        "archives/map.html",
        archive=archive,
        search=search,
        typed={axis: request.args.get(axis, "") for axis in AXES},
        sizes=SIZES,
        source=SOURCE,
    ), 422 if search.fault else 200


@bp.get("/<int:archive_id>/map.svg")
@open_to(Role.INSTITUTION)
def outline(archive_id):
    """The picture: the square and the point the address names."""
    search = Search.of(find_archive(archive_id), request.args)
    size = SIZES.get(request.args.get("size"), SIZES["large"])
    drawn = render_template(
        "archives/outline.svg", sight=search.sight, point=search.point, size=size
    )
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})


@bp.post("/<int:archive_id>/map")
@open_to(Role.INSTITUTION)
def place(archive_id):
    """Keep the point, and go back to the page it belongs to."""
    archive = find_archive(archive_id, lock=True)
    archive.insist_editable()
    try:
        point = point_in(request.form)
    except ValueError as wrong:
        raise NotAcceptable(f"{wrong}。") from None
    if point is None:
        raise NotAcceptable("请先在地图上点选，或填写经纬度。")
    drawn = OF_THE_PICTURE if request.form.get("by") == "picture" else {}
    figures = dict(zip(AXES, point, strict=True)) | drawn
    archive.fill_in(figures, by=current_user)
    flash(f"已保存位置：经度 {point[0]}，纬度 {point[1]}。")
    return redirect(url_for(".edit", archive_id=archive.id, name="basic"))
