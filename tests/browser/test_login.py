"""The way in."""

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect


def test_a_colleague_logs_in_with_the_keyboard_alone(page: Page):
    User.objects.create_superuser("ada", password="a long password")
    page.goto("/admin/")
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type("a long password")
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_contain_text("ada")
