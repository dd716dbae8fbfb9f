"""Lists: filters, order and page stand in the address, so that a list can be kept, sent and downloaded.

filters = AwardFilters(request.GET or None)      # a FilterForm
listing = listed(request, rows, SORTS, default="-date", filters=filters)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Replace
from django.db.models.lookups import IContains
from django.http import HttpRequest

from common.names import name_key
from common.periods import korean_date

PER_PAGE = 50

# Column of the address → the fields it sorts by. {"date": ("paid_on",), "recipient": ("enterprise__name", "paid_on")}
Sorts = Mapping[str, Sequence[str]]


class UnreadableFilter(BadRequest):
    """A filter that says nothing, `form` with its errors: the page that answers lets it be corrected."""

    def __init__(self, form: "FilterForm") -> None:
        wrong = "·".join(str(form.fields[name].label) for name in form.errors if name in form.fields)
        super().__init__(f"조회 조건을 읽을 수 없습니다: {wrong}. 값을 확인하고 다시 조회하세요.")
        self.form = form


class FilterForm(forms.Form):
    """The base of a list's filters: every field optional, sent by GET."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def chosen(self) -> dict[str, Any]:
        """The filters that were set. A value that cannot be read is refused (400), not ignored."""
        if not self.is_bound:
            return {}
        if not self.is_valid():
            raise UnreadableFilter(self)
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}

    def conditions(self) -> str:
        """What was chosen, in words, as a printed list says it; not its 기준일, which stands beside its table."""
        if not self.is_bound or not self.is_valid():
            return ""
        return in_words(self, {name: value for name, value in self.chosen().items() if name != "as_of"})


def in_words(filters: forms.Form, chosen: Mapping[str, Any]) -> str:
    """``회계연도: 2024, 사업: 일자리창출사업``: the filters that were set; a tick is told by its name."""
    told = []
    for name, value in chosen.items():
        if value is False:
            continue
        field = filters.fields[name]
        choices: Any = field.choices if type(field) is forms.ChoiceField else ()
        shown = korean_date(value) if isinstance(value, date) else dict(choices).get(value, value)
        told.append(str(field.label) if value is True else f"{field.label}: {shown}")
    return ", ".join(told)


@dataclass(frozen=True)
class Listing:
    """One page of a sorted list, as `common/_pager.html` and `{% sort_head %}` show it."""

    page: Page
    sort: str
    sorts: Sorts

    @property
    def gap(self) -> Any:
        """Stands in `page_numbers` where numbers are left out."""
        return Paginator.ELLIPSIS

    @property
    def page_numbers(self) -> Iterable[int | str]:
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)


def refuse_unknown(request: HttpRequest, known: Iterable[str]) -> None:
    """400 if the address carries a parameter that the page does not know: a misspelt filter must not show all rows."""
    unknown = sorted(set(request.GET) - set(known))
    if unknown:
        raise BadRequest(f"알 수 없는 조회 조건입니다: {', '.join(unknown)}. 목록 화면에서 다시 조회하세요.")


def listed(
    request: HttpRequest,
    rows: QuerySet[Any],
    sorts: Sorts,
    *,
    default: str,
    filters: forms.BaseForm | None = None,
    also: Iterable[str] = (),
    per_page: int = PER_PAGE,
) -> Listing:
    """The page of `rows` that the address asks for. `default` is a key of `sorts`, with "-" for descending.

    Unknown parameters (beyond `sort`, `page`, the fields of `filters` and `also`) and orders are refused with 400.
    """
    refuse_unknown(request, {"sort", "page", *(filters.fields if filters else ()), *also})
    sort = request.GET.get("sort") or default
    page = Paginator(ordered_by(rows, sorts, sort), per_page).get_page(request.GET.get("page"))
    return Listing(page=page, sort=sort, sorts=sorts)


def ordered_by(rows: QuerySet[Any], sorts: Sorts, sort: str) -> QuerySet[Any]:
    """`rows` by the column `sort` ("-" for descending), empty values last, ties by key: the same on both databases."""
    name = sort.removeprefix("-")
    if name not in sorts:
        raise BadRequest(f"정렬할 수 없는 항목입니다: {name}. 목록 화면에서 다시 조회하세요.")
    descending = sort.startswith("-")
    return rows.order_by(*(_term(field, descending) for field in sorts[name]), "-pk" if descending else "pk")


def spelled_like(text: str, *fields: str) -> Q:
    """Rows with `text` in one of `fields`, whatever the spaces and the legal form (㈜, (주)) beside the name."""
    found, key = Q(), name_key(text)
    for field in fields:
        found |= Q(**{f"{field}__icontains": text})
        if key:
            found |= Q(IContains(_squeezed(field), key))
    return found


def _squeezed(field: str) -> Any:
    """The field without what ``name_key`` leaves out of the text that is looked for."""
    squeezed: Any = F(field)
    for sign in " ()·-.,":
        squeezed = Replace(squeezed, Value(sign), Value(""), output_field=TextField())
    return squeezed


def _term(field: str, descending: bool) -> OrderBy:
    return F(field).desc(nulls_last=True) if descending else F(field).asc(nulls_last=True)
