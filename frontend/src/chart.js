// Draws our small chart spec (see plumbing/charts.py) with echarts' SVG renderer. Colours come from the page's
// tokens, so dark mode and a site's theme need nothing here. Values arrive as integers in the smallest unit.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

// On paper bars are told apart by patterns, not by shades that a printer may lose.
let isPrinting = false;
const drawings = new Set();
for (const [name, value] of [["beforeprint", true], ["afterprint", false]]) {
  window.addEventListener(name, () => {
    isPrinting = value;
    for (const draw of drawings) draw();
  });
}

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function formatter(spec) {
  const scale = 10 ** spec.exponent;
  const digits = { minimumFractionDigits: spec.exponent, maximumFractionDigits: spec.exponent };
  const full = new Intl.NumberFormat(spec.lang, digits);
  const short = new Intl.NumberFormat(spec.lang, { notation: "compact", maximumFractionDigits: 1 });
  return {
    full: (value) => (value == null ? "–" : spec.prefix + full.format(value / scale) + spec.suffix),
    short: (value) => short.format(value / scale) + spec.suffix,
  };
}

function tooltip(spec, format) {
  return (points) => {
    const box = document.createElement("div");
    const head = document.createElement("b");
    head.textContent = spec.categories[points[0].dataIndex];
    box.append(head);
    for (const point of points) {
      const line = document.createElement("div");
      line.textContent = (spec.series.length > 1 ? `${point.seriesName}  ` : "") + format.full(point.value);
      box.append(line);
    }
    return box;
  };
}

function seriesOf(spec, line) {
  return spec.series.map((series, index) => {
    const colours = (series.colours || []).map(token);
    const own = colours.length ? null : token(series.colour || `cat-${(index % 8) + 1}`);
    return {
      name: series.name,
      type: line ? "line" : "bar",
      stack: spec.kind === "stacked" ? "all" : undefined,
      barMaxWidth: 44,
      symbolSize: 6,
      lineStyle: { width: 2 },
      cursor: spec.links ? "pointer" : "default",
      emphasis: { disabled: line },
      itemStyle: own ? { color: own, borderRadius: line ? 0 : [2, 2, 0, 0] } : { borderRadius: [2, 2, 0, 0] },
      data: series.values.map((value, at) => (colours.length ? { value, itemStyle: { color: colours[at % colours.length] } } : value)),
    };
  });
}

function option(spec, width) {
  const [ink, quiet, line, surface] = ["ink", "secondary", "line", "surface"].map(token);
  const format = formatter(spec);
  const text = { color: quiet, fontSize: 12 };
  const isLine = spec.kind === "line";
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    aria: isPrinting ? { enabled: true, label: { enabled: false }, decal: { show: true } } : { enabled: false },
    grid: { left: 4, right: 8, top: spec.series.length > 1 ? 36 : 16, bottom: 4, containLabel: true },
    legend: spec.series.length > 1 ? { top: 0, right: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: text } : undefined,
    tooltip: {
      trigger: "axis", axisPointer: { type: isLine ? "line" : "shadow", shadowStyle: { opacity: 0.4 } }, confine: true,
      backgroundColor: surface, borderColor: line, textStyle: { color: ink, fontSize: 12 }, formatter: tooltip(spec, format),
    },
    xAxis: {
      type: "category", data: spec.categories, axisTick: { show: false }, axisLine: { lineStyle: { color: line } },
      axisLabel: { ...text, interval: isLine ? "auto" : 0, hideOverlap: true, rotate: width < 420 && spec.categories.length > 4 ? 35 : 0 },
    },
    yAxis: { type: "value", splitNumber: 4, axisLabel: { ...text, formatter: format.short }, splitLine: { lineStyle: { color: line } } },
    series: seriesOf(spec, isLine),
  };
}

export function mount(element, spec) {
  const chart = echarts.init(element, null, { renderer: "svg" });
  const draw = () => {
    if (!element.clientWidth) return;
    chart.resize();
    chart.setOption(option(spec, element.clientWidth), true);
  };
  if (spec.links) {
    chart.getZr().on("click", (event) => {
      const [column] = chart.convertFromPixel({ seriesIndex: 0 }, [event.offsetX, event.offsetY]);
      const link = spec.links[Math.round(column)];
      if (link) window.location.assign(link);
    });
  }
  drawings.add(draw);
  const observer = new ResizeObserver(draw);
  observer.observe(element);
  draw();
  return {
    draw,
    stop() {
      drawings.delete(draw);
      observer.disconnect();
      chart.dispose();
    },
  };
}
