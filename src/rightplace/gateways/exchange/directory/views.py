"""The pages for who keeps the directory: take one in, see what became of each row, write ours out."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Link, Pages, Row
from rightplace.common.web.refusals import RefusedLike
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in, route
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.organisation import clock
from rightplace.gateways.exchange.directory import exporting
from rightplace.gateways.exchange.directory.importing import import_bytes
from rightplace.gateways.exchange.directory.opening import LARGEST, RefusedDirectory
from rightplace.services.directory.models import Intake, IntakeRow

LINES_A_PAGE = 50
COLUMNS = (
    Column("Taken in"), Column("Directory"), Column("Rows", number=True), Column("Refused", number=True),
    Column("With doubts", number=True),
)  # fmt: skip
ROW_COLUMNS = (Column("Table"), Column("Where"), Column("What became of it"), Column("Why"))
SHOWN = {
    "refused": "Refused", "doubts": "Kept with doubts", "taken": "Taken", "corrected": "Corrected",
    "unchanged": "Unchanged", "repeated": "Said before in the same directory",
}  # fmt: skip


class UploadForm(forms.Form):
    """A directory to take in."""

    file = forms.FileField(
        label="The directory", help_text="JSON, one table as CSV, or a zip of them, in Open Referral UK 3.0",
        error_messages={"required": "Choose a file."},
    )  # fmt: skip
    source = forms.CharField(
        label="Whose directory is it?", required=False, max_length=120,
        help_text="Leave it empty: a directory that was here before is known by its ids",
    )  # fmt: skip

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST // 1_048_576} MB.")
        return found


@require_http_methods(["GET", "POST"])
def directories(request: HttpRequest) -> HttpResponse:
    """Which directories were taken in, and taking one in."""
    actor = actor_in(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    refused: RefusedLike | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            account = import_bytes(
                file.name or "directory", file.read(), by=actor, source=form.cleaned_data["source"]
            )
        except RefusedDirectory as why:
            refused = Refused(why.because, why.instead)
        else:
            return redirect("exchange:directory", account.intake)
    lines = [_line(row) for row in scope(actor, Intake).select_related("source")[:100]]
    return page(
        request, "exchange/directories.jinja", title="Directories", form=form, refused=refused, lines=lines,
        columns=COLUMNS, back=reverse("directory:find"),
    )  # fmt: skip


def _line(row: Intake) -> Row:
    href = reverse("exchange:directory", args=[row.pk])
    counts = row.counts
    return Row(
        [
            Link(words.when(row.at), href),
            row.source.name,
            counts["rows"],
            counts["refused"],
            counts["with_doubts"],
        ]
    )


def sentences(row: Intake) -> list[str]:
    """What became of it, in sentences that add up."""
    found = row.counts
    said = [
        f"{words.count_words(found['rows'], 'row')} came from {row.source.name} on {words.when(row.at)}.",
        (
            f"{found['taken']:,} taken, {found['corrected']:,} corrected, {found['unchanged']:,} unchanged, "
            f"{found['repeated']:,} said twice, {found['refused']:,} refused. That is every row."
        ),
    ]
    if found["with_doubts"]:
        said.append(f"{found['with_doubts']:,} of those kept have something odd about them.")
    gone = found["not_in_the_source_any_more"]
    if gone:
        said.append(f"{gone:,} that were here are not in the source any more: marked, not deleted.")
    return said


@require_safe
def directory(request: HttpRequest, number: int) -> HttpResponse:
    """One directory that was taken in: the sums, and the rows, first those that were refused or are in doubt."""
    actor = actor_in(request)
    row = get_object_or_404(scope(actor, Intake).select_related("source"), pk=number)
    shown = request.GET.get("rows", "")
    rows = scope(actor, IntakeRow).filter(of=row)
    rows = (
        rows.filter(doubtful=True) if shown not in SHOWN or shown == "doubts" else rows.filter(outcome=shown)
    )
    shown = shown if shown in SHOWN else "doubts"
    here = Paginator(rows.order_by("id"), LINES_A_PAGE).get_page(request.GET.get("page"))
    address = reverse("exchange:directory", args=[row.pk])
    counts = row.counts | {"doubts": row.counts["with_doubts"]}
    return page(
        request, "exchange/directory.jinja", title=f"Directory {row.pk}", back=reverse("exchange:directories"),
        said=sentences(row), notes=row.notes, columns=ROW_COLUMNS, heading=SHOWN[shown],
        choices=[Link(f"{said} ({counts[name]:,})", f"{address}?rows={name}") for name, said in SHOWN.items()],
        lines=[Row([each.kind.replace("_", " "), each.place, each.get_outcome_display(), "; ".join(each.findings)])
               for each in here],
        pages=Pages(here.number, here.paginator.num_pages, f"{address}?rows={shown}&page={{page}}"),
    )  # fmt: skip


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Our directory in Open Referral UK 3.0, as a zip of JSON or of tables."""
    actor: Actor = actor_in(request)
    require(actor, "directory.keep")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in exporting.files("csv" if form == "csv" else "json").items():
            out.writestr(name, text)
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    name = f"directory-{clock.today():%Y%m%d}-{'csv' if form == 'csv' else 'json'}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


ROUTES = [
    route("imports/directories/", directories, name="directories", may="directory.keep"),
    route("imports/directories/<int:number>/", directory, name="directory", may="directory.keep"),
    route("imports/directories/export/<slug:form>/", export, name="directory_export", may="directory.keep"),
]
