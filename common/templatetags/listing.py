from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.listing import Listing

register = template.Library()


@register.simple_tag(takes_context=True)
def sort_head(
    context: dict[str, Any], listing: Listing, column: str, label: str, css: str = ""
) -> SafeString:
    """`{% sort_head listing "date" "교부일" %}`: a column head whose link sorts by it, then the other way round."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{column}" if listing.sort == column else column
    state = {column: "ascending", f"-{column}": "descending"}.get(listing.sort, "none")
    cell = '<th scope="col" class="sortable {}" aria-sort="{}"><a href="?{}">{}</a></th>'
    return format_html(cell, css, state, query.urlencode(), label)


@register.simple_tag(takes_context=True)
def query_without_page(context: dict[str, Any]) -> str:
    """The address's filters and order as a query string for a download: `…/ledger.xlsx?{% query_without_page %}`."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return query.urlencode()


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The address's query with some values changed, to another page of the same rows; "" takes a value out."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query[name] = str(value)
        if value in (None, ""):
            del query[name]
    return query.urlencode()
