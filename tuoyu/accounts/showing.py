"""A link that is handed over by hand: shown once, as text and as a QR code for a phone."""

from io import BytesIO

import segno

from tuoyu.accounts.letters import address_of
from tuoyu.web.pages import page


def shown_once(user, token, lasts, back):
    """The page with the link of `token` for `user`; `back` is where its button leads."""
    address = address_of("accounts.new_password", token)
    return page(
        "accounts/link.html",
        user=user,
        address=address,
        code=code_of(address).svg_data_uri(scale=4, border=2),
        lasts=lasts,
        back=back,
    )


def code_of(address):
    return segno.make(address, error="m")


def drawing_of(address):
    """The QR code of an address as a drawing of its own (SVG, bytes)."""
    drawing = BytesIO()
    code_of(address).save(drawing, kind="svg", scale=4, border=2, omitsize=True)
    return drawing.getvalue()
