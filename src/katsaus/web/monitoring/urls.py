"""The addresses of the strategy's pages."""

from django.urls import include, path

from katsaus.web.monitoring import goals, indicators, strategies

STRATEGY = "<slug:slug>/strategia/"
urlpatterns = [
    path(STRATEGY, strategies.strategy, name="strategy"),
    path(f"{STRATEGY}kartta/", strategies.strategy_map_page, name="strategy_map"),
    path(f"{STRATEGY}kartta.pdf", strategies.strategy_map_file, name="strategy_map_file"),
    path(f"{STRATEGY}tavoite/<str:code>/", goals.goal, name="goal"),
    path(f"{STRATEGY}toimenpide/<str:code>/", goals.action_report, name="action_report"),
    path(f"{STRATEGY}mittari/<str:code>/", indicators.indicator, name="indicator"),
    path(f"{STRATEGY}mittari/<str:code>/arvo/", indicators.indicator_value, name="indicator_value"),
    path(f"{STRATEGY}suoritteet/", indicators.performance_figures, name="performance_figures"),
    path("", include("katsaus.web.monitoring.programme_urls")),
]
