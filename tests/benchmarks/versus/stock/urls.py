"""Addresses of the stock project."""

from django.contrib import admin
from django.urls import path

from .views import ClaimDetail, ClaimList

urlpatterns = [
    path("admin/", admin.site.urls),
    path("claims/", ClaimList.as_view(), name="claim_list"),
    path("claims/<slug:public_id>/", ClaimDetail.as_view(), name="claim_detail"),
]
