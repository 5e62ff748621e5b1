"""Founding: everything that a company's new repository holds, from one of the policies that come with the program."""

from kpigen.founding.charter import Charter, found
from kpigen.founding.offer import Offer, offers, version_for
from kpigen.founding.settling import settle, taken_by

__all__ = ["Charter", "Offer", "found", "offers", "settle", "taken_by", "version_for"]
