"""Keys kept in the system's keyring, where the optional package `keyring` is there."""

import importlib

from troc_link.errors import Misconfigured

NAME = "keyring"  # stands in the settings instead of the key
SERVICE = "troc-actif"


def read(name, values):
    """Return the key of an end."""
    entry = _entry(name, values)
    found = _asked(lambda keyring: keyring.get_password(SERVICE, entry))
    if not found:
        raise Misconfigured(
            f"Le trousseau n'a rien sous « {entry} ».",
            f'Faites : .local/link/bin/keyring set {SERVICE} "{entry}"',
        )
    return found


def store(settings, name):
    """Move the key of an end from the settings to the keyring."""
    end, values = settings.end(name), settings.values(name)
    secret = end.secret.reveal()
    _asked(lambda keyring: keyring.set_password(SERVICE, _entry(name, values), secret))
    settings.set(name, **{"key" if end.is_key else "password": NAME})


def _entry(name, values):
    return f"{name} {values['url']} {values['db']} {values.get('login', '')}".strip()


def _asked(question):
    try:
        keyring = importlib.import_module(NAME)
    except ImportError:
        raise Misconfigured(
            "Le trousseau est demandé, mais son module n'est pas installé.",
            "Faites : .local/link/bin/pip install keyring",
        ) from None
    try:
        return question(keyring)
    except keyring.errors.KeyringError as error:
        raise Misconfigured(
            f"Le trousseau du système ne s'ouvre pas ({type(error).__name__}).",
            "Ouvrez votre session, ou donnez la clé dans l'environnement.",
        ) from None
