"""``translate`` and ``url`` for readers' pages, each constant worked out once.

A page says some fifty sentences that never change while the process runs; Django looks
up each of them, and each address, for every page. Load it after ``i18n``.
"""

from typing import Any

from django import template
from django.template.base import Variable
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import get_script_prefix, get_urlconf
from django.utils.translation import get_language

register = template.Library()


class KeptTranslateNode(TranslateNode):
    """A sentence, in each language that it was asked for."""

    def __init__(self, node: TranslateNode) -> None:
        super().__init__(
            node.filter_expression, node.noop, node.asvar, node.message_context
        )
        self.kept: dict[str | None, Any] = {}

    def render(self, context: Any) -> Any:
        language = get_language()
        if language not in self.kept:
            self.kept[language] = super().render(context)
        return self.kept[language]


class KeptUrlNode(URLNode):
    """An address without arguments, for each table of addresses."""

    def __init__(self, node: URLNode) -> None:
        super().__init__(node.view_name, node.args, node.kwargs, node.asvar)
        self.kept: dict[tuple[str | None, str], Any] = {}

    def render(self, context: Any) -> Any:
        known_by = (get_urlconf(), get_script_prefix())
        if known_by not in self.kept:
            self.kept[known_by] = super().render(context)
        return self.kept[known_by]


@register.tag("translate")
def translate(parser: Any, token: Any) -> Any:
    node = do_translate(parser, token)
    is_kept = node.asvar is None and _is_constant(node.filter_expression)
    if node.message_context is not None:
        is_kept = is_kept and _is_constant(node.message_context)
    return KeptTranslateNode(node) if is_kept else node


@register.tag("url")
def url(parser: Any, token: Any) -> Any:
    node = django_url(parser, token)
    has_arguments = node.args or node.kwargs or node.asvar
    is_kept = not has_arguments and _is_constant(node.view_name)
    return KeptUrlNode(node) if is_kept else node


def _is_constant(expression: Any) -> bool:
    variable = expression.var
    if expression.filters or not isinstance(variable, Variable):
        return not expression.filters and isinstance(variable, str)
    return variable.literal is not None
