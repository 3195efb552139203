"""Counties permit one more registration under a credit code that is taken."""

from flask import flash, redirect, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import StringField, TextAreaField

from tuoyu.accounts.doors import bp
from tuoyu.accounts.models import Role
from tuoyu.extensions import db
from tuoyu.indicators.normal import credit_code
from tuoyu.institutions import branches as law
from tuoyu.institutions.branches import BranchPermit, permits
from tuoyu.refusal import NotAcceptable
from tuoyu.web.guard import called, open_to
from tuoyu.web.lists import one_page
from tuoyu.web.pages import page

LIST = "accounts/branches.html"
ON_A_PAGE = 20


class PermitForm(FlaskForm):
    unified_social_credit_code = StringField(
        "机构统一代码", filters=[lambda typed: typed and credit_code(typed)]
    )
    reason = TextAreaField(
        "理由", description=f"核实了什么，最多{law.LONGEST}字", render_kw={"maxlength": law.LONGEST}
    )


@bp.get("/branches")
@open_to(Role.COUNTY)
def branches():
    """Which branches the county has permitted, and the form for one more."""
    return list_page(PermitForm(formdata=None))


def list_page(form):
    shown = permits().options(joinedload(BranchPermit.institution))
    return page(LIST, form=form, found=one_page(shown, ON_A_PAGE))


@bp.post("/branches")
@open_to(Role.COUNTY)
def permit_branch():
    form = PermitForm()
    try:
        law.permit(
            form.unified_social_credit_code.data or "", form.reason.data or "", by=current_user
        )
    except NotAcceptable as refusal:
        form.form_errors.append(str(refusal))
        return list_page(form), refusal.status
    flash("已许可。请告知该机构，现在可以用这个机构统一代码注册一次。")
    return redirect(url_for(".branches"))


@bp.post("/branches/<int:permit_id>/withdrawal")
@open_to(Role.COUNTY)
@called("撤销再次注册的许可")
def withdraw_permit(permit_id):
    """Take back what nobody has used yet."""
    unused = select(BranchPermit).where(
        BranchPermit.id == permit_id, BranchPermit.institution_id.is_(None)
    )
    db.session.delete(db.one_or_404(unused.with_for_update()))
    flash("已撤销许可。")
    return redirect(url_for(".branches"))
