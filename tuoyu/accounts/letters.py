"""What letters say. They name the account, never a person: whoever asks for a letter must not be
able to write in it."""

from flask import current_app, request, url_for

from tuoyu.mail import Letter

LETTERS_AN_HOUR = 5  # of each kind, for an account
SYSTEM = "福建省托育服务登记系统"
CLOSING = f"""
如果不是您本人操作，请不要打开链接，也不要转给他人，不必回复本邮件。

{SYSTEM}
"""


def our_address():
    """The address of the system as people type it: TUOYU_ADDRESS, or where this request came."""
    return current_app.config["TUOYU_ADDRESS"] or request.host_url.rstrip("/")


def address_of(endpoint, token):
    """The whole address that a link of this token has."""
    return our_address() + url_for(endpoint, k=token)


def recovery(user, token):
    """The letter with the way to a new password (Manual 5.2)."""
    text = f"""您好！

有人申请找回{SYSTEM}账号“{user.username}”的密码。请在30分钟内打开下面的链接，设置新密码：

{address_of("accounts.new_password", token)}

链接只能使用一次；再次申请后，以前的链接作废。
"""
    return Letter(user.email, f"找回密码 - {SYSTEM}", text + CLOSING)


def confirmation(user, address, token):
    """The letter to a new mailbox, which proves that it is the person's own."""
    text = f"""您好！

{SYSTEM}账号“{user.username}”申请把预留邮箱换成本邮箱。请在30分钟内打开下面的链接，按“确认更换”：

{address_of("accounts.new_mailbox", token)}

确认以前，原来的邮箱继续有效。链接只能使用一次。
"""
    return Letter(address, f"确认邮箱 - {SYSTEM}", text + CLOSING)


def mailbox_changed(user, before):
    """The letter to the former mailbox: whose it was learns that it is no longer."""
    text = f"""您好！

{SYSTEM}账号“{user.username}”的预留邮箱已经更换，以后找回密码的邮件不再寄到本邮箱。

如果不是您本人操作，请立即联系所属县（市、区）卫生健康部门。

{SYSTEM}
"""
    return Letter(before, f"预留邮箱已更换 - {SYSTEM}", text)
