"use strict";

const NS = "http://www.w3.org/2000/svg";
const CHOICE = 1, SEAT = 3, ENDING = 4, VALUES = 5;
const AIR = 4, STRIP = 46, GAP = 32, FEW = 50;

/** What a figure can show: how it ends, or one of the questions. */
export function viewsOf(lesson) {
  return [{ id: "ends", label: "How it ends" }, ...lesson.questions.map((question, k) => ({ id: k, label: question.label }))];
}

/** Draws the dots of each choice that has some, one figure below the other, with a sentence and a table for each. */
export function draw(box, lesson, dots, state) {
  const good = dots.filter(dot => dot.length > ENDING);
  const scale = state.scale || 1;
  const used = lesson.choices.map((_, k) => k).filter(k => good.some(dot => dot[CHOICE] === k));
  const shown = used.length ? used : [lesson.choices.length - 1];
  const whole = Math.max(280, Math.floor(box.clientWidth || 320)), beside = shown.length > 1 && whole > 800 * Math.min(scale, 1.2);
  box.classList.toggle("beside", beside);
  const width = beside ? Math.floor((whole - GAP * (shown.length - 1)) / shown.length) : whole;
  const bins = binsOf(lesson, good, state.view, width / scale);
  box.replaceChildren(...shown.map(choice => row(lesson, good.filter(dot => dot[CHOICE] === choice), choice, bins, width, state)));
}

function row(lesson, dots, choice, bins, width, state) {
  const part = element("div", { class: "row" });
  if (lesson.choices.length > 1) part.append(element("h3", {}, lesson.choices[choice].title));
  const scale = state.scale || 1;
  const guesses = state.view === "ends" ? [] : (lesson.guesses || []).filter(g => g[0] === choice && g[1] === state.view).map(g => g[2]);
  const strip = bins.kind === "ends" ? 0 : (bins.kind === "share" ? STRIP + 26 : STRIP) * scale;
  const told = sentence(dots, bins, guesses);
  const svg = node("svg", { role: "img", "aria-label": told }), columns = bins.of(dots);
  const paint = (dot, x, y, size) => {
    const own = state.seat && dot[SEAT] === state.seat ? " mine" : "", fresh = dot[0] > (state.fresh ?? Infinity) ? " fresh" : "";
    svg.append(node("circle", { class: `dot${choice % 2 ? " other" : ""}${own}${fresh}`, r: Math.max(1, size / 2 - .6), cx: x, cy: y }));
  };
  const height = (bins.kind === "number" ? stacks : bands)(svg, bins, columns, width, state.height, scale, paint);
  svg.setAttribute("viewBox", `0 0 ${width} ${Math.ceil(height + strip)}`);
  if (strip) overlay(svg, bins, dots, guesses, state.mine ? state.mine(choice) : null, width, height, scale, strip);
  part.append(svg, element("p", { class: "key" }, told));
  if (!state.bare) part.append(table(lesson, bins, columns, dots.length));
  return part;
}

/** Draws a band of dots for each way it can go; returns the height. */
function bands(svg, bins, columns, width, wanted, scale, paint) {
  const size = 14 * scale, aside = width > 340 * scale, most = Math.max(1, ...columns.map(each => each.length));
  const left = aside ? Math.min(width * .4, Math.max(...bins.labels.map(each => each.length)) * size * .54 + 8 * scale) : 0;
  const line = aside ? 0 : size * 1.35, total = columns.reduce((sum, each) => sum + each.length, 0), count = size * (total < FEW ? 2.6 : 7.4), room = width - left - count - 4;
  const tall = Math.max(line + 24 * scale, wanted ? wanted / bins.count : line + (most > 200 ? 44 : 30) * scale);
  let dot = 20 * scale;
  while (dot > 2 && Math.ceil(most / Math.max(1, Math.floor((tall - line - 6) / dot))) * dot > room) dot -= .25;
  const high = Math.max(1, Math.floor((tall - line - 6) / dot));
  columns.forEach((column, k) => {
    const top = k * tall, middle = top + line + (tall - line) / 2;
    const shown = Math.min(high, Math.max(1, column.length)), base = aside ? middle + shown * dot / 2 : top + line + shown * dot;
    column.forEach((each, n) => paint(each, left + 4 + (Math.floor(n / high) + .5) * dot, base - (n % high + .5) * dot, dot));
    const end = left + 4 + Math.ceil(column.length / high) * dot;
    svg.append(text(bins.labels[k], 0, aside ? middle + size * .35 : top + size, size, "start", "tick"));
    svg.append(text(total < FEW ? String(column.length) : `${column.length} (${Math.round(100 * column.length / total)} %)`, end + 6, (aside ? middle : top + line + Math.min(high, Math.max(column.length, 1)) * dot / 2) + size * .4, size * 1.1, "start", "told"));
  });
  return bins.count * tall;
}

/** Draws stacks of dots above an axis of numbers; returns the height. */
function stacks(svg, bins, columns, width, height = 230, scale, paint) {
  const slot = width / bins.count, most = Math.max(1, ...columns.map(each => each.length));
  const size = fit(slot - AIR, height - 4, most, 20 * scale), across = Math.max(1, Math.floor((slot - AIR) / size));
  columns.forEach((column, k) => column.forEach((dot, n) => {
    const inRow = Math.min(across, column.length - Math.floor(n / across) * across);
    paint(dot, k * slot + slot / 2 - inRow * size / 2 + (n % across + .5) * size, height - (Math.floor(n / across) + .5) * size, size);
  }));
  svg.append(node("line", { class: "axis", x1: 0, x2: width, y1: height + .5, y2: height + .5 }));
  const every = Math.max(1, Math.ceil(bins.count / Math.max(1, Math.floor(width / (96 * scale)))));
  for (let k = 0; k <= bins.count; k += every) {
    const anchor = k === 0 ? "start" : k === bins.count ? "end" : "middle";
    svg.append(text(number(k * bins.step), k * slot, height + 17 * scale, 13 * scale, anchor, "tick"));
  }
  return height + 24 * scale;
}

/** The largest size at which so many dots fit on top of each other. */
function fit(width, height, most, largest) {
  for (let size = largest; size > 2; size -= .5) {
    const across = Math.floor(width / size);
    if (across && Math.ceil(most / across) * size <= height) return size;
  }
  return 2;
}

function binsOf(lesson, dots, view, width) {
  if (view === "ends") {
    const labels = lesson.endings.map(each => each.label);
    return { kind: "ends", count: labels.length, labels, of: some => labels.map((_, k) => some.filter(dot => dot[ENDING] === k)) };
  }
  const question = lesson.questions[view], at = VALUES + view;
  if (question.share) {
    const labels = [`${question.label}: yes`, "no"];
    return { kind: "share", count: 2, labels, at, of: some => [1, 0].map(value => some.filter(dot => dot[at] === value)) };
  }
  const values = dots.map(dot => dot[at]).filter(value => value !== null);
  const guessed = (lesson.guesses || []).filter(g => g[1] === view).map(g => g[2]).sort((a, b) => a - b);
  const high = Math.max(1, ...values, guessed[Math.floor(guessed.length * .9)] || 0);
  const count = width < 500 ? 16 : 30, step = nice(high / count), top = step * Math.ceil((high + step / 1e6) / step);
  const n = Math.max(1, Math.round(top / step));
  const place = value => Math.min(n - 1, Math.floor(value / step));
  return {
    kind: "number", count: n, step, top, unit: question.unit, at,
    labels: Array.from({ length: n }, (_, k) => `${number(k * step)} to ${number((k + 1) * step)}`),
    of: some => { const found = Array.from({ length: n }, () => []); some.forEach(dot => { if (dot[at] !== null) found[place(dot[at])].push(dot); }); return found; },
  };
}

function nice(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return Math.max(power * ([1, 2, 5, 10].find(each => each * power >= step) || 10), step < 1 ? 1 : 0);
}

/** Guesses and the result on one axis below the dots. */
function overlay(svg, bins, dots, guesses, mine, width, top, scale, strip) {
  const share = bins.kind === "share", edge = 8 * scale, high = share ? 100 : bins.top;
  const x = value => share ? edge + value / high * (width - 2 * edge) : Math.min(1, value / high) * width;
  const base = top + (strip - (share ? 26 : 8) * scale);
  svg.append(node("line", { class: "axis", x1: x(0), x2: x(high), y1: base, y2: base }));
  if (share) [0, 25, 50, 75, 100].forEach(tick => svg.append(text(String(tick), x(tick), base + 17 * scale, 13 * scale, tick === 0 ? "start" : tick === 100 ? "end" : "middle", "tick")));
  const seen = new Map(), r = 6 * scale;
  guesses.forEach(value => {
    const at = Math.round(x(value) / (2 * r)), n = seen.get(at) || 0;
    seen.set(at, n + 1);
    const y = base - 2 - Math.min(n, 4) * 7 * scale, middle = Math.min(width - r, Math.max(r, x(value)));
    svg.append(node("path", { class: `guess${mine !== null && value === mine ? " mine" : ""}`, d: `M${middle} ${y}l${-r * .8} ${-r * 1.4}h${r * 1.6}z` }));
  });
  const found = result(bins, dots);
  if (found !== null) svg.append(node("line", { class: "result", x1: x(found), x2: x(found), y1: base + 5 * scale, y2: base - 36 * scale }));
}

/** The share of the dots in 100, or the middle one. */
function result(bins, dots) {
  const values = dots.map(dot => dot[bins.at]).filter(value => value !== null).sort((a, b) => a - b);
  if (!values.length) return null;
  if (bins.kind === "share") return 100 * values.reduce((sum, value) => sum + value, 0) / values.length;
  const half = Math.floor(values.length / 2);
  return values.length % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

function sentence(dots, bins, guesses) {
  if (!dots.length) return "No history has been played yet.";
  const all = `${dots.length.toLocaleString("en")} ${dots.length === 1 ? "history" : "histories"}`;
  if (bins.kind === "ends") {
    const counts = bins.of(dots).map((each, k) => [each.length, bins.labels[k]]).filter(each => each[0]).sort((a, b) => b[0] - a[0]);
    return `How ${all} ended: ${counts.slice(0, 3).map(each => `${each[1]} ${each[0]}`).join(", ")}.`;
  }
  const found = result(bins, dots), line = guesses.length ? ` The line is the result, the ${guesses.length} marks are guesses.` : "";
  if (found === null) return `No number from ${all}.`;
  if (bins.kind === "share") {
    const yes = bins.of(dots)[0].length;
    return `${yes} of ${all}${dots.length === 100 ? "" : `: ${Math.round(found)} of 100`}.${line}`;
  }
  return `The middle of ${all}: ${number(found)} ${bins.unit}.${line}`;
}

function table(lesson, bins, columns, total) {
  const more = element("details", {}), grid = element("table", {}), body = element("tbody", {});
  more.append(element("summary", {}, "As a table"), grid);
  grid.append(body);
  columns.forEach((column, k) => {
    if (!column.length) return;
    const line = element("tr", {});
    line.append(element("th", { scope: "row" }, bins.labels[k]), element("td", { class: "number" }, `${column.length} of ${total}`));
    if (bins.kind === "ends") line.append(element("td", {}, lesson.endings[k].meaning));
    body.append(line);
  });
  return more;
}

export function number(value) {
  if (Math.abs(value) >= 1000) { const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2); value = Math.round(value / step) * step; }
  return value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });
}

function text(content, x, y, size, anchor, kind) {
  const found = node("text", { x, y, "font-size": size, "text-anchor": anchor, class: kind });
  found.textContent = content;
  return found;
}

function node(name, attributes) {
  const found = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  return found;
}

export function element(name, attributes, content) {
  const found = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  if (content !== undefined) found.textContent = content;
  return found;
}

/** Buttons to choose what a figure shows; `chosen` is told the view. */
export function viewButtons(box, lesson, view, chosen) {
  box.replaceChildren(...viewsOf(lesson).map(each => {
    const button = element("button", { type: "button", class: "plain", "aria-pressed": String(each.id === view) }, each.label);
    button.addEventListener("click", () => chosen(each.id));
    return button;
  }));
}
