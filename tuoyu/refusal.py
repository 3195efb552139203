"""What the rules do not allow, in words for the person who asked."""


class Refusal(Exception):
    """A sentence in Chinese for the person, and the HTTP status that goes with it."""

    status = 409
    message = "现在不能进行这项操作。"

    def __init__(self, message=None, status=None):
        super().__init__(message or self.message)
        self.status = status or self.status


class NotAcceptable(Refusal):
    """What was sent cannot be taken as it is; the person can mend it."""

    status = 422
    message = "提交的内容有误，请修改后再试。"
