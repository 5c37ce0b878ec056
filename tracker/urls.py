"""The two halves of the site: the desk under /admin/, and the public pages."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("claims.views.urls")),
]
