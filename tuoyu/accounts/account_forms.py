"""The forms about an account that exists already."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, TextAreaField
from wtforms.validators import DataRequired, EqualTo, InputRequired, ValidationError

from tuoyu.accounts import passwords
from tuoyu.accounts.forms import Accepted, Chosen, at_most, words
from tuoyu.accounts.history import objections
from tuoyu.accounts.mailbox import insist_few
from tuoyu.accounts.models import Role
from tuoyu.accounts.names import (
    a_free_email,
    a_free_mobile,
    a_free_username,
    bare_contact,
    bare_email,
    bare_mobile,
    bare_name,
)
from tuoyu.accounts.visits import insist_knows
from tuoyu.indicators.normal import plain
from tuoyu.refusal import NotAcceptable

LONGEST_REASON = 200


class OfUser(FlaskForm):
    """A form about `user`."""

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user


class DetailsForm(OfUser):
    display_name = words(
        "显示名称",
        at_most(50),
        normal=plain,
        description="一般填经办人姓名；以前的办理记录仍显示原名",
    )
    mobile = words("手机号", normal=bare_mobile, description="可用来登录，也用来找回密码")

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, obj=user, **kwargs)
        if user.role != Role.INSTITUTION:  # an office may have none
            self.mobile.validators, self.mobile.flags.required = (), False

    def validate_mobile(self, field):
        field.data = field.data or None
        if field.data:
            Accepted(lambda mobile: a_free_mobile(mobile, but=self.user))(self, field)


class KnowingForm(OfUser):
    """A form that asks for the present password; a try is counted when all else is right."""

    asks = "password"

    def validate(self, extra_validators=None):
        if not super().validate(extra_validators):
            return False
        field = self[self.asks]
        try:
            insist_knows(self.user, field.data)
        except NotAcceptable as refusal:
            field.errors = [str(refusal)]
            return False
        return True


class MailboxForm(KnowingForm):
    email = words("新邮箱", normal=bare_email)
    password = PasswordField(
        "登录密码", [InputRequired("请填写")], description="为确认是本人操作，请再输入一次"
    )

    def validate_email(self, field):
        Accepted(lambda email: a_free_email(email, but=self.user))(self, field)
        if self.user.email and field.data.lower() == self.user.email.lower():
            raise ValidationError("与现在的邮箱相同，无需更换")
        Accepted(lambda _: insist_few(self.user))(self, field)


class NewPasswordForm(OfUser):
    """Two fields for a new password; `k` is the link that leads here, if one does."""

    k = HiddenField()
    password = PasswordField("新密码", [InputRequired("请填写")], description=passwords.ADVICE)
    password_confirm = PasswordField(
        "确认新密码", [InputRequired("请再填一次"), EqualTo("password", "两次填写的密码不一致")]
    )

    def validate_password(self, field):
        if faults := objections(self.user, field.data):
            raise ValidationError("；".join(faults))


class ChangePasswordForm(KnowingForm, NewPasswordForm):
    """Whether the new password was used before is told to whoever knows the old one: a guess must
    not be answered without being counted."""

    asks = "old_password"
    old_password = PasswordField("原密码", [InputRequired("请填写")])

    def validate_password(self, field):
        if faults := passwords.complaints(field.data, user=self.user):
            raise ValidationError("；".join(faults))

    def validate(self, extra_validators=None):
        if not super().validate(extra_validators):
            return False
        self.password.errors = objections(self.user, self.password.data)
        return not self.password.errors


class ForgottenForm(FlaskForm):
    username = words("登录账号", at_most(100), normal=bare_name)
    contact = words("预留手机号或邮箱", at_most(100), normal=bare_contact)


class ReasonForm(FlaskForm):
    reason = TextAreaField(
        "核实情况",
        [DataRequired("请填写怎样核实的身份"), at_most(LONGEST_REASON)],
        filters=[lambda typed: typed and plain(typed)],
        description="如：7月16日10时回拨档案登记电话，园长本人接听",
    )


class OperatorForm(FlaskForm):
    display_name = words("姓名", at_most(50), normal=plain)
    username = words(
        "登录账号",
        Accepted(a_free_username),
        description="6至32位字母、数字或下划线，不分大小写；可直接用手机号",
    )
    mobile = words("手机号", normal=bare_mobile)

    def validate_mobile(self, field):
        """The number may be the account name as well."""
        Accepted(a_free_mobile)(self, field)


class HandoverForm(FlaskForm):
    operator = Chosen(
        "接任的操作员", [InputRequired("请选择")], coerce=int, description="须已登录设置过密码"
    )
    reason = TextAreaField(
        "交接原因",
        [DataRequired("请填写交接原因"), at_most(LONGEST_REASON)],
        filters=[lambda typed: typed and plain(typed)],
    )
    leaves = BooleanField("原主账号同时停用（人员离职时勾选）")
