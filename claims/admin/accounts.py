"""Accounts: desk managers keep them, and nobody raises themselves here.

Superusers are made on the command line alone. Accounts are deactivated, never deleted:
their names stand under what they did.
"""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from .log import ReadOnlyAdmin
from .lookups import AllowedLookups
from .reminders import reminders_view


class AccountForm(UserChangeForm):
    password: Any = None  # not even its hash is shown


class AccountAdmin(AllowedLookups, UserAdmin):
    form = AccountForm
    list_display = ["username", "first_name", "last_name", "in_groups", "is_active"]
    list_filter = ["is_active", "groups"]
    list_per_page = 50
    search_fields = ["username", "first_name", "last_name"]
    fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email"]}),
        (_("At the desk"), {"fields": ["groups", "is_active"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email"]}),
        (_("Password"), {"fields": ["usable_password", "password1", "password2"]}),
        (_("At the desk"), {"fields": ["groups"]}),
    ]
    filter_horizontal = []
    change_form_template = "admin/account_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Give everybody a page for the one thing they decide of their account."""
        view = self.admin_site.admin_view(partial(reminders_view, site=self.admin_site))
        return [path("daily-mail/", view, name="reminders"), *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody changes their own groups or locks themselves out."""
        fields = ["last_login", "date_joined"]
        if obj is not None and obj.pk == request.user.pk:
            fields += ["groups", "is_active"]
        return fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("groups")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Offer active colleagues only where a name is being chosen."""
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.filter(is_active=True, is_staff=True)
        return super().get_search_results(request, queryset, search_term)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if not change:
            obj.is_staff = True  # an account here is an account at the desk
        super().save_model(request, obj, form, change)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,
        form_url: str = "",
    ) -> HttpResponse:
        """One's own password is changed with the old one, on its own page."""
        user = self.get_object(request, unquote(id))
        if user is not None and user.pk == request.user.pk:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    @admin.display(description=_("groups"))
    def in_groups(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())


class GroupAdmin(ReadOnlyAdmin):
    search_fields = ["name"]
    fields = ["name", "permission_names"]
    readonly_fields: ClassVar[Any] = fields

    @admin.display(description=_("permissions"))
    def permission_names(self, group: Group) -> str:
        names = group.permissions.values_list("name", flat=True)
        return "; ".join(names)


admin.site.unregister([User, Group])
admin.site.register(User, AccountAdmin)
admin.site.register(Group, GroupAdmin)
