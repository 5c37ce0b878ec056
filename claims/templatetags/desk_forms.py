"""The fields of the desk's forms: what the admin's own templates draw, without them.

A page with twenty citations has five hundred fields. In templates, each takes ten
times as long, and two thirds of the bytes are blank space.
"""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from .form_parts import attributes, escaped

register = template.Library()

#: After these marks a label is not followed by a colon.
_PUNCTUATION = (*":?.!", "")


@register.simple_tag
def fieldset_of(
    fieldset: Any, prefix: str, row: Any, number: Any, level: int
) -> SafeString:
    """Draw a fieldset of the admin, as its `admin/includes/fieldset.html` does.

    ``prefix``, ``row`` and ``number`` name its heading, which is of this ``level``.
    """
    heading = f"{prefix}-{row}-{number}-heading"
    labelled = f' aria-labelledby="{escaped(heading)}"' if fieldset.name else ""
    lines = "".join(map(_line, fieldset))
    inside = _under_heading(fieldset, heading, level, lines) if fieldset.name else lines
    classes = escaped(f"module aligned {fieldset.classes}".strip())
    return SafeString(f'<fieldset class="{classes}"{labelled}>{inside}</fieldset>')


def _under_heading(fieldset: Any, heading: str, level: int, lines: str) -> str:
    title = (
        f'<h{level} id="{escaped(heading)}" class="fieldset-heading">'
        f"{escaped(fieldset.name)}</h{level}>"
    )
    if fieldset.is_collapsible:
        return f"<details><summary>{title}</summary>{lines}</details>"
    return f"{title}{lines}"


def _line(line: Any) -> str:
    fields = list(line)
    if not (line.has_visible_field or line.form.errors) and not _is_read(fields):
        return "".join(escaped(field.field.as_widget()) for field in fields)
    is_single = len(line.fields) == 1
    errors = line.errors() if line.form.errors else ""
    classes = ["form-row"]
    classes += ["errors"] if is_single and errors else []
    classes += [] if line.has_visible_field else ["hidden"]
    classes += [f"field-{name}" for name in map(_name, fields) if name]
    drawn = "".join(_field(field, is_single) for field in fields)
    inside = (
        f"{escaped(errors)}{drawn}"
        if is_single
        else f'<div class="flex-container form-multiline">{drawn}</div>'
    )
    return f'<div class="{escaped(" ".join(classes))}">{inside}</div>'


def _is_read(fields: list[Any]) -> bool:
    return any(field.is_readonly for field in fields)


def _name(field: Any) -> str:
    """Return the name of a field, or of what is shown in the place of one."""
    shown = field.field
    return str(shown["name"] if field.is_readonly else shown.name)


def _field(field: Any, is_single: bool) -> str:
    has_errors = not field.is_readonly and field.field.form.errors
    errors = field.errors() if has_errors and not is_single else ""
    classes = ["flex-container"]
    if not is_single:
        classes += ["fieldBox"]
        classes += [f"field-{_name(field)}"] if _name(field) else []
        classes += ["errors"] if errors else []
        classes += ["hidden"] if _is_hidden(field) else []
    classes += ["checkbox-row"] if field.is_checkbox else []
    return (
        f"<div>{escaped(errors)}"
        f'<div class="{escaped(" ".join(classes))}">{_label_and_value(field)}</div>'
        f"{_help(field)}</div>"
    )


def _is_hidden(field: Any) -> bool:
    shown = field.field
    return bool(shown["is_hidden"] if field.is_readonly else shown.is_hidden)


def _label_and_value(field: Any) -> str:
    if field.is_readonly:
        contents = escaped(field.contents())
        # The space parts them where the text alone is read or copied.
        return f'{field.label_tag()} <div class="readonly">{contents}</div>'
    value = escaped(field.field.as_widget())
    label = _label(field)
    return f"{value}{label}" if field.is_checkbox else f"{label}{value}"


def _label(field: Any) -> str:
    """Draw the label of a field that can be written, as ``AdminField.label_tag``."""
    shown = field.field
    words, suffix = str(shown.label), str(shown.form.label_suffix)
    if field.is_checkbox or words[-1:] in _PUNCTUATION:
        suffix = ""
    classes = [
        *(["vCheckboxLabel"] if field.is_checkbox else []),
        *(["required"] if shown.field.required else []),
        *([] if field.is_first else ["inline"]),
    ]
    attrs = {"class": " ".join(classes)} if classes else {}
    if label_for := shown.id_for_label:
        attrs["for"] = label_for
    return f"<label{attributes(attrs)}>{escaped(words)}{escaped(suffix)}</label>"


def _help(field: Any) -> str:
    shown = field.field
    text = shown["help_text"] if field.is_readonly else shown.help_text
    if not text:
        return ""
    hidden = " hidden" if _is_hidden(field) else ""
    label_for = "" if field.is_readonly else shown.id_for_label
    name = f' id="{escaped(label_for)}_helptext"' if label_for else ""
    # Words of our own models, as safe as in the admin's own template.
    return f'<div class="help{hidden}"{name}><div>{text}</div></div>'
