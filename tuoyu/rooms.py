"""The rooms that have a door to the street."""


def open_all(app):
    from tuoyu.accounts import security
    from tuoyu.accounts.views import bp as accounts
    from tuoyu.applications.views import bp as applications
    from tuoyu.archives.views import bp as archives
    from tuoyu.feedback.views import bp as feedback
    from tuoyu.home.views import bp as home
    from tuoyu.manual.views import bp as manual
    from tuoyu.regions.views import bp as regions
    from tuoyu.reports.views import bp as reports
    from tuoyu.review.views import bp as review
    from tuoyu.summaries.views import bp as summaries
    from tuoyu.workflow.views import bp as receipts

    security.init_app(app)
    for room in (
        home,
        accounts,
        regions,
        archives,
        reports,
        applications,
        review,
        summaries,
        feedback,
        receipts,
        manual,
    ):
        app.register_blueprint(room)
