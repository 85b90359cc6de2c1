"use strict";

import { element, number } from "./figure.js";
import { $, Listener, Pages, Refused, ask, kept, randomToken } from "./room.js";

const TOKEN = "seat", OUTBOX = "outbox", COUNTS = [1, 5, 25];
let listener = null, you = null, choice = null, sending = false;
const pages = new Pages(() => ({ dots: listener.dots, state: { seat: you?.seat, mine: k => you?.guesses[`${k}.${pages.view}`] ?? null } }));

/** What was written or asked for and has not been acknowledged: it outlives a reload and a server that is away. */
const outbox = {
  read() { try { return JSON.parse(kept.get(OUTBOX)) || []; } catch { return []; } },
  write(all) { kept.set(OUTBOX, JSON.stringify(all)); },
  add(path, body) {
    const same = each => path === "/api/guess" && each.path === path && each.body.choice === body.choice && each.body.question === body.question;
    this.write([...this.read().filter(each => !same(each)), { id: randomToken(9), path, body }]);
    this.send();
  },
  async send() {
    if (sending || !kept.get(TOKEN)) return;
    sending = true;
    try {
      for (let first; (first = this.read()[0]);) {
        try { take(await ask(first.path, who(), first.body)); } catch (error) {
          if (!(error instanceof Refused) || error.status === 429 || error.status >= 500) { setTimeout(() => this.send(), 1500); return; }
          say(error.message);
        }
        this.write(this.read().filter(each => each.id !== first.id));
      }
    } finally { sending = false; show(); }
  },
};

function who() { return `Seat ${kept.get(TOKEN)}`; }

function say(sentence) { $("spoken").textContent = ""; setTimeout(() => { $("spoken").textContent = sentence; }, 50); }

function take(found) { if (!you || found.seat === you.seat) { you = found; show(); } }

function heard(name, found) {
  if (name === "lesson" && pages.lesson(found)) {
    const label = found.stages.find(each => each.id === found.stage).label;
    say(`The stage ${label} is open.`);
    build();
  }
  if (name === "you") take(found);
  if (name === "dots") pages.redraw();
  show();
  outbox.send();
}

/** Makes the fields and buttons of a stage anew; what is typed in them stays as long as the stage does. */
function build() {
  const lesson = pages.now;
  const parts = lesson.choices.map((each, c) => {
    const set = element("fieldset", {});
    set.append(element("legend", {}, lesson.choices.length > 1 ? `If: ${each.title}` : "Your guesses"));
    lesson.questions.forEach((question, q) => {
      const id = `guess-${c}-${q}`, answer = element("div", { class: "answer" });
      const input = element("input", { type: "text", inputmode: "decimal", id, autocomplete: "off", "aria-describedby": `${id}-told` });
      const button = element("button", { type: "button" }, "Write down");
      const write = () => guess(c, q, input);
      button.setAttribute("aria-label", `Write down: ${question.text}`);
      button.addEventListener("click", write);
      input.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); write(); } });
      answer.append(input, element("span", {}, question.unit), button);
      set.append(element("label", { for: id }, question.text), answer, element("p", { class: "key", id: `${id}-told`, role: "status" }));
    });
    return set;
  });
  $("guesses").replaceChildren(...parts);
  const picks = lesson.choices.map((each, c) => {
    const label = element("label", { class: "pick" }), input = element("input", { type: "radio", name: "choice", value: c });
    input.checked = choice === c || lesson.choices.length === 1;
    input.addEventListener("change", () => { choice = c; show(); });
    label.append(input, element("span", {}, each.title));
    return label;
  });
  if (lesson.choices.length === 1) choice = 0;
  $("choices").replaceChildren($("choices").querySelector("legend"), ...picks);
  $("choices").hidden = lesson.choices.length === 1;
  $("buttons").replaceChildren(...COUNTS.filter(each => each <= lesson.histories).map(count => {
    const button = element("button", { type: "button", "data-count": count }, count === 1 ? "Play 1 history" : `Play ${count}`);
    button.addEventListener("click", () => { if (choice !== null) outbox.add("/api/play", { choice, count: Math.min(count, left()), request: randomToken() }); show(); });
    return button;
  }));
}

function waiting() { return outbox.read().filter(each => each.path === "/api/play").reduce((sum, each) => sum + each.body.count, 0); }

function left() { return (you?.left ?? 0) - waiting(); }

function guess(c, q, input) {
  const question = pages.now.questions[q], typed = input.value.trim().replace(/[\s']/g, "").replace(/,(?=\d{3}(\D|$))/g, "").replace(",", "."), value = Number(typed);
  const told = $(`${input.id}-told`);
  if (!typed || !(value >= 0 && value <= question.highest)) {
    told.textContent = `Write a number from 0 to ${number(question.highest)}.`;
    input.setAttribute("aria-invalid", "true");
    return;
  }
  input.removeAttribute("aria-invalid");
  told.textContent = "Sending...";
  outbox.add("/api/guess", { choice: c, question: q, value });
}

function show() {
  if (!pages.now || !you) return;
  $("who").textContent = you.nickname ? `${you.nickname} (seat ${you.seat})` : `Seat ${you.seat}`;
  pages.show("question", pages.at("join", "predict"));
  pages.show("wait", pages.at("join"));
  pages.show("predict", pages.at("predict"));
  pages.show("play", pages.at("play"));
  pages.show("notice", pages.at("notice"));
  pages.show("compare", pages.at("compare"));
  pages.show("home", pages.at("home"));
  const pending = outbox.read();
  pages.now.choices.forEach((_, c) => pages.now.questions.forEach((_, q) => {
    const told = $(`guess-${c}-${q}-told`), value = you.guesses[`${c}.${q}`];
    const isPending = pending.some(each => each.path === "/api/guess" && each.body.choice === c && each.body.question === q);
    if (told && !told.previousElementSibling.querySelector("[aria-invalid]")) told.textContent = isPending ? "Sending..." : value === undefined ? "" : `Written down: ${value.toLocaleString("en")}`;
  }));
  const more = left(), under = you.asked + waiting() - you.played;
  $("left").textContent = `You have played ${you.played} of ${pages.now.histories} histories.${under > 0 ? ` ${under} are on their way.` : ""}${choice === null && more > 0 ? " Choose first what should happen." : ""}`;
  document.querySelectorAll("#buttons button").forEach(button => {
    const count = Number(button.dataset.count);
    button.disabled = choice === null || more < 1 || (count > more && count !== 25);
    if (count === 25) button.textContent = more < 25 && more > 0 ? `Play all ${more} that are left` : "Play 25";
  });
  pages.redraw();
}

function enter() {
  $("join").hidden = true;
  listener = new Listener(who(), heard, () => { kept.drop(TOKEN); kept.drop(OUTBOX); location.reload(); });
  outbox.send();
}

$("join").addEventListener("submit", async event => {
  event.preventDefault();
  const button = $("join").querySelector("button");
  button.disabled = true;
  $("wrong").hidden = true;
  const token = kept.get("joining") || randomToken();
  kept.set("joining", token);
  try {
    you = await ask("/api/join", null, { code: $("code").value, nickname: $("nickname").value, token, word: $("word").value });
    kept.set(TOKEN, token);
    kept.drop("joining");
    history.replaceState(null, "", "/");
    enter();
  } catch (error) {
    $("wrong").textContent = error instanceof Refused ? error.message : "The teacher's computer cannot be reached. Try again.";
    $("wrong").hidden = false;
    button.disabled = false;
  }
});

if (kept.get(TOKEN)) enter();
else {
  $("join").hidden = false;
  $("code").value = decodeURIComponent(location.hash.slice(1)).slice(0, 12);
  ($("code").value ? $("nickname") : $("code")).focus();
  document.body.dataset.ready = "yes";
}
