from django import forms, template

register = template.Library()


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    """True for a single tick, whose label stands behind the box."""
    return isinstance(field.field.widget, forms.CheckboxInput)
