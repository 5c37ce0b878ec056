"""Addresses of the public pages."""

from django.urls import path

from . import (
    about,
    articles,
    claims,
    corrections,
    documents,
    health,
    methodology,
    overview,
    requests,
    sources,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("claims/", claims.claim_list, name="claim_list"),
    path("claims/<slug:public_id>/", claims.claim_detail, name="claim_detail"),
    path(
        "claims/<slug:public_id>/history/", claims.claim_history, name="claim_history"
    ),
    path("claims/<slug:public_id>/record/", claims.claim_record, name="claim_record"),
    path(
        "claims/<slug:public_id>/report/",
        requests.claim_request,
        name="claim_request",
    ),
    path("articles/", articles.article_list, name="article_list"),
    path("articles/<slug:slug>/", articles.article_detail, name="article_detail"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/<slug:slug>/", sources.source_detail, name="source_detail"),
    path("documents/", documents.document_list, name="document_list"),
    path(
        "documents/<slug:public_id>/",
        documents.document_detail,
        name="document_detail",
    ),
    path("corrections/", corrections.correction_list, name="correction_list"),
    path("report/", requests.request_form, name="request"),
    path(
        "report/<slug:public_id>/", requests.request_received, name="request_received"
    ),
    path("methodology/", methodology.methodology, name="methodology"),
    path("about/", about.about, name="about"),
    path("robots.txt", about.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
]
