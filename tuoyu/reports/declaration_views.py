"""本月无变动, 本月零入托, 停业（暂停）: one page each, and the way back."""

from flask import flash, redirect, url_for

from tuoyu.accounts.models import Role
from tuoyu.refusal import NotAcceptable
from tuoyu.reports.declaration_forms import FORMS
from tuoyu.reports.declarations import Declaration
from tuoyu.reports.declaring import filled_in_by, typed_differently, why_not
from tuoyu.reports.doors import bp
from tuoyu.reports.models import find_report
from tuoyu.web.guard import called, open_to
from tuoyu.web.pages import page

ADDRESS = "/<int:report_id>/declaration/<any(no_change, zero, closed):kind>"
CHANGED = "这份月报刚刚在别处保存过，申报没有生效。请核对下面的内容，再申报一次。"
REPLACES = "已填写的数字与将要填入的不同，请核对后勾选“用上述数字替换”，或返回继续填报"
FIRST_LEFT = {Declaration.NO_CHANGE: "enr_m0_11"}  # the first figure that is left to be typed
SAID = {
    Declaration.NO_CHANGE: "已按上月数填入 {} 项。婴幼儿又长大一个月，请重新填写 25—27 月龄，核对后提交审核。",
    Declaration.ZERO: "已申报本月零入托，并填入 {} 项。其余各项请继续填写，核对后提交审核。",
    Declaration.CLOSED: "已申报本月停业，并填入 {} 项。其余各项请继续填写，核对后提交审核。",
}


@bp.get(ADDRESS)
@open_to(Role.INSTITUTION)
def declaration(report_id, kind):
    """What the declaration fills in, what it would replace, and what it asks."""
    report, kind = find_report(report_id), Declaration(kind)
    insist_may_declare(report, kind)
    return declaration_page(report, kind, FORMS[kind](report, data={"edition": report.edition}))


@bp.post(ADDRESS)
@open_to(Role.INSTITUTION)
def declare(report_id, kind):
    """Declare, and fill in what follows; nothing typed is replaced without a tick."""
    report, kind = find_report(report_id, to_change=True), Declaration(kind)
    insist_may_declare(report, kind)
    form, figures = FORMS[kind](report), filled_in_by(report, kind)
    if not form.validate():
        return declaration_page(report, kind, form), 422
    if form.edition.data != str(report.edition):
        form.form_errors.append(CHANGED)
        form.edition.data = report.edition
        return declaration_page(report, kind, form), 409
    if not form.replace.data and any(typed_differently(report, figures)):
        form.replace.errors = [REPLACES]
        return declaration_page(report, kind, form), 422
    report.fill_in(figures)
    report.declare(kind, **form.declared)
    flash(SAID[kind].format(len(figures)))
    field = FIRST_LEFT.get(kind, "ft_staff")
    return redirect(url_for(".edit", report_id=report.id, _anchor=field))


@bp.post("/<int:report_id>/declaration/withdrawal")
@open_to(Role.INSTITUTION)
@called("取消申报")
def take_declaration_back(report_id):
    report = find_report(report_id, to_change=True)
    report.insist_editable()
    report.declare(None)
    flash("已取消申报；填入的数字都还在，请逐项核对、修改。")
    return redirect(url_for(".edit", report_id=report.id))


def insist_may_declare(report, kind):
    report.insist_editable()
    if refused := why_not(report, kind):
        raise NotAcceptable(refused)


def declaration_page(report, kind, form):
    figures = filled_in_by(report, kind)
    return page(
        "reports/declare.html",
        report=report,
        kind=kind,
        form=form,
        figures=[(report.sheet[key], value) for key, value in figures.items()],
        replaced=list(typed_differently(report, figures)),
    )
