"use strict";

const NS = "http://www.w3.org/2000/svg";
const CHOICE = 1, SEAT = 3, ENDING = 4, VALUES = 5;
const AIR = 4, STRIP = 46, FOOT = 40;

/** What a figure can show: how it ends, or one of the questions. */
export function viewsOf(lesson) {
  const asked = lesson.questions.map((question, k) => ({ id: k, label: question.share ? short(question.text) : question.text.replace(/^.*middle: /, "").replace(/\?$/, "") }));
  return [{ id: "ends", label: "How it ends" }, ...asked];
}

function short(text) {
  return text.replace(/^In how many of 100 histories /, "").replace(/^does /, "").replace(/^is this the end: /, "").replace(/\?$/, "");
}

/** Draws the dots of each choice that has some, one figure below the other, with a sentence and a table for each. */
export function draw(box, lesson, dots, state) {
  const good = dots.filter(dot => dot.length > ENDING);
  const width = Math.max(280, Math.floor(box.clientWidth || 320));
  const scale = state.scale || 1;
  const used = lesson.choices.map((_, k) => k).filter(k => good.some(dot => dot[CHOICE] === k));
  const shown = used.length ? used : [lesson.choices.length - 1];
  const bins = binsOf(lesson, good, state.view, width / scale);
  const rows = shown.map(choice => row(lesson, good.filter(dot => dot[CHOICE] === choice), choice, bins, width, state, shown.length));
  box.replaceChildren(...rows);
}

function row(lesson, dots, choice, bins, width, state, many) {
  const part = element("div", { class: "row" });
  if (lesson.choices.length > 1) part.append(element("h3", {}, lesson.choices[choice].title));
  const scale = state.scale || 1;
  const guesses = state.view === "ends" ? [] : (lesson.guesses || []).filter(g => g[0] === choice && g[1] === state.view).map(g => g[2]);
  const mine = state.mine ? state.mine(choice) : null;
  const share = bins.kind === "share";
  const strip = bins.kind === "ends" ? 0 : (share ? STRIP + 26 : STRIP) * scale;
  const height = Math.round((state.height || 230) / (many > 1 ? 1.25 : 1));
  const svg = node("svg", { viewBox: `0 0 ${width} ${height + FOOT * scale * bins.lines + strip}`, role: "img" });
  const told = sentence(lesson, dots, bins, state.view, guesses);
  svg.setAttribute("aria-label", told);
  const columns = bins.of(dots);
  const slot = width / bins.count;
  const most = Math.max(1, ...columns.map(each => each.length));
  const size = fit(slot - AIR, height - 4, most, 20 * scale);
  const across = Math.max(1, Math.floor((slot - AIR) / size));
  columns.forEach((column, k) => column.forEach((dot, n) => {
    const inRow = Math.min(across, column.length - Math.floor(n / across) * across);
    const left = k * slot + slot / 2 - inRow * size / 2;
    const own = state.seat && dot[SEAT] === state.seat ? " mine" : "";
    const fresh = dot[0] > (state.fresh ?? Infinity) ? " fresh" : "";
    svg.append(node("circle", { class: `dot${choice % 2 ? " other" : ""}${own}${fresh}`, r: Math.max(1, size / 2 - .6), cx: left + (n % across + .5) * size, cy: height - (Math.floor(n / across) + .5) * size }));
  }));
  svg.append(node("line", { class: "axis", x1: 0, x2: width, y1: height + .5, y2: height + .5 }));
  labels(svg, bins, columns, width, height, scale, dots.length);
  if (bins.kind !== "ends") overlay(svg, bins, dots, guesses, mine, width, height + FOOT * scale * bins.lines, scale, strip);
  part.append(svg, element("p", { class: "key" }, told));
  part.append(table(bins, columns, dots.length));
  return part;
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
    return { kind: "ends", count: labels.length, labels, lines: width / labels.length < 90 ? 2.1 : 1.3, of: some => labels.map((_, k) => some.filter(dot => dot[ENDING] === k)) };
  }
  const question = lesson.questions[view], at = VALUES + view;
  if (question.share) {
    return { kind: "share", count: 2, labels: ["yes", "no"], lines: 1, unit: question.unit, at, of: some => [1, 0].map(value => some.filter(dot => dot[at] === value)) };
  }
  const values = dots.map(dot => dot[at]).filter(value => value !== null);
  const guessed = (lesson.guesses || []).filter(g => g[1] === view).map(g => g[2]).sort((a, b) => a - b);
  const high = Math.max(1, ...values, guessed[Math.floor(guessed.length * .9)] || 0);
  const count = width < 500 ? 16 : 30, step = nice(high / count), top = step * Math.ceil((high + step / 1e6) / step);
  const n = Math.max(1, Math.round(top / step));
  const place = value => Math.min(n - 1, Math.floor(value / step));
  return {
    kind: "number", count: n, step, top, unit: question.unit, at, lines: .75,
    labels: Array.from({ length: n }, (_, k) => `${number(k * step)} to ${number((k + 1) * step)}`),
    of: some => { const found = Array.from({ length: n }, () => []); some.forEach(dot => { if (dot[at] !== null) found[place(dot[at])].push(dot); }); return found; },
  };
}

function nice(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return Math.max(power * ([1, 2, 5, 10].find(each => each * power >= step) || 10), step < 1 ? 1 : 0);
}

function labels(svg, bins, columns, width, height, scale, total) {
  const slot = width / bins.count, size = 13 * scale;
  if (bins.kind === "number") {
    const every = Math.max(1, Math.ceil(bins.count / Math.floor(width / (72 * scale))));
    for (let k = 0; k <= bins.count; k += every) {
      const anchor = k === 0 ? "start" : k === bins.count ? "end" : "middle";
      svg.append(text(number(k * bins.step), k * slot, height + 18 * scale, size, anchor, "tick"));
    }
    return;
  }
  bins.labels.forEach((label, k) => {
    const x = k * slot + slot / 2, letters = Math.max(5, Math.floor(slot / (size * .53)));
    const lines = wrapped(label, letters).slice(0, 4);
    lines.forEach((line, n) => svg.append(text(line, x, height + (17 + n * 14.5) * scale, size, "middle", "tick")));
    if (columns[k].length) svg.append(text(String(columns[k].length), x, height + (17 + lines.length * 14.5) * scale, size, "middle", "told"));
  });
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

function sentence(lesson, dots, bins, view, guesses) {
  if (!dots.length) return "No history has been played yet.";
  const all = `${dots.length.toLocaleString("en")} ${dots.length === 1 ? "history" : "histories"}`;
  if (bins.kind === "ends") {
    const counts = bins.of(dots).map((each, k) => [each.length, bins.labels[k]]).filter(each => each[0]).sort((a, b) => b[0] - a[0]);
    return `How ${all} ended: ${counts.slice(0, 3).map(each => `${each[0]} ${each[1]}`).join(", ")}.`;
  }
  const found = result(bins, dots), line = guesses.length ? ` The line is the result, the ${guesses.length} marks are guesses.` : "";
  if (found === null) return `No number from ${all}.`;
  if (bins.kind === "share") {
    const yes = bins.of(dots)[0].length;
    return `${yes} of ${all}${dots.length === 100 ? "" : `: ${Math.round(found)} of 100`}.${line}`;
  }
  return `The middle of ${all}: ${number(found)} ${bins.unit}.${line}`;
}

function table(bins, columns, total) {
  const more = element("details", {}), grid = element("table", {}), body = element("tbody", {});
  more.append(element("summary", {}, "As a table"), grid);
  grid.append(body);
  columns.forEach((column, k) => {
    if (!column.length) return;
    const line = element("tr", {});
    line.append(element("th", { scope: "row" }, bins.labels[k]), element("td", { class: "number" }, `${column.length} of ${total}`));
    body.append(line);
  });
  return more;
}

export function number(value) {
  if (Math.abs(value) >= 1000) { const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2); value = Math.round(value / step) * step; }
  return value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });
}

function wrapped(label, letters) {
  return label.split(" ").reduce((lines, word) => {
    const last = lines[lines.length - 1];
    if (last !== undefined && (last + " " + word).length <= letters) lines[lines.length - 1] = last + " " + word;
    else lines.push(word);
    return lines;
  }, []);
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
