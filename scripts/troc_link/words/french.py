"""The few words that argparse itself says, in French."""

import argparse

WORDS = {
    "usage: ": "emploi : ",
    "options": "options",
    "positional arguments": "arguments",
    "show this help message and exit": "montre cette aide",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "argument inconnu : %s",
    "expected one argument": "il y faut une valeur",
    "expected at least one argument": "il y faut au moins une valeur",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "« %(value)s » n'est pas"
    " connu ; il y a : %(choices)s",
    "invalid %(type)s value: %(value)r": "« %(value)s » ne convient pas",
    "not allowed with argument %s": "ne va pas avec %s",
    "one of the arguments %s is required": "il faut l'un de : %s",
}


def speak_french():
    """Have argparse say its own words in French."""
    argparse._ = lambda text: WORDS.get(text, text)
