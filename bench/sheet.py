"""How long 托汇1表 of 50 rows takes as a PDF: at most 1.5 s on one quiet core.

python -m bench.sheet [rows]
"""

import sys
import time

from flask import Flask, render_template

from tests.summaries.samples import county
from tuoyu.summaries.paging import paginate
from tuoyu.web import filters, pages
from tuoyu.web.printing import pdf_of

BUDGET = 1.5
ROUNDS = 9  # the quickest counts: the others tell how busy the machine was


def drawing_board():
    """An application that can draw and nothing else."""
    app = Flask("tuoyu", template_folder="../templates", static_folder="../static")
    filters.init_app(app)
    pages.init_app(app)
    return app


def once(sheet):
    """Processor seconds for the template, and for the PDF."""
    start = time.process_time()
    html = render_template("summaries/sheet.html", sheet=sheet, pages=paginate(sheet.every_row))
    drawn = time.process_time()
    pdf_of(html)
    return drawn - start, time.process_time() - drawn


def main(rows=50):
    sheet = county(rows)
    with drawing_board().test_request_context():
        once(sheet)  # fonts and style sheets are read once
        rounds = [once(sheet) for _ in range(ROUNDS)]
    html, pdf = (min(column) for column in zip(*rounds, strict=True))
    verdict = "ok" if html + pdf <= BUDGET else f"OVER the budget of {BUDGET} s"
    print(f"sheet of {rows} rows: html {html * 1000:.0f} ms, pdf {pdf * 1000:.0f} ms — {verdict}")
    return 0 if html + pdf <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
