"use strict";

import { element } from "./figure.js";
import { $, Listener, Pages, ask, numbers } from "./room.js";

const KEY = "teacher";
let ticking = null, listener = null, counts = null, people = null, names = false, who = "";
const pages = new Pages(() => ({ dots: listener.dots, state: {} }));

function heard(name, found) {
  if (name === "lesson") pages.lesson(found);
  if (name === "counts") counts = found;
  if (name === "people") people = found;
  if (name === "dots") pages.redraw();
  if (pages.now && counts && people) show();
}

function show() {
  numbers($("numbers"), counts, pages.now.stage);
  const at = pages.now.stages.findIndex(each => each.id === pages.now.stage);
  const closed = people.writing || people.place;
  keep($("stages"), pages.now.stages.map((each, k) => ({
    label: each.label, current: k === at, disabled: Boolean(closed) && k < 3, does: () => act("/api/stage", { stage: each.id }),
  })));
  $("door").textContent = pages.now.door ? "Close the door" : "Open the door";
  $("end").disabled = Boolean(closed) || !counts.asked;
  $("end").textContent = people.writing ? "Writing the results..." : people.place ? "The results are written" : "Write the results";
  $("written").textContent = people.place ? `Everything is in the folder of ${people.place}` : "";
  $("trouble").textContent = people.trouble;
  $("trouble").hidden = !people.trouble;
  table();
}

/** Buttons that stay the same elements, so that the one in focus keeps it. */
function keep(box, wanted) {
  while (box.children.length < wanted.length) box.append(element("button", { type: "button", class: "plain" }));
  wanted.forEach((each, k) => {
    const button = box.children[k];
    button.textContent = each.label;
    button.disabled = each.disabled;
    button.onclick = each.does;
    if (each.current) button.setAttribute("aria-current", "step"); else button.removeAttribute("aria-current");
  });
}

function table() {
  const body = $("people"), rows = new Map([...body.children].map(row => [row.dataset.seat, row]));
  people.people.forEach(each => {
    const row = rows.get(String(each.seat)) || body.appendChild(newRow(each));
    rows.delete(String(each.seat));
    const told = [names && each.nickname ? `${each.seat}: ${each.nickname}` : String(each.seat), `${each.guesses} of ${people.most}`, each.played === each.asked ? String(each.played) : `${each.played} of ${each.asked}`, each.here ? "yes" : "no"];
    told.forEach((text, k) => { if (row.children[k].textContent !== text) row.children[k].textContent = text; });
  });
  rows.forEach(row => row.remove());
}

function newRow(each) {
  const row = element("tr", { "data-seat": each.seat }), actions = element("td", {});
  const back = element("button", { type: "button", class: "plain small" }, "Word to come back"), out = element("button", { type: "button", class: "plain small" }, "Remove");
  back.setAttribute("aria-label", `Word to come back for seat ${each.seat}`);
  out.setAttribute("aria-label", `Remove seat ${each.seat}`);
  back.addEventListener("click", async () => {
    const found = await act("/api/way-back", { seat: each.seat });
    if (found) tell(`Seat ${found.seat} comes back with its nickname and the word ${found.word}. It works once.`);
  });
  out.addEventListener("click", () => { if (confirm(`Remove seat ${each.seat} with its guesses? Its histories stay.`)) act("/api/remove", { seat: each.seat }); });
  actions.append(back, out);
  row.append(...[0, 1, 2, 3].map(() => element("td", {})), actions);
  return row;
}

function tell(sentence) { $("word").textContent = sentence; $("word").hidden = !sentence; }

async function act(path, body) {
  try { return await ask(path, who, body); } catch (error) { tell(error.message); return null; }
}

function next(step) { return step ? `Next: ${step.part}.` : "It is the last part."; }

/** The plan, and where its clock stands; a clock that was never started shows no minute. */
function showPlan(found) {
  const last = found.steps[found.steps.length - 1].ends, since = Date.now() - 1000 * found.ran;
  $("begin").textContent = found.ran === null ? "Start the clock" : "Start the clock again";
  $("plan").replaceChildren(...found.steps.map(each => {
    const item = element("li", {}, each.do.replace(/`/g, ""));
    item.prepend(element("b", {}, `${each.begins}–${each.ends} ${each.part}${each.stage ? ` (stage: ${each.stage})` : ""} `));
    return item;
  }));
  clearInterval(ticking);
  const tick = () => {
    const minute = (Date.now() - since) / 60000, at = found.steps.findIndex(each => minute < each.ends);
    $("minute").textContent = at < 0 ? `The ${last} minutes are over.` : `Minute ${Math.floor(minute) + 1} of ${last}: ${found.steps[at].part}, until minute ${found.steps[at].ends}. ${next(found.steps[at + 1])}`;
    [...$("plan").children].forEach((item, k) => { if (k === at) item.setAttribute("aria-current", "time"); else item.removeAttribute("aria-current"); });
  };
  if (found.ran === null) { $("minute").textContent = ""; return; }
  ticking = setInterval(tick, 5000);
  tick();
}

$("begin").addEventListener("click", async () => {
  if (ticking && !confirm("The clock goes back to minute 0.")) return;
  const found = await act("/api/begin", {});
  if (found) showPlan(found);
});
$("door").addEventListener("click", () => act("/api/door", { open: !pages.now.door }));
$("end").addEventListener("click", () => { if (confirm("Write the results? Nobody can guess or play after that.")) act("/api/end", {}); });
$("names").addEventListener("click", () => {
  names = !names;
  $("names").setAttribute("aria-pressed", String(names));
  $("names").textContent = names ? "Hide nicknames" : "Show nicknames";
  if (people) table();
});

const key = location.hash.slice(1) || sessionStorage.getItem(KEY);
if (key) {
  sessionStorage.setItem(KEY, key);
  history.replaceState(null, "", "/teacher");
  who = `Teacher ${key}`;
  listener = new Listener(who, heard, () => { sessionStorage.removeItem(KEY); $("stranger").hidden = false; });
  ask("/api/plan", who).then(showPlan).catch(() => {});
  ask("/api/address", who).then(found => { $("where").textContent = `Pupils go to ${found.url} and type ${found.code}.`; }).catch(() => {});
} else $("stranger").hidden = false;
