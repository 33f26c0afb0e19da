// Bars and lines drawn over their own table: the table stays, folded, and is what a screen reader reads.
import { within } from "./within.js";
import * as echarts from "../vendor/echarts.esm.min.mjs";

const drawn = new Map();

export function drawCharts(root) {
  for (const figure of within(root, "[data-chart]")) draw(figure);
}

export function redraw(key, data) {
  const chart = drawn.get(key);
  if (chart) chart.setOption(options(data, palette()), { replaceMerge: ["series"] });
}

function draw(figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const place = figure.querySelector(".chart-canvas");
  place.textContent = "\u200b";
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(options(data, palette()));
  chart.on("click", (event) => { if (data.links[event.dataIndex]) location.assign(data.links[event.dataIndex]); });
  new ResizeObserver(() => chart.resize()).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.setOption(options(data, palette())));
  drawn.set(figure.dataset.chart, chart);
  figure.querySelector(".chart-table").open = false;
}

function palette() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  return {
    ink: token("--ink-soft"), faint: token("--ink-faint"), line: token("--line"), surface: token("--surface"), text: token("--ink"),
    series: [token("--accent"), token("--edge"), token("--accent-deep"), token("--ink-faint")],
  };
}

function options(data, colours) {
  const flat = data.kind === "bars-flat";
  const names = { type: "category", data: data.categories, inverse: flat, axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.line } }, axisLabel: { color: colours.ink } };
  // Rates of months lie close together: from zero on, a line of them tells nothing.
  const numbers = { type: "value", scale: data.kind === "line" && data.unit === "%", splitLine: { lineStyle: { color: colours.line } }, axisLabel: { color: colours.faint } };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    animation: !still,
    animationDuration: 240,
    color: colours.series,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: data.series.length > 1 ? 32 : 12, bottom: 4, containLabel: true },
    legend: data.series.length > 1 ? { top: 0, right: 0, textStyle: { color: colours.ink } } : undefined,
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: colours.surface, borderColor: colours.line, textStyle: { color: colours.text } },
    xAxis: flat ? numbers : names,
    yAxis: flat ? names : numbers,
    series: data.series.map((one, index) => ({
      name: one.name, data: one.values, type: data.kind === "line" ? "line" : "bar", barMaxWidth: 22, symbolSize: 6,
      lineStyle: index ? { type: index > 1 ? "dotted" : "dashed", width: 1.5 } : { width: 2.5 }, symbol: ["circle", "rect", "triangle"][index % 3], itemStyle: { borderRadius: flat ? [0, 3, 3, 0] : [3, 3, 0, 0] },
    })),
  };
}
