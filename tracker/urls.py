"""The two halves of the site: the desk under /admin/, and the public pages."""

from django.contrib import admin
from django.urls import include, path

from claims.views.styleguide import styleguide

urlpatterns = [
    path("admin/", admin.site.urls),
    path("styleguide/", styleguide, name="styleguide"),  # while debugging alone
    path("", include("claims.views.urls")),
]
