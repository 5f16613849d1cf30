"""How Django renders a form that a template merely names, and a field of several lines that keeps what was typed."""

from django import forms
from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class Lines(forms.Textarea):
    """A text of several lines, whose line breaks count as one character each, as one who types them counts.

    Browsers are told no limits: they cut what is pasted beyond one without a word. It comes back with what is wrong.
    """

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {name: value for name, value in attrs.items() if name not in ("maxlength", "minlength")}

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
