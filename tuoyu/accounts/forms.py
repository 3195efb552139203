from contextlib import suppress
from functools import cached_property

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import (
    DataRequired,
    EqualTo,
    InputRequired,
    Length,
    StopValidation,
    ValidationError,
)

from tuoyu.accounts import passwords, privacy
from tuoyu.accounts.names import (
    a_free_email,
    a_free_mobile,
    a_free_username,
    bare_email,
    bare_mobile,
    bare_name,
)
from tuoyu.accounts.visits import who_knows
from tuoyu.indicators.normal import credit_code, half_width, is_credit_code, plain
from tuoyu.institutions.branches import insist_may_register
from tuoyu.institutions.likeness import alike_in_township, numbers
from tuoyu.refusal import NotAcceptable
from tuoyu.regions.picker import leaf_or_refusal, own_address

WRONG_CODE = "机构统一代码应为18位统一社会信用代码，且校验位正确，请对照证照核对"
LOOK_FIRST = "本乡镇（街道）已有名称相近的机构，请核对；不是同一家的，请勾选后再注册"


class VillageField(StringField):
    """A village or community by its code; `region` is the Region, None when it is refused."""

    region = None

    def pre_validate(self, form):
        if not self.data:
            raise StopValidation("请选择所属区域，必须选择到社区（村）一级")
        try:
            self.region = leaf_or_refusal(self.data)
        except NotAcceptable as refusal:
            raise StopValidation(str(refusal)) from None


class Chosen(SelectField):
    """One option of the list; whatever else is sent is told in words."""

    def process_formdata(self, valuelist):
        with suppress(ValueError):
            super().process_formdata(valuelist)

    def pre_validate(self, form):
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError("请从列表中选择") from None


class Accepted:
    """A validator: what `check` does not refuse, in its own words."""

    def __init__(self, check):
        self.check = check

    def __call__(self, form, field):
        try:
            self.check(field.data)
        except NotAcceptable as refusal:
            raise ValidationError(str(refusal)) from None


def words(label, *checks, normal=half_width, **options):
    """A line of text that must be filled in, brought to its normal form before it is looked at."""
    return StringField(
        label,
        [DataRequired("请填写"), *checks],
        filters=[lambda typed: typed and normal(typed)],
        **options,
    )


def at_most(longest):
    return Length(max=longest, message=f"不能超过{longest}个字")


class RegistrationForm(FlaskForm):
    region_code = VillageField("所属区域")
    institution_name = words(
        "机构名称", at_most(100), normal=plain, description="与证照上的名称一致"
    )
    not_the_same = StringField("名称相近的机构")
    unified_social_credit_code = words(
        "机构统一代码", normal=credit_code, description="18位统一社会信用代码，见营业执照或登记证书"
    )
    username = words(
        "登录账号",
        Accepted(a_free_username),
        description="6至32位字母、数字或下划线，不分大小写；可直接用机构统一代码",
    )
    display_name = words(
        "显示名称", at_most(50), normal=plain, description="一般填经办人姓名，显示在页面右上角"
    )
    mobile = words("手机号", Accepted(a_free_mobile), normal=bare_mobile)
    email = words("邮箱", Accepted(a_free_email), normal=bare_email)
    password = PasswordField("用户密码", [InputRequired("请填写")], description=passwords.ADVICE)
    password_confirm = PasswordField(
        "确认密码", [InputRequired("请再填一次"), EqualTo("password", "两次填写的密码不一致")]
    )
    privacy_consent = BooleanField(
        f"我已阅读并同意《{privacy.NOTICE}》", [DataRequired("请先阅读，同意后勾选")]
    )

    def validate_unified_social_credit_code(self, field):
        if not is_credit_code(field.data):
            raise ValidationError(WRONG_CODE)
        if self.region_code.region:
            Accepted(lambda code: insist_may_register(code, self.region_code.region))(self, field)

    @cached_property
    def alike(self):
        """Institutions nearby that may be the same one."""
        village, name = self.region_code.region, self.institution_name.data
        return alike_in_township(name, village) if village and name else []

    @property
    def alike_numbers(self):
        return numbers(self.alike)

    def validate_not_the_same(self, field):
        """Whoever registers has looked at exactly those that are shown."""
        if (field.data or "") != self.alike_numbers:
            raise ValidationError(LOOK_FIRST)

    def validate_password(self, field):
        names = ("username", "mobile", "email", "institution_name")
        about = {name: self[name].data or "" for name in names}
        if faults := passwords.complaints(field.data, **about):
            raise ValidationError("；".join(faults))

    @property
    def account(self):
        """What makes the account, as `new_user` names it."""
        names = ("username", "display_name", "mobile", "email", "password")
        return {name: self[name].data for name in names}


class LoginForm(FlaskForm):
    username = StringField(
        "账号／手机号／邮箱",
        [DataRequired("请填写")],
        filters=[lambda typed: typed and bare_name(typed)],
    )
    password = PasswordField("密码", [InputRequired("请填写")])
    next = HiddenField(filters=[own_address])

    user = None

    def validate(self, extra_validators=None):
        """Whether somebody goes by this name and knows the password: then it is `user`."""
        if not super().validate(extra_validators):
            return False
        try:
            self.user = who_knows(self.username.data, self.password.data)
        except NotAcceptable as refusal:
            self.form_errors.append(str(refusal))
        return self.user is not None
