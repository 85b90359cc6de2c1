"use strict";

import { draw, element, number, viewButtons } from "./figure.js";

const SILENT_MS = 25000, FIRST_WAIT_MS = 500, LONGEST_WAIT_MS = 5000, REDRAW_MS = 250, SLOWEST_REDRAW_MS = 1000, PAUSES = 10;
export const $ = id => document.getElementById(id);

/** What a browser may keep; a private window that keeps nothing has it until it is closed. */
export const kept = {
  inMemory: new Map(),
  get(key) { try { return localStorage.getItem(key); } catch { return this.inMemory.get(key) ?? null; } },
  set(key, value) { this.inMemory.set(key, value); try { localStorage.setItem(key, value); } catch { /* kept in memory */ } },
  drop(key) { this.inMemory.delete(key); try { localStorage.removeItem(key); } catch { /* kept in memory */ } },
};

export function randomToken(bytes = 24) {
  const numbers = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...numbers)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export class Refused extends Error {
  constructor(status, sentence) { super(sentence); this.status = status; }
}

/** Asks the server; `who` is the header that says who asks. Throws Refused where it answers no. */
export async function ask(path, who, body) {
  const headers = who ? { Authorization: who } : {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const ends = AbortSignal.timeout ? AbortSignal.timeout(15000) : undefined;
  const answer = await fetch(path, { method: body === undefined ? "GET" : "POST", headers, body: body === undefined ? undefined : JSON.stringify(body), signal: ends, cache: "no-store" });
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, found.error || "That did not work.");
  return found;
}

/** Listens to the room as long as the page is open, and again after every break; tells `heard` of each event. */
export class Listener {
  constructor(who, heard, refused) {
    this.who = who; this.heard = heard; this.refused = refused;
    this.dots = []; this.wait = FIRST_WAIT_MS; this.ended = false;
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.hurry(); });
    addEventListener("online", () => this.hurry());
    this.run();
  }

  hurry() { if (Date.now() - this.last > 12000) this.abort?.abort(); this.wake?.(); }

  end() { this.ended = true; this.abort?.abort(); }

  async run() {
    while (!this.ended) {
      try { await this.listen(); } catch (error) {
        if (error instanceof Refused && [401, 403].includes(error.status)) { line(""); this.refused(error); return; }
        if (this.ended) return;
      }
      if (this.ended) return;
      line("The connection is broken. Trying again; nothing is lost.");
      await new Promise(done => { this.wake = done; setTimeout(done, this.wait * (.5 + Math.random())); });
      this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 1.7);
    }
  }

  async listen() {
    this.abort = new AbortController();
    this.last = Date.now();
    const watch = setInterval(() => { if (Date.now() - this.last > SILENT_MS) this.abort.abort(); }, 1000);
    try {
      const after = this.dots.length ? this.dots[this.dots.length - 1][0] : 0;
      const answer = await fetch(`/api/stream?after=${after}`, { headers: { Authorization: this.who }, signal: this.abort.signal, cache: "no-store" });
      if (!answer.ok) throw new Refused(answer.status, (await answer.json().catch(() => ({}))).error || "");
      const reader = answer.body.getReader(), decoder = new TextDecoder();
      let text = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        this.last = Date.now(); this.wait = FIRST_WAIT_MS;
        line("");
        text += decoder.decode(value, { stream: true });
        const parts = text.split("\n\n");
        text = parts.pop();
        parts.forEach(part => this.take(part));
      }
    } finally { clearInterval(watch); this.abort.abort(); }
  }

  take(part) {
    const name = /^event: (.*)$/m.exec(part), data = /^data: (.*)$/m.exec(part);
    if (!name || !data) return;
    const found = JSON.parse(data[1]);
    if (name[1] === "dots") {
      const known = this.dots.length ? this.dots[this.dots.length - 1][0] : 0;
      this.dots.push(...found.filter(dot => dot[0] > known));
    }
    this.heard(name[1], found);
  }
}

/** Says in one line how the connection is. */
export function line(sentence) {
  if ($("line").textContent !== sentence) $("line").textContent = sentence;
  $("line").hidden = !sentence;
}

/** The parts that every page shows of a lesson. */
export class Pages {
  constructor(figure) {
    this.view = "ends"; this.figure = figure; this.fresh = 0; this.drawn = 0;
    this.pause = REDRAW_MS;
    addEventListener("resize", () => this.redraw());
  }

  lesson(lesson) {
    const moved = !this.now || this.now.stage !== lesson.stage;
    this.now = lesson;
    $("title").textContent = lesson.title;
    $("question").textContent = lesson.question;
    $("lesson").hidden = false;
    if ($("steps")) $("steps").replaceChildren(...lesson.stages.map(each => element("li", each.id === lesson.stage ? { "aria-current": "step" } : {}, each.label)));
    if ($("task")) $("task").textContent = plain(lesson.predict || "");
    if ($("notices")) $("notices").replaceChildren(...(lesson.notice || []).map(each => element("li", {}, plain(each))));
    if ($("debrief")) $("debrief").textContent = plain(lesson.debrief || "");
    if ($("tries")) $("tries").replaceChildren(...(lesson.try || []).map(each => element("li", {}, plain(each))));
    this.redraw();
    return moved;
  }

  at(...stages) { return stages.includes(this.now.stage); }

  show(id, shown) { if ($(id).hidden === shown) $(id).hidden = !shown; }

  /** Draws soon, or at once where somebody has asked for it. */
  redraw(now = false) {
    if (now) { clearTimeout(this.waiting); this.waiting = null; }
    if (this.waiting || !this.now) return;
    this.waiting = setTimeout(() => {
      this.waiting = null;
      const shown = this.at("play", "notice", "compare", "home"), began = performance.now();
      this.show("result", shown);
      if (shown) this.draw();
      document.body.dataset.ready = "yes";
      // A slow phone draws more seldom, so that it answers between two figures.
      requestAnimationFrame(() => setTimeout(() => { this.pause = Math.min(SLOWEST_REDRAW_MS, Math.max(REDRAW_MS, PAUSES * (performance.now() - began))); }));
    }, now ? 0 : this.pause);
  }

  draw() {
    const { dots, state } = this.figure();
    const key = `${this.view} ${JSON.stringify(viewKey(this.now))}`;
    if (key !== this.buttons) { this.buttons = key; viewButtons($("views"), this.now, this.view, view => { this.view = view; this.redraw(true); }); }
    const open = [...$("figure").querySelectorAll("details")].map(each => each.open);
    draw($("figure"), this.now, dots, { view: this.view, fresh: this.fresh, ...state });
    [...$("figure").querySelectorAll("details")].forEach((each, k) => { each.open = open[k] || false; });
    this.fresh = dots.length ? dots[dots.length - 1][0] : 0;
    $("figure").dataset.dots = dots.length;
  }
}

function viewKey(lesson) { return lesson.questions.map(each => each.id); }

export function plain(text) { return text.replace(/`/g, ""); }

export function numbers(box, counts, stage) {
  const parts = [[counts.seats === 1 ? "pupil" : "pupils", counts.seats]];
  if (stage !== "join") parts.push(["have guessed", counts.guessed]);
  if (!["join", "predict"].includes(stage)) parts.push(["histories", counts.played]);
  if (counts.asked > counts.played) parts.push(["being played", counts.asked - counts.played]);
  box.replaceChildren(...parts.map(([label, value]) => { const part = element("div", {}, label); part.prepend(element("b", {}, number(value))); return part; }));
}
