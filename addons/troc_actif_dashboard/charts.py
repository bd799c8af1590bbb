"""Charts for printed reports, by reportlab, which Odoo brings."""

import base64

from reportlab.graphics import renderSVG
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor

WIDTH, HEIGHT = 700, 190
BAR, TEXT, LINE = HexColor("#71639e"), HexColor("#374151"), HexColor("#d8dadd")
FONT = "Helvetica"


def bars(labels, values, write):
    """Return a chart as the address of an SVG image, for `src` of an `img`.

    One bar a label; `write(value)` gives the words of a value.
    """
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 70, 24, WIDTH - 80, HEIGHT - 44
    chart.data = [[max(float(value), 0.0) for value in values]]
    chart.groupSpacing = 12
    chart.bars.strokeWidth = 0
    chart.bars[0].fillColor = BAR
    # with nothing to show, an axis from 0 to 0 could not be drawn
    chart.valueAxis.valueMin = 0
    chart.valueAxis.valueMax = None if any(chart.data[0]) else 1
    chart.valueAxis.labelTextFormat = write
    chart.valueAxis.visibleAxis = chart.valueAxis.visibleTicks = False
    chart.valueAxis.visibleGrid = True
    chart.valueAxis.gridStrokeColor = LINE
    chart.categoryAxis.categoryNames = list(labels)
    chart.categoryAxis.visibleTicks = False
    chart.categoryAxis.strokeColor = LINE
    for axis in (chart.valueAxis, chart.categoryAxis):
        axis.labels.fontName, axis.labels.fontSize = FONT, 10
        axis.labels.fillColor = TEXT
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.add(chart)
    image = base64.b64encode(renderSVG.drawToString(drawing).encode()).decode()
    return f"data:image/svg+xml;base64,{image}"
