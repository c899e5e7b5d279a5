"""Zip archives from outside, opened within the limits."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from app.services.transfer import refusals
from app.services.transfer.formats import Source

BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    EOFError,
    KeyError,
    ValueError,
    ParseError,
    DefusedXmlException,
)
"""What a damaged or hostile archive raises while it is read."""

_PIECE = 1024 * 1024


@contextmanager
def open_archive(source: Source) -> Iterator[zipfile.ZipFile]:
    """Open the archive; refuse too many members, too much content, odd ratios."""
    try:
        with zipfile.ZipFile(source.path) as archive:
            _check(source, archive.infolist())
            yield archive
    except BROKEN as error:
        raise refusals.damaged(source.name) from error


def _check(source: Source, members: list[zipfile.ZipInfo]) -> None:
    limits = source.limits
    if len(members) > limits.members:
        raise refusals.too_much_memory(source.name)
    total = sum(member.file_size for member in members)
    if total > limits.unpacked:
        raise refusals.too_much_memory(source.name)
    for member in members:
        squeezed = max(member.compress_size, 1)
        if member.file_size > limits.ratio_from and member.file_size > limits.ratio * squeezed:
            raise refusals.too_much_memory(source.name)


def member_pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a member's content in pieces of 1 MiB."""
    with archive.open(name) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def read_xml(archive: zipfile.ZipFile, name: str) -> Element:
    """Parse a small member; entities and external references are refused."""
    with archive.open(name) as stream:
        root = SafeTree.parse(stream).getroot()
    if root is None:
        raise ParseError(name)
    return root


def local(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]
