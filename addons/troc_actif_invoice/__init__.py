from . import refusals
