"""Print what `troc.verification.report()` returns (needs no server)."""

from troc_demo import tables


def show(reports):
    """Print the verdict on each invariant of each network; tell whether all hold."""
    for report in reports:
        held, total = report["held"], report["total"]
        heading = f"Vérification : {report['network']}, {held} sur {total}"
        print(tables.title(heading))
        for check in report["checks"]:
            _show_check(check)
    if not reports:
        print("Aucun réseau : rien à vérifier.")
    return bool(reports) and all(all_hold(report) for report in reports)


def all_hold(report):
    """Tell whether all eight invariants of a network hold."""
    return report["held"] == report["total"] == 8


def _show_check(check):
    print(f"{'✓' if check['held'] else '✗'} {check['number']}. {check['title']}")
    for breach in check["breaches"]:
        print(f"     {breach}")
