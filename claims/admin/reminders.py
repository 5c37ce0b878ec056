"""The daily mail, as its reader sees it: whether to send it, and to which address."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.models import Reminder


class ReminderForm(forms.ModelForm):
    class Meta:
        model = Reminder
        fields = ("is_wanted",)


@require_http_methods(["GET", "HEAD", "POST"])
def reminders_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    user: Any = request.user
    reminder = Reminder.objects.filter(user=user).first() or Reminder(user=user)
    form = ReminderForm(request.POST or None, instance=reminder)
    if request.method == "POST":
        # The other fields are the sender's: it may be at work now.
        wanted = request.POST.get("is_wanted") == "on"
        Reminder.objects.update_or_create(user=user, defaults={"is_wanted": wanted})
        said = _("You get the daily mail.") if wanted else _("You get no daily mail.")
        messages.success(request, said)
        return Redirect(reverse("admin:index"))
    context = {**site.each_context(request), "title": _("Daily mail"), "form": form}
    return TemplateResponse(request, "admin/reminders.html", context)
