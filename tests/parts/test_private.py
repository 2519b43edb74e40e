"""What is private to a part is replaced by what it rests on, in the order in which it is read."""

from __future__ import annotations

from foedus.parts.private import is_private, seen_through


def test_what_stands_behind_a_private_name_keeps_its_order_and_comes_once() -> None:
    reads = {"p.a": ("x", "p.b", "y"), "p.b": ("z", "p.a", "x"), "q": ("hidden",)}
    assert seen_through(("p.a", "q", "x"), reads, frozenset({"p.a", "p.b"})) == ("x", "z", "y", "q")


def test_an_element_of_a_private_name_is_private() -> None:
    assert is_private("p.a[red]", frozenset({"p.a"})) and not is_private("p.ab", frozenset({"p.a"}))
