"""The rooms that have a door to the street."""


def open_all(app):
    from tuoyu.accounts import security
    from tuoyu.accounts.views import bp as accounts
    from tuoyu.archives.views import bp as archives
    from tuoyu.feedback.views import bp as feedback
    from tuoyu.home.views import bp as home
    from tuoyu.regions.views import bp as regions
    from tuoyu.reports.views import bp as reports
    from tuoyu.review.views import bp as review
    from tuoyu.summaries.views import bp as summaries

    security.init_app(app)
    for room in (home, accounts, regions, archives, reports, review, summaries, feedback):
        app.register_blueprint(room)
